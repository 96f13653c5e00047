"""A priority's light, rule by rule."""

from __future__ import annotations

import pytest

from scs_desktop.domain.position import Light, Status, Unrated
from scs_desktop.domain.rollup import Rated, count_lights, roll_up


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
        ("--G", None, "Insufficient: 1 of 3 indicators are rated, under half."),
        ("R*GGGG", Light.RED, "Red: headline indicator 1 is red."),
        ("R*R*G", Light.RED, "Red: headline indicators 1 and 2 are red."),
        ("RGG", Light.RED, "Red: 1 of 3 rated indicators are red, a third or more."),
        ("RGGG", Light.AMBER, "Amber: 1 of 4 rated indicators red, under a third, and no headline among them."),
        ("G*GA", Light.GREEN, "Green: none red and 2 of 3 rated indicators green."),
        ("GGA*", Light.AMBER, "Amber: none red, but headline indicator 3 is not green."),
        ("G*AA", Light.AMBER, "Amber: none red, but 1 of 3 rated indicators green, under two thirds."),
        ("g*GG", Light.AMBER, "Amber: none red, but headline indicator 1 is green but untested."),
        ("Ggg", Light.GREEN, "Green: none red and 3 of 3 rated indicators green."),
        ("GG-*", Light.AMBER, "Amber: none red, but headline indicator 3 is not green."),
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
