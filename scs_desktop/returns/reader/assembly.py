"""The child's answer put together into a workbook, and held against itself.

The child is not trusted: rows must ascend, stay in the grid and hold plain values, and the cells it says it read must
be the cells that arrived. The control matters: figures have been lost elsewhere because nobody counted.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from itertools import repeat

from scs_desktop.returns.grid import CellError, CellValue, FileFormat, Range, Sheet, Uncalculated, Workbook
from scs_desktop.returns.reader import wire
from scs_desktop.returns.refusals import (
    MAX_CELLS_PER_SHEET,
    MAX_COLUMN,
    MAX_ROW,
    MAX_SHEETS,
    MAX_TEXT,
    Damaged,
    count_text,
    shown_name,
)

_PLAIN_TYPES = {str, int, float, bool, type(None)}
# Looking beneath merged ranges costs a step for each row of each range; more steps than this are not spent on it.
_MERGE_STEPS = 5_000_000

_SPECIALS: dict[str, Callable[[str], CellValue]] = {
    "e": CellError,
    "u": Uncalculated,
    "m": datetime.fromisoformat,
    "d": date.fromisoformat,
    "t": time.fromisoformat,
    "p": lambda text: timedelta(microseconds=int(text)),
}


class ContradictionError(Exception):
    """The child's answer cannot be right; the file is refused. Never shown as it is."""


class Assembly:
    """Takes the frames of one answer in turn.

    Attributes:
        cells: filled cells taken so far.

    """

    def __init__(self) -> None:
        self.cells = 0
        self._sheets: list[Sheet] = []
        self._sheet: Sheet | None = None
        self._styles: list[tuple[str, int, bool]] = []
        self._bold: set[tuple[int, int]] = set()
        self._taken = 0
        self._last_row = 0
        self._notices: list[str] = []

    def take(self, kind: wire.Kind, payload: bytes) -> None:
        """Take a frame. Raises ContradictionError."""
        try:
            told = json.loads(payload)
            if kind is wire.Kind.ROWS:
                self._rows(told)
            elif kind is wire.Kind.SHEET:
                self._begin(told)
            elif kind is wire.Kind.SHEET_END:
                self._end(told)
            elif kind is wire.Kind.STYLES:
                self._styles = [(str(code), int(indent), bool(bold)) for code, indent, bold in told]
            else:
                raise ContradictionError(f"a frame of kind {kind.name}")
        except (ValueError, TypeError, KeyError, IndexError, RecursionError) as error:
            raise ContradictionError(f"{kind.name}: {type(error).__name__}") from error

    def _begin(self, told: list[object]) -> None:
        if self._sheet is not None or len(self._sheets) >= MAX_SHEETS:
            raise ContradictionError("a sheet too many")
        self._sheet = Sheet(str(told[0]), hidden=bool(told[1]))
        self._bold = set()
        self._taken = 0
        self._last_row = 0

    def _rows(self, entries: list[tuple[int, int, list[CellValue], object, object]]) -> None:
        sheet = self._sheet
        if sheet is None:
            raise ContradictionError("rows outside a sheet")
        rows = sheet.rows
        for entry in entries:
            row, first, values = entry[0], entry[1], entry[2]
            if type(row) is not int or type(first) is not int or type(values) is not list:
                raise ContradictionError("a row of another shape")
            if not (self._last_row < row <= MAX_ROW and first >= 1 and first + len(values) - 1 <= MAX_COLUMN):
                raise ContradictionError("a row outside the grid or out of order")
            if not set(map(type, values)) <= _PLAIN_TYPES:
                raise ContradictionError("a value of another type")
            self._last_row = row
            if first > 1:
                values = [*[None] * (first - 1), *values]
            if len(entry) > 3:  # noqa: PLR2004 - the two optional members
                self._specials(values, first - 1, entry[3])
                self._row_styles(sheet, row, first, len(values), entry[4])
            self._taken += len(values) - values.count(None)
            rows[row] = values
        if self._taken > MAX_CELLS_PER_SHEET:
            raise ContradictionError("more cells than the limit")

    @staticmethod
    def _specials(values: list[CellValue], before: int, specials: object) -> None:
        if not isinstance(specials, list):
            raise ContradictionError("specials of another shape")
        for place, kind, text in specials:
            if place < 0 or not isinstance(text, str) or len(text) > MAX_TEXT:
                raise ContradictionError("a special of another shape")
            values[before + place] = _SPECIALS[kind](text)

    def _row_styles(self, sheet: Sheet, row: int, first: int, end: int, runs: object) -> None:
        if not isinstance(runs, list):
            raise ContradictionError("styles of another shape")
        for place, length, number in runs:
            if place < 0 or length < 1 or number < 0 or first + place + length - 1 > end:
                raise ContradictionError("a style outside its row")
            code, indent, bold = self._styles[number]
            places = zip(repeat(row), range(first + place, first + place + length), strict=False)
            if code != "General" and not indent and not bold:
                sheet.formats.update(zip(places, repeat(code), strict=False))
                continue
            for key in places:
                if code != "General":
                    sheet.formats[key] = code
                if indent:
                    sheet.indents[key] = indent
                if bold:
                    self._bold.add(key)

    def _end(self, told: dict[str, object]) -> None:
        sheet = self._sheet
        if sheet is None:
            raise ContradictionError("the end of no sheet")
        if self._taken != told["cells"]:
            raise ContradictionError(f"{self._taken} cells arrived of {told['cells']}")
        sheet.bold = frozenset(self._bold)
        sheet.hidden_rows = frozenset(_whole_numbers(told["hidden_rows"]))
        sheet.hidden_columns = frozenset(_whole_numbers(told["hidden_columns"]))
        sheet.merges = [Range(*_whole_numbers(edges)) for edges in _listed(told["merges"])]
        for row, column, text in _listed(told["comments"]):
            if isinstance(row, int) and isinstance(column, int):
                sheet.comments[row, column] = str(text)
        hidden_beneath = _clear_beneath_merges(sheet)
        if hidden_beneath:
            values = "a value" if hidden_beneath == 1 else f"{count_text(hidden_beneath)} values"
            self._notices.append(
                f"Sheet “{shown_name(sheet.name)}” holds {values} beneath merged cells, out of sight; left out."
            )
        # Cells read = cells handed on + cells left out beneath merges.
        kept = sum(len(values) - values.count(None) for values in sheet.rows.values())
        if kept + hidden_beneath != told["cells"]:
            raise ContradictionError(f"{kept} cells kept and {hidden_beneath} left out of {told['cells']}")
        self.cells += self._taken
        self._sheets.append(sheet)
        self._sheet = None

    def finish(self, payload: bytes, file_name: str, sha256: str) -> Workbook:
        """Return the workbook. Raises ContradictionError where the totals do not agree."""
        try:
            told = json.loads(payload)
            if self._sheet is not None or told["sheets"] != len(self._sheets) or told["cells"] != self.cells:
                raise ContradictionError("sheets or cells are missing from the answer")
            return Workbook(
                file_name=file_name,
                sha256=sha256,
                format=FileFormat(told["format"]),
                sheets=self._sheets,
                date_1904=bool(told["date_1904"]),
                notices=[str(notice) for notice in told["notices"]] + self._notices,
                formats_known=bool(told["formats_known"]),
                separator=str(told["separator"]),
            )
        except (ValueError, TypeError, KeyError) as error:
            raise ContradictionError(f"the end: {type(error).__name__}") from error


