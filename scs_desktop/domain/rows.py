"""An indicator's row at a position: value, comparator, direction, age and trend beside its status."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.agencies import PeriodForm
from scs_desktop.domain.baselines import baseline_text, own_baseline, own_side, published_value, year_name
from scs_desktop.domain.case import Case
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import Finding
from scs_desktop.domain.difference import difference
from scs_desktop.domain.due import data_state
from scs_desktop.domain.figures import Figure, FigureKind, Finality, Part, Unit, rounded
from scs_desktop.domain.measure import Measure, adds_up, measure, same_months
from scs_desktop.domain.path import NUMERIC, target_of_year
from scs_desktop.domain.periods import MONTHS_IN_YEAR, Period, financial_year, financial_year_of, month_number
from scs_desktop.domain.position import (
    Direction,
    DoubtReading,
    IndicatorPosition,
    Status,
    TrendBreak,
    TrendPoint,
)
from scs_desktop.domain.sentences import (
    exact_decimals,
    p_text,
    signed_percent,
    signed_points,
    value_text,
)
from scs_desktop.domain.series_figures import SeriesFigures
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.status import baseline_level, year_comparator
from scs_desktop.domain.strategy import Adding, Definition, Denominator, IndicatorKind, IndicatorUse, RatedPart
from scs_desktop.domain.targets import BaselineKind

_RATE_DECIMALS = 1
_MARKS = {
    FigureKind.SUPPRESSED: "suppressed",
    FigureKind.NOT_AVAILABLE: "not available",
    FigureKind.NOT_PUBLISHED: "not yet published",
    FigureKind.NOT_APPLICABLE: "not applicable",
    FigureKind.ERROR: "error",
    FigureKind.TEXT: "text",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What a row is made of, once its light is known."""

    use: IndicatorUse
    case: Case
    status: Status
    readings: tuple[DoubtReading, ...]
    findings: tuple[Finding, ...]


def indicator_position(snapshot: Snapshot, reading: Reading, row: Row) -> IndicatorPosition:
    """Return the indicator as every page, window and command shows it."""
    use, case, status = row.use, row.case, row.status
    definition, made = case.definition, case.made
    indicator = snapshot.indicators[use.indicator]
    series = None if case.found is None else case.found.series
    agency = None if series is None else snapshot.agencies.get(series.agency)
    who = "" if agency is None else agency.short_name or agency.name
    direction, direction_sentence = direction_of(case)
    label = reading.uses[use.id].label
    comparator = status.comparator
    trend = trend_points(case)
    mean, mean_text = trend_baseline(case)
    return IndicatorPosition(
        use=use.id,
        code=use.code,
        name=indicator.name if label == use.label else label,
        priority=use.priority,
        order=use.order,
        headline=use.headline,
        unit=definition.unit,
        polarity=definition.polarity,
        decimals=definition.decimals,
        period=None if made is None else made.period,
        period_text=period_text(made),
        value=None if made is None else made.value,
        value_text="" if made is None or made.value is None else case.text(made.value),
        rate_text=rate_text(definition, None if made is None else made.value, made, reading.denominators),
        comparator=comparator,
        comparator_text="" if comparator is None else case.text(shown(definition, comparator)),
        baseline_text=baseline_text(case.baseline, definition),
        baseline_note=_baseline_note(case, reading.notes.get(use.id, ())),
        status=status,
        direction=direction,
        direction_sentence=direction_sentence,
        data=data_state(case.found, made, case.expected, case.position, case.known_on),
        readings=row.readings,
        trend=trend,
        findings=row.findings,
        sources=() if made is None else made.figures,
        agency=who,
        source_text=", ".join(part for part in (who, "" if series is None else series.data_set) if part),
        illustrative=(series is not None and series.illustrative) or (made is not None and made.illustrative),
        short_name=indicator.short_name,
        trend_baseline=mean,
        trend_baseline_text=mean_text,
        target_path=target_path(case),
        breaks=_breaks(snapshot, use),
        headline_of=tuple(one.id for one in snapshot.headlines if use.id in one.uses),
    )


def shown(definition: Definition, value: Decimal) -> Decimal:
    """Return a comparator as it is shown: a part of a printed count in whole cases."""
    return rounded(value, 0) if definition.unit is Unit.COUNT else value


def period_text(made: Measure | None) -> str:
    """Return what the value covers: the stored part where figures are missing."""
    if made is None:
        return ""
    if made.covered is not None and not made.complete:
        return made.covered.label
    return made.period.label


# --- beside the value -----------------------------------------------------------------------------


def rate_text(
    definition: Definition, value: Decimal | None, made: Measure | None, denominators: Sequence[Denominator]
) -> str:
    """Return a count as a rate where its denominator is known: "38.0 per 1,000 population so far"."""
    if definition.unit is not Unit.COUNT or value is None or made is None or definition.per is None:
        return ""
    denominator = denominator_of(definition, made.period, denominators)
    if denominator is None or not denominator.value:
        return ""
    rate = value * definition.per / denominator.value
    text = value_text(rate, Unit.RATE, _RATE_DECIMALS, f"per {definition.per:,} {definition.denominator}")
    return f"{text} so far" if made.period.months < MONTHS_IN_YEAR and adding_up(definition) else text


