"""The priority page's columns: one row an indicator."""

from __future__ import annotations

import calendar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.sentences import (
    chance_words,
    movement_words,
    probability_text,
    value_text,
)
from scs_desktop.domain.targets import StatusRule
from scs_desktop.ui.common.lights import SIDE, paint_mark, status_word
from scs_desktop.ui.common.sparkline import paint_sparkline, spoken_trend
from scs_desktop.ui.common.table_model import Column, Look
from scs_desktop.ui.common.words import paint_text


def comparator_value(row: IndicatorPosition) -> str:
    """Return the comparator alone, without its period."""
    return value_text(row.comparator, row.unit, row.decimals) if row.comparator is not None else ""


def change_text(row: IndicatorPosition) -> str:
    """Return the change on the comparator: "+12.3 %" or "−2.0 points"."""
    return row.status.moved_text


def chance_text(row: IndicatorPosition) -> str:
    """Return whether the change may be ordinary variation, with its probability."""
    p = row.status.p_value
    if p is None:
        return "untested" if row.status.hollow else ""
    usual = row.status.rule is StatusRule.USUAL_MOVEMENT and row.status.phi_months > 0
    words = (
        movement_words(p).replace(" of the usual movement", "").replace(" the usual movement", "")
        if usual
        else chance_words(p).replace(" of chance", "")
    )
    return f"{words}, p {probability_text(p)}"


def data_text(row: IndicatorPosition) -> str:
    """Return how far the data go and how settled they are: "to Sep 2011, final"."""
    latest = row.data.latest
    if latest is None:
        return row.data.text
    end = latest.counts_from
    return f"to {calendar.month_abbr[end.month]} {end.year}, {row.data.text}"


def _light(painter: QPainter, rect: QRectF, row: IndicatorPosition, look: Look) -> None:
    mark = mark_of(row.status, dark=look.theme.dark)
    paint_mark(painter, rect, mark)
    painter.setPen(look.text if row.status.light is not None else look.muted)
    paint_text(painter, rect.adjusted(SIDE + 6, 0, 0, 0), mark.word)


def _trend(painter: QPainter, rect: QRectF, row: IndicatorPosition, look: Look) -> None:
    paint_sparkline(painter, rect, row.trend, look.theme)


COLUMNS: tuple[Column[IndicatorPosition], ...] = (
    Column(
        "Light",
        lambda row: status_word(row.status),
        "●● overlaps baseline",
        tip=lambda row: row.status.sentence,
        paint=_light,
    ),
    Column("Code", lambda row: row.code, "2.2h", sort=lambda row: row.order),
    Column("Indicator", lambda row: row.name, tip=lambda row: row.name),
    Column(
        "Baseline",
        lambda row: row.baseline_text.partition(" (")[0],
        "27,705",
        right=True,
        spoken=lambda row: row.baseline_text,
        tip=lambda row: f"{row.baseline_text}\n{row.baseline_note}".strip(),
        title_tip="The baseline of the strategy, corrections included",
    ),
    Column("Against", comparator_value, "27,705", right=True, tip=lambda row: row.comparator_text),
    Column(
        "Latest",
        lambda row: row.value_text,
        "27,705",
        right=True,
        spoken=lambda row: f"{row.value_text or 'no figure'} {row.period_text}",
        tip=lambda row: f"{row.period_text} {row.rate_text}".strip(),
        bold=True,
    ),
    Column("Change", change_text, "+12.3 points", right=True),
    Column(
        "In a year",
        lambda row: row.direction.value,
        "no clear change",
        tip=lambda row: row.direction_sentence,
        title_tip="Direction of travel: against the same period a year before",
    ),
    Column(
        "Usual movement",
        chance_text,
        "at the edge, p .059",
        title_tip="Could this be ordinary variation? Within, at the edge of or beyond the usual movement",
    ),
    Column("Data", data_text, "to Sep 2011, final", tip=lambda row: row.data.text),
    Column("Trend", lambda _: "", "trend trend", spoken=lambda row: spoken_trend(row.trend), paint=_trend),
)
