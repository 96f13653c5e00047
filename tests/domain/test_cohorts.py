"""A programme's cohort against others."""

from __future__ import annotations

import random

import pytest

from scs_desktop.domain.cohorts import Cohort, compare_cohorts, fisher_two_sided

WHY = "a second opinion for development: not installed here"


def test_a_clear_difference_with_its_interval() -> None:
    found = compare_cohorts(Cohort("Family Focus", 80, 16), Cohort("Others", 120, 54))
    assert found.test.difference == pytest.approx(-0.25)
    assert not found.exact
    assert found.clear_direction == -1
    assert found.sentence == (
        "Family Focus: 16 of 80 re-offended (20.0 %). Others: 54 of 120 (45.0 %). "
        "Clearly fewer: −25.0 points (−36.5 points to −11.8 points; p = .0003)."
    )
    assert "not drawn by lot" in found.caution


def test_no_clear_difference_is_said_as_such() -> None:
    found = compare_cohorts(Cohort("Programme", 40, 12), Cohort("Others", 50, 20))
    assert found.clear_direction == 0
    assert "No clear difference: −10.0 points" in found.sentence


def test_small_numbers_are_tested_exactly() -> None:
    found = compare_cohorts(Cohort("Programme", 12, 1), Cohort("Others", 14, 9))
    assert found.exact
    assert found.p == pytest.approx(0.00526, abs=5e-4)


@pytest.mark.parametrize(
    ("first", "second", "p"),
    [
        (Cohort("Programme", 2000, 1998), Cohort("Others", 3000, 1500), 0.0),
        (Cohort("Programme", 1_000_000, 3), Cohort("Others", 1_000_000, 10), 0.092284),
    ],
)
def test_the_exact_test_holds_for_large_groups_too(first: Cohort, second: Cohort, p: float) -> None:
    found = compare_cohorts(first, second)
    assert found.exact
    assert found.p == pytest.approx(p, abs=1e-6)
    assert found.clear_direction == (1 if p < 0.05 else 0)


def test_under_ten_people_no_test_can_tell() -> None:
    assert compare_cohorts(Cohort("Programme", 6, 0), Cohort("Others", 60, 40)).sentence.endswith(
        "Too few people for a test to tell."
    )


@pytest.mark.parametrize(("size", "events"), [(0, 0), (5, 6), (5, -1)])
def test_impossible_cohorts_are_a_bug(size: int, events: int) -> None:
    with pytest.raises(ValueError, match="no cohort"):
        Cohort("A", size, events)


def test_fishers_test_agrees_with_scipys() -> None:
    stats = pytest.importorskip("scipy.stats", reason=WHY)
    chance = random.Random(5)  # noqa: S311 - a repeatable spread of examples
    for _ in range(150):
        n, m = chance.randint(1, 60), chance.randint(1, 60)
        first, second = Cohort("a", n, chance.randint(0, n)), Cohort("b", m, chance.randint(0, m))
        table = [[first.events, first.size - first.events], [second.events, second.size - second.events]]
        assert fisher_two_sided(first, second) == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-9)
