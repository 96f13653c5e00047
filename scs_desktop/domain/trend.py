"""What a trend chart shows, for any drawer: the window's chart, a sparkline, the SVG on paper.

A drawer maps ``x`` and ``y`` onto its surface and draws nothing that is not here; so screen and
paper cannot differ. ``x`` counts months since year 0 (the month in which the figure's period, or a
cohort's follow-up, ends); ``y`` is in the indicator's unit.
"""

from __future__ import annotations

import calendar
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from scs_desktop.domain.axes import Axis, Tick, time_axis, value_axis
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import month_number
from scs_desktop.domain.position import IndicatorPosition, TrendPoint
from scs_desktop.domain.sentences import shortened
from scs_desktop.domain.trend_fan import fan_layer
from scs_desktop.domain.trend_layer_words import layers_text
from scs_desktop.domain.trend_layers import (
    ComparatorLayer,
    ComparatorSeries,
    FanLayer,
    Layer,
    NoteMark,
    PointNote,
    ProcessLayer,
    SeasonalLayer,
    SignedPosition,
    SignOffMark,
    comparator_layers,
    note_marks,
    process_layer,
    seasonal_layer,
    sign_off_marks,
)
from scs_desktop.domain.trend_words import trend_subtitle, trend_text, trend_title, value_of

_BREAK_LETTERS = 28
_FOOT = 0.15

__all__ = ["Axis", "Break", "Layer", "Line", "PlottedPoint", "Stretch", "Tick", "Trend", "trend_of"]


@dataclass(frozen=True, slots=True)
class PlottedPoint:
    """One figure of the line; ``y`` None is a gap and ``text`` says what stood there.

    ``text`` is the whole read-out of the point: "September 2011: 208 (provisional)".
    """

    x: float
    y: float | None
    label: str
    text: str
    provisional: bool = False
    figure: UUID | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """Points (by index, in order) joined by one line: solid, or dashed where provisional."""

    points: tuple[int, ...]
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A reference line with its direct label: the baseline or the path to the target.

    ``ended``: it stops at its last point, also where a chart shows more months.
    """

    points: tuple[tuple[float, float], ...]
    label: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Break:
    """A vertical mark where what is counted changed, or its level for a known cause; ``broken``: no line crosses it."""

    x: float
    text: str
    broken: bool = True

    @property
    def label(self) -> str:
        """The cause in a few words, for the mark itself."""
        return shortened(self.text, _BREAK_LETTERS)


@dataclass(frozen=True, slots=True)
class Trend:
    """A trend chart as a value.

    Attributes:
        title: the finding, in at most ten words.
        subtitle: what is drawn, in which unit, over which months.
        text: the same as the picture, in sentences, for those who cannot see it.
        latest: index of the last point that has a value, or None.
        x_axis, y_axis: bounds and ticks that hold every layer; counts start at zero.
        process, seasonal, fan: layers that were asked for and that the figures allow.
        sign_offs, notes, comparators: marks and lines given beside the figures.

    """

    use: UUID
    code: str
    name: str
    title: str
    subtitle: str
    text: str
    unit: Unit
    decimals: int
    points: tuple[PlottedPoint, ...]
    stretches: tuple[Stretch, ...]
    baseline: Line | None
    target: Line | None
    breaks: tuple[Break, ...]
    latest: int | None
    x_axis: Axis
    y_axis: Axis
    illustrative: bool = False
    process: ProcessLayer | None = None
    seasonal: SeasonalLayer | None = None
    fan: FanLayer | None = None
    sign_offs: tuple[SignOffMark, ...] = ()
    notes: tuple[NoteMark, ...] = ()
    comparators: tuple[ComparatorLayer, ...] = ()

    @property
    def clear_foot(self) -> bool:
        """Whether nothing is drawn in the lowest part of the chart, so that breaks are named there, else at the top."""
        heights = [point.y for point in self.points if point.y is not None]
        heights += [] if self.process is None else [one.lower for one in self.process.groups]
        heights += [] if self.fan is None else [one.low for one in self.fan.points]
        lines = (self.baseline, self.target, self.seasonal, *self.comparators)
        heights += [y for line in lines if line is not None for _, y in line.points]
        floor = self.y_axis.low + _FOOT * (self.y_axis.high - self.y_axis.low)
        return min(heights, default=floor) > floor

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The chart as a table: period and figure."""
        return tuple((point.label, point.text.partition(": ")[2]) for point in self.points)


