"""Step 4: what each column of a block holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from scs_desktop.returns.notation.period_text import EARLIEST_YEAR, LATEST_YEAR
from scs_desktop.returns.notation.units import says_outright
from scs_desktop.returns.tables.axes import as_step, regular, whole
from scs_desktop.returns.tables.blocks import Block
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
    YEAR_NUMBER,
    SheetCells,
)


class Role(StrEnum):
    """What a column is for."""

    EMPTY = "empty"
    NAMES = "names"
    CODES = "codes"
    PERIODS = "periods"
    MONTH_NUMBERS = "month_numbers"
    QUARTER_NUMBERS = "quarter_numbers"
    YEAR_PAIRS = "year_pairs"
    IDENTIFIERS = "identifiers"
    FIGURES = "figures"
    SIGNS = "signs"
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a block with its role and how its cells are classed."""

    number: int
    role: Role
    counts: Counter[int]
    header: str = ""


_PERIOD_HEADER = re.compile(
    r"\b(?:year|years|period|date|month|financial year|calendar year|time|quarter|fy|week|wave)\b", re.IGNORECASE
)
_YEAR_NAME = re.compile(r"[a-z]Year$|^Year[A-Z]")
_MONTH_HEADER = re.compile(r"^\W*(?:calendar |financial )?month(?: ?(?:no|num|number))?\W*$", re.IGNORECASE)
_QUARTER_HEADER = re.compile(
    r"^\W*(?:calendar |financial )?(?:quarter|qtr|q)(?: ?(?:no|num|number))?\W*$", re.IGNORECASE
)
_IDENTIFIER_HEADER = re.compile(
    r"(?i:\bsortable\b|\bsort order\b)|(?:Incident|Crime|Case|Ref|Record|Reference|CAD)\s?_?Number$|"
    r"(?i:(?:^|[\s_\-/])(?:id|ids|codes?|refs?|reference|uprn|usrn|easting"
    r"|northing|latitude|longitude|lat|long|postcode|row|key|fid|"
    r"objectid|line|seq|serial|s/?no|item no|ref no)\.?$)|[a-z](?:ID|Id|Code|CODE|Ref)(?:\W?\d)?$|(?i:^(?:year"
    r"|month|quarter)\s?_?range$)|^(?i:(?:foot)?notes?(?:\s?(?:no|number|ref|reference)\.?)?$)|^(?:#|(?i:no\.?|nr\.?))$|(?i:^(?:id|ref|code)\b.{0,12}$)",
)
_DIMENSION_HEADER = re.compile(
    r"^\W*(?:age|ages|single year of age|week|week no|week number|day|hour|hour of day|decile|quintile|band"
    r"|year of age|rank order)\W*$",
    re.IGNORECASE,
)
_BANDED_HEADER = re.compile(
    r"\b(?:decile|quintile|quartile|percentile|age|band|tier|hour|level|grade|stage)\b", re.IGNORECASE
)
_MEASURED_HEADER = re.compile(
    r"\b(?:average|mean|median|number|no|count|rate|score|total|hours)\b|%|\bper\b", re.IGNORECASE
)
_PLACING_HEADER = re.compile(r"\W*(?:rank|ranking|rank order|position|pos|placing|place)\W*", re.IGNORECASE)
_HALF = 0.5
_MONTHS = 12


def count_columns(cells: SheetCells, block: Block) -> list[Counter[int]]:
    """Count the classes in each column of the block's rows of figures, left to right."""
    patterns: Counter[bytes] = Counter(cells.rows[row][block.left - 1 : block.right] for row in block.data)
    width = block.right - block.left + 1
    counts: list[Counter[int]] = [Counter() for _ in range(width)]
    for pattern, times in patterns.items():
        for index, kind in enumerate(pattern):
            counts[index][kind] += times
        for index in range(len(pattern), width):
            counts[index][BLANK] += times
    return counts


def likely_figures(cells: SheetCells, block: Block) -> list[int]:
    """Columns that hold mostly figures, judged before headers are known."""
    found = []
    for index, counts in enumerate(count_columns(cells, block)):
        strong = counts[NUMBER] + counts[FIGURE_TEXT]
        if strong and strong >= counts[LABEL] + counts[PERIOD] + counts[CODE]:
            found.append(index + block.left)
    if not found:
        for index, counts in enumerate(count_columns(cells, block)):
            if counts[YEAR_NUMBER]:
                found.append(index + block.left)
    return found


