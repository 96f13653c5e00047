"""Step 3: within a part, blocks: rows of figures with the header rows above them and the section rows among them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from scs_desktop.returns.tables.axes import axis_row
from scs_desktop.returns.tables.cells import (
    BLANK,
    BOUND_TEXT,
    CODE,
    ERROR,
    FIGURE_TEXT,
    LABEL,
    MARK,
    NOTE,
    NUMBER,
    ODD,
    PERIOD,
    UNIT,
    WORDS,
    YEAR_NUMBER,
    SheetCells,
)
from scs_desktop.returns.tables.parts import Part

_STRONG = (NUMBER, FIGURE_TEXT)
_FIGURES = (NUMBER, FIGURE_TEXT, YEAR_NUMBER)
_LOOK_BACK = 60
_HEADINGS = (LABEL, CODE, PERIOD, UNIT)
_STAND_INS = (MARK, ERROR, BOUND_TEXT, ODD)


@dataclass(slots=True)
class Block:
    """One table's rows.

    Attributes:
        left, right: its columns.
        head: rows above the figures, top first: titles, header tiers, perhaps notes of the table before.
        data: rows of figures.
        sections: rows of words among the figures, by row.
        texts: rows of words under the heads, as in a table of which one row names countries.
        tail: rows of words beneath.

    """

    left: int
    right: int
    head: list[int] = field(default_factory=list)
    data: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)


def find_blocks(cells: SheetCells, part: Part) -> list[Block]:
    """Cut a part into blocks: a new one wherever words stand over columns of the figures that follow."""
    axes = {row for row in part.rows if axis_row(cells, part, row)}
    heads = axes | _heads_with_numbers(cells, part)
    blocks: list[Block] = []
    pending: list[int] = []
    current: Block | None = None
    for row in part.rows:
        classes = cells.rows[row][part.left - 1 : part.right]
        if not any(classes):
            continue
        if row in heads or _is_period_heading(cells, part, row) or not _is_data(cells, classes, current, part):
            pending.append(row)
            continue
        if current is not None and _are_texts(cells, part, current, pending, row):
            current.texts.extend(pending)
        elif current is None or _opens(cells, part, classes, pending, heads):
            current = Block(part.left, part.right, head=pending)
            current.data = _marks_above(cells, part, current.head, classes)
            blocks.append(current)
        else:
            # A row of words right under a figure row, with a gap beneath, is a row whose figures are blank, no heading.
            opening = [
                other for other in pending if not (other - 1 in current.data and row - other > 1 and len(pending) == 1)
            ]
            current.sections.extend(opening)
            current.texts.extend(other for other in pending if other not in opening)
        pending = []
        current.data.append(row)
    if blocks:
        blocks[-1].tail = pending
    return blocks


def _heads_with_numbers(cells: SheetCells, part: Part) -> set[int]:
    """Rows whose words stand where the rows beneath have figures: heads, though a number is among them."""
    found: set[int] = set()
    rows = part.rows
    for index, row in enumerate(rows[:-1]):
        classes = cells.rows[row][part.left - 1 : part.right]
        strong = sum(kind in _FIGURES for kind in classes)
        if not strong or sum(kind in _HEADINGS for kind in classes) <= strong:
            continue
        beneath: set[int] = set()
        for other in rows[index + 1 : index + 6]:
            beneath.update(
                place for place, kind in enumerate(cells.rows[other][part.left - 1 : part.right]) if kind in _STRONG
            )
        words = sum(1 for place, kind in enumerate(classes) if kind in _HEADINGS and place in beneath)
        figures = sum(1 for place, kind in enumerate(classes) if kind in _FIGURES and place in beneath)
        if words > 1 and words > 2 * figures:
            found.add(row)
        if index > 200 and not found:  # noqa: PLR2004  a long list has its head at the top
            break
    return found


def _are_texts(cells: SheetCells, part: Part, current: Block, pending: Sequence[int], row: int) -> bool:
    """Whether the rows are named rows of words within the table: no gap around them, none of them like a head."""
    if not pending or not current.head or current.data[-1] != pending[0] - 1 or row != pending[-1] + 1:
        return False
    header = {cells.text(other, column) for other in current.head for column in range(part.left, part.right + 1)}
    for other in pending:
        classes = cells.rows[other][part.left - 1 : part.right]
        words = [place + part.left for place, kind in enumerate(classes) if kind]
        if len(words) < 3 or any(classes[place - part.left] != LABEL for place in words):  # noqa: PLR2004
            return False
        if any((other, place) in cells.merged or cells.text(other, place) in header for place in words):
            return False
        first = next((place for place, kind in enumerate(cells.rows[row][part.left - 1 : part.right]) if kind), -1)
        if first != words[0] - part.left:
            return False
    return True


def _marks_above(cells: SheetCells, part: Part, head: list[int], classes: bytes) -> list[int]:
    """Take rows off the head's end that are filled as the first row of figures is, with marks where it has figures."""
    filled = [place for place, kind in enumerate(classes) if kind]
    strong = [place for place in filled if classes[place] in _FIGURES]
    found: list[int] = []
    while head:
        above = cells.rows[head[-1]][part.left - 1 : part.right]
        if len(above) <= max(strong) or head[-1] != (found[0] if found else head[-1]) - (1 if found else 0):
            break
        same = [place for place, kind in enumerate(above) if kind] == filled
        if not same or not all(above[place] in _STAND_INS for place in strong) or len(filled) == len(strong):
            break
        found.insert(0, head.pop())
    return found


def _is_period_heading(cells: SheetCells, part: Part, row: int) -> bool:
    """Whether the row is a bare year or month alone, above rows that have names in its column."""
    classes = cells.rows[row][part.left - 1 : part.right]
    filled = [place for place, kind in enumerate(classes) if kind]
    if len(filled) != 1 or classes[filled[0]] != YEAR_NUMBER:
        return False
    place = part.rows.index(row)
    following = part.rows[place + 1 : place + 3]
    return any(cells.at(other, filled[0] + part.left) in (LABEL, CODE) for other in following)


def _is_data(cells: SheetCells, classes: bytes, current: Block | None, part: Part) -> bool:
    if any(kind in _FIGURES for kind in classes):
        return True
    # A row of marks alone goes on a table that has begun, where the rows above have figures in those columns.
    marked = [place for place, kind in enumerate(classes) if kind in _STAND_INS]
    if current is None or not marked:
        return False
    words = sum(kind in WORDS for kind in classes)
    if len(marked) >= words or len(marked) > 1:
        return True
    column = marked[-1] + part.left
    return any(cells.at(row, column) in _STRONG for row in current.data[-_LOOK_BACK:])


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
