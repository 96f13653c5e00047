"""Putting a backup in a store's place: looked at first, the store that was there kept beside."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import Change, ChangeKind
from scs_desktop.store.backup import copy_checked
from scs_desktop.store.changes import changes_of, moment_text, transaction
from scs_desktop.store.checks import verify_store
from scs_desktop.store.database import journal_path, open_database
from scs_desktop.store.errors import DamagedStore, DiskFault, StoreExists, faults_told
from scs_desktop.store.lock import take_lock

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase

_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class RestorePreview:
    """What putting a backup in a store's place would do.

    Attributes:
        backup, target: the files.
        last: the backup's latest change.
        changes, figures, imports: how many it holds.
        lost: changes of the store that the backup does not hold, the latest first.
        unreadable: why the present store cannot be read; empty where it can, or where there is none.

    """

    backup: Path
    target: Path
    last: Change
    changes: int
    figures: int
    imports: int
    lost: tuple[Change, ...]
    unreadable: str = ""


@dataclass(frozen=True, slots=True)
class Restored:
    """A store that was brought back; ``kept`` is where what stood there before lies now."""

    path: Path
    kept: Path | None


def preview_restore(backup: Path, target: Path) -> RestorePreview:
    """Check a backup in full and tell what putting it in the target's place would lose. Nothing is changed.

    Raises:
        NotAStore, NewerStore, DamagedStore: the backup is no sound store.
        StoreExists: the target is another store, or the backup itself.

    """
    report = verify_store(backup)
    if not report.sound:
        raise DamagedStore(f"“{backup.name}” is not sound ({report.faults[0]}). Nothing was changed: take another one.")
    identity, changes = _account_of(backup)
    lost: tuple[Change, ...] = ()
    unreadable = ""
    if target.exists():
        if target.samefile(backup):
            raise StoreExists(f"“{backup.name}” is the store itself. Choose one of its backups.")
        try:
            own, present = _account_of(target)
        except UserError as error:
            unreadable = str(error)
        else:
            if own != identity:
                raise StoreExists(
                    f"“{backup.name}” is a backup of another store than “{target.name}”. Nothing was changed: open it "
                    "as a store of its own instead."
                )
            held = {(one.number, one.at) for one in changes}
            lost = tuple(one for one in present if (one.number, one.at) not in held)
    return RestorePreview(
        backup, target, changes[0], report.changes, report.figures, report.imports, lost, unreadable
    )  # fmt: skip


def restore_store(backup: Path, target: Path, *, who: str, at: datetime | None = None) -> Restored:
    """Put a checked backup in a store's place; the store that was there is kept beside it under another name.

    Raises:
        NotAStore, NewerStore, DamagedStore: the backup is no sound store.
        StoreExists: the target is another store, or the backup itself.
        StoreInUse: somebody works on the store.
        DiskFault, DiskFull, StoreReadOnly: there is no room or permission; the store is as it was.

    """
    preview_restore(backup, target)
    moment = at or datetime.now(UTC)
    lock = take_lock(target, who=who)
    try:
        kept = _keep(target, moment) if target.exists() else None
        database = open_database(backup, read_only=True)
        try:
            copy_checked(database, target, lambda copy: _note(copy, backup, who=who, at=moment))
        finally:
            database.close_everywhere()
        return Restored(target, kept)
    finally:
        lock.release()


def _account_of(path: Path) -> tuple[str, tuple[Change, ...]]:
    database = open_database(path, read_only=True)
    try:
        with faults_told(path):
            rows: list[Any] = database.ask('SELECT "id" FROM "store_info"')
            return str(rows[0][0]), changes_of(database)
    finally:
        database.close_everywhere()


def _keep(target: Path, moment: datetime) -> Path:
    """Copy the store, and its journal if a change was cut off, to another name; then settle the journal.

    A journal left beside would be rolled back into the backup that takes the store's place.
    """
    stamp = moment.astimezone(UTC).strftime(_STAMP)
    kept = target.with_name(f"{target.stem}-before-restore-{stamp}{target.suffix}")
    journal = journal_path(target)
    try:
        shutil.copy2(target, kept)
        if journal.exists():
            shutil.copy2(journal, journal_path(kept))
            journal.unlink()
    except OSError as error:
        for one in (kept, journal_path(kept)):
            with suppress(OSError):
                one.unlink(missing_ok=True)
        raise DiskFault(
            f"“{target.name}” could not be kept beside ({error.strerror}), so nothing was restored. Make room, and "
            "try again."
        ) from error
    return kept


def _note(copy: Path, backup: Path, *, who: str, at: datetime) -> None:
    """Write into the copy's history where it comes from, and check it."""
    database = open_database(copy)
    try:
        _record(database, f"Restored from the backup {backup.name}", who=who, at=at)
    finally:
        database.close_everywhere()
    report = verify_store(copy)
    if not report.sound:
        raise DamagedStore(f"The copy of “{backup.name}” is not sound ({report.faults[0]}). Nothing was restored.")


def _record(database: StoreDatabase, summary: str, *, who: str, at: datetime) -> None:
    connection = database.raw
    with transaction(connection):
        connection.execute(
            'INSERT INTO "change" ("number", "at", "who", "kind", "summary") '
            'SELECT coalesce(max("number"), 0) + 1, ?, ?, ?, ? FROM "change"',
            (moment_text(at), who, ChangeKind.SETUP.value, summary),
        )
