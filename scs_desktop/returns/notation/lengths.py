"""How long a month or day beneath words is meant to be: “rolling 12 months”, “quarter ending”, “week commencing”."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from scs_desktop.domain.periods import Period, PeriodKind
from scs_desktop.returns.notation.period_text import Shape
from scs_desktop.returns.notation.periods import read_period
from scs_desktop.returns.notation.spans import YEAR_MONTHS
from scs_desktop.returns.notation.text import tidy

_ROLLING_YEAR = re.compile(
    r"\b(?:rolling|moving)\s(?:12|twelve)[\s-]?months?\b|\b(?:12|twelve)[\s-]months?\s(?:rolling|to|ending|ended)\b|\b(?:12|twelve)\srolling\smonths\b"
    r"|\b(?:rolling|moving)\s(?:annual|year)\b|\byears?\send(?:ing|ed)\b|\br12m?\b"
)
_ROLLING_QUARTER = re.compile(
    r"\b(?:rolling|moving)\s(?:3|three)[\s-]?months?\b|\b(?:3|three)[\s-]months?\s(?:rolling|to|ending|ended)\b|\bquarters?\send(?:ing|ed)\b"
)
_WEEK_ENDING = re.compile(r"\bweeks?\send(?:ing|ed)\b|\bw/?e\b")
_WEEK_STARTING = re.compile(r"\bweeks?\s(?:commencing|beginning|starting|of)\b|\bw/?[cb]\b")


@lru_cache(maxsize=8192)
def spoken_length(text: str) -> int:
    """Return 12 or 3 where the words make a month or quarter the end of so many rolling months; 0 otherwise.

    “Rolling 12 months to” over the months does; “year ending March 2012” names its own period and does not.
    """
    words = tidy(text).casefold()
    if not any(part in words for part in ("rolling", "moving", "month", "end", "r12")):
        return 0
    found = read_period(text)
    if (
        found is not None
        and (found.period is not None or found.shape is Shape.ENDING)
        and not found.exact
        and "rolling" not in words
    ):
        return 0
    if found is not None and found.period is not None and found.exact:
        return 0
    if _ROLLING_YEAR.search(words):
        return YEAR_MONTHS
    return 3 if _ROLLING_QUARTER.search(words) else 0


def week_of(day: Period, text: str) -> Period | None:
    """Return the week that a day ends or opens, where the words over it say which."""
    words = tidy(text).casefold()
    if day.start != day.end:
        # A month's first day is read as the month; over weeks it is a day like the others.
        day = Period(day.start, day.start, PeriodKind.SNAPSHOT)
    if _WEEK_STARTING.search(words):
        return Period(day.start, day.start + timedelta(days=6), PeriodKind.WEEK)
    if _WEEK_ENDING.search(words):
        return Period(day.end - timedelta(days=6), day.end, PeriodKind.WEEK)
    return None
