"""An .xlsb, its binary records read one after another.

Why a reader of our own: calamine shows neither number formats, merges, hidden rows nor errors of this format, and no
other library at hand reads it. Record numbers and layouts are those of [MS-XLSB], section 2.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from scs_desktop.returns.archive import Archive
from scs_desktop.returns.grid import CellError, CellValue, FileFormat, Range, address
from scs_desktop.returns.reader.answer import Answer, SheetNotes, Style, check_text
from scs_desktop.returns.reader.package import need, relationships
from scs_desktop.returns.reader.serials import BUILT_IN, GENERAL, Shows, from_serial, shows
from scs_desktop.returns.reader.xls import plain_number
from scs_desktop.returns.refusals import (
    MAX_COLUMN,
    MAX_MERGES_PER_SHEET,
    MAX_ROW,
    MAX_SHARED_STRINGS,
    MAX_SHEETS,
    MAX_STYLES,
    MAX_TEXT,
    Damaged,
    TooLarge,
    Unsafe,
    count_text,
    shown_name,
)

_ROW = 0
_BLANK, _RK, _ERROR, _BOOL, _REAL, _STRING, _SHARED = range(1, 8)
_FORMULAS = {8: _STRING, 9: _REAL, 10: _BOOL, 11: _ERROR}
# Cells without a column of their own: the one after the cell before.
_SHORT = {12: _BLANK, 13: _RK, 14: _ERROR, 15: _BOOL, 16: _REAL, 17: _STRING, 18: _SHARED}
_RICH = 62
_SST_ITEM, _FONT, _FORMAT, _XF, _COLUMN_INFO = 19, 43, 44, 47, 60
_BOOK_PROPERTIES, _LISTED_SHEET, _MERGE = 153, 156, 176
_BEGIN_CELL_XFS, _END_CELL_XFS, _BEGIN_DIFFERENT, _END_DIFFERENT = 617, 618, 505, 506
_HIDDEN_ROW = 0x10
_BOLD_WEIGHT = 600
_ERRORS = {
    0x00: CellError.NULL, 0x07: CellError.DIV0, 0x0F: CellError.VALUE, 0x17: CellError.REF, 0x1D: CellError.NAME,
    0x24: CellError.NUM, 0x2A: CellError.NA, 0x2B: CellError.GETTING_DATA,
}  # fmt: skip


def _records(data: bytes, part: str) -> Iterator[tuple[int, bytes]]:
    """Yield each record's number and body. Raises Damaged where one runs past the end."""
    at, end = 0, len(data)
    try:
        while at < end:
            kind = data[at]
            at += 1
            if kind & 0x80:
                kind = kind & 0x7F | (data[at] & 0x7F) << 7
                at += 1
            length = 0
            for shift in (0, 7, 14, 21):
                byte = data[at]
                at += 1
                length |= (byte & 0x7F) << shift
                if not byte & 0x80:
                    break
            if at + length > end:
                raise Damaged(f"is damaged (its part {shown_name(part)} is cut short)")
            yield kind, data[at : at + length]
            at += length
    except IndexError as error:
        raise Damaged(f"is damaged (its part {shown_name(part)} is cut short)") from error


def _string(body: bytes, at: int) -> tuple[str, int]:
    """Return a counted UTF-16 text and where the next field begins."""
    (count,) = struct.unpack_from("<I", body, at)
    if count == 0xFFFFFFFF:  # noqa: PLR2004 - the format's null
        return "", at + 4
    if count > MAX_TEXT:
        raise TooLarge(f"holds a text of {count_text(count)} characters, and the limit is {count_text(MAX_TEXT)}")
    end = at + 4 + 2 * count
    if end > len(body):
        raise Damaged("is damaged (a text is cut short)")
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _rk(raw: int) -> float:
    """Return the number of the format's short form: 30 bits of a float or of a whole number, perhaps a hundredfold."""
    if raw & 2:
        signed = struct.unpack("<i", struct.pack("<I", raw))[0]
        value = float(signed >> 2)
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (raw & 0xFFFFFFFC) << 32))[0])
    return value / 100 if raw & 1 else value


def _listed_sheet(body: bytes) -> tuple[str, str, bool]:
    """Return name, relation and whether hidden. Files of the format's first days have one more field in front."""
    for at in (0, 4):
        hidden, _, first = struct.unpack_from("<3I", body, at)
        if at + 16 + 2 * first <= len(body):
            (second,) = struct.unpack_from("<I", body, at + 12 + 2 * first)
            if at + 16 + 2 * (first + second) == len(body):
                relation, name_at = _string(body, at + 8)
                return _string(body, name_at)[0][:255], relation, hidden != 0
    raise Damaged("is damaged (its list of sheets cannot be read)")


