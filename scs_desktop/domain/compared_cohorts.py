"""How the results of cohorts are worked out: their groups compared, what may be published, and what is said of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import takewhile
from typing import TYPE_CHECKING

from scs_desktop.domain.cohort_intakes import Intake, Side, added_up, stored_intakes
from scs_desktop.domain.cohort_results import CohortResults, Group, IntakeResult, PairResult, is_small
from scs_desktop.domain.cohorts import LEAST_SIZE, CohortPair, compare_cohorts
from scs_desktop.domain.due import date_text
from scs_desktop.domain.figures import Figure, Origin
from scs_desktop.domain.intervals import share_interval
from scs_desktop.domain.periods import APRIL, MONTHS_IN_YEAR, Period, PeriodKind
from scs_desktop.domain.sentences import capital, number_text
from scs_desktop.domain.series_figures import series_figures
from scs_desktop.domain.suppression import SMALLEST_SHOWN

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Series
    from scs_desktop.domain.snapshot import Snapshot

CAUTION = "The groups were not drawn by lot: who was chosen may explain a difference as well as what was done."
GONE = "A data set of this comparison was taken out of the store. Name both data sets again."


def cohort_results(snapshot: Snapshot, position: date, *, public: bool = False) -> CohortResults:
    """Compare every pair's cohorts whose follow-up ended by the position.

    In a public copy counts of 1 to 4 are withheld, and no sum holds them; a pair whose series or
    imports may not be published yet shows its reason alone.
    """
    strategy = snapshot.strategy
    order = {one.id: one.number for one in snapshot.priorities}
    pairs = sorted(snapshot.cohort_pairs, key=lambda one: (order.get(one.priority, 0), one.name))
    return CohortResults(
        strategy.name,
        strategy.partnership,
        snapshot.kind,
        position,
        snapshot.known_on,
        snapshot.as_at,
        tuple(_pair_result(snapshot, one, position, public=public) for one in pairs),
        public,
    )


def intake_label(period: Period) -> str:
    """Return an intake as an officer names it: "2009/10", "April–September 2010"."""
    yearly = period.start.month == APRIL and period.months == MONTHS_IN_YEAR
    return Period(period.start, period.end, PeriodKind.FINANCIAL_YEAR if yearly else PeriodKind.SPAN).label


def group_names(first: str, second: str) -> tuple[str, str]:
    """Return what two data sets are called where both begin alike: what follows the words they share."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False))
    shared = "".join(letter for letter, _ in alike)
    cut = max((shared.rfind(sign) + len(sign) for sign in (", ", ": ", " – ", " - ") if sign in shared), default=0)
    names = first[cut:].strip(), second[cut:].strip()
    return (capital(names[0]), capital(names[1])) if all(names) else (first, second)


def _pair_result(snapshot: Snapshot, pair: CohortPair, position: date, *, public: bool) -> PairResult:
    series = tuple(snapshot.series[one] for one in (pair.series, pair.other) if one in snapshot.series)
    number = next((f"{one.number}  {one.name}" for one in snapshot.priorities if one.id == pair.priority), "")
    if len(series) < 2:  # noqa: PLR2004 - a comparison has two sides
        return PairResult(pair, number, ("", ""), (), None, "", GONE, CAUTION, (), "")
    names = group_names(series[0].data_set, series[1].data_set)
    found = tuple(series_figures(one, snapshot.figures.get(one.id, ()), position) for one in series)
    intakes = stored_intakes(found, names)
    used = [figure for one in intakes for side in (one.group, one.other) for figure in side.figures]
    withheld = _not_published(snapshot, pair, used) if public else ""
    source = "; ".join(dict.fromkeys(_source(snapshot, one, names) for one in series))
    illustrative = any(figure.measured.origin is Origin.ILLUSTRATIVE for figure in used)
    if withheld:
        return PairResult(pair, number, names, (), None, "", withheld, CAUTION, (), source, illustrative, withheld)
    pooled, pooled_note = added_up(intakes, names, public=public)
    rows = tuple(_row(pair, names, one, public=public) for one in intakes)
    together = None if pooled is None else _together(pair, names, pooled, "Together" if pooled_note else "All intakes")
    shown = rows if together is None else (*rows, together)
    return PairResult(
        pair=pair,
        priority=number,
        names=names,
        intakes=rows,
        pooled=together,
        pooled_note=pooled_note,
        sentence=_sentence(shown),
        caution=_caution(rows, together),
        trends=_trends(rows, names),
        source=source,
        illustrative=illustrative,
    )


def _not_published(snapshot: Snapshot, pair: CohortPair, figures: Sequence[Figure]) -> str:
    """Return why a rule keeps the pair's series or imports back, if one does."""
    imports = {figure.import_id for figure in figures}
    for rule in snapshot.publication:
        held = rule.not_before is None or rule.not_before > snapshot.known_on
        mine = rule.series in {pair.series, pair.other} or (rule.import_id is not None and rule.import_id in imports)
        if held and mine:
            until = "" if rule.not_before is None else f" before {date_text(rule.not_before)}"
            return f"Not for publication{until}: {rule.reason}"
    return ""


