"""The probabilities under the methods: known values, and what must hold whatever is asked."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.count_distributions import (
    binomial_tails,
    binomial_two_sided,
    negative_binomial_quantile,
    negative_binomial_tails,
    poisson_tails,
    poisson_two_sided,
)
from scs_desktop.domain.distributions import (
    beta_tails,
    binomial_pmf,
    critical_z,
    gamma_quantile,
    gamma_tails,
    normal_quantile,
    normal_two_sided,
    poisson_pmf,
)


def test_the_normal_distribution() -> None:
    assert critical_z(0.95) == pytest.approx(1.959963984540054, rel=1e-14)
    assert critical_z(0.998) == pytest.approx(3.090232306167813, rel=1e-13)
    assert critical_z(0.8) == pytest.approx(1.2815515655446004, rel=1e-14)
    assert normal_quantile(0.5) == pytest.approx(0, abs=1e-15)
    assert normal_two_sided(-1.959963984540054) == pytest.approx(0.05, rel=1e-14)


@given(st.floats(1e-12, 1 - 1e-12))
def test_normal_quantiles_turn_back(probability: float) -> None:
    z = normal_quantile(probability)
    tail = normal_two_sided(z) / 2
    assert tail == pytest.approx(min(probability, 1 - probability), rel=1e-9)


def test_small_binomials_and_poissons_by_hand() -> None:
    for x in range(8):
        assert binomial_pmf(x, 7, 0.3) == pytest.approx(math.comb(7, x) * 0.3**x * 0.7 ** (7 - x), rel=1e-13)
        assert poisson_pmf(x, 2.5) == pytest.approx(math.exp(-2.5) * 2.5**x / math.factorial(x), rel=1e-13)
    assert binomial_two_sided(1, 10, 0.5) == pytest.approx(22 / 1024)
    assert binomial_two_sided(5, 10, 0.5) == 1
    assert binomial_two_sided(0, 0, 0.5) == 1


def test_a_lower_tail_of_the_gamma_at_a_million_keeps_its_digits() -> None:
    """Against fifty-digit arithmetic of the same series."""
    lower, _ = gamma_tails(957862.2216644164, 952957.0617931901)
    assert lower == pytest.approx(2.5818068179584624e-07, rel=1e-12)


def test_counts_of_a_million_are_tested_exactly() -> None:
    # Far from the middle the exact test meets the normal one; at the middle it is certain.
    z = 2828 / math.sqrt(2_000_000)
    assert binomial_two_sided(1_001_414, 2_000_000, 0.5) == pytest.approx(normal_two_sided(z), rel=0.01)
    assert binomial_two_sided(1_000_000, 2_000_000, 0.5) == 1
    assert binomial_two_sided(0, 2_000_000, 0.5) == 0
    assert poisson_two_sided(1_000_000, 1_000_000) == 1


@given(st.integers(0, 2000), st.integers(0, 2000), st.floats(0.001, 0.999))
def test_the_exact_test_does_not_mind_which_side_is_counted(x: int, rest: int, probability: float) -> None:
    there = binomial_two_sided(x, x + rest, probability)
    back = binomial_two_sided(rest, x + rest, 1 - probability)
    assert there == pytest.approx(back, rel=1e-6, abs=1e-300)
    assert 0 <= there <= 1


@given(st.integers(-2, 3000), st.floats(0, 2000), st.floats(0, 1))
def test_tails_make_a_whole_and_grow(x: int, mean: float, tau: float) -> None:
    every: list[Callable[[int], tuple[float, float]]] = [
        lambda k: negative_binomial_tails(k, mean, tau),
        lambda k: poisson_tails(k, mean),
        lambda k: binomial_tails(k, 2500, 0.4),
    ]
    for tails in every:
        lower, upper = tails(x)
        assert lower + upper == pytest.approx(1)
        assert tails(x + 1)[0] >= lower - 1e-12


@given(st.floats(0.001, 0.999), st.floats(0, 5000), st.floats(0, 2))
def test_a_quantile_is_the_first_count_that_reaches_it(probability: float, mean: float, tau: float) -> None:
    x = negative_binomial_quantile(probability, mean, tau)
    assert negative_binomial_tails(x, mean, tau)[0] >= probability
    assert x == 0 or negative_binomial_tails(x - 1, mean, tau)[0] < probability


@given(st.floats(0.05, 500), st.floats(1e-6, 1 - 1e-6))
def test_gamma_quantiles_turn_back(shape: float, probability: float) -> None:
    lower, _ = gamma_tails(shape, gamma_quantile(shape, probability))
    assert lower == pytest.approx(probability, rel=1e-8)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: normal_quantile(0),
        lambda: critical_z(1),
        lambda: gamma_tails(0, 1),
        lambda: gamma_quantile(1, 1),
        lambda: gamma_quantile(0, 0.5),
        lambda: beta_tails(0, 1, 0.5),
        lambda: beta_tails(1, 1, 1.5),
        lambda: poisson_tails(1, -1),
        lambda: binomial_tails(1, 5, 2),
        lambda: negative_binomial_tails(1, 5, -1),
        lambda: binomial_two_sided(6, 5, 0.5),
        lambda: poisson_two_sided(-1, 5),
    ],
)
def test_impossible_inputs_are_a_bug(impossible: object) -> None:
    assert callable(impossible)
    with pytest.raises(ValueError, match=r"."):
        impossible()
