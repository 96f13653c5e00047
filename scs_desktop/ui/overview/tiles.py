"""A headline measure as a tile: name, figure, comparator, change, light, chance, outlook, age and trend."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.position import HeadlinePart, HeadlinePosition
from scs_desktop.domain.sentences import capital
from scs_desktop.ui.common.lights import SIDE, paint_mark, status_word
from scs_desktop.ui.common.sparkline import paint_sparkline, spoken_trend
from scs_desktop.ui.common.theme import Theme, scaled, theme_of
from scs_desktop.ui.common.words import paint_text

INSET = 12
LINES = 8.0
SPARK = 130.0


def parted(value_text: str) -> tuple[str, str]:
    """Return a value and what it is per, apart: "38.0" and "per 1,000 population"."""
    value, per, rest = value_text.partition(" per ")
    return value or "–", f"per {rest}" if per else ""


def against(headline: HeadlinePosition) -> str:
    """Return the period, what it stands against and how far off; a comparator of dashes alone is none."""
    known = any(letter.isalnum() for letter in headline.comparator_text)
    # What it is per stands beside the value already.
    comparator, _ = parted(headline.comparator_text)
    said = f"{headline.period_text}, against {comparator}" if known else headline.period_text
    return f"{said} ({headline.moved_text})" if headline.moved_text and known else said


def foot(headline: HeadlinePosition) -> str:
    """Return outlook, age and what no indicator covers, on one line."""
    return ". ".join(part for part in (headline.outlook_text, headline.age_text, headline.note) if part).rstrip(".")


def spoken(headline: HeadlinePosition) -> str:
    """Return all that the tile shows, in sentences."""
    parts = [headline.sentence or headline.status.sentence]
    parts += [
        f"{one.code} {one.name}: {one.value_text or 'no figure'} against {one.comparator_text}, "
        f"{status_word(one.status)}."
        for one in headline.parts
    ]
    parts += [headline.direction_sentence, headline.outlook_sentence]
    parts += [f"{text.rstrip('.')}." for text in (headline.age_text, headline.note) if text]
    return " ".join(part for part in parts if part)


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
        self.setAccessibleDescription(f"{spoken(headline)} Trend: {spoken_trend(headline.trend)}.")
        self.setToolTip(spoken(headline))
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the lines of text."""
        return QSize(300, round(self.fontMetrics().lineSpacing() * LINES) + 2 * INSET)

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
        painter.setPen(theme.text)
        painter.setFont(scaled(self.font(), 1.0, bold=True))
        paint_text(painter, QRectF(inner.left(), inner.top(), inner.width(), line), one.name)
        body = QRectF(inner.left(), inner.top() + line * 1.2, inner.width(), line * 4.1)
        painter.setFont(self.font())
        if one.parts:
            self._paint_parts(painter, body, one.parts, theme)
        else:
            self._paint_value(painter, body, one, theme)
        mark = mark_of(one.status, dark=theme.dark)
        light = QRectF(inner.left(), inner.top() + line * 5.5, inner.width(), max(SIDE, line * 1.2))
        paint_mark(painter, light, mark)
        painter.setPen(theme.text)
        said = capital(mark.word) if one.status.light is None else mark.word
        beside = one.chance_text or (one.sentence.partition(": ")[2].rstrip(".") if one.parts else "")
        paint_text(painter, light.adjusted(SIDE + 6, 0, 0, 0), f"{said}: {beside}" if beside else said)
        painter.setPen(theme.muted)
        paint_text(painter, QRectF(inner.left(), inner.top() + line * 6.9, inner.width(), line), foot(one))

    def _paint_value(self, painter: QPainter, body: QRectF, one: HeadlinePosition, theme: Theme) -> None:
        """Draw the figure, its trend beside it, and what it stands against beneath."""
        line = float(self.fontMetrics().lineSpacing())
        spark_width = min(SPARK, body.width() * 0.3)
        figure = QRectF(body.left(), body.top(), body.width() - spark_width - INSET, line * 1.9)
        value, per = parted(one.value_text)
        painter.setPen(theme.text)
        painter.setFont(scaled(self.font(), 1.75, bold=True))
        paint_text(painter, figure, value)
        beside = figure.adjusted(painter.fontMetrics().horizontalAdvance(value) + 8, line * 0.35, 0, line * 0.1)
        painter.setFont(self.font())
        painter.setPen(theme.muted)
        paint_text(painter, beside, per)
        paint_text(painter, QRectF(body.left(), body.top() + line * 2.0, body.width(), line), against(one))
        travel = one.direction_sentence.partition(" (p ")[0].rstrip(".")
        paint_text(painter, QRectF(body.left(), body.top() + line * 3.05, body.width(), line), travel)
        spark = QRectF(body.right() - spark_width, body.top(), spark_width, line * 1.95)
        paint_sparkline(painter, spark, one.trend, theme)

    def _paint_parts(self, painter: QPainter, body: QRectF, parts: tuple[HeadlinePart, ...], theme: Theme) -> None:
        """Draw each indicator of the measure on a line of its own: light, figure, comparator, name, trend."""
        metrics = self.fontMetrics()
        line = float(metrics.lineSpacing())
        height = body.height() / len(parts)
        spark_width = min(SPARK * 0.6, body.width() * 0.2)
        bold = scaled(self.font(), 1.0, bold=True)
        widest = max(metrics.horizontalAdvance(part.value_text or "–") for part in parts) * 1.2 + 6
        for number, part in enumerate(parts):
            row = QRectF(body.left(), body.top() + number * height, body.width(), height)
            paint_mark(painter, row.adjusted(0, 2, 0, -2), mark_of(part.status, dark=theme.dark))
            left = row.left() + SIDE + 6
            painter.setPen(theme.text)
            painter.setFont(bold)
            paint_text(painter, QRectF(left, row.top(), widest, height), part.value_text or "–")
            painter.setFont(self.font())
            text = QRectF(left + widest, row.top(), row.right() - spark_width - INSET - left - widest, line)
            text.moveTop(row.center().y() - line * 0.95)
            moved = f" ({part.moved_text})" if part.moved_text else ""
            paint_text(painter, text, f"against {part.comparator_text}{moved}" if part.comparator_text else "")
            painter.setPen(theme.muted)
            paint_text(painter, text.translated(0, line * 0.95), f"{part.code} {part.name}")
            spark = QRectF(row.right() - spark_width, row.top() + 2, spark_width, height - 4)
            paint_sparkline(painter, spark, part.trend, theme)
