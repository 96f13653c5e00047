"""Time that one cell alone does not tell: years to date, rolling months, days that head months, “2010-12”."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.periods import add_months, month_end
from scs_desktop.returns.records import Rule
from tests.returns.test_unseen_layouts import Rows, dates, figures, reading_of

NOWHERE = ("", "")


@dataclass(frozen=True)
class Case:
    """Rows, of some cells the days they are of (NOWHERE: none), and the cells asked about."""

    name: str
    rows: Rows
    when: dict[str, tuple[str, str]]
    asked: set[str] = field(default_factory=set)
    sheet: str = "Sheet1"


CASES = [
    Case(
        "weeks as ISO 8601 counts them",
        [["Ward", "2012-W14", "2012-W15"], ["Hale", 12, 13]],
        {"C2": ("2012-04-09", "2012-04-15")},
    ),
    Case(
        "a week of a year may be counted from April",
        [["Ward", "Week 14 2012", "Week 15 2012"], ["Hale", 12, 13]],
        {"C2": ("2012-04-09", "2012-04-15")},
        {"B1"},
    ),
    Case(
        "days a week apart under a title of weeks",
        [["Calls (week commencing)"], ["Ward", "02/04/2012", "09/04/2012", "16/04/2012"], ["Hale", 12, 13, 9]],
        {"C3": ("2012-04-09", "2012-04-15")},
    ),
    Case(
        "days a week apart are asked about",
        [["Date", "Calls"], ["02/04/2012", 12], ["09/04/2012", 13], ["16/04/2012", 9]],
        {"B3": ("2012-04-09", "2012-04-09")},
        {"A2"},
    ),
    Case(
        "days written month first",
        [["Date", "Calls"], ["04/08/2012", 12], ["04/15/2012", 13], ["04/22/2012", 9]],
        {"B2": ("2012-04-08", "2012-04-08"), "B3": ("2012-04-15", "2012-04-15")},
        {"A2"},
    ),
    Case(
        "a sheet's name gives the month of the title's year",
        [["Noise complaints 2012/13"], [], ["Ward", "Complaints"], ["Hale", 12], ["Oak", 13]],
        {"B4": ("2012-05-01", "2012-05-31")},
        sheet="May",
    ),
    Case(
        "a quarter and its year that stand apart in a title",
        [["Quarter 2 performance report 2012/13"], ["Measure", "Actual"], ["Thefts", 12], ["Fires", 13]],
        {"B3": ("2012-07-01", "2012-09-30")},
    ),
    Case(
        "bare years under a title of years ending March",
        [["Offences, years ending March 2011 to March 2012"], ["Offence", "2011", "2012"], ["Robbery", 12, 13]],
        {"B3": ("2010-04-01", "2011-03-31"), "C3": ("2011-04-01", "2012-03-31")},
    ),
    Case(
        "a band that became a date is no time",
        [["2011/12"], ["Age", "Victims"], ["0-9", 12], [date(2012, 12, 10), 13], ["13-17", 8], ["25+", 9]],
        {"B3": ("2011-04-01", "2012-03-31"), "B4": ("2011-04-01", "2012-03-31")},
        {"A4"},
    ),
    Case(
        "dates beside suppressed ranges are times",
        [["Month", "Calls", "Cases"], [date(2012, 4, 1), 31, "1-4"], [date(2012, 5, 1), 32, "1-4"]],
        {"B2": ("2012-04-01", "2012-04-30"), "C3": ("2012-05-01", "2012-05-31")},
    ),
    Case(
        "months counted from the year's start",
        [["Budget 2012/13"], ["Service", "Month 1", "Month 2", "Month 3", "Month 4"], ["CCTV", 31, 32, 33, 35]],
        {"B3": ("2012-04-01", "2012-04-30"), "E3": ("2012-07-01", "2012-07-31")},
    ),
    Case(
        "P1 to P4 are asked about",
        [["Budget 2012/13"], ["Service", "P1", "P2", "P3", "P4"], ["CCTV", 31, 32, 33, 35]],
        {"C3": ("2012-05-01", "2012-05-31")},
        {"B2"},
    ),
    Case(
        "cumulative to a quarter",
        [["YOT 2012/13"], ["Measure", "Q1", "Cumulative to Q2", "Cumulative to Q3"], ["Orders", 31, 62, 93]],
        {"B3": ("2012-04-01", "2012-06-30"), "C3": ("2012-04-01", "2012-09-30"), "D3": ("2012-04-01", "2012-12-31")},
    ),
    Case(
        "short years to date end with the title's month",
        [["Performance to end November 2012"], ["KPI", "YTD 11/12", "12/13 YTD"], ["Thefts", 310, 320]],
        {"B3": ("2011-04-01", "2011-11-30"), "C3": ("2012-04-01", "2012-11-30")},
    ),
    Case(
        "a title of a quarter over years is asked about",
        [["Quarter 3 (October to December)"], ["Offence", "2011/12", "2012/13"], ["Burglary", 41, 52]],
        {},
        {"B2"},
    ),
    Case(
        "a year that is not over is asked about",
        [["Performance to December 2012"], ["Offence", "2011/12", "2012/13"], ["Burglary", 410, 320]],
        {},
        {"B2"},
    ),
    Case(
        "a title that ends with the last year's end asks nothing",
        [["Offences to March 2013"], ["Offence", "2011/12", "2012/13"], ["Burglary", 410, 320]],
        {"C3": ("2012-04-01", "2013-03-31")},
    ),
    Case(
        "a title of a month over years is asked about",
        [["Burglary in December"], ["Ward", "2011", "2012"], ["Hale", 41, 52]],
        {},
        {"B2"},
    ),
    Case(
        "the number of a question is no quarter",
        [["Q3. Do you feel safe? 2011/12"], ["Answer", "Men"], ["Yes", 12], ["No", 13]],
        {"B3": ("2011-04-01", "2012-03-31")},
    ),
    Case(
        "quarters together take their year from the title",
        [["Treatment 2012/13"], ["Measure", "Q1", "Q1-Q2", "Q1-Q3"], ["Starts", 12, 23, 35]],
        {"C3": ("2012-04-01", "2012-09-30"), "D3": ("2012-04-01", "2012-12-31")},
    ),
    Case(
        "a quarter with its months beside its year",
        [["Measure", "2012 Q1 (Jan-Mar)", "2012 Q2 (Apr-Jun)"], ["Starts", 12, 23]],
        {"C2": ("2012-04-01", "2012-06-30")},
    ),
    Case(
        "a title of a part of the year over years is asked about",
        [["April to September 2012 compared with 2011"], ["Offence", "2011", "2012"], ["Burglary", 4, 5]],
        {"C3": ("2012-01-01", "2012-12-31")},
        {"B2"},
    ),
    Case(
        "the day a case was opened is no time of its figures",
        [["Ward", "Date opened", "Visits 2011/12"], ["Hale", "03/05/2011", 12], ["Oak", "07/06/2011", 13]],
        {"C2": ("2011-04-01", "2012-03-31")},
    ),
    Case(
        "last year to date is the same months a year before",
        [["Dashboard - December 2012"], ["Measure", "YTD", "Last YTD", "Same month last year"], ["Thefts", 90, 80, 9]],
        {
            "B3": ("2012-04-01", "2012-12-31"),
            "C3": ("2011-04-01", "2011-12-31"),
            "D3": ("2011-12-01", "2011-12-31"),
        },
    ),
    Case(
        "a title says that the quarters are cumulative, and they rise",
        [["Burglary (cumulative) 2011/12"], [], ["Ward", "Q1", "Q2", "Q3"], ["Hale", 5, 9, 16], ["Oak", 4, 4, 7]],
        {"B4": ("2011-04-01", "2011-06-30"), "C4": ("2011-04-01", "2011-09-30"), "D5": ("2011-04-01", "2011-12-31")},
    ),
    Case(
        "a title says year to date over months down the rows",
        [["Burglary, year to date"], ["Month", "Offences"], ["Apr-11", 10], ["May-11", 15], ["Jun-11", 22]],
        {"B4": ("2011-04-01", "2011-05-31"), "B5": ("2011-04-01", "2011-06-30")},
    ),
    Case(
        "figures that fall are not cumulative, whatever the title says",
        [["Burglary (cumulative) 2011/12"], ["Month", "Offences"], ["April", 10], ["May", 5], ["June", 16]],
        {"B4": ("2011-05-01", "2011-05-31")},
        {"A1"},
    ),
    Case(
        "a title that speaks of both says nothing of the months",
        [["Monthly and cumulative figures 2012/13"], ["Measure", "Apr", "May", "YTD"], ["Thefts", 10, 22, 32]],
        {"C3": ("2012-05-01", "2012-05-31"), "D3": ("2012-04-01", "2012-05-31")},
    ),
    Case(
        "cumulative over a calendar year runs from January",
        [["Thefts (cumulative) 2011"], ["Ward", "Jan", "Feb", "Mar", "Apr"], ["Hale", 10, 22, 35, 44]],
        {"C3": ("2011-01-01", "2011-02-28"), "E3": ("2011-01-01", "2011-04-30")},
    ),
    Case(
        "one row of several says that it is cumulative",
        [["Measure", "Apr-11", "May-11", "Jun-11"], ["Thefts", 5, 9, 6], ["Thefts (cumulative)", 5, 14, 20]],
        {"C2": ("2011-05-01", "2011-05-31"), "C3": ("2011-04-01", "2011-05-31"), "D3": ("2011-04-01", "2011-06-30")},
    ),
    Case(
        "a row to date that falls is asked about",
        [["Measure", "Apr-11", "May-11", "Jun-11"], ["Thefts", 5, 9, 6], ["Thefts YTD", 5, 14, 12]],
        {"D3": ("2011-04-01", "2011-06-30")},
        {"D3"},
    ),
    Case(
        "a quarter to date takes its year from the title",
        [["Burglary 2011/12"], ["Ward", "Q1", "Q2 (YTD)"], ["Hale", 5, 9]],
        {"B3": ("2011-04-01", "2011-06-30"), "C3": ("2011-04-01", "2011-09-30")},
    ),
    Case(
        "a year to date without an end is asked about",
        [["Measure", "2011/12 YTD", "2012/13 YTD"], ["Burglary", 10, 22]],
        {},
        {"B1", "C1"},
    ),
    Case(
        "a year to date ends with the month that the title names",
        [["Performance to December 2012"], ["Measure", "2011/12 YTD", "2012/13 YTD"], ["Burglary", 10, 22]],
        {"B3": ("2011-04-01", "2011-12-31"), "C3": ("2012-04-01", "2012-12-31")},
    ),
    Case(
        "months are counted back from the month of the title",
        [["Crime, June 2012"], ["Offence", "Latest three months", "Last 12 months"], ["Burglary", 12, 43]],
        {"B3": ("2012-04-01", "2012-06-30"), "C3": ("2011-07-01", "2012-06-30")},
    ),
    Case(
        "months counted back from no day are asked about",
        [["Crime 2012/13"], ["Offence", "Last 12 months", "This month", "Last month"], ["Burglary", 120, 13, 11]],
        {"B3": NOWHERE, "C3": NOWHERE, "D3": NOWHERE},
        {"B2", "C2", "D2"},
    ),
    Case(
        "a row of rolling months among rows of months",
        [["Measure", "Apr-12", "May-12"], ["Burglary", 12, 13], ["Burglary, rolling 12 months", 120, 130]],
        {"B2": ("2012-04-01", "2012-04-30"), "B3": ("2011-05-01", "2012-04-30")},
    ),
    Case(
        "2010-12 alone is asked about",
        [["Area", "Period", "Value"], ["Barnet", "2010-12", 12.3], ["Brent", "2010-12", 13.4]],
        {},
        {"B2"},
    ),
    Case(
        "2010-12 among financial years is three years",
        [["Area", "2009/10", "2010/11", "2010-12"], ["Barnet", 12.3, 12, 11]],
        {"D2": ("2010-01-01", "2012-12-31")},
    ),
    Case(
        "2010-12 among months is December",
        [["Area", "Nov-10", "2010-12", "Jan-11"], ["Barnet", 12, 13, 11]],
        {"C2": ("2010-12-01", "2010-12-31")},
    ),
    Case(
        "2010-12 under “Month” is December",
        [["Month", "Area", "Value"], ["2010-12", "Barnet", 12], ["2010-12", "Brent", 13]],
        {"C2": ("2010-12-01", "2010-12-31")},
    ),
    Case(
        "month ends in step are months",
        [["Area", "31/01/2012", "29/02/2012", "31/03/2012"], ["Barnet", 12, 13, 11]],
        {"C2": ("2012-02-01", "2012-02-29")},
    ),
    Case(
        "month ends a quarter apart are quarters",
        [["Date", "Offences"], ["31 March 2012", 12], ["30 June 2012", 13], ["30 September 2012", 11]],
        {"B3": ("2012-04-01", "2012-06-30")},
    ),
    Case(
        "stocks are counted on the day",
        [["Caseload as at:"], ["Date", "Cases"], ["31/03/2012", 12], ["30/06/2012", 13]],
        {"B4": ("2012-06-30", "2012-06-30")},
    ),
    Case(
        "one month end alone is asked about",
        [["Area", "31/03/2012"], ["Barnet", 12], ["Brent", 13]],
        {},
        {"B1"},
    ),
    Case(
        "year ends are asked about",
        [["Area", "31/03/2011", "31/03/2012"], ["Barnet", 12, 14], ["Brent", 13, 15]],
        {},
        {"B1"},
    ),
    Case(
        "year ends under their name are years",
        [["Year ending", "Offences"], ["31/03/2011", 12], ["31/03/2012", 14]],
        {"B3": ("2011-04-01", "2012-03-31")},
    ),
    Case(
        "first days a quarter apart are asked about",
        [["Area", "01/04/2012", "01/07/2012"], ["Barnet", 12, 14], ["Brent", 13, 15]],
        {},
        {"B1"},
    ),
    Case(
        "first and last days make stretches",
        [["From", "To", "Offences"], ["01/04/2012", "30/06/2012", 12], ["01/07/2012", "30/09/2012", 3]],
        {"C3": ("2012-07-01", "2012-09-30")},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_neighbours_tell_or_the_officer_is_asked(case: Case) -> None:
    reading = reading_of((case.sheet, case.rows))

    found = figures(reading)
    assert {cell: dates(found[cell]) or NOWHERE for cell in case.when} == case.when
    about_time = {Rule.NO_PERIOD, Rule.UNREADABLE_PERIOD, Rule.CUMULATIVE_SUMMED, Rule.AMBIGUOUS_LAYOUT}
    asked = {str(problem.range).split(":")[0] for problem in reading.problems if problem.rule in about_time}
    assert asked >= case.asked
    assert bool(asked) == bool(case.asked)


@given(
    first=st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1)),
    step=st.sampled_from([1, 3]),
    count=st.integers(3, 9),
)
def test_month_ends_in_step_head_stretches_that_join(first: date, step: int, count: int) -> None:
    ends = [month_end(add_months(first, index * step)) for index in range(count)]
    rows: Rows = [["Date", "Offences"]]
    for index, end in enumerate(ends):
        rows.append([f"{end:%d/%m/%Y}", 10 + index])

    found = figures(reading_of(("Sheet1", rows)))

    assert [dates(found[f"B{row}"]) for row in range(2, count + 2)] == [
        (f"{add_months(end, 1 - step)}", f"{end}") for end in ends
    ]
