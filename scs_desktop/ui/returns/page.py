"""The returns page: drop a file, answer, store; and the history of what was stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.ui.common.messages import Offer
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.words import counted
from scs_desktop.ui.returns.arrivals import Arrivals
from scs_desktop.ui.returns.form_row import FormRow
from scs_desktop.ui.returns.history import ImportTable
from scs_desktop.ui.returns.papers import PartnerPapers
from scs_desktop.ui.returns.password import PasswordRow
from scs_desktop.ui.returns.preview import ImportPreview, MarkedPlan
from scs_desktop.ui.returns.queue import QueueTable
from scs_desktop.ui.returns.source import KeptFile, Place, SourceView, kept_file
from scs_desktop.workflows.arrived import ArrivedFile

if TYPE_CHECKING:
    from scs_desktop.returns.plan import ReturnPlan
    from scs_desktop.store import UndoReport

FILES = "Returns (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.zip);;All files (*)"


class ReturnsPage(Page):
    """What partners sent."""

    title = "Returns"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._back: Callable[[], None] | None = None
        self.papers = PartnerPapers(session, self)
        self.table = ImportTable(self.papers.agency_name, self)
        self.table.selectionModel().currentRowChanged.connect(self._may_undo)
        self.table.activated.connect(self._open_kept)
        self.open_button = QPushButton("&Open returns…", self)
        self.open_button.clicked.connect(self.choose_files)
        self.undo_button = QPushButton("&Undo the chosen import", self)
        self.undo_button.clicked.connect(self.undo)
        self.undo_button.setEnabled(False)
        self._empty = QLabel("No return has been stored yet. Drop the first one here.", self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.arrivals = Arrivals(session, self)
        self.queue = QueueTable(self)
        self.arrivals.lines_changed.connect(self.queue.show_lines)
        self.arrivals.planned.connect(self._planned)
        self.arrivals.password_wanted.connect(self._ask_password)
        self.arrivals.ended.connect(self._to_ledger)
        self.password = PasswordRow(self)
        self.password.given.connect(self.arrivals.try_password)
        self.password.left.connect(self._leave_locked)
        self.preview = ImportPreview(self)
        self.arrivals.not_planned.connect(self.preview.show_again)
        self.preview.answered.connect(self.arrivals.answer)
        self.preview.store_wanted.connect(self.store)
        self.preview.left.connect(self.leave)
        self.preview.arrival.agency_given.connect(self.arrivals.sent_by)
        self.preview.arrival.received_given.connect(self.arrivals.received_on)
        self.preview.arrival.extracted_given.connect(self.arrivals.extracted_on)
        self.source = SourceView(self)
        self.source.left.connect(self._leave_source)
        self.form = FormRow(self)
        self.form.wanted.connect(self._save_form)
        self._stack = QStackedWidget(self)
        self._lay_out()
        session.records_changed.connect(self._show_history)
        session.opened.connect(lambda _: self._forget())
        self._show_history()

    def _lay_out(self) -> None:
        said = QLabel(
            "Drop partners’ files anywhere on the window, or open them. Nothing is stored before you say so.", self
        )
        said.setWordWrap(True)
        head = QHBoxLayout()
        head.addWidget(self.open_button)
        head.addWidget(said, 1)
        head.addWidget(self.undo_button)
        ledger = QWidget(self)
        layout = QVBoxLayout(ledger)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.addLayout(head)
        layout.addWidget(self.password)
        layout.addWidget(self.queue)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self.table, 1)
        self._stack.addWidget(ledger)
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.source)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.form)
        whole.addWidget(self._stack)

    def heading(self) -> str:
        """The page's name, or that a return is open."""
        if self._stack.currentWidget() is self.source:
            return "Stored return, to look at"
        return "Return to be stored" if self.is_previewing else self.title

    def first_focus(self) -> QWidget:
        """The open return, else the history."""
        if self.is_previewing:
            return self.preview.first_focus()
        if self._stack.currentWidget() is self.source:
            return self.source.view
        return self.table if self.table.imports else self.open_button

    @property
    def is_previewing(self) -> bool:
        """Whether a return is open."""
        return self._stack.currentWidget() is self.preview

    # --- history -----------------------------------------------------------------------------------

    def _show_history(self) -> None:
        imports = self._session.records.imports.values()
        self.preview.arrival.set_agencies(self._session.records.agencies)
        self.table.show_imports(imports)
        self._empty.setVisible(not imports)
        self._may_undo()

    def _may_undo(self, _: QModelIndex | None = None) -> None:
        chosen = self.table.chosen
        self.undo_button.setEnabled(chosen is not None and not chosen.undone and not self._session.read_only)

    def undo(self) -> None:
        """Take the chosen import back."""
        chosen = self.table.chosen
        if chosen is not None and not chosen.undone:
            self.undo_import(chosen)

    def undo_import(self, chosen: ImportSummary) -> None:
        """Take an import back."""
        from scs_desktop.workflows.undo_import import undo_import

        def told(report: UndoReport) -> None:
            kept = " ".join(report.reasons)
            self._session.messages.done(
                f"{chosen.file_name} was taken back: {counted(report.closed, 'figure')} closed, "
                f"{report.reopened:,} earlier ones current again. {kept}".strip()
            )

        self._session.change(
            f"Undoing the import of {chosen.file_name}",
            lambda store, _: undo_import(store=store, import_id=chosen.id),
            told,
        )

    # --- a kept file, and what goes back to the partner -----------------------------------------------

    def _open_kept(self, index: QModelIndex) -> None:
        if index.isValid():
            self.show_kept([self.table.at(index)])

    def show_source(self, file_name: str, place: Place, *, back: Callable[[], None]) -> None:
        """Show the cell that a figure came from, in the newest import of the file's name that holds it."""
        named = [one for one in self._session.records.imports.values() if one.file_name == file_name]
        named.sort(key=lambda one: (one.undone, -one.number))
        if named:
            self.show_kept(named, place, back=back)

    def show_kept(
        self, imports: Sequence[ImportSummary], place: Place | None = None, *, back: Callable[[], None] | None = None
    ) -> None:
        """Show a kept file as the partner sent it; ``back`` is where Esc leads, the history if it is not said."""

        def take(found: KeptFile) -> None:
            self._back = back
            self.source.show_file(found, self.papers.agency_name(found.summary.agency))
            self._stack.setCurrentWidget(self.source)
            self.heading_changed.emit()
            self.source.view.setFocus()

        def refused(error: UserError) -> None:
            self._session.messages.problem(error)
            if back is not None:
                back()

        self._session.ask(
            f"Opening {imports[0].file_name}",
            lambda store, progress: kept_file(store, imports, place, lambda: progress.cancelled),
            take,
            failed=refused,
            key="kept",
        )

    def _leave_source(self) -> None:
        back, self._back = self._back, None
        self._stack.setCurrentIndex(1 if self.preview.plan is not None else 0)
        self.heading_changed.emit()
        self.first_focus().setFocus()
        if back is not None:
            back()

    def _about(self) -> ReturnPlan | ImportSummary | None:
        """The open return, else the import that is shown or chosen."""
        if self.is_previewing:
            return self.preview.plan
        if self._stack.currentWidget() is self.source and self.source.summary is not None:
            return self.source.summary
        return self.table.chosen

    def report_for_partner(self) -> None:
        """Ask where to, and write the report about the open or chosen return."""
        about = self._about()
        if about is None:
            self._session.messages.problem("No return to report on: open one, or choose an import.")
            return
        out = self.papers.ask_report(about)
        if out is not None:
            self.papers.write_report(about, out)

    def ask_form(self) -> None:
        """Ask which agency's return form is wanted."""
        about = self._about()
        self.form.ask(self._session.records.agencies, about.agency if about is not None else None)

    def _save_form(self, agency: UUID) -> None:
        out = self.papers.ask_form(agency)
        if out is not None:
            self.form.hide()
            self.papers.write_form(agency, out)

    # --- a return on its way -----------------------------------------------------------------------

    def choose_files(self) -> None:
        """Ask for files and take them in."""
        names, _ = QFileDialog.getOpenFileNames(self, "Open returns", "", FILES)
        self.receive([Path(name) for name in names])

    def receive(self, files: Sequence[Path | ArrivedFile]) -> None:
        """Take files in, one after the other; a zip archive gives the workbooks in it."""
        self.arrivals.receive(files)
        if self.preview.plan is not None and self.is_previewing:
            self.preview.set_waiting(self.arrivals.waiting)

    def _ask_password(self, file_name: str) -> None:
        self._to_ledger()
        self.password.ask(file_name)

    def _leave_locked(self, file_name: str) -> None:
        self._session.messages.done(f"{file_name} was left unread: nothing was stored.")
        self.first_focus().setFocus()
        self.arrivals.leave()

    def _planned(self, planned: MarkedPlan) -> None:
        fresh = not self.is_previewing
        self.password.hide()
        self._stack.setCurrentWidget(self.preview)
        self.preview.show_marked(planned)
        self.preview.set_waiting(self.arrivals.waiting)
        if fresh:
            self._session.messages.clear()
            self.preview.first_focus().setFocus()
            self.heading_changed.emit()

    def store(self, *, leave_open: bool = False) -> None:
        """Store the open return; questions still open are named."""
        plan = self.preview.plan
        # What is shown of a return that is done with stays until the next one is read.
        if plan is None or not self.is_previewing or not self.arrivals.is_open:
            return
        if self.arrivals.is_planning:
            self._session.messages.problem("Not stored yet: the plan is being made with your last change. Look again.")
            return
        if plan.open_questions and not leave_open:
            count = counted(len(plan.open_questions), "question")
            self._session.messages.problem(
                f"Not stored yet: {count} open. Answer with the number keys, or store what is certain.",
                Offer("Store what is certain", lambda: self.store(leave_open=True)) if plan.figures else None,
            )
            self.preview.questions.table.setFocus()
            return
        self.arrivals.store(plan, leave_open=leave_open)

    def leave(self) -> None:
        """Leave the open return; nothing is stored."""
        if not self.arrivals.is_open:
            return
        name = self.preview.plan.file_name if self.preview.plan is not None else "The file"
        self._session.messages.done(f"{name} was left: nothing was stored.")
        self.arrivals.leave()

    def _to_ledger(self) -> None:
        if self.is_previewing:
            self._stack.setCurrentIndex(0)
            self.preview.plan = None
            self.heading_changed.emit()
            self.first_focus().setFocus()

    def _forget(self) -> None:
        self.form.hide()
        self._back = None
        self.arrivals.forget()
        self._to_ledger()
