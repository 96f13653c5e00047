"""How the child says what it read: rows as JSON, in frames small enough to be decoded while the next are read.

A row is ``[row, first column, values, specials, styles]``. Values that JSON has no type for stand as null among the
values and as ``[place, kind, text]`` among the specials; styles are runs ``[place, length, number]``, where the
number counts in the list of styles sent before. The last two are left out where they are empty.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import IO

from scs_desktop.returns.grid import CellError, CellValue, Range, Uncalculated, address
from scs_desktop.returns.reader import wire
from scs_desktop.returns.refusals import (
    MAX_CELLS_PER_SHEET,
    MAX_COLUMN,
    MAX_PLACES_PER_SHEET,
    MAX_ROW,
    MAX_SHEETS,
    MAX_TEXT,
    Damaged,
    TooLarge,
    count_text,
    shown_name,
)

_FRAME_ROWS_BYTES = 1 << 17
_FAR_ROWS = 10_000
_FAR_COLUMNS = 1_000
_BLANK_ROWS = 10_000

encode = json.JSONEncoder(ensure_ascii=True, allow_nan=False, check_circular=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Style:
    """What the grid keeps of a cell's style."""

    format: str = "General"
    indent: int = 0
    bold: bool = False

    @property
    def plain(self) -> bool:
        """Whether there is nothing to say of it."""
        return self.format == "General" and not self.indent and not self.bold


@dataclass(slots=True)
class SheetNotes:
    """What is known of a sheet once it has been read to the end."""

    merges: Sequence[Range] = ()
    hidden_rows: Iterable[int] = ()
    hidden_columns: Iterable[int] = ()
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    blank_rows: int = 0
    unaddressed: bool = False
    no_dates: list[str] = field(default_factory=list)


