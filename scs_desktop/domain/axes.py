"""Axes with round ticks, for any drawer."""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import APRIL, MONTHS_IN_YEAR, financial_year_label
from scs_desktop.domain.sentences import MINUS, number_text

_TICKS_WANTED = 5
_FINEST_STEP = 1e-6
_SHORT_SPAN = 15
_FEW_POINTS = 6
_LEAST_POINTS = 10.0
_HUNDRED = 100.0
_LONG_SPAN = 84
_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis and what is written there."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``low`` to ``high``, with its ticks in order."""

    low: float
    high: float
    ticks: tuple[Tick, ...]


def value_axis(values: Sequence[float], *, from_zero: bool, unit: Unit) -> Axis:
    """Return a value axis with four to seven round ticks that holds every value.

    Counts and rates start at zero. Percentages do so too where that costs under half the height,
    span ten points at least, and never reach past 0 or 100.
    """
    if not values:
        return Axis(0.0, 1.0, (Tick(0.0, "0"), Tick(1.0, "1")))
    low, high = min(values), max(values)
    if from_zero or low <= high / 2:
        low = min(0.0, low)
    if high == low:
        margin = abs(high) / 10 or 1.0
        low, high = (low - margin if low else 0.0), high + margin
    if unit is Unit.PERCENT:
        low, high = max(low, min(0.0, *values)), min(high, max(100.0, *values))
        low, high = _not_too_near(low, high)
    step = _nice_step(max((high - low) / _TICKS_WANTED, _FINEST_STEP))
    if unit is Unit.COUNT:
        step = max(1.0, step)  # there is no half an offence
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if unit is Unit.PERCENT:
        bottom, top = max(bottom, min(0.0, low)), min(top, max(100.0, high))
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    count = round((top - bottom) / step)
    ticks = tuple(
        Tick(bottom + index * step, _tick_text(bottom + index * step, decimals, unit)) for index in range(count + 1)
    )
    return Axis(bottom, top, ticks)


def _not_too_near(low: float, high: float) -> tuple[float, float]:
    """Return bounds of percentages far enough apart that a move of a point or two looks as small as it is."""
    if high - low >= _LEAST_POINTS or low < 0 or high > _HUNDRED:
        return low, high
    start = min(max(0.0, (low + high - _LEAST_POINTS) / 2), _HUNDRED - _LEAST_POINTS)
    if start <= _LEAST_POINTS:
        return 0.0, max(high, _LEAST_POINTS)
    return min(low, start), max(high, start + _LEAST_POINTS)


def _nice_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    for factor in (1, 2, 5):
        if rough <= factor * power * (1 + 1e-9):
            return factor * power
    return 10 * power


def _tick_text(at: float, decimals: int, unit: Unit) -> str:
    text = number_text(Decimal(repr(round(at, decimals))), decimals)
    if text.strip(f"{MINUS}0.") == "":
        text = "0"
    return f"{text} %" if unit is Unit.PERCENT else text


def time_axis(ends: Sequence[float], labels: Sequence[str]) -> Axis:
    """Return a time axis over the points' months: financial years, quarters where it is short, or a few points."""
    if not ends:
        return Axis(0.0, 1.0, ())
    low, high = ends[0], max(ends)
    if high == low:
        low, high = low - 1, high + 1
    span = high - low
    ticks: list[Tick] = []
    every = 1 if span <= _LONG_SPAN else 2 if span <= 2 * _LONG_SPAN else 5
    if span <= _SHORT_SPAN and len(set(ends)) <= _FEW_POINTS:
        return Axis(low, high, tuple(_month_tick(round(end)) for end in sorted(set(ends))))
    for number in range(math.ceil(low), math.floor(high) + 1):
        year, index = divmod(number, MONTHS_IN_YEAR)
        if span <= _SHORT_SPAN:
            if (index + 1 - APRIL) % _QUARTER == 0:
                ticks.append(_month_tick(number))
        elif index + 1 == APRIL and year % every == 0:
            ticks.append(Tick(float(number), financial_year_label(year)))
    if not ticks:
        ticks = [Tick(ends[index], labels[index]) for index in (0, -1)]
    return Axis(low, high, tuple(ticks))


def _month_tick(number: int) -> Tick:
    year, index = divmod(number, MONTHS_IN_YEAR)
    return Tick(float(number), f"{calendar.month_abbr[index + 1]} {year}")
