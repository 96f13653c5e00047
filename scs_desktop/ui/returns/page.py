"""The returns page: drop a file, answer, store; and the history of what was stored."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.ui.common.background import Progress
from scs_desktop.ui.common.messages import Offer
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.words import counted, day_text
from scs_desktop.ui.returns.form_row import FormRow
from scs_desktop.ui.returns.papers import PartnerPapers
from scs_desktop.ui.returns.password import PasswordRow
from scs_desktop.ui.returns.preview import ImportPreview, MarkedPlan, marked, summary_of
from scs_desktop.ui.returns.queue import QueueLine, QueueTable
from scs_desktop.ui.returns.source import KeptFile, Place, SourceView, kept_file
from scs_desktop.workflows.arrived import ArrivedFile

if TYPE_CHECKING:
    from scs_desktop.returns.plan import ReturnPlan
    from scs_desktop.returns.questions import Answers
    from scs_desktop.store import Store, UndoReport

FILES = "Returns (*.xlsx *.xlsm *.xls *.xlsb *.ods *.csv *.tsv *.txt *.zip);;All files (*)"


@dataclass(slots=True)
class _Waiting:
    """One file on its way: where it lies or its bytes, and what became of it so far."""

    what: Path | ArrivedFile
    result: str = "waiting"

    @property
    def name(self) -> str:
        """As it is told."""
        return self.what.name if isinstance(self.what, Path) else self.what.shown


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the open return is to be planned with; the agency is None where the file or an answer tells it."""

    agency: UUID | None
    received: date
    extracted: date | None
    answers: Answers


