"""Copies of the store, made by hand or once a day, and bringing one back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.domain.history import StoreKind

if TYPE_CHECKING:
    from scs_desktop.store import Backup, Restored, RestorePreview, Store

BACKUPS = "Backups"
"""The folder beside a store in which its daily backups lie."""


def back_up(*, store: Store, out: Path) -> Path:
    """Write a verified copy of the store to a new file and return its path.

    Raises:
        UserError: the copy cannot be written there, or does not pass its check.

    """
    from scs_desktop.store import backup_store

    return backup_store(store, out)


def backup_folder(store_path: Path) -> Path:
    """Return where a store's daily backups lie."""
    return store_path.parent / BACKUPS


def backups(*, store_path: Path, folder: Path | None = None) -> tuple[Backup, ...]:
    """Return the backups of a store in its folder of backups, the latest first."""
    from scs_desktop.store import backups_in

    inside = folder or backup_folder(store_path)
    return backups_in(inside, store_path.stem) if inside.is_dir() else ()


def back_up_into_folder(*, store: Store, folder: Path | None = None, at: datetime | None = None) -> Path:
    """Write a verified copy into the store's folder of backups, thin the older ones there, and return its path.

    Raises:
        UserError: it cannot be written there, or does not pass its check.

    """
    from scs_desktop.store import backup_into

    return backup_into(store, folder or backup_folder(store.path), at=at)


def back_up_daily(*, store: Store, folder: Path | None = None, at: datetime | None = None) -> Path | None:
    """Write the day's backup of a real store that can be changed, unless there is one; return its path if written.

    Older ones are thinned to the latest of 12 days, 10 weeks and 9 months, and only after the new one is checked.

    Raises:
        UserError: it cannot be written there, or does not pass its check.

    """
    if store.kind is not StoreKind.REAL or store.read_only:
        return None
    now = at or datetime.now(UTC)
    inside = folder or backup_folder(store.path)
    made = backups(store_path=store.path, folder=inside)
    if made and made[0].at.astimezone().date() >= now.astimezone().date():
        return None
    return back_up_into_folder(store=store, folder=inside, at=now)


def restore_preview(*, backup: Path, store_path: Path) -> RestorePreview:
    """Tell what bringing a backup back would do to the store. Nothing is changed.

    Raises:
        UserError: it is no sound backup, or one of another store.

    """
    from scs_desktop.store import preview_restore

    return preview_restore(backup, store_path)


def restore(*, backup: Path, store_path: Path, who: str, at: datetime | None = None) -> Restored:
    """Bring a backup back in a store's place; what stood there is kept beside it.

    Raises:
        UserError: it is no sound backup, one of another store, or the store is in use or cannot be written to.

    """
    from scs_desktop.store import restore_store

    return restore_store(backup, store_path, who=who, at=at)
