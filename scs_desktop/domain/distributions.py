"""Probabilities of the few distributions the methods need, from ``math`` alone.

Point probabilities use the saddle-point form (Loader 2000, "Fast and accurate computation of
binomial probabilities"), which keeps full precision where differences of log-gammas lose it: at
counts of a million. Tails are the regularised incomplete gamma and beta functions by series and
continued fraction (Abramowitz and Stegun 6.5, 26.5).

All functions raise ValueError where a parameter makes no sense; no such value comes from a return.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_HALF_LOG_TAU = 0.5 * math.log(2 * math.pi)
_STIRLING_DIRECT = 15.0
_NEAR = 0.1
_EPSILON = 1e-16
_TINY = 1e-300
_MAX_STEPS = 100_000
# Two outcomes count as equally likely when rounding alone may tell them apart.
_TIE = 1 + 1e-7


# --- normal ---------------------------------------------------------------------------------------


def normal_two_sided(z: float) -> float:
    """Probability that a standard normal lies at least as far from 0 as ``z``."""
    return math.erfc(abs(z) / math.sqrt(2))


@lru_cache(maxsize=64)
def normal_quantile(probability: float) -> float:
    """Return the value a standard normal stays below with the given probability (0 to 1, both excluded)."""
    if not 0 < probability < 1:
        raise ValueError(f"a quantile needs a probability between 0 and 1, not {probability}")
    # Newton on erfc from the rational start of Abramowitz and Stegun 26.2.23; importing statistics costs 10 ms at start.
    tail = min(probability, 1 - probability)
    t = math.sqrt(-2 * math.log(tail))
    z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
    for _ in range(4):
        error = 0.5 * math.erfc(z / math.sqrt(2)) - tail
        z += error / math.exp(-0.5 * z * z - _HALF_LOG_TAU)
    return z if probability > 0.5 else -z  # noqa: PLR2004 - the middle of a probability


def critical_z(confidence: float) -> float:
    """Return the ``z`` of a two-sided interval: 1.95996 for a confidence of 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not {confidence}")
    return normal_quantile(0.5 + confidence / 2)


# --- point probabilities --------------------------------------------------------------------------


def _stirling_error(n: float) -> float:
    """``log(n!)`` less Stirling's approximation of it."""
    if n <= _STIRLING_DIRECT:
        return math.lgamma(n + 1) - ((n + 0.5) * math.log(n) - n + _HALF_LOG_TAU)
    square = n * n
    return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n


def _deviance(x: float, mean: float) -> float:
    """``x·log(x/mean) + mean − x`` without cancellation where the two are close."""
    gap = x - mean
    if abs(gap) >= _NEAR * (x + mean):
        return x * math.log(x / mean) - gap
    v = gap / (x + mean)
    total = gap * v
    term = 2 * x * v
    square = v * v
    step = 1
    while True:
        term *= square
        step += 2
        grown = total + term / step
        if grown == total:
            return grown
        total = grown


def poisson_pmf(x: float, mean: float) -> float:
    """``mean^x · e^−mean / Γ(x+1)``; ``x`` need not be whole."""
    if x < 0:
        return 0.0
    if mean == 0:
        return 1.0 if x == 0 else 0.0
    if x == 0:
        return math.exp(-mean)
    return math.exp(-_stirling_error(x) - _deviance(x, mean)) / math.sqrt(2 * math.pi * x)


def binomial_pmf(x: float, trials: float, probability: float, complement: float | None = None) -> float:
    """``Γ(n+1)/(Γ(x+1)Γ(n−x+1)) · p^x · q^(n−x)``; neither ``x`` nor ``n`` need be whole.

    ``complement`` is q where it is known better than 1 − p.
    """
    q = 1 - probability if complement is None else complement
    rest = trials - x
    if x < 0 or rest < 0:
        return 0.0
    if probability == 0 or q == 0:
        certain = 0.0 if probability == 0 else trials
        return 1.0 if x == certain else 0.0
    if x == 0:
        return math.exp(trials * (math.log1p(-probability) if probability < _NEAR else math.log(q)))
    if rest == 0:
        return math.exp(trials * (math.log1p(-q) if q < _NEAR else math.log(probability)))
    log = _stirling_error(trials) - _stirling_error(x) - _stirling_error(rest)
    log -= _deviance(x, trials * probability) + _deviance(rest, trials * q)
    # x·(rest/n): the product of two huge counts is avoided.
    return math.exp(log) / math.sqrt(2 * math.pi * x * (rest / trials))


# --- incomplete gamma and beta --------------------------------------------------------------------


