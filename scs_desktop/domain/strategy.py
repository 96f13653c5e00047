"""The strategy: its priorities, the indicators it uses, and what each of them means.

An indicator outlives a strategy, which *uses* it under a priority with its own code. What the
indicator means is its definition, which is versioned: a line across two definitions is broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from scs_desktop.domain.figures import Unit


class Polarity(StrEnum):
    """Which way is better."""

    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"
    NONE = "none"
    GUARDED_HIGHER = "guarded_higher"

    @property
    def sign(self) -> int:
        """+1 where higher is better, −1 where lower is, 0 otherwise."""
        if self in {Polarity.HIGHER, Polarity.GUARDED_HIGHER}:
            return 1
        return -1 if self is Polarity.LOWER else 0


class IndicatorKind(StrEnum):
    """What sort of thing the indicator measures; it decides which rule may rate it."""

    OUTCOME = "outcome"
    ACTIVITY = "activity"
    REPORTING = "reporting"
    CONTEXT = "context"


class RatedPart(StrEnum):
    """Which part of the figure the light is put on."""

    COUNT = "count"
    RATE = "rate"
    PERCENT = "percent"
    PERCENT_AGAINST_PREDICTED = "percent_against_predicted"


class Adding(StrEnum):
    """How figures of shorter periods (or smaller areas) make up the longer (or larger) one."""

    SUM = "sum"
    LAST = "last"
    MEAN = "mean"
    RATIO_OF_SUMS = "ratio_of_sums"
    NEVER = "never"


class PriorityKind(StrEnum):
    """Whether a priority names a problem, a way of working, or reassurance."""

    FOCUS = "focus"
    APPROACH = "approach"
    REASSURANCE = "reassurance"


@dataclass(frozen=True, slots=True)
class SampleBase:
    """How many stand behind a percentage or rate where the return does not say; assumed, with its source.

    ``design_effect`` is what a survey's drawing and weighting cost: so many answers are worth one of a simple
    random sample (Kish's deff); 1 where it is not known or there is no survey.
    """

    size: Decimal
    what: str
    source: str
    assumed: bool = True
    design_effect: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Definition:
    """What an indicator's figure means, in one version.

    Attributes:
        indicator: whose definition it is; ``version`` counts from 1.
        unit: of the rated figure; ``per`` is the base of a rate (1000 population, 100 people).
        denominator: what a rate or share is of ("population", "households", "victims").
        rated: the part the light is put on.
        over_time, over_areas: how figures add up.
        components: labels of the rows that make up a sum, as the agency writes them.
        guards: indicators that must not worsen for a guarded polarity to count as good.
        part_of: indicators whose figure holds this one's ("an offence is a kind of incident").
        question: the survey's question, word for word.
        sample: an assumed sample size or cohort, where the return brings none.
        stated_members: a list the source states for the indicator's group, as in a footnote.
        usual_range: lowest and highest usual value of this kind of measure, in the unit, sourced.
        tau: how far a year's level may stray from the projection, as a share; None for the default of its kind.
        hide_small: public copies show no count under five, nor what would give it away.

    """

    id: UUID
    indicator: UUID
    version: int
    unit: Unit
    polarity: Polarity
    kind: IndicatorKind
    rated: RatedPart
    over_time: Adding
    over_areas: Adding = Adding.NEVER
    per: Decimal | None = None
    denominator: str = ""
    components: tuple[str, ...] = ()
    guards: tuple[UUID, ...] = ()
    part_of: tuple[UUID, ...] = ()
    question: str = ""
    sample: SampleBase | None = None
    counted_noun: str = ""
    stated_members: tuple[str, ...] = ()
    usual_range: tuple[Decimal, Decimal] | None = None
    usual_range_source: str = ""
    decimals: int = 0
    valid_from: date | None = None
    guidance: str = ""
    tau: Decimal | None = None
    hide_small: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measure that lasts beyond one strategy. ``group`` gathers the strands of one question."""

    id: UUID
    name: str
    short_name: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorUse:
    """A strategy's use of an indicator, under a priority, with a code that is only a label.

    ``label`` is the wording as the strategy prints it; ``direction`` the direction it states
    ("reduction", "increase") or None where it prints none. ``weight`` counts in a weighted rollup.
    """

    id: UUID
    strategy: UUID
    priority: UUID
    indicator: UUID
    code: str
    order: int
    label: str
    direction: Polarity | None = None
    headline: bool = False
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Priority:
    """A priority of a strategy. ``derived_from`` names uses of other priorities it succeeds through."""

    id: UUID
    strategy: UUID
    number: int
    name: str
    kind: PriorityKind
    lead_agencies: tuple[UUID, ...]
    lead_text: str = ""
    why: str = ""
    derived_from: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadlineMeasure:
    """One of the strategy's overall measures, made of the uses named."""

    id: UUID
    strategy: UUID
    order: int
    name: str
    uses: tuple[UUID, ...]
    as_rate: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Denominator:
    """A number of people or households that rates are taken on, as data with its source."""

    id: UUID
    name: str
    area: UUID
    value: Decimal
    source: str
    year_start: date | None = None
    year_end: date | None = None


@dataclass(frozen=True, slots=True)
class Strategy:
    """A partnership's strategy and the years it runs."""

    id: UUID
    name: str
    partnership: str
    home_area: UUID
    start: date
    end: date
    baseline_start: date
    baseline_end: date
    objective: str = ""
    source: str = ""
    partners: tuple[UUID, ...] = ()


class ActionStatus(StrEnum):
    """How far an action is."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETE = "complete"
    OVERDUE = "overdue"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Action:
    """Something the partnership said it would do. ``owner`` is a post, never a person's name."""

    id: UUID
    priority: UUID
    order: int
    text: str
    owner: str = ""
    agency: UUID | None = None
    due: date | None = None
    status: ActionStatus = ActionStatus.NOT_STARTED


@dataclass(frozen=True, slots=True)
class ActionUpdate:
    """What was reported of an action on a day."""

    id: UUID
    action: UUID
    on: date
    text: str
    status: ActionStatus


@dataclass(frozen=True, slots=True)
class Commentary:
    """A lead's words on a priority (or one of its indicators) at a position."""

    id: UUID
    priority: UUID
    position: date
    text: str
    author_post: str = ""
    use: UUID | None = None


@dataclass(frozen=True, slots=True)
class YouSaid:
    """A "you said, we did" entry for residents."""

    id: UUID
    priority: UUID | None
    on: date
    said: str
    did: str
