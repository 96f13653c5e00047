"""Choosing the agency that a return form is for, in a line of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QWidget

from scs_desktop.ui.common.theme import SPACE

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Agency


class FormRow(QWidget):
    """An agency and where its form is saved.

    Signals:
        wanted(UUID): a form for this agency is to be saved.

    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        label = QLabel("Return form &for", self)
        self.agency = QComboBox(self)
        self.agency.setAccessibleName("Agency that the return form is for")
        label.setBuddy(self.agency)
        self.save = QPushButton("Sa&ve the form…", self)
        self.save.clicked.connect(self._save)
        close = QPushButton("&Close", self)
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, 0)
        for widget in (label, self.agency, self.save, close):
            layout.addWidget(widget)
        layout.addStretch(1)
        self.hide()

    def ask(self, agencies: Sequence[Agency], chosen: UUID | None) -> None:
        """Ask which agency's, this one proposed."""
        self.agency.clear()
        for one in sorted(agencies, key=lambda each: each.name.casefold()):
            self.agency.addItem(one.name, one.id)
        rows = [row for row in range(self.agency.count()) if self.agency.itemData(row) == chosen]
        self.agency.setCurrentIndex(rows[0] if rows else 0)
        self.save.setEnabled(bool(self.agency.count()))
        self.show()
        self.agency.setFocus()

    def _save(self) -> None:
        if self.agency.currentData() is not None:
            self.wanted.emit(self.agency.currentData())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Esc takes the line away."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._save()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
