"""A chart with its title as a picture of its own, for another document."""

from __future__ import annotations

from xml.sax.saxutils import escape

from scs_desktop.domain.appearance import INK, PAPER, PROCESS_COLOURS, QUIET, ProcessMark, process_mark
from scs_desktop.domain.trend import Trend
from scs_desktop.reports.chart_key import MARK_NAMES
from scs_desktop.reports.chart_layers import SHAPES
from scs_desktop.reports.chart_svg import FONT, ChartStyle, chart_svg
from scs_desktop.reports.lettering import plain
from scs_desktop.reports.pdf import drawn
from scs_desktop.reports.svg import digits, lettered, text_width

WIDTH, HEIGHT = 480.0, 250.0
_HEAD, _KEY, _EDGE, _MARK = 38.0, 18.0, 8.0, 5.0
_TITLE, _SUBTITLE = 11.0, 8.0


def chart_with_title(trend: Trend) -> str:
    """Return the chart as SVG with its title and subtitle over it, on white."""
    body = chart_svg(trend, width=WIDTH - 2 * _EDGE, height=HEIGHT - _HEAD - _KEY, style=ChartStyle.LARGE)
    inner = body.replace("<svg ", f'<svg x="{digits(_EDGE)}" y="{digits(_HEAD)}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{digits(WIDTH)}" height="{digits(HEIGHT)}" '
        f'viewBox="0 0 {digits(WIDTH)} {digits(HEIGHT)}" font-family="{FONT}, Arial, sans-serif" role="img">'
        f"<title>{escape(plain(trend.title))}</title><desc>{escape(plain(trend.text))}</desc>"
        f'<rect width="{digits(WIDTH)}" height="{digits(HEIGHT)}" fill="{PAPER}"/>'
        f"{lettered(trend.title, _EDGE, 17.0, _TITLE, INK, weight=600)}"
        f"{lettered(trend.subtitle, _EDGE, 30.0, _SUBTITLE, QUIET)}{inner}{_key(trend)}</svg>"
    )


def _key(trend: Trend) -> str:
    """Name the marks on the points in a line under the chart."""
    kinds = {process_mark(mark.variation) for mark in trend.process.marks} if trend.process is not None else set()
    parts: list[str] = []
    across = _EDGE + _MARK
    for kind in ProcessMark:
        if kind in kinds:
            name = MARK_NAMES[kind]
            parts.append(SHAPES[kind](across, HEIGHT - _KEY / 2, PROCESS_COLOURS[kind]))
            parts.append(lettered(name, across + _MARK + 2, HEIGHT - _KEY / 2 + 2.8, _SUBTITLE, QUIET))
            across += text_width(name, _SUBTITLE) + 5 * _MARK
    return "".join(parts)


def chart_png(svg: str, alt: str) -> bytes:
    """Return the picture as PNG, 200 dots an inch."""
    return drawn("picture.typ", {"file": "chart.svg", "width": WIDTH, "height": HEIGHT, "alt": alt}, {"chart.svg": svg})
