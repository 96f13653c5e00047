"""How a priority's light follows from its indicators': the rule, the weights, and what people decide over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.before_signing import position_fault
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.periods import month_end, position_label
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.rollup import PriorityOverride, RollupChoice, RollupRule
from scs_desktop.domain.strategy import IndicatorUse, Priority
from scs_desktop.domain.what_if import Supposition, what_if
from scs_desktop.workflows.overview import latest_position, look
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from scs_desktop.domain.position import Light, PriorityPosition, Status
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.domain.what_if import Effect
    from scs_desktop.store import Store


_MOST_WEIGHT = 1000


@dataclass(frozen=True, slots=True)
class Weighing:
    """An indicator of a priority, with the weight it has in a weighted rollup."""

    use: UUID
    code: str
    name: str
    weight: Decimal
    status: Status
    borrowed: bool


@dataclass(frozen=True, slots=True)
class PriorityRollup:
    """How a priority's light comes about at a position.

    Attributes:
        status: the light as it stands, ``by_rule`` what the rule gives without any override.
        choice: the rule as the partnership chose it, None where lights are counted as by default.
        override: the one of this position; ``overrides`` are those of all positions.

    """

    id: UUID
    number: int
    name: str
    status: Status
    by_rule: Status
    choice: RollupChoice | None
    indicators: tuple[Weighing, ...]
    override: PriorityOverride | None
    overrides: tuple[PriorityOverride, ...]

    @property
    def rule(self) -> RollupRule:
        """Return the rule that holds."""
        return RollupRule.COUNTED if self.choice is None else self.choice.rule


@dataclass(frozen=True, slots=True)
class RollupBook:
    """Every priority's rollup at a position, as the store knew it."""

    strategy: UUID
    position: date
    as_at: int | None
    priorities: tuple[PriorityRollup, ...]


def rollups(
    *, store: Store, strategy: UUID | None = None, position: date | None = None, as_at: int | None = None
) -> RollupBook:
    """Return how each priority's light comes about.

    Raises:
        UserError: the store holds no strategy.

    """
    snapshot = look(store=store, strategy=strategy, as_at=as_at)
    day = month_end(position) if position is not None else latest_position(snapshot)
    shown = rate_strategy(snapshot, day)
    bare = rate_strategy(replace(snapshot, overrides=()), day)
    rows = tuple(
        _rollup(snapshot, one, other.status, day) for one, other in zip(shown.priorities, bare.priorities, strict=True)
    )
    return RollupBook(snapshot.strategy.id, day, as_at, rows)


def _rollup(snapshot: Snapshot, priority: PriorityPosition, by_rule: Status, day: date) -> PriorityRollup:
    weights = {use.id: use.weight for use in snapshot.uses}
    mine = tuple(one for one in snapshot.overrides if one.priority == priority.id)
    return PriorityRollup(
        id=priority.id,
        number=priority.number,
        name=priority.name,
        status=priority.status,
        by_rule=by_rule,
        choice=snapshot.rollups.get(priority.id),
        indicators=tuple(
            Weighing(row.use, row.code, row.name, weights[row.use], row.status, row.use in priority.borrowed)
            for row in priority.indicators
        ),
        override=next((one for one in mine if one.position == day), None),
        overrides=mine,
    )


def priority_named(known: Sequence[PriorityRollup], name: str) -> PriorityRollup:
    """Return the priority of a number, or of a name or the beginning of one.

    Raises:
        UserError: there is none, or several begin so.

    """
    wanted = name.strip().casefold()
    found = [one for one in known if str(one.number) == wanted or one.name.casefold() == wanted]
    found = found or [one for one in known if wanted and one.name.casefold().startswith(wanted)]
    if len(found) == 1:
        return found[0]
    named = "; ".join(f"{one.number} {one.name}" for one in known)
    message = f"“{name}” is no single priority. There are {named}."
    raise UserError(message)


# --- rule and weights -----------------------------------------------------------------------------


def choose_rollup(
    *,
    store: Store,
    priority: UUID,
    rule: RollupRule,
    reason: str,
    by_post: str,
    on: date | None = None,
    at: datetime | None = None,
) -> RollupChoice:
    """Choose the rule by which a priority's light follows, with the reason and the post that decided.

    Raises:
        UserError: there is no such priority, or the reason or the post is missing.

    """
    number = _priority(store, priority).number
    _require_words(reason, by_post, "A rule")
    before = next((one for one in store.all_of(RollupChoice) if one.priority == priority), None)
    chosen = RollupChoice(
        uuid4() if before is None else before.id, priority, rule, reason.strip(), by_post.strip(), on or _today()
    )
    with store.change(
        kind=ChangeKind.DECISION, summary=f"Change rollup of priority {number}: {rule.value}", at=at
    ) as change:
        change.save(chosen)
    return chosen


def set_weight(*, store: Store, use: UUID, weight: Decimal, at: datetime | None = None) -> IndicatorUse:
    """Set how much an indicator counts in a weighted rollup; 0 leaves it out.

    Raises:
        UserError: there is no such indicator, or the weight is below zero.

    """
    return set_weights(store=store, weights={use: weight}, at=at)[0]


