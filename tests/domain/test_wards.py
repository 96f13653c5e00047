"""Wards: bands and a funnel instead of a league table (methods, section 6)."""

from __future__ import annotations

import math
import random

import pytest

from scs_desktop.domain.intervals import rate_interval
from scs_desktop.domain.wards import FunnelPosition, funnel, location_quotient, place_dispersion


def poisson(chance: random.Random, mean: float) -> int:
    """Draw a count by waiting times."""
    count, passed = 0, chance.expovariate(1)
    while passed < mean:
        count += 1
        passed += chance.expovariate(1)
    return count


def test_21_equal_wards_differ_by_a_third_and_hardly_one_is_flagged() -> None:
    chance = random.Random(5)  # noqa: S311 - a repeatable simulation
    ratios, flagged, widened, rounds = [], 0, 0, 150
    for _ in range(rounds):
        counts = [poisson(chance, 160) for _ in range(21)]
        ratios.append(max(counts) / min(counts))
        found = funnel(counts, [6500] * 21)
        flagged += sum(ward.position is not FunnelPosition.WITHIN for ward in found.wards)
        widened += found.widened
    assert sum(ratios) / rounds == pytest.approx(1.35, abs=0.03)
    assert 0.03 < flagged / rounds / 21 < 0.07
    assert widened / rounds < 0.05


def test_high_and_low_at_either_band() -> None:
    # Sixteen wards at the borough's level keep it near 10 per 1,000.
    counts = [100] * 16 + [123, 77, 140, 60]
    found = funnel(counts, [10_000] * 20)
    assert found.area_rate == 10
    assert not found.widened
    assert [ward.position for ward in found.wards[16:]] == [
        FunnelPosition.HIGH,
        FunnelPosition.LOW,
        FunnelPosition.VERY_HIGH,
        FunnelPosition.VERY_LOW,
    ]
    assert {ward.position for ward in found.wards[:16]} == {FunnelPosition.WITHIN}
    first = found.wards[0]
    assert first.rate == 10
    assert first.band == rate_interval(100, 10_000, per=1000)
    assert first.outer_band == rate_interval(100, 10_000, per=1000, confidence=0.998)


def test_wards_that_really_differ_widen_the_bands() -> None:
    counts = [60, 140] * 10
    found = funnel(counts, [10_000] * 20)
    assert found.widened
    assert found.phi == pytest.approx(((2 * (math.sqrt(60) - 10)) ** 2 + (2 * (math.sqrt(140) - 10)) ** 2) / 2)
    narrow, wide = rate_interval(60, 10_000, per=1000), found.wards[0].band
    assert wide.low < narrow.low
    assert narrow.high < wide.high
    assert {ward.position for ward in found.wards} == {FunnelPosition.WITHIN}


def test_one_wild_ward_does_not_widen_the_bands_of_all() -> None:
    counts = [100] * 20 + [400]
    found = funnel(counts, [10_000] * 21, area_rate=10)
    assert not found.widened
    assert found.wards[-1].position is FunnelPosition.VERY_HIGH
    assert place_dispersion([100] * 20 + [400], [100] * 21) == 0


def test_small_counts_have_exact_bands() -> None:
    found = funnel([0, 5, 4, 3, 2, 3, 4, 2, 3, 3, 4, 3], [1000] * 12)
    assert not found.widened
    assert found.wards[0].band.low == 0
    assert found.wards[1].band.low == pytest.approx(1.623486, abs=1e-6)
    assert {ward.position for ward in found.wards} == {FunnelPosition.WITHIN}


def test_the_borough_may_have_offences_without_a_ward() -> None:
    assert funnel([10, 10], [1000, 1000]).area_rate == 10
    assert funnel([10, 10], [1000, 1000], area_rate=12).area_rate == 12


def test_a_location_quotient_is_a_share_against_a_share() -> None:
    found = location_quotient(30, 200, 500, 5000)
    assert found is not None
    assert found.value == pytest.approx(1.5)
    assert found.interval.low > 1
    few = location_quotient(3, 20, 500, 5000)
    assert few is not None
    assert few.value == pytest.approx(1.5)
    assert few.interval.holds(1)
    assert location_quotient(0, 0, 500, 5000) is None
    assert location_quotient(0, 20, 0, 5000) is None


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: funnel([], []),
        lambda: funnel([1, 2], [10]),
        lambda: funnel([1, 2], [10, 0]),
        lambda: funnel([1, -2], [10, 10]),
        lambda: location_quotient(30, 20, 500, 5000),
    ],
)
def test_impossible_inputs_are_a_bug(impossible: object) -> None:
    assert callable(impossible)
    with pytest.raises(ValueError, match=r"."):
        impossible()
