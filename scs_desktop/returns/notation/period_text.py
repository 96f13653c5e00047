"""What a text says of time: a whole period, or a part such as “April” or “Q2” that waits for a year elsewhere."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from scs_desktop.domain.periods import Period


class Shape(StrEnum):
    """How much of a period a text gives."""

    WHOLE = "whole"
    YEAR = "year"
    FINANCIAL_YEAR = "financial_year"
    MONTH = "month"
    QUARTER = "quarter"
    MONTHS = "months"
    HALF = "half"
    ENDING = "ending"
    TO_DATE = "to_date"
    FINANCIAL_MONTH = "financial_month"


class Doubt(StrEnum):
    """What a text that gives a period leaves open, to be asked wherever a figure takes the period."""

    MONTH_OR_YEARS = "month_or_years"
    DAY_OR_PERIOD = "day_or_period"
    FIRST_OR_PERIOD = "first_or_period"
    DAY_OR_WEEK = "day_or_week"
    MONTH_FIRST = "month_first"
    MONTH_OF_WHICH_YEAR = "month_of_which_year"
    WEEK_OF_WHICH_YEAR = "week_of_which_year"


@dataclass(frozen=True, slots=True)
class PeriodText:
    """What a text says of time.

    Attributes:
        shape: WHOLE, YEAR and FINANCIAL_YEAR have a ``period``; the others wait for a year.
        period: the days, where the text alone gives them.
        year: of a YEAR or FINANCIAL_YEAR (its first).
        number: month 1 to 12, quarter 1 to 4 or half 1 to 2; of MONTHS the first month; of ENDING the last month.
        last: of MONTHS, its last month.
        text: the words that the period was read from.
        rest: what else the text says.
        to_date: the figure is cumulative from the year's start.
        base: the period is what something is compared with ("change from 2009/10").
        weak: it may as well be something else; only a regular row or column of its kind makes it a period.
        calendar: a quarter said to be of the calendar year.
        ambiguous: whether a quarter belongs to the calendar or the financial year is not said.
        opens_base: the text ends with "compared with", so that the periods beneath it are bases.
        doubt: what the text and its neighbours leave open.

    """

    shape: Shape
    period: Period | None = None
    year: int = 0
    number: int = 0
    last: int = 0
    text: str = ""
    rest: str = ""
    to_date: bool = False
    base: bool = False
    weak: bool = False
    calendar: bool = False
    ambiguous: bool = False
    opens_base: bool = False
    doubt: Doubt | None = None

    @property
    def alone(self) -> bool:
        """Whether the text says nothing but the period."""
        return not any(character.isalpha() for character in self.rest) and not _LONG_DIGITS.search(self.rest)

    @property
    def exact(self) -> bool:
        """Whether what else the text says is of no weight ("financial year", "total", "provisional")."""
        return all(word in _LIGHT for word in re.findall(r"[a-z]+", self.rest.casefold())) and not _LONG_DIGITS.search(
            self.rest
        )


_LONG_DIGITS = re.compile(r"\d{3}|[£$%]")
_LIGHT = frozenset(
    re.findall(
        r"[a-z]+",
        """
        financial year fiscal calendar total the of for period data figures figure actual actuals position as at
        outturn results result provisional p r revised final all to date fy ytd full annual yr and in month quarter qtr
        months mid end census est estimate baseline only so far inclusive latest on day subtotal totals outturns target
        targets plan planned forecast performance sub prov
        """,
    )
)
# A bare number is a year or a month only within these; 206708 is a count.
EARLIEST_YEAR = 1900
LATEST_YEAR = 2060
