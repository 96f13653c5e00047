"""A message, in a line above the page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from scs_desktop.ui.common.messages import Message, Tone
from scs_desktop.ui.common.theme import SPACE, mixed, theme_of


class MessageBar(QFrame):
    """One sentence above the page, with a button that takes it away."""

    def __init__(self, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._tone = Tone.DONE
        self._message: Message | None = None
        self.offer = QPushButton(self)
        self.offer.clicked.connect(self._accept)
        close = QToolButton(self)
        close.setText("Dismiss")
        close.setAutoRaise(True)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.setAccessibleName("Dismiss the message")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE + 8, 4, SPACE, 4)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.offer)
        layout.addWidget(close)
        close.setVisible(closable)
        self._closable = closable
        self.hide()

    def show_message(self, message: Message) -> None:
        """Show the sentence until it is dismissed or another one comes."""
        self._tone = message.tone
        self._message = message
        self.offer.setVisible(message.offer is not None)
        self.offer.setText(message.offer.text if message.offer is not None else "")
        word = "Problem: " if message.tone is Tone.PROBLEM else ""
        self.text.setText(word + message.text)
        self.text.setAccessibleName(word + message.text)
        self.setAccessibleName("Message")
        self.show()
        self.update()

    def _accept(self) -> None:
        message = self._message
        if self._closable:
            self.hide()
        if message is not None and message.offer is not None:
            message.offer.run()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet ground and a bar at the left."""
        painter = QPainter(self)
        theme = theme_of(self.palette())
        painter.fillRect(self.rect(), mixed(theme.base, theme.text, 0.05))
        bar = theme.comparator if self._tone is Tone.PROBLEM else theme.line
        painter.fillRect(0, 0, 5, self.height(), bar)
