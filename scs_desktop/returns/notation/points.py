"""Points in time as sheets write them, and the pieces of which texts of periods are made: days, months, quarters."""

from __future__ import annotations

import re
from datetime import date

from scs_desktop.domain.periods import (
    Period,
    PeriodKind,
    calendar_quarter,
    calendar_year,
    financial_year,
    month,
    quarter,
)
from scs_desktop.returns.notation.period_text import PeriodText, Shape

_MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], start=1
    )
}
MON = (
    r"(?:jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
Y4 = r"(?<!\d)(?:19|20)\d\d(?!\d)"
_YY = rf"(?:{Y4}|'\s?\d\d(?!\d)|(?<!\d)\d\d(?![\d/]))"
FY = r"(?<!\d)(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)\d\d|\d\d)(?!\d)"
_FY_SHORT = r"(?<!\d)'?\d\d\s?[-/]\s?'?\d\d(?!\d)"
DAY = r"(?<!\d)(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_ISO = r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:[0-2]\d|3[01])(?!\d)(?:[t ]00:00(?::00)?(?:\.0+)?z?)?"
_DMY = r"(?<![\d/.])(?:[0-2]?\d|3[01])(?:/(?:0?[1-9]|1[0-2])/|\.(?:0?[1-9]|1[0-2])\.)(?:(?:19|20)\d\d|\d\d)(?![\d/])"
DATE = rf"(?:{DAY}\s?(?:of\s)?-?{MON}[\s,\-]*{_YY}|{MON}\s{DAY},\s?{Y4}|{_ISO}|{_DMY})"
_GAP = r"[\s,.\-/_']*"
MY = rf"(?:{MON}{_GAP}{_YY}|{Y4}[\s\-/]*{MON})"
_QUARTER_WORD = r"(?:quarter|qtr|q)\.?\s?"
QN = rf"(?:(?<![a-z]){_QUARTER_WORD}[1-4](?!\d)|(?:1st|2nd|3rd|4th|first|second|third|fourth)\s(?:quarter|qtr))"
_YQ_SEP = r"[\s,\-/(:_]*(?:of\s)?(?:fy\s?|financial year\s)?"
QY = (
    rf"(?:{QN}{_YQ_SEP}(?:{FY}|{_FY_SHORT}|{Y4}|'\d\d)|(?:fy\s?)?(?:{FY}|(?<!\d)(?:19"
    rf"|20)\d\d){_YQ_SEP}{QN.replace('(?<![a-z])', '')})"
)
DM = rf"{DAY}\s?(?:of\s)?{MON}"
POINT = rf"(?:{DATE}|{DM}|{QY}|{MY}|(?:19|20)\d\d-(?:0[1-9]|1[0-2])(?!\d)|{FY}|{Y4}|{QN}|{MON})"
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_PIVOT = 60


def month_number_of(name: str) -> int:
    """Return 4 for “April”, “Apr.” or “apr”."""
    return _MONTHS[name[:3].casefold()]


def full_year(digits: str) -> int:
    """Return 2011 for “11” and 1999 for “99”; four digits stay."""
    number = int(digits)
    if len(digits) > 2:  # noqa: PLR2004
        return number
    return 2000 + number if number < _PIVOT else 1900 + number


def quarter_number(text: str) -> int:
    """Return 3 for “Q3”, “third quarter”; 0 where the text names no quarter."""
    match = re.search(rf"(?:{_QUARTER_WORD})([1-4])(?!\d)", text)
    if match:
        return int(match[1])
    ordinal = re.search(r"(1st|2nd|3rd|4th|first|second|third|fourth)\s(?:quarter|qtr)", text)
    return ORDINALS[ordinal[1]] if ordinal else 0


def read_quarter(text: str) -> PeriodText | None:
    """Read “Q1 2011/12”, “2011 Q2”: of the financial year where it is said, else of the calendar year and ambiguous."""
    number = quarter_number(text)
    if not number:
        return None
    year = re.search(FY, text)
    if year:
        first = financial(year[0])
        return None if first is None else PeriodText(Shape.WHOLE, quarter(first, number), first)
    without = re.sub(QN.replace("(?<![a-z])", ""), " ", text)
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


def financial(text: str) -> int | None:
    """Return the first year where two consecutive years are named."""
    parts = re.findall(r"\d+", text)
    first = int(parts[0])
    second = int(parts[1])
    if len(parts[1]) == 2:  # noqa: PLR2004
        return first if (first + 1) % 100 == second else None
    return first if second == first + 1 else None


def read_point(text: str) -> Period | int | None:
    """Return the period of a point in time, or the bare number of a month that lacks a year."""
    text = text.strip()
    if re.fullmatch(MON, text):
        return month_number_of(text)
    if day := read_date(text):
        return Period(day, day, PeriodKind.SNAPSHOT)
    if re.search(QN.replace("(?<![a-z])", ""), text):
        found = read_quarter(text)
        return found.period if found else None
    if match := re.fullmatch(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", text):
        return month(int(match[1]), int(match[2]))
    if re.search(MON, text):
        return read_month(text)
    if re.fullmatch(FY, text):
        first = financial(text)
        return financial_year(first) if first is not None else None
    if re.fullmatch(Y4, text):
        return calendar_year(int(text))
    return None


def read_month(text: str) -> Period | None:
    """Read “Apr 2011”, “2011 April”, “Apr-11”."""
    name = re.search(MON, text)
    digits = re.search(r"\d{4}|\d\d", text)
    if name is None or digits is None or re.match(rf"{DAY}\s?(?:of\s)?{MON}$", text):
        return None
    return month(full_year(digits[0]), month_number_of(name[0]))


def read_date(text: str) -> date | None:
    """Read “31/03/2012”, “31 March 2012”, “2012-03-31”; None for a day that never was."""
    try:
        if match := re.fullmatch(_ISO, text):
            return date.fromisoformat(match[0][:10])
        if re.fullmatch(_DMY, text):
            day, number, year = re.findall(r"\d+", text)
            return date(full_year(year), int(number), int(day))
        if match := re.fullmatch(rf"({DAY})\s?(?:of\s)?-?({MON})[\s,\-]*({_YY})", text):
            return date(full_year(match[3].strip("' ")), month_number_of(match[2]), int(re.sub(r"\D", "", match[1])))
        if match := re.fullmatch(rf"({MON})\s({DAY}),\s?({Y4})", text):
            return date(int(match[3]), month_number_of(match[1]), int(re.sub(r"\D", "", match[2])))
    except ValueError:
        return None
    return None
