"""Wards beside each other, for the board and for the public."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.domain.periods import financial_year, months_between
from scs_desktop.domain.places import WardFigures, places_of, public_places, withheld
from scs_desktop.domain.suppression import Attacker
from scs_desktop.domain.ward_publication import ELSEWHERE, TOTAL
from scs_desktop.domain.wards import FunnelPosition
from tests.domain.builders import made_id

YEAR = financial_year(2011)
NAMES = ("Underhill", "Oakleigh", "Burnt Oak", "Coppetts", "Hale")


def wards(*counts: int, exposure: int | None = 5000) -> list[WardFigures]:
    names = [NAMES[index] if index < len(NAMES) else f"Ward {index}" for index in range(len(counts))]
    return [
        WardFigures(made_id(name), name, count, None if exposure is None else Decimal(exposure), count * 10)
        for name, count in zip(names, counts, strict=True)
    ]


def test_wards_stand_by_name_with_rate_bands_and_position() -> None:
    counts = (160, 150, 320, 165, 155, 150, 160, 170, 158, 162, 149, 151)
    places = places_of("Residential burglary", YEAR, wards(*counts), total=2055, exposure_name="households")
    assert [row.name for row in places.rows][:5] == ["Burnt Oak", "Coppetts", "Hale", "Oakleigh", "Underhill"]
    oak, underhill = places.rows[0].rate, places.rows[4].rate
    assert oak is not None
    assert underhill is not None
    assert (oak.rate, oak.band.low < 64 < oak.band.high) == (64, True)
    assert (oak.position, underhill.position) == (FunnelPosition.VERY_HIGH, FunnelPosition.WITHIN)
    assert places.area_rate == pytest.approx(34.25)
    assert places.elsewhere == "5"
    assert places.rows[0].sentence.endswith("higher than the borough (99.8 % limits).")
    assert places.rows[4].sentence == (
        "Underhill: 160, 32.0 per 1,000 households (27.2 to 37.4); no clear difference from the borough."
    )
    assert places.sentence == (
        "Of 12 wards, 1 is clearly above and none is clearly below the borough's 34.3 per 1,000 households; "
        "the others show no clear difference."
    )


def test_where_no_ward_stands_out_the_sentence_says_just_that() -> None:
    assert places_of("Burglary", YEAR, wards(50, 50, 50)).sentence == (
        "None of 3 wards is clearly above or below the borough's 10.0 per 1,000 population."
    )


def test_wards_that_differ_by_more_than_chance_have_wider_limits_and_the_sentence_says_so() -> None:
    places = places_of("Residential burglary", YEAR, wards(160, 150, 320, 165, 60))
    assert places.widened
    assert places.sentence.endswith("Limits are widened because wards differ by more than chance.")


def test_a_sum_of_some_wards_is_held_against_the_homes_of_those_wards() -> None:
    some = [replace(ward, count=None) if ward.name == "Hale" else ward for ward in wards(50, 50, 50, 50, 50)]
    assert places_of("Burglary", YEAR, some).area_rate == pytest.approx(10)
    assert places_of("Burglary", YEAR, some, total=250).area_rate == pytest.approx(10)
    # 50 of these are the ward's that has no figures: nobody knows whose the rest are.
    assert places_of("Burglary", YEAR, some, total=260).elsewhere == ""


def test_counts_have_byars_limits_with_or_without_a_rate() -> None:
    row = places_of("Burglary", YEAR, wards(65, 40, exposure=None)).rows[1]
    assert row.count_band is not None
    assert row.count_band.low == pytest.approx(50.163188)
    assert row.count_band.high == pytest.approx(82.849139)
    assert row.rate is None
    assert row.sentence == "Underhill: 65 (95 % limits 50 to 83)."


def test_a_location_quotient_tells_a_wards_own_mix() -> None:
    places = places_of("Burglary", YEAR, wards(60, 30), total=90, all_crime=1800)
    assert [row.quotient.value for row in places.rows if row.quotient is not None] == [2.0, 2.0]
    assert places_of("Burglary", YEAR, wards(60, 30)).rows[0].quotient is None


def test_small_charts_share_their_scale_and_show_gaps() -> None:
    months = months_between(date(2011, 4, 1), date(2011, 9, 30))
    one, two = wards(40, 9)
    one = replace(one, months=tuple(zip(months, (5, 9, None, 12, 8, 6), strict=True)))
    two = replace(two, months=tuple(zip(months, (1, 2, 1, 3, 2, 0), strict=True)))
    charts = places_of("Burglary", YEAR, [one, two]).charts
    assert charts is not None
    assert [panel.name for panel in charts.panels] == ["Oakleigh", "Underhill"]
    assert charts.panels[1].points[2][1] is None
    assert charts.y_axis.low == 0
    assert charts.y_axis.high >= 12
    assert public_places("Burglary", YEAR, [one, two]).charts is None


def test_the_public_paper_withholds_small_wards_and_one_beside_them() -> None:
    given_ = wards(3, 12, 40, 60, 80)
    board = places_of("Sexual offences", YEAR, given_)
    public = public_places("Sexual offences", YEAR, given_)
    assert (board.small, board.public, public.public) == (True, False, True)
    texts = {row.name: row.count_text for row in public.rows}
    assert texts["Underhill"] == "fewer than 5"
    assert texts["Oakleigh"] == "withheld"
    assert texts["Hale"] == "80"
    for row in public.rows:
        if row.count is None:
            assert (row.rate, row.quotient, row.count_band) == (None, None, None)
            assert row.sentence == f"{row.name}: {row.count_text}."
    assert public.total_text == "195"


def test_nothing_printed_for_the_public_depends_on_a_withheld_count() -> None:
    """Two boroughs that differ in withheld cells alone print the same paper."""
    first = public_places("Hate crime", YEAR, wards(3, 12, 40, 60, 80), all_crime=2000)
    other = public_places("Hate crime", YEAR, wards(4, 11, 40, 60, 80), all_crime=2000)
    assert first == other


def test_offences_without_a_ward_are_told_too() -> None:
    assert places_of("Burglary", YEAR, wards(10, 20), total=30).elsewhere == ""
    assert public_places("Burglary", YEAR, wards(10, 20), total=33).elsewhere == "fewer than 5"


@settings(deadline=None, max_examples=40)
@given(st.lists(st.integers(0, 30), min_size=2, max_size=6), st.integers(0, 8))
def test_no_withheld_ward_can_be_worked_out(counts: list[int], rest: int) -> None:
    rows = wards(*counts)
    total = sum(counts) + rest
    hidden = withheld(rows, total)
    cells = {str(ward.area): ward.count or 0 for ward in rows}
    parts = tuple(cells)
    if rest:
        cells[ELSEWHERE] = rest
        parts = (*parts, ELSEWHERE)
    cells[TOTAL] = total
    attacker = Attacker(cells, {TOTAL: parts}, hidden.withheld)
    assert all(attacker.leaves_open(cell) for cell in hidden.withheld)


@pytest.mark.parametrize(("counts", "total"), [((), None), ((3, -1), None), ((5, 6), 10)])
def test_impossible_places_are_a_bug(counts: tuple[int, ...], total: int | None) -> None:
    with pytest.raises(ValueError, match=r"ward|sum"):
        places_of("Burglary", YEAR, wards(*counts), total=total)
