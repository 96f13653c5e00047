"""Cells left out together become few rectangles that hold each of them once and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.figures import FigureKind
from scs_desktop.returns.leaving import left_together
from scs_desktop.returns.records import Record

PLACES = st.sets(st.tuples(st.sampled_from(["A", "B"]), st.integers(1, 6), st.integers(1, 6)))


def records(places: set[tuple[str, int, int]]) -> list[Record]:
    return [Record(sheet, row, column, "1", FigureKind.NUMBER) for sheet, row, column in sorted(places)]


@given(places=PLACES)
def test_each_cell_is_left_out_once(places: set[tuple[str, int, int]]) -> None:
    left = left_together(records(places), "no use")

    covered = [
        (one.sheet, row, column)
        for one in left
        for row in range(one.range.top, one.range.bottom + 1)
        for column in range(one.range.left, one.range.right + 1)
    ]
    assert sorted(covered) == sorted(places)
    assert sum(one.cells for one in left) == len(places)


def test_a_block_of_cells_is_one_entry() -> None:
    left = left_together(records({("A", row, column) for row in range(2, 9) for column in range(3, 6)}), "no use")

    assert [(one.sheet, str(one.range), one.reason, one.cells) for one in left] == [("A", "C2:E8", "no use", 21)]
