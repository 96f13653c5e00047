"""The reports page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.domain.publication import Audience, Marking
from scs_desktop.ui.common.background import Progress
from scs_desktop.ui.common.labels import ElidedLabel
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.table_model import RowTable
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.words import counted, day_text
from scs_desktop.ui.reports.preview import WIDTH_DRAWN, Preview, Shown
from scs_desktop.ui.reports.signing import Signing
from scs_desktop.workflows.report import PaperKind

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from scs_desktop.reports.pdf import PageImage
    from scs_desktop.store import Store

SIDE_WIDTH, SIDE_SHARE = 410, 0.42
"""The list of signed papers is as wide as it needs, and less than the paper in a narrow window."""
ALL = 0
"""Stands for all priorities where one can be chosen."""


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A kind of report to choose: its words, what the program calls it, and whether one priority can be chosen."""

    title: str
    kind: PaperKind
    by_priority: bool = False


KINDS: tuple[ReportKind, ...] = (
    ReportKind("RAG summary", PaperKind.SUMMARY),
    ReportKind("Priority sheets", PaperKind.PRIORITY, by_priority=True),
    ReportKind("Board pack", PaperKind.PACK),
)
SIGNED = {PaperKind.SUMMARY, PaperKind.PACK}
"""What the board signs off."""
AUDIENCES = {Audience.BOARD: "the board", Audience.PUBLIC: "the public"}


