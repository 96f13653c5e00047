"""Breaks in an indicator's figures: mark one with its cause, list them, take one away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from scs_desktop.domain.breaks import BreakKind, SeriesBreak
from scs_desktop.domain.corrections import as_decided
from scs_desktop.domain.due import date_text
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.periods import financial_year_of
from scs_desktop.domain.rows import decided_name
from scs_desktop.workflows.overview import look

if TYPE_CHECKING:
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.domain.strategy import IndicatorUse
    from scs_desktop.returns.plan import PlannedBreak
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class MarkedBreak:
    """A break with the indicator it belongs to, as the strategy names it."""

    use: UUID
    code: str
    name: str
    kept: SeriesBreak

    @property
    def sentence(self) -> str:
        """What the break does: "April 2013: fraud left. Nothing is compared across it."."""
        cause = self.kept.cause.strip().rstrip(".")
        if self.kept.kind is BreakKind.REBASE:
            return f"{self.kept.when}: {cause}. Process limits begin anew."
        if self.kept.bars_comparison:
            return f"{self.kept.when}: {cause}. Nothing is compared across it."
        because = self.kept.compared_because.strip().rstrip(".")
        return f"{self.kept.when}: {cause}. Compared across it all the same: {because}."


def break_id(indicator: UUID, on: date) -> UUID:
    """Return the identity of an indicator's break on a day: the same wherever it is marked."""
    return uuid5(indicator, f"break {on.isoformat()}")


def breaks(
    *, store: Store, use: UUID | None = None, strategy: UUID | None = None, as_at: int | None = None
) -> tuple[MarkedBreak, ...]:
    """Return the breaks that are marked, of one use's indicator or of all, by indicator and day.

    Raises:
        UserError: the store holds no strategy.

    """
    snapshot = look(store=store, strategy=strategy, as_at=as_at)
    reading = as_decided(snapshot)
    return tuple(
        MarkedBreak(one.id, one.code, decided_name(snapshot, reading, one), kept)
        for one in sorted(snapshot.uses, key=lambda one: one.order)
        for kept in snapshot.breaks
        if kept.indicator == one.indicator and use in {None, one.id}
    )


def add_break(
    *,
    store: Store,
    use: UUID,
    on: date,
    cause: str,
    kind: BreakKind = BreakKind.DEFINITION,
    compared_because: str = "",
    strategy: UUID | None = None,
    at: datetime | None = None,
) -> MarkedBreak:
    """Mark that an indicator's figures are others from a day on, with the known cause.

    A break of definition bars comparing across it unless ``compared_because`` says why that is right;
    a rebasing begins new process limits and bars nothing.

    Raises:
        UserError: there is no such indicator, no such time, no cause, a reason to compare across what bars
            nothing, or a break on that day already.

    """
    snapshot = look(store=store, strategy=strategy)
    mine = _use(snapshot, use)
    first = min([financial_year_of(snapshot.strategy.baseline_end).start, *_starts(snapshot)])
    last = max(snapshot.strategy.end, snapshot.known_on)
    if not first <= on <= last:
        message = f"A break lies between {date_text(first)} and {date_text(last)}: look at the year of {date_text(on)}."
        raise UserError(message)
    if not cause.strip():
        message = "A break needs its known cause: it is printed beside the mark."
        raise UserError(message)
    if kind is BreakKind.REBASE and compared_because.strip():
        message = "A rebasing bars no comparison, so it needs no reason for one: leave the reason out."
        raise UserError(message)
    kept = SeriesBreak(
        break_id(mine.indicator, on), mine.indicator, kind, on, cause.strip(), compared_because.strip()
    )  # fmt: skip
    known = breaks(store=store, use=use, strategy=strategy)
    there = next((one for one in known if one.kept.on == on), None)
    if there is not None:
        message = f"{there.code} has a break {kept.at} already ({there.kept.cause}). Remove that one first."
        raise UserError(message)
    what = "Break" if kind is BreakKind.DEFINITION else "Rebasing"
    with store.change(kind=ChangeKind.ENTRY, summary=f"{what} of {mine.code} {kept.at}", at=at) as change:
        change.save(kept)
    return next(one for one in breaks(store=store, use=use, strategy=strategy) if one.kept.id == kept.id)


def remove_break(*, store: Store, break_: UUID, at: datetime | None = None) -> MarkedBreak:
    """Take a break away, and return it: figures are compared again as if it had not been marked.

    Raises:
        UserError: there is no such break.

    """
    found = next((one for one in breaks(store=store) if one.kept.id == break_), None)
    if found is None:
        message = "There is no such break. The command breaks lists them."
        raise UserError(message)
    summary = f"Break of {found.code} {found.kept.at} removed"
    with store.change(kind=ChangeKind.ENTRY, summary=summary, at=at) as change:
        change.close(SeriesBreak, found.kept.id)
    return found


def use_coded(*, store: Store, code: str, strategy: UUID | None = None) -> IndicatorUse:
    """Return the use of a code in the strategy.

    Raises:
        UserError: the strategy has no such code.

    """
    uses = look(store=store, strategy=strategy).uses
    found = next((one for one in uses if one.code.casefold() == code.strip().casefold()), None)
    if found is None:
        known = ", ".join(one.code for one in sorted(uses, key=lambda one: one.order))
        message = f"The strategy has no indicator “{code}”. It has {known}."
        raise UserError(message)
    return found


def breaks_to_store(*, store: Store, planned: Iterable[PlannedBreak]) -> tuple[SeriesBreak, ...]:
    """Return what a return's confirmed breaks add: none that is marked already, or that the officer removed by hand."""
    marked = {(one.indicator, one.on) for one in store.all_of(SeriesBreak)}
    by_hand = {one.number for one in store.changes() if one.kind is ChangeKind.ENTRY}
    found = []
    for one in planned:
        identity = break_id(one.indicator, one.on)
        last = next(iter(store.audit(entity_id=identity, limit=1)), None)
        removed = last is not None and last.what == "removed" and last.change in by_hand
        if (one.indicator, one.on) not in marked and not removed:
            found.append(SeriesBreak(identity, one.indicator, BreakKind.DEFINITION, one.on, one.cause))
    return tuple(found)


def with_breaks(snapshot: Snapshot, added: Iterable[SeriesBreak]) -> Snapshot:
    """Return the snapshot as it would be with more breaks."""
    return replace(snapshot, breaks=tuple(sorted((*snapshot.breaks, *added), key=lambda one: one.on)))


def _starts(snapshot: Snapshot) -> list[date]:
    """Return the first day of each series' figures."""
    return [min(one.key.period.start for one in figures) for figures in snapshot.figures.values() if figures]


def _use(snapshot: Snapshot, use: UUID) -> IndicatorUse:
    found = next((one for one in snapshot.uses if one.id == use), None)
    if found is None:
        message = "The strategy has no such indicator."
        raise UserError(message)
    return found
