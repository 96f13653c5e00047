"""Where an indicator's count is heading by the end of the year, and the pace that would still meet its target."""

from __future__ import annotations

import math
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import lru_cache

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.baselines import months_before, year_name
from scs_desktop.domain.breaks import barrier
from scs_desktop.domain.case import Case
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.movement import IndicatorOutlook
from scs_desktop.domain.outlook import DEFAULT_TAU, PROFILE_YEARS, TAU_TOTAL, Outlook, project_year, required_run_rate
from scs_desktop.domain.path import NUMERIC, target_of_year
from scs_desktop.domain.periods import (
    MONTHS_IN_YEAR,
    Period,
    PeriodKind,
    add_months,
    financial_year_of,
    months_between,
)
from scs_desktop.domain.sentences import number_text
from scs_desktop.domain.status import baseline_level, year_comparator
from scs_desktop.domain.strategy import Adding
from scs_desktop.domain.targets import TargetKind

_SURE = 0.99
_HUNDRED = 100


def outlook_of(case: Case, *, in_doubt: bool = False) -> tuple[IndicatorOutlook | None, str]:
    """Return the outlook of a monthly count, and a sentence; without an outlook the sentence says why.

    Nothing at all for what is no monthly count. Where the baseline is ``in_doubt`` no chance is told
    of being better than it.
    """
    found, made = case.found, case.made
    counts = case.definition.unit is Unit.COUNT and case.definition.over_time is Adding.SUM
    if found is None or made is None or not counts or not found.order:
        return None, ""
    if found.series.frequency is not Frequency.MONTH or found.series.form is not PeriodForm.SAME:
        return None, ""
    year = financial_year_of(made.period.end)
    if not made.complete:
        return None, "No outlook: months of this year are missing."
    if made.period.months == MONTHS_IN_YEAR:
        return None, f"{year.label} is complete: no outlook is needed."
    earlier = months_before(found, year.start, PROFILE_YEARS * MONTHS_IN_YEAR, case.alike_from)
    if len(earlier) < MONTHS_IN_YEAR:
        return None, _too_little(case, year)
    elapsed = tuple(_months(case, made.period))
    if len(elapsed) != made.period.months or min(*earlier, *elapsed) < 0:
        return None, "No outlook: the months of this year are not stored one by one."
    target, aim = (None, "") if in_doubt else _aim(case, year)
    better = case.definition.polarity.sign
    if not better:
        target, aim = None, ""
    projected = _projected(earlier, elapsed, None if target is None else float(target), better or -1, _tau(case))
    if projected is None:
        return None, ""
    run_rate, per_month = _pace(projected, target, aim, better)
    outlook = IndicatorOutlook(
        year, projected.months, sum((Decimal(repr(value)) for value in elapsed), Decimal(0)), projected.projection,
        projected.interval.low, projected.interval.high, projected.level, projected.tau, target, aim,
        projected.probability, projected.word, per_month, _sentence(projected, year, aim, case), run_rate,
    )  # fmt: skip
    return outlook, outlook.sentence


def _too_little(case: Case, year: Period) -> str:
    """Say what the outlook wants: months, or months that mean what this year's mean."""
    before = Period(add_months(year.start, -MONTHS_IN_YEAR), add_months(year.start, -1), PeriodKind.SPAN)
    changed = None if case.made is None else barrier(case.breaks, before, case.made.period)
    if changed is None:
        return "No outlook: it needs the 12 months before this year."
    return (
        f"No outlook: it needs the 12 months before this year, and the definition changed {changed.at} "
        f"({changed.cause})."
    )


def _tau(case: Case) -> float:
    """Return how far the year may stray: the definition's own, else a total strays less than its parts."""
    if case.definition.tau is not None:
        return float(case.definition.tau)
    return TAU_TOTAL if case.whole else DEFAULT_TAU


@lru_cache(maxsize=1024)
def _projected(
    earlier: tuple[float, ...], elapsed: tuple[float, ...], target: float | None, better: int, tau: float
) -> Outlook | None:
    """Project once what comes up again at every change of the page."""
    return project_year(earlier, elapsed, target=target, better=better, tau=tau)


def _months(case: Case, period: Period) -> list[float]:
    found = case.found
    if found is None:
        return []
    values = (found.number(one.end.year * MONTHS_IN_YEAR + one.end.month - 1) for one in
              months_between(period.start, period.end))  # fmt: skip
    return [float(value) for value in values if value is not None]


def _aim(case: Case, year: Period) -> tuple[Decimal | None, str]:
    """Return the count of the year that just meets the target, and what the target is in words."""
    target = target_of_year(case.targets, year)
    if target is not None and target.kind in NUMERIC:
        if target.kind is not TargetKind.VALUE and case.barred is not None:
            return None, ""
        value = year_comparator(case, target, year)
        return value, "" if value is None else f"the target of {number_text(value)}"
    if target is not None and target.kind is not TargetKind.DIRECTION:
        return None, ""
    if target is None and (not case.direction_only or case.targets):
        return None, ""
    level = baseline_level(case)
    if level is None or case.barred is not None or year.start <= case.year.end:
        return None, ""
    lower = case.definition.polarity.sign < 0
    # The nearest whole count on the better side of the baseline year's.
    whole = level.to_integral_value(ROUND_CEILING) - 1 if lower else level.to_integral_value(ROUND_FLOOR) + 1
    return whole, f"better than {year_name(case.year)} ({number_text(level)})"


def chance_text(probability: float) -> str:
    """Return a chance in whole percent: "38 %", "under 1 %", "over 99 %"."""
    if probability > _SURE:
        return "over 99 %"
    return "under 1 %" if probability < 1 - _SURE else f"{probability * _HUNDRED:.0f} %"


def _sentence(projected: Outlook, year: Period, aim: str, case: Case) -> str:
    noun = f" {case.definition.counted_noun}" if case.definition.counted_noun else ""
    low, high = (number_text(Decimal(round(one))) for one in (projected.interval.low, projected.interval.high))
    total = number_text(Decimal(round(projected.projection)))
    first = f"Heading for about {total}{noun} in {year.label} (80 % range {low} to {high})."
    if projected.probability is None or projected.word is None:
        return first
    chance = chance_text(projected.probability)
    what = f"Ending {aim}" if aim.startswith("better") else f"Meeting {aim}"
    return f"{first} {what} is {projected.word.value}: {chance}."


def _pace(projected: Outlook, target: Decimal | None, aim: str, better: int) -> tuple[str, int | None]:
    if target is None:
        return "", None
    pace = required_run_rate(float(target), projected.year_to_date, projected.months, better=better)
    if pace is None:
        return "", None
    goal = f"To end {aim}" if aim.startswith("better") else f"To meet {aim}"
    if pace.missed:
        return f"{goal} is no longer possible: the year's count is past it already.", None
    if pace.reached:
        return f"{goal}, nothing more is needed: it is reached already.", None
    bound = "at most" if better < 0 else "at least"
    so_far = number_text(Decimal(math.floor(projected.year_to_date / projected.months + 0.5)))
    each = number_text(Decimal(pace.whole_per_month))
    return f"{goal}: {bound} {each} a month from now; {so_far} a month so far.", pace.whole_per_month
