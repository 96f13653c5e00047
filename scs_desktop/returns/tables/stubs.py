"""Step 6: the names of each row: label columns with what is given only once filled down, section rows, indents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from scs_desktop.domain.periods import Period, PeriodKind, financial_year
from scs_desktop.returns.grid import CellValue
from scs_desktop.returns.notation.areas import area_code, fineness
from scs_desktop.returns.notation.lengths import spoken_length, week_of
from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.notation.periods import read_period
from scs_desktop.returns.records import LabelCell
from scs_desktop.returns.tables.axes import whole
from scs_desktop.returns.tables.blocks import Block
from scs_desktop.returns.tables.cells import BLANK, CODE, LABEL, MARK, NOTE, PERIOD, YEAR_NUMBER, SheetCells
from scs_desktop.returns.tables.columns import Column, Role
from scs_desktop.returns.tables.headers import HeadCell, head_cell
from scs_desktop.returns.tables.timing import months_to

_DITTO = frozenset({'"', "''", "-", "–", "\u3003", "ditto", "do.", "”"})
_FOLLOW_UP = re.compile(r"\bfollow(?:ed)?[\s-]?(?:up)?\b|\breconvict|\boutcome period\b", re.IGNORECASE)
_EVENT = re.compile(
    r"\b(?:opened|closed|reported|received|referred|created|updated|reviewed?|born|birth|dob|offence|incident|arrest|due"
    r"|signed|submitted|issued|logged|completed|committed)\b",
    re.IGNORECASE,
)
_LONGEST_DITTO = 6
_JOINING = frozenset({"to", "-", "–", "until", "through"})


@dataclass(frozen=True, slots=True)
class Stub:
    """What governs one row from the left.

    Attributes:
        row: its number.
        labels: names, outermost first: sections, then the label columns.
        periods: what those say of time, outermost first.
        area_code: the finest code that stands in the row.
        own: whether the row itself names anything (a row without is a total that nobody labelled, or a slip).
        interval: the row gives a limit or the width of an interval around the row above it.

    """

    row: int
    labels: tuple[LabelCell, ...]
    periods: tuple[PeriodText, ...]
    period_cells: tuple[LabelCell, ...]
    area_code: str | None
    own: bool
    interval: bool = False


def label_columns(columns: Sequence[Column]) -> list[Column]:
    """Columns that name rows: those left of the first figures; without any there, the ones right of them."""
    figures = [column.number for column in columns if column.role is Role.FIGURES]
    if not figures:
        return []
    naming = {Role.NAMES, Role.PERIODS, Role.CODES, Role.MONTH_NUMBERS, Role.QUARTER_NUMBERS, Role.YEAR_PAIRS}
    left = [column for column in columns if column.number < figures[0] and column.role in naming]
    if not left:
        # Numbers that tell the rows apart are better than no name.
        left = [column for column in columns if column.number < figures[0] and column.role is Role.IDENTIFIERS]
    right = [column for column in columns if column.number > figures[0] and column.role in naming]
    kept = list(left)
    has_names = any(column.role is Role.NAMES for column in left)
    has_periods = any(column.role in {Role.PERIODS, Role.MONTH_NUMBERS} for column in left)
    has_codes = any(column.role is Role.CODES for column in left)
    times = {Role.PERIODS, Role.MONTH_NUMBERS, Role.QUARTER_NUMBERS, Role.YEAR_PAIRS}
    kept.extend(
        column
        for column in right
        if (column.role is Role.NAMES and not has_names and not left)
        or (column.role is Role.CODES and not has_codes)
        or (column.role in times and not has_periods and column.header)
    )
    return kept


def read_stubs(cells: SheetCells, block: Block, columns: Sequence[Column]) -> list[Stub]:
    """Return one stub for each row of figures, top first."""
    naming = label_columns(columns)
    filler = _Filler(cells, naming, _last_name(naming, columns))
    sections: list[HeadCell] = []
    pending: list[HeadCell] = []
    stubs: list[Stub] = []
    section_rows = set(block.sections)
    for row in sorted([*block.data, *block.sections]):
        if row in section_rows:
            pending.extend(_section(cells, block, row))
            filler.reset()
            continue
        if pending:
            sections = _stacked(sections, pending)
            pending = []
        stubs.append(_stub(cells, row, filler, sections))
    return stubs


def _last_name(naming: Sequence[Column], columns: Sequence[Column]) -> int:
    """Return the innermost label column, which is not filled down."""
    figures = min((column.number for column in columns if column.role is Role.FIGURES), default=0)
    inner = [column.number for column in naming if column.number < figures and column.role is not Role.CODES]
    return inner[-1] if inner else 0


def _section(cells: SheetCells, block: Block, row: int) -> list[HeadCell]:
    found = []
    classes = cells.rows[row]
    for column in range(block.left, min(block.right, len(classes)) + 1):
        if classes[column - 1] in (BLANK, NOTE, MARK):
            continue
        found.append(head_cell(cells, row, column))
    return found


def _stacked(sections: list[HeadCell], pending: list[HeadCell]) -> list[HeadCell]:
    """Put new section headings in: one of the same sort (period or name) replaces its like and all inside it."""
    first_is_period = pending[0].kind in (PERIOD, YEAR_NUMBER)
    for index in range(len(sections)):
        if (sections[index].kind in (PERIOD, YEAR_NUMBER)) == first_is_period:
            return [*sections[:index], *pending]
    return [*sections, *pending]


def _is_ditto(value: CellValue) -> bool:
    """Whether a sign stands for the name above it."""
    return isinstance(value, str) and len(value) <= _LONGEST_DITTO and value.strip().casefold() in _DITTO


class _Filler:
    """Fills names down that are given only on the first row of their group."""

    def __init__(self, cells: SheetCells, naming: Sequence[Column], last: int) -> None:
        self._cells = cells
        self._naming = naming
        self._last = last
        self._held: dict[int, tuple[int, int]] = {}

    def reset(self) -> None:
        """Forget the names that a section heading ends; years go on."""
        self._held = {number: at for number, at in self._held.items() if self._cells.at(*at) in (PERIOD, YEAR_NUMBER)}

    def places(self, row: int) -> list[tuple[Column, int]]:
        """Return the label columns with the row at which each one's name for this row stands; blank ones left out."""
        found: list[tuple[Column, int]] = []
        new_outer = False
        for column in self._naming:
            kind = self._cells.at(row, column.number)
            ditto = kind in (MARK, LABEL) and _is_ditto(self._cells.sheet.value(row, column.number))
            if kind != BLANK and not ditto:
                self._held[column.number] = (row, column.number)
                found.append((column, row))
                if column.role is not Role.CODES:
                    new_outer = True
                    self._forget_inner(column)
                continue
            held = self._held.get(column.number)
            merged = held is not None and self._cells.merged.get((held[0], column.number), (0, 0))[0] >= row
            may_fill = column.role is not Role.CODES and (column.number != self._last or ditto) and not new_outer
            if held is not None and (merged or (may_fill and self._has_inner(row, column))):
                found.append((column, held[0]))
        return found

    def _has_inner(self, row: int, column: Column) -> bool:
        return any(
            self._cells.at(row, inner.number) != BLANK
            for inner in self._naming
            if inner.number > column.number and inner.role is not Role.CODES
        )

    def _forget_inner(self, column: Column) -> None:
        for inner in self._naming:
            if inner.number > column.number:
                self._held.pop(inner.number, None)


