"""From a workbook's cells to what the reader makes of it: tables, records, what is left out, what to ask."""

from __future__ import annotations

from collections.abc import Mapping

from scs_desktop.domain.figures import FigureKind
from scs_desktop.returns.grid import Workbook
from scs_desktop.returns.records import Reading
from scs_desktop.returns.tables.remainder import account
from scs_desktop.returns.tables.sheets import read_sheet


def read_grid(workbook: Workbook, *, marks: Mapping[str, FigureKind] | None = None) -> Reading:
    """Read every sheet of a workbook.

    Args:
        workbook: the cells as the safe reader gives them.
        marks: what an agency's profile says its signs mean ("*", "-"), lower case; rules over the sheet's legend.

    """
    reading = Reading(workbook.file_name, workbook.sha256, workbook.format)
    reading.notices = list(workbook.notices)
    sheets = []
    for sheet in workbook.sheets:
        found = read_sheet(sheet, len(reading.tables), marks or {})
        sheets.append(found)
        reading.tables.extend(found.tables)
        reading.records.extend(found.records)
        reading.left_out.extend(found.left_out)
        reading.problems.extend(found.problems)
    for found in sheets:
        reading.left_out.extend(account(found))
    return reading
