"""Areas looked up the way partners write them."""

from scs_desktop.returns.registry import AreaRegistry
from tests.returns.returned import AREAS, HOME, MILL, OTHER, OTHER_MILL

REGISTRY = AreaRegistry(AREAS, HOME.id)


def test_a_borough_is_found_under_its_longer_names() -> None:
    for text in (
        "Northmere",
        "NORTHMERE",
        "London Borough of Northmere",
        "Northmere London Borough",
        "Northmere Council",
    ):
        assert REGISTRY.place((text,), None).area == HOME, text


def test_a_ward_name_is_a_key_only_inside_its_borough() -> None:
    assert REGISTRY.place(("Northmere", "Mill End"), None).area == MILL
    assert REGISTRY.place(("Southmere", "Mill End"), None).area == OTHER_MILL
    alone = REGISTRY.place(("Mill End",), None)
    assert alone.area is None
    assert set(alone.candidates) == {MILL, OTHER_MILL}


def test_a_prefix_names_the_borough() -> None:
    assert REGISTRY.place(("Northmere - Mill End",), None).area == MILL


def test_the_code_decides() -> None:
    assert REGISTRY.place(("Mill End",), "E09000098").area == OTHER


def test_an_unknown_name_is_no_area() -> None:
    assert REGISTRY.place(("Robbery",), None).area is None
