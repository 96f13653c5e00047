"""Periods as sheets write them: whole ones, and parts such as “April” or “Q2” that wait for a year beside or above.

Years are financial where two are named (“2011/12”) and calendar where one is (“2011”). What a part means is decided
in :mod:`scs_desktop.returns.tables.timing`, where all the header cells that govern a figure are known.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
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
from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.notation.points import (
    DATE,
    FY,
    MON,
    MY,
    ORDINALS,
    QN,
    QY,
    Y4,
    financial,
    full_year,
    month_number_of,
    quarter_number,
    read_date,
    read_month,
    read_quarter,
)
from scs_desktop.returns.notation.short_forms import BEHIND_TO_DATE, read_whole, read_with_word
from scs_desktop.returns.notation.spans import (
    cut,
    end_of,
    read_commencing,
    read_ending,
    read_many_years,
    read_pooled,
    read_span,
    read_week_of_year,
    span_period,
)
from scs_desktop.returns.notation.text import tidy, without_footnotes

_PARTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("quarter", re.compile(QY)),
    (
        "half",
        re.compile(
            rf"(?<![a-z])(?:h|half\s?)(?P<half>[12])[\s,\-/]*(?P<year>{FY}|{Y4})|(?P<half2>first|second|1st|2nd)\shalf\s(?:of\s)?(?P<year2>{FY}|{Y4})"
        ),
    ),
    ("date", re.compile(DATE)),
    ("month", re.compile(rf"(?<![a-z\d]){MY}")),
    ("month_digits", re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)\s?m\s?(?P<month>0?[1-9]|1[0-2])(?!\d)")),
    ("month_slash", re.compile(r"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?!\d)")),
    (
        "financial_year",
        re.compile(
            rf"(?:(?<![a-z])(?P<todate>fytd|ytd|year to date)\s?)?(?P<fy>{FY})(?:\s?(?P<todate2>fytd|ytd"
            rf"|year to date))?"
        ),
    ),
    ("fy_short", re.compile(r"(?<![a-z])fy\s?'?(?P<a>\d\d)\s?[-/]\s?'?(?P<b>\d\d)(?!\d)")),
    ("fy_end", re.compile(r"(?<![a-z])fy\s?'?(?P<y>(?:20)?\d\d)(?![\d/-])")),
    (
        "year",
        re.compile(rf"(?<![£$#.,\d])(?<!per )(?<!act )(?<!aged )(?P<y>{Y4})(?!\s?(?:act|regulations)\b|\s?%|[,.]\d)"),
    ),
)
_MONTH_FIRST = re.compile(r"^(?:0?[1-9]|1[0-2])[/.-](?:1[3-9]|2\d|3[01])[/.-](?:19|20)\d\d$")
_CHANGE_OF_YEARS = re.compile(
    r"\b(?:change|difference|increase|decrease|growth|variation|variance|diff)\b.*?(?<!\d)(?P<a>(?:19|20)\d\d)\s?(?:to|and)\s?(?P<b>(?:19|20)\d\d)(?!\d|[-/])"
)
_UNDERSCORED = re.compile(r"_?(?<!\d)((?:19|20)\d\d)_(\d\d)(?!\d)")
_TO_MONTH = re.compile(
    rf"(?:(?:f?ytd|year[\s-]to[\s-]date|up)\s)?(?<![a-z])to\s(?:the\s)?(?:end\s(?:of\s)?)?(?P<last>{MON})(?!\s?\d)"
)
_APRIL = 4
# "Q3. Do you feel safe?" numbers a question.
_QUESTION = re.compile(r"^\W*q\d\s?[.:)a-z]")
_BASE = re.compile(
    r"\b(?:difference|differences|compared (?:with|to)|compared|comparison (?:with|to)|comparison|relative to"
    r"|versus|vs\.?|against|since|change from|changes? (?:on|over|since)|increase (?:on|from)|baseline"
    r")\b"
)
_ACADEMIC = re.compile(r"\b(?:academic|school|sept?(?:ember)? to (?:august|july))\b")
_MID = re.compile(r"\bmid[\s-]?(?:year)?[\s-]?(?=(?:19|20)\d\d)")
_FUSED_SHORT = re.compile(r"('\d\d)\d{1,2}(?:\s?,\s?\d{1,2})*(?!\d)")
_FUSED_MONTH = re.compile(
    rf"({MON}\s?(?:19|20)\d\d)\d(?:\s?,\s?\d{{1,2}})*(?!\d)|({MON}\s?(?!19|20)\d\d)\d(?:\s?,\s?\d{{1,2}})*(?!\d)"
)
_FUSED_YEAR = re.compile(r"\b((?:to|in|and|at|-)\s?(?:19|20)\d\d)\d(?:\s?,\s?\d{1,2})*(?!\d)")
_FUSED_FY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/])(\d\d)(\d{1,2})(?:\s?,\s?\d{1,2})*(?!\d)")
# Most texts say nothing of time: one look tells them.
_HINT = re.compile(
    r"(?:19|20)\d\d|['’‘]\s?\d\d|\d\s?[-–—/.]\s?'?\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\bq|quarter|qtr|\bh\s?\d|half|date|ytd"
    r"|year|cum|fy|\bm\s?\d|month|period|\bp\s?\d|week|\bw/",
    re.IGNORECASE,
)
_LONGEST = 700


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
    found = read_whole(cleaned) or read_with_word(cleaned) or _inside(cleaned)
    if found is None:
        return None
    found = replace(found, text=_as_written(plain, found.text))
    if found.period is not None and found.period.months in {1, 3} and BEHIND_TO_DATE.fullmatch(found.rest):
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
        year = re.search(FY, found.rest)
        first = financial(year[0]) if year is not None else None
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
    numbers = {quarter_number(match[0]) for match in re.finditer(QN, found.rest)}
    if len(numbers) != 1 or _QUESTION.search(found.rest):
        return None
    number = numbers.pop()
    rest = re.sub(QN, " ", found.rest).strip()
    text = f"Q{number} {found.text}"
    if found.shape is Shape.FINANCIAL_YEAR:
        return PeriodText(Shape.WHOLE, quarter(found.year, number), found.year, text=text, rest=rest)
    period = calendar_quarter(found.year, number)
    return PeriodText(Shape.WHOLE, period, found.year, number, text=text, rest=rest, calendar=True, ambiguous=True)


def _months_of_calendar_year(found: PeriodText) -> PeriodText | None:
    """Read “2012 Q1 (Jan-Mar)”: months within the one year that the same text names."""
    years = re.findall(Y4, found.rest)
    if found.shape is not Shape.MONTHS or len(years) != 1 or found.last < found.number:
        return None
    period = span_period(month(int(years[0]), found.number).start, month(int(years[0]), found.last).end)
    rest = re.sub(QN.replace("(?<![a-z])", ""), " ", found.rest.replace(years[0], " "))
    return None if period is None else replace(found, shape=Shape.WHOLE, period=period, rest=rest.strip(" ()"))


def _as_written(plain: str, text: str) -> str:
    """Return the words with the capitals they have in the sheet."""
    start = plain.casefold().find(text)
    return plain[start : start + len(text)] if start >= 0 and len(plain.casefold()) == len(plain) else text


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


def _inside(cleaned: str) -> PeriodText | None:
    if _MONTH_FIRST.search(cleaned):
        # 04/15/2012 is no day as days are written here, and no year either: its neighbours tell.
        return None
    for reader in (read_week_of_year, read_ending, read_commencing, read_pooled, read_span, read_many_years):
        found = reader(cleaned)
        if found is not None:
            return found
    if _MID.search(cleaned):
        cleaned = _MID.sub("", cleaned)
    best: PeriodText | None = None
    for name, pattern in _PARTS:
        for match in pattern.finditer(cleaned):
            found = _part(name, match, cleaned)
            if found is not None and (best is None or end_of(found) > end_of(best)):
                best = found
        if best is not None:
            return best
    return None


def _part(name: str, match: re.Match[str], cleaned: str) -> PeriodText | None:
    text, rest = cut(cleaned, match)
    found: PeriodText | None = None
    if name == "quarter":
        found = read_quarter(text)
        if found and re.search(r"\bcalendar\b", rest):
            found = replace(found, ambiguous=False)
    elif name == "half":
        found = _read_half(match)
    elif name == "date":
        day = read_date(text)
        found = PeriodText(Shape.WHOLE, _day_period(day, rest)) if day else None
    elif name == "month":
        period = read_month(text)
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
    number = int(match["half"]) if match["half"] else ORDINALS[match["half2"]]
    year = match["year"] or match["year2"]
    if re.fullmatch(FY, year):
        first = financial(year)
        if first is None:
            return None
        start = quarter(first, 2 * number - 1).start
    else:
        start = date(int(year), 6 * number - 5, 1)
    period = span_period(start, month_end(add_months(start, 5)))
    return PeriodText(Shape.WHOLE, period)


def _read_year(name: str, match: re.Match[str], rest: str) -> PeriodText | None:
    if name == "financial_year":
        first = financial(match["fy"])
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
