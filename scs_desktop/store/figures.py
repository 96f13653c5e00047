"""Figures in and out of their table: append-only versions, each with the cells it was read from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from scs_desktop.domain.figures import (
    Figure,
    FigureKey,
    FigureKind,
    Finality,
    Measured,
    Origin,
    Part,
    SourceCell,
    SourceRole,
)
from scs_desktop.domain.periods import Period, PeriodKind
from scs_desktop.store.columns import Cell, day_of, uuid_of

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase

KEY_COLUMNS = ("series", "area", "period_start", "period_end", "period_kind", "follow_up_end", "part", "component")
_MEASURED_COLUMNS = ("kind", "value", "decimals", "text", "bound", "finality", "origin")
_READ = ("id", *KEY_COLUMNS, *_MEASURED_COLUMNS, "import_id", "note", "recorded_in", "superseded_in")
_CONTENT = ("id", *KEY_COLUMNS, *_MEASURED_COLUMNS, "note")
_KEY_END = 1 + len(KEY_COLUMNS)
_MEASURED_END = _KEY_END + len(_MEASURED_COLUMNS)
# SQLite allows some tens of thousands of parameters, older builds 999.
CHUNK = 500

_PARTS = {one.value: one for one in Part}
_KINDS = {one.value: one for one in FigureKind}
_FINALITIES = {one.value: one for one in Finality}
_ORIGINS = {one.value: one for one in Origin}
_ROLES = {one.value: one for one in SourceRole}

KeyCells = tuple[Cell, ...]


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


def key_cells(key: FigureKey) -> KeyCells:
    """Return the key in columns. A period without follow-up has an empty text there, so that keys can be unique."""
    period = key.period
    return (
        str(key.series),
        str(key.area),
        period.start.isoformat(),
        period.end.isoformat(),
        period.kind.value,
        "" if period.follow_up_end is None else period.follow_up_end.isoformat(),
        key.part.value,
        key.component,
    )


def _measured_cells(measured: Measured) -> tuple[Cell, ...]:
    return (
        measured.kind.value,
        _exact_text(measured.value),
        measured.decimals,
        measured.text,
        _exact_text(measured.bound),
        measured.finality.value,
        measured.origin.value,
    )


def _exact_text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


@lru_cache(maxsize=4096)
def _period(start: str, end: str, kind: str, follow_up_end: str) -> Period:
    follow = day_of(follow_up_end) if follow_up_end else None
    return Period(day_of(start), day_of(end), PeriodKind(kind), follow)


def _key(cells: Sequence[Any]) -> FigureKey:
    series, area, start, end, kind, follow, part, component = cells
    return FigureKey(uuid_of(series), uuid_of(area), _period(start, end, kind, follow), _PARTS[part], component)


def _measured(cells: Sequence[Any]) -> Measured:
    kind, value, decimals, text, bound, finality, origin = cells
    return Measured(
        _KINDS[kind],
        None if value is None else Decimal(value),
        decimals,
        text,
        None if bound is None else Decimal(bound),
        _FINALITIES[finality],
        _ORIGINS[origin],
    )


def _figure(row: Sequence[Any]) -> Figure:
    import_id, note, recorded_in, superseded_in = row[_MEASURED_END:]
    return Figure(
        UUID(row[0]),
        _key(row[1:_KEY_END]),
        _measured(row[_KEY_END:_MEASURED_END]),
        recorded_in,
        superseded_in,
        None if import_id is None else uuid_of(import_id),
        (),
        note,
    )


def quoted(columns: Iterable[str], prefix: str = "") -> str:
    """Return column names as SQL writes them."""
    return ", ".join(f'{prefix}"{column}"' for column in columns)


def marks(count: int) -> str:
    """Return that many parameter marks."""
    return ", ".join("?" * count)


def open_at(cut: int | None) -> tuple[str, tuple[int, ...]]:
    """Return the condition for versions open at the cut, and its parameters."""
    if cut is None:
        return '"superseded_in" IS NULL', ()
    return '"recorded_in" <= ? AND ("superseded_in" IS NULL OR "superseded_in" > ?)', (cut, cut)


def figures_where(database: StoreDatabase, condition: str, parameters: Sequence[Cell], order: str) -> list[Figure]:
    """Return the figures that meet a condition on the table's columns."""
    sql = f'SELECT {quoted(_READ)} FROM "figure" WHERE {condition} ORDER BY {order}'  # noqa: S608 - names of our own
    return [_figure(row) for row in database.ask(sql, parameters)]


