"""The rail: the pages, and the priorities with their lights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.position import Status
from scs_desktop.ui.common.lights import paint_mark, status_word
from scs_desktop.ui.common.table_model import ROW_ROLE, Column, TableModel
from scs_desktop.ui.common.theme import mixed, scaled, theme_of
from scs_desktop.ui.common.words import paint_text

RAIL_WIDTH = 226


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A place in the rail: a page, or beneath it one of its parts with a light."""

    key: object
    text: str
    level: int = 0
    status: Status | None = None
    count: int = 0

    @property
    def spoken(self) -> str:
        """The entry in words."""
        parts = [self.text]
        if self.status is not None:
            parts.append(status_word(self.status))
        if self.count:
            parts.append(f"{self.count} open")
        return ", ".join(parts)


class _RailDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(RAIL_WIDTH - 4, round(option.fontMetrics.lineSpacing() * 1.95))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: RailEntry = index.data(ROW_ROLE)
        theme = theme_of(option.palette)
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(rect, mixed(theme.base, theme.highlight, 0.22))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.highlight)
        if focused:
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.setPen(theme.text)
        painter.setFont(scaled(option.font, 1.0, bold=chosen or not entry.level))
        text = rect.adjusted(14 + 8 * entry.level, 0, -8, 0)
        if entry.status is not None:
            side = 14.0
            paint_mark(
                painter,
                QRectF(rect.right() - side - 10, rect.center().y() - side / 2, side, side),
                mark_of(entry.status, dark=theme.dark),
            )
            text.setRight(rect.right() - side - 16)
        elif entry.count:
            painter.save()
            painter.setPen(theme.muted)
            painter.drawText(text, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(entry.count))
            painter.restore()
            text.setRight(text.right() - 24)
        paint_text(painter, text, entry.text)
        painter.restore()


class Rail(QListView):
    """The pages, at the left.

    Signals:
        chosen(key): the officer went to this place.

    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TableModel[RailEntry](
            (Column("", lambda one: one.text, spoken=lambda one: one.spoken, tip=lambda one: one.spoken),), self
        )
        self.setModel(self._model)
        self.setItemDelegate(_RailDelegate(self))
        self.setAccessibleName("Pages")
        self.setFixedWidth(RAIL_WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._chosen)

    def set_entries(self, entries: Sequence[RailEntry]) -> None:
        """Show these places, the present one still chosen."""
        key = self.current_key()
        self.selectionModel().blockSignals(True)
        self._model.set_rows(entries)
        self.selectionModel().blockSignals(False)
        self.choose(key)

    def current_key(self) -> object:
        """Where the officer is."""
        index = self.currentIndex()
        return self._model.row(index).key if index.isValid() else None

    def choose(self, key: object) -> None:
        """Mark the place as the present one, without going there."""
        for number, entry in enumerate(self._model.rows):
            if entry.key == key:
                self.selectionModel().blockSignals(True)
                self.setCurrentIndex(self._model.index(number, 0))
                self.selectionModel().blockSignals(False)
                self.viewport().update()
                return

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.row(index).key)
