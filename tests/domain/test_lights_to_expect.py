"""The lights that Barnet's real monthly figures and its survey must give, cell by cell."""

from __future__ import annotations

from datetime import date

import pytest

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.decisions import CheckRule
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.periods import rolling_12
from scs_desktop.domain.position import Direction, Light, Unrated
from scs_desktop.domain.strategy import Adding
from tests.domain.barnet_months import RESIDENTIAL_BURGLARY, SERIOUS_PROPERTY_CRIME, TOTAL_CRIME, VIOLENCE
from tests.domain.builders import ASSUMED_400, StrategyBuilder, counted, percent

Q2 = date(2011, 9, 30)
Q4 = date(2012, 3, 31)
APRIL_2010 = date(2010, 4, 1)
DECIDED = {"count_against_rate:1.1": "count", "own_against_published:1.1": "own"}


def barnet() -> StrategyBuilder:
    """The strategy's recorded-crime indicators and one survey question, with the real months."""
    strategy = StrategyBuilder()
    strategy.denominator("population", "343100")
    strategy.denominator("households", "135341")
    strategy.indicator(
        "1.1", "Reduction in total crime", counted("27705", "74.922"), headline=True, per="1000",
        denominator="population",
    )  # fmt: skip
    strategy.indicator(
        "1.2", "Reduction in total serious property crime", counted("8192", "23.877"), part_of=["1.1"], per="1000",
        denominator="population",
    )  # fmt: skip
    strategy.indicator(
        "1.3", "Reduction in residential burglary", counted("3362", "24.841"), headline=True, part_of=["1.2"],
        noun="residential burglaries", per="1000", denominator="households",
    )  # fmt: skip
    strategy.indicator(
        "3.1", "Reduction in violence against the person", counted("4438", "12.935"), priority=3, part_of=["1.1"],
        per="1000", denominator="population",
    )  # fmt: skip
    strategy.indicator(
        "2.1", "Worried about anti-social behaviour in this area", percent("24"), priority=2, unit=Unit.PERCENT,
        over_time=Adding.NEVER, frequency=Frequency.QUARTER, form=PeriodForm.ROLLING_12, late=60, noun="answers",
        sample=ASSUMED_400,
    )  # fmt: skip
    strategy.months("1.1", APRIL_2010, TOTAL_CRIME)
    strategy.months("1.2", APRIL_2010, SERIOUS_PROPERTY_CRIME)
    strategy.months("1.3", APRIL_2010, RESIDENTIAL_BURGLARY)
    strategy.months("3.1", APRIL_2010, VIOLENCE)
    for end, share in ((date(2011, 3, 31), "24"), (Q2, "22"), (Q4, "21"), (date(2013, 3, 31), "17")):
        strategy.figure("2.1", rolling_12(end), share)
    return strategy


def test_the_months_add_up_to_the_published_years() -> None:
    assert sum(TOTAL_CRIME[:12]) == 25135
    assert sum(RESIDENTIAL_BURGLARY[:12]) == 3354
    assert sum(SERIOUS_PROPERTY_CRIME[:12]) == 8075
    assert sum(VIOLENCE[:12]) == 3641


@pytest.mark.parametrize(
    ("code", "position", "value", "comparator", "change", "p", "phi"),
    [
        ("1.1", Q2, "13,050", "12,518", 0.042, 0.135, 4.95),
        ("1.1", Q4, "25,729", "25,135", 0.024, 0.28, None),
        ("1.3", Q2, "1,577", "1,404", 0.123, 0.059, 2.81),
        ("1.3", Q4, "3,441", "3,354", 0.026, 0.51, None),
    ],
)
def test_recorded_crime_is_amber_in_both_quarters(
    code: str, position: date, value: str, comparator: str, change: float, p: float, phi: float | None
) -> None:
    strategy = barnet()
    strategy.decide_all(position, DECIDED)
    row = strategy.row(code, position)
    assert row.status.light is Light.AMBER
    assert not row.status.hollow
    assert (row.value_text, row.comparator_text) == (value, comparator)
    assert row.status.change == pytest.approx(change, abs=0.0005)
    assert row.status.p_value == pytest.approx(p, abs=0.005 if p > 0.2 else 0.0005)
    if phi is not None:
        assert row.status.phi == pytest.approx(phi, abs=0.005)
    assert row.direction is Direction.NO_CLEAR_CHANGE


