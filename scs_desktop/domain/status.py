"""One indicator's light, or the reason why it has none, with the sentence that says so.

A light never stands for more than it knows: what the figures are, what they are compared with, how
far apart the two are and what chance would do are all kept in the status.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from scs_desktop.domain.agencies import PeriodForm
from scs_desktop.domain.baselines import (
    Comparator,
    NoComparator,
    compare_with,
    elapsed_share,
    overlap,
    own_baseline,
    own_side,
    published_value,
    to_be_established,
    year_name,
)
from scs_desktop.domain.breaks import SeriesBreak, barrier, crossed
from scs_desktop.domain.case import Case, moved_words
from scs_desktop.domain.difference import ChanceTest, Difference, against_prediction, design_effect, difference
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.light_words import (
    LIGHT_WORDS,
    chance_sentence,
    comparison_details,
    effect_words,
    literal_words,
    path_details,
    path_sentence,
)
from scs_desktop.domain.measure import Measure, adds_up
from scs_desktop.domain.no_light import data_reason, no_light
from scs_desktop.domain.path import comparator_of_year, path_light, range_light, target_of_year, year_of
from scs_desktop.domain.periods import MONTHS_IN_YEAR, Period, financial_year_of, position_label
from scs_desktop.domain.position import Light, Status, Unrated
from scs_desktop.domain.sentences import chance_words, number_text, p_text
from scs_desktop.domain.series_figures import SeriesFigures
from scs_desktop.domain.strategy import Adding, IndicatorKind, Polarity, RatedPart
from scs_desktop.domain.targets import BaselineKind, StatusRule, Target, TargetKind, range_words


def status_of(case: Case) -> Status:
    """Rate one indicator."""
    reason = data_reason(case)
    if reason is not None:
        return reason
    found, made = case.found, case.made
    if found is None or made is None or made.value is None:
        return no_light(Unrated.NO_DATA, "No figures are stored.")
    definition = case.definition
    early = _in_baseline_year(case, found, made)
    if early is not None:
        return early
    target = target_of_year(case.targets, year_of(made.period))
    if definition.polarity is Polarity.NONE:
        return no_light(Unrated.MONITOR_ONLY, f"{case.text(made.value)}: watched only, no direction is set.", made)
    if target is None and not (case.direction_only and not case.targets):
        return no_light(Unrated.NO_TARGET, f"No target is approved for {year_name(year_of(made.period))}.", made)
    if definition.rated is RatedPart.PERCENT_AGAINST_PREDICTED:
        return _predicted(case, made)
    if target is not None and target.kind is TargetKind.RANGE:
        return _range(case, found, made, target)
    if target is None or target.kind is TargetKind.DIRECTION:
        return _direction(case, found, made, target)
    return _path(case, found, made, target)


def _in_baseline_year(case: Case, found: SeriesFigures, made: Measure) -> Status | None:
    """Before the strategy's first year there is nothing to hold the baseline against but itself."""
    baseline = case.baseline
    if baseline is None or baseline.kind is BaselineKind.TO_BE_ESTABLISHED or made.period.counts_from > case.year.end:
        return None
    shared = overlap(found, case.definition, made.period, case.year)
    return None if shared is None else no_light(shared.unrated, shared.sentence, made)


# --- against the baseline's direction -------------------------------------------------------------


def _baseline(case: Case, found: SeriesFigures, made: Measure) -> Comparator | NoComparator:
    if case.baseline is None:
        return NoComparator(Unrated.NOT_COMPARABLE, "Not comparable: no baseline is known.")
    if case.baseline.kind is BaselineKind.TO_BE_ESTABLISHED:
        return to_be_established(case.baseline)
    shared = overlap(found, case.definition, made.period, case.year)
    if shared is None and case.barred is not None:
        return NoComparator(Unrated.NOT_COMPARABLE, _barred(case.barred))
    return shared or compare_with(found, case.definition, made, case.baseline, case.year, case.source, case.alike_from)


def _barred(by: SeriesBreak) -> str:
    return f"Not comparable: since {by.when} the definition is another than the baseline's ({by.cause})."


def _across(case: Case, made: Measure) -> str:
    """Say across which breaks the value is compared with the baseline all the same, and why."""
    said = [
        f" Compared across the break of {one.when} ({one.cause}), because {one.compared_because.strip().rstrip('.')}."
        for one in crossed(case.breaks, case.year, made.period)
    ]
    return "".join(said)


def _direction(case: Case, found: SeriesFigures, made: Measure, target: Target | None) -> Status:
    against = _baseline(case, found, made)
    if isinstance(against, NoComparator):
        return no_light(against.unrated, against.sentence, made)
    sign = case.definition.polarity.sign
    if sign == 0:
        return no_light(Unrated.NO_TARGET, "No direction is set for this indicator.", made)
    apart = difference(case.definition, against.side, own_side(made), case.dispersion)
    literal = case.definition.kind is IndicatorKind.ACTIVITY or (
        target is not None and target.rule is StatusRule.LITERAL
    )
    if literal or apart.test is ChanceTest.NONE:
        light = _by_sign(apart.moved * sign)
        return _direction_status(case, made, against, apart, light, literal=literal)
    return _direction_status(case, made, against, apart, _by_sign(apart.clear * sign), literal=False)


