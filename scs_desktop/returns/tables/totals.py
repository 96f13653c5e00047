"""Step 10: totals by their words and by arithmetic, shares after them, and the stretch that a column to date covers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import Period, PeriodKind, add_months, month_end, month_number
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.notation.periods import read_period
from scs_desktop.returns.notation.text import tidy, without_footnotes
from scs_desktop.returns.records import Flag, Problem, Record, Rule
from scs_desktop.returns.tables import timing
from scs_desktop.returns.tables.cells import SheetCells
from scs_desktop.returns.tables.matrix import ZERO, Matrix, rounding
from scs_desktop.returns.tables.model import TableModel

_PURE_TOTAL = re.compile(
    r"^(?:(?:grand|sub|overall|year|annual|financial year|running|cumulative|quarterly|monthly|borough|ward"
    r"|county|district|force|area|all)[\s-]*)*(?:totals?|sum|all)\b"
    r"(?: (?:for|of) (?:the )?(?:year|period|quarter|month|all|borough|area)\w*)?(?: ?\([^)]*\))?\W*$|^(?:all|sum"
    r"|total)s?$|\btotal$"
)
_CHANGE = re.compile(r"\bchange\b|\bdifference\b|\bvariance\b|^\+/-$|^±$|\bincrease\b|\bdirection of travel\b")
_CUMULATIVE = re.compile(r"\bcumulative\b|\bto date\b|\brunning total\b|\bytd\b")
_MATCHING = 0.6
_HUNDRED = Decimal(100)
_YEAR_MONTHS = 12


@dataclass(slots=True)
class Changes:
    """Records to put in the place of others, and what to ask."""

    records: dict[tuple[int, int], Record] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def is_total(text: str) -> bool:
    """Whether a name is that of a total and of nothing else: “Total”, “Grand total”, “Borough total”."""
    words = without_footnotes(tidy(text)).casefold().strip(" :.")
    if words.startswith("total"):
        token = read_period(text)
        if token is not None and token.period is not None and token.exact:
            # "Total 2011/12"
            words = token.rest.casefold().strip(" :.()") or words
    return len(words) <= 60 and _PURE_TOTAL.search(words) is not None  # noqa: PLR2004


def find(cells: SheetCells, table: TableModel, records: Sequence[Record]) -> Changes:
    """Find a table's totals, give those along a row of periods their stretch, and ask where sums differ."""
    changes = Changes()
    unnamed = [stub.row for stub in table.stubs if not stub.own and not stub.period_cells]
    named = [stub.row for stub in table.stubs if any(is_total(label.text) for label in stub.labels[-1:])]
    total_columns = [
        column for column in table.figures if any(is_total(cell.text) for cell in table.paths.get(column, [])[-2:])
    ]
    to_date = [column for column in table.figures if any(_to_date(cell.period) for cell in table.paths.get(column, []))]
    changed = [column for column in table.figures if _is_change(table, column)]
    if not (unnamed or named or total_columns or to_date or changed):
        return changes
    matrix = Matrix(records)
    sheet = cells.sheet.name
    _rows(cells, table, matrix, named, unnamed, changes)
    siblings = _siblings(table, matrix, {*total_columns, *to_date})
    for column in total_columns:
        _total_column(sheet, table, matrix, column, siblings, changes)
    for column in to_date:
        _to_date_column(table, matrix, column, siblings, changes)
    for column in changed:
        _change_column(matrix, column, changes)
    return changes


def _is_change(table: TableModel, column: int) -> bool:
    path = table.paths.get(column, [])
    return bool(path) and _CHANGE.search(tidy(path[-1].text).casefold()) is not None


def _change_column(matrix: Matrix, column: int, changes: Changes) -> None:
    """A change between two periods beside it belongs to the later of them."""
    beside = [other for other in matrix.columns if other < column]
    for record in matrix.column(column):
        if record.period is not None:
            continue
        found = []
        for other in reversed(beside):
            neighbour = changes.records.get((record.row, other)) or matrix.record(record.row, other)
            if neighbour is not None and neighbour.period is not None and neighbour.value is not None:
                found.append(neighbour)
            if len(found) == 2:  # noqa: PLR2004
                break
        if len(found) == 2 and found[0].period != found[1].period:  # noqa: PLR2004
            later = max(found, key=lambda neighbour: neighbour.period.end if neighbour.period else date.min)
            changes.records[record.row, column] = replace(record, period=later.period, period_label=later.period_label)


def _to_date(token: PeriodText | None) -> bool:
    return token is not None and token.to_date and token.shape in {Shape.TO_DATE, Shape.FINANCIAL_YEAR}


