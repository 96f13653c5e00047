"""The store: one SQLite file, named questions in, domain objects out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

from scs_desktop.domain.agencies import Agency, Meeting, Series
from scs_desktop.domain.areas import Area
from scs_desktop.domain.decisions import Decision
from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.figures import Figure, FigureKey, SourceCell
from scs_desktop.domain.history import Change, ChangeKind, StoreKind
from scs_desktop.domain.profile import KnownLayout, Profile, ProfileAnswer
from scs_desktop.domain.publication import SignOff, SignOffSummary
from scs_desktop.domain.snapshot import ImportSummary, Snapshot
from scs_desktop.domain.strategy import Definition, Indicator, Strategy
from scs_desktop.store import figures as figure_rows
from scs_desktop.store import imports as import_rows
from scs_desktop.store.audit import AuditLine, read_lines
from scs_desktop.store.changes import change_of, changes_of, moment_text, transaction
from scs_desktop.store.database import StoreDatabase
from scs_desktop.store.entities import load
from scs_desktop.store.errors import StoreReadOnly, faults_told
from scs_desktop.store.lock import StoreLock
from scs_desktop.store.recorder import Recorder
from scs_desktop.store.snapshot import sign_offs_at, snapshot_of
from scs_desktop.store.undo import UndoReport

T = TypeVar("T")


class Store:
    """An open store. Made by ``open_store`` and ``create_store``; closed by ``close`` or as a context.

    Any thread may ask it. One change is written at a time.

    Attributes:
        path: the file.
        id: the store's own UUID.
        kind: real or example.
        who: the officer, who is named in every change.
        read_only: whether changes are refused.

    """

    def __init__(self, path: Path, database: StoreDatabase, *, who: str, lock: StoreLock | None) -> None:
        self.path = path
        self.who = who
        self.read_only = lock is None
        self._database = database
        self._lock = lock
        rows: list[Any] = database.ask('SELECT "id", "kind", "created_at" FROM "store_info"')
        identifier, kind, created_at = rows[0]
        self.id = UUID(identifier)
        self.kind = StoreKind(kind)
        self.created_at = datetime.fromisoformat(created_at)

    @property
    def database(self) -> StoreDatabase:
        """The file as a database, for the store's own modules."""
        return self._database

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and let others have it. Closing twice does no harm."""
        self._database.close_everywhere()
        if self._lock is not None:
            self._lock.release()

    # --- history ---------------------------------------------------------------------------------

    def change_number(self) -> int:
        """Return the number of the latest change: what was read at another number is to be read again."""
        with faults_told(self.path):
            rows: list[Any] = self._database.ask('SELECT coalesce(max("number"), 0) FROM "change"')
        return int(rows[0][0])

    @contextmanager
    def change(
        self,
        *,
        kind: ChangeKind = ChangeKind.ENTRY,
        summary: str,
        at: datetime | None = None,
        undoes: int | None = None,
    ) -> Iterator[Recorder]:
        """Record what the body saves as one change: all of it when the body ends well, else nothing.

        A body that records nothing new leaves no change behind.

        Args:
            kind: by what the rows come to be.
            summary: what was done, as history shows it.
            at: the moment, with its time zone; now unless given.
            undoes: number of the change that this one takes back.

        Raises:
            StoreReadOnly: the store was opened to read only, or cannot be written to.
            StoreBusy: another change did not end in time.
            DiskFull: there is no room on the disk.
            RuntimeError: a change is open already in this thread.
            ValueError: something recorded refers to what the store does not know.

        """
        if self.read_only:
            raise StoreReadOnly(f"“{self.path.name}” is open to read only. Nothing was changed.")
        with (
            faults_told(self.path),
            change_of(self._database, kind=kind, who=self.who, summary=summary, at=at, undoes=undoes) as recorder,
        ):
            yield recorder

    def changes(self, limit: int | None = None) -> tuple[Change, ...]:
        """Return the changes, the latest first."""
        with faults_told(self.path):
            return changes_of(self._database, limit)

    def audit(
        self, *, change: int | None = None, entity_id: UUID | str | None = None, limit: int | None = None
    ) -> tuple[AuditLine, ...]:
        """Return what changes did to things, the latest first: all, or of one change or one thing."""
        with faults_told(self.path):
            named = None if entity_id is None else str(entity_id)
            return read_lines(self._database, change=change, entity_id=named, limit=limit)

    def cut_at(self, moment: datetime) -> int:
        """Return the number of the last change dated on or before the moment; 0 where there was none.

        What is seen is always the beginning of the history up to one change, and never less at a
        later moment, also where the clock was set back between two changes: an earlier change with
        a later date is seen as soon as any change after it is.

        Raises:
            ValueError: the moment has no time zone.

        """
        with faults_told(self.path):
            rows: list[Any] = self._database.ask(
                'SELECT coalesce(max("number"), 0) FROM "change" WHERE "at" <= ?', (moment_text(moment),)
            )
        return int(rows[0][0])

    # --- strategy and figures --------------------------------------------------------------------

    def snapshot(self, strategy: UUID, *, as_at: int | None = None, known_on: date | None = None) -> Snapshot:
        """Return all that was known of a strategy and of the home area's figures.

        Args:
            strategy: its UUID.
            as_at: number of the last change that is seen; None for now.
            known_on: the day that decides what is due; unless given, that of the last change seen,
                or today.

        Raises:
            RefusedError: there was no such strategy.

        """
        with self._consistent() as database:
            return snapshot_of(database, strategy, kind=self.kind, cut=as_at, known_on=known_on or self._day_of(as_at))

    def strategies(self, as_at: int | None = None) -> tuple[Strategy, ...]:
        """Return the strategies."""
        return self.all_of(Strategy, as_at=as_at)

    def areas(self, as_at: int | None = None) -> tuple[Area, ...]:
        """Return the areas."""
        return self.all_of(Area, as_at=as_at)

    def agencies(self, as_at: int | None = None) -> tuple[Agency, ...]:
        """Return the agencies."""
        return self.all_of(Agency, as_at=as_at)

    def series(self, as_at: int | None = None) -> tuple[Series, ...]:
        """Return the series."""
        return self.all_of(Series, as_at=as_at)

    def indicators(self, as_at: int | None = None) -> tuple[Indicator, ...]:
        """Return the indicators."""
        return self.all_of(Indicator, as_at=as_at)

    def definitions(self, as_at: int | None = None) -> tuple[Definition, ...]:
        """Return the definitions, every version of each."""
        return self.all_of(Definition, as_at=as_at)

    def meetings(self, as_at: int | None = None) -> tuple[Meeting, ...]:
        """Return the meetings."""
        return self.all_of(Meeting, as_at=as_at)

    def sign_offs(self, as_at: int | None = None) -> tuple[SignOffSummary, ...]:
        """Return the sign-offs by position, without their papers."""
        with self._consistent() as database:
            return sign_offs_at(database, as_at)

    def sign_off(self, identifier: UUID) -> SignOff | None:
        """Return one sign-off with its papers."""
        with self._consistent() as database:
            found = load(database, SignOff, None, lambda table: table.id == str(identifier))
        return found[0] if found else None

    def decisions(self, as_at: int | None = None) -> tuple[Decision, ...]:
        """Return the decisions."""
        return self.all_of(Decision, as_at=as_at)

    def all_of(self, kind: type[T], *, as_at: int | None = None) -> tuple[T, ...]:
        """Return the things of any type that ``Recorder.save`` takes, as seen at the cut (None: now)."""
        with self._consistent() as database:
            return tuple(load(database, kind, as_at))

    def current_figures(self, series: Collection[UUID], *, as_at: int | None = None) -> Mapping[FigureKey, Figure]:
        """Return the open figures of the series, in all areas, without their source cells."""
        with self._consistent() as database:
            return figure_rows.current_figures(database, series, as_at)

    def places_with_figures(self, *, as_at: int | None = None) -> frozenset[tuple[UUID, UUID]]:
        """Return every series with each area that it has an open figure of, as (series, area)."""
        with self._consistent() as database:
            return figure_rows.places_with_figures(database, as_at)

    def figure(self, figure_id: UUID) -> Figure | None:
        """Return one version of a figure, open or closed, by its UUID."""
        with faults_told(self.path):
            found = figure_rows.figures_where(self._database, '"id" = ?', (str(figure_id),), '"record"')
        return found[0] if found else None

    def sources(self, figure_id: UUID) -> tuple[SourceCell, ...]:
        """Return the cells a figure was read from; none for a figure typed by hand."""
        with faults_told(self.path):
            return figure_rows.sources_of(self._database, figure_id)

    def history(self, key: FigureKey) -> tuple[Figure, ...]:
        """Return every version of a figure, the oldest first."""
        with faults_told(self.path):
            return figure_rows.history_of(self._database, key)

    # --- imports and profiles --------------------------------------------------------------------

    def imports(self, as_at: int | None = None) -> tuple[ImportSummary, ...]:
        """Return the imports, the oldest first, with those that were undone."""
        with faults_told(self.path):
            return import_rows.imports_at(self._database, as_at)

    def import_with_sha(self, sha256: str) -> ImportSummary | None:
        """Return the import of a file with these bytes that was not undone."""
        with faults_told(self.path):
            return import_rows.import_with_sha(self._database, sha256)

    def import_of(self, figure_id: UUID) -> ImportSummary | None:
        """Return the import that brought a figure; None for a figure typed by hand."""
        with faults_told(self.path):
            return import_rows.import_of(self._database, figure_id)

    def kept_file(self, import_id: UUID) -> bytes | None:
        """Return the bytes of an import's file; None where they were purged."""
        with faults_told(self.path):
            return import_rows.kept_file(self._database, import_id)

    def undo_import(self, import_id: UUID, *, at: datetime | None = None) -> UndoReport:
        """Take an import back as of now: current figures are as before, history keeps both.

        Raises:
            RefusedError: there is no such import, or it was undone before.

        """
        with faults_told(self.path):
            summary = import_rows.import_by_id(self._database, import_id)
        named = "" if summary is None else f" of {summary.file_name}"
        number = None if summary is None else summary.number
        with self.change(kind=ChangeKind.UNDO, summary=f"Undo import{named}", at=at, undoes=number) as change:
            return change.undo_import(import_id)

    def undo_change(self, number: int, *, at: datetime | None = None) -> None:
        """Take back a change made by hand, or an undo of one: all it touched is as before it, as of now.

        Raises:
            RefusedError: there is no such change, it is of a sort that is not undone so, or a later change
                touched the same.

        """
        found = next((one for one in self.changes() if one.number == number), None)
        if found is None:
            raise RefusedError(f"There is no change {number} in this store.")
        summary = f"Undo {_lowered(found.summary)}"
        if found.kind is ChangeKind.UNDO:
            summary = f"Redo {_lowered(found.summary.removeprefix('Undo '))}"
        with self.change(kind=ChangeKind.UNDO, summary=summary, at=at, undoes=number) as change:
            change.take_back(number)

    def profile(self, agency: UUID) -> Profile:
        """Return what is remembered of an agency's returns."""
        with self._consistent() as database:
            return Profile(
                agency,
                tuple(load(database, ProfileAnswer, None, lambda table: table.agency == str(agency))),
                tuple(load(database, KnownLayout, None, lambda table: table.agency == str(agency))),
            )

    @contextmanager
    def _consistent(self) -> Iterator[StoreDatabase]:
        """Several questions of one state, whatever another thread writes between them."""
        connection = self._database.raw
        with faults_told(self.path):
            if connection.in_transaction:
                yield self._database
                return
            with transaction(connection, "BEGIN"):
                yield self._database

    def _day_of(self, cut: int | None) -> date:
        rows: list[Any] = (
            [] if cut is None else self._database.ask('SELECT "at" FROM "change" WHERE "number" = ?', (cut,))
        )
        moment = datetime.fromisoformat(rows[0][0]) if rows else datetime.now(UTC)
        return moment.astimezone().date()


def _lowered(summary: str) -> str:
    """Return a summary as it goes on in a sentence."""
    return summary[:1].lower() + summary[1:] if summary[1:2].islower() else summary
