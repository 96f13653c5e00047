"""What to ask about a table's periods: one that comes twice, breaks the sequence, overlaps, or is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from scs_desktop.domain.periods import Period, month_number
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.records import Problem, Rule
from scs_desktop.returns.tables.cells import PERIOD, SheetCells
from scs_desktop.returns.tables.columns import Role
from scs_desktop.returns.tables.headers import HeadCell
from scs_desktop.returns.tables.model import TableModel
from scs_desktop.returns.tables.time_doubts import open_ones, part_in_title, too_late

_ROLLING = re.compile(r"\brolling\b|\b12 months (?:to|ending)\b|\bmoving annual\b")
_LEAST = 3
_LONG = 400


@dataclass(frozen=True, slots=True)
class _Place:
    period: Period
    text: str
    row: int
    column: int
    path: tuple[str, ...] = ()


def find(cells: SheetCells, table: TableModel) -> list[Problem]:
    """Check the periods that stand in a table's heads and row names."""
    problems: list[Problem] = []
    across = _across(table)
    problems.extend(_ambiguous(cells, table))
    problems.extend(_twice(cells, across))
    problems.extend(_sequence(cells, across))
    if len(table.stubs) <= _LONG:
        down = _down(table)
        # Rows that codes and numbers tell apart may share a period.
        if not any(column.role in {Role.IDENTIFIERS, Role.CODES} for column in table.columns):
            problems.extend(_twice(cells, down))
        problems.extend(_sequence(cells, down))
        problems.extend(_swapped(cells, table))
    problems.extend(open_ones(cells, table))
    problems.extend(too_late(cells, table))
    problems.extend(part_in_title(cells, table))
    problems.extend(_rolling(cells, table))
    problems.extend(_outside_title(cells, table, across))
    return problems


_DATED = re.compile(
    r"\b(?:publish|updat|releas|produc|print|prepar|issu|creat|extract|generat|compar|baseline|board|meeting|version|next)",
    re.IGNORECASE,
)


def _outside_title(cells: SheetCells, table: TableModel, across: Sequence[_Place]) -> list[Problem]:
    """A title that names one month or quarter over columns none of which touches it: last time's heads, perhaps."""
    places = [place for place in across if place.period.months in {1, 3}]
    if len(places) < 2:  # noqa: PLR2004
        return []
    for title in [*table.outer_titles, *table.head.titles]:
        said = title.period.period if title.period is not None and not title.period.base else None
        if said is None or said.months not in {1, 3} or said.start.day != 1 or _DATED.search(title.text):
            continue
        if said.start < min(place.period.start for place in places) or any(
            place.period.end >= said.start for place in places
        ):
            continue
        first = places[0]
        return [
            Problem(
                cells.sheet.name,
                Range(first.row, first.column, first.row, first.column),
                first.text,
                Rule.PERIOD_SEQUENCE,
                f"The title says “{title.text[:80]}”, but the columns end with “{places[-1].text}”: are the heads or "
                "the figures those of an earlier return?",
                "Say which period the columns are of.",
            )
        ]
    return []


def _across(table: TableModel) -> list[_Place]:
    """The whole periods in the heads of the columns, one for each cell, left to right."""
    found: dict[tuple[int, int], _Place] = {}
    for column in table.figures:
        path = table.paths.get(column, [])
        for cell in path:
            token = cell.period
            if token is None or token.period is None or token.base or not token.exact or token.weak:
                continue
            if any(other.period is not None and other.period.shape in _PARTS for other in path):
                continue
            names = tuple(other.text for other in path if other is not cell)
            place = _Place(token.period, cell.text, cell.row, cell.column, names)
            if (cell.row, cell.column) in found:
                place = _Place(token.period, cell.text, cell.row, cell.column, found[cell.row, cell.column].path)
            found[cell.row, cell.column] = place
    return list(found.values())


_PARTS = frozenset({Shape.MONTH, Shape.QUARTER, Shape.MONTHS, Shape.HALF, Shape.FINANCIAL_MONTH})


def _down(table: TableModel) -> list[_Place]:
    found = []
    for stub in table.stubs:
        if len(stub.periods) != 1 or not stub.period_cells:
            continue
        token, cell = stub.periods[0], stub.period_cells[0]
        period = token.period
        if period is None or cell.row != stub.row or cell.column is None or not token.exact:
            continue
        found.append(_Place(period, cell.text, stub.row, cell.column, tuple(label.text for label in stub.labels)))
    return found


def _twice(cells: SheetCells, places: Sequence[_Place]) -> list[Problem]:
    seen: dict[tuple[Period, tuple[str, ...]], _Place] = {}
    problems = []
    for place in places:
        key = (place.period, place.path)
        first = seen.setdefault(key, place)
        if first is place:
            continue
        problems.append(
            Problem(
                cells.sheet.name,
                Range(place.row, place.column, place.row, place.column),
                place.text,
                Rule.PERIOD_TWICE,
                f"{place.period.label} comes twice, in {address(first.row, first.column)} and "
                f"{address(place.row, place.column)}: which figures are meant?",
                "Say which period each is.",
            )
        )
    return problems[:5]


