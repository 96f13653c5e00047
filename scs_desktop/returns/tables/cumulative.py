"""Whether a table's months or quarters are ends of years to date, as its title says, and when those years open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import Period, PeriodKind
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.notation.spoken import says_to_date
from scs_desktop.returns.records import Flag, Problem, Record, Rule
from scs_desktop.returns.tables import timing
from scs_desktop.returns.tables.cells import SheetCells
from scs_desktop.returns.tables.headers import HeadCell
from scs_desktop.returns.tables.lanes import Lane, with_row_years
from scs_desktop.returns.tables.model import TableModel

_APRIL = 4
_MOST_ROWS = 400
_NEARLY_ALL = 0.9
_ENOUGH = 3
_MOST_QUESTIONS = 3


def settle(cells: SheetCells, table: TableModel, lanes: Sequence[Lane]) -> None:
    """Decide of a table what the words “cumulative” or “year to date” over it mean for its months and quarters."""
    said = _title(cells, table)
    spoken = any(lane.to_date for lane in lanes) or any(
        says_to_date(label.text) for stub in table.stubs[:_MOST_ROWS] for label in stub.labels
    )
    marked = any(token.shape is Shape.TO_DATE or token.to_date for lane in lanes for token in lane.periods) or any(
        token.shape is Shape.TO_DATE for stub in table.stubs[:_MOST_ROWS] for token in stub.periods
    )
    table.speaks_to_date = said is not None or spoken or marked
    if not table.speaks_to_date:
        return
    runs = _runs(cells, table, lanes)
    table.year_opens = _opens(table, runs)
    # Where a head or row of its own says it, the title speaks of that one.
    table.to_date = said is not None and not spoken and not marked and _rise(runs, table.year_opens)


def _title(cells: SheetCells, table: TableModel) -> HeadCell | str | None:
    """Return what says over the whole table that its figures are cumulative."""
    for title in (*table.outer_titles, *table.head.titles):
        if says_to_date(title.text):
            return title
    for text in (*table.beside_heads, cells.sheet.name):
        if says_to_date(text):
            return text
    return None


Run = list[tuple[Period, float]]


def _runs(cells: SheetCells, table: TableModel, lanes: Sequence[Lane]) -> list[Run]:
    """Figures along time, one run for each row whose columns are months or quarters, or each column over such rows."""
    across = {lane.number: period for lane in lanes if (period := _placed(lane.periods, table.context)) is not None}
    if len(across) > 1:
        return [
            _sorted(
                (period, number)
                for column, period in across.items()
                if (number := _number(cells, stub.row, column)) is not None
            )
            for stub in table.stubs[:_MOST_ROWS]
        ]
    down = {
        stub.row: period
        for stub in with_row_years(table)[:_MOST_ROWS]
        if (period := _placed(stub.periods, table.context)) is not None
    }
    groups: dict[tuple[int, tuple[str, ...]], Run] = {}
    for stub in table.stubs[:_MOST_ROWS]:
        if stub.row not in down:
            continue
        names = tuple(label.text for label in stub.labels)
        for lane in lanes:
            number = _number(cells, stub.row, lane.number)
            if number is not None:
                groups.setdefault((lane.number, names), []).append((down[stub.row], number))
    return [_sorted(run) for run in groups.values()]


def _sorted(run: Iterable[tuple[Period, float]]) -> Run:
    return sorted(run, key=lambda pair: pair[0])


def _placed(tokens: Sequence[PeriodText], context: Sequence[PeriodText]) -> Period | None:
    period = timing.decide(tokens, context).period
    return period if period is not None and period.months in {1, 3} and period.start.day == 1 else None


def _number(cells: SheetCells, row: int, column: int) -> float | None:
    value = cells.sheet.value(row, column)
    if isinstance(value, str):
        value = float(value) if value.strip().isdecimal() else None
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _opens(table: TableModel, runs: Sequence[Run]) -> int:
    """Return January where the figures go on rising into April, or the years named are calendar ones; else April."""
    calendar = any(token.shape is Shape.YEAR for token in table.context[:1])
    rising = falling = 0
    for run in runs:
        for (before, one), (after, other) in pairwise(run):
            if after.start.month == _APRIL and before.start.year == after.start.year and one > 0:
                rising += other >= one
                falling += other < one
    starts = {run[0][0].start.month for run in runs if run}
    if rising + falling:
        return 1 if rising > falling and (starts == {1} or calendar) else _APRIL
    return 1 if calendar and starts == {1} else _APRIL


def _rise(runs: Sequence[Run], opens: int) -> bool:
    """Whether figures hardly ever fall within a year, as sums from its start never do."""
    rising = falling = 0
    for run in runs:
        for (before, one), (after, other) in pairwise(run):
            if _year(before, opens) == _year(after, opens):
                rising += other >= one
                falling += other < one
    return rising + falling > 0 and rising >= _NEARLY_ALL * (rising + falling)


def _year(period: Period, opens: int) -> int:
    return period.start.year - (period.start.month < opens)


def find(cells: SheetCells, table: TableModel, records: Sequence[Record]) -> list[Problem]:
    """Ask where words and figures disagree, and where a year to date does not say with which month it ends."""
    if not table.speaks_to_date:
        return []
    return [*_title_unheeded(cells, table, records), *_falls(cells, records), *_endless(cells, table, records)]


def _title_unheeded(cells: SheetCells, table: TableModel, records: Sequence[Record]) -> list[Problem]:
    """The title says “cumulative”, but the months are read as they stand."""
    said = _title(cells, table)
    if said is None or any(
        record.period is not None and record.period.kind is PeriodKind.YEAR_TO_DATE for record in records
    ):
        return []
    plain = [record for record in records if record.period is not None and record.period.months in {1, 3}]
    if len({record.period for record in plain}) < 2 and not (plain and table.to_date):  # noqa: PLR2004
        return []
    if table.to_date:
        return []
    area = table.range
    where = (
        Range(said.row, said.column, said.row, said.column)
        if isinstance(said, HeadCell)
        else Range(area.top, area.left, area.top, area.left)
    )
    text = said.text if isinstance(said, HeadCell) else said
    return [
        Problem(
            cells.sheet.name,
            where,
            text[:120],
            Rule.CUMULATIVE_SUMMED,
            f"“{text[:80]}” says that the figures are cumulative, yet they do not rise from month to month: each is "
            "read as the figure of its own month or quarter.",
            "Say whether they run from the start of the year.",
        )
    ]


def _falls(cells: SheetCells, records: Sequence[Record]) -> list[Problem]:
    """A count to date that is smaller than the one before it in its year."""
    groups: dict[tuple[object, ...], list[Record]] = {}
    for record in records:
        period = record.period
        if record.value is None or period is None or record.unit is not Unit.COUNT or Flag.TOTAL in record.flags:
            continue
        if any(says_to_date(label.text) for label in record.labels) or period.kind is PeriodKind.YEAR_TO_DATE:
            names = tuple(label.text for label in record.labels if not says_to_date(label.text))
            groups.setdefault((names, record.area_code, period.start), []).append(record)
    problems = []
    for group in groups.values():
        ordered = sorted(group, key=_end)
        for before, after in pairwise(ordered):
            if (
                before.value is None
                or after.value is None
                or after.value >= before.value
                or before.period == after.period
            ):
                continue
            problems.append(
                Problem(
                    cells.sheet.name,
                    Range(after.row, after.column, after.row, after.column),
                    after.text,
                    Rule.CUMULATIVE_SUMMED,
                    f"{address(after.row, after.column)} says {after.value:,} to date, less than the {before.value:,} "
                    "before it in the same year: is it the figure of its own month?",
                    "Say which it is.",
                )
            )
            break
    return problems[:_MOST_QUESTIONS]


def _end(record: Record) -> date:
    return record.period.end if record.period is not None else date.min


def _endless(cells: SheetCells, table: TableModel, records: Sequence[Record]) -> list[Problem]:
    """“2011/12 YTD” alone does not say to which month."""
    heads = {
        column: cell
        for column in table.figures
        for cell in table.paths.get(column, [])
        if cell.period is not None and cell.period.to_date and cell.period.shape is Shape.FINANCIAL_YEAR
    }
    open_ones = {
        record.column
        for record in records
        if record.column in heads and record.period is not None and record.period == heads[record.column].period.period  # type: ignore[union-attr]
    }
    return [
        Problem(
            cells.sheet.name,
            Range(heads[column].row, heads[column].column, heads[column].row, heads[column].column),
            heads[column].text,
            Rule.UNREADABLE_PERIOD,
            f"“{heads[column].text}” is a year to date, and nothing says to which month: it is read as the whole year.",
            "Say with which month it ends.",
        )
        for column in sorted(open_ones)
    ]
