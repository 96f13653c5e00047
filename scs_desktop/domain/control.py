"""What the process chart of an indicator says of its latest figure, in the board's words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from scs_desktop.domain.agencies import PeriodForm
from scs_desktop.domain.case import Case
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.movement import IndicatorProcess
from scs_desktop.domain.position import TrendBreak, TrendPoint
from scs_desktop.domain.process import Assurance, LimitState, ProcessChart, Signal, Variation, process_chart
from scs_desktop.domain.seasons import seasonal_pattern_likely
from scs_desktop.domain.sentences import number_text, plural, value_text
from scs_desktop.domain.strategy import Adding
from scs_desktop.domain.trend_points import trend_breaks

_CONCERNS = frozenset({Variation.CONCERN_HIGH, Variation.CONCERN_LOW})
_GOOD = frozenset({Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW})
_RATE_DECIMALS = 1
_ALL = 100.0


def process_of(case: Case, trend: Sequence[TrendPoint], target: Decimal | None) -> IndicatorProcess | None:
    """Judge the latest figure by the figures without a gap up to it.

    Months and quarters alone: rolling totals and cumulative figures share months with their
    neighbours, and a single figure has none. ``target`` is at the scale of the points.
    """
    found = case.found
    if found is None or found.series.form is not PeriodForm.SAME or found.step not in {1, 3}:
        return None
    if case.definition.over_time is Adding.LAST:
        return None
    points = unbroken(trend)
    if not points:
        return None
    marked = trend_breaks(case)
    values = tuple(float(point.value) for point in points if point.value is not None)
    is_count = case.definition.unit is Unit.COUNT
    # Percentages and rates are no more negative than counts are.
    chart = charted(
        values, case.definition.polarity.sign, None if target is None else float(target), is_count=min(values) >= 0,
        rebase_at=group_starts(points, marked),
    )  # fmt: skip
    current = chart.current
    upper = None if current.limits is None else _capped(case, current.limits.upper)
    seasonal = None
    if is_count and found.step == 1 and min(values) >= 0:
        broken = group_starts(points, [one for one in marked if one.broken])
        seasonal = _seasonal(values[broken[-1] :] if broken else values)
    each = "month" if found.step == 1 else "quarter"
    return IndicatorProcess(
        current.state, current.end - current.start, current.mean, current.drawn_lower, upper, chart.alert,
        chart.variation, chart.assurance, seasonal, _sentence(case, chart, points[-1], each),
    )  # fmt: skip


def unbroken(trend: Sequence[TrendPoint]) -> tuple[TrendPoint, ...]:
    """Return the points with a value and no gap among them that end with the latest value."""
    end = len(trend)
    while end and trend[end - 1].value is None:
        end -= 1
    start = end
    while start and trend[start - 1].value is not None:
        start -= 1
    return tuple(trend[start:end])


def group_starts(points: Sequence[TrendPoint], breaks: Sequence[TrendBreak]) -> tuple[int, ...]:
    """Return the indexes of the points with which a new group of limits begins: the first after each break."""
    firsts = (
        next((index for index, point in enumerate(points) if point.period.counts_from >= one.period.start), 0)
        for one in breaks
    )
    return tuple(sorted({first for first in firsts if first}))


def alike(trend: Sequence[TrendPoint], breaks: Sequence[TrendBreak]) -> tuple[TrendPoint, ...]:
    """Return the unbroken points up to the latest that mean the same: those after the last break of the line."""
    run = unbroken(trend)
    starts = group_starts(run, [one for one in breaks if one.broken])
    return run[starts[-1] :] if starts else run


@lru_cache(maxsize=1024)
def charted(
    values: tuple[float, ...], better: int, target: float | None, *, is_count: bool, rebase_at: tuple[int, ...] = ()
) -> ProcessChart:
    """Work a chart out once: the page, the paper and the row ask for the same one."""
    return process_chart(values, better=better, target=target, is_count=is_count, rebase_at=rebase_at)


@lru_cache(maxsize=1024)
def _seasonal(values: tuple[float, ...]) -> bool | None:
    return seasonal_pattern_likely(values)


def _sentence(case: Case, chart: ProcessChart, latest: TrendPoint, each: str) -> str:
    group = chart.current
    stored = plural(group.end - group.start, each)
    if group.start:
        stored += " since the break"
    if group.state is LimitState.TOO_FEW:
        return f"Only {stored} {'is' if len(chart.points) == 1 else 'are'} stored without a gap: limits need 6."
    if group.state is LimitState.NO_MOVEMENT or group.limits is None or group.drawn_lower is None:
        return f"Hardly anything moved in {stored}, so there are no limits."
    low, high = _number(case, group.drawn_lower), _number(case, _capped(case, group.limits.upper))
    value = case.text(latest.value or Decimal(0))
    trial = "trial limits" if group.state is LimitState.TRIAL else "limits"
    subject = f"{value} in {latest.period.label}"
    if chart.alert is Signal.NONE:
        return f"{subject} is usual variation, within the {trial} of {low} to {high} ({stored})."
    sense = _sense(chart.variation)
    words = {
        Signal.OUTSIDE: f"{_above(chart)} the {trial} of {low} to {high}",
        Signal.TREND: f"the latest of seven or more {each}s {_rising(chart)}",
        Signal.TWO_OF_THREE: f"near the {_side(chart)} limit of {_near(case, chart)}, like a neighbour",
        Signal.SHIFT: f"the latest of seven or more {each}s {_above(chart)} the mean of {_number(case, group.mean)}",
    }
    return f"{subject} is {words[chart.alert]}{sense}."


def _capped(case: Case, limit: float) -> float:
    return min(_ALL, limit) if case.definition.unit is Unit.PERCENT else limit


def _number(case: Case, value: float) -> str:
    if case.definition.unit is Unit.COUNT:
        return number_text(Decimal(repr(value)))
    return value_text(Decimal(repr(value)), case.definition.unit, max(case.definition.decimals, _RATE_DECIMALS))


def _near(case: Case, chart: ProcessChart) -> str:
    limits = chart.current.limits
    if limits is None:
        return ""
    return _number(case, limits.upper if chart.points[-1].side > 0 else max(0.0, limits.lower))


def _rising(chart: ProcessChart) -> str:
    return "rising" if chart.points[-1].side > 0 else "falling"


def _above(chart: ProcessChart) -> str:
    return "above" if chart.points[-1].side > 0 else "below"


def _side(chart: ProcessChart) -> str:
    return "upper" if chart.points[-1].side > 0 else "lower"


def _sense(variation: Variation | None) -> str:
    if variation in _CONCERNS:
        return ": a concern"
    return ": an improvement" if variation in _GOOD else ""


def assurance_sentence(process: IndicatorProcess, aim: str) -> str:
    """Say whether the process, left as it is, meets the aim ("the 2010/11 monthly mean of 280")."""
    if process.assurance is None:
        return ""
    words = {
        Assurance.PASSES: f"every figure will be better than {aim}",
        Assurance.FAILS: f"every figure will be worse than {aim}",
        Assurance.HIT_AND_MISS: f"some figures will be better than {aim} and some worse",
    }
    return f"Left as it is, {words[process.assurance]}."
