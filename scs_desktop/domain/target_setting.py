"""Setting a target: what may be set, what is asked about, how it is said, and what approval makes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.path import NUMERIC, target_value
from scs_desktop.domain.periods import Period, financial_year_label, financial_year_of
from scs_desktop.domain.sentences import MINUS, exact_decimals, number_text, value_text
from scs_desktop.domain.strategy import Definition, Polarity, RatedPart, Strategy
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance, range_words

_HUNDRED = Decimal(100)
# More than anything that is counted or costed: a slip of the hand.
_TOO_LARGE = Decimal(10) ** 12
_RULES: dict[TargetKind, frozenset[StatusRule]] = {
    TargetKind.DIRECTION: frozenset({StatusRule.LITERAL, StatusRule.USUAL_MOVEMENT}),
    TargetKind.RANGE: frozenset({StatusRule.RANGE}),
} | dict.fromkeys(NUMERIC, frozenset({StatusRule.PATH}))


def target_fault(target: Target, definition: Definition, strategy: Strategy, level: Decimal | None) -> str | None:
    """Return why a target cannot be set, in a sentence; None where it can.

    ``level`` is the whole baseline year's value, where one is known.
    """
    return (
        _year_fault(target.year, strategy)
        or _kind_fault(target, definition)
        or number_fault(target, definition, level)
        or tolerance_fault(target.tolerance, definition)
    )


def _year_fault(year: Period, strategy: Strategy) -> str | None:
    first, last = financial_year_of(strategy.start), financial_year_of(strategy.end)
    if first.start <= year.start <= last.start:
        return None
    return f"{financial_year_label(year)} is outside the strategy, which runs from {first.label} to {last.label}."


def _kind_fault(target: Target, definition: Definition) -> str | None:
    if definition.polarity.sign == 0 and target.kind is not TargetKind.RANGE:
        return "No direction is set for this indicator, so only a range can be its target."
    if target.kind is TargetKind.POINTS and definition.unit is not Unit.PERCENT:
        return "Points are for percentages: set a value, or percent on the baseline."
    if target.rule is not None and target.rule not in _RULES[target.kind]:
        return f"The rule “{rule_text(target.rule)}” does not go with {KIND_WORDS[target.kind]}."
    if target.end_of_path and target.kind not in NUMERIC:
        return "Only a number can be the end of a path."
    return None


def number_fault(target: Target, definition: Definition, level: Decimal | None) -> str | None:
    """Return why no figure of the indicator could be a target's number, in a sentence; None where one could."""
    if target.kind is TargetKind.RANGE:
        if target.lower is None and target.upper is None:
            return "A range needs its lowest or its highest value."
        if target.lower is not None and target.upper is not None and target.lower > target.upper:
            return f"The range is upside down: {target.lower:,} is more than {target.upper:,}."
        numbers = [one for one in (target.lower, target.upper) if one is not None]
    elif target.kind in NUMERIC:
        if target.value is None:
            return "The target needs its number."
        reached = target_value(target, level)
        numbers = [] if reached is None else [reached]
    else:
        return None if target.value is None else "A direction has no number: choose another kind for one."
    for number in numbers:
        if abs(number) >= _TOO_LARGE:
            return "The target is too large a number: look at its digits again."
        said = number_text(number, exact_decimals(number))
        if number < 0:
            return f"The target would be {said}: less than none cannot be."
        if definition.unit is Unit.PERCENT and number > _HUNDRED:
            return f"The target would be {said} %: more than 100 % cannot be."
    return None


def tolerance_fault(tolerance: Tolerance, definition: Definition) -> str | None:
    """Return why a tolerance cannot be, in a sentence; None where it can."""
    if tolerance.in_points and definition.unit is not Unit.PERCENT:
        return "A tolerance in points is for percentages: give it in percent."
    most = _HUNDRED if tolerance.in_points else Decimal(1)
    if not 0 <= tolerance.amount <= most:
        return f"A tolerance lies between 0 and 100 {'points' if tolerance.in_points else '%'}."
    return None


