"""Partner agencies, the series their figures come in, and the returns they owe."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Frequency(StrEnum):
    """How often a series gives a new figure."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ONCE = "once"


class PeriodForm(StrEnum):
    """What one figure of a series covers; its frequency says how often there is one."""

    SAME = "same"
    ROLLING_12 = "rolling_12"
    YEAR_TO_DATE = "year_to_date"
    COHORT = "cohort"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class Agency:
    """A partner. Agencies begin, end and are succeeded by others."""

    id: UUID
    name: str
    short_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: UUID | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Where figures come from: one data set of one agency under one definition.

    Figures of different series never stand in one line or comparison.
    ``indicator`` is None for a context series, which has no light, and for denominators.
    """

    id: UUID
    agency: UUID
    data_set: str
    definition: UUID | None
    indicator: UUID | None
    frequency: Frequency
    form: PeriodForm = PeriodForm.SAME
    preferred: bool = True
    survey: str = ""
    follow_up_months: int = 0
    illustrative: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ExpectedReturn:
    """A return an agency owes: the figures of a series, so many days after each period ends."""

    id: UUID
    agency: UUID
    series: UUID
    frequency: Frequency
    days_late: int
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting of the partnership board and its four dates."""

    id: UUID
    position: date
    cut_off: date
    meeting: date
    publication: date | None = None
    title: str = ""
