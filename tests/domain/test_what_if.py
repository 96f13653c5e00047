"""What other rules, tolerances and targets would do to the lights."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.agencies import Frequency
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import financial_year
from scs_desktop.domain.position import Light, Unrated
from scs_desktop.domain.strategy import Adding, Polarity
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance
from scs_desktop.domain.what_if import Supposition, what_if
from tests.domain.builders import StrategyBuilder, counted, made_id, percent
from tests.domain.test_lights_to_expect import barnet

Q4 = date(2012, 3, 31)


def hundred() -> StrategyBuilder:
    """Baseline 100, first year 99, by months that differ no more than counting does."""
    strategy = StrategyBuilder()
    strategy.indicator("A", "Burglary", counted("100"), noun="burglaries")
    strategy.months("A", date(2010, 4, 1), [9] * 4 + [8] * 8)
    strategy.months("A", date(2011, 4, 1), [9] * 3 + [8] * 9)
    return strategy


def final(value: int) -> Target:
    one = made_id("final")
    return Target(one, one, financial_year(2011), TargetKind.VALUE, TargetState.APPROVED, Decimal(value))


def test_why_the_rule_must_be_shown() -> None:
    """Baseline 100, target 90 in three years, first year 99: three rules, three colours."""
    strategy = hundred()
    use = strategy.uses["A"].id
    rules = {
        "any reduction": Supposition(rule=StatusRule.LITERAL),
        "path to 90 in three years": Supposition(rule=StatusRule.PATH, better_by=Decimal(10)),
        "the final target now": Supposition(targets={use: (final(90),)}),
    }
    found = {
        name: what_if(strategy.snapshot(), Q4, one).rated.indicator(use).status.light for name, one in rules.items()
    }
    assert found == {
        "any reduction": Light.GREEN,
        "path to 90 in three years": Light.AMBER,
        "the final target now": Light.RED,
    }


def test_which_lights_flip_and_how_many_is_said() -> None:
    strategy = hundred()
    effect = what_if(strategy.snapshot(), Q4, Supposition(rule=StatusRule.LITERAL))
    assert effect.before.amber == effect.after.green == 1
    (flip,) = effect.flips
    assert (flip.code, flip.sentence) == ("A", "A Burglary: Amber to Green")
    assert effect.sentence == "1 of 1 light flips: 1 to green."
    assert flip.why == f"A Burglary: Amber to Green. {flip.after.sentence}"
    assert [one.sentence for one in effect.priorities] == ["1 Priority 1: Amber to Green"]
    assert effect.priorities_sentence == "1 of 1 priority flips: 1 to green (1 Amber to Green)."


def test_the_first_years_path_point_is_shown() -> None:
    row = what_if(
        hundred().snapshot(), Q4, Supposition(rule=StatusRule.PATH, better_by=Decimal(10))
    ).rated.indicator(hundred().uses["A"].id)  # fmt: skip
    assert row.status.comparator is not None
    assert float(row.status.comparator) == pytest.approx(96.67, abs=0.01)


def test_a_wider_tolerance_turns_red_into_amber_and_only_where_a_number_is_the_target() -> None:
    strategy = hundred()
    use = strategy.uses["A"].id
    wide = Tolerance(Decimal("0.11"))
    only = {use: (final(90),)}
    narrow = what_if(strategy.snapshot(), Q4, Supposition(targets=only)).rated.indicator(use).status.light
    wider = what_if(strategy.snapshot(), Q4, Supposition(targets=only, tolerance=wide)).rated.indicator(use)
    assert (narrow, wider.status.light) == (Light.RED, Light.AMBER)
    assert what_if(strategy.snapshot(), Q4, Supposition(tolerance=wide)).flips == ()
    assert what_if(strategy.snapshot(), Q4, Supposition(tolerance=wide)).sentence == "None of 1 light would flip."


def test_only_the_indicators_named_are_concerned() -> None:
    strategy = hundred()
    strategy.indicator("B", "Reports", counted("100"), polarity=Polarity.HIGHER, noun="reports")
    strategy.months("B", date(2010, 4, 1), [9] * 4 + [8] * 8)
    strategy.months("B", date(2011, 4, 1), [9] * 6 + [8] * 6)
    literal = Supposition(rule=StatusRule.LITERAL)
    assert {flip.code for flip in what_if(strategy.snapshot(), Q4, literal).flips} == {"A", "B"}
    one = Supposition(rule=StatusRule.LITERAL, uses=frozenset({strategy.uses["B"].id}))
    assert [flip.code for flip in what_if(strategy.snapshot(), Q4, one).flips] == ["B"]


def test_a_wave_that_shares_months_with_the_baseline_is_on_no_path_yet() -> None:
    supposed = Supposition(rule=StatusRule.PATH, better_by=Decimal(3))
    uses = {row.code: row.use for one in barnet().at(Q4).priorities for row in one.indicators}
    in_year = what_if(barnet().snapshot(), date(2011, 9, 30), supposed).rated.indicator(uses["2.1"]).status
    assert in_year.unrated is Unrated.OVERLAPS_BASELINE
    assert what_if(barnet().snapshot(), Q4, supposed).rated.indicator(uses["2.1"]).status.rule is StatusRule.PATH


def test_a_path_above_a_hundred_percent_is_not_supposed() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Safe by day", percent("99"), unit=Unit.PERCENT, polarity=Polarity.HIGHER,
        frequency=Frequency.YEAR, over_time=Adding.NEVER)  # fmt: skip
    for year, value in ((2010, "99"), (2011, "98")):
        strategy.figure("A", financial_year(year), value)
    effect = what_if(strategy.snapshot(), Q4, Supposition(rule=StatusRule.PATH, better_by=Decimal(3)))
    assert (effect.flips, effect.notes) == ((), ("A keeps its target: more than 100 % cannot be.",))
    small = what_if(strategy.snapshot(), Q4, Supposition(rule=StatusRule.PATH, better_by=Decimal(1)))
    assert (small.rated.indicator(strategy.uses["A"].id).status.rule, small.notes) == (StatusRule.PATH, ())


def test_a_tolerance_in_points_is_for_percentages() -> None:
    strategy = hundred()
    strategy.indicator("P", "Worry", percent("24"), unit=Unit.PERCENT, frequency=Frequency.YEAR, over_time=Adding.NEVER)
    strategy.figure("P", financial_year(2010), "24")
    strategy.figure("P", financial_year(2011), "23")
    final_now = {use.id: (final(90 if code == "A" else 21),) for code, use in strategy.uses.items()}
    lights = {}
    for points in (None, Decimal(1), Decimal(2)):
        rated = what_if(strategy.snapshot(), Q4, Supposition(targets=final_now, points=points)).rated
        lights[points] = [rated.indicator(use.id).status.light for use in strategy.uses.values()]
    assert lights == {
        None: [Light.RED, Light.RED],
        Decimal(1): [Light.RED, Light.RED],
        Decimal(2): [Light.RED, Light.AMBER],
    }


def test_a_priority_may_be_supposed_alone() -> None:
    strategy = hundred()
    strategy.indicator("B", "Robbery", counted("100"), priority=2)
    strategy.months("B", date(2010, 4, 1), [9] * 4 + [8] * 8)
    strategy.months("B", date(2011, 4, 1), [9] * 3 + [8] * 9)
    alone = Supposition(rule=StatusRule.LITERAL, priorities=frozenset({strategy.priority(2)}))
    assert [flip.code for flip in what_if(strategy.snapshot(), Q4, alone).flips] == ["B"]


def test_so_much_better_each_year_is_that_much_of_the_baseline_for_every_year() -> None:
    """3 % a year over three years ends at 91 of 100; the first year's point is 97."""
    supposed = Supposition(rule=StatusRule.PATH, better_by=Decimal(3), each_year=True)
    row = what_if(hundred().snapshot(), Q4, supposed).rated.indicator(hundred().uses["A"].id)
    assert row.status.comparator == 97