class _Gathered:
    """What governs a row, as it is gathered from left to right."""

    def __init__(self) -> None:
        self.labels: list[LabelCell] = []
        self.periods: list[PeriodText] = []
        self.period_cells: list[LabelCell] = []
        self.codes: list[str] = []
        self.follow_up: date | None = None

    def section(self, heading: HeadCell) -> None:
        """Take a section heading in."""
        if heading.period is not None and heading.kind != NOTE:
            self.time(replace(heading.period, weak=False), heading.label)
        if not heading.only_period:
            self.labels.append(heading.label)

    def time(self, token: PeriodText, cell: LabelCell) -> None:
        """Take in what a cell says of time."""
        self.periods.append(token)
        self.period_cells.append(cell)

    def cell(self, cells: SheetCells, column: Column, cell: HeadCell) -> None:
        """Take in one label cell."""
        if column.role is Role.CODES:
            self.codes.append(area_code(cell.text) or "")
            return
        if cell.kind == CODE:
            self.codes.append(area_code(cell.text) or "")
        if column.role is Role.PERIODS and _EVENT.search(column.header):
            # The day on which a case was opened is no time that its figures are of.
            self.labels.append(cell.label)
            return
        token = _token(cells, column, cell)
        if token is not None and token.period is not None and _FOLLOW_UP.search(column.header):
            self.follow_up = token.period.end
            self.labels.append(cell.label)
            return
        if token is not None:
            self.time(token, cell.label)
        if _is_name(column, cell, token):
            self.labels.append(cell.label)

    def stub(self, row: int, *, own: bool) -> Stub:
        """Return what was gathered."""
        code = min((value for value in self.codes if value), key=fineness, default=None)
        periods = self.periods if self.follow_up is None else _followed(self.periods, self.follow_up)
        return Stub(row, tuple(self.labels), tuple(periods), tuple(self.period_cells), code, own)


