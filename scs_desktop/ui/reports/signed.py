"""The papers that were signed off: the list of them, and what would be printed otherwise today."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from scs_desktop.domain.periods import position_label
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.words import counted, day_text, moment_text
from scs_desktop.ui.reports.sources import SignedSources

if TYPE_CHECKING:
    from scs_desktop.domain.restated import Restatement
    from scs_desktop.workflows.signed_papers import Restated, SignedPaper

ROW_HEIGHT = 26
_INDENT = 12


def restated_word(one: SignedPaper) -> str:
    """Return how much would be printed otherwise today."""
    if one.restated is None:
        return "–"
    return str(one.restated) if one.restated else "none"


def restated_tip(one: SignedPaper) -> str:
    """Return what the number beside a paper means."""
    if one.restated is None:
        return "What was kept beside this paper cannot be read by this version of the program; its PDF can"
    return "Rows that would be printed otherwise today"


COLUMNS: tuple[Column[SignedPaper], ...] = (
    Column("Position", lambda one: one.position_text, "Q2 2011/12", sort=lambda one: one.summary.position.isoformat()),
    Column("Meeting", lambda one: day_text(one.met_on), "20 Dec 2011", tip=lambda one: one.meeting_title),
    Column("State", lambda one: one.summary.state.value, tip=lambda one: one.summary.reason),
    Column("Restated", restated_word, right=True, sample="none", tip=restated_tip),
)


def paper_html(one: SignedPaper) -> str:
    """Return what is known of a paper, as paragraphs."""
    signed = one.signed
    by = f"Signed {moment_text(signed.at)} by {escape(signed.who)}." if signed is not None else ""
    state = ""
    if not one.stands:
        on = f" {day_text(one.ended.at.date())}" if one.ended is not None else ""
        state = f"<p><b>{one.summary.state.value.capitalize()}{on}:</b> {escape(one.summary.reason)}</p>"
    return (
        f"<p><b>{escape(one.meeting_title)}</b><br>{by}</p>{state}"
        f"<p>{one.size:,} bytes, as at change {one.summary.as_at}. "
        f"SHA-256<br>{one.sha256[:32]}<br>{one.sha256[32:]}</p>"
    )


def restated_html(found: Restated) -> str:
    """Return what would be printed otherwise today, each row with its causes."""
    if not found.rows:
        return "<p>Nothing is restated: today the same would be printed.</p>"
    count = counted(len(found.rows), "row")
    return f"<p><b>{count} would be printed otherwise today:</b></p>" + "".join(_row_html(row) for row in found.rows)


def _row_html(row: Restatement) -> str:
    causes = "".join(f"<li>{escape(one.sentence)}</li>" for one in row.causes)
    return f"<p>{escape(row.sentence)}</p><ul>{causes}</ul>"


class SignedList(QWidget):
    """Every signed paper; the chosen one below with what is restated since.

    Signals:
        opened(SignedPaper): its own pages are wanted.
        withdrawing(SignedPaper), superseding(SignedPaper): it is to be taken back, or signed anew.

    """

    opened = Signal(object)
    withdrawing = Signal(object)
    superseding = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._wanted: UUID | None = None
        self._told: dict[UUID, str] = {}
        self._model: TableModel[SignedPaper] = TableModel(COLUMNS, self)
        self.table = RowTable(self._model, "Signed papers", row_height=ROW_HEIGHT, opens=True, parent=self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.activated.connect(self._open)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._chosen())
        self.told = QTextBrowser(self)
        self.told.setAccessibleName("What is known of the signed paper")
        self.told.setFrameShape(QFrame.Shape.NoFrame)
        self.told.setTabChangesFocus(True)
        self.told.document().setIndentWidth(_INDENT)
        self.sources = SignedSources(session, self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("About the signed paper")
        self.tabs.addTab(self.told, "What &changed since")
        self.tabs.addTab(self.sources, "Ce&lls")
        self.withdraw = QPushButton("W&ithdraw…", self)
        self.withdraw.clicked.connect(lambda: self._with_current(self.withdrawing))
        self.anew = QPushButton("Sign &anew…", self)
        self.anew.setToolTip("Sign the position off again at a later meeting; this paper is kept as superseded")
        self.anew.clicked.connect(lambda: self._with_current(self.superseding))
        self.empty = QLabel(
            "No paper is signed off yet. Choose Sign off… when the board has agreed the page: it is then kept as it "
            "is, whatever arrives later.",
            self,
        )
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lay_out()

    def _lay_out(self) -> None:
        title = QLabel("Signed off b&y the board", self)
        title.setBuddy(self.table)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.withdraw)
        buttons.addWidget(self.anew)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, 0, 0)
        layout.addWidget(title)
        layout.addWidget(self.empty)
        layout.addWidget(self.table, 2)
        layout.addWidget(self.tabs, 3)
        layout.addLayout(buttons)
        self.show_papers(())

    @property
    def current(self) -> SignedPaper | None:
        """The chosen paper."""
        index = self.table.currentIndex()
        return self._model.row(index) if index.isValid() else None

    def choose(self, paper: UUID) -> None:
        """Choose this paper, now or when it is listed."""
        self._wanted = paper
        ids = [one.id for one in self._model.rows]
        if paper in ids:
            self.table.setCurrentIndex(self._model.index(ids.index(paper), 0))
            self._wanted = None

    def show_papers(self, papers: tuple[SignedPaper, ...]) -> None:
        """Show these and no others."""
        before = self._wanted or (self.current.id if self.current is not None else None)
        self._told = {}
        self._model.set_rows(papers)
        for one in (self.table, self.tabs, self.withdraw, self.anew):
            one.setVisible(bool(papers))
        self.empty.setVisible(not papers)
        if papers:
            self.table.setCurrentIndex(self._model.index(0, 0))
        if before is not None:
            self.choose(before)
        self._chosen()

    def _chosen(self) -> None:
        paper = self.current
        stands = paper is not None and paper.stands and not self._session.read_only
        self.withdraw.setEnabled(stands)
        self.anew.setEnabled(stands)
        self.sources.set_paper(paper.id if paper is not None else None)
        if paper is None:
            self.told.clear()
            return
        self.told.setHtml(paper_html(paper) + self._told.get(paper.id, ""))
        if paper.id not in self._told and paper.restated is not None:
            self._ask_restated(paper)

    def _ask_restated(self, paper: SignedPaper) -> None:
        from scs_desktop.workflows.signed_papers import restated

        def take(found: Restated) -> None:
            self._told[paper.id] = restated_html(found)
            if self.current == paper:
                self.told.setHtml(paper_html(paper) + self._told[paper.id])

        self._session.ask(
            f"Comparing the paper of {position_label(paper.summary.position)} with today",
            lambda store, _: restated(store=store, sign_off_id=paper.id),
            take,
            key="restated",
        )

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(self._model.row(index))

    def _with_current(self, signal: SignalInstance) -> None:
        if self.current is not None:
            signal.emit(self.current)
