"""Returns on their way: files are taken in one after the other, read, planned as the officer answers, and stored."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.ui.common.background import Progress
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.words import counted
from scs_desktop.ui.returns.preview import MarkedPlan, marked, summary_of
from scs_desktop.ui.returns.queue import QueueLine
from scs_desktop.workflows.arrived import ArrivedFile

if TYPE_CHECKING:
    from scs_desktop.returns.plan import ReturnPlan
    from scs_desktop.returns.questions import Answers
    from scs_desktop.store import Store


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

    plan: ReturnPlan
    agency: UUID | None
    received: date
    extracted: date | None
    answers: Answers


class Arrivals(QObject):
    """The files of this visit, of which one at a time is at work.

    Signals:
        lines_changed(list[QueueLine]): what became of the files, in the order of arrival.
        planned(MarkedPlan): the file at work is planned, for the first time or again.
        not_planned(): planning again came to nothing, and the plan from before stands.
        password_wanted(str): the file of this name is encrypted.
        ended(): no file is at work or waiting any more.

    """

    lines_changed = Signal(list)
    planned = Signal(object)
    not_planned = Signal()
    password_wanted = Signal(str)
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._queue: deque[_Waiting] = deque()
        self._visit: list[_Waiting] = []
        self._file: _Waiting | None = None
        self._wish: _Wish | None = None
        self._asked = self._answered = 0
        self._storing = False

    @property
    def waiting(self) -> int:
        """How many files wait behind the one at work."""
        return len(self._queue)

    @property
    def is_planning(self) -> bool:
        """Whether the plan with the officer's last change is still on its way."""
        return self._asked != self._answered

    @property
    def is_open(self) -> bool:
        """Whether the file at work is planned and waits for the officer: not still read, nor being stored."""
        return self._wish is not None and not self._storing

    # --- one after the other -------------------------------------------------------------------------

    def receive(self, files: Sequence[Path | ArrivedFile]) -> None:
        """Take files in; a zip archive gives the workbooks in it."""
        if self._file is None and not self._queue:
            self._visit = []
        taken = [_Waiting(one) for one in files]
        self._visit += taken
        self._queue.extend(taken)
        self._tell_lines()
        if self._file is None:
            self._next()

    def leave(self) -> None:
        """Leave the file at work; nothing is stored."""
        self._came_to("left: nothing was stored")
        self._next()

    def forget(self) -> None:
        """Forget every file: another store is open."""
        self._queue.clear()
        self._visit = []
        self._file = None
        self._tell_lines()

    def _tell_lines(self) -> None:
        self.lines_changed.emit([QueueLine(one.name, one.result) for one in self._visit])

    def _came_to(self, result: str) -> None:
        """Note what became of the file at work."""
        if self._file is not None:
            self._file.result = result
            self._tell_lines()

    def _next(self) -> None:
        # A plan still on its way belongs to a return that is done with.
        self._asked += 1
        self._answered = self._asked
        self._wish = None
        self._storing = False
        self._file = self._queue.popleft() if self._queue else None
        if self._file is None:
            self.ended.emit()
            return
        self._came_to("being read")
        self._open(self._file)

    # --- from the file to its plan -------------------------------------------------------------------

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

    def try_password(self, password: str) -> None:
        """Read the file at work again, with this password."""
        if self._file is not None and isinstance(self._file.what, ArrivedFile):
            self._read(self._file.what, password)

    def _refused(self, error: UserError) -> None:
        from scs_desktop.returns.refusals import Cancelled, PasswordNeeded

        if isinstance(error, Cancelled):
            self._cancelled()
            return
        self._session.messages.problem(error)
        if isinstance(error, PasswordNeeded) and self._file is not None:
            self._came_to("waits for its password")
            self.password_wanted.emit(self._file.name)
            return
        self._came_to(f"refused: {error}")
        self._next()

    def _cancelled(self) -> None:
        name = self._file.name if self._file is not None else "The file"
        self._session.messages.done(f"{name} was not read to the end. Nothing was stored.")
        self._came_to("cancelled")
        self._next()

    def _planned(self, planned: MarkedPlan) -> None:
        plan = planned.plan
        self._wish = _Wish(
            plan,
            plan.agency if plan.agency_certain and not _asked_who(plan) else None,
            plan.received_on,
            None if planned.says_extracted else plan.extracted_on,
            plan.answers,
        )
        self.planned.emit(planned)
        self._came_to(f"open: {summary_of(plan)}")

    # --- as the officer answers ----------------------------------------------------------------------

    def answer(self, key: str, answer: str) -> None:
        """Plan again with an answer to a question of the plan."""
        if self._wish is not None:
            self._plan_again(answers=self._wish.answers.and_also({key: answer}))

    def sent_by(self, agency: UUID) -> None:
        """Begin again with this sender: answers given for another one say nothing of it."""
        from scs_desktop.returns.questions import Answers

        if self._wish is not None and agency != self._wish.agency:
            self._plan_again(agency=agency, answers=Answers())

    def received_on(self, day: date) -> None:
        """Plan again with the day on which the return came."""
        self._plan_again(received=day)

    def extracted_on(self, day: date | None) -> None:
        """Plan again with the day on which the partner drew the figures, None where nobody says it."""
        self._plan_again(extracted=day)

    def _plan_again(self, **changed: object) -> None:
        if self._wish is None:
            return
        from scs_desktop.workflows.import_return import ReadReturn, plan_return

        # Kept before the plan comes: the next answer must not forget this one.
        wish = self._wish = replace(self._wish, **changed)  # type: ignore[arg-type]
        plan = wish.plan
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
                self.not_planned.emit()
            if error is not None:
                self._session.messages.problem(error)

        self._session.ask("Planning", work, take, failed=back, cancelled=back, key="plan")

    def store(self, plan: ReturnPlan, *, leave_open: bool) -> None:
        """Store the figures of the plan, then go on to the next file."""
        from scs_desktop.workflows.import_return import store_return

        def told(summary: ImportSummary) -> None:
            self._session.messages.done(
                f"Stored {counted(summary.figures, 'figure')} of {summary.file_name} as import {summary.number}. "
                "It can be undone here."
            )
            self._came_to(f"stored as import {summary.number}: {counted(summary.figures, 'figure')}")
            self._next()

        def not_stored(error: UserError) -> None:
            self._storing = False
            self._session.messages.problem(error)

        self._storing = True
        self._session.change(
            f"Storing {plan.file_name}",
            lambda store, _: store_return(store=store, plan=plan, leave_open=leave_open),
            told,
            failed=not_stored,
        )


def _asked_who(plan: ReturnPlan) -> bool:
    """Whether the file's sender was asked for; the answer then names the agency."""
    from scs_desktop.returns.questions import QuestionKind

    return any(question.kind is QuestionKind.AGENCY for question in plan.questions)
