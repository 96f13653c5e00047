"""Step 5: the header tiers above a block, and which header cells govern which column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.records import LabelCell
from scs_desktop.returns.tables.blocks import Block
from scs_desktop.returns.tables.cells import (
    BLANK,
    CODE,
    LABEL,
    MARK,
    NOTE,
    PERIOD,
    UNIT,
    YEAR_NUMBER,
    SheetCells,
    looks_like_note,
)

_MOST_TITLES = 8
_PARTICULARS = 4


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A header cell: its text and place, its class, and what it says of time."""

    text: str
    row: int
    column: int
    kind: int
    period: PeriodText | None = None

    @property
    def label(self) -> LabelCell:
        """The cell as a record names it."""
        return LabelCell(self.text, self.row, self.column)

    @property
    def only_period(self) -> bool:
        """Whether the text says nothing but a period, which then need not be repeated as a label."""
        return (
            self.period is not None
            and self.period.alone
            and not self.period.base
            and self.period.shape is not Shape.TO_DATE
        )


@dataclass(slots=True)
class Head:
    """The head of a block.

    Attributes:
        titles: lonely texts above the tiers, outermost first.
        tiers: header rows over the figures, top first.
        sections: headings of the first rows, which stand beneath the last tier.
        register: the tiers are a list of particulars (title, unit, release date), no heads proper.

    """

    titles: list[HeadCell] = field(default_factory=list)
    tiers: list[int] = field(default_factory=list)
    sections: list[int] = field(default_factory=list)
    register: bool = False


def head_cell(cells: SheetCells, row: int, column: int) -> HeadCell:
    """Return the cell as a header cell."""
    return HeadCell(cells.text(row, column), row, column, cells.at(row, column), cells.period(row, column))


def find_head(cells: SheetCells, block: Block, figures: Sequence[int]) -> Head:
    """Tell titles from header tiers: a tier has words over columns of figures."""
    head = Head()
    wanted = set(figures)
    first = min(wanted, default=block.right + 1)
    last = max(wanted, default=block.right)
    rows = _own_rows(cells, block)
    for row in rows:
        classes = cells.rows[row]
        filled = [column for column in range(block.left, min(block.right, len(classes)) + 1) if classes[column - 1]]
        over = [column for column in filled if first <= column <= last and classes[column - 1] != NOTE]
        spread = [column for column in filled if column > block.left and _reaches(cells, row, column, wanted)]
        if over or spread:
            if len(filled) == 1 and (filled[0] == block.left != last or not _short(cells, row, filled[0], wanted)):
                head.titles.append(head_cell(cells, row, filled[0]))
            else:
                head.tiers.append(row)
        elif head.tiers and len(filled) == 1 and classes[filled[0] - 1] in (LABEL, PERIOD, CODE, YEAR_NUMBER):
            head.sections.append(row)
        else:
            head.titles.extend(_titles(cells, row, filled, beside_tier=bool(head.tiers)))
    head.register = _is_register(cells, block, head.tiers)
    if head.register:
        head.sections = []
    if head.sections:
        # A lonely name between tiers is a title; beneath the last tier it heads the first rows.
        lowest = max(head.tiers)
        head.titles.extend(
            head_cell(cells, row, _first_filled(cells, row, block)) for row in head.sections if row < lowest
        )
        head.sections = [row for row in head.sections if row > lowest]
    head.titles = head.titles[-_MOST_TITLES:]
    return head


def _is_register(cells: SheetCells, block: Block, tiers: Sequence[int]) -> bool:
    """Whether the head is a list of particulars (title, unit, release date), each with its name at the left."""
    return len(tiers) >= _PARTICULARS and all(cells.at(row, block.left) in (LABEL, NOTE) for row in tiers)


def _first_filled(cells: SheetCells, row: int, block: Block) -> int:
    return next(column for column in range(block.left, block.right + 1) if cells.at(row, column))


def _own_rows(cells: SheetCells, block: Block) -> list[int]:
    """Rows of the head without the notes that belong to the table before."""
    rows = list(block.head)
    last_note = None
    for index, row in enumerate(rows):
        classes = cells.rows[row][block.left - 1 : block.right]
        filled = [column + block.left for column, kind in enumerate(classes) if kind]
        if (
            len(filled) == 1
            and row != rows[0]
            and looks_like_note(cells.text(row, filled[0]))
            and len(rows) - index > 1
        ):
            last_note = index
    if last_note is None or not _earlier_table(cells, block):
        return rows
    return rows[last_note + 1 :] or rows


def _earlier_table(cells: SheetCells, block: Block) -> bool:
    return bool(block.head) and cells.order[0] < block.head[0]


