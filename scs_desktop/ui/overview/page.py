"""The overview page."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from scs_desktop.domain.appearance import counts_text
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.words import counted
from scs_desktop.ui.overview.model import COLUMNS, OverviewRow
from scs_desktop.ui.overview.moved import Moved, moved_lights
from scs_desktop.ui.overview.tiles import HeadlineTile

ROW_HEIGHT = 42
TALLEST_ROW = 58


class OverviewPage(Page):
    """Where the whole strategy stands.

    Signals:
        opened_priority(UUID): the officer wants to see this priority.

    """

    opened_priority = Signal(object)
    title = "Overview"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._moved: Moved | None = None
        self._tiles: list[HeadlineTile] = []
        self._row = QHBoxLayout()
        self._row.setSpacing(SPACE)
        self._model = TableModel[OverviewRow](COLUMNS, self)
        self.table = RowTable(
            self._model, "Priorities", row_height=ROW_HEIGHT, tallest_row=TALLEST_ROW, opens=True, parent=self
        )
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.activated.connect(self._open)
        self._foot = QLabel(self)
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE // 2)
        layout.setSpacing(SPACE)
        layout.addLayout(self._row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self._foot)
        session.shown.connect(self._show)
        session.before_known.connect(self._show_moved)
        if session.position is not None:
            self._show(session.position)

    def first_focus(self) -> QWidget:
        """The table of priorities."""
        return self.table

    def _show(self, position: StrategyPosition) -> None:
        while len(self._tiles) < len(position.headlines):
            tile = HeadlineTile(self)
            self._tiles.append(tile)
            self._row.addWidget(tile, 1)
        for number, tile in enumerate(self._tiles):
            tile.setVisible(number < len(position.headlines))
            if number < len(position.headlines):
                tile.set_headline(position.headlines[number])
        chosen = self.table.currentIndex().row()
        self._moved = None
        self._set_rows(position)
        self.table.setCurrentIndex(self._model.index(max(0, chosen), 0))
        shared = sum(len(one.borrowed) for one in position.priorities)
        parts = [
            f"{counted(position.counts.rated + position.counts.unrated, 'indicator')}: {counts_text(position.counts)}"
        ]
        if shared:
            parts.append("an indicator that counts under two priorities is counted once")
        if position.open_findings:
            parts.append(f"{counted(len(position.open_findings), 'doubt')} open under Checks")
        self._foot.setText(" · ".join(parts) + ".")

    def _set_rows(self, position: StrategyPosition) -> None:
        moved = self._moved
        self._model.set_rows(
            [OverviewRow(one, None if moved is None else moved.get(one.id, ())) for one in position.priorities]
        )

    def _show_moved(self, before: StrategyPosition) -> None:
        now = self._session.position
        if now is None:
            return
        at = self.table.currentIndex().row()
        self._moved = moved_lights(before, now)
        self._set_rows(now)
        self.table.setCurrentIndex(self._model.index(max(0, at), 0))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened_priority.emit(self._model.row(index).priority.id)
