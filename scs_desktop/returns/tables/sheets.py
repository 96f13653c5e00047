"""All steps for one sheet: from its cells to tables, records and what is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from scs_desktop.domain.figures import FigureKind
from scs_desktop.returns.grid import Sheet
from scs_desktop.returns.notation.marks import legend
from scs_desktop.returns.records import LeftOut, Problem, Record, Table
from scs_desktop.returns.tables import commas, likenesses, neighbours
from scs_desktop.returns.tables.axes import whole
from scs_desktop.returns.tables.blocks import find_blocks
from scs_desktop.returns.tables.cells import LABEL, NOTE, PERIOD, UNIT, SheetCells, classify_sheet
from scs_desktop.returns.tables.checks import check
from scs_desktop.returns.tables.columns import Role
from scs_desktop.returns.tables.headers import HeadCell, head_cell
from scs_desktop.returns.tables.model import TableModel, model
from scs_desktop.returns.tables.parts import split
from scs_desktop.returns.tables.unpivot import unpivot

_OUTLINE = re.compile(r"(\d{1,2})\.(\d{1,2})")


@dataclass(slots=True)
class SheetReading:
    """What one sheet gave.

    Attributes:
        models: the tables with all that was decided, for the checks.
        legend: what the sheet's notes say of its signs.

    """

    cells: SheetCells
    tables: list[Table] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    models: list[TableModel] = field(default_factory=list)
    legend: dict[str, FigureKind] = field(default_factory=dict)


def read_sheet(sheet: Sheet, first_table: int, marks: Mapping[str, FigureKind], separator: str = "") -> SheetReading:
    """Find a sheet's tables and read them.

    ``first_table`` is the number the first of them gets; ``separator`` parts the fields of a text file.
    """
    put = commas.settle(sheet, separator)
    cells = classify_sheet(put.sheet, put.written)
    reading = SheetReading(cells, problems=put.problems)
    if not cells.order:
        return reading
    likenesses.settle(cells)
    reading.problems.extend(cells.asked)
    reading.legend = legend(_notes(cells))
    meanings = {**reading.legend, **marks}
    titles = _sheet_titles(cells)
    for part in split(cells, cells.order, 1, cells.width):
        previous: TableModel | None = None
        outer: list[HeadCell] = [title for title in titles if title.column < part.left]
        for block in find_blocks(cells, part):
            table = model(cells, block, previous, outer)
            if not _stands(cells, table):
                continue
            if previous is not None and not outer and _same_heads(table, previous):
                # A head printed again on each page stands under the title of the first.
                table = model(cells, block, previous, [*previous.outer_titles, *previous.head.titles])
            if previous is None and len(table.head.titles) > 1 and not outer:
                outer = table.head.titles[:-1]
            previous = table
            number = first_table + len(reading.tables)
            result = unpivot(cells, table, number, meanings)
            reading.models.append(table)
            reading.tables.append(Table(sheet.name, table.range, table.title))
            reading.left_out.extend(result.left_out)
            reading.problems.extend(result.problems)
            reading.records.extend(check(cells, table, result.records, reading.problems))
    reading.problems.extend(neighbours.different_times(reading.tables, reading.records, first_table))
    return reading


def _same_heads(table: TableModel, previous: TableModel) -> bool:
    """Whether a table without a title of its own repeats the heads of the one above it."""
    return (
        not table.head.titles
        and bool(table.head.tiers)
        and {column: [cell.text for cell in path] for column, path in table.paths.items()}
        == {column: [cell.text for cell in path] for column, path in previous.paths.items()}
    )


def _only_counts_rows(cells: SheetCells, table: TableModel) -> bool:
    """Whether the only numbers are 1, 2, 3 … or 1.1, 1.2, 2.1 … left of words: a list of notes or of contents."""
    filled = [column for column in table.columns if column.role is not Role.EMPTY]
    if len(table.figures) != 1 or len(filled) < 2 or filled[0].number != table.figures[0]:  # noqa: PLR2004
        return False
    values = [cells.sheet.value(row, table.figures[0]) for row in table.block.data]
    if len(values) < 2:  # noqa: PLR2004
        return False
    numbers = [whole(value) for value in values]
    if numbers == list(range(1, len(numbers) + 1)):
        return True
    points = [_OUTLINE.fullmatch(str(value).strip()) for value in values]
    outline = [(int(point[1]), int(point[2])) for point in points if point is not None]
    return len(outline) == len(values) and all(
        after in {(part, number + 1), (part + 1, 0), (part + 1, 1)} for (part, number), after in pairwise(outline)
    )


def _stands(cells: SheetCells, table: TableModel) -> bool:
    """Whether a block is a table: its figures have heads or row names."""
    if not table.figures:
        return False
    if _only_counts_rows(cells, table):
        return False
    named = any(stub.labels or stub.periods for stub in table.stubs)
    headed = any(table.paths.get(column) for column in table.figures)
    if not headed and len(table.stubs) == 1 and not table.head.tiers:
        # "1 | Burglary by ward": a number before words is the number of a table or of a point.
        names = [column.number for column in table.columns if column.role in {Role.NAMES, Role.PERIODS}]
        return bool(names) and min(names) < min(table.figures)
    return named or headed


def _sheet_titles(cells: SheetCells) -> list[HeadCell]:
    """Lonely texts above everything else."""
    found: list[HeadCell] = []
    for row in cells.order:
        filled = [column for column in range(1, len(cells.rows[row]) + 1) if cells.at(row, column)]
        if len(filled) > 1 or cells.at(row, filled[0]) not in (LABEL, NOTE, PERIOD, UNIT):
            break
        found.append(head_cell(cells, row, filled[0]))
    return found


def _notes(cells: SheetCells) -> list[str]:
    """Texts that may explain marks."""
    return (
        [
            value
            for values in cells.sheet.rows.values()
            for value in values
            if isinstance(value, str) and len(value) > 8 and ("=" in value or ":" in value or " " in value)  # noqa: PLR2004
        ]
        if len(cells.order) < 2000  # noqa: PLR2004
        else _edge_notes(cells)
    )


def _edge_notes(cells: SheetCells) -> list[str]:
    edges = [*cells.order[:60], *cells.order[-60:]]
    return [value for row in edges for value in cells.sheet.rows[row] if isinstance(value, str) and len(value) > 8]  # noqa: PLR2004
