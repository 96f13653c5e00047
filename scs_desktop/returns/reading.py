"""From a workbook's cells to what the reader makes of it: tables, records, what is left out, what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from scs_desktop.domain.figures import FigureKind
from scs_desktop.returns.collecting import without_collecting
from scs_desktop.returns.grid import Workbook
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.records import Reading
from scs_desktop.returns.tables import stand_ins
from scs_desktop.returns.tables.gathering import gathered
from scs_desktop.returns.tables.remainder import account
from scs_desktop.returns.tables.sheets import read_sheet
from scs_desktop.returns.tables.whole_file import dashboards, disagreements, hidden_cells, hide, selected_view


def read_grid(workbook: Workbook, *, marks: Mapping[str, FigureKind] | None = None) -> Reading:
    """Read every sheet of a workbook.

    Args:
        workbook: the cells as the safe reader gives them.
        marks: what an agency's profile says its signs mean ("*", "-"), lower case; rules over the sheet's legend.

    """
    reading = Reading(workbook.file_name, workbook.sha256, workbook.format)
    reading.notices = list(workbook.notices)
    with without_collecting():
        return _read(workbook, reading, marks or {})


def _read(workbook: Workbook, reading: Reading, marks: Mapping[str, FigureKind]) -> Reading:
    meanings = {tidy(mark).casefold(): kind for mark, kind in marks.items()}
    sheets = []
    tables = 0
    for sheet in workbook.sheets:
        found = read_sheet(sheet, tables, meanings, workbook.separator)
        tables += len(found.tables)
        sheets.append(found)
    for found in sheets:
        hide(found)
        hidden_cells(found)
    dashboards(sheets)
    disagreements(sheets)
    asked: set[str] = set()
    for found in sheets:
        selected_view(found, sheets)
        found.problems.extend(
            stand_ins.find(found.cells.sheet.name, found.records, {**found.legend, **meanings}, asked)
        )
        found.left_out.extend(account(found))
        reading.tables.extend(found.tables)
        reading.records.extend(found.records)
        reading.left_out.extend(found.left_out)
        reading.problems.extend(gathered(found.problems))
    return _numbered(reading)


def _numbered(reading: Reading) -> Reading:
    """Number the records' tables by their place in the list, where a sheet was set aside after it was read."""
    used = sorted({record.table for record in reading.records})
    if used != list(range(len(used))):
        place = {number: index for index, number in enumerate(used)}
        reading.records = [replace(record, table=place[record.table]) for record in reading.records]
    return reading
