"""The whole strategy at a position: priorities, borrowed indicators, actions, overall measures, titles."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.figures import FigureKind, Measured, Part, Unit
from scs_desktop.domain.periods import Period, PeriodKind, financial_year, rolling_12
from scs_desktop.domain.position import Direction, Light, Unrated
from scs_desktop.domain.strategy import Action, ActionStatus, Adding, Polarity, RatedPart
from scs_desktop.domain.targets import Target, TargetKind, TargetState, Tolerance
from scs_desktop.domain.trend import trend_of
from tests.domain.builders import ASSUMED_400, StrategyBuilder, counted, made_id, percent

Q2 = date(2011, 9, 30)
Q4 = date(2012, 3, 31)
APRIL_2010 = date(2010, 4, 1)


def town() -> StrategyBuilder:
    """Two priorities with indicators of their own and one that succeeds through both."""
    strategy = StrategyBuilder()
    strategy.denominator("people", "100000")
    strategy.indicator(
        "1.1", "All crime", counted("1200", "12", "people"), per="1000", denominator="people", headline=True
    )
    strategy.indicator("1.2", "Burglary", counted("600"))
    for code, label in (("2.1", "Feel safe by day"), ("2.2", "Feel safe after dark")):
        strategy.indicator(
            code, label, percent("80"), priority=2, unit=Unit.PERCENT, polarity=Polarity.HIGHER, over_time=Adding.NEVER,
            frequency=Frequency.QUARTER, form=PeriodForm.ROLLING_12, late=60, sample=ASSUMED_400,
        )  # fmt: skip
        strategy.figure(code, rolling_12(date(2011, 3, 31)), "80")
        strategy.figure(code, rolling_12(Q4), "90")
    strategy.months("1.1", APRIL_2010, [100] * 24)
    strategy.months("1.2", APRIL_2010, [50] * 23)
    strategy.priority(3, "Places", derived=["1.1", "2.1"])
    strategy.headline("Crime per head", "1.1", as_rate=True)
    strategy.headline("How safe people feel", "2.1", "2.2")
    return strategy


def test_priorities_in_order_with_counts_age_and_what_is_next() -> None:
    position = town().at(Q4, known_on=date(2012, 4, 30))
    first, second, third = position.priorities
    assert [one.number for one in position.priorities] == [1, 2, 3]
    assert (first.counts.amber, first.counts.unrated) == (1, 1)
    assert first.age_text == "0 to 1 month old, 1 overdue"
    assert first.next_due == date(2012, 5, 21)
    assert second.age_text == "up to date"
    assert second.status.light is Light.GREEN
    assert (position.counts.rated, position.counts.unrated) == (3, 1), "a borrowed indicator is counted once"
    assert third.borrowed == (town().uses["1.1"].id, town().uses["2.1"].id)
    assert [row.code for row in third.indicators] == ["1.1", "2.1"]
    assert third.status.details == ("It has no indicator of its own and succeeds through 1.1 and 2.1.",)
    assert third.status.light is Light.AMBER


def test_a_strategy_without_figures_says_so() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("1.1", "All crime", counted("1200"))
    strategy.headline("Crime", "1.1")
    strategy.headline("Nothing of ours")
    position = strategy.at(Q4, known_on=date(2011, 4, 2))
    assert position.priorities[0].age_text == "no figures"
    assert position.headlines[0].comparator_text == "1,200"
    assert position.headlines[1].status.sentence == "None of its indicators is in the strategy."
    assert position.indicator(strategy.uses["1.1"].id).direction is Direction.UNKNOWN
    with pytest.raises(KeyError):
        position.indicator(made_id("nobody"))


def test_an_overall_measure_is_told_as_a_rate_or_as_all_its_values() -> None:
    crime, safe = town().at(Q4).headlines
    assert crime.value_text == "12.00 per 1,000 people"
    assert crime.comparator_text == "12.00 per 1,000 people"
    assert crime.status.light is Light.AMBER
    assert (safe.value_text, safe.comparator_text) == ("90 % · 90 %", "80 % · 80 %")
    assert safe.status.light is Light.GREEN
    assert safe.period_text == "12 months to March 2012"


def test_until_it_is_rated_an_overall_rate_stands_beside_its_printed_baseline() -> None:
    early = town().at(date(2012, 4, 30), known_on=date(2012, 5, 1)).headlines[0]
    assert early.status.unrated is Unrated.NOT_DUE
    assert early.comparator_text == "12 per 1,000 people"


def test_actions_open_and_overdue_are_counted() -> None:
    strategy = town()
    priority = strategy.priority(1)
    for index, (due, status) in enumerate(
        [
            (date(2012, 1, 1), ActionStatus.IN_PROGRESS),
            (date(2013, 1, 1), ActionStatus.NOT_STARTED),
            (None, ActionStatus.OVERDUE),
            (date(2011, 1, 1), ActionStatus.COMPLETE),
            (None, ActionStatus.DROPPED),
        ]
    ):
        strategy.actions.append(Action(made_id("action", index), priority, index, "Do it", due=due, status=status))
    first = strategy.at(Q4, known_on=date(2012, 4, 30)).priorities[0]
    assert (first.actions_open, first.actions_overdue) == (3, 2)


def test_the_same_store_at_the_same_moment_gives_the_same_position() -> None:
    assert town().at(Q4) == town().at(Q4)


def test_a_ratio_with_a_suppressed_part_is_suppressed() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Repeats", percent("20"), unit=Unit.PERCENT, over_time=Adding.RATIO_OF_SUMS, frequency=Frequency.QUARTER
    )
    strategy.quarters("A", {(2011, 1): "10", (2011, 2): "100"}, Part.DENOMINATOR)
    strategy.quarters("A", {(2011, 1): "2"}, Part.NUMERATOR)
    quarter = Period(date(2011, 7, 1), Q2, PeriodKind.QUARTER)
    strategy.figure("A", quarter, Measured(FigureKind.SUPPRESSED, text="<5", bound=Decimal(5)), Part.NUMERATOR)
    assert strategy.row("A", Q2).status.unrated is Unrated.SUPPRESSED


def test_percentages_without_their_parts_are_not_added_up() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Repeats", percent("20"), unit=Unit.PERCENT, over_time=Adding.RATIO_OF_SUMS, frequency=Frequency.QUARTER
    )
    strategy.quarters("A", {(2011, 1): "10", (2011, 2): "24"})
    row = strategy.row("A", Q2)
    assert (row.value_text, row.period_text) == ("24 %", "Q2 2011/12")
    assert row.status.hollow


def rated_against(target: Target, value: str, *, polarity: Polarity = Polarity.LOWER) -> StrategyBuilder:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Share", percent("24"), unit=Unit.PERCENT, over_time=Adding.NEVER, frequency=Frequency.QUARTER,
        polarity=polarity, targets=[target], decimals=1,
    )  # fmt: skip
    strategy.quarters("A", {(2011, 2): value})
    return strategy


def points(value: str, tolerance: str = "1") -> Target:
    return Target(
        made_id("t"), made_id("u"), financial_year(2011), TargetKind.POINTS, TargetState.APPROVED, Decimal(value),
        tolerance=Tolerance(Decimal(tolerance), in_points=True),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("value", "light", "title", "sentence"),
    [
        ("19.5", Light.GREEN, "Share: on the path", "Green: 19.5 % against a path of 20.0 %."),
        (
            "20.8",
            Light.AMBER,
            "Share: just off the path",
            "Amber: 20.8 % against a path of 20.0 %. It needed to be 0.8 points lower.",
        ),
        (
            "22.0",
            Light.RED,
            "Share: off the path",
            "Red: 22.0 % against a path of 20.0 %. It needed to be 2.0 points lower.",
        ),
    ],
)
def test_a_target_in_points_with_a_tolerance_in_points(value: str, light: Light, title: str, sentence: str) -> None:
    row = rated_against(points("-4"), value).row("A", Q2)
    assert (row.status.light, row.status.sentence) == (light, sentence)
    assert trend_of(row).title == title
    assert row.status.details[0] == "Amber is within 1 point of the path and not worse than the baseline."


def test_higher_is_better_on_a_path_too() -> None:
    row = rated_against(points("6"), "28.0", polarity=Polarity.HIGHER).row("A", Q2)
    assert row.status.light is Light.RED
    assert "It needed to be 2.0 points higher." in row.status.sentence
    assert "Share of the improvement due that is reached: 67 %." in row.status.details


def test_a_target_in_points_without_a_baseline_waits_for_it() -> None:
    strategy = rated_against(points("-4"), "20")
    key = strategy.uses["A"].id
    strategy.baselines[key] = replace(strategy.baselines[key], kind=strategy.baselines[key].kind, values=())
    assert strategy.row("A", Q2).status.unrated is Unrated.NO_TARGET


def test_a_target_without_a_direction_rates_nothing() -> None:
    assert rated_against(points("-4"), "20", polarity=Polarity.RANGE).row("A", Q2).status.unrated is Unrated.NO_TARGET


@pytest.mark.parametrize(
    ("actual", "title"),
    [("7.80", "Re-offending: no clear difference from the prediction"), ("10.0", "Re-offending: worse than predicted")],
)
def test_a_title_against_a_prediction(actual: str, title: str) -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Re-offending", percent("7.80"), unit=Unit.PERCENT, over_time=Adding.NEVER,
        rated=RatedPart.PERCENT_AGAINST_PREDICTED, frequency=Frequency.QUARTER, form=PeriodForm.COHORT, follow_up=12,
        decimals=2,
    )  # fmt: skip
    cohort = Period(date(2009, 10, 1), date(2010, 9, 30), PeriodKind.COHORT, Q2)
    for part, value in ((Part.VALUE, actual), (Part.PREDICTED, "7.72"), (Part.DENOMINATOR, "2999")):
        strategy.figure("A", cohort, value, part)
    row = strategy.row("A", Q2)
    trend = trend_of(row)
    assert trend.title == title
    assert trend.baseline is not None
    assert trend.baseline.label == "2010/11 baseline"
    later = strategy.row("A", date(2011, 12, 31), known_on=date(2012, 6, 1))
    assert later.status.unrated is Unrated.OVERDUE
    assert later.status.sentence.startswith("Overdue: January–December 2010, followed to December 2011"), (
        "a cohort that is missing has the shape of those that came"
    )


def test_a_count_that_no_slip_explains_is_worked_out_from_its_rate() -> None:
    strategy = StrategyBuilder()
    strategy.denominator("people", "100000")
    strategy.indicator("A", "Crime", counted("9999", "12.345", "people"), per="1000", denominator="people")
    finding = strategy.at(Q2).findings[0]
    assert "Read the count as 1,235 instead of 9,999 (worked out from the rate)." in finding.proposals[0].sentence


def test_less_of_a_good_feeling_is_no_improvement_either() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Fewer who feel safe", percent("80"), unit=Unit.PERCENT, polarity=Polarity.LOWER, over_time=Adding.NEVER
    )
    finding = strategy.at(Q2).findings[0]
    assert finding.sentence == "A counts a reduction as better, but its words are “Fewer who feel safe”."
    strategy.decide(finding, "words")
    assert strategy.row("A", Q2).polarity is Polarity.HIGHER


def test_a_rule_of_thumb_shows_how_much_of_a_larger_count_a_part_would_be() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("V", "Violence", counted("4438"))
    strategy.indicator("I", "Incidents at home", counted("1218"), noun="incidents")
    strategy.indicator("O", "Offences at home", counted("3529"), part_of=["I"])
    evidence = strategy.at(Q2).findings[0].evidence
    assert evidence[1] == "Of the 4,438 of V, 1,218 are 27.4 % and 3,529 would be 79.5 %."


def test_travel_is_told_against_a_year_ago_and_against_the_three_months_before() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Burglary", counted("1200"))
    strategy.months("A", APRIL_2010, [100, 102, 99] * 5 + [60, 61, 59])
    row = strategy.row("A", Q2)
    assert row.direction is Direction.BETTER
    assert row.direction_sentence == "Against April–September 2010: −20.1 %, better (p = .0003)."
    assert row.recent_sentence == "July–September 2011 against April–June 2011: −40.2 %, better (p under .0001)."
    assert row.recent_sentence in trend_of(row).text


def test_rolling_waves_are_not_held_against_the_one_before() -> None:
    row = town().row("2.1", Q4)
    assert row.recent_sentence == ""


def test_two_of_three_under_one_heading_are_told_apart_by_the_third() -> None:
    strategy = StrategyBuilder()
    heading = "Increased feeling of safety"
    worry = f"{heading}; are you worried about crime (very/fairly worried)"
    for code, label, share in (
        ("8.2", f"{heading}; how safe by day (very/fairly safe)", "99"),
        ("8.3", worry, "88"),
        ("8.4", worry, "25"),
    ):
        strategy.indicator(
            code, label, percent(share), unit=Unit.PERCENT, polarity=Polarity.HIGHER, over_time=Adding.NEVER
        )
    found = {finding.key: finding for finding in strategy.at(Q2).findings}
    assert [one.key for one in found["same_label:8.3+8.4"].proposals] == ["8.3-mislabelled", "8.4-mislabelled"]
    assert [one.key for one in found["direction_against_words:8.3"].proposals] == ["direction", "words"]
    assert [one.key for one in found["direction_against_words:8.4"].proposals] == ["words", "direction"]
    assert "8.2, under the same heading, has 99 %." in found["direction_against_words:8.3"].evidence
