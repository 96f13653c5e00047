"""Undo and redo: each says what it would take back, or do again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from scs_desktop.domain.history import redoable, undoable
from scs_desktop.ui.common.session import Session

if TYPE_CHECKING:
    from scs_desktop.domain.history import Change
    from scs_desktop.domain.snapshot import ImportSummary


class Undoing:
    """The two commands of the Edit menu.

    An import is taken back where its figures are shown: ``undo_import`` is given it.
    """

    def __init__(self, session: Session, undo_import: Callable[[ImportSummary], None]) -> None:
        self._session = session
        self._undo_import = undo_import
        self.undo_action = QAction()
        self.redo_action = QAction()
        session.records_changed.connect(self._name)

    def name_in(self, undo: QAction, redo: QAction) -> None:
        """Take the menu's actions, whose words follow the history."""
        self.undo_action, self.redo_action = undo, redo

    def _name(self) -> None:
        changes = self._session.records.changes
        last, again = undoable(changes), redoable(changes)
        closed = self._session.read_only
        self.undo_action.setText(f"&Undo: {plain(last.summary)}" if last is not None else "&Undo")
        self.undo_action.setEnabled(last is not None and not closed)
        self.redo_action.setText(f"&Redo: {plain(again.summary.removeprefix('Undo '))}" if again else "&Redo")
        self.redo_action.setEnabled(again is not None and not closed)

    def undo(self) -> None:
        """Take the latest change back."""
        last = undoable(self._session.records.changes)
        if last is None:
            return
        whole = next((one for one in self._session.records.imports.values() if one.number == last.number), None)
        if whole is not None:
            self._undo_import(whole)
            return
        from scs_desktop.workflows.history import undo_change

        number = last.number

        def told(change: Change) -> None:
            self._session.messages.done(f"Undone: {change.summary}.")

        self._session.change("Undoing", lambda store, _: undo_change(store=store, number=number), told)

    def redo(self) -> None:
        """Do again what was undone last."""
        from scs_desktop.workflows.history import redo_last

        def told(change: Change) -> None:
            self._session.messages.done(f"Done again: {change.summary.removeprefix('Undo ')}.")

        self._session.change("Doing again", lambda store, _: redo_last(store=store), told)


def plain(text: str) -> str:
    """Return a text as a menu shows it: an ampersand is no access key."""
    return text.replace("&", "&&")
