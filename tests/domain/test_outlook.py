"""Where the year is heading: profile, projection and pace on the printed figures (methods, sections 2 and 4)."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.outlook import (
    DEFAULT_TAU,
    TAU_TOTAL,
    OutlookWord,
    half_flat_shares,
    outlook_word,
    project_year,
    required_run_rate,
    year_to_date_profile,
)
from tests.domain.barnet_burglary import BURGLARY

FIRST, SECOND = BURGLARY[:12], BURGLARY[12:24]


def test_a_years_target_month_by_month() -> None:
    expected = [238, 471, 710, 959, 1212, 1467, 1735, 2036, 2311, 2633, 2911, 3194]
    assert [round(value) for value in year_to_date_profile(3194, FIRST)] == expected


def test_shares_take_three_earlier_years_at_most() -> None:
    three = half_flat_shares(BURGLARY)
    own = sum(BURGLARY[12 * year] / sum(BURGLARY[12 * year : 12 * year + 12]) for year in range(3)) / 3
    assert three[0] == pytest.approx(own / 2 + 1 / 24)
    assert half_flat_shares([1000, *[0] * 11, *BURGLARY]) == three
    # Months that make no whole year are left aside.
    assert half_flat_shares([900, 900, *FIRST]) == half_flat_shares(FIRST)


def test_without_an_earlier_year_the_profile_is_flat() -> None:
    assert half_flat_shares(FIRST[:11]) == pytest.approx([1 / 12] * 12)
    assert half_flat_shares([0] * 12) == pytest.approx([1 / 12] * 12)
    assert year_to_date_profile(1200, []) == pytest.approx([100 * month for month in range(1, 13)])


@given(st.lists(st.integers(0, 5000), max_size=60))
def test_shares_make_a_year(earlier: list[int]) -> None:
    shares = half_flat_shares(earlier)
    assert math.fsum(shares) == pytest.approx(1)
    assert min(shares) >= 1 / 24 - 1e-12


@pytest.mark.parametrize(
    ("months", "so_far", "share", "last_twelve", "level", "projection", "low", "high", "probability"),
    [
        (3, 840, 0.2223, 3541, 3600.2, 3639.7, 3079, 4231, 0.160),
        (6, 1577, 0.4593, 3527, 3480.2, 3458.8, 3081, 3858, 0.194),
        (9, 2480, 0.7235, 3496, 3444.7, 3432.3, 3239, 3636, 0.052),
    ],
)
def test_barnets_burglary_to_the_years_end(
    months: int,
    so_far: int,
    share: float,
    last_twelve: int,
    level: float,
    projection: float,
    low: int,
    high: int,
    probability: float,
) -> None:
    found = project_year(FIRST, SECOND[:months], target=3193)
    assert found is not None
    assert found.tau == DEFAULT_TAU
    assert found.year_to_date == so_far
    assert round(found.share_elapsed, 4) == share
    assert found.last_twelve == last_twelve
    assert round(found.level, 1) == level
    assert round(found.projection, 1) == projection
    assert (found.interval.low, found.interval.high) == (low, high)
    assert found.probability is not None
    assert round(found.probability, 3) == probability
    assert found.word is OutlookWord.UNLIKELY


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.7, "likely"), (0.6999, "in the balance"), (0.3, "in the balance"), (0.2999, "unlikely"), (1.0, "likely")],
)
def test_the_words(probability: float, word: str) -> None:
    assert outlook_word(probability) == word


def test_no_outlook_without_a_year_behind_or_with_none_ahead() -> None:
    assert project_year(FIRST[:11], SECOND[:3]) is None
    assert project_year(FIRST, []) is None
    assert project_year(FIRST, SECOND) is None


def test_without_a_target_there_is_no_chance_of_it() -> None:
    found = project_year(FIRST, SECOND[:6])
    assert found is not None
    assert found.probability is None
    assert found.word is None


def test_higher_is_better_counts_from_the_other_end() -> None:
    below = project_year(FIRST, SECOND[:6], target=3440, better=-1)
    above = project_year(FIRST, SECOND[:6], target=3441, better=1)
    assert below is not None
    assert above is not None
    assert below.probability is not None
    assert above.probability == pytest.approx(1 - below.probability)


def test_a_target_passed_already_is_certain() -> None:
    missed = project_year(FIRST, SECOND[:6], target=1500, better=-1)
    reached = project_year(FIRST, SECOND[:6], target=1500, better=1)
    assert missed is not None
    assert reached is not None
    assert missed.probability == 0
    assert reached.probability == 1


def test_a_steadier_series_has_a_narrower_outlook() -> None:
    wide, narrow = (project_year(FIRST, SECOND[:6], tau=tau) for tau in (DEFAULT_TAU, TAU_TOTAL))
    assert wide is not None
    assert narrow is not None
    assert narrow.interval.high - narrow.interval.low < (wide.interval.high - wide.interval.low) / 2
    assert narrow.projection == wide.projection


def test_a_year_of_nothing_projects_nothing() -> None:
    found = project_year([0] * 12, [0] * 4, target=0)
    assert found is not None
    assert (found.projection, found.interval.low, found.interval.high, found.probability) == (0, 0, 0, 1)


def test_at_most_so_many_a_month_from_now() -> None:
    pace = required_run_rate(800, 434, 6, better=-1)
    assert pace is not None
    assert (pace.months_left, pace.left, pace.per_month, pace.whole_per_month) == (6, 366, 61, 61)
    uneven = required_run_rate(3193, 2480, 9, better=-1)
    assert uneven is not None
    assert uneven.per_month == pytest.approx(237.67, abs=0.01)
    assert uneven.whole_per_month == 237
    assert not uneven.missed
    upward = required_run_rate(100, 63, 9, better=1)
    assert upward is not None
    assert upward.whole_per_month == 13
    assert not upward.reached


def test_a_target_used_up_or_reached() -> None:
    over = required_run_rate(800, 801, 6, better=-1)
    assert over is not None
    assert over.missed
    exact = required_run_rate(800, 800, 6, better=-1)
    assert exact is not None
    assert (exact.missed, exact.whole_per_month) == (False, 0)
    there = required_run_rate(80, 80, 6, better=1)
    assert there is not None
    assert there.reached
    assert required_run_rate(80, 80, 12, better=1) is None


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: project_year(FIRST, [1] * 13),
        lambda: project_year(FIRST, [-1]),
        lambda: project_year([-1] * 12, [1]),
        lambda: project_year(FIRST, [1], better=0),
        lambda: required_run_rate(1, 1, 13, better=1),
        lambda: required_run_rate(1, 1, 3, better=0),
    ],
)
def test_impossible_inputs_are_a_bug(impossible: object) -> None:
    assert callable(impossible)
    with pytest.raises(ValueError, match=r"."):
        impossible()
