"""The funnel on the screen: each ward's rate against its size, read out in words by mouse and arrow keys."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_desktop.domain.ward_charts import FunnelChart, FunnelMark, FunnelPoint, label_places
from scs_desktop.ui.common.picture import picture_of
from scs_desktop.ui.common.theme import Theme, scaled, theme_of

MARK = 5.0
NEAR = 14.0
"""Pixels within which the mouse reads a point."""
_UP = ((0.0, -1.15), (1.1, 0.8), (-1.1, 0.8))


def paint_ward_mark(painter: QPainter, mark: FunnelMark, at: QPointF, theme: Theme, size: float = MARK) -> None:
    """Draw the shape that tells where a ward stands."""
    filled = mark in {FunnelMark.UP_FILLED, FunnelMark.DOWN_FILLED}
    painter.setPen(QPen(theme.line, 1.4))
    painter.setBrush(theme.line if filled else theme.base)
    if mark is FunnelMark.RING:
        painter.drawEllipse(at, size * 0.72, size * 0.72)
        return
    turn = 1 if mark in {FunnelMark.UP, FunnelMark.UP_FILLED} else -1
    painter.drawPolygon(QPolygonF([QPointF(at.x() + dx * size, at.y() + turn * dy * size) for dx, dy in _UP]))


class FunnelView(QWidget):
    """The funnel; arrow keys go from ward to ward by size, up and down by rate.

    Signals:
        chosen(UUID): the officer chose this ward.
        read_out(str): the ward under the mouse or keyboard, in words.

    """

    chosen = Signal(object)
    read_out = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: FunnelChart | None = None
        self._current: UUID | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Funnel chart of the wards")

    def sizeHint(self) -> QSize:
        """Wide rather than tall."""
        return QSize(560, 270)

    def minimumSizeHint(self) -> QSize:
        """Room enough for its labels."""
        return QSize(320, 170)

    def set_chart(self, chart: FunnelChart | None) -> None:
        """Show this funnel."""
        self._chart = chart
        self.setAccessibleDescription(chart.text if chart is not None else "")
        self.update()

    def set_current(self, area: UUID | None) -> None:
        """Mark this ward."""
        self._current = area
        self.update()

    def picture(self) -> QPixmap:
        """Return it as a picture for the clipboard."""
        return picture_of(self)

    # --- places --------------------------------------------------------------------------------------

    def _frame(self, chart: FunnelChart) -> QRectF:
        metrics = QFontMetricsF(self.font())
        left = max(metrics.horizontalAdvance(tick.label) for tick in chart.y_axis.ticks) + 8
        right = max(metrics.horizontalAdvance(line.label) for line in chart.lines) + 8
        line = metrics.lineSpacing()
        return QRectF(left, 1.8 * line, self.width() - left - right, self.height() - 4 * line - 6)

    def _spot(self, chart: FunnelChart, frame: QRectF, x: float, y: float) -> QPointF:
        across = (x - chart.x_axis.low) / ((chart.x_axis.high - chart.x_axis.low) or 1.0)
        up = (y - chart.y_axis.low) / ((chart.y_axis.high - chart.y_axis.low) or 1.0)
        return QPointF(frame.left() + frame.width() * across, frame.bottom() - frame.height() * up)

    def spot_of(self, area: UUID) -> QPointF | None:
        """Return where the ward's point lies."""
        if self._chart is None:
            return None
        frame = self._frame(self._chart)
        return next(
            (self._spot(self._chart, frame, one.x, one.y) for one in self._chart.points if one.area == area), None
        )

    # --- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the funnel."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        chart = self._chart
        if chart is not None and chart.y_axis.ticks:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            frame = self._frame(chart)
            self._paint_axes(painter, chart, frame, theme)
            self._paint_lines(painter, chart, frame, theme)
            self._paint_points(painter, chart, frame, theme)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_axes(self, painter: QPainter, chart: FunnelChart, frame: QRectF, theme: Theme) -> None:
        line = QFontMetricsF(self.font()).lineSpacing()
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setPen(theme.muted)
        painter.drawText(QRectF(2, 2, frame.right(), line), int(Qt.AlignmentFlag.AlignLeft), chart.y_title)
        for tick in chart.y_axis.ticks:
            down = self._spot(chart, frame, chart.x_axis.low, tick.at).y()
            painter.setPen(QPen(theme.rule, 1))
            painter.drawLine(QPointF(frame.left(), down), QPointF(frame.right(), down))
            painter.setPen(theme.muted)
            painter.drawText(QRectF(0, down - line / 2, frame.left() - 5, line), right, tick.label)
        for tick in chart.x_axis.ticks:
            across = self._spot(chart, frame, tick.at, chart.y_axis.low).x()
            painter.drawLine(QPointF(across, frame.bottom()), QPointF(across, frame.bottom() + 4))
            place = QRectF(across - 60, frame.bottom() + 4, 120, line)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignHCenter), tick.label)
        below = QRectF(frame.left(), frame.bottom() + 4 + line, frame.width(), line)
        painter.drawText(below, right, chart.x_title)

    def _paint_lines(self, painter: QPainter, chart: FunnelChart, frame: QRectF, theme: Theme) -> None:
        height = QFontMetricsF(self.font()).lineSpacing()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in chart.lines:
            pen = QPen(theme.text if line.level else theme.muted, 1.3 if line.level else 1.1)
            if line.dashed:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([self._spot(chart, frame, x, y) for x, y in line.points]))
            end = self._spot(chart, frame, *line.points[-1])
            painter.setPen(theme.text if line.level else theme.muted)
            place = QRectF(frame.right() + 4, end.y() - height / 2, self.width() - frame.right() - 4, height)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), line.label)

    def _paint_points(self, painter: QPainter, chart: FunnelChart, frame: QRectF, theme: Theme) -> None:
        spots = [self._spot(chart, frame, one.x, one.y) for one in chart.points]
        for one, spot in zip(chart.points, spots, strict=True):
            if one.area == self._current:
                painter.setPen(QPen(theme.comparator, 2.2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(spot, MARK * 2, MARK * 2)
            paint_ward_mark(painter, one.mark, spot, theme)
        font = scaled(self.font(), 1.0, bold=True)
        metrics = QFontMetricsF(font)
        named = [
            (index, metrics.horizontalAdvance(one.name))
            for index, one in enumerate(chart.points)
            if one.named or one.area == self._current
        ]
        places = label_places(
            [(spot.x(), spot.y()) for spot in spots], named, metrics.lineSpacing(), width=frame.right()
        )
        painter.setFont(font)
        for (index, wide), (left, middle) in zip(named, places, strict=True):
            height = metrics.lineSpacing()
            place = QRectF(left, middle - height / 2, wide + 2, height)
            # Paper beneath the name, so that a line does not strike it through.
            paper = QColor(theme.base)
            paper.setAlphaF(0.8)
            painter.fillRect(place, paper)
            painter.setPen(theme.comparator if chart.points[index].area == self._current else theme.text)
            painter.drawText(
                place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), chart.points[index].name
            )

    # --- reading -------------------------------------------------------------------------------------

    def _near(self, at: QPointF) -> FunnelPoint | None:
        chart = self._chart
        if chart is None or not chart.points:
            return None
        frame = self._frame(chart)

        def distance(one: FunnelPoint) -> float:
            off = self._spot(chart, frame, one.x, one.y) - at
            return off.x() ** 2 + off.y() ** 2

        nearest = min(chart.points, key=distance)
        return nearest if distance(nearest) <= NEAR**2 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the point under the mouse."""
        near = self._near(event.position())
        self.setToolTip(near.sentence if near is not None else "")
        if near is not None:
            self.read_out.emit(near.sentence)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the point under the mouse."""
        near = self._near(event.position())
        if near is not None:
            self._choose(near)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next ward: left and right by size, up and down by rate."""
        steps = {
            Qt.Key.Key_Right: ("x", 1),
            Qt.Key.Key_Left: ("x", -1),
            Qt.Key.Key_Up: ("y", 1),
            Qt.Key.Key_Down: ("y", -1),
        }
        way = steps.get(Qt.Key(event.key()))
        if way is None or self._chart is None or not self._chart.points:
            super().keyPressEvent(event)
            return
        along, step = way
        ordered = sorted(self._chart.points, key=lambda one: (one.x, one.name) if along == "x" else (one.y, one.name))
        at = next((index for index, one in enumerate(ordered) if one.area == self._current), None)
        first = 0 if step > 0 else len(ordered) - 1
        self._choose(ordered[first if at is None else min(len(ordered) - 1, max(0, at + step))])

    def _choose(self, one: FunnelPoint) -> None:
        self.chosen.emit(one.area)
        self.read_out.emit(one.sentence)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another font or palette."""
        super().changeEvent(event)
        self.update()
