"""The wards' charts as records: the funnel's lines agree with the words, and labels keep clear of each other."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scs_desktop.domain.periods import financial_year, months_between
from scs_desktop.domain.places import WardFigures, funnel_of, places_of, public_places
from scs_desktop.domain.ward_charts import (
    HIGH,
    LOW,
    OUTER,
    FunnelMark,
    label_places,
    limit_rate,
    multiples,
)
from scs_desktop.domain.wards import BAND, OUTER_BAND, FunnelPosition, funnel
from tests.domain.builders import made_id

YEAR = financial_year(2011)


def wards(*counts: int, size: int = 5000) -> list[WardFigures]:
    return [
        WardFigures(made_id(f"Ward {index}"), f"Ward {index:02}", count, Decimal(size + 100 * index))
        for index, count in enumerate(counts)
    ]


@settings(max_examples=20, deadline=None)
@example([0, 0, 185], 200)
@given(st.lists(st.integers(0, 400), min_size=3, max_size=6), st.integers(200, 9000))
def test_a_ward_lies_outside_a_drawn_limit_exactly_where_it_is_called_so(counts: list[int], size: int) -> None:
    sizes = [float(size + 137 * index) for index in range(len(counts))]
    made = funnel(counts, sizes)
    for one, exposure in zip(made.wards, sizes, strict=True):
        over = {level: one.rate > limit_rate(exposure, made, level, upper=True) for level in (BAND, OUTER_BAND)}
        under = {level: one.rate < limit_rate(exposure, made, level, upper=False) for level in (BAND, OUTER_BAND)}
        assert over[BAND] == (one.position in HIGH)
        assert under[BAND] == (one.position in LOW)
        assert (over[OUTER_BAND] or under[OUTER_BAND]) == (one.position in OUTER)


def test_the_limits_close_in_on_the_boroughs_rate_with_size() -> None:
    chart = funnel_of(places_of("Burglary", YEAR, wards(100, 110, 120, 105, 95)))
    assert chart is not None
    borough, upper, lower, outer_upper, outer_lower = chart.lines
    assert [line.label for line in chart.lines[1:]] == ["95 %", "95 %", "99.8 %", "99.8 %"]
    assert (borough.level, upper.dashed, outer_upper.dashed) == (True, False, True)
    rate = borough.points[0][1]
    for first, last in ((upper.points[0], upper.points[-1]), (outer_lower.points[0], outer_lower.points[-1])):
        assert abs(first[1] - rate) > abs(last[1] - rate)
    assert outer_lower.points[0][1] < lower.points[0][1] < rate < upper.points[0][1] < outer_upper.points[0][1]


@pytest.mark.parametrize(
    ("counts", "title"),
    [
        ((100, 101, 99, 100, 102), "None of 5 wards stands out from the borough"),
        ((100, 101, 190, 100, 102, 99, 98, 101, 103, 97, 100, 100), "1 ward high; the others show no clear difference"),
        ((100, 101, 40, 100, 102, 99, 98, 101, 103, 97, 100, 100), "1 ward low; the others show no clear difference"),
        ((100, 101, 40, 190, 102, 99, 98, 101, 103, 97, 100, 100), "1 ward high, 1 low; the others usual"),
    ],
)
def test_the_title_tells_the_finding_in_ten_words(counts: tuple[int, ...], title: str) -> None:
    chart = funnel_of(places_of("Burglary", YEAR, wards(*counts)))
    assert chart is not None
    assert chart.title == title
    assert len(title.split()) <= 10


def test_the_chart_in_words_names_who_stands_out_with_its_rate() -> None:
    chart = funnel_of(places_of("Burglary", YEAR, wards(100, 101, 190, 100, 102, 99, 98, 101, 103, 97, 100, 100)))
    assert chart is not None
    assert "Higher than the borough: Ward 02 36.5." in chart.text
    assert "No ward is clearly lower." in chart.text
    assert [one.name for one in chart.points if one.named] == ["Ward 02"]


def test_each_position_has_a_shape_of_its_own() -> None:
    chart = funnel_of(places_of("Burglary", YEAR, wards(100, 101, 190, 40, 102, 99, 98, 101, 103, 97, 100, 100)))
    assert chart is not None
    marks = {one.position: one.mark for one in chart.points}
    assert marks == {
        FunnelPosition.WITHIN: FunnelMark.RING,
        FunnelPosition.VERY_HIGH: FunnelMark.UP_FILLED,
        FunnelPosition.VERY_LOW: FunnelMark.DOWN_FILLED,
    }


def test_the_public_chart_draws_no_withheld_ward_and_tells_no_name_of_one() -> None:
    places = public_places("Burglary", YEAR, wards(100, 3, 100, 60, 102), total=365)
    hidden = {row.name for row in places.rows if row.count is None}
    assert hidden
    chart = funnel_of(places)
    assert chart is not None
    assert not hidden & {one.name for one in chart.points}
    assert not any(name in chart.text for name in hidden)


def test_where_the_boroughs_own_total_would_tell_no_ward_is_shown() -> None:
    places = public_places("Burglary", YEAR, wards(3, 0, 0), total=3)
    assert [row.count for row in places.rows] == [None, None, None]
    assert (places.total_text, funnel_of(places)) == ("fewer than 5", None)


def test_a_ward_without_figures_is_no_nought() -> None:
    some = wards(100, 90, 95)
    some[1] = WardFigures(some[1].area, some[1].name, None, some[1].exposure, gap="no figure for May 2011")
    places = places_of("Burglary", YEAR, some, total=300)
    assert places.rows[1].count_text == "no figures"
    assert places.rows[1].sentence == "Ward 01: no figures: no figure for May 2011."
    assert not places.elsewhere, "what is missing here may be the ward's: nobody says that it has none"


def test_small_charts_say_what_they_show_and_where_they_begin_and_end() -> None:
    months = months_between(date(2011, 4, 1), date(2011, 6, 30))
    charts = multiples([(made_id("a"), "Hale", tuple(zip(months, (3, None, 12), strict=True)))])
    assert charts is not None
    assert (
        charts.text
        == "Small charts of 1 ward by month on one scale, April 2011 to June 2011, the most in one month 12."
    )
    assert charts.ends == ("Apr 2011", "Jun 2011")
    assert multiples([(made_id("a"), "Hale", ())]) is None


def test_labels_keep_clear_of_points_and_of_each_other() -> None:
    points = [(20.0, 50.0), (24.0, 52.0), (26.0, 48.0), (180.0, 50.0)]
    placed = label_places(points, [(0, 60.0), (1, 60.0), (3, 60.0)], 10.0, width=200.0)
    boxes = [(x, y - 5, x + 60, y + 5) for x, y in placed]
    for one, other in combinations(boxes, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    assert all(left >= 0 and right <= 200 for left, _, right, _ in boxes)
