"""Taking an import back: its figures closed, the earlier ones current again, history keeping both."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from scs_desktop.domain.breaks import SeriesBreak
from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.publication import SignOff, SignOffState
from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.store.entities import keeping_of, load
from scs_desktop.store.figures import CHUNK, KEY_COLUMNS, MEASURED_COLUMNS, KeyCells, marks, quoted
from scs_desktop.store.imports import import_by_id, imports_at
from scs_desktop.store.recording import next_record

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What taking an import back did.

    Attributes:
        closed: figures of the import that were current and are so no longer.
        reopened: of these, how many have an earlier figure again, or go on as another import says the same.
        kept: figures of the import that later ones had replaced already; these stay.
        reasons: a sentence for each cause why something stays.

    """

    closed: int
    reopened: int
    kept: int
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Version:
    """A figure's version as the undo needs it."""

    record: int
    import_id: str | None
    recorded_in: int
    superseded_in: int | None
    restores: int | None


@dataclass(frozen=True, slots=True)
class _Reopened:
    """A version to be recorded again, by which import, and the confirmation that gives its cells, if one does."""

    record: int
    import_id: str | None
    confirmation: int | None = None


def take_back(database: StoreDatabase, number: int, import_id: UUID) -> UndoReport:
    """Close the import's current figures and bring the earlier ones back as new versions, as of now.

    The earlier figure is the latest before it that comes from no import taken back. A figure that a
    later import says too goes on as that import's.

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
    confirmations = _confirmations(database, import_id)
    closed: list[int] = []
    reopened: list[_Reopened] = []
    beneath: Counter[str | None] = Counter()
    for versions in _versions_by_key(database, import_id).values():
        current = next((one for one in versions if one.superseded_in is None), None)
        if current is None:
            continue
        if current.import_id != str(import_id):
            beneath[current.import_id] += 1
            continue
        closed.append(current.record)
        before = _standing(versions, current, undone, confirmations)
        if before is not None:
            reopened.append(before)
    connection.executemany(
        'UPDATE "figure" SET "superseded_in" = ? WHERE "record" = ?', [(number, record) for record in closed]
    )
    _reopen(database, number, reopened)
    reasons = (*_later_sentences(database, beneath), *_sign_off_sentences(database, summary))
    return UndoReport(len(closed), len(reopened), beneath.total(), reasons)


def breaks_brought(database: StoreDatabase, import_id: UUID) -> tuple[UUID, ...]:
    """Return the breaks that stand as they were recorded with an import."""
    summary = import_by_id(database, import_id)
    if summary is None:
        return ()
    table = keeping_of(SeriesBreak).name
    rows: list[Any] = database.ask(
        f'SELECT "id" FROM "{table}" WHERE "recorded_in" = ? AND "superseded_in" IS NULL',  # noqa: S608 - our own name
        (summary.number,),
    )
    return tuple(UUID(row[0]) for row in rows)


def _versions_by_key(database: StoreDatabase, import_id: UUID) -> dict[KeyCells, list[_Version]]:
    """Return all versions of the figures that an import brought."""
    found: dict[KeyCells, list[_Version]] = defaultdict(list)
    match_key = " AND ".join(f'f."{column}" = m."{column}"' for column in KEY_COLUMNS)
    rows: list[Any] = database.ask(
        f'SELECT {quoted(KEY_COLUMNS, "f.")}, f."record", f."import_id", f."recorded_in", f."superseded_in", '  # noqa: S608
        'f."restores" FROM "figure" f '
        f'JOIN (SELECT DISTINCT {quoted(KEY_COLUMNS)} FROM "figure" WHERE "import_id" = ?) m ON {match_key} '
        'ORDER BY f."record"',
        (str(import_id),),
    )
    width = len(KEY_COLUMNS)
    for row in rows:
        found[row[:width]].append(_Version(*row[width:]))
    return found


def _standing(
    versions: list[_Version], current: _Version, undone: set[str], confirmations: dict[int, tuple[int, str]]
) -> _Reopened | None:
    """Walk back from the current version to the latest that a standing import, or the officer, says."""
    replaced_by = {one.superseded_in: one for one in versions}
    step: _Version | None = current
    while step is not None:
        if step.import_id not in undone:
            return _Reopened(step.record, step.import_id)
        confirmed = _confirmed(versions, step, confirmations)
        if confirmed is not None:
            return confirmed
        step = replaced_by.get(step.recorded_in)
    return None


def _confirmations(database: StoreDatabase, import_id: UUID) -> dict[int, tuple[int, str]]:
    """Return the latest confirmation of each figure, by an import that stands, and that import."""
    rows: list[Any] = database.ask(
        'SELECT c."figure", c."record", c."import_id" FROM "confirmation" c '
        'JOIN "return_import" i ON i."id" = c."import_id" '
        'WHERE i."undone_in" IS NULL AND i."id" <> ? ORDER BY c."record"',
        (str(import_id),),
    )
    return {figure: (record, confirmed_by) for figure, record, confirmed_by in rows}


def _confirmed(
    versions: list[_Version], version: _Version, confirmations: dict[int, tuple[int, str]]
) -> _Reopened | None:
    """Return how a version goes on where another import says the same, else None."""
    by_record = {one.record: one for one in versions}
    step: _Version | None = version
    while step is not None:
        if step.record in confirmations:
            confirmation, confirmed_by = confirmations[step.record]
            return _Reopened(version.record, confirmed_by, confirmation)
        # A version that an undo brought back stands for the one it restores.
        step = None if step.restores is None else by_record.get(step.restores)
    return None


def reopen_figures(database: StoreDatabase, number: int, versions: Sequence[tuple[int, str | None]]) -> None:
    """Record versions, each with the import it stands for, again in the change of this number."""
    _reopen(database, number, [_Reopened(record, import_id) for record, import_id in versions])


def _reopen(database: StoreDatabase, number: int, reopened: Sequence[_Reopened]) -> None:
    """Record versions again, with their cells: the old ones stay closed, history keeps both."""
    start = next_record(database, "figure")
    content = (*KEY_COLUMNS, *MEASURED_COLUMNS, "note")
    said = {
        row[0]: row[1:] for row in _rows_of(database, "figure", "record", content, [one.record for one in reopened])
    }
    numbered = list(enumerate(reopened, start))
    columns = ("record", "id", "recorded_in", "import_id", "restores", *content)
    connection = database.raw
    connection.executemany(
        f'INSERT INTO "figure" ({quoted(columns)}) VALUES ({marks(len(columns))})',  # noqa: S608
        [(record, str(uuid4()), number, one.import_id, one.record, *said[one.record]) for record, one in numbered],
    )
    by_version = {one.record: record for record, one in numbered if one.confirmation is None}
    by_confirmation = {one.confirmation: record for record, one in numbered if one.confirmation is not None}
    cells = ("ordinal", "sheet", "cell", "text", "role")
    sources = _rows_of(database, "source_cell", "figure", cells, list(by_version))
    confirming = _rows_of(database, "confirming_cell", "confirmation", cells, list(by_confirmation))
    connection.executemany(
        'INSERT INTO "source_cell" VALUES (?, ?, ?, ?, ?, ?)',
        [(by_version[row[0]], *row[1:]) for row in sources]
        + [(by_confirmation[row[0]], *row[1:]) for row in confirming],
    )


def _rows_of(
    database: StoreDatabase, table: str, owner: str, columns: Sequence[str], numbers: Sequence[int]
) -> list[Any]:
    """Return the rows of a table whose owner is one of the numbers, the owner first."""
    found: list[Any] = []
    for start in range(0, len(numbers), CHUNK):
        part = numbers[start : start + CHUNK]
        found += database.ask(
            f'SELECT {quoted((owner, *columns))} FROM "{table}" WHERE "{owner}" IN ({marks(len(part))})',  # noqa: S608
            part,
        )
    return found


def _later_sentences(database: StoreDatabase, beneath: Counter[str | None]) -> list[str]:
    sentences = []
    for later, count in beneath.items():
        those, stay = ("figure of it has", "stays") if count == 1 else ("figures of it have", "stay")
        if later is None:
            sentences.append(f"{count:,} {those} since been entered by hand and {stay} as entered.")
            continue
        summary = import_by_id(database, UUID(later))
        name = "a later import" if summary is None else f"“{summary.file_name}”"
        sentences.append(f"{count:,} {those} since been replaced by {name} and {stay} as that file has them.")
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
