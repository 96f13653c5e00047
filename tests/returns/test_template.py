"""Names of a form's sheets, and cells that never become formulas."""

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from scs_desktop.domain.figures import Part, Unit, number
from scs_desktop.domain.periods import month
from scs_desktop.returns.template import Form, FormRow, FormSheet, form_bytes, sheet_names

MADE = datetime(2011, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (["Monthly", "Monthly"], ("Monthly", "Monthly 2")),
        (["a/b:c"], ("a-b-c",)),
        (["x" * 60], ("x" * 28,)),
        ([""], ("Sheet",)),
    ],
)
def test_sheets_bear_names_that_a_workbook_takes(wanted: list[str], given: tuple[str, ...]) -> None:
    assert sheet_names(wanted) == given


def test_a_form_has_one_header_row_last_figures_beside_and_no_merged_cell() -> None:
    april, may = month(2011, 4), month(2011, 5)
    rows = (
        FormRow("Residential burglary", Part.VALUE, Unit.COUNT, ((april, number(291)),)),
        FormRow("Worried about ASB", Part.VALUE, Unit.PERCENT, ((april, number("24.5")),)),
    )
    form = Form("Partnership", "Northmere", "Police", (FormSheet("Monthly", rows, (april,), (may,)),))
    sheet = openpyxl.load_workbook(io.BytesIO(form_bytes(form, made_at=MADE)))["Monthly"]
    assert [cell.value for cell in sheet[4]] == ["Indicator", "Part", "April 2011", "May 2011", "Notes"]
    assert [cell.value for cell in sheet[5]][:4] == ["Residential burglary", "figure", 291, None]
    assert [cell.value for cell in sheet[6]][:4] == ["Worried about ASB", "figure (%)", 24.5, None]
    assert not sheet.merged_cells.ranges
    assert {str(one.sqref) for one in sheet.data_validations.dataValidation} == {"D5", "D6"}
