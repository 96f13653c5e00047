"""What brings amounts of one year's prices into another's."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from scs_desktop.domain.cost import CostTable, Deflator
from scs_desktop.domain.errors import UserError
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.costs.amount import read_number
from scs_desktop.ui.costs.columns import DEFLATOR_COLUMNS, exact_text

LINE = 22
EMPTY = "No deflator yet. One is needed only where amounts are in other prices than the cost is to be in."


class Deflators(QWidget):
    """The deflators as a table, and a line to change one or add one.

    Signals:
        applied(Deflator): keep this.
        removed(Deflator): take this out.
        refused(UserError): what was typed cannot be read.

    """

    applied = Signal(object)
    removed = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lock = ""
        self._model: TableModel[Deflator] = TableModel(DEFLATOR_COLUMNS, self)
        self.table = RowTable(self._model, "Deflators", row_height=LINE, parent=self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self._empty = QLabel(EMPTY, self)
        self._empty.setWordWrap(True)
        self.prices = self._line("Prices of the year that amounts are in", "2003/04")
        self.into = self._line("Prices of the year that they are wanted in", "2011/12")
        self.factor = self._line("Factor", "1.25")
        self.source = self._line("Publication that the factor is from", "publication that the factor is from")
        self.apply = QPushButton("&Apply", self)
        self.apply.clicked.connect(self._apply)
        self.remove = QPushButton("Remove", self)
        self.remove.clicked.connect(self._remove)
        self._lay_out()

    def _line(self, name: str, hint: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setPlaceholderText(hint)
        line.textChanged.connect(self._may)
        line.returnPressed.connect(self._apply)
        return line

    def _lay_out(self) -> None:
        narrow = self.fontMetrics().averageCharWidth() * 14
        for line in (self.prices, self.into, self.factor):
            line.setMaximumWidth(narrow)
        fields = QHBoxLayout()
        for words, line in (("&From", self.prices), ("&into", self.into), ("×", self.factor)):
            label = QLabel(words, self)
            label.setBuddy(line)
            fields.addWidget(label)
            fields.addWidget(line)
        fields.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.apply)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, 4)
        layout.addWidget(self._empty)
        layout.addWidget(self.table, 1)
        layout.addLayout(fields)
        layout.addWidget(self.source)
        layout.addLayout(buttons)

    def show_table(self, table: CostTable, lock: str) -> None:
        """Show the table's deflators."""
        self._lock = lock
        self._model.set_rows(table.deflators)
        self._empty.setVisible(not table.deflators)
        self._may()

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            one = self._model.row(index)
            for line, text in (
                (self.prices, one.prices),
                (self.into, one.into),
                (self.factor, exact_text(one.factor)),
                (self.source, one.source),
            ):
                line.setText(text)
                line.setCursorPosition(0)
        self._may()

    def _may(self) -> None:
        typed = all(line.text().strip() for line in (self.prices, self.into, self.factor))
        self.apply.setEnabled(typed and not self._lock)
        self.apply.setToolTip(self._lock)
        self.remove.setEnabled(self.table.currentIndex().isValid() and not self._lock)

    def _apply(self) -> None:
        if not self.apply.isEnabled():
            return
        try:
            factor = read_number(self.factor.text(), "Factor")
        except UserError as error:
            self.refused.emit(error)
            return
        if factor is not None:
            texts = (line.text().strip() for line in (self.prices, self.into, self.source))
            prices, into, source = texts
            self.applied.emit(Deflator(prices, into, factor, source))

    def _remove(self) -> None:
        index = self.table.currentIndex()
        if index.isValid():
            self.removed.emit(self._model.row(index))