class _Book:
    def __init__(self, archive: Archive, answer: Answer) -> None:
        self._archive = archive
        self._answer = answer
        self._read: set[str] = set()
        self._done = 0
        self._total = sum(part.size for part in archive.parts)
        self._strings: list[str] = []
        self._date_1904 = False
        self._shows: list[Shows] = []

    def _part(self, name: str) -> Iterator[tuple[int, bytes]]:
        self._read.add(name)
        data = self._archive.read(name)
        self._done += len(data)
        self._answer.progress(self._done, self._total)
        return _records(data, name)

    def read(self, form: FileFormat) -> None:
        answer, archive = self._answer, self._archive
        main = next(
            (r.target for r in relationships(archive, "").values() if r.kind == "officeDocument"), "xl/workbook.bin"
        )
        book = need(archive, main, "the list of its sheets")
        listed: list[tuple[str, str, bool]] = []
        for kind, body in self._part(book):
            if kind == _BOOK_PROPERTIES:
                self._date_1904 = bool(struct.unpack_from("<I", body)[0] & 1)
            elif kind == _LISTED_SHEET:
                if len(listed) >= MAX_SHEETS:
                    raise TooLarge(f"holds more than {MAX_SHEETS} sheets, which is the limit")
                listed.append(_listed_sheet(body))
        links = relationships(archive, book)
        targets = {link.kind: link.target for link in links.values()}
        self._read_styles(targets.get("styles"))
        strings = archive.find(targets.get("sharedStrings") or "")
        if strings is not None:
            self._read_strings(strings)
        self._general_notes([name for name, _, hidden in listed if hidden])
        seen: set[str] = set()
        for name, relation, hidden in listed:
            link = links.get(relation)
            if link is None or link.kind != "worksheet":
                answer.note(f"A sheet without cells was left out: “{shown_name(name)}”.")
                continue
            part = need(archive, link.target, f"the sheet {shown_name(name)}")
            if part in seen:
                raise Unsafe("shows the same part as two of its sheets")
            seen.add(part)
            answer.sheet(name, hidden=hidden)
            self._sheet(part)
        if not seen:
            raise Damaged("is damaged (it holds no sheets)")
        archive.verify([each.name for each in archive.parts if each.name not in self._read])
        answer.done(format_name=form.value, date_1904=self._date_1904)

    def _general_notes(self, hidden: list[str]) -> None:
        names = [part.name.lower() for part in self._archive.parts]
        if any(name.endswith("vbaproject.bin") for name in names):
            self._answer.note("The file holds macros; they were ignored.")
        if any("/externallinks/" in name for name in names):
            self._answer.note("Some values come from other workbooks; they were read as last saved and may be old.")
        if hidden:
            shown = ", ".join(f"“{shown_name(name)}”" for name in hidden[:5])
            self._answer.note(f"Hidden sheet{'s' if len(hidden) > 1 else ''}: {shown}.")

    def _read_styles(self, target: str | None) -> None:
        name = self._archive.find(target) if target else None
        if name is None:
            self._answer.note("The file has no styles; every number was read as it stands.")
            return
        codes, bold, styles = dict(BUILT_IN), list[bool](), list[Style]()
        in_cells = different = False
        for kind, body in self._part(name):
            if kind in {_BEGIN_CELL_XFS, _END_CELL_XFS}:
                in_cells = kind == _BEGIN_CELL_XFS
            elif kind in {_BEGIN_DIFFERENT, _END_DIFFERENT}:
                different = kind == _BEGIN_DIFFERENT
            elif kind == _FORMAT and not different:
                codes[struct.unpack_from("<H", body)[0]] = _string(body, 2)[0][:1000]
            elif kind == _FONT and not different:
                bold.append(struct.unpack_from("<H", body, 4)[0] >= _BOLD_WEIGHT)
            elif kind == _XF and in_cells:
                if len(styles) >= MAX_STYLES:
                    raise TooLarge(f"holds more than {count_text(MAX_STYLES)} cell styles, which is the limit")
                _, code, font = struct.unpack_from("<3H", body)
                styles.append(Style(codes.get(code) or GENERAL, min(body[11], 250), font < len(bold) and bold[font]))
        self._shows = [shows(style.format) for style in styles]
        self._answer.styles(styles)

    def _read_strings(self, name: str) -> None:
        for kind, body in self._part(name):
            if kind == _SST_ITEM:
                if len(self._strings) >= MAX_SHARED_STRINGS:
                    raise TooLarge(f"holds more than {count_text(MAX_SHARED_STRINGS)} shared texts, which is the limit")
                self._strings.append(_string(body, 1)[0])

    def _sheet(self, part: str) -> None:
        notes = SheetNotes()
        merges: list[Range] = []
        hidden_rows: list[int] = []
        hidden_columns: set[int] = set()
        cells: list[tuple[int, CellValue, int]] = []
        row, column = 0, 0
        for kind, body in self._part(part):
            if kind == _ROW:
                self._end_row(row, cells, notes)
                row, column, cells = struct.unpack_from("<I", body)[0] + 1, 0, []
                if row > MAX_ROW:
                    raise self._damaged("a row outside the grid")
                if body[11] & _HIDDEN_ROW:
                    hidden_rows.append(row)
            elif kind <= max(_SHORT) or kind == _RICH:
                column = self._cell(kind, body, row, column, cells, notes)
            elif kind == _COLUMN_INFO:
                first, last, _, _, flags = struct.unpack_from("<4IH", body)
                if flags & 1:
                    hidden_columns.update(range(first + 1, min(last + 1, MAX_COLUMN) + 1))
            elif kind == _MERGE:
                merges.append(self._merge(body, len(merges)))
        self._end_row(row, cells, notes)
        notes.merges, notes.hidden_rows, notes.hidden_columns = merges, hidden_rows, hidden_columns
        self._answer.end_sheet(notes)

    def _merge(self, body: bytes, before: int) -> Range:
        if before >= MAX_MERGES_PER_SHEET:
            raise TooLarge(f"merges more than {count_text(MAX_MERGES_PER_SHEET)} ranges on a sheet, which is the limit")
        top, bottom, left, right = struct.unpack_from("<4I", body)
        if not top <= bottom < MAX_ROW or not left <= right < MAX_COLUMN:
            raise self._damaged("a merged range outside the grid")
        return Range(top + 1, left + 1, bottom + 1, right + 1)

    def _end_row(self, row: int, cells: list[tuple[int, CellValue, int]], notes: SheetNotes) -> None:
        if cells:
            self._answer.row(row, cells)
        elif row:
            notes.blank_rows += 1

    def _cell(
        self, kind: int, body: bytes, row: int, before: int, cells: list[tuple[int, CellValue, int]], notes: SheetNotes
    ) -> int:
        """Take one cell and return its column."""
        if not row:
            raise self._damaged("a cell outside a row")
        if kind in _SHORT:
            kind, column, at = _SHORT[kind], before + 1, 0
        else:
            kind, column, at = _FORMULAS.get(kind, kind), struct.unpack_from("<I", body)[0] + 1, 4
        if not before < column <= MAX_COLUMN:
            raise self._damaged(f"cells out of order in row {row}")
        style = struct.unpack_from("<I", body, at)[0] & 0xFFFFFF
        value = self._value(kind, body, at + 4, row, column)
        if isinstance(value, str):
            check_text(value, self._answer.sheet_name, row, column)
        elif isinstance(value, float) and style < len(self._shows) and self._shows[style] is not Shows.NUMBER:
            moment = from_serial(value, self._shows[style], date_1904=self._date_1904)
            if moment is None:
                notes.no_dates.append(f"{plain_number(value)} in {address(row, column)}")
            else:
                value = moment
        if value is not None:
            cells.append((column, plain_number(value) if isinstance(value, float) else value, style))
        return column

    def _value(self, kind: int, body: bytes, at: int, row: int, column: int) -> CellValue:
        """Return the stored value; numbers as floats."""
        if kind == _BLANK:
            return None
        if kind == _SHARED:
            (index,) = struct.unpack_from("<I", body, at)
            if index >= len(self._strings):
                raise Damaged(f"is damaged (cell {address(row, column)} refers to a text that the file does not hold)")
            return self._strings[index] or None
        if kind == _STRING:
            return _string(body, at)[0] or None
        if kind == _RICH:
            return _string(body, at + 1)[0] or None
        if kind == _BOOL:
            return bool(body[at])
        if kind == _ERROR:
            return _ERRORS.get(body[at], CellError.VALUE)
        number = (
            _rk(struct.unpack_from("<I", body, at)[0]) if kind == _RK else float(struct.unpack_from("<d", body, at)[0])
        )
        return number if number - number == 0 else str(number)

    def _damaged(self, what: str) -> Damaged:
        return Damaged(f"is damaged ({what} on sheet {shown_name(self._answer.sheet_name)})")


def read(data: bytes, form: FileFormat, answer: Answer) -> None:
    """Read the workbook and send it. Raises Refusal."""
    try:
        _Book(Archive(data), answer).read(form)
    except (struct.error, IndexError) as error:
        raise Damaged("is damaged (one of its records is shorter than its kind)") from error
