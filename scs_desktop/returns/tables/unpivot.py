"""Step 9: one record for each cell of a block's columns of figures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.returns.grid import CellValue, Range
from scs_desktop.returns.notation.period_text import PeriodText
from scs_desktop.returns.notation.periods import read_period
from scs_desktop.returns.notation.spoken import relative_stretch, says_to_date
from scs_desktop.returns.records import Flag, LabelCell, LeftOut, Problem, Record, Rule
from scs_desktop.returns.tables import cumulative, measures, timing
from scs_desktop.returns.tables.cells import (
    ERROR,
    ODD,
    STAND_INS,
    STRONG,
    SheetCells,
)
from scs_desktop.returns.tables.columns import Role
from scs_desktop.returns.tables.lanes import Lane, earlier_words, lane_of, timing_of, with_row_years, with_years
from scs_desktop.returns.tables.model import TableModel
from scs_desktop.returns.tables.stubs import Stub
from scs_desktop.returns.tables.values import Figure, read_value

_MOST_KNOWN = 200_000
_NO_UNIT = "none"
_SAMPLE = re.compile(r"\W*(?:(?:un)?weighted )?(?:sample sizes?|bases?)(?: \(n\))?\W*", re.IGNORECASE)
_FRACTION = re.compile(r"\.\d")
_OPEN = "open"
_DOUBTFUL = frozenset({Flag.DOUBTFUL})


@dataclass(slots=True)
class Unpivoted:
    """What a block became."""

    records: list[Record] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def unpivot(cells: SheetCells, table: TableModel, index: int, meanings: Mapping[str, FigureKind]) -> Unpivoted:
    """Make the records of a table."""
    out = Unpivoted()
    titles = tuple(title.label for title in [*table.outer_titles, *table.head.titles] if not title.only_period)
    titles += table.stub_titles
    heads: dict[tuple[LabelCell, ...], tuple[LabelCell, ...]] = {}
    lanes = [
        replace(lane, labels=heads.setdefault(titles + lane.labels, titles + lane.labels))
        for lane in with_years([lane_of(table, column) for column in table.figures])
    ]
    cumulative.settle(cells, table, lanes)
    # "Sample size" left over from the table above says nothing of what the figures beneath are in.
    telling = [title for title in titles if not _SAMPLE.fullmatch(title.text)]
    around = measures.of_labels([*telling, *(LabelCell(text) for text in table.beside_heads)])
    units = _Units(around, _default_units(cells, table))
    whens = _Whens(table)
    figures = _Figures(cells, meanings)
    name = cells.sheet.name
    written = cells.written
    plain = figures.without_format
    append = out.records.append
    particulars = _particulars(table)
    for stub in with_row_years(table):
        if stub.row in particulars:
            continue
        row, labels, code = stub.row, stub.labels, stub.area_code
        classes = cells.rows[row]
        width = len(classes)
        values = cells.sheet.rows[row]
        # The limits of an interval are in the unit of what they surround.
        counted = labels[:-1] if stub.interval else labels
        unit_of = units.for_row(counted)
        when_of = whens.for_row(stub)
        # Columns under one head share its labels: one tuple for all their cells of the row.
        shared = {id(head): head + labels for head in heads.values()}
        for lane in lanes:
            number = lane.number
            if number > width or not classes[number - 1]:
                continue
            value = values[number - 1]
            figure = plain.get((type(value), value)) or figures.read(row, number, value)
            when = when_of.get(number) or whens.decide(lane, stub, when_of)
            unit = figure.unit or unit_of.get(number) or units.decide(lane, counted, unit_of)
            if unit == _OPEN:
                unit = Unit.COUNT if figures.whole_row(row, lanes) else _NO_UNIT
            flags = figure.flags | lane.flags if lane.flags else figure.flags
            if when.conflict:
                flags = flags | _DOUBTFUL
                _ask_period(out, table, lane, stub, name)
            if when.relative:
                _ask_end(out, lane, stub, name)
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
                    figure.text if not written else written.get((row, number), figure.text),
                    figure.kind,
                    figure.value,
                    unit if isinstance(unit, Unit) else None,
                    when.period,
                    when.label,
                    shared[id(lane.labels)],
                    code or lane.area,
                    flags,
                    figure.bound,
                    index,
                )
            )
    _leave_out(cells, table, out)
    return out


_PARTICULAR = re.compile(
    r"\W*(?:page|ext|extension|version|(?:contact |(?:tele)?phone |tel |fax )(?:no|number))\W*", re.IGNORECASE
)
_FOOT_ROWS = 12


def _particulars(table: TableModel) -> set[int]:
    """Rows at the table's foot that give a page, a version or a telephone extension: numbers that are no figures."""
    return {
        stub.row
        for stub in table.stubs[-_FOOT_ROWS:]
        if stub.labels and _PARTICULAR.fullmatch(stub.labels[-1].text) is not None
    }


