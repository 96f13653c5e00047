"""Which stored figures make an indicator's value for a period, and what is missing from it.

The same function measures the position, the baseline and last year, so that like is compared with
like. Figures of one series alone are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from scs_desktop.domain.agencies import Frequency, PeriodForm, Series
from scs_desktop.domain.figures import Figure, FigureKind, Finality, Origin, Part, Unit
from scs_desktop.domain.periods import (
    APRIL,
    MONTHS_IN_YEAR,
    Period,
    PeriodKind,
    add_months,
    financial_year_of,
    month_end,
    month_number,
    year_to_date,
)
from scs_desktop.domain.series_figures import STAND_INS, SeriesFigures
from scs_desktop.domain.strategy import Adding, Definition

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator's value for a period, with what it was made of.

    Attributes:
        period: what was asked for; ``covered`` is what the stored figures reach over.
        value: in the definition's unit; None where no number can be made.
        count: number of cases behind a percentage or rate, where known.
        size: answers, cases or cohort that the value is a share of; ``size_assumed`` where no return brought it.
        predicted: the paired prediction, in the unit of the value.
        missing: periods without a figure, ``marks`` figures that are no numbers.
        single: the value is of the last period alone, because its parts cannot be added up.

    """

    period: Period
    covered: Period | None
    value: Decimal | None
    count: Decimal | None = None
    size: Decimal | None = None
    size_assumed: bool = False
    size_what: str = ""
    predicted: Decimal | None = None
    figures: tuple[Figure, ...] = ()
    missing: tuple[Period, ...] = ()
    marks: tuple[Figure, ...] = ()
    single: bool = False

    @property
    def complete(self) -> bool:
        """Whether every period has a number."""
        return self.value is not None and not self.missing and not self.marks

    @property
    def provisional(self) -> bool:
        """Whether a figure in it is provisional."""
        return any(figure.measured.finality is Finality.PROVISIONAL for figure in self.figures)

    @property
    def illustrative(self) -> bool:
        """Whether a figure in it is illustrative."""
        return any(figure.measured.origin is Origin.ILLUSTRATIVE for figure in self.figures)


def adds_up(series: Series, definition: Definition) -> bool:
    """Whether the year to date is made of several figures of the series."""
    parts_of_year = series.form is PeriodForm.SAME and series.frequency in {Frequency.MONTH, Frequency.QUARTER}
    return parts_of_year and definition.over_time in {Adding.SUM, Adding.MEAN, Adding.RATIO_OF_SUMS}