def test_the_sentence_for_residential_burglary_to_the_second_quarter() -> None:
    row = barnet().row("1.3", Q2)
    assert row.status.sentence == (
        "Amber: 1,577 residential burglaries against 1,404 in the same months of 2010/11 (+12.3 %). "
        "A rise of this size is at the edge of the usual movement (p = .059; counting chance alone .0016)."
    )
    assert row.period_text == "April–September 2011"
    assert row.rate_text == "11.7 per 1,000 households so far"
    assert "own series 2010/11: 3,354" in row.baseline_note


@pytest.mark.parametrize("position", [Q2, Q4])
def test_until_the_count_is_decided_the_baseline_is_in_doubt_with_three_readings(position: date) -> None:
    row = barnet().row("1.1", position)
    assert row.status.unrated is Unrated.BASELINE_IN_DOUBT
    assert [(one.name, one.status.light) for one in row.readings] == [
        ("as printed (27,705)", Light.GREEN),
        ("count corrected (25,705)", Light.AMBER),
        ("own series (25,135)", Light.AMBER),
    ]
    assert row.value_text, "the figure itself is known and shown"


def test_with_the_count_decided_the_two_sources_still_wait_for_the_officer() -> None:
    strategy = barnet()
    strategy.decide_all(Q2, {"count_against_rate:1.1": "count"})
    row = strategy.row("1.1", Q2)
    assert row.status.unrated is Unrated.BASELINE_IN_DOUBT
    assert [one.name for one in row.readings] == ["as printed (25,705)", "own series (25,135)"]
    assert row.baseline_text.startswith("25,705")
    assert "printed 27705" in row.baseline_note


def test_under_one_percent_apart_the_own_series_rules_without_a_question() -> None:
    keys = {finding.key for finding in barnet().at(Q4).findings}
    assert "own_against_published:1.3" not in keys, "3,354 against 3,362 is 0.2 %"
    assert {"own_against_published:1.2", "own_against_published:3.1"} <= keys


def test_the_survey_overlaps_its_baseline_until_the_fourth_quarter() -> None:
    early = barnet().row("2.1", Q2)
    assert early.status.unrated is Unrated.OVERLAPS_BASELINE
    assert "First rated at Q4 2011/12." in early.status.sentence
    late = barnet().row("2.1", Q4)
    assert late.status.light is Light.AMBER
    assert late.status.assumed_sample
    assert late.status.points == pytest.approx(-3)
    assert late.status.sentence == (
        "Amber: 21 % against 24 % in the 12 months to March 2011 (−3 points). "
        "A fall of this size is within chance (p = .31; 400 answers each, assumed)."
    )


def test_a_survey_fall_of_seven_points_on_400_answers_is_green() -> None:
    row = barnet().row("2.1", date(2013, 3, 31))
    assert row.status.light is Light.GREEN
    assert row.status.p_value == pytest.approx(0.0144, abs=0.0005)
    assert row.direction is Direction.NO_CLEAR_CHANGE, "four points on the year before may be chance"


def test_sample_sizes_that_the_return_brings_are_used_instead_of_the_assumed_ones() -> None:
    strategy = barnet()
    for end in (date(2011, 3, 31), Q4):
        strategy.figure("2.1", rolling_12(end), 1000, Part.SAMPLE_SIZE)
    row = strategy.row("2.1", Q4)
    assert not row.status.assumed_sample
    assert row.status.p_value == pytest.approx(0.108, abs=0.0005), "24 % and 21 % of 1,000 answers"
    assert "1,000 cases each" in row.status.sentence


def test_the_officer_may_choose_the_printed_figure() -> None:
    strategy = barnet()
    strategy.decide_all(Q4, {"own_against_published:1.2": "published"})
    row = strategy.row("1.2", Q4)
    assert row.comparator_text == "8,192"
    assert row.status.light is Light.RED, "9,074 against 8,192 is 10.8 % up"


def test_the_light_of_the_whole_priority_says_which_rule_gave_it() -> None:
    strategy = barnet()
    strategy.decide_all(Q2, {**DECIDED, "own_against_published:1.2": "own"})
    status = strategy.at(Q2).priorities[0].status
    assert status.light is Light.RED
    assert status.sentence == "Red: 1 of 3 rated indicators is red, a third or more."


def test_every_check_is_found_from_the_figures_alone() -> None:
    found = {finding.rule for finding in barnet().at(Q4).findings}
    assert {CheckRule.COUNT_AGAINST_RATE, CheckRule.OWN_AGAINST_PUBLISHED} <= found
