"""The overview's columns: one row a priority."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from scs_desktop.domain.appearance import counts_text, mark_of
from scs_desktop.domain.position import IndicatorPosition, PriorityPosition
from scs_desktop.ui.common.lights import SIDE, paint_counts, paint_mark, status_word
from scs_desktop.ui.common.sparkline import paint_sparkline, spoken_trend
from scs_desktop.ui.common.table_model import Column, Look
from scs_desktop.ui.common.words import day_text, paint_text, paint_two_lines


def headline_of(row: PriorityPosition) -> IndicatorPosition | None:
    """Return the indicator whose trend stands for the priority."""
    named = next((one for one in row.indicators if one.use == row.headline), None)
    return named or next((one for one in row.indicators if one.headline), None) or next(iter(row.indicators), None)


def _actions(row: PriorityPosition) -> str:
    if row.actions_overdue:
        return f"{row.actions_open} open, {row.actions_overdue} overdue"
    return f"{row.actions_open} open" if row.actions_open else "none open"


def _trend_words(row: PriorityPosition) -> str:
    headline = headline_of(row)
    return f"{headline.code} {headline.name}: {spoken_trend(headline.trend)}" if headline is not None else "none"


def _light(painter: QPainter, rect: QRectF, row: PriorityPosition, look: Look) -> None:
    mark = mark_of(row.status, dark=look.theme.dark)
    paint_mark(painter, rect, mark)
    painter.setPen(look.text)
    paint_text(painter, rect.adjusted(SIDE + 6, 0, 0, 0), mark.word)


def _name(painter: QPainter, rect: QRectF, row: PriorityPosition, look: Look) -> None:
    paint_two_lines(painter, rect, f"{row.number}  {row.name}", f"Lead: {row.lead}", look.muted, bold=True)


def _counts(painter: QPainter, rect: QRectF, row: PriorityPosition, look: Look) -> None:
    paint_counts(painter, rect, row.counts, look.text, dark=look.theme.dark)


def _trend(painter: QPainter, rect: QRectF, row: PriorityPosition, look: Look) -> None:
    headline = headline_of(row)
    if headline is None:
        return
    painter.setPen(look.muted)
    paint_text(painter, QRectF(rect.left(), rect.top(), 34, rect.height()), headline.code)
    paint_sparkline(painter, rect.adjusted(34, 2, 0, -2), headline.trend, look.theme)


def _freshness(painter: QPainter, rect: QRectF, row: PriorityPosition, look: Look) -> None:
    due = f"Next return {day_text(row.next_due)}" if row.next_due is not None else "No return due"
    paint_two_lines(painter, rect, row.age_text or "no data yet", due, look.muted)


COLUMNS: tuple[Column[PriorityPosition], ...] = (
    Column(
        "Light",
        lambda row: status_word(row.status),
        "●●● insufficient",
        tip=lambda row: row.status.sentence,
        paint=_light,
    ),
    Column(
        "Priority and lead",
        lambda row: f"{row.number} {row.name}",
        spoken=lambda row: f"{row.number} {row.name}, lead {row.lead}",
        sort=lambda row: row.number,
        tip=lambda row: row.name,
        paint=_name,
    ),
    Column(
        "Indicators by light",
        lambda row: counts_text(row.counts),
        "■ 00  ■ 00  ■ 00  ■ 00 ■",
        sort=lambda row: row.counts.red,
        tip=lambda row: counts_text(row.counts),
        paint=_counts,
        title_tip="How many of the priority's indicators have each light",
    ),
    Column(
        "Headline trend",
        lambda row: headline.code if (headline := headline_of(row)) is not None else "",
        "0.00a a trend of three years",
        spoken=_trend_words,
        tip=_trend_words,
        paint=_trend,
        title_tip="The indicator that stands for the priority, the last three years",
    ),
    Column(
        "Data",
        lambda row: row.age_text,
        "Next return 30 Sep 2011",
        spoken=lambda row: f"{row.age_text}. Next return due {day_text(row.next_due) or 'not known'}",
        sort=lambda row: row.next_due.toordinal() if row.next_due is not None else 0,
        paint=_freshness,
    ),
    Column("Actions", _actions, "10 open, 10 overdue"),
)
