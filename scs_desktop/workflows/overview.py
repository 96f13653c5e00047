"""Where the strategy stands: the question the officer asks most."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import PeriodKind, month_end
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from scs_desktop.domain.position import StrategyPosition
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.store import Store


def overview(
    *, store: Store, position: date | None = None, as_at: int | None = None, strategy: UUID | None = None
) -> StrategyPosition:
    """Rate the strategy at a position, as the store knew it.

    ``position`` is any day of the position's month (the latest month with a figure if None),
    ``as_at`` the number of the last change to see (None for all), ``strategy`` the one running at
    the position where the store has several.

    Raises:
        UserError: the store holds no strategy.

    """
    snapshot = look(store=store, as_at=as_at, strategy=strategy)
    return rate_strategy(snapshot, month_end(position) if position is not None else latest_position(snapshot))


def look(*, store: Store, as_at: int | None = None, strategy: UUID | None = None) -> Snapshot:
    """Take the store's knowledge of a strategy at a moment.

    Raises:
        UserError: the store holds no strategy.

    """
    if strategy is None:
        known = store.strategies(as_at=as_at)
        if not known and as_at is not None and store.strategies():
            first = min(one.at for one in store.changes() if store.strategies(as_at=one.number)).astimezone()
            raise UserError(f"This store held no strategy yet then. It has since {first.day} {first:%B %Y}.")
        if not known:
            message = "This store holds no strategy yet. Start from the Barnet strategy, or open another store."
            raise UserError(message)
        strategy = max(known, key=lambda one: one.start).id
    return store.snapshot(strategy, as_at=as_at, known_on=_known_on(store, as_at))


def _known_on(store: Store, as_at: int | None) -> date:
    """Return the day that decides what is due: today, or the day of the last change that is seen.

    An example's calendar stands still at its last change, else every figure of it would be overdue.
    """
    if as_at is None and store.kind is StoreKind.REAL:
        return local_day()
    seen = [change.at.date() for change in store.changes() if as_at is None or change.number <= as_at]
    return max(seen) if seen else local_day()


def latest_position(snapshot: Snapshot) -> date:
    """Return the end of the latest month with a figure; else of any period; else of the baseline year."""
    ends = [
        (figure.key.period.kind is PeriodKind.MONTH, figure.key.period.end)
        for figures in snapshot.figures.values()
        for figure in figures
    ]
    return max(ends)[1] if ends else snapshot.strategy.baseline_end


def cut_on(*, store: Store, day: date) -> int:
    """Return the number of the last change recorded on or before the day."""
    return store.cut_at(datetime.combine(day, time.max, tzinfo=UTC))