def _sequence(cells: SheetCells, places: Sequence[_Place]) -> list[Problem]:
    """One period out of step among others that follow each other evenly."""
    groups: dict[tuple[tuple[str, ...], int, int], list[_Place]] = {}
    across = len({place.row for place in places}) == 1
    for place in places:
        groups.setdefault((place.path, place.period.months, place.row if across else place.column), []).append(place)
    problems = []
    for group in groups.values():
        if len(group) < _LEAST + 1:
            continue
        steps = [
            month_number(later.period.start) - month_number(earlier.period.start) for earlier, later in pairwise(group)
        ]
        usual = max(set(steps), key=steps.count)
        if usual == 0 or steps.count(usual) < len(steps) - 2 or steps.count(usual) < _LEAST - 1:
            continue
        for index in range(len(group)):
            before = steps[index - 1] if index else usual
            after = steps[index] if index < len(steps) else usual
            alone = before != usual and (after != usual or index == len(group) - 1)
            if not alone:
                continue
            out = before if index == len(group) - 1 else None
            if out is not None and out > 0 and usual > 0:
                # A gap before the last is no error.
                continue
            if (index < len(steps) and before + after == 2 * usual) or index == len(group) - 1:
                place = group[index]
                problems.append(
                    Problem(
                        cells.sheet.name,
                        Range(place.row, place.column, place.row, place.column),
                        place.text,
                        Rule.PERIOD_SEQUENCE,
                        f"“{place.text}” in {address(place.row, place.column)} breaks the sequence of its "
                        f"neighbours: is the heading right?",
                        "Say which period it is.",
                    )
                )
    return problems


def _ambiguous(cells: SheetCells, table: TableModel) -> list[Problem]:
    """A quarter beside a single year: of the calendar or of the financial year?"""
    found: list[HeadCell | None] = []
    for column in table.figures:
        path = table.paths.get(column, [])
        if _unclear([cell.period for cell in path if cell.period is not None], table.context):
            found.append(path[-1])
            break
    if not found:
        for stub in table.stubs:
            if _unclear(stub.periods, table.context) and stub.period_cells:
                cell = stub.period_cells[-1]
                found.append(HeadCell(cell.text, cell.row or stub.row, cell.column or table.block.left, PERIOD))
                break
    return [
        Problem(
            cells.sheet.name,
            Range(cell.row, cell.column, cell.row, cell.column),
            cell.text,
            Rule.QUARTER_YEAR,
            f"“{cell.text}” names one year: its quarters are read as those of the calendar year. Are they of the "
            f"financial year?",
            "Say which year the quarters belong to.",
        )
        for cell in found
        if cell is not None
    ]


def _unclear(tokens: Sequence[PeriodText], context: Sequence[PeriodText]) -> bool:
    if any(token.ambiguous and token.calendar for token in tokens):
        return True
    parts = [token for token in tokens if token.shape is Shape.QUARTER and not token.calendar]
    if not parts:
        return False
    years = [token for token in tokens if token.period is not None] or [
        token for token in context if token.period is not None
    ][:1]
    return bool(years) and years[-1].shape is Shape.YEAR


def _swapped(cells: SheetCells, table: TableModel) -> list[Problem]:
    """Dates of which those with a day up to 12 became real ones and the others stayed text: day and month swapped."""
    for column in table.columns:
        if column.role is not Role.PERIODS:
            continue
        real, text = [], []
        for row in table.block.data:
            value = cells.sheet.value(row, column.number)
            if isinstance(value, date):
                real.append((row, value))
            elif isinstance(value, str) and re.fullmatch(r"\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\s*", value):
                text.append(value)
        if len(real) < 2 or not text:  # noqa: PLR2004
            continue
        late = [value for value in text if int(re.split(r"[/.-]", value.strip())[0]) > 12]  # noqa: PLR2004
        if (
            len(late) == len(text)
            and all(value.day <= 12 for _, value in real)  # noqa: PLR2004
            and len({value.month for _, value in real}) > 1
        ):
            return [
                Problem(
                    cells.sheet.name,
                    Range(real[0][0], column.number, real[-1][0], column.number),
                    cells.text(real[0][0], column.number),
                    Rule.DAY_MONTH_SWAP,
                    f"Days up to the 12th are real dates and the later ones ({text[0].strip()}) are text: day "
                    f"and month of the real ones seem to be swapped.",
                    "Swap day and month back.",
                )
            ]
    return []


def _rolling(cells: SheetCells, table: TableModel) -> list[Problem]:
    """Periods of twelve months that follow each other by a quarter or a month share most of their days."""
    for title in [*table.outer_titles, *table.head.titles]:
        if _ROLLING.search(tidy(title.text).casefold()) and (title.period is None or title.period.period is None):
            return [
                Problem(
                    cells.sheet.name,
                    Range(title.row, title.column, title.row, title.column),
                    title.text[:120],
                    Rule.OVERLAP,
                    "The figures cover rolling months: figures that follow each other share most of what they "
                    "measure and are no separate results.",
                    "Compare only figures twelve months apart.",
                )
            ]
    return []
