"""The menus: every command with its key and its access key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the officer can do from a menu; ``needs_store`` where it makes no sense without one."""

    text: str
    key: str
    run: Callable[..., object]
    needs_store: bool = True


class Menus:
    """A window's menus, filled from lists of commands; None in a list is a line between them."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._needing: list[QAction] = []
        self._open = False

    def add(self, title: str, commands: Sequence[Command | None]) -> tuple[QMenu, tuple[QAction, ...]]:
        """Add a menu and return it with its actions."""
        menu = self._window.menuBar().addMenu(title)
        return menu, self.extend(menu, commands)

    def extend(self, menu: QMenu, commands: Sequence[Command | None]) -> tuple[QAction, ...]:
        """Add commands at the end of a menu and return their actions."""
        made = []
        for command in commands:
            if command is None:
                menu.addSeparator()
                continue
            action = QAction(command.text, self._window)
            action.setShortcut(QKeySequence(command.key))
            action.triggered.connect(command.run)
            menu.addAction(action)
            if command.needs_store:
                action.setEnabled(self._open)
                self._needing.append(action)
            made.append(action)
        return tuple(made)

    def remove(self, menu: QMenu, actions: Sequence[QAction]) -> None:
        """Take actions out of a menu."""
        for action in actions:
            menu.removeAction(action)
            self._window.removeAction(action)
            if action in self._needing:
                self._needing.remove(action)
            action.deleteLater()

    def set_store_open(self, *, open_: bool) -> None:
        """Let the commands that need a store be chosen, or not."""
        self._open = open_
        for action in self._needing:
            action.setEnabled(open_)
