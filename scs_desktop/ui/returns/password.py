"""Asking for the password of an encrypted workbook, in a line of the page."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget


class PasswordRow(QWidget):
    """A label and a field. The password is told once and kept nowhere.

    Signals:
        given(str): the officer typed this.

    """

    given = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self.field = QLineEdit(self)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Password of the file")
        self.field.returnPressed.connect(self._typed)
        self._label.setBuddy(self.field)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label)
        layout.addWidget(self.field)
        layout.addStretch(1)
        self.hide()

    def ask(self, file_name: str) -> None:
        """Ask for the password of this file."""
        self._label.setText(f"&Password of {file_name.replace('&', '&&')}")
        self.show()
        self.field.setFocus()

    def _typed(self) -> None:
        password = self.field.text()
        self.field.clear()
        self.hide()
        if password:
            self.given.emit(password)
