"""Targets as they stand by year, beside their baselines, and how they came to be so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.agencies import Meeting
from scs_desktop.domain.baselines import baseline_text, own_baseline, year_name
from scs_desktop.domain.corrections import as_decided, as_printed
from scs_desktop.domain.due import date_text
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import Change
from scs_desktop.domain.path import NUMERIC, target_of_year
from scs_desktop.domain.periods import Period, financial_year_label
from scs_desktop.domain.rating import case_of, series_of_uses
from scs_desktop.domain.rows import decided_name
from scs_desktop.domain.status import baseline_level, year_comparator
from scs_desktop.domain.target_setting import level_text, target_text
from scs_desktop.domain.targets import Target, TargetState
from scs_desktop.domain.what_if import strategy_years
from scs_desktop.workflows.overview import latest_position, look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scs_desktop.domain.case import Case
    from scs_desktop.domain.corrections import Reading
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.domain.strategy import Definition, IndicatorUse
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class YearTarget:
    """A year's target.

    Attributes:
        ruling: the approved target that the year is rated with, its own or the end of the path it lies on.
        text: that target in few words, empty without one.
        comparator: what the indicator should stand at by the end of the year, in the definition's unit.
        proposed: what awaits approval for the year, ``proposed_text`` in few words.
        meeting: the meeting that approved the ruling one.

    """

    year: Period
    ruling: Target | None
    text: str
    comparator: Decimal | None
    comparator_text: str
    proposed: Target | None
    proposed_text: str
    meeting: Meeting | None

    @property
    def on_path(self) -> bool:
        """Whether the year has no target of its own and lies on the path to a later one."""
        return self.ruling is not None and self.ruling.year.start != self.year.start


@dataclass(frozen=True, slots=True)
class UseTargets:
    """An indicator's baseline and targets.

    Attributes:
        printed, decided, own: the baseline as printed, as it is read with the decisions, and from its own series.
        level: the baseline a path starts from, in the definition's unit; None while there is none.
        targets: every target of the use, proposed and withdrawn ones too.

    """

    use: UUID
    code: str
    name: str
    priority: UUID
    definition: Definition
    baseline_period: Period
    baseline_year: str
    printed: str
    decided: str
    own: str
    level: Decimal | None
    years: tuple[YearTarget, ...]
    targets: tuple[Target, ...]

    @property
    def proposed(self) -> tuple[Target, ...]:
        """Return what awaits approval."""
        return tuple(one for one in self.targets if one.state is TargetState.PROPOSED)


@dataclass(frozen=True, slots=True)
class TargetBook:
    """The targets of a whole strategy, as the store knew them."""

    strategy: UUID
    position: date
    as_at: int | None
    years: tuple[Period, ...]
    uses: tuple[UseTargets, ...]
    meetings: tuple[Meeting, ...]

    @property
    def proposed(self) -> tuple[Target, ...]:
        """Return all that awaits approval."""
        return tuple(target for one in self.uses for target in one.proposed)


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """What one change did to a target: ``target`` as it stood after it, None where it was taken away."""

    change: Change
    before: Target | None
    target: Target | None
    sentence: str


@dataclass(frozen=True, slots=True)
class KnownTargets:
    """What a strategy's targets are judged by: each use's figures, definition and baseline as decided."""

    snapshot: Snapshot
    reading: Reading
    cases: dict[UUID, Case]

    def level(self, use: UUID) -> Decimal | None:
        """Return the whole baseline year's value, in the definition's unit."""
        return baseline_level(self.cases[use])

    def definition(self, use: UUID) -> Definition:
        """Return what the indicator means, as decided."""
        return self.cases[use].definition

    def year(self, use: UUID) -> str:
        """Return the name of the baseline's year."""
        return year_name(self.cases[use].year)


def known_targets(snapshot: Snapshot, position: date) -> KnownTargets:
    """Gather what the strategy's targets are judged by, with the figures up to the position."""
    reading = as_decided(snapshot)
    found = series_of_uses(snapshot, position)
    cases = {use.id: case_of(snapshot, reading, use, found.get(use.id), position, {}) for use in snapshot.uses}
    return KnownTargets(snapshot, reading, cases)


# --- what stands ----------------------------------------------------------------------------------


def targets(
    *, store: Store, strategy: UUID | None = None, position: date | None = None, as_at: int | None = None
) -> TargetBook:
    """Return every indicator's baseline and targets by year, as the store knew them.

    Raises:
        UserError: the store holds no strategy.

    """
    snapshot = look(store=store, as_at=as_at, strategy=strategy)
    known = known_targets(snapshot, position or latest_position(snapshot))
    printed = as_printed(snapshot)
    years = strategy_years(snapshot.strategy)
    rows = tuple(
        _use_targets(known, use, years, baseline_text(printed.baselines.get(use.id), printed.definitions[use.id]))
        for use in snapshot.uses
    )
    return TargetBook(
        snapshot.strategy.id, position or latest_position(snapshot), as_at, years, rows, snapshot.meetings
    )


