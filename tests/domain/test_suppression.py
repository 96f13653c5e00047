"""Small numbers are hidden, and nobody can work them out from what is printed."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.domain.suppression import Suppressed, Withheld, suppress

Table = tuple[dict[str, int], dict[str, tuple[str, ...]]]


def table(rows: list[list[int]]) -> Table:
    """Return a table of wards by months with row, column and grand totals."""
    counts = {f"{row},{column}": value for row, line in enumerate(rows) for column, value in enumerate(line)}
    width = len(rows[0])
    sums: dict[str, tuple[str, ...]] = {}
    for row, line in enumerate(rows):
        sums[f"row {row}"] = tuple(f"{row},{column}" for column in range(width))
        counts[f"row {row}"] = sum(line)
    for column in range(width):
        sums[f"column {column}"] = tuple(f"{row},{column}" for row in range(len(rows)))
        counts[f"column {column}"] = sum(line[column] for line in rows)
    sums["all"] = tuple(f"row {row}" for row in range(len(rows)))
    sums["all again"] = tuple(f"column {column}" for column in range(width))
    counts["all"] = counts["all again"] = sum(map(sum, rows))
    return counts, sums


def possible_range(found: Suppressed[str], sums: Mapping[str, tuple[str, ...]], key: str) -> tuple[int, int]:
    """Return the least and greatest value that an outside solver finds possible for a hidden cell."""
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is a development-only attacker")
    import numpy as np

    hidden = list(found.withheld)
    place = {one: index for index, one in enumerate(hidden)}
    lines, rights = [], []
    for total, parts in sums.items():
        line = np.zeros(len(hidden))
        right = 0
        for part in parts:
            if part in place:
                line[place[part]] += 1
            else:
                right -= found.shown[part]
        if total in place:
            line[place[total]] -= 1
        else:
            right += found.shown[total]
        lines.append(line)
        rights.append(right)
    bounds = optimize.Bounds(
        [1 if found.withheld[one] is Withheld.SMALL else 0 for one in hidden],
        [4 if found.withheld[one] is Withheld.SMALL else np.inf for one in hidden],
    )
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(hidden))
        aim[place[key]] = sign
        solved = optimize.milp(
            aim,
            constraints=optimize.LinearConstraint(np.array(lines), rights, rights),
            bounds=bounds,
            integrality=np.ones(len(hidden)),
        )
        ends.append(round(sign * solved.fun) if solved.success else sign * 10**9)
    return min(ends), max(ends)


def test_a_single_small_count_takes_its_smallest_neighbour_with_it() -> None:
    counts = {"Mill End": 3, "Hale": 40, "Oakleigh": 12, "all": 55}
    found = suppress(counts, {"all": ("Mill End", "Hale", "Oakleigh")})
    assert dict(found.withheld) == {"Mill End": Withheld.SMALL, "Oakleigh": Withheld.PROTECTS}
    assert [found.text(key) for key in counts] == ["fewer than 5", "40", "withheld", "55"]


def test_zero_and_five_are_shown() -> None:
    assert not suppress({"a": 0, "b": 5, "all": 5}, {"all": ("a", "b")}).withheld


def test_two_small_counts_that_their_total_gives_away_are_not_enough() -> None:
    """4 + 4 = 8 and 1 + 1 = 2 leave no other way."""
    for small in (4, 1):
        found = suppress({"a": small, "b": small, "c": 30, "all": 2 * small + 30}, {"all": ("a", "b", "c")})
        assert set(found.withheld) == {"a", "b", "c"}


def test_two_small_counts_with_room_between_them_protect_each_other() -> None:
    assert set(suppress({"a": 2, "b": 3, "c": 30, "all": 35}, {"all": ("a", "b", "c")}).withheld) == {"a", "b"}


def test_a_part_alone_under_its_total_hides_the_total() -> None:
    found = suppress({"a": 3, "all": 3, "b": 9, "both": 12}, {"all": ("a",), "both": ("all", "b")})
    assert {"a", "all", "b"} <= set(found.withheld)


def test_where_the_words_themselves_tell_the_number_the_total_is_only_withheld() -> None:
    """Four wards of 1 to 4 under a total of 1 to 4 can only be four ones."""
    wards = {f"ward {number}": 1 for number in range(4)}
    found = suppress({**wards, "all": 4}, {"all": tuple(wards)})
    assert found.text("all") == "withheld"
    assert {found.text(ward) for ward in wards} == {"fewer than 5"}


def test_a_cell_kept_back_for_another_reason_is_not_given_away_either() -> None:
    counts = {"a": 30, "b": 40, "c": 50, "all": 120}
    found = suppress(counts, {"all": ("a", "b", "c")}, kept_back=["b"], sensitive=[])
    assert set(found.withheld) == {"a", "b"}


@pytest.mark.parametrize("counts", [{"a": -1, "all": -1}, {"a": 3, "all": 4}, {"all": 4}])
def test_a_table_that_does_not_add_up_is_a_bug(counts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"negative|sum"):
        suppress(counts, {"all": ("a",)})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.integers(0, 14), min_size=3, max_size=3), min_size=2, max_size=5))
def test_no_attacker_recovers_a_hidden_count(rows: list[list[int]]) -> None:
    counts, sums = table(rows)
    found = suppress(counts, sums)
    assert {key for key, count in counts.items() if 0 < count < 5} <= set(found.withheld)
    for key in found.withheld:
        low, high = possible_range(found, sums, key)
        assert low < high, (key, counts[key], low, high)
