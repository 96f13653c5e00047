"""A headline measure as a tile: name, figure, comparator, light and trend."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.position import HeadlinePosition
from scs_desktop.ui.common.lights import SIDE, paint_mark, status_word
from scs_desktop.ui.common.sparkline import paint_sparkline, spoken_trend
from scs_desktop.ui.common.theme import scaled, theme_of
from scs_desktop.ui.common.words import paint_text

INSET = 12


def parted(value_text: str) -> tuple[str, str]:
    """Return a value and what it is per, apart: "38.0" and "per 1,000 population"."""
    value, per, rest = value_text.partition(" per ")
    return value or "–", f"per {rest}" if per else ""


def against(headline: HeadlinePosition) -> str:
    """Return the period and what it stands against; a comparator of dashes alone is none."""
    known = any(letter.isalnum() for letter in headline.comparator_text)
    # What it is per stands beside the value already.
    comparator, _ = parted(headline.comparator_text)
    return f"{headline.period_text}, against {comparator}" if known else headline.period_text


class HeadlineTile(QWidget):
    """One of the strategy's overall measures."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headline: HeadlinePosition | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_headline(self, headline: HeadlinePosition) -> None:
        """Show this measure."""
        self._headline = headline
        self.setAccessibleName(
            f"{headline.name}: {headline.value_text or 'no figure'} {headline.period_text}. "
            f"{status_word(headline.status)}. {headline.comparator_text}"
        )
        self.setAccessibleDescription(f"{headline.status.sentence} Trend: {spoken_trend(headline.trend)}.")
        self.setToolTip("\n".join(part for part in (headline.status.sentence, headline.note) if part))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for five lines of text."""
        return QSize(300, round(self.fontMetrics().lineSpacing() * 5.6) + 2 * INSET)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tile."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self.palette())
        card = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.focus, 2) if self.hasFocus() else QPen(theme.rule, 1))
        painter.setBrush(theme.base)
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5) if self.hasFocus() else card, 4, 4)
        if self._headline is None:
            return
        one = self._headline
        inner = card.adjusted(INSET, INSET - 2, -INSET, -INSET + 2)
        line = float(self.fontMetrics().lineSpacing())
        spark_width = min(150.0, inner.width() * 0.3)
        text_width = inner.width() - spark_width - INSET

        def row(top: float, height: float, width: float = text_width) -> QRectF:
            return QRectF(inner.left(), inner.top() + top, width, height)

        painter.setPen(theme.text)
        painter.setFont(scaled(self.font(), 1.0, bold=True))
        paint_text(painter, row(0, line, inner.width()), one.name)
        value, per = parted(one.value_text)
        painter.setFont(scaled(self.font(), 1.75, bold=True))
        big = line * 1.9
        paint_text(painter, row(line * 1.1, big), value)
        beside = row(line * 1.1, big)
        beside.setLeft(beside.left() + painter.fontMetrics().horizontalAdvance(value) + 8)
        painter.setFont(self.font())
        painter.setPen(theme.muted)
        paint_text(painter, beside.adjusted(0, line * 0.35, 0, line * 0.1), per)
        paint_text(painter, row(line * 3.05, line, inner.width()), against(one))
        mark = mark_of(one.status, dark=theme.dark)
        foot = row(line * 4.35, max(SIDE, line), inner.width())
        paint_mark(painter, foot, mark)
        painter.setPen(theme.text)
        paint_text(painter, foot.adjusted(SIDE + 6, 0, 0, 0), mark.word)
        spark = QRectF(inner.right() - spark_width, inner.top() + line * 1.0, spark_width, line * 1.95)
        paint_sparkline(painter, spark, one.trend, theme)
