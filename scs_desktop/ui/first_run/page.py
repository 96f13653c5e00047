"""What there is to begin with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.theme import SPACE, scaled

if TYPE_CHECKING:
    from scs_desktop.store import Store

STORE_FILES = "Stores (*.scs);;All files (*)"
WIDTH = 560
BUTTON_WIDTH = 280


class FirstRunPage(Page):
    """Three ways to begin, each one key away."""

    title = "Welcome"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.setSpacing(10)
        head = QLabel("Where does the strategy stand?", self)
        head.setFont(scaled(self.font(), 1.6, bold=True))
        said = QLabel(
            "Partners’ returns go in as they arrive; lights, trends and the board’s page come out. Nothing leaves this "
            "computer. Choose how to begin:",
            self,
        )
        said.setWordWrap(True)
        said.setMaximumWidth(WIDTH)
        layout.addWidget(head)
        layout.addWidget(said)
        self.example = self._choice(
            "&Look at an example",
            "A store with the Barnet strategy and three years of example returns, marked as such on every page.",
            self.make_example,
        )
        self.own = self._choice(
            "Begin with the &Barnet strategy",
            "Eight priorities with their baselines, and no figures yet. The first return can be dropped on the window.",
            self.make_own,
        )
        self.file = self._choice(
            "&Open a store", "A file that you or a colleague made with this program.", self.open_file
        )
        layout.addStretch(1)

    def _choice(self, text: str, description: str, run: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setFont(scaled(self.font(), 1.1, bold=True))
        button.setMinimumSize(BUTTON_WIDTH, round(button.sizeHint().height() * 1.4))
        button.setAccessibleDescription(description)
        button.clicked.connect(run)
        said = QLabel(description, self)
        said.setWordWrap(True)
        said.setMaximumWidth(WIDTH)
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.addSpacing(SPACE)
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            layout.addWidget(said)
        return button

    def first_focus(self) -> QWidget:
        """The first choice."""
        return self.example

    def make_example(self) -> None:
        """Build the example store, or open the one built before, and show it."""

        def make() -> Store:
            from scs_desktop.store import open_store
            from scs_desktop.workflows.demo import build_example_store
            from scs_desktop.workflows.places import default_store_path

            path = default_store_path().with_name("example.scs")
            path.parent.mkdir(parents=True, exist_ok=True)
            return open_store(path, who=self._session.who) if path.exists() else build_example_store(path=path)

        self._session.open_made("Building the example", make)

    def make_own(self) -> None:
        """Make the officer's own store with the shipped strategy and show it."""

        def make() -> Store:
            from scs_desktop.domain.history import StoreKind
            from scs_desktop.workflows.places import default_store_path
            from scs_desktop.workflows.shipped import set_up_store

            path = default_store_path()
            path.parent.mkdir(parents=True, exist_ok=True)
            return set_up_store(path=path, kind=StoreKind.REAL, who=self._session.who)

        self._session.open_made("Making the store", make)

    def open_file(self) -> None:
        """Ask for a store and open it."""
        name, _ = QFileDialog.getOpenFileName(self, "Open a store", "", STORE_FILES)
        if name:
            self._session.open(Path(name))
