"""What the tests of the window share: a running window on a store, and a way to let its work end."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from scs_desktop.domain.history import StoreKind
from scs_desktop.ui.common.background import Runner
from scs_desktop.ui.common.messages import Message, Messages
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.theme import choose_font
from scs_desktop.ui.window import MainWindow
from scs_desktop.workflows.shipped import set_up_store

SECONDS = 20_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let pass what the screenless platform says it cannot do for a window."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(scope="session")
def _font(qapp: QApplication) -> None:
    """The same letters on every machine."""
    choose_font(qapp, shipped=True)


@pytest.fixture(scope="session")
def example(example_store: Path) -> Path:
    """Return an example store; tests work on copies."""
    return example_store


@pytest.fixture
def example_copy(example: Path, tmp_path: Path) -> Path:
    """Return an example store of the test's own."""
    return Path(shutil.copy(example, tmp_path / "example.scs"))


@pytest.fixture
def empty_store(tmp_path: Path) -> Path:
    """Return a real store with the shipped strategy and no figures."""
    path = tmp_path / "own.scs"
    set_up_store(path=path, kind=StoreKind.REAL, who="Officer").close()
    return path


class Desk:
    """A window in front of an officer who looks and types.

    Attributes:
        window: the window, shown.
        said: every message so far.

    """

    def __init__(self, qtbot: QtBot) -> None:
        self.bot = qtbot
        self.said: list[Message] = []
        self.runner = Runner()
        messages = Messages()
        messages.said.connect(self.said.append)
        self.session = Session(self.runner, messages, who="Officer")
        self.window = MainWindow(self.session)
        self.window.resize(1366, 700)
        self.window.show()
        self._messages = messages

    def settle(self) -> None:
        """Wait until nothing is under way."""
        self.bot.waitUntil(lambda: self.runner.idle, timeout=SECONDS)

    def open(self, path: Path) -> None:
        """Open a store and wait for it."""
        self.session.open(path)
        self.settle()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is, and wait for what it started."""
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)
        if modifier & Qt.KeyboardModifier.AltModifier:
            # Qt shows a button pressed by its access key for a tenth of a second before it acts.
            self.bot.wait(150)
        self.settle()

    def close(self) -> None:
        """Put everything away."""
        self.window.close()
        self.runner.close()
        self.session.close()
        self.window.deleteLater()


@pytest.fixture
def desk(qtbot: QtBot, _font: None) -> Iterator[Desk]:
    """Return a window without a store."""
    made = Desk(qtbot)
    yield made
    made.close()


@pytest.fixture
def bugs(monkeypatch: pytest.MonkeyPatch) -> list[type[BaseException]]:
    """Collect what reaches the excepthook, for tests that mean it to."""
    found: list[type[BaseException]] = []

    def take(kind: type[BaseException], _: BaseException, __: TracebackType | None) -> None:
        found.append(kind)

    monkeypatch.setattr(sys, "excepthook", take)
    return found
