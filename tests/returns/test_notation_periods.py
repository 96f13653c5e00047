"""Periods as partners write them, read and written back."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.periods import PeriodKind, calendar_year, financial_year, month, quarter, rolling_12
from scs_desktop.returns.notation.date_cells import read_day, read_year_number
from scs_desktop.returns.notation.lengths import spoken_length
from scs_desktop.returns.notation.period_text import Shape
from scs_desktop.returns.notation.periods import read_period
from scs_desktop.returns.notation.points import full_year

WHOLE = {
    "Apr-11": ("2011-04-01", "2011-04-30"),
    "Apr 2011": ("2011-04-01", "2011-04-30"),
    "April, 2011": ("2011-04-01", "2011-04-30"),
    "Apr '11": ("2011-04-01", "2011-04-30"),
    "2011 APR": ("2011-04-01", "2011-04-30"),
    "2011M04": ("2011-04-01", "2011-04-30"),
    "04/2011": ("2011-04-01", "2011-04-30"),
    "201004": ("2010-04-01", "2010-04-30"),
    "01/04/2011": ("2011-04-01", "2011-04-30"),
    "31/03/2012": ("2012-03-31", "2012-03-31"),
    "as at 1 April 2011": ("2011-04-01", "2011-04-01"),
    "2010/11": ("2010-04-01", "2011-03-31"),
    "1999-00": ("1999-04-01", "2000-03-31"),
    "2012 - 2013": ("2012-04-01", "2013-03-31"),
    "2011/123": ("2011-04-01", "2012-03-31"),
    "FY 11/12": ("2011-04-01", "2012-03-31"),
    "2011": ("2011-01-01", "2011-12-31"),
    "2016     ->": ("2016-01-01", "2016-12-31"),
    "Mid-2016": ("2016-01-01", "2016-12-31"),
    "2012-14": ("2012-01-01", "2014-12-31"),
    "Q1 2011/12": ("2011-04-01", "2011-06-30"),
    "2011-12 Q4": ("2012-01-01", "2012-03-31"),
    "Quarter 3 2010-11": ("2010-10-01", "2010-12-31"),
    "12 months to Q2 2011/12": ("2010-10-01", "2011-09-30"),
    "Year ending March 2012": ("2011-04-01", "2012-03-31"),
    "Year ending Mar 1996": ("1995-04-01", "1996-03-31"),
    "year ending March 181,2,3": ("2017-04-01", "2018-03-31"),
    "year ending 31 March 2012": ("2011-04-01", "2012-03-31"),
    "Jan '18 to Dec '18": ("2018-01-01", "2018-12-31"),
    "Apr '11 to Mar '125, 6": ("2011-04-01", "2012-03-31"),
    "July 2012 to June 2014": ("2012-07-01", "2014-06-30"),
    "2017-10 to 2018-11": ("2017-10-01", "2018-11-30"),
    "Jan to Mar 2004": ("2004-01-01", "2004-03-31"),
    "3rd April to 3rd May 2020": ("2020-04-03", "2020-05-03"),
    "YTD Sep 2011": ("2011-04-01", "2011-09-30"),
    "w/e 10 Apr 2011": ("2011-04-04", "2011-04-10"),
    "Week commencing 04/04/2011": ("2011-04-04", "2011-04-10"),
    "academic year 2011/12": ("2011-09-01", "2012-08-31"),
    "H1 2011/12": ("2011-04-01", "2011-09-30"),
    "May 2011 [note 2]": ("2011-05-01", "2011-05-31"),
    "Crime rates per thousand population 2014/15": ("2014-04-01", "2015-03-31"),
    "Youth unemployment rate 18-24 (Dec-15)": ("2015-12-01", "2015-12-31"),
    "Change, year ending March 2017 compared with year ending March 2018": ("2017-04-01", "2018-03-31"),
}


@pytest.mark.parametrize("text", WHOLE)
def test_whole_periods(text: str) -> None:
    found = read_period(text)
    assert found is not None
    assert found.period is not None
    assert (found.period.start.isoformat(), found.period.end.isoformat()) == WHOLE[text]


PARTS = {
    "April": (Shape.MONTH, 4),
    "Sept": (Shape.MONTH, 9),
    "Jan†": (Shape.MONTH, 1),
    "Apr¹": (Shape.MONTH, 4),
    "Jan *": (Shape.MONTH, 1),
    "Q2": (Shape.QUARTER, 2),
    "Quarter 3": (Shape.QUARTER, 3),
    "Total Q1": (Shape.QUARTER, 1),
    "April actual": (Shape.MONTH, 4),
    "October - December": (Shape.MONTHS, 10),
    "Q1 (Apr-Jun)": (Shape.MONTHS, 4),
    "Year ending 31 March": (Shape.ENDING, 3),
    "Year to date": (Shape.TO_DATE, 0),
}


@pytest.mark.parametrize("text", PARTS)
def test_parts_wait_for_a_year(text: str) -> None:
    found = read_period(text)
    assert found is not None
    assert found.period is None
    assert (found.shape, found.number) == PARTS[text]


@pytest.mark.parametrize(
    "text",
    [
        "Burglary",
        "16-59 population",
        "may be used",
        "Housing Act 1996",
        "£2,011",
        "7.5/10",
        "1.1 Total crime",
        "20 8359 2000",
        "March past",
        "5%",
    ],
)
def test_what_is_no_period(text: str) -> None:
    found = read_period(text)
    assert found is None or not found.exact


def test_a_count_is_no_month() -> None:
    assert read_year_number(206708) is None
    assert read_year_number(201113) is None
    assert read_year_number(25135) is None


def test_what_a_change_is_measured_against_is_a_base() -> None:
    base = read_period("Difference from baseline (2007/08)")
    assert base is not None
    assert base.base
    opener = read_period("% change April 2017 to March 2018 compared with:")
    assert opener is not None
    assert opener.opens_base
    assert not opener.base
    plain = read_period("2010/11 baseline")
    assert plain is not None
    assert not plain.base


def test_quarters_of_one_year_are_of_the_calendar_and_in_doubt() -> None:
    found = read_period("2011 Q2")
    assert found is not None
    assert found.period is not None
    assert found.period.kind is PeriodKind.CALENDAR_QUARTER
    assert found.ambiguous


def test_real_dates_are_read_as_they_are_shown() -> None:
    day = datetime(2011, 4, 15)  # noqa: DTZ001
    assert read_day(day, "mmm-yy").period == month(2011, 4)
    assert read_day(day, "yyyy").period == calendar_year(2011)
    shown = read_day(day, "dd/mm/yyyy").period
    assert shown is not None
    assert (shown.start, shown.end) == (date(2011, 4, 15), date(2011, 4, 15))


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Rolling 12 months to:", 12),
        ("12 months ending", 12),
        ("Years ending 31 March", 12),
        ("3 months to", 3),
        ("Year ending March 2012", 0),
        ("Burglary", 0),
    ],
)
def test_rolling_months(text: str, months: int) -> None:
    assert spoken_length(text) == months


YEARS = st.integers(1960, 2058)
MONTHS = st.integers(1, 12)


@given(year=YEARS, number=MONTHS, way=st.integers(0, 9))
def test_months_both_ways(year: int, number: int, way: int) -> None:
    short, name = calendar.month_abbr[number], calendar.month_name[number]
    written = [
        f"{short}-{year % 100:02d}",
        f"{short} {year}",
        f"{name} {year}",
        f"{name.upper()} {year}",
        f"{short} '{year % 100:02d}",
        f"{year} {short}",
        f"{number:02d}/{year}",
        f"{short}{year}",
        f"{name}, {year} (r)",
        f"{short}. {year}¹",
    ][way]
    found = read_period(written)
    assert found is not None
    assert found.period == month(year, number)


@given(first=YEARS, way=st.integers(0, 7))
def test_financial_years_both_ways(first: int, way: int) -> None:
    last = first + 1
    ways: list[Callable[[], str]] = [
        lambda: f"{first}/{last % 100:02d}",
        lambda: f"{first}-{last % 100:02d}",
        lambda: f"{first}–{last % 100:02d}",
        lambda: f"{first} - {last}",
        lambda: f"April {first} to March {last}",
        lambda: f"Year ending March {last}",
        lambda: f"Apr '{first % 100:02d} to Mar '{last % 100:02d}",
        lambda: f"financial year {first}/{last % 100:02d}",
    ]
    found = read_period(ways[way]())
    assert found is not None
    assert found.period == financial_year(first)


@given(first=YEARS, number=st.integers(1, 4), way=st.integers(0, 3))
def test_quarters_both_ways(first: int, number: int, way: int) -> None:
    year = f"{first}/{(first + 1) % 100:02d}"
    expected = quarter(first, number)
    short = calendar.month_abbr
    written = [
        f"Q{number} {year}",
        f"{year} Q{number}",
        f"Quarter {number} {year}",
        f"{short[expected.start.month]}-{short[expected.end.month]} {expected.end.year}",
    ][way]
    found = read_period(written)
    assert found is not None
    assert found.period is not None
    assert (found.period.start, found.period.end) == (expected.start, expected.end)


@given(year=YEARS, number=MONTHS)
def test_twelve_months_both_ways(year: int, number: int) -> None:
    found = read_period(f"12 months to {calendar.month_name[number]} {year}")
    assert found is not None
    assert found.period == rolling_12(month(year, number).end)


@given(st.text(max_size=60))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    found = read_period(text)
    assert found is None or found.period is None or found.period.start <= found.period.end


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_days_both_ways(day: date) -> None:
    found = read_period(f"{day.day} {calendar.month_name[day.month]} {day.year}")
    assert found is not None
    assert found.period is not None
    assert found.period.start <= day <= found.period.end


def test_two_digits_stand_for_the_near_century() -> None:
    assert [full_year("99"), full_year("00"), full_year("12"), full_year("2011")] == [1999, 2000, 2012, 2011]