def test_a_whole_strategy_under_the_literal_rule_loses_its_ambers() -> None:
    effect = what_if(barnet().snapshot(), Q4, Supposition(rule=StatusRule.LITERAL))
    assert effect.before.amber > 0
    assert effect.after.amber < effect.before.amber
    assert len(effect.flips) == len({flip.use for flip in effect.flips})
    assert effect.sentence.startswith(f"{len(effect.flips)} of {effect.before.rated + effect.before.unrated} lights")


@pytest.mark.parametrize(
    "supposed",
    [
        Supposition(rule=StatusRule.LITERAL),
        Supposition(rule=StatusRule.USUAL_MOVEMENT),
        Supposition(rule=StatusRule.PATH, better_by=Decimal(3)),
    ],
    ids=["literal", "usual", "path"],
)
def test_no_rule_gives_a_light_to_what_has_no_target_or_no_baseline(supposed: Supposition) -> None:
    strategy = hundred()
    for code, baseline, polarity, targets in (
        ("none", counted("100"), Polarity.LOWER, ()),
        ("gone", counted("100"), Polarity.LOWER, (replace(final(90), state=TargetState.WITHDRAWN),)),
        ("waits", counted("100"), Polarity.LOWER, (replace(final(90), state=TargetState.PROPOSED),)),
        ("watched", counted("100"), Polarity.NONE, None),
        ("new", None, Polarity.LOWER, None),
    ):
        strategy.indicator(code, code, baseline, polarity=polarity, targets=targets)
        strategy.months(code, date(2010, 4, 1), [9] * 4 + [8] * 8)
        strategy.months(code, date(2011, 4, 1), [2] * 12)
    # Where no direction is stated either, an empty list of targets is no target.
    strategy.uses["none"] = replace(strategy.uses["none"], direction=None)
    effect = what_if(strategy.snapshot(), Q4, supposed)
    assert {flip.code for flip in effect.flips} <= {"A"}
    unrated = {row.code: row.status.unrated for row in effect.rated.priorities[0].indicators if row.code != "A"}
    assert unrated == {
        "none": Unrated.NO_TARGET,
        "gone": Unrated.NO_TARGET,
        "waits": Unrated.NO_TARGET,
        "watched": Unrated.MONITOR_ONLY,
        "new": Unrated.BASELINE_TO_BE_ESTABLISHED,
    }


def test_a_range_stays_a_range_under_any_rule() -> None:
    strategy = hundred()
    inside = replace(final(0), kind=TargetKind.RANGE, value=None, lower=Decimal(90), upper=Decimal(110))
    strategy.indicator("R", "Within", counted("100"), polarity=Polarity.RANGE, targets=[inside])
    strategy.months("R", date(2011, 4, 1), [8] * 12)
    effect = what_if(strategy.snapshot(), Q4, Supposition(rule=StatusRule.LITERAL))
    assert effect.rated.indicator(strategy.uses["R"].id).status.rule is StatusRule.RANGE


@pytest.mark.parametrize(
    ("rule", "better_by"),
    [(StatusRule.PREDICTED, None), (StatusRule.PATH, None), (StatusRule.LITERAL, Decimal(3))],
)
def test_what_cannot_be_supposed_of_all_is_refused(rule: StatusRule, better_by: Decimal | None) -> None:
    with pytest.raises(ValueError, match=r"path|single"):
        Supposition(rule=rule, better_by=better_by)
