"""Every number of every sheet ends as a record or is left out with a reason, whatever the sheet looks like."""

from __future__ import annotations

import math
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.domain.figures import FigureKind
from scs_desktop.returns.grid import CellError, CellValue, FileFormat, Range, Sheet, Uncalculated, Workbook, address
from scs_desktop.returns.reading import read_grid
from scs_desktop.returns.reading_json import as_json
from scs_desktop.returns.records import Reading

NUMBERS = st.one_of(
    st.integers(-5, 3000),
    st.integers(1995, 2025),
    st.sampled_from([201104, 201105, 0.24, 35.5, -1, 0, 1, 1e15, 12345678]),
    st.floats(allow_nan=True, allow_infinity=True, width=32),
)
TEXTS = st.sampled_from(
    [
        "Burglary",
        "Robbery",
        "Barnet",
        "Brent",
        "Total",
        "Year",
        "Month",
        "Area code",
        "Rank",
        "%",
        "Number",
        "£",
        "Rate per 1,000 population",
        "Apr-11",
        "May",
        "Q1",
        "2011/12",
        "2012",
        "Year ending March 2012",
        "201104",
        "-1",
        "12",
        "3.5",
        "1,234",
        "24%",
        "<5",
        "..",
        "-",
        "n/a",
        "*",
        "E09000003",
        "00AC",
        "Source: CRIS",
        "1. A note under the table that says nothing of weight",
        "21 (1)",
        "£1.2m",
        "to",
        "#N/A",
        "Baseline 2010/11",
        "Year to date",
        "% change",
        "Average",
        "12 months to",
        "Table 1",
        "01/04/2011",
        "12 / 14",
        "8.48% (December 2012)",
        "²",
        "٣",
        "½",
    ]
)
VALUES: st.SearchStrategy[CellValue] = st.one_of(
    st.none(),
    NUMBERS,
    TEXTS,
    st.sampled_from([date(2011, 4, 1), date(2012, 3, 31), True, CellError.NA, CellError.DIV0, Uncalculated("A1+1")]),
    st.text(max_size=12),
)
GRIDS = st.lists(st.lists(VALUES, max_size=9), max_size=14)


def _is_numeric(value: CellValue) -> bool:
    if isinstance(value, CellError | Uncalculated):
        return True
    if isinstance(value, str):
        digits = value.strip().replace(".", "", 1)
        return digits.isascii() and digits.isdecimal()
    return isinstance(value, int | float) and not isinstance(value, bool)


def numeric_cells(sheet: Sheet) -> set[tuple[int, int]]:
    """Cells that hold a number, typed or as plain digits, an error or a formula without a result."""
    return {
        (row, column)
        for row, values in sheet.rows.items()
        for column, value in enumerate(values, start=1)
        if _is_numeric(value)
    }


def unaccounted(workbook: Workbook, reading: Reading) -> list[str]:
    """Numbers in no list at all."""
    missing: list[str] = []
    for sheet in workbook.sheets:
        taken = {(record.row, record.column) for record in reading.records if record.sheet == sheet.name}
        left = [item.range for item in reading.left_out if item.sheet == sheet.name]
        missing.extend(
            f"{sheet.name}!{address(row, column)}"
            for row, column in sorted(numeric_cells(sheet) - taken)
            if not any(area.holds(row, column) for area in left)
        )
    return missing


@settings(max_examples=250, deadline=None)
@given(
    rows=GRIDS,
    merged=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5), st.integers(0, 2), st.integers(0, 4)), max_size=2),
    hidden=st.booleans(),
)
def test_every_number_is_a_record_or_left_out(
    rows: list[list[CellValue]], merged: list[tuple[int, int, int, int]], *, hidden: bool
) -> None:
    merges = [Range(top, left, top + down, left + right) for top, left, down, right in merged]
    sheets = [
        Sheet("One", dict(enumerate(rows, start=1)), merges=merges, hidden=hidden),
        Sheet("Two ", {index + 3: row for index, row in enumerate(rows)}, {(3, 2): "0%", (4, 2): "#,##0;-#,##0;-"}),
    ]
    workbook = Workbook("any.xlsx", "0" * 64, FileFormat.XLSX, sheets)
    reading = read_grid(workbook)
    assert unaccounted(workbook, reading) == []
    places = [(record.sheet, record.row, record.column) for record in reading.records]
    assert len(places) == len(set(places)), "one record a cell"
    for record in reading.records:
        assert (record.kind is FigureKind.NUMBER) == (record.value is not None)
        assert record.value is None or record.value.is_finite()
        assert 0 <= record.table < len(reading.tables)
    for problem in reading.problems:
        assert problem.sentence
    as_json(reading)


def test_a_number_that_is_none_is_an_error_record() -> None:
    sheet = Sheet(
        "One", {1: ["Offence", "Apr-11", "May-11"], 2: ["Burglary", 12, math.nan], 3: ["Robbery", CellError.DIV0, 3]}
    )
    reading = read_grid(Workbook("any.xlsx", "0" * 64, FileFormat.XLSX, [sheet]))
    kinds = {(record.row, record.column): record.kind for record in reading.records}
    assert kinds == {
        (2, 2): FigureKind.NUMBER,
        (2, 3): FigureKind.ERROR,
        (3, 2): FigureKind.ERROR,
        (3, 3): FigureKind.NUMBER,
    }
    assert {str(problem.range) for problem in reading.problems if problem.rule == "error_cell"} == {"C2", "B3"}
