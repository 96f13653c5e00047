"""Direction of travel: how the latest period stands against the year before and the period before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from scs_desktop.domain.baselines import months_before, own_side
from scs_desktop.domain.breaks import barrier, crossed
from scs_desktop.domain.case import Case, moved_words
from scs_desktop.domain.difference import difference
from scs_desktop.domain.measure import Measure, adds_up, measure, same_months
from scs_desktop.domain.periods import (
    MONTHS_IN_YEAR,
    Period,
    PeriodKind,
    add_months,
    financial_year_label,
    financial_year_of,
    month_end,
    month_number,
)
from scs_desktop.domain.position import (
    Direction,
)
from scs_desktop.domain.seasons import ADJUSTABLE_FROM, seasonal_pattern_likely
from scs_desktop.domain.sentences import (
    p_text,
)
from scs_desktop.domain.series_figures import SeriesFigures
from scs_desktop.domain.strategy import Definition, IndicatorKind

_RECENT_MONTHS = 3
_BY_MONTHS = frozenset({PeriodKind.SPAN, PeriodKind.YEAR_TO_DATE, PeriodKind.FINANCIAL_YEAR})


def direction_of(case: Case) -> tuple[Direction, str]:
    """Return better, worse or no clear change against the same period a year before, and the sentence."""
    found, made = case.found, case.made
    if found is None or made is None or not made.complete or made.value is None:
        return Direction.UNKNOWN, ""
    before = _year_before(found, case.definition, made)
    if before is None:
        return Direction.UNKNOWN, "No figure of the same period a year before is stored."
    return _travel(case, before, made)


def recent_sentence(case: Case) -> str:
    """Say how the latest period stands against the one just before it; nothing where they share months.

    Of months and quarters that add up, the last three months are compared with the three before.
    """
    found, made = case.found, case.made
    if found is None or made is None or not made.complete:
        return ""
    last = month_number(made.period.counts_from)
    if adds_up(found.series, case.definition):
        now = measure(found, case.definition, _three_months(last))
        before = measure(found, case.definition, _three_months(last - _RECENT_MONTHS))
    else:
        now, before = made, measure(found, case.definition, found.period_at(last - max(found.step, 1)))
    if not now.complete or not before.complete or before.period.end >= now.period.start or now.single != before.single:
        return ""
    return _travel(case, before, now, named=now.period != made.period, seasonal=_seasonal(case, now.period))[1]


def _seasonal(case: Case, period: Period) -> bool:
    """Whether neighbouring months differ by their season, so that one says little of the next."""
    found = case.found
    if found is None or found.step != 1 or not adds_up(found.series, case.definition):
        return False
    months = months_before(found, add_months(period.end, 1), ADJUSTABLE_FROM, case.alike_from)
    return bool(months) and min(months) >= 0 and bool(_season_of(months))


@lru_cache(maxsize=1024)
def _season_of(months: tuple[float, ...]) -> bool | None:
    return seasonal_pattern_likely(months)


def _three_months(last: int) -> Period:
    end = date(last // MONTHS_IN_YEAR, last % MONTHS_IN_YEAR + 1, 1)
    return Period(add_months(end, 1 - _RECENT_MONTHS), month_end(end), PeriodKind.SPAN)


def _travel(
    case: Case, before: Measure, made: Measure, *, named: bool = False, seasonal: bool = False
) -> tuple[Direction, str]:
    sign = case.definition.polarity.sign
    apart = difference(case.definition, own_side(before), own_side(made), case.dispersion)
    moved = moved_words(case, before.value or Decimal(0), made.value or Decimal(0))
    start = f"{period_name(made.period)} against" if named else "Against"
    against = f"{start} {period_name(before.period)}"
    barred = barrier(case.breaks, before.period, made.period)
    if barred is not None:
        return Direction.UNKNOWN, f"{against}: not compared, the definition changed {barred.at} ({barred.cause})."
    if not apart.moved:
        return Direction.NO_CLEAR_CHANGE if sign else Direction.UNKNOWN, f"{against}: no change."
    against = f"{against}: {moved}" if moved else f"{against}: more, after none"
    if not sign:
        return Direction.UNKNOWN, f"{against}; no direction is set."
    activity = case.definition.kind is IndicatorKind.ACTIVITY
    if apart.p is None and not activity:
        return Direction.UNKNOWN, f"{against}; chance is not tested."
    way = (apart.moved if activity else apart.clear) * sign
    if seasonal and way:
        return Direction.UNKNOWN, f"{against}; not judged, because these months usually differ by season."
    word = Direction.BETTER if way > 0 else Direction.WORSE if way < 0 else Direction.NO_CLEAR_CHANGE
    notes = [p_text(apart.p)] if apart.p is not None and not activity else []
    notes += [f"across the break of {one.when}" for one in crossed(case.breaks, before.period, made.period)]
    p = f" ({'; '.join(notes)})" if notes else ""
    return word, f"{against}, {word.value}{p}."


def period_name(period: Period) -> str:
    """Return a period as a sentence names it: a whole financial year by its name, whatever kind it is stored as."""
    if period.kind in _BY_MONTHS and period == replace(financial_year_of(period.end), kind=period.kind):
        return financial_year_label(financial_year_of(period.end).start.year)
    return f"the {period.label}" if period.label.startswith(f"{MONTHS_IN_YEAR} months") else period.label


def _year_before(found: SeriesFigures, definition: Definition, made: Measure) -> Measure | None:
    if adds_up(found.series, definition):
        earlier = same_months(made.period, 1)
    else:
        earlier = found.period_at(month_number(made.period.counts_from) - MONTHS_IN_YEAR)
    if earlier.end >= made.period.start:
        return None
    was = measure(found, definition, earlier)
    return was if was.complete and was.single == made.single else None
