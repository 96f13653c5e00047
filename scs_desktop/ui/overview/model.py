"""The overview's columns: one row a priority."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A priority, and which of its lights moved since the quarter before; None while that is not known."""

    priority: PriorityPosition
    moved: tuple[str, ...] | None = None


def _moved_words(row: OverviewRow) -> str:
    if row.moved is None:
        return ""
    return "; ".join(row.moved) or "no light moved"


def _trend_words(row: OverviewRow) -> str:
    headline = headline_of(row.priority)
    return f"{headline.code} {headline.name}: {spoken_trend(headline.trend)}" if headline is not None else "none"


def _light(painter: QPainter, rect: QRectF, row: OverviewRow, look: Look) -> None:
    mark = mark_of(row.priority.status, dark=look.theme.dark)
    paint_mark(painter, rect, mark)
    painter.setPen(look.text)
    paint_text(painter, rect.adjusted(SIDE + 6, 0, 0, 0), mark.word)


def _name(painter: QPainter, rect: QRectF, row: OverviewRow, look: Look) -> None:
    paint_two_lines(
        painter,
        rect,
        f"{row.priority.number}  {row.priority.name}",
        f"Lead: {row.priority.lead}",
        look.muted,
        bold=True,
    )


def _counts(painter: QPainter, rect: QRectF, row: OverviewRow, look: Look) -> None:
    paint_counts(painter, rect, row.priority.counts, look.text, dark=look.theme.dark)


def _trend(painter: QPainter, rect: QRectF, row: OverviewRow, look: Look) -> None:
    headline = headline_of(row.priority)
    if headline is None:
        return
    painter.setPen(look.muted)
    paint_text(painter, QRectF(rect.left(), rect.top(), 34, rect.height()), headline.code)
    paint_sparkline(painter, rect.adjusted(34, 2, 0, -2), headline.trend, look.theme)


def _freshness(painter: QPainter, rect: QRectF, row: OverviewRow, look: Look) -> None:
    due = f"Next return {day_text(row.priority.next_due)}" if row.priority.next_due is not None else "No return due"
    paint_two_lines(painter, rect, row.priority.age_text or "no data yet", due, look.muted)


def _moved(painter: QPainter, rect: QRectF, row: OverviewRow, look: Look) -> None:
    if not row.moved:
        painter.setPen(look.muted)
        paint_text(painter, rect, _moved_words(row))
    elif len(row.moved) == 1:
        paint_text(painter, rect, row.moved[0])
    else:
        more = len(row.moved) - 2
        second = row.moved[1] if more < 1 else f"and {more + 1} more"
        paint_two_lines(painter, rect, row.moved[0], second, look.muted if more else look.text)


def _actions(painter: QPainter, rect: QRectF, row: OverviewRow, look: Look) -> None:
    overdue = row.priority.actions_overdue
    opened = f"{row.priority.actions_open} open" if row.priority.actions_open else "none open"
    if overdue:
        paint_two_lines(painter, rect, opened, f"{overdue} overdue", look.text)
    else:
        paint_text(painter, rect, opened)


COLUMNS: tuple[Column[OverviewRow], ...] = (
    Column(
        "Light",
        lambda row: status_word(row.priority.status),
        "●●● insufficient",
        tip=lambda row: row.priority.status.sentence,
        paint=_light,
    ),
    Column(
        "Priority and lead",
        lambda row: f"{row.priority.number} {row.priority.name}",
        spoken=lambda row: f"{row.priority.number} {row.priority.name}, lead {row.priority.lead}",
        sort=lambda row: row.priority.number,
        tip=lambda row: row.priority.name,
        paint=_name,
    ),
    Column(
        "Indicators by light",
        lambda row: counts_text(row.priority.counts),
        "■ 00 ■ 00 ■ 00 ■ 00",
        sort=lambda row: row.priority.counts.red,
        tip=lambda row: counts_text(row.priority.counts),
        paint=_counts,
        title_tip="How many of the priority's indicators have each light",
    ),
    Column(
        "Headline trend",
        lambda row: headline.code if (headline := headline_of(row.priority)) is not None else "",
        "0.00a trend of three",
        spoken=_trend_words,
        tip=_trend_words,
        paint=_trend,
        title_tip="The indicator that stands for the priority, the last three years",
    ),
    Column(
        "Data",
        lambda row: row.priority.age_text,
        "Next return 30 Sep 2011",
        spoken=lambda row: f"{row.priority.age_text}. Next return due {day_text(row.priority.next_due) or 'not known'}",
        sort=lambda row: row.priority.next_due.toordinal() if row.priority.next_due is not None else 0,
        tip=lambda row: row.priority.age_text,
        paint=_freshness,
    ),
    Column(
        "Since last quarter",
        _moved_words,
        "1.3 Amber → unrated",
        tip=lambda row: "\n".join(row.moved or ()),
        paint=_moved,
        title_tip="Lights that are not what they were at the end of the quarter before",
    ),
    Column(
        "Actions",
        lambda row: f"{row.priority.actions_open} open, {row.priority.actions_overdue} overdue",
        "10 overdue",
        sort=lambda row: row.priority.actions_overdue,
        paint=_actions,
    ),
)
