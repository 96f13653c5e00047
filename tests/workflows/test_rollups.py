"""How a priority's light comes about: the rule, the weights and the board's word, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.domain.position import Light, Status
from scs_desktop.domain.rollup import PriorityOverride, RollupChoice, RollupRule
from scs_desktop.store import NewFigure, Store, create_store
from scs_desktop.workflows.overview import overview
from scs_desktop.workflows.rollups import (
    PriorityRollup,
    choose_rollup,
    effect_of_rollup,
    override_light,
    priority_named,
    rollups,
    set_weight,
    set_weights,
    withdraw_override,
)
from tests.domain.builders import StrategyBuilder, counted
from tests.workflows.test_signed_past import area

Q4 = date(2012, 3, 31)
DAY = date(2012, 5, 3)
CHAIR = "Chair of the Partnership Board"


def three() -> StrategyBuilder:
    """One priority: A far worse than its baseline, B and C far better."""
    strategy = StrategyBuilder()
    for code, now in (("A", 200), ("B", 40), ("C", 40)):
        strategy.indicator(code, f"Crime {code}", counted("1200"))
        strategy.months(code, date(2010, 4, 1), [100, 101, 99] * 4)
        strategy.months(code, date(2011, 4, 1), [now] * 12)
    return strategy


PRIORITY = three().priority()
STRATEGY = three().strategy.id


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    strategy = three()
    snapshot = strategy.snapshot()
    with create_store(tmp_path / "store.scs", kind=StoreKind.EXAMPLE, who="Performance Officer") as made:
        with made.change(kind=ChangeKind.SETUP, summary="Set up", at=datetime(2012, 4, 1, tzinfo=UTC)) as change:
            change.save(
                area(),
                strategy.agency,
                snapshot.strategy,
                *snapshot.priorities,
                *snapshot.indicators.values(),
                *snapshot.definitions.values(),
                *snapshot.series.values(),
                *snapshot.uses,
                *snapshot.baselines.values(),
                *(target for targets in snapshot.targets.values() for target in targets),
            )
            change.record_figures(
                [NewFigure(one.key, one.measured) for figures in snapshot.figures.values() for one in figures]
            )
        yield made


def shown(store: Store, position: date = Q4, as_at: int | None = None) -> PriorityRollup:
    (found,) = rollups(store=store, strategy=STRATEGY, position=position, as_at=as_at).priorities
    return found


def status(store: Store, as_at: int | None = None) -> Status:
    return overview(store=store, position=Q4, as_at=as_at).priorities[0].status


def test_lights_are_counted_unless_another_rule_is_chosen(store: Store) -> None:
    found = shown(store)
    assert [one.status.light for one in found.indicators] == [Light.RED, Light.GREEN, Light.GREEN]
    assert (found.rule, found.choice, found.override) == (RollupRule.COUNTED, None, None)
    assert found.status.sentence == "Red: 1 of 3 rated indicators is red, a third or more."
    assert [(one.code, one.weight) for one in found.indicators] == [(code, Decimal(1)) for code in "ABC"]


def test_a_chosen_rule_obeys_the_weights_and_says_who_chose_it(store: Store) -> None:
    before = store.change_number()
    choose_rollup(
        store=store, priority=PRIORITY, rule=RollupRule.WEIGHTED, reason="Volume matters.", by_post=CHAIR, on=DAY
    )
    assert store.changes()[0].summary == "Change rollup of priority 1: weighted"
    assert status(store).sentence == "Red: 33 % of the weight is red, 67 % green."
    set_weights(store=store, weights={one.use: Decimal(4) for one in shown(store).indicators[1:]})
    assert store.changes()[0].summary == "Change weights: B 4, C 4"
    assert (status(store).light, status(store).sentence) == (
        Light.AMBER,
        "Amber: 11 % of the weight is red, 89 % green.",
    )
    chosen = f"Rolled up by the rule “weighted”, chosen by the {CHAIR}, 3 May 2012: Volume matters."
    assert chosen in status(store).details
    assert status(store, as_at=before).light is Light.RED
    again = choose_rollup(store=store, priority=PRIORITY, rule=RollupRule.WORST_OF, reason="No.", by_post=CHAIR, on=DAY)
    assert store.all_of(RollupChoice) == (again,) == (shown(store).choice,)
    assert status(store).sentence == "Red, the worst light: A is red."


def test_an_override_names_the_decision_and_the_rules_light(store: Store) -> None:
    before = store.change_number()
    override_light(
        store=store, priority=PRIORITY, position=date(2012, 3, 1), light=Light.AMBER,
        reason="The rise was one gang, since arrested", by_post=CHAIR, on=DAY,
    )  # fmt: skip
    now = status(store)
    assert now.sentence == (
        f"Amber by decision of the {CHAIR}, 3 May 2012: The rise was one gang, since arrested; "
        "by the rule: Red: 1 of 3 rated indicators is red, a third or more."
    )
    assert shown(store).by_rule.light is Light.RED
    assert shown(store, date(2011, 12, 31)).override is None
    assert len(shown(store, date(2011, 12, 31)).overrides) == 1
    assert status(store, as_at=before).light is Light.RED
    again = override_light(
        store=store, priority=PRIORITY, position=Q4, light=Light.AMBER, reason="As before.", by_post=CHAIR, on=DAY
    )
    assert store.all_of(PriorityOverride) == (again,)
    withdraw_override(store=store, priority=PRIORITY, position=Q4)
    assert status(store).light is Light.RED
    store.undo_change(store.change_number())
    assert status(store).light is Light.AMBER
    with pytest.raises(UserError, match="At Q3 2011/12 nothing is decided"):
        withdraw_override(store=store, priority=PRIORITY, position=date(2011, 12, 31))


def test_the_effect_is_known_before_anything_is_saved(store: Store) -> None:
    number = store.change_number()
    ask = {"store": store, "strategy": STRATEGY, "position": Q4, "priority": PRIORITY}
    light_weights = {shown(store).indicators[0].use: Decimal("0.5")}
    assert (
        effect_of_rollup(**ask, rule=RollupRule.WEIGHTED, weights=light_weights).priorities_sentence  # type: ignore[arg-type]
        == "1 of 1 priority flips: 1 to amber (1 Red to Amber)."
    )
    assert effect_of_rollup(**ask, light=Light.GREEN).priorities[0].after.light is Light.GREEN  # type: ignore[arg-type]
    assert effect_of_rollup(**ask, withdraw=True).priorities_sentence == "None of 1 priority would flip."  # type: ignore[arg-type]
    assert effect_of_rollup(**ask, rule=RollupRule.WORST_OF).priorities == ()  # type: ignore[arg-type]
    assert store.change_number() == number


@pytest.mark.parametrize(("reason", "post", "wanted"), [(" ", CHAIR, "needs its reason"), ("Agreed.", "", "post")])
def test_nobodys_word_is_refused(store: Store, reason: str, post: str, wanted: str) -> None:
    number = store.change_number()
    with pytest.raises(UserError, match=wanted):
        choose_rollup(store=store, priority=PRIORITY, rule=RollupRule.WORST_OF, reason=reason, by_post=post)
    with pytest.raises(UserError, match=wanted):
        override_light(store=store, priority=PRIORITY, position=Q4, light=Light.GREEN, reason=reason, by_post=post)
    assert store.change_number() == number


@pytest.mark.parametrize("weight", [Decimal(-1), Decimal("NaN"), Decimal("Infinity")])
def test_a_weight_is_a_number_from_nought_up(store: Store, weight: Decimal) -> None:
    use = shown(store).indicators[0].use
    with pytest.raises(UserError, match="from 0 to 1000"):
        set_weight(store=store, use=use, weight=weight)
    assert set_weight(store=store, use=use, weight=Decimal(0)).weight == 0


def test_what_is_not_there_is_said(store: Store) -> None:
    nowhere = three().uses["A"].id
    with pytest.raises(UserError, match="This priority is in no strategy"):
        choose_rollup(store=store, priority=nowhere, rule=RollupRule.WORST_OF, reason="x", by_post="y")
    with pytest.raises(UserError, match="This indicator is in no strategy"):
        set_weight(store=store, use=PRIORITY, weight=Decimal(1))


def test_a_priority_is_named_by_its_number_or_the_beginning_of_its_name(store: Store) -> None:
    known = rollups(store=store, position=Q4).priorities
    assert priority_named(known, "1").id == priority_named(known, "prior").id == PRIORITY
    with pytest.raises(UserError, match=r"no single priority\. There are 1 Priority 1"):
        priority_named(known, "9")


@pytest.mark.parametrize(
    ("position", "why"),
    [(date(1890, 3, 31), "lies before 2010/11"), (date(2030, 3, 31), "Q4 2029/30 is not over")],
)
def test_nothing_is_decided_for_a_time_that_is_not_the_strategys(store: Store, position: date, why: str) -> None:
    with pytest.raises(UserError, match=why):
        override_light(
            store=store, priority=PRIORITY, position=position, light=Light.GREEN, reason="R", by_post=CHAIR, on=DAY
        )
    assert store.all_of(PriorityOverride) == ()


@pytest.mark.parametrize("weight", ["-2", "1001", "nan"])
def test_what_a_weight_that_none_can_be_would_do_is_not_told(store: Store, weight: str) -> None:
    with pytest.raises(UserError, match="A weight is a number from 0 to 1000"):
        effect_of_rollup(
            store=store, strategy=STRATEGY, position=Q4, priority=PRIORITY, rule=RollupRule.WEIGHTED,
            weights={three().uses["A"].id: Decimal(weight)},
        )  # fmt: skip
