"""The same general checks on another strategy, with other codes and other words, and on an honest one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.checks.wholes import match_members
from scs_desktop.domain.corrections import as_decided
from scs_desktop.domain.decisions import CheckRule, Finding, Verdict
from scs_desktop.domain.figures import Part, Unit, number
from scs_desktop.domain.position import Light, Unrated
from scs_desktop.domain.strategy import Adding, IndicatorKind, Polarity, RatedPart
from scs_desktop.domain.targets import BaselineValue
from tests.domain.builders import StrategyBuilder, counted, percent, rules

POSITION = date(2016, 9, 30)
APRIL_2014 = date(2014, 4, 1)


def harbour_town() -> StrategyBuilder:
    """An invented strategy of 2015–2018 with a doubt of every kind."""
    strategy = StrategyBuilder(baseline_first=2014, known_on=date(2016, 11, 30))
    strategy.denominator("residents", "210000")
    strategy.denominator("dwellings", "88000")
    strategy.indicator(
        "C-1", "Cut thefts of all kinds", counted("6930", "33.000", "residents"), per="1000", denominator="residents",
        noun="thefts",
    )  # fmt: skip
    strategy.indicator(
        "C-2", "Cut assaults", counted("4250", "20.238", "residents"), per="1000", denominator="residents",
        noun="assaults",
    )  # fmt: skip
    # Two digits changed places: 3,150 was meant.
    strategy.indicator(
        "C-3", "Cut criminal damage", counted("1350", "15.000", "residents"), per="1000", denominator="residents"
    )
    # On dwellings, though it says residents.
    strategy.indicator(
        "C-4", "Cut break-ins", counted("1100", "12.500", "residents"), per="1000", denominator="residents"
    )
    strategy.indicator("R-b", "Reports taken of abuse at home", counted("700"), priority=2, noun="reports")
    strategy.indicator(
        "R-a", "Crimes of abuse at home", counted("2100"), priority=2, noun="crimes", part_of=["R-b"],
        printed="2100 people",
    )  # fmt: skip
    survey = "Better sense of security; how much do you fear being a victim (a lot, or some fear)"
    for code, share in (("S-1", "81"), ("S-2", "31")):
        strategy.indicator(
            code, survey, percent(share), priority=3, unit=Unit.PERCENT, polarity=Polarity.HIGHER,
            over_time=Adding.NEVER, frequency=Frequency.QUARTER, form=PeriodForm.ROLLING_12,
        )  # fmt: skip
    strategy.indicator(
        "Y-1", "Fewer returning to custody, per 1000 leavers", percent("12.40"), priority=4, unit=Unit.PERCENT,
        over_time=Adding.NEVER, frequency=Frequency.YEAR, printed="12.40% against 11.90% expected; 4.2% on 2012/13",
    )  # fmt: skip
    for code, label in (("N-1", "Loud music at night"), ("N-2", "Dog mess on paths"), ("N-3", "Fly-posting")):
        strategy.indicator(
            code, label, percent("10"), priority=5, unit=Unit.PERCENT, over_time=Adding.NEVER,
            frequency=Frequency.QUARTER, group="nuisances", stated=["music or parties at night", "mess left by dogs"],
        )  # fmt: skip
    strategy.indicator(
        "U-1", "Offences by those released", [BaselineValue(Part.VALUE, Unit.RATE, number("0.6"), Decimal(100), "")],
        priority=6, unit=Unit.RATE, per="100", usual=("30", "150"), over_time=Adding.NEVER,
        frequency=Frequency.QUARTER, decimals=1,
    )  # fmt: skip
    strategy.indicator("B-1", "Fewer hate crimes", None, priority=6, establish_from=2015)
    strategy.months("C-1", APRIL_2014, [500] * 24)
    return strategy


def by_key(findings: Sequence[Finding]) -> dict[str, Finding]:
    return {finding.key: finding for finding in findings}


def test_every_kind_of_doubt_is_found_in_a_strategy_nobody_has_seen() -> None:
    found = by_key(harbour_town().at(POSITION).findings)
    assert set(found) == {
        "count_against_rate:C-3",
        "other_denominator:C-4",
        "part_exceeds_whole:R-a+R-b",
        "same_label:S-1+S-2",
        "direction_against_words:S-1",
        "direction_against_words:S-2",
        "baseline_years_mixed:Y-1",
        "members_differ:N-3",
        "outside_usual_range:U-1",
        "baseline_missing:B-1",
        "words_and_units:R-a",
        "words_and_units:Y-1",
        "own_against_published:C-1",
    }


def test_the_evidence_is_told_with_its_numbers() -> None:
    found = by_key(harbour_town().at(POSITION).findings)
    count = found["count_against_rate:C-3"]
    assert count.sentence == "Count and rate of C-3 disagree: they imply 90,000 (residents), not 210,000."
    assert [one.key for one in count.proposals] == ["count", "denominator"]
    assert "3,150 instead of 1,350" in count.proposals[0].sentence
    assert "88,000 are implied" in found["other_denominator:C-4"].sentence
    assert "2,100" in found["part_exceeds_whole:R-a+R-b"].sentence
    assert "“Fly-posting” is not in the list." in found["members_differ:N-3"].evidence[0]
    assert "100 × the printed number, 60, would be usual." in found["outside_usual_range:U-1"].evidence


def test_the_names_of_doubts_are_the_same_on_every_run() -> None:
    first, second = harbour_town().at(POSITION), harbour_town().at(date(2016, 12, 31))
    assert [one.key for one in first.findings] == [one.key for one in second.findings]


def test_an_honest_strategy_raises_no_doubt() -> None:
    strategy = StrategyBuilder(baseline_first=2014, known_on=date(2016, 11, 30))
    strategy.denominator("residents", "210000")
    strategy.indicator(
        "1", "Fewer thefts", counted("6000", "28.571", "residents"), per="1000", denominator="residents", noun="thefts"
    )
    strategy.indicator(
        "2", "Fewer thefts from shops", counted("2000", "9.524", "residents"), per="1000", denominator="residents",
        part_of=["1"],
    )  # fmt: skip
    for code, label, polarity in (
        ("3", "Feel safe after dark", Polarity.HIGHER),
        ("4", "Worried about burglary (very worried)", Polarity.LOWER),
    ):
        strategy.indicator(
            code, label, percent("40"), unit=Unit.PERCENT, polarity=polarity, over_time=Adding.NEVER,
            frequency=Frequency.QUARTER, group="feelings", stated=["feel safe after dark", "worried about burglary"],
        )  # fmt: skip
    strategy.indicator(
        "5", "Families helped", counted("12"), polarity=Polarity.HIGHER, kind=IndicatorKind.ACTIVITY,
        usual=("5", "50"), printed="12 families",
    )  # fmt: skip
    strategy.months("1", APRIL_2014, [500] * 30)
    position = strategy.at(POSITION)
    assert position.findings == ()
    assert position.open_findings == ()


def test_a_single_wrong_digit_is_found_too() -> None:
    strategy = StrategyBuilder()
    strategy.denominator("people", "343100")
    strategy.indicator("x", "Fewer", counted("27705", "74.922", "people"), per="1000", denominator="people")
    finding = by_key(strategy.at(POSITION).findings)["count_against_rate:x"]
    assert "25,705 instead of 27,705" in finding.proposals[0].sentence
    assert "369,785" in finding.proposals[1].sentence


def test_without_a_registered_denominator_the_strategys_own_rates_are_the_measure() -> None:
    strategy = StrategyBuilder()
    pairs = (("a", "1000", "10.00"), ("b", "2000", "20.00"), ("c", "500", "5.00"), ("d", "900", "3.00"))
    for code, count, rate in pairs:
        strategy.indicator(code, f"Fewer {code}", counted(count, rate, "heads"), per="1000", denominator="heads")
    keys = set(by_key(strategy.at(POSITION).findings))
    assert keys == {"count_against_rate:d"}


def test_one_pair_alone_proves_nothing() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("a", "Fewer", counted("1000", "3.00", "heads"), per="1000", denominator="heads")
    assert strategy.at(POSITION).findings == ()


def test_a_rounded_rate_is_given_its_rounding() -> None:
    strategy = StrategyBuilder()
    strategy.denominator("heads", "100000")
    strategy.indicator("a", "Fewer", counted("1040", "10", "heads"), per="1000", denominator="heads")
    assert strategy.at(POSITION).findings == (), "10 stands for 9.5 to 10.5"


def test_a_swap_puts_both_baselines_right_and_keeps_what_was_printed() -> None:
    strategy = harbour_town()
    strategy.decide_all(POSITION, {"part_exceeds_whole:R-a+R-b": "swap"})
    row = strategy.row("R-a", POSITION)
    assert row.baseline_text == "700"
    assert "baseline swapped with that of R-b" in row.baseline_note
    assert "printed: 2100 people" in row.baseline_note
    assert "part_exceeds_whole:R-a+R-b" not in by_key(strategy.at(POSITION).open_findings)


def test_one_decision_settles_the_doubts_that_hang_on_it() -> None:
    strategy = harbour_town()
    strategy.decide_all(POSITION, {"same_label:S-1+S-2": "S-1-mislabelled"})
    position = strategy.at(POSITION)
    assert not {CheckRule.SAME_LABEL, CheckRule.DIRECTION_AGAINST_WORDS} & rules(position.open_findings)
    assert {CheckRule.SAME_LABEL, CheckRule.DIRECTION_AGAINST_WORDS} <= rules(position.findings), "all stay on record"
    assert strategy.row("S-1", POSITION).name == "Better sense of security"
    assert strategy.row("S-1", POSITION).polarity is Polarity.HIGHER
    assert strategy.row("S-2", POSITION).polarity is Polarity.LOWER


def test_keeping_a_figure_as_printed_closes_the_doubt_and_changes_nothing() -> None:
    strategy = harbour_town()
    finding = by_key(strategy.at(POSITION).findings)["count_against_rate:C-3"]
    strategy.decide(finding, verdict=Verdict.AS_PRINTED)
    position = strategy.at(POSITION)
    assert finding.key not in by_key(position.open_findings)
    assert position.indicator(strategy.uses["C-3"].id).baseline_text.startswith("1,350")


def test_a_decision_reversed_later_holds_as_decided_last() -> None:
    strategy = harbour_town()
    strategy.decide_all(POSITION, {"count_against_rate:C-3": "denominator"})
    strategy.decide_all(POSITION, {"count_against_rate:C-3": "count"})
    reading = as_decided(strategy.snapshot())
    baseline = reading.baselines[strategy.uses["C-3"].id]
    value = baseline.of(Part.VALUE, Unit.COUNT)
    assert value is not None
    assert value.measured.value == 3150
    assert strategy.uses["C-3"].id not in {one.id for one in reading.denominators}


def test_the_denominators_repair_leaves_other_rates_alone() -> None:
    strategy = harbour_town()
    strategy.decide_all(POSITION, {"count_against_rate:C-3": "denominator"})
    assert "residents of 90,000" in strategy.row("C-3", POSITION).baseline_text
    assert "residents of" not in strategy.row("C-1", POSITION).baseline_text


@pytest.mark.parametrize(("proposal", "light"), [("words", Light.GREEN), ("direction", Light.RED)])
def test_a_direction_in_doubt_withholds_the_light_until_it_is_decided(proposal: str, light: Light) -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "W", "Increased security; worried about crime (very worried)", percent("40"), unit=Unit.PERCENT,
        polarity=Polarity.HIGHER, over_time=Adding.NEVER, frequency=Frequency.QUARTER, decimals=0,
    )  # fmt: skip
    position = date(2011, 9, 30)
    strategy.quarters("W", {(2011, 2): "20"})
    strategy.quarters("W", {(2011, 2): "500"}, Part.SAMPLE_SIZE)
    strategy.quarters("W", {(2010, 4): "40"})
    strategy.quarters("W", {(2010, 4): "500"}, Part.SAMPLE_SIZE)
    row = strategy.row("W", position)
    assert row.status.unrated is Unrated.BASELINE_IN_DOUBT
    assert [one.name for one in row.readings] == ["higher is better", "lower is better"]
    strategy.decide_all(position, {"direction_against_words:W": proposal})
    assert strategy.row("W", position).status.light is light


def test_figures_on_the_usual_scale_wait_until_the_baselines_scale_is_decided() -> None:
    strategy = harbour_town()
    strategy.quarters("U-1", {(2016, 2): "55"})
    finding = by_key(strategy.at(POSITION).findings)["outside_usual_range:U-1"]
    assert finding.blocks
    strategy.decide(finding, "times-100")
    assert strategy.row("U-1", POSITION).baseline_text == "60 per 100"


def test_a_printed_difference_is_judged_within_rounding() -> None:
    values = (
        BaselineValue(Part.VALUE, Unit.PERCENT, number("7.80")),
        BaselineValue(Part.PREDICTED, Unit.PERCENT, number("7.72")),
    )
    strategy = StrategyBuilder()
    strategy.indicator(
        "p", "Fewer", values, unit=Unit.PERCENT, rated=RatedPart.PERCENT_AGAINST_PREDICTED, over_time=Adding.NEVER,
        printed="Actual 7.80% Predicted 7.72% Difference from baseline (2007/08) = 1.12%",
    )  # fmt: skip
    finding = by_key(strategy.at(POSITION).findings)["baseline_years_mixed:p"]
    assert "0.91 to 1.17 % within rounding: the printed 1.12 % agrees." in finding.evidence[1]


def test_members_are_matched_by_the_words_they_share() -> None:
    labels = ["Teenagers hanging around on the streets", "Perceptions of local drug use or dealing", "Gangs"]
    stated = ["people using or dealing drugs", "teenagers hanging around"]
    assert match_members(labels, stated) == ([2], [])
    assert match_members(["Gangs"], []) == ([0], [])
