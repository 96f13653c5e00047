"""Is the store sound? What SQLite can tell, and what only the hashes of imports and files can."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scs_desktop.store.database import SCHEMA_VERSION, open_database, schema_version_of
from scs_desktop.store.errors import faults_told
from scs_desktop.store.recording import content_hash
from scs_desktop.store.tables import ALL_TABLES, table_name

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a full check of a store found.

    Attributes:
        path: the file.
        changes, figures, imports: how many the store holds; not counted where it is not sound.
        faults: a phrase for each fault; none where the store is sound.

    """

    path: Path
    changes: int
    figures: int
    imports: int
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def verify_store(path: Path) -> CheckReport:
    """Check a store or a backup in full, without changing it.

    Raises:
        NotAStore: no such file, empty, not a database, or another program's.
        NewerStore: written by a newer version of the program.
        DamagedStore: so damaged that it cannot be read.

    """
    version = schema_version_of(path)
    database = open_database(path, read_only=True)
    try:
        with faults_told(path):
            faults = faults_in(database, full=True, of_today=version == SCHEMA_VERSION)
            if faults:
                return CheckReport(path, 0, 0, 0, faults)
            changes, figures, imports = (_count(database, table) for table in ("change", "figure", "return_import"))
    finally:
        database.close_everywhere()
    return CheckReport(path, changes, figures, imports, faults)


def faults_in(database: StoreDatabase, *, full: bool, of_today: bool = True) -> tuple[str, ...]:
    """Return what is wrong.

    Args:
        database: the store's database.
        full: by every check there is, not by the quick one of SQLite alone.
        of_today: the tables are of the present version; those of an older one SQLite alone checks.

    """
    rows: list[Any] = database.ask("PRAGMA integrity_check" if full else "PRAGMA quick_check")
    faults = [str(row[0]) for row in rows if row[0] != "ok"]
    # Where pages are broken, hashes would only say so again.
    if faults or not full:
        return tuple(faults)
    faults += [f"a row of {table} refers to nothing" for table, *_ in database.ask("PRAGMA foreign_key_check")]
    if not of_today:
        return tuple(faults)
    missing = missing_parts(database)
    return (*faults, *(missing or (*_changed_imports(database), *_changed_files(database))))


def missing_parts(database: StoreDatabase) -> tuple[str, ...]:
    """Return what every store of the present version has and this one has not."""
    rows: list[Any] = database.ask("SELECT name FROM sqlite_schema WHERE type = 'table'")
    missing = sorted({table_name(one) for one in ALL_TABLES} - {name for (name,) in rows})
    if not missing and not database.ask('SELECT 1 FROM "store_info"'):
        return ("it does not say what store it is",)
    return tuple(f"the table {name} is missing" for name in missing)


def _changed_imports(database: StoreDatabase) -> list[str]:
    rows: list[Any] = database.ask('SELECT "id", "file_name", "recorded_in", "content_hash" FROM "return_import"')
    return [
        f"the figures of the import of “{file_name}” are not as they were recorded"
        for identifier, file_name, number, expected in rows
        if content_hash(database, identifier, number) != expected
    ]


def _changed_files(database: StoreDatabase) -> list[str]:
    rows: list[Any] = database.ask('SELECT "sha256" FROM "kept_file" WHERE "content" IS NOT NULL')
    changed = []
    for (sha256,) in rows:
        found: list[Any] = database.ask('SELECT "content" FROM "kept_file" WHERE "sha256" = ?', (sha256,))
        if hashlib.sha256(found[0][0]).hexdigest() != sha256:
            changed.append(f"the kept file {sha256[:12]}… is not as it was received")
    return changed


def _count(database: StoreDatabase, table: str) -> int:
    rows: list[Any] = database.ask(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - names of our own
    return int(rows[0][0])
