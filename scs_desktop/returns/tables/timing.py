"""Step 7: one period from all the header cells that say something of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from scs_desktop.domain.periods import (
    Period,
    PeriodKind,
    add_months,
    calendar_quarter,
    financial_year_label,
    financial_year_of,
    month,
    month_end,
    month_number,
    month_of,
    quarter,
    rolling_12,
)
from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.notation.spans import span_period

_PARTS = frozenset({Shape.MONTH, Shape.QUARTER, Shape.MONTHS, Shape.HALF, Shape.FINANCIAL_MONTH})
YEAR_MONTHS = 12
_APRIL = 4


@dataclass(frozen=True, slots=True)
class Timing:
    """A period with the words it was read from.

    Attributes:
        period: the days; None where the header cells give none.
        label: the words, as they stand.
        conflict: two header cells give periods that share no day.
        ambiguous: the year that a quarter belongs to is not said.
        relative: the words count back from a day that nothing names.

    """

    period: Period | None = None
    label: str = ""
    conflict: bool = False
    ambiguous: bool = False
    relative: bool = False


NO_TIMING = Timing()
AT_NO_DAY = Timing(relative=True)
LONGEST_END = 11
"""A stretch of so many months or fewer in a title tells with which month a year to date ends."""


def is_part(token: PeriodText) -> bool:
    """Whether the text waits for a year."""
    return token.period is None and token.shape in _PARTS


def decide(tokens: Sequence[PeriodText], context: Sequence[PeriodText] = ()) -> Timing:
    """Decide the period of a cell.

    Args:
        tokens: what its header cells say, outermost first, rows before columns.
        context: what title, section and sheet name say, nearest first; used for what the tokens leave open.

    """
    mine = [token for token in tokens if not token.base]
    if not mine:
        return NO_TIMING
    parts = [token for token in mine if is_part(token)]
    wholes = [token for token in mine if token.period is not None]
    if parts:
        return _from_part(parts, wholes, context)
    ending = next((token for token in [*mine, *context] if token.shape is Shape.ENDING), None)
    if ending is not None:
        found = _from_ending(ending, wholes or [token for token in context if token.period is not None])
        if found is not None:
            return found
    if not wholes:
        return NO_TIMING
    return _from_wholes(wholes)


def _from_part(parts: Sequence[PeriodText], wholes: Sequence[PeriodText], context: Sequence[PeriodText]) -> Timing:
    part = parts[-1]
    if len(parts) > 1 and {token.shape for token in parts} == {Shape.MONTH, Shape.QUARTER}:
        # A quarter over its months: the month says it all.
        part = next(token for token in parts if token.shape is Shape.MONTH)
    years = [token for token in reversed(wholes) if _is_yearly(token)]
    exact = [token for token in wholes if token.exact and not _is_yearly(token)]
    if exact and not years:
        period = place_part(part, exact[-1])
        if period is not None:
            return Timing(period, f"{part.text} {exact[-1].text}".strip(), ambiguous=False)
        return Timing(exact[-1].period, exact[-1].text)
    around = [item for item in context if item.period is not None]
    for token in [*years, *around, *(_year_of(item) for item in around if not _is_yearly(item))]:
        period = place_part(part, token)
        if period is not None:
            unclear = part.shape is Shape.QUARTER and token.shape is Shape.YEAR and not part.calendar
            return Timing(period, f"{part.text} {token.text}".strip(), ambiguous=unclear)
    return NO_TIMING


def _year_of(token: PeriodText) -> PeriodText:
    """Return the financial year of a title's shorter period: "Quarter 2 2011/12" over the columns Q1 and Q2."""
    day = token.period.end if token.period is not None else date.min
    year = financial_year_of(day)
    return PeriodText(Shape.FINANCIAL_YEAR, year, year.start.year, text=financial_year_label(year))


def _is_yearly(token: PeriodText) -> bool:
    return token.shape in {Shape.YEAR, Shape.FINANCIAL_YEAR} or (
        token.period is not None and token.period.months == YEAR_MONTHS
    )


