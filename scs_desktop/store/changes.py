"""Changes: one transaction each, numbered upward, all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from scs_desktop.domain.history import Change, ChangeKind
from scs_desktop.store.recorder import Recorder

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase


def moment_text(at: datetime) -> str:
    """Return a moment as the store writes it: UTC, of one width, so that text order is time order.

    Raises:
        ValueError: the moment has no time zone.

    """
    if at.tzinfo is None:
        message = "a moment needs its time zone"
        raise ValueError(message)
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@contextmanager
def transaction(connection: sqlite3.Connection, begin: str = "BEGIN IMMEDIATE") -> Iterator[None]:
    """All or nothing. The first error is the one that is told, not that of rolling back after it."""
    connection.execute(begin)
    try:
        yield
        if connection.in_transaction:
            connection.execute("COMMIT")
    except BaseException:
        # A full disk has rolled back already.
        if connection.in_transaction:
            connection.rollback()
        raise


@contextmanager
def change_of(
    database: StoreDatabase,
    *,
    kind: ChangeKind,
    who: str,
    summary: str,
    at: datetime | None = None,
    undoes: int | None = None,
) -> Iterator[Recorder]:
    """Open a change; what its body records becomes history when the body ends well, else nothing does.

    A change that records nothing leaves no trace.

    Raises:
        RuntimeError: a change is open already in this thread.
        ValueError: something recorded refers to what the store does not know.

    """
    connection = database.raw
    if connection.in_transaction:
        message = "a change is open already: changes do not nest"
        raise RuntimeError(message)
    moment = at or datetime.now(UTC)
    written = moment_text(moment)
    with transaction(connection):
        ((number,),) = connection.execute('SELECT coalesce(max("number"), 0) + 1 FROM "change"').fetchall()
        connection.execute(
            'INSERT INTO "change" ("number", "at", "who", "kind", "summary", "undoes") VALUES (?, ?, ?, ?, ?, ?)',
            (number, written, who, kind.value, summary, undoes),
        )
        recorder = Recorder(database, number, moment)
        yield recorder
        if not recorder.touched:
            connection.rollback()
            return
        recorder.finish()
        try:
            connection.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise ValueError(_unknown_reference(connection)) from error


def _unknown_reference(connection: sqlite3.Connection) -> str:
    """Name what a change refers to in vain, which SQLite itself does not."""
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        return f"row {row} of {table} refers to something in {parent} that the store does not know"
    return "something recorded refers to what the store does not know"


def changes_of(database: StoreDatabase, limit: int | None = None) -> tuple[Change, ...]:
    """Return the changes, the latest first."""
    sql = 'SELECT "number", "at", "who", "kind", "summary", "undoes" FROM "change" ORDER BY "number" DESC'
    rows: list[Any] = database.ask(sql) if limit is None else database.ask(f"{sql} LIMIT ?", (limit,))
    return tuple(
        Change(number, datetime.fromisoformat(at), who, ChangeKind(kind), summary, undoes)
        for number, at, who, kind, summary, undoes in rows
    )
