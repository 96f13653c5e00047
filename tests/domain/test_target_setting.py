"""What may be a target, what is asked about, how it is said, and what approval makes of the others."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.agencies import Frequency
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import financial_year
from scs_desktop.domain.strategy import Adding, Definition, Polarity, RatedPart
from scs_desktop.domain.target_setting import (
    approved,
    level_text,
    target_fault,
    target_text,
    target_warnings,
    tolerance_text,
)
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance
from tests.domain.builders import StrategyBuilder, made_id, percent

NEXT = financial_year(2012)
USE = made_id("use", "P")
VALUE, PERCENT, POINTS, RANGE, DIRECTION = (
    TargetKind.VALUE,
    TargetKind.PERCENT_ON_BASELINE,
    TargetKind.POINTS,
    TargetKind.RANGE,
    TargetKind.DIRECTION,
)


def worry(**changes: object) -> Definition:
    """A survey percentage, lower is better, unless changed."""
    strategy = StrategyBuilder()
    strategy.indicator("P", "Worry", percent("24"), unit=Unit.PERCENT, frequency=Frequency.YEAR, over_time=Adding.NEVER)
    (definition,) = strategy.definitions.values()
    return replace(definition, **changes)  # type: ignore[arg-type]


def wished(kind: TargetKind, value: str | None = None, **changes: object) -> Target:
    number = None if value is None else Decimal(value)
    target = Target(made_id("wish"), USE, NEXT, kind, TargetState.PROPOSED, number)
    return replace(target, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("target", "definition", "level", "fault"),
    [
        (wished(POINTS, "-2"), worry(), "24", None),
        (wished(POINTS, "-25"), worry(), "24", "The target would be −1: less than none cannot be."),
        (wished(VALUE, "101"), worry(), "24", "The target would be 101 %: more than 100 % cannot be."),
        (wished(VALUE, "100"), worry(), "24", None),
        (wished(PERCENT, "3"), worry(), "99", "The target would be 101.97 %: more than 100 % cannot be."),
        (wished(PERCENT, "3"), worry(), None, None),
        (wished(RANGE, lower=Decimal(20), upper=Decimal(101)), worry(), None, "The target would be 101 %"),
        (wished(RANGE, upper=Decimal(25)), worry(polarity=Polarity.NONE), None, None),
        (wished(VALUE, "1e30"), worry(unit=Unit.COUNT), "24", "too large a number"),
        (wished(PERCENT, "1e40"), worry(unit=Unit.COUNT), "24", "too large a number"),
        (wished(VALUE, "20"), worry(polarity=Polarity.NONE), "24", "No direction is set for this indicator"),
        (wished(DIRECTION, "20"), worry(), "24", "A direction has no number"),
        (wished(DIRECTION, rule=StatusRule.PATH), worry(), "24", "The rule “path” does not go with a direction alone"),
        (wished(VALUE, "20", tolerance=Tolerance(Decimal(101), in_points=True)), worry(), "24", "0 and 100 points"),
        (wished(VALUE, "20", tolerance=Tolerance(Decimal(2), in_points=True)), worry(), "24", None),
        (wished(VALUE, "20", year=financial_year(2010)), worry(), "24", "2010/11 is outside the strategy"),
    ],
)
def test_what_may_be_a_target(target: Target, definition: Definition, level: str | None, fault: str | None) -> None:
    known = None if level is None else Decimal(level)
    found = target_fault(target, definition, StrategyBuilder().strategy, known)
    assert (found is None) == (fault is None)
    assert fault is None or (found is not None and fault in found)


@pytest.mark.parametrize(
    ("target", "definition", "level", "said"),
    [
        (wished(VALUE, "20"), worry(), "24", []),
        (wished(VALUE, "24"), worry(), "24", []),
        (wished(POINTS, "1"), worry(), "24", ["A target of 25 % is worse than the 2010/11 baseline of 24 %: lower"]),
        (wished(VALUE, "20"), worry(polarity=Polarity.HIGHER), "24", ["is worse than the 2010/11 baseline of 24 %: h"]),
        (wished(VALUE, "20"), worry(), None, []),
        (wished(PERCENT, "-3"), worry(), None, ["No baseline number is known yet"]),
        (wished(VALUE, "20", end_of_path=True), worry(), None, ["No baseline number is known yet"]),
        (wished(VALUE, "20"), worry(rated=RatedPart.PERCENT_AGAINST_PREDICTED), "24", ["rated against its prediction"]),
        (wished(DIRECTION), worry(), "24", []),
        (wished(RANGE, upper=Decimal(25)), worry(polarity=Polarity.NONE), "24", ["watched only"]),
    ],
)
def test_what_is_asked_about(target: Target, definition: Definition, level: str | None, said: list[str]) -> None:
    found = target_warnings(target, definition, None if level is None else Decimal(level), "2010/11")
    assert len(found) == len(said)
    assert all(part in whole for part, whole in zip(said, found, strict=True))


@pytest.mark.parametrize(
    ("target", "definition", "text"),
    [
        (wished(VALUE, "20"), worry(), "20 %"),
        (wished(PERCENT, "-3.5"), worry(), "−3.5 % on baseline"),
        (wished(PERCENT, "0"), worry(), "0 % on baseline"),
        (wished(POINTS, "2"), worry(), "+2 points on baseline"),
        (wished(RANGE, lower=Decimal(20), upper=Decimal("25.5")), worry(), "20 % to 25.5 %"),
        (wished(RANGE, upper=Decimal(25)), worry(), "at most 25 %"),
        (wished(RANGE, lower=Decimal(20)), worry(), "at least 20 %"),
        (wished(DIRECTION), worry(), "reduction"),
        (wished(DIRECTION), worry(polarity=Polarity.HIGHER), "increase"),
    ],
)
def test_how_a_target_is_said(target: Target, definition: Definition, text: str) -> None:
    assert target_text(target, definition) == text


def test_how_levels_and_tolerances_are_said() -> None:
    assert [level_text(Decimal(one), worry()) for one in ("24", "23.28")] == ["24 %", "23.3 %"]
    assert level_text(Decimal("3260.6"), worry(unit=Unit.COUNT)) == "3,261"
    assert [tolerance_text(one) for one in (Tolerance(), Tolerance(Decimal("1.5"), in_points=True))] == [
        "5 %",
        "1.5 points",
    ]


def three_directions() -> tuple[Target, ...]:
    return tuple(
        Target(made_id("old", year), USE, financial_year(year), DIRECTION, TargetState.APPROVED)
        for year in (2011, 2012, 2013)
    )


def test_an_approved_proposal_is_the_next_version_of_its_years_target() -> None:
    proposal = wished(VALUE, "20")
    found = approved((*three_directions(), proposal), [proposal], made_id("meeting"), date(2011, 9, 30))
    assert [(one.id, one.state, one.kind) for one in found] == [
        (made_id("old", 2011), TargetState.APPROVED, DIRECTION),
        (made_id("old", 2012), TargetState.APPROVED, VALUE),
        (made_id("old", 2013), TargetState.APPROVED, DIRECTION),
    ]
    assert found[1].meeting == made_id("meeting")


def test_a_year_without_a_target_takes_the_proposal_itself() -> None:
    proposal = wished(VALUE, "20")
    (found,) = approved((proposal,), [proposal], None, date(2011, 9, 30))
    assert found == replace(proposal, state=TargetState.APPROVED)


@pytest.mark.parametrize(
    ("position", "states"),
    [(date(2011, 9, 30), "wwa"), (date(2012, 3, 31), "awa"), (date(2013, 3, 31), "aaa")],
)
def test_a_path_ends_the_directions_on_its_way_but_no_year_that_is_over(position: date, states: str) -> None:
    path = wished(VALUE, "20", year=financial_year(2013), end_of_path=True)
    found = approved((*three_directions(), path), [path], None, position)
    assert "".join(one.state.value[0] for one in found) == states
    assert all("path to 2013/14" in one.note for one in found if one.state is TargetState.WITHDRAWN)
