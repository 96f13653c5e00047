"""Step 1: what each cell may be, judged by its own text, value and format alone."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from scs_desktop.domain.figures import FigureKind
from scs_desktop.returns.grid import CellError, CellValue, Sheet, Uncalculated
from scs_desktop.returns.notation.areas import area_code
from scs_desktop.returns.notation.date_cells import read_day, read_year_number
from scs_desktop.returns.notation.marks import usual_meaning
from scs_desktop.returns.notation.numbers import read_number
from scs_desktop.returns.notation.period_text import EARLIEST_YEAR, LATEST_YEAR, PeriodText, Shape
from scs_desktop.returns.notation.periods import read_period
from scs_desktop.returns.notation.text import SUPERSCRIPTS
from scs_desktop.returns.notation.units import is_pure_unit
from scs_desktop.returns.records import Problem

# Classes are small integers, so that a row is a string of bytes and can be counted and compared as one.
BLANK = 0
NUMBER = 1
YEAR_NUMBER = 2  # a whole number that may be a year or a month written as 201104
MARK = 3
ERROR = 4
FIGURE_TEXT = 5  # a text that is surely a figure: "24%", "£1.2m", "21 (1)"
BOUND_TEXT = 6  # a text that is a figure among figures, but may be a name: "<5", "1-4", "3 months"
PERIOD = 7
CODE = 8
UNIT = 9
LABEL = 10
NOTE = 11
ODD = 12  # yes/no values, times of day

STRONG = frozenset({NUMBER, YEAR_NUMBER, FIGURE_TEXT})
STAND_INS = frozenset({MARK, ERROR, BOUND_TEXT, ODD})
WORDS = frozenset({PERIOD, CODE, UNIT, LABEL, NOTE})

_EARLIEST_MONTH = EARLIEST_YEAR * 100 + 1
_LATEST_MONTH = LATEST_YEAR * 100 + 12
_NOTE_LENGTH = 120
_NOTE_START = re.compile(
    r"^\s*(?:sources?\b|notes?\b|nb\b|n\.b\.|footnotes?\b|key:|contact|\(?[1-9a-h]\)\s|[1-9]\d?\.\s+[A-Z]|\*+\s?\w|†|‡|§|[¹²³⁴⁵⁶⁷⁸⁹]|"
    r"data (?:extracted|as at|source)|extracted|for (?:further|more) |back to|return to|please )",
    re.IGNORECASE,
)
# "2011 (p)" is a provisional year over a column and a provisional count within it.
FLAGGED_YEAR = re.compile(
    rf"^((?:19|20)[0-9]{{2}})\s?(?:[\[(]?[pre][\])]?|[*†‡§#{SUPERSCRIPTS}]+|\[(?:note )?[0-9]+\])$", re.IGNORECASE
)
_DIGITS = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?")


def looks_like_note(text: str) -> bool:
    """Whether the text reads as a note, a source line or an instruction rather than a heading."""
    return len(text) > _NOTE_LENGTH or _NOTE_START.match(text) is not None


def is_year_number(value: float) -> bool:
    """Whether a number may be a year or a month written as year and month (201104)."""
    if EARLIEST_YEAR <= value <= LATEST_YEAR:
        return value == int(value)
    if _EARLIEST_MONTH <= value <= _LATEST_MONTH:
        return value == int(value) and 1 <= int(value) % 100 <= 12  # noqa: PLR2004
    return False


@lru_cache(maxsize=262144)
def classify_text(text: str) -> int:
    """Return the class of a text."""
    stripped = text.strip()
    if not stripped:
        return BLANK
    if _DIGITS.fullmatch(stripped):
        plain = stripped.isdecimal()
        return YEAR_NUMBER if plain and len(stripped) in {4, 6} and is_year_number(int(stripped)) else NUMBER
    if FLAGGED_YEAR.match(stripped):
        return YEAR_NUMBER
    if area_code(stripped) is not None:
        return CODE
    period = read_period(text)
    if period is not None and period.exact and not (period.weak and period.shape is Shape.FINANCIAL_MONTH):
        return PERIOD
    if usual_meaning(text) is not None:
        return MARK
    number = read_number(text)
    if number is not None and not (number.kind is FigureKind.TEXT and _is_heading(stripped)):
        return _figure_class(text, number.kind)
    if is_pure_unit(text):
        return UNIT
    return NOTE if looks_like_note(stripped) else LABEL


_NUMBERED = re.compile(
    r"(?:table|figure|chart|annex|appendix|section|question|map|tab|sheet|page|part)\s*[0-9a-z][\w.]*\s*[:.\-–—]?\s",
    re.IGNORECASE,
)


def _is_heading(text: str) -> bool:
    """Whether a text's figures are its number and a period alone: “Table 2: costs, 2012/13”, “Cases Q1 2012/13”."""
    words = _NUMBERED.sub("", text, count=1)
    token = read_period(words)
    rest = words if token is None else token.rest
    return any(character.isalpha() for character in rest) and not any(character.isdigit() for character in rest)


