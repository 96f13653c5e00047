"""Process charts (XmR): limits of the usual movement, signals, and the two icons.

As NHS England's "Making Data Count" draws them. Values are months (or other equal steps) oldest
first and without gaps; never rolling totals, whose neighbours share most of their months.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Wheeler's constants for moving ranges of two values.
SCREEN = 3.267
LIMIT = 2.66
NEAR_LIMIT = LIMIT * 2 / 3
TRIAL_FROM = 6
LIMITS_FROM = 12
RUN = 7


class Signal(StrEnum):
    """Why a point is no common-cause variation; a point bears the first that holds."""

    NONE = "none"
    OUTSIDE = "outside the limits"
    TREND = "seven points rising or falling"
    TWO_OF_THREE = "two of three points near a limit"
    SHIFT = "seven points on one side of the mean"


class LimitState(StrEnum):
    """How far limits can be trusted, or why there are none."""

    LIMITS = "limits"
    TRIAL = "trial limits"
    TOO_FEW = "too few points"
    NO_MOVEMENT = "no movement"


class Variation(StrEnum):
    """The latest point's icon. Without limits there is none."""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT_HIGH = "improvement, high"
    IMPROVEMENT_LOW = "improvement, low"
    CONCERN_HIGH = "concern, high"
    CONCERN_LOW = "concern, low"
    NEUTRAL = "neutral"


class Assurance(StrEnum):
    """Whether the process, left as it is, meets its target."""

    PASSES = "consistently passes"
    FAILS = "consistently fails"
    HIT_AND_MISS = "hit and miss"


@dataclass(frozen=True, slots=True)
class Limits:
    """Process limits (about three standard deviations) and near limits (two) of a group."""

    lower: float
    upper: float
    near_lower: float
    near_upper: float