def _continued_fraction(first: float, coefficients: Callable[[int], tuple[float, float]]) -> float:
    """Modified Lentz: ``first + a1/(b1 + a2/(b2 + …))`` with ``(a, b)`` of each step from 1 on."""
    value = first or _TINY
    c, d = value, 0.0
    for step in range(1, _MAX_STEPS):
        a, b = coefficients(step)
        d = 1 / ((b + a * d) or _TINY)
        c = (b + a / c) or _TINY
        change = c * d
        value *= change
        if abs(change - 1) < _EPSILON * 4:
            return value
    raise ArithmeticError("a continued fraction did not settle")


def gamma_tails(shape: float, x: float) -> tuple[float, float]:
    """Return lower and upper regularised incomplete gamma, P(shape, x) and Q(shape, x)."""
    if shape <= 0 or x < 0:
        raise ValueError(f"the incomplete gamma needs shape > 0 and x ≥ 0, not {shape} and {x}")
    if x == 0:
        return 0.0, 1.0
    scale = poisson_pmf(shape, x)
    if x < shape + 1:
        total = term = 1.0
        denominator = shape
        while term > total * _EPSILON:
            denominator += 1
            term *= x / denominator
            total += term
        lower = min(1.0, scale * total)
        return lower, 1 - lower
    fraction = _continued_fraction(x + 1 - shape, lambda i: (-i * (i - shape), x + 1 - shape + 2 * i))
    upper = min(1.0, scale * shape / fraction)
    return 1 - upper, upper


def gamma_quantile(shape: float, probability: float) -> float:
    """Return the x at which P(shape, x) is the probability; half a chi-square quantile of 2·shape degrees."""
    if not 0 < probability < 1:
        raise ValueError(f"a quantile needs a probability between 0 and 1, not {probability}")
    if shape <= 0:
        raise ValueError(f"a gamma distribution needs a shape over 0, not {shape}")
    ninth = 1 / (9 * shape)
    x = shape * (1 - ninth + normal_quantile(probability) * math.sqrt(ninth)) ** 3
    low, high = 0.0, math.inf
    if x <= 0:
        # The Wilson–Hilferty start fails for small shapes; the first term of the series does not.
        x = math.exp((math.log(probability) + math.lgamma(shape + 1)) / shape)
    for _ in range(200):
        lower, upper = gamma_tails(shape, x)
        error = lower - probability if probability <= 0.5 else (1 - probability) - upper  # noqa: PLR2004
        if error > 0:
            high = x
        else:
            low = x
        # The density of the gamma at x, from a pmf that accepts any shape.
        slope = poisson_pmf(shape, x) * shape / x
        move = error / slope if slope else math.inf
        following = x - move
        if not low < following < high:
            following = (low + high) / 2 if math.isfinite(high) else 2 * x + 1
        if abs(following - x) <= 1e-15 * x:
            return following
        x = following
    return x


def _beta_fraction(a: float, b: float, x: float) -> float:
    def coefficients(step: int) -> tuple[float, float]:
        m, odd = divmod(step, 2)
        if odd:
            return -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)), 1.0
        return m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)), 1.0

    return _continued_fraction(1.0, coefficients)


def beta_tails(a: float, b: float, x: float, complement: float | None = None) -> tuple[float, float]:
    """Return lower and upper regularised incomplete beta, I(x; a, b) and its complement."""
    y = 1 - x if complement is None else complement
    if a <= 0 or b <= 0 or not 0 <= x <= 1:
        raise ValueError(f"the incomplete beta needs a, b > 0 and 0 ≤ x ≤ 1, not {a}, {b} and {x}")
    if x == 0:
        return 0.0, 1.0
    if y == 0:
        return 1.0, 0.0
    scale = binomial_pmf(a, a + b, x, y)
    if x < (a + 1) / (a + b + 2):
        lower = min(1.0, scale * b / (a + b) / _beta_fraction(a, b, x))
        return lower, 1 - lower
    upper = min(1.0, scale * a / (a + b) / _beta_fraction(b, a, y))
    return 1 - upper, upper


# --- tails of counts ------------------------------------------------------------------------------


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
    if tau == 0 or mean == 0:
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


# --- exact tests ----------------------------------------------------------------------------------


def _two_sided(x: int, mean: float, top: int, pmf: Callable[[int], float],
               tails: Callable[[int], tuple[float, float]]) -> float:
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
        x, trials * probability, trials,
        lambda i: binomial_pmf(i, trials, probability), lambda i: binomial_tails(i, trials, probability),
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
