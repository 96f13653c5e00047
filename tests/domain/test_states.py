"""Why an indicator has no light, and what is said and shown instead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.decisions import CheckRule
from scs_desktop.domain.figures import FigureKind, Measured, Part, Unit, number
from scs_desktop.domain.periods import (
    Period,
    PeriodKind,
    financial_year,
    month,
    month_end,
    quarter,
    rolling_12,
    year_to_date,
)
from scs_desktop.domain.position import Light, Unrated
from scs_desktop.domain.strategy import Adding, IndicatorKind, Polarity, RatedPart, SampleBase
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance
from tests.domain.builders import StrategyBuilder, counted, made_id, percent

Q2 = date(2011, 9, 30)
Q4 = date(2012, 3, 31)
APRIL_2010 = date(2010, 4, 1)


def burglaries(months: int = 18) -> StrategyBuilder:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Fewer burglaries", counted("1200"), noun="burglaries")
    strategy.months("A", APRIL_2010, [100] * months)
    return strategy


def test_no_figures_at_all() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Fewer burglaries", counted("1200"))
    row = strategy.row("A", Q2)
    assert row.status.unrated is Unrated.NO_DATA
    assert row.status.sentence == "No figures are stored; they are overdue."
    assert row.value_text == ""
    assert row.trend == ()


def test_a_missing_month_is_not_due_and_later_overdue_and_nothing_is_carried_forward() -> None:
    strategy = burglaries(17)
    early = strategy.row("A", Q2, known_on=date(2011, 10, 20))
    assert early.status.unrated is Unrated.NOT_DUE
    assert early.status.sentence == (
        "Not due yet: September 2011, due 21 October 2011. The figures stored cover April–August 2011."
    )
    late = strategy.row("A", Q2, known_on=date(2011, 10, 22))
    assert late.status.unrated is Unrated.OVERDUE
    assert late.data.overdue
    assert late.period_text == "April–August 2011"
    assert late.value == 500
    assert late.trend[-1].value is None, "the missing month is a gap in the line"
    assert "1 month old" in late.data.text


def test_a_wave_that_is_missing_shows_the_one_before_with_its_name_and_rates_nothing() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Worried", percent("24"), unit=Unit.PERCENT, over_time=Adding.NEVER, frequency=Frequency.QUARTER,
        form=PeriodForm.ROLLING_12, late=60,
    )  # fmt: skip
    strategy.figure("A", rolling_12(date(2012, 3, 31)), "15")
    row = strategy.row("A", date(2012, 6, 30), known_on=date(2012, 8, 1))
    assert row.status.unrated is Unrated.NOT_DUE
    assert row.status.sentence == (
        "Not due yet: 12 months to June 2012, due 29 August 2012. The figures stored cover the 12 months to March 2012."
    )
    assert (row.value_text, row.period_text) == ("15 %", "12 months to March 2012")
    assert row.data.text == "due 29 August 2012, latest data 3 months old"


def test_in_a_new_year_without_a_figure_the_sentence_names_the_last_one() -> None:
    row = burglaries(24).row("A", date(2012, 6, 30), known_on=date(2012, 7, 1))
    assert row.status.unrated is Unrated.OVERDUE
    assert row.value_text == ""
    assert "The latest figure is for March 2012." in row.status.sentence


def test_a_suppressed_month_leaves_no_light_and_says_its_bound() -> None:
    strategy = burglaries(17)
    strategy.figure("A", month(2011, 9), Measured(FigureKind.SUPPRESSED, text="*", bound=Decimal(5)))
    row = strategy.row("A", Q2)
    assert row.status.unrated is Unrated.SUPPRESSED
    assert "fewer than 5" in row.status.sentence
    assert row.trend[-1].text == "suppressed"


@pytest.mark.parametrize(
    ("kind", "unrated"),
    [
        (FigureKind.NOT_AVAILABLE, Unrated.NO_DATA),
        (FigureKind.NOT_PUBLISHED, Unrated.NOT_DUE),
        (FigureKind.NOT_APPLICABLE, Unrated.NO_DATA),
        (FigureKind.ERROR, Unrated.NO_DATA),
        (FigureKind.TEXT, Unrated.NO_DATA),
    ],
)
def test_a_mark_in_the_place_of_a_number_is_never_zero(kind: FigureKind, unrated: Unrated) -> None:
    strategy = burglaries(17)
    strategy.figure("A", month(2011, 9), Measured(kind, text="n/a"))
    assert strategy.row("A", Q2).status.unrated is unrated


def test_two_open_figures_for_one_month_are_a_conflict_and_not_compared() -> None:
    strategy = burglaries(18)
    strategy.figure("A", month(2011, 9), 140)
    position = strategy.at(Q2)
    row = position.indicator(strategy.uses["A"].id)
    assert row.status.unrated is Unrated.NOT_COMPARABLE
    assert "two different figures" in row.status.sentence
    assert CheckRule.SERIES_CONFLICT in {finding.rule for finding in position.open_findings}


def test_the_baseline_year_is_not_held_against_itself() -> None:
    row = burglaries(12).row("A", date(2011, 3, 31))
    assert row.status.unrated is Unrated.OVERLAPS_BASELINE
    assert "First rated at April 2011." in row.status.sentence


def test_no_target_after_the_strategy_has_ended() -> None:
    strategy = burglaries(60)
    row = strategy.row("A", date(2014, 9, 30), known_on=date(2015, 1, 1))
    assert row.status.unrated is Unrated.NO_TARGET


def test_an_indicator_without_a_direction_is_watched_only() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Calls", counted("1200"), polarity=Polarity.NONE)
    strategy.months("A", APRIL_2010, [100] * 18)
    assert strategy.row("A", Q2).status.unrated is Unrated.MONITOR_ONLY


def test_a_part_of_a_year_without_the_baseline_months_waits_for_the_whole_year() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Fewer burglaries", counted("1200"))
    strategy.months("A", date(2011, 4, 1), [80] * 12)
    early, late = strategy.row("A", Q2), strategy.row("A", Q4)
    assert early.status.unrated is Unrated.NOT_COMPARABLE
    assert "Rated at Q4 2011/12." in early.status.sentence
    assert late.status.light is Light.GREEN
    assert late.comparator_text == "1,200"


def test_a_baseline_to_be_established_becomes_one_on_the_officers_word() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Fewer repeats", None, unit=Unit.PERCENT, over_time=Adding.RATIO_OF_SUMS, frequency=Frequency.QUARTER,
        establish_from=2011, decimals=1, denominator="cases",
    )  # fmt: skip
    for year in (2011, 2012):
        strategy.quarters("A", {(year, one): "20" for one in (1, 2, 3, 4)}, Part.NUMERATOR)
        strategy.quarters("A", {(year, one): "100" for one in (1, 2, 3, 4)}, Part.DENOMINATOR)
    row = strategy.row("A", Q2)
    assert row.status.unrated is Unrated.BASELINE_TO_BE_ESTABLISHED
    assert row.baseline_text == "to be established"
    strategy.decide_all(Q4, {"baseline_missing:A": "establish"})
    assert strategy.row("A", Q4).status.unrated is Unrated.OVERLAPS_BASELINE
    later = strategy.row("A", date(2013, 3, 31))
    assert later.status.light is Light.AMBER
    assert later.comparator_text == "20.0 %"
    assert "in 2011/12" in later.status.sentence


def test_a_part_of_the_baseline_year_that_is_incomplete_offers_nothing_to_establish() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Fewer", None, frequency=Frequency.QUARTER, establish_from=2011)
    strategy.quarters("A", {(2011, 1): "5"})
    finding = next(one for one in strategy.at(Q4).findings if one.rule is CheckRule.BASELINE_MISSING)
    assert finding.proposals == ()


def test_a_percentage_without_any_sample_is_hollow_by_the_literal_rule() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Fewer repeats", percent("8"), unit=Unit.PERCENT, over_time=Adding.NEVER, frequency=Frequency.QUARTER,
        headline=True, decimals=1,
    )  # fmt: skip
    strategy.quarters("A", {(2011, 2): "7.5"})
    row = strategy.row("A", Q2)
    assert row.status.light is Light.GREEN
    assert row.status.hollow
    assert row.status.sentence.startswith("Green, untested: 7.5 % against 8.0 % in 2010/11 as printed (−0.5 points).")
    priority = strategy.at(Q2).priorities[0].status
    assert priority.light is Light.AMBER, "a hollow headline does not make a priority green"
    assert "untested" in priority.sentence


def test_ratio_of_sums_adds_cases_not_percentages() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Fewer repeats", percent("20"), unit=Unit.PERCENT, over_time=Adding.RATIO_OF_SUMS,
        frequency=Frequency.QUARTER, decimals=1,
    )  # fmt: skip
    strategy.quarters("A", {(2011, 1): "10", (2011, 2): "90"}, Part.NUMERATOR)
    strategy.quarters("A", {(2011, 1): "100", (2011, 2): "300"}, Part.DENOMINATOR)
    row = strategy.row("A", Q2)
    assert row.value == 25, "100 of 400, not the mean of 10 % and 30 %"


def test_a_cumulative_count_takes_its_last_value_and_the_literal_rule() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Families covered", counted("9"), kind=IndicatorKind.ACTIVITY, polarity=Polarity.HIGHER,
        over_time=Adding.LAST, frequency=Frequency.QUARTER, form=PeriodForm.YEAR_TO_DATE, noun="families",
    )  # fmt: skip
    for one, value in ((1, 4), (2, 7), (3, 9), (4, 12)):
        strategy.figure("A", year_to_date(quarter(2011, one).end), value)
    early = strategy.row("A", Q2)
    assert early.value == 7
    assert early.status.unrated is Unrated.NOT_COMPARABLE, "half a year is not held against a whole one"
    late = strategy.row("A", Q4)
    assert late.status.light is Light.GREEN
    assert late.status.rule is StatusRule.LITERAL
    assert not late.status.hollow
    assert late.status.sentence.startswith("Green: 12 families against 9 in 2010/11 as printed (+33.3 %).")
    assert late.status.p_value is None, "what is not tested has no probability beside it"
    assert late.status.details == ("Baseline from the figure as printed.",), "nor a word of its usual movement"


def cohort(end: date) -> Period:
    intake_end = date(end.year - 1, end.month, month_end(date(end.year - 1, end.month, 1)).day)
    return Period(date(intake_end.year - 1, intake_end.month + 1, 1), intake_end, PeriodKind.COHORT, end)


@pytest.mark.parametrize(
    ("actual", "light", "p"), [("7.80", Light.AMBER, 0.864), ("9.40", Light.RED, None), ("6.00", Light.GREEN, None)]
)
def test_actual_against_predicted_uses_the_cohort(actual: str, light: Light, p: float | None) -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Reduction in repeat offending", percent("7.80"), unit=Unit.PERCENT, over_time=Adding.NEVER,
        rated=RatedPart.PERCENT_AGAINST_PREDICTED, frequency=Frequency.QUARTER, form=PeriodForm.COHORT, follow_up=12,
        late=120, decimals=2, sample=SampleBase(Decimal(2999), "offenders", "as printed"),
    )  # fmt: skip
    strategy.figure("A", cohort(Q2), actual)
    strategy.figure("A", cohort(Q2), "7.72", Part.PREDICTED)
    row = strategy.row("A", Q2)
    assert row.status.light is light
    assert row.status.rule is StatusRule.PREDICTED
    assert row.comparator_text == "7.72 %"
    if p is not None:
        assert row.status.p_value == pytest.approx(p, abs=0.0005)
        assert "234 observed against 231.5 expected, ratio 1.01 (0.89 to 1.15): within chance" in row.status.sentence


def test_a_prediction_that_is_missing_is_not_replaced() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Reduction in repeat offending", percent("7.80"), unit=Unit.PERCENT, over_time=Adding.NEVER,
        rated=RatedPart.PERCENT_AGAINST_PREDICTED, frequency=Frequency.QUARTER, form=PeriodForm.COHORT, follow_up=12,
    )  # fmt: skip
    strategy.figure("A", cohort(Q2), "7.80")
    assert strategy.row("A", Q2).status.unrated is Unrated.NOT_COMPARABLE


def test_more_reports_are_good_only_while_the_guard_does_not_worsen() -> None:
    def strategy_with(repeats: int) -> StrategyBuilder:
        strategy = StrategyBuilder()
        strategy.indicator("G", "Fewer repeat incidents", counted("1200"))
        strategy.indicator(
            "R", "Incidents reported", counted("1200"), polarity=Polarity.GUARDED_HIGHER, guards=["G"],
            kind=IndicatorKind.REPORTING,
        )  # fmt: skip
        strategy.months("G", APRIL_2010, [100] * 12 + [repeats] * 12)
        strategy.months("R", APRIL_2010, [100] * 12 + [150] * 12)
        return strategy

    assert strategy_with(100).row("R", Q4).status.light is Light.GREEN
    mixed = strategy_with(150).row("R", Q4).status
    assert mixed.unrated is Unrated.MIXED
    assert "fewer repeat incidents" in mixed.sentence


def with_target(*targets: Target, polarity: Polarity = Polarity.LOWER) -> StrategyBuilder:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Burglary", counted("3362"), noun="burglaries", targets=targets, polarity=polarity)
    return strategy


def path_target(value: str, kind: TargetKind = TargetKind.VALUE) -> Target:
    return Target(
        made_id("t"), made_id("u"), financial_year(2013), kind, TargetState.APPROVED, Decimal(value), end_of_path=True
    )


@pytest.mark.parametrize(
    ("count", "light", "sentence"),
    [
        (3261, Light.GREEN, "Green: 3,261 burglaries against a path of 3,261."),
        (3300, Light.AMBER, "Amber: 3,300 burglaries against a path of 3,261. 39 fewer were needed."),
        (
            3400,
            Light.RED,
            (
                "Red: 3,400 burglaries against a path of 3,261; worse than the 2010/11 baseline of 3,362. "
                "139 fewer were needed."
            ),
        ),
    ],
)
def test_a_number_is_approached_on_a_straight_path(count: int, light: Light, sentence: str) -> None:
    strategy = with_target(path_target("3059"))
    strategy.months("A", date(2011, 4, 1), [count // 12] * 11 + [count - count // 12 * 11])
    row = strategy.row("A", Q4)
    assert row.status.light is light
    assert row.status.sentence == sentence
    assert row.status.rule is StatusRule.PATH


def test_the_path_is_drawn_year_by_year() -> None:
    strategy = with_target(path_target("3059"))
    strategy.months("A", date(2011, 4, 1), [270] * 36)
    path = strategy.row("A", date(2014, 3, 31)).target_path
    assert [round((point.value or 0) * 12) for point in path] == [3362, 3261, 3160, 3059]


def test_a_percentage_on_the_baseline_comes_to_the_same_path() -> None:
    strategy = with_target(path_target("-9", TargetKind.PERCENT_ON_BASELINE))
    strategy.months("A", date(2011, 4, 1), [270] * 12)
    assert strategy.row("A", Q4).comparator_text == "3,261"


def test_the_same_first_year_is_green_amber_or_red_by_the_rule_that_was_set() -> None:
    """Baseline 100, target 90 in three years, first year 99."""

    def light(target: Target) -> Light | None:
        strategy = StrategyBuilder()
        strategy.indicator("A", "Burglary", counted("100"), targets=[target])
        strategy.months("A", date(2011, 4, 1), [9] * 9 + [6] * 3)
        assert strategy.row("A", Q4).value == 99
        return strategy.row("A", Q4).status.light

    one = made_id("t")
    year = financial_year(2011)
    approved = TargetState.APPROVED
    literal = Target(one, one, year, TargetKind.DIRECTION, approved, rule=StatusRule.LITERAL)
    path = Target(one, one, financial_year(2013), TargetKind.VALUE, approved, Decimal(90), end_of_path=True)
    final = Target(one, one, year, TargetKind.VALUE, approved, Decimal(90), tolerance=Tolerance(Decimal("0.05")))
    assert [light(literal), light(path), light(final)] == [Light.GREEN, Light.AMBER, Light.RED]


def test_a_part_of_a_year_is_held_against_the_usual_part_of_the_target() -> None:
    year = Target(
        made_id("t"), made_id("u"), financial_year(2011), TargetKind.VALUE, TargetState.APPROVED, Decimal(1140)
    )
    strategy = StrategyBuilder()
    strategy.indicator("A", "Burglary", counted("1200"), targets=[year])
    strategy.months("A", APRIL_2010, [100] * 12 + [96] * 6)
    row = strategy.row("A", Q2)
    assert row.comparator == pytest.approx(Decimal(570))
    assert row.status.light is Light.AMBER, "576 is 1 % over the path and better than the baseline's 600"


def test_a_proposed_target_rates_nothing() -> None:
    proposed = Target(
        made_id("t"), made_id("u"), financial_year(2011), TargetKind.VALUE, TargetState.PROPOSED, Decimal(1)
    )
    strategy = with_target(proposed)
    strategy.months("A", date(2011, 4, 1), [270] * 12)
    assert strategy.row("A", Q4).status.unrated is Unrated.NO_TARGET


@pytest.mark.parametrize(("value", "light"), [("45", Light.GREEN), ("51", Light.AMBER), ("60", Light.RED)])
def test_a_range(value: str, light: Light) -> None:
    target = Target(
        made_id("t"), made_id("u"), financial_year(2011), TargetKind.RANGE, TargetState.APPROVED,
        lower=Decimal(40), upper=Decimal(50),
    )  # fmt: skip
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Share", percent("45"), unit=Unit.PERCENT, over_time=Adding.NEVER, frequency=Frequency.QUARTER,
        polarity=Polarity.RANGE, targets=[target],
    )  # fmt: skip
    strategy.quarters("A", {(2011, 2): value})
    assert strategy.row("A", Q2).status.light is light


def in_range(lower: str | None, upper: str | None) -> Target:
    return Target(
        made_id("t"), made_id("u"), financial_year(2011), TargetKind.RANGE, TargetState.APPROVED,
        lower=None if lower is None else Decimal(lower), upper=None if upper is None else Decimal(upper),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("monthly", "bounds", "said"),
    [
        (96, ("1100", "1300"), "Green: 576 is within the range of 550 to 650 usual by then."),
        (120, ("1100", "1300"), "Red: 720 is outside the range of 550 to 650 usual by then."),
        (
            112,
            (None, "1300"),
            "Amber: 672 is outside the range of at most 650 usual by then, but within",
        ),
        (112, ("1100", None), "Green: 672 is within the range of at least 550 usual by then."),
    ],
)
def test_half_a_year_is_held_against_the_half_of_a_range(
    monthly: int, bounds: tuple[str | None, str | None], said: str
) -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Burglary", counted("1200"), targets=[in_range(*bounds)])
    strategy.months("A", APRIL_2010, [100] * 12 + [monthly] * 6)
    assert strategy.row("A", Q2).status.sentence.startswith(said)


def test_half_a_year_is_in_no_range_where_no_whole_year_is_known() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Burglary", counted("1200"), targets=[in_range("1100", "1300")])
    strategy.months("A", date(2011, 4, 1), [100] * 6)
    assert strategy.row("A", Q2).status.unrated is Unrated.NOT_COMPARABLE


@pytest.mark.parametrize(
    ("families", "at", "light"), [("30", Q2, None), ("60", Q2, Light.GREEN), ("30", Q4, Light.RED)]
)
def test_what_grows_through_the_year_is_not_late_before_the_year_is_over(
    families: str, at: date, light: Light | None
) -> None:
    target = Target(
        made_id("t"), made_id("u"), financial_year(2011), TargetKind.VALUE, TargetState.APPROVED, Decimal(60)
    )
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Families", counted("9"), over_time=Adding.LAST, frequency=Frequency.QUARTER,
        form=PeriodForm.YEAR_TO_DATE, polarity=Polarity.HIGHER, targets=[target],
    )  # fmt: skip
    strategy.figure("A", year_to_date(at), families)
    status = strategy.row("A", at).status
    assert status.light is light
    if light is None:
        assert status.sentence == (
            "Not comparable: April–September 2011 is a part of a year, and the target is of the whole. "
            "Rated at Q4 2011/12."
        )


def test_fewer_than_twelve_months_say_that_only_counting_chance_is_allowed_for() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Burglary", counted("1200"), frequency=Frequency.QUARTER)
    strategy.quarters("A", {(2010, one): "300" for one in (1, 2, 3, 4)})
    strategy.quarters("A", {(2011, one): "290" for one in (1, 2)})
    row = strategy.row("A", Q2)
    assert row.status.phi == 1
    assert "counting chance only" in row.status.sentence


def test_provisional_figures_are_flagged() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Burglary", counted("1200"))
    strategy.months("A", APRIL_2010, [100] * 18, provisional=2)
    row = strategy.row("A", Q2)
    assert row.data.provisional
    assert row.data.text == "provisional"
    assert [point.provisional for point in row.trend[-3:]] == [False, True, True]


def test_a_later_definition_is_not_held_against_the_baseline_of_the_earlier() -> None:
    from dataclasses import replace

    strategy = burglaries(24)
    old = next(iter(strategy.definitions.values()))
    new = replace(old, id=made_id("definition", 2), version=2, valid_from=date(2011, 4, 1))
    strategy.definitions[new.id] = new
    key, series = next(iter(strategy.series.items()))
    strategy.series[key] = replace(series, definition=new.id)
    row = strategy.row("A", Q4)
    assert row.status.unrated is Unrated.NOT_COMPARABLE
    assert [one.text for one in row.breaks] == ["definition 2"]


def test_rates_are_tested_on_their_cases() -> None:
    strategy = StrategyBuilder()
    value = number("80")
    from scs_desktop.domain.targets import BaselineValue

    strategy.indicator(
        "A", "Re-offending", (BaselineValue(Part.VALUE, Unit.RATE, value, Decimal(100), "young people"),),
        unit=Unit.RATE, over_time=Adding.NEVER, frequency=Frequency.QUARTER, per="100", denominator="young people",
        sample=SampleBase(Decimal(200), "young people", "assumed"), decimals=1,
    )  # fmt: skip
    strategy.quarters("A", {(2011, 2): "50"})
    row = strategy.row("A", Q2)
    assert row.status.light is Light.GREEN
    assert row.status.p_value is not None
    assert row.value_text == "50.0 per 100 young people"


def test_from_no_cases_at_all_the_change_has_no_percentage_and_no_upper_limit() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Arson", counted("0"))
    strategy.months("A", APRIL_2010, [0] * 12 + [1, 0, 2, 1, 0, 2])
    row = strategy.row("A", Q2)
    assert row.status.sentence.startswith("Red: 6 offences against 0 in the same months of 2010/11.")
    assert any("there is no limit" in line for line in row.status.details)


def test_the_words_of_a_path_say_its_numbers_as_they_are() -> None:
    """10 % against 8.8 %: neither the path nor a tolerance of 2.5 % is rounded to another number."""
    target = Target(
        made_id("t"), made_id("u"), financial_year(2011), TargetKind.VALUE, TargetState.APPROVED, Decimal("8.8"),
        tolerance=Tolerance(Decimal("0.025")),
    )  # fmt: skip
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Worried", percent("9"), unit=Unit.PERCENT, over_time=Adding.NEVER, frequency=Frequency.QUARTER,
        targets=[target],
    )  # fmt: skip
    strategy.quarters("A", {(2011, 2): "10"})
    row = strategy.row("A", Q2)
    assert row.status.sentence == (
        "Red: 10 % against a path of 8.8 %; worse than the 2010/11 baseline of 9 %. It needed to be 1.2 points lower."
    )
    assert row.comparator_text == "8.8 %"
    assert row.status.details[0] == "Amber is within 2.5 % of the path and not worse than the baseline."


def test_where_the_baseline_is_better_than_the_target_the_words_leave_its_test_out() -> None:
    target = Target(
        made_id("t"), made_id("u"), financial_year(2011), TargetKind.VALUE, TargetState.APPROVED, Decimal(1300)
    )
    strategy = StrategyBuilder()
    strategy.indicator("A", "Burglary", counted("1200"), targets=[target])
    strategy.months("A", APRIL_2010, [100] * 24)
    assert strategy.row("A", Q4).status.details == ("Amber is within 5 % of the path.",)
