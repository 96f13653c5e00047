"""The columns of a table of source cells."""

from __future__ import annotations

from scs_desktop.ui.common.table_model import Column
from scs_desktop.workflows.source_cells import SourceRow

SOURCE_COLUMNS: tuple[Column[SourceRow], ...] = (
    Column("Period", lambda row: row.period, "12 months to September"),
    Column("Part", lambda row: row.part, "denominator"),
    Column("Figure", lambda row: row.figure, "27,705", right=True),
    Column("File", lambda row: row.file, tip=lambda row: row.file),
    Column("Sheet", lambda row: row.sheet, "Offences 2011", tip=lambda row: row.sheet),
    Column("Cell", lambda row: row.cell, "AA100"),
    Column("As it stood there", lambda row: row.text, "As it stood there", right=True),
)
