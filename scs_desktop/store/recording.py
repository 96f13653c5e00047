"""Recording figures: versions added and closed, what a later file confirms, and a batch's hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from scs_desktop.domain.figures import FigureKey, FigureKind, Measured, SourceCell
from scs_desktop.store.columns import Cell
from scs_desktop.store.figures import KEY_COLUMNS, MEASURED_COLUMNS, KeyCells, key_cells, marks, measured_cells, quoted

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase

_CONTENT = ("id", *KEY_COLUMNS, *MEASURED_COLUMNS, "note")


@dataclass(frozen=True, slots=True)
class NewFigure:
    """A figure to be recorded: what it is of, what it says, and the cells it was read from."""

    key: FigureKey
    measured: Measured
    sources: tuple[SourceCell, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of recording figures: how many versions were added, and the hash of their content."""

    added: int
    content_hash: str
    replaced: tuple[tuple[NewFigure, str], ...] = ()


def write_figures(
    database: StoreDatabase, number: int, figures: Iterable[NewFigure], import_id: UUID | None
) -> Written:
    """Add a version for each figure that says something new, and close the version before it.

    A figure that says exactly what its open version says adds none: the import confirms that version
    (but a figure typed by hand is replaced by the same figure from a file, which can be traced).

    Raises:
        ValueError: two figures have one key.

    """
    by_key: dict[KeyCells, NewFigure] = {}
    for one in figures:
        cells = key_cells(one.key)
        if cells in by_key:
            message = f"two figures for one key: {one.key}"
            raise ValueError(message)
        by_key[cells] = one
    before = _open_versions(database, {str(cells[0]) for cells in by_key})
    record = next_record(database, "figure")
    rows: list[tuple[Cell, ...]] = []
    sources: list[tuple[Cell, ...]] = []
    closed: list[tuple[int, int]] = []
    replaced: list[tuple[NewFigure, str]] = []
    repeated: list[tuple[int, tuple[SourceCell, ...]]] = []
    digest = hashlib.sha256()
    import_text = None if import_id is None else str(import_id)
    for cells, one in by_key.items():
        measured = measured_cells(one.measured)
        old = before.get(cells)
        if old is not None:
            if old.repeated_by(measured, one.note) and (old.import_id is not None or import_id is None):
                repeated.append((old.record, one.sources))
                continue
            closed.append((number, old.record))
        replaced.append((one, "" if old is None else described(old.measured)))
        identifier = str(uuid4())
        content = (identifier, *cells, *measured, one.note)
        rows.append((record, *content, import_text, number))
        here = [_source_cells(source) for source in one.sources]
        sources.extend((record, ordinal, *source) for ordinal, source in enumerate(here))
        _digest(digest, content, here)
        record += 1
    connection = database.raw
    connection.executemany('UPDATE "figure" SET "superseded_in" = ? WHERE "record" = ?', closed)
    columns = ("record", *_CONTENT, "import_id", "recorded_in")
    connection.executemany(
        f'INSERT INTO "figure" ({quoted(columns)}) VALUES ({marks(len(columns))})',  # noqa: S608
        rows,
    )
    connection.executemany('INSERT INTO "source_cell" VALUES (?, ?, ?, ?, ?, ?)', sources)
    if import_id is not None:
        _confirm(database, str(import_id), repeated)
    return Written(len(rows), digest.hexdigest(), tuple(replaced))


def _says(measured: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return what a figure says: how the text was spelt matters only where the text is the figure."""
    kind, value, decimals, text, bound, finality, origin = measured
    spelt = text if kind == FigureKind.TEXT.value else ""
    return (kind, value, decimals, spelt, bound, finality, origin)


def described(measured: tuple[Cell, ...]) -> str:
    """Return a figure as the audit writes it: its number, or what stands in its place."""
    kind, value, _, text, *_ = measured
    return str(value) if value is not None else f"{kind}: {text}"


def measured_text(measured: Measured) -> str:
    """Return a figure as the audit writes it."""
    return described(measured_cells(measured))


def next_record(database: StoreDatabase, table: str) -> int:
    """Return the number that the table's next row gets."""
    rows: list[Any] = database.ask(f'SELECT coalesce(max("record"), 0) + 1 FROM "{table}"')  # noqa: S608
    return int(rows[0][0])


@dataclass(frozen=True, slots=True)
class _OpenVersion:
    """What is current for a key."""

    record: int
    measured: tuple[Cell, ...]
    note: str
    import_id: str | None

    def repeated_by(self, measured: tuple[Cell, ...], note: str) -> bool:
        """Whether a new figure says exactly what this one says."""
        return _says(self.measured) == _says(measured) and self.note == note


def _open_versions(database: StoreDatabase, series: Collection[str]) -> dict[KeyCells, _OpenVersion]:
    """Return the open versions of some series, by key."""
    found: dict[KeyCells, _OpenVersion] = {}
    sql = (
        f'SELECT {quoted(KEY_COLUMNS)}, {quoted(MEASURED_COLUMNS)}, "record", "note", "import_id" '  # noqa: S608
        'FROM "figure" WHERE "series" = ? AND "superseded_in" IS NULL'
    )
    width = len(KEY_COLUMNS)
    row: Any
    for one in series:
        for row in database.ask(sql, (one,)):
            found[row[:width]] = _OpenVersion(row[-3], row[width:-3], row[-2], row[-1])
    return found


def _confirm(database: StoreDatabase, import_id: str, repeated: Sequence[tuple[int, tuple[SourceCell, ...]]]) -> None:
    """Note that an import says what is current already, and in which cells: it may outlive the first."""
    start = next_record(database, "confirmation")
    numbered = [(start + index, record, sources) for index, (record, sources) in enumerate(repeated)]
    connection = database.raw
    connection.executemany(
        'INSERT INTO "confirmation" ("record", "figure", "import_id") VALUES (?, ?, ?)',
        [(confirmation, record, import_id) for confirmation, record, _ in numbered],
    )
    connection.executemany(
        'INSERT INTO "confirming_cell" VALUES (?, ?, ?, ?, ?, ?)',
        [
            (confirmation, ordinal, *_source_cells(source))
            for confirmation, _, sources in numbered
            for ordinal, source in enumerate(sources)
        ],
    )


def _source_cells(source: SourceCell) -> tuple[str, str, str, str]:
    return (source.sheet, source.cell, source.text, source.role.value)


def _digest(digest: hashlib._Hash, content: Sequence[Cell], sources: Sequence[Sequence[Cell]]) -> None:
    digest.update(json.dumps((content, sources), ensure_ascii=False, separators=(",", ":")).encode())


def content_hash(database: StoreDatabase, import_id: str, number: int) -> str:
    """Return the hash of the figures an import recorded, from what the table holds now."""
    digest = hashlib.sha256()
    cells: list[Any] = database.ask(
        'SELECT c."figure", c."sheet", c."cell", c."text", c."role" FROM "source_cell" c '
        'JOIN "figure" f ON f."record" = c."figure" WHERE f."import_id" = ? AND f."recorded_in" = ? '
        'ORDER BY c."figure", c."ordinal"',
        (import_id, number),
    )
    sources = {record: [row[1:] for row in rows] for record, rows in groupby(cells, key=itemgetter(0))}
    rows: list[Any] = database.ask(
        f'SELECT "record", {quoted(_CONTENT)} FROM "figure" '  # noqa: S608
        'WHERE "import_id" = ? AND "recorded_in" = ? ORDER BY "record"',
        (import_id, number),
    )
    for record, *content in rows:
        _digest(digest, content, sources.get(record, []))
    return digest.hexdigest()
