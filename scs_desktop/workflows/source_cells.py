"""The cells that figures were read from: one row a cell, or all in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.figures import Figure
from scs_desktop.domain.snapshot import ImportSummary

if TYPE_CHECKING:
    from scs_desktop.store import Store

BY_HAND = "entered by hand"


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


def read_from(*, store: Store, figures: Iterable[UUID]) -> str:
    """Return in a line where figures were read: "met.xlsx, sheet “Barnet”, cells H5–M5, received 21 October 2011"."""
    from scs_desktop.reports.source_lines import Origins, source_line

    wanted = tuple(dict.fromkeys(figures))
    found = [figure for one in wanted if (figure := store.figure(one)) is not None]
    cells = {one: store.sources(one) for one in wanted}
    return source_line(found, Origins(cells, {one.id: one for one in store.imports()}))