def position_period(found: SeriesFigures, definition: Definition, position: date) -> Period | None:
    """Return the latest period of the indicator that ends on or before the position.

    A year to date for months or quarters that add up, else the period of the series' own form.
    None for a series of one figure alone that has none yet.
    """
    if found.series.frequency is Frequency.ONCE:
        return found.period_at(found.order[-1]) if found.order else None
    last = last_step(found, position)
    end = month_end(date(last // MONTHS_IN_YEAR, last % MONTHS_IN_YEAR + 1, 1))
    if adds_up(found.series, definition):
        return year_to_date(end)
    return found.period_at(last)


def last_step(found: SeriesFigures, position: date) -> int:
    """Return the month number with which the series' latest period up to the position ends."""
    number = month_number(position) if position == month_end(position) else month_number(position) - 1
    step = max(found.step, 1)
    # Quarters and years are the financial year's unless the figures themselves end otherwise.
    ends = found.order[-1] if found.order and step == MONTHS_IN_YEAR else APRIL - 2
    return number - (number - ends) % step


def steps_of(found: SeriesFigures, definition: Definition, period: Period) -> tuple[int, ...]:
    """Month numbers of the single figures that a period is made of."""
    last = month_number(period.counts_from)
    if adds_up(found.series, definition):
        first = month_number(period.start) + found.step - 1
        return tuple(range(first, last + 1, found.step))
    return (last,)


def measure(found: SeriesFigures, definition: Definition, period: Period) -> Measure:
    """Work out the indicator's value for the period from the stored figures."""
    numbers = steps_of(found, definition, period)
    if len(numbers) > 1 and definition.over_time is Adding.SUM:
        whole = _whole_sum(found, period, numbers)
        if whole is not None:
            return whole
    present = [
        number for number in numbers if found.at(number) is not None or found.at(number, Part.NUMERATOR) is not None
    ]
    missing = tuple(found.period_at(number) for number in numbers if number not in present)
    covered = _covered(found, present)
    if definition.over_time is Adding.RATIO_OF_SUMS and adds_up(found.series, definition):
        return _ratio_of_sums(found, definition, period, present, missing)
    if len(numbers) == 1:
        return _single(found, definition, period, present, missing)
    figures = [found.parts[Part.VALUE][number] for number in present if found.at(number) is not None]
    marks = tuple(figure for figure in figures if figure.measured.kind is not FigureKind.NUMBER)
    values = [figure.measured.value for figure in figures if figure.measured.value is not None]
    value = sum(values, Decimal(0)) if values else None
    if value is not None and definition.over_time is Adding.MEAN:
        value /= len(values)
    return Measure(period, covered, value, figures=tuple(figures), missing=missing, marks=marks)


def _latest_before(
    found: SeriesFigures, definition: Definition, period: Period, missing: tuple[Period, ...]
) -> Measure:
    """Return the last figure before a period that has none, with the gap named: it is shown, never rated."""
    asked = month_number(period.counts_from)
    earlier = [number for number in found.order if number < asked]
    if not earlier or not missing:
        return Measure(period, None, None, missing=missing)
    last = _single(found, definition, found.period_at(earlier[-1]), earlier[-1:], missing)
    return replace(last, period=period, missing=missing)


def _whole_sum(found: SeriesFigures, period: Period, numbers: Sequence[int]) -> Measure | None:
    """Add up a period of which every figure is a number: the usual case, without looking for gaps."""
    values = found.parts.get(Part.VALUE, {})
    figures = [values[number] for number in numbers if number in values]
    counts = [figure.measured.value for figure in figures if figure.measured.value is not None]
    if len(counts) < len(numbers):
        return None
    covered = Period(period.start, period.end, PeriodKind.SPAN)
    return Measure(period, covered, sum(counts, Decimal(0)), figures=tuple(figures))


def _covered(found: SeriesFigures, present: Sequence[int]) -> Period | None:
    if not present:
        return None
    first, last = found.period_at(present[0]), found.period_at(present[-1])
    return first if first == last else Period(first.start, last.end, PeriodKind.SPAN)


def _scale(definition: Definition) -> Decimal:
    return HUNDRED if definition.unit is Unit.PERCENT else (definition.per or Decimal(1))


def _single(
    found: SeriesFigures, definition: Definition, period: Period, present: Sequence[int], missing: tuple[Period, ...]
) -> Measure:
    if not present:
        return _latest_before(found, definition, period, missing)
    number = present[-1]
    used = {part: figure for part, row in found.parts.items() if (figure := row.get(number)) is not None}
    numerator, denominator = found.number(number, Part.NUMERATOR), found.number(number, Part.DENOMINATOR)
    size = denominator if denominator is not None else found.number(number, Part.SAMPLE_SIZE)
    value, count = found.number(number), numerator
    scale = _scale(definition)
    if definition.unit in {Unit.PERCENT, Unit.RATE}:
        if numerator is not None and denominator:
            value = numerator / denominator * scale
        elif value is not None and size:
            count = value * size / scale
    marks = tuple(
        figure
        for part, figure in used.items()
        if part in STAND_INS and figure.measured.kind is not FigureKind.NUMBER and value is None
    )
    assumed = False
    what = definition.denominator
    if not size and definition.sample is not None and definition.unit in {Unit.PERCENT, Unit.RATE}:
        size, assumed, what = definition.sample.size, definition.sample.assumed, definition.sample.what
        count = None if value is None else value * size / scale
    predicted = found.number(number, Part.PREDICTED)
    figures = tuple(used.values())
    return Measure(
        period, found.period_at(number), value, count, size or None, assumed, what, predicted, figures, missing, marks
    )


def _ratio_of_sums(
    found: SeriesFigures, definition: Definition, period: Period, present: Sequence[int], missing: tuple[Period, ...]
) -> Measure:
    scale = _scale(definition)
    top, bottom = Decimal(0), Decimal(0)
    figures: list[Figure] = []
    marks: list[Figure] = []
    for number in present:
        parts = (Part.NUMERATOR, Part.DENOMINATOR, Part.SAMPLE_SIZE, Part.VALUE)
        used = [figure for part in parts if (figure := found.at(number, part)) is not None]
        numerator, denominator = found.number(number, Part.NUMERATOR), found.number(number, Part.DENOMINATOR)
        denominator = denominator if denominator is not None else found.number(number, Part.SAMPLE_SIZE)
        share = found.number(number)
        if numerator is None and share is not None and denominator is not None:
            numerator = share * denominator / scale
        if numerator is None or denominator is None:
            odd = [figure for figure in used if figure.measured.kind is not FigureKind.NUMBER]
            if not odd and present:
                # Shares without their parts cannot be added up: the last one stands for itself.
                alone = _single(found, definition, found.period_at(present[-1]), present[-1:], missing)
                return replace(alone, missing=missing, single=True)
            marks += odd
            figures += odd
            continue
        top += numerator
        bottom += denominator
        figures += used
    covered = _covered(found, present)
    what = definition.denominator
    if bottom == 0:
        return Measure(period, covered, None, figures=tuple(figures), missing=missing, marks=tuple(marks))
    value = top / bottom * scale
    return Measure(
        period, covered, value, top, bottom, size_what=what, figures=tuple(figures), missing=missing, marks=tuple(marks)
    )


def same_months(period: Period, years: int) -> Period:
    """Return the period ``years`` financial years earlier, months kept."""
    first = add_months(period.start, -MONTHS_IN_YEAR * years)
    last = month_end(add_months(period.end, -MONTHS_IN_YEAR * years))
    follow = period.follow_up_end
    if follow is not None:
        follow = month_end(add_months(follow, -MONTHS_IN_YEAR * years))
    return Period(first, last, period.kind, follow)


def years_between(earlier: date, later: date) -> int:
    """Whole financial years from the year of one day to the year of the other."""
    return financial_year_of(later).start.year - financial_year_of(earlier).start.year
