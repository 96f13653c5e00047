"""Wards and strangers: a ward of another borough is not ours, and an unknown name in a column of areas is nobody's."""

from dataclasses import replace
from datetime import date

import pytest

from scs_desktop.domain.areas import AreaKind
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import month
from scs_desktop.domain.profile import Profile
from scs_desktop.returns.grid import FileFormat, Sheet, Workbook
from scs_desktop.returns.plan import PlanContext
from scs_desktop.returns.questions import QuestionKind
from scs_desktop.returns.registry import AreaRegistry
from tests.returns.returned import AGENCY, AREAS, HOME, MILL, OTHER, area, named, plan, reading, wanted

APRIL, MAY = month(2011, 4), month(2011, 5)
BURGLARY = wanted("residential burglary", "burglary in a dwelling")
REGISTRY = AreaRegistry(AREAS, HOME.id)


def test_a_ward_beside_a_borough_that_has_none_of_the_name_is_a_place_in_that_borough() -> None:
    third = area("Eastmere", code="E09000097")
    registry = AreaRegistry((*AREAS[:3], third), HOME.id)
    assert registry.place(("Mill End", "Eastmere"), None).area == third
    assert registry.place(("Mill End", "Northmere"), None).area == MILL


def test_an_unknown_code_is_never_the_home_area() -> None:
    unknown = REGISTRY.place(("Northmere", "New Mill"), "E05099999")
    assert unknown.area is None
    assert unknown.unknown == "E05099999"
    assert REGISTRY.place(("Southmere", "New Mill"), "E05099999").area == OTHER


def test_a_name_that_is_no_known_area_in_a_column_of_areas_is_left_out_not_taken_for_home() -> None:
    rows = [
        (("Northmere", "Burglary in a dwelling"), {APRIL: "12"}),
        (("Southmere", "Burglary in a dwelling"), {APRIL: "99"}),
        (("Heathrow", "Burglary in a dwelling"), {APRIL: "2"}),
    ]
    head = Sheet("Data", {1: ["Borough", "Offence", "Apr-11"]})
    made = plan(reading(rows), BURGLARY, workbook=Workbook("x.xlsx", "a" * 64, FileFormat.XLSX, [head]))
    assert [one.measured.value for one in made.figures] == [12]
    assert {str(one.range): one.reason for one in made.left_out} == {
        "C3": "another area: Southmere",
        "C4": "an area that is not known: Heathrow",
    }
    assert made.ready


TWO = area("Two Mills", kind=AreaKind.WARD, parent="Northmere")


def test_a_ward_without_a_row_is_nought_once_the_officer_has_said_so() -> None:
    rows = [
        (("Northmere", "Mill End", "Burglary in a dwelling"), {APRIL: "3", MAY: "4"}),
        (("Northmere", "Mill End", "Theft"), {APRIL: "30", MAY: "40"}),
        (("Northmere", "Two Mills", "Theft"), {APRIL: "20", MAY: "21"}),
    ]
    context = PlanContext((*AREAS, TWO), HOME.id, (BURGLARY,), Profile(AGENCY), {})
    asked = plan(reading(rows), context=context)
    (question,) = asked.open_questions
    assert question.ask.startswith("residential burglary has no row for 1 of the 2 wards")
    assert {one.key.area for one in asked.figures} == {MILL.id}
    made = plan(reading(rows), context=context, answers={question.key: "zero"})
    assert {(one.key.area, one.key.period): one.measured.value for one in made.figures} == {
        (MILL.id, APRIL): 3,
        (MILL.id, MAY): 4,
        (TWO.id, APRIL): 0,
        (TWO.id, MAY): 0,
    }
    noughts = [one for one in made.figures if one.key.area == TWO.id]
    assert all(one.note.startswith("No row in the file") and not one.sources for one in noughts)
    left = plan(reading(rows), context=context, answers={question.key: "leave_out"})
    assert {one.key.area for one in left.figures} == {MILL.id}


@pytest.mark.parametrize("unit", [Unit.COUNT, None])
def test_figures_of_wards_are_not_added_up_to_the_boroughs(unit: Unit | None) -> None:
    rows = [(("Northmere", "Mill End", "Burglary in a dwelling"), {APRIL: "3"})]
    made = plan(reading(rows, unit=unit), BURGLARY)
    assert HOME.id not in {one.key.area for one in made.figures}


OLD_OAK = replace(area("Burnt Oak", kind=AreaKind.WARD, parent="Northmere"), valid_to=date(2022, 5, 4))
NEW_OAK = replace(OLD_OAK, id=named("new oak"), valid_from=date(2022, 5, 5), valid_to=None)


def test_of_two_wards_of_one_name_the_one_holds_that_existed_in_the_period() -> None:
    rows = [(("Northmere", "Burnt Oak", "Burglary in a dwelling"), {APRIL: "3", month(2023, 4): "5"})]
    context = PlanContext((*AREAS, OLD_OAK, NEW_OAK), HOME.id, (BURGLARY,), Profile(AGENCY), {})
    made = plan(reading(rows), context=context)
    assert {one.key.period: one.key.area for one in made.figures} == {APRIL: OLD_OAK.id, month(2023, 4): NEW_OAK.id}


def test_a_name_that_may_mean_two_areas_is_asked_once_and_remembered() -> None:
    twin = replace(OLD_OAK, id=named("twin"), valid_to=None)
    rows = [(("Northmere", "Burnt Oak", "Burglary in a dwelling"), {APRIL: "3", MAY: "5"})]
    context = PlanContext((*AREAS, OLD_OAK, twin), HOME.id, (BURGLARY,), Profile(AGENCY), {})
    (asked,) = plan(reading(rows), context=context).open_questions
    assert (asked.kind, len(asked.cells), asked.remembered) == (QuestionKind.AREA, 2, True)
    made = plan(reading(rows), context=context, answers={asked.key: str(twin.id)})
    assert {one.key.area for one in made.figures} == {twin.id}
    assert made.ready
    assert (asked.key, str(twin.id)) in {one[:2] for one in made.to_remember}
    left = plan(reading(rows), context=context, answers={asked.key: "leave_out"})
    assert not left.figures
    assert left.ready
