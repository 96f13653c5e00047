"""Periods as sheets write them: whole ones, and parts such as “April” or “Q2” that wait for a year beside or above.

Years are financial where two are named (“2011/12”) and calendar where one is (“2011”). What a part means is decided
in :mod:`scs_desktop.returns.notation.timing`, where all the header cells that govern a figure are known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from scs_desktop.domain.periods import (
    Period,
    PeriodKind,
    add_months,
    calendar_quarter,
    calendar_year,
    financial_year,
    financial_year_of,
    month,
    month_end,
    quarter,
)
from scs_desktop.returns.notation.text import tidy, without_footnotes


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
_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_Y4 = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_YY = rf"(?:{_Y4}|'\s?\d\d(?!\d)|(?<!\d)\d\d(?![\d/]))"
_FY = r"(?<!\d)(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)\d\d|\d\d)(?!\d)"
_FY_SHORT = r"(?<!\d)'?\d\d\s?[-/]\s?'?\d\d(?!\d)"
_DAY = r"(?<!\d)(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_ISO = r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?!\d)(?:[t ]00:00(?::00)?(?:\.0+)?z?)?"
_DMY = r"(?<![\d/.])(?:[0-2]?\d|3[01])(?:/(?:0?[1-9]|1[0-2])/|\.(?:0?[1-9]|1[0-2])\.)(?:(?:19|20)\d\d|\d\d)(?![\d/])"
_DATE = rf"(?:{_DAY}\s?(?:of\s)?-?{_MON}[\s,\-]*{_YY}|{_MON}\s{_DAY},\s?{_Y4}|{_ISO}|{_DMY})"
_GAP = r"[\s,.\-/_']*"
_MY = rf"(?:{_MON}{_GAP}{_YY}|{_Y4}[\s\-/]*{_MON})"
_QUARTER_WORD = r"(?:quarter|qtr|q)\.?\s?"
_QN = rf"(?:(?<![a-z]){_QUARTER_WORD}[1-4](?!\d)|(?:1st|2nd|3rd|4th|first|second|third|fourth)\s(?:quarter|qtr))"
_YQ_SEP = r"[\s,\-/(:_]*(?:of\s)?(?:fy\s?|financial year\s)?"
_QY = (
    rf"(?:{_QN}{_YQ_SEP}(?:{_FY}|{_FY_SHORT}|{_Y4}|'\d\d)|(?:fy\s?)?(?:{_FY}|(?<!\d)(?:19"
    rf"|20)\d\d){_YQ_SEP}{_QN.replace('(?<![a-z])', '')})"
)
_DM = rf"{_DAY}\s?(?:of\s)?{_MON}"
_POINT = rf"(?:{_DATE}|{_DM}|{_QY}|{_MY}|(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d)|{_FY}|{_Y4}|{_QN}|{_MON})"
_TO = r"\s?(?:-|to|until|till|through|thru|up to)\s?(?:the\s)?(?:end\s(?:of\s)?)?"
_SPAN = re.compile(rf"(?<![a-z\d])(?P<a>{_POINT}){_TO}(?P<b>{_POINT})(?![a-z])")
_LENGTH = (
    r"(?P<length>(?:rolling\s|the\s)?(?:12|twelve|6|six|3|three|9|nine|24|36|\d{1,2})[\s-]?(?:months?|m)|(?:financial\s|calendar\s|rolling\s|full\s)?(?:year|yr)s?|quarter|qtr|month|week|w|y|m|q|r12m?|12m"
    r"|(?:financial\s)?year[\s-]to[\s-]date|fytd|ytd|cumulative)"
)
_ENDING = re.compile(
    rf"(?<![a-z])(?:{_LENGTH}\s?(?:/?e(?![a-z])\.?|ending|ended|ends|end|to the end of|to end of|to end|up to|to"
    rf"|:|-|\()|(?P<todate>year[\s-]to[\s-]date|f?ytd|cumulative|r12m?|rolling\s12(?:\smonths?)?)\s)\s?(?:the\s)?(?:period\s)?(?P<point>{_DATE}"
    rf"|{_DM}|{_QY}|{_MY}|{_MON}|{_FY})(?!\s?-\s?{_MON})"
)
_COMMENCING = re.compile(
    rf"(?<![a-z])(?:w/?c|week\s(?:commencing|beginning|starting)|week\sof)\s?:?\s?(?P<point>{_DATE})"
)
_WEEK_OF_YEAR = re.compile(
    r"(?<![a-z\d])(?:(?P<y>(?:19|20)\d\d)[\s\-/]?(?P<iso>w)(?:ee)?k?\s?(?P<n>\d{1,2})|(?:w|wk|week)\s?(?:no\.?\s?)?(?P<n2>\d{1,2})"
    r"[\s,\-/(]+(?:of\s)?(?P<y2>(?:19|20)\d\d))(?![\d/]|-\d)"
)
_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("quarter", re.compile(_QY)),
    (
        "half",
        re.compile(
            rf"(?<![a-z])(?:h|half\s?)(?P<half>[12])[\s,\-/]*(?P<year>{_FY}|{_Y4})|(?P<half2>first|second|1st|2nd)\shalf\s(?:of\s)?(?P<year2>{_FY}|{_Y4})"
        ),
    ),
    ("date", re.compile(_DATE)),
    ("month", re.compile(rf"(?<![a-z\d]){_MY}")),
    ("month_digits", re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?m\s?(?P<month>0?[1-9]|1[0-2])(?!\d)")),
    ("month_slash", re.compile(r"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?!\d)")),
    (
        "financial_year",
        re.compile(
            rf"(?:(?<![a-z])(?P<todate>fytd|ytd|year to date)\s?)?(?P<fy>{_FY})(?:\s?(?P<todate2>fytd|ytd"
            rf"|year to date))?"
        ),
    ),
    ("fy_short", re.compile(r"(?<![a-z])fy\s?'?(?P<a>\d\d)\s?[-/]\s?'?(?P<b>\d\d)(?!\d)")),
    ("fy_end", re.compile(r"(?<![a-z])fy\s?'?(?P<y>(?:20)?\d\d)(?![\d/-])")),
    (
        "year",
        re.compile(rf"(?<![£$#.,\d])(?<!per )(?<!act )(?<!aged )(?P<y>{_Y4})(?!\s?(?:act|regulations)\b|\s?%|[,.]\d)"),
    ),
)
_MONTH_FIRST = re.compile(r"^(?:0?[1-9]|1[0-2])[/.-](?:1[3-9]|2\d|3[01])[/.-](?:19|20)\d\d$")
_WHOLE_MONTH = re.compile(rf"{_MON}")
_WHOLE_QUARTER = re.compile(rf"(?P<cal>calendar\s)?{_QN}(?:\s?\((?P<a>{_MON})\s?(?:-|to)\s?(?P<b>{_MON})\))?")
_WHOLE_SIX = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])")
# "2010 - 12" with spaces is three years pooled, no month.
_WHOLE_SLASH = re.compile(r"(?P<y>(?:19|20)\d\d)[-/.](?P<m>0?[1-9]|1[0-2])")
_WHOLE_MM_YYYY = re.compile(r"(?P<m>0?[1-9]|1[0-2])\s?[-/.]\s?(?P<y>(?:19|20)\d\d)")
_WHOLE_SHORT_FY = re.compile(r"'?(?P<a>\d\d)\s?[-/]\s?'?(?P<b>\d\d)")
_WHOLE_TO_DATE = re.compile(
    r"(?:financial\s)?(?:year[\s-]to[\s-]date|ytd|fytd|cumulative(?:\stotal)?|to date|cum\.?(?:\stotal)?)(?:\stotal)?"
)
_WHOLE_HALF = re.compile(r"(?:h|half\s)(?P<n>[12])|(?P<w>first|second|1st|2nd)\shalf")
_WHOLE_FMONTH = re.compile(r"(?:month|period|m|p)\s?(?P<n>0?[1-9]|1[0-2])")
_MANY_YEARS = re.compile(r"(?<!\d)(?P<a>(?:19|20)\d\d)\s?(?:-|/|to)\s?(?P<b>(?:19|20)\d\d|\d\d)(?!\d)")
_CHANGE_OF_YEARS = re.compile(
    r"\b(?:change|difference|increase|decrease|growth|variation|variance|diff)\b.*?(?<!\d)(?P<a>(?:19|20)\d\d)\s?(?:to|and)\s?(?P<b>(?:19|20)\d\d)(?!\d|[-/])"
)
_BEHIND_TO_DATE = re.compile(r"\W*(?:f?ytd|(?:financial )?year[\s-]to[\s-]date|cumulative(?: total)?|cum)(?:\sfor)?\W*")
_UNDERSCORED = re.compile(r"_?(?<!\d)((?:19|20)\d\d)_(\d\d)(?!\d)")
_TO_MONTH = re.compile(
    rf"(?:(?:f?ytd|year[\s-]to[\s-]date|up)\s)?(?<![a-z])to\s(?:the\s)?(?:end\s(?:of\s)?)?(?P<last>{_MON})(?!\s?\d)"
)
_APRIL = 4
# "Q3. Do you feel safe?" numbers a question.
_QUESTION = re.compile(r"^\W*q\d\s?[.:)a-z]")
_POOLED = re.compile(rf"(?P<a>{_FY})\s?(?:-|to)\s?'?(?P<b>(?:(?:19|20)\d\d|\d\d))\s?/\s?(?P<c>\d\d)(?!\d)")
_BASE = re.compile(
    r"\b(?:difference|differences|compared (?:with|to)|compared|comparison (?:with|to)|comparison|relative to"
    r"|versus|vs\.?|against|since|change from|changes? (?:on|over|since)|increase (?:on|from)|baseline"
    r")\b"
)
_ACADEMIC = re.compile(r"\b(?:academic|school|sept?(?:ember)? to (?:august|july))\b")
_MID = re.compile(r"\bmid[\s-]?(?:year)?[\s-]?(?=(?:19|20)\d\d)")
_FUSED_SHORT = re.compile(r"('\d\d)\d{1,2}(?:\s?,\s?\d{1,2})*(?!\d)")
_FUSED_MONTH = re.compile(
    rf"({_MON}\s?(?:19|20)\d\d)\d(?:\s?,\s?\d{{1,2}})*(?!\d)|({_MON}\s?(?!19|20)\d\d)\d(?:\s?,\s?\d{{1,2}})*(?!\d)"
)
_FUSED_YEAR = re.compile(r"\b((?:to|in|and|at|-)\s?(?:19|20)\d\d)\d(?:\s?,\s?\d{1,2})*(?!\d)")
_FUSED_FY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/])(\d\d)(\d{1,2})(?:\s?,\s?\d{1,2})*(?!\d)")
# Most texts say nothing of time: one look tells them.
_HINT = re.compile(
    r"(?:19|20)\d\d|['’‘]\s?\d\d|\d\s?[-–—/.]\s?'?\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\bq|quarter|qtr|\bh\s?\d|half|date|ytd"
    r"|year|cum|fy|\bm\s?\d|month|period|\bp\s?\d|week|\bw/",
    re.IGNORECASE,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_EXAMPLE_YEAR = 2001
_PIVOT = 60
# A bare number is a year or a month only within these; 206708 is a count.
EARLIEST_YEAR = 1900
LATEST_YEAR = 2060
_YEAR_MONTHS = 12
_LONGEST = 700


def month_number_of(name: str) -> int:
    """Return 4 for “April”, “Apr.” or “apr”."""
    return _MONTHS[name[:3].casefold()]


def full_year(digits: str) -> int:
    """Return 2011 for “11” and 1999 for “99”; four digits stay."""
    number = int(digits)
    if len(digits) > 2:  # noqa: PLR2004
        return number
    return 2000 + number if number < _PIVOT else 1900 + number


def span_period(start: date, end: date) -> Period | None:
    """Return the period between two days, its kind told by its length; None where it runs backwards."""
    if end < start:
        return None
    whole = start.day == 1 and end == month_end(end)
    if whole:
        kinds = {
            (4, 12): PeriodKind.FINANCIAL_YEAR,
            (1, 12): PeriodKind.CALENDAR_YEAR,
            (4, 3): PeriodKind.QUARTER,
            (7, 3): PeriodKind.QUARTER,
            (10, 3): PeriodKind.QUARTER,
            (1, 3): PeriodKind.QUARTER,
        }
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        if months == 1:
            return Period(start, end, PeriodKind.MONTH)
        default = PeriodKind.ROLLING_12 if months == _YEAR_MONTHS else PeriodKind.SPAN
        return Period(start, end, kinds.get((start.month, months), default))
    if start == end:
        return Period(start, end, PeriodKind.SNAPSHOT)
    if (end - start).days == 6:  # noqa: PLR2004
        return Period(start, end, PeriodKind.WEEK)
    return Period(start, end, PeriodKind.SPAN)


@lru_cache(maxsize=65536)
def read_period(text: str) -> PeriodText | None:
    """Return what the text says of time; None where it says nothing.

    A text with several periods gives the latest; one that is only compared with is marked as base.
    """
    if len(text) > _LONGEST or _HINT.search(text) is None:
        return None
    plain = without_footnotes(tidy(text)).strip()
    cleaned = _unfuse(plain.casefold())
    if not cleaned:
        return None
    found = _whole(cleaned) or _with_word(cleaned) or _inside(cleaned)
    if found is None:
        return None
    found = replace(found, text=_as_written(plain, found.text))
    if found.period is not None and found.period.months in {1, 3} and _BEHIND_TO_DATE.fullmatch(found.rest):
        span = Period(financial_year_of(found.period.end).start, found.period.end, PeriodKind.YEAR_TO_DATE)
        return replace(found, shape=Shape.WHOLE, period=span, to_date=True)
    part = _part_of_year(found) or _quarter_apart(found, cleaned)
    if part is not None:
        return part
    if found.shape is Shape.FINANCIAL_YEAR and (match := _CHANGE_OF_YEARS.search(cleaned)) is not None:
        # "Change 2010 to 2011" compares two calendar years; "Change 2010/11" would be the financial year's.
        return replace(
            found,
            shape=Shape.WHOLE,
            period=Period(date(int(match["a"]), 1, 1), date(int(match["b"]), 12, 31), PeriodKind.SPAN),
        )
    # A baseline named beside something else is what that is compared with; one before the words is not.
    if found.exact:
        return found
    word = _BASE.search(cleaned)
    if word is None:
        return found
    before = cleaned.find(found.text.casefold()) < word.start()
    return replace(
        found, base=not before or "baseline" in word[0], opens_base=before and not cleaned[word.end() :].strip(" :.")
    )


def _part_of_year(found: PeriodText) -> PeriodText | None:
    """Read “2011/12 (Apr-Dec)” and “2010/11 YTD to Dec”: the months of a financial year that the same text names."""
    if found.shape is Shape.MONTHS and found.period is None:
        year = re.search(_FY, found.rest)
        first = _financial(year[0]) if year is not None else None
        opening, closing, rest = found.number, found.last, "" if year is None else found.rest.replace(year[0], " ")
    elif found.shape is Shape.FINANCIAL_YEAR and (match := _TO_MONTH.search(found.rest)) is not None:
        first, opening, closing = found.year, _APRIL, month_number_of(match["last"])
        rest = found.rest.replace(match[0], " ")
    else:
        return None
    if first is None:
        return _months_of_calendar_year(found)
    start = month(first + (opening < _APRIL), opening).start
    period = span_period(start, month(first + (closing < _APRIL), closing).end)
    return None if period is None else replace(found, shape=Shape.WHOLE, period=period, rest=rest.strip(" ()"))


def _quarter_apart(found: PeriodText, cleaned: str) -> PeriodText | None:
    """Read “Quarter 2 performance report 2012/13”: a quarter and its year that stand apart in one text."""
    if found.shape not in {Shape.YEAR, Shape.FINANCIAL_YEAR} or "?" in cleaned or _BASE.search(cleaned):
        return None
    numbers = {_quarter_number(match[0]) for match in re.finditer(_QN, found.rest)}
    if len(numbers) != 1 or _QUESTION.search(found.rest):
        return None
    number = numbers.pop()
    rest = re.sub(_QN, " ", found.rest).strip()
    text = f"Q{number} {found.text}"
    if found.shape is Shape.FINANCIAL_YEAR:
        return PeriodText(Shape.WHOLE, quarter(found.year, number), found.year, text=text, rest=rest)
    period = calendar_quarter(found.year, number)
    return PeriodText(Shape.WHOLE, period, found.year, number, text=text, rest=rest, calendar=True, ambiguous=True)


def _months_of_calendar_year(found: PeriodText) -> PeriodText | None:
    """Read “2012 Q1 (Jan-Mar)”: months within the one year that the same text names."""
    years = re.findall(_Y4, found.rest)
    if found.shape is not Shape.MONTHS or len(years) != 1 or found.last < found.number:
        return None
    period = span_period(month(int(years[0]), found.number).start, month(int(years[0]), found.last).end)
    rest = re.sub(_QN.replace("(?<![a-z])", ""), " ", found.rest.replace(years[0], " "))
    return None if period is None else replace(found, shape=Shape.WHOLE, period=period, rest=rest.strip(" ()"))


def _as_written(plain: str, text: str) -> str:
    """Return the words with the capitals they have in the sheet."""
    start = plain.casefold().find(text)
    return plain[start : start + len(text)] if start >= 0 and len(plain.casefold()) == len(plain) else text


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
        return _YEAR_MONTHS
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


def read_year_number(number: int) -> PeriodText | None:
    """Return the year or month that a bare whole number may stand for (2011, 201104); always weak."""
    if EARLIEST_YEAR <= number <= LATEST_YEAR:
        return PeriodText(Shape.YEAR, calendar_year(number), number, text=str(number), weak=True)
    year, number_of_month = divmod(number, 100)
    if EARLIEST_YEAR <= year <= LATEST_YEAR and 1 <= number_of_month <= _YEAR_MONTHS:
        return PeriodText(Shape.WHOLE, month(year, number_of_month), text=str(number), weak=True)
    return None


def _unfuse(cleaned: str) -> str:
    if "_" in cleaned:
        # "crime_2010_11" as machines name columns
        cleaned = _UNDERSCORED.sub(
            lambda match: f" {match[1]}{'/' if (int(match[1]) + 1) % 100 == int(match[2]) else '-'}{match[2]}", cleaned
        )
    cleaned = _FUSED_SHORT.sub(r"\1", cleaned)
    cleaned = _FUSED_MONTH.sub(lambda match: match[1] or match[2], cleaned)
    cleaned = _FUSED_YEAR.sub(r"\1", cleaned)

    def keep_year(match: re.Match[str]) -> str:
        follows = (int(match[1]) + 1) % 100 == int(match[3])
        return f"{match[1]}{match[2]}{match[3]}" if follows and len(match[3] + match[4]) != 4 else match[0]  # noqa: PLR2004

    cleaned = _FUSED_FY.sub(keep_year, cleaned)
    return re.sub(r"\s*(?:-+>|→|\bonwards?\b)\s*$", "", cleaned)


def _whole(cleaned: str) -> PeriodText | None:
    """Read a text that is nothing but one of the short forms, which inside a longer text would mean nothing."""
    bare = cleaned.strip(" .,:;()[]*")
    if _WHOLE_MONTH.fullmatch(bare):
        return PeriodText(Shape.MONTH, number=month_number_of(bare), text=cleaned)
    if match := _WHOLE_QUARTER.fullmatch(cleaned.strip(" .:;")):
        number = _quarter_number(match[0])
        if match["a"]:
            return PeriodText(
                Shape.MONTHS, number=month_number_of(match["a"]), last=month_number_of(match["b"]), text=cleaned
            )
        return PeriodText(Shape.QUARTER, number=number, text=cleaned, calendar=match["cal"] is not None)
    if (match := _WHOLE_SIX.fullmatch(bare)) and int(match["y"]) <= LATEST_YEAR:
        return PeriodText(Shape.WHOLE, month(int(match["y"]), int(match["m"])), text=cleaned, weak=True)
    if match := _WHOLE_SLASH.fullmatch(bare):
        year, second = int(match["y"]), int(match["m"])
        if (year + 1) % 100 != second or len(match["m"]) < 2:  # noqa: PLR2004
            return PeriodText(Shape.WHOLE, month(year, second), text=cleaned, weak=len(match["m"]) < 2)  # noqa: PLR2004
    if match := _WHOLE_MM_YYYY.fullmatch(bare):
        return PeriodText(Shape.WHOLE, month(int(match["y"]), int(match["m"])), text=cleaned)
    if (match := _WHOLE_SHORT_FY.fullmatch(bare)) and (int(match["a"]) + 1) % 100 == int(match["b"]):
        year = full_year(match["a"])
        return PeriodText(Shape.FINANCIAL_YEAR, financial_year(year), year, text=cleaned, weak=True)
    if _WHOLE_TO_DATE.fullmatch(bare):
        return PeriodText(Shape.TO_DATE, text=cleaned, to_date=True)
    if match := _WHOLE_HALF.fullmatch(bare):
        return PeriodText(Shape.HALF, number=int(match["n"]) if match["n"] else _ORDINALS[match["w"]], text=cleaned)
    if match := _WHOLE_FMONTH.fullmatch(bare):
        return PeriodText(Shape.FINANCIAL_MONTH, number=int(match["n"]), text=cleaned, weak=True)
    return None


_WORD_BEFORE = re.compile(
    r"^(?:sub-?\s?totals?|totals?|cumulative|actuals?|targets?|planned|forecast)\s(?:for\s)?(?=\S)"
)
_WORD_BEHIND = re.compile(
    r"\s(?:sub-?\s?totals?|totals?|actuals?|outturns?|figures?|results?|targets?|plan|planned|forecast|performance|data|only"
    r"|\(?(?:actual|target|provisional|prov|p|r|revised)\)?|\(?(?:f?ytd|year[\s-]to[\s-]date|cumulative|cum\.?)\)?)$"
)


def _with_word(cleaned: str) -> PeriodText | None:
    """Read “Total Q1”, “April actual”: a short form with a word that says which figure of the period it is."""
    for pattern in (_WORD_BEFORE, _WORD_BEHIND):
        match = pattern.search(cleaned)
        if match is None:
            continue
        found = _whole(pattern.sub("", cleaned).strip())
        if found is not None and found.shape is not Shape.FINANCIAL_MONTH:
            return replace(found, rest=match[0].strip(), to_date=_BEHIND_TO_DATE.fullmatch(match[0]) is not None)
    return None


def _quarter_number(text: str) -> int:
    match = re.search(rf"(?:{_QUARTER_WORD})([1-4])(?!\d)", text)
    if match:
        return int(match[1])
    ordinal = re.search(r"(1st|2nd|3rd|4th|first|second|third|fourth)\s(?:quarter|qtr)", text)
    return _ORDINALS[ordinal[1]] if ordinal else 0


def _cut(cleaned: str, match: re.Match[str]) -> tuple[str, str]:
    return match[0].strip(), f"{cleaned[: match.start()]} {cleaned[match.end() :]}".strip()


def _inside(cleaned: str) -> PeriodText | None:
    if _MONTH_FIRST.search(cleaned):
        # 04/15/2012 is no day as days are written here, and no year either: its neighbours tell.
        return None
    for reader in (_week_of_year, _ending, _commencing, _pooled, _span, _many_years):
        found = reader(cleaned)
        if found is not None:
            return found
    if _MID.search(cleaned):
        cleaned = _MID.sub("", cleaned)
    best: PeriodText | None = None
    for name, pattern in _PARTS:
        for match in pattern.finditer(cleaned):
            found = _part(name, match, cleaned)
            if found is not None and (best is None or _end(found) > _end(best)):
                best = found
        if best is not None:
            return best
    return None


def _end(found: PeriodText) -> date:
    return found.period.end if found.period else date.min


def _ending(cleaned: str) -> PeriodText | None:
    best: PeriodText | None = None
    for match in _ENDING.finditer(cleaned):
        length = match["length"] or match["todate"]
        yearless = re.fullmatch(rf"{_DAY}\s?(?:of\s)?(?P<month>{_MON})", match["point"])
        point = month_number_of(yearless["month"]) if yearless else _read_point(match["point"])
        text, rest = _cut(cleaned, match)
        if point is None:
            continue
        if isinstance(point, int):
            if best is None and _months_of(length) == _YEAR_MONTHS:
                best = PeriodText(Shape.ENDING, number=point, last=_YEAR_MONTHS, text=text, rest=rest)
            continue
        period = _ending_period(length, point)
        if period is None:
            continue
        to_date = bool(re.search(r"to[\s-]date|ytd|cumul", length))
        found = PeriodText(Shape.WHOLE, period, text=text, rest=rest, to_date=to_date)
        if best is None or _end(found) > _end(best):
            best = found
    return best


def _months_of(length: str) -> int:
    words = length.strip()
    if re.search(r"year|yr|12|twelve|^y$|r12", words):
        return _YEAR_MONTHS
    numbers = {"six": 6, "three": 3, "nine": 9}
    for word, number in numbers.items():
        if word in words:
            return number
    if match := re.search(r"\d+", words):
        return int(match[0])
    return {"quarter": 3, "qtr": 3, "q": 3, "month": 1, "m": 1}.get(words, 0)


def _ending_period(length: str, point: Period) -> Period | None:
    end = point.end
    words = length.strip()
    if words in {"week", "w"}:
        return Period(end - timedelta(days=6), end, PeriodKind.WEEK)
    if re.search(r"to[\s-]date|ytd|cumul", words):
        return Period(financial_year_of(end).start, end, PeriodKind.YEAR_TO_DATE)
    months = _months_of(words)
    if not months:
        return None
    if end == month_end(end):
        start = add_months(end, 1 - months)
    else:
        before = add_months(end, -months)
        start = date(before.year, before.month, min(end.day, month_end(before).day)) + timedelta(days=1)
    if months == _YEAR_MONTHS and "year" not in words:
        return Period(start, end, PeriodKind.ROLLING_12)
    return span_period(start, end)


def _commencing(cleaned: str) -> PeriodText | None:
    match = _COMMENCING.search(cleaned)
    if match is None:
        return None
    point = _read_point(match["point"])
    if not isinstance(point, Period):
        return None
    text, rest = _cut(cleaned, match)
    return PeriodText(
        Shape.WHOLE, Period(point.start, point.start + timedelta(days=6), PeriodKind.WEEK), text=text, rest=rest
    )


def _week_of_year(cleaned: str) -> PeriodText | None:
    """“2012-W14” is the week as ISO 8601 counts; “week 14 2012” may be counted from April too."""
    match = _WEEK_OF_YEAR.search(cleaned)
    if match is None:
        return None
    year, number = int(match["y"] or match["y2"]), int(match["n"] or match["n2"])
    try:
        first = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    text, rest = _cut(cleaned, match)
    doubt = None if re.fullmatch(r"\d{4}-?w\d\d", text) else Doubt.WEEK_OF_WHICH_YEAR
    return PeriodText(
        Shape.WHOLE, Period(first, first + timedelta(days=6), PeriodKind.WEEK), text=text, rest=rest, doubt=doubt
    )


def _pooled(cleaned: str) -> PeriodText | None:
    """“2007/08 - 09/10”: financial years pooled."""
    for match in _POOLED.finditer(cleaned):
        first = _financial(match["a"])
        last = full_year(match["b"])
        if first is None or (last + 1) % 100 != int(match["c"]) or last <= first:
            continue
        text, rest = _cut(cleaned, match)
        period = Period(date(first, 4, 1), date(last + 1, 3, 31), PeriodKind.SPAN)
        return PeriodText(Shape.WHOLE, period, text=text, rest=rest)
    return None


def _span(cleaned: str) -> PeriodText | None:
    best: PeriodText | None = None
    for match in _SPAN.finditer(cleaned):
        found = _span_of(match["a"], match["b"])
        if found is None:
            continue
        text, rest = _cut(cleaned, match)
        found = replace(found, text=text, rest=rest)
        if best is None or _end(found) > _end(best):
            best = found
    return best


def _span_of(first: str, second: str) -> PeriodText | None:
    if re.fullmatch(_Y4, first) and re.fullmatch(_Y4, second) and int(second) == int(first) + 1:
        return PeriodText(Shape.FINANCIAL_YEAR, financial_year(int(first)), int(first))
    end = _read_point(second)
    start = _read_point(first)
    if isinstance(end, int):
        if isinstance(start, int):
            return PeriodText(Shape.MONTHS, number=start, last=end)
        if isinstance(start, Period) and start.kind is PeriodKind.MONTH:
            # "Apr 2011 - Jun": the year stands on the first alone.
            year = start.start.year + (end < start.start.month)
            period = span_period(start.start, month(year, end).end)
            return PeriodText(Shape.WHOLE, period) if period else None
        return None
    if end is None:
        return _quarters_alone(first, second)
    if isinstance(start, int):
        year = end.end.year - (start > end.end.month)
        if end.kind is PeriodKind.FINANCIAL_YEAR or end.kind is PeriodKind.CALENDAR_YEAR:
            return None
        start = month(year, start)
    elif start is None:
        day = re.fullmatch(rf"({_DAY})\s?(?:of\s)?({_MON})", first)
        if day is None:
            return _quarters(first, second)
        number = month_number_of(day[2])
        year = end.end.year - ((number, int(re.sub(r"\D", "", day[1]))) > (end.end.month, end.end.day))
        try:
            exact = date(year, number, int(re.sub(r"\D", "", day[1])))
        except ValueError:
            return None
        start = Period(exact, exact, PeriodKind.SNAPSHOT)
    period = span_period(start.start, end.end)
    return PeriodText(Shape.WHOLE, period) if period else None


def _quarters_alone(first: str, second: str) -> PeriodText | None:
    """“Q1-Q3”: the months of a financial year's quarters, whose year stands elsewhere."""
    if not (re.fullmatch(_QN, first) and re.fullmatch(_QN, second)):
        return None
    opening, closing = _quarter_number(first), _quarter_number(second)
    if closing <= opening:
        return None
    start, end = quarter(_EXAMPLE_YEAR, opening).start.month, quarter(_EXAMPLE_YEAR, closing).end.month
    return PeriodText(Shape.MONTHS, number=start, last=end)


