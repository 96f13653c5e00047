"""The return form we send an agency: its indicators in rows, periods in columns, last figures beside.

The form is an ordinary return to the reader: one header row, labels word for word as the strategy
has them, no merged cells; so a filled form is read back without a question.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scs_desktop.domain.figures import FigureKind, Measured, Part, Unit
from scs_desktop.domain.periods import Period

NOTES = "Notes"
FIGURE = "figure"
PART_HEADS = {
    Part.VALUE: FIGURE,
    Part.NUMERATOR: "numerator",
    Part.DENOMINATOR: "denominator",
    Part.SAMPLE_SIZE: "sample size",
    Part.PREDICTED: "predicted",
}
MARKS = ("..", "n/a", "not yet available")
"""What may be written where there is no figure, as the form's note says."""
_UNIT_TEXT = {
    Unit.COUNT: "a number",
    Unit.PERCENT: "per cent",
    Unit.RATE: "a rate",
    Unit.RATIO: "a ratio",
    Unit.MONEY: "£",
}
_UNIT_MARK = {Unit.COUNT: "", Unit.PERCENT: " (%)", Unit.RATE: " (rate)", Unit.RATIO: " (ratio)", Unit.MONEY: " (£)"}
_WIDTHS = (52, 16)
FIRST_COLUMN = 3
FIRST_ROW = 5
_PERIOD_WIDTH = 20
_NOTES_WIDTH = 36


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the form: a part of an indicator's figure, with what is known of it by period."""

    indicator: str
    part: Part
    unit: Unit
    known: tuple[tuple[Period, Measured], ...] = ()


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet: rows that are reported for the same periods. ``due`` are the periods to fill in."""

    name: str
    rows: tuple[FormRow, ...]
    before: tuple[Period, ...]
    due: tuple[Period, ...]
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """A return form for one agency."""

    partnership: str
    area: str
    agency: str
    sheets: tuple[FormSheet, ...]


def form_bytes(form: Form, *, made_at: datetime) -> bytes:
    """Return the form as an .xlsx workbook; the same form and moment give the same cells."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.properties.creator = form.partnership
    book.properties.created = book.properties.modified = made_at.replace(tzinfo=None)
    book.remove(book.worksheets[0])
    bold, quiet = Font(bold=True), Font(italic=True, color="505A5F")
    to_fill = PatternFill("solid", start_color="FFF7D6")
    for plan in form.sheets:
        sheet = book.create_sheet(plan.name)
        sheet.append([f"{form.area}: return of {form.agency} to {form.partnership}"])
        told = f"Fill in the yellow cells. Where there is no figure yet, write {' or '.join(MARKS[:2])}."
        sheet.append([f"{told} The figures are illustrative." if plan.illustrative else told])
        sheet.append([])
        periods = (*plan.before, *plan.due)
        head = ["Indicator", "Part", *(period.label for period in periods), NOTES]
        sheet.append(head)
        sheet["A1"].font, sheet["A2"].font = Font(bold=True, size=14), quiet
        for cell in sheet[4]:
            cell.font = bold
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        for row in plan.rows:
            known = dict(row.known)
            sheet.append([row.indicator, _part_text(row), *(_shown(known.get(one)) for one in periods)])
            for offset in range(len(plan.due)):
                sheet.cell(sheet.max_row, FIRST_COLUMN + len(plan.before) + offset).fill = to_fill
        for index, width in enumerate((*_WIDTHS, *(_PERIOD_WIDTH for _ in periods), _NOTES_WIDTH), start=1):
            sheet.column_dimensions[get_column_letter(index)].width = width
        sheet.freeze_panes = "C5"
        for number, row in enumerate(plan.rows, start=FIRST_ROW):
            # Excel offers the marks in a drop-down and lets any number of the row's unit be typed.
            allowed = DataValidation(
                type="list", formula1=f'"{",".join(MARKS)}"', allow_blank=True, showErrorMessage=False
            )
            allowed.promptTitle = row.indicator[:32]
            allowed.prompt = f"{_UNIT_TEXT[row.unit]}, or {' or '.join(MARKS[:2])} where there is no figure"
            allowed.showInputMessage = True
            sheet.add_data_validation(allowed)
            first, last = (
                get_column_letter(FIRST_COLUMN + len(plan.before) + index) for index in (0, max(0, len(plan.due) - 1))
            )
            if plan.due:
                allowed.add(f"{first}{number}:{last}{number}")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _part_text(row: FormRow) -> str:
    """Return the part with its unit, in the words by which the reader knows it."""
    beside = row.part is not Part.VALUE and row.unit is Unit.COUNT
    return PART_HEADS[row.part] + (" (number)" if beside else _UNIT_MARK[row.unit])


def _shown(measured: Measured | None) -> Decimal | str | None:
    """Return what stands in a cell for a known figure; text from a partner never becomes a formula."""
    if measured is None:
        return None
    if measured.value is not None:
        return measured.value
    if measured.kind is FigureKind.SUPPRESSED:
        return f"<{measured.bound}" if measured.bound is not None else MARKS[0]
    return MARKS[1] if measured.kind is FigureKind.NOT_APPLICABLE else MARKS[0]


def sheet_names(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return names that a workbook takes: at most 31 characters, no slash, colon, star, bracket; none twice."""
    found: list[str] = []
    for text in wanted:
        clean = "".join("-" if character in ":\\/?*[]" else character for character in text)[:28].strip() or "Sheet"
        name, number = clean, 1
        while name.casefold() in {one.casefold() for one in found}:
            number += 1
            name = f"{clean} {number}"
        found.append(name)
    return tuple(found)
