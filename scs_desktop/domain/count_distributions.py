"""Counts by chance: Poisson, binomial and negative binomial tails, and the exact two-sided tests.

All functions raise ValueError where a parameter makes no sense; no such value comes from a return.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from scs_desktop.domain.distributions import beta_tails, binomial_pmf, gamma_tails, normal_quantile, poisson_pmf

if TYPE_CHECKING:
    from collections.abc import Callable

# Two outcomes count as equally likely when rounding alone may tell them apart.
_TIE = 1 + 1e-7
# Variance beyond the mean, as a share of it, under which a negative binomial is a Poisson.
_POISSON_ENOUGH = 1e-9


def poisson_tails(x: int, mean: float) -> tuple[float, float]:
    """Return P(X ≤ x) and P(X > x)."""
    if mean < 0:
        raise ValueError(f"a mean count is not negative: {mean}")
    if x < 0:
        return 0.0, 1.0
    upper, lower = gamma_tails(x + 1, mean)
    return lower, upper


def binomial_tails(x: int, trials: int, probability: float, complement: float | None = None) -> tuple[float, float]:
    """Return P(X ≤ x) and P(X > x)."""
    if trials < 0 or not 0 <= probability <= 1:
        raise ValueError(f"a binomial needs trials ≥ 0 and a probability, not {trials} and {probability}")
    if x < 0:
        return 0.0, 1.0
    if x >= trials:
        return 1.0, 0.0
    upper, lower = beta_tails(x + 1, trials - x, probability, complement)
    return lower, upper


def negative_binomial_tails(x: int, mean: float, tau: float) -> tuple[float, float]:
    """Return P(X ≤ x) and P(X > x) where the variance is ``mean + tau²·mean²``."""
    if mean < 0 or tau < 0:
        raise ValueError(f"a negative binomial needs mean ≥ 0 and tau ≥ 0, not {mean} and {tau}")
    if tau * tau * mean < _POISSON_ENOUGH:
        return poisson_tails(x, mean)
    if x < 0:
        return 0.0, 1.0
    size = 1 / tau**2
    return beta_tails(size, x + 1, size / (size + mean), mean / (size + mean))


def negative_binomial_quantile(probability: float, mean: float, tau: float) -> int:
    """Return the smallest whole x with P(X ≤ x) at least the probability."""
    z = normal_quantile(probability)
    guess = max(0, math.floor(mean + z * math.sqrt(mean + (tau * mean) ** 2)))
    width = 1 + math.floor(math.sqrt(mean + (tau * mean) ** 2) / 8)

    def reached(x: int) -> bool:
        return negative_binomial_tails(x, mean, tau)[0] >= probability

    high = guess
    while not reached(high):
        high += width
        width *= 2
    low = high - width
    while low >= 0 and reached(low):
        low -= width
        width *= 2
    return _first(max(low, -1), high, reached)


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    """Smallest whole number at which it holds: it does not at ``low``, it does at ``high``, and it changes once."""
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


def _two_sided(
    x: int, mean: float, top: int, pmf: Callable[[int], float], tails: Callable[[int], tuple[float, float]]
) -> float:
    """Sum of the probabilities of all outcomes from 0 to ``top`` that are no likelier than ``x``."""
    if x == mean:
        return 1.0
    bar = pmf(x) * _TIE
    if x < mean:
        start = math.ceil(mean)
        other = _first(start - 1, top + 1, lambda i: i > top or pmf(i) <= bar)
        return min(1.0, tails(x)[0] + tails(other - 1)[1])
    start = math.floor(mean)
    other = -_first(-start - 1, 1, lambda i: i > 0 or pmf(-i) <= bar)
    return min(1.0, tails(other)[0] + tails(x - 1)[1])


def binomial_two_sided(x: int, trials: int, probability: float) -> float:
    """Exact two-sided binomial test: outcomes no likelier than the one seen (as R's ``binom.test``).

    Safe up to counts of a million and more; under 1e-300 the answer is 0.
    """
    if not 0 <= x <= trials or not 0 <= probability <= 1:
        raise ValueError(f"{x} of {trials} with probability {probability} is no binomial outcome")
    if probability in {0, 1}:
        return 1.0 if x == trials * probability else 0.0
    return _two_sided(
        x,
        trials * probability,
        trials,
        lambda i: binomial_pmf(i, trials, probability),
        lambda i: binomial_tails(i, trials, probability),
    )


def poisson_two_sided(x: int, mean: float) -> float:
    """Exact two-sided Poisson test: outcomes no likelier than the one seen (as R's ``poisson.test``)."""
    if x < 0 or mean < 0:
        raise ValueError(f"{x} against a mean of {mean} is no Poisson outcome")
    if mean == 0:
        return 1.0 if x == 0 else 0.0
    # Beyond this the upper tail is under any probability a test could notice.
    top = math.ceil(mean + 50 * math.sqrt(mean) + 1000)
    return _two_sided(x, mean, max(top, x), lambda i: poisson_pmf(i, mean), lambda i: poisson_tails(i, mean))
