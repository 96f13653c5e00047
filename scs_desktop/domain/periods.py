"""Periods of time that figures belong to, and the position a report is made up to.

All dates are inclusive. A financial year runs from April to March and is named by both
calendar years ("2011/12"); quarters are those of the financial year unless a period's kind
says otherwise.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from scs_desktop.domain.errors import UserError

MONTHS_IN_YEAR = 12
APRIL = 4


class PeriodKind(StrEnum):
    """What sort of stretch a period is; it decides what it may be compared with."""

    MONTH = "month"
    QUARTER = "quarter"
    CALENDAR_QUARTER = "calendar_quarter"
    FINANCIAL_YEAR = "financial_year"
    CALENDAR_YEAR = "calendar_year"
    ACADEMIC_YEAR = "academic_year"
    WEEK = "week"
    YEAR_TO_DATE = "year_to_date"
    ROLLING_12 = "rolling_12"
    SNAPSHOT = "snapshot"
    SURVEY_WAVE = "survey_wave"
    COHORT = "cohort"
    SPAN = "span"


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A stretch of days, both ends included.

    ``follow_up_end`` belongs to cohorts alone: the intake runs from ``start`` to ``end`` and the
    figure counts from the end of the follow-up.
    """

    start: date
    end: date
    kind: PeriodKind
    follow_up_end: date | None = None

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.end < self.start:
            message = f"a period cannot end ({self.end}) before it starts ({self.start})"
            raise ValueError(message)

    @property
    def counts_from(self) -> date:
        """The day from which the period's figure can be known."""
        return self.follow_up_end or self.end

    @property
    def months(self) -> int:
        """Number of calendar months that the period touches."""
        return month_number(self.end) - month_number(self.start) + 1

    @property
    def label(self) -> str:
        """The period as an officer writes it: "April 2011", "Q2 2011/12", "2011/12"."""
        return period_label(self)

    def overlaps(self, other: Period) -> bool:
        """Whether the two share a day."""
        return self.start <= other.end and other.start <= self.end

    def contains(self, other: Period) -> bool:
        """Whether every day of the other lies in this one."""
        return self.start <= other.start and other.end <= self.end


def month_number(day: date) -> int:
    """Count of months since year 0, so that months can be subtracted."""
    return day.year * MONTHS_IN_YEAR + day.month - 1


def month_end(day: date) -> date:
    """Last day of the month that holds the day."""
    return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])


