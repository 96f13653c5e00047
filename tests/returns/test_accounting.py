"""Every number of every real file at hand is a record or left out with a reason: never both, never neither.

The numbers are counted by other readers than the program's own, each of them independent of it.
"""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlrd
from defusedxml import ElementTree

from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.reader import read_workbook
from scs_desktop.returns.reading import read_grid
from scs_desktop.returns.records import LeftOut, Reading

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "resources" / "examples"
PARTNERS = ROOT.parent / "shared" / "data" / "returns"
FORMATS = {".xlsx", ".xls", ".ods", ".csv"}
NUMBER = re.compile(r"\s*[+-]?\d+(?:\.\d+)?\s*")
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"

Place = tuple[str, int, int]


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix in FORMATS) if folder.is_dir() else []


def numbers_in(path: Path) -> set[Place]:
    """Where the numbers of a file stand, dates left aside, as (sheet, row, column)."""
    readers = {".xlsx": _xlsx, ".xls": _xls, ".ods": _ods, ".csv": _csv}
    return set(readers[path.suffix](path))


def _xlsx(path: Path) -> Iterator[Place]:
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for sheet in book.worksheets:
        sheet.reset_dimensions()
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None and cell.data_type == "n" and isinstance(cell.value, int | float):
                    yield sheet.title, cell.row, cell.column
    book.close()


def _xls(path: Path) -> Iterator[Place]:
    with xlrd.open_workbook(path, on_demand=True) as book:
        for name in book.sheet_names():
            sheet = book.sheet_by_name(name)
            for row in range(sheet.nrows):
                for column, kind in enumerate(sheet.row_types(row)):
                    if kind == xlrd.XL_CELL_NUMBER:
                        yield name, row + 1, column + 1


def _ods(path: Path) -> Iterator[Place]:
    with zipfile.ZipFile(path) as parts:
        root = ElementTree.fromstring(parts.read("content.xml"))
    for table in root.iter(f"{TABLE}table"):
        number = 0
        for row in table.iter(f"{TABLE}table-row"):
            column = 0
            for cell in row:
                times = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
                if cell.get(f"{OFFICE}value-type") in {"float", "percentage", "currency"}:
                    assert int(row.get(f"{TABLE}number-rows-repeated", "1")) == 1, "a repeated row of figures"
                    for offset in range(times):
                        yield table.get(f"{TABLE}name", ""), number + 1, column + offset + 1
                column += times
            number += int(row.get(f"{TABLE}number-rows-repeated", "1"))


def _csv(path: Path) -> Iterator[Place]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        for row, values in enumerate(csv.reader(stream), start=1):
            for column, text in enumerate(values, start=1):
                if NUMBER.fullmatch(text):
                    yield "", row, column


class LeftOutCells:
    """Cells that were left out, asked for one by one."""

    def __init__(self, left_out: list[LeftOut]) -> None:
        self.single: set[Place] = set()
        self.wide: list[LeftOut] = []
        for one in left_out:
            if (one.range.top, one.range.left) == (one.range.bottom, one.range.right):
                self.single.add((one.sheet, one.range.top, one.range.left))
            else:
                self.wide.append(one)

    def __contains__(self, place: Place) -> bool:
        sheet, row, column = place
        return place in self.single or any(one.sheet == sheet and one.range.holds(row, column) for one in self.wide)


def reading_of(path: Path) -> Reading:
    return read_grid(read_workbook(path))


def shown(places: set[Place]) -> list[str]:
    return [f"{sheet}!{address(row, column)}" for sheet, row, column in sorted(places)[:20]]


def check(path: Path, reading: Reading) -> None:
    numbers = numbers_in(path)
    assert numbers, "a file without numbers proves nothing"
    assert reading.tables
    records = {(one.sheet, one.row, one.column) for one in reading.records}
    assert len(records) == len(reading.records), "two records from one cell"
    left = LeftOutCells(reading.left_out)
    assert all(one.reason for one in reading.left_out)
    neither = {place for place in numbers - records if place not in left}
    assert not neither, f"in neither: {len(neither)}: {shown(neither)}"
    both = {place for place in numbers & records if place in left}
    assert not both, f"in both: {len(both)}: {shown(both)}"


@pytest.mark.parametrize("path", files_in(EXAMPLES), ids=lambda path: path.name)
def test_every_number_of_an_example_return_is_accounted_for(path: Path) -> None:
    check(path, reading_of(path))


@pytest.mark.parametrize("path", files_in(PARTNERS) or [None], ids=lambda path: path.name if path else "none")
def test_every_number_of_a_partners_file_is_accounted_for(path: Path | None) -> None:
    if path is None:
        pytest.skip("the partners' real files are not beside the project")
    check(path, reading_of(path))


def test_what_is_in_neither_list_or_in_both_would_be_seen(tmp_path: Path) -> None:
    path = tmp_path / "small.csv"
    path.write_text("Offence,Apr 2011,May 2011\nBurglary,3,4\nRobbery,5,6\n", encoding="utf-8")
    assert numbers_in(path) == {("", row, column) for row in (2, 3) for column in (2, 3)}
    reading = reading_of(path)
    check(path, reading)
    reading.left_out.append(LeftOut("", Range(1, 1, 2, 2), "also a record"))
    with pytest.raises(AssertionError, match="in both: 1"):
        check(path, reading)
    reading.left_out.pop()
    reading.records.pop()
    with pytest.raises(AssertionError, match="in neither: 1"):
        check(path, reading)
