"""Workbooks, office documents and text files for the example returns: the same cells give the same bytes."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

ILLUSTRATIVE = "ILLUSTRATIVE FIGURES: made up as an example, not a statement about Barnet."
WRITTEN = datetime(2011, 4, 1, 9, 0)  # noqa: DTZ001  the workbook's own stamp has no zone
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"

Value = str | int | float | date | None


class Page:
    """A sheet that is filled from top to bottom."""

    def __init__(self, sheet: Worksheet) -> None:
        """Begin in the first row."""
        self.sheet = sheet
        self.row = 1

    def lines(self, *texts: str) -> None:
        """Write one text a row; the first is the title."""
        for index, text in enumerate(texts):
            cell = self.sheet.cell(self.row, 1, text)
            cell.font = Font(bold=index == 0, size=13 if index == 0 else 10)
            self.row += 1

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def head(self, values: Sequence[Value], number_format: str = "") -> None:
        """Write a header row."""
        for column, value in enumerate(values, start=1):
            if value is None:
                continue
            cell = self.sheet.cell(self.row, column, value)
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="D9E1F2")
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.border = Border(bottom=Side("thin"))
            if number_format and isinstance(value, date):
                cell.number_format = number_format
        self.row += 1

    def fill(self, rows: Sequence[Sequence[Value]], formats: dict[int, str] | None = None) -> None:
        """Write rows of figures, with number formats by column."""
        for values in rows:
            for column, value in enumerate(values, start=1):
                if value is None:
                    continue
                cell = self.sheet.cell(self.row, column, value)
                if formats and column in formats and isinstance(value, int | float):
                    cell.number_format = formats[column]
            self.row += 1

    def merge(self, row: int, left: int, right: int) -> None:
        """Merge the cells of a row."""
        self.sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=right)


def workbook(*sheets: tuple[str, Callable[[Page], None]]) -> bytes:
    """Build a workbook of the sheets and return its bytes, the same on every run."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, write in sheets:
        sheet = book.create_sheet(title)
        write(Page(sheet))
        sheet.column_dimensions["A"].width = 34
        for column in range(2, sheet.max_column + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 13
    book.properties.creator = "Safer Communities Desktop"
    book.properties.created = WRITTEN
    buffer = io.BytesIO()
    book.save(buffer)
    return _settled(buffer.getvalue())


def _settled(data: bytes) -> bytes:
    """Return the archive with every clock reading replaced: of its members and of its last saving."""
    result = io.BytesIO()
    stamp = WRITTEN.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            _add(new, name, content)
    return result.getvalue()


def open_document(sheet: str, rows: Sequence[Sequence[Value]]) -> bytes:
    """Return a one-sheet .ods of texts and whole numbers, as an office suite saves it."""

    def cell(value: Value) -> str:
        if value is None:
            return "<table:table-cell/>"
        kind = "string" if isinstance(value, str) else "float"
        given = "" if isinstance(value, str) else f' office:value="{value}"'
        text = escape(str(value))
        return f'<table:table-cell office:value-type="{kind}"{given}><text:p>{text}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row)) or cell(None)}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{_SPACE}:office:1.0" xmlns:table="{_SPACE}:table:1.0" '
        f'xmlns:text="{_SPACE}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(sheet)}">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<manifest:manifest xmlns:manifest="{_SPACE}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{OPEN_DOCUMENT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, text in (("mimetype", OPEN_DOCUMENT), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            _add(archive, name, text.encode(), packed=name != "mimetype")
    return result.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, *, packed: bool = True) -> None:
    """Add a member that bears the fixed time."""
    member = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    member.create_system = 3
    archive.writestr(member, content)


def long_csv(head: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """Return a text file with the note in its first line, as a database export has it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([ILLUSTRATIVE])
    writer.writerow([])
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
