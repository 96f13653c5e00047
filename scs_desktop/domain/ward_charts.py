"""What the wards' charts show, for any drawer: the funnel, and small charts of the months on one scale.

The funnel's limits are the rates at which a ward of that size would just be called high or low, so the
wards outside the drawn lines are exactly those that the table calls so.
"""

from __future__ import annotations

import calendar
import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from scs_desktop.domain.axes import Axis, time_axis, value_axis
from scs_desktop.domain.distributions import critical_z
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.intervals import EXACT_BELOW, byar_high, byar_low, count_interval
from scs_desktop.domain.periods import Period, month_number
from scs_desktop.domain.sentences import listed, number_text, plural
from scs_desktop.domain.wards import BAND, OUTER_BAND, Funnel, FunnelPosition

HIGH = frozenset({FunnelPosition.HIGH, FunnelPosition.VERY_HIGH})
LOW = frozenset({FunnelPosition.LOW, FunnelPosition.VERY_LOW})
OUTER = frozenset({FunnelPosition.VERY_HIGH, FunnelPosition.VERY_LOW})
STEPS = 24
"""Stretches that a limit's curve is drawn in."""
_SKEWNESS = 6
"""The second term of a count's limits about its mean: (z² − 1)/6 (Cornish and Fisher 1938)."""


class FunnelMark(StrEnum):
    """How a ward's point is drawn: its shape alone tells where the ward stands."""

    RING = "ring"
    UP = "triangle up, hollow"
    UP_FILLED = "triangle up, filled"
    DOWN = "triangle down, hollow"
    DOWN_FILLED = "triangle down, filled"


MARKS = {
    FunnelPosition.WITHIN: FunnelMark.RING,
    FunnelPosition.HIGH: FunnelMark.UP,
    FunnelPosition.VERY_HIGH: FunnelMark.UP_FILLED,
    FunnelPosition.LOW: FunnelMark.DOWN,
    FunnelPosition.VERY_LOW: FunnelMark.DOWN_FILLED,
}
FUNNEL_KEY: tuple[tuple[FunnelMark, str], ...] = (
    (FunnelMark.UP_FILLED, "high, outside 99.8 %"),
    (FunnelMark.UP, "high, outside 95 %"),
    (FunnelMark.RING, "no clear difference"),
    (FunnelMark.DOWN, "low, outside 95 %"),
    (FunnelMark.DOWN_FILLED, "low, outside 99.8 %"),
)


@dataclass(frozen=True, slots=True)
class Panel:
    """One ward's small chart: points and gaps on the axes that all share."""

    area: UUID
    name: str
    points: tuple[tuple[float, float | None], ...]


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """The wards' months side by side on one scale; ``text`` says it in words, ``ends`` the first and last month."""

    x_axis: Axis
    y_axis: Axis
    panels: tuple[Panel, ...]
    text: str = ""
    ends: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class FunnelPoint:
    """A ward: its size across, its rate up; ``named`` where its name stands beside the point."""

    area: UUID
    name: str
    x: float
    y: float
    position: FunnelPosition
    sentence: str

    @property
    def named(self) -> bool:
        """Whether it lies outside the limits."""
        return self.position is not FunnelPosition.WITHIN

    @property
    def mark(self) -> FunnelMark:
        """Its shape."""
        return MARKS[self.position]


@dataclass(frozen=True, slots=True)
class FunnelLine:
    """A limit's curve, or the borough's level rate; the outer limits are dashed."""

    label: str
    points: tuple[tuple[float, float], ...]
    dashed: bool = False
    level: bool = False


@dataclass(frozen=True, slots=True)
class FunnelChart:
    """Rates against size, with what chance alone would do at each size.

    Attributes:
        title: the finding, in at most ten words.
        subtitle: what is drawn, in statistical words.
        text: the chart in words, for those who do not see it.

    """

    title: str
    subtitle: str
    x_title: str
    y_title: str
    x_axis: Axis
    y_axis: Axis
    lines: tuple[FunnelLine, ...]
    points: tuple[FunnelPoint, ...]
    text: str