def _by_sign(sign: int) -> Light:
    if sign > 0:
        return Light.GREEN
    return Light.RED if sign < 0 else Light.AMBER


def _direction_status(
    case: Case, made: Measure, against: Comparator, apart: Difference, light: Light, *, literal: bool
) -> Status:
    value = made.value or Decimal(0)
    hollow = not literal and apart.test is ChanceTest.NONE
    assumed = made.size_assumed or against.side.size_assumed
    name = f"{LIGHT_WORDS[light]}, untested" if hollow else LIGHT_WORDS[light]
    noun = f" {case.definition.counted_noun}" if case.definition.unit is Unit.COUNT else ""
    moved = moved_words(case, against.side.value, value)
    bracket = f" ({moved})" if moved else ""
    if not apart.moved:
        bracket = ": no change"
    earlier = case.text(against.side.value)
    if case.definition.unit is Unit.RATE:
        earlier = number_text(against.side.value, case.definition.decimals)
    first = f"{name}: {case.text(value)}{noun} against {earlier} {against.words}{bracket}."
    second = literal_words(case.definition, apart) if literal else chance_sentence(made, against, apart)
    sentence = f"{first} {second}".strip() + _across(case, made)
    rule = StatusRule.LITERAL if literal or hollow else StatusRule.USUAL_MOVEMENT
    return Status(
        light, None, sentence, rule, hollow, value, against.side.value, apart.change, apart.points,
        apart.p, apart.phi, apart.phi_months, apart.lower, apart.upper, assumed and not hollow,
        comparison_details(case, against, apart), moved,
    )  # fmt: skip


# --- against a prediction -------------------------------------------------------------------------


def _predicted(case: Case, made: Measure) -> Status:
    value = made.value or Decimal(0)
    if made.predicted is None:
        return no_light(
            Unrated.NOT_COMPARABLE, f"Not comparable: no prediction for {made.period.label} is stored.", made
        )
    apart = against_prediction(value, made.predicted, made.size, effect=design_effect(case.definition))
    sign = case.definition.polarity.sign
    tested = apart.test is ChanceTest.COHORT and apart.p is not None
    light = _by_sign((apart.clear if tested else apart.moved) * sign)
    name = LIGHT_WORDS[light] if tested else f"{LIGHT_WORDS[light]}, untested"
    first = f"{name}: {case.text(value)} against {case.text(made.predicted)} predicted for the same people"
    if not tested or apart.observed is None or apart.expected is None or apart.ratio is None or apart.p is None:
        sentence = f"{first}. Chance is not tested: the cohort's size is not known."
    else:
        assumed = (", assumed" if made.size_assumed else "") + effect_words(apart)
        cohort = number_text(made.size or Decimal(0))
        seen = f"{apart.observed:,.0f} observed against {apart.expected:,.1f} expected"
        ratio = f"ratio {apart.ratio:.2f} ({apart.lower:.2f} to {apart.upper:.2f})"
        sentence = f"{first} ({cohort}{assumed}). {seen}, {ratio}: {chance_words(apart.p)} ({p_text(apart.p)})."
    return Status(
        light, None, sentence, StatusRule.PREDICTED, not tested, value, made.predicted, apart.change, apart.points,
        apart.p, None, 0, apart.lower, apart.upper, made.size_assumed,
        moved_text=moved_words(case, made.predicted, value),
    )  # fmt: skip


# --- against a number -----------------------------------------------------------------------------


def _range(case: Case, found: SeriesFigures, made: Measure, target: Target) -> Status:
    value = made.value or Decimal(0)
    share = None if _grows(case, found, made) else _share_due(case, found, made)
    if share is None:
        return _part_of_year(made)
    lower, upper = (None if bound is None else bound * share for bound in (target.lower, target.upper))
    light = range_light(value, lower, upper, target.tolerance)
    where = "within" if light is Light.GREEN else "outside"
    near = ", but within the tolerance" if light is Light.AMBER else ""
    usual = " usual by then" if share != 1 else ""
    span = range_words(*(None if bound is None else case.text(bound) for bound in (lower, upper)))
    sentence = f"{LIGHT_WORDS[light]}: {case.text(value)} is {where} the range of {span}{usual}{near}."
    nearest = lower if upper is None or (lower is not None and value < lower) else upper
    return Status(light, None, sentence, StatusRule.RANGE, value=value, comparator=nearest)


def _grows(case: Case, found: SeriesFigures, made: Measure) -> bool:
    """Whether the value is a part of a year's that grows as the year goes on, so that no share of it is usual."""
    cumulative = case.definition.over_time is Adding.LAST or found.series.form is PeriodForm.YEAR_TO_DATE
    return cumulative and made.period.months < MONTHS_IN_YEAR


