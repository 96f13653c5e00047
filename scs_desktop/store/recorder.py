"""What the body of a change records with: the one gate through which everything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from scs_desktop.domain.breaks import SeriesBreak
from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.figures import FigureKey
from scs_desktop.domain.publication import SignOff
from scs_desktop.store import audit
from scs_desktop.store.audit import AuditLine
from scs_desktop.store.entities import Entity, Keeping, keeping_of, load
from scs_desktop.store.figures import CHUNK, KEY_COLUMNS, key_cells, marks, quoted
from scs_desktop.store.imports import NewImport, write_import
from scs_desktop.store.recording import NewFigure, measured_text, write_figures
from scs_desktop.store.tables import table_name
from scs_desktop.store.undo import UndoReport, breaks_brought, take_back
from scs_desktop.store.undo_change import plan_taking_back, take_figures_back

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase


class Recorder:
    """What the body of a change records with. It is of use until the change ends.

    Attributes:
        number: the change's number.
        at: its moment.

    """

    def __init__(self, database: StoreDatabase, number: int, at: datetime) -> None:
        self.number = number
        self.at = at
        self._database = database
        self._lines: list[AuditLine] = []
        self._touched = False

    @property
    def touched(self) -> bool:
        """Whether anything was recorded."""
        return self._touched

    def save(self, *entities: Entity) -> int:
        """Record things: what is new, or differs from its open version, is a new version.

        Returns:
            how many were recorded; what is as it was is not recorded again.

        Raises:
            RefusedError: a signed-off paper would be edited.
            TypeError: the store keeps nothing of that type.
            ValueError: one thing is given twice.

        """
        # What refers to what is saved in one go, in any order: everything is known before anything refers to it.
        for keeping, one in [(keeping_of(type(one)), one) for one in entities]:
            self._know(str(one.id), keeping.name)
        count = 0
        for kind, group in groupby(sorted(entities, key=lambda one: type(one).__name__), key=type):
            count += self._save_kind(keeping_of(kind), list(group))
        return count

    def close(self, kind: type[Entity], identifier: UUID) -> None:
        """End a thing: it is seen no longer, its history stays.

        Raises:
            KeyError: there is no such thing open.

        """
        keeping = keeping_of(kind)
        found: list[Any] = self._open(keeping, [str(identifier)])
        if not found:
            raise KeyError(identifier)
        self._close_version(keeping, str(identifier))
        self._lines.append(audit.removed_line(self.number, keeping, found[0]))

    def record_figures(self, figures: Iterable[NewFigure]) -> int:
        """Record figures typed by hand, with an audit line each; return how many said something new."""
        written = write_figures(self._database, self.number, figures, None)
        for one, old in written.replaced:
            key = one.key
            what = f"{key.part.value} {key.component}".strip() + f", {key.period.label}"
            new = measured_text(one.measured)
            self._lines.append(AuditLine(self.number, "figure", str(key.series), what, old, new))
        self._touched = self._touched or written.added > 0
        return written.added

    def close_figure(self, key: FigureKey) -> None:
        """Withdraw a figure: there is none for its key until one is recorded.

        Raises:
            KeyError: there is no open figure of that key.

        """
        condition = " AND ".join(f'"{column}" = ?' for column in KEY_COLUMNS)
        done = self._database.raw.execute(
            f'UPDATE "figure" SET "superseded_in" = ? WHERE "superseded_in" IS NULL AND {condition}',  # noqa: S608
            (self.number, *key_cells(key)),
        )
        if done.rowcount != 1:
            raise KeyError(key)
        self._lines.append(AuditLine(self.number, "figure", str(key.series), "removed", key.period.label, ""))
        self._touched = True

    def record_import(self, new: NewImport, file_bytes: bytes, figures: Iterable[NewFigure]) -> UUID:
        """Keep a return's file and record its figures as one batch; return the import's UUID.

        Raises:
            ValueError: two figures have one key.

        """
        named = replace(new, id=new.id or uuid4())
        self._touched = True
        self._know(str(named.id), "return_import")
        summary = write_import(self._database, self.number, named, file_bytes, figures)
        said = f"{summary.file_name}: {summary.figures:,} figures, SHA-256 {summary.sha256}"
        self._lines.append(AuditLine(self.number, "return_import", str(summary.id), "added", "", said))
        return summary.id

    def undo_import(self, import_id: UUID) -> UndoReport:
        """Take an import back as of now, and the breaks that were confirmed as it was stored.

        Raises:
            RefusedError: no such import, or it was taken back before.

        """
        report = take_back(self._database, self.number, import_id)
        for one in breaks_brought(self._database, import_id):
            self.close(SeriesBreak, one)
        said = f"{report.closed:,} figures closed, {report.reopened:,} reopened, {report.kept:,} kept"
        self._lines.append(AuditLine(self.number, "return_import", str(import_id), "undone", said, ""))
        self._touched = True
        return report

    def take_back(self, number: int) -> None:
        """Make everything that a change made by hand touched as it was before it.

        Raises:
            RefusedError: there is no such change, it is of a sort that is not undone so, or a later change
                touched the same.

        """
        taken = plan_taking_back(self._database, number)
        self.save(*taken.saved)
        for kind, identifier in taken.closed:
            self.close(kind, identifier)
        if taken.figures_closed or taken.figures_reopened:
            take_figures_back(self._database, self.number, taken)
            said = f"{len(taken.figures_closed):,} closed, {len(taken.figures_reopened):,} reopened"
            self._lines.append(AuditLine(self.number, "figure", str(number), "undone", said, ""))
            self._touched = True

    def purge_file(self, sha256: str, reason: str) -> None:
        """Take the bytes of a kept file out of the store; its name, size and hash stay as a tombstone.

        Raises:
            RefusedError: no file with that hash is kept.

        """
        done = self._database.raw.execute(
            'UPDATE "kept_file" SET "content" = NULL, "purged_in" = ?, "purge_reason" = ? '
            'WHERE "sha256" = ? AND "content" IS NOT NULL',
            (self.number, reason, sha256),
        )
        if done.rowcount != 1:
            raise RefusedError("That file is not kept in this store, or was purged before. Nothing was changed.")
        self._lines.append(AuditLine(self.number, "kept_file", sha256, "purged", "", reason))
        self._touched = True

    def finish(self) -> None:
        """Write what is written once a change is whole: its audit lines."""
        audit.write_lines(self._database, self._lines)

    def _save_kind(self, keeping: Keeping, entities: list[Any]) -> int:
        wanted = {str(one.id): one for one in entities}
        if len(wanted) < len(entities):
            message = f"one {keeping.name} is given twice in one go"
            raise ValueError(message)
        before = {str(one.id): one for one in self._open(keeping, list(wanted))}
        count = 0
        for identifier, entity in wanted.items():
            old = before.get(identifier)
            if old is None:
                self._lines.append(audit.added_line(self.number, keeping, entity))
            elif _stands_as(keeping, old, entity):
                continue
            else:
                _refuse_edited_sign_off(old, entity)
                self._lines.append(audit.changed_line(self.number, keeping, old, entity))
                self._close_version(keeping, identifier)
            self._add_version(keeping, entity)
            count += 1
        return count

    def _open(self, keeping: Keeping, identifiers: Sequence[str]) -> list[Any]:
        found: list[Any] = []
        for start in range(0, len(identifiers), CHUNK):
            part = identifiers[start : start + CHUNK]
            found += load(self._database, keeping.kind, None, partial(_among, part))
        return found

    def _close_version(self, keeping: Keeping, identifier: str) -> None:
        connection = self._database.raw
        (found,) = connection.execute(
            f'SELECT "record", "recorded_in" FROM "{keeping.name}" WHERE "id" = ? AND "superseded_in" IS NULL',  # noqa: S608
            (identifier,),
        ).fetchall()
        record, recorded_in = found
        self._touched = True
        if recorded_in < self.number:
            connection.execute(
                f'UPDATE "{keeping.name}" SET "superseded_in" = ? WHERE "record" = ?',  # noqa: S608
                (self.number, record),
            )
            return
        # Recorded earlier in this same change, so nobody has seen it: it is replaced, not closed.
        for one in keeping.lists:
            connection.execute(f'DELETE FROM "{table_name(one.table)}" WHERE "record" = ?', (record,))  # noqa: S608
        connection.execute(f'DELETE FROM "{keeping.name}" WHERE "record" = ?', (record,))  # noqa: S608

    def _add_version(self, keeping: Keeping, entity: object) -> None:
        connection = self._database.raw
        columns = ("recorded_in", *keeping.own.names)
        record = connection.execute(
            f'INSERT INTO "{keeping.name}" ({quoted(columns)}) VALUES ({marks(len(columns))})',  # noqa: S608
            (self.number, *keeping.own.encode(entity)),
        ).lastrowid
        for one, entries in zip(keeping.lists, keeping.list_cells(entity), strict=True):
            names = ("record", "ordinal", *one.codec.names)
            connection.executemany(
                f'INSERT INTO "{table_name(one.table)}" ({quoted(names)}) VALUES ({marks(len(names))})',  # noqa: S608
                [(record, ordinal, *entry) for ordinal, entry in enumerate(entries)],
            )
        self._touched = True

    def _know(self, identifier: str, kind: str) -> None:
        """Note a thing's identity the first time it is recorded.

        Raises:
            ValueError: the UUID is that of another sort of thing.

        """
        connection = self._database.raw
        connection.execute(
            'INSERT INTO "identity" ("id", "kind", "made_in") VALUES (?, ?, ?) ON CONFLICT ("id") DO NOTHING',
            (identifier, kind, self.number),
        )
        ((known,),) = connection.execute('SELECT "kind" FROM "identity" WHERE "id" = ?', (identifier,)).fetchall()
        if known != kind:
            message = f"{identifier} is a {known}, not a {kind}"
            raise ValueError(message)


def _among(identifiers: Sequence[str], table: Any) -> Any:  # noqa: ANN401 - a condition on a table
    return table.id.in_(identifiers)


def _stands_as(keeping: Keeping, old: object, new: object) -> bool:
    same_own = keeping.own.encode(old) == keeping.own.encode(new)
    return same_own and keeping.list_cells(old) == keeping.list_cells(new)


def _refuse_edited_sign_off(old: object, new: object) -> None:
    """A signed-off paper may be withdrawn or superseded, with a reason; nothing else of it changes."""
    if isinstance(old, SignOff) and isinstance(new, SignOff):
        as_it_stood = replace(new, state=old.state, reason=old.reason)
        if as_it_stood != old:
            raise RefusedError(
                "A paper that was signed off cannot be edited. Withdraw it, or sign off another at a later meeting."
            )
