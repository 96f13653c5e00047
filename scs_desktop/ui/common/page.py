"""What every page of the window is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from scs_desktop.ui.common.table_model import RowTable


class Page(QWidget):
    """A page of the window: a title, and the control that the keyboard starts on.

    Signals:
        heading_changed: what stands above the page is another.

    """

    heading_changed = Signal()
    title = ""

    def heading(self) -> str:
        """Return what stands above the page."""
        return self.title

    def first_focus(self) -> QWidget:
        """Return the control that has the keyboard when the page is opened."""
        return self

    def source_table(self) -> RowTable | None:
        """Return the table of source cells whose rows open the partner's sheet, if the page has one."""
        return None

    def opened(self) -> None:
        """Do what is needed now that the page is seen; most need nothing."""

    def get_ready(self) -> None:
        """Make what would make the first visit slow, while nobody waits; most need nothing."""
