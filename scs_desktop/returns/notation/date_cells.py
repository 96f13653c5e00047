"""What a real date, or a bare number such as 2011 or 201104, says of time."""

from __future__ import annotations

import re
from datetime import date, datetime

from scs_desktop.domain.periods import Period, PeriodKind, calendar_year, month
from scs_desktop.returns.notation.period_text import EARLIEST_YEAR, LATEST_YEAR, PeriodText, Shape
from scs_desktop.returns.notation.spans import YEAR_MONTHS


def read_day(day: date | datetime, number_format: str) -> PeriodText:
    """Return the period of a real date: the month where it is shown so or is the month's first day, else the day."""
    shown = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", number_format).casefold()
    plain = day.date() if isinstance(day, datetime) else day
    text = _shown(plain, shown)
    if shown and "d" not in shown and "m" not in shown and "y" in shown:
        return PeriodText(Shape.YEAR, calendar_year(plain.year), plain.year, text=text)
    if shown and "y" not in shown and "d" not in shown and "m" in shown:
        # Only the month is shown, yet the cell holds the year too.
        return PeriodText(Shape.WHOLE, month(plain.year, plain.month), text=text)
    if (shown and "d" not in shown) or plain.day == 1:
        return PeriodText(Shape.WHOLE, month(plain.year, plain.month), text=text)
    return PeriodText(Shape.WHOLE, Period(plain, plain, PeriodKind.SNAPSHOT), text=text)


def _shown(day: date, shown: str) -> str:
    if shown and "d" not in shown:
        return day.strftime("%b-%y") if "yyyy" not in shown else day.strftime("%b %Y")
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def read_year_number(number: int) -> PeriodText | None:
    """Return the year or month that a bare whole number may stand for (2011, 201104); always weak."""
    if EARLIEST_YEAR <= number <= LATEST_YEAR:
        return PeriodText(Shape.YEAR, calendar_year(number), number, text=str(number), weak=True)
    year, number_of_month = divmod(number, 100)
    if EARLIEST_YEAR <= year <= LATEST_YEAR and 1 <= number_of_month <= YEAR_MONTHS:
        return PeriodText(Shape.WHOLE, month(year, number_of_month), text=str(number), weak=True)
    return None
