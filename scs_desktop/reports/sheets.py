"""The priority sheets: each indicator of a priority with its light, its facts, its chart and where it was read.

Here every text is made; the template only places it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.due import date_text
from scs_desktop.domain.periods import MONTHS_IN_YEAR, add_months
from scs_desktop.domain.position import IndicatorPosition, PriorityPosition, StrategyPosition
from scs_desktop.domain.publication import SignOffState
from scs_desktop.domain.sentences import bound, capital, p_text, plural
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Action, ActionStatus, Commentary
from scs_desktop.domain.trend import Layer, Trend, trend_of
from scs_desktop.domain.trend_layers import PointNote, SignedPosition
from scs_desktop.domain.year_before import year_before
from scs_desktop.reports.chart_key import chart_key
from scs_desktop.reports.chart_svg import ChartStyle, chart_svg
from scs_desktop.reports.edition import Edition
from scs_desktop.reports.source_lines import Origins, source_line
from scs_desktop.reports.summary_notes import PUBLIC_NOTE, Json, counted, drawn_mark, own_rows

YEARS_SHOWN = 5
"""Most years that a sheet's chart reaches back."""
_CHART_WIDTH = 378.0
_CHART_HEIGHT, _LOW_CHART = 110.0, 86.0
_FEW_POINTS = 8
_ACTION_WORDS = {
    ActionStatus.NOT_STARTED: "not started",
    ActionStatus.IN_PROGRESS: "in progress",
    ActionStatus.COMPLETE: "complete",
    ActionStatus.OVERDUE: "overdue",
    ActionStatus.DROPPED: "dropped",
}
_CLOSED = frozenset({ActionStatus.COMPLETE, ActionStatus.DROPPED})


@dataclass(frozen=True, slots=True)
class PrioritySheet:
    """What one priority's sheet shows: the position's row, charts by use, and what was written about it."""

    priority: PriorityPosition
    trends: Mapping[UUID, Trend]
    sources: Mapping[UUID, str]
    commentary: tuple[Commentary, ...]
    actions: tuple[Action, ...]
    known_on: date


def priority_sheets(
    position: StrategyPosition,
    priorities: Sequence[PriorityPosition],
    snapshot: Snapshot,
    origins: Origins,
    layers: Collection[Layer],
) -> tuple[PrioritySheet, ...]:
    """Gather the sheets of the priorities; ``snapshot`` is what the position was rated from."""
    return tuple(_sheet(one, position, snapshot, origins, layers) for one in priorities)


def _sheet(
    priority: PriorityPosition,
    position: StrategyPosition,
    snapshot: Snapshot,
    origins: Origins,
    layers: Collection[Layer],
) -> PrioritySheet:
    rows = own_rows(priority)
    return PrioritySheet(
        priority,
        {row.use: chart_of(row, position.position, snapshot, layers) for row in rows},
        {row.use: _source(row, origins) for row in rows},
        tuple(one for one in snapshot.commentary if one.priority == priority.id and one.position == position.position),
        tuple(one for one in snapshot.actions if one.priority == priority.id and one.status not in _CLOSED),
        snapshot.known_on,
    )


def chart_of(row: IndicatorPosition, position: date, snapshot: Snapshot, layers: Collection[Layer]) -> Trend:
    """Return the indicator's chart up to the position, of the last years, with the layers wanted."""
    first = add_months(position, 1 - MONTHS_IN_YEAR * YEARS_SHOWN).replace(day=1)
    signed = tuple(
        SignedPosition(one.position, f"signed off for the position to {date_text(one.position)}")
        for one in snapshot.signed
        if one.state is SignOffState.SIGNED and one.position <= position
    )
    use = next(one for one in snapshot.uses if one.id == row.use)
    series = snapshot.preferred_series(use)
    figures = () if series is None else snapshot.figures.get(series.id, ())
    notes = tuple(PointNote(one.key.period.counts_from, one.note) for one in figures if one.note)
    return trend_of(row, first=first, layers=layers, signed=signed, notes=notes, comparators=year_before(row))


def _source(row: IndicatorPosition, origins: Origins) -> str:
    read = source_line(row.sources, origins)
    said = row.source_text if row.source_text.startswith(row.agency) else f"{row.agency}, {row.source_text}"
    return ": ".join(part for part in (said, read) if part)


# --- the page's data ------------------------------------------------------------------------------


def sheet_data(sheet: PrioritySheet, position: StrategyPosition, edition: Edition, pictures: dict[str, str]) -> Json:
    """Return what the template places; the charts are added to the pictures."""
    priority = sheet.priority
    mark = mark_of(priority.status)
    rows = own_rows(priority)
    return {
        "mark": drawn_mark(mark),
        "number": priority.number,
        "name": priority.name,
        "lead": f"Lead: {priority.lead}" if priority.lead else "",
        "word": capital(mark.word),
        "sentence": bound(priority.status.sentence),
        "details": list(priority.status.details),
        "counts": counted(priority.counts),
        "age": ". ".join(part for part in (_data_age(priority), _next_due(priority)) if part),
        "rows": [_row(row, sheet, edition, pictures) for row in rows],
        "borrowed": [
            {
                "mark": drawn_mark(mark_of(row.status)),
                "code": row.code,
                "name": row.name,
                "sentence": bound(row.status.sentence),
            }
            for row in (position.indicator(use) for use in priority.borrowed)
        ],
        "key": chart_key(list(sheet.trends.values()), pictures),
        "commentary": [_comment(one) for one in sheet.commentary if one.use is None],
        "owners": any(one.owner for one in sheet.actions),
        "dated": any(one.due is not None for one in sheet.actions),
        "actions": [_action(one, sheet.known_on) for one in sheet.actions],
        "actions-head": _actions_head(sheet),
        "notes": [edition.why_marked] * bool(edition.why_marked) + [PUBLIC_NOTE] * edition.public,
    }


