"""Lights drawn as shape and letter, so that no colour needs to be seen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_desktop.domain.appearance import Mark, Shape, light_mark, mark_of
from scs_desktop.domain.position import Light, LightCounts, Status
from scs_desktop.ui.common.theme import theme_of

SIDE = 20.0
CHIP = 14.0


def paint_mark(painter: QPainter, rect: QRectF, mark: Mark) -> None:
    """Draw a mark in the largest square at the left middle of the rectangle, at most ``SIDE`` high."""
    side = min(SIDE, rect.height(), rect.width())
    box = QRectF(rect.left(), rect.center().y() - side / 2, side, side).adjusted(1, 1, -1, -1)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    rim = QPen(QColor(mark.border), 2.4 if mark.hollow else 1.2)
    rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if mark.dashed:
        rim.setDashPattern([2.2, 1.8])
    painter.setPen(rim)
    painter.setBrush(QColor(mark.fill))
    letter = box
    if mark.shape is Shape.CIRCLE:
        painter.drawEllipse(box)
    elif mark.shape is Shape.TRIANGLE:
        wide = box.adjusted(-1, 0, 1, 0)
        painter.drawPolygon(QPolygonF([QPointF(wide.center().x(), wide.top()), wide.bottomRight(), wide.bottomLeft()]))
        letter = box.adjusted(0, side * 0.24, 0, 0)
    elif mark.shape is Shape.SQUARE:
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 1.5, 1.5)
    else:
        painter.drawRoundedRect(box.adjusted(0, side * 0.16, 0, -side * 0.16), 4, 4)
    font = QFont(painter.font())
    font.setPixelSize(max(7, round(side * (0.5 if mark.shape is Shape.TRIANGLE else 0.58))))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(mark.text))
    painter.drawText(letter, Qt.AlignmentFlag.AlignCenter, mark.letter)
    painter.restore()


def paint_counts(painter: QPainter, rect: QRectF, counts: LightCounts, text: QColor, *, dark: bool) -> None:
    """Draw how many of each light: four places of equal width, each a small mark with its number; none is left pale."""
    width = rect.width() / 4
    marks = [
        (light_mark(Light.RED, dark=dark), counts.red),
        (light_mark(Light.AMBER, dark=dark), counts.amber),
        (light_mark(Light.GREEN, dark=dark), counts.green),
        (None, counts.unrated),
    ]
    for place, (mark, count) in enumerate(marks):
        left = rect.left() + place * width
        painter.save()
        if not count:
            painter.setOpacity(0.32)
        box = QRectF(left, rect.center().y() - CHIP / 2, CHIP, CHIP)
        if mark is None:
            pen = QPen(text, 1.0)
            pen.setDashPattern([2.0, 1.8])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 3, -1, -3), 3, 3)
        else:
            paint_mark(painter, box, mark)
        painter.setPen(text)
        painter.drawText(
            QRectF(left + CHIP + 4, rect.top(), width - CHIP - 4, rect.height()),
            Qt.AlignmentFlag.AlignVCenter,
            str(count),
        )
        painter.restore()


def status_word(status: Status) -> str:
    """Return what the light says in words: "Amber", "Green, untested", "overlaps baseline"."""
    return mark_of(status).word


class LightLabel(QWidget):
    """A light with its word, as a line of a page."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._status: Status | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_status(self, status: Status | None) -> None:
        """Show this light, or nothing."""
        self._status = status
        word = status_word(status) if status is not None else ""
        self.setAccessibleName(f"Light: {word}" if word else "Light")
        self.setToolTip(status.sentence if status is not None else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the mark and the word."""
        word = status_word(self._status) if self._status is not None else ""
        return QSize(round(SIDE) + 8 + self.fontMetrics().horizontalAdvance(word), round(SIDE) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mark and the word."""
        if self._status is None:
            return
        painter = QPainter(self)
        theme = theme_of(self.palette())
        mark = mark_of(self._status, dark=theme.dark)
        rect = QRectF(self.rect())
        paint_mark(painter, rect, mark)
        painter.setPen(theme.text)
        painter.drawText(rect.adjusted(SIDE + 6, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, mark.word)
