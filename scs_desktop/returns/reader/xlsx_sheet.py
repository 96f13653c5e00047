"""One sheet of an .xlsx, parsed as it is unpacked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time

from scs_desktop.returns.grid import CellError, CellValue, Range, Uncalculated, address
from scs_desktop.returns.reader.answer import Answer, SheetNotes, Style, check_text
from scs_desktop.returns.reader.markup import Attributes, PartParser
from scs_desktop.returns.reader.serials import Shows, from_serial, shows
from scs_desktop.returns.reader.xlsx_parts import shared, split_reference, unescape, whole, yes
from scs_desktop.returns.refusals import (
    MAX_COLUMN,
    MAX_MERGES_PER_SHEET,
    MAX_ROW,
    MAX_TEXT,
    Damaged,
    TooLarge,
    count_text,
    shown_name,
)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE_DIGITS = 15
_ERRORS = {error.value: error for error in CellError}
_TRUE = {"1", "true"}


def number(text: str) -> int | float | str:
    """Return a number as the file writes it; the text itself where it is none that can be (NaN, INF, 1e400)."""
    bare = text.strip()
    if not _NUMBER.fullmatch(bare):
        return bare
    if len(bare) <= _WHOLE_DIGITS and bare.lstrip("+-").isdigit():
        return int(bare)
    value = float(bare)
    return value if value - value == 0 else bare


def error(text: str) -> CellError:
    """Return an error value; newer ones that Excel adds (#FIELD!, #BLOCKED!) count as #VALUE!."""
    return _ERRORS.get(text.strip().upper(), CellError.VALUE)


def moment(text: str) -> CellValue:
    """Return a date written out (ISO 8601); the text where it is none."""
    bare = text.strip().removesuffix("Z")
    try:
        if "T" not in bare:
            return time.fromisoformat(bare) if ":" in bare else date.fromisoformat(bare)
        whole_moment = datetime.fromisoformat(bare)
    except ValueError:
        return bare
    return whole_moment.date() if whole_moment.time() == time() else whole_moment


class SheetPart(PartParser):
    """Reads rows and sends them on; keeps merges, hidden rows and columns for the end.

    Attributes:
        notes: what is known of the sheet at its end.
        declared: the extent that the sheet declares, as written; never relied on.

    """

    def __init__(
        self, part: str, answer: Answer, strings: Callable[[], list[str]], styles: list[Style], *, date_1904: bool
    ) -> None:
        super().__init__(part)
        self.answer = answer
        self.strings = strings
        self._shows = [shows(style.format) for style in styles]
        self._date_1904 = date_1904
        self.notes = SheetNotes()
        self.declared = ""
        self._merges: list[Range] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self.row = 0
        self._cells: list[tuple[int, CellValue, int]] = []
        self._column = 0
        self._kind = ""
        self._style = 0
        self._value: str | None = None
        self._inline: str | None = None
        self._formula: str | None = None
        self._pieces: list[str] | None = None
        self._length = 0
        self._phonetic = 0
        self.in_rows = False
        self._in_row = False
        self._in_cell = False

    def _element(self, name: str, attributes: Attributes, /) -> None:
        if self._in_cell:
            self._start_in_cell(name)
        elif name == "c":
            self._start_cell(attributes)
        elif name == "row":
            self._start_row(attributes)
        elif name == "sheetData":
            self.in_rows = True
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            if yes(attributes.get("hidden")):
                first, last = whole(attributes.get("min")), whole(attributes.get("max"))
                self._hidden_columns.update(range(max(first, 1), min(last, MAX_COLUMN) + 1))
        elif name == "dimension":
            self.declared = attributes.get("ref", "")

    def _start_row(self, attributes: Attributes) -> None:
        if not self.in_rows:
            return
        if self._in_row:
            raise self._damaged("a row inside a row")
        self._in_row = True
        given = attributes.get("r")
        if given is None:
            self.notes.unaddressed = True
            self.open_row(self.row + 1)
        else:
            self.open_row(whole(given, -1))
        if yes(attributes.get("hidden")):
            self._hidden_rows.add(self.row)

    def open_row(self, row: int) -> None:
        """Begin a row. Raises Damaged where rows do not ascend or lie outside the grid."""
        if not 1 <= row <= MAX_ROW:
            raise self._damaged(f"a row outside the grid after row {self.row}")
        if row <= self.row:
            raise self._damaged(f"rows out of order at row {row}")
        self.row = row
        self._column = 0
        self._cells.clear()

    def hide_row(self) -> None:
        """Note that the row that is open is hidden."""
        self._hidden_rows.add(self.row)

    def _start_cell(self, attributes: Attributes) -> None:
        if not self._in_row:
            return
        self._in_cell = True
        reference = attributes.get("r")
        if reference is None:
            self.notes.unaddressed = True
            self._column += 1
            if self._column > MAX_COLUMN:
                raise self._damaged("a cell past the edge of the grid")
        else:
            place = split_reference(reference)
            if place is None:
                raise self._damaged(f"a cell outside the grid ({shown_name(reference)})")
            if place[0] != self.row:
                raise self._damaged(f"the cell {shown_name(reference)} in row {self.row}")
            self._column = place[1]
        self._kind = attributes.get("t", "n")
        self._style = whole(attributes.get("s"))
        self._value = self._inline = self._formula = None

    def _start_in_cell(self, name: str) -> None:
        if name in {"v", "f"} or (name == "t" and not self._phonetic):
            self._pieces = []
            self._length = 0
        elif name == "rPh":
            self._phonetic += 1
        elif name in {"c", "row"}:
            raise self._damaged("a cell inside a cell")

    def _text(self, data: str, /) -> None:
        if self._pieces is not None:
            self._length += len(data)
            # Eight times, so that a text full of escapes is not refused for its spelling.
            if self._length > MAX_TEXT * 8:
                check_text("x" * self._length, self.answer.sheet_name, self.row, max(self._column, 1))
            self._pieces.append(data)

    def _element_end(self, name: str, /) -> None:
        if self._in_cell:
            self._end_in_cell(name)
        elif name == "row" and self._in_row:
            self._in_row = False
            self.close_row()
        elif name == "sheetData":
            self.in_rows = False

    def _end_in_cell(self, name: str) -> None:
        if name == "c":
            self._in_cell = False
            self._end_cell()
        elif name == "rPh":
            self._phonetic -= 1
        elif self._pieces is not None and name in {"v", "f", "t"}:
            text = "".join(self._pieces)
            self._pieces = None
            if name == "v":
                self._value = text
            elif name == "f":
                self._formula = text
            else:
                self._inline = (self._inline or "") + text

    def _end_cell(self) -> None:
        self.take_cell(self._column, self._kind, self._style, self._value, self._inline, self._formula)

    def take_cell(
        self, column: int, kind: str, style: int, stored: str | None, inline: str | None, formula: str | None
    ) -> None:
        """Keep a cell of the open row, from its attributes and the texts within it. Raises TooLarge, Damaged."""
        self._column = column
        value = self._cell_value(kind, style, stored, inline, formula)
        if value is None:
            return
        if isinstance(value, str):
            value = check_text(unescape(value), self.answer.sheet_name, self.row, column)
        self._cells.append((column, value, style))

    def _cell_value(
        self, kind: str, style: int, stored: str | None, inline: str | None, formula: str | None
    ) -> CellValue:
        if kind == "inlineStr":
            return inline or None
        if kind == "str":
            return Uncalculated(formula) if stored is None and formula is not None else stored or None
        if not stored or not stored.strip():
            return None if formula is None else Uncalculated(formula)
        if kind == "s":
            return shared(self.strings(), stored, self.row, self._column) or None
        if kind == "b":
            return stored.strip().lower() in _TRUE
        if kind == "e":
            return error(stored)
        if kind == "d":
            return moment(stored)
        return self._dated(number(stored), style)

    def shown(self, style: int) -> Shows:
        """Tell what a style makes of a number."""
        return self._shows[style] if 0 <= style < len(self._shows) else Shows.NUMBER

    def moment(self, value: float, style: int) -> CellValue:
        """Return the date that a number stands for in its style; None where it stands for none."""
        return from_serial(value, self.shown(style), date_1904=self._date_1904)

    def _dated(self, value: float | str, style: int) -> CellValue:
        if isinstance(value, str) or self.shown(style) is Shows.NUMBER:
            return value
        found = self.moment(value, style)
        if found is None:
            self.notes.no_dates.append(f"{value} in {address(self.row, self._column)}")
            return value
        return found

    def close_row(self) -> None:
        """Send the open row, or count it as blank. Raises Damaged where a cell stands twice."""
        cells = self._cells
        if not cells:
            self.notes.blank_rows += 1
            return
        if any(cells[at][0] >= cells[at + 1][0] for at in range(len(cells) - 1)):
            cells.sort(key=lambda cell: cell[0])
            if any(cells[at][0] == cells[at + 1][0] for at in range(len(cells) - 1)):
                raise self._damaged(f"the same cell twice in row {self.row}")
        self.answer.row(self.row, cells)

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, two = split_reference(first), split_reference(last or first)
        if one is None or two is None:
            raise self._damaged(f"a merged range outside the grid ({shown_name(reference)})")
        if len(self._merges) >= MAX_MERGES_PER_SHEET:
            raise TooLarge(
                f"merges more than {count_text(MAX_MERGES_PER_SHEET)} ranges on sheet "
                f"{shown_name(self.answer.sheet_name)}, which is the limit"
            )
        merged = Range(min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1]))
        if merged.top != merged.bottom or merged.left != merged.right:
            self._merges.append(merged)

    def finish(self) -> SheetNotes:
        """Return what is known of the sheet, its parsing ended."""
        self.notes.merges = self._merges
        self.notes.hidden_rows = self._hidden_rows
        self.notes.hidden_columns = self._hidden_columns
        return self.notes

    def _damaged(self, what: str) -> Damaged:
        return Damaged(f"is damaged ({what} on sheet {shown_name(self.answer.sheet_name)})")
