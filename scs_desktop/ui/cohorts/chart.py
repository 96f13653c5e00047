"""Two groups' shares by intake: a dot and its interval for each, told apart without colour."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QKeySequence, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_desktop.domain.cohort_results import Group, PairResult, axis_end, chart_text
from scs_desktop.ui.common.picture import picture_of
from scs_desktop.ui.common.theme import Theme, scaled, theme_of
from scs_desktop.ui.common.words import paint_text

DOT = 4.5
ROW_LINES = 2.7
"""Height of an intake's row, in lines of text."""
CROWDED = 0.6
"""Beyond this share the axis is marked at every fifth."""


class CohortChart(QWidget):
    """Intakes down, shares across from nought; the programme's group above the other, all labelled directly."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pair: PairResult | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Shares by intake")
        copy = QAction("Copy &picture", self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setPixmap(self.picture()))
        self.addAction(copy)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def set_pair(self, pair: PairResult | None) -> None:
        """Draw this one."""
        self._pair = pair
        self.setAccessibleDescription("" if pair is None else chart_text(pair))
        self.setToolTip("" if pair is None else chart_text(pair))
        self.updateGeometry()
        self.update()

    def picture(self) -> QPixmap:
        """Return it as a picture for the clipboard."""
        return picture_of(self)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        rows = 0 if self._pair is None else len(self._pair.rows)
        line = self.fontMetrics().height()
        return QSize(60 * self.fontMetrics().averageCharWidth(), round((rows * ROW_LINES + 1.6) * line))

    def minimumSizeHint(self) -> QSize:
        """As high as its rows, of any width."""
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the axis, then each row."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self.palette())
        painter.fillRect(self.rect(), theme.base)
        if self._pair is not None and self._pair.rows:
            self._draw(painter, theme, self._pair)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _draw(self, painter: QPainter, theme: Theme, pair: PairResult) -> None:
        metrics = self.fontMetrics()
        line = metrics.height()
        height = line * ROW_LINES
        names = [one.name for row in pair.rows for one in (row.group, row.other)]
        right = max(metrics.horizontalAdvance(f"{name}  not shown") for name in names) + 14
        left = max(metrics.horizontalAdvance(f"to {row.followed}" if row.followed else row.label) for row in pair.rows)
        area = QRectF(left + 24, 2, max(40.0, self.width() - left - right - 34), height * len(pair.rows))
        end = axis_end(pair)
        self._axis(painter, theme, area, end)
        for index, row in enumerate(pair.rows):
            top = area.top() + index * height
            if index:
                painter.setPen(QPen(theme.muted if row.intake is None else theme.rule, 1))
                painter.drawLine(QPointF(6, top), QPointF(self.width() - 6, top))
            painter.setPen(theme.text)
            painter.setFont(scaled(self.font(), 1.0, bold=True))
            paint_text(painter, QRectF(8, top + height / 2 - line, left + 12, line), row.label)
            painter.setFont(self.font())
            if row.followed:
                painter.setPen(theme.muted)
                paint_text(painter, QRectF(8, top + height / 2, left + 12, line), f"to {row.followed}")
            for side, one in enumerate((row.group, row.other)):
                y = top + height / 2 + (side - 0.5) * line * 1.05
                if one.interval is not None:
                    _whisker(
                        painter, one, area, end, y, side, theme.line if side == 0 else theme.comparator, theme.base
                    )
                painter.setPen(theme.text)
                said = QRectF(area.right() + 12, y - line / 2, right - 8, line)
                paint_text(painter, said, f"{one.name}  {one.share_text or 'not shown'}")

    def _axis(self, painter: QPainter, theme: Theme, area: QRectF, end: float) -> None:
        step = 0.1 if end <= CROWDED else 0.2
        for number in range(round(end / step) + 1):
            x = area.left() + area.width() * number * step / end
            painter.setPen(QPen(theme.text if number == 0 else theme.rule, 1))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            painter.setPen(theme.muted)
            label = QRectF(x - 30, area.bottom() + 3, 60, self.fontMetrics().height())
            painter.drawText(label, int(Qt.AlignmentFlag.AlignCenter), f"{round(number * step * 100)} %")


def _whisker(
    painter: QPainter, one: Group, area: QRectF, end: float, y: float, side: int, colour: QColor, ground: QColor
) -> None:
    """Draw the interval solid and the dot filled for the programme's group, dashed and hollow for the other."""
    if one.interval is None or one.share is None:
        return
    low, at, high = (area.left() + area.width() * x / end for x in (one.interval.low, one.share, one.interval.high))
    pen = QPen(colour, 1.6)
    for x in (low, high):
        painter.setPen(pen)
        painter.drawLine(QPointF(x, y - 3), QPointF(x, y + 3))
    if side:
        pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.drawLine(QPointF(low, y), QPointF(high, y))
    painter.setPen(QPen(colour, 1.8))
    painter.setBrush(ground if side else colour)
    if side:
        painter.drawRect(QRectF(at - DOT + 0.5, y - DOT + 0.5, 2 * DOT - 1, 2 * DOT - 1))
    else:
        painter.drawEllipse(QPointF(at, y), DOT, DOT)
    painter.setBrush(Qt.BrushStyle.NoBrush)
