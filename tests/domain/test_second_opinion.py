"""Our statistics against scipy's and statsmodels' over wide random ranges.

Both are tools of development alone. Each test states the largest relative difference it allows,
and records the largest it found (``pytest --junit-xml`` shows it among the suite's properties).
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator

import pytest

from scs_desktop.domain.comparison import compare_counts, compare_shares, compare_with_expected
from scs_desktop.domain.count_distributions import (
    binomial_tails,
    binomial_two_sided,
    negative_binomial_quantile,
    negative_binomial_tails,
    poisson_tails,
)
from scs_desktop.domain.distributions import beta_tails, binomial_pmf, gamma_quantile, gamma_tails, normal_quantile
from scs_desktop.domain.intervals import count_interval, share_difference_interval, share_interval

ROUNDS = 400
WHY = "a second opinion for development: not installed here"
Record = Callable[[str, object], None]


def draws(seed: int, rounds: int = ROUNDS) -> Iterator[random.Random]:
    chance = random.Random(seed)  # noqa: S311 - a repeatable spread of examples
    for _ in range(rounds):
        yield chance


def apart(ours: float, theirs: float) -> float:
    """Relative difference; two numbers that have both all but underflowed are equal."""
    if max(abs(ours), abs(theirs)) < 1e-250:
        return 0.0
    return abs(ours - float(theirs)) / abs(float(theirs))


def test_normal_and_gamma_quantiles(record_testsuite_property: Record) -> None:
    special = pytest.importorskip("scipy.special", reason=WHY)
    worst = 0.0
    for chance in draws(1):
        probability = chance.choice([chance.random(), 10 ** chance.uniform(-12, -0.01)])
        shape = 10 ** chance.uniform(-1, 3)
        worst = max(
            worst,
            apart(normal_quantile(probability), special.ndtri(probability)),
            apart(gamma_quantile(shape, probability), special.gammaincinv(shape, probability)),
        )
    record_testsuite_property("largest difference: normal and gamma quantiles", worst)
    assert worst < 1e-11


def test_incomplete_gamma_and_beta(record_testsuite_property: Record) -> None:
    special = pytest.importorskip("scipy.special", reason=WHY)
    worst = 0.0
    for chance in draws(2):
        # Not past 10,000: there scipy's own lower tail loses digits (a million: the sixth; ours has a test of its own).
        shape = 10 ** chance.uniform(-1, 4)
        x = shape * math.exp(chance.gauss(0, 3 / math.sqrt(shape)))
        a, b = 10 ** chance.uniform(-1, 5), 10 ** chance.uniform(-1, 5)
        point = a / (a + b)
        point = min(0.999999, max(1e-9, point + chance.gauss(0, 2) * math.sqrt(point * (1 - point) / (a + b + 1))))
        for ours, theirs in zip(
            (*gamma_tails(shape, x), *beta_tails(a, b, point)),
            (
                special.gammainc(shape, x),
                special.gammaincc(shape, x),
                special.betainc(a, b, point),
                special.betaincc(a, b, point),
            ),
            strict=True,
        ):
            # A complement keeps 1e-16 absolute, so the smaller the tail the fewer its digits.
            if theirs > 1e-6:
                worst = max(worst, apart(ours, theirs))
    record_testsuite_property("largest difference: incomplete gamma and beta", worst)
    assert worst < 1e-9


def test_counts_up_to_two_million(record_testsuite_property: Record) -> None:
    stats = pytest.importorskip("scipy.stats", reason=WHY)
    worst = 0.0
    for chance in draws(3):
        trials = int(10 ** chance.uniform(0, 6.3))
        share = chance.choice([0.5, chance.random(), 10 ** chance.uniform(-5, -0.01)])
        spread = chance.gauss(0, 3) * math.sqrt(trials * share * (1 - share))
        x = min(trials, max(0, round(trials * share + spread)))
        mean = 10 ** chance.uniform(-1, 6)
        seen = max(0, round(mean + chance.gauss(0, 3) * math.sqrt(mean)))
        worst = max(
            worst,
            apart(binomial_pmf(x, trials, share), stats.binom.pmf(x, trials, share)),
            apart(binomial_tails(x, trials, share)[0], stats.binom.cdf(x, trials, share)),
            apart(binomial_tails(x, trials, share)[1], stats.binom.sf(x, trials, share)),
            apart(binomial_two_sided(x, trials, share), stats.binomtest(x, trials, share).pvalue),
            apart(poisson_tails(seen, mean)[0], stats.poisson.cdf(seen, mean)),
        )
    record_testsuite_property("largest difference: counts up to two million", worst)
    assert worst < 1e-9


def test_negative_binomials(record_testsuite_property: Record) -> None:
    stats = pytest.importorskip("scipy.stats", reason=WHY)
    worst = 0.0
    for chance in draws(4):
        mean, tau = 10 ** chance.uniform(-1, 5), 10 ** chance.uniform(-2, 0.3)
        size = 1 / tau**2
        other = stats.nbinom(size, size / (size + mean))
        x = int(mean * math.exp(chance.gauss(0, 2 * tau)))
        worst = max(worst, apart(negative_binomial_tails(x, mean, tau)[0], other.cdf(x)))
        probability = chance.uniform(0.01, 0.99)
        assert negative_binomial_quantile(probability, mean, tau) == other.ppf(probability)
    record_testsuite_property("largest difference: negative binomials", worst)
    assert worst < 1e-9


def test_two_counts_with_exposures(record_testsuite_property: Record) -> None:
    stats = pytest.importorskip("scipy.stats", reason=WHY)
    worst = 0.0
    for chance in draws(5):
        mean, exposure = 10 ** chance.uniform(0, 6), 10 ** chance.uniform(-1, 1)
        earlier = max(0, round(chance.gauss(mean, 2 * math.sqrt(mean))))
        later = max(0, round(chance.gauss(mean * exposure, 2 * math.sqrt(mean * exposure))))
        found = compare_counts(earlier, later, later_exposure=exposure)
        if earlier + later:
            theirs = stats.binomtest(later, earlier + later, exposure / (1 + exposure)).pvalue
            worst = max(worst, apart(found.p_chance, theirs))
    record_testsuite_property("largest difference: two counts with exposures", worst)
    assert worst < 1e-9


def test_exact_limits_of_small_counts(record_testsuite_property: Record) -> None:
    stats = pytest.importorskip("scipy.stats", reason=WHY)
    worst = 0.0
    for count in range(10):
        for confidence in (0.8, 0.95, 0.998):
            found = count_interval(count, confidence=confidence)
            tail = (1 - confidence) / 2
            if count:
                worst = max(worst, apart(found.low, stats.chi2.ppf(tail, 2 * count) / 2))
            worst = max(worst, apart(found.high, stats.chi2.isf(tail, 2 * count + 2) / 2))
    record_testsuite_property("largest difference: exact limits of small counts", worst)
    assert worst < 1e-11


def test_survey_shares(record_testsuite_property: Record) -> None:
    proportion = pytest.importorskip("statsmodels.stats.proportion", reason=WHY)
    worst = 0.0
    for chance in draws(6):
        sizes = [int(10 ** chance.uniform(1, 5)) for _ in range(2)]
        counts = [round(chance.random() * size) for size in sizes]
        (first, second), (n, m) = counts, sizes
        wilson = proportion.proportion_confint(first, n, method="wilson")
        ours = share_interval(first / n, n)
        newcombe = proportion.confint_proportions_2indep(second, m, first, n, method="newcomb", compare="diff")
        difference = share_difference_interval(first / n, n, second / m, m)
        z, p = proportion.proportions_ztest([second, first], [m, n])
        test = compare_shares(first / n, n, second / m, m)
        worst = max(
            worst,
            abs(ours.low - wilson[0]),
            abs(ours.high - wilson[1]),
            abs(difference.low - newcombe[0]),
            abs(difference.high - newcombe[1]),
            abs(test.z - z) / max(1, abs(z)),
            abs(test.p - p),
        )
    record_testsuite_property("largest difference: survey shares", worst)
    assert worst < 1e-10


def test_observed_against_expected(record_testsuite_property: Record) -> None:
    rates = pytest.importorskip("statsmodels.stats.rates", reason=WHY)
    stats = pytest.importorskip("scipy.stats", reason=WHY)
    worst = 0.0
    for chance in draws(7, 150):
        expected = 10 ** chance.uniform(0, 4)
        observed = max(0, round(chance.gauss(expected, 2 * math.sqrt(expected))))
        cohort = math.ceil(expected * chance.uniform(1.5, 20)) + observed
        found = compare_with_expected(observed, expected, cohort=cohort)
        worst = max(worst, apart(found.p, stats.binomtest(observed, cohort, expected / cohort).pvalue))
        alone = compare_with_expected(observed, expected).p
        # Theirs sums the likelier outcomes away from 1; ours adds the unlikelier ones.
        likely = stats.poisson.pmf(range(int(expected * 3) + 200), expected)
        theirs = likely[likely <= stats.poisson.pmf(observed, expected) * (1 + 1e-7)].sum()
        worst = max(worst, apart(alone, theirs))
        if observed >= 10:
            low, high = rates.confint_poisson(observed, 1, method="exact-c")
            byar = count_interval(observed)
            assert byar.low == pytest.approx(low, rel=0.005)
            assert byar.high == pytest.approx(high, rel=0.005)
    record_testsuite_property("largest difference: observed against expected", worst)
    assert worst < 1e-8
