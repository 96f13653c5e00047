"""Checks on figures as they arrive, with the numbers the methods page gives."""

from decimal import Decimal

import pytest

from scs_desktop.domain.arrival import (
    NamedNumber,
    digit_slips,
    falls_silent,
    fractions_for_percent,
    outlier,
    over_hundred,
    rate_against_count,
    same_again,
    share_clash,
    starts_from_nothing,
    sum_clash,
)
from tests.domain.barnet_burglary import BURGLARY

PEOPLE = NamedNumber("population", Decimal(343_100))
HOMES = NamedNumber("households", Decimal(135_341))


def numbers(*values: int | str) -> list[Decimal]:
    return [Decimal(value) for value in values]


HISTORY = numbers(*BURGLARY[:24])


@pytest.mark.parametrize("value", [208, 318, 397, 170, 480])
def test_what_burglary_may_well_be_is_not_asked(value: int) -> None:
    assert outlier(HISTORY, Decimal(value)) is None


@pytest.mark.parametrize("value", [0, 29, 3000, 1577, 900])
def test_a_digit_too_many_or_few_a_nought_and_a_year_to_date_are_asked(value: int) -> None:
    found = outlier(HISTORY, Decimal(value))
    assert found is not None
    assert found.points == 24
    assert 270 <= found.usual <= 300


@pytest.mark.parametrize(
    ("history", "value", "asked"),
    [
        (numbers(100, 110, 105), 190, False),
        (numbers(100, 110, 105), 250, True),
        (numbers(100, 110, 105), 40, True),
        (numbers(2, 1, 3, 2), 5, False),
        (numbers(100, 110), 1000, False),
        ([], 7, False),
    ],
)
def test_a_short_history_is_judged_by_half_and_twice_its_median(
    history: list[Decimal], value: int, *, asked: bool
) -> None:
    assert (outlier(history, Decimal(value)) is not None) is asked


def test_a_percentage_needs_no_counting_error_to_be_far() -> None:
    assert outlier(numbers(24, 25, 23), Decimal(11), counts=False) is not None
    assert outlier(numbers(24, 25, 23), Decimal(11), counts=True) is None


def test_the_printed_total_crime_does_not_fit_its_rate_and_the_slip_is_found() -> None:
    clash = rate_against_count(
        Decimal(27705), Decimal("74.922"), decimals=3, per=Decimal(1000), denominators=(PEOPLE, HOMES)
    )
    assert clash is not None
    assert 369_700 < clash.low < 369_800
    assert [(slip.count, slip.denominator.name) for slip in clash.slips] == [(25705, "population")]


@pytest.mark.parametrize(("count", "rate"), [(8192, "23.877"), (3362, "24.841"), (4438, "12.935"), (1218, "3.55")])
def test_a_count_and_a_rate_that_some_denominator_joins_are_not_asked(count: int, rate: str) -> None:
    printed = Decimal(rate)
    decimals = -int(printed.as_tuple().exponent)
    known = (PEOPLE, HOMES)
    assert rate_against_count(Decimal(count), printed, decimals=decimals, per=Decimal(1000), denominators=known) is None


def test_a_slip_changes_one_digit_or_swaps_two_neighbours() -> None:
    found = digit_slips(Decimal(27705))
    assert {25705, 27750, 72705, 27700} <= set(found)
    assert 27705 not in found
    assert 7705 not in found
    assert digit_slips(Decimal("2.5")) == ()


@pytest.mark.parametrize(
    ("values", "history", "asked"),
    [
        (numbers("0.24", "0.31"), numbers(24, 30), True),
        (numbers("0.24", 31), numbers(24, 30), False),
        (numbers("0.24"), [], False),
        (numbers("0.4", "0.6"), numbers("0.5", "0.7"), False),
        (numbers(0, 1), numbers(24, 30), False),
    ],
)
def test_fractions_are_noticed_where_the_history_is_in_percent(
    values: list[Decimal], history: list[Decimal], *, asked: bool
) -> None:
    assert fractions_for_percent(values, history) is asked


def test_shares_and_sums() -> None:
    assert over_hundred(Decimal("100.1"))
    assert not over_hundred(Decimal(100))
    assert not share_clash(Decimal("21.3"), Decimal(196), Decimal(920), decimals=1, per=Decimal(100))
    assert share_clash(Decimal("31.2"), Decimal(196), Decimal(920), decimals=1, per=Decimal(100))
    assert sum_clash(Decimal(653), numbers(220, 211, 222)) is None
    clash = sum_clash(Decimal(635), numbers(220, 211, 222))
    assert clash is not None
    assert clash.sum == 653


def test_a_column_sent_again_is_noticed_where_chance_cannot_do_it() -> None:
    before = {"a": Decimal(3), "b": Decimal(7), "c": Decimal(9), "d": Decimal(4)}
    assert same_again(before, dict(before)) == 4
    assert same_again(before, {**before, "d": Decimal(5)}) == 0
    few = {"a": Decimal(3), "b": Decimal(7)}
    assert same_again(few, few) == 0
    noughts = dict.fromkeys("abcdef", Decimal(0))
    assert same_again(noughts, noughts) == 0


@pytest.mark.parametrize(
    ("values", "at"),
    [
        (numbers(60, 72, 88, 70, 65, 81, 0, 0, 0), 6),
        (numbers(60, 72, 88, 70, 65, 81, 0, 0), None),
        (numbers(1, 0, 2, 0, 1, 1, 0, 0, 0), None),
        (numbers(60, 72, 88, 70, 65, 81), None),
        (numbers(60, 0, 0, 0), None),
        ([], None),
    ],
)
def test_a_row_that_falls_to_nothing_and_stays(values: list[Decimal], at: int | None) -> None:
    assert falls_silent(values) == at
    mirrored = starts_from_nothing(list(reversed(values)))
    assert mirrored == (None if at is None else len(values) - at)
