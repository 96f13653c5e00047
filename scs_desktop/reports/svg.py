"""The pieces that charts are made of as SVG: a frame that places figures, lines, rules, shapes and text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from scs_desktop.domain.appearance import INK, PAPER, QUIET, SERIES
from scs_desktop.domain.line_styles import LINE_STYLES, ChartLine, Ink, LineStyle
from scs_desktop.domain.trend import Line
from scs_desktop.reports.lettering import plain

# Widest digit of the font in parts of its size.
_DIGIT = 0.62


@dataclass(frozen=True, slots=True)
class Frame:
    """The drawing surface inside the picture, and the figures' bounds that it shows."""

    left: float
    right: float
    top: float
    bottom: float
    x: tuple[float, float]
    y: tuple[float, float]

    def across(self, at: float) -> float:
        """Return how far across a month lies."""
        low, high = self.x
        return self.left + (self.right - self.left) * ((at - low) / (high - low) if high > low else 0.5)

    def down(self, at: float) -> float:
        """Return how far down a value lies."""
        low, high = self.y
        return self.bottom - (self.bottom - self.top) * ((at - low) / (high - low) if high > low else 0.5)

    def place(self, x: float, y: float) -> str:
        """Return a point as SVG writes it."""
        return f"{digits(self.across(x))},{digits(self.down(y))}"


def digits(value: float) -> str:
    """Write a coordinate: two decimals are a 72nd of a 72nd of an inch."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def text_width(text: str, size: float) -> float:
    """Return about how wide a short number stands, never less than it does."""
    return sum(_DIGIT / 2 if letter in " .,:/" else _DIGIT for letter in text) * size


def within(line: Line, span: tuple[float, float]) -> list[tuple[float, float]]:
    """Return a line cut to the shown stretch of time; a level one reaches from edge to edge, unless it ended."""
    points = line.points
    low, high = span
    if all(y == points[0][1] for _, y in points):
        last = min(high, points[-1][0]) if line.ended else high
        return [(low, points[0][1]), (last, points[0][1])] if last > low else []
    found = [(x, y) for x, y in points if low < x < high]
    for edge in (low, high):
        for (x0, y0), (x1, y1) in pairwise(points):
            if x0 <= edge <= x1 and x1 > x0:
                found.append((edge, y0 + (y1 - y0) * (edge - x0) / (x1 - x0)))
                break
    return sorted(found)


def path(name: str, places: Sequence[str], weight: float, dash: str = "", colour: str = QUIET) -> str:
    """Draw a line through places, dashed or solid."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    cap = "butt" if dash else "round"
    return (
        f'<polyline class="{name}" points="{" ".join(places)}" fill="none" stroke="{colour}" '
        f'stroke-width="{digits(weight)}" stroke-linejoin="round" stroke-linecap="{cap}"{dashed}/>'
    )


def line_colour(style: LineStyle, series: str) -> str:
    """Return the colour a line has on paper; ``series`` is its own where it has one."""
    return {
        Ink.TEXT: INK, Ink.QUIET: QUIET, Ink.FIGURES: SERIES[0], Ink.TARGET: SERIES[2], Ink.SERIES: series,
    }[style.ink]  # fmt: skip


def styled(line: ChartLine, places: Sequence[str], colour: str, weight: float | None = None) -> str:
    """Draw one of a chart's lines through places, in its style; of another weight in a small picture."""
    style = LINE_STYLES[line]
    thick = style.weight if weight is None else weight
    return path(line.value, places, thick, " ".join(digits(one * thick) for one in style.dash), colour)


def rule(name: str, x1: float, y1: float, x2: float, y2: float, colour: str, weight: float, dash: str = "") -> str:
    """Draw a straight line."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line class="{name}" x1="{digits(x1)}" y1="{digits(y1)}" x2="{digits(x2)}" y2="{digits(y2)}" '
        f'stroke="{colour}" stroke-width="{digits(weight)}"{dashed}/>'
    )


def lettered(
    text: str,
    x: float,
    y: float,
    size: float,
    colour: str,
    *,
    anchor: str = "start",
    weight: int = 400,
    clear: bool = False,
) -> str:
    """Write text; ``clear`` keeps what lies beneath it away from the letters."""
    halo = f' stroke="{PAPER}" stroke-width="2.4" stroke-linejoin="round" paint-order="stroke"' if clear else ""
    return (
        f'<text x="{digits(x)}" y="{digits(y)}" font-size="{digits(size)}" font-weight="{weight}" fill="{colour}" '
        f'text-anchor="{anchor}"{halo}>{escape(plain(text))}</text>'
    )


def area(name: str, places: Sequence[str], colour: str) -> str:
    """Fill the space between places; pale, so that lines on it stay legible on a photocopy."""
    return f'<polygon class="{name}" points="{" ".join(places)}" fill="{colour}" fill-opacity="0.22"/>'
