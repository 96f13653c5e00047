"""Wards beside each other: rates with bands, high and low by funnel, and what a ward has more of.

Bands and intervals, never league positions: equal wards differ by chance alone. Counts and
exposures (households, residents) come as two sequences of equal length, one entry a ward.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from scs_desktop.domain.intervals import Interval, count_interval, rate_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

BAND = 0.95
OUTER_BAND = 0.998
WINSORISED = 0.1


class FunnelPosition(StrEnum):
    """Where a ward stands to the whole area's rate."""

    VERY_LOW = "low (99.8 %)"
    LOW = "low (95 %)"
    WITHIN = "within"
    HIGH = "high (95 %)"
    VERY_HIGH = "high (99.8 %)"


@dataclass(frozen=True, slots=True)
class WardRate:
    """A ward's rate with its bands, in the funnel's ``per``.

    ``position`` is judged by the bands as they stand here, widened where the wards are overdispersed.
    """

    count: float
    exposure: float
    rate: float
    band: Interval
    outer_band: Interval
    position: FunnelPosition


@dataclass(frozen=True, slots=True)
class Funnel:
    """All wards against the area's rate.

    Attributes:
        area_rate: the rate they are held against, in ``per``.
        phi: variance of the wards ÷ that of counting chance, winsorised, as measured.
        widened: whether φ is clearly over 1, so that the bands are √φ wider.
        wards: in the order given.

    """

    area_rate: float
    per: float
    phi: float
    widened: bool
    wards: tuple[WardRate, ...]


def funnel(
    counts: Sequence[float], exposures: Sequence[float], *, per: float = 1000.0, area_rate: float | None = None
) -> Funnel:
    """Judge each ward high or low: the area's rate outside the ward's 95 % or 99.8 % band.

    The bands are Byar's (exact under 10). They are widened by √φ where
    φ > 1 + 2·√(2/wards) (Spiegelhalter 2005, "Handling over-dispersion of performance indicators").

    Args:
        counts: offences of each ward.
        exposures: what the rate is of, each over 0.
        per: the rate's base: 1,000 households.
        area_rate: in ``per``; the wards' own total where it is not given (some offences have no ward).

    Raises:
        ValueError: no wards, sequences of unequal length, or counts or exposures that cannot be.

    """
    if not counts or len(counts) != len(exposures):
        raise ValueError(f"{len(counts)} counts and {len(exposures)} exposures make no funnel")
    if min(exposures) <= 0 or min(counts) < 0:
        raise ValueError("exposures are over 0, counts not negative")
    rate = math.fsum(counts) / math.fsum(exposures) * per if area_rate is None else area_rate
    phi = place_dispersion(counts, [exposure * rate / per for exposure in exposures])
    widened = phi > 1 + 2 * math.sqrt(2 / len(counts))
    used = phi if widened else 1.0
    wards = tuple(_ward(count, exposure, rate, per, used) for count, exposure in zip(counts, exposures, strict=True))
    return Funnel(rate, per, phi, widened, wards)


def _ward(count: float, exposure: float, area_rate: float, per: float, phi: float) -> WardRate:
    band = rate_interval(count, exposure, per=per, confidence=BAND, phi=phi)
    outer = rate_interval(count, exposure, per=per, confidence=OUTER_BAND, phi=phi)
    if area_rate < outer.low:
        position = FunnelPosition.VERY_HIGH
    elif area_rate > outer.high:
        position = FunnelPosition.VERY_LOW
    elif area_rate < band.low:
        position = FunnelPosition.HIGH
    else:
        position = FunnelPosition.LOW if area_rate > band.high else FunnelPosition.WITHIN
    return WardRate(count, exposure, count / exposure * per, band, outer, position)


def place_dispersion(counts: Sequence[float], expected: Sequence[float]) -> float:
    """φ of places: mean square of 2(√count − √expected), a tenth at either end drawn in to the next value.

    1 or a little less where the places differ by counting chance alone.
    """
    scores = sorted(2 * (math.sqrt(count) - math.sqrt(due)) for count, due in zip(counts, expected, strict=True))
    cut = math.floor(WINSORISED * len(scores))
    low, high = scores[cut], scores[len(scores) - 1 - cut]
    return math.fsum(min(high, max(low, score)) ** 2 for score in scores) / len(scores)


@dataclass(frozen=True, slots=True)
class LocationQuotient:
    """How much of a kind of crime a ward has for the crime it has: 1 is the area's own mix.

    ``interval`` is Byar's, the area's share taken as known.
    """

    value: float
    interval: Interval


def location_quotient(
    count: float,
    all_crime: float,
    area_count: float,
    area_all_crime: float,
) -> LocationQuotient | None:
    """Share of the ward's crime ÷ share of the area's; None where either has nothing to take a share of.

    Raises:
        ValueError: a negative count, or a kind of crime with more offences than all crime.

    """
    if not 0 <= count <= all_crime or not 0 <= area_count <= area_all_crime:
        raise ValueError(f"no shares in {count} of {all_crime} and {area_count} of {area_all_crime}")
    if all_crime == 0 or area_count == 0:
        return None
    expected = all_crime * area_count / area_all_crime
    return LocationQuotient(count / expected, count_interval(count).scaled(1 / expected))
