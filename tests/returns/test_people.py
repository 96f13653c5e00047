"""A list of people is refused; counts and a contact in the notes are not."""

import pytest

from scs_desktop.returns.grid import CellValue, FileFormat, Sheet, Workbook
from scs_desktop.returns.people import ListOfPeople, refuse_people


def workbook(*rows: list[CellValue]) -> Workbook:
    return Workbook("return.xlsx", "0" * 64, FileFormat.XLSX, [Sheet("Cases", dict(enumerate(rows, start=1)))])


@pytest.mark.parametrize(
    "head",
    [
        ["Surname", "Forename", "Date of Birth", "Outcome"],
        ["Client name", "Address", "Status", "Ward"],
        ["Crime reference", "Offence", "D.O.B.", "Ward"],
        ["Victim's name", "Telephone", "Visited", "Notes"],
        ["Case no", "Full name", "Postcode", "Repeat"],
    ],
)
def test_a_list_of_people_is_refused_by_its_headings(head: list[CellValue]) -> None:
    people: list[list[CellValue]] = [["a", "b", "c", "d"], ["e", "f", "g", "h"], ["i", "j", "k", "l"]]
    with pytest.raises(ListOfPeople, match="none of it was kept"):
        refuse_people(workbook(["Cases heard at the conference"], [], head, *people))


@pytest.mark.parametrize(
    "rows",
    [
        [["Ward", "Burglary", "Robbery"], ["Mill End", 3, 4], ["Hale", 5, 6]],
        [["Area name", "Postcode sector", "Fires"], ["Northmere", "NM1", 3], ["Northmere", "NM2", 4]],
        [["Ward", "Cases"], ["Mill End", 4], ["Hale", 2], ["Contact: the analyst", "email address: in the directory"]],
        [["Offence", "Victims", "First time victims", "Repeat victims"], ["Burglary", 3, 2, 1], ["Robbery", 3, 2, 1]],
        [["Name of agency", "Date of return", "Telephone"], ["Police", "1 May 2011", "in the directory"]],
        [["Month", "Number of offenders", "Reference period"], ["April", 3, "x"], ["May", 4, "y"]],
    ],
)
def test_counts_and_contacts_pass(rows: list[list[CellValue]]) -> None:
    refuse_people(workbook(*rows))
