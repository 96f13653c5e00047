"""Figures, marks, units and codes as partners write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.returns.notation.areas import area_code, fineness
from scs_desktop.returns.notation.marks import legend, usual_meaning
from scs_desktop.returns.notation.numbers import read_number
from scs_desktop.returns.notation.units import format_unit, header_unit, is_pure_unit, says_outright, scale_words
from scs_desktop.returns.records import Flag, Rule

PLAIN = {
    "1,234": "1234",
    "1 234 567": "1234567",
    "12.50": "12.50",
    "-5": "-5",
    "−5": "-5",
    "+3": "3",
    ".5": "0.5",
    "20.5 %": "20.5",
    "24%": "24",
    "5 per cent": "5",
    "£1.2m": "1200000",
    "£3,400": "3400",
    "-£5": "-5",
    "£12k": "12000",
    "1234¹": "1234",
    "12*": "12",
    "5 [note 2]": "5",
    "123 (p)": "123",
    "123r": "123",
    "c. 120": "120",
    "12 days": "12",
}


@pytest.mark.parametrize("text", PLAIN)
def test_figures(text: str) -> None:
    found = read_number(text)
    assert found is not None
    assert (found.kind, found.value) == (FigureKind.NUMBER, Decimal(PLAIN[text]))
    assert found.problems == ()


def test_what_the_text_says_beside_its_figure() -> None:
    provisional, revised, about = read_number("123 (p)"), read_number("12r"), read_number("c. 120")
    assert provisional is not None
    assert revised is not None
    assert about is not None
    assert provisional.flags | revised.flags | about.flags == {Flag.PROVISIONAL, Flag.REVISED, Flag.ESTIMATED}
    percent, money = read_number("20.5 %"), read_number("£1.2m")
    assert percent is not None
    assert money is not None
    assert (percent.unit, money.unit) == (Unit.PERCENT, Unit.MONEY)


@pytest.mark.parametrize(
    ("text", "bound"), [("<5", 5), ("< 1", 1), ("fewer than 5", 5), ("less than 10", 10), ("1-4", 5), ("0 to 4", 5)]
)
def test_bounds_are_suppressed_and_no_numbers(text: str, bound: int) -> None:
    found = read_number(text)
    assert found is not None
    assert (found.kind, found.value, found.bound) == (FigureKind.SUPPRESSED, None, Decimal(bound))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("21 (1)", Rule.TWO_FIGURES),
        ("YTD – 10904 / Oct–Dec – 3584", Rule.TWO_FIGURES),
        ("12 of 34", Rule.TWO_FIGURES),
        ("(12)", Rule.UNREADABLE_NUMBER),
        ("▼ 3%", Rule.UNREADABLE_NUMBER),
        ("> 95%", Rule.UNREADABLE_NUMBER),
        ("8.48% (December 2012)", Rule.STALE),
    ],
)
def test_what_must_be_asked(text: str, rule: Rule) -> None:
    found = read_number(text)
    assert found is not None
    assert [problem.rule for problem in found.problems] == [rule]


@pytest.mark.parametrize(
    "text",
    [
        "Burglary",
        "1.1 Total crime",
        "18-24",
        "1,23",
        "12,34,56",
        "2 + households",
        "020 8359 2000",
        "(713) 853-1587",
        "00ACFX",
        "Q1",
        "",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert read_number(text) is None


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False), st.sampled_from(["", "%", " (p)", "r", "¹", "*"]))
def test_figures_both_ways(value: Decimal, behind: str) -> None:
    found = read_number(f"{value:,}{behind}")
    assert found is not None
    assert found.value == value


@given(st.text(max_size=40))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = read_number(text)
    assert found is None or (found.kind is FigureKind.NUMBER) == (found.value is not None)
    usual_meaning(text)
    header_unit(text)
    area_code(text)


MARKS = {
    "..": FigureKind.NOT_AVAILABLE,
    "–": FigureKind.NOT_AVAILABLE,
    " -": FigureKind.NOT_AVAILABLE,
    '" -"': FigureKind.NOT_AVAILABLE,
    "n/a": FigureKind.NOT_AVAILABLE,
    "NA": FigureKind.NOT_AVAILABLE,
    "*": FigureKind.SUPPRESSED,
    "[c]": FigureKind.SUPPRESSED,
    "[x]": FigureKind.NOT_AVAILABLE,
    "[z]": FigureKind.NOT_APPLICABLE,
    "NYA": FigureKind.NOT_PUBLISHED,
    "TBC": FigureKind.NOT_PUBLISHED,
    "No new data published": FigureKind.NOT_PUBLISHED,
    "not due until Apr 2012": FigureKind.NOT_PUBLISHED,
    "To be established in 2011/12": FigureKind.NOT_PUBLISHED,
    "Suppressed (small numbers)": FigureKind.SUPPRESSED,
}


@pytest.mark.parametrize("text", MARKS)
def test_marks(text: str) -> None:
    assert usual_meaning(text) is MARKS[text]


@pytest.mark.parametrize(
    "text", ["Theft, not recorded elsewhere", "Missing persons reports", "Burglary", "Due process", "12"]
)
def test_labels_are_no_marks(text: str) -> None:
    assert usual_meaning(text) is None or text.startswith("Missing")


def test_a_legend_says_what_its_marks_mean() -> None:
    notes = [
        "NYA = not yet available. Figures are provisional.",
        "'..' denotes not available; * = suppressed",
        "- not applicable",
    ]
    found = legend(notes)
    assert found["nya"] is FigureKind.NOT_PUBLISHED
    assert found[".."] is FigureKind.NOT_AVAILABLE
    assert found["*"] is FigureKind.SUPPRESSED


UNITS = {
    "Number of offences": Unit.COUNT,
    "Cases (number)": Unit.COUNT,
    "Base (n)": Unit.COUNT,
    "Sample size (rounded)": Unit.COUNT,
    "# LSOAs in worst 5%": Unit.COUNT,
    "% repeat": Unit.PERCENT,
    "Employment rate (%)": Unit.PERCENT,
    "Percentage change": Unit.PERCENT,
    "Rate per 1,000 population": Unit.RATE,
    "Crimes per 100,000": Unit.RATE,
    "Mean £": Unit.MONEY,
    "£ million": Unit.MONEY,
    "Debt to income ratio": Unit.RATIO,
    "IMD average score": None,
    "Lower 95% Confidence Interval": None,
    "Area name": None,
}


@pytest.mark.parametrize("text", UNITS)
def test_units_in_heads(text: str) -> None:
    assert header_unit(text) is UNITS[text]


def test_units_that_stand_alone_and_outright() -> None:
    assert all(
        is_pure_unit(text)
        for text in (
            "%",
            "Number",
            "Numbers",
            "Rate per 1,000 population",
            "thousands",
            "£ million",
            "Percentage change5,6",
        )
    )
    assert not any(is_pure_unit(text) for text in ("% repeat", "Number of offences", "Burglary"))
    assert says_outright("Number of offences")
    assert not says_outright("Offences")
    assert scale_words("Expenditure, £ million") == "£ million"


@pytest.mark.parametrize(
    ("number_format", "unit"),
    [
        ("0%", Unit.PERCENT),
        ("0.0 %;-0.0 %", Unit.PERCENT),
        ("£#,##0", Unit.MONEY),
        ('"£"#,##0', Unit.MONEY),
        ("#,##0", None),
        ('0"%"', None),
        ("", None),
    ],
)
def test_units_in_formats(number_format: str, unit: Unit | None) -> None:
    assert format_unit(number_format) is unit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("E09000003", "E09000003"),
        (" E05000042 ", "E05000042"),
        ("E230000118", "E23000011"),
        ("00ACFX", "00ACFX"),
        ("00AC", "00AC"),
        ("E0900000", None),
        ("Barnet", None),
        ("2011", None),
    ],
)
def test_area_codes(text: str, code: str | None) -> None:
    assert area_code(text) == code


def test_wards_are_finer_than_boroughs() -> None:
    assert fineness("E05000042") < fineness("E09000003") < fineness("E12000007")


def test_a_section_number_is_no_count_of_billions() -> None:
    assert read_number("1.1b") is None
    billions = read_number("£1.1b")
    assert billions is not None
    assert billions.value == Decimal(1_100_000_000)