class ReportsPage(Page):
    """The board's papers as they will be printed, and those that were signed off."""

    title = "Reports"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.paper: Shown | None = None
        self._stale = True
        self._waiting: Callable[[], None] | None = None
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split_kept = False
        self._make_choices()
        self._make_buttons()
        self.preview = Preview(self)
        self.whole.toggled.connect(self.preview.set_whole)
        self.signing = Signing(session, self._to_sign, self)
        self.signing.paper.connect(self._show)
        self.signing.left.connect(self.show_report)
        self.signing.form_changed.connect(self._may_sign)
        self._lay_out()
        session.shown.connect(self._position_shown)
        if session.position is not None:
            self._position_shown(session.position)

    def _make_choices(self) -> None:
        self.kind = QComboBox(self)
        self.kind.setAccessibleName("Document")
        for one in KINDS:
            self.kind.addItem(one.title, one)
        self.priority = QComboBox(self)
        self.priority.setAccessibleName("Priority of the sheets")
        self.priority.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.priority.setMinimumContentsLength(14)
        self.priority.hide()
        self.audience = QComboBox(self)
        self.audience.setAccessibleName("For whom")
        for audience, words in AUDIENCES.items():
            self.audience.addItem(words, audience)
        self.marking = QComboBox(self)
        self.marking.setAccessibleName("Protective marking, at least")
        for marking in Marking:
            self.marking.addItem(marking.value, marking)
        for box in (self.kind, self.priority, self.audience, self.marking):
            box.currentIndexChanged.connect(self._changed)

    def _make_buttons(self) -> None:
        self._what = ElidedLabel(self)
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setWordWrap(True)
        self._note.hide()
        self.whole = QCheckBox("&Whole page", self)
        self.back = QPushButton("&Back to the report", self)
        self.back.clicked.connect(self.show_report)
        self.back.hide()
        self.save_button = QPushButton("Save P&DF…", self)
        self.save_button.clicked.connect(self.save)
        self.print_button = QPushButton("Pri&nt…", self)
        self.print_button.clicked.connect(self.print_paper)
        self.sign_button = QPushButton("Sign &off…", self)
        self.sign_button.clicked.connect(lambda _: self.signing.begin())
        for one in (self.save_button, self.print_button, self.sign_button):
            one.setEnabled(False)

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(SPACE)
        for words, box in (
            ("Doc&ument", self.kind),
            ("", self.priority),
            ("&For", self.audience),
            ("&Marking, at least", self.marking),
        ):
            if words:
                label = QLabel(words, self)
                label.setBuddy(box)
                choices.addWidget(label)
            choices.addWidget(box)
        choices.addStretch(1)
        for one in (self.save_button, self.print_button, self.sign_button):
            choices.addWidget(one)
        line = QHBoxLayout()
        line.setSpacing(SPACE)
        line.addWidget(self._what, 1)
        line.addWidget(self.whole)
        below = QHBoxLayout()
        below.setSpacing(SPACE)
        below.addWidget(self._note, 1)
        below.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeft)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        column.addLayout(below)
        column.addWidget(self.preview, 1)
        split = self._split
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.signing)
        split.splitterMoved.connect(self._keep_split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 4, SPACE, 4)
        layout.addLayout(choices)
        layout.addWidget(split, 1)

    def first_focus(self) -> QWidget:
        """The paper."""
        return self.preview

    def source_table(self) -> RowTable:
        """The cells behind a signed paper."""
        return self.signing.signed.sources.table

    def opened(self) -> None:
        """Draw the paper and list the signed ones if what they show has changed."""
        if self._stale:
            self._stale = False
            self.signing.refresh()
            if self.paper is None or self.paper.live:
                self._make()

    def _keep_split(self) -> None:
        self._split_kept = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width, until the officer has moved the divider."""
        super().resizeEvent(event)
        if not self._split_kept:
            side = min(SIDE_WIDTH, round(self.width() * SIDE_SHARE))
            self._split.setSizes([self.width() - side, side])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back from a signed paper with Esc."""
        if event.key() == Qt.Key.Key_Escape and not self.back.isHidden():
            self.show_report()
        else:
            super().keyPressEvent(event)

    # --- the report --------------------------------------------------------------------------------

    def _position_shown(self, position: StrategyPosition) -> None:
        self.priority.blockSignals(True)
        chosen = self.priority.currentData() or ALL
        self.priority.clear()
        self.priority.addItem("all priorities", ALL)
        for one in position.priorities:
            self.priority.addItem(f"{one.number}  {one.name}", one.number)
        self.priority.setCurrentIndex(max(0, self.priority.findData(chosen)))
        self.priority.blockSignals(False)
        self.signing.leave()
        self._stale = True
        if self.isVisible():
            self.opened()

    def _changed(self) -> None:
        kind: ReportKind = self.kind.currentData()
        self.priority.setVisible(kind.by_priority)
        self.marking.setEnabled(Audience(self.audience.currentData()) is Audience.BOARD)
        if self.signing.idle:
            self.show_report()
        else:
            self.signing.leave()

    def show_report(self) -> None:
        """Show the report as it would be now, in place of a signed paper or one to be signed."""
        self.back.hide()
        self._make()

    def _make(self) -> None:
        position = self._session.position
        if position is None or not self.isVisible():
            self._stale = True
            return
        # What is saved, printed or signed is never the paper of another position.
        self.paper = None
        self._may_act()
        chosen: ReportKind = self.kind.currentData()
        audience = Audience(self.audience.currentData())
        marking = Marking(self.marking.currentData()) if audience is Audience.BOARD else Marking.OFFICIAL
        priority: int | None = (self.priority.currentData() or None) if chosen.by_priority else None
        known = day_text(position.known_on) if position.as_at is not None else "now"
        what = f"{chosen.title}, position to {position.position_text}, as known {known}"
        name = f"{chosen.title} to {position.position_text.replace('/', '-')}"
        name += f", priority {priority}" if priority is not None else ""
        name += ", public" if audience is Audience.PUBLIC else ""

        def work(store: Store, _: Progress) -> Shown:
            from scs_desktop.reports.pdf import draw_pages
            from scs_desktop.workflows.report import make_paper

            paper = make_paper(
                store=store,
                kind=chosen.kind,
                priority=priority,
                position=position.position,
                as_at=position.as_at,
                marking=marking,
                audience=audience,
            )
            pages = draw_pages(paper.pdf, width_px=WIDTH_DRAWN)
            return Shown(paper.pdf, pages, what, f"{name}.pdf", note=paper.why_marked)

        self._session.ask("Setting the page", work, self._show, failed=self._not_set, key="report")

    def _not_set(self, refused: UserError) -> None:
        self._waiting = None
        self._session.messages.problem(refused)

    def _show(self, paper: Shown) -> None:
        self.paper = paper
        told = f"{paper.what} – {counted(len(paper.pages), 'page')} A4"
        self._what.setText(told)
        self._note.setText(paper.note)
        self._note.setVisible(bool(paper.note))
        self.preview.show_pages(paper.pages, told)
        self.back.setVisible(not paper.live)
        self._may_act()
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def once_shown(self, act: Callable[[], None]) -> None:
        """Do something with the paper, at once where it is shown, else when it is."""
        if self.paper is not None:
            act()
        else:
            self._waiting = act

    def _may_act(self) -> None:
        self.save_button.setEnabled(self.paper is not None)
        self.print_button.setEnabled(self.paper is not None)
        self._may_sign()

    def begin_sign_off(self) -> None:
        """Open the form to sign the paper off, or say why it cannot be."""
        if self.sign_button.isEnabled():
            self.signing.begin()
        elif self.signing.idle:
            self._session.messages.problem(self.sign_button.toolTip())

    def _to_sign(self) -> tuple[PaperKind, Marking]:
        """Return which paper the board would sign, and its marking."""
        chosen: ReportKind = self.kind.currentData()
        kind = chosen.kind if chosen.kind in SIGNED else PaperKind.SUMMARY
        return kind, Marking(self.marking.currentData())

    def _may_sign(self) -> None:
        kind: ReportKind = self.kind.currentData()
        reasons = {
            "The store is open to read only.": self._session.read_only,
            "The board signs the summary or the pack off: choose one of them.": kind.kind not in SIGNED,
            "The board signs its own copy off, not the public one.": Audience(self.audience.currentData())
            is Audience.PUBLIC,
            "This paper is signed off: go back to the report.": self.paper is not None and not self.paper.live,
            "The paper is being set.": self.paper is None,
        }
        why = next((sentence for sentence, holds in reasons.items() if holds), "")
        self.sign_button.setEnabled(not why and self.signing.idle)
        self.sign_button.setToolTip(why or "Keep this page as the board has seen it, whatever arrives later")

    # --- saving and printing -----------------------------------------------------------------------

    def save(self) -> None:
        """Ask where to, and write the PDF that is shown."""
        if self.paper is None:
            return
        name, _ = QFileDialog.getSaveFileName(self, "Save the report", self.paper.file_name, "PDF (*.pdf)")
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

    def print_paper(self) -> None:
        """Ask for a printer, and print the pages that are shown."""
        from scs_desktop.ui.reports.printing import ask_printer

        if self.paper is None:
            return
        try:
            printer = ask_printer(self.paper.what, self)
        except UserError as refused:
            self._session.messages.problem(refused)
            return
        if printer is not None:
            self.print_on(printer)

    def print_on(self, printer: QPrinter) -> None:
        """Draw the pages that are shown as finely as paper wants them, and print them."""
        from scs_desktop.ui.reports.printing import print_pages, width_for_printer

        paper = self.paper
        if paper is None:
            return

        def work(_: Store, __: Progress) -> tuple[PageImage, ...]:
            from scs_desktop.reports.pdf import draw_pages

            return draw_pages(paper.pdf, width_px=width_for_printer(len(paper.pages)))

        def done(pages: tuple[PageImage, ...]) -> None:
            try:
                print_pages(printer, pages)
            except UserError as refused:
                self._session.messages.problem(refused)
                return
            self._session.messages.done(f"Sent {counted(len(pages), 'page')} to the printer.")

        self._session.ask("Drawing the pages for the printer", work, done)
