"""Values that may stand for no figure at all: -1, noughts shown as a dash, noughts where nothing was published yet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from statistics import median

from scs_desktop.domain.figures import FigureKind, Unit
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.records import Flag, Problem, Record, Rule
from scs_desktop.returns.tables.cells import SheetCells
from scs_desktop.returns.tables.matrix import Matrix
from scs_desktop.returns.tables.totals import Changes

_SIGNED = re.compile(r"\b(?:change|difference|net|balance|growth|variance|gap|increase|decrease|deviation|natural)\b")
_MINUS_ONE = Decimal(-1)
# A series that usually runs at twenty or more has a nought by chance less than once in a hundred million periods.
_USUAL = 20
_LONGEST_TABLE = 60000


@lru_cache(maxsize=4096)
def nought_shown_as_dash(number_format: str) -> bool:
    """Whether the number format shows nought as a dash."""
    sections = number_format.split(";")
    if len(sections) < 3:  # noqa: PLR2004
        return False
    shown = re.sub(r"_.|\*.|\[[^\]]*\]|\\(?=\s)", "", sections[2])
    return "-" in shown and not re.search(r"[0#]", shown)


def find(cells: SheetCells, records: Sequence[Record]) -> Changes:
    """Find values that may be no figures."""
    changes = Changes()
    if len(records) > _LONGEST_TABLE:
        return changes
    matrix = Matrix(records)
    _minus_ones(cells, matrix, changes)
    for column in matrix.columns:
        lane = matrix.column(column)
        if any(record.value == 0 for record in lane):
            _noughts(cells, lane, changes)
    _noughts_across(cells, matrix, changes)
    return changes


def _noughts_across(cells: SheetCells, matrix: Matrix, changes: Changes) -> None:
    """Ask once about noughts at the end of rows that run along time: months that have not come yet."""
    found: list[Record] = []
    for row in matrix.rows:
        lane = [record for record in matrix.row(row) if Flag.TOTAL not in record.flags]
        if not lane or lane[-1].value != 0 or len({record.period for record in lane}) < max(4, len(lane)):
            continue
        others = [abs(record.value) for record in lane if record.value]
        ends = [record.period.end for record in lane if record.period is not None]
        if len(others) < 3 or median(others) < _USUAL or len(ends) < len(lane) or ends != sorted(ends):  # noqa: PLR2004
            continue
        for record in reversed(lane):
            if record.value != 0:
                break
            found.append(record)
    if not found or any(record.unit not in {Unit.COUNT, None, Unit.MONEY} for record in found):
        return
    rows, columns = [record.row for record in found], [record.column for record in found]
    first = found[-1]
    changes.problems.append(
        Problem(
            cells.sheet.name,
            Range(min(rows), min(columns), max(rows), max(columns)),
            first.text,
            Rule.PLACEHOLDER,
            f"0 stands at the end of {'the row' if len(set(rows)) == 1 else f'{len(set(rows))} rows'} from column "
            f"{address(1, min(columns))[:-1]} on, where the other figures are far from nought: is it nought, or has "
            "the time not come yet?",
            "Say whether 0 means that there is no figure.",
        )
    )


def _minus_ones(cells: SheetCells, matrix: Matrix, changes: Changes) -> None:
    columns: list[list[Record]] = []
    count = 0
    for column in matrix.columns:
        lane = [record for record in matrix.column(column) if record.value is not None]
        ones = [record for record in lane if record.value == _MINUS_ONE]
        if not ones or any(
            record.value is not None and record.value < 0 and record.value != _MINUS_ONE for record in lane
        ):
            continue
        if any(_SIGNED.search(tidy(label.text).casefold()) for label in ones[0].labels):
            continue
        columns.append(ones)
        count += len(ones)
    if count < 2:  # noqa: PLR2004
        return
    for ones in columns:
        for record in ones:
            changes.records[record.row, record.column] = replace(record, kind=FigureKind.NOT_AVAILABLE, value=None)
        changes.problems.append(
            Problem(
                cells.sheet.name,
                Range(ones[0].row, ones[0].column, ones[-1].row, ones[-1].column),
                "-1",
                Rule.PLACEHOLDER,
                f"-1 stands in {address(ones[0].row, ones[0].column)} among figures that cannot be negative: it "
                f"is read as “no figure”.",
                "Say whether -1 means that there is no figure.",
            )
        )


def _noughts(cells: SheetCells, lane: Sequence[Record], changes: Changes) -> None:
    others = [abs(record.value) for record in lane if record.value]
    noughts = [record for record in lane if record.value == 0]
    if len(others) < 3 or median(others) < _USUAL:  # noqa: PLR2004
        return
    formats = cells.sheet.formats
    dashes = [record for record in noughts if nought_shown_as_dash(formats.get((record.row, record.column), ""))]
    if len(dashes) > 1 or (dashes and lane[0].period is not None):
        for record in dashes:
            changes.records[record.row, record.column] = replace(record, flags=record.flags | {Flag.DOUBTFUL})
        _ask(cells, dashes, "is shown as “-”", changes)
        return
    if (
        noughts
        and all(record.period is not None for record in noughts)
        and noughts[0].unit in {Unit.COUNT, None, Unit.MONEY}
    ):
        trailing = []
        for record in reversed(lane):
            if record.value != 0:
                break
            trailing.append(record)
        periods = {record.period for record in lane}
        if trailing and len(periods) > 3:  # noqa: PLR2004
            _ask(cells, trailing[::-1], "stands at the end of the series", changes)


def _ask(cells: SheetCells, records: Sequence[Record], how: str, changes: Changes) -> None:
    first, last = records[0], records[-1]
    changes.problems.append(
        Problem(
            cells.sheet.name,
            Range(first.row, first.column, first.row, first.column),
            first.text,
            Rule.PLACEHOLDER,
            f"0 {how} in {address(first.row, first.column)}"
            + (f" and {len(records) - 1} more down to {address(last.row, last.column)}" if len(records) > 1 else "")
            + ", where the other figures are far from nought: is it nought, or is there no figure?",
            "Say whether 0 means that there is no figure.",
        )
    )