def place_part(part: PeriodText, year: PeriodText) -> Period | None:  # noqa: C901, PLR0912  one case for each shape
    """Place a month, quarter, half or span of months in the year another text names; None where it does not fit."""
    span = year.period
    if span is None:
        return None
    if part.shape is Shape.MONTH:
        return _month_within(part.number, span)
    if part.shape is Shape.MONTHS and year.shape is Shape.YEAR and "q" in part.text.casefold():
        # Whether the quarters are those of the calendar year is not said.
        return None
    if part.shape is Shape.MONTHS:
        return _months_within(part.number, part.last, span)
    if span.months < YEAR_MONTHS:
        return None
    financial = year.shape is Shape.FINANCIAL_YEAR or (span.kind is PeriodKind.FINANCIAL_YEAR)
    if part.shape is Shape.QUARTER:
        if part.calendar:
            return calendar_quarter(span.end.year if financial and part.number == 1 else span.start.year, part.number)
        if financial:
            return quarter(span.start.year, part.number)
        if span.kind is PeriodKind.ACADEMIC_YEAR:
            return None
        if year.shape is Shape.YEAR:
            return calendar_quarter(year.year, part.number)
        return None
    if part.shape is Shape.FINANCIAL_MONTH:
        if not financial:
            return None
        return month_of(add_months(span.start, part.number - 1))
    if part.shape is Shape.HALF:
        start = add_months(span.start, 6 * (part.number - 1))
        return span_period(start, month_end(add_months(start, 5)))
    return None


def _month_within(number: int, span: Period) -> Period | None:
    first = month(span.start.year, number)
    if first.start < date(span.start.year, span.start.month, 1):
        first = month(span.start.year + 1, number)
    return first if first.start <= span.end else None


def _months_within(first: int, last: int, span: Period) -> Period | None:
    start = _month_within(first, span)
    if start is None:
        return None
    end = month(start.start.year + (last < first), last)
    return span_period(start.start, end.end)


def _from_ending(ending: PeriodText, wholes: Sequence[PeriodText]) -> Timing | None:
    if not wholes:
        return None
    whole = wholes[-1]
    if whole.shape is Shape.YEAR:
        end = month(whole.year, ending.number).end
        period = rolling_12(end)
        fixed = span_period(period.start, period.end)
        return Timing(fixed, f"{ending.text} {whole.text}")
    if (
        whole.period is not None
        and whole.period.end.month == ending.number
        and whole.period.months in {1, 3, YEAR_MONTHS}
    ):
        period = rolling_12(whole.period.end)
        return Timing(span_period(period.start, period.end), f"{ending.text} {whole.text}")
    return None


def _from_wholes(wholes: Sequence[PeriodText]) -> Timing:
    best = wholes[0]
    conflict = False
    for token in wholes[1:]:
        one, other = best.period, token.period
        if one is None or other is None or one == other:
            continue
        if one.contains(other) and (token.exact or not best.exact):
            best = token
        elif other.contains(one) and (best.exact or not token.exact):
            continue
        elif best.exact != token.exact:
            best = best if best.exact else token
        else:
            conflict = conflict or not one.overlaps(other)
            best = token
    return Timing(best.period, best.text, conflict=conflict, ambiguous=best.ambiguous)


def months_to(end: date, count: int) -> Period:
    """Return ``count`` months that end with the month of ``end``."""
    if count == YEAR_MONTHS:
        return rolling_12(end)
    start = add_months(end, 1 - count)
    return span_period(start, month_end(end)) or Period(start, month_end(end), PeriodKind.SPAN)


def academic_year(first: int) -> Period:
    """Return September to August, as schools count their years."""
    return Period(date(first, 9, 1), date(first + 1, 8, 31), PeriodKind.ACADEMIC_YEAR)


def earlier(period: Period, months: int) -> Period:
    """Return the period of the same length so many months before."""
    start = add_months(period.start, -months)
    end = month_end(add_months(period.start.replace(day=1), period.months - 1 - months))
    return replace(period, start=start, end=end)


def union(periods: Sequence[Period]) -> Period | None:
    """Return the stretch that the periods fill together without a gap; None where they leave one."""
    if not periods:
        return None
    ordered = sorted(set(periods))
    for earlier, later in pairwise(ordered):
        if (later.start - earlier.end).days != 1:
            return None
    return span_period(ordered[0].start, ordered[-1].end)


def to_date(periods: Sequence[Period], opens: int = _APRIL) -> Period | None:
    """From the start of the year of the last of the periods to its end; ``opens`` is the year's first month."""
    if not periods:
        return None
    last = max(periods, key=lambda period: period.end)
    start = date(last.start.year - (last.start.month < opens), opens, 1)
    if month_number(last.end) - month_number(start) >= YEAR_MONTHS:
        return None
    found = span_period(start, last.end)
    if found is not None and found.kind in {PeriodKind.SPAN, PeriodKind.QUARTER}:
        return Period(found.start, found.end, PeriodKind.YEAR_TO_DATE)
    return found