def _listed(value: object) -> list[list[object]]:
    if not isinstance(value, list):
        raise ContradictionError("a list of another shape")
    return value


def _whole_numbers(value: object) -> list[int]:
    if not isinstance(value, list) or not set(map(type, value)) <= {int}:
        raise ContradictionError("numbers of another shape")
    return value


def _clear_beneath_merges(sheet: Sheet) -> int:
    """Take away values that merged ranges cover, and return how many there were. Raises Damaged."""
    cleared = 0
    steps = 0
    numbers = sorted(sheet.rows)
    widest = sheet.last_column
    for merged in sheet.merges:
        tall = merged.bottom - merged.top + 1
        inside = range(merged.top, merged.bottom + 1) if tall <= len(numbers) else numbers
        steps += len(inside) * (1 + min(merged.right, widest) - min(merged.left, widest))
        if steps > _MERGE_STEPS:
            raise Damaged(f"is damaged (merged ranges lie over one another on sheet {shown_name(sheet.name)})")
        for row in inside:
            values = sheet.rows.get(row)
            if values is None or not merged.top <= row <= merged.bottom:
                continue
            for place in range(merged.left - 1, min(merged.right, len(values))):
                if (row, place + 1) != (merged.top, merged.left) and values[place] is not None:
                    values[place] = None
                    cleared += 1
            while values and values[-1] is None:
                values.pop()
            if not values:
                del sheet.rows[row]
    return cleared
