"""Every number of a sheet is a record or is left out with a reason: what no step spoke of is named here."""

from __future__ import annotations

from collections.abc import Sequence

from scs_desktop.returns.grid import Range
from scs_desktop.returns.records import LeftOut
from scs_desktop.returns.tables.cells import ERROR, FIGURE_TEXT, NUMBER, ODD, YEAR_NUMBER
from scs_desktop.returns.tables.sheets import SheetReading

_NUMERIC = (NUMBER, YEAR_NUMBER, FIGURE_TEXT, ERROR, ODD)


def account(reading: SheetReading) -> list[LeftOut]:
    """Return the numbers that are neither records nor left out yet, row by row, with a reason."""
    cells = reading.cells
    taken: dict[int, set[int]] = {}
    for record in reading.records:
        taken.setdefault(record.row, set()).add(record.column)
    for left in reading.left_out:
        for row in range(left.range.top, left.range.bottom + 1):
            taken.setdefault(row, set()).update(range(left.range.left, left.range.right + 1))
    heads = {row for table in reading.models for row in table.head.tiers}
    nothing: set[int] = set()
    found: list[LeftOut] = []
    for row in cells.order:
        known = taken.get(row, nothing)
        columns = [
            column for column, kind in enumerate(cells.rows[row], start=1) if kind in _NUMERIC and column not in known
        ]
        reason = "a year, month or number in the heading" if row in heads else "a number outside any table"
        found.extend(LeftOut(cells.sheet.name, Range(row, first, row, last), reason) for first, last in _runs(columns))
    return found


def _runs(columns: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and column == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