def set_weights(
    *, store: Store, weights: Mapping[UUID, Decimal], at: datetime | None = None
) -> tuple[IndicatorUse, ...]:
    """Set the weights of several indicators as one change.

    Raises:
        UserError: there is no such indicator, or a weight is below zero.

    """
    known = {one.id: one for one in store.all_of(IndicatorUse)}
    if not weights or any(use not in known for use in weights):
        message = "This indicator is in no strategy of the store any longer."
        raise UserError(message)
    _require_weights(weights.values())
    changed = tuple(replace(known[use], weight=weight) for use, weight in weights.items())
    said = ", ".join(f"{one.code} {one.weight.normalize():f}" for one in changed)
    with store.change(kind=ChangeKind.DECISION, summary=f"Change weights: {said}", at=at) as change:
        change.save(*changed)
    return changed


# --- overrides ------------------------------------------------------------------------------------


def override_light(
    *,
    store: Store,
    priority: UUID,
    position: date,
    light: Light,
    reason: str,
    by_post: str,
    on: date | None = None,
    at: datetime | None = None,
) -> PriorityOverride:
    """Set a priority's light at one position over the rule's; the sentence names both.

    ``position`` is any day of the position's month.

    Raises:
        UserError: there is no such priority, the reason or the post is missing, or the position is not over or
            lies before the strategy's baseline year.

    """
    number = _priority(store, priority).number
    _require_words(reason, by_post, "A light")
    day, decided = month_end(position), on or _today()
    _require_position(store, priority, day, decided)
    before = _override_at(store, priority, day)
    made = PriorityOverride(
        uuid4() if before is None else before.id, priority, day, light, reason.strip(), by_post.strip(), decided
    )
    summary = f"Change light of priority {number} at {position_label(day)}: {light.value} by decision"
    with store.change(kind=ChangeKind.DECISION, summary=summary, at=at) as change:
        change.save(made)
    return made


def withdraw_override(*, store: Store, priority: UUID, position: date, at: datetime | None = None) -> PriorityOverride:
    """Let the rule's light stand again at a position.

    Raises:
        UserError: nothing was decided over the rule there.

    """
    number = _priority(store, priority).number
    day = month_end(position)
    found = _override_at(store, priority, day)
    if found is None:
        message = f"At {position_label(day)} nothing is decided over the rule of priority {number}."
        raise UserError(message)
    summary = f"Change light of priority {number} at {position_label(day)}: by the rule again"
    with store.change(kind=ChangeKind.DECISION, summary=summary, at=at) as change:
        change.close(PriorityOverride, found.id)
    return found


# --- what they would do ---------------------------------------------------------------------------


def effect_of_rollup(
    *,
    store: Store,
    strategy: UUID,
    position: date,
    as_at: int | None = None,
    priority: UUID,
    rule: RollupRule | None = None,
    weights: Mapping[UUID, Decimal] | None = None,
    light: Light | None = None,
    withdraw: bool = False,
) -> Effect:
    """Return which lights would flip by another rule, weights or override of a priority; nothing is stored.

    ``light`` would be decided over the rule at the position; ``withdraw`` takes such a decision away.

    Raises:
        UserError: a weight that none can be.

    """
    snapshot = look(store=store, strategy=strategy, as_at=as_at)
    today = snapshot.known_on
    _require_weights((weights or {}).values())
    chosen = {} if rule is None else {priority: RollupChoice(priority, priority, rule, "–", "–", today)}
    overrides = None
    if light is not None or withdraw:
        others = [one for one in snapshot.overrides if (one.priority, one.position) != (priority, position)]
        ours = [] if light is None else [PriorityOverride(priority, priority, position, light, "–", "–", today)]
        overrides = (*others, *ours)
    supposed = Supposition(rollups=chosen, weights=dict(weights or {}), overrides=overrides)
    return what_if(snapshot, position, supposed)


def _priority(store: Store, identifier: UUID) -> Priority:
    found = next((one for one in store.all_of(Priority) if one.id == identifier), None)
    if found is None:
        message = "This priority is in no strategy of the store any longer."
        raise UserError(message)
    return found


def _override_at(store: Store, priority: UUID, day: date) -> PriorityOverride | None:
    known = store.all_of(PriorityOverride)
    return next((one for one in known if one.priority == priority and one.position == day), None)


def _require_weights(weights: Iterable[Decimal]) -> None:
    if any(not one.is_finite() or not 0 <= one <= _MOST_WEIGHT for one in weights):
        message = f"A weight is a number from 0 to {_MOST_WEIGHT}: 0 leaves the indicator out, 2 counts it twice."
        raise UserError(message)


def _require_position(store: Store, priority: UUID, day: date, on: date) -> None:
    strategy = next((one.strategy for one in store.all_of(Priority) if one.id == priority), None)
    fault = position_fault(look(store=store, strategy=strategy).strategy, day, on)
    if fault is not None:
        raise UserError(fault)


def _require_words(reason: str, by_post: str, what: str) -> None:
    if not reason.strip():
        message = f"{what} that people choose needs its reason: it is printed beside the light."
        raise UserError(message)
    if not by_post.strip():
        message = f"{what} that people choose needs the post that decided, such as Chair of the Partnership Board."
        raise UserError(message)


def _today() -> date:
    return local_day()
