"""A priority's light from its indicators' lights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

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
    weight: Decimal = Decimal(1)


class RollupRule(StrEnum):
    """How a priority's light follows from its indicators' lights."""

    COUNTED = "counted"
    WORST_OF = "worst of"
    WEIGHTED = "weighted"


@dataclass(frozen=True, slots=True)
class Override:
    """A light set by people over the rule's, with their reason, their post and the day."""

    light: Light
    reason: str
    by_post: str
    on: date

    def __post_init__(self) -> None:
        """Without a reason and a post it is nobody's word."""
        if not self.reason.strip() or not self.by_post.strip():
            raise ValueError("an override needs its reason and the post that decided")


@dataclass(frozen=True, slots=True)
class RollupChoice:
    """The rule that a partnership chose for a priority, with its reason. Without one lights are counted."""

    id: UUID
    priority: UUID
    rule: RollupRule
    reason: str
    by_post: str
    on: date


@dataclass(frozen=True, slots=True)
class PriorityOverride:
    """A priority's light at one position, set by people over the rule's."""

    id: UUID
    priority: UUID
    position: date
    light: Light
    reason: str
    by_post: str
    on: date

    @property
    def override(self) -> Override:
        """As the rollup takes it."""
        return Override(self.light, self.reason, self.by_post, self.on)


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


def roll_up(
    indicators: Sequence[Rated], *, rule: RollupRule = RollupRule.COUNTED, override: Override | None = None
) -> Status:
    """Return a priority's status and the sentence that says which rule gave it.

    COUNTED: insufficient if under half are rated; Red if a headline is Red or a third or more of the
    rated are; Green if none is Red, every headline is Green and tested, and two thirds of the rated
    are Green; else Amber. WORST_OF: the worst light of any. WEIGHTED: the same thirds of the weights
    instead of the numbers. An override stands over the rule's light and names both.
    """
    rules = {RollupRule.COUNTED: _counted, RollupRule.WORST_OF: _worst_of, RollupRule.WEIGHTED: _weighted}
    by_rule = _too_few(indicators) or rules[rule](indicators)
    return by_rule if override is None else _overridden(by_rule, override)


def _too_few(indicators: Sequence[Rated]) -> Status | None:
    total, rated = len(indicators), sum(one.status.light is not None for one in indicators)
    if rated * _RATED_PARTS >= total and rated > 0:
        return None
    verb = "is" if rated == 1 else "are"
    sentence = f"Insufficient: {rated} of {total} indicators {verb} rated, under half." if total else "No indicators."
    return Status(None, Unrated.INSUFFICIENT, sentence)


def _overridden(by_rule: Status, override: Override) -> Status:
    word = override.light.value.capitalize()
    day = f"{override.on.day} {override.on:%B} {override.on.year}"
    post = override.by_post.strip().removeprefix("the ").removeprefix("The ")
    decided = f"{word} by decision of the {post}, {day}: {override.reason.strip().rstrip('.')}"
    return replace(by_rule, light=override.light, unrated=None, sentence=f"{decided}; by the rule: {by_rule.sentence}")


def _worst_of(indicators: Sequence[Rated]) -> Status:
    rated = count_lights(one.status for one in indicators).rated
    for light in (Light.RED, Light.AMBER):
        codes = [one.code for one in indicators if one.status.light is light]
        if codes:
            verb = "is" if len(codes) == 1 else "are"
            sentence = f"{light.value.capitalize()}, the worst light: {listed(codes)} {verb} {light.value}."
            return Status(light, None, sentence)
    return Status(Light.GREEN, None, f"Green: all {rated} rated indicators are green.")


def _weighted(indicators: Sequence[Rated]) -> Status:
    rated = [one for one in indicators if one.status.light is not None]
    total = sum((one.weight for one in rated), Decimal(0))
    if total <= 0 or any(one.weight < 0 for one in indicators):
        raise ValueError("weights are not negative, and a rated indicator has one")
    weight = {light: sum((one.weight for one in rated if one.status.light is light), Decimal(0)) for light in Light}
    red, green = weight[Light.RED], weight[Light.GREEN]
    said = f"{red / total * 100:.0f} % of the weight is red, {green / total * 100:.0f} % green"
    # Thirds are compared as weights: a third has no end as a decimal share.
    if red * _RED_PARTS >= total:
        return Status(Light.RED, None, f"Red: {said}.")
    light = Light.GREEN if red == 0 and green * _GREEN_PARTS >= total * _GREEN_SHARE else Light.AMBER
    return Status(light, None, f"{light.value.capitalize()}: {said}.")


def _counted(indicators: Sequence[Rated]) -> Status:
    counts = count_lights(one.status for one in indicators)
    rated = counts.rated
    headlines = [one for one in indicators if one.headline]
    red_headlines = [one.code for one in headlines if one.status.light is Light.RED]
    if red_headlines:
        noun = "headline indicator" if len(red_headlines) == 1 else "headline indicators"
        verb = "is" if len(red_headlines) == 1 else "are"
        return Status(Light.RED, None, f"Red: {noun} {listed(red_headlines)} {verb} red.")
    if counts.red * _RED_PARTS >= rated:
        verb = "is" if counts.red == 1 else "are"
        return Status(Light.RED, None, f"Red: {counts.red} of {rated} rated indicators {verb} red, a third or more.")
    weak = [one.code for one in headlines if one.status.light is not Light.GREEN or one.status.hollow]
    enough = counts.green * _GREEN_PARTS >= rated * _GREEN_SHARE
    if counts.red == 0 and enough and not weak:
        return Status(Light.GREEN, None, f"Green: none is red, and {_of(counts.green, rated)} green.")
    return Status(Light.AMBER, None, f"Amber: {_why_amber(counts, weak, headlines, enough=enough)}.")


def _why_amber(counts: LightCounts, weak: Sequence[str], headlines: Sequence[Rated], *, enough: bool) -> str:
    rated = counts.rated
    if counts.red:
        which = "and it is not a headline" if counts.red == 1 else "and no headline is among them"
        return f"{_of(counts.red, rated)} red, under a third, {which}"
    if weak:
        hollow = [one.code for one in headlines if one.status.light is Light.GREEN and one.status.hollow]
        noun = "headline indicator" if len(weak) == 1 else "headline indicators"
        verb = "is" if len(weak) == 1 else "are"
        state = "green but untested" if hollow == list(weak) else "not green"
        return f"none is red, but {noun} {listed(list(weak))} {verb} {state}"
    if not enough:
        return f"none is red, but {_of(counts.green, rated)} green, under two thirds"
    return f"{_of(counts.green, rated)} green"


def _of(count: int, rated: int) -> str:
    """Return how many of the rated are so, up to their verb: "1 of 4 rated indicators is"."""
    return f"{count} of {rated} rated indicators {'is' if count == 1 else 'are'}"