# --- rows and sentences -----------------------------------------------------------------------------


def _group(side: Side, label: str, *, public: bool) -> Group:
    """Return a side as it is shown; a public copy withholds counts of 1 to 4 who had the event, or had not.

    Who had not is never printed, but a subtraction away.
    """
    cohort = side.cohort
    if cohort is None:
        return Group(label, None, None, "", "")
    few = f"fewer than {SMALLEST_SHOWN}"
    if public and side.small:
        size = None if is_small(cohort.size) else cohort.size
        events = few if is_small(cohort.events) else "withheld"
        return Group(label, size, None, few if size is None else f"{size:,}", events)
    interval = share_interval(cohort.share, cohort.size)
    return Group(label, cohort.size, cohort.events, f"{cohort.size:,}", f"{cohort.events:,}", cohort.share, interval)


def _row(pair: CohortPair, names: tuple[str, str], one: Intake, *, public: bool) -> IntakeResult:
    group, other = _group(one.group, names[0], public=public), _group(one.other, names[1], public=public)
    comparison = None
    note = one.group.note or one.other.note
    if one.group.cohort is not None and one.other.cohort is not None:
        if group.events is None or other.events is None:
            note = "withheld: small numbers"
        else:
            comparison = compare_cohorts(one.group.cohort, one.other.cohort, event=pair.event)
    followed = Period(one.period.counts_from, one.period.counts_from, PeriodKind.SNAPSHOT).label
    figures = tuple(figure.id for side in (one.group, one.other) for figure in side.figures)
    return IntakeResult(
        intake_label(one.period), followed.partition(" ")[2], group, other, comparison, note, figures, one.period
    )


def _together(pair: CohortPair, names: tuple[str, str], pooled: Intake, label: str) -> IntakeResult:
    row = _row(pair, names, pooled, public=False)
    return IntakeResult(label, "", row.group, row.other, row.comparison, row.note, row.figures)


def _sentence(rows: Sequence[IntakeResult]) -> str:
    """Return the finding of all intakes together, else of the latest that can be told."""
    told = next((one for one in reversed(rows) if one.comparison is not None), None)
    if told is not None and told.comparison is not None:
        before = "" if told.intake is None else f"{told.label}. "
        return f"{before}{told.comparison.sentence}"
    if rows:
        return f"No intake can be compared: {rows[-1].note}."
    return "No figures yet: no intake’s follow-up has ended by this position, or its return has not come."


def _caution(rows: Sequence[IntakeResult], together: IntakeResult | None) -> str:
    """Return what the comparison does not prove; and where adding up the intakes made a difference that none has."""
    if together is None or together.comparison is None:
        return CAUTION
    each = [one.comparison.test.difference for one in rows if one.comparison is not None]
    if len(each) == len(rows) and not min(each) <= together.comparison.test.difference <= max(each):
        return f"{CAUTION} All intakes together differ by more or less than any one of them: read each intake."
    return CAUTION


def _trends(rows: Sequence[IntakeResult], names: tuple[str, str]) -> tuple[str, ...]:
    """Return for each group what changed from its first intake to its last."""
    said: list[str] = []
    for side in (0, 1):
        known = [
            (one, cohort)
            for one in rows
            if one.comparison is not None
            and (cohort := (one.comparison.cohort if side == 0 else one.comparison.other)) is not None
        ]
        if len(known) < 2:  # noqa: PLR2004 - one is no trend
            continue
        (first_row, first), (last_row, last) = known[0], known[-1]
        if first_row.intake is None or last_row.intake is None or first_row.intake.overlaps(last_row.intake):
            continue
        shares = [number_text(Decimal(repr(one.share * 100)), 1) for one in (first, last)]
        if min(first.size, last.size) < LEAST_SIZE:
            verdict = "too few to tell"
        else:
            found = compare_cohorts(last, first)
            verdict = {1: "clearly more", -1: "clearly fewer", 0: "no clear change"}[found.clear_direction]
        said.append(
            f"{names[side]}: {shares[0]} % of the {first_row.label} intake, {shares[1]} % of the {last_row.label} "
            f"intake: {verdict}."
        )
    return tuple(said)


def _source(snapshot: Snapshot, series: Series, names: tuple[str, str]) -> str:
    """Return who sends a series; with its data set where the groups' names do not say it."""
    agency = snapshot.agencies.get(series.agency)
    sender = "" if agency is None else agency.name
    shared = next(
        (series.data_set[: -len(name)].rstrip(" ,:–-") for name in names if _ends_with(series.data_set, name)),
        series.data_set,
    )
    return ": ".join(part for part in (sender, shared) if part)


def _ends_with(text: str, name: str) -> bool:
    return len(name) < len(text) and text.casefold().endswith(name.casefold())
