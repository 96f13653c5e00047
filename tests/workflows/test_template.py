"""A form goes out, comes back filled in, and asks nothing."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.history import StoreKind
from scs_desktop.returns.plan import Effect
from scs_desktop.returns.template import FIRST_COLUMN, FIRST_ROW, Form
from scs_desktop.workflows.import_return import agency_named, plan_return
from scs_desktop.workflows.shipped import set_up_store
from scs_desktop.workflows.template import return_form, write_form


def filled(path: Path, form: Form) -> bytes:
    """Type plausible figures into every cell that is asked for."""
    book = openpyxl.load_workbook(path)
    for plan in form.sheets:
        sheet = book[plan.name]
        for place, row in enumerate(plan.rows):
            for step in range(len(plan.due)):
                column = FIRST_COLUMN + len(plan.before) + step
                value = 20 + step if row.unit is Unit.PERCENT else 400 + place + step
                sheet.cell(FIRST_ROW + place, column, {Part.NUMERATOR: 80 + step}.get(row.part, value))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize("agency", ["Barnet Drug Intervention Programme", "Metropolitan Police"])
def test_a_filled_form_reads_back_to_what_was_typed_and_asks_nothing_about_its_rows(
    agency: str, tmp_path: Path
) -> None:
    with set_up_store(path=tmp_path / "s.scs", kind=StoreKind.REAL, who="A. Officer") as store:
        identity = agency_named(store=store, name=agency).id
        out = write_form(store=store, agency=identity, out=tmp_path / "form.xlsx")
        form = return_form(store=store, agency=identity)
        plan = plan_return(store=store, data=filled(out, form), file_name="form.xlsx", agency=identity)
    expected = sum(len(sheet.rows) * len(sheet.due) for sheet in form.sheets)
    assert plan.count(Effect.NEW) == expected
    asked_of_rows = [one for one in plan.open_questions if one.key.startswith(("rows/", "area", "agency", "period/"))]
    assert asked_of_rows == []


def test_an_agency_without_series_gets_a_sentence(tmp_path: Path) -> None:
    with set_up_store(path=tmp_path / "s.scs", kind=StoreKind.REAL, who="A. Officer") as store:
        identity = agency_named(store=store, name="Community Barnet").id
        with pytest.raises(UserError, match="no figures"):
            write_form(store=store, agency=identity, out=tmp_path / "form.xlsx")
