"""Seasonal pattern of a monthly series: whether there is one, and the series without it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from scs_desktop.domain.outlook import PROFILE_YEARS, half_flat_shares
from scs_desktop.domain.periods import MONTHS_IN_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

ADJUSTABLE_FROM = PROFILE_YEARS * MONTHS_IN_YEAR
# Six months a year apart is the least that a pattern can be told from.
_LEAST = MONTHS_IN_YEAR + MONTHS_IN_YEAR // 2
# A caution beside a chart, not a test: one series in ten without a pattern gets it, and few with one miss it.
_ONE_SIDED_Z = 1.2816


def seasonally_adjusted(values: Sequence[float]) -> tuple[float, ...] | None:
    """Each month ÷ (12 · its half-flat share of the last three years); None under 36 months.

    Values are oldest first, without gaps; the series may start in any month.

    Raises:
        ValueError: a negative count.

    """
    if len(values) < ADJUSTABLE_FROM:
        return None
    shares = half_flat_shares(values)
    offset = len(values) % MONTHS_IN_YEAR
    return tuple(
        value / (MONTHS_IN_YEAR * shares[(index - offset) % MONTHS_IN_YEAR]) for index, value in enumerate(values)
    )


def seasonal_pattern_likely(values: Sequence[float]) -> bool | None:
    """Whether months resemble the same months of the year before; None under 18 months.

    The last three years at most, less their straight trend: the correlation of months a year apart
    is over 1.2816 ÷ √(pairs − 1), which one series in ten without a pattern exceeds.
    """
    if len(values) < _LEAST:
        return None
    recent = _without_trend(values[-ADJUSTABLE_FROM:])
    earlier, later = recent[:-MONTHS_IN_YEAR], recent[MONTHS_IN_YEAR:]
    return _correlation(earlier, later) > _ONE_SIDED_Z / math.sqrt(len(earlier) - 1)


def _without_trend(values: Sequence[float]) -> list[float]:
    mean = math.fsum(values) / len(values)
    middle = (len(values) - 1) / 2
    square = math.fsum((index - middle) ** 2 for index in range(len(values)))
    slope = math.fsum((index - middle) * value for index, value in enumerate(values)) / square
    return [value - mean - slope * (index - middle) for index, value in enumerate(values)]


def _correlation(first: Sequence[float], second: Sequence[float]) -> float:
    first_mean, second_mean = math.fsum(first) / len(first), math.fsum(second) / len(second)
    left = [value - first_mean for value in first]
    right = [value - second_mean for value in second]
    scale = math.sqrt(math.fsum(v * v for v in left) * math.fsum(v * v for v in right))
    return math.fsum(a * b for a, b in zip(left, right, strict=True)) / scale if scale > 0 else 0.0
