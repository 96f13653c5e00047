"""The columns of the wards' tables."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from scs_desktop.domain.places import Places
from scs_desktop.domain.ward_charts import MARKS, FunnelMark
from scs_desktop.domain.ward_page import WardSource
from scs_desktop.ui.common.table_model import Column, Look
from scs_desktop.ui.common.words import paint_text
from scs_desktop.ui.wards.funnel_view import paint_ward_mark

MARK_ROOM = 18.0


@dataclass(frozen=True, slots=True)
class WardLine:
    """A line of the table: a ward, or one of the two beneath them without an ``area``."""

    area: UUID | None
    name: str
    count: str
    band: str = ""
    rate: str = ""
    state: str = ""
    quotient: str = ""
    mark: FunnelMark | None = None
    sentence: str = ""


def ward_lines(places: Places) -> tuple[WardLine, ...]:
    """Return the table's lines: the wards by name, offences without a ward, the borough."""
    lines = [
        WardLine(
            row.area,
            row.name,
            row.count_text,
            row.band_text,
            row.rate_text,
            row.state,
            row.quotient_text,
            MARKS[row.rate.position] if row.rate is not None else None,
            row.sentence,
        )
        for row in places.rows
    ]
    if places.elsewhere:
        lines.append(WardLine(None, "No ward known", places.elsewhere))
    rate = "" if places.area_rate is None else f"{places.area_rate:,.1f}"
    lines.append(WardLine(None, "Borough", places.total_text, rate=rate))
    return tuple(lines)


def _paint_state(painter: QPainter, rect: QRectF, row: WardLine, look: Look) -> None:
    if row.mark is not None:
        at = QPointF(rect.left() + 6, rect.center().y())
        painter.save()
        paint_ward_mark(painter, row.mark, at, look.theme, 4.2)
        painter.restore()
    paint_text(painter, rect.adjusted(MARK_ROOM, 0, 0, 0), row.state)


def _told(row: WardSource) -> str:
    """The period first: a narrow column cuts the rest."""
    return f"{row.period}: {row.figure}, {row.part}"


WARD_COLUMNS: tuple[Column[WardLine], ...] = (
    Column("Ward", lambda row: row.name, tip=lambda row: row.sentence),
    Column("Count", lambda row: row.count, "fewer than 5", right=True, bold=True),
    Column("95 % limits", lambda row: row.band, "1,000 to 1,200", right=True, title_tip="Byar's limits of the count"),
    Column("Rate (95 % limits)", lambda row: row.rate, "108.8 (101.9 to 118.1)", right=True),
    Column("Against the borough", lambda row: row.state, "mmm high (99.8 %)", paint=_paint_state),
    Column(
        "Quotient",
        lambda row: row.quotient,
        "Quotient",
        right=True,
        title_tip="The ward's share of this among all its offences, the borough's own share being 1",
    ),
)

SOURCE_COLUMNS: tuple[Column[WardSource], ...] = (
    Column("Figure", _told, tip=_told),
    Column("In the cell", lambda row: row.text, "In the cell", right=True),
    Column("File", lambda row: row.file, "met-crime-by-ward-2012", tip=lambda row: row.file),
    Column("Cell", lambda row: f"{row.sheet}!{row.cell}" if row.sheet else row.cell, "Wards!O777"),
)
