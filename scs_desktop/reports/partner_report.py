"""The report for the partner: what of their file was read, what was left out and why, and what to put right.

It says nothing but what stands in the partner's own file. It is built fresh: one text in each cell, no
formula, no hidden sheet, no comment, no author, no path.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

FORMULA_SIGNS = ("=", "+", "-", "@")
LONGEST_TEXT = 1_000
"""Characters of a text that are shown; a cell may hold thirty times as many."""
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PROBLEM_HEAD = ("Sheet", "Cell", "What stands there", "Kind", "What is wrong", "What to do")
_LEFT_OUT_HEAD = ("Sheet", "Cells", "How many", "Reason")
_READ_HEAD = ("Sheet", "Cells", "Title", "Figures")


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One problem of the partner's file."""

    sheet: str
    cell: str
    text: str
    kind: str
    sentence: str
    repair: str


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """Cells of one sheet that were left out for one reason: the first few places and how many there are."""

    sheet: str
    cells: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One table that was read, with the number of its figures."""

    sheet: str
    cells: str
    title: str
    figures: int


@dataclass(frozen=True, slots=True)
class PartnerReport:
    """What is told to the agency that sent a file. ``agency`` is empty where nobody said who it is."""

    file_name: str
    agency: str
    read_on: date
    read: tuple[ReadLine, ...]
    left_out: tuple[LeftOutLine, ...]
    problems: tuple[ProblemLine, ...]
    notices: tuple[str, ...] = ()

    @property
    def summary(self) -> tuple[str, ...]:
        """The report in a few sentences."""
        figures = sum(one.figures for one in self.read)
        left = sum(one.count for one in self.left_out)
        lines = [f"About the file “{neutral(self.file_name)}”, read on {self.read_on.day} {self.read_on:%B %Y}."]
        if self.agency:
            lines.append(f"For {neutral(self.agency)}.")
        lines.append(
            f"{_counted(figures, 'figure was', 'figures were')} read from "
            f"{_counted(len(self.read), 'table', 'tables')}; {_counted(left, 'cell was', 'cells were')} left out."
        )
        lines.append(
            f"{_counted(len(self.problems), 'problem needs', 'problems need')} an answer from you: please put right "
            "what is listed, or say that it is meant so, and send the file again."
            if self.problems
            else "Nothing in it needs an answer from you."
        )
        return (*lines, *(neutral(one) for one in self.notices))


def neutral(text: str) -> str:
    """Return a text from a file as it may stand in an export.

    Characters that are not seen are dropped, long texts cut, and a text that a spreadsheet program
    would take for a formula is put in quotation marks.
    """
    clean = "".join(" " if one in "\t\r\n" else one for one in text)
    clean = "".join(one for one in clean if unicodedata.category(one) not in _UNSEEN).strip()
    if len(clean) > LONGEST_TEXT:
        clean = clean[: LONGEST_TEXT - 1] + "…"
    return f"“{clean}”" if clean.startswith(FORMULA_SIGNS) else clean


def report_as_text(report: PartnerReport) -> str:
    """Return the report as plain text, to be pasted into a message."""
    lines = list(report.summary)
    if report.problems:
        lines += ["", "Problems"]
        for number, one in enumerate(report.problems, start=1):
            where = _where(one.sheet, one.cell)
            stands = f" (there stands: {neutral(one.text)})" if one.text.strip() else ""
            lines.append(f"{number}. {where}{stands}: {neutral(one.sentence)}")
            if one.repair:
                lines.append(f"   What to do: {neutral(one.repair)}")
    if report.left_out:
        lines += ["", "Left out"]
        lines += [
            f"{_where(one.sheet, one.cells)}: {_counted(one.count, 'cell', 'cells')}: {neutral(one.reason)}"
            for one in report.left_out
        ]
    if report.read:
        lines += ["", "Read"]
        lines += [
            f"{_where(one.sheet, one.cells)}: {_counted(one.figures, 'figure', 'figures')}"
            + (f": {neutral(one.title)}" if one.title else "")
            for one in report.read
        ]
    return "\n".join(lines) + "\n"


def report_as_workbook(report: PartnerReport, *, made_at: datetime) -> bytes:
    """Return the report as an .xlsx workbook of four sheets."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    book = Workbook()
    book.properties.creator = None
    book.properties.title = "Report on a return"
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    book.remove(book.worksheets[0])
    summary = book.create_sheet("Summary")
    for line in report.summary:
        summary.append([line])
    summary["A1"].font = Font(bold=True)
    summary.column_dimensions["A"].width = 110
    _sheet(
        book,
        "Problems",
        _PROBLEM_HEAD,
        [(one.sheet, one.cell, one.text, one.kind, one.sentence, one.repair) for one in report.problems],
        (20, 12, 24, 22, 64, 48),
    )
    _sheet(
        book,
        "Left out",
        _LEFT_OUT_HEAD,
        [(one.sheet, one.cells, one.count, one.reason) for one in report.left_out],
        (20, 30, 10, 70),
    )
    _sheet(
        book,
        "Read",
        _READ_HEAD,
        [(one.sheet, one.cells, one.title, one.figures) for one in report.read],
        (20, 16, 70, 10),
    )
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _sheet(
    book: object, name: str, head: Sequence[str], rows: Sequence[Sequence[str | int]], widths: Sequence[int]
) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import TYPE_STRING
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    assert isinstance(book, Workbook)  # noqa: S101 - named here so that openpyxl is loaded when a report is made
    sheet = book.create_sheet(name)
    sheet.append(list(head))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(number, column, value if isinstance(value, int) else neutral(value))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(value, str):
                cell.data_type = TYPE_STRING
    for index, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = width
    sheet.freeze_panes = "A2"


def _where(sheet: str, cells: str) -> str:
    return neutral(f"{sheet}!{cells}" if sheet else cells)


def _counted(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"
