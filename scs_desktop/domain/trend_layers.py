"""What a trend chart can show besides its line: process limits, the seasonally adjusted line, the outlook and marks.

Each layer is a record on the chart's own scale (``x`` in months since year 0, ``y`` in the indicator's
unit), so that the window and the paper draw the same. Layers that the figures do not allow are None.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from scs_desktop.domain.control import alike, charted, group_starts, unbroken
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import PeriodKind, month_number
from scs_desktop.domain.position import IndicatorPosition, TrendPoint
from scs_desktop.domain.process import Group, Limits, LimitState, Signal, Variation
from scs_desktop.domain.seasons import ADJUSTABLE_FROM, seasonally_adjusted
from scs_desktop.domain.sentences import value_text


class Layer(StrEnum):
    """What the officer may switch on over the line."""

    PROCESS = "process limits"
    SEASONAL = "seasonal adjustment"
    OUTLOOK = "outlook"
    SIGN_OFFS = "sign-offs"
    NOTES = "notes"
    COMPARATORS = "comparators"


@dataclass(frozen=True, slots=True)
class MarkedPoint:
    """How one point of the line is marked: ``point`` is its index in the chart's points."""

    point: int
    variation: Variation
    signal: Signal


@dataclass(frozen=True, slots=True)
class LimitGroup:
    """Mean, process limits and near limits from ``start`` to ``end``: from one break to the next.

    The lower bounds are as drawn: a count is not below 0.
    """

    start: float
    end: float
    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    trial: bool


@dataclass(frozen=True, slots=True)
class ProcessLayer:
    """Limits of each group that has some, oldest first, and a mark for each point within them.

    ``label`` names the limits of the last group.
    """

    groups: tuple[LimitGroup, ...]
    marks: tuple[MarkedPoint, ...]
    label: str

    @property
    def upper(self) -> float:
        """The upper limit of the last group: the height its label belongs to."""
        return self.groups[-1].upper


@dataclass(frozen=True, slots=True)
class SeasonalLayer:
    """The line without its usual season, point for point."""

    points: tuple[tuple[float, float], ...]
    label: str


@dataclass(frozen=True, slots=True)
class FanPoint:
    """A month still to come: its median and 80 % interval."""

    x: float
    label: str
    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FanLayer:
    """The outlook to the year's end, month by month, and the sentence that says what it comes to.

    ``start`` is the last figure, at which the fan hangs.
    """

    start: tuple[float, float]
    points: tuple[FanPoint, ...]
    confidence: float
    sentence: str


@dataclass(frozen=True, slots=True)
class SignOffMark:
    """A position at which a report was signed off."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A note at a point of the line: ``point`` is its index in the chart's points."""

    point: int
    text: str


@dataclass(frozen=True, slots=True)
class ComparatorLayer:
    """Another place's or period's line, named at its end; no total holds it."""

    points: tuple[tuple[float, float], ...]
    label: str


@dataclass(frozen=True, slots=True)
class SignedPosition:
    """A signed-off report as the chart needs it: its position and what it is called."""

    position: date
    text: str


@dataclass(frozen=True, slots=True)
class PointNote:
    """What was noted about the period that ends (or is known) on the day."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class ComparatorSeries:
    """Another series to be drawn beside the indicator's, in its unit."""

    label: str
    points: tuple[TrendPoint, ...]


def process_layer(row: IndicatorPosition, shown: Sequence[TrendPoint]) -> ProcessLayer | None:
    """Return limits over the unbroken figures; those not ``shown`` count for the limits and bear no mark."""
    run = unbroken(row.trend)
    if row.process is None or not run:
        return None
    values = tuple(float(point.value) for point in run if point.value is not None)
    aim = row.target_path[-1].value if row.target_path else row.trend_baseline
    chart = charted(
        values, row.polarity.sign, None if aim is None else float(aim), is_count=min(values) >= 0,
        rebase_at=group_starts(run, row.breaks),
    )  # fmt: skip
    places = {month_of_point(point): index for index, point in enumerate(shown)}
    groups: list[LimitGroup] = []
    marks: list[MarkedPoint] = []
    for group in chart.groups:
        seen = [
            MarkedPoint(places[month_of_point(run[index])], chart.variation_of(index), chart.points[index].signal)
            for index in range(group.start, group.end)
            if month_of_point(run[index]) in places
        ]
        if group.limits is None or not seen:
            continue
        first, last = shown[seen[0].point], shown[seen[-1].point]
        groups.append(
            _limit_group(
                row, group, group.limits, month_of_point(first), month_of_point(last), is_count=min(values) >= 0
            )
        )
        marks += seen
    if not groups:
        return None
    newest = groups[-1]
    until = "" if shown[marks[-1].point] == run[-1] else f" up to {shown[marks[-1].point].period.label}"
    name = "trial limits" if newest.trial else "limits"
    label = f"{name} {layer_value(row, newest.lower)} to {layer_value(row, newest.upper)}{until}"
    return ProcessLayer(tuple(groups), tuple(marks), label)


