"""An .xls of any age, read with xlrd.

Why xlrd and not calamine: it shows number formats, merges, hidden rows and columns and error cells, and being plain
Python it cannot end the process. It is slower, and an .xls holds 65,536 rows at most.
"""

from __future__ import annotations

import io

import xlrd

from scs_desktop.returns.grid import CellError, CellValue, FileFormat, Range, address
from scs_desktop.returns.reader.answer import Answer, SheetNotes, Style, check_text
from scs_desktop.returns.reader.serials import GENERAL, Shows, from_serial, shows
from scs_desktop.returns.refusals import (
    MAX_MERGES_PER_SHEET,
    MAX_SHEETS,
    MAX_STYLES,
    Damaged,
    PasswordNeeded,
    TooLarge,
    count_text,
    shown_name,
)

_WHOLE = 1e15


def plain_number(value: float) -> int | float:
    """Return a whole number as an int: the file has no other way to write one."""
    return int(value) if value.is_integer() and abs(value) < _WHOLE else value


def read(data: bytes, form: FileFormat, answer: Answer) -> None:
    """Read the workbook and send it. Raises Refusal."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, ragged_rows=True, logfile=io.StringIO()
        )
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise PasswordNeeded("is encrypted") from error
        raise Damaged("is damaged, or not a workbook that Excel for Windows wrote") from error
    if book.nsheets > MAX_SHEETS:
        raise TooLarge(f"holds more than {MAX_SHEETS} sheets, which is the limit")
    if not book.nsheets:
        raise Damaged("is damaged (it holds no sheets)")
    if len(book.xf_list) > MAX_STYLES:
        raise TooLarge(f"holds more than {count_text(MAX_STYLES)} cell styles, which is the limit")
    styles = _styles(book)
    answer.styles(styles)
    hidden = []
    for index in range(book.nsheets):
        sheet = book.sheet_by_index(index)
        if sheet.visibility:
            hidden.append(sheet.name)
        answer.sheet(sheet.name, hidden=bool(sheet.visibility))
        _sheet(sheet, styles, answer, date_1904=bool(book.datemode))
        book.unload_sheet(index)
        answer.progress(index + 1, book.nsheets)
    if hidden:
        listed = ", ".join(f"“{shown_name(name)}”" for name in hidden[:5])
        answer.note(f"Hidden sheet{'s' if len(hidden) > 1 else ''}: {listed}.")
    answer.done(format_name=form.value, date_1904=bool(book.datemode))


def _styles(book: xlrd.Book) -> list[Style]:
    styles = []
    for xf in book.xf_list:
        code = book.format_map[xf.format_key].format_str if xf.format_key in book.format_map else GENERAL
        font = book.font_list[xf.font_index] if 0 <= xf.font_index < len(book.font_list) else None
        bold = font is not None and bool(font.bold or font.weight >= 600)  # noqa: PLR2004 - between normal (400) and bold (700)
        styles.append(Style(GENERAL if code.lower() == "general" else code, xf.alignment.indent_level, bold))
    return styles


def _sheet(sheet: xlrd.sheet.Sheet, styles: list[Style], answer: Answer, *, date_1904: bool) -> None:
    notes = SheetNotes()
    kinds = [shows(style.format) for style in styles]
    for row in range(sheet.nrows):
        cells: list[tuple[int, CellValue, int]] = []
        indexes = sheet._cell_xf_indexes[row]  # noqa: SLF001 - the public way looks each cell up by itself
        for place, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            style = indexes[place]
            found = _value(kind, value, kinds[style] if 0 <= style < len(kinds) else Shows.NUMBER, date_1904=date_1904)
            if found is None:
                continue
            if isinstance(found, str):
                check_text(found, sheet.name, row + 1, place + 1)
            elif isinstance(found, int | float) and not isinstance(found, bool) and _dated(kinds, style):
                notes.no_dates.append(f"{found} in {address(row + 1, place + 1)}")
            cells.append((place + 1, found, style))
        if cells:
            answer.row(row + 1, cells)
        else:
            notes.blank_rows += 1
    if len(sheet.merged_cells) > MAX_MERGES_PER_SHEET:
        raise TooLarge(f"merges more than {count_text(MAX_MERGES_PER_SHEET)} ranges on a sheet, which is the limit")
    notes.merges = [
        Range(top + 1, left + 1, bottom, right)
        for top, bottom, left, right in sheet.merged_cells
        if bottom > top and right > left and (bottom - top > 1 or right - left > 1)
    ]
    notes.hidden_rows = [row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden]
    notes.hidden_columns = [column + 1 for column, info in sheet.colinfo_map.items() if info.hidden]
    notes.comments = {
        (row + 1, column + 1): note.text for (row, column), note in sheet.cell_note_map.items() if note.text
    }
    answer.end_sheet(notes)


def _dated(kinds: list[Shows], style: int) -> bool:
    return 0 <= style < len(kinds) and kinds[style] is not Shows.NUMBER


def _value(kind: int, value: object, shown: Shows, *, date_1904: bool) -> CellValue:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value) or None
    if kind in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE} and isinstance(value, float | int):
        number = float(value)
        if number - number != 0:
            return str(value)
        plain = plain_number(number)
        if shown is Shows.NUMBER:
            return plain
        moment = from_serial(number, shown, date_1904=date_1904)
        return plain if moment is None else moment
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR and isinstance(value, int):
        return CellError(xlrd.error_text_from_code.get(value, CellError.VALUE.value))
    return None
