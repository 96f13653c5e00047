"""Figures: what one is, what stands where a number is missing, and where each came from.

A number is an exact decimal with the precision it was printed with; "the same" is judged at the
coarser of two precisions. Missing is a kind of figure, never ``None`` by accident and never zero.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from scs_desktop.domain.periods import Period


class FigureKind(StrEnum):
    """What stands in the place of a figure."""

    NUMBER = "number"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    NOT_PUBLISHED = "not_published"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"
    TEXT = "text"


class Finality(StrEnum):
    """How settled the provider says the figure is."""

    PROVISIONAL = "provisional"
    FINAL = "final"
    REVISED = "revised"


class Origin(StrEnum):
    """How the number came about."""

    MEASURED = "measured"
    ESTIMATED = "estimated"
    ILLUSTRATIVE = "illustrative"


class Part(StrEnum):
    """Which part of an indicator's figure the number is."""

    VALUE = "value"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    SAMPLE_SIZE = "sample_size"
    PREDICTED = "predicted"
    LOWER = "lower"
    UPPER = "upper"
    COMPONENT = "component"


class Unit(StrEnum):
    """What a number counts in. A percentage is in percent: 24, not 0.24."""

    COUNT = "count"
    PERCENT = "percent"
    RATE = "rate"
    RATIO = "ratio"
    MONEY = "money"


class SourceRole(StrEnum):
    """What a source cell did for the figure."""

    VALUE = "value"
    ADDEND = "addend"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True, slots=True)
class SourceCell:
    """One cell of one kept file that a figure was read from, with its raw text."""

    sheet: str
    cell: str
    text: str
    role: SourceRole = SourceRole.VALUE


@dataclass(frozen=True, slots=True)
class FigureKey:
    """What a figure is of: two figures with one key are versions of each other."""

    series: UUID
    area: UUID
    period: Period
    part: Part = Part.VALUE
    component: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The content of a figure, without its place or history.

    Attributes:
        kind: a number, or what stands in its place.
        value: the exact number; None unless ``kind`` is NUMBER.
        decimals: how many decimals were printed; "same" is judged at this precision.
        text: as it was read or typed.
        bound: for a suppressed figure, the number it is known to be below.

    """

    kind: FigureKind
    value: Decimal | None = None
    decimals: int = 0
    text: str = ""
    bound: Decimal | None = None
    finality: Finality = Finality.FINAL
    origin: Origin = Origin.MEASURED

    def __post_init__(self) -> None:
        """A number has a value, and nothing else has."""
        if (self.kind is FigureKind.NUMBER) != (self.value is not None):
            message = "a figure has a value exactly when it is a number"
            raise ValueError(message)
        if self.value is not None and not self.value.is_finite():
            message = "a figure's value is a finite number"
            raise ValueError(message)

    def same_as(self, other: Measured) -> bool:
        """Whether both say the same, at the coarser of the two printed precisions."""
        if self.kind is not other.kind or self.finality is not other.finality or self.origin is not other.origin:
            return False
        if self.value is None or other.value is None:
            return self.bound == other.bound and (self.kind is not FigureKind.TEXT or self.text == other.text)
        places = min(self.decimals, other.decimals)
        return rounded(self.value, places) == rounded(other.value, places)


def rounded(value: Decimal, places: int) -> Decimal:
    """Round half away from zero to the given number of decimals (may be negative)."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def number(
    value: Decimal | int | str, *, text: str = "", finality: Finality = Finality.FINAL, origin: Origin = Origin.MEASURED
) -> Measured:
    """A measured number whose precision is that of its decimal digits."""
    exact = Decimal(value)
    exponent = exact.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return Measured(FigureKind.NUMBER, exact, decimals, text or str(value), None, finality, origin)


@dataclass(frozen=True, slots=True)
class Figure:
    """One version of one figure, as the store keeps it.

    ``recorded_in`` and ``superseded_in`` are running numbers of changes within the store;
    an open version has no ``superseded_in``. ``import_id`` is None for a figure typed by hand.
    """

    id: UUID
    key: FigureKey
    measured: Measured
    recorded_in: int
    superseded_in: int | None = None
    import_id: UUID | None = None
    sources: tuple[SourceCell, ...] = field(default=())
    note: str = ""
