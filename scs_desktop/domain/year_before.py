"""A monthly line moved on by a year, to be drawn beside itself."""

from __future__ import annotations

from dataclasses import replace

from scs_desktop.domain.periods import MONTHS_IN_YEAR, PeriodKind, add_months, month_of
from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.trend_layers import ComparatorSeries

YEAR_BEFORE = "year before"


def year_before(row: IndicatorPosition) -> tuple[ComparatorSeries, ...]:
    """Return a monthly line moved on by a year; nothing of other lines."""
    if not row.trend or any(point.period.kind is not PeriodKind.MONTH for point in row.trend):
        return ()
    last = row.trend[-1].period
    moved = tuple(
        replace(point, period=month_of(add_months(point.period.start, MONTHS_IN_YEAR)), figure=None)
        for point in row.trend
    )
    return (ComparatorSeries(YEAR_BEFORE, tuple(point for point in moved if point.period.end <= last.end)),)
