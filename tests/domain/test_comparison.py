"""Could it be chance? The worked figures of the comparison rules (methods, sections 2 and 3)."""

from __future__ import annotations

import math

import pytest

from scs_desktop.domain.comparison import (
    COUNTING_CHANCE,
    Overdispersion,
    compare_counts,
    compare_shares,
    compare_with_expected,
    effective_size,
    overdispersion,
)
from tests.domain.barnet_burglary import ALL_CRIME, BURGLARY

WITHIN_BARNET = Overdispersion(4.57, 36, counting_chance_only=False)


def position(months: tuple[int, ...], elapsed: int) -> tuple[int, int, Overdispersion]:
    """Year to date against the same months of the year before, with φ of all months up to there."""
    return sum(months[:elapsed]), sum(months[12 : 12 + elapsed]), overdispersion(months[: 12 + elapsed])


# --- section 2: the rule of usual movement ---------------------------------------------------------


@pytest.mark.parametrize(
    ("months", "elapsed", "earlier", "later", "change", "phi", "p"),
    [
        (BURGLARY, 6, 1404, 1577, 0.123, 2.81, 0.059),
        (BURGLARY, 12, 3354, 3441, 0.026, 2.57, 0.51),
        (ALL_CRIME, 6, 12518, 13050, 0.042, 4.95, 0.135),
        (ALL_CRIME, 12, 25135, 25729, 0.024, 5.95, 0.28),
    ],
)
def test_the_mets_series_move_no_more_than_usual(
    months: tuple[int, ...],
    elapsed: int,
    earlier: int,
    later: int,
    change: float,
    phi: float,
    p: float,
) -> None:
    first, second, dispersion = position(months, elapsed)
    found = compare_counts(first, second, dispersion=dispersion)
    assert (found.earlier, found.later) == (earlier, later)
    assert round(found.change, 3) == change
    assert round(dispersion.phi, 2) == phi
    assert not dispersion.counting_chance_only
    assert found.p_usual == pytest.approx(p, abs=0.0005 if p != 0.51 else 0.005)
    assert found.clear_direction == 0


def test_a_rise_at_the_edge_is_beyond_counting_chance_alone() -> None:
    first, second, dispersion = position(BURGLARY, 6)
    found = compare_counts(first, second, dispersion=dispersion)
    assert round(found.p_chance, 4) == 0.0016
    assert found.p_chance < 0.05
    assert found.p_usual > 0.05
    alone = compare_counts(first, second)
    assert alone.clear_direction == 1
    assert alone.p_usual == alone.p_chance


@pytest.mark.parametrize(
    ("baseline", "dispersion", "largest_green"),
    [
        (3362, COUNTING_CHANCE, 3202),
        (1218, COUNTING_CHANCE, 1122),
        (400, COUNTING_CHANCE, 345),
        (100, COUNTING_CHANCE, 73),
        (50, COUNTING_CHANCE, 31),
        (20, COUNTING_CHANCE, 8),
        (3362, WITHIN_BARNET, 3026),
    ],
)
def test_the_largest_follow_up_that_is_a_clear_fall(
    baseline: int,
    dispersion: Overdispersion,
    largest_green: int,
) -> None:
    assert compare_counts(baseline, largest_green, dispersion=dispersion).clear_direction == -1
    assert compare_counts(baseline, largest_green + 1, dispersion=dispersion).clear_direction == 0


def test_phi_needs_twelve_months_and_is_never_under_one() -> None:
    assert overdispersion(BURGLARY[:11]) == Overdispersion(1.0, 11, counting_chance_only=True)
    assert not overdispersion(BURGLARY[:12]).counting_chance_only
    assert overdispersion([250] * 24) == Overdispersion(1.0, 24, counting_chance_only=False)
    assert overdispersion([0] * 24).phi == 1.0
    assert round(overdispersion(BURGLARY).phi, 2) == 4.57


def test_one_wild_month_is_screened_out_of_phi() -> None:
    steady = [200 + 12 * (index % 2) for index in range(24)]
    wild = [*steady[:12], 2000, *steady[13:]]
    # Kept, its two moving ranges alone would lift the average range from 12 to 167.
    assert overdispersion(wild).phi < 1.01
    # A kept jump is one the screen cannot tell from the rest.
    jumpy = [200 + 120 * (index % 2) for index in range(24)]
    assert overdispersion(jumpy).phi == pytest.approx((120 / 1.128) ** 2 / 260)


# --- section 3: counts -----------------------------------------------------------------------------


def test_a_fall_from_3362_to_3100() -> None:
    found = compare_counts(3362, 3100, dispersion=WITHIN_BARNET)
    assert round(found.change * 100, 2) == -7.79
    assert round(found.p_chance, 6) == 0.001165
    assert round(found.ratio, 3) == 0.922
    assert (round(found.chance.low, 4), round(found.chance.high, 4)) == (0.8782, 0.9682)
    assert (round(found.usual.low, 3), round(found.usual.high, 3)) == (0.831, 1.023)
    assert round(found.p_usual, 3) == 0.127
    assert found.p_chance < 0.05
    assert found.p_usual > 0.05