def adding_up(definition: Definition) -> bool:
    """Whether the value of a part of a year is less than a year's."""
    return definition.over_time in {Adding.SUM, Adding.LAST}


def denominator_of(
    definition: Definition, period: Period, denominators: Sequence[Denominator]
) -> Denominator | None:
    """Return the denominator of the definition's name that is valid in the period."""
    named = [one for one in denominators if one.name == definition.denominator]
    valid = [
        one
        for one in named
        if (one.year_start is None or one.year_start <= period.end)
        and (one.year_end is None or one.year_end >= period.end)
    ]
    return next(iter(valid), None)


def _baseline_note(case: Case, notes: Sequence[str]) -> str:
    parts = list(notes)
    baseline, found = case.baseline, case.found
    if baseline is not None and found is not None and baseline.kind is BaselineKind.PUBLISHED:
        own = own_baseline(found, case.definition, case.year)
        printed = published_value(baseline, case.definition)
        if own is not None and own.value is not None and printed is not None and own.value != printed.measured.value:
            places = exact_decimals(own.value, most=max(case.definition.decimals, 1))
            parts.append(f"own series {year_name(case.year)}: {value_text(own.value, case.definition.unit, places)}")
    if baseline is not None and baseline.printed:
        parts.append(f"printed: {baseline.printed}")
    return "; ".join(parts)


# --- direction of travel --------------------------------------------------------------------------


def direction_of(case: Case) -> tuple[Direction, str]:
    """Return better, worse or no clear change against the same period a year before, and the sentence."""
    found, made = case.found, case.made
    sign = case.definition.polarity.sign
    if found is None or made is None or not made.complete or made.value is None:
        return Direction.UNKNOWN, ""
    before = _year_before(found, case.definition, made)
    if before is None or before.value is None:
        return Direction.UNKNOWN, "No figure of the same period a year before is stored."
    apart = difference(case.definition, own_side(before), own_side(made), case.dispersion)
    moved = signed_points(apart.points) if apart.points is not None else ""
    if not moved and apart.change is not None:
        moved = signed_percent(apart.change)
    against = f"Against {before.period.label}: {moved or 'no change'}"
    if not sign:
        return Direction.UNKNOWN, f"{against}; no direction is set."
    activity = case.definition.kind is IndicatorKind.ACTIVITY
    if apart.p is None and not activity:
        return Direction.UNKNOWN, f"{against}; chance is not tested."
    way = (apart.moved if activity else apart.clear) * sign
    word = Direction.BETTER if way > 0 else Direction.WORSE if way < 0 else Direction.NO_CLEAR_CHANGE
    p = f" ({p_text(apart.p)})" if apart.p is not None and not activity else ""
    return word, f"{against}, {word.value}{p}."


def _year_before(found: SeriesFigures, definition: Definition, made: Measure) -> Measure | None:
    if adds_up(found.series, definition):
        earlier = same_months(made.period, 1)
    else:
        earlier = found.period_at(month_number(made.period.counts_from) - MONTHS_IN_YEAR)
    if earlier.end >= made.period.start:
        return None
    was = measure(found, definition, earlier)
    return was if was.complete and was.single == made.single else None


# --- the line -------------------------------------------------------------------------------------


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
        figure = values.get(number)
        if plain and figure is not None and figure.measured.value is not None:
            late = figure.measured.finality is Finality.PROVISIONAL
            points.append(TrendPoint(figure.key.period, figure.measured.value, late, "", figure.id))
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
        value = measure_single(found, definition, number, figure)
    # A cumulative count stands for its year so far; a plain month or quarter is its own period.
    same = found.series.form is PeriodForm.SAME or figure.key.period.follow_up_end is not None
    period = figure.key.period if same else found.period_at(number)
    text = "" if value is not None else _MARKS.get(measured.kind, "no figure")
    return TrendPoint(period, value, measured.finality is Finality.PROVISIONAL, text, figure.id)


def measure_single(found: SeriesFigures, definition: Definition, number: int, figure: Figure) -> Decimal | None:
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
    each = "month" if case.found is not None and case.found.step == 1 else "quarter"
    return level / share, f"{year_name(case.year)} mean {each}"


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
        value = None if target is None else year_comparator(case, target, year)
        if value is not None:
            rows.append(TrendPoint(year, value / share))
    if rows and level is not None:
        rows.insert(0, TrendPoint(financial_year_of(case.year.end), level / share))
    return tuple(rows)


def _breaks(snapshot: Snapshot, use: IndicatorUse) -> tuple[TrendBreak, ...]:
    return tuple(
        TrendBreak(financial_year_of(one.valid_from), f"definition {one.version}")
        for one in snapshot.definitions.values()
        if one.indicator == use.indicator and one.version > 1 and one.valid_from is not None
    )