def add_months(first: date, count: int) -> date:
    """First day of the month that lies ``count`` months after the month of ``first``."""
    number = month_number(first) + count
    return date(number // MONTHS_IN_YEAR, number % MONTHS_IN_YEAR + 1, 1)


def month(year: int, number: int) -> Period:
    """Return the calendar month, number 1 to 12."""
    start = date(year, number, 1)
    return Period(start, month_end(start), PeriodKind.MONTH)


def month_of(day: date) -> Period:
    """Return the calendar month that holds the day."""
    return month(day.year, day.month)


def months_between(start: date, end: date) -> tuple[Period, ...]:
    """Every calendar month from the month of ``start`` to the month of ``end``."""
    count = month_number(end) - month_number(start) + 1
    return tuple(month_of(add_months(start, index)) for index in range(count))


def financial_year(first: int) -> Period:
    """Return the year from April of ``first`` to March of the year after."""
    return Period(date(first, APRIL, 1), date(first + 1, 3, 31), PeriodKind.FINANCIAL_YEAR)


def financial_year_of(day: date) -> Period:
    """Return the financial year that holds the day."""
    return financial_year(day.year if day.month >= APRIL else day.year - 1)


def financial_year_label(period_or_first: Period | int) -> str:
    """``2011/12`` for the year that starts in April 2011."""
    first = period_or_first if isinstance(period_or_first, int) else financial_year_of(period_or_first.start).start.year
    return f"{first}/{(first + 1) % 100:02d}"


def quarter(first: int, number: int) -> Period:
    """Quarter 1 to 4 of the financial year that starts in April of ``first``."""
    start = add_months(date(first, APRIL, 1), 3 * (number - 1))
    return Period(start, month_end(add_months(start, 2)), PeriodKind.QUARTER)


def quarter_of(day: date) -> Period:
    """Return the quarter of the financial year that holds the day."""
    year = financial_year_of(day)
    return quarter(year.start.year, (month_number(day) - month_number(year.start)) // 3 + 1)


def calendar_quarter(year: int, number: int) -> Period:
    """Quarter 1 to 4 of the calendar year."""
    start = date(year, 3 * number - 2, 1)
    return Period(start, month_end(add_months(start, 2)), PeriodKind.CALENDAR_QUARTER)


def calendar_year(year: int) -> Period:
    """January to December."""
    return Period(date(year, 1, 1), date(year, 12, 31), PeriodKind.CALENDAR_YEAR)


def rolling_12(end: date) -> Period:
    """Return the twelve months that end with the month of ``end``."""
    return Period(add_months(end, -11), month_end(end), PeriodKind.ROLLING_12)


def year_to_date(position: date) -> Period:
    """From the first of April to the end of the position's month."""
    return Period(financial_year_of(position).start, month_end(position), PeriodKind.YEAR_TO_DATE)


def position_label(position: date) -> str:
    """``Q2 2011/12`` where a quarter ends on the day's month, else ``August 2011``."""
    if position.month % 3 == 0:
        year = financial_year_of(position)
        number = (month_number(position) - month_number(year.start)) // 3 + 1
        return f"Q{number} {financial_year_label(year)}"
    return f"{calendar.month_name[position.month]} {position.year}"


def _span_label(period: Period) -> str:
    if period.start.year == period.end.year:
        return f"{calendar.month_name[period.start.month]}–{calendar.month_name[period.end.month]} {period.end.year}"
    return (
        f"{calendar.month_name[period.start.month]} {period.start.year} – "
        f"{calendar.month_name[period.end.month]} {period.end.year}"
    )


def period_label(period: Period) -> str:
    """Return the period as an officer writes it."""
    kind = period.kind
    if kind is PeriodKind.MONTH:
        return f"{calendar.month_name[period.start.month]} {period.start.year}"
    if kind is PeriodKind.QUARTER:
        return position_label(period.end)
    if kind is PeriodKind.CALENDAR_QUARTER:
        return f"calendar Q{period.end.month // 3} {period.end.year}"
    if kind is PeriodKind.FINANCIAL_YEAR:
        return financial_year_label(period)
    if kind is PeriodKind.CALENDAR_YEAR:
        return str(period.start.year)
    if kind is PeriodKind.ACADEMIC_YEAR:
        return f"academic year {financial_year_label(period.start.year)}"
    if kind in {PeriodKind.WEEK, PeriodKind.SNAPSHOT} and period.start == period.end:
        return f"{period.start.day} {calendar.month_name[period.start.month]} {period.start.year}"
    if kind is PeriodKind.WEEK:
        return f"week to {period.end.day} {calendar.month_name[period.end.month]} {period.end.year}"
    if kind is PeriodKind.ROLLING_12:
        return f"12 months to {calendar.month_name[period.end.month]} {period.end.year}"
    if kind is PeriodKind.COHORT:
        followed = period.counts_from
        return f"{_span_label(period)}, followed to {calendar.month_name[followed.month]} {followed.year}"
    if period.months == 1 and period.start.day == 1 and period.end == month_end(period.end):
        return f"{calendar.month_name[period.start.month]} {period.start.year}"
    return _span_label(period)


_YEAR = re.compile(r"^(\d{4})[-/](\d{2}|\d{4})$")
_QUARTER = re.compile(r"^(\d{4})[-/](\d{2})[- ]?Q([1-4])$", re.IGNORECASE)
_DAY = re.compile(r"^(\d{4})-(\d{2})-(\d{2})$")


def parse_position(text: str) -> date:
    """Read a position from ``2011-12`` (financial year), ``2011-12-Q2``, ``2011-09`` or a date.

    Two digits that follow their year ("2011-12", "2008-09") are the financial year; the month of
    that name is written as its last day, ``2011-12-31``. Returns the last day of the period.

    Raises:
        UserError: the text is none of these.

    """
    cleaned = text.strip()
    if match := _QUARTER.match(cleaned):
        first, second, number = int(match[1]), int(match[2]), int(match[3])
        if (first + 1) % 100 == second:
            return quarter(first, number).end
    elif match := _DAY.match(cleaned):
        try:
            return month_end(date(int(match[1]), int(match[2]), int(match[3])))
        except ValueError:
            pass
    elif match := _YEAR.match(cleaned):
        first, second = int(match[1]), int(match[2])
        if second in {(first + 1) % 100, first + 1}:
            return financial_year(first).end
        if 1 <= second <= MONTHS_IN_YEAR and len(match[2]) == len("09"):
            return month(first, second).end
    message = (
        f"“{text}” is not a period: write 2011-12 for a financial year, 2011-12-Q2 for a quarter "
        "or 2011-09 for a month."
    )
    raise UserError(message)
