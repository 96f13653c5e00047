"""The layers of a trend as SVG: process limits and marks, the adjusted line, the outlook's fan, marks and other lines.

Beneath the line lie bands and limits, over it the marks; each draws what the record holds and nothing else.
Every class name is counted by a test against the record.
"""

from __future__ import annotations

from collections.abc import Callable

from scs_desktop.domain.appearance import INK, PAPER, PROCESS_COLOURS, QUIET, SERIES, ProcessMark, process_mark
from scs_desktop.domain.trend import Trend
from scs_desktop.reports.svg import Frame, area, digits, lettered, path, rule

NOTE_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NEAR = 0.45
_RADIUS = 2.0


def beneath(trend: Trend, frame: Frame) -> list[str]:
    """Draw what lies under the figures' line."""
    parts: list[str] = []
    if trend.process is not None:
        one = trend.process
        left, right = frame.across(max(one.start, frame.x[0])), frame.across(min(one.end, frame.x[1]))
        for name, level, weight, dash in (
            ("limit", one.lower, 0.8, "3 2"),
            ("limit", one.upper, 0.8, "3 2"),
            ("near-limit", one.near_lower, _NEAR, "1 2"),
            ("near-limit", one.near_upper, _NEAR, "1 2"),
            ("mean", one.mean, 0.8, ""),
        ):
            parts.append(rule(name, left, frame.down(level), right, frame.down(level), QUIET, weight, dash))
    if trend.fan is not None:
        start = trend.fan.start
        upper = [frame.place(*start), *(frame.place(point.x, point.high) for point in trend.fan.points)]
        lower = [frame.place(point.x, point.low) for point in reversed(trend.fan.points)]
        parts.append(area("fan", [*upper, *lower], SERIES[0]))
        median = [frame.place(*start), *(frame.place(point.x, point.median) for point in trend.fan.points)]
        parts.append(path("median", median, 0.9, "2 1.6", SERIES[0]))
    for index, other in enumerate(trend.comparators):
        colour = SERIES[3 + index % (len(SERIES) - 3)]
        places = [frame.place(*at) for at in other.points if frame.x[0] <= at[0] <= frame.x[1]]
        parts.append(path("comparator", places, 0.9, "5 1.5", colour))
    if trend.seasonal is not None:
        places = [frame.place(*at) for at in trend.seasonal.points if frame.x[0] <= at[0] <= frame.x[1]]
        parts.append(path("seasonal", places, 0.9, "", SERIES[1]))
    return parts


def above(trend: Trend, frame: Frame, size: float) -> list[str]:
    """Draw what lies over it: the points' marks, sign-offs and the letters of notes."""
    parts: list[str] = []
    if trend.process is not None:
        for mark in trend.process.marks:
            point = trend.points[mark.point]
            if point.y is not None and frame.x[0] <= point.x <= frame.x[1]:
                kind = process_mark(mark.variation)
                parts.append(_SHAPES[kind](frame.across(point.x), frame.down(point.y), PROCESS_COLOURS[kind]))
    for signed in trend.sign_offs:
        across = frame.across(signed.x)
        parts.append(rule("sign-off", across, frame.bottom - size, across, frame.bottom, INK, 1.2))
    for index, note in enumerate(trend.notes):
        point = trend.points[note.point]
        height = frame.top if point.y is None else frame.down(point.y) - size
        letter = NOTE_LETTERS[index % len(NOTE_LETTERS)]
        parts.append(lettered(letter, frame.across(point.x), max(frame.top, height), size, INK, anchor="middle"))
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


_SHAPES: dict[ProcessMark, Callable[[float, float, str], str]] = {
    ProcessMark.COMMON: _ring,
    ProcessMark.IMPROVEMENT: _circle,
    ProcessMark.CONCERN: _square,
    ProcessMark.NEUTRAL: _diamond,
}