def _is_name(column: Column, cell: HeadCell, token: PeriodText | None) -> bool:
    """Whether a label cell names something beside the time it gives."""
    if column.role in {Role.MONTH_NUMBERS, Role.QUARTER_NUMBERS, Role.YEAR_PAIRS}:
        return False
    if token is None:
        return True
    if token.alone and cell.kind in (PERIOD, YEAR_NUMBER):
        return token.shape is Shape.TO_DATE
    return not (column.role is Role.PERIODS and token.alone)


def _stub(cells: SheetCells, row: int, filler: _Filler, sections: Sequence[HeadCell]) -> Stub:
    gathered = _Gathered()
    for heading in sections:
        gathered.section(heading)
    places = filler.places(row)
    joined = _joined(cells, places)
    own = False
    for column, at in places:
        own = own or at == row
        if joined is not None and column.number in joined[1]:
            if column.number == joined[1][0]:
                gathered.time(joined[0], LabelCell(joined[0].text, at, column.number))
            continue
        gathered.cell(cells, column, head_cell(cells, at, column.number))
    return gathered.stub(row, own=own)


def _token(cells: SheetCells, column: Column, cell: HeadCell) -> PeriodText | None:
    if column.role is Role.MONTH_NUMBERS:
        number = whole(cells.sheet.value(cell.row, column.number))
        return PeriodText(Shape.MONTH, number=number, text=cell.text) if number is not None and number > 0 else None
    if column.role is Role.QUARTER_NUMBERS:
        number = whole(cells.sheet.value(cell.row, column.number))
        return PeriodText(Shape.QUARTER, number=number, text=cell.text) if number is not None and number > 0 else None
    if column.role is Role.YEAR_PAIRS:
        return _year_pair(cells, cell)
    if cell.period is None:
        return None
    week = week_of(cell.period.period, column.header) if cell.period.period is not None and column.header else None
    if week is not None:
        return replace(cell.period, period=week, shape=Shape.WHOLE)
    months = spoken_length(column.header) if column.header else 0
    if months and cell.period.period is not None and cell.period.period.months in {1, 3}:
        return replace(cell.period, period=months_to(cell.period.period.end, months), shape=Shape.WHOLE, weak=False)
    if column.role is Role.PERIODS or cell.kind == YEAR_NUMBER:
        # A year among row names, as on the first month of each year, is a year.
        return replace(cell.period, weak=False)
    return None if cell.period.weak else cell.period


def _year_pair(cells: SheetCells, cell: HeadCell) -> PeriodText | None:
    """Read 201112 as 2011/12: the academic year where a cell of the row says so, else the financial year."""
    number = whole(cells.sheet.value(cell.row, cell.column))
    if number is None:
        return None
    first = number // 100
    row = cells.sheet.rows[cell.row]
    if any(isinstance(value, str) and "academic year" in value.casefold() for value in row[:12]):
        period = Period(date(first, 9, 1), date(first + 1, 8, 31), PeriodKind.ACADEMIC_YEAR)
        return PeriodText(Shape.WHOLE, period, text=cell.text)
    return PeriodText(Shape.FINANCIAL_YEAR, financial_year(first), first, text=cell.text)


def _followed(periods: Sequence[PeriodText], follow_up: date) -> list[PeriodText]:
    """Give a cohort's intake the end of its follow-up, from which the figure counts."""
    found = []
    for token in periods:
        intake = token.period
        if intake is not None and intake.end <= follow_up:
            token = replace(token, period=Period(intake.start, intake.end, PeriodKind.COHORT, follow_up))  # noqa: PLW2901
        found.append(token)
    return found


def _joined(cells: SheetCells, places: Sequence[tuple[Column, int]]) -> tuple[PeriodText, list[int]] | None:
    """Read “Apr-11 | to | Mar-12” over three cells, or a column From beside a column To, as one span."""
    texts = [(column, cells.text(at, column.number), cells.at(at, column.number)) for column, at in places]
    for index in range(len(texts) - 1):
        first, second = texts[index], texts[index + 1]
        if first[2] != PERIOD:
            continue
        last = None
        if second[1].casefold() in _JOINING and index + 2 < len(texts) and texts[index + 2][2] == PERIOD:
            last = texts[index + 2]
        elif second[2] == PERIOD and _ends(first[0].header, second[0].header):
            last = second
        if last is None:
            continue
        span = read_period(f"{first[1]} to {last[1]}")
        if span is not None and span.period is not None:
            numbers = [column.number for column, _, _ in texts[index : texts.index(last) + 1]]
            return span, numbers
    return None


def _ends(first: str, second: str) -> bool:
    return first.casefold().strip().startswith(("from", "start", "begin")) and second.casefold().strip().startswith(
        ("to", "end", "until")
    )
