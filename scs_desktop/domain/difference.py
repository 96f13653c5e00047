"""How far a value lies from another of the same indicator, and whether chance alone would do that."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

from scs_desktop.domain.comparison import (
    CountComparison,
    Overdispersion,
    compare_counts,
    compare_shares,
    compare_with_expected,
    effective_size,
)
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.strategy import Definition, IndicatorKind

SIGNIFICANCE = 0.05
_HUNDRED = 100.0


class ChanceTest(StrEnum):
    """Which question of chance was asked, if any."""

    USUAL_MOVEMENT = "usual movement"
    COUNTING = "counting chance"
    SAMPLE = "sample"
    COHORT = "cohort"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison: a value in the definition's unit with the cases and the size behind it."""

    value: Decimal
    count: Decimal | None = None
    size: Decimal | None = None
    size_assumed: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """A value against an earlier one (or its prediction).

    Attributes:
        change: relative, (later − earlier) ÷ earlier; None where the earlier is 0.
        points: in percentage points, for percentages.
        test: what was asked of chance; NONE leaves ``p`` None.
        p: two-sided, by the series' usual movement where that is known.
        p_chance: by counting chance alone, where that differs from ``p``.
        phi, phi_months: overdispersion allowed for and the months it was taken from.
        lower, upper: 95 % interval: of the ratio for counts, rates and predictions, of the difference in points
            for percentages.
        observed, expected: counts behind a comparison with a prediction.
        design_effect: by which sizes were divided before they were tested; 1 for a simple random sample.

    """

    change: float | None
    points: float | None = None
    test: ChanceTest = ChanceTest.NONE
    p: float | None = None
    p_chance: float | None = None
    phi: float | None = None
    phi_months: int = 0
    lower: float | None = None
    upper: float | None = None
    observed: float | None = None
    expected: float | None = None
    ratio: float | None = None
    moved: int = 0
    design_effect: float = 1.0

    @property
    def clear(self) -> int:
        """+1 for a clear rise, −1 for a clear fall, 0 where chance may have done it or was not tested."""
        return self.moved if self.p is not None and self.p < SIGNIFICANCE else 0


def difference(definition: Definition, earlier: Side, later: Side, dispersion: Overdispersion) -> Difference:
    """Compare two values of an indicator that share no cases.

    Counts by the usual movement of their series, percentages by the two-sample test, rates by their
    cases and exposures; a percentage or rate without a size on both sides is not tested, nor is what a
    service chose to do. The design effect that the definition names holds for the sizes of both sides,
    brought or assumed.
    """
    moved = (later.value > earlier.value) - (later.value < earlier.value)
    effect = design_effect(definition)
    change = float((later.value - earlier.value) / earlier.value) if earlier.value else None
    if definition.kind is IndicatorKind.ACTIVITY:
        points = float(later.value - earlier.value) if definition.unit is Unit.PERCENT else None
        return Difference(change, points, moved=moved)
    if definition.unit is Unit.PERCENT:
        return _shares(earlier, later, moved, effect)
    if definition.unit is Unit.COUNT:
        if earlier.value < 0 or later.value < 0:
            return Difference(change, moved=moved)
        tested = _counts_compared(_whole(earlier.value), _whole(later.value), dispersion)
        kind = ChanceTest.COUNTING if dispersion.counting_chance_only else ChanceTest.USUAL_MOVEMENT
        return Difference(
            change, None, kind, tested.p_usual, tested.p_chance, dispersion.phi, dispersion.months,
            tested.usual.low, tested.usual.high, ratio=tested.ratio, moved=moved,
        )  # fmt: skip
    if earlier.count is None or later.count is None or not earlier.size or not later.size or earlier.count < 0:
        return Difference(change, moved=moved)
    tested = compare_counts(
        _whole(_worth(earlier.count, effect)), _whole(_worth(later.count, effect)),
        earlier_exposure=effective_size(float(earlier.size), effect),
        later_exposure=effective_size(float(later.size), effect),
    )  # fmt: skip
    return Difference(
        change, None, ChanceTest.COUNTING, tested.p_chance, tested.p_chance, 1.0, 0,
        tested.chance.low, tested.chance.high, ratio=tested.ratio, moved=moved, design_effect=effect,
    )  # fmt: skip


def design_effect(definition: Definition) -> float:
    """Return the design effect that the definition names for its sample, 1 where it names none."""
    return 1.0 if definition.sample is None else float(definition.sample.design_effect)


def _worth(cases: Decimal, effect: float) -> Decimal:
    return cases / Decimal(repr(effect))


@lru_cache(maxsize=1024)
def _counts_compared(earlier: int, later: int, dispersion: Overdispersion) -> CountComparison:
    """Test two counts, once: the pair comes up in the light, in the direction of travel and in every reading."""
    return compare_counts(earlier, later, dispersion=dispersion)


def _shares(earlier: Side, later: Side, moved: int, effect: float) -> Difference:
    points = float(later.value - earlier.value)
    first, second = float(earlier.value) / _HUNDRED, float(later.value) / _HUNDRED
    change = points / float(earlier.value) if earlier.value else None
    if not earlier.size or not later.size or not (0 <= first <= 1 and 0 <= second <= 1):
        return Difference(change, points, moved=moved)
    sizes = effective_size(float(earlier.size), effect), effective_size(float(later.size), effect)
    tested = compare_shares(first, sizes[0], second, sizes[1])
    return Difference(
        change, points, ChanceTest.SAMPLE, tested.p,
        lower=tested.interval.low * _HUNDRED, upper=tested.interval.high * _HUNDRED, moved=moved,
        design_effect=effect,
    )  # fmt: skip


def against_prediction(
    value: Decimal, predicted: Decimal, cohort: Decimal | None, *, effect: float = 1.0
) -> Difference:
    """Compare a percentage with the prediction for the same people: observed ÷ expected, exact binomial.

    ``observed`` and ``expected`` are of the whole cohort; with a design effect the test takes it for so
    much smaller.
    """
    moved = (value > predicted) - (value < predicted)
    points = float(value - predicted)
    change = points / float(predicted) if predicted else None
    if not cohort or predicted <= 0 or not 0 <= value <= _HUNDRED or predicted > _HUNDRED:
        return Difference(change, points, moved=moved)
    observed = _whole(value * cohort / 100)
    expected = float(predicted * cohort / 100)
    people = _whole(_worth(cohort, effect))
    seen, foreseen = _whole(value * people / 100), float(predicted * people / 100)
    if foreseen <= 0:
        return Difference(change, points, moved=moved)
    tested = compare_with_expected(seen, foreseen, cohort=people)
    return Difference(
        change, points, ChanceTest.COHORT, tested.p, lower=tested.interval.low, upper=tested.interval.high,
        observed=float(observed), expected=expected, ratio=observed / expected, moved=moved, design_effect=effect,
    )  # fmt: skip


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))