def _quarters(first: str, second: str) -> PeriodText | None:
    """“Q1 to Q3 2011/12”."""
    if not re.fullmatch(_QN, first):
        return None
    last = _read_quarter(second)
    if last is None or last.period is None:
        return None
    opening = _quarter_number(first)
    start = calendar_quarter(last.year, opening) if last.calendar else quarter(last.year, opening)
    period = span_period(start.start, last.period.end)
    return PeriodText(Shape.WHOLE, period) if period else None


def _many_years(cleaned: str) -> PeriodText | None:
    """“2012-14”, “2010 to 2012”: years pooled. Consecutive ones with two digits are a financial year and left alone."""
    for match in _MANY_YEARS.finditer(cleaned):
        first = int(match["a"])
        second = int(match["b"]) if len(match["b"]) == 4 else first - first % 100 + int(match["b"])  # noqa: PLR2004
        if second < first:
            second += 100
        if 2 <= second - first <= 30:  # noqa: PLR2004
            if len(match["b"]) == 2 and second - first > 9 and int(match["b"]) <= _YEAR_MONTHS:  # noqa: PLR2004
                continue
            text, rest = _cut(cleaned, match)
            return PeriodText(
                Shape.WHOLE, Period(date(first, 1, 1), date(second, 12, 31), PeriodKind.SPAN), text=text, rest=rest
            )
    return None


