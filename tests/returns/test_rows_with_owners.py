"""Rows that belong to the row above them bear its name: limits, widths, sample sizes, rates under their counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scs_desktop.domain.figures import Unit
from scs_desktop.returns.notation.numbers import read_number
from scs_desktop.returns.records import Rule
from scs_desktop.returns.tables.owners import is_interval
from tests.returns.test_unseen_layouts import Rows, figures, reading_of


def names(rows: Rows) -> dict[str, list[str]]:
    return {cell: [label.text for label in record.labels] for cell, record in figures(reading_of(("S", rows))).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lower 95% confidence interval", True),
        ("95% CI lower", True),
        ("Upper CI", True),
        ("LCI", True),
        ("Lower", True),
        ("±", True),
        ("+/- 3 points", True),
        ("Margin of error", True),
        ("Upper Norwood", False),
        ("Lower Edmonton ward", False),
        ("High", False),
        ("Confidence in the police", False),
        ("Burglary", False),
    ],
)
def test_the_names_of_limits(text: str, expected: bool) -> None:
    assert is_interval(text) == expected


def test_limits_bear_the_name_and_the_unit_of_the_row_above() -> None:
    rows: Rows = [
        ["% who feel safe"],
        ["Area", "2010/11", "2011/12"],
        ["Barnet", 45.1, 46.2],
        ["Lower 95% CI", 40.1, 41.2],
        ["Upper 95% CI", 50.1, 51.2],
        ["Brent", 35.1, 36.2],
        ["Lower 95% CI", 30.1, 31.2],
        ["Upper 95% CI", 40.1, 41.2],
    ]

    reading = reading_of(("S", rows))

    found = figures(reading)
    assert [label.text for label in found["C8"].labels][-2:] == ["Brent", "Upper 95% CI"]
    assert {found[cell].unit for cell in ("B3", "B4", "C8")} == {Unit.PERCENT}
    assert not [problem for problem in reading.problems if problem.rule is Rule.LABEL_TWICE]


def test_what_comes_again_under_each_name_belongs_to_it() -> None:
    found = names(
        [
            ["Offence", "2010/11", "2011/12"],
            ["Burglary", 45, 46],
            ["Rate per 1,000", 4.1, 4.2],
            ["Base (n)", 401, 402],
            ["Robbery", 35, 36],
            ["Rate per 1,000", 3.1, 3.2],
            ["Base (n)", 301, 302],
        ]
    )

    assert (found["B3"], found["B7"]) == (["Burglary", "Rate per 1,000"], ["Robbery", "Base (n)"])


def test_rows_that_come_again_without_an_order_stay_as_they_are() -> None:
    found = names(
        [
            ["Offence", "2010/11"],
            ["Violence", 45],
            ["Theft", 41],
            ["Other", 4],
            ["Drugs", 35],
            ["Fraud", 5],
            ["Other", 3],
        ]
    )

    assert found["B4"] == ["Other"]


def test_one_sample_size_at_the_foot_is_of_the_whole_table() -> None:
    found = names([["How safe?", "2010/11"], ["Very", 45], ["Fairly", 35], ["Base (n)", 1001]])

    assert found["B4"][-1] == "Base (n)"
    assert "Fairly" not in found["B4"]


@pytest.mark.parametrize(
    ("text", "value"), [("45.2 ± 3.1", "45.2"), ("45% +/- 3", "45"), ("±3.1", "3.1"), ("1,234 ± 50", "1234")]
)
def test_the_width_behind_a_figure_is_no_part_of_it(text: str, value: str) -> None:
    found = read_number(text)

    assert found is not None
    assert found.value == Decimal(value)


def test_hours_across_are_heads_and_no_figures() -> None:
    rows: Rows = [["Calls by hour, June 2012"], ["Day", *range(24)], ["Mon", *range(5, 29)], ["Tue", *range(7, 31)]]

    found = figures(reading_of(("S", rows)))

    assert min(record.row for record in found.values()) == 3
    assert "5" in {label.text for label in found["G3"].labels}


def test_a_unit_beneath_a_head_does_not_make_its_column_numbers_of_rows() -> None:
    rows: Rows = [["2011/12"], ["Borough", "Burglary", "Burglary"], ["", "no.", "per 1,000"], ["Barnet", 41, 4.1]]

    found = figures(reading_of(("S", rows)))

    assert (found["B4"].unit, found["C4"].unit) == (Unit.COUNT, Unit.RATE)


def test_how_many_were_asked_is_not_what_is_counted() -> None:
    rows: Rows = [
        ["October 2012: % agreeing"],
        ["Statement", "Men (n=490)", "Women (n=512)"],
        ["Safe", 61, 58],
        ["n=", 490, 512],
    ]

    found = figures(reading_of(("S", rows)))

    assert (found["B3"].unit, found["B4"].unit) == (Unit.PERCENT, Unit.COUNT)


def test_a_sample_size_left_over_from_the_table_above_is_no_unit() -> None:
    rows: Rows = [
        ["2011/12", "Men", "Women"],
        ["Very safe", 45, 46],
        [None, 610, 640],
        ["Sample size"],
        [],
        ["Marital status", "Single", "Widowed"],
        ["Lonely", 10.2, 2.3],
        ["Lower 95% CI", 6.4, 0.7],
    ]

    found = figures(reading_of(("S", rows)))

    assert (found["B7"].unit, found["C8"].unit) == (None, None)


def test_a_year_to_come_is_asked_about_and_is_no_figure() -> None:
    across = reading_of(("S", [["Area", "2010", "2011", "2066"], ["Barnet", 12, 13, 14], ["Brent", 2, 3, 4]]))
    down = reading_of(("S", [["ID", "Year", "Quarter", "Value"], [91, 2066, "-1", 35.3], [92, 2066, "-1", 36.1]]))

    assert sorted(figures(across)) == ["B2", "B3", "C2", "C3", "D2", "D3"]
    assert sorted(figures(down)) == ["D2", "D3"]
    for reading, where in ((across, "D1"), (down, "B2:B3")):
        assert where in {str(one.range) for one in reading.problems if one.rule is Rule.DATE_OUT_OF_RANGE}
