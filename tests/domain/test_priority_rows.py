"""A priority's light by the rule that the partnership chose, and over it by decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.position import Light, PriorityPosition
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.rollup import PriorityOverride, RollupChoice, RollupRule
from scs_desktop.domain.snapshot import Snapshot
from tests.domain.builders import StrategyBuilder, counted, made_id

AT = date(2012, 3, 31)
LATER = date(2013, 3, 31)
PRIORITY = made_id("priority", 1)
# By counting chance and usual movement alike: far better, unchanged, far worse than 12 × 100.
YEARS = {"1.1": 60, "1.2": 60, "1.3": 60, "1.4": 160}


def board(weights: dict[str, str] | None = None) -> Snapshot:
    """Three indicators green, one red, in priority 1: a quarter of the rated is red."""
    made = StrategyBuilder()
    for code, month in YEARS.items():
        made.indicator(code, f"Crime {code}", counted("1200"))
        made.months(code, date(2010, 4, 1), [100] * 12 + [month] * 24)
        made.uses[code] = replace(made.uses[code], weight=Decimal((weights or {}).get(code, "1")))
    return made.snapshot()


def choice(rule: RollupRule) -> RollupChoice:
    reason = "the board wants no red hidden."
    return RollupChoice(made_id("choice"), PRIORITY, rule, reason, "Partnership Board", date(2011, 6, 1))


def first(snapshot: Snapshot, at: date = AT) -> PriorityPosition:
    return rate_strategy(snapshot, at).priorities[0]


def test_lights_are_counted_where_nobody_chose() -> None:
    status = first(board()).status
    assert status.light is Light.AMBER
    assert status.details == ()


@pytest.mark.parametrize(
    ("rule", "weights", "light", "sentence"),
    [
        (RollupRule.WORST_OF, {}, Light.RED, "Red, the worst light: 1.4 is red."),
        (RollupRule.WEIGHTED, {}, Light.AMBER, "Amber: 25 % of the weight is red, 75 % green."),
        (RollupRule.WEIGHTED, {"1.4": "2"}, Light.RED, "Red: 40 % of the weight is red, 60 % green."),
        (RollupRule.WEIGHTED, {"1.4": "0"}, Light.GREEN, "Green: 0 % of the weight is red, 100 % green."),
    ],
)
def test_the_chosen_rule_gives_the_light_and_its_reason_stands_in_the_details(
    rule: RollupRule, weights: dict[str, str], light: Light, sentence: str
) -> None:
    status = first(replace(board(weights), rollups={PRIORITY: choice(rule)})).status
    assert (status.light, status.sentence) == (light, sentence)
    chosen = f"Rolled up by the rule “{rule.value}”, chosen by the Partnership Board, 1 June 2011"
    assert status.details == (f"{chosen}: the board wants no red hidden.",)


def test_without_any_weight_lights_are_counted() -> None:
    weightless = dict.fromkeys(YEARS, "0")
    status = first(replace(board(weightless), rollups={PRIORITY: choice(RollupRule.WEIGHTED)})).status
    assert status.light is Light.AMBER
    assert status.details[-1] == "No rated indicator bears weight here, so lights are counted."


def test_an_override_stands_at_its_own_position_and_names_the_rule_s_light() -> None:
    reason = "the rise is one reclassified depot"
    over = PriorityOverride(
        made_id("over"), PRIORITY, AT, Light.GREEN, reason, "Chair of the Board", date(2012, 5, 8)
    )  # fmt: skip
    decided = replace(board(), rollups={PRIORITY: choice(RollupRule.WORST_OF)}, overrides=(over,))
    status = first(decided).status
    assert status.light is Light.GREEN
    assert status.sentence == (
        f"Green by decision of the Chair of the Board, 8 May 2012: {reason}; "
        "by the rule: Red, the worst light: 1.4 is red."
    )
    assert status.details[0].startswith("Rolled up by the rule “worst of”")
    assert first(decided, LATER).status.light is Light.RED