def _read_quarter(text: str) -> PeriodText | None:
    number = _quarter_number(text)
    if not number:
        return None
    year = re.search(_FY, text)
    if year:
        first = _financial(year[0])
        return None if first is None else PeriodText(Shape.WHOLE, quarter(first, number), first)
    without = re.sub(_QN.replace("(?<![a-z])", ""), " ", text)
    short = re.search(_FY_SHORT, without)
    if short:
        parts = re.findall(r"\d\d", short[0])
        if (int(parts[0]) + 1) % 100 == int(parts[1]):
            return PeriodText(Shape.WHOLE, quarter(full_year(parts[0]), number), full_year(parts[0]))
    single = re.search(r"(?:19|20)\d\d|'\d\d", without)
    if single is None:
        return None
    calendar_year_number = full_year(single[0].strip("'"))
    if re.search(r"fy|financial", text):
        return PeriodText(Shape.WHOLE, quarter(calendar_year_number, number), calendar_year_number, ambiguous=True)
    return PeriodText(
        Shape.WHOLE,
        calendar_quarter(calendar_year_number, number),
        calendar_year_number,
        number,
        calendar=True,
        ambiguous=True,
    )


def _financial(text: str) -> int | None:
    """Return the first year where two consecutive years are named."""
    parts = re.findall(r"\d+", text)
    first = int(parts[0])
    second = int(parts[1])
    if len(parts[1]) == 2:  # noqa: PLR2004
        return first if (first + 1) % 100 == second else None
    return first if second == first + 1 else None


