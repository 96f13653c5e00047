"""Days and times as the officer writes them, and text painted into cells."""

from __future__ import annotations

import calendar
from datetime import date, datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from scs_desktop.ui.common.theme import scaled


def day_text(day: date | None) -> str:
    """``14 Nov 2011``; nothing for no day."""
    return f"{day.day} {calendar.month_abbr[day.month]} {day.year}" if day is not None else ""


def recent_text(at: datetime) -> str:
    """``10:42`` on the machine's clock; with the day where that is not today."""
    local = at.astimezone()
    return local.strftime("%H:%M") if local.date() == datetime.now(local.tzinfo).date() else moment_text(at)


def moment_text(at: datetime) -> str:
    """``14 Nov 2011 10:42`` on the machine's clock."""
    local = at.astimezone()
    return f"{day_text(local.date())} {local:%H:%M}"


def counted(number: int, one: str, many: str = "") -> str:
    """``1 file``, ``2 files``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def paint_text(painter: QPainter, rect: QRectF, text: str, side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
    """Draw one line, shortened with an ellipsis where it does not fit."""
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(side | Qt.AlignmentFlag.AlignVCenter), shown)


def paint_two_lines(
    painter: QPainter, rect: QRectF, first: str, second: str, muted: QColor, *, bold: bool = False
) -> None:
    """Draw a line and beneath it a smaller, quieter one."""
    font = painter.font()
    painter.save()
    half = rect.height() / 2
    if bold:
        painter.setFont(scaled(font, 1.0, bold=True))
    paint_text(painter, QRectF(rect.left(), rect.top(), rect.width(), half), first)
    painter.setFont(scaled(font, 0.92))
    painter.setPen(muted)
    paint_text(painter, QRectF(rect.left(), rect.top() + half - 1, rect.width(), half), second)
    painter.restore()