def limit_rate(exposure: float, funnel: Funnel, confidence: float, *, upper: bool) -> float:
    """Return the rate over which a ward of that exposure is high, or under which it is low, at the confidence.

    Counts are whole: between the last that is not called so and the first that is, the limit is drawn straight.
    """
    due = funnel.area_rate * exposure / funnel.per
    phi = funnel.phi if funnel.widened else 1.0
    z = critical_z(confidence) * math.sqrt(phi)

    def edge(count: int) -> float:
        if count >= EXACT_BELOW:
            return byar_low(count, z) if upper else byar_high(count, z)
        band = count_interval(count, confidence=confidence, phi=phi)
        return band.low if upper else band.high

    # The first count whose edge is over what is due: high where it is the lower one, else the first not low.
    if due < (math.sqrt(EXACT_BELOW) + z) ** 2:
        # Where exact limits pass into approximate ones they need not rise from count to count.
        most = math.ceil(due) + 1
        while edge(most) <= due:
            most *= 2
        first = bisect_right(range(most + 1), due, key=edge)
        if first == 0:
            return 0.0
        before, after = edge(first - 1), edge(first)
    else:
        # It lies next to what the normal limit, corrected for skewness, makes of it.
        side = 1 if upper else -1
        first = math.ceil(due + side * (z * math.sqrt(due) + 0.5) + (z * z - 1) / _SKEWNESS)
        before, after = edge(first - 1), edge(first)
        while before > due:
            first, before, after = first - 1, edge(first - 2), before
        while after <= due:
            first, before, after = first + 1, after, edge(first + 1)
    return (first - 1 + (due - before) / (after - before)) / exposure * funnel.per


def funnel_chart(
    funnel: Funnel, wards: Sequence[tuple[UUID, str, str]], *, what: str, base: str, exposure_name: str
) -> FunnelChart:
    """Return the funnel as it is drawn.

    Args:
        funnel: the wards' rates.
        wards: area, name and sentence of each of its wards, in its order.
        what: the indicator and the period.
        base: of the rate, as "per 1,000 households".
        exposure_name: what lies across.

    """
    points = tuple(
        FunnelPoint(area, name, rate.exposure, rate.rate, rate.position, sentence)
        for (area, name, sentence), rate in zip(wards, funnel.wards, strict=True)
    )
    sizes = [one.x for one in points]
    margin = max((max(sizes) - min(sizes)) * 0.06, max(sizes) * 0.02)
    left, right = max(min(sizes) - margin, min(sizes) / 2), max(sizes) + margin
    places = [left + (right - left) * step / STEPS for step in range(STEPS + 1)]
    curves = [
        FunnelLine(
            f"{confidence * 100:g} %",
            tuple((at, limit_rate(at, funnel, confidence, upper=upper)) for at in places),
            dashed=confidence == OUTER_BAND,
        )
        for confidence in (BAND, OUTER_BAND)
        for upper in (True, False)
    ]
    borough = FunnelLine(
        f"borough {_number(funnel.area_rate)}",
        ((left, funnel.area_rate), (right, funnel.area_rate)),
        level=True,
    )
    heights = [one.y for one in points] + [y for line in curves for _, y in line.points]
    x_axis = value_axis(sizes, from_zero=False, unit=Unit.COUNT)
    ticks = tuple(tick for tick in x_axis.ticks if left <= tick.at <= right)
    title = _title(points)
    widened = f", limits widened by √{_number(funnel.phi)}" if funnel.widened else ""
    subtitle = f"{what}: {base}; limits of 95 % and 99.8 % round the borough's rate{widened}"
    return FunnelChart(
        title,
        subtitle,
        exposure_name,
        base,
        Axis(left, right, ticks),
        value_axis(heights, from_zero=True, unit=Unit.RATE),
        (borough, *curves),
        points,
        _text(subtitle, funnel, points, base, exposure_name),
    )


