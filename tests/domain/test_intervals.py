"""Limits of counts, rates and shares: the printed oracles (methods, section 3) and what must always hold."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.intervals import (
    Interval,
    count_interval,
    rate_interval,
    ratio_interval,
    share_difference_interval,
    share_interval,
)


@pytest.mark.parametrize(
    ("count", "low", "high", "places"),
    [
        (65, 50.163188, 82.849139, 6),
        (1045, 982.593202, 1110.331213, 6),
        (3362, 3249.3, 3477.6, 1),
        (3100, 2991.8, 3211.1, 1),
    ],
)
def test_byars_limits(count: int, low: float, high: float, places: int) -> None:
    found = count_interval(count)
    assert (round(found.low, places), round(found.high, places)) == (low, high)


@pytest.mark.parametrize(
    ("count", "exposure", "per", "low", "high"),
    [
        (1, 100, 100, 0.0253178, 5.5716434),
        (5, 100, 100, 1.623486, 11.668332),
        (3362, 135_341, 1000, 24.01, 25.70),
    ],
)
def test_limits_of_rates(count: int, exposure: float, per: float, low: float, high: float) -> None:
    found = rate_interval(count, exposure, per=per)
    places = len(str(low).split(".")[1])
    assert found.low == pytest.approx(low, abs=0.51 * 10**-places)
    assert found.high == pytest.approx(high, abs=0.51 * 10**-places)


def test_burglaries_per_thousand_households() -> None:
    assert round(1000 * 3362 / 135_341, 3) == 24.841


@pytest.mark.parametrize(
    ("successes", "size", "low", "high", "places"),
    [
        (65, 100, 0.552544, 0.736358, 6),
        (1045, 5000, 0.197955, 0.220491, 6),
        (1, 100, 0.0017674, 0.0544862, 7),
        (240, 1000, 0.2146, 0.2674, 4),
        (210, 1000, 0.1859, 0.2363, 4),
    ],
)
def test_wilsons_limits(successes: int, size: int, low: float, high: float, places: int) -> None:
    found = share_interval(successes / size, size)
    assert (round(found.low, places), round(found.high, places)) == (low, high)


def test_nothing_counted_has_an_upper_limit_alone() -> None:
    assert count_interval(0).low == 0
    assert count_interval(0).high == pytest.approx(-math.log(0.025))


def test_exact_limits_give_way_to_byars_without_a_step() -> None:
    """Byar at 10 lies within a hundredth of the exact limits, 4.795 and 18.390."""
    found = count_interval(10)
    assert found.low == pytest.approx(10 * (1 - 1 / 90 - 1.959964 / (3 * math.sqrt(10))) ** 3, rel=1e-6)
    assert found.low == pytest.approx(4.795, abs=0.01)
    assert found.high == pytest.approx(18.390, abs=0.01)


@given(st.integers(0, 100_000), st.floats(1, 50))
def test_overdispersion_widens(count: int, phi: float) -> None:
    plain, wide = count_interval(count), count_interval(count, phi=phi)
    assert 0 <= wide.low <= plain.low <= count <= plain.high <= wide.high


@given(st.integers(0, 1_000_000), st.sampled_from([(0.8, 0.95), (0.95, 0.998)]))
def test_more_confidence_is_a_wider_interval(count: int, levels: tuple[float, float]) -> None:
    narrow, wide = (count_interval(count, confidence=level) for level in levels)
    assert wide.low <= narrow.low
    assert narrow.high < wide.high


@given(st.floats(0, 1), st.floats(1, 1e6), st.floats(0, 1), st.floats(1, 1e6))
def test_differences_hold_what_was_seen_and_turn_round(a: float, n: float, b: float, m: float) -> None:
    there, back = share_difference_interval(a, n, b, m), share_difference_interval(b, m, a, n)
    assert there.low - 1e-12 <= b - a <= there.high + 1e-12
    assert there.low == pytest.approx(-back.high, abs=1e-12)
    assert -1 - 1e-9 <= there.low <= there.high <= 1 + 1e-9


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.floats(0.1, 10), st.floats(1, 20))
def test_ratios_hold_what_was_seen(first: int, second: int, exposures: float, phi: float) -> None:
    found = ratio_interval(first, second, exposure_ratio=exposures, phi=phi)
    assert 0 <= found.low <= found.high
    if first:
        assert found.low <= second / first / exposures * (1 + 1e-12)
        assert second / first / exposures <= found.high * (1 + 1e-12)


def test_an_interval_knows_what_it_holds() -> None:
    assert Interval(1, 3).holds(3)
    assert not Interval(1, 3).holds(3.1)
    assert Interval(1, 3).scaled(2) == Interval(2, 6)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: count_interval(-1),
        lambda: count_interval(5, phi=0.5),
        lambda: count_interval(5, confidence=1),
        lambda: rate_interval(5, 0),
        lambda: share_interval(24, 1000),
        lambda: share_interval(0.24, 0),
        lambda: share_difference_interval(0.2, 10, 1.2, 10),
        lambda: ratio_interval(-1, 4),
        lambda: ratio_interval(1, 4, exposure_ratio=0),
    ],
)
def test_impossible_inputs_are_a_bug(impossible: object) -> None:
    assert callable(impossible)
    with pytest.raises(ValueError, match=r"."):
        impossible()
