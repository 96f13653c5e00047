"""Step 2: cut a sheet into parts that stand side by side and owe each other no row names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scs_desktop.returns.tables.cells import (
    BLANK,
    CODE,
    FIGURE_TEXT,
    LABEL,
    NOTE,
    NUMBER,
    PERIOD,
    YEAR_NUMBER,
    SheetCells,
)

_FIGURES = (NUMBER, FIGURE_TEXT, YEAR_NUMBER)
_NAMES = (LABEL, PERIOD, CODE)
_HEAD_ROWS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """Columns ``left`` to ``right`` in the rows given."""

    left: int
    right: int
    rows: tuple[int, ...]


def split(cells: SheetCells, rows: Sequence[int], left: int, right: int) -> list[Part]:
    """Cut at empty columns wherever what stands right of them brings its own row names and figures."""
    patterns: Counter[bytes] = Counter()
    for row in rows:
        patterns[_cut(cells.rows[row], left, right)] += 1
    full = {pattern: count for pattern, count in patterns.items() if _filled(pattern) > 1}
    runs = _cut_at_repeats(cells, rows, left, _runs(full, right - left + 1))
    if len(runs) < 2:  # noqa: PLR2004
        return [Part(left, right, tuple(rows))]
    groups: list[list[int]] = [[runs[0][0], runs[0][1]]]
    for index, (first, last) in enumerate(runs[1:], start=1):
        # A column of names may stand apart from its figures by a spacer.
        end = last if _has_figures(full, first, last) or index + 1 == len(runs) else runs[index + 1][1]
        if _stands_alone(full, first, end, groups[-1][0], groups[-1][1]):
            groups.append([first, last])
        else:
            groups[-1][1] = last
    if len(groups) < 2:  # noqa: PLR2004
        return [Part(left, right, tuple(rows))]
    parts: list[Part] = []
    for index, (first, _) in enumerate(groups):
        start = left if index == 0 else left + first
        end = left + groups[index + 1][0] - 1 if index + 1 < len(groups) else right
        inside = tuple(row for row in rows if any(cells.rows[row][start - 1 : end]))
        parts.append(Part(start, end, inside))
    return parts


def _cut(classes: bytes, left: int, right: int) -> bytes:
    return classes[left - 1 : right]


def _filled(pattern: bytes) -> int:
    return len(pattern) - pattern.count(BLANK)


def _runs(patterns: dict[bytes, int], width: int) -> list[tuple[int, int]]:
    """Runs of columns in which at least one row that is no lonely title holds something."""
    used = [False] * width
    for pattern in patterns:
        for index, kind in enumerate(pattern):
            if kind:
                used[index] = True
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for index, flag in enumerate(used):
        if flag and start is None:
            start = index
        elif not flag and start is not None:
            runs.append((start, index - 1))
            start = None
    if start is not None:
        runs.append((start, width - 1))
    return runs


def _cut_at_repeats(
    cells: SheetCells, rows: Sequence[int], left: int, runs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Cut a run where the head of its first column comes again: "Month | Burglary | Month | Robbery"."""
    found: list[tuple[int, int]] = []
    for first, last in runs:
        cuts: list[int] = []
        for row in rows[:_HEAD_ROWS]:
            if cells.at(row, left + first) != LABEL:
                continue
            head = cells.text(row, left + first).casefold()
            cuts = [
                column
                for column in range(first + 1, last)
                if cells.at(row, left + column) == LABEL
                and cells.text(row, left + column).casefold() == head
                and _names_rows(cells, rows, row, left + column)
            ]
            if cuts and _names_rows(cells, rows, row, left + first):
                break
            cuts = []
        for cut in cuts:
            found.append((first, cut - 1))
            first = cut  # noqa: PLW2901
        found.append((first, last))
    return found


def _names_rows(cells: SheetCells, rows: Sequence[int], head: int, column: int) -> bool:
    """Whether the column holds names beneath its head and figures stand right of it."""
    beneath = [row for row in rows if row > head][:_HEAD_ROWS]
    names = sum(cells.at(row, column) in _NAMES for row in beneath)
    figures = sum(cells.at(row, column + 1) in _FIGURES for row in beneath)
    return names > 0 and figures > 0 and names * 2 >= len(beneath) and figures * 2 >= names


def _has_figures(patterns: dict[bytes, int], first: int, last: int) -> bool:
    return any(kind in _FIGURES for pattern in patterns for kind in pattern[first : last + 1])


def _stands_alone(patterns: dict[bytes, int], first: int, last: int, left: int, before: int) -> bool:
    """Whether columns first to last name their own rows and have figures of their own."""
    rows = named = left_figures = left_words = 0
    for pattern, count in patterns.items():
        here = pattern[first : last + 1]
        figures = any(kind in _FIGURES for kind in here[1:])
        if any(kind in (NUMBER, FIGURE_TEXT) for kind in pattern[left : before + 1]):
            left_figures += count
        if not figures:
            continue
        rows += count
        if here[0] in _NAMES or (here[0] == YEAR_NUMBER and any(kind in (NUMBER, FIGURE_TEXT) for kind in here[1:])):
            named += count
        if any(kind not in (BLANK, NOTE) for kind in pattern[left : before + 1]):
            left_words += count
    if not rows or named * 10 < rows * 6:
        return False
    return left_figures > 0 or left_words * 4 < rows
