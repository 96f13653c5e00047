"""Where the year is heading: the seasonal profile, the projection and the pace still needed.

Months come oldest first and without gaps. A year is twelve months; which calendar month it starts
with is the caller's to know.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scs_desktop.domain.count_distributions import negative_binomial_quantile, negative_binomial_tails
from scs_desktop.domain.intervals import Interval
from scs_desktop.domain.periods import MONTHS_IN_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

PROFILE_YEARS = 3
OUTLOOK_CONFIDENCE = 0.8
LIKELY = 0.7
UNLIKELY = 0.3

# How far the rest of a year strays from its expectation beyond counting chance (standard deviation as
# a share), measured on the boroughs' monthly series of 2010–2019.
TAU_ACQUISITIVE = 0.16  # burglary, robbery, vehicle crime
TAU_VIOLENCE_DAMAGE_THEFT = 0.09
TAU_TOTAL = 0.05
DEFAULT_TAU = TAU_ACQUISITIVE


def half_flat_shares(earlier: Sequence[float]) -> tuple[float, ...]:
    """Twelve shares of a year, adding to 1: half the months' own shares, half flat.

    ``earlier`` ends with the month before the year; the own share is the mean over the last three
    whole years at most. A year of zeros, or no whole year at all, counts as flat.

    Raises:
        ValueError: a negative count.

    """
    if any(value < 0 for value in earlier):
        raise ValueError("monthly counts are not negative")
    flat = 1 / MONTHS_IN_YEAR
    years = min(PROFILE_YEARS, len(earlier) // MONTHS_IN_YEAR)
    own = [0.0] * MONTHS_IN_YEAR
    for back in range(1, years + 1):
        start = len(earlier) - back * MONTHS_IN_YEAR
        year = earlier[start : start + MONTHS_IN_YEAR]
        total = math.fsum(year)
        for index, value in enumerate(year):
            own[index] += (value / total if total > 0 else flat) / years
    if years == 0:
        own = [flat] * MONTHS_IN_YEAR
    return tuple(0.5 * share + 0.5 * flat for share in own)


def year_to_date_profile(target: float, earlier: Sequence[float]) -> tuple[float, ...]:
    """Return a year's target month by month, cumulative: where the count should stand after each of the 12.

    ``earlier`` as for half_flat_shares.
    """
    return tuple(target * share for share in itertools.accumulate(half_flat_shares(earlier)))


class OutlookWord(StrEnum):
    """How the chance of meeting the target is put in words."""

    LIKELY = "likely"
    IN_THE_BALANCE = "in the balance"
    UNLIKELY = "unlikely"


def outlook_word(probability: float) -> OutlookWord:
    """70 % or more is likely, under 30 % unlikely."""
    if probability >= LIKELY:
        return OutlookWord.LIKELY
    return OutlookWord.UNLIKELY if probability < UNLIKELY else OutlookWord.IN_THE_BALANCE


@dataclass(frozen=True, slots=True)
class Outlook:
    """A count's outlook to the year's end, with what it was worked out from.

    Attributes:
        months: months of the year that have passed (k).
        year_to_date: the count so far.
        share_elapsed: share of a usual year that falls into those months (S).
        last_twelve: total of the last twelve months (R12).
        level: the yearly level the rest of the year is expected at (L).
        rest: expected count of the months still to come (μ).
        projection: expected count of the year.
        interval: limits of the year's count, at ``confidence``.
        target: the year's target, where there is one.
        probability: chance of meeting it.

    """

    months: int
    year_to_date: float
    share_elapsed: float
    last_twelve: float
    level: float
    rest: float
    projection: float
    interval: Interval
    tau: float
    target: float | None
    probability: float | None
    confidence: float = OUTLOOK_CONFIDENCE

    @property
    def word(self) -> OutlookWord | None:
        """Chance of meeting the target in words; None without a target."""
        return None if self.probability is None else outlook_word(self.probability)


def project_year(
    earlier: Sequence[float],
    elapsed: Sequence[float],
    *,
    target: float | None = None,
    better: int = -1,
    tau: float = DEFAULT_TAU,
    confidence: float = OUTLOOK_CONFIDENCE,
) -> Outlook | None:
    """Project a year's count from the months ``elapsed`` of it and those ``earlier``.

    L = w·(YTD/S) + (1 − w)·R12 with w = k/12; the rest of the year is negative binomial with mean
    μ = L·(1 − S) and variance μ + τ²μ².

    Args:
        earlier: the months before the year, the last of them the one just before it.
        elapsed: the months of the year so far, 0 to 12 of them.
        target: the year's target; met by a count on its good side or equal to it.
        better: +1 where higher is better, −1 where lower is.
        tau: see the constants of this module.
        confidence: of the interval.

    Returns:
        None under 12 earlier months, with no month elapsed, or none left.

    Raises:
        ValueError: a negative count, over 12 elapsed months, or ``better`` neither +1 nor −1.

    """
    _check_better(better)
    months = len(elapsed)
    if months > MONTHS_IN_YEAR or any(value < 0 for value in elapsed):
        raise ValueError("a year has at most 12 months, and counts are not negative")
    if len(earlier) < MONTHS_IN_YEAR or months in {0, MONTHS_IN_YEAR}:
        return None
    year_to_date = math.fsum(elapsed)
    share = math.fsum(half_flat_shares(earlier)[:months])
    last_twelve = year_to_date + math.fsum(earlier[len(earlier) - MONTHS_IN_YEAR + months :])
    weight = months / MONTHS_IN_YEAR
    level = weight * (year_to_date / share) + (1 - weight) * last_twelve
    rest = level * (1 - share)
    tail = (1 - confidence) / 2
    interval = Interval(
        year_to_date + negative_binomial_quantile(tail, rest, tau),
        year_to_date + negative_binomial_quantile(1 - tail, rest, tau),
    )
    probability = None
    if target is not None and better < 0:
        probability = negative_binomial_tails(math.floor(target - year_to_date), rest, tau)[0]
    elif target is not None:
        probability = negative_binomial_tails(math.ceil(target - year_to_date) - 1, rest, tau)[1]
    return Outlook(
        months,
        year_to_date,
        share,
        last_twelve,
        level,
        rest,
        year_to_date + rest,
        interval,
        tau,
        target,
        probability,
        confidence,
    )


@dataclass(frozen=True, slots=True)
class RunRate:
    """The pace that still meets the year's target.

    Attributes:
        months_left: months still to come.
        left: what they may bring (lower is better) or must bring (higher is better) together.
        per_month: the same a month; negative where it is used up or already reached.
        better: +1 where higher is better, −1 where lower is.

    """

    months_left: int
    left: float
    per_month: float
    better: int

    @property
    def whole_per_month(self) -> int:
        """Whole cases a month that keep to the target: "at most 61", "at least 62"."""
        return math.floor(self.per_month) if self.better < 0 else math.ceil(self.per_month)

    @property
    def missed(self) -> bool:
        """Lower is better, and the year's target is already exceeded."""
        return self.better < 0 and self.left < 0

    @property
    def reached(self) -> bool:
        """Higher is better, and the year's target is already met."""
        return self.better > 0 and self.left <= 0


def required_run_rate(target: float, year_to_date: float, months: int, *, better: int) -> RunRate | None:
    """Return the even pace a month from now that just meets the target; None when the year is over.

    Raises:
        ValueError: ``months`` elapsed outside 0 to 12, or ``better`` neither +1 nor −1.

    """
    _check_better(better)
    if not 0 <= months <= MONTHS_IN_YEAR:
        raise ValueError(f"a year has 0 to 12 elapsed months, not {months}")
    if months == MONTHS_IN_YEAR:
        return None
    left = target - year_to_date
    months_left = MONTHS_IN_YEAR - months
    return RunRate(months_left, left, left / months_left, better)


def _check_better(better: int) -> None:
    if better not in {1, -1}:
        raise ValueError(f"better is +1 (higher) or −1 (lower), not {better}")
