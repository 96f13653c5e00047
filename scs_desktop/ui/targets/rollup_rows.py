"""The rows of the rollup tab: priorities with their rules, indicators with their weights, and what is thought of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.position import Light, Status
from scs_desktop.domain.rollup import RollupRule
from scs_desktop.domain.sentences import exact_decimals, number_text
from scs_desktop.ui.common.lights import SIDE, paint_mark, status_word
from scs_desktop.ui.common.table_model import Column, Look
from scs_desktop.ui.common.words import paint_text
from scs_desktop.workflows.rollups import PriorityRollup, Weighing


@dataclass(frozen=True, slots=True)
class RollupWish:
    """What is thought of for a priority: a rule, a weight of an indicator, or a light over the rule's."""

    priority: UUID
    rule: RollupRule | None = None
    use: UUID | None = None
    weight: Decimal | None = None
    light: Light | None = None


@dataclass(frozen=True, slots=True)
class Word:
    """Why it is decided, and by which post."""

    reason: str
    by_post: str


def _light_cell(painter: QPainter, rect: QRectF, status: Status, look: Look) -> None:
    paint_mark(painter, rect, mark_of(status, dark=look.theme.dark))
    paint_text(painter, rect.adjusted(SIDE + 6, 0, 0, 0), status_word(status))


def _decided(row: PriorityRollup) -> str:
    return "" if row.override is None else f"by the {row.override.by_post}"


PRIORITY_COLUMNS: tuple[Column[PriorityRollup], ...] = (
    Column("", lambda row: str(row.number), "8", right=True),
    Column("Priority", lambda row: row.name, tip=lambda row: row.name),
    Column(
        "Light",
        lambda row: status_word(row.status),
        "MM insufficient",
        paint=lambda painter, rect, row, look: _light_cell(painter, rect, row.status, look),
        tip=lambda row: row.status.sentence,
    ),
    Column("Rule", lambda row: row.rule.value, "weighted"),
    Column("Decided over it", _decided, "by the Chair of th", tip=lambda row: row.status.sentence),
)
WEIGHT_COLUMNS: tuple[Column[Weighing], ...] = (
    Column("Code", lambda row: row.code, "2.2h"),
    Column("Indicator", lambda row: row.name, tip=lambda row: row.name),
    Column(
        "Light",
        lambda row: status_word(row.status),
        "MM overlaps baseline",
        paint=lambda painter, rect, row, look: _light_cell(painter, rect, row.status, look),
        tip=lambda row: row.status.sentence,
    ),
    Column("Weight", lambda row: weight_text(row.weight), "Weight", right=True),
)


def weight_text(weight: Decimal) -> str:
    """Return a weight as it is typed."""
    return number_text(weight, exact_decimals(weight))
