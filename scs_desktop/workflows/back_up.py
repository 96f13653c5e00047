"""Copies of the store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scs_desktop.store import Store


def back_up(*, store: Store, out: Path) -> Path:
    """Write a verified copy of the store to a new file and return its path.

    Raises:
        UserError: the copy cannot be written there, or does not pass its check.

    """
    from scs_desktop.store import backup_store

    return backup_store(store, out)
