"""Layouts of public bodies' tables that are easily misread: ages like years, pooled years, heads that repeat."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

import pytest

from scs_desktop.domain.figures import Unit
from scs_desktop.returns.grid import CellValue, FileFormat, Sheet, Workbook, address
from scs_desktop.returns.reading import read_grid
from scs_desktop.returns.records import Reading, Record, Rule

Rows = list[list[CellValue]]


def reading_of(*sheets: tuple[str, Rows], formats: dict[tuple[int, int], str] | None = None) -> Reading:
    made = [
        Sheet(name, {number: row for number, row in enumerate(rows, start=1) if row}, formats or {})
        for name, rows in sheets
    ]
    return read_grid(Workbook("return.xlsx", "0" * 64, FileFormat.XLSX, made))


def figures(reading: Reading) -> dict[str, Record]:
    return {address(record.row, record.column): record for record in reading.records}


def dates(record: Record) -> tuple[str, str] | None:
    return None if record.period is None else (record.period.start.isoformat(), record.period.end.isoformat())


YEAR_11 = ("2011-04-01", "2012-03-31")


@dataclass(frozen=True)
class Layout:
    """Rows, and of some cells the days they are of."""

    name: str
    rows: Rows
    when: dict[str, tuple[str, str]]
    labels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sheet: str = "Sheet1"


LAYOUTS = [
    Layout(
        "ages across are no financial years",
        [
            ["First time entrants, 2011/12"],
            [],
            ["Sex", "10-11", "12-13", "14-15"],
            ["Male", 4, 9, 21],
            ["Female", 1, 3, 8],
        ],
        {"B4": YEAR_11, "C4": YEAR_11, "D5": YEAR_11},
        {"C4": ("12-13", "Male")},
    ),
    Layout(
        "ages down beside wider bands are no financial years",
        [["Victims, 2011"], [], ["Age", "Victims"], ["10-11", 12], ["11-12", 9], ["18-24", 61], ["25+", 140]],
        {"B4": ("2011-01-01", "2011-12-31"), "B5": ("2011-01-01", "2011-12-31")},
        {"B5": ("11-12", "Victims")},
    ),
    Layout(
        "short financial years that follow each other are years",
        [["Area", "09-10", "10-11", "11-12"], ["Barnet", 41, 44, 40], ["Brent", 61, 58, 66]],
        {"B2": ("2009-04-01", "2010-03-31"), "D3": YEAR_11},
    ),
    Layout(
        "pooled calendar years are no months",
        [["Area", "2008-10", "2009-11", "2010-12"], ["Barnet", 34.1, 35.2, 33.8], ["Brent", 44.5, 41.2, 46.0]],
        {"B2": ("2008-01-01", "2010-12-31"), "D3": ("2010-01-01", "2012-12-31")},
    ),
    Layout(
        "pooled years with spaces in a column",
        [["Area", "Time period", "Value"], ["Barnet", "2010 - 12", 34.1], ["Brent", "2010 - 12", 31.2]],
        {"C2": ("2010-01-01", "2012-12-31")},
    ),
    Layout(
        "pooled financial years",
        [["Area", "2008/09 - 10/11", "2009/10 - 11/12"], ["Barnet", 34.1, 35.2], ["Brent", 44.5, 41.2]],
        {"B2": ("2008-04-01", "2011-03-31"), "C3": ("2009-04-01", "2012-03-31")},
    ),
    Layout(
        "years run together under a time head are academic years where a column says so",
        [
            ["time_period", "time_identifier", "la_name", "headcount", "absence_percent"],
            [201112, "Academic year", "Barnet", 1250, 4.25],
            [201213, "Academic year", "Barnet", 1310, 4.5],
        ],
        {"D2": ("2011-09-01", "2012-08-31"), "E3": ("2012-09-01", "2013-08-31")},
    ),
    Layout(
        "an academic year in the title holds for the heads",
        [
            ["Exclusions, academic year 2010/11 to 2011/12"],
            ["Reason", "2010/11", "2011/12"],
            ["Assault", 14, 12],
            ["Theft", 9, 4],
        ],
        {"B3": ("2010-09-01", "2011-08-31"), "C4": ("2011-09-01", "2012-08-31")},
    ),
    Layout(
        "a change between calendar years is of no financial year",
        [["Ward", 2009, 2010, 2011, "Change 2010 to 2011"], ["North", 61, 63, 66, 3], ["South", 51, 55, 52, -3]],
        {"C2": ("2010-01-01", "2010-12-31"), "E2": ("2010-01-01", "2011-12-31")},
    ),
    Layout(
        "the year of months stands on the tab",
        [["Ward", "Apr", "May", "Jan"], ["North", 31, 34, 29], ["South", 41, 38, 44]],
        {"B2": ("2010-04-01", "2010-04-30"), "D3": ("2011-01-01", "2011-01-31")},
        sheet="2010-11",
    ),
    Layout(
        "figures of earlier months and years",
        [
            ["Dashboard: November 2012"],
            [],
            ["Measure", "This month", "Last month", "Same month last year"],
            ["Calls", 61, 58, 70],
        ],
        {
            "B4": ("2012-11-01", "2012-11-30"),
            "C4": ("2012-10-01", "2012-10-31"),
            "D4": ("2011-11-01", "2011-11-30"),
        },
    ),
    Layout(
        "a year to date under its quarter",
        [
            ["Return 2012/13"],
            [],
            ["", "Quarter 1", "", "Quarter 2", ""],
            ["Measure", "In quarter", "Year to date", "In quarter", "Year to date"],
            ["Graffiti", 61, 61, 58, 119],
            ["Needles", 14, 14, 11, 25],
        ],
        {"D5": ("2012-07-01", "2012-09-30"), "E5": ("2012-04-01", "2012-09-30")},
    ),
    Layout(
        "a month's year to date",
        [["Measure", "2011/12", "Sep-12 YTD"], ["Burglary", 512, 260], ["Robbery", 84, 40]],
        {"B2": YEAR_11, "C2": ("2012-04-01", "2012-09-30")},
    ),
    Layout(
        "the months of a financial year in one head with it",
        [["Measure", "2010/11 YTD to Dec", "2011/12 (Apr-Dec)"], ["Burglary", 512, 460], ["Robbery", 84, 80]],
        {"B2": ("2010-04-01", "2010-12-31"), "C3": ("2011-04-01", "2011-12-31")},
    ),
    Layout(
        "names that machines give to columns",
        [["area_name", "crime_2010_11", "crime_2011_12"], ["Barnet", 19324, 20312], ["Brent", 18043, 17011]],
        {"B2": ("2010-04-01", "2011-03-31"), "C3": YEAR_11},
    ),
    Layout(
        "a second table's numbered title is no row of figures",
        [
            ["Table 1: CCTV incidents, 2011/12"],
            ["Camera", "Incidents", "Arrests"],
            ["North", 61, 4],
            ["South", 48, 6],
            ["Source: control room"],
            [],
            ["Table 2: CCTV costs, 2012/13"],
            ["Item", "Budget (£)", "Spend (£)"],
            ["Upkeep", 55000, 53000],
        ],
        {"B3": YEAR_11, "B9": ("2012-04-01", "2013-03-31")},
        {"B9": ("Budget (£)", "Upkeep")},
    ),
    Layout(
        "a head with a quarter and a name is no pair of figures",
        [["Ward", "Cases Q1 2012/13", "Cases Q2 2012/13"], ["North", 31, 29], ["South", 24, 25]],
        {"B2": ("2012-04-01", "2012-06-30"), "C3": ("2012-07-01", "2012-09-30")},
        {"B2": ("Cases Q1 2012/13", "North")},
    ),
    Layout(
        "a head printed again stands under the first title",
        [["By ward 2011/12"], ["Ward", "Burglary"], ["North", 31], ["South", 29], ["Ward", "Burglary"], ["East", 24]],
        {"B3": YEAR_11, "B6": YEAR_11},
    ),
    Layout(
        "the period stands over the row names",
        [["Year ending 31 March 2012", "Number"], ["All victims", 900], ["of which: repeat victims", 120]],
        {"B2": YEAR_11, "B3": YEAR_11},
    ),
    Layout(
        "particulars above the table say the quarter",
        [
            ["Quarterly return"],
            ["Agency:", "Probation"],
            ["Quarter:", "Q3 2012/13"],
            ["Completed by:", "A Smith"],
            [],
            ["Indicator", "Figure", "Comment"],
            ["Offenders in the cohort", 47, "up"],
            ["Orders completed", 61, "down"],
        ],
        {"B7": ("2012-10-01", "2012-12-31")},
    ),
]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_figures_are_of_the_days_that_the_sheet_says(layout: Layout) -> None:
    found = figures(reading_of((layout.sheet, layout.rows)))

    assert {cell: dates(found[cell]) for cell in layout.when} == layout.when
    for cell, labels in layout.labels.items():
        assert set(labels) <= {label.text for label in found[cell].labels}


def test_a_question_over_its_answers_names_them() -> None:
    rows: Rows = [
        ["Residents survey 2012"],
        [],
        ["How safe do you feel after dark?", "Men", "Women"],
        ["Very safe", 0.31, 0.22],
        ["Unsafe", 0.12, 0.25],
    ]

    found = figures(reading_of(("Tables", rows), formats={(row, column): "0%" for row in (4, 5) for column in (2, 3)}))

    assert "How safe do you feel after dark?" in {label.text for label in found["C5"].labels}
    assert (found["C5"].value, found["C5"].unit) == (Decimal(25), Unit.PERCENT)


def test_a_percent_sign_set_as_a_letter_leaves_the_number_as_it_is() -> None:
    rows: Rows = [["Ward", "2010/11", "2011/12"], ["North", 62, 58], ["South", 41, 44]]

    found = figures(reading_of(("S", rows), formats={(2, 2): '0"%"'}))

    assert (found["B2"].value, found["B2"].unit) == (Decimal(62), Unit.PERCENT)


def test_a_title_of_numbers_and_rates_leaves_the_unit_to_the_columns() -> None:
    rows: Rows = [
        ["Hospital stays 2011/12: numbers and rates per 100,000"],
        ["Area", "Admissions", "Rate"],
        ["Barnet", 412, 121.4],
        ["Brent", 388, 118.9],
    ]

    found = figures(reading_of(("S", rows)))

    assert (found["B3"].unit, found["C3"].unit) == (Unit.COUNT, Unit.RATE)


def test_a_column_where_only_marks_stand_is_still_of_counts() -> None:
    rows: Rows = [["Claimants 2011"], ["Age", "Men", "Women"], ["16 to 24", 120, 131], ["Not known", "..", ".."]]

    found = figures(reading_of(("S", rows)))

    assert found["B4"].unit is Unit.COUNT
    assert found["B4"].value is None


def test_noughts_for_months_to_come_are_asked_about_once() -> None:
    months = [f"{name}-12" for name in ("Apr", "May", "Jun", "Jul", "Aug", "Sep")]
    rows: Rows = [["Offence", *months], ["Burglary", 41, 44, 39, 47, 0, 0], ["Robbery", 61, 58, 66, 60, 0, 0]]

    asked = [problem for problem in reading_of(("S", rows)).problems if problem.rule is Rule.PLACEHOLDER]

    assert [str(problem.range) for problem in asked] == ["F2:G3"]


def test_two_sheets_that_differ_in_one_figure_are_asked_about() -> None:
    def sheet(title: str, last: int) -> Rows:
        return [
            [title],
            ["Measure", "Q1 2012/13", "Q2 2012/13"],
            ["Knives", 61, 58],
            ["Guns", 12, 14],
            ["Gangs", 21, last],
        ]

    reading = reading_of(("Summary", sheet("Summary", 91)), ("Detail", sheet("By month", 19)))

    asked = [problem for problem in reading.problems if problem.rule is Rule.SHEETS_DISAGREE]
    assert [(problem.sheet, str(problem.range)) for problem in asked] == [("Summary", "C5")]
    assert "digits swapped" in asked[0].sentence


def test_a_total_named_with_its_year_is_added_up() -> None:
    rows: Rows = [
        ["Offence", "Q1 2011/12", "Q2 2011/12", "Total 2011/12"],
        ["Burglary", 41, 44, 85],
        ["Robbery", 31, 28, 59],
        ["Theft", 61, 66, 227],
        ["Drugs", 11, 12, 23],
    ]

    asked = [problem for problem in reading_of(("S", rows)).problems if problem.rule is Rule.SUM_DIFFERS]

    assert [str(problem.range) for problem in asked] == ["D4"]


def test_the_total_of_totals_is_of_the_whole_time() -> None:
    rows: Rows = [["Calls by ward"], ["Month", "North", "South", "Borough total"]]
    rows += [
        [f"{name} 2012", count, count + 2, 2 * count + 2] for name, count in (("Apr", 31), ("May", 28), ("Jun", 35))
    ]
    rows.append(["Total", 94, 100, 194])

    found = figures(reading_of(("S", rows)))

    assert {dates(found[cell]) for cell in ("B6", "C6", "D6")} == {("2012-04-01", "2012-06-30")}


def test_the_total_of_months_under_years_is_of_those_months_in_each_year() -> None:
    rows: Rows = [["Month", "2010", "2011"], ["Jan", 31, 32], ["Feb", 30, 29], ["Mar", 41, 42], ["Total", 102, 103]]

    found = figures(reading_of(("S", rows)))

    assert [dates(found[cell]) for cell in ("B5", "C5")] == [("2010-01-01", "2010-03-31"), ("2011-01-01", "2011-03-31")]


def test_the_numbers_of_notes_are_no_figures() -> None:
    rows: Rows = [["Note number", "Note text"], [1, "Fraud is counted elsewhere."], [2, "Figures are provisional."]]

    reading = reading_of(("Notes", rows))

    assert reading.records == []
    assert {str(left.range) for left in reading.left_out}


def test_the_numbers_of_a_contents_page_are_no_figures() -> None:
    rows: Rows = [
        ["Contents"],
        [],
        ["Section", "Subject"],
        ["1.1", "Offences by ward"],
        ["1.2", "Offences by month"],
        ["1.3", "Offences by hour"],
        ["2.1", "Victims by age"],
        ["2.2", "Victims by sex"],
    ]

    assert reading_of(("Contents", rows)).records == []


def test_heads_before_the_month_in_the_title_are_asked_about() -> None:
    rows: Rows = [
        ["Return for Quarter 3 2012/13"],
        [],
        ["Measure", "Jul-12", "Aug-12", "Sep-12"],
        ["Calls", 61, 58, 66],
    ]

    asked = [problem for problem in reading_of(("S", rows)).problems if problem.rule is Rule.PERIOD_SEQUENCE]

    assert [str(problem.range) for problem in asked] == ["B3"]


def test_a_place_named_upper_or_lower_is_no_limit_of_an_interval() -> None:
    rows: Rows = [["Ward", "2010/11", "2011/12"], ["Upper Norwood", 62, 58], ["Lower limit", 4.1, 4.4]]

    found = figures(reading_of(("S", rows)))

    assert (found["B2"].unit, found["B3"].unit) == (Unit.COUNT, None)


def test_a_page_number_and_an_extension_under_a_table_are_no_figures() -> None:
    rows: Rows = [
        ["Noise 2011/12"],
        ["Ward", "Complaints"],
        ["North", 62],
        ["South", 58],
        [],
        ["Page", 1],
        ["Extension", 2345],
    ]

    reading = reading_of(("S", rows))

    assert sorted(figures(reading)) == ["B3", "B4"]
    assert {"B6", "B7"} <= {
        address(row, left.range.left)
        for left in reading.left_out
        for row in range(left.range.top, left.range.bottom + 1)
    }
