"""Baselines, and the targets set against them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from scs_desktop.domain.figures import Measured, Part, Unit
from scs_desktop.domain.periods import Period


class BaselineKind(StrEnum):
    """Where a baseline comes from."""

    PUBLISHED = "published"
    OWN = "own"
    TO_BE_ESTABLISHED = "to_be_established"


@dataclass(frozen=True, slots=True)
class BaselineValue:
    """One number of a baseline as printed: the count, the rate beside it, a cohort, a prediction."""

    part: Part
    unit: Unit
    measured: Measured
    per: Decimal | None = None
    denominator: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The baseline of a use of an indicator.

    A published one is kept as printed; corrections are decisions beside it, never edits.
    ``period`` is None while it is to be established; ``establish_from`` is then the first
    full year whose figure becomes the baseline on the officer's word.
    """

    id: UUID
    use: UUID
    kind: BaselineKind
    values: tuple[BaselineValue, ...] = ()
    period: Period | None = None
    establish_from: Period | None = None
    printed: str = ""
    other_years: tuple[str, ...] = ()
    note: str = ""

    def of(self, part: Part, unit: Unit | None = None) -> BaselineValue | None:
        """Return the printed number of the part (and unit), if there is one."""
        return next(
            (value for value in self.values if value.part is part and (unit is None or value.unit is unit)), None
        )


class TargetKind(StrEnum):
    """How a target is expressed."""

    VALUE = "value"
    PERCENT_ON_BASELINE = "percent_on_baseline"
    POINTS = "points"
    DIRECTION = "direction"
    RANGE = "range"


class TargetState(StrEnum):
    """How far a target's approval is; a position is rated with the target approved as at."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class StatusRule(StrEnum):
    """Which rule turns a figure and its comparator into a light."""

    USUAL_MOVEMENT = "usual_movement"
    LITERAL = "literal"
    PATH = "path"
    PREDICTED = "predicted"
    RANGE = "range"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far short of the comparator is still amber: a share of it, or percentage points."""

    amount: Decimal = Decimal("0.05")
    in_points: bool = False


def range_words(lower: str | None, upper: str | None) -> str:
    """Return a range of which one bound may be open: "20 % to 25 %", "at most 25 %", "at least 20 %"."""
    if lower is not None and upper is not None:
        return f"{lower} to {upper}"
    return f"at most {upper}" if lower is None else f"at least {lower}"


@dataclass(frozen=True, slots=True)
class Target:
    """What a use is to reach by the end of a financial year.

    ``value`` is in the definition's unit (VALUE), percent of the baseline (PERCENT_ON_BASELINE,
    signed) or percentage points (POINTS, signed); ``lower`` and ``upper`` bound a RANGE.
    ``end_year`` marks the end of a straight path from the baseline.
    """

    id: UUID
    use: UUID
    year: Period
    kind: TargetKind
    state: TargetState
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    tolerance: Tolerance = Tolerance()
    rule: StatusRule | None = None
    meeting: UUID | None = None
    end_of_path: bool = False
    note: str = ""
