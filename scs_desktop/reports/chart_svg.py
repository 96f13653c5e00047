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
from scs_desktop.domain.label_places import spread
from scs_desktop.domain.line_styles import LINE_STYLES, ChartLine
from scs_desktop.domain.sentences import value_text
from scs_desktop.domain.trend import Axis, PlottedPoint, Tick, Trend
from scs_desktop.reports.chart_layers import above, beneath
from scs_desktop.reports.chart_layers import labels as layer_labels
from scs_desktop.reports.lettering import plain
from scs_desktop.reports.svg import Frame, digits, lettered, line_colour, path, rule, styled, text_width, within

FONT = "Inter"
SMALL_TEXT = 7.5
LARGE_TEXT = 8.0
_GRID = "#D5D8DA"
# What is left of the line's height above its baseline, in parts of the size.
_RISE = 0.36
_PAD = 2.2
_LABEL_GAP = 2.6
# Nearer together, in parts of the size, every second tick of the values is drawn.
_TICKS_APART = 1.3
# From so many figures on dots are drawn smaller.
_CROWD = 60


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
        ends = within(trend.baseline, frame.x)
        if ends:
            parts.append(styled(ChartLine.BASELINE, [frame.place(*at) for at in ends], QUIET, 0.5))
    if trend.target is not None and trend.latest is not None:
        places = [frame.place(*at) for at in within(trend.target, frame.x)]
        parts.append(styled(ChartLine.TARGET, places, QUIET, 0.7))
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
    written = [line.label for line in (trend.baseline, trend.target) if line is not None]
    written += [text for _, text, _ in beside]
    widest = max((text_width(text, size) for text in (label, *written)), default=0.0)
    room = label_width if label_width is not None else widest + 3 * _LABEL_GAP
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
    names: list[tuple[float, str, str, int]] = [(level, text, colour, 400) for level, text, colour in beside]
    for line, kind in ((trend.baseline, ChartLine.BASELINE), (trend.target, ChartLine.TARGET)):
        points = within(line, frame.x) if line is not None else []
        if line is not None and points:
            colour = line_colour(LINE_STYLES[kind], INK)
            parts.append(styled(kind, [frame.place(*at) for at in points], colour))
            names.append((points[-1][1], line.label, colour, 400))
    parts += _stretches(trend, frame, 1.6) + _points(trend, frame)
    if trend.latest is not None:
        last = trend.points[trend.latest]
        names.append((last.y or 0.0, label, SERIES[0], 600))
    return [*parts, *_names(names, frame, size), *_break_names(trend, frame, size), *above(trend, frame, size)]


def _names(names: Sequence[tuple[float, str, str, int]], frame: Frame, size: float) -> list[str]:
    """Write what the lines are called beside their ends: level, text, colour and weight of each."""
    ordered = sorted(names, key=lambda one: -one[0])
    apart = size * 1.2
    middles = spread([frame.down(level) for level, *_ in ordered], apart, frame.top - apart / 2, frame.bottom + apart)
    return [
        lettered(text, frame.right + 2 * _LABEL_GAP, middle + _RISE * size, size, colour, weight=weight)
        for (_, text, colour, weight), middle in zip(ordered, middles, strict=True)
    ]


def _axes(trend: Trend, frame: Frame, size: float) -> list[str]:
    parts: list[str] = []
    ticks = trend.y_axis.ticks
    apart = abs(frame.down(ticks[0].at) - frame.down(ticks[1].at)) if len(ticks) > 1 else frame.bottom
    for tick in ticks[:: 1 if apart >= _TICKS_APART * size else 2]:
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


# --- pieces ---------------------------------------------------------------------------------------


def _figure_line(trend: Trend, frame: Frame, weight: float) -> list[str]:
    """Draw the stretches, and a figure with no neighbour as a dot."""
    alone = [stretch.points[0] for stretch in trend.stretches if len(stretch.points) == 1]
    dots = [_dot(trend.points[index], frame, weight) for index in alone if index != trend.latest]
    return _stretches(trend, frame, weight) + dots


def _stretches(trend: Trend, frame: Frame, weight: float) -> list[str]:
    """Draw the joined figures; a provisional stretch is dashed."""
    parts: list[str] = []
    dash = f"{digits(2.4 * weight)} {digits(1.6 * weight)}"
    for stretch in trend.stretches:
        points = [trend.points[index] for index in stretch.points]
        places = [frame.place(point.x, point.y) for point in points if point.y is not None]
        if len(places) > 1:
            name = "provisional" if stretch.provisional else "settled"
            parts.append(path(name, places, weight, dash if stretch.provisional else "", SERIES[0]))
    return parts


def _points(trend: Trend, frame: Frame) -> list[str]:
    """Draw each figure that bears no process mark as a dot, the latest a larger one."""
    marked = set() if trend.process is None else {mark.point for mark in trend.process.marks}
    small = 1.5 if len(trend.points) <= _CROWD else 1.0
    return [
        _dot(point, frame, 2.4 if index == trend.latest else small)
        for index, point in enumerate(trend.points)
        if point.y is not None and index not in marked
    ]


def _breaks(trend: Trend, frame: Frame) -> list[str]:
    low, high = frame.x
    top, bottom = digits(frame.top), digits(frame.bottom)
    return [
        styled(ChartLine.BREAK, [f"{digits(frame.across(one.x))},{at}" for at in (top, bottom)], QUIET)
        for one in trend.breaks
        if low <= one.x <= high
    ]


def _break_names(trend: Trend, frame: Frame, size: float) -> list[str]:
    """Write what each break is beside its foot or top, on the side that has more room."""
    low, high = frame.x
    height = frame.bottom - size * 0.5 if trend.clear_foot else frame.top + size * 0.8
    parts: list[str] = []
    for one in trend.breaks:
        if low <= one.x <= high:
            across = frame.across(one.x)
            left = across > (frame.left + frame.right) / 2
            parts.append(
                lettered(
                    one.label, across - 3 if left else across + 3, height, size, QUIET,
                    anchor="end" if left else "start", clear=True,
                )
            )  # fmt: skip
    return parts


def _dot(point: PlottedPoint, frame: Frame, radius: float) -> str:
    """Draw a figure as a dot, a provisional one as a ring."""
    fill, name = (PAPER, "ring") if point.provisional else (SERIES[0], "dot")
    return (
        f'<circle class="{name}" cx="{digits(frame.across(point.x))}" cy="{digits(frame.down(point.y or 0.0))}" '
        f'r="{digits(radius)}" fill="{fill}" stroke="{SERIES[0]}" stroke-width="0.9"/>'
    )
