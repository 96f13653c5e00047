"""The reports page."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QImage, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
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
    from scs_desktop.reports.pdf import PageImage
    from scs_desktop.store import Store

WIDTH_DRAWN = 1654
"""Pixels across an A4 page at 200 dots an inch; the screen shows it scaled."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A report: its PDF, and its pages as drawn from that PDF."""

    pdf: bytes
    pages: tuple[PageImage, ...]


class ReportsPage(Page):
    """The one-page summary, as the paper will be."""

    title = "Reports"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.paper: Paper | None = None
        self._pictures: list[QPixmap] = []
        self._labels: list[QLabel] = []
        self._stale = True
        self.marking = QComboBox(self)
        self.marking.setAccessibleName("Protective marking")
        for one in Marking:
            self.marking.addItem(one.value, one)
        self.marking.currentIndexChanged.connect(self._changed)
        self._what = QLabel(self)
        self._what.setTextFormat(Qt.TextFormat.PlainText)
        self.whole = QCheckBox("&Whole page", self)
        self.whole.toggled.connect(self._fit)
        self.save_button = QPushButton("Save P&DF…", self)
        self.save_button.clicked.connect(self.save)
        self.save_button.setEnabled(False)
        self._pages = QWidget(self)
        self._pages.setAccessibleName("Pages of the report")
        self._column = QVBoxLayout(self._pages)
        self._column.setSpacing(2 * SPACE)
        self._column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        self.area = QScrollArea(self)
        self.area.setWidget(self._pages)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("Preview of the paper")
        self.area.setBackgroundRole(QPalette.ColorRole.Mid)
        self._lay_out()
        session.shown.connect(self._position_shown)
        if session.position is not None:
            self._position_shown(session.position)

    def _lay_out(self) -> None:
        label = QLabel("&Marking", self)
        label.setBuddy(self.marking)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._what, 1)
        for one in (self.whole, label, self.marking, self.save_button):
            head.addWidget(one)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 4, SPACE, 4)
        layout.addLayout(head)
        layout.addWidget(self.area, 1)

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
        self._stale = False
        marking = Marking(self.marking.currentData())

        def work(store: Store, _: Progress) -> Paper:
            from scs_desktop.reports.pdf import draw_pages
            from scs_desktop.workflows.report import summary_report

            with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
                out = Path(folder) / "summary.pdf"
                at, cut = position.position, position.as_at
                summary_report(store=store, out=out, position=at, as_at=cut, marking=marking)
                pdf = out.read_bytes()
            return Paper(pdf, draw_pages(pdf, width_px=WIDTH_DRAWN))

        self._session.ask("Setting the page", work, self._show, key="report")

    def _show(self, paper: Paper) -> None:
        self.paper = paper
        for label in self._labels:
            self._column.removeWidget(label)
            label.deleteLater()
        self._labels = []
        self._pictures = []
        for number, page in enumerate(paper.pages, 1):
            image = QImage(page.pixels, page.width, page.height, page.width * 4, QImage.Format.Format_RGBA8888)
            # The picture must outlive the bytes it was made from.
            self._pictures.append(QPixmap.fromImage(image.copy()))
            label = QLabel(self._pages)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            label.setAccessibleName(f"Page {number} of {len(paper.pages)}")
            self._column.addWidget(label)
            self._labels.append(label)
        self.save_button.setEnabled(True)
        self._what.setText(f"{self._what.text().split(' – ')[0]} – {counted(len(paper.pages), 'page')} A4")
        self._fit()

    def _fit(self) -> None:
        """Show each page as wide as the window allows, or whole."""
        ratio = self.devicePixelRatioF()
        # The bar's room is kept free also while there is none, else its coming and going would never settle.
        view = self.area.size().shrunkBy(QMargins(0, 0, self.area.verticalScrollBar().sizeHint().width(), 0))
        for label, picture in zip(self._labels, self._pictures, strict=True):
            width = min(view.width() - 4 * SPACE, round(picture.width() / ratio))
            if self.whole.isChecked():
                width = min(width, (view.height() - 4 * SPACE) * picture.width() // max(1, picture.height()))
            shown = picture.scaledToWidth(round(width * ratio), Qt.TransformationMode.SmoothTransformation)
            shown.setDevicePixelRatio(ratio)
            label.setPixmap(shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._fit()

    def save(self) -> None:
        """Ask where to, and write the PDF that is shown."""
        position = self._session.position
        if self.paper is None or position is None:
            return
        suggested = f"RAG summary to {position.position_text.replace('/', '-')}.pdf"
        name, _ = QFileDialog.getSaveFileName(self, "Save the report", suggested, "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the PDF that is shown."""
        if self.paper is None:
            return
        from scs_desktop.workflows.report import write_whole

        pdf = self.paper.pdf
        self._session.ask(
            "Saving the report",
            lambda _, __: write_whole(path, pdf),
            lambda saved: self._session.messages.done(f"Saved {saved}."),
        )
