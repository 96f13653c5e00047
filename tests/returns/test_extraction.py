"""The day of the extract, as partners' notes give it."""

from datetime import date, datetime

import pytest

from scs_desktop.returns.extraction import extraction_date
from scs_desktop.returns.grid import CellValue, FileFormat, Sheet, Workbook


def book(*rows: list[CellValue]) -> Workbook:
    return Workbook("x.xlsx", "a" * 64, FileFormat.XLSX, [Sheet("S", dict(enumerate(rows, start=1)))])


@pytest.mark.parametrize(
    ("cells", "day"),
    [
        (["Data extracted 12/07/2012"], date(2012, 7, 12)),
        (["Source: CRIS, extracted on 3rd April 2012 by the Borough Intelligence Unit"], date(2012, 4, 3)),
        (["Date of extraction: 2012-07-12"], date(2012, 7, 12)),
        (["Data as at 01.05.12"], date(2012, 5, 1)),
        (["Extraction date", datetime(2012, 7, 12)], date(2012, 7, 12)),  # noqa: DTZ001  a cell knows no zone
        (["Extract run on", None, "14 August 2012"], date(2012, 8, 14)),
        (["Recorded crime, April 2012 to June 2012"], None),
        (["Meeting of 12/07/2012"], None),
        (["Data extracted 31/02/2012"], None),
        (["Rate of teeth extracted", 12], None),
    ],
)
def test_the_day_of_the_extract(cells: list[CellValue], day: date | None) -> None:
    assert extraction_date(book(["Title"], cells)) == day


def test_two_days_that_disagree_are_none() -> None:
    assert extraction_date(book(["Data extracted 12/07/2012"], ["Data extracted 13/07/2012"])) is None
    assert extraction_date(book(["Data extracted 12/07/2012"], ["Extracted: 12 July 2012"])) == date(2012, 7, 12)