def _siblings(table: TableModel, matrix: Matrix, excluded: set[int]) -> dict[int, Period]:
    """Periods of the columns that a total may sum: those of the commonest kind."""
    found: dict[int, Period] = {}
    for column in table.figures:
        if column in excluded:
            continue
        periods = [record.period for record in matrix.column(column) if record.period is not None]
        if periods:
            # A row of years to date among rows of months does not tell what the column is.
            found[column] = min(periods, key=lambda period: period.months)
    kinds = [period.months for period in found.values()]
    if not kinds:
        return {}
    common = max(set(kinds), key=lambda months: (kinds.count(months), -months))
    return {column: period for column, period in found.items() if period.months == common}


def _total_column(
    sheet: str, table: TableModel, matrix: Matrix, column: int, siblings: dict[int, Period], changes: Changes
) -> None:
    fits: list[Record] = []
    misses: list[Record] = []
    parts_of = [other for other in table.figures if other in siblings and other < column] or [
        other for other in table.figures if other != column and _same_measure(table, other, column)
    ]
    for record in matrix.column(column):
        verdict = _sums(record, [matrix.record(record.row, other) for other in parts_of])
        if verdict is not None:
            (fits if verdict else misses).append(record)
    span = timing.union([siblings[other] for other in parts_of if other in siblings])
    whole = len(fits) >= _MATCHING * (len(fits) + len(misses)) and fits
    for record in matrix.column(column):
        known = changes.records.get((record.row, record.column), record)
        new = replace(known, flags=known.flags | {Flag.TOTAL})
        if new.period is None and span is not None and (whole or not misses):
            new = replace(new, period=span, period_label=_label(new, column))
        changes.records[record.row, record.column] = new
        if record in fits and any(_CUMULATIVE.search(tidy(label.text).casefold()) for label in record.labels):
            changes.problems.append(
                Problem(
                    sheet,
                    Range(record.row, record.column, record.row, record.column),
                    record.text,
                    Rule.CUMULATIVE_SUMMED,
                    f"The row says that it is cumulative, yet {address(record.row, record.column)} adds its "
                    f"figures up: the last one is the year's.",
                    "Take the last figure for the year.",
                )
            )
    if whole:
        changes.problems.extend(_differs(sheet, record, parts_of, matrix, along="row") for record in misses)


def _same_measure(table: TableModel, one: int, other: int) -> bool:
    first, second = table.paths.get(one, []), table.paths.get(other, [])
    return bool(first) and bool(second) and [cell.text for cell in first[:-1]] == [cell.text for cell in second[:-1]]


def _label(record: Record, column: int) -> str:
    own = [label.text for label in record.labels if label.column == column]
    return own[-1] if own else ""


def _sums(total: Record, parts: Sequence[Record | None]) -> bool | None:
    """Whether the parts add up to the total; None where that cannot be known."""
    if total.value is None or total.unit in {Unit.PERCENT, Unit.RATE, Unit.RATIO} or total.value == _HUNDRED:
        return None
    values: list[Decimal] = []
    for part in parts:
        if part is None:
            continue
        if part.value is None:
            return None
        values.append(part.value)
    if len(values) < 2 or not any(values):  # noqa: PLR2004
        return None
    return abs(sum(values, ZERO) - total.value) <= rounding([*values, total.value])


def _differs(sheet: str, record: Record, parts: Sequence[int], matrix: Matrix, *, along: str) -> Problem:
    values = [
        value
        for other in parts
        if (value := matrix.value(*((record.row, other) if along == "row" else (other, record.column)))) is not None
    ]
    summed = sum(values, ZERO)
    return Problem(
        sheet,
        Range(record.row, record.column, record.row, record.column),
        record.text,
        Rule.SUM_DIFFERS,
        f"{address(record.row, record.column)} says {record.value:,}, but its {len(values)} parts add up to "
        f"{summed:,}; elsewhere the totals agree.",
        f"Ask which is right, {record.value:,} or {summed:,}.",
    )


def _to_date_column(
    table: TableModel, matrix: Matrix, column: int, siblings: dict[int, Period], changes: Changes
) -> None:
    """A column to date runs from April to the end of the last period beside it, in its own year."""
    latest = max((period.end for period in siblings.values()), default=None)
    if latest is None:
        return
    token = next(cell.period for cell in table.paths[column] if _to_date(cell.period))
    span = timing.to_date(list(siblings.values()))
    if token is not None and token.shape is Shape.FINANCIAL_YEAR:
        months = (month_number(latest) - month_number(date(token.year, 4, 1))) % _YEAR_MONTHS
        end = month_end(add_months(date(token.year, 4, 1), months))
        kind = PeriodKind.FINANCIAL_YEAR if months == _YEAR_MONTHS - 1 else PeriodKind.YEAR_TO_DATE
        span = Period(date(token.year, 4, 1), end, kind)
    if span is None:
        return
    for record in matrix.column(column):
        if record.period is None or (
            token is not None and token.shape is Shape.FINANCIAL_YEAR and record.period.contains(span)
        ):
            changes.records[record.row, column] = replace(
                record, period=span, period_label=record.period_label or _label(record, column)
            )


