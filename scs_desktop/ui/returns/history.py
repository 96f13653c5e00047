"""The history of what was stored: one line an import, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QFrame, QWidget

from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.words import day_text

ROW = 26


class ImportTable(RowTable):
    """Every import with who sent it, when, what it brought and whether it still stands."""

    def __init__(self, agency_name: Callable[[UUID | None], str], parent: QWidget | None = None) -> None:
        def agency(one: ImportSummary) -> str:
            return agency_name(one.agency)

        columns: tuple[Column[ImportSummary], ...] = (
            Column("No.", lambda one: str(one.number), "1000", right=True, sort=lambda one: one.number),
            Column("Received", lambda one: day_text(one.received_on), "30 Sep 2011"),
            Column("Agency", agency, "London Borough of Barnet, anti-social be", tip=agency),
            Column("File", lambda one: one.file_name, tip=lambda one: one.file_name),
            Column("Figures", lambda one: f"{one.figures:,}", "100,000", right=True),
            Column("State", _state, "current, illustrative"),
        )
        self._rows = TableModel[ImportSummary](columns)
        super().__init__(self._rows, "Imports", row_height=ROW, opens=True, parent=parent)
        self._rows.setParent(self)
        self.setFrameShape(QFrame.Shape.NoFrame)

    @property
    def imports(self) -> tuple[ImportSummary, ...]:
        """What is shown."""
        return tuple(self._rows.rows)

    @property
    def chosen(self) -> ImportSummary | None:
        """The import of the current line."""
        index = self.currentIndex()
        return self.at(index) if index.isValid() else None

    def at(self, index: QModelIndex) -> ImportSummary:
        """Return the import of a line."""
        return self._rows.row(index)

    def show_imports(self, imports: Iterable[ImportSummary]) -> None:
        """Show these, the newest first and chosen."""
        rows = sorted(imports, key=lambda one: one.number, reverse=True)
        self._rows.set_rows(rows)
        self.setVisible(bool(rows))
        if rows:
            self.setCurrentIndex(self._rows.index(0, 0))


def _state(one: ImportSummary) -> str:
    parts = ["undone"] if one.undone else ["current"]
    if one.illustrative:
        parts.append("illustrative")
    return ", ".join(parts)
