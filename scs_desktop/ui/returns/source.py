"""A stored return's file, to look at: from a figure back to the cell that it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.returns.grid import Range, Workbook, address
from scs_desktop.returns.plan import CellMark, Mark
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.common.words import day_text
from scs_desktop.ui.returns.sheet import SheetView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Place:
    """The cell that a figure came from: its sheet, its address ("H9"), what stood there, and whose figure it is."""

    sheet: str
    cell: str
    text: str
    told: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A kept file, read again; ``at`` is the cell that is looked for, if it is one."""

    summary: ImportSummary
    workbook: Workbook
    texts: Mapping[str, Mapping[tuple[int, int], str]]
    at: CellMark | None


def kept_file(
    store: Store, imports: Sequence[ImportSummary], place: Place | None, cancelled: Callable[[], bool]
) -> KeptFile:
    """Read the first of the imports' kept files that holds the place; without a place, the first. Runs on the worker.

    Raises:
        UserError: the file is not kept any more, cannot be read, or does not hold the cell.

    """
    from scs_desktop.workflows.read_return import read_return

    kept = False
    for summary in imports:
        data = store.kept_file(summary.id)
        if data is None:
            continue
        kept = True
        read = read_return(data=data, file_name=summary.file_name, cancelled=cancelled)
        texts: dict[str, dict[tuple[int, int], str]] = {}
        for record in read.reading.records:
            texts.setdefault(record.sheet, {})[record.row, record.column] = record.text
        if place is None:
            return KeptFile(summary, read.workbook, texts, None)
        for record in read.reading.records:
            here = (record.sheet, address(record.row, record.column), record.text)
            if here == (place.sheet, place.cell, place.text):
                mark = CellMark(record.sheet, record.row, record.column, Mark.SAME, place.told)
                return KeptFile(summary, read.workbook, texts, mark)
    name = imports[0].file_name if imports else "The file"
    if not kept:
        message = f"{name} is not kept in this store any more: its cells cannot be shown."
    else:
        message = (
            f"{name} does not hold “{place.text if place else ''}” in {place.cell if place else ''} as it is kept."
        )
    raise UserError(message)


class SourceView(QWidget):
    """One kept file, read only. Esc goes back.

    Signals:
        left: the officer has seen it.

    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: KeptFile | None = None
        self._name = QLabel(self)
        self._name.setFont(scaled(self.font(), 1.1, bold=True))
        self._said = QLabel(self)
        back = QPushButton("&Back", self)
        back.setToolTip("Esc")
        back.clicked.connect(self.left)
        self.sheets = QComboBox(self)
        self.sheets.setAccessibleName("Sheet")
        self.sheets.currentIndexChanged.connect(self._sheet_chosen)
        self.view = SheetView(self)
        self.view.selectionModel().currentChanged.connect(self._cell_chosen)
        self.cell = QLabel(self)
        self.cell.setTextFormat(Qt.TextFormat.PlainText)
        self.cell.setAccessibleName("The chosen cell")
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self._name)
        head.addWidget(self._said, 1)
        head.addWidget(back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 4, SPACE, 4)
        layout.addLayout(head)
        for widget in (self.sheets, self.view, self.cell):
            layout.addWidget(widget)

    @property
    def summary(self) -> ImportSummary | None:
        """The import that is shown."""
        return self._file.summary if self._file is not None else None

    def show_file(self, file: KeptFile, agency: str) -> None:
        """Show the file at the cell that is looked for, else at its first sheet."""
        self._file = file
        self._name.setText(file.summary.file_name)
        undone = ", undone" if file.summary.undone else ""
        self._said.setText(
            f"Import {file.summary.number} of {agency}, received {day_text(file.summary.received_on)}{undone}"
        )
        self.sheets.blockSignals(True)
        self.sheets.clear()
        self.sheets.addItems([sheet.name or file.summary.file_name for sheet in file.workbook.sheets])
        names = [sheet.name for sheet in file.workbook.sheets]
        self.sheets.setCurrentIndex(names.index(file.at.sheet) if file.at is not None else 0)
        self.sheets.blockSignals(False)
        self.sheets.setVisible(len(names) > 1)
        self._sheet_chosen()
        if file.at is not None:
            self.view.go_to(Range(file.at.row, file.at.column, file.at.row, file.at.column))

    def _sheet_chosen(self) -> None:
        file, number = self._file, self.sheets.currentIndex()
        if file is None or not 0 <= number < len(file.workbook.sheets):
            return
        sheet = file.workbook.sheets[number]
        at = file.at
        marks = {(at.row, at.column): at} if at is not None and at.sheet == sheet.name else {}
        self.view.show_sheet(sheet, marks, file.texts.get(sheet.name, {}))

    def _cell_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            row, column = index.row() + 1, index.column() + 1
            mark = self.view.sheet_model.mark_at(row, column)
            said = f"   {mark.text}" if mark is not None else ""
            self.cell.setText(f"{address(row, column)}: {self.view.sheet_model.text_at(row, column)}{said}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
