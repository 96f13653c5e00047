"""Intervals for counts, rates, survey shares and ratios.

Levels are two-sided confidences (0.95); shares run from 0 to 1, so a percentage is divided by 100
first. A sample size need not be whole: with a survey's design effect it is the effective one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scs_desktop.domain.distributions import critical_z, gamma_quantile, normal_two_sided

CONFIDENCE = 0.95
# Byar's approximation is used from here on; below it the exact limits are.
EXACT_BELOW = 10
_LEAST_TAIL = 1e-300


@dataclass(frozen=True, slots=True)
class Interval:
    """Two limits in the unit of what they are about; ``high`` may be infinite."""

    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Whether the value lies within the limits, ends included."""
        return self.low <= value <= self.high

    def scaled(self, factor: float) -> Interval:
        """Return the limits times a factor that is not negative."""
        return Interval(self.low * factor, self.high * factor)


def count_interval(count: float, *, confidence: float = CONFIDENCE, phi: float = 1.0) -> Interval:
    """Limits of the mean behind a count.

    Byar (Breslow and Day 1987, 2.13) from 10 on, exact chi-square (Garwood 1936) below. ``phi``
    over 1 widens both by √φ: z becomes z·√φ.

    Raises:
        ValueError: a negative count or phi under 1.

    """
    if count < 0 or phi < 1:
        raise ValueError(f"a count is not negative and phi not under 1: {count}, {phi}")
    z = critical_z(confidence) * math.sqrt(phi)
    if count < EXACT_BELOW:
        # Widened far enough, what lies beyond the limits is less than a number can hold.
        tail = max(normal_two_sided(z) / 2, _LEAST_TAIL)
        low = gamma_quantile(count, tail) if count > 0 else 0.0
        return Interval(low, _upper_gamma_quantile(count + 1, tail))
    return Interval(byar_low(count, z), byar_high(count, z))


def byar_low(count: float, z: float) -> float:
    """Byar's lower limit of the mean behind a count over 0, so many standard deviations below it."""
    return max(0.0, count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3)


def byar_high(count: float, z: float) -> float:
    """Byar's upper limit of the mean behind a count."""
    above = count + 1
    return above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3


def _upper_gamma_quantile(shape: float, tail: float) -> float:
    # 1 − tail is exact enough down to 1e-12 of tail; beyond it no officer's interval goes.
    return gamma_quantile(shape, 1 - max(tail, 1e-15))


def rate_interval(
    count: float, exposure: float, *, per: float = 1.0, confidence: float = CONFIDENCE, phi: float = 1.0
) -> Interval:
    """Limits of a rate ``per`` so many of the exposure (1,000 households), from its count.

    Raises:
        ValueError: an exposure that is not over 0, or a negative count.

    """
    if exposure <= 0:
        raise ValueError(f"a rate needs an exposure over 0, not {exposure}")
    return count_interval(count, confidence=confidence, phi=phi).scaled(per / exposure)


def share_interval(share: float, size: float, *, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's limits of a share (0 to 1) of ``size`` answers (Wilson 1927).

    Raises:
        ValueError: a share outside 0 to 1, or a size that is not over 0.

    """
    _check_share(share, size)
    z = critical_z(confidence)
    square = z * z / size
    centre = (share + square / 2) / (1 + square)
    half = z * math.sqrt(share * (1 - share) / size + square / (4 * size)) / (1 + square)
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def share_difference_interval(
    first: float, first_size: float, second: float, second_size: float, *, confidence: float = CONFIDENCE
) -> Interval:
    """Newcombe's limits of ``second − first`` (Newcombe 1998, method 10), both shares 0 to 1.

    Raises:
        ValueError: a share outside 0 to 1, or a size that is not over 0.

    """
    before = share_interval(first, first_size, confidence=confidence)
    after = share_interval(second, second_size, confidence=confidence)
    change = second - first
    below = math.hypot(second - after.low, before.high - first)
    above = math.hypot(after.high - second, first - before.low)
    return Interval(change - below, change + above)


def ratio_interval(
    first: float, second: float, *, exposure_ratio: float = 1.0, phi: float = 1.0, confidence: float = CONFIDENCE
) -> Interval:
    """Limits of ``second ÷ first`` for two counts, divided by ``exposure_ratio`` (second ÷ first).

    ``exp(ln(x1/x0) ± z·√(φ(1/x0 + 1/x1)))``. A zero has no logarithm: then one limit is 0 or
    infinite and the other is the exact binomial limit (Clopper and Pearson 1934) of the counts
    divided by φ. Two zeros say nothing: 0 to infinity.

    Raises:
        ValueError: a negative count, phi under 1, or an exposure ratio not over 0.

    """
    if first < 0 or second < 0 or phi < 1 or exposure_ratio <= 0:
        raise ValueError(f"no ratio of {second} to {first} with phi {phi} and exposures {exposure_ratio}")
    if first == 0 and second == 0:
        return Interval(0.0, math.inf)
    if first == 0 or second == 0:
        tail = (1 - confidence) / 2
        none = tail ** (phi / (first + second))
        odds = (1 - none) / none
        return Interval(0.0, odds / exposure_ratio) if second == 0 else Interval(1 / odds / exposure_ratio, math.inf)
    half = critical_z(confidence) * math.sqrt(phi * (1 / first + 1 / second))
    ratio = second / first / exposure_ratio
    return Interval(ratio * math.exp(-half), ratio * math.exp(half))


def _check_share(share: float, size: float) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"a share lies between 0 and 1, not {share}: divide a percentage by 100")
    if size <= 0:
        raise ValueError(f"a share needs a number of answers over 0, not {size}")
