"""What the window is showing: which store, which position, known when; and the one way to ask the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from socket import gethostname
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal, SignalInstance

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import add_months, month_end
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.ui.common.background import Job, Progress, Runner
from scs_desktop.ui.common.messages import Messages, Offer
from scs_desktop.ui.common.opening import Opened, open_and_rate, reopened

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Agency
    from scs_desktop.domain.history import Change
    from scs_desktop.domain.snapshot import ImportSummary
    from scs_desktop.domain.strategy import Action
    from scs_desktop.store import Store, StoreInUse

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Records:
    """What the pages need of the store beside the position."""

    imports: Mapping[UUID, ImportSummary]
    changes: tuple[Change, ...]
    actions: tuple[Action, ...]
    agencies: tuple[Agency, ...]
    saved_at: datetime | None


def quarter_end_before(position: date) -> date:
    """Return the last day of the latest quarter that ends before the position's month."""
    months = (position.month - 1) % 3 + 1
    return month_end(add_months(position, -months))


class Session(QObject):
    """The one thing pages share.

    Signals:
        shown(StrategyPosition): this is what stands now; every page redraws from it.
        before_known(StrategyPosition): where it stood at the end of the quarter before, known at the same moment.
        records_changed: imports, changes and actions were read again.
        opened(Path): another store is open.
        backed_up(Path): the day's backup was written.
        closed: no store is open.

    """

    shown = Signal(object)
    before_known = Signal(object)
    records_changed = Signal()
    opened = Signal(object)
    backed_up = Signal(object)
    closed = Signal()

    def __init__(self, runner: Runner, messages: Messages, *, who: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.messages = messages
        self.who = who
        self.position: StrategyPosition | None = None
        self.records = Records({}, (), (), (), None)
        self.latest: date | None = None
        self._store: Store | None = None
        self._wanted: date | None = None
        self._held_by: StoreInUse | None = None

    # --- opening -----------------------------------------------------------------------------------

    @property
    def path(self) -> Path | None:
        """Where the open store lies."""
        return self._store.path if self._store is not None else None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed: no store, one that another person holds, or the past is shown."""
        return self._store is None or self._store.read_only

    def begin(self, path: Path, look: Callable[[], StrategyPosition | None], *, opened_after: SignalInstance) -> None:
        """Show a first look at a store, taken by another process; open the store itself once that is painted.

        Where there was nothing to look at, the store is opened at once, and says why.
        """

        def seen(position: StrategyPosition | None) -> None:
            if position is None:
                self.open(path)
            else:
                self.begin_with(path, position, opened_after=opened_after)

        self.runner.submit("Looking at the store", lambda _: look(), seen, failed=self.messages.problem)

    def begin_with(self, path: Path, position: StrategyPosition, *, opened_after: SignalInstance) -> None:
        """Show what is known of a store; open the store itself once that is painted."""
        opened_after.connect(lambda: self.open(path))
        self.show(position)

    def open(self, path: Path, *, read_only: bool = False, take_over: bool = False) -> None:
        """Open another store and show it; the one before is closed once the other is open.

        With ``take_over`` also where another computer did not let it go: the officer is sure that it has.
        """
        who = self.who

        def not_opened(error: UserError) -> None:
            self._not_opened(error, path)

        self.runner.submit(
            f"Opening {path.name}",
            lambda _: open_and_rate(path, who=who, read_only=read_only, take_over=take_over),
            self._take,
            failed=not_opened,
        )

    def open_made(self, title: str, make: Callable[[], Store]) -> None:
        """Make a store on the worker and show it."""
        from scs_desktop.workflows.overview import overview

        def work(_: Progress) -> Opened:
            store = make()
            return Opened(store, overview(store=store))

        self.runner.submit(title, work, self._take, failed=self._not_opened)

    def _not_opened(self, error: UserError, path: Path | None = None) -> None:
        from scs_desktop.store import StoreInUse

        offer = None
        if isinstance(error, StoreInUse) and path is not None:
            held = path
            if self._store is None:
                self._held_by = error
                self.open(held, read_only=True)
                return
            offer = Offer("Open to read only", lambda: self.open(held, read_only=True))
        if self._store is None:
            self.closed.emit()
        self.messages.problem(error, offer)

    def _take(self, opened: Opened) -> None:
        before, self._store = self._store, opened.store
        if before is not None:
            self.runner.submit(
                "Closing the store", lambda _: before.close(), lambda _: None, failed=self.messages.problem
            )
        self._wanted = None
        self.latest = opened.position.position
        self.messages.clear()
        self._tell_of_opening(opened)
        self.opened.emit(opened.store.path)
        if opened.position == self.position:
            self._ask_before(opened.position)
            self._keep_look(opened.position)
        else:
            self.show(opened.position)
        self._read_records()
        self._back_up_daily()

    def _tell_of_opening(self, opened: Opened) -> None:
        held, self._held_by = self._held_by, None
        if held is not None:
            path = opened.store.path
            # Only what another computer did not let go can be taken over; a process of this one holds on.
            elsewhere = held.holder.host != gethostname()
            over = Offer("Take it over", lambda: self.open(path, take_over=True)) if elsewhere else None
            self.messages.problem(f"{held.holder.sentence}. It is open here to read only.", over)
        elif opened.warning:
            self.messages.problem(opened.warning)

    def _back_up_daily(self) -> None:
        from scs_desktop.workflows.back_up import back_up_daily

        def told(path: Path | None) -> None:
            if path is not None:
                self.backed_up.emit(path)

        self.ask("Making the day's backup", lambda store, _: back_up_daily(store=store), told, key="backup")

    def restore(self, backup: Path) -> None:
        """Bring a backup back in the open store's place, and open it; what stood there is kept beside it."""
        from scs_desktop.workflows.back_up import restore

        before, who = self._store, self.who
        if before is None:
            return
        path = before.path
        # It is closed on the worker: until another is open, nothing may ask it.
        self._store = None

        def work(_: Progress) -> tuple[Opened, Path | None]:
            before.close()
            try:
                kept = restore(backup=backup, store_path=path, who=who).kept
            except UserError as error:
                return reopened(path, who, error), None
            return open_and_rate(path, who=who), kept

        def take(result: tuple[Opened, Path | None]) -> None:
            opened, kept = result
            self._take(opened)
            if opened.warning:
                self.messages.problem(opened.warning)
            else:
                where = f" What stood there is kept at {kept}." if kept is not None else ""
                self.messages.done(f"Restored from {backup.name}.{where}")

        self.runner.submit("Restoring the backup", work, take, failed=self._not_opened)

    def close(self) -> None:
        """Close the store; the worker has ended before."""
        if self._store is not None:
            self._store.close()
            self._store = None

    # --- showing -----------------------------------------------------------------------------------

    def show(self, position: StrategyPosition) -> None:
        """Make every page show this."""
        self.position = position
        if self.latest is None:
            self.latest = position.position
        self.shown.emit(position)
        if self._store is not None:
            self._ask_before(position)
            self._keep_look(position)

    def _keep_look(self, now: StrategyPosition) -> None:
        """Keep the latest position for the next start."""
        from scs_desktop.workflows.first_look import keep_look

        if now.as_at is None and now.position == self.latest and not self.read_only:
            self.ask("Keeping the overview", lambda store, _: keep_look(store.path, now), lambda _: None, key="look")

    def _ask_before(self, now: StrategyPosition) -> None:
        from scs_desktop.workflows.overview import overview

        def take(before: StrategyPosition) -> None:
            if self.position is now:
                self.before_known.emit(before)

        earlier = quarter_end_before(now.position)
        self.ask(
            "Comparing with the quarter before",
            lambda store, _: overview(store=store, position=earlier, as_at=now.as_at, strategy=now.strategy),
            take,
            key="before",
        )

    @property
    def wanted(self) -> date | None:
        """The position asked for; None for the latest."""
        return self._wanted

    @property
    def as_at(self) -> int | None:
        """Number of the last change that is seen; None for all."""
        return self.position.as_at if self.position is not None else None

    def show_at(self, position: date | None, as_at: int | None) -> None:
        """Show the strategy at this position as the store knew it after that change."""
        from scs_desktop.workflows.overview import overview

        self._wanted = position
        self.ask(
            "Rating the strategy",
            lambda store, _: overview(store=store, position=position, as_at=as_at),
            self.show,
            key="show",
        )

    def reload(self) -> None:
        """Show again what is shown, after something was stored."""
        self.show_at(self._wanted, self.as_at)
        self._read_records()

    def _read_records(self) -> None:
        from scs_desktop.domain.strategy import Action

        def read(store: Store, _: Progress) -> Records:
            changes = store.changes()
            return Records(
                {one.id: one for one in store.imports()},
                changes,
                store.all_of(Action),
                store.agencies(),
                changes[0].at if changes else None,
            )

        def take(records: Records) -> None:
            self.records = records
            self.records_changed.emit()

        self.ask("Reading the history", read, take, key="records")

    # --- asking and changing -----------------------------------------------------------------------

    def ask(
        self,
        title: str,
        work: Callable[[Store, Progress], Result],
        done: Callable[[Result], None],
        *,
        failed: Callable[[UserError], None] | None = None,
        cancelled: Callable[[], None] | None = None,
        key: str = "",
    ) -> Job | None:
        """Ask the store something on the worker; the answer comes to ``done`` in the window's thread."""
        store = self._store
        if store is None:
            self.messages.problem("No store is open. Open one under Store, or start from the example.")
            return None
        return self.runner.submit(
            title,
            lambda progress: work(store, progress),
            done,
            failed=failed or self.messages.problem,
            cancelled=cancelled,
            key=key,
        )

    def change(
        self,
        title: str,
        work: Callable[[Store, Progress], Result],
        done: Callable[[Result], None],
        *,
        failed: Callable[[UserError], None] | None = None,
    ) -> Job | None:
        """Change the store on the worker, then show what stands now."""

        def changed(result: Result) -> None:
            done(result)
            self.reload()

        return self.ask(title, work, changed, failed=failed)