def _figure_class(text: str, kind: FigureKind) -> int:
    if kind is FigureKind.SUPPRESSED:
        return BOUND_TEXT
    if kind is FigureKind.TEXT and ("(" not in text or "/" in text):
        return BOUND_TEXT
    if (
        kind is FigureKind.NUMBER
        and re.search(r"[a-z]{3,}\s*$", text, re.IGNORECASE)
        and "%" not in text
        and "£" not in text
    ):
        return BOUND_TEXT
    return FIGURE_TEXT


def classify(value: CellValue) -> int:
    """Return the class of any cell value."""
    if value is None:
        return BLANK
    if isinstance(value, CellError | Uncalculated):
        return ERROR
    if isinstance(value, str):
        return classify_text(value)
    if isinstance(value, bool):
        return ODD
    if isinstance(value, int | float):
        if not math.isfinite(value):
            return ERROR
        return YEAR_NUMBER if is_year_number(value) else NUMBER
    return PERIOD if isinstance(value, date) else ODD


@dataclass(slots=True)
class SheetCells:
    """A sheet with the class of every cell.

    Attributes:
        sheet: the cells as read.
        rows: row number to the classes of its cells from column 1; rows without a filled cell are absent.
        order: the row numbers, ascending.
        width: number of the last filled column.
        merged: top left cell of a merged range to the last column and last row of the range.
        told: cells whose neighbours tell what they say of time, against their own text.
        written: what stood in cells whose numbers were put as they are written here.
        asked: what is to be asked about cells whatever table they belong to.

    """

    sheet: Sheet
    rows: dict[int, bytes]
    order: list[int]
    width: int
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    told: dict[tuple[int, int], PeriodText | None] = field(default_factory=dict)
    written: Mapping[tuple[int, int], str] = field(default_factory=dict)
    asked: list[Problem] = field(default_factory=list)

    def at(self, row: int, column: int) -> int:
        """Class of one cell."""
        classes = self.rows.get(row)
        return classes[column - 1] if classes is not None and 0 < column <= len(classes) else BLANK

    def text(self, row: int, column: int) -> str:
        """Return the cell's content as the reader of the sheet sees it, on one line."""
        return cell_text(self.sheet.value(row, column), self.sheet.formats.get((row, column), ""))

    def period(self, row: int, column: int) -> PeriodText | None:
        """Return what the cell says of time, whatever its class."""
        if self.told and (row, column) in self.told:
            return self.told[row, column]
        value = self.sheet.value(row, column)
        if isinstance(value, CellError):
            return None
        if isinstance(value, str):
            stripped = value.strip()
            if stripped.isdecimal() and len(stripped) in {4, 6}:
                return read_year_number(int(stripped))
            return read_period(value)
        if isinstance(value, date):
            return read_day(value, self.sheet.formats.get((row, column), ""))
        if isinstance(value, int | float) and not isinstance(value, bool) and is_year_number(value):
            return read_year_number(int(value))
        return None


def cell_text(value: CellValue, number_format: str = "") -> str:
    """Return a value as text: whole floats without a point, dates as their period is written, one line."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)  # noqa: PLR2004
    if isinstance(value, date | datetime):
        return read_day(value, number_format).text
    if isinstance(value, Uncalculated):
        return f"={value.formula}" if value.formula else "="
    return str(value)


def classify_sheet(sheet: Sheet, written: Mapping[tuple[int, int], str] | None = None) -> SheetCells:
    """Classify every cell of a sheet; ``written`` is what stood in cells that were put otherwise."""
    rows: dict[int, bytes] = {}
    known: dict[str, int] = {}
    width = 0
    for number in sorted(sheet.rows):
        classes = _classify_row(sheet.rows[number], known)
        filled = classes.rstrip(b"\0")
        if filled:
            rows[number] = filled
            width = max(width, len(filled))
    merged = {(area.top, area.left): (area.bottom, area.right) for area in sheet.merges}
    return SheetCells(sheet, rows, list(rows), width, merged, written=written or {})


def _is_special(value: float) -> bool:
    """Whether a number may be a year, or is none at all."""
    return (
        EARLIEST_YEAR <= value <= LATEST_YEAR or _EARLIEST_MONTH <= value <= _LATEST_MONTH or not math.isfinite(value)
    )


def _classify_row(values: Iterable[CellValue], known: dict[str, int]) -> bytes:
    out = bytearray()
    append = out.append
    for value in values:
        if value is None:
            append(0)
            continue
        kind = type(value)
        if kind is float or kind is int:
            append(classify(value) if _is_special(value) else NUMBER)  # type: ignore[arg-type]
        elif isinstance(value, str) and kind is str:
            found = known.get(value)
            if found is None:
                found = known[value] = classify_text(value)
            append(found)
        else:
            append(classify(value))
    return bytes(out)
