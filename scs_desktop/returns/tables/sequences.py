"""What the periods along a row or column tell each other: years for months without one, days among days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from scs_desktop.domain.periods import Period, PeriodKind, add_months, month, month_of
from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.tables.timing import YEAR_MONTHS

_YEARS_DIGITS = re.compile(r"(?:19|20)[0-9]{2}-[0-9]{2}")
_MONTH_DIGITS = re.compile(r"(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])")


def tell_months(sequence: Sequence[PeriodText | None]) -> list[PeriodText | None]:
    """Among 2011-10 and 2011-12 the neighbours tell a month from the financial year 2011/12."""
    months = [
        token for token in sequence if token is not None and _anchor(token) and _MONTH_DIGITS.fullmatch(token.text)
    ]
    pooled = _pooled_years([token for token in sequence if token is not None])
    if pooled:
        return [pooled.get(token.text, token) if token is not None else None for token in sequence]
    if len(months) < 2:  # noqa: PLR2004
        return list(sequence)
    return [
        PeriodText(Shape.WHOLE, month(token.year, int(token.text[-2:])), text=token.text)
        if token is not None and token.shape is Shape.FINANCIAL_YEAR and _MONTH_DIGITS.fullmatch(token.text)
        else token
        for token in sequence
    ]


_DAY_DIGITS = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2}(?:[T ][\d:.]*)?")


def tell_days(sequence: Sequence[PeriodText | None]) -> list[PeriodText | None]:
    """Among days of all sorts the first of a month is a day too, and no heading of the month."""
    days = [
        token for token in sequence if token is not None and token.period and token.period.start == token.period.end
    ]
    if not days:
        return list(sequence)
    return [
        replace(token, period=Period(token.period.start, token.period.start, PeriodKind.SNAPSHOT))
        if token is not None
        and token.period is not None
        and token.period.kind is PeriodKind.MONTH
        and _DAY_DIGITS.fullmatch(token.text)
        else token
        for token in sequence
    ]


def _pooled_years(tokens: Sequence[PeriodText]) -> dict[str, PeriodText]:
    """2008-10, 2009-11, 2010-12: each as many years as the next, a year later, which months never are."""
    texts = dict.fromkeys(token.text for token in tokens if token.period is not None)
    if len(texts) < 2 or not all(_YEARS_DIGITS.fullmatch(text) for text in texts):  # noqa: PLR2004
        return {}
    ends = sorted((int(text[:4]), int(text[:2] + text[-2:])) for text in texts)
    lengths = {last - first for first, last in ends}
    if len(lengths) > 1 or not 2 <= min(lengths) <= 10 or len({first for first, _ in ends}) < len(ends):  # noqa: PLR2004
        return {}
    return {
        text: PeriodText(
            Shape.WHOLE,
            Period(date(int(text[:4]), 1, 1), date(int(text[:2] + text[-2:]), 12, 31), PeriodKind.SPAN),
            text=text,
        )
        for text in texts
    }


def carry_years(sequence: Sequence[PeriodText | None]) -> list[PeriodText | None]:
    """Give a row or column of months and quarters the years that only some of its cells name.

    "Apr 2011, May, … Dec, Jan 2012, Feb" counts on from each cell that has a year, and back from the first.
    """
    result = tell_days(tell_months(sequence))
    known = [index for index, token in enumerate(result) if token is not None and _anchor(token) is not None]
    if not known or not any(token is not None and token.shape in {Shape.MONTH, Shape.QUARTER} for token in result):
        return result
    last: Period | None = None
    for index, token in enumerate(result):
        if token is None:
            continue
        anchor = _anchor(token)
        if anchor is not None:
            last = anchor
        elif last is not None and token.shape is Shape.MONTH:
            found = _next_month(token.number, last)
            result[index] = PeriodText(Shape.WHOLE, found, text=token.text, rest=token.rest)
            last = found
    following: Period | None = None
    for index in range(len(result) - 1, -1, -1):
        token = result[index]
        if token is None:
            continue
        if token.period is not None:
            following = _anchor(token)
        elif following is not None and token.shape is Shape.MONTH:
            found = _previous_month(token.number, following)
            result[index] = PeriodText(Shape.WHOLE, found, text=token.text, rest=token.rest)
            following = found
    return result


def _anchor(token: PeriodText) -> Period | None:
    return token.period if token.period is not None and token.period.kind is PeriodKind.MONTH else None


def _next_month(number: int, after: Period) -> Period:
    gap = (number - after.start.month) % YEAR_MONTHS or YEAR_MONTHS
    return month_of(add_months(after.start, gap))


def _previous_month(number: int, before: Period) -> Period:
    gap = (before.start.month - number) % YEAR_MONTHS or YEAR_MONTHS
    return month_of(add_months(before.start, -gap))
