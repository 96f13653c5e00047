"""Any table of indicators, periods and areas, in any of the layouts, reads back to the same figures or asks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.domain.figures import Unit
from scs_desktop.returns.grid import address
from scs_desktop.returns.reading import read_grid
from scs_desktop.returns.records import Flag, Reading, Record
from tests.returns.layouts import LAYOUTS, Expected, Page, Writer, make


def faults(page: Page, reading: Reading) -> list[str]:
    """Say what is wrong and not asked about."""
    found: dict[tuple[int, int], Record] = {(record.row, record.column): record for record in reading.records}
    wrong = []
    for expected in page.expected:
        at = address(expected.row, expected.column)
        record = found.get((expected.row, expected.column))
        if record is None:
            wrong.append(f"{at}: no record")
            continue
        if Flag.DOUBTFUL in record.flags or any(
            problem.range.holds(expected.row, expected.column) for problem in reading.problems
        ):
            continue
        wrong.extend(f"{at}: {fault}" for fault in _differences(expected, record))
    return wrong


def _differences(expected: Expected, record: Record) -> list[str]:
    wrong = []
    if record.kind is not expected.kind or record.value != expected.value:
        wrong.append(f"{expected.kind} {expected.value} read as {record.kind} {record.value} from {record.text!r}")
    if expected.period is not None and (
        record.period is None
        or (record.period.start, record.period.end) != (expected.period.start, expected.period.end)
    ):
        wrong.append(f"{expected.period.label} read as {record.period.label if record.period else None}")
    texts = " | ".join(label.text for label in record.labels)
    wrong.extend(f"lacks {label!r} among {texts!r}" for label in expected.labels if label not in texts)
    if expected.code and record.area_code != expected.code:
        wrong.append(f"code {record.area_code}")
    if expected.percent and record.unit is not Unit.PERCENT:
        wrong.append(f"unit {record.unit}")
    return wrong


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_a_table_reads_back_or_asks(layout: Callable[[Writer], None], seed: int) -> None:
    page = make(layout, seed)
    reading = read_grid(page.workbook())
    assert faults(page, reading) == []


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_few_right_figures_are_asked_about(layout: Callable[[Writer], None], seed: int) -> None:
    page = make(layout, seed)
    reading = read_grid(page.workbook())
    asked = [
        expected
        for expected in page.expected
        if any(problem.range.holds(expected.row, expected.column) for problem in reading.problems)
    ]
    # One question for each sort of mark, and slips: the figures here jump about as no real ones do.
    assert len(asked) <= 3 + len(page.expected) // 8