def _reaches(cells: SheetCells, row: int, column: int, wanted: set[int]) -> bool:
    merge = cells.merged.get((row, column))
    return merge is not None and any(column <= figure <= merge[1] for figure in wanted)


def _short(cells: SheetCells, row: int, column: int, wanted: set[int]) -> bool:
    """Whether a lonely text over figures heads them (merged, a unit, a period, brief) and is no title set right."""
    if (row, column) in cells.merged and cells.merged[row, column][1] > column:
        return _reaches(cells, row, column, wanted)
    return cells.at(row, column) in (UNIT, PERIOD, MARK, YEAR_NUMBER) or len(cells.text(row, column)) <= 60  # noqa: PLR2004


def _titles(cells: SheetCells, row: int, filled: Iterable[int], *, beside_tier: bool) -> list[HeadCell]:
    found = []
    for column in filled:
        text = cells.text(row, column)
        if beside_tier and cells.at(row, column) not in (PERIOD, UNIT) and not text:
            continue
        if cells.at(row, column) == NOTE and _is_remark(text):
            continue
        found.append(head_cell(cells, row, column))
    return found


def _is_remark(text: str) -> bool:
    return len(text) > 250 or text.casefold().startswith(  # noqa: PLR2004
        (
            "source",
            "back to",
            "return to",
            "contact",
            "please",
            "definition",
            "note",
            "this worksheet",
            "this sheet",
            "this tab",
            "some cells",
            "some shorthand",
        )
    )


def govern(
    cells: SheetCells, block: Block, tiers: Sequence[int], figures: Sequence[int], spacers: Collection[int]
) -> dict[int, list[HeadCell]]:
    """Return each column's header cells, outermost first. ``spacers`` are the columns empty beneath."""
    paths: dict[int, list[HeadCell]] = {column: [] for column in figures}
    if not tiers:
        return paths
    first = min(figures)
    filled = {row: _filled(cells, row, first, block.right) for row in tiers}
    leaf = max(tiers, key=lambda row: (len([column for column in filled[row] if column in paths]), row))
    starts_above: list[int] = []
    reach: dict[int, int] = {}
    for row in tiers:
        reach = _reach_of_row(cells, row, filled[row], figures, starts_above, reach, spacers, place=_place(row, leaf))
        for column in figures:
            source = reach.get(column)
            if source is not None:
                paths[column].append(head_cell(cells, row, source))
        if row < leaf:
            starts_above = sorted({*starts_above, *filled[row]})
    return paths


def _filled(cells: SheetCells, row: int, first: int, right: int) -> list[int]:
    classes = cells.rows[row]
    found = [column for column in range(first, min(right, len(classes)) + 1) if classes[column - 1]]
    # A heading merged from a column left of the first figure reaches over it.
    for (top, left), (_, last) in cells.merged.items():
        if top == row and left < first <= last and cells.at(row, left):
            found.insert(0, left)
    return found


def _place(row: int, leaf: int) -> str:
    return "leaf" if row == leaf else "above" if row < leaf else "below"


def _reach_of_row(
    cells: SheetCells,
    row: int,
    filled: Sequence[int],
    figures: Sequence[int],
    starts_above: Sequence[int],
    above: dict[int, int],
    spacers: Collection[int],
    *,
    place: str,
) -> dict[int, int]:
    """Map columns of figures to the column of the tier's cell that governs them."""
    reach: dict[int, int] = {}
    merged = {column: cells.merged[row, column][1] for column in filled if (row, column) in cells.merged}
    wide = any(last > column for column, last in merged.items())
    units = bool(filled) and all(cells.at(row, column) in (UNIT, BLANK) for column in filled)
    sparse = len(filled) * 2 <= len(figures)
    for index, column in enumerate(filled):
        last = merged.get(column, column)
        following = filled[index + 1] if index + 1 < len(filled) else figures[-1] + 1
        if last == column and ((place == "above" and not wide) or (place == "below" and sparse) or (units and sparse)):
            last = following - 1
            if place == "above" and not units:
                inner = [start for start in starts_above if column < start <= last]
                if inner:
                    last = inner[0] - 1
        if (
            units
            and len(filled) == 1
            and sparse
            and (row, column) not in cells.merged
            and (place != "below" or column == figures[-1])
        ):
            # "thousands" set at the table's right edge speaks of the whole table.
            for figure in figures:
                reach[figure] = column
            continue
        if last == column and column in spacers and place != "leaf":
            # A text centred over a spacer heads the group of columns that it stands in the middle of.
            beside = next((above[figure] for figure in figures if figure > column and figure in above), None)
            for figure in figures:
                if (figure > column or beside is not None) and figure < following and above.get(figure) == beside:
                    reach.setdefault(figure, column)
        for figure in figures:
            if column <= figure <= max(last, column):
                reach[figure] = column
    return reach
