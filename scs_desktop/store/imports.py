"""Imports: the file kept, its figures recorded as one batch, and the batch taken back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.store.recording import NewFigure, write_figures

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase


@dataclass(frozen=True, slots=True)
class NewImport:
    """A return that is about to be recorded. Without an ``id`` it is given one."""

    agency: UUID
    file_name: str
    received_on: date
    extracted_on: date | None = None
    illustrative: bool = False
    id: UUID | None = None


_SUMMARY = (
    'SELECT "id", "agency", "file_name", "sha256", "received_on", "extracted_on", "recorded_in", "figures", '
    '"undone_in", "illustrative" FROM "return_import"'
)


def _summary(row: tuple[Any, ...], cut: int | None) -> ImportSummary:
    identifier, agency, file_name, sha256, received_on, extracted_on, number, figures, undone_in, illustrative = row
    return ImportSummary(
        UUID(identifier),
        UUID(agency),
        file_name,
        sha256,
        date.fromisoformat(received_on),
        None if extracted_on is None else date.fromisoformat(extracted_on),
        number,
        figures,
        undone_in is not None and (cut is None or undone_in <= cut),
        bool(illustrative),
    )


def imports_at(database: StoreDatabase, cut: int | None = None) -> tuple[ImportSummary, ...]:
    """Return every import recorded up to the cut, the oldest first."""
    if cut is None:
        rows = database.ask(f'{_SUMMARY} ORDER BY "recorded_in", "id"')
    else:
        rows = database.ask(f'{_SUMMARY} WHERE "recorded_in" <= ? ORDER BY "recorded_in", "id"', (cut,))
    return tuple(_summary(row, cut) for row in rows)


def import_by_id(database: StoreDatabase, import_id: UUID) -> ImportSummary | None:
    """Return one import."""
    rows = database.ask(f'{_SUMMARY} WHERE "id" = ?', (str(import_id),))
    return _summary(rows[0], None) if rows else None


def import_with_sha(database: StoreDatabase, sha256: str) -> ImportSummary | None:
    """Return the latest import of a file with these bytes that was not taken back."""
    rows = database.ask(
        f'{_SUMMARY} WHERE "sha256" = ? AND "undone_in" IS NULL ORDER BY "recorded_in" DESC LIMIT 1', (sha256,)
    )
    return _summary(rows[0], None) if rows else None


def import_of(database: StoreDatabase, figure_id: UUID) -> ImportSummary | None:
    """Return the import that brought a figure, or None for a figure typed by hand."""
    rows = database.ask(
        f'{_SUMMARY} WHERE "id" = (SELECT "import_id" FROM "figure" WHERE "id" = ?)',  # noqa: S608
        (str(figure_id),),
    )
    return _summary(rows[0], None) if rows else None


def kept_file(database: StoreDatabase, import_id: UUID) -> bytes | None:
    """Return the bytes of an import's file, or None where they were purged."""
    rows: list[Any] = database.ask(
        'SELECT k."content" FROM "kept_file" k JOIN "return_import" i ON i."sha256" = k."sha256" WHERE i."id" = ?',
        (str(import_id),),
    )
    return bytes(rows[0][0]) if rows and rows[0][0] is not None else None


def write_import(
    database: StoreDatabase, number: int, new: NewImport, file_bytes: bytes, figures: Iterable[NewFigure]
) -> ImportSummary:
    """Keep the file and record its figures as one batch. The import's identity must be known already.

    Raises:
        ValueError: two figures have one key.

    """
    identifier = new.id or uuid4()
    sha256 = hashlib.sha256(file_bytes).hexdigest()
    connection = database.raw
    # A file that was purged and comes again is kept again.
    connection.execute(
        'INSERT INTO "kept_file" ("sha256", "size", "content", "kept_in", "purge_reason") VALUES (?, ?, ?, ?, ?) '
        'ON CONFLICT ("sha256") DO UPDATE SET "content" = excluded."content", "kept_in" = excluded."kept_in", '
        '"purged_in" = NULL, "purge_reason" = \'\' WHERE "kept_file"."content" IS NULL',
        (sha256, len(file_bytes), file_bytes, number, ""),
    )
    extracted_on = None if new.extracted_on is None else new.extracted_on.isoformat()
    # The import stands before its figures: while a reference hangs in the air, SQLite looks through
    # every table that might hold it at each row that is added.
    connection.execute(
        'INSERT INTO "return_import" ("id", "agency", "file_name", "sha256", "received_on", "extracted_on", '
        '"illustrative", "figures", "content_hash", "recorded_in") VALUES (?, ?, ?, ?, ?, ?, ?, 0, \'\', ?)',
        (
            str(identifier),
            str(new.agency),
            new.file_name,
            sha256,
            new.received_on.isoformat(),
            extracted_on,
            int(new.illustrative),
            number,
        ),
    )
    written = write_figures(database, number, figures, identifier)
    connection.execute(
        'UPDATE "return_import" SET "figures" = ?, "content_hash" = ? WHERE "id" = ?',
        (written.added, written.content_hash, str(identifier)),
    )
    return ImportSummary(
        identifier,
        new.agency,
        new.file_name,
        sha256,
        new.received_on,
        new.extracted_on,
        number,
        written.added,
        undone=False,
        illustrative=new.illustrative,
    )