def current_figures(
    database: StoreDatabase, series: Collection[UUID], cut: int | None = None
) -> Mapping[FigureKey, Figure]:
    """Return the open figures of the series in all areas, by key."""
    found: dict[FigureKey, Figure] = {}
    wanted = sorted(str(one) for one in series)
    seen, cut_parameters = open_at(cut)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        condition = f'"series" IN ({marks(len(part))}) AND {seen}'
        for figure in figures_where(database, condition, (*part, *cut_parameters), '"record"'):
            found[figure.key] = figure
    return found


def sources_of(database: StoreDatabase, figure_id: UUID) -> tuple[SourceCell, ...]:
    """Return the cells a figure was read from, in order."""
    rows: list[Any] = database.ask(
        'SELECT c."sheet", c."cell", c."text", c."role" FROM "source_cell" c '
        'JOIN "figure" f ON f."record" = c."figure" WHERE f."id" = ? ORDER BY c."ordinal"',
        (str(figure_id),),
    )
    return tuple(SourceCell(sheet, cell, text, _ROLES[role]) for sheet, cell, text, role in rows)


def history_of(database: StoreDatabase, key: FigureKey) -> tuple[Figure, ...]:
    """Return every version of a figure, the oldest first."""
    condition = " AND ".join(f'"{column}" = ?' for column in KEY_COLUMNS)
    return tuple(figures_where(database, condition, key_cells(key), '"record"'))


def write_figures(
    database: StoreDatabase, number: int, figures: Iterable[NewFigure], import_id: UUID | None
) -> Written:
    """Add a version for each figure that says something new, and close the version before it.

    A figure that says exactly what its open version says is left alone (a figure typed by hand is
    replaced by the same figure from a file, which can be traced).

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
    next_record = _next_record(database)
    rows: list[tuple[Cell, ...]] = []
    sources: list[tuple[Cell, ...]] = []
    closed: list[tuple[int, int]] = []
    replaced: list[tuple[NewFigure, str]] = []
    digest = hashlib.sha256()
    import_text = None if import_id is None else str(import_id)
    for cells, one in by_key.items():
        measured = _measured_cells(one.measured)
        old = before.get(cells)
        if old is not None:
            record, old_measured, old_note, old_import = old
            repeats = _says(old_measured) == _says(measured) and old_note == one.note
            if repeats and (old_import is not None or import_id is None):
                continue
            closed.append((number, record))
        replaced.append((one, "" if old is None else described(old[1])))
        identifier = str(uuid4())
        content = (identifier, *cells, *measured, one.note)
        rows.append((next_record, *content, import_text, number))
        here = [(source.sheet, source.cell, source.text, source.role.value) for source in one.sources]
        sources.extend((next_record, ordinal, *source) for ordinal, source in enumerate(here))
        _digest(digest, content, here)
        next_record += 1
    connection = database.raw
    connection.executemany('UPDATE "figure" SET "superseded_in" = ? WHERE "record" = ?', closed)
    columns = ("record", *_CONTENT, "import_id", "recorded_in")
    connection.executemany(
        f'INSERT INTO "figure" ({quoted(columns)}) VALUES ({marks(len(columns))})',  # noqa: S608
        rows,
    )
    connection.executemany('INSERT INTO "source_cell" VALUES (?, ?, ?, ?, ?, ?)', sources)
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
    return described(_measured_cells(measured))


def _next_record(database: StoreDatabase) -> int:
    rows: list[Any] = database.ask('SELECT coalesce(max("record"), 0) + 1 FROM "figure"')
    return int(rows[0][0])


def _open_versions(
    database: StoreDatabase, series: Collection[str]
) -> dict[KeyCells, tuple[int, tuple[Cell, ...], str, str | None]]:
    """Return record, content, note and import of the open versions of some series, by key."""
    found: dict[KeyCells, tuple[int, tuple[Cell, ...], str, str | None]] = {}
    sql = (
        f'SELECT {quoted(KEY_COLUMNS)}, {quoted(_MEASURED_COLUMNS)}, "record", "note", "import_id" '  # noqa: S608
        'FROM "figure" WHERE "series" = ? AND "superseded_in" IS NULL'
    )
    width = len(KEY_COLUMNS)
    row: Any
    for one in series:
        for row in database.ask(sql, (one,)):
            found[row[:width]] = (row[-3], row[width:-3], row[-2], row[-1])
    return found


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
