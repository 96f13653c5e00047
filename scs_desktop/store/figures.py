"""Figures in and out of their table: append-only versions, each with the cells it was read from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

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
MEASURED_COLUMNS = ("kind", "value", "decimals", "text", "bound", "finality", "origin")
_READ = ("id", *KEY_COLUMNS, *MEASURED_COLUMNS, "import_id", "note", "recorded_in", "superseded_in")
_KEY_END = 1 + len(KEY_COLUMNS)
_MEASURED_END = _KEY_END + len(MEASURED_COLUMNS)
# SQLite allows some tens of thousands of parameters, older builds 999.
CHUNK = 500

_PARTS = {one.value: one for one in Part}
_KINDS = {one.value: one for one in FigureKind}
_FINALITIES = {one.value: one for one in Finality}
_ORIGINS = {one.value: one for one in Origin}
_ROLES = {one.value: one for one in SourceRole}

KeyCells = tuple[Cell, ...]


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


def measured_cells(measured: Measured) -> tuple[Cell, ...]:
    """Return what a figure says in columns."""
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


def places_with_figures(database: StoreDatabase, cut: int | None = None) -> frozenset[tuple[UUID, UUID]]:
    """Return every series with each area that it has an open figure of."""
    seen, parameters = open_at(cut)
    sql = f'SELECT DISTINCT "series", "area" FROM "figure" WHERE {seen}'  # noqa: S608 - names of our own
    return frozenset((uuid_of(series), uuid_of(area)) for series, area in database.ask(sql, parameters))


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
