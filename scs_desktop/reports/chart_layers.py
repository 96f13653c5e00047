"""The layers of a trend as SVG: process limits and marks, the adjusted line, the outlook's fan, marks and other lines.

Beneath the line lie bands and limits, over it the marks; each draws what the record holds and nothing else.
Every class name is counted by a test against the record.
"""

from __future__ import annotations

from collections.abc import Callable

from scs_desktop.domain.appearance import INK, PAPER, PROCESS_COLOURS, QUIET, SERIES, ProcessMark, process_mark
from scs_desktop.domain.line_styles import ChartLine
from scs_desktop.domain.trend import Trend
from scs_desktop.reports.svg import Frame, area, digits, lettered, styled

NOTE_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_RADIUS = 2.0
_NOTE_RISE = 4.6
_CAPITAL = 0.75


def beneath(trend: Trend, frame: Frame) -> list[str]:
    """Draw what lies under the figures' line."""
    parts: list[str] = []
    for one in () if trend.process is None else trend.process.groups:
        if one.end < frame.x[0] or one.start > frame.x[1]:
            continue
        left, right = frame.across(max(one.start, frame.x[0])), frame.across(min(one.end, frame.x[1]))
        for line, level in (
            (ChartLine.LIMIT, one.lower),
            (ChartLine.LIMIT, one.upper),
            (ChartLine.NEAR_LIMIT, one.near_lower),
            (ChartLine.NEAR_LIMIT, one.near_upper),
            (ChartLine.MEAN, one.mean),
        ):
            down = digits(frame.down(level))
            parts.append(styled(line, [f"{digits(left)},{down}", f"{digits(right)},{down}"], QUIET))
    if trend.fan is not None:
        start = trend.fan.start
        upper = [frame.place(*start), *(frame.place(point.x, point.high) for point in trend.fan.points)]
        lower = [frame.place(point.x, point.low) for point in reversed(trend.fan.points)]
        parts.append(area("fan", [*upper, *lower], SERIES[0]))
        median = [frame.place(*start), *(frame.place(point.x, point.median) for point in trend.fan.points)]
        parts.append(styled(ChartLine.MEDIAN, median, SERIES[0]))
    for index, other in enumerate(trend.comparators):
        colour = SERIES[3 + index % (len(SERIES) - 3)]
        places = [frame.place(*at) for at in other.points if frame.x[0] <= at[0] <= frame.x[1]]
        parts.append(styled(ChartLine.COMPARATOR, places, colour))
    if trend.seasonal is not None:
        places = [frame.place(*at) for at in trend.seasonal.points if frame.x[0] <= at[0] <= frame.x[1]]
        parts.append(styled(ChartLine.SEASONAL, places, SERIES[1]))
    return parts


def above(trend: Trend, frame: Frame, size: float) -> list[str]:
    """Draw what lies over it: the points' marks, sign-offs and the letters of notes."""
    parts: list[str] = []
    if trend.process is not None:
        for mark in trend.process.marks:
            point = trend.points[mark.point]
            if point.y is not None and frame.x[0] <= point.x <= frame.x[1]:
                kind = process_mark(mark.variation)
                parts.append(SHAPES[kind](frame.across(point.x), frame.down(point.y), PROCESS_COLOURS[kind]))
    for signed in trend.sign_offs:
        across = frame.across(signed.x)
        foot, top = digits(frame.bottom), digits(frame.bottom - size)
        parts.append(styled(ChartLine.SIGN_OFF, [f"{digits(across)},{top}", f"{digits(across)},{foot}"], INK))
    for index, note in enumerate(trend.notes):
        point = trend.points[note.point]
        height = frame.top if point.y is None else frame.down(point.y) - _NOTE_RISE
        letter = NOTE_LETTERS[index % len(NOTE_LETTERS)]
        at = max(size * _CAPITAL, height)
        parts.append(lettered(letter, frame.across(point.x), at, size, INK, anchor="middle", clear=True))
    return parts


def labels(trend: Trend) -> tuple[tuple[float, str, str], ...]:
    """Return what is written at the right edge: the height it belongs to, the text and its colour."""
    found: list[tuple[float, str, str]] = []
    if trend.process is not None:
        found.append((trend.process.upper, trend.process.label, QUIET))
    if trend.seasonal is not None:
        found.append((trend.seasonal.points[-1][1], trend.seasonal.label, SERIES[1]))
    found += [
        (other.points[-1][1], other.label, SERIES[3 + index % (len(SERIES) - 3)])
        for index, other in enumerate(trend.comparators)
    ]
    if trend.fan is not None:
        found.append((trend.fan.points[-1].median, "outlook, 80 %", SERIES[0]))
    return tuple(found)


def _ring(x: float, y: float, colour: str) -> str:
    return (
        f'<circle class="mark common" cx="{digits(x)}" cy="{digits(y)}" r="{_RADIUS * 0.7}" fill="{PAPER}" '
        f'stroke="{colour}" stroke-width="0.8"/>'
    )


def _circle(x: float, y: float, colour: str) -> str:
    return (
        f'<circle class="mark improvement" cx="{digits(x)}" cy="{digits(y)}" r="{_RADIUS * 1.2}" fill="{colour}" '
        f'stroke="{INK}" stroke-width="0.4"/>'
    )


def _square(x: float, y: float, colour: str) -> str:
    half = _RADIUS * 1.1
    return (
        f'<rect class="mark concern" x="{digits(x - half)}" y="{digits(y - half)}" width="{digits(2 * half)}" '
        f'height="{digits(2 * half)}" fill="{colour}" stroke="{INK}" stroke-width="0.4"/>'
    )


def _diamond(x: float, y: float, colour: str) -> str:
    half = _RADIUS * 1.4
    corners = ((x, y - half), (x + half, y), (x, y + half), (x - half, y))
    points = " ".join(f"{digits(across)},{digits(down)}" for across, down in corners)
    return f'<polygon class="mark neutral" points="{points}" fill="{colour}"/>'


SHAPES: dict[ProcessMark, Callable[[float, float, str], str]] = {
    ProcessMark.COMMON: _ring,
    ProcessMark.IMPROVEMENT: _circle,
    ProcessMark.CONCERN: _square,
    ProcessMark.NEUTRAL: _diamond,
}
