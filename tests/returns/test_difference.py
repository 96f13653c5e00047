"""Two issues of one publication compared, whether or not any indicator uses their figures."""

from itertools import pairwise
from pathlib import Path

import pytest

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import financial_year, month
from scs_desktop.returns.difference import Difference, compare_readings
from scs_desktop.returns.grid import FileFormat, Sheet, Workbook
from scs_desktop.workflows.compare_files import compare_files
from tests.returns.returned import reading, together

APRIL, MAY, JUNE = month(2011, 4), month(2011, 5), month(2011, 6)
FIRST = [
    (("Northmere", "Theft"), {APRIL: "40", MAY: "44"}),
    (("Northmere", "Arson"), {APRIL: "3", MAY: "4"}),
    (("Southmere", "Theft"), {APRIL: "90", MAY: "91"}),
]


def counts(found: Difference) -> tuple[int, int, int, int]:
    return len(found.same), len(found.revised), len(found.new), len(found.vanished)


def test_an_issue_is_the_same_as_itself() -> None:
    assert counts(compare_readings(reading(FIRST), reading(FIRST))) == (6, 0, 0, 0)


def test_same_revised_new_and_vanished_are_told_apart_with_their_cells() -> None:
    later = [
        (("Northmere", "Theft"), {APRIL: "40", MAY: "46"}),
        (("Northmere", "Robbery"), {APRIL: "7", MAY: "8"}),
        (("Southmere", "Theft"), {APRIL: "90", MAY: "91"}),
    ]
    found = compare_readings(reading(FIRST), reading(later))
    assert counts(found) == (3, 1, 2, 2)
    (revised,) = found.revised
    assert (revised.before, revised.now, revised.cell_before, revised.cell_now) == ("44", "46", "Data!D2", "Data!D2")
    assert [one.labels for one in found.missing] == ["Northmere › Arson", "Northmere › Arson"]


def test_a_period_that_the_next_issue_no_longer_covers_is_not_missing() -> None:
    later = [(labels, {MAY: figures[MAY], JUNE: "50"}) for labels, figures in FIRST]
    found = compare_readings(reading(FIRST), reading(later))
    assert counts(found) == (3, 0, 3, 3)
    assert not found.missing
    assert all(one.moved_on for one in (*found.new, *found.vanished))


def test_footnotes_and_precision_are_no_revision() -> None:
    before = reading([(("Northmere", "Theft1"), {APRIL: "12.857"})], unit=Unit.PERCENT)
    now = reading([(("NORTHMERE", "Theft2,3"), {APRIL: "12.86"})], unit=Unit.PERCENT)
    assert counts(compare_readings(before, now)) == (1, 0, 0, 0)


def test_rows_are_found_wherever_they_stand() -> None:
    assert counts(compare_readings(reading(FIRST), reading(list(reversed(FIRST))))) == (6, 0, 0, 0)


def test_a_row_that_stands_twice_in_one_issue_only_is_paired_with_none() -> None:
    found = compare_readings(reading(FIRST), reading([*FIRST, (("Northmere", "Arson"), {APRIL: "5", MAY: "6"})]))
    assert counts(found) == (4, 0, 0, 0)
    assert found.unpaired == 4


def test_tables_are_paired_by_what_they_hold_not_by_their_order() -> None:
    other = [(("Northmere", "Drug offences"), {APRIL: "11"}), (("Northmere", "Public order"), {APRIL: "12"})]
    before, now = together(reading(FIRST), reading(other)), together(reading(other), reading(FIRST))
    assert counts(compare_readings(before, now)) == (8, 0, 0, 0)


def test_spaces_in_a_sheets_name_and_a_notice_of_corrections_are_named() -> None:
    before, now = reading(FIRST), reading(FIRST)
    now.tables = [one.__class__("Data ", one.range, one.title) for one in now.tables]
    notice = Sheet("Correction", {1: ["Correction"], 2: ["A small error in the rates was corrected in June."]})
    books = (
        Workbook("a.xlsx", "a" * 64, FileFormat.XLSX, [Sheet("Data")]),
        Workbook("b.xlsx", "b" * 64, FileFormat.XLSX, [notice, Sheet("Data ")]),
    )
    notes = compare_readings(before, now, workbooks=books).notes
    assert "The sheet “Data ” differs from “Data” only in spaces before or after its name." in notes
    assert "The sheet “Correction” tells of a correction: “A small error in the rates was corrected in June.”." in notes
    assert "Sheets that are new: “Correction”." in notes


TABLES = (
    "policeforceareatablesyearendingmarch2018v2.xlsx",
    "policeforceareadatatablesyearendingjune2018corrected.xlsx",
    "policeforceareatablesyeendingmarch2019.xlsx",
)


@pytest.fixture(scope="module")
def national(shared: Path) -> tuple[Difference, Difference]:
    """The national police tables of March 2018, June 2018 (corrected) and March 2019, one after another."""
    data = [(name, (shared / "data" / "returns" / name).read_bytes()) for name in TABLES]
    first, second = (
        compare_files(before=old, before_name=name, now=new, now_name=next_name)
        for (name, old), (next_name, new) in pairwise(data)
    )
    return first, second


def test_the_national_tables_one_after_another(national: tuple[Difference, Difference]) -> None:
    for found in national:
        assert len(found.tables) == 5
        assert found.unpaired == 0
        assert all(one.cell_before and one.cell_now for one in (*found.same, *found.revised))
        assert all(one.before != one.now for one in found.revised)
        # The figures of one year move on with each issue; the knife tables go back to 2010/11 and are revised.
        assert all(one.cell_now.startswith("Table P5") for one in found.revised)
        assert len(found.new) > len(found.revised)
    first, second = national
    assert len(first.same) + len(first.revised) == len(
        [one for one in (*first.same, *first.revised) if one.period is not None]
    )
    assert len(second.same) > len(second.revised)


def test_figures_of_the_national_tables_looked_up_by_hand(national: tuple[Difference, Difference]) -> None:
    first, second = national
    revised = {(one.cell_before, one.cell_now): (one.before, one.now) for one in first.revised}
    assert revised["Table P5!C57", "Table P5!C59"] == ("745", "741")
    assert revised["Table P5!M7", "Table P5!M7"] == ("28877", "28878")
    wales = next(one for one in first.revised if one.cell_before == "Table P5!C57")
    assert (wales.area_code, wales.period) == ("W92000004", financial_year(2010))
    assert {(one.before, one.now) for one in second.revised if one.cell_now == "Table P5!K7"} == {("26065", "26312")}


def test_the_correction_and_the_spaces_in_the_national_tables_are_noticed(
    national: tuple[Difference, Difference],
) -> None:
    first, second = national
    assert any(note.startswith("The sheet “Correction” tells of a correction: “A small error") for note in first.notes)
    assert "The sheet “Table P1 ” differs from “Table P1” only in spaces before or after its name." in second.notes
    assert "Sheets that are gone: “Correction”." in second.notes
