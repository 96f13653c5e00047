"""Making a store and opening one: what is checked before a single byte may change."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import peewee

from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.store.changes import moment_text, transaction
from scs_desktop.store.checks import faults_in, missing_parts
from scs_desktop.store.database import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    StoreDatabase,
    journal_path,
    open_database,
    schema_version_of,
)
from scs_desktop.store.errors import DamagedStore, OlderStore, StoreExists, faults_told
from scs_desktop.store.lock import StoreLock, take_lock
from scs_desktop.store.recovery import put_back_if_damaged
from scs_desktop.store.store import Store
from scs_desktop.store.tables import ALL_TABLES
from scs_desktop.store.upgrades import UPGRADES, upgrade

FULL_CHECK_EVERY = timedelta(days=7)


def create_store(path: Path, *, kind: StoreKind, who: str, at: datetime | None = None) -> Store:
    """Make a new store and open it. Its first change is its making.

    Raises:
        StoreExists: there is a file of that name already.
        StoreReadOnly: the folder cannot be written to.
        StoreInUse: another process is making the same store.
        DiskFull: there is no room on the disk.

    """
    _require_free(path)
    lock = take_lock(path, who=who)
    unfinished = path.with_name(f".{path.name}.{uuid4().hex}.new")
    try:
        with faults_told(path):
            database = open_database(unfinished, create=True)
            try:
                _lay_out(database, kind=kind, who=who, at=at or datetime.now(UTC))
            finally:
                database.close_everywhere()
            _require_free(path)
            unfinished.replace(path)
            return Store(path, open_database(path), who=who, lock=lock)
    except BaseException:
        # What went wrong is told, not that it cannot be tidied up either.
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        lock.release()
        raise


def _require_free(path: Path) -> None:
    if path.exists():
        raise StoreExists(f"There is a file at {path} already. Choose another name for the new store.")
    journal = journal_path(path)
    if journal.exists():
        # SQLite would roll this journal, which belongs to a store that is gone, back into the new one.
        raise StoreExists(
            f"“{journal.name}”, what was left of another store, stands where the new store would be. "
            "Move it away, or choose another name."
        )


def _require_none(path: Path, faults: tuple[str, ...]) -> None:
    if faults:
        raise DamagedStore(
            f"“{path.name}” is damaged ({faults[0]}). It was left as it is: restore the latest backup, "
            "and keep the damaged file."
        )


def _lay_out(database: StoreDatabase, *, kind: StoreKind, who: str, at: datetime) -> None:
    connection = database.raw
    with transaction(connection):
        for table in ALL_TABLES:
            peewee.SchemaManager(table, database).create_all(safe=False)
        written = moment_text(at)
        connection.execute(
            'INSERT INTO "change" ("number", "at", "who", "kind", "summary") VALUES (1, ?, ?, ?, ?)',
            (written, who, ChangeKind.SETUP.value, "Store created"),
        )
        connection.execute(
            'INSERT INTO "store_info" ("only", "id", "kind", "created_at", "created_by", "checked_at") '
            "VALUES (1, ?, ?, ?, ?, ?)",
            (str(uuid4()), kind.value, written, who, moment_text(datetime.now(UTC))),
        )
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def open_store(path: Path, *, who: str, read_only: bool = False, take_over: bool = False) -> Store:
    """Open a store: its first bytes, the lock, then its soundness.

    It is checked in full after an unclean exit and once a week. A store of an older version is
    brought up to date, after a copy of it was made.

    A store that is refused is left as it is to the byte.

    Args:
        path: the file.
        who: the officer, who is named in every change.
        read_only: only look; no lock is taken and nothing beside the file is made.
        take_over: the officer is sure that the computer named as its holder has let it go.

    Raises:
        NotAStore: no such file, empty, not a database, or another program's.
        NewerStore: written by a newer version of the program.
        OlderStore: written by an older version, and to be read only.
        DamagedStore: the file is damaged.
        StoreInUse: another process holds it; ``read_only`` is still possible.
        StoreReadOnly: its folder cannot be written to; ``read_only`` is still possible.

    """
    version = schema_version_of(path)
    if read_only:
        if version < SCHEMA_VERSION:
            raise OlderStore(
                f"“{path.name}” was written by an older version of this program. Open it to change once, so that it "
                "is brought up to date; a copy of it as it is now is made first."
            )
        return _checked(path, who=who, lock=None, unclean=False)
    lock = take_lock(path, who=who, take_over=take_over)
    try:
        unclean = lock.left_behind is not None or journal_path(path).exists()
        with put_back_if_damaged(path):
            return _checked(path, who=who, lock=lock, unclean=unclean)
    except BaseException as error:
        # Whoever tries next is to check in full again.
        lock.release(as_found=isinstance(error, DamagedStore))
        raise


def _checked(path: Path, *, who: str, lock: StoreLock | None, unclean: bool) -> Store:
    database = open_database(path, read_only=lock is None)
    try:
        with faults_told(path):
            _require_none(path, faults_in(database, full=False))
            if lock is not None:
                upgrade(path, database, upgrades=UPGRADES, who=who)
            _require_none(path, missing_parts(database))
            due = lock is not None and _last_full_check(database) < datetime.now(UTC) - FULL_CHECK_EVERY
            if unclean or due:
                _require_none(path, faults_in(database, full=True))
                _note_full_check(database)
            return Store(path, database, who=who, lock=lock)
    except BaseException:
        database.close_everywhere()
        raise


def _last_full_check(database: StoreDatabase) -> datetime:
    rows: list[Any] = database.ask('SELECT "checked_at" FROM "store_info"')
    return datetime.fromisoformat(rows[0][0])


def _note_full_check(database: StoreDatabase) -> None:
    with transaction(database.raw):
        database.ask('UPDATE "store_info" SET "checked_at" = ?', (moment_text(datetime.now(UTC)),))
