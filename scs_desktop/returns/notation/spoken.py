"""Words of time that name no date of their own: “(cumulative)”, “year to date”, “last 12 months”, “rolling quarter”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from scs_desktop.returns.notation.period_text import Shape
from scs_desktop.returns.notation.periods import read_period
from scs_desktop.returns.notation.points import month_number_of
from scs_desktop.returns.notation.text import tidy

_TO_DATE = re.compile(r"\bcumulative(?:ly)?\b|\bcumul\b\.?|\byear[\s-]to[\s-]date\b|\b[flp]?ytd\b|\brunning total\b")
_NOT_TO_DATE = re.compile(
    r"\b(?:non|not|un)[\s-]*(?:cumulative|accumulated)|\b(?:and|&|or|/|plus|with)\s(?:the\s)?(?:cumulative|year[\s-]to[\s-]date|ytd)"
    r"|\b(?:cumulative|year[\s-]to[\s-]date|ytd)\s?(?:and|&|or|/)\s|\bdiscrete\b"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "six": 6, "nine": 9, "twelve": 12, "eighteen": 18}
_COUNT = rf"(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})"
_RELATIVE = re.compile(
    rf"\b(?P<which>latest|last|past|most recent|current|rolling|moving|previous|prior|preceding)\s"
    rf"(?:rolling\s|full\s|complete\s|available\s)?(?:{_COUNT}[\s-]?(?P<unit>months?|m|quarters?|weeks?|years?)"
    r"|(?P<one>quarter|year|annual total|annual average))\b"
    r"|\b(?P<count2>12|twelve|3|three|6|six)[\s-]?months?[\s-](?:rolling|moving|rate|total|average)\b|\br12m?\b|\bmat\b"
)
_CURRENT = re.compile(
    r"\W*(?:this|current|latest|in|reporting)[\s-](?P<unit>month|quarter)(?:'s)?"
    r"(?: (?:figures?|actual|total|number))?\W*"
)
_YEARS_ENDING = re.compile(
    r"\byears?\s(?:ending|ended|to)\s(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)?\s)?"
    r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
)
_EARLIER = frozenset({"previous", "prior", "preceding"})
_ROLLING = frozenset({"rolling", "moving"})
_MONTHS_OF = {"month": 1, "m": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class Relative:
    """So many months counted back from a day that the words do not name.

    Attributes:
        months: how many; 0 where the words count in weeks.
        earlier: the ones before the latest.
        current: the one under way, which the period beside it may name itself.

    """

    months: int
    earlier: bool = False
    current: bool = False


@lru_cache(maxsize=8192)
def ending_month(text: str) -> int:
    """Return 3 where a title says “years ending March 2010 to March 2012”; 0 where it names no last month of years."""
    match = _YEARS_ENDING.search(tidy(text).casefold())
    return month_number_of(match["month"]) if match is not None else 0


@lru_cache(maxsize=16384)
def says_to_date(text: str) -> bool:
    """Whether the words say that figures are added up from the start of the year, and nothing else stands beside."""
    words = tidy(text).casefold()
    return _TO_DATE.search(words) is not None and _NOT_TO_DATE.search(words) is None


@lru_cache(maxsize=16384)
def relative_stretch(text: str) -> Relative | None:
    """Return what “latest three months” or “rolling 12 months” says; None where the text names its own period."""
    words = tidy(text).casefold()
    current = _CURRENT.fullmatch(words)
    if current is not None:
        return Relative(_MONTHS_OF[current["unit"]], current=True)
    match = _RELATIVE.search(words)
    if match is None:
        return None
    token = read_period(text)
    if token is not None and (token.period is not None or token.shape not in {Shape.TO_DATE, Shape.MONTHS}):
        return None
    which = match["which"] or "rolling"
    if match["one"]:
        if which not in _ROLLING:
            # “Last year” and “previous quarter” are told from the period beside them.
            return None
        return Relative(3 if match["one"] == "quarter" else 12)
    if match["count"] is None and match["count2"] is None:
        return Relative(12)
    written = match["count"] or match["count2"]
    count = _NUMBERS[written] if written in _NUMBERS else int(written)
    unit = (match["unit"] or "month").removesuffix("s") or "m"
    return Relative(count * _MONTHS_OF.get(unit, 0), which in _EARLIER)