def special(value: object) -> list[object] | None:
    """Return kind and text of a value that JSON has no type for; None for the others."""
    if isinstance(value, CellError):
        return ["e", value.value]
    if isinstance(value, Uncalculated):
        return ["u", value.formula[:MAX_TEXT]]
    if isinstance(value, datetime):
        return ["m", value.isoformat()]
    if isinstance(value, date):
        return ["d", value.isoformat()]
    if isinstance(value, time):
        return ["t", value.isoformat()]
    if isinstance(value, timedelta):
        return ["p", str(value // timedelta(microseconds=1))]
    return None


def check_text(text: str, sheet: str, row: int, column: int) -> str:
    """Return the text. Raises TooLarge where it is longer than a cell may hold."""
    if len(text) > MAX_TEXT:
        raise TooLarge(
            f"holds a text of {count_text(len(text))} characters in {shown_name(sheet) if sheet else 'its'} cell "
            f"{address(row, column)}, and the limit is {count_text(MAX_TEXT)}"
        )
    return text


class Answer:
    """The child's side of one reading: sheets, rows and notices go out as they are found.

    Attributes:
        notices: sentences about what was accepted with a note.

    """

    def __init__(self, stream: IO[bytes] | io.RawIOBase, clock: Callable[[], float]) -> None:
        self._stream = stream
        self._clock = clock
        self._told = clock()
        self._rows: list[str] = []
        self._waiting = 0
        self._sheets = 0
        self._styles: list[Style] = []
        self._plain: list[bool] = []
        self._total = 0
        self.notices: list[str] = []
        self._begin("")

    def _begin(self, name: str) -> None:
        self.sheet_name = name
        self._cells = 0
        self._places = 0
        self.last_row = 0
        self._far = ""
        self.last_column = 0

    def _send(self, kind: wire.Kind, body: object) -> None:
        wire.send(self._stream, kind, encode(body).encode("ascii"))

    def note(self, sentence: str) -> None:
        """Add a sentence for the officer, once."""
        if sentence not in self.notices:
            self.notices.append(sentence)

    def progress(self, done: int, total: int) -> None:
        """Say how many of the bytes to read are behind, at most ten times a second."""
        now = self._clock()
        if now - self._told > 0.1:  # noqa: PLR2004 - seconds
            self._told = now
            self._send(wire.Kind.PROGRESS, [done, max(done, total)])

    def styles(self, styles: list[Style]) -> None:
        """Send the styles that rows refer to by number."""
        self._styles = styles
        self._plain = [style.plain for style in styles]
        self._send(wire.Kind.STYLES, [[style.format, style.indent, style.bold] for style in styles])

    def is_plain(self, number: int) -> bool:
        """Whether a style says nothing (also one that does not exist)."""
        return not 0 <= number < len(self._plain) or self._plain[number]

    def sheet(self, name: str, *, hidden: bool = False) -> None:
        """Begin a sheet. Raises TooLarge for too many."""
        self._sheets += 1
        if self._sheets > MAX_SHEETS:
            raise TooLarge(f"holds more than {MAX_SHEETS} sheets, which is the limit")
        self._begin(name)
        self._send(wire.Kind.SHEET, [name, hidden])

    def row(self, row: int, cells: Sequence[tuple[int, CellValue, int]]) -> None:
        """Send a row's filled cells as (column, value, style), columns ascending."""
        if not cells:
            return
        first = cells[0][0]
        values: list[object] = [None] * (cells[-1][0] - first + 1)
        specials: list[object] = []
        runs: list[list[int]] = []
        for column, value, style in cells:
            place = column - first
            told = special(value)
            if told is None:
                values[place] = value
            else:
                specials.append([place, *told])
            if not self.is_plain(style):
                if runs and runs[-1][2] == style and runs[-1][0] + runs[-1][1] == place:
                    runs[-1][1] += 1
                else:
                    runs.append([place, 1, style])
        entry: list[object] = [row, first, values]
        if specials or runs:
            entry += [specials, runs]
        if len(cells) > 1 and cells[-1][0] - cells[-2][0] > _FAR_COLUMNS:
            self._far = address(row, cells[-1][0])
        self.encoded_row(row, encode(entry), len(cells), cells[-1][0])

    def encoded_row(self, row: int, entry: str, cells: int, last_column: int) -> None:
        """Send a row that is encoded already. Raises Damaged, TooLarge."""
        if row <= self.last_row:
            raise Damaged(f"is damaged (rows out of order at row {row} of sheet {shown_name(self.sheet_name)})")
        if row > MAX_ROW or last_column > MAX_COLUMN:
            raise Damaged(f"is damaged (a cell past the edge of the grid on sheet {shown_name(self.sheet_name)})")
        if self.last_row and row - self.last_row > _FAR_ROWS:
            self._far = address(row, last_column)
        self.last_row = row
        self._cells += cells
        self._places += last_column
        self.last_column = max(self.last_column, last_column)
        if self._cells > MAX_CELLS_PER_SHEET:
            raise TooLarge(
                f"has more than {count_text(MAX_CELLS_PER_SHEET)} filled cells on sheet "
                f"{shown_name(self.sheet_name)}, which is the limit"
            )
        if self._places > MAX_PLACES_PER_SHEET:
            raise TooLarge(
                f"spreads its cells over more than {count_text(MAX_PLACES_PER_SHEET)} places on sheet "
                f"{shown_name(self.sheet_name)}, which is the limit"
            )
        self._rows.append(entry)
        self._waiting += len(entry)
        if self._waiting > _FRAME_ROWS_BYTES:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            wire.send(self._stream, wire.Kind.ROWS, f"[{','.join(self._rows)}]".encode("ascii"))
            self._rows.clear()
            self._waiting = 0

    def end_sheet(self, notes: SheetNotes) -> None:
        """End the sheet with what is known of it, and the number of cells read for the parent to hold against."""
        self._flush()
        name = shown_name(self.sheet_name)
        if self._far:
            self.note(f"Sheet “{name}” has a cell far from the others, at {self._far}.")
        if notes.blank_rows >= _BLANK_ROWS:
            blank = count_text(notes.blank_rows)
            self.note(f"Sheet “{name}” carries formatting on {blank} blank rows; they were passed over.")
        if notes.unaddressed:
            self.note(f"Sheet “{name}” has rows or cells without addresses; they were counted from their neighbours.")
        if notes.no_dates:
            shown = ", ".join(notes.no_dates[:3])
            if len(notes.no_dates) > 3:  # noqa: PLR2004 - as many as are shown
                shown += f" and {count_text(len(notes.no_dates) - 3)} more"
            self.note(f"Sheet “{name}” shows as dates numbers that are none: {shown}; the numbers were kept.")
        hidden_rows = sorted(row for row in notes.hidden_rows if row <= self.last_row)
        hidden_columns = sorted(column for column in notes.hidden_columns if column <= self.last_column)
        for found, word in ((hidden_rows, "row"), (hidden_columns, "column")):
            if found:
                self.note(f"Sheet “{name}” has {count_text(len(found))} hidden {word}{'s' if len(found) > 1 else ''}.")
        self._total += self._cells
        self._send(
            wire.Kind.SHEET_END,
            {
                "cells": self._cells,
                "merges": [[m.top, m.left, m.bottom, m.right] for m in notes.merges],
                "hidden_rows": hidden_rows,
                "hidden_columns": hidden_columns,
                "comments": [[row, column, text] for (row, column), text in notes.comments.items()],
            },
        )

    def done(
        self, *, format_name: str, date_1904: bool = False, formats_known: bool = True, separator: str = ""
    ) -> None:
        """End the answer."""
        self._send(
            wire.Kind.DONE,
            {
                "format": format_name,
                "date_1904": date_1904,
                "formats_known": formats_known,
                "separator": separator,
                "notices": self.notices,
                "sheets": self._sheets,
                "cells": self._total,
            },
        )
