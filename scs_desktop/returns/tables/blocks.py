"""Step 3: within a part, blocks: rows of figures with the header rows above them and the section rows among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scs_desktop.returns.tables.axes import axis_row
from scs_desktop.returns.tables.cells import (
    BLANK,
    BOUND_TEXT,
    ERROR,
    FIGURE_TEXT,
    MARK,
    NOTE,
    NUMBER,
    ODD,
    PERIOD,
    WORDS,
    YEAR_NUMBER,
    SheetCells,
)
from scs_desktop.returns.tables.parts import Part

_STRONG = (NUMBER, FIGURE_TEXT)
_FIGURES = (NUMBER, FIGURE_TEXT, YEAR_NUMBER)
_STAND_INS = (MARK, ERROR, BOUND_TEXT, ODD)


@dataclass(slots=True)
class Block:
    """One table's rows.

    Attributes:
        left, right: its columns.
        head: rows above the figures, top first: titles, header tiers, perhaps notes of the table before.
        data: rows of figures.
        sections: rows of words among the figures, by row.
        tail: rows of words beneath.

    """

    left: int
    right: int
    head: list[int] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)


def find_blocks(cells: SheetCells, part: Part) -> list[Block]:
    """Cut a part into blocks: a new one wherever words stand over columns of the figures that follow."""
    axes = {row for row in part.rows if axis_row(cells, part, row)}
    blocks: list[Block] = []
    pending: list[int] = []
    current: Block | None = None
    for row in part.rows:
        classes = cells.rows[row][part.left - 1 : part.right]
        if not any(classes):
            continue
        if row in axes or not _is_data(classes, current, part):
            pending.append(row)
            continue
        if current is None or _opens(cells, part, classes, pending, axes):
            current = Block(part.left, part.right, head=pending)
            blocks.append(current)
        else:
            current.sections.extend(pending)
        pending = []
        current.data.append(row)
    if blocks:
        blocks[-1].tail = pending
    return blocks


def _is_data(classes: bytes, current: Block | None, part: Part) -> bool:
    if any(kind in _FIGURES for kind in classes):
        return True
    # A row of marks alone goes on a table that has begun.
    stand_ins = sum(kind in _STAND_INS for kind in classes)
    words = sum(kind in WORDS for kind in classes)
    return current is not None and stand_ins > 0 and (stand_ins >= words or stand_ins > 1)


def _opens(cells: SheetCells, part: Part, classes: bytes, pending: Sequence[int], axes: set[int]) -> bool:
    """Whether the rows of words before this row of figures are the head of a new table."""
    strong = [index for index, kind in enumerate(classes) if kind in _STRONG]
    if not strong:
        strong = [index for index, kind in enumerate(classes) if kind == YEAR_NUMBER]
    for row in pending:
        if row in axes:
            return True
        above = cells.rows[row][part.left - 1 : part.right]
        filled = [index for index, kind in enumerate(above) if kind not in (BLANK, NOTE, MARK)]
        if any(index in strong for index in filled):
            return True
        # A merged heading over the figures, or several period heads of which one lies over a blank cell.
        if len(filled) > 2 and any(index > strong[0] for index in filled):  # noqa: PLR2004
            return True
        if len(filled) > 1 and any(above[index] == PERIOD and index > strong[0] for index in filled):
            return True
    return False
