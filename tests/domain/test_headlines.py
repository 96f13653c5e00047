"""The strategy's overall measures: light, value, change, chance, outlook and age, and what no indicator covers."""

from __future__ import annotations

from datetime import date

import pytest

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.checks.measures import stated_measure
from scs_desktop.domain.decisions import CheckRule, Finding
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import rolling_12
from scs_desktop.domain.position import HeadlinePosition, Light
from scs_desktop.domain.strategy import Adding, Polarity
from tests.domain.builders import ASSUMED_400, StrategyBuilder, percent
from tests.domain.test_lights_to_expect import DECIDED, Q2, Q4, barnet

SAFETY = "How safe people feel: at home; walking alone by day, and walking alone after dark"


def with_measures(*, after_dark: str = "Feel safe walking alone after dark") -> StrategyBuilder:
    """Barnet's crime, a survey question and two of safety; the strategy says a third belongs to the last measure."""
    strategy = barnet()
    for code, label, before, now in (
        ("8.2", "Feel safe walking alone by day", "99", "98"),
        ("8.3", after_dark, "88", "80"),
    ):
        strategy.indicator(
            code, label, percent(before), priority=8, unit=Unit.PERCENT, polarity=Polarity.HIGHER,
            over_time=Adding.NEVER, frequency=Frequency.QUARTER, form=PeriodForm.ROLLING_12, late=60, noun="answers",
            sample=ASSUMED_400,
        )  # fmt: skip
        strategy.figure(code, rolling_12(date(2011, 3, 31)), before)
        strategy.figure(code, rolling_12(Q4), now)
    strategy.headline("Total crime per 1,000 population", "1.1", as_rate=True)
    strategy.headline("Worry about anti-social behaviour", "2.1")
    strategy.headline(SAFETY, "8.2", "8.3")
    return strategy


def headlines(position: date) -> tuple[HeadlinePosition, ...]:
    strategy = with_measures()
    strategy.decide_all(position, DECIDED)
    return strategy.at(position).headlines


def test_total_crime_is_told_as_a_rate_with_its_change_chance_outlook_and_age() -> None:
    crime = headlines(Q2)[0]
    assert crime.sentence == (
        "Amber: 38.04 per 1,000 population so far against 36.48 in the same months of 2010/11 (+4.2 %). "
        "A rise of this size is within the usual movement (p = .135; counting chance alone .0009)."
    )
    assert (crime.value_text, crime.moved_text) == ("38.04 per 1,000 population so far", "+4.2 %")
    assert crime.chance_text == "within the usual movement (p = .135)"
    assert crime.outlook_text == "Ending better than 2010/11: unlikely, 8 %"
    assert crime.age_text == "Up to date"


def test_each_part_of_a_measure_has_its_own_light_and_the_worst_is_named_first() -> None:
    safe = headlines(Q4)[2]
    assert safe.name == "How safe people feel"
    assert [(part.code, part.status.light, part.moved_text) for part in safe.parts] == [
        ("8.2", Light.AMBER, "−1 point"),
        ("8.3", Light.RED, "−8 points"),
    ]
    assert [part.name for part in safe.parts] == ["walking alone by day", "walking alone after dark"]
    assert safe.status.light is Light.RED
    assert safe.sentence == "Red: 8.3 is red; 8.2 is amber."
    assert safe.not_covered == ("at home",)
    assert safe.note == "“at home” has no indicator."


def test_parts_without_a_light_say_why_together() -> None:
    assert headlines(Q2)[2].sentence == "8.2 and 8.3 are not rated: overdue."


def measure_doubts(strategy: StrategyBuilder) -> list[Finding]:
    return [one for one in strategy.at(Q4).findings if one.rule is CheckRule.MEASURE_NOT_COVERED]


def test_a_part_that_no_indicator_is_about_is_doubted_in_any_strategy() -> None:
    (doubt,) = measure_doubts(with_measures())
    assert doubt.key == "measure_not_covered:8.2+8.3"
    assert doubt.sentence == "“How safe people feel” is said to include “at home”, but no indicator is about it."
    (worse,) = measure_doubts(with_measures(after_dark="Worried about crime"))
    assert "“at home” and “walking alone after dark”" in worse.sentence
    other = StrategyBuilder()
    other.indicator("A", "Fly-tipping on highways", None)
    other.headline("Clean streets: fly-tipping, dog fouling and graffiti", "A")
    other.headline("Quiet nights")
    first, second = measure_doubts(other)
    assert "“dog fouling” and “graffiti”" in first.sentence
    assert second.sentence == "“Quiet nights” is named as a measure, but has no indicator."


@pytest.mark.parametrize(
    ("name", "title", "parts"),
    [
        ("Total crime", "Total crime", ()),
        ("Crime and disorder", "Crime and disorder", ()),
        ("Feeling safe: at home, by day and after dark.", "Feeling safe", ("at home", "by day", "after dark")),
        ("Feeling safe: at home; by day; and after dark", "Feeling safe", ("at home", "by day", "after dark")),
    ],
)
def test_a_measures_parts_stand_after_its_colon(name: str, title: str, parts: tuple[str, ...]) -> None:
    stated = stated_measure(name)
    assert (stated.title, stated.parts) == (title, parts)
