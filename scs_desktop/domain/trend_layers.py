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

from scs_desktop.domain.comparison import overdispersion
from scs_desktop.domain.control import alike, charted, group_starts, unbroken
from scs_desktop.domain.count_distributions import negative_binomial_quantile
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.outlook import OUTLOOK_CONFIDENCE, half_flat_shares
from scs_desktop.domain.periods import MONTHS_IN_YEAR, PeriodKind, month_number, month_of, months_between
from scs_desktop.domain.position import IndicatorPosition, TrendPoint
from scs_desktop.domain.process import Group, Limits, LimitState, Signal, Variation
from scs_desktop.domain.seasons import ADJUSTABLE_FROM, seasonally_adjusted
from scs_desktop.domain.sentences import plural, value_text


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
    places = {_end(point): index for index, point in enumerate(shown)}
    groups: list[LimitGroup] = []
    marks: list[MarkedPoint] = []
    for group in chart.groups:
        seen = [
            MarkedPoint(places[_end(run[index])], chart.variation_of(index), chart.points[index].signal)
            for index in range(group.start, group.end)
            if _end(run[index]) in places
        ]
        if group.limits is None or not seen:
            continue
        first, last = shown[seen[0].point], shown[seen[-1].point]
        groups.append(_limit_group(row, group, group.limits, _end(first), _end(last), is_count=min(values) >= 0))
        marks += seen
    if not groups:
        return None
    newest = groups[-1]
    until = "" if shown[marks[-1].point] == run[-1] else f" up to {shown[marks[-1].point].period.label}"
    name = "trial limits" if newest.trial else "limits"
    label = f"{name} {_said(row, newest.lower)} to {_said(row, newest.upper)}{until}"
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
    if row.unit is not Unit.COUNT or len(run) < ADJUSTABLE_FROM or not _monthly(run):
        return None
    values = tuple(float(point.value) for point in run if point.value is not None)
    adjusted = _adjusted(values) if min(values) >= 0 else None
    if adjusted is None:
        return None
    wanted = {_end(point) for point in shown}
    points = tuple((_end(point), value) for point, value in zip(run, adjusted, strict=True) if _end(point) in wanted)
    return SeasonalLayer(points, "seasonally adjusted") if points else None


@lru_cache(maxsize=256)
def _adjusted(values: tuple[float, ...]) -> tuple[float, ...] | None:
    return seasonally_adjusted(values)


def fan_layer(row: IndicatorPosition) -> FanLayer | None:
    """Return the months still to come up to the year's end.

    A month's expectation is the outlook's yearly level times the month's usual share. Its spread is
    the outlook's, with the series' usual movement φ in place of counting chance:
    variance φ·m + τ²·m².
    """
    outlook, run = row.outlook, alike(row.trend, row.breaks)
    if outlook is None or not run or not _monthly(run):
        return None
    values = tuple(float(point.value) for point in run if point.value is not None)
    earlier = values[: len(values) - outlook.months]
    last = run[-1]
    left = months_between(last.period.end, outlook.year.end)[1:]
    if len(earlier) < MONTHS_IN_YEAR or len(left) != MONTHS_IN_YEAR - outlook.months:
        return None
    spread = months_ahead(earlier, values, outlook.months, outlook.level, outlook.tau)
    points = tuple(
        FanPoint(float(month_number(period.end)), period.label, *ends)
        for period, ends in zip(left, spread, strict=True)
    )
    start = (_end(last), float(last.value or 0))
    return FanLayer(start, points, OUTLOOK_CONFIDENCE, outlook.sentence)


