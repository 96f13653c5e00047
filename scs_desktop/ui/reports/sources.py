"""The cells of the partners' files that a signed paper's values were read from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHeaderView, QVBoxLayout, QWidget

from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.source_columns import SOURCE_COLUMNS
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.workflows.source_cells import SourceRow

if TYPE_CHECKING:
    from scs_desktop.domain.signed import SignedRecord

ROW_HEIGHT = 24
TITLES = [column.title for column in SOURCE_COLUMNS]


class SignedSources(QWidget):
    """An indicator of the paper to choose, and its cells; Enter on one opens the partner's sheet there."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._paper: UUID | None = None
        self._read: UUID | None = None
        self.indicator = QComboBox(self)
        self.indicator.setAccessibleName("Indicator on the signed paper")
        self.indicator.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.indicator.setMinimumContentsLength(20)
        self.indicator.currentIndexChanged.connect(self._ask_cells)
        self._model: TableModel[SourceRow] = TableModel(SOURCE_COLUMNS, self)
        self.table = RowTable(self._model, "Source cells of the signed value", row_height=ROW_HEIGHT, parent=self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        # The panel is narrow: the cell and what stood in it come first, and the file's name keeps its room.
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(TITLES.index("File"), QHeaderView.ResizeMode.ResizeToContents)
        for place, title in enumerate(("Period", "Cell", "As it stood there", "Sheet", "File")):
            head.moveSection(head.visualIndex(TITLES.index(title)), place)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.addWidget(self.indicator)
        layout.addWidget(self.table, 1)

    def set_paper(self, paper: UUID | None) -> None:
        """Show this paper's cells, once they are looked at."""
        self._paper = paper
        if self.isVisible():
            self._ask_indicators()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is looked at now."""
        super().showEvent(event)
        self._ask_indicators()

    def _ask_indicators(self) -> None:
        from scs_desktop.workflows.signed_papers import signed_record

        paper = self._paper
        if paper is None or paper == self._read:
            return
        self._read = paper

        def take(record: SignedRecord) -> None:
            chosen = self.indicator.currentData()
            self.indicator.blockSignals(True)
            self.indicator.clear()
            for one in record.indicators:
                self.indicator.addItem(f"{one.code}  {one.name}: {one.value_text or 'no value'}", one.code)
            self.indicator.setCurrentIndex(max(0, self.indicator.findData(chosen)))
            self.indicator.blockSignals(False)
            self._ask_cells()

        self._session.ask(
            "Reading the signed paper", lambda store, _: signed_record(store=store, sign_off_id=paper), take,
            key="signed record",
        )  # fmt: skip

    def _ask_cells(self) -> None:
        from scs_desktop.workflows.signed_papers import signed_sources

        paper, code = self._read, self.indicator.currentData()
        if paper is None or code is None:
            self._model.set_rows(())
            return

        def take(rows: tuple[SourceRow, ...]) -> None:
            self._model.set_rows(rows)
            self.table.fit_texts()
            if rows:
                self.table.setCurrentIndex(self._model.index(0, 0))

        self._session.ask(
            "Reading the cells",
            lambda store, _: signed_sources(store=store, sign_off_id=paper, code=code),
            take,
            key="signed cells",
        )
