"""What a trend chart shows, for any drawer: the window's chart, a sparkline, the SVG on paper.

A drawer maps ``x`` and ``y`` onto its surface and draws nothing that is not here; so screen and
paper cannot differ. ``x`` counts months since year 0 (the month in which the figure's period, or a
cohort's follow-up, ends); ``y`` is in the indicator's unit.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from uuid import UUID

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import APRIL, MONTHS_IN_YEAR, financial_year_label, month_number
from scs_desktop.domain.position import Direction, IndicatorPosition, Status, TrendPoint
from scs_desktop.domain.sentences import MINUS, capital, number_text, signed_percent, signed_points, value_text

TITLE_WORDS = 10
_TICKS_WANTED = 5
_SHORT_SPAN = 15
_LONG_SPAN = 84
_QUARTER = 3


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
    """A reference line with its direct label: the baseline or the path to the target."""

    points: tuple[tuple[float, float], ...]
    label: str


@dataclass(frozen=True, slots=True)
class Break:
    """A vertical mark where the definition or the series changed; lines do not cross it."""

    x: float
    text: str


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


@dataclass(frozen=True, slots=True)
class Trend:
    """A trend chart as a value.

    Attributes:
        title: the finding, in at most ten words.
        subtitle: what is drawn, in which unit, over which months.
        text: the same as the picture, in sentences, for those who cannot see it.
        latest: index of the last point that has a value, or None.
        x_axis, y_axis: bounds and ticks; counts start at zero.

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

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The chart as a table: period and figure."""
        return tuple((point.label, point.text.partition(": ")[2]) for point in self.points)


def trend_of(row: IndicatorPosition, *, first: date | None = None, last: date | None = None) -> Trend:
    """Return what the indicator's chart shows, of the figures from ``first`` to ``last`` if given."""
    shown = [
        point
        for point in row.trend
        if (first is None or point.period.counts_from >= first) and (last is None or point.period.counts_from <= last)
    ]
    points = tuple(_plotted(point, row) for point in shown)
    valued = [index for index, point in enumerate(points) if point.y is not None]
    breaks = tuple(Break(month_number(one.period.start) - 0.5, one.text) for one in row.breaks)
    x_axis = _time_axis(points)
    baseline = _baseline_line(row, x_axis)
    path = tuple(
        (float(month_number(point.period.counts_from)), float(point.value))
        for point in row.target_path
        if point.value is not None
    )
    target = Line(path, f"target {_text(row, row.target_path[-1].value)}") if len(path) > 1 else None
    heights = [point.y for point in points if point.y is not None]
    heights += [y for line in (baseline, target) if line is not None for _, y in line.points]
    return Trend(
        row.use,
        row.code,
        row.name,
        trend_title(row),
        _subtitle(row, shown),
        _accessible(row, shown),
        row.unit,
        row.decimals,
        points,
        _stretches(points, [one.x for one in breaks]),
        baseline,
        target,
        breaks,
        valued[-1] if valued else None,
        x_axis,
        value_axis(heights, from_zero=row.unit is not Unit.PERCENT, unit=row.unit),
        row.illustrative,
    )


def _text(row: IndicatorPosition, value: Decimal | None) -> str:
    return "" if value is None else value_text(value, row.unit, row.decimals)


def _plotted(point: TrendPoint, row: IndicatorPosition) -> PlottedPoint:
    label = point.period.label
    said = point.text or "no figure" if point.value is None else _text(row, point.value)
    if point.provisional:
        said += " (provisional)"
    height = None if point.value is None else float(point.value)
    x = float(month_number(point.period.counts_from))
    return PlottedPoint(x, height, label, f"{label}: {said}", point.provisional, point.figure)


def _baseline_line(row: IndicatorPosition, axis: Axis) -> Line | None:
    if row.trend_baseline is None:
        return None
    height = float(row.trend_baseline)
    return Line(((axis.low, height), (axis.high, height)), row.trend_baseline_text or "baseline")


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


# --- axes -----------------------------------------------------------------------------------------


def value_axis(values: Sequence[float], *, from_zero: bool, unit: Unit) -> Axis:
    """Return a value axis with four to seven round ticks that holds every value.

    Counts and rates start at zero. Percentages do so too where that costs under half the height,
    and never reach past 0 or 100.
    """
    if not values:
        return Axis(0.0, 1.0, (Tick(0.0, "0"), Tick(1.0, "1")))
    low, high = min(values), max(values)
    if from_zero or low <= high / 2:
        low = min(0.0, low)
    if high == low:
        margin = abs(high) / 10 or 1.0
        low, high = (low - margin if low else 0.0), high + margin
    step = _nice_step((high - low) / _TICKS_WANTED)
    bottom, top = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    if unit is Unit.PERCENT:
        bottom, top = max(bottom, min(0.0, low)), min(top, max(100.0, high))
    decimals = max(0, -math.floor(math.log10(step) + 1e-9))
    count = round((top - bottom) / step)
    ticks = tuple(
        Tick(bottom + index * step, _tick_text(bottom + index * step, decimals, unit)) for index in range(count + 1)
    )
    return Axis(bottom, top, ticks)


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


