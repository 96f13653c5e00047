"""What of an indicator's figures is there, due, overdue or not due yet, and how old the latest is."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from scs_desktop.domain.agencies import ExpectedReturn
from scs_desktop.domain.measure import Measure
from scs_desktop.domain.periods import Period, month_number
from scs_desktop.domain.position import DataState
from scs_desktop.domain.sentences import plural
from scs_desktop.domain.series_figures import SeriesFigures


def date_text(day: date) -> str:
    """Return "21 October 2011"."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


def due_date(period: Period, expected: Sequence[ExpectedReturn]) -> date | None:
    """Return the day a period's figure is due, by the expected return that was in force; None if none was."""
    for one in expected:
        begun = one.valid_from is None or period.counts_from >= one.valid_from
        if begun and (one.valid_to is None or period.counts_from <= one.valid_to):
            return period.counts_from + timedelta(days=one.days_late)
    return None


def missing_due(made: Measure, expected: Sequence[ExpectedReturn], known_on: date) -> tuple[Period, ...]:
    """Return the missing periods whose figure was due before the day."""
    return tuple(one for one in made.missing if (due := due_date(one, expected)) is not None and due < known_on)


def data_state(
    found: SeriesFigures | None,
    made: Measure | None,
    expected: Sequence[ExpectedReturn],
    position: date,
    known_on: date,
) -> DataState:
    """Return how fresh and settled an indicator's data are at the position."""
    if found is None or made is None:
        return DataState(None, provisional=False, overdue=False, age_months=None, due_on=None, text="no series")
    overdue = missing_due(made, expected, known_on)
    latest = found.period_at(found.order[-1]) if found.order else None
    age = None if latest is None else month_number(position) - month_number(latest.counts_from)
    due_on = _next_due(found, made, expected)
    parts: list[str] = []
    if latest is None:
        parts.append("no figures")
    elif made.provisional:
        parts.append("provisional")
    elif made.complete:
        parts.append("final")
    if overdue and (first := due_date(overdue[0], expected)) is not None:
        parts.append(f"overdue since {date_text(first)}")
    elif made.missing and due_on is not None:
        parts.append(f"due {date_text(due_on)}")
    if age:
        parts.append(f"latest data {plural(age, 'month')} old")
    return DataState(latest, made.provisional, bool(overdue), age, due_on, ", ".join(parts))


def _next_due(found: SeriesFigures, made: Measure, expected: Sequence[ExpectedReturn]) -> date | None:
    """Return when the first missing figure is due, else the one after the latest."""
    if made.missing:
        return due_date(made.missing[0], expected)
    if not found.order or not found.step:
        return None
    return due_date(found.period_at(found.order[-1] + found.step), expected)
