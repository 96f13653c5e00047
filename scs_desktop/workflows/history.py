"""What was changed, and taking the latest change back or doing it again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import Change, ChangeKind, redoable, undoable
from scs_desktop.domain.targets import Target

if TYPE_CHECKING:
    from scs_desktop.store import Store


def history(*, store: Store, limit: int | None = None) -> tuple[Change, ...]:
    """Return what was changed, the latest first."""
    return store.changes(limit)


def undo_last(*, store: Store, at: datetime | None = None) -> Change:
    """Take the latest change back, an import whole, and return it.

    Raises:
        UserError: there is nothing to undo, or something later touched the same.

    """
    last = undoable(store.changes())
    if last is None:
        message = "There is nothing to undo. What a board signed off is withdrawn, not undone."
        raise UserError(message)
    return undo_change(store=store, number=last.number, at=at)


def undo_change(*, store: Store, number: int, at: datetime | None = None) -> Change:
    """Take one change back and return it.

    Raises:
        UserError: there is no such change, something later touched the same, or it added a meeting that a signed
            paper or another target names.

    """
    change = next((one for one in store.changes() if one.number == number), None)
    if change is None:
        raise UserError(f"There is no change {number}. The command history lists them.")
    if change.kind is ChangeKind.IMPORT:
        whole = next((one for one in store.imports() if one.number == number), None)
        if whole is not None:
            store.undo_import(whole.id, at=at)
            return change
    _refuse_named(store, change)
    store.undo_change(number, at=at)
    return change


def redo_last(*, store: Store, at: datetime | None = None) -> Change:
    """Do again what was undone last, and return the undo that was taken back.

    Raises:
        UserError: there is nothing to do again.

    """
    last = redoable(store.changes())
    if last is None:
        message = "There is nothing to do again. An import that was undone is read again from its file."
        raise UserError(message)
    _refuse_named(store, last)
    store.undo_change(last.number, at=at)
    return last


def _refuse_named(store: Store, change: Change) -> None:
    """A meeting that a signed paper or another target names stays: without it they would be nobody's decision."""
    lines = store.audit(change=change.number)
    added = {str(one.entity_id) for one in lines if (one.entity, one.what) == ("meeting", "added")}
    if not added:
        return
    if any(str(one.meeting) in added for one in store.sign_offs()):
        raise UserError(
            f"“{change.summary}” added a meeting that a signed paper names, so it stays. "
            "What was approved at it can be withdrawn, with the reason."
        )
    touched = {str(one.entity_id) for one in lines}
    if any(str(one.meeting) in added and str(one.id) not in touched for one in store.all_of(Target)):
        raise UserError(
            f"“{change.summary}” added a meeting at which another target was approved too. Undo that first."
        )
