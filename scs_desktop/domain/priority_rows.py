"""A priority at a position: its indicators, its rollup by the rule chosen for it, its returns and actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from scs_desktop.domain.due import date_text
from scs_desktop.domain.position import IndicatorPosition, PriorityPosition, Status
from scs_desktop.domain.rollup import Rated, RollupRule, count_lights, roll_up
from scs_desktop.domain.sentences import listed, plural
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Action, ActionStatus, Priority

_CLOSED = frozenset({ActionStatus.COMPLETE, ActionStatus.DROPPED})


def priority_position(
    snapshot: Snapshot, priority: Priority, positions: Mapping[UUID, IndicatorPosition], position: date
) -> PriorityPosition:
    """Return the priority as every page, window and command shows it; ``positions`` are all uses' rows."""
    own = sorted((one for one in positions.values() if one.priority == priority.id), key=lambda one: one.order)
    borrowed = tuple(use for use in priority.derived_from if use in positions)
    shown = [*own, *(positions[use] for use in borrowed)]
    status = _rolled_up(snapshot, priority, shown, position)
    if borrowed and not own:
        codes = listed([positions[use].code for use in borrowed])
        through = f"It has no indicator of its own and succeeds through {codes}."
        status = replace(status, details=(*status.details, through))
    headline = next((one for one in shown if one.headline), shown[0] if shown else None)
    dues = [one.data.due_on for one in shown if one.data.due_on is not None and one.data.due_on >= snapshot.known_on]
    agencies = [snapshot.agencies[one].name for one in priority.lead_agencies if one in snapshot.agencies]
    actions = [one for one in snapshot.actions if one.priority == priority.id and one.status not in _CLOSED]
    return PriorityPosition(
        id=priority.id,
        number=priority.number,
        name=priority.name,
        lead=priority.lead_text or listed(agencies),
        status=status,
        counts=count_lights(one.status for one in shown),
        indicators=tuple(shown),
        borrowed=borrowed,
        headline=None if headline is None else headline.use,
        age_text=_age_text(shown),
        next_due=min(dues, default=None),
        actions_open=len(actions),
        actions_overdue=sum(_overdue(one, snapshot.known_on) for one in actions),
    )


def _rolled_up(snapshot: Snapshot, priority: Priority, shown: Sequence[IndicatorPosition], position: date) -> Status:
    """Roll up by the rule chosen for the priority; an override of this very position stands over its light."""
    weights = {use.id: use.weight for use in snapshot.uses}
    rated = [Rated(one.code, one.headline, one.status, weights[one.use]) for one in shown]
    choice = snapshot.rollups.get(priority.id)
    rule = RollupRule.COUNTED if choice is None else choice.rule
    mine = [one for one in snapshot.overrides if one.priority == priority.id and one.position == position]
    override = mine[-1].override if mine else None
    lit = [one for one in rated if one.status.light is not None]
    weightless = rule is RollupRule.WEIGHTED and bool(lit) and not any(one.weight for one in lit)
    if weightless:
        # Nothing that has a light counts: the numbers of lights say more than nought out of nought.
        rule = RollupRule.COUNTED
    status = roll_up(rated, rule=rule, override=override)
    if choice is None:
        return status
    how = f"Rolled up by the rule “{choice.rule.value}”, chosen by the {choice.by_post}, {date_text(choice.on)}"
    details = [f"{how}: {choice.reason.strip().rstrip('.')}."]
    if weightless:
        details.append("No rated indicator bears weight here, so lights are counted.")
    return replace(status, details=(*status.details, *details))


def _overdue(action: Action, known_on: date) -> bool:
    return action.status is ActionStatus.OVERDUE or (action.due is not None and action.due < known_on)


def _age_text(rows: Sequence[IndicatorPosition]) -> str:
    ages = [one.data.age_months for one in rows if one.data.age_months is not None]
    overdue = sum(one.data.overdue for one in rows)
    late = f"{overdue} overdue" if overdue else ""
    if not ages:
        return late or "no figures"
    low, high = min(ages), max(ages)
    if high == 0:
        age = "up to date"
    elif low == high:
        age = f"{plural(high, 'month')} old"
    else:
        age = f"{low} to {plural(high, 'month')} old"
    return ", ".join(part for part in (age, late) if part)