def _use_targets(known: KnownTargets, use: IndicatorUse, years: tuple[Period, ...], printed: str) -> UseTargets:
    case = known.cases[use.id]
    definition = case.definition
    mine = known.snapshot.targets.get(use.id, ())
    own = None if case.found is None else own_baseline(case.found, definition, case.year)
    level = baseline_level(case)
    return UseTargets(
        use=use.id,
        code=use.code,
        name=decided_name(known.snapshot, known.reading, use),
        priority=use.priority,
        definition=definition,
        baseline_period=case.year,
        baseline_year=known.year(use.id),
        printed=printed,
        decided=baseline_text(case.baseline, definition),
        own="" if own is None or own.value is None else level_text(own.value, definition),
        level=level,
        years=tuple(_year_target(known.snapshot, case, mine, year, use) for year in years),
        targets=mine,
    )


def _year_target(snapshot: Snapshot, case: Case, mine: Sequence[Target], year: Period, use: IndicatorUse) -> YearTarget:
    ruling = target_of_year(mine, year)
    definition = case.definition
    comparator = None
    text = "" if ruling is None else target_text(ruling, definition)
    if ruling is not None and ruling.kind in NUMERIC:
        comparator = year_comparator(case, ruling, year)
    if ruling is None and not mine and use.direction is not None:
        text = "increase" if definition.polarity.sign > 0 else "reduction"
    waiting = [one for one in mine if one.state is TargetState.PROPOSED and one.year.start == year.start]
    proposed = waiting[-1] if waiting else None
    return YearTarget(
        year=year,
        ruling=ruling,
        text=text,
        comparator=comparator,
        comparator_text="" if comparator is None else level_text(comparator, definition),
        proposed=proposed,
        proposed_text="" if proposed is None else target_text(proposed, definition),
        meeting=next((one for one in snapshot.meetings if ruling is not None and one.id == ruling.meeting), None),
    )


def target_history(*, store: Store, use: UUID, as_at: int | None = None) -> tuple[TargetVersion, ...]:
    """Return what changes did to an indicator's targets, the latest first."""
    touched: dict[int, set[str]] = {}
    for line in store.audit():
        if line.entity == "target" and (as_at is None or line.change <= as_at):
            touched.setdefault(line.change, set()).add(line.entity_id)
    if not touched:
        return ()
    changes = {one.number: one for one in store.changes()}
    snapshot = look(store=store, as_at=as_at, strategy=strategy_of(store, use))
    definition = as_decided(snapshot).definitions[use]
    meetings = {one.id: one for one in store.meetings()}
    found: list[TargetVersion] = []
    before: dict[str, Target] = {}
    for number in sorted(touched):
        after = {str(one.id): one for one in store.all_of(Target, as_at=number) if one.use == use}
        for identity in sorted(touched[number] & (before.keys() | after.keys())):
            was, now = before.get(identity), after.get(identity)
            # A proposal that was approved goes on as its year's target, which tells it.
            goes_on = now is None and any(
                other.year == was.year and other.state is TargetState.APPROVED and before.get(key) != other
                for key, other in after.items()
                if was is not None
            )
            if was != now and not goes_on:
                meeting = None if now is None or now.meeting is None else meetings.get(now.meeting)
                sentence = _version_sentence(was, now, definition, meeting)
                found.append(TargetVersion(changes[number], was, now, sentence))
        before = after
    return tuple(reversed(found))


def _version_sentence(was: Target | None, now: Target | None, definition: Definition, meeting: Meeting | None) -> str:
    one = now or was
    if one is None:
        return ""
    year = financial_year_label(one.year)
    if now is None:
        return f"{year}: the proposal of {target_text(one, definition)} was closed."
    path = ", the end of a path" if now.end_of_path else ""
    at = f" at the meeting of {date_text(meeting.meeting)}" if meeting is not None else ""
    noted = f" {now.note}" if now.note else ""
    said = f"{year}: {target_text(now, definition)}{path}, {now.state.value}{at}.{noted}"
    return said if was is None else f"{said} Before: {target_text(was, definition)}, {was.state.value}."


def strategy_of(store: Store, use: UUID) -> UUID:
    """Return the strategy that a use belongs to.

    Raises:
        UserError: no strategy of the store uses it any longer.

    """
    from scs_desktop.domain.strategy import IndicatorUse

    for one in store.all_of(IndicatorUse):
        if one.id == use:
            return one.strategy
    message = "This indicator is in no strategy of the store any longer."
    raise UserError(message)
