"""An attacker who keeps every month's paper of the year learns no withheld count from all of them together."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from scs_desktop.domain.suppression import Suppressed, Withheld
from scs_desktop.domain.ward_publication import ELSEWHERE, TOTAL, YearSoFar, withheld_in_year


def year(monthly: Sequence[Sequence[int]], elsewhere: Sequence[int]) -> list[YearSoFar]:
    """Return the year so far after each month, from each ward's single months and those of no ward."""
    running = [list(accumulate(months)) for months in monthly]
    rest = list(accumulate(elsewhere))
    return [
        YearSoFar(
            {f"ward {ward}": counts[at] for ward, counts in enumerate(running)}, sum(c[at] for c in running) + rest[at]
        )
        for at in range(len(rest))
    ]


def possible(
    months: Sequence[YearSoFar], papers: Sequence[Suppressed[str]], number: int, key: str
) -> tuple[float, float]:
    """Return the least and greatest value that a solver finds for a withheld count, all papers being known."""
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is a development-only attacker")
    import numpy as np

    keys = sorted({one for month in months for one in month.cells()} - {TOTAL})
    place = {(at, one): at * len(keys) + index for at in range(len(months)) for index, one in enumerate(keys)}
    low, high = np.zeros(len(place)), np.full(len(place), np.inf)
    lines: list[object] = []
    least: list[float] = []
    most: list[float] = []
    for at, (month, paper) in enumerate(zip(months, papers, strict=True)):
        line = np.zeros(len(place))
        for one in keys:
            reason = paper.withheld.get(one)
            index = place[at, one]
            line[index] = 1
            if reason is None:
                low[index] = high[index] = month.cells().get(one, 0)
            elif reason is Withheld.SMALL:
                low[index], high[index] = 1, 4
            if at:
                rises = np.zeros(len(place))
                rises[index], rises[place[at - 1, one]] = 1, -1
                lines, least, most = [*lines, rises], [*least, 0], [*most, np.inf]
        lines, least, most = [*lines, line], [*least, month.total], [*most, month.total]
    ends = []
    for sign in (1, -1):
        aim = np.zeros(len(place))
        aim[place[number, key]] = sign
        solved = optimize.milp(
            aim,
            constraints=optimize.LinearConstraint(np.array(lines), least, most),
            bounds=optimize.Bounds(low, high),
            integrality=np.ones(len(place)),
        )
        assert solved.success
        ends.append(sign * solved.fun)
    return ends[0], ends[1]


def papers_of(months: Sequence[YearSoFar]) -> list[Suppressed[str]]:
    return [withheld_in_year(months[: number + 1]) for number in range(len(months))]


def test_a_later_paper_does_not_tell_what_an_earlier_one_withheld() -> None:
    # By itself April withholds 4 and 7 of 11; May would show 7 again, and so that April's small count was 4.
    months = year([(4, 5), (7, 0), (30, 8)], (0, 0))
    first, second = papers_of(months)
    assert {"ward 0", "ward 1"} <= set(first.withheld)
    assert "ward 1" in second.withheld
    assert withheld_in_year(months[1:]).withheld == {}


def test_a_year_without_small_counts_is_shown_whole() -> None:
    for month, paper in zip(months := year([(9, 8), (7, 6)], (5, 0)), papers_of(months), strict=True):
        assert paper.withheld == {}
        assert paper.shown == month.cells()


def test_a_total_that_would_tell_leaves_no_ward_shown() -> None:
    (paper,) = papers_of(year([(3,), (0,)], (0,)))
    assert paper.shown == {}
    assert paper.withheld[TOTAL] is Withheld.SMALL


def test_a_year_needs_a_month() -> None:
    with pytest.raises(ValueError, match="has a month"):
        withheld_in_year([])


singles = st.integers(0, 7)


@settings(max_examples=30, deadline=None)
@example([[4, 5, 0], [7, 0, 0], [30, 8, 1]], [0, 0, 0])
@example([[0, 0, 0], [0, 0, 1], [0, 2, 0]], [0, 3, 0])
@example([[0, 0, 0], [0, 0, 1], [0, 5, 0]], [0, 0, 0])
@example([[1, 0, 0], [5, 0, 0], [5, 0, 1], [9, 9, 9]], [2, 0, 1])
@given(
    st.lists(st.lists(singles, min_size=3, max_size=3), min_size=3, max_size=5),
    st.lists(st.integers(0, 3), min_size=3, max_size=3),
)
def test_nobody_works_out_a_withheld_count_from_all_the_years_papers(
    monthly: list[list[int]], elsewhere: list[int]
) -> None:
    months = year(monthly, elsewhere)
    papers = papers_of(months)
    for number, paper in enumerate(papers):
        cells = months[number].cells()
        assert all(paper.shown[key] == cells[key] for key in paper.shown)
        assert not any(0 < value < 5 for key, value in paper.shown.items())
        for key in set(paper.withheld) - {TOTAL}:
            low, high = possible(months, papers, number, key)
            assert low < high, (number, key, low)


def test_offences_without_a_ward_are_a_cell_like_another() -> None:
    (paper,) = papers_of(year([(20,), (30,)], (2,)))
    assert ELSEWHERE in paper.withheld
    assert len(paper.withheld) == 2
