"""What a trend chart's layers show, in words, for those who cannot see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scs_desktop.domain.periods import MONTHS_IN_YEAR, month_of
from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.process import Signal
from scs_desktop.domain.sentences import plural
from scs_desktop.domain.trend_layers import (
    ComparatorLayer,
    FanLayer,
    NoteMark,
    ProcessLayer,
    SeasonalLayer,
    SignOffMark,
    layer_value,
)


def layers_text(
    row: IndicatorPosition,
    process: ProcessLayer | None,
    seasonal: SeasonalLayer | None,
    fan: FanLayer | None,
    sign_offs: Sequence[SignOffMark],
    notes: Sequence[NoteMark],
    comparators: Sequence[ComparatorLayer],
) -> str:
    """Say what the layers show, for those who cannot see them."""
    parts: list[str] = []
    if process is not None:
        flagged = sum(mark.signal is not Signal.NONE for mark in process.marks)
        for group in process.groups[:-1]:
            since, low, high = _month(group.start), layer_value(row, group.lower), layer_value(row, group.upper)
            parts.append(
                f"From {since} to {_month(group.end)}: mean {layer_value(row, group.mean)}, limits {low} to {high}."
            )
        mean = layer_value(row, process.groups[-1].mean)
        signals = plural(flagged, "figure") if flagged else "no figure"
        parts.append(f"Mean {mean}, {process.label}; {signals} with a signal.")
        parts += [row.process.sentence] if row.process is not None else []
    if seasonal is not None:
        latest = seasonal.points[-1][1]
        parts.append(f"Second line: seasonally adjusted, latest {layer_value(row, latest)}.")
    if fan is not None:
        ends = fan.points[-1]
        parts.append(
            f"Fan to {ends.label}: median {layer_value(row, ends.median)}, 80 % range {layer_value(row, ends.low)} to "
            f"{layer_value(row, ends.high)}."
        )
        parts.append(fan.sentence)
    if sign_offs:
        parts.append(f"Papers: {'; '.join(mark.text for mark in sign_offs)}.")
    if notes:
        parts.append(f"Notes: {'; '.join(mark.text for mark in notes)}.")
    parts += [f"Beside it: {one.label}, latest {layer_value(row, one.points[-1][1])}." for one in comparators]
    return " ".join(parts)


def _month(number: float) -> str:
    first = date(int(number) // MONTHS_IN_YEAR, int(number) % MONTHS_IN_YEAR + 1, 1)
    return month_of(first).label
