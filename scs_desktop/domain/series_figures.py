"""The figures of a series up to a position, found by month and part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scs_desktop.domain.agencies import Frequency, PeriodForm, Series
from scs_desktop.domain.figures import Figure, Part
from scs_desktop.domain.periods import (
    MONTHS_IN_YEAR,
    Period,
    PeriodKind,
    add_months,
    month_end,
    month_number,
    rolling_12,
    year_to_date,
)

_STEPS: Mapping[Frequency, int] = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: 12, Frequency.ONCE: 0}
_QUARTERS = frozenset({PeriodKind.QUARTER, PeriodKind.CALENDAR_QUARTER})
_SPANS = frozenset({PeriodKind.SPAN, PeriodKind.YEAR_TO_DATE, PeriodKind.ROLLING_12, PeriodKind.SURVEY_WAVE})
STAND_INS = frozenset({Part.VALUE, Part.NUMERATOR})


@dataclass(frozen=True, slots=True)
class SeriesFigures:
    """The figures of a series up to a position, found by month and part.

    Attributes:
        parts: by part, the figure of each period by the month number of the day it counts from.
        order: month numbers that have a value or numerator, in order.
        conflicts: figures that share a key with another open one.

    """

    series: Series
    parts: Mapping[Part, Mapping[int, Figure]]
    order: tuple[int, ...]
    conflicts: tuple[Figure, ...] = ()

    @property
    def step(self) -> int:
        """Months from one figure to the next; 0 where there is one alone."""
        return _STEPS[self.series.frequency]

    def at(self, number: int, part: Part = Part.VALUE) -> Figure | None:
        """Return the figure that counts from the month, if there is one."""
        return self.parts.get(part, {}).get(number)

    def number(self, number: int, part: Part = Part.VALUE) -> Decimal | None:
        """Return the figure's number, None where there is none or a mark stands there."""
        figure = self.at(number, part)
        return None if figure is None else figure.measured.value

    def period_at(self, number: int) -> Period:
        """Return the period that the series' figure of the month covers, as stored or as it would be."""
        if self.series.form is PeriodForm.COHORT:
            return self._cohort_at(number)
        return covered_period(self.series, number)

    def _cohort_at(self, number: int) -> Period:
        """Return a cohort's own intake; of one that is not stored, the shape of the latest that is."""
        known = number if number in self.order else (self.order[-1] if self.order else None)
        stored = None if known is None else self.at(known) or self.at(known, Part.NUMERATOR)
        if stored is None or known is None:
            return covered_period(self.series, number)
        period, months = stored.key.period, number - known
        followed = date(number // MONTHS_IN_YEAR, number % MONTHS_IN_YEAR + 1, 1)
        return Period(
            add_months(period.start, months),
            month_end(add_months(period.end, months)),
            PeriodKind.COHORT,
            month_end(followed),
        )

    def monthly_counts(self, since: int = 0) -> tuple[float, ...]:
        """Return the numbers of a monthly series from a month on, oldest first: its usual movement is theirs."""
        if self.series.frequency is not Frequency.MONTH or self.series.form is not PeriodForm.SAME:
            return ()
        values = self.parts.get(Part.VALUE, {})
        found = (values[number].measured.value for number in self.order if number >= since and number in values)
        return tuple(float(value) for value in found if value is not None and value >= 0)


def series_figures(series: Series, figures: Iterable[Figure], position: date) -> SeriesFigures:
    """Gather a series' figures whose period can be known by the position."""
    parts: dict[Part, dict[int, Figure]] = {}
    conflicts: list[Figure] = []
    monthly = series.frequency is Frequency.MONTH and series.form is PeriodForm.SAME
    follow = series.follow_up_months if series.form is PeriodForm.COHORT else 0
    for figure in figures:
        key = figure.key
        period = key.period
        if period.end > position or key.part is Part.COMPONENT:
            continue
        if monthly:
            if period.kind is not PeriodKind.MONTH:
                continue
        elif not _belongs(series, period):
            continue
        if series.form is PeriodForm.COHORT:
            known = period.follow_up_end or month_end(add_months(period.end, follow))
            if known > position:
                continue
            number = month_number(known)
        else:
            number = period.end.year * MONTHS_IN_YEAR + period.end.month - 1
        row = parts.setdefault(key.part, {})
        if number in row and row[number].key == key:
            conflicts += [row[number], figure]
        row[number] = figure
    order = sorted({number for part in STAND_INS for number in parts.get(part, {})})
    return SeriesFigures(series, parts, tuple(order), tuple(conflicts))


def _belongs(series: Series, period: Period) -> bool:
    """Whether a period is of the series' own form, or a supplied total kept beside it."""
    form = series.form
    if form is PeriodForm.SAME:
        if series.frequency is Frequency.QUARTER:
            return period.kind in _QUARTERS or (period.kind in _SPANS and period.months == _STEPS[Frequency.QUARTER])
        if series.frequency is Frequency.MONTH:
            return period.kind is PeriodKind.MONTH
        return series.frequency is Frequency.ONCE or period.months == MONTHS_IN_YEAR
    if form is PeriodForm.ROLLING_12:
        # A survey's wave is often headed by the quarter it ends with.
        return period.months == MONTHS_IN_YEAR or period.kind in _QUARTERS or period.kind is PeriodKind.SURVEY_WAVE
    return True


def covered_period(series: Series, number: int) -> Period:
    """Return what a figure of the series covers that counts from the given month number."""
    first = date(number // MONTHS_IN_YEAR, number % MONTHS_IN_YEAR + 1, 1)
    end = month_end(first)
    if series.form is PeriodForm.ROLLING_12:
        return rolling_12(end)
    if series.form is PeriodForm.YEAR_TO_DATE:
        return year_to_date(end)
    if series.form is PeriodForm.SNAPSHOT:
        return Period(end, end, PeriodKind.SNAPSHOT)
    step = _STEPS[series.frequency]
    if series.form is PeriodForm.COHORT:
        intake_end = month_end(add_months(first, -series.follow_up_months))
        # A cohort reported every quarter takes in a year; its own figure says so where it differs.
        return Period(add_months(intake_end, 1 - MONTHS_IN_YEAR), intake_end, PeriodKind.COHORT, end)
    kinds = {1: PeriodKind.MONTH, 3: PeriodKind.QUARTER, 12: PeriodKind.FINANCIAL_YEAR}
    return Period(add_months(first, 1 - max(step, 1)), end, kinds.get(step, PeriodKind.MONTH))
