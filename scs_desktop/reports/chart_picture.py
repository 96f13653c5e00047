"""A chart with its title as a picture of its own, for another document."""

from __future__ import annotations

from xml.sax.saxutils import escape

from scs_desktop.domain.appearance import INK, PAPER, QUIET
from scs_desktop.domain.trend import Trend
from scs_desktop.reports.chart_svg import FONT, ChartStyle, chart_svg
from scs_desktop.reports.lettering import plain
from scs_desktop.reports.pdf import drawn
from scs_desktop.reports.svg import digits, lettered

WIDTH, HEIGHT = 480.0, 250.0
_HEAD, _EDGE = 38.0, 8.0
_TITLE, _SUBTITLE = 11.0, 8.0


def chart_with_title(trend: Trend) -> str:
    """Return the chart as SVG with its title and subtitle over it, on white."""
    body = chart_svg(trend, width=WIDTH - 2 * _EDGE, height=HEIGHT - _HEAD - _EDGE, style=ChartStyle.LARGE)
    inner = body.replace("<svg ", f'<svg x="{digits(_EDGE)}" y="{digits(_HEAD)}" ', 1)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{digits(WIDTH)}" height="{digits(HEIGHT)}" '
        f'viewBox="0 0 {digits(WIDTH)} {digits(HEIGHT)}" font-family="{FONT}, Arial, sans-serif" role="img">'
        f"<title>{escape(plain(trend.title))}</title><desc>{escape(plain(trend.text))}</desc>"
        f'<rect width="{digits(WIDTH)}" height="{digits(HEIGHT)}" fill="{PAPER}"/>'
        f"{lettered(trend.title, _EDGE, 17.0, _TITLE, INK, weight=600)}"
        f"{lettered(trend.subtitle, _EDGE, 30.0, _SUBTITLE, QUIET)}{inner}</svg>"
    )


def chart_png(svg: str, alt: str) -> bytes:
    """Return the picture as PNG, 200 dots an inch."""
    return drawn("picture.typ", {"file": "chart.svg", "width": WIDTH, "height": HEIGHT, "alt": alt}, {"chart.svg": svg})
