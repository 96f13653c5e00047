"""Step 9: one record for each cell of a block's columns of figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.returns.grid import CellValue, Range
from scs_desktop.returns.notation.areas import area_code
from scs_desktop.returns.notation.periods import PeriodText, Shape, read_period, spoken_length
from scs_desktop.returns.records import Flag, LabelCell, LeftOut, Problem, Record, Rule
from scs_desktop.returns.tables import measures, timing
from scs_desktop.returns.tables.blocks import Block
from scs_desktop.returns.tables.cells import (
    BLANK,
    CODE,
    LABEL,
    NOTE,
    STAND_INS,
    STRONG,
    YEAR_NUMBER,
    SheetCells,
)
from scs_desktop.returns.tables.columns import Column, Role, find_roles, likely_figures
from scs_desktop.returns.tables.headers import Head, HeadCell, find_head, govern
from scs_desktop.returns.tables.stubs import Stub, read_stubs
from scs_desktop.returns.tables.values import Figure, read_value

_NO_FLAGS: frozenset[Flag] = frozenset()
_SPARSE = 0.25
_MOST_KNOWN = 200_000
_NO_UNIT = "none"
_OPEN = "open"


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
        beside_heads: what stands left of the header cells, in the columns of names.
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
    beside_heads: list[str] = field(default_factory=list)
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
    spacers = {column.number for column in columns if column.role is Role.EMPTY}
    paths = govern(cells, block, head.tiers, figures, spacers) if figures else {}
    if previous is not None and figures:
        _inherit(paths, previous, figures)
    headless = _headless(cells, head.tiers, figures, paths)
    stray = {column.number for column in columns if column.number in headless and _is_sparse(column, len(block.data))}
    columns = [replace(column, role=Role.STRAY) if column.number in stray else column for column in columns]
    block.sections = [*head.sections, *block.sections]
    stubs = read_stubs(cells, block, columns)
    titles = [*outer_titles, *head.titles]
    beside = _beside(cells, head, block, figures)
    # The cell over the row names often is the table's only title: "Burglary 2011/12 | Apr | May".
    said = [token for text in beside if (token := read_period(text)) is not None]
    said.extend(title.period for title in reversed(titles) if title.period is not None)
    context = [replace(token, base=False) for token in said if not token.weak]
    title = next((cell.text for cell in head.titles if cell.kind in (LABEL, NOTE)), titles[0].text if titles else "")
    return TableModel(block, head, columns, paths, stubs, context, title, list(outer_titles), headless - stray, beside)


def _beside(cells: SheetCells, head: Head, block: Block, figures: Sequence[int]) -> list[str]:
    """Texts left of the header cells: names of label columns, or words such as "Rolling 12 months to:"."""
    first = min(figures, default=block.left)
    return [
        cells.text(row, column)
        for row in head.tiers
        for column in range(block.left, first)
        if cells.at(row, column) in (LABEL, NOTE)
    ]


def _headless(
    cells: SheetCells, tiers: Sequence[int], figures: Sequence[int], paths: Mapping[int, Sequence[HeadCell]]
) -> set[int]:
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
    """Return the words next above each column, from its own cells alone."""
    found: dict[int, str] = {}
    for row in tiers:
        for column in range(block.left, min(block.right, len(cells.rows[row])) + 1):
            if cells.at(row, column):
                found[column] = cells.text(row, column)
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
    rolling: int = 0


def unpivot(cells: SheetCells, table: TableModel, index: int, meanings: Mapping[str, FigureKind]) -> Unpivoted:
    """Make the records of a table."""
    out = Unpivoted()
    titles = tuple(title.label for title in [*table.outer_titles, *table.head.titles] if not title.only_period)
    lanes = [
        replace(lane, labels=titles + lane.labels)
        for lane in _with_years([_lane(table, column) for column in table.figures])
    ]
    around = measures.of_labels([*titles, *(LabelCell(text) for text in table.beside_heads)])
    units = _Units(around, _default_units(cells, table))
    whens = _Whens(table)
    figures = _Figures(cells, meanings)
    name = cells.sheet.name
    append = out.records.append
    for stub in _with_row_years(table):
        row, labels, code = stub.row, stub.labels, stub.area_code
        classes = cells.rows[row]
        width = len(classes)
        values = cells.sheet.rows[row]
        unit_of = units.for_row(labels)
        when_of = whens.for_row(stub)
        for lane in lanes:
            number = lane.number
            if number > width or not classes[number - 1]:
                continue
            figure = figures.read(row, number, values[number - 1])
            when = when_of.get(number) or whens.decide(lane, stub, when_of)
            unit = figure.unit or unit_of.get(number) or units.decide(lane, labels, unit_of)
            if unit == _OPEN:
                unit = Unit.COUNT if figures.whole_row(row, lanes) else _NO_UNIT
            flags = figure.flags | lane.flags if lane.flags else figure.flags
            if figure.problems:
                if figure.problems[0].rule is Rule.STALE:
                    when = _own_period(figure.text) or when
                where = Range(row, number, row, number)
                out.problems.extend(
                    Problem(name, where, figure.text, problem.rule, problem.sentence, problem.repair)
                    for problem in figure.problems
                )
            append(
                Record(
                    name,
                    row,
                    number,
                    figure.text,
                    figure.kind,
                    figure.value,
                    unit if isinstance(unit, Unit) else None,
                    when.period,
                    when.label,
                    lane.labels + labels,
                    code or lane.area,
                    flags,
                    figure.bound,
                    index,
                )
            )
    _leave_out(cells, table, out)
    return out


class _Figures:
    """Reads cells, each text and number with its format once."""

    def __init__(self, cells: SheetCells, meanings: Mapping[str, FigureKind]) -> None:
        self._formats = cells.sheet.formats
        self._meanings = meanings
        self._known: dict[tuple[type, CellValue, str], Figure] = {}
        self._cells = cells
        self._whole: tuple[int, bool] = (0, False)

    def whole_row(self, row: int, lanes: Sequence[_Lane]) -> bool:
        """Whether all figures of a row are whole numbers: counts, where nothing says otherwise."""
        if self._whole[0] != row:
            values = self._cells.sheet.rows[row]
            found = [
                self.read(row, lane.number, values[lane.number - 1]).value
                for lane in lanes
                if lane.number <= len(values)
            ]
            numbers = [value for value in found if value is not None]
            self._whole = (row, bool(numbers) and all(not value % 1 for value in numbers))
        return self._whole[1]

    def read(self, row: int, column: int, value: CellValue) -> Figure:
        """Read one cell that stands among figures."""
        number_format = self._formats.get((row, column), "") if self._formats else ""
        # 1, 1.0 and True are one key without their type.
        key = (type(value), value, number_format)
        figure = self._known.get(key)
        if figure is None:
            figure = read_value(value, number_format, self._meanings)
            if len(self._known) < _MOST_KNOWN:
                self._known[key] = figure
        return figure


class _Units:
    """Decides the unit of each column once for each set of row names."""

    def __init__(self, title: measures.Said, defaults: Mapping[int, Unit | None]) -> None:
        self._title = title
        self._defaults = defaults
        self._by_row: dict[measures.Said, dict[int, Unit | str]] = {}

    def for_row(self, labels: tuple[LabelCell, ...]) -> dict[int, Unit | str]:
        """Units known so far for rows that say the same."""
        return self._by_row.setdefault(measures.of_labels(labels), {})

    def decide(self, lane: _Lane, labels: tuple[LabelCell, ...], known: dict[int, Unit | str]) -> Unit | str:
        """Decide the unit of a column: one of ours, none at all, or open where nothing says anything."""
        if lane.number not in known:
            default = self._defaults.get(lane.number)
            own = measures.of_labels(labels)
            heads = (lane.own_unit, lane.outer_unit)
            unit = measures.settle(
                lane.own_unit,
                own,
                lane.outer_unit,
                heads=heads,
                title=self._title,
                default=default,
                whole=default is not None,
            )
            silent = measures.strongest(lane.own_unit, own, lane.outer_unit)[0] is not None
            known[lane.number] = unit or (_NO_UNIT if silent or self._title[0] is not None else _OPEN)
        return known[lane.number]


class _Whens:
    """Decides the period of each column once for each set of row periods."""

    def __init__(self, table: TableModel) -> None:
        self._table = table
        self._by_row: dict[tuple[PeriodText, ...], dict[int, timing.Timing]] = {}

    def for_row(self, stub: Stub) -> dict[int, timing.Timing]:
        """Periods known so far for rows of the same time."""
        return self._by_row.setdefault(stub.periods, {})

    def decide(self, lane: _Lane, stub: Stub, known: dict[int, timing.Timing]) -> timing.Timing:
        """Decide the period of a column in rows of one time."""
        when = known[lane.number] = _when(self._table, lane, stub)
        return when


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
        if (
            cell.period is not None
            and not base_follows
            and not (cell.period.weak and cell.kind not in (YEAR_NUMBER, 7))
        ):
            periods.append(cell.period)
        if not cell.only_period or base_follows:
            labels.append(cell.label)
        if cell.period is not None and cell.period.opens_base:
            base_follows = True
    own, outer = measures.of_column(path)
    months = _rolling(table, path)
    flags = frozenset({Flag.DOUBTFUL}) if column in table.headless else _NO_FLAGS
    return _Lane(column, tuple(labels), tuple(periods), area, own, outer, flags | _finality(path), months)


def _rolling(table: TableModel, path: Sequence[HeadCell]) -> int:
    """Return how many rolling months the figures cover, where head, row of heads or title says so; else 0."""
    texts = [cell.text for cell in path if not cell.only_period]
    texts.extend(table.beside_heads)
    texts.extend(title.text for title in [*table.outer_titles, *table.head.titles])
    return next((months for text in texts if (months := spoken_length(text))), 0)


_PROVISIONAL = re.compile(r"\bprovisional\b|\(p\)|\[p\]|\bprov\.")
_REVISED = re.compile(r"\brevised\b|\(r\)|\[r\]")
_ESTIMATED = re.compile(r"\bestimated?\b \(e\)|\(e\)|\(est\.?\)|\bforecast\b|\bprojected\b")
_ILLUSTRATIVE = re.compile(r"\billustrative\b|\bdummy data\b|\bmade-up\b")


def _finality(path: Iterable[HeadCell | LabelCell]) -> frozenset[Flag]:
    """Return what headers say of how settled the figures under them are."""
    words = " | ".join(cell.text for cell in path).casefold()
    found = set()
    for pattern, flag in (
        (_PROVISIONAL, Flag.PROVISIONAL),
        (_REVISED, Flag.REVISED),
        (_ESTIMATED, Flag.ESTIMATED),
        (_ILLUSTRATIVE, Flag.ILLUSTRATIVE),
    ):
        if pattern.search(words):
            found.add(flag)
    return frozenset(found)


def _with_years(lanes: list[_Lane]) -> list[_Lane]:
    """Let months without a year in a row of heads take the year of their neighbours."""
    inner = [lane.periods[-1] if lane.periods else None for lane in lanes]
    carried = timing.carry_years(
        [token if len(lane.periods) == 1 else None for token, lane in zip(inner, lanes, strict=True)]
    )
    result = []
    for lane, before, after in zip(lanes, inner, carried, strict=True):
        if after is not None and after is not before:
            result.append(replace(lane, periods=(after,)))
        else:
            result.append(lane)
    return result


def _with_row_years(table: TableModel) -> list[Stub]:
    inner = [stub.periods[-1] if stub.periods else None for stub in table.stubs]
    if not any(token is not None and timing.is_part(token) for token in inner):
        return table.stubs
    carried = timing.carry_years(
        [token if len(stub.periods) == 1 else None for token, stub in zip(inner, table.stubs, strict=True)]
    )
    result = []
    year: PeriodText | None = None
    for stub, before, after in zip(table.stubs, inner, carried, strict=True):
        periods = stub.periods
        if after is not None and after is not before:
            periods = (after,)
        elif (
            after is None
            and before is not None
            and len(stub.periods) == 1
            and timing.is_part(before)
            and year is not None
        ):
            periods = (year, before)
        if before is not None and before.shape in {Shape.YEAR, Shape.FINANCIAL_YEAR}:
            year = before
        result.append(Stub(stub.row, stub.labels, periods, stub.period_cells, stub.area_code, stub.own))
    return result


def _when(table: TableModel, lane: _Lane, stub: Stub) -> timing.Timing:
    found = _when_alone(table, lane, stub)
    if (
        lane.rolling
        and found.period is not None
        and found.period.months in {1, 3}
        and found.period.months < lane.rolling
    ):
        return replace(found, period=timing.months_to(found.period.end, lane.rolling))
    return found


def _when_alone(table: TableModel, lane: _Lane, stub: Stub) -> timing.Timing:
    tokens = (*lane.periods, *stub.periods)
    found = timing.decide(tokens, table.context)
    if found.period is not None or any(token.shape is Shape.TO_DATE for token in tokens):
        return found
    if table.context and not tokens:
        return timing.decide(table.context[:1]) if table.context[0].period is not None else found
    if table.context and all(token.base for token in tokens):
        return timing.decide(table.context[:1])
    return found


def _own_period(text: str) -> timing.Timing | None:
    """Return the period that a cell gives beside its figure, as in “8.48% (December 2012)”."""
    token = read_period(text)
    return None if token is None or token.period is None else timing.Timing(token.period, token.text)


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
        rows = [
            row
            for row in table.block.data
            if cells.at(row, column.number) in STRONG or cells.at(row, column.number) in STAND_INS
        ]
        for first, last in _stretches(rows, table.block.data):
            out.left_out.append(
                LeftOut(cells.sheet.name, Range(first, column.number, last, column.number), reasons[column.role])
            )


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
