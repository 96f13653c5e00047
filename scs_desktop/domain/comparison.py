"""Comparing two periods: could the difference be chance, or the series' usual movement?

Counting chance is what two counts differ by when nothing changed (Poisson). Most recorded crime
moves more than that from month to month; how much more is φ, and "usual movement" allows for it.
A rolling period is never compared with one that overlaps it: that is the caller's to see to.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scs_desktop.domain.count_distributions import binomial_two_sided, poisson_two_sided
from scs_desktop.domain.distributions import normal_two_sided
from scs_desktop.domain.intervals import (
    CONFIDENCE,
    Interval,
    count_interval,
    ratio_interval,
    share_difference_interval,
    share_interval,
)
from scs_desktop.domain.process import screened_moving_range

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH_MONTHS = 12
# Mean moving range of two values ÷ their standard deviation, for normal values (Wheeler's d2).
RANGE_TO_DEVIATION = 1.128


@dataclass(frozen=True, slots=True)
class Overdispersion:
    """How much more a series moves than counting chance alone.

    Attributes:
        phi: moving-range variance ÷ mean, never under 1.
        months: how many monthly points it was taken from.
        counting_chance_only: too few months to tell, so ``phi`` is 1 for want of better.

    """

    phi: float
    months: int
    counting_chance_only: bool


COUNTING_CHANCE = Overdispersion(1.0, 0, counting_chance_only=True)


def overdispersion(months: Sequence[float]) -> Overdispersion:
    """φ = (AMR/1.128)² ÷ mean of monthly counts, oldest first, AMR screened once; 1 under 12 months.

    Raises:
        ValueError: a negative count.

    """
    if any(value < 0 for value in months):
        raise ValueError("monthly counts are not negative")
    if len(months) < ENOUGH_MONTHS:
        return Overdispersion(1.0, len(months), counting_chance_only=True)
    mean = math.fsum(months) / len(months)
    if mean == 0:
        return Overdispersion(1.0, len(months), counting_chance_only=False)
    phi = (screened_moving_range(months) / RANGE_TO_DEVIATION) ** 2 / mean
    return Overdispersion(max(1.0, phi), len(months), counting_chance_only=False)


@dataclass(frozen=True, slots=True)
class CountComparison:
    """A count against an earlier one of the same series.

    Attributes:
        earlier, later: the two counts.
        ratio: later ÷ earlier per exposure; infinite from nothing to something, 1 from nothing to nothing.
        dispersion: the φ that the usual movement was judged by.
        z: of the usual movement, negative for a fall; None where a count is 0 and has no logarithm.
        p_usual: two-sided probability of such a difference by the series' usual movement.
        usual: interval of the ratio that allows for the usual movement.
        p_chance: the same by counting chance alone, exact.
        chance: interval of the ratio by counting chance alone.

    """

    earlier: int
    later: int
    ratio: float
    dispersion: Overdispersion
    z: float | None
    p_usual: float
    usual: Interval
    p_chance: float
    chance: Interval
    confidence: float = CONFIDENCE

    @property
    def change(self) -> float:
        """The relative change: −0.0779 for a fall of 7.79 %."""
        return self.ratio - 1

    @property
    def clear_direction(self) -> int:
        """+1 for a clear rise, −1 for a clear fall, 0 for no clear change (by usual movement)."""
        return _clear_direction(self.p_usual, self.confidence, up=self.ratio > 1)


def compare_counts(
    earlier: float,
    later: float,
    *,
    dispersion: Overdispersion = COUNTING_CHANCE,
    earlier_exposure: float = 1.0,
    later_exposure: float = 1.0,
    confidence: float = CONFIDENCE,
) -> CountComparison:
    """Test two counts of one series over periods (or populations) of the given exposures.

    Chance: later | both ~ Bin(both, N1/(N0+N1)), exact and two-sided. Usual movement:
    z = ln(ratio) ÷ √(φ·(1/x0 + 1/x1)), two-sided normal; with φ = 1 it is counting chance, so the
    exact test stands. Where a count is 0 and φ over 1, the exact test of the counts divided by φ.

    Raises:
        ValueError: a count that is negative or not whole, or an exposure that is not over 0.

    """
    first, second = _whole(earlier), _whole(later)
    if earlier_exposure <= 0 or later_exposure <= 0:
        raise ValueError(f"exposures are over 0: {earlier_exposure}, {later_exposure}")
    exposure_ratio = later_exposure / earlier_exposure
    phi = dispersion.phi
    due = later_exposure / (earlier_exposure + later_exposure)
    p_chance = binomial_two_sided(second, first + second, due)
    chance = ratio_interval(first, second, exposure_ratio=exposure_ratio, confidence=confidence)
    usual = ratio_interval(first, second, exposure_ratio=exposure_ratio, phi=phi, confidence=confidence)
    z = None
    if first and second:
        ratio = second / first / exposure_ratio
        z = math.log(ratio) / math.sqrt(phi * (1 / first + 1 / second))
        p_usual = p_chance if phi == 1 else normal_two_sided(z)
    elif first or second:
        ratio = math.inf if second else 0.0
        # All of them fell on one side; doubled, because the other side was as open.
        p_usual = p_chance if phi == 1 else min(1.0, 2 * (due if second else 1 - due) ** ((first + second) / phi))
    else:
        ratio, p_usual = 1.0, 1.0
    return CountComparison(first, second, ratio, dispersion, z, p_usual, usual, p_chance, chance, confidence)


def effective_size(size: float, design_effect: float = 1.0) -> float:
    """Return the answers' worth of a survey whose sampling is less than simple: n ÷ deff.

    Raises:
        ValueError: a size or design effect that is not over 0.

    """
    if size <= 0 or design_effect <= 0:
        raise ValueError(f"a size and a design effect are over 0: {size}, {design_effect}")
    return size / design_effect


@dataclass(frozen=True, slots=True)
class ShareComparison:
    """A survey share against an earlier one, both from 0 to 1.

    Attributes:
        difference: later − earlier, as a share (times 100: percentage points).
        z, p: of the pooled two-proportion test, two-sided.
        interval: Newcombe's, of the difference.
        earlier_interval, later_interval: Wilson's, of each level.

    """

    earlier: float
    later: float
    difference: float
    z: float
    p: float
    interval: Interval
    earlier_interval: Interval
    later_interval: Interval
    confidence: float = CONFIDENCE

    @property
    def clear_direction(self) -> int:
        """+1 for a clear rise, −1 for a clear fall, 0 for no clear change."""
        return _clear_direction(self.p, self.confidence, up=self.difference > 0)


def compare_shares(
    earlier: float, earlier_size: float, later: float, later_size: float, *, confidence: float = CONFIDENCE
) -> ShareComparison:
    """Test two independent survey shares (0 to 1) of so many (effective) answers.

    Raises:
        ValueError: a share outside 0 to 1, or a size that is not over 0.

    """
    earlier_interval = share_interval(earlier, earlier_size, confidence=confidence)
    later_interval = share_interval(later, later_size, confidence=confidence)
    interval = share_difference_interval(earlier, earlier_size, later, later_size, confidence=confidence)
    pooled = (earlier * earlier_size + later * later_size) / (earlier_size + later_size)
    deviation = math.sqrt(pooled * (1 - pooled) * (1 / earlier_size + 1 / later_size))
    difference = later - earlier
    z = difference / deviation if deviation > 0 else 0.0
    return ShareComparison(
        earlier, later, difference, z, normal_two_sided(z), interval, earlier_interval, later_interval, confidence
    )


@dataclass(frozen=True, slots=True)
class ObservedExpected:
    """An observed count against the predicted one.

    Attributes:
        ratio: observed ÷ expected.
        interval: Byar's limits of the ratio, the expected count taken as known.
        p: exact two-sided probability.

    """

    observed: int
    expected: float
    ratio: float
    interval: Interval
    p: float
    confidence: float = CONFIDENCE

    @property
    def clear_direction(self) -> int:
        """+1 where clearly more than expected were seen, −1 where clearly fewer, else 0."""
        return _clear_direction(self.p, self.confidence, up=self.observed > self.expected)


def compare_with_expected(
    observed: float, expected: float, *, cohort: float | None = None, confidence: float = CONFIDENCE
) -> ObservedExpected:
    """Test a count against its prediction: binomial of the cohort where its size is known, else Poisson.

    Raises:
        ValueError: an expected count not over 0, more than the cohort, or counts that are not whole.

    """
    seen = _whole(observed)
    if expected <= 0:
        raise ValueError(f"an expected count is over 0, not {expected}")
    if cohort is None:
        p = poisson_two_sided(seen, expected)
    else:
        size = _whole(cohort)
        if expected > size:
            raise ValueError(f"{expected} expected of a cohort of {size}")
        p = binomial_two_sided(seen, size, expected / size)
    interval = count_interval(seen, confidence=confidence).scaled(1 / expected)
    return ObservedExpected(seen, expected, seen / expected, interval, p, confidence)


def _clear_direction(p: float, confidence: float, *, up: bool) -> int:
    """Return +1 or −1 where chance is improbable enough, by the side of the difference, else 0."""
    if p >= 1 - confidence:
        return 0
    return 1 if up else -1


def _whole(count: float) -> int:
    if count < 0 or count != math.floor(count):
        raise ValueError(f"a count is whole and not negative, not {count}")
    return int(count)