def target_warnings(
    target: Target, definition: Definition, level: Decimal | None, baseline_year: str
) -> tuple[str, ...]:
    """Return what should be looked at again before a target that can be set is set, a sentence each."""
    said: list[str] = []
    if definition.rated is RatedPart.PERCENT_AGAINST_PREDICTED:
        said.append("This indicator is rated against its prediction for the same people; the target gives no light.")
    if definition.polarity is Polarity.NONE:
        said.append("This indicator is watched only: the target gives no light.")
    if target.kind not in NUMERIC:
        return tuple(said)
    end = target_value(target, level)
    if level is None:
        if target.kind is not TargetKind.VALUE or target.end_of_path:
            said.append("No baseline number is known yet: until one is established the target gives no light.")
        return tuple(said)
    sign = definition.polarity.sign
    if end is not None and sign * (end - level) < 0:
        better = "higher" if sign > 0 else "lower"
        said.append(
            f"A target of {_text(end, definition)} is worse than the {baseline_year} baseline of "
            f"{_text(level, definition)}: {better} is better here."
        )
    return tuple(said)


def approved(
    targets: Sequence[Target], proposals: Sequence[Target], meeting: UUID | None, position: date
) -> tuple[Target, ...]:
    """Return a use's targets as they stand once some proposals are approved, those proposals themselves gone.

    A proposal becomes the next version of its year's approved target, where there is one. The end of a path
    also ends the direction-only targets of the years on its way, which would hide it; years that are over at
    the position keep theirs, so that no past is recoloured.
    """
    gone = {one.id for one in proposals}
    standing = {one.id: one for one in targets if one.id not in gone}
    for proposal in sorted(proposals, key=lambda one: one.year.start):
        before = [
            one
            for one in standing.values()
            if one.state is TargetState.APPROVED and one.year.start == proposal.year.start
        ]
        identity = before[-1].id if before else proposal.id
        standing[identity] = replace(proposal, id=identity, state=TargetState.APPROVED, meeting=meeting)
        if proposal.end_of_path:
            for one in tuple(standing.values()):
                hides = one.state is TargetState.APPROVED and one.kind is TargetKind.DIRECTION
                if hides and one.year.start < proposal.year.start and one.year.end > position:
                    note = f"Replaced by the path to {financial_year_label(proposal.year)}."
                    standing[one.id] = replace(one, state=TargetState.WITHDRAWN, note=note)
    return tuple(sorted(standing.values(), key=lambda one: one.year.start))


# --- words ----------------------------------------------------------------------------------------

KIND_WORDS = {
    TargetKind.VALUE: "a value",
    TargetKind.PERCENT_ON_BASELINE: "percent on the baseline",
    TargetKind.POINTS: "points on the baseline",
    TargetKind.DIRECTION: "a direction alone",
    TargetKind.RANGE: "a range",
}
_RULE_WORDS = {
    StatusRule.USUAL_MOVEMENT: "usual movement",
    StatusRule.LITERAL: "literal direction",
    StatusRule.PATH: "path",
    StatusRule.PREDICTED: "prediction",
    StatusRule.RANGE: "range",
}


def rule_text(rule: StatusRule) -> str:
    """Return a rule in the officer's words."""
    return _RULE_WORDS[rule]


def target_text(target: Target, definition: Definition) -> str:
    """Return a target in few words: "3,059", "−3 % on baseline", "20 % to 25 %", "reduction"."""
    if target.kind is TargetKind.RANGE:
        bounds = (None if one is None else _text(one, definition) for one in (target.lower, target.upper))
        return range_words(*bounds)
    if target.value is None:
        return {1: "increase", -1: "reduction"}.get(definition.polarity.sign, "direction")
    if target.kind is TargetKind.VALUE:
        return _text(target.value, definition)
    sign = "+" if target.value > 0 else MINUS if target.value < 0 else ""
    amount = number_text(abs(target.value), exact_decimals(target.value))
    return f"{sign}{amount} {'points' if target.kind is TargetKind.POINTS else '%'} on baseline"


def tolerance_text(tolerance: Tolerance) -> str:
    """Return a tolerance: "5 %", "2 points"."""
    amount = tolerance.amount if tolerance.in_points else tolerance.amount * _HUNDRED
    unit = "%" if not tolerance.in_points else "point" if amount == 1 else "points"
    return f"{number_text(amount, exact_decimals(amount))} {unit}"


def level_text(value: Decimal, definition: Definition) -> str:
    """Return a baseline or a point of a path: whole for counts, else with a decimal at least where it has one."""
    if definition.unit is Unit.COUNT:
        return value_text(value, definition.unit)
    return value_text(value, definition.unit, max(definition.decimals, exact_decimals(value, most=1)))


def _text(value: Decimal, definition: Definition) -> str:
    return value_text(value, definition.unit, exact_decimals(value))