def _read_point(text: str) -> Period | int | None:
    """Return the period of a point in time, or the bare number of a month that lacks a year."""
    text = text.strip()
    if re.fullmatch(_MON, text):
        return month_number_of(text)
    if day := _read_date(text):
        return Period(day, day, PeriodKind.SNAPSHOT)
    if re.search(_QN.replace("(?<![a-z])", ""), text):
        found = _read_quarter(text)
        return found.period if found else None
    if match := re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", text):
        return month(int(match[1]), int(match[2]))
    if re.search(_MON, text):
        return _read_month(text)
    if re.fullmatch(_FY, text):
        first = _financial(text)
        return financial_year(first) if first is not None else None
    if re.fullmatch(_Y4, text):
        return calendar_year(int(text))
    return None


def _read_month(text: str) -> Period | None:
    name = re.search(_MON, text)
    digits = re.search(r"\d{4}|\d\d", text)
    if name is None or digits is None or re.match(rf"{_DAY}\s?(?:of\s)?{_MON}$", text):
        return None
    return month(full_year(digits[0]), month_number_of(name[0]))


def _read_date(text: str) -> date | None:
    try:
        if match := re.fullmatch(_ISO, text):
            return date.fromisoformat(match[0][:10])
        if re.fullmatch(_DMY, text):
            day, number, year = re.findall(r"\d+", text)
            return date(full_year(year), int(number), int(day))
        if match := re.fullmatch(rf"({_DAY})\s?(?:of\s)?-?({_MON})[\s,\-]*({_YY})", text):
            return date(full_year(match[3].strip("' ")), month_number_of(match[2]), int(re.sub(r"\D", "", match[1])))
        if match := re.fullmatch(rf"({_MON})\s({_DAY}),\s?({_Y4})", text):
            return date(int(match[3]), month_number_of(match[1]), int(re.sub(r"\D", "", match[2])))
    except ValueError:
        return None
    return None


