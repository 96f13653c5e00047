"""A trend in the height of a line of text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from scs_desktop.domain.periods import month_number
from scs_desktop.domain.position import TrendPoint
from scs_desktop.ui.common.theme import Theme

LONGEST = 36
DOT = 2.2


def _breaks(months: Sequence[int]) -> int:
    """The largest step in months that still joins two points: one and a half times the usual step."""
    steps = sorted(later - earlier for earlier, later in pairwise(months) if later > earlier)
    return round(1.5 * steps[len(steps) // 2]) if steps else 1


def paint_sparkline(painter: QPainter, rect: QRectF, points: Sequence[TrendPoint], theme: Theme) -> None:
    """Draw the last three years or so: a line with gaps where figures are missing, provisional dashed, the last dotted.

    The scale runs from the lowest to the highest value shown; it is a shape to recognise, not to measure.
    """
    shown = points[-LONGEST:]
    known = [float(point.value) for point in shown if point.value is not None]
    if not known:
        return
    months = [month_number(point.period.end) for point in shown]
    step = _breaks(months)
    area = rect.adjusted(DOT + 1, DOT + 2, -DOT - 1, -DOT - 2)
    low, high = min(known), max(known)
    width = max(1, months[-1] - months[0])

    def place(month: int, value: float) -> QPointF:
        share = (value - low) / (high - low) if high > low else 0.5
        return QPointF(area.left() + area.width() * (month - months[0]) / width, area.bottom() - area.height() * share)

    solid, dashed = QPainterPath(), QPainterPath()
    last: tuple[QPointF, int] | None = None
    for point, month in zip(shown, months, strict=True):
        if point.value is None:
            last = None
            continue
        at = place(month, float(point.value))
        if last is not None and month - last[1] <= step:
            path = dashed if point.provisional else solid
            path.moveTo(last[0])
            path.lineTo(at)
        elif len(known) > 1:
            solid.addEllipse(at, 0.6, 0.6)
        last = (at, month)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.line, 1.4)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(solid)
    pen.setDashPattern([1.5, 2.2])
    painter.setPen(pen)
    painter.drawPath(dashed)
    if last is not None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.line)
        painter.drawEllipse(last[0], DOT, DOT)
    painter.restore()


def spoken_trend(points: Sequence[TrendPoint]) -> str:
    """Return the line in words: first, last, lowest and highest."""
    known = [point for point in points[-LONGEST:] if point.value is not None]
    if not known:
        return "no trend"
    lowest = min(known, key=lambda point: point.value or 0)
    highest = max(known, key=lambda point: point.value or 0)
    return (
        f"{len(known)} points from {known[0].period.label} to {known[-1].period.label}, latest {_said(known[-1])}, "
        f"lowest {_said(lowest)} in {lowest.period.label}, highest {_said(highest)} in {highest.period.label}"
    )


def _said(point: TrendPoint) -> str:
    return point.text or f"{point.value}"