class ReturnsPage(Page):
    """What partners sent."""

    title = "Returns"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._queue: deque[_Waiting] = deque()
        self._visit: list[_Waiting] = []
        self._file: _Waiting | None = None
        self._wish: _Wish | None = None
        self._asked = self._answered = 0
        self._back: Callable[[], None] | None = None
        columns: tuple[Column[ImportSummary], ...] = (
            Column("No.", lambda one: str(one.number), "1000", right=True, sort=lambda one: one.number),
            Column("Received", lambda one: day_text(one.received_on), "30 Sep 2011"),
            Column("Agency", self._agency_name, "London Borough of Barnet, anti-social be", tip=self._agency_name),
            Column("File", lambda one: one.file_name, tip=lambda one: one.file_name),
            Column("Figures", lambda one: f"{one.figures:,}", "100,000", right=True),
            Column("State", _state, "current, illustrative"),
        )
        self._model = TableModel[ImportSummary](columns, self)
        self.table = RowTable(self._model, "Imports", row_height=26, opens=True, parent=self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.selectionModel().currentRowChanged.connect(self._may_undo)
        self.table.activated.connect(self._open_kept)
        self.open_button = QPushButton("&Open returns…", self)
        self.open_button.clicked.connect(self.choose_files)
        self.undo_button = QPushButton("&Undo the chosen import", self)
        self.undo_button.clicked.connect(self.undo)
        self.undo_button.setEnabled(False)
        self._empty = QLabel("No return has been stored yet. Drop the first one here.", self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.queue = QueueTable(self)
        self.password = PasswordRow(self)
        self.password.given.connect(self._try_password)
        self.preview = ImportPreview(self)
        self.preview.answered.connect(self._answer)
        self.preview.store_wanted.connect(self.store)
        self.preview.left.connect(self.leave)
        self.preview.arrival.agency_given.connect(self._sent_by)
        self.preview.arrival.received_given.connect(lambda day: self._plan_again(received=day))
        self.preview.arrival.extracted_given.connect(lambda day: self._plan_again(extracted=day))
        self.source = SourceView(self)
        self.source.left.connect(self._leave_source)
        self.papers = PartnerPapers(session, self)
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
        return self.table if self._model.rows else self.open_button

    @property
    def is_previewing(self) -> bool:
        """Whether a return is open."""
        return self._stack.currentWidget() is self.preview

    # --- history -----------------------------------------------------------------------------------

    def _agency_name(self, one: ImportSummary) -> str:
        return self.papers.agency_name(one.agency)

    def _show_history(self) -> None:
        self.preview.arrival.set_agencies(self._session.records.agencies)
        rows = sorted(self._session.records.imports.values(), key=lambda one: one.number, reverse=True)
        self._model.set_rows(rows)
        self._empty.setVisible(not rows)
        self.table.setVisible(bool(rows))
        if rows:
            self.table.setCurrentIndex(self._model.index(0, 0))
        self._may_undo()

    def _chosen_import(self) -> ImportSummary | None:
        index = self.table.currentIndex()
        return self._model.row(index) if index.isValid() else None

    def _may_undo(self, _: QModelIndex | None = None) -> None:
        chosen = self._chosen_import()
        self.undo_button.setEnabled(chosen is not None and not chosen.undone and not self._session.read_only)

    def undo(self) -> None:
        """Take the chosen import back."""
        chosen = self._chosen_import()
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
            self.show_kept([self._model.row(index)])

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
        return self._chosen_import()

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
        if self._file is None and not self._queue:
            self._visit = []
        taken = [_Waiting(one) for one in files]
        self._visit += taken
        self._queue.extend(taken)
        self._show_queue()
        if not self.is_previewing and self._file is None:
            self._next()
        elif self.preview.plan is not None and self.is_previewing:
            self.preview.set_waiting(len(self._queue))

    def _show_queue(self) -> None:
        self.queue.show_lines([QueueLine(one.name, one.result) for one in self._visit])

    def _came_to(self, result: str) -> None:
        """Note what became of the file at work."""
        if self._file is not None:
            self._file.result = result
            self._show_queue()

    def _next(self) -> None:
        # A plan still on its way belongs to a return that is done with.
        self._asked += 1
        self._answered = self._asked
        self._wish = None
        self._file = self._queue.popleft() if self._queue else None
        if self._file is None:
            self._to_ledger()
            return
        self._came_to("being read")
        self._open(self._file)

    def _open(self, file: _Waiting) -> None:
        """Find out whether the file is an archive; then read it, or the first that stands in it."""
        from scs_desktop.workflows.arrived import arrived_files, opened_up

        what = file.what
        if isinstance(what, ArrivedFile) and what.archive:
            self._read(what)
            return

        def work(_: Store, __: Progress) -> tuple[ArrivedFile, ...]:
            if isinstance(what, Path):
                return arrived_files(path=what)
            return opened_up(data=what.data, file_name=what.file_name)

        def take(found: tuple[ArrivedFile, ...]) -> None:
            if found[0].archive:
                members = [_Waiting(one) for one in found]
                at = self._visit.index(file)
                self._visit[at : at + 1] = members
                self._queue.extendleft(reversed(members))
                self._next()
            else:
                file.what = found[0]
                self._read(found[0])

        self._session.ask(f"Opening {file.name}", work, take, failed=self._refused, cancelled=self._cancelled)

    def _read(self, file: ArrivedFile, password: str | None = None) -> None:
        from scs_desktop.workflows.import_return import plan_return

        def work(store: Store, progress: Progress) -> MarkedPlan:
            plan = plan_return(
                store=store,
                data=file.data,
                file_name=file.file_name,
                password=password,
                progress=progress.note,
                cancelled=lambda: progress.cancelled,
            )
            return marked(plan)

        self._session.ask(f"Reading {file.shown}", work, self._planned, failed=self._refused, cancelled=self._cancelled)

    def _refused(self, error: UserError) -> None:
        from scs_desktop.returns.refusals import Cancelled, PasswordNeeded

        if isinstance(error, Cancelled):
            self._cancelled()
            return
        self._session.messages.problem(error)
        if isinstance(error, PasswordNeeded) and self._file is not None:
            self._came_to("waits for its password")
            self._to_ledger()
            self.password.ask(self._file.name)
            return
        self._came_to(f"refused: {error}")
        self._next()

    def _cancelled(self) -> None:
        name = self._file.name if self._file is not None else "The file"
        self._session.messages.done(f"{name} was not read to the end. Nothing was stored.")
        self._came_to("cancelled")
        self._next()

    def _try_password(self, password: str) -> None:
        if self._file is not None and isinstance(self._file.what, ArrivedFile):
            self._read(self._file.what, password)

    def _planned(self, planned: MarkedPlan) -> None:
        fresh = not self.is_previewing
        plan = planned.plan
        self._wish = _Wish(
            plan.agency if plan.agency_certain and not _asked_who(plan) else None,
            plan.received_on,
            None if planned.says_extracted else plan.extracted_on,
            plan.answers,
        )
        self.password.hide()
        self._stack.setCurrentWidget(self.preview)
        self.preview.show_marked(planned)
        self._came_to(f"open: {summary_of(planned.plan)}")
        self.preview.set_waiting(len(self._queue))
        if fresh:
            self._session.messages.clear()
            self.preview.first_focus().setFocus()
            self.heading_changed.emit()

    def _answer(self, key: str, answer: str) -> None:
        if self._wish is not None:
            self._plan_again(answers=self._wish.answers.and_also({key: answer}))

    def _sent_by(self, agency: UUID) -> None:
        """Begin again with this sender: answers given for another one say nothing of it."""
        from scs_desktop.returns.questions import Answers

        if self._wish is not None and agency != self._wish.agency:
            self._plan_again(agency=agency, answers=Answers())

    def _plan_again(self, **changed: object) -> None:
        plan = self.preview.plan
        if plan is None or self._wish is None:
            return
        from scs_desktop.workflows.import_return import ReadReturn, plan_return

        # Kept before the plan comes: the next answer must not forget this one.
        wish = self._wish = replace(self._wish, **changed)  # type: ignore[arg-type]
        self._asked += 1
        number = self._asked

        def work(store: Store, _: Progress) -> MarkedPlan:
            plan_with_answers = plan_return(
                store=store,
                data=plan.data,
                file_name=plan.file_name,
                agency=wish.agency,
                received=wish.received,
                extracted=wish.extracted,
                answers=wish.answers,
                read=ReadReturn(plan.data, plan.workbook, plan.reading),
            )
            return marked(plan_with_answers)

        def take(planned: MarkedPlan) -> None:
            if number == self._asked:
                self._answered = number
                self._planned(planned)

        def back(error: UserError | None = None) -> None:
            if number == self._asked:
                self._answered = number
                self.preview.show_again()
            if error is not None:
                self._session.messages.problem(error)

        self._session.ask("Planning", work, take, failed=back, cancelled=back, key="plan")

    def store(self, *, leave_open: bool = False) -> None:
        """Store the open return; questions still open are named."""
        plan = self.preview.plan
        if plan is None or not self.is_previewing:
            return
        if self._asked != self._answered:
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
        from scs_desktop.workflows.import_return import store_return

        def told(summary: ImportSummary) -> None:
            self._session.messages.done(
                f"Stored {counted(summary.figures, 'figure')} of {summary.file_name} as import {summary.number}. "
                "It can be undone here."
            )
            self._came_to(f"stored as import {summary.number}: {counted(summary.figures, 'figure')}")
            self._next()

        self._session.change(
            f"Storing {plan.file_name}",
            lambda store, _: store_return(store=store, plan=plan, leave_open=leave_open),
            told,
        )

    def leave(self) -> None:
        """Leave the open return; nothing is stored."""
        name = self.preview.plan.file_name if self.preview.plan is not None else "The file"
        self._session.messages.done(f"{name} was left: nothing was stored.")
        self._came_to("left: nothing was stored")
        self._next()

    def _to_ledger(self) -> None:
        if self.is_previewing:
            self._stack.setCurrentIndex(0)
            self.preview.plan = None
            self.heading_changed.emit()
            self.first_focus().setFocus()

    def _forget(self) -> None:
        self.form.hide()
        self._back = None
        self._queue.clear()
        self._visit = []
        self._file = None
        self._show_queue()
        self._to_ledger()


def _asked_who(plan: ReturnPlan) -> bool:
    """Whether the file's sender was asked for; the answer then names the agency."""
    from scs_desktop.returns.questions import QuestionKind

    return any(question.kind is QuestionKind.AGENCY for question in plan.questions)


def _state(one: ImportSummary) -> str:
    parts = ["undone"] if one.undone else ["current"]
    if one.illustrative:
        parts.append("illustrative")
    return ", ".join(parts)
