"""What a row says of the year's end and of its process chart."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.agencies import Frequency
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.outlook import OutlookWord
from scs_desktop.domain.periods import financial_year
from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.process import Assurance, LimitState, Signal, Variation
from scs_desktop.domain.rows import named
from scs_desktop.domain.strategy import Adding, IndicatorKind, Polarity
from scs_desktop.domain.targets import Target, TargetKind, TargetState
from tests.domain.barnet_months import RESIDENTIAL_BURGLARY
from tests.domain.builders import StrategyBuilder, counted, made_id, percent
from tests.domain.test_lights_to_expect import barnet

Q1, Q2, Q3, Q4 = date(2011, 6, 30), date(2011, 9, 30), date(2011, 12, 31), date(2012, 3, 31)
APRIL_2010 = date(2010, 4, 1)


def burglary(
    *, targets: list[Target] | None = None, values: tuple[int, ...] = RESIDENTIAL_BURGLARY, baseline: str = "3354"
) -> StrategyBuilder:
    strategy = StrategyBuilder()
    strategy.indicator("1.3", "Residential burglary", counted(baseline), noun="burglaries", targets=targets)
    strategy.months("1.3", APRIL_2010, values)
    return strategy


@pytest.mark.parametrize(
    ("position", "projection", "low", "high"),
    [(Q1, 3639.7, 3079, 4231), (Q2, 3458.8, 3081, 3858), (Q3, 3432.3, 3239, 3636)],
)
def test_barnets_burglary_is_projected_in_its_row(position: date, projection: float, low: float, high: float) -> None:
    outlook = burglary().row("1.3", position).outlook
    assert outlook is not None
    assert outlook.projection == pytest.approx(projection, abs=0.06)
    assert (outlook.low, outlook.high) == (low, high)


def test_a_definition_s_own_tau_widens_or_narrows_the_outlook() -> None:
    strategy = burglary()
    usual = strategy.row("1.3", Q2).outlook
    key = made_id("definition", "1.3")
    strategy.definitions[key] = replace(strategy.definitions[key], tau=Decimal("0.09"))
    steadier = strategy.row("1.3", Q2).outlook
    assert usual is not None
    assert steadier is not None
    assert (usual.tau, steadier.tau) == (0.16, 0.09)
    assert steadier.projection == usual.projection
    assert usual.low < steadier.low < steadier.high < usual.high


def test_under_a_direction_the_aim_is_a_year_better_than_the_baseline_and_the_sentence_says_so() -> None:
    row = burglary().row("1.3", Q2)
    assert row.outlook is not None
    assert row.outlook.target == 3353
    assert row.outlook.word is OutlookWord.IN_THE_BALANCE
    assert row.outlook_sentence == (
        "Heading for about 3,459 burglaries in 2011/12 (80 % range 3,081 to 3,858). "
        "Ending better than 2010/11 (3,354) is in the balance: 38 %."
    )
    assert row.outlook.run_rate_sentence == (
        "To end better than 2010/11 (3,354): at most 296 a month from now; 263 a month so far."
    )


def test_under_a_numeric_target_the_chance_is_of_that_number() -> None:
    year = financial_year(2011)
    target = Target(
        made_id("t"), made_id("use", "1.3"), year, TargetKind.VALUE, TargetState.APPROVED, Decimal("3193.9")
    )
    outlook = burglary(targets=[target]).row("1.3", Q2).outlook
    assert outlook is not None
    assert outlook.probability == pytest.approx(0.194, abs=0.0005)
    assert outlook.sentence.endswith("Meeting the target of 3,194 is unlikely: 19 %.")
    assert outlook.per_month == 269


def test_a_total_of_several_indicators_strays_less_than_its_parts() -> None:
    """All crime is held within 5 % where burglary alone is held within 16 %."""
    strategy = StrategyBuilder()
    strategy.indicator("1.1", "Total crime", counted("25135"))
    for code in ("1.2", "3.1"):
        strategy.indicator(code, f"Part {code}", counted("2400"), part_of=["1.1"])
    for code, scale in (("1.1", 10), ("1.2", 1), ("3.1", 1)):
        strategy.months(code, APRIL_2010, [value * scale for value in RESIDENTIAL_BURGLARY])
    found = {code: strategy.row(code, Q2).outlook for code in ("1.1", "1.2")}
    whole, part = found["1.1"], found["1.2"]
    assert whole is not None
    assert part is not None
    assert (whole.tau, part.tau) == (0.05, 0.16)
    assert (whole.high - whole.low) / whole.projection < 0.5 * (part.high - part.low) / part.projection


def test_where_more_is_better_the_pace_is_a_least() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("3.2", "Reports", counted("1200"), polarity=Polarity.HIGHER, noun="reports")
    strategy.months("3.2", APRIL_2010, [100] * 12 + [90] * 6)
    outlook = strategy.row("3.2", Q2).outlook
    assert outlook is not None
    assert outlook.target == 1201
    assert outlook.run_rate_sentence.endswith("at least 111 a month from now; 90 a month so far.")
    assert outlook.probability is not None
    assert outlook.probability < 0.3


def test_a_target_out_of_reach_or_reached_says_so() -> None:
    past = burglary(values=(20,) * 12 + (90,) * 6, baseline="240").row("1.3", Q2).outlook
    assert past is not None
    assert "no longer possible" in past.run_rate_sentence
    assert past.per_month is None
    strategy = StrategyBuilder()
    strategy.indicator("5", "Families", counted("120"), polarity=Polarity.HIGHER, kind=IndicatorKind.ACTIVITY)
    strategy.months("5", APRIL_2010, [10] * 12 + [30] * 6)
    there = strategy.row("5", Q2).outlook
    assert there is not None
    assert there.run_rate_sentence.endswith("it is reached already.")
    assert there.sentence.endswith("is likely: over 99 %.")


def test_why_there_is_no_outlook_is_said() -> None:
    strategy = burglary()
    assert strategy.row("1.3", Q4).outlook_sentence == "2011/12 is complete: no outlook is needed."
    short = StrategyBuilder()
    short.indicator("1.3", "Residential burglary", counted("3354"))
    short.months("1.3", date(2010, 10, 1), RESIDENTIAL_BURGLARY[6:18])
    assert short.row("1.3", Q2).outlook_sentence == "No outlook: it needs the 12 months before this year."
    gap = burglary(values=RESIDENTIAL_BURGLARY[:17]).row("1.3", Q2)
    assert gap.outlook is None
    assert gap.outlook_sentence == "No outlook: months of this year are missing."


def test_survey_waves_have_neither_outlook_nor_process_chart() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "2.1", "Worried", percent("24"), unit=Unit.PERCENT, over_time=Adding.NEVER, frequency=Frequency.QUARTER
    )
    row = strategy.row("2.1", Q2)
    assert (row.outlook, row.outlook_sentence, row.process) == (None, "", None)


def test_a_baseline_in_doubt_gives_a_projection_but_no_chance() -> None:
    row = next(
        one for priority in barnet().at(Q2).priorities for one in priority.indicators if one.status.light is None
        and one.outlook is not None
    )  # fmt: skip
    assert row.status.unrated is not None
    assert row.outlook is not None
    assert (row.outlook.target, row.outlook.word) == (None, None)


def test_a_label_read_by_its_direction_is_named_without_the_direction() -> None:
    assert named("Increased feeling of safety") == "Feeling of safety"
    assert named("Reduction in worry about crime") == "Worry about crime"
    assert named("More or less safe") == "More or less safe"


# --- the process chart ----------------------------------------------------------------------------


def process_row(values: tuple[int, ...], position: date) -> IndicatorPosition:
    return burglary(values=values).row("1.3", position)


def test_thirty_six_months_have_the_limits_of_the_method() -> None:
    row = process_row(RESIDENTIAL_BURGLARY, date(2013, 3, 31))
    process = row.process
    assert process is not None
    assert process.state is LimitState.LIMITS
    assert (process.points, process.mean) == (36, 283.75)
    assert (process.lower, process.upper) == pytest.approx((175.754, 391.746))
    assert (process.signal, process.variation) == (Signal.NONE, Variation.COMMON_CAUSE)
    assert process.sentence == "261 in March 2013 is usual variation, within the limits of 176 to 392 (36 months)."
    assert process.assurance is Assurance.HIT_AND_MISS
    assert row.assurance_sentence == (
        "Left as it is, some figures will be better than the 2010/11 monthly mean of 280 and some worse."
    )
    assert (process.variation, process.assurance) == (Variation.COMMON_CAUSE, Assurance.HIT_AND_MISS)


def test_a_month_outside_the_limits_is_a_concern() -> None:
    process = process_row((250, 240, 260) * 7 + (250, 240, 400), Q4).process
    assert process is not None
    assert process.signal is Signal.OUTSIDE
    assert process.variation is Variation.CONCERN_HIGH
    assert "above the limits" in process.sentence
    assert process.sentence.endswith("a concern.")


@pytest.mark.parametrize(
    ("count", "state", "words"),
    [(5, LimitState.TOO_FEW, "need 6"), (6, LimitState.TRIAL, "trial limits"), (12, LimitState.LIMITS, "the limits")],
)
def test_how_far_limits_are_to_be_trusted_is_said(count: int, state: LimitState, words: str) -> None:
    process = process_row(RESIDENTIAL_BURGLARY[:count], date(2011, 3, 31)).process
    assert process is not None
    assert process.state is state
    assert words in process.sentence


def test_months_that_never_move_have_no_limits() -> None:
    process = process_row((0,) * 14, Q2).process
    assert process is not None
    assert process.state is LimitState.NO_MOVEMENT
    assert (process.lower, process.variation) == (None, None)


def test_limits_are_taken_after_the_last_gap() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("1.3", "Residential burglary", counted("3354"))
    strategy.months("1.3", APRIL_2010, RESIDENTIAL_BURGLARY[:8])
    strategy.months("1.3", date(2011, 1, 1), RESIDENTIAL_BURGLARY[9:18])
    process = strategy.row("1.3", Q2).process
    assert process is not None
    assert (process.points, process.state) == (9, LimitState.TRIAL)


def test_the_badge_tells_the_usual_movement_only_where_it_is_known() -> None:
    row = burglary().row("1.3", Q2)
    assert row.movement_badge == "at the edge of the usual movement"
    assert burglary().row("1.3", Q4).movement_badge == "within the usual movement"
    assert replace(row, status=replace(row.status, phi_months=11)).movement_badge == ""


@pytest.mark.parametrize("position", [Q2, date(2011, 12, 31), Q4, date(2012, 12, 31), date(2013, 3, 31)])
def test_every_sentence_has_at_most_25_words(position: date) -> None:
    rows = [row for priority in barnet().at(position).priorities for row in priority.indicators]
    texts = [
        text
        for row in rows
        for text in (
            row.outlook_sentence,
            row.outlook.run_rate_sentence if row.outlook else "",
            row.process.sentence if row.process else "",
            row.assurance_sentence,
        )
    ]
    sentences = [one for text in texts for one in re.split(r"(?<=\.) (?=[A-Z0-9])", text) if one]
    assert len(sentences) > 8
    assert [one for one in sentences if len(one.split()) > 25] == []


def test_a_rise_that_comes_every_winter_is_not_called_worse() -> None:
    row = burglary().row("1.3", date(2012, 11, 30))
    assert row.recent_sentence == (
        "September–November 2012 against June–August 2012: +23.5 %; "
        "not judged, because these months usually differ by season."
    )


def test_an_overall_measure_of_one_indicator_tells_its_outlook() -> None:
    strategy = burglary()
    strategy.headline("Burglary", "1.3")
    (headline,) = strategy.at(Q2).headlines
    assert headline.outlook_sentence.startswith("Heading for about 3,459 burglaries")
