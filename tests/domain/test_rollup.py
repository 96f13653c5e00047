"""A priority's light, rule by rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.position import Light, Status, Unrated
from scs_desktop.domain.rollup import Override, Rated, RollupRule, count_lights, roll_up


def indicators(pattern: str) -> list[Rated]:
    """One letter an indicator: R, A, G, hollow g, unrated "-"; a headline is followed by "*"."""
    found: list[Rated] = []
    lights = {"R": Light.RED, "A": Light.AMBER, "G": Light.GREEN, "g": Light.GREEN}
    for letter in pattern:
        if letter == "*":
            found[-1] = Rated(found[-1].code, headline=True, status=found[-1].status)
        elif letter == "-":
            found.append(Rated(str(len(found) + 1), headline=False, status=Status(None, Unrated.NO_DATA, "")))
        else:
            status = Status(lights[letter], None, "", hollow=letter == "g")
            found.append(Rated(str(len(found) + 1), headline=False, status=status))
    return found


@pytest.mark.parametrize(
    ("pattern", "light", "sentence"),
    [
        ("--G", None, "Insufficient: 1 of 3 indicators is rated, under half."),
        ("R*GGGG", Light.RED, "Red: headline indicator 1 is red."),
        ("R*R*G", Light.RED, "Red: headline indicators 1 and 2 are red."),
        ("RGG", Light.RED, "Red: 1 of 3 rated indicators is red, a third or more."),
        ("RGGG", Light.AMBER, "Amber: 1 of 4 rated indicators is red, under a third, and it is not a headline."),
        ("G*GA", Light.GREEN, "Green: none is red, and 2 of 3 rated indicators are green."),
        ("GGA*", Light.AMBER, "Amber: none is red, but headline indicator 3 is not green."),
        ("G*AA", Light.AMBER, "Amber: none is red, but 1 of 3 rated indicators is green, under two thirds."),
        ("g*GG", Light.AMBER, "Amber: none is red, but headline indicator 1 is green but untested."),
        ("Ggg", Light.GREEN, "Green: none is red, and 3 of 3 rated indicators are green."),
        ("GG-*", Light.AMBER, "Amber: none is red, but headline indicator 3 is not green."),
        ("", None, "No indicators."),
    ],
)
def test_rules(pattern: str, light: Light | None, sentence: str) -> None:
    status = roll_up(indicators(pattern))
    assert (status.light, status.sentence) == (light, sentence)
    if light is None:
        assert status.unrated is Unrated.INSUFFICIENT


def test_counts() -> None:
    counts = count_lights(one.status for one in indicators("RRAG-"))
    assert (counts.red, counts.amber, counts.green, counts.unrated, counts.rated) == (2, 1, 1, 1, 4)


@pytest.mark.parametrize(
    ("pattern", "light", "sentence"),
    [
        ("GGGGR", Light.RED, "Red, the worst light: 5 is red."),
        ("GAAG*", Light.AMBER, "Amber, the worst light: 2 and 3 are amber."),
        ("GG-", Light.GREEN, "Green: all 2 rated indicators are green."),
        ("G--", None, "Insufficient: 1 of 3 indicators is rated, under half."),
    ],
)
def test_worst_of(pattern: str, light: Light | None, sentence: str) -> None:
    status = roll_up(indicators(pattern), rule=RollupRule.WORST_OF)
    assert (status.light, status.sentence) == (light, sentence)


@pytest.mark.parametrize(
    ("weights", "light", "sentence"),
    [
        ((1, 1, 1, 1), Light.AMBER, "Amber: 25 % of the weight is red, 50 % green."),
        ((2, 1, 1, 1), Light.RED, "Red: 40 % of the weight is red, 40 % green."),
        ((0, 1, 3, 3), Light.GREEN, "Green: 0 % of the weight is red, 86 % green."),
    ],
)
def test_weighted(weights: tuple[int, ...], light: Light, sentence: str) -> None:
    rated = [replace(one, weight=Decimal(weight)) for one, weight in zip(indicators("RAGG"), weights, strict=True)]
    status = roll_up(rated, rule=RollupRule.WEIGHTED)
    assert (status.light, status.sentence) == (light, sentence)


def test_weights_must_weigh_something() -> None:
    nothing = [replace(one, weight=Decimal(0)) for one in indicators("RG")]
    with pytest.raises(ValueError, match="weights"):
        roll_up(nothing, rule=RollupRule.WEIGHTED)


@pytest.mark.parametrize(("pattern", "rule"), [("R*G", "Red: headline indicator 1 is red."), ("--G", "Insufficient")])
def test_an_override_names_its_reason_and_what_the_rule_says(pattern: str, rule: str) -> None:
    override = Override(Light.AMBER, "One burglar was caught in March.", "Borough Commander", date(2012, 4, 12))
    status = roll_up(indicators(pattern), override=override)
    assert status.light is Light.AMBER
    said = "Amber by decision of the Borough Commander, 12 April 2012: One burglar was caught in March; by the rule: "
    assert status.sentence.startswith(said + rule)


@pytest.mark.parametrize(("reason", "post"), [(" ", "Head of Community Safety"), ("Because.", "")])
def test_an_override_without_a_reason_or_a_post_is_refused(reason: str, post: str) -> None:
    with pytest.raises(ValueError, match="needs its reason"):
        Override(Light.GREEN, reason, post, date(2012, 4, 12))
