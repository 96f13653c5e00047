"""Upgrades: how a store of an older version becomes one of the present, without losing a row.

Each upgrade is a named function on plain SQL, independent of today's tables, with a docstring that
says what it changes; the docstring is logged and stands in the store's history. To make one: write
the function, add it to ``UPGRADES`` with the tables whose number of rows it may change, raise
``SCHEMA_VERSION``, and add a database of the version before to the tests.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.domain.history import ChangeKind
from scs_desktop.store.backup import copy_checked, require_intact
from scs_desktop.store.changes import moment_text, transaction
from scs_desktop.store.errors import faults_told
from scs_desktop.store.version_2 import add_breaks_rollups_costs_and_cohorts

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One step from the version before to ``to_version``.

    Attributes:
        to_version: the version after it.
        run: changes tables and rows; it neither begins nor ends a transaction.
        may_change: tables whose number of rows it may change; that of all others is checked.

    """

    to_version: int
    run: Callable[[sqlite3.Connection], None]
    may_change: frozenset[str] = frozenset()

    @property
    def summary(self) -> str:
        """What it changes: the first line of the function's docstring."""
        return (self.run.__doc__ or self.run.__name__).strip().splitlines()[0]


UPGRADES: tuple[Upgrade, ...] = (Upgrade(2, add_breaks_rollups_costs_and_cohorts),)
"""Every step, in order. Version 1 is the first."""


def upgrade(
    path: Path, database: StoreDatabase, *, upgrades: Sequence[Upgrade], who: str, at: datetime | None = None
) -> Path | None:
    """Bring a locked store up to date in one transaction, after a checked copy of it was made.

    Returns:
        the copy made before, named after the version; None where there was nothing to do.

    Raises:
        DamagedStore: the copy is not sound; the store is as it was.
        DiskFull, StoreReadOnly: the copy or the upgrade found no room or no permission.
        RuntimeError: an upgrade lost rows or references; the store is as it was.

    """
    connection = database.raw
    ((version,),) = connection.execute("PRAGMA user_version").fetchall()
    steps = [one for one in upgrades if one.to_version > version]
    if not steps:
        return None
    copy = copy_checked(database, path.with_name(f"{path.name}.version-{version}.backup"), require_intact)
    _log.info("upgrading a store from version %s to %s", version, steps[-1].to_version)
    # A table that is rebuilt under watched references would take the rows that refer to it along.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with faults_told(path), transaction(connection):
            for step in steps:
                _take(step, connection)
                _record(step, connection, who=who, at=at or datetime.now(UTC))
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return copy


def _take(step: Upgrade, connection: sqlite3.Connection) -> None:
    _log.info("version %s: %s", step.to_version, step.summary)
    before = _row_counts(connection)
    step.run(connection)
    after = _row_counts(connection)
    for table, count in before.items():
        if table not in step.may_change and after.get(table) != count:
            message = f"upgrade to {step.to_version} changed {table} from {count} rows to {after.get(table)}"
            raise RuntimeError(message)
    if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        message = f"upgrade to {step.to_version} left a row that refers to nothing"
        raise RuntimeError(message)
    connection.execute(f"PRAGMA user_version = {step.to_version}")


def _row_counts(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {
        table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
        for (table,) in tables.fetchall()
    }


def _record(step: Upgrade, connection: sqlite3.Connection, *, who: str, at: datetime) -> None:
    connection.execute(
        'INSERT INTO "change" ("number", "at", "who", "kind", "summary") '
        'SELECT coalesce(max("number"), 0) + 1, ?, ?, ?, ? FROM "change"',
        (moment_text(at), who, ChangeKind.UPGRADE.value, f"Upgrade to version {step.to_version}: {step.summary}"),
    )