def trend_of(
    row: IndicatorPosition,
    *,
    first: date | None = None,
    last: date | None = None,
    layers: Collection[Layer] = (),
    signed: Sequence[SignedPosition] = (),
    notes: Sequence[PointNote] = (),
    comparators: Sequence[ComparatorSeries] = (),
) -> Trend:
    """Return what the indicator's chart shows, of the figures from ``first`` to ``last`` if given.

    Args:
        row: the indicator at the position.
        first: the day from which a figure's period must end.
        last: the day by which it must.
        layers: what is switched on; what the figures do not allow is left out.
        signed: the reports signed off.
        notes: what was noted of single figures.
        comparators: the other lines.

    """
    shown = [
        point
        for point in row.trend
        if (first is None or point.period.counts_from >= first) and (last is None or point.period.counts_from <= last)
    ]
    points = tuple(_plotted(point, row) for point in shown)
    valued = [index for index, point in enumerate(points) if point.y is not None]
    process = process_layer(row, shown) if Layer.PROCESS in layers else None
    seasonal = seasonal_layer(row, shown) if Layer.SEASONAL in layers else None
    fan = fan_layer(row) if Layer.OUTLOOK in layers and valued and valued[-1] == len(points) - 1 else None
    fan = fan if fan is not None and points[-1].x == fan.start[0] else None
    others = comparator_layers(comparators, first, last) if Layer.COMPARATORS in layers else ()
    ahead = () if fan is None else fan.points
    x_axis = time_axis(
        [*(point.x for point in points), *(point.x for point in ahead)],
        [*(point.label for point in points), *(point.label for point in ahead)],
    )
    drawn = [mark for mark in row.breaks if x_axis.low < month_number(mark.period.start) - 0.5 < x_axis.high]
    breaks = tuple(Break(month_number(mark.period.start) - 0.5, mark.text, mark.broken) for mark in drawn)
    sign_offs = sign_off_marks(signed, x_axis.low, x_axis.high) if Layer.SIGN_OFFS in layers else ()
    noted = note_marks(notes, shown) if Layer.NOTES in layers else ()
    baseline = _baseline_line(row, x_axis)
    path = tuple(
        (float(month_number(point.period.counts_from)), float(point.value))
        for point in row.target_path
        if point.value is not None
    )
    target = Line(path, f"target {value_of(row, row.target_path[-1].value)}") if len(path) > 1 else None
    heights = [point.y for point in points if point.y is not None]
    heights += [y for line in (baseline, target, seasonal, *others) if line is not None for _, y in line.points]
    heights += [] if process is None else [level for one in process.groups for level in (one.lower, one.upper)]
    heights += [bound for point in ahead for bound in (point.low, point.high)]
    spoken = layers_text(row, process, seasonal, fan, sign_offs, noted, others)
    return Trend(
        row.use,
        row.code,
        row.name,
        trend_title(row),
        trend_subtitle(row, shown),
        " ".join(part for part in (trend_text(row, shown, drawn), spoken) if part),
        row.unit,
        row.decimals,
        points,
        _stretches(points, [one.x for one in breaks if one.broken]),
        baseline,
        target,
        breaks,
        valued[-1] if valued else None,
        x_axis,
        value_axis(heights, from_zero=row.unit is not Unit.PERCENT, unit=row.unit),
        row.illustrative,
        process,
        seasonal,
        fan,
        sign_offs,
        noted,
        others,
    )


def _plotted(point: TrendPoint, row: IndicatorPosition) -> PlottedPoint:
    label = point.period.label
    said = point.text or "no figure" if point.value is None else value_of(row, point.value)
    if point.provisional:
        said += " (provisional)"
    height = None if point.value is None else float(point.value)
    x = float(month_number(point.period.counts_from))
    return PlottedPoint(x, height, label, f"{label}: {said}", point.provisional, point.figure)


def _baseline_line(row: IndicatorPosition, axis: Axis) -> Line | None:
    if row.trend_baseline is None:
        return None
    height = float(row.trend_baseline)
    until = axis.high if row.baseline_until is None else min(axis.high, month_number(row.baseline_until) - 0.5)
    if until <= axis.low:
        return None
    label = row.trend_baseline_text or "baseline"
    ended = row.baseline_until is not None and until < axis.high
    if row.baseline_until is not None and ended:
        # The edge has room for some 25 letters, and the last month matters more than the step.
        last = row.baseline_until - timedelta(days=1)
        short = label.replace(" monthly", "").replace(" quarterly", "")
        label = f"{short} to {calendar.month_abbr[last.month]} {last.year}"
    return Line(((axis.low, height), (until, height)), label, ended)


def _stretches(points: Sequence[PlottedPoint], breaks: Sequence[float]) -> tuple[Stretch, ...]:
    """Join neighbours; a gap, a missing period or a break ends a line, a provisional end is dashed."""
    steps = [after.x - before.x for before, after in pairwise(points)]
    usual = min((step for step in steps if step > 0), default=0.0)
    stretches: list[Stretch] = []
    run: list[int] = []
    dashed = False
    for index, point in enumerate(points):
        if point.y is None:
            stretches += [Stretch(tuple(run), dashed)] if run else []
            run, dashed = [], False
            continue
        if run:
            before = points[run[-1]]
            apart = point.x - before.x > usual or any(before.x < mark < point.x for mark in breaks)
            if apart or point.provisional != dashed:
                stretches.append(Stretch(tuple(run), dashed))
                # The dashed tail hangs on the last settled point.
                run = [] if apart else [run[-1]]
        run.append(index)
        dashed = point.provisional
    stretches += [Stretch(tuple(run), dashed)] if run else []
    return tuple(stretches)
