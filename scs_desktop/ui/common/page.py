"""What every page of the window is."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


class Page(QWidget):
    """A page of the window: a title, and the control that the keyboard starts on."""

    title = ""

    def heading(self) -> str:
        """Return what stands above the page."""
        return self.title

    def first_focus(self) -> QWidget:
        """Return the control that has the keyboard when the page is opened."""
        return self

    def opened(self) -> None:
        """Do what is needed now that the page is seen; most need nothing."""
