"""Which figures of a series come next: the periods an agency is still to report."""

from __future__ import annotations

from datetime import date

from scs_desktop.domain.agencies import Frequency, PeriodForm, Series
from scs_desktop.domain.periods import (
    MONTHS_IN_YEAR,
    Period,
    PeriodKind,
    add_months,
    financial_year_of,
    month_end,
    month_of,
    quarter_of,
    rolling_12,
)

_STEP = {Frequency.MONTH: 1, Frequency.QUARTER: 3, Frequency.YEAR: MONTHS_IN_YEAR}


def period_ending(series: Series, end: date) -> Period:
    """Return the series' period whose last month is the month of ``end``."""
    last = month_end(end)
    if series.form is PeriodForm.ROLLING_12:
        return rolling_12(last)
    if series.form is PeriodForm.YEAR_TO_DATE:
        return Period(financial_year_of(last).start, last, PeriodKind.YEAR_TO_DATE)
    if series.form is PeriodForm.SNAPSHOT:
        return Period(last, last, PeriodKind.SNAPSHOT)
    if series.frequency is Frequency.MONTH:
        return month_of(last)
    if series.frequency is Frequency.YEAR:
        return financial_year_of(last)
    return quarter_of(last)


def next_period(series: Series, latest: Period) -> Period | None:
    """Return the period after the latest one; None for a series that is reported once."""
    step = _STEP.get(series.frequency)
    if step is None:
        return None
    if series.form is PeriodForm.COHORT:
        follow = None
        if latest.follow_up_end is not None:
            follow = month_end(add_months(latest.follow_up_end, step))
        return Period(
            add_months(latest.start, step), month_end(add_months(latest.end, step)), PeriodKind.COHORT, follow
        )
    return period_ending(series, add_months(latest.end, step))


def periods_to_report(
    series: Series, latest: Period | None, *, start: date, until: date, most: int
) -> tuple[Period, ...]:
    """Return the periods after the latest that are over on the day ``until``, at least one, at most ``most``.

    A series without a figure begins with the first period from ``start`` on; a cohort series
    without one cannot be guessed and gives none.
    """
    if latest is None:
        step = _STEP.get(series.frequency)
        if step is None or series.form is PeriodForm.COHORT:
            return ()
        found = period_ending(series, add_months(start, step - 1))
    else:
        after = next_period(series, latest)
        if after is None:
            return ()
        found = after
    periods = [found]
    while len(periods) < most:
        after = next_period(series, periods[-1])
        if after is None or after.counts_from > until:
            break
        periods.append(after)
    return tuple(periods)
