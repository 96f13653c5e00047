"""Asking for the password of an encrypted workbook, in a line of the page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget


class PasswordRow(QWidget):
    """A label and a field. The password is told once and kept nowhere.

    Signals:
        given(str): the officer typed this.
        left(str): the officer has no password for the file of this name, and leaves it.

    """

    given = Signal(str)
    left = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(self)
        self.field = QLineEdit(self)
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Password of the file")
        self.field.returnPressed.connect(self._typed)
        self._label.setBuddy(self.field)
        self._file_name = ""
        self.leave = QPushButton("&Leave this file", self)
        self.leave.setToolTip("Esc: it is not read, and nothing of it is stored")
        self.leave.clicked.connect(self._left)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._left)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label)
        layout.addWidget(self.field)
        layout.addWidget(self.leave)
        layout.addStretch(1)
        self.hide()

    def ask(self, file_name: str) -> None:
        """Ask for the password of this file."""
        self._file_name = file_name
        self._label.setText(f"Pass&word of {file_name.replace('&', '&&')}")
        self.show()
        self.field.setFocus()

    def _typed(self) -> None:
        password = self.field.text()
        if not password:
            return
        self.field.clear()
        self.hide()
        self.given.emit(password)

    def _left(self) -> None:
        self.field.clear()
        self.hide()
        self.left.emit(self._file_name)
