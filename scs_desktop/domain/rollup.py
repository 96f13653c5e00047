"""A priority's light from its indicators' lights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scs_desktop.domain.position import Light, LightCounts, Status, Unrated
from scs_desktop.domain.sentences import listed

# Shares of the rated indicators: Red from a third on, Green from two thirds on; half must be rated.
_RED_PARTS = 3
_GREEN_PARTS = 3
_GREEN_SHARE = 2
_RATED_PARTS = 2


@dataclass(frozen=True, slots=True)
class Rated:
    """What the rollup needs to know of an indicator."""

    code: str
    headline: bool
    status: Status


def count_lights(statuses: Iterable[Status]) -> LightCounts:
    """Count the lights of each colour."""
    counts = dict.fromkeys(Light, 0)
    unrated = 0
    for status in statuses:
        if status.light is None:
            unrated += 1
        else:
            counts[status.light] += 1
    return LightCounts(counts[Light.RED], counts[Light.AMBER], counts[Light.GREEN], unrated)


def roll_up(indicators: Sequence[Rated]) -> Status:
    """Return a priority's status and the sentence that says which rule gave it.

    Insufficient if under half are rated; Red if a headline is Red or a third or more of the rated are;
    Green if none is Red, every headline is Green and tested, and two thirds of the rated are Green;
    else Amber.
    """
    counts = count_lights(one.status for one in indicators)
    total, rated = len(indicators), counts.rated
    if rated * _RATED_PARTS < total or rated == 0:
        sentence = f"Insufficient: {rated} of {total} indicators are rated, under half." if total else "No indicators."
        return Status(None, Unrated.INSUFFICIENT, sentence)
    headlines = [one for one in indicators if one.headline]
    red_headlines = [one.code for one in headlines if one.status.light is Light.RED]
    if red_headlines:
        noun = "headline indicator" if len(red_headlines) == 1 else "headline indicators"
        verb = "is" if len(red_headlines) == 1 else "are"
        return Status(Light.RED, None, f"Red: {noun} {listed(red_headlines)} {verb} red.")
    if counts.red * _RED_PARTS >= rated:
        return Status(Light.RED, None, f"Red: {counts.red} of {rated} rated indicators are red, a third or more.")
    weak = [one.code for one in headlines if one.status.light is not Light.GREEN or one.status.hollow]
    enough = counts.green * _GREEN_PARTS >= rated * _GREEN_SHARE
    if counts.red == 0 and enough and not weak:
        return Status(Light.GREEN, None, f"Green: none red and {counts.green} of {rated} rated indicators green.")
    return Status(Light.AMBER, None, f"Amber: {_why_amber(counts, weak, headlines, enough=enough)}.")


def _why_amber(counts: LightCounts, weak: Sequence[str], headlines: Sequence[Rated], *, enough: bool) -> str:
    rated = counts.rated
    if counts.red:
        return f"{counts.red} of {rated} rated indicators red, under a third, and no headline among them"
    if weak:
        hollow = [one.code for one in headlines if one.status.light is Light.GREEN and one.status.hollow]
        noun = "headline indicator" if len(weak) == 1 else "headline indicators"
        verb = "is" if len(weak) == 1 else "are"
        state = "green but untested" if hollow == list(weak) else "not green"
        return f"none red, but {noun} {listed(list(weak))} {verb} {state}"
    if not enough:
        return f"none red, but {counts.green} of {rated} rated indicators green, under two thirds"
    return f"{counts.green} of {rated} rated indicators green"
