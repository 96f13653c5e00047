"""Stretches of time in words: “12 months to June 2012”, “Apr 2011 - Mar 2012”, “2010 to 2012”, “2007/08 - 09/10”."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from scs_desktop.domain.periods import (
    Period,
    PeriodKind,
    add_months,
    calendar_quarter,
    financial_year,
    financial_year_of,
    month,
    month_end,
    quarter,
)
from scs_desktop.returns.notation.period_text import Doubt, PeriodText, Shape
from scs_desktop.returns.notation.points import (
    DATE,
    DAY,
    DM,
    FY,
    MON,
    MY,
    POINT,
    QN,
    QY,
    Y4,
    financial,
    full_year,
    month_number_of,
    quarter_number,
    read_point,
    read_quarter,
)

_TO = r"\s?(?:-|to|until|till|through|thru|up to)\s?(?:the\s)?(?:end\s(?:of\s)?)?"
_SPAN = re.compile(rf"(?<![a-z\d])(?P<a>{POINT}){_TO}(?P<b>{POINT})(?![a-z])")
_LENGTH = (
    r"(?P<length>(?:rolling\s|the\s)?(?:12|twelve|6|six|3|three|9|nine|24|36|\d{1,2})[\s-]?(?:months?|m)|(?:financial\s|calendar\s|rolling\s|full\s)?(?:year|yr)s?|quarter|qtr|month|week|w|y|m|q|r12m?|12m"
    r"|(?:financial\s)?year[\s-]to[\s-]date|fytd|ytd|cumulative)"
)
_ENDING = re.compile(
    rf"(?<![a-z])(?:{_LENGTH}\s?(?:/?e(?![a-z])\.?|ending|ended|ends|end|to the end of|to end of|to end|up to|to"
    rf"|:|-|\()|(?P<todate>year[\s-]to[\s-]date|f?ytd|cumulative|r12m?|rolling\s12(?:\smonths?)?)\s)\s?(?:the\s)?(?:period\s)?(?P<point>{DATE}"
    rf"|{DM}|{QY}|{MY}|{MON}|{FY})(?!\s?-\s?{MON})"
)
_COMMENCING = re.compile(
    rf"(?<![a-z])(?:w/?c|week\s(?:commencing|beginning|starting)|week\sof)\s?:?\s?(?P<point>{DATE})"
)
_WEEK_OF_YEAR = re.compile(
    r"(?<![a-z\d])(?:(?P<y>(?:19|20)\d\d)[\s\-/]?(?P<iso>w)(?:ee)?k?\s?(?P<n>\d{1,2})|(?:w|wk|week)\s?(?:no\.?\s?)?(?P<n2>\d{1,2})"
    r"[\s,\-/(]+(?:of\s)?(?P<y2>(?:19|20)\d\d))(?![\d/]|-\d)"
)
_MANY_YEARS = re.compile(r"(?<!\d)(?P<a>(?:19|20)\d\d)\s?(?:-|/|to)\s?(?P<b>(?:19|20)\d\d|\d\d)(?!\d)")
_POOLED = re.compile(rf"(?P<a>{FY})\s?(?:-|to)\s?'?(?P<b>(?:(?:19|20)\d\d|\d\d))\s?/\s?(?P<c>\d\d)(?!\d)")
_EXAMPLE_YEAR = 2001
YEAR_MONTHS = 12


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
        default = PeriodKind.ROLLING_12 if months == YEAR_MONTHS else PeriodKind.SPAN
        return Period(start, end, kinds.get((start.month, months), default))
    if start == end:
        return Period(start, end, PeriodKind.SNAPSHOT)
    if (end - start).days == 6:  # noqa: PLR2004
        return Period(start, end, PeriodKind.WEEK)
    return Period(start, end, PeriodKind.SPAN)


def cut(cleaned: str, match: re.Match[str]) -> tuple[str, str]:
    """Return what matched, and what else the text says."""
    return match[0].strip(), f"{cleaned[: match.start()]} {cleaned[match.end() :]}".strip()


def end_of(found: PeriodText) -> date:
    """Return the last day of what was read; the earliest of all days where it has none."""
    return found.period.end if found.period else date.min


def read_ending(cleaned: str) -> PeriodText | None:
    """Read “12 months to June 2012”, “year ending March”: a length and its last day, month or quarter."""
    best: PeriodText | None = None
    for match in _ENDING.finditer(cleaned):
        length = match["length"] or match["todate"]
        yearless = re.fullmatch(rf"{DAY}\s?(?:of\s)?(?P<month>{MON})", match["point"])
        point = month_number_of(yearless["month"]) if yearless else read_point(match["point"])
        text, rest = cut(cleaned, match)
        if point is None:
            continue
        if isinstance(point, int):
            if best is None and _months_of(length) == YEAR_MONTHS:
                best = PeriodText(Shape.ENDING, number=point, last=YEAR_MONTHS, text=text, rest=rest)
            continue
        period = _ending_period(length, point)
        if period is None:
            continue
        to_date = bool(re.search(r"to[\s-]date|ytd|cumul", length))
        found = PeriodText(Shape.WHOLE, period, text=text, rest=rest, to_date=to_date)
        if best is None or end_of(found) > end_of(best):
            best = found
    return best


def _months_of(length: str) -> int:
    words = length.strip()
    if re.search(r"year|yr|12|twelve|^y$|r12", words):
        return YEAR_MONTHS
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
    if months == YEAR_MONTHS and "year" not in words:
        return Period(start, end, PeriodKind.ROLLING_12)
    return span_period(start, end)


def read_commencing(cleaned: str) -> PeriodText | None:
    """Read “week commencing 2 April 2012”."""
    match = _COMMENCING.search(cleaned)
    if match is None:
        return None
    point = read_point(match["point"])
    if not isinstance(point, Period):
        return None
    text, rest = cut(cleaned, match)
    return PeriodText(
        Shape.WHOLE, Period(point.start, point.start + timedelta(days=6), PeriodKind.WEEK), text=text, rest=rest
    )


def read_week_of_year(cleaned: str) -> PeriodText | None:
    """“2012-W14” is the week as ISO 8601 counts; “week 14 2012” may be counted from April too."""
    match = _WEEK_OF_YEAR.search(cleaned)
    if match is None:
        return None
    year, number = int(match["y"] or match["y2"]), int(match["n"] or match["n2"])
    try:
        first = date.fromisocalendar(year, number, 1)
    except ValueError:
        return None
    text, rest = cut(cleaned, match)
    doubt = None if re.fullmatch(r"\d{4}-?w\d\d", text) else Doubt.WEEK_OF_WHICH_YEAR
    return PeriodText(
        Shape.WHOLE, Period(first, first + timedelta(days=6), PeriodKind.WEEK), text=text, rest=rest, doubt=doubt
    )


def read_pooled(cleaned: str) -> PeriodText | None:
    """“2007/08 - 09/10”: financial years pooled."""
    for match in _POOLED.finditer(cleaned):
        first = financial(match["a"])
        last = full_year(match["b"])
        if first is None or (last + 1) % 100 != int(match["c"]) or last <= first:
            continue
        text, rest = cut(cleaned, match)
        period = Period(date(first, 4, 1), date(last + 1, 3, 31), PeriodKind.SPAN)
        return PeriodText(Shape.WHOLE, period, text=text, rest=rest)
    return None


def read_span(cleaned: str) -> PeriodText | None:
    """Read “Apr 2011 - Mar 2012”: two points in time and all between them."""
    best: PeriodText | None = None
    for match in _SPAN.finditer(cleaned):
        found = _span_of(match["a"], match["b"])
        if found is None:
            continue
        text, rest = cut(cleaned, match)
        found = replace(found, text=text, rest=rest)
        if best is None or end_of(found) > end_of(best):
            best = found
    return best


def _span_of(first: str, second: str) -> PeriodText | None:
    if re.fullmatch(Y4, first) and re.fullmatch(Y4, second) and int(second) == int(first) + 1:
        return PeriodText(Shape.FINANCIAL_YEAR, financial_year(int(first)), int(first))
    end = read_point(second)
    start = read_point(first)
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
        day = re.fullmatch(rf"({DAY})\s?(?:of\s)?({MON})", first)
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
    if not (re.fullmatch(QN, first) and re.fullmatch(QN, second)):
        return None
    opening, closing = quarter_number(first), quarter_number(second)
    if closing <= opening:
        return None
    start, end = quarter(_EXAMPLE_YEAR, opening).start.month, quarter(_EXAMPLE_YEAR, closing).end.month
    return PeriodText(Shape.MONTHS, number=start, last=end)


def _quarters(first: str, second: str) -> PeriodText | None:
    """“Q1 to Q3 2011/12”."""
    if not re.fullmatch(QN, first):
        return None
    last = read_quarter(second)
    if last is None or last.period is None:
        return None
    opening = quarter_number(first)
    start = calendar_quarter(last.year, opening) if last.calendar else quarter(last.year, opening)
    period = span_period(start.start, last.period.end)
    return PeriodText(Shape.WHOLE, period) if period else None


def read_many_years(cleaned: str) -> PeriodText | None:
    """“2012-14”, “2010 to 2012”: years pooled. Consecutive ones with two digits are a financial year and left alone."""
    for match in _MANY_YEARS.finditer(cleaned):
        first = int(match["a"])
        second = int(match["b"]) if len(match["b"]) == 4 else first - first % 100 + int(match["b"])  # noqa: PLR2004
        if second < first:
            second += 100
        if 2 <= second - first <= 30:  # noqa: PLR2004
            if len(match["b"]) == 2 and second - first > 9 and int(match["b"]) <= YEAR_MONTHS:  # noqa: PLR2004
                continue
            text, rest = cut(cleaned, match)
            return PeriodText(
                Shape.WHOLE, Period(date(first, 1, 1), date(second, 12, 31), PeriodKind.SPAN), text=text, rest=rest
            )
    return None
