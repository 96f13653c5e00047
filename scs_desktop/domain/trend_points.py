"""An indicator's line: its single figures with their gaps, its baseline and the path to its target at their scale."""

from __future__ import annotations

from decimal import Decimal

from scs_desktop.domain.agencies import PeriodForm
from scs_desktop.domain.baselines import published_value, year_name
from scs_desktop.domain.breaks import barrier
from scs_desktop.domain.case import Case
from scs_desktop.domain.figures import Figure, FigureKind, Finality, Part, Unit
from scs_desktop.domain.measure import adds_up
from scs_desktop.domain.path import NUMERIC, target_of_year
from scs_desktop.domain.periods import (
    MONTHS_IN_YEAR,
    Period,
    financial_year,
    financial_year_of,
    month_number,
    month_of,
)
from scs_desktop.domain.position import (
    TrendBreak,
    TrendPoint,
)
from scs_desktop.domain.series_figures import SeriesFigures
from scs_desktop.domain.status import baseline_level, year_comparator
from scs_desktop.domain.strategy import Adding, Definition, RatedPart
from scs_desktop.domain.targets import Target, TargetKind

_MARKS = {
    FigureKind.SUPPRESSED: "suppressed",
    FigureKind.NOT_AVAILABLE: "not available",
    FigureKind.NOT_PUBLISHED: "not yet published",
    FigureKind.NOT_APPLICABLE: "not applicable",
    FigureKind.ERROR: "error",
    FigureKind.TEXT: "text",
}


def trend_points(case: Case) -> tuple[TrendPoint, ...]:
    """Return the single figures up to the position, a gap for each period that is missing."""
    found = case.found
    if found is None or not found.order:
        return ()
    points: list[TrendPoint] = []
    plain = case.definition.unit is Unit.COUNT and found.series.form is PeriodForm.SAME
    values = found.parts.get(Part.VALUE, {})
    step = found.step or max(1, found.order[-1] - found.order[0] + 1)
    last = max(found.order[-1], max(_asked(case), default=0)) if case.made is not None else found.order[-1]
    stored = set(found.order)
    for number in range(found.order[0], last + 1, step):
        figure = values.get(number) if plain else None
        if figure is not None and (measured := figure.measured).value is not None:
            late = measured.finality is Finality.PROVISIONAL
            points.append(TrendPoint(figure.key.period, measured.value, late, "", figure.id))
        elif number in stored:
            points.append(_point(found, case.definition, number))
        else:
            points.append(TrendPoint(found.period_at(number), None, text="no figure"))
    return tuple(points)


def _asked(case: Case) -> list[int]:
    return [] if case.made is None else [month_number(one.counts_from) for one in case.made.missing]


def _point(found: SeriesFigures, definition: Definition, number: int) -> TrendPoint:
    figure = found.at(number) or found.at(number, Part.NUMERATOR)
    if figure is None:
        return TrendPoint(found.period_at(number), None, text="no figure")
    measured = figure.measured
    value = measured.value
    if definition.unit is not Unit.COUNT:
        value = _single_value(found, definition, number, figure)
    # A cumulative count stands for its year so far; a plain month or quarter is its own period.
    same = found.series.form is PeriodForm.SAME or figure.key.period.follow_up_end is not None
    period = figure.key.period if same else found.period_at(number)
    text = "" if value is not None else _MARKS.get(measured.kind, "no figure")
    return TrendPoint(period, value, measured.finality is Finality.PROVISIONAL, text, figure.id)


def _single_value(found: SeriesFigures, definition: Definition, number: int, figure: Figure) -> Decimal | None:
    """Return one figure's percentage or rate, from its parts where they are there."""
    top, bottom = found.number(number, Part.NUMERATOR), found.number(number, Part.DENOMINATOR)
    if top is not None and bottom:
        scale = Decimal(100) if definition.unit is Unit.PERCENT else (definition.per or Decimal(1))
        return top / bottom * scale
    return figure.measured.value if figure.key.part is Part.VALUE else None


def _per_point(case: Case) -> Decimal | None:
    """Return how many of the trend's points make a year, for figures that add up; None otherwise."""
    found = case.found
    if found is None or case.definition.over_time is not Adding.SUM or not adds_up(found.series, case.definition):
        return None
    return Decimal(MONTHS_IN_YEAR) / found.step


def trend_baseline(case: Case) -> tuple[Decimal | None, str]:
    """Return the baseline at the scale of the trend's points, with its label."""
    if case.definition.rated is RatedPart.PERCENT_AGAINST_PREDICTED and case.baseline is not None:
        printed = published_value(case.baseline, case.definition)
        value = None if printed is None else printed.measured.value
        return value, "" if value is None else f"{year_name(case.year)} baseline"
    level = baseline_level(case)
    if level is None:
        return None, ""
    share = _per_point(case)
    if share is None:
        return level, f"{year_name(case.year)} baseline"
    each = "monthly" if case.found is not None and case.found.step == 1 else "quarterly"
    return level / share, f"{year_name(case.year)} {each} mean"


def target_path(case: Case) -> tuple[TrendPoint, ...]:
    """Return the path from the baseline year to the position's year, at the scale of the trend's points."""
    if not any(target.kind in NUMERIC for target in case.targets):
        return ()
    level = baseline_level(case)
    now = financial_year_of(case.position)
    rows: list[TrendPoint] = []
    share = _per_point(case) or Decimal(1)
    for first in range(financial_year_of(case.year.end).start.year + 1, now.start.year + 1):
        year = financial_year(first)
        target = target_of_year(case.targets, year)
        value = None if target is None or _barred(case, target, year) else year_comparator(case, target, year)
        if value is not None:
            rows.append(TrendPoint(year, value / share))
    if rows and level is not None and not _barred(case, None, rows[-1].period):
        rows.insert(0, TrendPoint(financial_year_of(case.year.end), level / share))
    return tuple(rows)


def _barred(case: Case, target: Target | None, year: Period) -> bool:
    """Whether a year's path would lead from a baseline of another meaning."""
    if target is not None and target.kind is TargetKind.VALUE and not target.end_of_path:
        return False
    return barrier(case.breaks, case.year, year) is not None


def trend_breaks(case: Case) -> tuple[TrendBreak, ...]:
    """Return where what the figures mean, or their level, changed up to the position."""
    return tuple(
        TrendBreak(month_of(one.on), one.cause, one.bars_comparison) for one in case.breaks if one.on <= case.position
    )
