"""Rows of bare numbers that are a header of years or months, told by their regularity."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

from scs_desktop.returns.grid import CellValue
from scs_desktop.returns.notation.period_text import LATEST_YEAR
from scs_desktop.returns.tables.cells import FIGURE_TEXT, FLAGGED_YEAR, LABEL, MARK, NUMBER, YEAR_NUMBER, SheetCells
from scs_desktop.returns.tables.parts import Part

HEADER_WORDS = re.compile(
    r"\b(?:areas?|boroughs?|wards?|codes?|indicators?|measures?|offences?|crime type|type|category|name|month"
    r"|quarter|period|question|age|sex|"
    r"gender|ethnicity|authority|region|force|year|date|description|group|location|locality|service|team|outcome|status|"
    r"district|county|neighbourhood|lsoa|msoa|cohort|ref|theme|priority|title)\b",
    re.IGNORECASE,
)
_WIDE = 100000
_WORDS = 3


def as_step(number: int) -> int:
    """Return a count that grows by one a year or a month: 201112 and 201201 are neighbours."""
    return number // 100 * 12 + number % 100 if number >= _WIDE else number


def regular(numbers: Sequence[int]) -> bool:
    """Whether the distinct numbers follow each other in even steps, each pass in one direction."""
    if len({number >= _WIDE for number in numbers}) > 1:
        return False
    distinct = sorted({as_step(number) for number in numbers})
    if len(distinct) < 2:  # noqa: PLR2004
        return False
    steps = {later - earlier for earlier, later in pairwise(distinct)}
    if len(steps) == 1:
        return max(steps) <= 10 or len(distinct) > 2  # noqa: PLR2004
    # A year or two may be absent from a long row.
    ordered = [as_step(number) for number in numbers]
    return (
        len(distinct) >= 4  # noqa: PLR2004
        and max(steps) <= 3  # noqa: PLR2004
        and (ordered == sorted(ordered) or ordered == sorted(ordered, reverse=True))
    )


def whole(value: CellValue) -> int | None:
    """Return the whole number that the value is, typed or as text."""
    if isinstance(value, str):
        stripped = FLAGGED_YEAR.sub(r"\1", value.strip())
        digits = stripped.removeprefix("-")
        return int(stripped) if digits.isdecimal() and digits.isascii() else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if value == int(value):
        return int(value)
    return None


def axis_row(cells: SheetCells, part: Part, row: int) -> bool:
    """Whether the row's bare numbers are years or months that head the columns beneath."""
    classes = cells.rows[row][part.left - 1 : part.right]
    if YEAR_NUMBER not in classes or NUMBER in classes or FIGURE_TEXT in classes:
        return False
    columns = [index + part.left for index, kind in enumerate(classes) if kind == YEAR_NUMBER]
    below = _next_row(cells, part, row)
    if below is None:
        return False
    beneath = cells.rows[below][part.left - 1 : part.right]
    if not any(kind in (NUMBER, YEAR_NUMBER, FIGURE_TEXT, MARK) for kind in beneath):
        # More header rows may follow; figures must follow them.
        further = _next_row(cells, part, below)
        if further is None:
            return False
    numbers = [number for column in columns if (number := whole(cells.sheet.value(row, column))) is not None]
    named = any(kind == LABEL and _heads(cells.text(row, index + part.left)) for index, kind in enumerate(classes))
    if len(columns) == 1:
        return _single(cells, part, row, columns[0], below, named=named)
    plausible = [number for number in numbers if number <= LATEST_YEAR or number >= _WIDE]
    if not regular(plausible):
        return False
    same_below = [whole(cells.sheet.value(below, column)) for column in columns]
    if all(number is not None and 1900 <= number <= 2100 for number in same_below) and not named:  # noqa: PLR2004
        return False
    # A row name such as "Burglary" beside 2010 and 2011 makes them counts, unless it heads the table.
    return named or len(numbers) > 2 or not any(kind == LABEL for kind in classes) or _first(cells, part, row)  # noqa: PLR2004


def _heads(text: str) -> bool:
    """Whether a text heads a column of names: brief, and with a word that says what the names are of."""
    return len(text.split()) <= _WORDS and HEADER_WORDS.search(text) is not None


def _single(cells: SheetCells, part: Part, row: int, column: int, below: int, *, named: bool) -> bool:
    value = cells.at(below, column)
    if value not in (NUMBER, FIGURE_TEXT, MARK, YEAR_NUMBER) or column == part.left:
        return False
    others = [
        kind
        for index, kind in enumerate(cells.rows[row][part.left - 1 : part.right])
        if kind and index + part.left != column
    ]
    if not others:
        return _first(cells, part, row) and value != YEAR_NUMBER
    apart = row - 1 not in cells.rows
    return named and value != YEAR_NUMBER and (apart or _first(cells, part, row))


def _first(cells: SheetCells, part: Part, row: int) -> bool:
    """Whether no row of figures stands above in the part."""
    for other in part.rows:
        if other >= row:
            return True
        if any(kind in (NUMBER, FIGURE_TEXT) for kind in cells.rows[other][part.left : part.right]):
            return False
    return True


def _next_row(cells: SheetCells, part: Part, row: int) -> int | None:
    for other in part.rows:
        if other > row and any(cells.rows[other][part.left - 1 : part.right]):
            return other
    return None
