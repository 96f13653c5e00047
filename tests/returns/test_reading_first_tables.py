"""A workbook's cells become records with value, unit, period and labels."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.returns.grid import CellValue, FileFormat, Sheet, Workbook
from scs_desktop.returns.reading import read_grid
from scs_desktop.returns.records import Reading


def read(rows: list[list[CellValue]], formats: dict[tuple[int, int], str] | None = None) -> Reading:
    sheet = Sheet("Data", dict(enumerate(rows, start=1)), formats=formats or {})
    return read_grid(Workbook("return.xlsx", "0" * 64, FileFormat.XLSX, [sheet]))


def test_months_in_columns() -> None:
    reading = read([["Offence", "Apr-11", "May-11"], ["Burglary", 275, 262], ["Robbery", 31, "<5"]])
    first, *_, last = reading.records
    assert (first.row, first.column, first.value, first.unit) == (2, 2, Decimal(275), Unit.COUNT)
    assert first.period is not None
    assert (first.period.start, first.period.end) == (date(2011, 4, 1), date(2011, 4, 30))
    assert [label.text for label in first.labels] == ["Burglary"]
    assert (last.kind, last.value, last.bound) == (FigureKind.SUPPRESSED, None, Decimal(5))


def test_a_long_table_takes_the_period_from_its_row() -> None:
    reading = read(
        [
            ["Area", "Month", "Measure", "Value"],
            ["Barnet", "201104", "Burglary", 275],
            ["Barnet", "201105", "Burglary", 262],
        ]
    )
    assert [(record.value, record.period.label if record.period else "") for record in reading.records] == [
        (Decimal(275), "April 2011"),
        (Decimal(262), "May 2011"),
    ]


def test_a_fraction_shown_as_percent_is_a_percentage() -> None:
    reading = read([["Survey", "Q1 2011/12"], ["Worried", 0.28]], {(2, 2): "0%"})
    assert (reading.records[0].value, reading.records[0].unit) == (Decimal("28.00"), Unit.PERCENT)
