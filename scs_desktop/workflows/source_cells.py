"""The cells that figures were read from: one row a cell, or one line a sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.figures import Figure
from scs_desktop.domain.sentences import plural
from scs_desktop.domain.snapshot import ImportSummary

if TYPE_CHECKING:
    from scs_desktop.store import Store

BY_HAND = "entered by hand"
CELLS_SHOWN = 8
"""A line names so many cells; of more it says how many there are."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One cell that a figure was read from."""

    period: str
    part: str
    figure: str
    file: str
    sheet: str
    cell: str
    text: str


def source_rows(figures: Sequence[Figure], imports: Mapping[UUID, ImportSummary]) -> tuple[SourceRow, ...]:
    """Return every source cell of the figures, newest period first."""
    rows: list[SourceRow] = []
    for figure in sorted(figures, key=lambda one: one.key.period.end, reverse=True):
        summary = imports.get(figure.import_id) if figure.import_id is not None else None
        file = summary.file_name if summary is not None else (BY_HAND if figure.import_id is None else "")
        part = figure.key.part.value.replace("_", " ")
        value = figure.measured.text or figure.measured.kind.value.replace("_", " ")
        where = figure.sources or ()
        rows += [
            SourceRow(figure.key.period.label, part, value, file, cell.sheet, cell.cell, cell.text) for cell in where
        ]
        if not where:
            rows.append(SourceRow(figure.key.period.label, part, value, file, "", "", figure.note))
    return tuple(rows)


def read_sources(
    *,
    store: Store,
    figures: Iterable[UUID],
    imports: Mapping[UUID, ImportSummary] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[SourceRow, ...]:
    """Read the cells behind figures; ``imports`` are the store's, read here where they are not given."""
    known = imports if imports is not None else {one.id: one for one in store.imports()}
    wanted = tuple(dict.fromkeys(figures))
    found: list[Figure] = []
    for number, one in enumerate(wanted):
        if progress is not None:
            progress(number, len(wanted))
        figure = store.figure(one)
        if figure is not None:
            found.append(replace(figure, sources=store.sources(one)))
    return source_rows(found, known)


def source_places(*, store: Store, figures: Collection[UUID]) -> tuple[str, ...]:
    """Return a line for each sheet that the figures were read from, its cells named: "file, sheet: B7, C7"."""
    cells: dict[tuple[str, str], list[str]] = {}
    for row in read_sources(store=store, figures=figures):
        cells.setdefault((row.file, row.sheet), []).append(row.cell)
    lines: list[str] = []
    for (file, sheet), places in cells.items():
        named = list(dict.fromkeys(place for place in places if place))
        shown = ", ".join(named[:CELLS_SHOWN])
        more = f" and {plural(len(named) - CELLS_SHOWN, 'more cell')}" if len(named) > CELLS_SHOWN else ""
        where = ", ".join(part for part in (file, sheet) if part)
        lines.append(f"{where}: {shown}{more}" if shown else where)
    return tuple(lines)
