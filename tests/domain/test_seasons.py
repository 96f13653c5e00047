"""A seasonal series is said to be one, and shown without its season from three years on (methods, section 5)."""

from __future__ import annotations

import random

import pytest

from scs_desktop.domain.process import Signal, process_chart
from scs_desktop.domain.seasons import seasonal_pattern_likely, seasonally_adjusted
from tests.domain.barnet_burglary import BURGLARY


def test_barnets_burglary_has_a_season() -> None:
    assert seasonal_pattern_likely(BURGLARY[:17]) is None
    assert seasonal_pattern_likely(BURGLARY[:24])
    assert seasonal_pattern_likely(BURGLARY)


def test_chance_and_a_steady_rise_seldom_look_like_a_season() -> None:
    chance = random.Random(11)  # noqa: S311 - a repeatable simulation
    found = 0
    for _ in range(400):
        rise = chance.choice([0, 3])
        values = [200 + rise * month + chance.gauss(0, 15) for month in range(36)]
        found += bool(seasonal_pattern_likely(values))
    assert found / 400 < 0.12


def test_a_flat_series_has_no_season() -> None:
    assert seasonal_pattern_likely([5.0] * 36) is False


def test_adjustment_needs_three_years() -> None:
    assert seasonally_adjusted(BURGLARY[:35]) is None


def test_each_month_is_divided_by_its_half_flat_share() -> None:
    adjusted = seasonally_adjusted(BURGLARY)
    assert adjusted is not None
    years = [BURGLARY[:12], BURGLARY[12:24], BURGLARY[24:]]
    january = sum(year[9] / sum(year) for year in years) / 3 / 2 + 1 / 24
    assert adjusted[9] == pytest.approx(397 / (12 * january))
    assert adjusted[33] == pytest.approx(361 / (12 * january))


def test_the_month_it_starts_with_does_not_matter() -> None:
    longer = [*BURGLARY[31:], *BURGLARY]
    adjusted, whole = seasonally_adjusted(longer), seasonally_adjusted(BURGLARY)
    assert adjusted is not None
    assert whole is not None
    assert adjusted[5:] == pytest.approx(whole)
    assert adjusted[:5] == pytest.approx(whole[31:])


def test_the_false_rise_of_2010_goes_with_the_season() -> None:
    adjusted = seasonally_adjusted(BURGLARY)
    assert adjusted is not None
    raw = process_chart(BURGLARY, better=-1)
    clean = process_chart(adjusted, better=-1)
    assert raw.points[5].signal is Signal.TREND
    assert Signal.TREND not in {point.signal for point in clean.points}
