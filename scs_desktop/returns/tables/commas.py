"""Step 0: columns of numbers written with a decimal comma, told by all their cells, put as numbers are written here."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from scs_desktop.returns.grid import CellError, CellValue, Range, Sheet, address
from scs_desktop.returns.notation.decimal_comma import Written, with_point, written
from scs_desktop.returns.records import Problem, Rule

_SAMPLE = 3000
_HALF = 0.5
_FEW = 40
# A file parted by these leaves the comma free for decimals; one parted by commas does not.
_FREEING = frozenset(";\t|")
_CONTINENTAL = ";"
_NOTES = re.compile(r"\W*(?:foot)?notes?(?: (?:no|numbers?|refs?))?\W*", re.IGNORECASE)
_WHOLE = re.compile(r"\s*[-+]?[0-9]{1,3}\s*")


@dataclass(slots=True)
class Commas:
    """A sheet with its numbers as they are written here.

    Attributes:
        written: what stood in a cell that was put otherwise.
        problems: columns of which the cells do not tell how their numbers are written.

    """

    sheet: Sheet
    written: dict[tuple[int, int], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def settle(sheet: Sheet, separator: str) -> Commas:
    """Find the columns written with a decimal comma. ``separator`` parts the fields of a text file, else empty."""
    columns = _columns(sheet)
    found = Commas(sheet)
    if not columns:
        return found
    numbers = {column: counts for column, counts in columns.items() if _is_numbers(counts)}
    comma = {column for column, counts in numbers.items() if counts[Written.COMMA] and not counts[Written.POINT]}
    point = {column for column, counts in numbers.items() if counts[Written.POINT] and not counts[Written.COMMA]}
    unclear = {
        column: counts
        for column, counts in numbers.items()
        if column not in comma | point and (counts[Written.COMMA_OR_THOUSANDS] or counts[Written.THOUSANDS_OR_POINT])
    }
    if comma and not point:
        # The other columns of the file are written as these are.
        comma.update(unclear)
        unclear = {}
    if comma:
        _rewrite(sheet, comma, found)
        if point or separator not in _FREEING:
            _ask(found, sorted(comma), "is written with a decimal comma", "It is read as {read}.")
    mixed = any(_mixed(counts) for counts in unclear.values())
    doubtful = [
        column
        for column, counts in unclear.items()
        if comma
        or (counts[Written.COMMA_OR_THOUSANDS] and separator == _CONTINENTAL)
        or (counts[Written.THOUSANDS_OR_POINT] and mixed and not point)
    ]
    for column in doubtful:
        _ask(found, [column], "may have a decimal comma or thousands", "It is read as {read}.")
    return found


def _columns(sheet: Sheet) -> dict[int, Counter[Written | str]]:
    """Count, for each column, how the numbers among its texts are written, in rows spread over the sheet."""
    numbers = sorted(sheet.rows)
    step = max(1, len(numbers) // _SAMPLE)
    columns: defaultdict[int, Counter[Written | str]] = defaultdict(Counter)
    signed = False
    for number in numbers[::step]:
        for column, value in enumerate(sheet.rows[number], start=1):
            if not isinstance(value, str) or isinstance(value, CellError):
                continue
            kind = written(value) if "," in value or "." in value else None
            if kind is not None:
                signed = True
                columns[column][kind] += 1
            elif _WHOLE.fullmatch(value):
                columns[column]["whole"] += 1
            elif _NOTES.fullmatch(value):
                columns[column]["notes"] += 1
            elif len(value) > 1 and any(character.isalpha() for character in value):
                columns[column]["words"] += 1
    return dict(columns) if signed else {}


def _is_numbers(counts: Counter[Written | str]) -> bool:
    """Whether a column is of numbers with commas or points: its words are heads and marks at most."""
    figures = sum(count for kind, count in counts.items() if isinstance(kind, Written))
    return figures > 0 and not counts["notes"] and (figures + counts["whole"]) >= _HALF * sum(counts.values())


def _mixed(counts: Counter[Written | str]) -> bool:
    """Whether “1.234” stands among whole numbers below a thousand, as thousands would."""
    return bool(counts[Written.THOUSANDS_OR_POINT] and counts["whole"])


def _rewrite(sheet: Sheet, columns: set[int], found: Commas) -> None:
    rows: dict[int, list[CellValue]] = {}
    for number, values in sheet.rows.items():
        changed: list[CellValue] | None = None
        for column in columns:
            value = values[column - 1] if column <= len(values) else None
            if isinstance(value, str) and ("," in value or "." in value) and written(value) is not None:
                changed = changed if changed is not None else list(values)
                changed[column - 1] = with_point(value)
                found.written[number, column] = value
        rows[number] = values if changed is None else changed
    found.sheet = replace(sheet, rows=rows)


def _ask(found: Commas, columns: Sequence[int], what: str, read: str) -> None:
    sheet = found.sheet
    for column in columns[:_FEW]:
        places = [
            number
            for number in sorted(sheet.rows)
            if column <= len(sheet.rows[number])
            and isinstance(value := found.written.get((number, column), sheet.rows[number][column - 1]), str)
            and written(value) is not None
        ]
        if not places:
            continue
        first = places[0]
        shown = str(found.written.get((first, column), sheet.rows[first][column - 1]))
        now = str(sheet.rows[first][column - 1]).replace(",", "")
        found.problems.append(
            Problem(
                sheet.name,
                Range(first, column, places[-1], column),
                shown,
                Rule.UNREADABLE_NUMBER,
                f"“{shown}” in {address(first, column)} {what}. {read.format(read=now)}",
                "Say how the numbers of this column are written.",
            )
        )
