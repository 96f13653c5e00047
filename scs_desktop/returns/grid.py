"""A workbook as the safe reader hands it on: cells as they stand, nothing interpreted.

Rows and columns count from 1, as in the sheet. Values are what the file holds: a number stays a
number with its number format beside it; an error cell and a formula that was never calculated
are their own types, so that neither can be taken for text or for blank.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum


class CellError(StrEnum):
    """An error value that the sheet shows."""

    NULL = "#NULL!"
    DIV0 = "#DIV/0!"
    VALUE = "#VALUE!"
    REF = "#REF!"
    NAME = "#NAME?"
    NUM = "#NUM!"
    NA = "#N/A"
    GETTING_DATA = "#GETTING_DATA"
    SPILL = "#SPILL!"
    CALC = "#CALC!"


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula without a stored result: the sheet must be opened and saved in its own program."""

    formula: str = ""


CellValue = str | int | float | bool | datetime | date | time | timedelta | CellError | Uncalculated | None


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A rectangle of cells, all four edges included."""

    top: int
    left: int
    bottom: int
    right: int

    def __str__(self) -> str:
        """``B2:D9``, or ``B2`` for a single cell."""
        first = address(self.top, self.left)
        last = address(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies in the rectangle."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right


@dataclass(slots=True)
class Sheet:
    """One sheet's cells, sparse by row.

    Attributes:
        name: exactly as in the file, trailing spaces included.
        rows: row number to the row's values from column 1 to its last filled column.
        formats: number format of a cell, where the file has one that is not "General".
        merges: merged ranges; only the top left cell holds a value.
        hidden: the sheet itself is hidden (or very hidden).
        hidden_rows, hidden_columns: numbers of the hidden ones.
        indents: indent level of a cell's alignment, where it has one (a sign of sub-rows).
        bold: cells in bold, where the format says so.

    """

    name: str
    rows: dict[int, list[CellValue]] = field(default_factory=dict)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    merges: list[Range] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    indents: dict[tuple[int, int], int] = field(default_factory=dict)
    bold: frozenset[tuple[int, int]] = frozenset()
    comments: dict[tuple[int, int], str] = field(default_factory=dict)

    def value(self, row: int, column: int) -> CellValue:
        """Return the cell's value; None where the sheet holds nothing there."""
        values = self.rows.get(row)
        return values[column - 1] if values is not None and column <= len(values) else None

    @property
    def last_row(self) -> int:
        """Number of the last row that holds a value; 0 for an empty sheet."""
        return max(self.rows, default=0)

    @property
    def last_column(self) -> int:
        """Number of the last column that holds a value; 0 for an empty sheet."""
        return max((len(values) for values in self.rows.values()), default=0)


class FileFormat(StrEnum):
    """What the file is, told by its content."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLS = "xls"
    XLSB = "xlsb"
    ODS = "ods"
    CSV = "csv"
    TSV = "tsv"


@dataclass(slots=True)
class Workbook:
    """The whole file, read.

    Attributes:
        file_name: the name without its folder.
        sha256: of the file's bytes, lower-case hexadecimal.
        format: told by content, not by the name.
        sheets: in the file's order; a text file is one sheet with an empty name.
        date_1904: serial day numbers count from 1904.
        notices: sentences about what was accepted with a note (macros ignored, hidden rows…).
        formats_known: False where this file's reader cannot see number formats.
        separator: what parts the fields of a text file; empty for a workbook.

    """

    file_name: str
    sha256: str
    format: FileFormat
    sheets: list[Sheet] = field(default_factory=list)
    date_1904: bool = False
    notices: list[str] = field(default_factory=list)
    formats_known: bool = True
    separator: str = ""


def column_letters(column: int) -> str:
    """``AA`` for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """``B7`` for row 7, column 2."""
    return f"{column_letters(column)}{row}"
