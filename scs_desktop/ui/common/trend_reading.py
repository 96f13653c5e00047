"""A chart's points in words: what arrow keys read out and what the table beside the chart holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.appearance import ProcessMark, process_mark
from scs_desktop.domain.process import Signal
from scs_desktop.domain.sentences import value_text
from scs_desktop.domain.trend import Trend
from scs_desktop.domain.trend_layers import MarkedPoint

MARK_WORDS = {
    ProcessMark.COMMON: "usual variation",
    ProcessMark.IMPROVEMENT: "improvement",
    ProcessMark.CONCERN: "concern",
    ProcessMark.NEUTRAL: "change",
}
_SENSE = {
    ProcessMark.COMMON: "",
    ProcessMark.IMPROVEMENT: ", an improvement",
    ProcessMark.CONCERN: ", a concern",
    ProcessMark.NEUTRAL: "",
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One point of the chart, or a month of its outlook, with what the layers that are on say of it.

    ``y`` is None for a gap; ``outlook`` stands for a month still to come, which has no figure.
    """

    x: float
    y: float | None
    label: str
    figure: str
    provisional: bool = False
    signal: str = ""
    adjusted: str = ""
    outlook: str = ""
    outlook_range: str = ""
    beside: str = ""
    marks: str = ""

    @property
    def state(self) -> str:
        """Return how settled the figure is, in a word; nothing for a final one."""
        return "outlook" if self.outlook else "provisional" if self.provisional else ""

    @property
    def text(self) -> str:
        """Return the read-out: "January 2011: 397, outside the limits, a concern"."""
        said = f"outlook {self.outlook}, 80 % range {self.outlook_range}" if self.outlook else self.figure
        if self.provisional:
            said += " (provisional)"
        if self.signal:
            said += f", {self.signal}"
        if self.adjusted:
            said += f"; seasonally adjusted {self.adjusted}"
        return "; ".join(part for part in (f"{self.label}: {said}", self.beside, self.marks) if part)


def readings(trend: Trend) -> tuple[Reading, ...]:
    """Return the points in order, and after them the months of the outlook where it is drawn."""

    def said(value: float) -> str:
        return value_text(Decimal(repr(value)), trend.unit, trend.decimals)

    signals = {} if trend.process is None else {mark.point: signal_words(mark) for mark in trend.process.marks}
    adjusted = {} if trend.seasonal is None else {x: said(y) for x, y in trend.seasonal.points}
    beside: dict[float, list[str]] = {}
    for other in trend.comparators:
        for x, y in other.points:
            beside.setdefault(x, []).append(f"{other.label} {said(y)}")
    marks: dict[float, list[str]] = {}
    for note in trend.notes:
        marks.setdefault(trend.points[note.point].x, []).append(f"note: {note.text}")
    for signed in trend.sign_offs:
        marks.setdefault(signed.x, []).append(signed.text)
    for change in trend.breaks:
        first = next((point.x for point in trend.points if point.x > change.x), None)
        if first is not None:
            marks.setdefault(first, []).append(f"from here on: {change.text}")
    past = [
        Reading(
            point.x,
            point.y,
            point.label,
            point.text.partition(": ")[2].removesuffix(" (provisional)"),
            point.provisional,
            signals.get(index, ""),
            adjusted.get(point.x, ""),
            beside="; ".join(beside.get(point.x, ())),
            marks="; ".join(marks.get(point.x, ())),
        )
        for index, point in enumerate(trend.points)
    ]
    ahead = () if trend.fan is None else trend.fan.points
    coming = [
        Reading(
            one.x,
            one.median,
            one.label,
            "",
            outlook=said(one.median),
            outlook_range=f"{said(one.low)} to {said(one.high)}",
            beside="; ".join(beside.get(one.x, ())),
            marks="; ".join(marks.get(one.x, ())),
        )
        for one in ahead
    ]
    return (*past, *coming)


def signal_words(mark: MarkedPoint) -> str:
    """Return what a point's mark says: "outside the limits, a concern", "usual variation"."""
    kind = process_mark(mark.variation)
    if mark.signal is Signal.NONE:
        return MARK_WORDS[kind]
    return f"{mark.signal.value}{_SENSE[kind]}"


def marks_shown(trend: Trend) -> tuple[ProcessMark, ...]:
    """Return the kinds of marks that the chart bears, for its key."""
    if trend.process is None:
        return ()
    found = {process_mark(mark.variation) for mark in trend.process.marks}
    return tuple(kind for kind in ProcessMark if kind in found)
