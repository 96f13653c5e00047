"""The paper on the screen: its own pages, as wide as the room allows or whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QImage, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from scs_desktop.ui.common.theme import SPACE

if TYPE_CHECKING:
    from scs_desktop.reports.pdf import PageImage

WIDTH_DRAWN = 1654
"""Pixels across an A4 page at 200 dots an inch; the screen shows it scaled."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A report: its PDF, its pages as drawn from that PDF, what it is, and the name its file is offered."""

    pdf: bytes
    pages: tuple[PageImage, ...]
    what: str
    file_name: str
    live: bool = True
    note: str = ""


def image_of(page: PageImage) -> QImage:
    """Return a drawn page as a picture of its own."""
    image = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGBA8888)
    # The picture must outlive the bytes it was made from.
    return image.copy()


class Preview(QScrollArea):
    """Pages below each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: list[QPixmap] = []
        self._labels: list[QLabel] = []
        self._whole = False
        self._pages = QWidget(self)
        self._pages.setAccessibleName("Pages of the report")
        self._column = QVBoxLayout(self._pages)
        self._column.setSpacing(2 * SPACE)
        self._column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        self.setWidget(self._pages)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Preview of the paper")
        self.setBackgroundRole(QPalette.ColorRole.Mid)

    @property
    def pages(self) -> int:
        """How many are shown."""
        return len(self._labels)

    def show_pages(self, pages: Sequence[PageImage], what: str) -> None:
        """Show these and no others, from the first; ``what`` is said of them to those who cannot see them."""
        for label in self._labels:
            self._column.removeWidget(label)
            label.deleteLater()
        self._labels, self._pictures = [], []
        for number, page in enumerate(pages, 1):
            self._pictures.append(QPixmap.fromImage(image_of(page)))
            label = QLabel(self._pages)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            label.setAccessibleName(f"Page {number} of {len(pages)}")
            self._column.addWidget(label)
            self._labels.append(label)
        self.setAccessibleDescription(what)
        self.verticalScrollBar().setValue(0)
        self._fit()

    def set_whole(self, whole: bool) -> None:
        """Show a whole page in the room there is, or its whole width."""
        self._whole = whole
        self._fit()

    def _fit(self) -> None:
        ratio = self.devicePixelRatioF()
        # The bar's room is kept free also while there is none, else its coming and going would never settle.
        view = self.size().shrunkBy(QMargins(0, 0, self.verticalScrollBar().sizeHint().width(), 0))
        for label, picture in zip(self._labels, self._pictures, strict=True):
            width = min(view.width() - 4 * SPACE, round(picture.width() / ratio))
            if self._whole:
                width = min(width, (view.height() - 4 * SPACE) * picture.width() // max(1, picture.height()))
            shown = picture.scaledToWidth(max(1, round(width * ratio)), Qt.TransformationMode.SmoothTransformation)
            shown.setDevicePixelRatio(ratio)
            label.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._fit()
