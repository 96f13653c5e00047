"""Numbers written with a decimal comma are told by all the cells of their column, or asked about."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.returns.grid import FileFormat, Sheet, Workbook
from scs_desktop.returns.notation.decimal_comma import Written, with_point, written
from scs_desktop.returns.reading import read_grid
from scs_desktop.returns.records import Reading, Rule
from tests.returns.test_unseen_layouts import figures, reading_of

HEAD = ["Area", "2010/11", "2011/12"]


def text_file(separator: str, *rows: list[str]) -> Reading:
    sheet = Sheet("", {number: list(row) for number, row in enumerate(rows, start=1)})
    return read_grid(Workbook("return.csv", "0" * 64, FileFormat.CSV, [sheet], separator=separator))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("41,5", Written.COMMA),
        ("1.234,5", Written.COMMA),
        ("1 234,50", Written.COMMA),
        ("0,123", Written.COMMA),
        ("1.234.567", Written.COMMA),
        ("-12,5 %", Written.COMMA),
        ("41.5", Written.POINT),
        ("1,234.5", Written.POINT),
        ("£1,234,567", Written.POINT),
        ("0.123", Written.POINT),
        ("1,234", Written.COMMA_OR_THOUSANDS),
        ("1.234", Written.THOUSANDS_OR_POINT),
        ("1234", None),
        ("31.12.2012", None),
        ("Hale, 12", None),
        ("", None),
    ],
)
def test_what_one_number_shows(text: str, expected: Written | None) -> None:
    assert written(text) is expected


@given(value=st.decimals(-999999, 999999, places=2))
def test_a_number_with_a_decimal_comma_is_the_same_with_a_point(value: Decimal) -> None:
    continental = f"{value:,.2f}".translate(str.maketrans(",.", ".,"))

    assert Decimal(with_point(continental)) == value


@dataclass(frozen=True)
class Case:
    """Rows of a text file, the values to be read, and whether the officer is asked."""

    name: str
    separator: str
    rows: list[list[str]]
    values: dict[str, str]
    asked: bool = False


CASES = [
    Case(
        "decimals in a file parted by semicolons",
        ";",
        [["Barnet", "41,5", "33,2"], ["Brent", "12,25", "9"]],
        {"B2": "41.5", "C2": "33.2", "B3": "12.25", "C3": "9"},
    ),
    Case(
        "thousands beside decimals",
        ";",
        [["Barnet", "1.234", "1.234,50"], ["Brent", "345", "900,00"]],
        {"B2": "1234", "C2": "1234.50", "B3": "345", "C3": "900.00"},
    ),
    Case("percentages", "\t", [["Barnet", "12,5 %", "9,0 %"], ["Brent", "8,5 %", ".."]], {"B2": "12.5", "B3": "8.5"}),
    Case("figures as they are written here", ";", [["Barnet", "1,234.5", "12.5"]], {"B2": "1234.5", "C2": "12.5"}),
    Case("thousands beside points", "\t", [["Barnet", "1,234", "12.5"]], {"B2": "1234", "C2": "12.5"}),
    Case("only “1,234” after semicolons", ";", [["Barnet", "1,234", "2,345"]], {"B2": "1234"}, asked=True),
    Case("“1.234” beside 999", ";", [["Barnet", "1.234", "999"], ["Brent", "999", "2.345"]], {}, asked=True),
    Case("quoted commas", ",", [["Barnet", "41,5", "3,25"], ["Brent", "2,2", "1,1"]], {"B2": "41.5"}, asked=True),
    Case("both ways in a file", ";", [["Barnet", "41,5", "3.25"], ["Brent", "2,2", "1.1"]], {"B2": "41.5"}, asked=True),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_text_file(case: Case) -> None:
    reading = text_file(case.separator, HEAD, *case.rows)

    found = figures(reading)
    assert {cell: found[cell].value for cell in case.values} == {
        cell: Decimal(value) for cell, value in case.values.items()
    }
    asked = any(problem.rule is Rule.UNREADABLE_NUMBER for problem in reading.problems)
    assert asked == case.asked


def test_the_text_of_a_figure_stays_as_it_stands() -> None:
    found = figures(text_file(";", HEAD, ["Barnet", "1.234,5", "33,2"]))

    assert (found["B2"].text, found["B2"].value) == ("1.234,5", Decimal("1234.5"))


def test_texts_with_commas_in_a_workbook_are_read_and_asked_about() -> None:
    reading = reading_of(("S", [[*HEAD], ["Barnet", "12,5", "13,4"], ["Brent", "9,5", "3,4"]]))

    assert figures(reading)["B2"].value == Decimal("12.5")
    assert {str(problem.range) for problem in reading.problems} >= {"B2:B3", "C2:C3"}


def test_a_list_of_note_numbers_is_no_decimal() -> None:
    reading = reading_of(("S", [["Area", "2010/11", "Notes"], ["Barnet", 12, "1,2"], ["Brent", 9, "3,4"]]))

    assert sorted(figures(reading)) == ["B2", "B3"]
    assert not reading.problems
