"""The wards' charts as vector pictures: the funnel, and the months of each ward on one scale.

They draw what the records hold, as the window does. No letter is under 7.5 of the picture's units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from scs_desktop.domain.appearance import INK, PAPER, QUIET, SERIES
from scs_desktop.domain.ward_charts import (
    FunnelChart,
    FunnelMark,
    FunnelPoint,
    SmallMultiples,
    label_places,
)
from scs_desktop.reports.lettering import plain
from scs_desktop.reports.svg import Frame, digits, lettered, path, rule, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scs_desktop.domain.ward_charts import Panel

FONT = "Inter"
SIZE = 7.5
_GRID = "#D5D8DA"
_RISE = 0.36
_MARK = 3.2
_DASH = "3 2"
PANEL_HEIGHT = 78.0


def funnel_svg(chart: FunnelChart, *, width: float, height: float) -> str:
    """Return the funnel, ``width`` by ``height`` units."""
    ticks = max((text_width(tick.label, SIZE) for tick in chart.y_axis.ticks), default=0.0)
    names = max(text_width(line.label, SIZE) for line in chart.lines)
    frame = Frame(
        ticks + 6,
        width - names - 4,
        SIZE * 1.7,
        height - SIZE * 2.9,
        (chart.x_axis.low, chart.x_axis.high),
        (chart.y_axis.low, chart.y_axis.high),
    )
    parts = [lettered(chart.y_title, 0, SIZE, SIZE, QUIET)]
    for tick in chart.y_axis.ticks:
        down = frame.down(tick.at)
        parts.append(rule("grid", frame.left, down, frame.right, down, _GRID, 0.5))
        parts.append(lettered(tick.label, frame.left - 4, down + _RISE * SIZE, SIZE, QUIET, anchor="end"))
    for tick in chart.x_axis.ticks:
        across = frame.across(tick.at)
        parts.append(rule("tick", across, frame.bottom, across, frame.bottom + 3, QUIET, 0.5))
        parts.append(lettered(tick.label, across, frame.bottom + 3 + SIZE, SIZE, QUIET, anchor="middle"))
    parts.append(lettered(chart.x_title, frame.right, height - 1, SIZE, QUIET, anchor="end"))
    for line in chart.lines:
        places = [frame.place(x, y) for x, y in line.points]
        name = "borough" if line.level else "limit"
        parts.append(path(name, places, 1.0 if line.level else 0.8, _DASH if line.dashed else "", QUIET))
        end = frame.down(line.points[-1][1])
        parts.append(lettered(line.label, frame.right + 4, end + _RISE * SIZE, SIZE, INK if line.level else QUIET))
    parts += [_mark(one, frame) for one in chart.points]
    spots = [(frame.across(one.x), frame.down(one.y)) for one in chart.points]
    named = [(index, text_width(one.name, SIZE)) for index, one in enumerate(chart.points) if one.named]
    for (index, _), (left, middle) in zip(
        named, label_places(spots, named, SIZE * 1.2, width=frame.right), strict=True
    ):
        parts.append(_clear(lettered(chart.points[index].name, left, middle + _RISE * SIZE, SIZE, INK, weight=600)))
    return _picture(chart.title, chart.text, width, height, parts)


def _clear(text: str) -> str:
    """Return the text with a rim of paper, so that a line beneath it does not strike it through."""
    rim = f'<text stroke="{PAPER}" stroke-width="2.4" stroke-linejoin="round" paint-order="stroke" '
    return text.replace("<text ", rim, 1)


def mark_svg(mark: FunnelMark, x: float, y: float, size: float = _MARK) -> str:
    """Return a ward's point, or its sign in the key."""
    colour = SERIES[0]
    name = escape(mark.value)
    if mark is FunnelMark.RING:
        return (
            f'<circle class="{name}" cx="{digits(x)}" cy="{digits(y)}" r="{digits(size * 0.72)}" '
            f'fill="{PAPER}" stroke="{colour}" stroke-width="0.9"/>'
        )
    turn = 1 if mark in {FunnelMark.UP, FunnelMark.UP_FILLED} else -1
    corners = ((0.0, -1.15), (1.1, 0.8), (-1.1, 0.8))
    places = " ".join(f"{digits(x + dx * size)},{digits(y + turn * dy * size)}" for dx, dy in corners)
    fill = colour if mark in {FunnelMark.UP_FILLED, FunnelMark.DOWN_FILLED} else PAPER
    return f'<polygon class="{name}" points="{places}" fill="{fill}" stroke="{colour}" stroke-width="1"/>'


