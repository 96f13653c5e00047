"""Step 11: every check of one table, in order, on its records."""

from __future__ import annotations

from collections.abc import Sequence

from scs_desktop.returns.grid import Range
from scs_desktop.returns.notation.areas import is_former_code
from scs_desktop.returns.records import Problem, Record, Rule
from scs_desktop.returns.tables import cumulative, placeholders, plausible, relations, series, totals, when_checks
from scs_desktop.returns.tables.cells import SheetCells
from scs_desktop.returns.tables.columns import Role
from scs_desktop.returns.tables.model import TableModel
from scs_desktop.returns.tables.totals import Changes


def check(cells: SheetCells, table: TableModel, records: list[Record], problems: list[Problem]) -> list[Record]:
    """Return the records as the checks leave them; what is to be asked goes to ``problems``."""
    records = _apply(totals.find(cells, table, records), records, problems)
    records = _apply(placeholders.find(cells, records), records, problems)
    records = _apply(relations.find(cells, table, records), records, problems)
    records = _apply(series.find(cells, records), records, problems)
    records = _apply(plausible.find(cells, records), records, problems)
    problems.extend(when_checks.find(cells, table))
    problems.extend(cumulative.find(cells, table, records))
    problems.extend(_headless(cells, table))
    problems.extend(_former_codes(cells, table))
    problems.extend(_without_period(cells, table, records))
    return records


def _apply(changes: Changes, records: list[Record], problems: list[Problem]) -> list[Record]:
    problems.extend(changes.problems)
    if not changes.records:
        return records
    return [changes.records.get((record.row, record.column), record) for record in records]


def _headless(cells: SheetCells, table: TableModel) -> list[Problem]:
    rows = table.block.data
    return [
        Problem(
            cells.sheet.name,
            Range(rows[0], column, rows[-1], column),
            cells.text(rows[0], column),
            Rule.NO_HEADING,
            "No heading stands over this column, though the others have one: what does it hold?",
            "Name the column, or leave it out.",
        )
        for column in sorted(table.headless)
    ]


def _former_codes(cells: SheetCells, table: TableModel) -> list[Problem]:
    """Say once that a column's area codes are of before 2011, so that areas are told by their names."""
    for column in table.columns:
        if column.role is not Role.CODES:
            continue
        texts = [text for row in table.block.data if (text := cells.text(row, column.number))]
        if len(texts) > 1 and all(is_former_code(text) for text in texts):
            first, last = table.block.data[0], table.block.data[-1]
            return [
                Problem(
                    cells.sheet.name,
                    Range(first, column.number, last, column.number),
                    texts[0],
                    Rule.OTHER,
                    f"Codes such as “{texts[0]}” were replaced in 2011: the areas are told by their names.",
                    "Ask for the codes now in use.",
                )
            ]
    return []


def _without_period(cells: SheetCells, table: TableModel, records: Sequence[Record]) -> list[Problem]:
    """Ask once for a table's period, at its first cell, where nothing in the sheet gives one."""
    if not records or any(record.period is not None for record in records):
        return []
    area = table.range
    at = table.head.titles[0] if table.head.titles else None
    where = Range(at.row, at.column, at.row, at.column) if at else Range(area.top, area.left, area.top, area.left)
    return [
        Problem(
            cells.sheet.name,
            where,
            at.text[:120] if at else cells.text(area.top, area.left),
            Rule.NO_PERIOD,
            "Nothing in the sheet says which period these figures are of.",
            "Say which period they are of.",
        )
    ]
