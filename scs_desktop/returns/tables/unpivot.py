"""Step 9: one record for each cell of a block's columns of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.domain.periods import Period
from scs_desktop.returns.grid import Range
from scs_desktop.returns.notation.areas import area_code
from scs_desktop.returns.notation.periods import PeriodText, Shape
from scs_desktop.returns.records import Flag, LabelCell, LeftOut, Problem, Record, Rule
from scs_desktop.returns.tables import measures, timing
from scs_desktop.returns.tables.blocks import Block
from scs_desktop.returns.tables.cells import BLANK, CODE, LABEL, NOTE, NUMBER, STAND_INS, STRONG, YEAR_NUMBER, SheetCells
from scs_desktop.returns.tables.columns import Column, Role, find_roles, likely_figures
from scs_desktop.returns.tables.headers import Head, HeadCell, find_head, govern
from scs_desktop.returns.tables.stubs import Stub, read_stubs
from scs_desktop.returns.tables.values import Figure, read_value

_NO_FLAGS: frozenset[Flag] = frozenset()
_SPARSE = 0.25


@dataclass(slots=True)
class TableModel:
    """A block with everything decided about it.

    Attributes:
        block: its rows.
        head: titles and header tiers.
        columns: the roles of its columns.
        paths: header cells of each column of figures, outermost first.
        stubs: names of each row.
        context: what titles and sheet name say of time, nearest first.
        title: its title for the list of tables.
        outer_titles: titles of the sheet that stand over this table too.
        headless: columns of figures without a heading of their own, though others have one.
        reasons: why it was read so, for whoever wants to see.

    """

    block: Block
    head: Head
    columns: list[Column]
    paths: dict[int, list[HeadCell]]
    stubs: list[Stub]
    context: list[PeriodText]
    title: str
    outer_titles: list[HeadCell] = field(default_factory=list)
    headless: set[int] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)

    @property
    def figures(self) -> list[int]:
        """Numbers of the columns of figures."""
        return [column.number for column in self.columns if column.role is Role.FIGURES]

    @property
    def range(self) -> Range:
        """The rectangle of the table with its header tiers."""
        top = min([*self.head.tiers, *self.block.data])
        filled = [column.number for column in self.columns if column.role is not Role.EMPTY]
        return Range(top, min(filled), max(self.block.data), max(filled))


def model(cells: SheetCells, block: Block, previous: TableModel | None, outer_titles: Sequence[HeadCell]) -> TableModel:
    """Decide head, roles, header paths and row names of a block."""
    likely = likely_figures(cells, block)
    head = find_head(cells, block, likely)
    headers = _plain_headers(cells, block, head.tiers)
    columns = find_roles(cells, block, headers)
    figures = [column.number for column in columns if column.role is Role.FIGURES]
    paths = govern(cells, block, head.tiers, figures) if figures else {}
    if previous is not None and figures:
        _inherit(paths, previous, figures)
    headless = _headless(cells, head.tiers, figures, paths)
    stray = {column.number for column in columns if column.number in headless and _is_sparse(column, len(block.data))}
    columns = [replace(column, role=Role.STRAY) if column.number in stray else column for column in columns]
    stubs = read_stubs(cells, block, columns)
    titles = [*outer_titles, *head.titles]
    context = [replace(title.period, base=False) for title in reversed(titles) if title.period is not None and not title.period.weak]
    title = next((cell.text for cell in head.titles if cell.kind in (LABEL, NOTE)), titles[0].text if titles else "")
    return TableModel(block, head, columns, paths, stubs, context, title, list(outer_titles), headless - stray)


def _headless(cells: SheetCells, tiers: Sequence[int], figures: Sequence[int], paths: Mapping[int, Sequence[HeadCell]]) -> set[int]:
    """Columns of figures over which no header cell stands, where most others have one."""
    own: set[int] = set()
    for row in tiers:
        for column in figures:
            if cells.at(row, column):
                own.add(column)
    for row in tiers:
        for column in range(1, len(cells.rows[row]) + 1):
            last = cells.merged.get((row, column), (0, 0))[1]
            own.update(figure for figure in figures if column < figure <= last)
    own.update(column for column in figures if any(cell.column == column for cell in paths.get(column, [])))
    missing = set(figures) - own
    return missing if len(own) >= len(missing) and own else set()


def _is_sparse(column: Column, rows: int) -> bool:
    return rows - column.counts[BLANK] <= _SPARSE * rows


def _plain_headers(cells: SheetCells, block: Block, tiers: Sequence[int]) -> dict[int, str]:
    """Return the words over each column, from its own cells alone."""
    found: dict[int, str] = {}
    for row in tiers:
        for column in range(block.left, min(block.right, len(cells.rows[row])) + 1):
            if cells.at(row, column):
                found[column] = f"{found.get(column, '')} {cells.text(row, column)}".strip()
    return found


def _inherit(paths: dict[int, list[HeadCell]], previous: TableModel, figures: Sequence[int]) -> None:
    """Take the heads of the table above where a block has no own: a heading across is no set of heads."""
    own = {cell.column for path in paths.values() for cell in path}
    if len(own) * 2 > len(figures) or not previous.paths:
        return
    shared = [column for column in figures if column in previous.paths]
    if len(shared) * 2 < len(figures):
        return
    for column in shared:
        paths[column] = [*paths[column], *[cell for cell in previous.paths[column] if cell not in paths[column]]]


@dataclass(slots=True)
class Unpivoted:
    """What a block became."""

    records: list[Record] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Lane:
    """What a column of figures gives every cell in it."""

    number: int
    labels: tuple[LabelCell, ...]
    periods: tuple[PeriodText, ...]
    area: str | None
    own_unit: measures.Said
    outer_unit: measures.Said
    flags: frozenset[Flag]


def unpivot(cells: SheetCells, table: TableModel, index: int, meanings: Mapping[str, FigureKind]) -> Unpivoted:
    """Make the records of a table."""
    out = Unpivoted()
    lanes = [_lane(table, column) for column in table.figures]
    lanes = _with_years(table, lanes)
    titles = tuple(title.label for title in [*table.outer_titles, *table.head.titles] if not title.only_period)
    title_unit = measures.of_labels(titles)
    stubs = _with_row_years(table)
    timings: dict[tuple[int, tuple[PeriodText, ...]], timing.Timing] = {}
    row_units: dict[tuple[LabelCell, ...], measures.Said] = {}
    sheet = cells.sheet
    formats = sheet.formats
    defaults = _default_units(cells, table)
    lane_units: dict[int, Unit | Literal[False]] = {}
    unit_row: measures.Said | None = None
    for stub in stubs:
        row = stub.row
        classes = cells.rows[row]
        values = sheet.rows[row]
        if stub.labels not in row_units:
            row_units[stub.labels] = measures.of_labels(stub.labels)
        row_unit = row_units[stub.labels]
        if row_unit != unit_row:
            unit_row = row_unit
            lane_units = {}
        for lane in lanes:
            number = lane.number
            kind = classes[number - 1] if number <= len(classes) else BLANK
            if kind == BLANK:
                continue
            key = (number, stub.periods)
            when = timings.get(key)
            if when is None:
                when = timings[key] = _when(table, lane, stub)
            figure = read_value(values[number - 1], formats.get((row, number), ""), meanings)
            unit = figure.unit
            if unit is None:
                unit = lane_units.get(number)
                if unit is None:
                    default = defaults.get(number)
                    unit = lane_units[number] = measures.settle(
                        lane.own_unit, row_unit, lane.outer_unit, title=title_unit, default=default, whole=default is not None
                    ) or False
            out.records.append(
                Record(
                    sheet.name,
                    row,
                    number,
                    figure.text,
                    figure.kind,
                    figure.value,
                    unit or None,
                    when.period,
                    when.label,
                    titles + lane.labels + stub.labels,
                    stub.area_code or lane.area,
                    figure.flags | lane.flags if lane.flags else figure.flags,
                    figure.bound,
                    index,
                )
            )
            for problem in figure.problems:
                out.problems.append(
                    Problem(sheet.name, Range(row, number, row, number), figure.text, problem.rule, problem.sentence, problem.repair)
                )
    _leave_out(cells, table, out)
    return out


def _lane(table: TableModel, column: int) -> _Lane:
    path = table.paths.get(column, [])
    labels = []
    periods = []
    area = None
    base_follows = False
    for cell in path:
        if cell.kind == CODE:
            area = area_code(cell.text)
            continue
        if cell.period is not None and not base_follows and not (cell.period.weak and cell.kind not in (YEAR_NUMBER, 7)):
            periods.append(cell.period)
        if not cell.only_period or base_follows:
            labels.append(cell.label)
        if cell.period is not None and cell.period.opens_base:
            base_follows = True
    own, outer = measures.of_column(path)
    flags = frozenset({Flag.DOUBTFUL}) if column in table.headless else _NO_FLAGS
    return _Lane(column, tuple(labels), tuple(periods), area, own, outer, flags | _finality(path))


_PROVISIONAL = re.compile(r"\bprovisional\b|\(p\)|\[p\]|\bprov\.")
_REVISED = re.compile(r"\brevised\b|\(r\)|\[r\]")
_ESTIMATED = re.compile(r"\bestimated?\b \(e\)|\(e\)|\(est\.?\)|\bforecast\b|\bprojected\b")
_ILLUSTRATIVE = re.compile(r"\billustrative\b|\bdummy data\b|\bmade-up\b")


def _finality(path: Iterable[HeadCell | LabelCell]) -> frozenset[Flag]:
    """Return what headers say of how settled the figures under them are."""
    words = " | ".join(cell.text for cell in path).casefold()
    found = set()
    for pattern, flag in ((_PROVISIONAL, Flag.PROVISIONAL), (_REVISED, Flag.REVISED), (_ESTIMATED, Flag.ESTIMATED), (_ILLUSTRATIVE, Flag.ILLUSTRATIVE)):
        if pattern.search(words):
            found.add(flag)
    return frozenset(found)


def _with_years(table: TableModel, lanes: list[_Lane]) -> list[_Lane]:
    """Let months without a year in a row of heads take the year of their neighbours."""
    inner = [lane.periods[-1] if lane.periods else None for lane in lanes]
    carried = timing.carry_years([token if len(lane.periods) == 1 else None for token, lane in zip(inner, lanes, strict=True)])
    result = []
    for lane, before, after in zip(lanes, inner, carried, strict=True):
        if after is not None and after is not before:
            result.append(_Lane(lane.number, lane.labels, (after,), lane.area, lane.own_unit, lane.outer_unit, lane.flags))
        else:
            result.append(lane)
    return result


def _with_row_years(table: TableModel) -> list[Stub]:
    inner = [stub.periods[-1] if stub.periods else None for stub in table.stubs]
    if not any(token is not None and timing.is_part(token) for token in inner):
        return table.stubs
    carried = timing.carry_years([token if len(stub.periods) == 1 else None for token, stub in zip(inner, table.stubs, strict=True)])
    result = []
    year: PeriodText | None = None
    for stub, before, after in zip(table.stubs, inner, carried, strict=True):
        periods = stub.periods
        if after is not None and after is not before:
            periods = (after,)
        elif after is None and before is not None and len(stub.periods) == 1 and timing.is_part(before) and year is not None:
            periods = (year, before)
        if before is not None and before.shape in {Shape.YEAR, Shape.FINANCIAL_YEAR}:
            year = before
        result.append(Stub(stub.row, stub.labels, periods, stub.period_cells, stub.area_code, stub.own))
    return result


def _when(table: TableModel, lane: _Lane, stub: Stub) -> timing.Timing:
    tokens = (*lane.periods, *stub.periods)
    found = timing.decide(tokens, table.context)
    if found.period is not None or any(token.shape is Shape.TO_DATE for token in tokens):
        return found
    if table.context and not tokens:
        return timing.decide(table.context[:1]) if table.context[0].period is not None else found
    if table.context and all(token.base for token in tokens):
        return timing.decide(table.context[:1])
    return found


def _default_units(cells: SheetCells, table: TableModel) -> dict[int, Unit | None]:
    """Whole numbers that nothing speaks of are counts."""
    defaults: dict[int, Unit | None] = {}
    for column in table.figures:
        whole = True
        for row in table.block.data[:200]:
            value = cells.sheet.value(row, column)
            if isinstance(value, float) and not value.is_integer():
                whole = False
                break
            if isinstance(value, str) and "." in value:
                whole = False
                break
        defaults[column] = Unit.COUNT if whole else None
    return defaults


def _leave_out(cells: SheetCells, table: TableModel, out: Unpivoted) -> None:
    """Say of every number in other columns why it is no figure."""
    reasons = {
        Role.PERIODS: "the years or months of the rows",
        Role.MONTH_NUMBERS: "the months of the rows",
        Role.QUARTER_NUMBERS: "the quarters of the rows",
        Role.IDENTIFIERS: "numbers that name or count the rows",
        Role.CODES: "a column of codes",
        Role.NAMES: "a column of names",
        Role.SIGNS: "signs beside figures",
        Role.STRAY: "numbers without a heading over them",
    }
    for column in table.columns:
        if column.role in {Role.FIGURES, Role.EMPTY}:
            continue
        rows = [row for row in table.block.data if cells.at(row, column.number) in STRONG or cells.at(row, column.number) in STAND_INS]
        for first, last in _stretches(rows, table.block.data):
            out.left_out.append(LeftOut(cells.sheet.name, Range(first, column.number, last, column.number), reasons[column.role]))


def _stretches(rows: Sequence[int], among: Sequence[int]) -> list[tuple[int, int]]:
    """Runs of rows that follow each other in the table."""
    place = {row: index for index, row in enumerate(among)}
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and place[row] == place[runs[-1][1]] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
