"""The files of this visit, each with what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QWidget

from scs_desktop.ui.common.table_model import Column, RowTable, TableModel

ROW = 24
MOST_ROWS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One file and what became of it so far."""

    name: str
    result: str = "waiting"


QUEUE_COLUMNS: tuple[Column[QueueLine], ...] = (
    Column("File", lambda one: one.name, "met-recorded-crime-2012-13-quarter-4.xlsx", tip=lambda one: one.name),
    Column("Result", lambda one: one.result, tip=lambda one: one.result),
)


class QueueTable(RowTable):
    """One line a file, in the order of arrival; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._lines = TableModel[QueueLine](QUEUE_COLUMNS)
        super().__init__(self._lines, "Files of this visit", row_height=ROW, parent=parent)
        self._lines.setParent(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.hide()

    @property
    def lines(self) -> tuple[QueueLine, ...]:
        """What is shown."""
        return tuple(self._lines.rows)

    def show_lines(self, lines: list[QueueLine]) -> None:
        """Show these, the last at work in sight."""
        self._lines.set_rows(lines)
        self.setVisible(bool(lines))
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + ROW * min(len(lines), MOST_ROWS_SHOWN) + 2)
        done = [number for number, one in enumerate(lines) if one.result != "waiting"]
        if done:
            self.scrollTo(self._lines.index(done[-1], 0))
