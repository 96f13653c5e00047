"""The functions under the few distributions the methods need, from ``math`` alone.

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


# --- normal ---------------------------------------------------------------------------------------


def normal_two_sided(z: float) -> float:
    """Probability that a standard normal lies at least as far from 0 as ``z``."""
    return math.erfc(abs(z) / math.sqrt(2))


@lru_cache(maxsize=64)
def normal_quantile(probability: float) -> float:
    """Return the value a standard normal stays below with the given probability (0 to 1, both excluded)."""
    if not 0 < probability < 1:
        raise ValueError(f"a quantile needs a probability between 0 and 1, not {probability}")
    # Newton on erfc, started from Abramowitz and Stegun 26.2.23: importing statistics would cost 10 ms at start.
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
        # A few units in the last place: rounding may never bring it closer.
        if abs(change - 1) < _EPSILON * 20:
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
    # The first term of the series far below the mean, the Wilson–Hilferty cube elsewhere.
    x = math.exp((math.log(probability) + math.lgamma(shape + 1)) / shape)
    if x > _NEAR * shape:
        ninth = 1 / (9 * shape)
        x = max(x, shape * max(0.0, 1 - ninth + normal_quantile(probability) * math.sqrt(ninth)) ** 3)
    low, high = 0.0, math.inf
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
        if abs(move) <= 1e-15 * x:
            return x
        following = x - move
        if not low < following < high:
            following = (low + high) / 2 if math.isfinite(high) else 2 * x + 1
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
