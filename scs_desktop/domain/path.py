"""Numeric targets: the comparator of a year on its way to the target, and the light against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.measure import years_between
from scs_desktop.domain.periods import Period, financial_year_of
from scs_desktop.domain.position import Light
from scs_desktop.domain.targets import Target, TargetKind, TargetState, Tolerance

NUMERIC = frozenset({TargetKind.VALUE, TargetKind.PERCENT_ON_BASELINE, TargetKind.POINTS})
_HUNDRED = Decimal(100)


def target_of_year(targets: Sequence[Target], year: Period) -> Target | None:
    """Return the approved target that rules in a financial year.

    The year's own comes first; without one, the next end of a path, towards which the year lies.
    """
    approved = [one for one in targets if one.state is TargetState.APPROVED]
    own = [one for one in approved if one.year.start == year.start]
    if own:
        return own[-1]
    ends = [one for one in approved if one.end_of_path and one.year.start > year.start]
    return min(ends, key=lambda one: one.year.start, default=None)


def target_value(target: Target, baseline: Decimal | None) -> Decimal | None:
    """Return a numeric target in the indicator's unit; None without a number or a baseline it needs."""
    if target.kind not in NUMERIC or target.value is None:
        return None
    if target.kind is TargetKind.VALUE:
        return target.value
    if baseline is None:
        return None
    if target.kind is TargetKind.POINTS:
        return baseline + target.value
    return baseline * (1 + target.value / _HUNDRED)


def comparator_of_year(target: Target, baseline: Decimal | None, baseline_year: Period, year: Period) -> Decimal | None:
    """Return c_t = B + (T − B)·t/n on the straight path to the end target, or the year's own target.

    3362 → 3059 over three years gives 3261, 3160 and 3059.
    """
    end = target_value(target, baseline)
    if end is None or not target.end_of_path:
        return end
    span = years_between(baseline_year.end, target.year.end)
    gone = years_between(baseline_year.end, year.end)
    if baseline is None or span <= 0 or gone >= span:
        return end
    return baseline + (end - baseline) * gone / span


@dataclass(frozen=True, slots=True)
class PathLight:
    """A light against a comparator.

    ``short`` is how far the value falls short of the comparator, in its unit (0 or less: it does not);
    ``worse_than_baseline`` tells that the baseline test made it Red or would have.
    """

    light: Light
    short: Decimal
    worse_than_baseline: bool


def path_light(
    value: Decimal, comparator: Decimal, baseline: Decimal | None, sign: int, tolerance: Tolerance
) -> PathLight:
    """Green at the comparator or better; Amber within the tolerance and not worse than the baseline; else Red.

    Where the baseline is not worse than the comparator its test is left out. Where the comparator
    is 0, the tolerance is taken as absolute.
    """
    short = sign * (comparator - value)
    tests_baseline = baseline is not None and sign * (comparator - baseline) > 0
    worse = tests_baseline and baseline is not None and sign * (baseline - value) > 0
    if short <= 0:
        return PathLight(Light.GREEN, short, worse_than_baseline=False)
    room = tolerance.amount if tolerance.in_points or comparator == 0 else abs(comparator) * tolerance.amount
    amber = short <= room and not worse
    return PathLight(Light.AMBER if amber else Light.RED, short, worse)


def range_light(value: Decimal, lower: Decimal | None, upper: Decimal | None, tolerance: Tolerance) -> Light:
    """Green within the range, Amber within the tolerance outside it, else Red."""
    for bound, sign in ((lower, 1), (upper, -1)):
        if bound is None:
            continue
        light = path_light(value, bound, None, sign, tolerance).light
        if light is not Light.GREEN:
            return light
    return Light.GREEN


def year_of(period: Period) -> Period:
    """Return the financial year in which a period's figure counts."""
    return financial_year_of(period.counts_from)