def _data_age(priority: PriorityPosition) -> str:
    return f"Data: {priority.age_text}" if priority.age_text else ""


def _next_due(priority: PriorityPosition) -> str:
    return "" if priority.next_due is None else f"Next return due {date_text(priority.next_due)}"


def _row(row: IndicatorPosition, sheet: PrioritySheet, edition: Edition, pictures: dict[str, str]) -> Json:
    trend = sheet.trends[row.use]
    file = ""
    if trend.latest is not None:
        file = f"sheet-{row.use}.svg"
        height = _CHART_HEIGHT if len(trend.points) > _FEW_POINTS else _LOW_CHART
        pictures[file] = chart_svg(trend, width=_CHART_WIDTH, height=height, style=ChartStyle.LARGE)
    flags = [
        said
        for said, holds in (("provisional", row.data.provisional), ("illustrative figures", row.illustrative))
        if holds
    ]
    return {
        "mark": drawn_mark(mark_of(row.status)),
        "code": row.code,
        "name": row.name,
        "flags": " · ".join(flags),
        "sentence": bound(row.status.sentence),
        "details": bound(" ".join(row.status.details)),
        "numbers": [[term, bound(said)] for term, said in numbers(row) if said],
        "sentences": [[term, bound(said)] for term, said in sentences(row) if said],
        "chart": file,
        "chart-width": _CHART_WIDTH,
        "title": trend.title,
        "subtitle": trend.subtitle,
        "alt": trend.text,
        "notes": [f"{letter}: {said}" for letter, said in lettered_notes(trend)],
        "comments": [_comment(one) for one in sheet.commentary if one.use == row.use],
        "source": f"Source: {sheet.sources[row.use]}." if sheet.sources[row.use] else "",
        "doubts": [] if edition.public else [finding.sentence for finding in row.findings],
    }


def numbers(row: IndicatorPosition) -> list[tuple[str, str]]:
    """Return the numbers beside the chart, each under its term."""
    return [
        ("Latest", row.value_text),
        ("Rate", row.rate_text),
        ("Period", row.period_text),
        ("Against", row.comparator_text),
        ("Change", row.status.moved_text),
        ("Baseline", row.baseline_text),
        ("Travel", row.direction.value),
        ("Chance", _chance(row)),
        ("Data", _data(row)),
    ]


def sentences(row: IndicatorPosition) -> list[tuple[str, str]]:
    """Return what is said beneath the chart, each under its term."""
    outlook = row.outlook
    pace = "" if outlook is None else outlook.run_rate_sentence
    process = "" if row.process is None else row.process.sentence
    return [
        ("In a year", row.direction_sentence),
        ("Recently", row.recent_sentence),
        ("Outlook", " ".join(part for part in (row.outlook_sentence, pace) if part)),
        ("Process", " ".join(part for part in (process, row.assurance_sentence) if part)),
        *((f"If {reading.name}", reading.status.sentence) for reading in row.readings),
    ]


def _data(row: IndicatorPosition) -> str:
    age = row.data.age_months
    fresh = "up to the position" if age == 0 else ""
    return capital(", ".join(part for part in (row.data.text, fresh) if part))


def _chance(row: IndicatorPosition) -> str:
    p = row.status.p_value
    if p is None:
        return ""
    said = capital(row.movement_badge)
    return f"{said} ({p_text(p)})" if said else p_text(p)


def lettered_notes(trend: Trend) -> list[tuple[str, str]]:
    """Return the notes on the chart with the letters that they bear there."""
    from scs_desktop.reports.chart_layers import NOTE_LETTERS

    return [(NOTE_LETTERS[index % len(NOTE_LETTERS)], note.text) for index, note in enumerate(trend.notes)]


def _comment(one: Commentary) -> Json:
    return {"text": one.text, "by": one.author_post}


def _actions_head(sheet: PrioritySheet) -> str:
    if not sheet.actions:
        return ""
    late = sum(_overdue(one, sheet.known_on) for one in sheet.actions)
    return f"{plural(len(sheet.actions), 'open action')}{f', {late} overdue' if late else ''}"


def _overdue(one: Action, known_on: date) -> bool:
    return one.status is ActionStatus.OVERDUE or (one.due is not None and one.due < known_on)


def _action(one: Action, known_on: date) -> Json:
    late = _overdue(one, known_on)
    return {
        "text": capital(one.text),
        "owner": one.owner,
        "due": "" if one.due is None else date_text(one.due),
        "status": "overdue" if late else _ACTION_WORDS[one.status],
        "late": late,
    }
