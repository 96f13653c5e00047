"""Imports: the file kept, its figures recorded as one batch, and the batch taken back."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.publication import SignOff, SignOffState
from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.store.columns import Cell
from scs_desktop.store.entities import load
from scs_desktop.store.figures import KEY_COLUMNS, KeyCells, NewFigure, marks, quoted, write_figures

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


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What taking an import back did.

    Attributes:
        closed: figures of the import that were current and are so no longer.
        reopened: of these, how many have their earlier figure again.
        kept: figures of the import that later ones had replaced already; these stay.
        reasons: a sentence for each cause why something stays.

    """

    closed: int
    reopened: int
    kept: int
    reasons: tuple[str, ...] = ()


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
    rows = database.ask(f'{_SUMMARY} WHERE "id" = (SELECT "import_id" FROM "figure" WHERE "id" = ?)', (str(figure_id),))
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


@dataclass(frozen=True, slots=True)
class _Version:
    """A figure's version as the undo needs it."""

    record: int
    import_id: str | None
    recorded_in: int
    superseded_in: int | None


def take_back(database: StoreDatabase, number: int, import_id: UUID) -> UndoReport:
    """Close the import's current figures and bring the earlier ones back as new versions, as of now.

    The earlier figure is the latest before it that comes from no import taken back.

    Raises:
        RefusedError: no such import, or it was taken back before.

    """
    summary = import_by_id(database, import_id)
    if summary is None:
        raise RefusedError("There is no such import in this store.")
    if summary.undone:
        raise RefusedError(f"The import of “{summary.file_name}” was undone before. Nothing was changed.")
    connection = database.raw
    connection.execute('UPDATE "return_import" SET "undone_in" = ? WHERE "id" = ?', (number, str(import_id)))
    undone = {str(one.id) for one in imports_at(database) if one.undone}
    closed: list[int] = []
    reopened: list[int] = []
    beneath: Counter[str | None] = Counter()
    for versions in _versions_by_key(database, import_id).values():
        current = next((one for one in versions if one.superseded_in is None), None)
        if current is None:
            continue
        if current.import_id != str(import_id):
            beneath[current.import_id] += 1
            continue
        closed.append(current.record)
        earlier = _earlier(versions, current, undone)
        if earlier is not None:
            reopened.append(earlier.record)
    connection.executemany(
        'UPDATE "figure" SET "superseded_in" = ? WHERE "record" = ?', [(number, record) for record in closed]
    )
    _reopen(database, number, reopened)
    reasons = (*_later_sentences(database, beneath), *_sign_off_sentences(database, summary))
    return UndoReport(len(closed), len(reopened), beneath.total(), reasons)


def _versions_by_key(database: StoreDatabase, import_id: UUID) -> dict[KeyCells, list[_Version]]:
    """Return all versions of the figures that an import brought."""
    found: dict[KeyCells, list[_Version]] = defaultdict(list)
    match_key = " AND ".join(f'f."{column}" = m."{column}"' for column in KEY_COLUMNS)
    rows: list[Any] = database.ask(
        f'SELECT {quoted(KEY_COLUMNS, "f.")}, f."record", f."import_id", f."recorded_in", f."superseded_in" '  # noqa: S608
        'FROM "figure" f '
        f'JOIN (SELECT DISTINCT {quoted(KEY_COLUMNS)} FROM "figure" WHERE "import_id" = ?) m ON {match_key} '
        'ORDER BY f."record"',
        (str(import_id),),
    )
    width = len(KEY_COLUMNS)
    for row in rows:
        found[row[:width]].append(_Version(*row[width:]))
    return found


def _earlier(versions: list[_Version], current: _Version, undone: set[str]) -> _Version | None:
    """Walk back from the current version to the latest that no undone import brought."""
    replaced_by = {one.superseded_in: one for one in versions}
    step: _Version | None = current
    while step is not None:
        step = replaced_by.get(step.recorded_in)
        if step is not None and step.import_id not in undone:
            return step
    return None


def _reopen(database: StoreDatabase, number: int, records: list[int]) -> None:
    """Record earlier versions again, with their cells: the old ones stay closed, history keeps both."""
    rows: list[Any] = database.ask('SELECT coalesce(max("record"), 0) + 1 FROM "figure"')
    start = int(rows[0][0])
    same = (*KEY_COLUMNS, "kind", "value", "decimals", "text", "bound", "finality", "origin", "import_id", "note")
    copies: list[tuple[Cell, ...]] = [
        (start + index, str(uuid4()), number, record) for index, record in enumerate(records)
    ]
    connection = database.raw
    connection.executemany(
        f'INSERT INTO "figure" ("record", "id", "recorded_in", "restores", {quoted(same)}) '  # noqa: S608
        f'SELECT {marks(3)}, "record", {quoted(same)} FROM "figure" WHERE "record" = ?',
        copies,
    )
    connection.executemany(
        'INSERT INTO "source_cell" SELECT ?, "ordinal", "sheet", "cell", "text", "role" '
        'FROM "source_cell" WHERE "figure" = ?',
        [(copy[0], copy[3]) for copy in copies],
    )


def _later_sentences(database: StoreDatabase, beneath: Counter[str | None]) -> list[str]:
    sentences = []
    for later, count in beneath.items():
        noun = "figure" if count == 1 else "figures"
        if later is None:
            sentences.append(f"{count:,} {noun} of it have since been entered by hand: they stay as entered.")
            continue
        summary = import_by_id(database, UUID(later))
        name = "a later import" if summary is None else f"“{summary.file_name}”"
        sentences.append(f"{count:,} {noun} of it have since been replaced by {name}: they stay as that file has them.")
    return sentences


def _sign_off_sentences(database: StoreDatabase, summary: ImportSummary) -> list[str]:
    signed = [
        one for one in load(database, SignOff) if one.state is SignOffState.SIGNED and one.as_at >= summary.number
    ]
    return [
        f"The paper signed off for the position to {one.position.day} {one.position:%B %Y} was made with it: "
        "that paper stays as it was signed."
        for one in signed
    ]