def _limit_group(
    row: IndicatorPosition, group: Group, limits: Limits, start: float, end: float, *, is_count: bool
) -> LimitGroup:
    least = 0.0 if is_count else -math.inf
    most = 100.0 if row.unit is Unit.PERCENT else math.inf
    return LimitGroup(
        start, end, group.mean, max(least, limits.lower), min(most, limits.upper),
        max(least, limits.near_lower), min(most, limits.near_upper), group.state is LimitState.TRIAL,
    )  # fmt: skip


def seasonal_layer(row: IndicatorPosition, shown: Sequence[TrendPoint]) -> SeasonalLayer | None:
    """Return the adjusted months of a monthly count of three years or more without a gap."""
    run = alike(row.trend, row.breaks)
    if row.unit is not Unit.COUNT or len(run) < ADJUSTABLE_FROM or not is_monthly(run):
        return None
    values = tuple(float(point.value) for point in run if point.value is not None)
    adjusted = _adjusted(values) if min(values) >= 0 else None
    if adjusted is None:
        return None
    wanted = {month_of_point(point) for point in shown}
    points = tuple(
        (month_of_point(point), value)
        for point, value in zip(run, adjusted, strict=True)
        if month_of_point(point) in wanted
    )
    return SeasonalLayer(points, "seasonally adjusted") if points else None


@lru_cache(maxsize=256)
def _adjusted(values: tuple[float, ...]) -> tuple[float, ...] | None:
    return seasonally_adjusted(values)


def sign_off_marks(signed: Sequence[SignedPosition], low: float, high: float) -> tuple[SignOffMark, ...]:
    """Return the sign-offs between two months."""
    marks = (SignOffMark(float(month_number(one.position)), one.text) for one in signed)
    return tuple(mark for mark in marks if low <= mark.x <= high)


def note_marks(notes: Sequence[PointNote], shown: Sequence[TrendPoint]) -> tuple[NoteMark, ...]:
    """Return the notes on points that are shown."""
    places = {month_of_point(point): index for index, point in enumerate(shown)}
    return tuple(
        NoteMark(places[month_number(note.on)], note.text) for note in notes if month_number(note.on) in places
    )


def comparator_layers(
    series: Sequence[ComparatorSeries], first: date | None, last: date | None
) -> tuple[ComparatorLayer, ...]:
    """Return the other lines between two days, without those that have fewer than two figures there."""
    layers: list[ComparatorLayer] = []
    for one in series:
        points = tuple(
            (month_of_point(point), float(point.value))
            for point in one.points
            if point.value is not None
            and (first is None or point.period.counts_from >= first)
            and (last is None or point.period.counts_from <= last)
        )
        if len(points) > 1:
            layers.append(ComparatorLayer(points, one.label))
    return tuple(layers)


def month_of_point(point: TrendPoint) -> float:
    """Return where a point stands on the chart: the month in which its period, or a cohort's follow-up, ends."""
    return float(month_number(point.period.counts_from))


def is_monthly(points: Sequence[TrendPoint]) -> bool:
    """Whether every figure is of one month."""
    return all(point.period.kind is PeriodKind.MONTH for point in points)


def layer_value(row: IndicatorPosition, value: float) -> str:
    """Return a height of the chart as the indicator's row shows its values."""
    return value_text(Decimal(repr(value)), row.unit, row.decimals)
