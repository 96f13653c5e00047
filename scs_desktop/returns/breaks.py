"""Rows that fall to nothing and stay there, or start from nothing: a category was renamed, split or moved away."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.agencies import Series
from scs_desktop.domain.arrival import falls_silent, starts_from_nothing
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import Period
from scs_desktop.domain.sentences import listed
from scs_desktop.returns.grid import Range
from scs_desktop.returns.items import Item
from scs_desktop.returns.matching import Assignment
from scs_desktop.returns.plan import PlannedBreak
from scs_desktop.returns.questions import Choice, Question, QuestionKind

NOTE, KEEP, JOIN, LEAVE_OUT = "note", "keep", "join", "leave_out"
NEAR = 1
"""Periods between the end of one row and the start of another that goes on where it ended."""


@dataclass(frozen=True, slots=True)
class Break:
    """A row of an assignment that ends or starts, and the row outside it that takes its place."""

    row: Item
    since: Period
    starts: bool
    partner: Item | None = None


def _totals(item: Item) -> tuple[tuple[Period, Decimal], ...]:
    """Return the row's figures by period, all areas together, of the kind of period it has most of."""
    sums: defaultdict[Period, Decimal] = defaultdict(Decimal)
    for _, record in item.records:
        if record.period is not None and record.value is not None:
            sums[record.period] += record.value
    if not sums:
        return ()
    kind = Counter(period.kind for period in sums).most_common(1)[0][0]
    return tuple(sorted(((period, value) for period, value in sums.items() if period.kind is kind)))


def find_breaks(assignment: Assignment, items: Sequence[Item]) -> tuple[Break, ...]:
    """Return the rows of a count that end or start, without those whose place another row of the count takes."""
    if assignment.wanted.unit is not Unit.COUNT:
        return ()
    tables = {item.table for item in assignment.items}
    ends: list[tuple[int, Item, Period]] = []
    starts: list[tuple[int, Item, Period]] = []
    for item in items:
        if item.table not in tables or item.total:
            continue
        rows = _totals(item)
        values = [value for _, value in rows]
        if (at := falls_silent(values)) is not None:
            ends.append((at, item, rows[at][0]))
        if (at := starts_from_nothing(values)) is not None and at < len(rows):
            starts.append((at, item, rows[at][0]))
    mine = {id(item) for item in assignment.items}
    found = []
    for at, item, since in ends:
        near = [other for place, other, _ in starts if abs(place - at) <= NEAR]
        if id(item) in mine and not any(id(other) in mine for other in near):
            found.append(Break(item, since, starts=False, partner=near[0] if near else None))
    if assignment.summed:
        for at, item, since in starts:
            near = [other for place, other, _ in ends if abs(place - at) <= NEAR]
            if id(item) in mine and not near:
                found.append(Break(item, since, starts=True))
    return tuple(found)


def planned_breaks(noted: Iterable[tuple[Series, Break]]) -> tuple[PlannedBreak, ...]:
    """Return the confirmed breaks of indicators, one a day each, with what ended or started as the cause.

    A series that is not the indicator's preferred one changes nothing for the indicator's lights.
    """
    rows: defaultdict[tuple[UUID, date], dict[bool, list[str]]] = defaultdict(lambda: {False: [], True: []})
    for series, one in noted:
        if series.indicator is not None and series.preferred:
            named = rows[series.indicator, one.since.start][one.starts]
            if one.row.shown not in named:
                named.append(one.row.shown)
    return tuple(
        PlannedBreak(indicator, on, "; ".join(part for part in (_ended(both[False]), _started(both[True])) if part))
        for (indicator, on), both in sorted(rows.items(), key=lambda pair: (pair[0][1], str(pair[0][0])))
    )


def _ended(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"{listed([f'“{name}”' for name in names])} {'is' if len(names) == 1 else 'are'} no longer part of it"


def _started(names: Sequence[str]) -> str:
    return f"{listed([f'“{name}”' for name in names])} became part of it" if names else ""


def break_question(one: Break) -> Question:
    """Return the question what the end or start of a row means: one for all the indicators that use the row."""
    since = one.since.label
    partner = one.partner
    if one.starts:
        ask = (
            f"“{one.row.shown}” is nought before {since} and not from then on. "
            "Does what it is part of change its meaning there?"
        )
    elif partner is not None:
        ask = (
            f"“{one.row.shown}” is nought from {since} on, and “{partner.shown}” starts there. "
            "Is it the same under a new name, so that what counted the one goes on with the other?"
        )
    else:
        ask = (
            f"“{one.row.shown}” is nought from {since} on to the end of the file. "
            "Does what it is part of change its meaning there?"
        )
    choices = [
        Choice(NOTE, f"Yes: keep the figures, and compare none from {since} on with those before", 60),
        Choice(KEEP, "No: the figures are what they are", 40),
        Choice(LEAVE_OUT, f"Leave out the figures from {since} on", 20),
    ]
    if partner is not None:
        choices = [
            Choice(JOIN, f"Yes: add “{partner.shown}” to it", 80),
            Choice(NOTE, f"No: keep what is left, and compare none from {since} on with those before", 40),
            *choices[1:],
        ]
    cells = []
    for item in (one.row, *([partner] if partner is not None else [])):
        records = [record for _, record in item.records]
        if records:
            rows, columns = [record.row for record in records], [record.column for record in records]
            cells.append((records[0].sheet, Range(min(rows), min(columns), max(rows), max(columns))))
    key = f"break/{one.row.key}/{one.since.start}"
    return Question(key, QuestionKind.BREAK, ask, tuple(choices), cells=tuple(cells))
