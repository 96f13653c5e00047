"""The one place where a store's SQLite file is opened, and the checks of its first bytes."""

from __future__ import annotations

import sqlite3
import struct
import threading
from typing import TYPE_CHECKING

import peewee

from scs_desktop.store.errors import DamagedStore, NewerStore, NotAStore, StoreReadOnly

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

APPLICATION_ID = 0x53434453
"""The four bytes "SCDS" in the header of every store."""

SCHEMA_VERSION = 2
"""The version of the tables that this program writes."""

BUSY_SECONDS = 5
_HEADER = 100
_MAGIC = b"SQLite format 3\x00"
_USER_VERSION_AT = 60
_APPLICATION_ID_AT = 68

_PRAGMAS = (
    ("foreign_keys", "ON"),
    # A write-ahead log breaks on network shares, where council files live.
    ("journal_mode", "DELETE"),
    ("synchronous", "EXTRA"),
    ("trusted_schema", "OFF"),
    ("cell_size_check", "ON"),
    ("mmap_size", 0),
    ("secure_delete", "ON"),
    # In KiB: room for a large import, so that it reaches the disk once.
    ("cache_size", -32_000),
)


class StoreDatabase(peewee.SqliteDatabase):
    """A SQLite file that any thread may ask; each thread has its own connection."""

    def __init__(self, path: Path, mode: str) -> None:
        self._opened: list[sqlite3.Connection] = []
        self._opening = threading.Lock()
        self._ended = False
        super().__init__(
            f"{path.absolute().as_uri()}?mode={mode}",
            pragmas=_PRAGMAS,
            lock_type="IMMEDIATE",
            timeout=BUSY_SECONDS,
            uri=True,
            # Each thread uses its own connection; only closing reaches over to the others.
            check_same_thread=False,
        )

    def _connect(self) -> sqlite3.Connection:
        if self._ended:
            # A late question must not open the file again, which another process may hold by now.
            message = "the store is closed"
            raise RuntimeError(message)
        opened: sqlite3.Connection = super()._connect()  # type: ignore[misc]  # left out of the stubs
        with self._opening:
            self._opened.append(opened)
        return opened

    def close_everywhere(self) -> None:
        """Close the connections of all threads. No other thread may be asking a question then."""
        self._ended = True
        if not self.is_closed():
            self.close()
        with self._opening:
            for one in self._opened:
                one.close()
            self._opened.clear()

    def rows(self, query: peewee.Query) -> list[tuple[object, ...]]:
        """Return the plain rows of a query."""
        sql, parameters = self.get_sql_context().sql(query).query()  # type: ignore[no-untyped-call]
        return self.ask(sql, parameters)

    def ask(self, sql: str, parameters: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Return the plain rows of a statement."""
        return self.raw.execute(sql, tuple(parameters)).fetchall()

    @property
    def raw(self) -> sqlite3.Connection:
        """The calling thread's connection."""
        connection: sqlite3.Connection = self.connection()  # type: ignore[no-untyped-call]
        return connection


def journal_path(path: Path) -> Path:
    """Return where SQLite keeps what it needs to take back a change that was cut off."""
    return path.with_name(f"{path.name}-journal")


def open_database(path: Path, *, read_only: bool = False, create: bool = False) -> StoreDatabase:
    """Return the file as a database with every safeguard set. An encrypted store would be opened here.

    Nothing is read yet: the first question connects.
    """
    mode = "ro" if read_only else "rwc" if create else "rw"
    return StoreDatabase(path, mode)


def schema_version_of(path: Path) -> int:
    """Return the version of the store's tables from the file's first bytes, without opening it as a database.

    Raises:
        NotAStore: no such file, empty, not a database, or another program's.
        NewerStore: written by a newer version of the program.
        DamagedStore: cut short.
        StoreReadOnly: it may not be read.

    """
    if not path.is_file():
        raise NotAStore(f"There is no store at {path}.")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise StoreReadOnly(f"“{path.name}” cannot be read: {error.strerror}.") from error
    if not header:
        raise NotAStore(f"“{path.name}” is empty: it is no store. It was left as it is.")
    if not header.startswith(_MAGIC[: len(header)]):
        raise NotAStore(f"“{path.name}” is no store of this program, but another kind of file. It was left as it is.")
    if len(header) < _HEADER:
        raise DamagedStore(f"“{path.name}” is cut short. It was left as it is: restore the latest backup.")
    (application,) = struct.unpack_from(">I", header, _APPLICATION_ID_AT)
    (version,) = struct.unpack_from(">I", header, _USER_VERSION_AT)
    if application != APPLICATION_ID or version == 0:
        raise NotAStore(f"“{path.name}” is another program's database. It was left as it is.")
    if version > SCHEMA_VERSION:
        raise NewerStore(
            f"“{path.name}” was written by a newer version of this program. It was left as it is: update the program "
            "on this computer to open it."
        )
    return int(version)
