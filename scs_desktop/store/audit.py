"""The audit: one line for each thing a change touched. The program adds lines and never edits one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scs_desktop.store.columns import Cell
from scs_desktop.store.entities import Keeping

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase

_NAMED_BY = (
    "code",
    "name",
    "label",
    "title",
    "text",
    "question",
    "finding",
    "data_set",
    "file_name",
    "said",
    "cause",
    "reason",
)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """What one change did to one thing.

    Attributes:
        change: number of the change, which says who and when.
        entity: what sort of thing ("target", "figure", "return_import").
        entity_id: its UUID.
        what: "added", "removed" or the fields that were changed.
        old: as it was; empty for what was added.
        new: as it is now; empty for what was removed.

    """

    change: int
    entity: str
    entity_id: str
    what: str
    old: str
    new: str


def write_lines(database: StoreDatabase, lines: Iterable[AuditLine]) -> None:
    """Add lines."""
    database.raw.executemany(
        'INSERT INTO "audit" ("change", "entity", "entity_id", "what", "old", "new") VALUES (?, ?, ?, ?, ?, ?)',
        [(one.change, one.entity, one.entity_id, one.what, one.old, one.new) for one in lines],
    )


def read_lines(
    database: StoreDatabase, *, change: int | None = None, entity_id: str | None = None, limit: int | None = None
) -> tuple[AuditLine, ...]:
    """Return lines, the latest first: all, or those of one change or one thing."""
    conditions: list[str] = []
    parameters: list[object] = []
    if change is not None:
        conditions.append('"change" = ?')
        parameters.append(change)
    if entity_id is not None:
        conditions.append('"entity_id" = ?')
        parameters.append(entity_id)
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    sql = f'SELECT "change", "entity", "entity_id", "what", "old", "new" FROM "audit"{where} ORDER BY "line" DESC'  # noqa: S608 - conditions of our own
    if limit is not None:
        sql += " LIMIT ?"
        parameters.append(limit)
    rows: list[Any] = database.ask(sql, parameters)
    return tuple(AuditLine(*row) for row in rows)


def added_line(change: int, keeping: Keeping, entity: Any) -> AuditLine:  # noqa: ANN401 - any entity
    """Return the line for a thing that is new."""
    return AuditLine(change, keeping.name, str(entity.id), "added", "", name_of(entity))


def removed_line(change: int, keeping: Keeping, entity: Any) -> AuditLine:  # noqa: ANN401
    """Return the line for a thing that is no longer."""
    return AuditLine(change, keeping.name, str(entity.id), "removed", name_of(entity), "")


def changed_line(change: int, keeping: Keeping, old: Any, new: Any) -> AuditLine:  # noqa: ANN401
    """Return the line for a thing that differs from its version before: the fields that differ, old and new."""
    before, after = _values(keeping, old), _values(keeping, new)
    fields = [name for name in after if before[name] != after[name]]
    return AuditLine(
        change,
        keeping.name,
        str(new.id),
        ", ".join(fields),
        "; ".join(f"{name}: {before[name]}" for name in fields),
        "; ".join(f"{name}: {after[name]}" for name in fields),
    )


def name_of(entity: object) -> str:
    """Return what a thing is called, for a line."""
    said = [str(getattr(entity, name)) for name in _NAMED_BY if getattr(entity, name, "")]
    return " ".join(said[:2])


def _values(keeping: Keeping, entity: object) -> dict[str, str]:
    own = dict(zip(keeping.own.names, (_shown(cell) for cell in keeping.own.encode(entity)), strict=True))
    lists = keeping.list_cells(entity)
    beneath = {one.field: _shown_list(entries) for one, entries in zip(keeping.lists, lists, strict=True)}
    return own | beneath


def _shown(cell: Cell) -> str:
    if cell is None:
        return "—"
    if isinstance(cell, bytes):
        return f"{len(cell):,} bytes, SHA-256 {hashlib.sha256(cell).hexdigest()}"
    return str(cell)


def _shown_list(entries: Sequence[Sequence[Cell]]) -> str:
    return "[" + " | ".join(", ".join(_shown(cell) for cell in entry if cell is not None) for entry in entries) + "]"