def key_svg(mark: FunnelMark, size: float = 9.0) -> str:
    """Return a sign of the key by itself."""
    return _picture(mark.value, mark.value, size, size, [mark_svg(mark, size / 2, size / 2)])


def _mark(one: FunnelPoint, frame: Frame) -> str:
    return mark_svg(one.mark, frame.across(one.x), frame.down(one.y))


def multiples_svg(charts: SmallMultiples, *, width: float, columns: int = 6) -> str:
    """Return the small charts in a grid by name, ``width`` units wide; each row says the scale once."""
    rows = -(-len(charts.panels) // columns)
    left = max((text_width(tick.label, SIZE) for tick in charts.y_axis.ticks), default=0.0) + 5
    step = (width - left) / columns
    tall = PANEL_HEIGHT + SIZE * 1.9
    parts: list[str] = []
    for index, panel in enumerate(charts.panels):
        row, column = divmod(index, columns)
        top = row * tall + SIZE * 1.7
        frame = Frame(
            left + column * step,
            left + (column + 1) * step - 8,
            top,
            top + PANEL_HEIGHT - 3,
            (charts.x_axis.low, charts.x_axis.high),
            (charts.y_axis.low, charts.y_axis.high),
        )
        parts += _panel(panel, frame, charts, first=column == 0)
    height = rows * tall + SIZE * 1.4
    for column in range(min(columns, len(charts.panels))):
        below = (rows if column <= (len(charts.panels) - 1) % columns else rows - 1) * tall + SIZE * 0.75
        across = left + column * step
        parts.append(lettered(charts.ends[0], across, below, SIZE, QUIET))
        parts.append(lettered(charts.ends[1], across + step - 8, below, SIZE, QUIET, anchor="end"))
    return _picture("Months by ward", charts.text, width, height, parts)


def _panel(panel: Panel, frame: Frame, charts: SmallMultiples, *, first: bool) -> list[str]:
    parts = [lettered(panel.name, frame.left, frame.top - 3, SIZE, INK, weight=600)]
    ends = (charts.y_axis.ticks[0], charts.y_axis.ticks[-1])
    for tick in ends:
        down = frame.down(tick.at)
        parts.append(rule("grid", frame.left, down, frame.right, down, _GRID, 0.5))
        if first:
            parts.append(lettered(tick.label, frame.left - 3, down + _RISE * SIZE, SIZE, QUIET, anchor="end"))
    for stretch in stretches(panel.points):
        places = [frame.place(x, y) for x, y in stretch]
        if len(places) == 1:
            x, y = stretch[0]
            parts.append(
                f'<circle cx="{digits(frame.across(x))}" cy="{digits(frame.down(y))}" r="0.9" fill="{SERIES[0]}"/>'
            )
        else:
            parts.append(path("months", places, 0.9, "", SERIES[0]))
    return parts


def stretches(points: Sequence[tuple[float, float | None]]) -> list[list[tuple[float, float]]]:
    """Return the points in runs without a gap."""
    found: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is None:
            found.append([])
        else:
            found[-1].append((x, y))
    return [one for one in found if one]


def _picture(title: str, text: str, width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{digits(width)}" height="{digits(height)}" '
        f'viewBox="0 0 {digits(width)} {digits(height)}" font-family="{FONT}" role="img">'
        f"<title>{escape(plain(title))}</title><desc>{escape(plain(text))}</desc>{''.join(parts)}</svg>"
    )
