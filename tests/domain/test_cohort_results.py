"""Intakes of two cohorts side by side: what is compared, added up, withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.domain.agencies import Agency, Frequency, PeriodForm, Series
from scs_desktop.domain.cohort_results import CohortResults, PairResult
from scs_desktop.domain.cohorts import CohortPair
from scs_desktop.domain.compared_cohorts import GONE, cohort_results
from scs_desktop.domain.figures import Figure, FigureKey, FigureKind, Measured, Part, number
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import Period, PeriodKind, add_months, month_end
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Priority, PriorityKind, Strategy

HOME, STRATEGY, PRIORITY, AGENCY, MINE, OTHERS = (UUID(int=one) for one in range(1, 7))
LATE = date(2020, 3, 31)

Counts = tuple[int, int]
"""Events and people."""


def series(identity: UUID, name: str) -> Series:
    return Series(identity, AGENCY, f"Help: {name}", None, None, Frequency.YEAR, PeriodForm.COHORT, follow_up_months=12)


def figures(owner: UUID, start: date, months: int, counts: Counts | None, follow: int = 12) -> list[Figure]:
    end = month_end(add_months(start, months - 1))
    period = Period(start, end, PeriodKind.COHORT, month_end(add_months(end, follow)))
    if counts is None:
        return []
    parts = zip((Part.NUMERATOR, Part.DENOMINATOR), counts, strict=True)
    return [Figure(uuid4(), FigureKey(owner, HOME, period, part), number(count), 1) for part, count in parts]


def snapshot(mine: Sequence[Figure], others: Sequence[Figure]) -> Snapshot:
    strategy = Strategy(
        STRATEGY, "S", "P", HOME, date(2011, 4, 1), date(2014, 3, 31), date(2010, 4, 1), date(2011, 3, 31)
    )
    return Snapshot(
        kind=StoreKind.REAL,
        known_on=LATE,
        as_at=None,
        strategy=strategy,
        priorities=(Priority(PRIORITY, STRATEGY, 5, "Early help", PriorityKind.APPROACH, ()),),
        uses=(),
        indicators={},
        definitions={},
        series={MINE: series(MINE, "reached"), OTHERS: series(OTHERS, "not reached")},
        agencies={AGENCY: Agency(AGENCY, "Council")},
        areas={},
        expected=(),
        baselines={},
        targets={},
        denominators=(),
        headlines=(),
        decisions=(),
        figures={MINE: tuple(mine), OTHERS: tuple(others)},
        cohort_pairs=(CohortPair(UUID(int=9), STRATEGY, PRIORITY, "Help", MINE, OTHERS),),
    )


def yearly(intakes: Sequence[tuple[Counts | None, Counts | None]], *, public: bool = False) -> PairResult:
    """Return what intakes of one year each show, from 2010/11 on."""
    mine: list[Figure] = []
    others: list[Figure] = []
    for index, (first, second) in enumerate(intakes):
        start = date(2010 + index, 4, 1)
        mine += figures(MINE, start, 12, first)
        others += figures(OTHERS, start, 12, second)
    return only(cohort_results(snapshot(mine, others), LATE, public=public))


def only(found: CohortResults) -> PairResult:
    (pair,) = found.pairs
    return pair


def test_intakes_are_added_up_where_nobody_can_be_in_two() -> None:
    found = yearly([((10, 40), (20, 50)), ((8, 40), (25, 50))])
    assert found.pooled is not None
    assert (found.pooled.group.events, found.pooled.other.size) == (18, 100)
    assert found.sentence.startswith("Reached: 18 of 80 re-offended (22.5 %). Not reached: 45 of 100")


def test_overlapping_intakes_are_not_added_up_and_it_is_said() -> None:
    mine = figures(MINE, date(2010, 4, 1), 12, (10, 40)) + figures(MINE, date(2010, 7, 1), 12, (11, 42))
    others = figures(OTHERS, date(2010, 4, 1), 12, (20, 50)) + figures(OTHERS, date(2010, 7, 1), 12, (21, 52))
    found = only(cohort_results(snapshot(mine, others), LATE))
    assert found.pooled is None
    assert "some are in two of them" in found.pooled_note
    assert found.trends == ()
    assert found.sentence.startswith("July 2010 – June 2011. Reached: 11 of 42")


def test_an_intake_without_the_other_group_is_named_and_left_out_of_the_sum() -> None:
    found = yearly([((10, 40), (20, 50)), ((8, 40), None), ((9, 40), (21, 50))])
    assert found.intakes[1].verdict == "no figures: Not reached"
    assert found.pooled is not None
    assert found.pooled.group.size == 80
    assert found.pooled_note == "Left out of the intakes together: 1 without both groups."


def test_groups_followed_for_different_times_are_not_compared() -> None:
    mine = figures(MINE, date(2010, 4, 1), 12, (10, 40), follow=12)
    others = figures(OTHERS, date(2010, 4, 1), 12, (20, 50), follow=6)
    found = only(cohort_results(snapshot(mine, others), LATE))
    assert found.intakes[0].verdict == "followed for different times"
    assert found.sentence == "No intake can be compared: followed for different times."


def test_under_ten_people_no_test_can_tell() -> None:
    found = yearly([((6, 9), (20, 50))])
    assert found.rows[0].verdict == "too few to tell"
    assert found.rows[0].p_text == ""
    assert found.sentence.endswith("Too few people for a test to tell.")


@pytest.mark.parametrize(("counts", "told"), [((12, 9), "12 of 9 cannot be"), ((0, 0), "0 of 0 cannot be")])
def test_counts_that_cannot_be_are_told_and_stop_nothing(counts: Counts, told: str) -> None:
    assert told in yearly([(counts, (20, 50)), ((8, 40), (20, 50))]).intakes[0].verdict


def test_a_share_and_a_size_give_the_count_that_is_not_supplied() -> None:
    mine = figures(MINE, date(2010, 4, 1), 12, (0, 40))
    share = replace(mine[0].key, part=Part.VALUE)
    found = only(
        cohort_results(
            snapshot(
                [Figure(uuid4(), share, number("27.5"), 1), mine[1]], figures(OTHERS, date(2010, 4, 1), 12, (20, 50))
            ),
            LATE,
        )
    )
    assert found.rows[0].group.events == 11


def test_a_mark_in_the_place_of_a_count_is_no_count() -> None:
    mine = figures(MINE, date(2010, 4, 1), 12, (8, 40))
    mine[0] = replace(mine[0], measured=Measured(FigureKind.SUPPRESSED, text="<5"))
    found = only(cohort_results(snapshot(mine, figures(OTHERS, date(2010, 4, 1), 12, (20, 50))), LATE))
    assert found.rows[0].verdict == "a count is missing: Reached"


def test_a_sum_that_no_intake_shows_is_warned_of() -> None:
    """Simpson's paradox: in each year alike, together apart, because the groups' years weigh differently."""
    found = yearly([((2, 10), (20, 100)), ((60, 100), (6, 10))])
    assert "differ by more or less than any one of them" in found.caution


def test_a_data_set_taken_out_of_the_store_is_told() -> None:
    whole = snapshot([], [])
    found = only(cohort_results(replace(whole, series={MINE: whole.series[MINE]}), LATE))
    assert (found.sentence, found.rows) == (GONE, ())


# --- what a public copy withholds ---------------------------------------------------------------------


def test_one_small_intake_is_withheld() -> None:
    found = yearly([((3, 40), (20, 50))], public=True)
    assert found.rows[0].group.events_text == "fewer than 5"
    assert found.rows[0].other.events == 20


def test_few_who_had_not_the_event_are_withheld_too() -> None:
    found = yearly([((38, 40), (20, 50))], public=True)
    assert found.rows[0].group.events_text == "withheld"


def test_an_intake_of_under_five_people_hides_its_size_too() -> None:
    found = yearly([((2, 4), (20, 50)), ((9, 40), (21, 50))], public=True)
    assert found.rows[0].group.size_text == "fewer than 5"
    assert found.pooled is None


_counts = st.integers(1, 14).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size)))


@settings(max_examples=60)
@given(st.lists(st.tuples(_counts, _counts), min_size=1, max_size=6))
def test_no_succession_of_public_copies_gives_a_withheld_count_away(intakes: list[tuple[Counts, Counts]]) -> None:
    """A copy is made after each intake: none shows a small count, nor a sum with one in it."""
    for last in range(1, len(intakes) + 1):
        found = yearly(intakes[:last], public=True)
        shown: list[int] = []
        for row, counts in zip(found.intakes, intakes, strict=False):
            for group, (events, size) in zip((row.group, row.other), counts, strict=True):
                small = 0 < events < 5 or 0 < size - events < 5
                assert (group.events is None) == (group.share is None) == (group.interval is None) == small
            if row.comparison is not None:
                shown.append(row.comparison.cohort.events)
        assert found.pooled is None or found.pooled.group.events == sum(shown)
        assert not CohortResults("", "", StoreKind.REAL, LATE, LATE, None, (found,), public=True).small_shown