def _time_axis(points: Sequence[PlottedPoint]) -> Axis:
    if not points:
        return Axis(0.0, 1.0, ())
    low, high = points[0].x, max(point.x for point in points)
    if high == low:
        low, high = low - 1, high + 1
    span = high - low
    ticks: list[Tick] = []
    every = 1 if span <= _LONG_SPAN else 2 if span <= 2 * _LONG_SPAN else 5
    for number in range(math.ceil(low), math.floor(high) + 1):
        year, index = divmod(number, MONTHS_IN_YEAR)
        if span <= _SHORT_SPAN:
            if (index + 1 - APRIL) % _QUARTER == 0:
                ticks.append(Tick(float(number), f"{calendar.month_abbr[index + 1]} {year}"))
        elif index + 1 == APRIL and year % every == 0:
            ticks.append(Tick(float(number), financial_year_label(year)))
    if not ticks:
        ticks = [Tick(point.x, point.label) for point in (points[0], points[-1]) if low <= point.x <= high]
    return Axis(low, high, tuple(ticks))


# --- words ----------------------------------------------------------------------------------------


def trend_title(row: IndicatorPosition) -> str:
    """Return the finding in at most ten words: "Residential burglary: no clear change in a year"."""
    name = row.short_name or row.name
    finding = _finding(row)
    title = f"{capital(name)}: {finding}"
    return title if len(title.split()) <= TITLE_WORDS else capital(finding)


def _finding(row: IndicatorPosition) -> str:
    status = row.status
    if status.unrated is not None and status.comparator is None:
        return status.unrated.value
    words = {
        Direction.BETTER: "better than a year before",
        Direction.WORSE: "worse than a year before",
        Direction.NO_CLEAR_CHANGE: "no clear change in a year",
        Direction.UNKNOWN: "",
    }[row.direction]
    if not words:
        return status.unrated.value if status.unrated is not None else _change_words(status)
    return words


def _change_words(status: Status) -> str:
    if status.points is not None:
        return f"{signed_points(status.points)} on the baseline"
    if status.change is not None:
        return f"{signed_percent(status.change)} on the baseline"
    return "latest figures"


def _subtitle(row: IndicatorPosition, shown: Sequence[TrendPoint]) -> str:
    unit = {Unit.COUNT: "Number", Unit.PERCENT: "Percent", Unit.RATE: "Rate", Unit.RATIO: "Ratio", Unit.MONEY: "£"}
    if not shown:
        return f"{unit[row.unit]}; no figures up to the position"
    first, last = shown[0].period, shown[-1].period
    every = {"month": "by month", "quarter": "by quarter", "rolling_12": "12 months to each date"}
    form = every.get(last.kind.value, "by period")
    span = first.label if first == last else f"{first.label} to {last.label}"
    tail = "; dashed: provisional" if any(point.provisional for point in shown) else ""
    source = f"; {row.source_text}" if row.source_text else ""
    return f"{unit[row.unit]} {form}, {span}{tail}{source}"


def _accessible(row: IndicatorPosition, shown: Sequence[TrendPoint]) -> str:
    valued = [point for point in shown if point.value is not None]
    parts = [f"{capital(row.name)}."]
    if not valued:
        parts.append("There are no figures up to the position.")
    else:
        first, last = valued[0], valued[-1]
        low = min(valued, key=lambda point: point.value or Decimal(0))
        high = max(valued, key=lambda point: point.value or Decimal(0))
        parts.append(f"Line of {len(valued)} figures from {first.period.label} to {last.period.label}.")
        parts.append(
            f"Lowest {_text(row, low.value)} ({low.period.label}), highest {_text(row, high.value)} "
            f"({high.period.label}), latest {_text(row, last.value)}."
        )
        gaps = len(shown) - len(valued)
        if gaps:
            parts.append(f"{gaps} without a figure.")
        if any(point.provisional for point in shown):
            parts.append("The provisional end is dashed.")
    if row.trend_baseline is not None:
        said = row.trend_baseline_text or "baseline"
        parts.append(f"Level line: {said}, {_text(row, row.trend_baseline)}.")
    if row.target_path:
        parts.append(f"The path to the target ends at {_text(row, row.target_path[-1].value)}.")
    parts.append(row.status.sentence)
    return " ".join(parts)
