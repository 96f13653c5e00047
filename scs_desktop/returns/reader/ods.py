"""An .ods, read in one pass with expat.

Why a parser of our own: calamine shows neither number formats (a percentage would be a fraction), hidden rows nor error
cells, and odfpy builds the whole document in memory and follows repeats without bounds. Here a cell or row that is
repeated is counted before it is written, and blank repeats cost nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from datetime import time, timedelta

from scs_desktop.returns.archive import Archive
from scs_desktop.returns.grid import CellError, CellValue, FileFormat, Range, Uncalculated
from scs_desktop.returns.reader.answer import Answer, SheetNotes, check_text
from scs_desktop.returns.reader.markup import Attributes
from scs_desktop.returns.reader.ods_styles import OdsPart, OdsStyles, OdsStylesPart, OdsStylesReader, repeat
from scs_desktop.returns.reader.xlsx_sheet import moment, number
from scs_desktop.returns.refusals import (
    MAX_CELLS_PER_SHEET,
    MAX_COLUMN,
    MAX_MERGES_PER_SHEET,
    MAX_ROW,
    MAX_TEXT,
    Damaged,
    NotASpreadsheet,
    TooLarge,
    count_text,
    shown_name,
)

_DURATION = re.compile(
    r"(-?)P(?:([0-9]{1,6})D)?T?(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})(?:[.,]([0-9]{1,9}))?S)?"
)
_ERRORS = {each.value: each for each in CellError}
_HIDDEN = {"collapse", "filter"}


def duration(text: str) -> CellValue:
    """Return a time written out (``PT13H30M00S``): a time of day below 24 hours, else a timedelta."""
    found = _DURATION.fullmatch(text.strip())
    if found is None:
        return text
    sign, days, hours, minutes, seconds, fraction = found.groups()
    whole = timedelta(days=int(days or 0), hours=int(hours or 0), minutes=int(minutes or 0), seconds=int(seconds or 0))
    whole += timedelta(microseconds=int((fraction or "0")[:6].ljust(6, "0")))
    if sign:
        return -whole
    if whole < timedelta(days=1):
        clock = whole.seconds
        return time(clock // 3600, clock // 60 % 60, clock % 60, whole.microseconds)
    return whole


class _Content(OdsPart):
    """Sheets, rows and cells, sent on as they end."""

    def __init__(self, part: str, answer: Answer, styles: OdsStyles) -> None:
        super().__init__(part)
        self._answer = answer
        self._styles = styles
        self._style_reader: OdsStylesReader | None = OdsStylesReader(styles)
        self.spreadsheet = False
        self.hidden: list[str] = []
        self._tables = 0
        self._aside = 0
        self._begin()

    def _begin(self) -> None:
        self._row = 0
        self._column_count = 0
        self._notes = SheetNotes()
        self._merges: list[Range] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._cells: list[tuple[int, CellValue, int]] = []
        self._column_styles: list[tuple[int, str]] = []
        self._column = 0
        self._row_repeat = 1
        self._row_hidden = False
        self._row_style = ""
        self._in_row = False
        self._cell: Attributes | None = None
        self._covered = False
        self._paragraphs: list[str] | None = None
        self._comment: list[str] | None = None
        self._length = 0

    def _element(self, name: str, attributes: Attributes, /) -> None:
        if self._style_reader is not None:
            if name == "office:spreadsheet":
                self.spreadsheet = True
                self._style_reader = None
                self._styles.fix()
                self._answer.styles(self._styles.list)
            else:
                self._style_reader.start(name, self.named(attributes))
            return
        if self._aside:
            self._aside += 1
        elif name in {"table:tracked-changes", "table:shapes", "office:forms", "draw:frame", "table:dde-link"}:
            self._aside = 1
        elif name == "table:table":
            self._start_table(self.named(attributes))
        elif self._tables == 1:
            self._in_table(name, self.named(attributes))

    def _start_table(self, attributes: Attributes) -> None:
        self._tables += 1
        if self._tables > 1:
            return
        self._begin()
        name = attributes.get("table:name", "")[:255]
        hidden = attributes.get("table:style-name", "") in self._styles.hidden_tables
        if hidden:
            self.hidden.append(name)
        self._answer.sheet(name, hidden=hidden)

    def _in_table(self, name: str, attributes: Attributes) -> None:
        if self._cell is not None:
            self._in_cell(name, attributes)
        elif name in {"table:table-cell", "table:covered-table-cell"} and self._in_row:
            self._cell = attributes
            self._covered = name == "table:covered-table-cell"
            self._paragraphs = None
            self._length = 0
        elif name == "table:table-row":
            self._in_row = True
            self._row_repeat = repeat(attributes, "table:number-rows-repeated")
            self._row_hidden = attributes.get("table:visibility") in _HIDDEN
            self._row_style = attributes.get("table:default-cell-style-name", "")
            self._column = 0
            self._cells = []
        elif name == "table:table-column":
            times = repeat(attributes, "table:number-columns-repeated")
            first = self._column_count + 1
            self._column_count = min(self._column_count + times, MAX_COLUMN)
            if len(self._column_styles) < MAX_COLUMN:
                self._column_styles.append((self._column_count, attributes.get("table:default-cell-style-name", "")))
            if attributes.get("table:visibility") in _HIDDEN:
                self._hidden_columns.update(range(first, self._column_count + 1))

    def _in_cell(self, name: str, attributes: Attributes) -> None:
        if name == "office:annotation":
            self._comment = []
        elif name == "text:p":
            if self._comment is not None:
                self._comment.append("")
            elif self._paragraphs is None:
                self._paragraphs = [""]
            else:
                self._paragraphs.append("")
        elif name == "text:s":
            self._text(" " * min(repeat(attributes, "text:c"), MAX_TEXT + 1))
        elif name == "text:tab":
            self._text("\t")
        elif name == "text:line-break":
            self._text("\n")

    def _text(self, data: str, /) -> None:
        if self._style_reader is not None:
            self._style_reader.text(data)
            return
        if self._cell is None or self._aside:
            return
        self._length += len(data)
        if self._length > 2 * MAX_TEXT:
            raise TooLarge(f"holds a text of more than {count_text(MAX_TEXT)} characters, which is the limit")
        pieces = self._comment if self._comment is not None else self._paragraphs
        if pieces:
            pieces[-1] += data

    def _element_end(self, name: str, /) -> None:
        if self._style_reader is not None:
            self._style_reader.end(name)
        elif self._aside:
            self._aside -= 1
        elif name == "table:table":
            self._tables -= 1
            if self._tables == 0:
                self._end_table()
        elif self._tables != 1:
            return
        elif name in {"table:table-cell", "table:covered-table-cell"} and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "office:annotation":
            text = "\n".join(self._comment or ()).strip()
            if text and self._row < MAX_ROW and self._column < MAX_COLUMN:
                self._notes.comments[self._row + 1, self._column + 1] = text[:MAX_TEXT]
            self._comment = None
        elif name == "table:table-row":
            self._end_row()

    def _end_cell(self, cell: Attributes) -> None:
        times = repeat(cell, "table:number-columns-repeated")
        first = self._column + 1
        self._column = min(self._column + times, MAX_COLUMN + 1)
        value = self._value(cell)
        wide, tall = repeat(cell, "table:number-columns-spanned"), repeat(cell, "table:number-rows-spanned")
        if (wide > 1 or tall > 1) and not self._covered:
            self._merge(first, wide, tall)
        if value is None:
            return
        if first + times - 1 > MAX_COLUMN:
            raise Damaged(
                f"is damaged (a cell past the edge of the grid on sheet {shown_name(self._answer.sheet_name)})"
            )
        if isinstance(value, str):
            check_text(value, self._answer.sheet_name, self._row + 1, first)
        kind = cell.get("office:value-type", "")
        name = cell.get("table:style-name") or self._row_style
        for column in range(first, first + times):
            self._cells.append((column, value, self._styles.number(name or self._column_style(column), kind)))

    def _column_style(self, column: int) -> str:
        """Return the style that a column gives to cells without one of their own."""
        at = bisect_left(self._column_styles, (column, ""))
        return self._column_styles[at][1] if at < len(self._column_styles) else ""

    def _merge(self, first: int, wide: int, tall: int) -> None:
        if len(self._merges) >= MAX_MERGES_PER_SHEET:
            raise TooLarge(f"merges more than {count_text(MAX_MERGES_PER_SHEET)} ranges on a sheet, which is the limit")
        row = self._row + 1
        self._merges.append(Range(row, first, min(row + tall - 1, MAX_ROW), min(first + wide - 1, MAX_COLUMN)))

    def _value(self, cell: Attributes) -> CellValue:
        text = "\n".join(self._paragraphs) if self._paragraphs is not None else None
        kind = cell.get("office:value-type") or cell.get("calcext:value-type", "")
        formula = cell.get("table:formula")
        if formula is not None and (
            cell.get("calcext:value-type") == "error" or (text or "").startswith(("Err:", "#"))
        ):
            return _ERRORS.get((text or "").strip().upper(), CellError.VALUE)
        if kind in {"float", "percentage", "currency"}:
            stored = cell.get("office:value")
            return number(stored) if stored and stored.strip() else (text or None)
        if kind == "date":
            return moment(cell.get("office:date-value", "")) or text or None
        if kind == "time":
            return duration(cell.get("office:time-value", "")) or text or None
        if kind == "boolean":
            return cell.get("office:boolean-value", "").strip().lower() == "true"
        if not kind and formula is not None and not text:
            return Uncalculated(formula[:MAX_TEXT])
        return (text if text is not None else cell.get("office:string-value")) or None

    def _end_row(self) -> None:
        self._in_row = False
        first, times = self._row + 1, self._row_repeat
        self._row = min(self._row + times, MAX_ROW + 1)
        if self._row_hidden:
            self._hidden_rows.update(range(first, min(self._row, MAX_ROW) + 1) if self._cells else ())
        if not self._cells:
            return
        if first + times - 1 > MAX_ROW:
            raise Damaged(
                f"is damaged (a cell past the edge of the grid on sheet {shown_name(self._answer.sheet_name)})"
            )
        if times * len(self._cells) > MAX_CELLS_PER_SHEET:
            raise TooLarge(
                f"repeats a row to more than {count_text(MAX_CELLS_PER_SHEET)} filled cells on sheet "
                f"{shown_name(self._answer.sheet_name)}, which is the limit"
            )
        for row in range(first, first + times):
            self._answer.row(row, self._cells)

    def _end_table(self) -> None:
        self._notes.merges = self._merges
        self._notes.hidden_rows = self._hidden_rows
        self._notes.hidden_columns = self._hidden_columns
        self._answer.end_sheet(self._notes)


def read(data: bytes, form: FileFormat, answer: Answer) -> None:
    """Read the workbook and send it. Raises Refusal."""
    archive = Archive(data)
    total = sum(part.size for part in archive.parts)
    styles = OdsStyles()
    done = 0
    content_name = archive.find("content.xml")
    if content_name is None:
        raise Damaged("is damaged (its content is missing)")
    parsers: list[tuple[str, OdsPart]] = []
    styles_name = archive.find("styles.xml")
    if styles_name is None:
        answer.note("The file has no list of styles; some numbers may be read without their format.")
    else:
        parsers.append((styles_name, OdsStylesPart(styles_name, styles)))
    content = _Content(content_name, answer, styles)
    parsers.append((content_name, content))
    for name, parser in parsers:
        for chunk in archive.chunks(name):
            parser.feed(chunk)
            done += len(chunk)
            answer.progress(done, total)
        parser.feed(b"", last=True)
    if not content.spreadsheet:
        raise NotASpreadsheet("is an OpenDocument file that is not a spreadsheet")
    if any(part.name.lower().startswith(("basic/", "scripts/")) for part in archive.parts):
        answer.note("The file holds macros; they were ignored.")
    if content.hidden:
        shown = ", ".join(f"“{shown_name(name)}”" for name in content.hidden[:5])
        answer.note(f"Hidden sheet{'s' if len(content.hidden) > 1 else ''}: {shown}.")
    archive.verify([part.name for part in archive.parts if part.name not in {content_name, styles_name}])
    answer.done(format_name=form.value)