@lru_cache(maxsize=256)
def months_ahead(
    earlier: tuple[float, ...], values: tuple[float, ...], months: int, level: float, tau: float
) -> tuple[tuple[float, float, float], ...]:
    """Return median and 80 % limits of each month still to come.

    Args:
        earlier: the months before the year, oldest first.
        values: the same with the year's months so far, from which φ is taken.
        months: how many of the year have passed.
        level: the yearly level expected of the rest.
        tau: how far that level may stray.

    """
    phi = overdispersion(values).phi
    tail = (1 - OUTLOOK_CONFIDENCE) / 2
    rows: list[tuple[float, float, float]] = []
    for share in half_flat_shares(earlier)[months:]:
        mean = level * share
        if mean <= 0:
            rows.append((0.0, 0.0, 0.0))
            continue
        # variance = mean + reach²·mean²
        reach = math.sqrt(tau**2 + (phi - 1) / mean)
        low, middle, high = (float(negative_binomial_quantile(part, mean, reach)) for part in (tail, 0.5, 1 - tail))
        rows.append((middle, low, high))
    return tuple(rows)


def sign_off_marks(signed: Sequence[SignedPosition], low: float, high: float) -> tuple[SignOffMark, ...]:
    """Return the sign-offs between two months."""
    marks = (SignOffMark(float(month_number(one.position)), one.text) for one in signed)
    return tuple(mark for mark in marks if low <= mark.x <= high)


def note_marks(notes: Sequence[PointNote], shown: Sequence[TrendPoint]) -> tuple[NoteMark, ...]:
    """Return the notes on points that are shown."""
    places = {_end(point): index for index, point in enumerate(shown)}
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
            (_end(point), float(point.value))
            for point in one.points
            if point.value is not None
            and (first is None or point.period.counts_from >= first)
            and (last is None or point.period.counts_from <= last)
        )
        if len(points) > 1:
            layers.append(ComparatorLayer(points, one.label))
    return tuple(layers)


# --- words ----------------------------------------------------------------------------------------


def layers_text(
    row: IndicatorPosition,
    process: ProcessLayer | None,
    seasonal: SeasonalLayer | None,
    fan: FanLayer | None,
    sign_offs: Sequence[SignOffMark],
    notes: Sequence[NoteMark],
    comparators: Sequence[ComparatorLayer],
) -> str:
    """Say what the layers show, for those who cannot see them."""
    parts: list[str] = []
    if process is not None:
        flagged = sum(mark.signal is not Signal.NONE for mark in process.marks)
        for group in process.groups[:-1]:
            since, low, high = _month(group.start), _said(row, group.lower), _said(row, group.upper)
            parts.append(f"From {since} to {_month(group.end)}: mean {_said(row, group.mean)}, limits {low} to {high}.")
        mean = _said(row, process.groups[-1].mean)
        signals = plural(flagged, "figure") if flagged else "no figure"
        parts.append(f"Mean {mean}, {process.label}; {signals} with a signal.")
        parts += [row.process.sentence] if row.process is not None else []
    if seasonal is not None:
        latest = seasonal.points[-1][1]
        parts.append(f"Second line: seasonally adjusted, latest {_said(row, latest)}.")
    if fan is not None:
        ends = fan.points[-1]
        parts.append(
            f"Fan to {ends.label}: median {_said(row, ends.median)}, 80 % range {_said(row, ends.low)} to "
            f"{_said(row, ends.high)}."
        )
        parts.append(fan.sentence)
    if sign_offs:
        parts.append(f"Signed off: {'; '.join(mark.text for mark in sign_offs)}.")
    if notes:
        parts.append(f"Notes: {'; '.join(mark.text for mark in notes)}.")
    parts += [f"Beside it: {one.label}, latest {_said(row, one.points[-1][1])}." for one in comparators]
    return " ".join(parts)


def _said(row: IndicatorPosition, value: float) -> str:
    return value_text(Decimal(repr(value)), row.unit, row.decimals)


def _month(number: float) -> str:
    first = date(int(number) // MONTHS_IN_YEAR, int(number) % MONTHS_IN_YEAR + 1, 1)
    return month_of(first).label


def _end(point: TrendPoint) -> float:
    return float(month_number(point.period.counts_from))


def _monthly(points: Sequence[TrendPoint]) -> bool:
    return all(point.period.kind is PeriodKind.MONTH for point in points)