@dataclass(frozen=True, slots=True)
class Group:
    """Points that share a mean and limits: from one rebasing to the next.

    Attributes:
        start, end: index of its first point, and one past its last.
        moving_range: average moving range, screened once.
        limits: None unless ``state`` is LIMITS or TRIAL; not cut off at 0.
        drawn_lower: the lower limit as a chart draws it: a count is not below 0.

    """

    start: int
    end: int
    mean: float
    moving_range: float
    state: LimitState
    limits: Limits | None
    drawn_lower: float | None


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A value with its signal; ``side`` is +1 for high or rising, −1 for low or falling, 0 without a signal."""

    value: float
    signal: Signal
    side: int


@dataclass(frozen=True, slots=True)
class ProcessChart:
    """What a process chart shows. ``better`` is +1 (higher), −1 (lower) or 0 (neither)."""

    points: tuple[ChartPoint, ...]
    groups: tuple[Group, ...]
    better: int
    target: float | None

    @property
    def current(self) -> Group:
        """The group of the latest point."""
        return self.groups[-1]

    @property
    def alert(self) -> Signal:
        """The signal of the latest point: the only one that calls for a word."""
        return self.points[-1].signal

    @property
    def variation(self) -> Variation | None:
        """Icon of the latest point; None without limits."""
        return None if self.current.limits is None else self.variation_of(len(self.points) - 1)

    def variation_of(self, index: int) -> Variation:
        """How the point is to be marked."""
        point = self.points[index]
        if point.signal is Signal.NONE:
            return Variation.COMMON_CAUSE
        if self.better == 0:
            return Variation.NEUTRAL
        if point.side == self.better:
            return Variation.IMPROVEMENT_HIGH if point.side > 0 else Variation.IMPROVEMENT_LOW
        return Variation.CONCERN_HIGH if point.side > 0 else Variation.CONCERN_LOW

    @property
    def assurance(self) -> Assurance | None:
        """Icon of the current limits against the target; None without limits, target or polarity."""
        limits = self.current.limits
        if limits is None or self.target is None or self.better == 0:
            return None
        return assurance(limits.lower, limits.upper, self.target, better=self.better)


def assurance(lower: float, upper: float, target: float, *, better: int) -> Assurance:
    """Judge limits against a target; ``better`` is +1 where higher is better, −1 where lower is."""
    if target < lower:
        return Assurance.PASSES if better > 0 else Assurance.FAILS
    if target > upper:
        return Assurance.FAILS if better > 0 else Assurance.PASSES
    return Assurance.HIT_AND_MISS


def screened_moving_range(values: Sequence[float]) -> float:
    """Average moving range; ranges not under 3.267 times it are dropped once and the rest averaged.

    0 for fewer than two values, or where nothing moves.
    """
    ranges = [abs(later - earlier) for earlier, later in itertools.pairwise(values)]
    if not ranges:
        return 0.0
    bar = SCREEN * math.fsum(ranges) / len(ranges)
    kept = [size for size in ranges if size < bar]
    return math.fsum(kept) / len(kept) if kept else 0.0


def process_chart(
    values: Sequence[float],
    *,
    better: int,
    target: float | None = None,
    is_count: bool = False,
    rebase_at: Sequence[int] = (),
) -> ProcessChart:
    """Work out the limits, signals and icons of a series.

    Args:
        values: oldest first, at least one.
        better: +1 where higher is better, −1 where lower is, 0 where neither.
        target: for the assurance icon.
        is_count: values cannot be negative, so the lower limit is drawn at 0 at least.
        rebase_at: indexes at which a new group of points starts; runs do not cross them.

    Raises:
        ValueError: no value, an index outside the series, or ``better`` none of the three.

    """
    if not values:
        raise ValueError("a process chart needs a point")
    if better not in {-1, 0, 1}:
        raise ValueError(f"better is +1, −1 or 0, not {better}")
    starts = sorted({0, *rebase_at})
    if starts[0] < 0 or starts[-1] >= len(values):
        raise ValueError(f"rebasing at {rebase_at} lies outside a series of {len(values)} points")
    groups: list[Group] = []
    points: list[ChartPoint] = []
    for start, end in itertools.pairwise([*starts, len(values)]):
        part = values[start:end]
        group = _group(part, start, is_count=is_count)
        groups.append(group)
        points += _points(part, group)
    return ProcessChart(tuple(points), tuple(groups), better, target)


def _group(values: Sequence[float], start: int, *, is_count: bool) -> Group:
    mean = math.fsum(values) / len(values)
    spread = screened_moving_range(values)
    if len(values) < TRIAL_FROM:
        state = LimitState.TOO_FEW
    elif spread == 0:
        state = LimitState.NO_MOVEMENT
    else:
        state = LimitState.TRIAL if len(values) < LIMITS_FROM else LimitState.LIMITS
    limits = drawn = None
    if state in {LimitState.TRIAL, LimitState.LIMITS}:
        limits = Limits(
            mean - LIMIT * spread, mean + LIMIT * spread, mean - NEAR_LIMIT * spread, mean + NEAR_LIMIT * spread
        )
        drawn = max(0.0, limits.lower) if is_count else limits.lower
    return Group(start, start + len(values), mean, spread, state, limits, drawn)


def _points(values: Sequence[float], group: Group) -> list[ChartPoint]:
    limits = group.limits
    if limits is None:
        return [ChartPoint(value, Signal.NONE, 0) for value in values]
    sides = [(value > group.mean) - (value < group.mean) for value in values]
    outside = [not limits.lower <= value <= limits.upper for value in values]
    near = [
        not out and not limits.near_lower <= value <= limits.near_upper
        for value, out in zip(values, outside, strict=True)
    ]
    trend = whole_runs(trend_ends(values))
    pairs = two_of_three(near, sides)
    shift = whole_runs(shift_ends(sides))
    points: list[ChartPoint] = []
    for index, value in enumerate(values):
        if outside[index]:
            points.append(ChartPoint(value, Signal.OUTSIDE, sides[index]))
        elif trend[index]:
            points.append(ChartPoint(value, Signal.TREND, trend[index]))
        elif pairs[index] and near[index]:
            points.append(ChartPoint(value, Signal.TWO_OF_THREE, sides[index]))
        elif shift[index]:
            points.append(ChartPoint(value, Signal.SHIFT, sides[index]))
        else:
            points.append(ChartPoint(value, Signal.NONE, 0))
    return points


def trend_ends(values: Sequence[float]) -> tuple[int, ...]:
    """For each point, whether it ends seven strictly rising (+1) or falling (−1) points, else 0."""
    steps = [0, *((later > earlier) - (later < earlier) for earlier, later in itertools.pairwise(values))]
    return _run_ends(steps, RUN - 1)


def shift_ends(sides: Sequence[int]) -> tuple[int, ...]:
    """For each point, whether it ends seven above (+1) or below (−1) the mean, else 0; ``sides`` are signs."""
    return _run_ends(sides, RUN)


def _run_ends(signs: Sequence[int], length: int) -> tuple[int, ...]:
    ends: list[int] = []
    run = previous = 0
    for sign in signs:
        run = (run + 1 if sign == previous else 1) if sign else 0
        previous = sign
        ends.append(sign if run >= length else 0)
    return tuple(ends)


def whole_runs(ends: Sequence[int]) -> tuple[int, ...]:
    """Flag all seven points of each run, given the points that end one; where two meet, the later counts."""
    flags = [0] * len(ends)
    for index, end in enumerate(ends):
        if end:
            first = max(0, index - RUN + 1)
            flags[first : index + 1] = [end] * (index + 1 - first)
    return tuple(flags)


def two_of_three(near: Sequence[bool], sides: Sequence[int]) -> tuple[bool, ...]:
    """For each point, whether it lies in three on one side of the mean of which two or more are near a limit."""
    flags = [False] * len(near)
    for first in range(len(near) - 2):
        window = slice(first, first + 3)
        if abs(sum(sides[window])) == 3 and sum(near[window]) >= 2:  # noqa: PLR2004 - the rule's own name
            flags[window] = [True] * 3
    return tuple(flags)
