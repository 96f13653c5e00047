"""The outlook as a trend chart shows it: a fan over the months still to come, up to the year's end."""

from __future__ import annotations

import math
from functools import lru_cache

from scs_desktop.domain.comparison import overdispersion
from scs_desktop.domain.control import alike
from scs_desktop.domain.count_distributions import negative_binomial_quantile
from scs_desktop.domain.outlook import OUTLOOK_CONFIDENCE, half_flat_shares
from scs_desktop.domain.periods import MONTHS_IN_YEAR, month_number, months_between
from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.trend_layers import FanLayer, FanPoint, is_monthly, month_of_point


def fan_layer(row: IndicatorPosition) -> FanLayer | None:
    """Return the months still to come up to the year's end.

    A month's expectation is the outlook's yearly level times the month's usual share. Its spread is
    the outlook's, with the series' usual movement φ in place of counting chance:
    variance φ·m + τ²·m².
    """
    outlook, run = row.outlook, alike(row.trend, row.breaks)
    if outlook is None or not run or not is_monthly(run):
        return None
    values = tuple(float(point.value) for point in run if point.value is not None)
    earlier = values[: len(values) - outlook.months]
    last = run[-1]
    left = months_between(last.period.end, outlook.year.end)[1:]
    if len(earlier) < MONTHS_IN_YEAR or len(left) != MONTHS_IN_YEAR - outlook.months:
        return None
    spread = months_ahead(earlier, values, outlook.months, outlook.level, outlook.tau)
    points = tuple(
        FanPoint(float(month_number(period.end)), period.label, *ends)
        for period, ends in zip(left, spread, strict=True)
    )
    start = (month_of_point(last), float(last.value or 0))
    return FanLayer(start, points, OUTLOOK_CONFIDENCE, outlook.sentence)


@lru_cache(maxsize=256)
def months_ahead(
    earlier: tuple[float, ...], values: tuple[float, ...], months: int, level: float, tau: float
) -> tuple[tuple[float, float, float], ...]:
    """Return median and 80 % limits of each month still to come.

    Args:
        earlier: the months before the year, oldest first.
        values: the same with the year's months so far, from which φ is taken.
        months: how many of the year have passed.
        level: the yearly level expected of the rest.
        tau: how far that level may stray.

    """
    phi = overdispersion(values).phi
    tail = (1 - OUTLOOK_CONFIDENCE) / 2
    rows: list[tuple[float, float, float]] = []
    for share in half_flat_shares(earlier)[months:]:
        mean = level * share
        if mean <= 0:
            rows.append((0.0, 0.0, 0.0))
            continue
        # variance = mean + reach²·mean²
        reach = math.sqrt(tau**2 + (phi - 1) / mean)
        low, middle, high = (float(negative_binomial_quantile(part, mean, reach)) for part in (tail, 0.5, 1 - tail))
        rows.append((middle, low, high))
    return tuple(rows)
