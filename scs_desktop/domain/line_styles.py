"""How a chart's lines look, as data: the window and the paper draw them alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ChartLine(StrEnum):
    """The lines of a trend chart besides the figures' own."""

    BASELINE = "baseline"
    TARGET = "target"
    MEAN = "mean"
    LIMIT = "limit"
    NEAR_LIMIT = "near-limit"
    SEASONAL = "seasonal"
    MEDIAN = "median"
    COMPARATOR = "comparator"
    BREAK = "break"
    SIGN_OFF = "sign-off"


class Ink(StrEnum):
    """Which of a surface's colours a line takes; SERIES stands for the line's own series colour."""

    TEXT = "text"
    QUIET = "quiet"
    FIGURES = "figures"
    TARGET = "target"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class LineStyle:
    """One line's look: ``weight`` in points on paper, ``dash`` and gap lengths in weights, empty for solid."""

    ink: Ink
    weight: float
    dash: tuple[float, ...] = ()


LINE_STYLES: Mapping[ChartLine, LineStyle] = {
    ChartLine.BASELINE: LineStyle(Ink.TEXT, 0.9, (7, 3)),
    ChartLine.TARGET: LineStyle(Ink.TARGET, 1.1, (1, 2)),
    ChartLine.MEAN: LineStyle(Ink.QUIET, 0.8),
    ChartLine.LIMIT: LineStyle(Ink.QUIET, 0.8, (4, 2.5)),
    ChartLine.NEAR_LIMIT: LineStyle(Ink.QUIET, 0.5, (1, 4)),
    ChartLine.SEASONAL: LineStyle(Ink.SERIES, 1.1),
    ChartLine.MEDIAN: LineStyle(Ink.FIGURES, 1.0, (3, 2)),
    ChartLine.COMPARATOR: LineStyle(Ink.SERIES, 1.0, (6, 2)),
    ChartLine.BREAK: LineStyle(Ink.QUIET, 0.7, (3, 3)),
    ChartLine.SIGN_OFF: LineStyle(Ink.TEXT, 1.4),
}
"""A baseline is long-dashed, a path to a target dotted, limits short-dashed and pale: apart without colour."""
