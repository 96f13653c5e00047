"""A survey's design effect makes its answers worth less wherever chance is asked about: n ÷ deff (Kish)."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.periods import Period, PeriodKind, add_months
from scs_desktop.domain.position import Direction, IndicatorPosition, Light
from scs_desktop.domain.strategy import Adding, RatedPart
from tests.domain.builders import ASSUMED_400, StrategyBuilder, percent

BEFORE, AFTER = date(2011, 3, 31), date(2012, 3, 31)


def survey(now: str, effect: str, *, answers: int | None = None, baseline: str = "24") -> IndicatorPosition:
    """Two waves a year apart, of 400 assumed answers unless the return brings its own number."""
    strategy = StrategyBuilder()
    strategy.indicator(
        "2.1", "Worried about anti-social behaviour", percent(baseline), unit=Unit.PERCENT, over_time=Adding.NEVER,
        frequency=Frequency.QUARTER, form=PeriodForm.ROLLING_12, denominator="answers",
        sample=replace(ASSUMED_400, design_effect=Decimal(effect)),
    )  # fmt: skip
    for end, share in ((BEFORE, baseline), (AFTER, now)):
        wave = Period(add_months(end, -11).replace(day=1), end, PeriodKind.ROLLING_12)
        strategy.figure("2.1", wave, share)
        if answers is not None:
            strategy.figure("2.1", wave, answers, Part.SAMPLE_SIZE)
    return strategy.row("2.1", AFTER)


def two_sided(first: float, second: float, size: float) -> float:
    """The pooled z test of two shares of equal size, written out."""
    pooled = (first + second) / 2
    z = (second - first) / math.sqrt(pooled * (1 - pooled) * 2 / size)
    return math.erfc(abs(z) / math.sqrt(2))


def test_without_one_a_thousand_answers_count_as_a_thousand() -> None:
    row = survey("21", "1", answers=1000)
    assert row.status.p_value == pytest.approx(0.108, abs=0.0005)
    assert "design effect" not in row.status.sentence
    assert not any("Design effect" in line for line in row.status.details)


def test_of_a_return_s_thousand_answers_with_a_design_effect_of_one_and_a_half_667_are_left() -> None:
    row = survey("21", "1.5", answers=1000)
    assert row.status.p_value == pytest.approx(two_sided(0.24, 0.21, 1000 / 1.5), abs=1e-9)
    assert row.status.p_value == pytest.approx(0.1896, abs=0.0001)
    assert row.status.sentence.endswith("1,000 answers each, design effect 1.5).")
    assert not row.status.assumed_sample
    said = "Design effect 1.5: for chance the answers count as 667 each of a simple random sample."
    assert said in row.status.details


def test_an_assumed_sample_s_green_turns_amber_and_the_sentence_says_why() -> None:
    simple, drawn = survey("17", "1"), survey("17", "2")
    assert (simple.status.light, drawn.status.light) == (Light.GREEN, Light.AMBER)
    assert drawn.status.p_value == pytest.approx(two_sided(0.24, 0.17, 200), abs=1e-9)
    assert drawn.status.sentence.endswith("400 answers each, assumed, design effect 2).")
    assert (simple.direction, drawn.direction) == (Direction.BETTER, Direction.NO_CLEAR_CHANGE)


def test_the_interval_is_wider_by_it() -> None:
    simple, drawn = survey("21", "1", answers=1000).status, survey("21", "1.5", answers=1000).status
    assert simple.lower is not None
    assert drawn.lower is not None
    assert drawn.upper is not None
    assert simple.lower == pytest.approx(-6.65, abs=0.01)
    assert drawn.lower < simple.lower < 0 < drawn.upper


def test_a_prediction_is_held_against_fewer_people_and_the_people_seen_stay_as_they_are() -> None:
    rows = []
    for effect in ("1", "4"):
        strategy = StrategyBuilder()
        strategy.indicator(
            "4.2", "Repeat offending", percent("8"), unit=Unit.PERCENT, rated=RatedPart.PERCENT_AGAINST_PREDICTED,
            over_time=Adding.NEVER, frequency=Frequency.QUARTER,
            sample=replace(ASSUMED_400, design_effect=Decimal(effect)),
        )  # fmt: skip
        strategy.quarters("4.2", {(2011, 4): "5"})
        strategy.quarters("4.2", {(2011, 4): "10"}, Part.PREDICTED)
        rows.append(strategy.row("4.2", AFTER).status)
    simple, drawn = rows
    assert (simple.light, drawn.light) == (Light.GREEN, Light.AMBER)
    assert "20 observed against 40.0 expected" in drawn.sentence
    assert "(400, assumed, design effect 4)" in drawn.sentence
