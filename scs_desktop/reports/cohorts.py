"""Cohorts on paper: each intake's two shares drawn and in figures, the finding, and what it does not prove."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from scs_desktop.domain.cohort_results import CohortResults, IntakeResult, PairResult, chart_text
from scs_desktop.reports.cohort_svg import HEIGHTS, WIDTH, cohort_svg
from scs_desktop.reports.edition import Edition
from scs_desktop.reports.page_frame import page_frame
from scs_desktop.reports.pdf import typeset
from scs_desktop.reports.summary_notes import Json

_TEMPLATE = "cohorts.typ"
METHOD = (
    "Each share with Wilson’s interval, their difference with Newcombe’s, both at 95 %; the probability is that of the "
    "two shares’ test, or Fisher’s exact where fewer than 5 had, or had not, the event. Under 10 people on a side no "
    "test can tell. Intakes are added up where nobody can be in two of them."
)
PUBLIC = "Counts of 1 to 4 are not shown, nor what would give them away."


def cohorts_pdf(found: CohortResults, sources: Mapping[UUID, str], edition: Edition) -> bytes:
    """Return the comparisons as PDF/A-2a and PDF/UA-1; ``sources`` says by pair where its counts were read."""
    pictures: dict[str, str] = {}
    data: Json = {
        "page": page_frame(
            "Cohorts",
            edition,
            name=found.name,
            partnership=found.partnership,
            kind=found.kind,
            position=found.position,
            known_on=found.known_on,
        ),
        "pairs": [_pair(one, sources, pictures, number) for number, one in enumerate(found.pairs, 1)],
        "method": [METHOD, *([PUBLIC] if found.public else []), *([edition.why_marked] if edition.why_marked else [])],
    }
    return typeset(_TEMPLATE, data, pictures, on=edition.printed_on).pdf


def _pair(pair: PairResult, sources: Mapping[UUID, str], pictures: dict[str, str], number: int) -> Json:
    drawn = any(one.group.share is not None or one.other.share is not None for one in pair.rows)
    name = f"cohorts-{number}.svg" if drawn else ""
    if drawn:
        pictures[name] = cohort_svg(pair)
    read = sources.get(pair.pair.id, "")
    source = f"{pair.source}{', illustrative figures' if pair.illustrative else ''}."
    return {
        "name": pair.pair.name,
        "priority": f"Priority {pair.priority}" if pair.priority else "",
        "sentence": pair.sentence,
        "caution": pair.caution,
        "said": [one for one in (pair.pooled_note, *pair.trends) if one],
        "note": pair.pair.note,
        "groups": list(pair.names),
        "rows": [_row(one) for one in pair.rows],
        "chart": name,
        "chart-title": f"Share that {pair.pair.event}, with its 95 % interval",
        "chart-width": WIDTH,
        "chart-height": HEIGHTS.whole(len(pair.rows)),
        "alt": chart_text(pair),
        "source": f"Source: {source}{f' Read from {read}.' if read else ''}",
    }


def _row(row: IntakeResult) -> Json:
    return {
        "label": row.label,
        "followed": row.followed,
        "together": row.intake is None,
        "sides": [
            {
                "count": f"{one.events_text} of {one.size_text}" if one.size_text else "–",
                "share": one.share_text or "–",
                "interval": one.interval_text,
            }
            for one in (row.group, row.other)
        ],
        "difference": row.difference_text,
        "verdict": row.verdict,
        "p": row.p_text,
    }
