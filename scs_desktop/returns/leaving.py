"""Cells left out together: one entry for each rectangle of them, however many there are."""

from __future__ import annotations

from collections.abc import Iterable

from scs_desktop.returns.grid import Range
from scs_desktop.returns.records import LeftOut, Record


def left_together(records: Iterable[Record], reason: str) -> list[LeftOut]:
    """Return the records' cells as rectangles, each cell once; neighbours are joined as they follow each other.

    ``records`` come row by row, left to right, as a reading holds them; in another order they are joined less.
    """
    found: list[LeftOut] = []
    sheet, row, first, last = "", 0, 0, 0
    for record in records:
        if record.row == row and record.column == last + 1 and record.sheet == sheet:
            last += 1
            continue
        if row:
            _add(found, sheet, row, first, last, reason)
        sheet, row, first, last = record.sheet, record.row, record.column, record.column
    if row:
        _add(found, sheet, row, first, last, reason)
    return found


def _add(found: list[LeftOut], sheet: str, row: int, first: int, last: int, reason: str) -> None:
    """Add a stretch of a row, to the rectangle above it where it goes on with that."""
    before = found[-1] if found else None
    if (
        before is not None
        and before.sheet == sheet
        and (before.range.left, before.range.right, before.range.bottom) == (first, last, row - 1)
    ):
        found[-1] = LeftOut(sheet, Range(before.range.top, first, row, last), reason)
        return
    found.append(LeftOut(sheet, Range(row, first, row, last), reason))
