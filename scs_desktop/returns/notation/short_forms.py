"""Short forms that mean a period only where they are the whole text: “April”, “Q2”, “201104”, “11/12”, “YTD”."""

from __future__ import annotations

import re
from dataclasses import replace

from scs_desktop.domain.periods import financial_year, month
from scs_desktop.returns.notation.period_text import LATEST_YEAR, PeriodText, Shape
from scs_desktop.returns.notation.points import MON, ORDINALS, QN, full_year, month_number_of, quarter_number

_WHOLE_MONTH = re.compile(rf"{MON}")
_WHOLE_QUARTER = re.compile(rf"(?P<cal>calendar\s)?{QN}(?:\s?\((?P<a>{MON})\s?(?:-|to)\s?(?P<b>{MON})\))?")
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
BEHIND_TO_DATE = re.compile(r"\W*(?:f?ytd|(?:financial )?year[\s-]to[\s-]date|cumulative(?: total)?|cum)(?:\sfor)?\W*")


def read_whole(cleaned: str) -> PeriodText | None:
    """Read a text that is nothing but one of the short forms, which inside a longer text would mean nothing."""
    bare = cleaned.strip(" .,:;()[]*")
    if _WHOLE_MONTH.fullmatch(bare):
        return PeriodText(Shape.MONTH, number=month_number_of(bare), text=cleaned)
    if match := _WHOLE_QUARTER.fullmatch(cleaned.strip(" .:;")):
        number = quarter_number(match[0])
        if match["a"]:
            return PeriodText(
                Shape.MONTHS, number=month_number_of(match["a"]), last=month_number_of(match["b"]), text=cleaned
            )
        return PeriodText(Shape.QUARTER, number=number, text=cleaned, calendar=match["cal"] is not None)
    in_digits = _in_digits(bare, cleaned)
    if in_digits is not None:
        return in_digits
    if _WHOLE_TO_DATE.fullmatch(bare):
        return PeriodText(Shape.TO_DATE, text=cleaned, to_date=True)
    if match := _WHOLE_HALF.fullmatch(bare):
        return PeriodText(Shape.HALF, number=int(match["n"]) if match["n"] else ORDINALS[match["w"]], text=cleaned)
    if match := _WHOLE_FMONTH.fullmatch(bare):
        return PeriodText(Shape.FINANCIAL_MONTH, number=int(match["n"]), text=cleaned, weak=True)
    return None


def _in_digits(bare: str, cleaned: str) -> PeriodText | None:
    """Read “201104”, “2011-04”, “04/2011”, “11/12”, “YTD 11/12”."""
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
    if match := _SHORT_YEAR_TO_DATE.fullmatch(bare):
        year = full_year(match["a"] or match["a2"])
        if (year + 1) % 100 == int(match["b"] or match["b2"]):
            return PeriodText(Shape.FINANCIAL_YEAR, financial_year(year), year, text=cleaned, to_date=True)
    return None


_WORD_BEFORE = re.compile(
    r"^(?:sub-?\s?totals?|totals?|actuals?|targets?|planned|forecast"
    r"|(?P<todate>(?:cumulative|f?ytd|year[\s-]to[\s-]date)(?:\stotal)?(?:\s(?:(?:up\s)?to|at|by))?(?:\s(?:the\s)?end(?:\sof)?)?))"
    r"\s(?:for\s)?(?=\S)"
)
_SHORT_YEAR_TO_DATE = re.compile(
    r"(?:f?ytd|year[\s-]to[\s-]date)\s'?(?P<a>\d\d)\s?[-/]\s?'?(?P<b>\d\d)|'?(?P<a2>\d\d)\s?[-/]\s?'?(?P<b2>\d\d)\s"
    r"(?:f?ytd|year[\s-]to[\s-]date)"
)
_WORD_BEHIND = re.compile(
    r"\s(?:sub-?\s?totals?|totals?|actuals?|outturns?|figures?|results?|targets?|plan|planned|forecast|performance|data|only"
    r"|\(?(?:actual|target|provisional|prov|p|r|revised)\)?|\(?(?:f?ytd|year[\s-]to[\s-]date|cumulative|cum\.?)\)?)$"
)


def _to_date(match: re.Match[str]) -> bool:
    return bool(match.groupdict().get("todate")) or BEHIND_TO_DATE.fullmatch(match[0]) is not None


def read_with_word(cleaned: str) -> PeriodText | None:
    """Read “Total Q1”, “April actual”: a short form with a word that says which figure of the period it is."""
    for pattern in (_WORD_BEFORE, _WORD_BEHIND):
        match = pattern.search(cleaned)
        if match is None:
            continue
        found = read_whole(pattern.sub("", cleaned).strip())
        if found is not None and found.shape is not Shape.FINANCIAL_MONTH:
            return replace(found, rest=match[0].strip(), to_date=_to_date(match))
    return None