def find_roles(cells: SheetCells, block: Block, headers: Mapping[int, str]) -> list[Column]:
    """Return the block's columns with their roles."""
    all_counts = count_columns(cells, block)
    columns: list[Column] = []
    for index, counts in enumerate(all_counts):
        number = index + block.left
        header = headers.get(number, "")
        role = _role(cells, block, number, counts, header, columns, all_counts)
        columns.append(Column(number, role, counts, header))
    return _settled(columns)


def _role(
    cells: SheetCells,
    block: Block,
    number: int,
    counts: Counter[int],
    header: str,
    before: list[Column],
    all_counts: list[Counter[int]],
) -> Role:
    rows = len(block.data)
    blank = counts[BLANK]
    filled = rows - blank
    if not filled:
        return Role.EMPTY
    marks = counts[MARK] + counts[ERROR] + counts[BOUND_TEXT] + counts[ODD]
    words = counts[LABEL] + counts[UNIT] + counts[NOTE]
    figures = counts[NUMBER] + counts[FIGURE_TEXT] + counts[YEAR_NUMBER]
    meant = filled - counts[MARK] - counts[ERROR]
    if counts[CODE] and counts[CODE] >= _HALF * meant:
        return Role.CODES
    if counts[PERIOD] and counts[PERIOD] >= _HALF * meant and counts[PERIOD] >= figures:
        return Role.PERIODS
    if figures and figures + counts[BOUND_TEXT] >= _HALF * meant:
        return _numeric_role(cells, block, number, counts, header, before, all_counts)
    if (
        words + counts[PERIOD] + counts[CODE] > 0
        and words + counts[PERIOD] + counts[CODE] + counts[BOUND_TEXT] >= _HALF * meant
    ):
        return Role.NAMES
    if counts[BOUND_TEXT] * 2 > marks:
        return Role.FIGURES if any(column.role is not Role.EMPTY for column in before) else Role.NAMES
    # Marks alone: a column full of them, or words such as "to be set", stand for figures; a few signs are beside them.
    spelt = any(len(cells.text(row, number)) > 3 for row in block.data if cells.at(row, number) == MARK)  # noqa: PLR2004
    return Role.FIGURES if before and (spelt or filled >= 0.8 * rows) else Role.SIGNS


def _numeric_role(
    cells: SheetCells,
    block: Block,
    number: int,
    counts: Counter[int],
    header: str,
    before: list[Column],
    all_counts: list[Counter[int]],
) -> Role:
    figures_before = any(column.role is Role.FIGURES for column in before)
    if _MONTH_HEADER.match(header) and _within(cells, block, number, 12):
        return Role.MONTH_NUMBERS
    if _QUARTER_HEADER.match(header) and _within(cells, block, number, 4):
        return Role.QUARTER_NUMBERS
    if _PERIOD_HEADER.search(header.replace("_", " ")) and _pairs(cells, block, number):
        return Role.YEAR_PAIRS
    if (
        counts[YEAR_NUMBER]
        and not counts[FIGURE_TEXT]
        and _years(cells, block, number, counts, header, all_counts, figures_before=figures_before)
    ):
        return Role.PERIODS
    if _IDENTIFIER_HEADER.search(header.strip()):
        return Role.IDENTIFIERS
    if (
        not figures_before
        and _BANDED_HEADER.search(header)
        and not _MEASURED_HEADER.search(header)
        and _climbing(cells, block, number)
    ):
        return Role.NAMES
    if not figures_before and (_DIMENSION_HEADER.match(header) or _running(cells, block, number, header, all_counts)):
        return Role.IDENTIFIERS if not _DIMENSION_HEADER.match(header) else Role.NAMES
    return Role.FIGURES


def _pairs(cells: SheetCells, block: Block, number: int) -> bool:
    """Whether all numbers are years in pairs, 201011 for 2010/11, and at least one can be no month."""
    found = {whole(cells.sheet.value(row, number)) for row in block.data}
    values = {value for value in found if value is not None}
    if None in found or not values:
        return False
    paired = all(
        EARLIEST_YEAR <= value // 100 <= LATEST_YEAR and (value // 100 + 1) % 100 == value % 100 for value in values
    )
    ordered = sorted(values)
    in_step = len(ordered) > 1 and all(later - earlier == 101 for earlier, later in pairwise(ordered))  # noqa: PLR2004
    return paired and (in_step or any(value % 100 > _MONTHS for value in values))


