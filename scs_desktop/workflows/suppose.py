"""What other rules would do to the lights, asked before anybody approves them; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import financial_year_of
from scs_desktop.domain.target_setting import number_fault
from scs_desktop.domain.targets import Target, TargetKind, TargetState
from scs_desktop.domain.what_if import strategy_years, what_if
from scs_desktop.workflows.overview import look
from scs_desktop.workflows.targets import known_targets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.domain.strategy import IndicatorUse
    from scs_desktop.domain.what_if import Effect, Supposition
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class TargetWish:
    """A target as it is typed: the indicator's code, and a number or a percentage of its baseline."""

    code: str
    number: Decimal
    percent: bool = False


def lights_supposed(
    *, store: Store, strategy: UUID, position: date, as_at: int | None, supposed: Supposition
) -> Effect:
    """Rate the strategy as it is and as it is supposed, at a position as the store knew it, and tell what differs."""
    return what_if(look(store=store, as_at=as_at, strategy=strategy), position, supposed)


def use_coded(snapshot: Snapshot, code: str) -> IndicatorUse:
    """Return the use of an indicator by its code in the strategy.

    Raises:
        UserError: there is none of that code.

    """
    found = next((one for one in snapshot.uses if one.code.casefold() == code.strip().casefold()), None)
    if found is None:
        known = ", ".join(one.code for one in snapshot.uses)
        message = f"No indicator has the code “{code}”. There are {known}."
        raise UserError(message)
    return found


def wish_from(text: str) -> TargetWish:
    """Read ``1.3=3059`` (a value in the indicator's unit) or ``1.3=-10%`` (percent on its baseline).

    Raises:
        UserError: it is neither.

    """
    code, _, said = text.partition("=")
    cleaned = said.strip().replace(",", "").replace("−", "-")
    try:
        number = Decimal(cleaned.removesuffix("%").strip())
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        message = f"“{text}” is no target: write 1.3=3059 for a value, 1.3=-10% for percent on the baseline."
        raise UserError(message)
    return TargetWish(code.strip(), number, cleaned.endswith("%"))


def targets_wished(
    snapshot: Snapshot, wishes: Sequence[TargetWish], position: date, *, path: bool
) -> dict[UUID, tuple[Target, ...]]:
    """Return, by use, the one target of each wish: for the position's year, or as the end of a path to the last year.

    Raises:
        UserError: a code is not in the strategy, or no figure of it can be what is wished.

    """
    known = known_targets(snapshot, position)
    year = strategy_years(snapshot.strategy)[-1] if path else financial_year_of(position)
    found: dict[UUID, tuple[Target, ...]] = {}
    for one in wishes:
        use = use_coded(snapshot, one.code)
        kind = TargetKind.PERCENT_ON_BASELINE if one.percent else TargetKind.VALUE
        target = Target(use.id, use.id, year, kind, TargetState.APPROVED, one.number, end_of_path=path)
        fault = number_fault(target, known.definition(use.id), known.level(use.id))
        if fault is not None:
            message = f"{use.code}: {fault}"
            raise UserError(message)
        found[use.id] = (target,)
    return found
