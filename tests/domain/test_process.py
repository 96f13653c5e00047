"""Process charts: limits, signals and icons on the printed oracles (methods, section 5)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.process import (
    Assurance,
    LimitState,
    Signal,
    Variation,
    assurance,
    process_chart,
    screened_moving_range,
    shift_ends,
    trend_ends,
    two_of_three,
    whole_runs,
)
from tests.domain.barnet_burglary import BURGLARY


def signals(values: Sequence[float]) -> list[Signal]:
    return [point.signal for point in process_chart(values, better=-1).points]


# --- the rules, one by one -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sides", "ends"),
    [
        ([1, 1, 1, 1, 1, 1, 1, 1, -1], [0, 0, 0, 0, 0, 0, 1, 1, 0]),
        ([-1] * 7, [0, 0, 0, 0, 0, 0, -1]),
        ([1, 1, 1, 0, 1, 1, 1, 1], [0] * 8),
    ],
)
def test_a_shift_ends_at_the_seventh_point(sides: list[int], ends: list[int]) -> None:
    assert list(shift_ends(sides)) == ends


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0]),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([7, 6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 0, -1]),
    ],
)
def test_a_trend_is_six_steps_without_a_tie(values: list[float], ends: list[int]) -> None:
    assert list(trend_ends(values)) == ends


def test_all_points_of_a_run_are_flagged() -> None:
    assert whole_runs([0, 0, 0, 0, 0, 0, 0, 1, 0]) == (0, 1, 1, 1, 1, 1, 1, 1, 0)


def test_two_of_three_near_a_limit() -> None:
    near = [False, False, True, False, True, False, False]
    assert two_of_three(near, [1] * 7) == (False, False, True, True, True, False, False)
    assert not any(two_of_three(near, [1, -1, 1, -1, 1, -1, 1]))


@pytest.mark.parametrize(
    ("lower", "upper", "when_higher_is_better", "when_lower_is_better"),
    [
        (1, 3, Assurance.FAILS, Assurance.PASSES),
        (5, 7, Assurance.PASSES, Assurance.FAILS),
        (1, 5, Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
    ],
)
def test_assurance_against_a_target_of_4(
    lower: float,
    upper: float,
    when_higher_is_better: Assurance,
    when_lower_is_better: Assurance,
) -> None:
    assert assurance(lower, upper, 4, better=1) is when_higher_is_better
    assert assurance(lower, upper, 4, better=-1) is when_lower_is_better


def test_a_target_on_the_limit_is_met_only_now_and_then() -> None:
    assert assurance(4, 6, 4, better=1) is Assurance.HIT_AND_MISS
    assert assurance(2, 4, 4, better=1) is Assurance.HIT_AND_MISS


# --- limits ----------------------------------------------------------------------------------------


def test_a_wild_point_is_screened_from_the_limits() -> None:
    values = [1, 2, 1, 2, 10, *[1, 2] * 6, 1]
    group = process_chart(values, better=1).current
    assert len(values) == 18
    assert round(group.mean, 2) == 1.94
    assert group.limits is not None
    assert (round(group.limits.lower, 2), round(group.limits.upper, 2)) == (-0.72, 4.60)
    ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
    unscreened = 2.66 * sum(ranges) / len(ranges)
    assert (round(group.mean - unscreened, 2), round(group.mean + unscreened, 2)) == (-3.06, 6.95)


def test_the_screen_is_3_267_average_ranges() -> None:
    # Nine ranges of 1 and one of 4 or 5: 3.08 and 3.57 times their average.
    climb = list(range(10))
    assert screened_moving_range([*climb, 13]) == pytest.approx(1.3)
    assert screened_moving_range([*climb, 14]) == 1


def test_seven_points_have_trial_limits() -> None:
    group = process_chart([3, 1, 4, 1, 5, 9, 2], better=1).current
    assert group.state is LimitState.TRIAL
    assert round(group.mean, 4) == 3.5714
    assert group.limits is not None
    assert (round(group.limits.lower, 4), round(group.limits.upper, 4)) == (-6.6252, 13.7681)
    assert (round(group.limits.near_lower, 4), round(group.limits.near_upper, 4)) == (-3.2263, 10.3692)


@pytest.mark.parametrize(
    ("points", "state"),
    [
        (1, LimitState.TOO_FEW),
        (5, LimitState.TOO_FEW),
        (6, LimitState.TRIAL),
        (11, LimitState.TRIAL),
        (12, LimitState.LIMITS),
    ],
)
def test_how_many_points_make_limits(points: int, state: LimitState) -> None:
    chart = process_chart(BURGLARY[:points], better=-1)
    assert chart.current.state is state
    assert (chart.variation is None) == (state is LimitState.TOO_FEW)


def test_where_nothing_moves_there_are_no_limits() -> None:
    chart = process_chart([4] * 20, better=-1, target=5)
    assert chart.current.state is LimitState.NO_MOVEMENT
    assert chart.current.limits is None
    assert chart.alert is Signal.NONE
    assert chart.variation is None
    assert chart.assurance is None


def test_one_jump_among_equal_months_is_screened_to_nothing() -> None:
    assert screened_moving_range([4] * 10 + [9] * 10) == 0
    assert process_chart([4] * 10 + [9] * 10, better=-1).current.state is LimitState.NO_MOVEMENT


def test_a_counts_lower_limit_is_drawn_at_nought() -> None:
    values = [3, 1, 4, 1, 5, 9, 2]
    counted, measured = (process_chart(values, better=1, is_count=flag).current for flag in (True, False))
    assert counted.drawn_lower == 0
    assert measured.drawn_lower is not None
    assert measured.drawn_lower < 0
    assert counted.limits == measured.limits


# --- Barnet's burglaries ---------------------------------------------------------------------------


def test_barnets_three_years_of_burglary() -> None:
    chart = process_chart(BURGLARY, better=-1, is_count=True)
    group = chart.current
    assert group.mean == 283.75
    assert round(group.moving_range, 10) == 40.6
    assert group.limits is not None
    assert (round(group.limits.lower, 3), round(group.limits.upper, 3)) == (175.754, 391.746)
    flagged = {index: point.signal for index, point in enumerate(chart.points) if point.signal is not Signal.NONE}
    # April 2010 is 0.
    assert flagged == {
        **dict.fromkeys(range(1, 8), Signal.TREND),
        **dict.fromkeys([8, 10, 11, 12], Signal.SHIFT),
        9: Signal.OUTSIDE,
        31: Signal.OUTSIDE,
    }
    assert chart.alert is Signal.NONE
    assert chart.variation is Variation.COMMON_CAUSE


def test_a_rise_from_a_low_level_is_a_concern_though_below_the_mean() -> None:
    chart = process_chart(BURGLARY, better=-1)
    assert BURGLARY[1] < chart.current.mean
    assert chart.variation_of(1) is Variation.CONCERN_HIGH


# --- icons, alerts and rebasing --------------------------------------------------------------------

LOW_END = [*[20, 24] * 10, 1]
HIGH_END = [*[20, 24] * 10, 45]


@pytest.mark.parametrize(
    ("values", "better", "icon"),
    [
        (HIGH_END, 1, Variation.IMPROVEMENT_HIGH),
        (HIGH_END, -1, Variation.CONCERN_HIGH),
        (LOW_END, 1, Variation.CONCERN_LOW),
        (LOW_END, -1, Variation.IMPROVEMENT_LOW),
        (LOW_END, 0, Variation.NEUTRAL),
        (LOW_END[:-1], -1, Variation.COMMON_CAUSE),
    ],
)
def test_the_variation_icon_is_the_last_points(values: list[float], better: int, icon: Variation) -> None:
    assert process_chart(values, better=better).variation is icon


def test_only_the_latest_point_raises_an_alert() -> None:
    assert process_chart(HIGH_END, better=-1).alert is Signal.OUTSIDE
    assert process_chart([*HIGH_END, 22], better=-1).alert is Signal.NONE


def test_two_of_three_flags_only_the_points_near_the_limit() -> None:
    values = [*[20, 24] * 10, 32, 23, 32, 20]
    chart = process_chart(values, better=-1)
    limits = chart.current.limits
    assert limits is not None
    assert limits.near_upper < 32 < limits.upper
    assert chart.current.mean < 23
    assert [point.signal for point in chart.points[-4:]] == [
        Signal.TWO_OF_THREE,
        Signal.NONE,
        Signal.TWO_OF_THREE,
        Signal.NONE,
    ]


def test_a_point_outside_the_limits_is_not_near_them() -> None:
    chart = process_chart([*[20, 24] * 10, 45, 32, 24, 20], better=-1)
    assert [point.signal for point in chart.points[-4:]] == [Signal.OUTSIDE, Signal.NONE, Signal.NONE, Signal.NONE]
    assert chart.current.limits is not None
    assert chart.current.limits.near_upper < 32
    assert chart.current.mean < 24


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    # Mean 10: seven above, but the fourth of them is on it.
    values = [12, 13, 12, 10, 13, 12, 13, 8, 7, 9, 6, 5]
    assert math.fsum(values) / len(values) == 10
    assert Signal.SHIFT not in signals(values)


def test_rebasing_starts_limits_and_runs_anew() -> None:
    values = [*[20, 24] * 8, *[40, 44] * 8]
    before = process_chart(values, better=-1)
    assert {point.signal for point in before.points} != {Signal.NONE}
    after = process_chart(values, better=-1, rebase_at=[16], target=30)
    assert [(group.start, group.end, group.mean) for group in after.groups] == [(0, 16, 22), (16, 32, 42)]
    assert {point.signal for point in after.points} == {Signal.NONE}
    assert after.assurance is Assurance.FAILS


def test_a_group_just_begun_has_no_limits_yet() -> None:
    chart = process_chart([*[20, 24] * 8, 40, 44], better=-1, rebase_at=[16])
    assert chart.groups[0].state is LimitState.LIMITS
    assert chart.current.state is LimitState.TOO_FEW
    assert chart.variation is None


@pytest.mark.parametrize(
    ("values", "better", "rebase_at"), [([], 1, []), ([1, 2], 2, []), ([1, 2], 1, [2]), ([1, 2], 1, [-1])]
)
def test_impossible_charts_are_a_bug(values: list[float], better: int, rebase_at: list[int]) -> None:
    with pytest.raises(ValueError, match=r"process chart|better|rebasing"):
        process_chart(values, better=better, rebase_at=rebase_at)


@given(st.lists(st.integers(0, 400), min_size=12, max_size=60))
def test_turned_upside_down_the_chart_shows_the_same(values: list[int]) -> None:
    upright = process_chart(values, better=-1)
    turned = process_chart([-value for value in values], better=1)
    assert [point.signal for point in upright.points] == [point.signal for point in turned.points]
    assert [point.side for point in upright.points] == [-point.side for point in turned.points]