def _within(cells: SheetCells, block: Block, number: int, most: int) -> bool:
    """Whether all numbers are 1 to most, or -1 for none."""
    for row in block.data:
        value = whole(cells.sheet.value(row, number))
        if value is None:
            if cells.at(row, number) in (NUMBER, YEAR_NUMBER):
                return False
        elif not (1 <= value <= most or value == -1):
            return False
    return True


def _years(
    cells: SheetCells,
    block: Block,
    number: int,
    counts: Counter[int],
    header: str,
    all_counts: list[Counter[int]],
    *,
    figures_before: bool,
) -> bool:
    """Whether a column of numbers such as 2011 is the years of the rows."""
    if counts[NUMBER]:
        return False
    others = any(
        counter[NUMBER] + counter[FIGURE_TEXT]
        for index, counter in enumerate(all_counts)
        if index + block.left != number
    )
    if not others:
        others = sum(1 for counter in all_counts if counter[YEAR_NUMBER]) > 1
    if not others:
        return False
    if len(header) <= 40 and (_PERIOD_HEADER.search(header.replace("_", " ")) or _YEAR_NAME.search(header)):  # noqa: PLR2004
        return True
    if figures_before:
        return False
    numbers = [value for row in block.data if (value := whole(cells.sheet.value(row, number))) is not None]
    if header:
        # Under any heading, the table's first column running on year by year or month by month is its time.
        distinct = sorted({as_step(value) for value in numbers})
        evenly = len(distinct) > 2 and distinct[-1] - distinct[0] == len(distinct) - 1  # noqa: PLR2004
        return evenly and number == block.left and not says_outright(header)
    steps = [as_step(value) for value in numbers]
    monotone = steps == sorted(steps) or steps == sorted(steps, reverse=True)
    next_counts = all_counts[number - block.left + 1] if number - block.left + 1 < len(all_counts) else Counter()
    return (monotone and (regular(numbers) or len(set(numbers)) == 1)) or next_counts[PERIOD] > 0


def _climbing(cells: SheetCells, block: Block, number: int) -> bool:
    """Whether the column's whole numbers climb one by one, starting anew for each group."""
    numbers = [whole(cells.sheet.value(row, number)) for row in block.data]
    steps = [
        later - earlier
        for earlier, later in pairwise(numbers)
        if earlier is not None and later is not None and later > earlier
    ]
    return len(numbers) > 2 and None not in numbers and len(steps) * 2 >= len(numbers) - 1 and set(steps) == {1}  # noqa: PLR2004


def _running(cells: SheetCells, block: Block, number: int, header: str, all_counts: list[Counter[int]]) -> bool:
    """Whether a leftmost column of numbers only numbers its rows: names follow, and the numbers climb one by one."""
    if (header and not _PLACING_HEADER.fullmatch(header)) or number != block.left or len(block.data) < 2:  # noqa: PLR2004
        return False
    following = all_counts[1] if len(all_counts) > 1 else Counter()
    if not following[LABEL]:
        return False
    numbers = [value for row in block.data if (value := whole(cells.sheet.value(row, number))) is not None]
    return len(numbers) > 1 and all(later - earlier == 1 for earlier, later in pairwise(numbers))


def _settled(columns: list[Column]) -> list[Column]:
    """A table has figures: where all numeric columns were taken for years or numbering, the last is the figures."""
    if any(column.role is Role.FIGURES for column in columns):
        return columns
    numeric = [
        column
        for column in columns
        if column.role in {Role.PERIODS, Role.IDENTIFIERS} and column.counts[NUMBER] + column.counts[YEAR_NUMBER]
    ]
    if not numeric or len([column for column in columns if column.role is not Role.EMPTY]) < 2:  # noqa: PLR2004
        return columns
    last = numeric[-1]
    if last.role is Role.IDENTIFIERS and last.header:
        return columns
    return [
        Column(column.number, Role.FIGURES, column.counts, column.header) if column is last else column
        for column in columns
    ]
