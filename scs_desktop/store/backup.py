"""Backups: a whole copy, opened and checked before it takes its name, and only then older ones thinned."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from scs_desktop.domain.errors import UserError
from scs_desktop.store.checks import faults_in, verify_store
from scs_desktop.store.database import StoreDatabase, open_database
from scs_desktop.store.errors import DamagedStore, StoreExists, StoreReadOnly, faults_told
from scs_desktop.store.lock import lock_path

if TYPE_CHECKING:
    from scs_desktop.store.store import Store

KEEP_DAYS, KEEP_WEEKS, KEEP_MONTHS = 12, 10, 9
"""Of how many of the latest days, weeks and months that have a backup the latest one is kept."""

_STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup in a folder, by its name."""

    path: Path
    at: datetime


def backup_store(store: Store, target: Path) -> Path:
    """Write a checked copy of the store to a file; an earlier backup of the same store is replaced.

    The copy is made beside the target, checked in full, and only then given the target's name.

    Raises:
        StoreExists: the target is something else than a backup of this store.
        StoreReadOnly: the target's folder is not there or cannot be written to.
        DiskFull: there is no room on the disk.
        DamagedStore: the copy is not sound; nothing was replaced.

    """
    _require_replaceable(store, target)

    def require_sound(copy: Path) -> None:
        report = verify_store(copy)
        if not report.sound:
            raise DamagedStore(
                f"The backup of “{store.path.name}” is not sound ({report.faults[0]}), so it was not kept. "
                "Check the store."
            )

    return copy_checked(store.database, target, require_sound)


def backup_into(store: Store, folder: Path, *, at: datetime | None = None) -> Path:
    """Write a checked copy named after the moment into a folder, then thin the older ones there.

    Raises:
        StoreReadOnly: the folder cannot be written to.
        DiskFull: there is no room on the disk.
        DamagedStore: the copy is not sound; nothing was thinned.

    """
    moment = (at or datetime.now(UTC)).astimezone(UTC)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(f"The backup folder {folder} cannot be made: {error.strerror}.") from error
    made = backup_store(store, folder / f"{store.path.stem}-{moment.strftime(_STAMP)}.backup")
    for one in superfluous(backups_in(folder, store.path.stem)):
        one.path.unlink(missing_ok=True)
    return made


def backups_in(folder: Path, stem: str) -> tuple[Backup, ...]:
    """Return the backups of a store in a folder, the latest first. Other files there are none of ours."""
    pattern = re.compile(rf"{re.escape(stem)}-(\d{{8}}T\d{{6}}Z)\.backup")
    found = [
        Backup(path, datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC))
        for path in folder.iterdir()
        if (match := pattern.fullmatch(path.name)) is not None
    ]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def superfluous(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return the backups that are the latest of none of the latest days, weeks and months. Never the latest."""
    latest_first = sorted(backups, key=lambda one: one.at, reverse=True)
    spans: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (KEEP_DAYS, datetime.date),
        (KEEP_WEEKS, lambda at: at.isocalendar()[:2]),
        (KEEP_MONTHS, lambda at: (at.year, at.month)),
    )
    kept: set[Path] = set()
    for count, span_of in spans:
        latest_of: dict[object, Backup] = {}
        for one in latest_first:
            latest_of.setdefault(span_of(one.at), one)
        kept |= {one.path for one in list(latest_of.values())[:count]}
    return tuple(one for one in latest_first if one.path not in kept)


def copy_checked(database: StoreDatabase, target: Path, require_sound: Callable[[Path], None]) -> Path:
    """Copy a database beside the target, have the copy checked, then give it the target's name."""
    unfinished = target.with_name(f".{target.name}.{uuid4().hex}.new")
    try:
        with faults_told(target):
            copy = open_database(unfinished, create=True)
            try:
                database.raw.backup(copy.raw)
            finally:
                copy.close_everywhere()
            require_sound(unfinished)
        _replace(unfinished, target)
    except BaseException:
        # What went wrong is told, not that it cannot be tidied up either.
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
        raise
    return target


def require_intact(copy: Path) -> None:
    """Check a copy whose tables may be an older version's: what SQLite can tell.

    Raises:
        DamagedStore: the copy is not sound.

    """
    database = open_database(copy, read_only=True)
    try:
        faults = faults_in(database, full=False)
    finally:
        database.close_everywhere()
    if faults:
        raise DamagedStore(f"The copy made before the upgrade is not sound ({faults[0]}). The store was left as it is.")


def _replace(unfinished: Path, target: Path) -> None:
    try:
        unfinished.replace(target)
    except OSError as error:
        raise StoreReadOnly(f"The backup could not be named {target}: {error.strerror}.") from error
    if sys.platform != "win32":
        # The name itself must reach the disk before anything relies on it.
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _require_replaceable(store: Store, target: Path) -> None:
    if not target.exists():
        return
    refused = StoreExists(
        f"There is a file at {target} that is no backup of this store. Choose another name for the backup."
    )
    if target.samefile(store.path) or lock_path(target).exists():
        raise refused
    try:
        verify_store(target)
        database = open_database(target, read_only=True)
        try:
            rows: list[Any] = database.ask('SELECT "id" FROM "store_info"')
        finally:
            database.close_everywhere()
    except UserError as error:
        raise refused from error
    if rows[0][0] != str(store.id):
        raise refused
