"""Checks on figures as they arrive: plain arithmetic over a figure, its history and what stands beside it.

Each returns its evidence, or None where there is nothing to ask. None of them says that a figure is
wrong: it says that somebody should look. The rules are those of the methods page, section 7.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import TypeVar

K = TypeVar("K", bound=Hashable)

WINDOW = 24
"""Points of history that an outlier is judged by."""
FULL_HISTORY = 8
"""From so many points on by the modified z-score; before, by half and twice the median."""
FEWEST_POINTS = 3
LIMIT = 3.5
NORMAL_QUARTILE = 0.6745
LEAST_SPREAD = 0.054
SMALL_HISTORY_SIGMAS = 3
DENOMINATOR_TOLERANCE = Decimal("0.005")
SAME_AGAIN_FROM = 4
SAME_AGAIN_DISTINCT = 3
SILENT_BEFORE, SILENT_AFTER, SILENT_LEVEL = 6, 3, 5
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Outlier:
    """A figure far from its history.

    Attributes:
        usual: median of the history.
        points: how many figures the history has.
        score: the modified z-score on logarithms; None where the history is short.

    """

    usual: Decimal
    points: int
    score: float | None


def outlier(history: Sequence[Decimal], value: Decimal, *, counts: bool = True) -> Outlier | None:
    """Judge a figure by the last 24 of its history (in order of time, the figure itself not among them).

    With 8 points or more M = .6745·(ln(x + ½) − med) ÷ max(MAD, .6745/√median, .054) on logarithms, and
    |M| > 3.5 is far (Iglewicz and Hoaglin's modified z-score, floored by counting chance). With 3 to 7
    points, outside half to twice the median; counts must lie beyond three counting errors too.
    Fewer points, or a figure below zero, are not judged.
    """
    recent = [one for one in history[-WINDOW:] if one >= 0]
    if value < 0 or len(recent) < FEWEST_POINTS:
        return None
    usual = median(recent)
    level = float(max(usual, Decimal(1)))
    if len(recent) < FULL_HISTORY:
        if usual / 2 <= value <= usual * 2:
            return None
        if counts and abs(float(value - usual)) <= SMALL_HISTORY_SIGMAS * math.sqrt(level):
            return None
        return Outlier(usual, len(recent), None)
    logs = [math.log(float(one) + 0.5) for one in recent]
    centre = median(logs)
    spread = max(median(abs(one - centre) for one in logs), NORMAL_QUARTILE / math.sqrt(level), LEAST_SPREAD)
    score = NORMAL_QUARTILE * (math.log(float(value) + 0.5) - centre) / spread
    return Outlier(usual, len(recent), score) if abs(score) > LIMIT else None


@dataclass(frozen=True, slots=True)
class NamedNumber:
    """A number of people or households that a rate may be on."""

    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Slip:
    """A count with one digit changed, or two neighbours swapped, that would fit the rate."""

    count: int
    denominator: NamedNumber


@dataclass(frozen=True, slots=True)
class RateClash:
    """A count and a rate that no known denominator brings together.

    ``low`` and ``high`` bound the denominator that the two imply.
    """

    low: Decimal
    high: Decimal | None
    slips: tuple[Slip, ...]


def implied_denominator(
    count: Decimal, rate: Decimal, *, decimals: int, per: Decimal
) -> tuple[Decimal, Decimal | None] | None:
    """Return the lowest and highest denominator that a count and a rate per ``per`` imply.

    The rate is known to half a unit of its last printed decimal; None where it says nothing (a rate
    or a count of nought), and no highest one where the rate may be nought.
    """
    if rate <= 0 or count <= 0:
        return None
    half = Decimal(1).scaleb(-decimals) / 2
    low = per * count / (rate + half)
    return low, (per * count / (rate - half) if rate > half else None)


def _meets(interval: tuple[Decimal, Decimal | None], denominator: NamedNumber) -> bool:
    slack = denominator.value * DENOMINATOR_TOLERANCE
    low, high = interval
    return low <= denominator.value + slack and (high is None or high >= denominator.value - slack)


def rate_against_count(
    count: Decimal, rate: Decimal, *, decimals: int, per: Decimal, denominators: Sequence[NamedNumber]
) -> RateClash | None:
    """Ask whether some known denominator gives the printed rate with the printed count, within 0.5 %.

    Where none does, counts that differ by one digit or by two neighbours swapped and that would fit
    are offered, those that fit the first denominator first.
    """
    interval = implied_denominator(count, rate, decimals=decimals, per=per)
    if interval is None or not denominators or any(_meets(interval, one) for one in denominators):
        return None
    slips = []
    for denominator in denominators:
        for other in digit_slips(count):
            implied = implied_denominator(Decimal(other), rate, decimals=decimals, per=per)
            if implied is not None and _meets(implied, denominator):
                slips.append(Slip(other, denominator))
    return RateClash(*interval, tuple(slips))


def digit_slips(count: Decimal) -> tuple[int, ...]:
    """Return the whole numbers that one mistyped digit or one swap of neighbours may have made the count from."""
    if count != count.to_integral_value() or count <= 0:
        return ()
    text = str(int(count))
    found: dict[int, None] = {}
    for place, digit in enumerate(text):
        for other in "0123456789":
            if other != digit and not (place == 0 and other == "0"):
                found[int(text[:place] + other + text[place + 1 :])] = None
    for place in range(len(text) - 1):
        swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        if swapped != text and swapped[0] != "0":
            found[int(swapped)] = None
    return tuple(found)


def share_clash(value: Decimal, numerator: Decimal, denominator: Decimal, *, decimals: int, per: Decimal) -> bool:
    """Whether a printed share or rate is not that of its own printed parts, at its printed precision."""
    if denominator <= 0:
        return False
    return abs(per * numerator / denominator - value) > Decimal(1).scaleb(-decimals)


def fractions_for_percent(values: Sequence[Decimal], history: Sequence[Decimal]) -> bool:
    """Whether the figures look like fractions where the history is in percent: 0.24 for 24 %."""
    if not values or not history or any(not 0 <= one <= 1 for one in values) or not any(0 < one < 1 for one in values):
        return False
    return median(history) > 1


def over_hundred(value: Decimal) -> bool:
    """Whether a share is more than the whole."""
    return value > _HUNDRED


@dataclass(frozen=True, slots=True)
class SumClash:
    """A printed whole and the sum of its parts, which differ."""

    whole: Decimal
    sum: Decimal


def sum_clash(whole: Decimal, parts: Sequence[Decimal]) -> SumClash | None:
    """Compare a figure for a long period with the sum of the short ones it is made of."""
    total = sum(parts, Decimal(0))
    return SumClash(whole, total) if total != whole else None


def same_again(before: Mapping[K, Decimal], now: Mapping[K, Decimal]) -> int:
    """Return how many figures a period has that are all those of the period before; 0 where they are not.

    Fewer than four figures, or fewer than three different ones, may repeat by chance.
    """
    if set(before) != set(now) or len(now) < SAME_AGAIN_FROM or len(set(now.values())) < SAME_AGAIN_DISTINCT:
        return 0
    return len(now) if all(before[key] == value for key, value in now.items()) else 0


def falls_silent(values: Sequence[Decimal]) -> int | None:
    """Return the place from which a row of figures is nought to its end after never having been nought before.

    At least three noughts must follow at least six figures of five or more at their median, so that
    chance alone would hardly ever do it.
    """
    end = len(values)
    while end > 0 and values[end - 1] == 0:
        end -= 1
    before = values[max(0, end - WINDOW) : end]
    if (
        len(values) - end < SILENT_AFTER
        or len(before) < SILENT_BEFORE
        or any(one == 0 for one in before[-SILENT_BEFORE:])
    ):
        return None
    return end if median(before[-SILENT_BEFORE:]) >= SILENT_LEVEL else None


def starts_from_nothing(values: Sequence[Decimal]) -> int | None:
    """Return the place at which a row of figures that was nought begins and stays; the mirror of falling silent."""
    mirrored = falls_silent(tuple(reversed(values)))
    return None if mirrored is None else len(values) - mirrored