def test_exposures_make_rates_of_the_counts() -> None:
    """The same offences by fewer residents are a higher rate; a like rise of both is none."""
    grown = compare_counts(3431, 3564, earlier_exposure=343_091, later_exposure=356_386)
    assert abs(grown.change) < 0.001
    assert grown.p_chance > 0.9
    halved = compare_counts(100, 100, earlier_exposure=2, later_exposure=1)
    assert halved.ratio == 2
    assert halved.clear_direction == 1


@pytest.mark.parametrize("phi", [1.0, 2.5])
def test_a_zero_has_no_logarithm_but_still_an_answer(phi: float) -> None:
    dispersion = Overdispersion(phi, 24, counting_chance_only=False)
    gone = compare_counts(12, 0, dispersion=dispersion)
    assert gone.z is None
    assert gone.ratio == 0
    assert gone.p_usual == pytest.approx(2 * 0.5 ** (12 / phi))
    assert gone.usual.low == 0
    assert gone.clear_direction == (-1 if phi == 1 else 0)
    # Test and interval agree on whether no change is ruled out.
    assert (gone.usual.high < 1) == (gone.p_usual < 0.05)
    new = compare_counts(0, 12, dispersion=dispersion)
    assert math.isinf(new.ratio)
    assert new.usual.low == pytest.approx(1 / gone.usual.high)
    assert math.isinf(new.usual.high)
    nothing = compare_counts(0, 0, dispersion=dispersion)
    assert (nothing.ratio, nothing.p_usual, nothing.clear_direction) == (1, 1, 0)


def test_just_over_counting_chance_a_zero_makes_no_leap() -> None:
    """Zero against 12 is as surprising just over φ = 1 as at it."""
    close = compare_counts(12, 0, dispersion=Overdispersion(1.000001, 24, counting_chance_only=False))
    assert close.p_usual == pytest.approx(compare_counts(12, 0).p_usual, rel=1e-4)


def test_a_zero_weighs_the_exposures() -> None:
    """Three quarters of the time lie in the later period: that all 12 fall there is no wonder."""
    dispersion = Overdispersion(2.0, 24, counting_chance_only=False)
    assert compare_counts(0, 12, dispersion=dispersion, later_exposure=3).p_usual == pytest.approx(2 * 0.75**6)
    assert compare_counts(12, 0, dispersion=dispersion, later_exposure=3).p_usual == pytest.approx(2 * 0.25**6)


@pytest.mark.parametrize(("earlier", "later"), [(-1, 5), (5, 2.5), (5, -3)])
def test_counts_that_cannot_be_are_a_bug(earlier: float, later: float) -> None:
    with pytest.raises(ValueError, match="whole and not negative"):
        compare_counts(earlier, later)


# --- section 3: survey shares ----------------------------------------------------------------------


def test_24_per_cent_of_1000_against_21() -> None:
    found = compare_shares(0.24, 1000, 0.21, 1000)
    assert round(found.z, 3) == -1.606
    assert round(found.p, 3) == 0.108
    assert (round(found.interval.low * 100, 2), round(found.interval.high * 100, 2)) == (-6.65, 0.66)
    assert (round(found.earlier_interval.low * 100, 2), round(found.earlier_interval.high * 100, 2)) == (21.46, 26.74)
    assert (round(found.later_interval.low * 100, 2), round(found.later_interval.high * 100, 2)) == (18.59, 23.63)
    assert found.clear_direction == 0


def test_the_attitude_survey_needs_a_fall_of_5_7_points() -> None:
    assert compare_shares(0.24, 400, 0.24 - 0.056, 400).clear_direction == 0
    assert compare_shares(0.24, 400, 0.24 - 0.057, 400).clear_direction == -1


def test_a_design_effect_takes_answers_away() -> None:
    assert effective_size(1000) == 1000
    assert effective_size(1000, 1.6) == 625
    assert compare_shares(0.24, 1000, 0.20, 1000).clear_direction == -1
    weaker = effective_size(1000, 1.6)
    assert compare_shares(0.24, weaker, 0.20, weaker).clear_direction == 0
    with pytest.raises(ValueError, match="over 0"):
        effective_size(1000, 0)


def test_nobody_and_everybody_are_shares_too() -> None:
    assert compare_shares(0, 50, 0, 60).p == 1
    assert compare_shares(1, 50, 1, 60).clear_direction == 0
    assert compare_shares(0, 50, 1, 60).clear_direction == 1


# --- section 3: observed against expected ----------------------------------------------------------


def test_reoffending_against_its_prediction() -> None:
    found = compare_with_expected(234, 0.0772 * 2999, cohort=2999)
    assert round(found.expected, 2) == 231.52
    assert round(found.ratio, 4) == 1.0107
    assert (round(found.interval.low, 3), round(found.interval.high, 3)) == (0.885, 1.149)
    assert round(found.p, 3) == 0.864
    assert found.clear_direction == 0


def test_an_expected_count_without_its_cohort_is_tested_as_poisson() -> None:
    found = compare_with_expected(234, 231.52)
    assert round(found.p, 2) == 0.87
    assert compare_with_expected(300, 231.52).clear_direction == 1
    assert compare_with_expected(170, 231.52).clear_direction == -1


@pytest.mark.parametrize(("expected", "cohort"), [(0, 10), (-3, None), (11, 10)])
def test_an_impossible_expectation_is_a_bug(expected: float, cohort: float | None) -> None:
    with pytest.raises(ValueError, match="expected"):
        compare_with_expected(5, expected, cohort=cohort)
