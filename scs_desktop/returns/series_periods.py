"""Periods as a series counts them, and as the officer names them."""

from __future__ import annotations

from scs_desktop.domain.agencies import PeriodForm, Series
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import (
    Period,
    PeriodKind,
    add_months,
    financial_year_of,
    month_end,
    month_of,
    parse_position,
    quarter,
    rolling_12,
)


def period_in_series(period: Period, series: Series) -> Period:
    """Return the period as the series counts: a rolling year, a year to date, a cohort with its follow-up."""
    if series.form is PeriodForm.ROLLING_12:
        return rolling_12(period.end)
    if series.form is PeriodForm.YEAR_TO_DATE:
        return Period(financial_year_of(period.end).start, period.end, PeriodKind.YEAR_TO_DATE)
    if series.form is PeriodForm.COHORT:
        follow = period.follow_up_end or month_end(add_months(period.end, series.follow_up_months))
        return Period(period.start, period.end, PeriodKind.COHORT, follow)
    if series.form is PeriodForm.SNAPSHOT:
        return Period(period.end, period.end, PeriodKind.SNAPSHOT)
    return period


def period_from_answer(text: str) -> Period | None:
    """Return the period of an answer, as it is written for a position; None where it is none."""
    try:
        end = parse_position(text)
    except UserError:
        return None
    if "q" in text.casefold():
        year = financial_year_of(end)
        return quarter(year.start.year, ((end.year - year.start.year) * 12 + end.month - 4) // 3 + 1)
    return financial_year_of(end) if end.month == 3 and not text.strip().endswith("-03") else month_of(end)  # noqa: PLR2004