def _ask_period(out: Unpivoted, table: TableModel, lane: Lane, stub: Stub, sheet: str) -> None:
    """Ask once for each column whose head gives another time than its rows."""
    cell = next((cell for cell in reversed(table.paths[lane.number]) if cell.period is not None), None)
    if cell is None:
        return
    where = Range(cell.row, cell.column, cell.row, cell.column)
    if any(problem.range == where and problem.rule is Rule.AMBIGUOUS_LAYOUT for problem in out.problems):
        return
    row = stub.period_cells[-1].text if stub.period_cells else ""
    sentence = (
        f"The heading “{cell.text}” and the row “{row}” give different times: which one holds? The row's was taken."
    )
    out.problems.append(Problem(sheet, where, cell.text, Rule.AMBIGUOUS_LAYOUT, sentence, "Say which period holds."))


def _ask_end(out: Unpivoted, lane: Lane, stub: Stub, sheet: str) -> None:
    """Ask once for each head or row name that counts back from a day that nothing names."""
    telling = [label for label in (*stub.labels[::-1], *lane.labels[::-1]) if _speaks_of_time(label.text)]
    label = telling[0] if telling else LabelCell("", stub.row, lane.number)
    where = Range(label.row or stub.row, label.column or 1, label.row or stub.row, label.column or 1)
    if any(problem.range == where and problem.rule is Rule.NO_PERIOD for problem in out.problems):
        return
    sentence = f"“{label.text}” does not say with which day it ends, and nothing near it does: which period is meant?"
    out.problems.append(Problem(sheet, where, label.text, Rule.NO_PERIOD, sentence, "Say which period it is."))


class _Figures:
    """Reads cells, each text and number with its format once.

    Attributes:
        without_format: what was read of a sheet that has no number formats, by type and value.

    """

    def __init__(self, cells: SheetCells, meanings: Mapping[str, FigureKind]) -> None:
        self.without_format: dict[tuple[type, CellValue], Figure] = {}
        self._formats = cells.sheet.formats
        self._meanings = meanings
        self._known: dict[tuple[type, CellValue, str], Figure] = {}
        self._cells = cells
        self._whole: tuple[int, bool] = (0, False)

    def whole_row(self, row: int, lanes: Sequence[Lane]) -> bool:
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
                if not self._formats:
                    self.without_format[type(value), value] = figure
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

    def decide(self, lane: Lane, labels: tuple[LabelCell, ...], known: dict[int, Unit | str]) -> Unit | str:
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
            said = measures.strongest(lane.own_unit, own, lane.outer_unit)
            # A count that is only suggested is one where the row's figures are whole.
            silent = said[0] is not None and said != (Unit.COUNT, False)
            known[lane.number] = unit or (_NO_UNIT if silent or self._title[0] not in {None, Unit.COUNT} else _OPEN)
        return known[lane.number]


class _Whens:
    """Decides the period of each column once for each set of row periods."""

    def __init__(self, table: TableModel) -> None:
        self._table = table
        self._by_row: dict[tuple[tuple[PeriodText, ...], tuple[str, ...]], dict[int, timing.Timing]] = {}

    def for_row(self, stub: Stub) -> dict[int, timing.Timing]:
        """Periods known so far for rows of the same time."""
        telling = tuple(label.text for label in stub.labels if _speaks_of_time(label.text))
        return self._by_row.setdefault((stub.periods, telling), {})

    def decide(self, lane: Lane, stub: Stub, known: dict[int, timing.Timing]) -> timing.Timing:
        """Decide the period of a column in rows of one time."""
        found = known[lane.number] = timing_of(self._table, lane, stub)
        return found


def _speaks_of_time(text: str) -> bool:
    """Whether a row name says of what time its figures are without naming a period."""
    return earlier_words(text) is not None or says_to_date(text) or relative_stretch(text) is not None


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
            if isinstance(value, str) and _FRACTION.search(value):
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
        Role.YEAR_PAIRS: "the years of the rows",
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
            if (kind := cells.at(row, column.number)) in STRONG
            or kind in (ERROR, ODD)
            or (column.role is Role.SIGNS and kind in STAND_INS)
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
