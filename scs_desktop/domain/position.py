"""Where the strategy stands at a position: the record every page, window and command draws from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from scs_desktop.domain.decisions import Finding
from scs_desktop.domain.figures import Figure, Unit
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.movement import IndicatorOutlook, IndicatorProcess, movement_badge
from scs_desktop.domain.periods import Period
from scs_desktop.domain.strategy import Polarity
from scs_desktop.domain.targets import StatusRule


class Light(StrEnum):
    """The three lights."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def letter(self) -> str:
        """G, A or R."""
        return self.value[0].upper()


class Unrated(StrEnum):
    """Why there is no light. The value is the word that is shown."""

    NO_DATA = "no data"
    NOT_DUE = "not due yet"
    OVERDUE = "overdue"
    BASELINE_TO_BE_ESTABLISHED = "baseline to be established"
    SUPPRESSED = "suppressed"
    OVERLAPS_BASELINE = "overlaps baseline"
    BASELINE_IN_DOUBT = "baseline in doubt"
    NOT_COMPARABLE = "not comparable"
    MONITOR_ONLY = "monitor only"
    NO_TARGET = "no target"
    MIXED = "mixed"
    INSUFFICIENT = "insufficient"


class Direction(StrEnum):
    """Direction of travel; it never says better for what chance may have done."""

    BETTER = "better"
    WORSE = "worse"
    NO_CLEAR_CHANGE = "no clear change"
    UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Status:
    """A light, or the reason why there is none, with everything that led to it.

    ``light`` and ``unrated`` exclude each other. ``hollow`` marks a light by the literal rule
    where no test was possible. ``change`` is (value − comparator) ÷ comparator; for percentages
    ``points`` is the difference in percentage points; ``moved_text`` is the one or the other in words,
    as the two are shown ("+12.3 %", "−2.1 points"). ``p_value`` is two-sided. ``phi`` is the
    overdispersion used, 1 where only chance in counting was allowed for.
    """

    light: Light | None
    unrated: Unrated | None
    sentence: str
    rule: StatusRule | None = None
    hollow: bool = False
    value: Decimal | None = None
    comparator: Decimal | None = None
    change: float | None = None
    points: float | None = None
    p_value: float | None = None
    phi: float | None = None
    phi_months: int = 0
    lower: float | None = None
    upper: float | None = None
    assumed_sample: bool = False
    details: tuple[str, ...] = ()
    moved_text: str = ""

    def __post_init__(self) -> None:
        """A status is a light or a reason, not both."""
        if (self.light is None) == (self.unrated is None):
            message = "a status has either a light or a reason for having none"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class DoubtReading:
    """What the light would be under one reading of a baseline in doubt."""

    name: str
    baseline: Decimal | None
    status: Status


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One point of a trend. ``value`` None is a gap; the text says what stood there instead."""

    period: Period
    value: Decimal | None
    provisional: bool = False
    text: str = ""
    figure: UUID | None = None


@dataclass(frozen=True, slots=True)
class TrendBreak:
    """Where what a line measures changed, or its level for a known cause: from this period on, and why.

    ``broken`` lines do not cross it; of the others only the process limits begin anew.
    """

    period: Period
    text: str
    broken: bool = True


@dataclass(frozen=True, slots=True)
class DataState:
    """How fresh and how settled the data are."""

    latest: Period | None
    provisional: bool
    overdue: bool
    age_months: int | None
    due_on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class IndicatorPosition:
    """One row of the report: an indicator at the position.

    ``value`` and ``comparator`` are in ``unit`` for ``period`` (the year to date, the wave, the
    cohort); ``baseline_text`` is the baseline as it is printed, corrections included.
    ``trend`` holds the single figures (months, waves) up to the position, ``trend_baseline`` the
    baseline at their scale (a month's mean of the baseline year where they are months), and
    ``target_path`` the path to the target at that scale, empty for direction-only targets.
    ``direction`` is against the same period a year before, ``recent_sentence`` against the period just
    before (the last three months of a monthly count). ``headline_of`` names the strategy's overall
    measures it belongs to. ``outlook`` is of monthly counts in an unfinished year, ``outlook_sentence``
    also says why there is none; ``process`` is of months and quarters; ``assurance_sentence`` holds its
    limits against the target, or the baseline where only a direction is set. From ``baseline_until`` on
    the figures mean something else than the baseline; None where they never do.
    """

    use: UUID
    code: str
    name: str
    priority: UUID
    order: int
    headline: bool
    unit: Unit
    polarity: Polarity
    decimals: int
    period: Period | None
    period_text: str
    value: Decimal | None
    value_text: str
    rate_text: str
    comparator: Decimal | None
    comparator_text: str
    baseline_text: str
    baseline_note: str
    status: Status
    direction: Direction
    direction_sentence: str
    data: DataState
    readings: tuple[DoubtReading, ...] = ()
    trend: tuple[TrendPoint, ...] = ()
    findings: tuple[Finding, ...] = ()
    sources: tuple[Figure, ...] = ()
    agency: str = ""
    source_text: str = ""
    illustrative: bool = False
    short_name: str = ""
    recent_sentence: str = ""
    trend_baseline: Decimal | None = None
    trend_baseline_text: str = ""
    target_path: tuple[TrendPoint, ...] = ()
    breaks: tuple[TrendBreak, ...] = ()
    headline_of: tuple[UUID, ...] = ()
    outlook: IndicatorOutlook | None = None
    outlook_sentence: str = ""
    process: IndicatorProcess | None = None
    assurance_sentence: str = ""
    baseline_until: date | None = None

    @property
    def movement_badge(self) -> str:
        """Where the change lies against the usual movement of the series; nothing where that is not known."""
        return movement_badge(self.status.p_value, self.status.phi, self.status.phi_months)


@dataclass(frozen=True, slots=True)
class LightCounts:
    """How many of each light."""

    red: int = 0
    amber: int = 0
    green: int = 0
    unrated: int = 0

    @property
    def rated(self) -> int:
        """How many have a light."""
        return self.red + self.amber + self.green


@dataclass(frozen=True, slots=True)
class PriorityPosition:
    """A priority at the position, with its indicators in order (borrowed ones included)."""

    id: UUID
    number: int
    name: str
    lead: str
    status: Status
    counts: LightCounts
    indicators: tuple[IndicatorPosition, ...]
    borrowed: tuple[UUID, ...] = ()
    headline: UUID | None = None
    age_text: str = ""
    next_due: date | None = None
    actions_open: int = 0
    actions_overdue: int = 0


@dataclass(frozen=True, slots=True)
class HeadlinePart:
    """One of several indicators that an overall measure is made of, with its own light."""

    use: UUID
    code: str
    name: str
    value_text: str
    comparator_text: str
    status: Status
    direction: Direction
    moved_text: str = ""
    trend: tuple[TrendPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadlinePosition:
    """One of the strategy's overall measures.

    ``sentence`` says its light in the units it is shown in. ``parts`` are its indicators where it has
    several; ``not_covered`` what the strategy says belongs to it and no indicator is about. ``moved_text``,
    ``chance_text`` and ``outlook_text`` are the change, chance and outlook in few words, empty where they
    are not known; ``age_text`` is that of its oldest figure.
    """

    id: UUID
    name: str
    value_text: str
    period_text: str
    comparator_text: str
    status: Status
    trend: tuple[TrendPoint, ...]
    note: str = ""
    outlook_sentence: str = ""
    sentence: str = ""
    moved_text: str = ""
    chance_text: str = ""
    outlook_text: str = ""
    age_text: str = ""
    direction: Direction = Direction.UNKNOWN
    direction_sentence: str = ""
    parts: tuple[HeadlinePart, ...] = ()
    not_covered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StrategyPosition:
    """The whole strategy at a position, as the store knew it at a moment."""

    strategy: UUID
    name: str
    partnership: str
    kind: StoreKind
    position: date
    position_text: str
    known_on: date
    as_at: int | None
    headlines: tuple[HeadlinePosition, ...]
    priorities: tuple[PriorityPosition, ...]
    counts: LightCounts
    findings: tuple[Finding, ...]
    open_findings: tuple[Finding, ...]
    illustrative: int = 0

    def indicator(self, use: UUID) -> IndicatorPosition:
        """Return the row of the use. Raises KeyError if the strategy has no such use."""
        for priority in self.priorities:
            for row in priority.indicators:
                if row.use == use:
                    return row
        raise KeyError(use)
