"""Take an import back whole."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from scs_desktop.domain.snapshot import ImportSummary
    from scs_desktop.store import Store, UndoReport


def import_named(*, store: Store, name: str) -> ImportSummary:
    """Return the import of a number in the history, an identity, or a file name that only one import bears.

    Raises:
        UserError: there is none, or several of that name.

    """
    known = store.imports()
    found = [one for one in known if name in {str(one.number), str(one.id)}]
    found = found or [one for one in known if one.file_name == name and not one.undone]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(one.number) for one in found)
        message = f"Several imports are named {name}: give the number, one of {numbers}."
        raise UserError(message)
    message = f"There is no import “{name}”. The command imports lists them."
    raise UserError(message)


def undo_import(*, store: Store, import_id: UUID, at: datetime | None = None) -> UndoReport:
    """Take an import back: its figures are closed, the earlier ones are current again, the history keeps both.

    Raises:
        UserError: it is taken back already.

    """
    return store.undo_import(import_id, at=at)
