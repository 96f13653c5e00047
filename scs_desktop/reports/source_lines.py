"""Where an indicator's figures were read, in a line: file, sheet, cells, and when the file was received."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from scs_desktop.domain.due import date_text
from scs_desktop.domain.figures import Figure, SourceCell
from scs_desktop.domain.sentences import listed, plural
from scs_desktop.domain.snapshot import ImportSummary

_CELL = re.compile(r"^([A-Z]{1,3})([1-9][0-9]*)$")
_FILES_NAMED = 2
_RUNS_NAMED = 4
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class Origins:
    """Where figures came from: their source cells by figure, and the imports by identity."""

    cells: Mapping[UUID, tuple[SourceCell, ...]]
    imports: Mapping[UUID, ImportSummary]


def source_line(figures: Sequence[Figure], origins: Origins) -> str:
    """Return "met.xlsx, sheet “Barnet”, cells H5–M5, received 21 October 2011"; the latest files first."""
    by_file: dict[UUID, dict[str, list[str]]] = {}
    by_hand = False
    for figure in figures:
        if figure.import_id is None or figure.import_id not in origins.imports:
            by_hand = True
            continue
        sheets = by_file.setdefault(figure.import_id, {})
        for cell in origins.cells.get(figure.id, ()):
            sheets.setdefault(cell.sheet, []).append(cell.cell)
    files = sorted(by_file, key=lambda one: (origins.imports[one].received_on, origins.imports[one].number))[::-1]
    said = [_file(origins.imports[one], by_file[one]) for one in files[:_FILES_NAMED]]
    if len(files) > _FILES_NAMED:
        said.append(f"{plural(len(files) - _FILES_NAMED, 'earlier file')}")
    if by_hand:
        said.append("entered by hand")
    return "; ".join(said)


def _file(summary: ImportSummary, sheets: Mapping[str, Sequence[str]]) -> str:
    parts = [summary.file_name]
    for sheet, cells in sheets.items():
        named = f"sheet “{sheet}”, " if sheet else ""
        distinct = list(dict.fromkeys(cells))
        noun = "cell" if len(distinct) == 1 else "cells"
        parts.append(f"{named}{noun} {cell_runs(distinct)}")
    parts.append(f"received {date_text(summary.received_on)}")
    return ", ".join(parts)


def cell_runs(cells: Sequence[str]) -> str:
    """Return cells with neighbours of one row or column drawn together: "H5–M5 and H9"."""
    places = [found for cell in cells if (found := _place(cell)) is not None]
    if len(places) < len(cells):
        return listed(list(cells))
    by_rows, by_columns = _runs(places, across=True), _runs(places, across=False)
    runs = by_rows if len(by_rows) <= len(by_columns) else by_columns
    texts = [_named(first) if first == last else f"{_named(first)}–{_named(last)}" for first, last in runs]
    if len(texts) > _RUNS_NAMED:
        texts = [*texts[:_RUNS_NAMED], f"{len(texts) - _RUNS_NAMED} more"]
    return listed(texts)


def _runs(places: Sequence[tuple[int, int]], *, across: bool) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    step = (0, 1) if across else (1, 0)
    ordered = sorted(set(places)) if across else sorted(set(places), key=lambda one: (one[1], one[0]))
    runs: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for place in ordered:
        if runs and place == (runs[-1][1][0] + step[0], runs[-1][1][1] + step[1]):
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _place(cell: str) -> tuple[int, int] | None:
    """Return row and column, counted from one."""
    found = _CELL.match(cell)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * _LETTERS + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _named(place: tuple[int, int]) -> str:
    row, column = place
    letters = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