def _title(points: Sequence[FunnelPoint]) -> str:
    high = sum(one.position in HIGH for one in points)
    low = sum(one.position in LOW for one in points)
    if not high and not low:
        return f"None of {plural(len(points), 'ward')} stands out from the borough"
    if not low:
        return f"{plural(high, 'ward')} high; the others show no clear difference"
    if not high:
        return f"{plural(low, 'ward')} low; the others show no clear difference"
    return f"{plural(high, 'ward')} high, {low} low; the others usual"


def _text(subtitle: str, funnel: Funnel, points: Sequence[FunnelPoint], base: str, exposure_name: str) -> str:
    high = [f"{one.name} {_number(one.y)}" for one in points if one.position in HIGH]
    low = [f"{one.name} {_number(one.y)}" for one in points if one.position in LOW]
    said = [f"Funnel chart. {subtitle}.", f"The borough's rate is {_number(funnel.area_rate)} {base}."]
    said.append(f"Higher than the borough: {listed(high)}." if high else "No ward is clearly higher.")
    said.append(f"Lower than the borough: {listed(low)}." if low else "No ward is clearly lower.")
    sizes = [one.x for one in points]
    said.append(
        f"{plural(len(points), 'ward')} of {number_text(Decimal(repr(min(sizes))))} to "
        f"{number_text(Decimal(repr(max(sizes))))} {exposure_name}; the table gives each."
    )
    return " ".join(said)


def multiples(wards: Sequence[tuple[UUID, str, tuple[tuple[Period, int | None], ...]]]) -> SmallMultiples | None:
    """Return small charts of the wards' months (area, name, months oldest first); None where there are none."""
    panels = tuple(
        Panel(
            area,
            name,
            tuple((float(month_number(period.end)), None if value is None else float(value)) for period, value in some),
        )
        for area, name, some in wards
        if some
    )
    if not panels:
        return None
    longest = max((some for _, _, some in wards), key=len)
    heights = [y for panel in panels for _, y in panel.points if y is not None]
    x_axis = time_axis([float(month_number(period.end)) for period, _ in longest], [one.label for one, _ in longest])
    most = f", the most in one month {number_text(Decimal(repr(max(heights))))}" if heights else ""
    text = (
        f"Small charts of {plural(len(panels), 'ward')} by month on one scale, {longest[0][0].label} to "
        f"{longest[-1][0].label}{most}."
    )
    ends = (_short(longest[0][0]), _short(longest[-1][0]))
    return SmallMultiples(x_axis, value_axis(heights, from_zero=True, unit=Unit.COUNT), panels, text, ends)


def _short(period: Period) -> str:
    return f"{calendar.month_abbr[period.end.month]} {period.end.year}"


def label_places(
    points: Sequence[tuple[float, float]], labels: Sequence[tuple[int, float]], height: float, *, width: float
) -> list[tuple[float, float]]:
    """Return where the labels' left middles lie so that none runs into a point or another label where it can be so.

    Args:
        points: every point, across and down.
        labels: index of the point that each belongs to, and its width.
        height: of a label; ``width`` of the whole drawing, which no label leaves.
        width: of the drawing.

    """
    taken = [(x - height / 2, y - height / 2, x + height / 2, y + height / 2) for x, y in points]
    placed: list[tuple[float, float]] = []
    for index, wide in labels:
        x, y = points[index]
        gap = height * 0.85
        tries = [
            (left, y + down)
            for down in (0.0, -height, height, -2 * height, 2 * height)
            for left in (x + gap, x - gap - wide)
            if left >= 0 and left + wide <= width
        ]
        boxes = [(left, at - height / 2, left + wide, at + height / 2) for left, at in tries]
        free = (box for box in boxes if not any(_overlap(box, other) for other in taken))
        chosen = next(free, boxes[0] if boxes else (0.0, y - height / 2, wide, y + height / 2))
        taken.append(chosen)
        placed.append((chosen[0], (chosen[1] + chosen[3]) / 2))
    return placed


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _number(value: float) -> str:
    return number_text(Decimal(repr(value)), 1)
