"""Taking back a change that people made by hand: everything it touched is as it was before, as of now.

What a later change touched too is not overwritten: then nothing is taken back, and the later change is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.publication import SignOff
from scs_desktop.store.entities import ENTITY_TYPES, Entity, Keeping, keeping_of, load
from scs_desktop.store.figures import KEY_COLUMNS, MEASURED_COLUMNS, quoted
from scs_desktop.store.undo import reopen_figures

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase

_SAID = (*KEY_COLUMNS, *MEASURED_COLUMNS, "note")


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What is to be done to be as before a change.

    Attributes:
        saved: things as they were, to be recorded again.
        closed: types and UUIDs of things that were not there.
        figures_closed, figures_reopened: numbers of figures' versions.

    """

    saved: tuple[Entity, ...]
    closed: tuple[tuple[type[Entity], Any], ...]
    figures_closed: tuple[int, ...]
    figures_reopened: tuple[int, ...]

    @property
    def empty(self) -> bool:
        """Whether the change touched nothing that can be taken back."""
        return not (self.saved or self.closed or self.figures_closed or self.figures_reopened)


def plan_taking_back(database: StoreDatabase, number: int) -> TakenBack:
    """Find out what taking a change back means.

    Raises:
        RefusedError: there is no such change, it is of a sort that is not undone so, or a later change touched
            the same.

    """
    rows: list[Any] = database.ask('SELECT "kind", "summary" FROM "change" WHERE "number" = ?', (number,))
    if not rows:
        raise RefusedError(f"There is no change {number} in this store.")
    kind, summary = ChangeKind(rows[0][0]), str(rows[0][1])
    if database.ask('SELECT 1 FROM "return_import" WHERE "recorded_in" = ?1 OR "undone_in" = ?1 LIMIT 1', (number,)):
        raise RefusedError(f"“{summary}” is of a whole import. Undo or repeat that import itself.")
    if kind not in {ChangeKind.ENTRY, ChangeKind.DECISION, ChangeKind.UNDO}:
        raise RefusedError(f"“{summary}” cannot be undone. A paper that was signed off can be withdrawn.")
    saved: list[Entity] = []
    closed: list[tuple[type[Entity], Any]] = []
    for one in ENTITY_TYPES:
        _plan_kind(database, keeping_of(one), number, saved, closed)
    ended, reopened = _plan_figures(database, number)
    return TakenBack(tuple(saved), tuple(closed), ended, reopened)


def _plan_kind(
    database: StoreDatabase, keeping: Keeping, number: int, saved: list[Entity], closed: list[tuple[type[Entity], Any]]
) -> None:
    rows: list[Any] = database.ask(
        f'SELECT DISTINCT "id" FROM "{keeping.name}" WHERE "recorded_in" = ?1 OR "superseded_in" = ?1',  # noqa: S608
        (number,),
    )
    touched = [row[0] for row in rows]
    if not touched:
        return
    if keeping.kind is SignOff:
        raise RefusedError("A paper that was signed off is not undone. Withdraw it, with a reason.")
    before, after, now = (_by_id(database, keeping, cut, touched) for cut in (number - 1, number, None))
    for identifier in touched:
        if not _same(keeping, after.get(identifier), now.get(identifier)):
            _refuse_later(database, keeping.name, identifier, number)
        if identifier in before:
            saved.append(before[identifier])
        elif identifier in now:
            closed.append((keeping.kind, now[identifier].id))


def _by_id(database: StoreDatabase, keeping: Keeping, cut: int | None, identifiers: Sequence[str]) -> dict[str, Any]:
    found: list[Any] = load(database, keeping.kind, cut, _among(identifiers))
    return {str(one.id): one for one in found}


def _among(identifiers: Sequence[str]) -> Callable[[Any], Any]:
    return lambda table: table.id.in_(identifiers)


def _same(keeping: Keeping, one: object | None, other: object | None) -> bool:
    if one is None or other is None:
        return one is other
    same_own = keeping.own.encode(one) == keeping.own.encode(other)
    return same_own and keeping.list_cells(one) == keeping.list_cells(other)


def _refuse_later(database: StoreDatabase, table: str, identifier: str, number: int) -> None:
    rows: list[Any] = database.ask(
        f'SELECT c."summary" FROM "{table}" t JOIN "change" c ON c."number" IN (t."recorded_in", t."superseded_in") '  # noqa: S608
        'WHERE t."id" = ? AND c."number" > ? ORDER BY c."number" DESC LIMIT 1',
        (identifier, number),
    )
    _refuse(str(rows[0][0]) if rows else "a later change")


def _refuse(later: str) -> None:
    raise RefusedError(f"“{later}” has since changed the same. Undo that first; nothing was changed.")


def _plan_figures(database: StoreDatabase, number: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    match_key = " AND ".join(f'f."{column}" = m."{column}"' for column in KEY_COLUMNS)
    rows: list[Any] = database.ask(
        f'SELECT {quoted(_SAID, "f.")}, f."record", f."recorded_in", f."superseded_in" FROM "figure" f '  # noqa: S608
        f'JOIN (SELECT DISTINCT {quoted(KEY_COLUMNS)} FROM "figure" WHERE "recorded_in" = ?1 OR "superseded_in" = ?1) '
        f'm ON {match_key} ORDER BY f."record"',
        (number,),
    )
    by_key: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        by_key.setdefault(tuple(row[: len(KEY_COLUMNS)]), []).append(row)
    ended: list[int] = []
    reopened: list[int] = []
    for versions in by_key.values():
        before, after, now = (_seen(versions, cut) for cut in (number - 1, number, None))
        if (after is None) != (now is None) or (after is not None and now is not None and after[:-3] != now[:-3]):
            later = max(max(row[-2], row[-1] or 0) for row in versions)
            summaries: list[Any] = database.ask('SELECT "summary" FROM "change" WHERE "number" = ?', (later,))
            _refuse(str(summaries[0][0]))
        if now is not None:
            ended.append(now[-3])
        if before is not None:
            reopened.append(before[-3])
    return tuple(ended), tuple(reopened)


def _seen(versions: Sequence[Any], cut: int | None) -> Any:  # noqa: ANN401 - a row of the table
    for row in versions:
        recorded_in, superseded_in = row[-2], row[-1]
        if cut is None and superseded_in is None:
            return row
        if cut is not None and recorded_in <= cut and (superseded_in is None or superseded_in > cut):
            return row
    return None


def take_figures_back(database: StoreDatabase, number: int, taken: TakenBack) -> None:
    """Close figures' versions and record the earlier ones again, in the change of this number."""
    database.raw.executemany(
        'UPDATE "figure" SET "superseded_in" = ? WHERE "record" = ?',
        [(number, record) for record in taken.figures_closed],
    )
    imports: list[Any] = [
        database.ask('SELECT "import_id" FROM "figure" WHERE "record" = ?', (record,))[0][0]
        for record in taken.figures_reopened
    ]
    reopen_figures(database, number, list(zip(taken.figures_reopened, imports, strict=True)))
