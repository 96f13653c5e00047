"""Two groups' shares by intake as SVG: a dot and its interval for each, told apart without colour."""

from __future__ import annotations

from dataclasses import dataclass

from scs_desktop.domain.appearance import INK, PAPER, QUIET, SERIES
from scs_desktop.domain.cohort_results import Group, PairResult, axis_end
from scs_desktop.reports.svg import digits, lettered, rule

WIDTH = 520.0
"""Points."""
_LEFT, _RIGHT = 96.0, 132.0
_SIZE = 8.0
_DOT = 3.6
_HAIR = "#C4C8CA"


@dataclass(frozen=True, slots=True)
class _Heights:
    """Heights in points: above the rows, of a row, of a line in it, below."""

    top: float = 4.0
    row: float = 34.0
    line: float = 12.0
    foot: float = 20.0

    def whole(self, rows: int) -> float:
        """Return the height of a picture of so many rows."""
        return self.top + self.row * rows + self.foot


HEIGHTS = _Heights()


def cohort_svg(pair: PairResult) -> str:
    """Draw the pair: intakes down, shares across from nought, the programme's group above the other."""
    rows = pair.rows
    end = axis_end(pair)
    height = HEIGHTS.whole(len(rows))
    bottom = height - HEIGHTS.foot

    def across(share: float) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * share / end

    parts: list[str] = []
    step = 0.1 if end <= 0.6 else 0.2  # noqa: PLR2004 - more would crowd the axis
    for number in range(round(end / step) + 1):
        x = across(number * step)
        parts.append(
            rule("grid", x, HEIGHTS.top, x, bottom, INK if number == 0 else _HAIR, 0.8 if number == 0 else 0.4)
        )
        parts.append(lettered(f"{round(number * step * 100)} %", x, bottom + 11, _SIZE, QUIET, anchor="middle"))
    for index, row in enumerate(rows):
        top = HEIGHTS.top + index * HEIGHTS.row
        middle = top + HEIGHTS.row / 2
        if index:
            parts.append(rule("between", 0, top, WIDTH, top, INK if row.intake is None else _HAIR, 0.5))
        parts.append(lettered(row.label, 0, middle - 1, _SIZE + 0.5, INK, weight=600))
        if row.followed:
            parts.append(lettered(f"to {row.followed}", 0, middle + 9, _SIZE - 0.5, QUIET))
        for side, one in enumerate((row.group, row.other)):
            y = middle + (side - 0.5) * HEIGHTS.line
            colour = SERIES[0] if side == 0 else SERIES[2]
            if one.share is not None and one.interval is not None:
                parts += _whisker(
                    across(one.interval.low), across(one.share), across(one.interval.high), y, side, colour
                )
            parts.append(lettered(_said(one), WIDTH - _RIGHT + 8, y + 2.8, _SIZE, INK))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{digits(WIDTH)}" height="{digits(height)}" '
        f'viewBox="0 0 {digits(WIDTH)} {digits(height)}" font-family="Inter">{"".join(parts)}</svg>'
    )


def _whisker(low: float, at: float, high: float, y: float, side: int, colour: str) -> list[str]:
    """Draw the interval solid and the dot filled for the programme's group, dashed and hollow for the other."""
    shape = (
        f'<circle class="dot" cx="{digits(at)}" cy="{digits(y)}" r="{digits(_DOT)}" fill="{colour}"/>'
        if side == 0
        else f'<rect class="dot" x="{digits(at - _DOT + 0.4)}" y="{digits(y - _DOT + 0.4)}" '
        f'width="{digits(2 * _DOT - 0.8)}" height="{digits(2 * _DOT - 0.8)}" fill="{PAPER}" stroke="{colour}" '
        'stroke-width="1.3"/>'
    )
    ends = [rule("end", x, y - 2.4, x, y + 2.4, colour, 1.1) for x in (low, high)]
    return [rule("interval", low, y, high, y, colour, 1.1, "" if side == 0 else "3 2"), *ends, shape]


def _said(one: Group) -> str:
    return f"{one.name}  {one.share_text or 'not shown'}"
