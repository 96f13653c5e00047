"""The sentences of a light: what was compared, how far apart the two are, and what chance would do."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, Decimal

from scs_desktop.domain.baselines import Comparator, year_name
from scs_desktop.domain.case import Case
from scs_desktop.domain.comparison import effective_size
from scs_desktop.domain.difference import ChanceTest, Difference
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.measure import Measure
from scs_desktop.domain.position import Light
from scs_desktop.domain.sentences import (
    chance_words,
    exact_decimals,
    movement_words,
    number_text,
    p_text,
    plural,
    probability_text,
    rise_or_fall,
    signed_percent,
    signed_points,
)
from scs_desktop.domain.strategy import Definition, IndicatorKind
from scs_desktop.domain.targets import BaselineKind, Target

LIGHT_WORDS = {Light.GREEN: "Green", Light.AMBER: "Amber", Light.RED: "Red"}


def literal_words(definition: Definition, apart: Difference) -> str:
    """Say why chance is not tested."""
    if definition.kind is IndicatorKind.ACTIVITY:
        return "What a service chose to do is taken as it is; chance is not tested."
    return f"By the literal rule any {rise_or_fall(apart.moved)} counts; chance is not tested."


def chance_sentence(made: Measure, against: Comparator, apart: Difference) -> str:
    """Say whether chance, or the series' usual movement, would do as much."""
    if apart.test is ChanceTest.NONE or apart.p is None:
        return "Chance is not tested: how many cases stand behind the figures is not known."
    move = rise_or_fall(apart.moved)
    subject = f"A {move} of this size is"
    p = p_text(apart.p)
    if not apart.moved:
        return ""
    if apart.test is ChanceTest.USUAL_MOVEMENT:
        alone = ""
        if apart.p_chance is not None and probability_text(apart.p_chance) != probability_text(apart.p):
            alone = f"; counting chance alone {probability_text(apart.p_chance)}"
        return f"{subject} {movement_words(apart.p)} ({p}{alone})."
    if apart.test is ChanceTest.COUNTING:
        return f"{subject} {chance_words(apart.p)} ({p}; counting chance only{effect_words(apart)})."
    what = made.size_what or "cases"
    # In the order in which the two values stand in the sentence before.
    sizes = f"{number_text(made.size or Decimal(0))} and {number_text(against.side.size or Decimal(0))} {what}"
    if against.side.size == made.size:
        sizes = f"{number_text(made.size or Decimal(0))} {what} each"
    assumed = ", assumed" if made.size_assumed or against.side.size_assumed else ""
    return f"{subject} {chance_words(apart.p)} ({p}; {sizes}{assumed}{effect_words(apart)})."


def effect_words(apart: Difference) -> str:
    """Name the design effect that the sizes were divided by, where there is one: ", design effect 1.5"."""
    return "" if apart.design_effect == 1 else f", design effect {apart.design_effect:g}"


def comparison_details(case: Case, against: Comparator, apart: Difference) -> tuple[str, ...]:
    """Return what the light rests on besides: φ, the interval, what was assumed, the baseline's source."""
    lines: list[str] = []
    if apart.test is ChanceTest.USUAL_MOVEMENT and apart.phi is not None:
        lines.append(
            f"Usual movement: φ = {apart.phi:.2f} from {plural(apart.phi_months, 'month')} of this series; 1 would be "
            "counting chance alone."
        )
    if apart.test is ChanceTest.COUNTING and case.definition.unit is Unit.COUNT:
        months = plural(apart.phi_months, "month")
        lines.append(f"Only {months} of the series are stored: under 12 the usual movement is not known.")
    if apart.lower is not None and apart.upper is not None and not math.isfinite(apart.upper):
        low = signed_percent(apart.lower - 1)
        lines.append(f"95 % interval of the change: {low} or more; from none there is no limit.")
    elif apart.lower is not None and apart.upper is not None:
        if apart.test is ChanceTest.SAMPLE:
            low, high = signed_points(apart.lower).removesuffix(" points"), signed_points(apart.upper)
        else:
            low, high = signed_percent(apart.lower - 1).removesuffix(" %"), signed_percent(apart.upper - 1)
        lines.append(f"95 % interval of the change: {low} to {high}.")
    sample = case.definition.sample
    if sample is not None and (against.side.size_assumed or (case.made is not None and case.made.size_assumed)):
        lines.append(f"Assumed: {number_text(sample.size)} {sample.what} ({sample.source}).")
    if apart.design_effect != 1 and against.side.size and case.made is not None and case.made.size:
        before, now = (Decimal(repr(effective_size(float(one), apart.design_effect))) for one in
                       (against.side.size, case.made.size))  # fmt: skip
        worth = f"{number_text(before)} and {number_text(now)}" if before != now else f"{number_text(now)} each"
        lines.append(
            f"Design effect {apart.design_effect:g}: for chance the answers count as {worth} of a simple random sample."
        )
    source = "the same series" if against.source is BaselineKind.OWN else "the figure as printed"
    lines.append(f"Baseline from {source}.")
    return tuple(lines)


def path_sentence(
    case: Case, value: Decimal, comparator: Decimal, level: Decimal | None, light: Light, short: Decimal
) -> str:
    """Say where the value stands against the path, and how much was wanting, in real units."""
    noun = f" {case.definition.counted_noun}" if case.definition.unit is Unit.COUNT else ""
    sign = case.definition.polarity.sign
    first = f"{LIGHT_WORDS[light]}: {case.text(value)}{noun} against a path of {case.text(comparator)}"
    if level is not None and sign * (level - value) > 0 and light is Light.RED:
        first += f"; worse than the {year_name(case.year)} baseline of {case.text(level)}"
    if light is Light.GREEN:
        return f"{first}."
    if case.definition.unit is Unit.PERCENT:
        amount = signed_points(float(abs(short)), max(1, case.definition.decimals)).lstrip("+")
        return f"{first}. It needed to be {amount} {'higher' if sign > 0 else 'lower'}."
    if case.definition.unit is not Unit.COUNT:
        amount = number_text(abs(short), case.definition.decimals)
        return f"{first}. It needed to be {amount} {'higher' if sign > 0 else 'lower'}."
    # Cases are whole: a part of one that is wanting is one.
    amount = number_text(abs(short).to_integral_value(ROUND_CEILING))
    return f"{first}. {amount} {'more' if sign > 0 else 'fewer'} {'was' if amount == '1' else 'were'} needed."


def path_details(
    value: Decimal, comparator: Decimal, level: Decimal | None, target: Target, sign: int
) -> tuple[str, ...]:
    """Return the rule's tolerance and the share of the improvement due that is reached."""
    tolerance = target.tolerance
    amount = tolerance.amount if tolerance.in_points else tolerance.amount * 100
    unit = "%" if not tolerance.in_points else "point" if amount == 1 else "points"
    within = f"{number_text(amount, exact_decimals(amount))} {unit}"
    tested = level is not None and sign * (comparator - level) > 0
    lines = [f"Amber is within {within} of the path{' and not worse than the baseline' if tested else ''}."]
    if level is not None and tested:
        share = (level - value) / (level - comparator)
        lines.append(f"Share of the improvement due that is reached: {number_text(share * 100)} %.")
    return tuple(lines)
