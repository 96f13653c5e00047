"""The reports page."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.position import StrategyPosition
from scs_desktop.domain.publication import Marking
from scs_desktop.ui.common.background import Progress
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.words import counted

if TYPE_CHECKING:
    from scs_desktop.store import Store

SHARPEST = 3.0
A4_WIDTH = 595.0
"""In points."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A report's pages as pictures, 32 bits a pixel, and the PDF they were drawn from."""

    pdf: bytes
    pages: tuple[QImage, ...]


def drawn(pdf: bytes, scale: float, progress: Progress) -> Drawn:
    """Draw the pages of a PDF; ``scale`` is pixels a point."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        images = []
        for number in range(len(document)):
            progress(number, len(document))
            bitmap = document[number].render(scale=scale, rev_byteorder=True, prefer_bgrx=True)
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGBX8888
            )
            images.append(image.copy())
            bitmap.close()
        return Drawn(pdf, tuple(images))
    finally:
        document.close()


class ReportsPage(Page):
    """The one-page summary, as the paper will be."""

    title = "Reports"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._drawn: Drawn | None = None
        self._stale = True
        self.marking = QComboBox(self)
        self.marking.setAccessibleName("Protective marking")
        for one in Marking:
            self.marking.addItem(one.value, one)
        self.marking.currentIndexChanged.connect(self._changed)
        label = QLabel("&Marking", self)
        label.setBuddy(self.marking)
        self._what = QLabel(self)
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self.save_button = QPushButton("&Save PDF…", self)
        self.save_button.clicked.connect(self.save)
        self.save_button.setEnabled(False)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._what, 1)
        head.addWidget(label)
        head.addWidget(self.marking)
        head.addWidget(self.save_button)
        self._pages = QWidget(self)
        self._pages.setAccessibleName("Pages of the report")
        self._column = QVBoxLayout(self._pages)
        self._column.setSpacing(2 * SPACE)
        self._column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        self.area = QScrollArea(self)
        self.area.setWidget(self._pages)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAccessibleName("Preview of the paper")
        self.area.setBackgroundRole(self.palette().ColorRole.Mid)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 4, SPACE, 4)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)
        session.shown.connect(self._position_shown)

    def first_focus(self) -> QWidget:
        """The paper."""
        return self.area

    def opened(self) -> None:
        """Draw the paper if what it shows has changed."""
        if self._stale:
            self._make()

    def _position_shown(self, position: StrategyPosition) -> None:
        self._what.setText(f"RAG summary, position to {position.position_text}")
        self._changed()

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._make()

    def _make(self) -> None:
        position = self._session.position
        if position is None:
            return
        from scs_desktop.workflows.report import summary_report

        self._stale = False
        marking = Marking(self.marking.currentData())
        scale = self._scale()

        def work(store: Store, progress: Progress) -> Drawn:
            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                path = summary_report(
                    store=store,
                    out=Path(folder) / "summary.pdf",
                    position=position.position,
                    as_at=position.as_at,
                    marking=marking,
                )
                return drawn(path.read_bytes(), scale, progress)

        self._session.ask("Setting the page", work, self._show, key="report")

    def _scale(self) -> float:
        """Pixels a point at which a page is as wide as the window allows."""
        room = max(400, self.area.viewport().width() - 6 * SPACE) * self.devicePixelRatioF()
        return min(SHARPEST, room / A4_WIDTH)

    def _show(self, drawn: Drawn) -> None:
        self._drawn = drawn
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for number, image in enumerate(drawn.pages, 1):
            picture = QPixmap.fromImage(image)
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            page = QLabel(self._pages)
            page.setPixmap(picture)
            page.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            page.setAccessibleName(f"Page {number} of {len(drawn.pages)}")
            self._column.addWidget(page)
        self._column.addStretch(1)
        self.save_button.setEnabled(True)
        self._what.setText(f"{self._what.text().split(' – ')[0]} – {counted(len(drawn.pages), 'page')}, A4")

    def save(self) -> None:
        """Ask where to, and write the PDF that is shown."""
        position = self._session.position
        if self._drawn is None or position is None:
            return
        suggested = f"RAG summary to {position.position_text.replace('/', '-')}.pdf"
        name, _ = QFileDialog.getSaveFileName(self, "Save the report", suggested, "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the PDF that is shown."""
        if self._drawn is None:
            return
        pdf = self._drawn.pdf

        def work(_: Store, __: Progress) -> Path:
            from scs_desktop.domain.errors import UserError

            try:
                path.write_bytes(pdf)
            except OSError as error:
                raise UserError(f"{path} cannot be written: {error.strerror}. Choose another place.") from error
            return path

        self._session.ask("Saving the report", work, lambda done: self._session.messages.done(f"Saved {done}."))
