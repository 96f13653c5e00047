"""A trend as a vector picture for paper and page: SVG that the typesetter takes and a browser shows.

It draws what the trend record holds and nothing else. Text in the picture is real text in the shipped
font, never under 7.5 of the picture's units (points on paper).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum
from xml.sax.saxutils import escape

from scs_desktop.domain.appearance import INK, PAPER, QUIET, SERIES
from scs_desktop.domain.sentences import value_text
from scs_desktop.domain.trend import Axis, PlottedPoint, Tick, Trend
from scs_desktop.reports.chart_layers import above, beneath
from scs_desktop.reports.chart_layers import labels as layer_labels
from scs_desktop.reports.lettering import plain
from scs_desktop.reports.svg import Frame, digits, lettered, path, rule, text_width, within

FONT = "Inter"
SMALL_TEXT = 7.5
LARGE_TEXT = 8.0
_GRID = "#D5D8DA"
# What is left of the line's height above its baseline, in parts of the size.
_RISE = 0.36
_PAD = 2.2
_LABEL_GAP = 2.6


class ChartStyle(StrEnum):
    """Small: a line in a table row, on its own scale, its last value named. Large: with axes and labels."""

    SMALL = "small"
    LARGE = "large"


def chart_svg(
    trend: Trend,
    *,
    width: float,
    height: float,
    style: ChartStyle = ChartStyle.SMALL,
    span: tuple[float, float] | None = None,
    label_width: float | None = None,
) -> str:
    """Return the trend as SVG, ``width`` by ``height`` units.

    ``span`` bounds the time axis (months since year 0, as in the record), so that pictures one above
    the other share it; ``label_width`` keeps the same room for the last value in each of them, and 0
    leaves the value to the text beside the picture.
    """
    draw = _small if style is ChartStyle.SMALL else _large
    body = "".join(draw(trend, width, height, span, label_width))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{digits(width)}" height="{digits(height)}" '
        f'viewBox="0 0 {digits(width)} {digits(height)}" font-family="{FONT}" role="img">'
        f"<title>{escape(plain(trend.title))}</title><desc>{escape(plain(trend.text))}</desc>{body}</svg>"
    )


def last_value_text(trend: Trend) -> str:
    """Return the last value as it is written beside the line: "208", "22 %"; nothing without a value."""
    if trend.latest is None:
        return ""
    height = trend.points[trend.latest].y
    return "" if height is None else value_text(Decimal(repr(height)), trend.unit, trend.decimals)


# --- small ----------------------------------------------------------------------------------------


def _small(
    trend: Trend, width: float, height: float, span: tuple[float, float] | None, label_width: float | None
) -> list[str]:
    label = last_value_text(trend)
    room = label_width if label_width is not None else text_width(label, SMALL_TEXT) + _LABEL_GAP
    frame = Frame(
        _PAD, width - room - _PAD, _PAD, height - _PAD, span or (trend.x_axis.low, trend.x_axis.high), _own(trend)
    )
    parts: list[str] = []
    if trend.baseline is not None and trend.latest is not None:
        level = trend.baseline.points[0][1]
        parts.append(rule("baseline", frame.left, frame.down(level), frame.right, frame.down(level), QUIET, 0.5))
    if trend.target is not None and trend.latest is not None:
        places = [frame.place(*at) for at in within(trend.target.points, frame.x)]
        parts.append(path("target", places, 0.6, "0.4 1.6"))
    parts += _breaks(trend, frame)
    parts += _figure_line(trend, frame, 1.0)
    if trend.latest is not None:
        last = trend.points[trend.latest]
        parts.append(_dot(last, frame, 1.7))
        if label and room:
            # At half height: beneath one another the values stand on the lines of their rows.
            at = height / 2 + _RISE * SMALL_TEXT
            parts.append(lettered(label, width - room + _LABEL_GAP, at, SMALL_TEXT, INK, weight=600))
    return parts


def _own(trend: Trend) -> tuple[float, float]:
    """Return the bounds of a small line: its own figures and its baseline, so that a move is seen."""
    heights = [point.y for point in trend.points if point.y is not None]
    if trend.baseline is not None:
        heights.append(trend.baseline.points[0][1])
    if not heights:
        return trend.y_axis.low, trend.y_axis.high
    low, high = min(heights), max(heights)
    # What hardly moves is not blown up to fill the picture.
    least = (trend.y_axis.high - trend.y_axis.low) / 8
    if high - low < least:
        middle = (low + high) / 2
        low, high = middle - least / 2, middle + least / 2
    return low, high


# --- large ----------------------------------------------------------------------------------------


def _large(
    trend: Trend, width: float, height: float, span: tuple[float, float] | None, label_width: float | None
) -> list[str]:
    label = last_value_text(trend)
    size = LARGE_TEXT
    beside = layer_labels(trend)
    names = [line.label for line in (trend.baseline, trend.target) if line is not None]
    names += [text for _, text, _ in beside]
    widest = max((text_width(text, size) for text in (label, *names)), default=0.0)
    room = label_width if label_width is not None else widest + 2 * _LABEL_GAP
    ticks = max((text_width(tick.label, size) for tick in trend.y_axis.ticks), default=0.0)
    frame = Frame(
        ticks + 5,
        width - room,
        size,
        height - size * 2,
        span or (trend.x_axis.low, trend.x_axis.high),
        (trend.y_axis.low, trend.y_axis.high),
    )
    parts = _axes(trend, frame, size)
    parts += _breaks(trend, frame)
    parts += beneath(trend, frame)
    written: list[float] = []
    if trend.latest is not None:
        written.append(frame.down(trend.points[trend.latest].y or 0.0))
    for line, name, colour, dash in (
        (trend.baseline, "baseline", QUIET, ""),
        (trend.target, "target", SERIES[2], "0.6 2.4"),
    ):
        if line is None:
            continue
        points = within(line.points, frame.x)
        parts.append(path(name, [frame.place(*at) for at in points], 0.9, dash, colour))
        down = _clear_of(written, frame.down(points[-1][1]), size)
        written.append(down)
        parts.append(lettered(line.label, frame.right + _LABEL_GAP, down + _RISE * size, size, colour))
    for level, text, colour in beside:
        down = _clear_of(written, frame.down(level), size)
        written.append(down)
        parts.append(lettered(text, frame.right + _LABEL_GAP, down + _RISE * size, size, colour))
    parts += _figure_line(trend, frame, 1.6)
    if trend.latest is not None:
        last = trend.points[trend.latest]
        parts.append(_dot(last, frame, 2.4))
        parts.append(
            lettered(label, frame.right + _LABEL_GAP + 2, written[0] + _RISE * size, size, SERIES[0], weight=600)
        )
    return parts + above(trend, frame, size)


def _axes(trend: Trend, frame: Frame, size: float) -> list[str]:
    parts: list[str] = []
    for tick in trend.y_axis.ticks:
        down = frame.down(tick.at)
        parts.append(rule("grid", frame.left, down, frame.right, down, _GRID, 0.5))
        parts.append(lettered(tick.label, frame.left - 4, down + _RISE * size, size, QUIET, anchor="end"))
    for tick in _spaced(trend.x_axis, frame, size):
        across = frame.across(tick.at)
        parts.append(rule("tick", across, frame.bottom, across, frame.bottom + 3, QUIET, 0.5))
        parts.append(lettered(tick.label, across, frame.bottom + 3 + size, size, QUIET, anchor="middle"))
    return parts


def _spaced(axis: Axis, frame: Frame, size: float) -> list[Tick]:
    """Return the ticks whose labels do not run into the one before."""
    shown: list[Tick] = []
    free = float("-inf")
    for tick in axis.ticks:
        half = text_width(tick.label, size) / 2
        if frame.across(tick.at) - half >= free:
            shown.append(tick)
            free = frame.across(tick.at) + half + size / 2
    return shown


def _clear_of(taken: Sequence[float], wanted: float, size: float) -> float:
    """Return the nearest height at which a label runs into none of those already written."""
    apart = size * 1.15
    places = [wanted, *(other + step for other in taken for step in (-apart, apart))]
    free = (at for at in places if all(abs(at - other) >= apart - 0.01 for other in taken))
    return min(free, key=lambda at: abs(at - wanted))


# --- pieces ---------------------------------------------------------------------------------------


def _figure_line(trend: Trend, frame: Frame, weight: float) -> list[str]:
    """Draw the stretches; a figure with no neighbour is a dot, a provisional stretch is dashed."""
    parts: list[str] = []
    dash = f"{digits(2.4 * weight)} {digits(1.6 * weight)}"
    for stretch in trend.stretches:
        points = [trend.points[index] for index in stretch.points]
        name = "provisional" if stretch.provisional else "settled"
        if len(points) == 1:
            if stretch.points[0] != trend.latest:
                parts.append(_dot(points[0], frame, weight))
            continue
        places = [frame.place(point.x, point.y) for point in points if point.y is not None]
        parts.append(path(name, places, weight, dash if stretch.provisional else "", SERIES[0]))
    return parts


def _breaks(trend: Trend, frame: Frame) -> list[str]:
    low, high = frame.x
    return [
        rule("break", frame.across(one.x), frame.top, frame.across(one.x), frame.bottom, QUIET, 0.6, "1 1.4")
        for one in trend.breaks
        if low <= one.x <= high
    ]


def _dot(point: PlottedPoint, frame: Frame, radius: float) -> str:
    """Draw a figure as a dot, a provisional one as a ring."""
    fill, name = (PAPER, "ring") if point.provisional else (SERIES[0], "dot")
    return (
        f'<circle class="{name}" cx="{digits(frame.across(point.x))}" cy="{digits(frame.down(point.y or 0.0))}" '
        f'r="{digits(radius)}" fill="{fill}" stroke="{SERIES[0]}" stroke-width="0.9"/>'
    )