def _part(name: str, match: re.Match[str], cleaned: str) -> PeriodText | None:
    text, rest = _cut(cleaned, match)
    found: PeriodText | None = None
    if name == "quarter":
        found = _read_quarter(text)
        if found and re.search(r"\bcalendar\b", rest):
            found = replace(found, ambiguous=False)
    elif name == "half":
        found = _read_half(match)
    elif name == "date":
        day = _read_date(text)
        found = PeriodText(Shape.WHOLE, _day_period(day, rest)) if day else None
    elif name == "month":
        period = _read_month(text)
        found = PeriodText(Shape.WHOLE, period) if period else None
    elif name in {"month_digits", "month_slash"}:
        found = PeriodText(Shape.WHOLE, month(int(match["year"]), int(match["month"])))
    else:
        found = _read_year(name, match, rest)
    return None if found is None else replace(found, text=text, rest=rest)


def _day_period(day: date, rest: str) -> Period:
    """A month's first day alone heads the month, as sheets write months; "as at" makes it a day."""
    if day.day == 1 and not rest.strip(" ()"):
        return month(day.year, day.month)
    return Period(day, day, PeriodKind.SNAPSHOT)


def _read_half(match: re.Match[str]) -> PeriodText | None:
    number = int(match["half"]) if match["half"] else _ORDINALS[match["half2"]]
    year = match["year"] or match["year2"]
    if re.fullmatch(_FY, year):
        first = _financial(year)
        if first is None:
            return None
        start = quarter(first, 2 * number - 1).start
    else:
        start = date(int(year), 6 * number - 5, 1)
    period = span_period(start, month_end(add_months(start, 5)))
    return PeriodText(Shape.WHOLE, period)


def _read_year(name: str, match: re.Match[str], rest: str) -> PeriodText | None:
    if name == "financial_year":
        first = _financial(match["fy"])
        if first is None:
            return None
        if _ACADEMIC.search(rest):
            period = Period(date(first, 9, 1), date(first + 1, 8, 31), PeriodKind.ACADEMIC_YEAR)
            return PeriodText(Shape.WHOLE, period)
        to_date = bool(match["todate"] or match["todate2"])
        return PeriodText(Shape.FINANCIAL_YEAR, financial_year(first), first, to_date=to_date)
    if name == "fy_short":
        if (int(match["a"]) + 1) % 100 != int(match["b"]):
            return None
        first = full_year(match["a"])
        return PeriodText(Shape.FINANCIAL_YEAR, financial_year(first), first)
    if name == "fy_end":
        last = full_year(match["y"])
        return PeriodText(Shape.FINANCIAL_YEAR, financial_year(last - 1), last - 1, ambiguous=True)
    year = int(match["y"])
    if re.search(r"\bfinancial year\b", rest):
        return PeriodText(Shape.YEAR, calendar_year(year), year, ambiguous=True)
    return PeriodText(Shape.YEAR, calendar_year(year), year)