def _rows(
    cells: SheetCells, table: TableModel, matrix: Matrix, named: Sequence[int], unnamed: Sequence[int], changes: Changes
) -> None:
    totals: list[int] = []
    for row in sorted({*named, *unnamed}):
        parts, fits, misses = _best_parts(table, matrix, row, totals)
        agreed = bool(fits) and len(fits) >= _MATCHING * (len(fits) + len(misses))
        if row in unnamed:
            _unnamed(
                cells,
                matrix,
                row,
                changes,
                agreed=agreed,
                after_total=bool(totals) and totals[-1] == _before(table, row),
            )
        else:
            _named(table, matrix, row, parts, changes, agreed=agreed)
        if agreed or row in named:
            totals.append(row)
        if agreed:
            changes.problems.extend(
                _differs(cells.sheet.name, record, parts, matrix, along="column") for record in misses
            )


def _before(table: TableModel, row: int) -> int:
    return max((stub.row for stub in table.stubs if stub.row < row), default=0)


def _best_parts(
    table: TableModel, matrix: Matrix, row: int, totals: Sequence[int]
) -> tuple[list[int], list[Record], list[Record]]:
    """Return the rows that the row sums: all above, those since the last total or gap, or those beneath."""
    rows = [stub.row for stub in table.stubs]
    place = rows.index(row)
    above = [other for other in rows[:place] if other not in totals]
    since = [other for other in above if not totals or other > totals[-1]]
    group: list[int] = []
    for other in reversed(rows[:place]):
        if group and group[-1] - other > 1:
            break
        group.append(other)
    beneath = rows[place + 1 :]
    best: tuple[list[int], list[Record], list[Record]] = ([], [], [])
    for parts in (above, since, sorted(group), list(totals), beneath):
        if len(parts) < 2 or len(parts) > 5000:  # noqa: PLR2004
            continue
        fits: list[Record] = []
        misses: list[Record] = []
        for record in matrix.row(row):
            verdict = _sums(record, [matrix.record(other, record.column) for other in parts])
            if verdict is not None:
                (fits if verdict else misses).append(record)
        if len(fits) > len(best[1]):
            best = (parts, fits, misses)
    return best


def _unnamed(cells: SheetCells, matrix: Matrix, row: int, changes: Changes, *, agreed: bool, after_total: bool) -> None:
    records = matrix.row(row)
    if not records:
        return
    shares = after_total and not agreed and all(record.value is None or abs(record.value) <= 100 for record in records)  # noqa: PLR2004
    if agreed:
        flag, words = Flag.TOTAL, "adds up the rows above it"
    elif shares:
        flag, words = Flag.SHARE, "follows a total and may be shares of it"
    else:
        flag, words = Flag.DOUBTFUL, "has figures"
    where = Range(row, records[0].column, row, records[-1].column)
    for record in records:
        changes.records[row, record.column] = replace(record, flags=record.flags | {flag})
    changes.problems.append(
        Problem(
            cells.sheet.name,
            where,
            records[0].text,
            Rule.UNLABELLED,
            f"Row {row} bears no name but {words}: what is it, and is it complete?",
            "Say what the row is, or leave it out.",
        )
    )


def _named(
    table: TableModel, matrix: Matrix, row: int, parts: Sequence[int], changes: Changes, *, agreed: bool
) -> None:
    stub = next(stub for stub in table.stubs if stub.row == row)
    timed = [other for other in parts if _has_time(table, other)] if agreed and not stub.periods else []
    for record in matrix.row(row):
        new = replace(record, flags=record.flags | {Flag.TOTAL})
        beside = [part.period for other in timed if (part := matrix.record(other, record.column)) and part.period]
        spans = timing.union(beside)
        if spans is not None and (record.period is None or record.period.contains(spans)):
            label = stub.labels[-1].text if stub.labels else ""
            new = replace(new, period=spans, period_label=label)
        changes.records[row, record.column] = new


def _has_time(table: TableModel, row: int) -> bool:
    return any(stub.row == row and stub.periods for stub in table.stubs)