def _share_due(case: Case, found: SeriesFigures, made: Measure) -> Decimal | None:
    """Return the share of a whole year's number that is usual by the end of the period, if that can be said."""
    part = made.period.months < MONTHS_IN_YEAR and case.definition.over_time is Adding.SUM
    if not (part and adds_up(found.series, case.definition)):
        return Decimal(1)
    return elapsed_share(found, made.period, case.alike_from)


def _part_of_year(made: Measure, why: str = "the target is of the whole") -> Status:
    sentence = f"Not comparable: {made.period.label} is a part of a year, and {why}."
    return no_light(Unrated.NOT_COMPARABLE, sentence, made)


def baseline_level(case: Case) -> Decimal | None:
    """Return the whole baseline year's value that a path starts from: own where the series holds it, else printed."""
    if case.baseline is None or case.baseline.kind is BaselineKind.TO_BE_ESTABLISHED:
        return None
    if case.found is not None and case.source is not BaselineKind.PUBLISHED:
        own = own_baseline(case.found, case.definition, case.year)
        if own is not None:
            return own.value
    printed = published_value(case.baseline, case.definition)
    return None if printed is None else printed.measured.value


def year_comparator(case: Case, target: Target, year: Period) -> Decimal | None:
    """Return what the indicator should stand at by the end of the year."""
    return comparator_of_year(target, baseline_level(case), case.year, year)


def _path(case: Case, found: SeriesFigures, made: Measure, target: Target) -> Status:
    value = made.value or Decimal(0)
    sign = case.definition.polarity.sign
    if sign == 0:
        return no_light(Unrated.NO_TARGET, "No direction is set for this indicator.", made)
    within = barrier(case.breaks, made.period, made.period)
    barred = within or case.barred
    if barred is not None and (within is not None or target.kind is not TargetKind.VALUE or target.end_of_path):
        return no_light(Unrated.NOT_COMPARABLE, _barred(barred), made)
    # A number approved for the year stands by itself; a baseline of another meaning tests nothing.
    level = None if barred is not None else baseline_level(case)
    comparator = year_comparator(case, target, year_of(made.period))
    if comparator is None:
        if case.baseline is not None and case.baseline.kind is BaselineKind.TO_BE_ESTABLISHED:
            return no_light(Unrated.BASELINE_TO_BE_ESTABLISHED, to_be_established(case.baseline).sentence, made)
        return no_light(Unrated.NO_TARGET, "The target has no number that can be worked out.", made)
    shared = overlap(found, case.definition, made.period, case.year)
    if shared is not None and (target.kind is not TargetKind.VALUE or target.end_of_path):
        return no_light(shared.unrated, shared.sentence, made)
    if _grows(case, found, made):
        # What a year is to reach may be reached early; how far it should be by now nobody has said.
        if sign < 0 or value < comparator:
            end = position_label(financial_year_of(made.period.end).end)
            return _part_of_year(made, f"the target is of the whole. Rated at {end}")
        level = None
    share = _share_due(case, found, made)
    if share is None:
        return _part_of_year(made, "no whole earlier year is stored")
    comparator *= share
    level = None if level is None else level * share
    judged = path_light(value, comparator, level, sign, target.tolerance)
    gap = value - comparator
    points = float(gap) if case.definition.unit is Unit.PERCENT else None
    change = float(gap / abs(comparator)) if comparator else None
    across = "" if barred is not None else _across(case, made)
    return Status(
        judged.light, None, path_sentence(case, value, comparator, level, judged.light, judged.short) + across,
        StatusRule.PATH, value=value, comparator=comparator, change=change, points=points,
        details=path_details(value, comparator, level, target, sign), moved_text=moved_words(case, comparator, value),
    )  # fmt: skip


# --- guards ---------------------------------------------------------------------------------------


def guarded(status: Status, guards: tuple[tuple[str, Status], ...]) -> Status:
    """Hold a guarded indicator's good light back while a guard worsens.

    More reports are good only while what they are to bring down does not get worse; ``guards`` are
    the guards' names and statuses.
    """
    if status.light is not Light.GREEN:
        return status
    worse = [name for name, one in guards if one.light is Light.RED]
    if worse:
        sentence = f"Mixed: the rise counts as good only while {worse[0][:1].lower()}{worse[0][1:]} does not worsen."
        return replace(status, light=None, unrated=Unrated.MIXED, hollow=False, sentence=sentence)
    open_guards = tuple(f"Guard not rated: {name}." for name, one in guards if one.light is None)
    return replace(status, details=status.details + open_guards)


def in_doubt(status: Status, sentence: str) -> Status:
    """Return the status of a baseline in doubt, with the value kept."""
    return Status(None, Unrated.BASELINE_IN_DOUBT, sentence, value=status.value)
