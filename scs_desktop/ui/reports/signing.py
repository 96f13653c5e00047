"""Beside the paper: what was signed off, signing off, and taking back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from scs_desktop.domain.publication import Marking
from scs_desktop.ui.common.background import Progress
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.words import day_text
from scs_desktop.ui.reports.preview import WIDTH_DRAWN, Shown
from scs_desktop.ui.reports.sign_off import NewMeeting, SignOffForm, WithdrawForm
from scs_desktop.ui.reports.signed import SignedList

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Meeting
    from scs_desktop.store import Store
    from scs_desktop.workflows.report import PaperKind
    from scs_desktop.workflows.sign_off import Proposed
    from scs_desktop.workflows.signed_papers import SignedPaper


class Signing(QStackedWidget):
    """The list of signed papers, or a form in its place. ``choice`` says which kind of paper, and how it is marked.

    Signals:
        paper(Shown): this one is to be shown: a signed one, or the one to be signed.
        left: a form was left; the report is to be shown again.
        form_changed: the list or another form is shown.

    """

    paper = Signal(object)
    left = Signal()
    form_changed = Signal()

    def __init__(
        self, session: Session, choice: Callable[[], tuple[PaperKind, Marking]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._choice = choice
        self._superseded: SignedPaper | None = None
        self._at: date | None = None
        self._meetings: tuple[Meeting, ...] = ()
        self.signed = SignedList(session, self)
        self.signed.opened.connect(self.open_signed)
        self.signed.withdrawing.connect(self._begin_withdrawing)
        self.signed.superseding.connect(self.begin)
        self.form = SignOffForm(self)
        self.form.meeting_chosen.connect(self._propose)
        self.form.meeting_added.connect(self._add_meeting)
        self.form.confirmed.connect(self._sign)
        self.form.left.connect(self.leave)
        self.withdraw_form = WithdrawForm(self)
        self.withdraw_form.confirmed.connect(self._withdraw)
        self.withdraw_form.left.connect(self.leave)
        for one in (self.signed, self.form, self.withdraw_form):
            self.addWidget(one)

    @property
    def idle(self) -> bool:
        """Whether the list is shown, and no form."""
        return self.currentWidget() is self.signed

    def refresh(self) -> None:
        """List the signed papers as the store has them now."""
        from scs_desktop.workflows.signed_papers import signed_papers

        self._session.ask(
            "Listing the signed papers",
            lambda store, _: signed_papers(store=store),
            self.signed.show_papers,
            key="signed",
        )

    def open_signed(self, paper: SignedPaper) -> None:
        """Show a signed paper's own pages."""
        known = f"signed off {day_text(paper.met_on)}" if paper.met_on is not None else "signed off"
        state = "" if paper.stands else f", {paper.summary.state.value}"
        what = f"As it was signed: position to {paper.position_text}, {known}{state}"
        name = f"Signed paper to {paper.position_text.replace('/', '-')}, {paper.sha256[:8]}.pdf"

        def work(store: Store, _: Progress) -> Shown:
            from scs_desktop.reports.pdf import draw_pages
            from scs_desktop.workflows.signed_papers import signed_paper

            pdf = signed_paper(store=store, sign_off_id=paper.id)
            return Shown(pdf, draw_pages(pdf, width_px=WIDTH_DRAWN), what, name, live=False)

        self._session.ask("Opening the signed paper", work, self.paper.emit, key="report")

    # --- signing off -------------------------------------------------------------------------------

    def begin(self, superseded: SignedPaper | None = None) -> None:
        """Open the form, to sign the shown position off, or another paper's anew."""
        position = self._session.position
        if position is None:
            return
        from scs_desktop.workflows.meetings import meetings

        self._superseded = superseded
        self._at = position.position
        title = f"Sign the position to {position.position_text} off"
        if superseded is not None:
            self._at = superseded.summary.position
            title = f"Sign the position to {superseded.position_text} off anew"

        def take(found: Sequence[Meeting]) -> None:
            held = superseded.met_on if superseded is not None else None
            self._meetings = tuple(one for one in found if held is None or one.meeting > held)
            likely = next((one.id for one in self._meetings if held is not None or one.position == self._at), None)
            self._open_form(title, likely)
            self.form.meeting.setFocus()

        self._session.ask("Listing the meetings", lambda store, _: meetings(store=store), take, key="meetings")

    def _open_form(self, title: str, chosen: UUID | None) -> None:
        if self._at is not None:
            self._show_form(self.form)
            self.form.begin(title, self._meetings, chosen, self._at, superseding=self._superseded is not None)

    def _propose(self, meeting: UUID) -> None:
        """Set the very paper that would be signed, and show it."""
        position, old, at = self._session.position, self._superseded, self._at
        if position is None or at is None:
            return
        cut = position.as_at if old is None else None
        strategy = position.strategy if old is None else old.summary.strategy
        kind, marking = self._choice()

        def work(store: Store, _: Progress) -> tuple[Proposed, Shown]:
            from scs_desktop.reports.pdf import draw_pages
            from scs_desktop.workflows.sign_off import propose_sign_off

            proposed = propose_sign_off(
                store=store, meeting=meeting, position=at, as_at=cut, strategy=strategy, kind=kind, marking=marking
            )
            what = f"To be signed off: position to {proposed.position.position_text}"
            pages = draw_pages(proposed.paper.pdf, width_px=WIDTH_DRAWN)
            return proposed, Shown(proposed.paper.pdf, pages, what, f"{what.replace(':', '').replace('/', '-')}.pdf")

        def take(found: tuple[Proposed, Shown]) -> None:
            proposed, paper = found
            if not self.idle and self.form.meeting.currentData() == meeting:
                self.form.show_proposed(proposed)
                self.paper.emit(paper)

        self._session.ask(
            "Setting the paper to be signed",
            work,
            take,
            failed=lambda refused: self.form.refuse(str(refused)),
            key="report",
        )

    def _add_meeting(self, new: NewMeeting) -> None:
        from scs_desktop.workflows.meetings import add_meeting

        at = self._at
        if at is None:
            return

        def added(made: Meeting) -> None:
            self._session.messages.done(f"Added {made.title}, {day_text(made.meeting)}.")
            self._meetings = tuple(sorted((*self._meetings, made), key=lambda one: one.meeting))
            self._open_form(self.form.title.text(), made.id)
            self.form.meeting.setFocus()

        self._session.ask(
            "Adding the meeting",
            lambda store, _: add_meeting(
                store=store,
                position=at,
                cut_off=new.cut_off,
                meeting=new.meeting,
                publication=new.publication,
                title=new.title,
            ),
            added,
        )

    def _sign(self, proposed: Proposed, reason: str) -> None:
        from scs_desktop.workflows.sign_off import sign_off, supersede_sign_off

        old = self._superseded

        def work(store: Store, _: Progress) -> Proposed:
            if old is not None:
                return supersede_sign_off(
                    store=store,
                    sign_off_id=old.id,
                    meeting=proposed.meeting.id,
                    reason=reason,
                    as_at=proposed.as_at,
                    kind=proposed.kind,
                    marking=proposed.asked,
                )
            return sign_off(
                store=store,
                meeting=proposed.meeting.id,
                position=proposed.position.position,
                as_at=proposed.as_at,
                kind=proposed.kind,
                marking=proposed.asked,
                strategy=proposed.position.strategy,
            )

        def done(signed: Proposed) -> None:
            self.signed.choose(signed.id)
            self.leave()
            self._session.messages.done(
                f"Signed off: the position to {signed.position.position_text}, {signed.meeting.title}. "
                f"SHA-256 {signed.record.sha256[:8]}."
            )

        self._session.change("Signing off", work, done)

    # --- taking back -------------------------------------------------------------------------------

    def _begin_withdrawing(self, paper: SignedPaper) -> None:
        self._show_form(self.withdraw_form)
        self.withdraw_form.begin(f"Withdraw the paper of {paper.position_text}, {paper.meeting_title}")

    def _withdraw(self, reason: str) -> None:
        from scs_desktop.workflows.sign_off import withdraw_sign_off

        paper = self.signed.current
        if paper is None:
            return

        def done(_: object) -> None:
            self.leave()
            self._session.messages.done(f"Withdrawn: the paper of {paper.position_text}. It stays as it was signed.")

        self._session.change(
            "Withdrawing the paper",
            lambda store, _: withdraw_sign_off(store=store, sign_off_id=paper.id, reason=reason),
            done,
        )

    def _show_form(self, form: QWidget) -> None:
        self.setCurrentWidget(form)
        self.form_changed.emit()

    def leave(self) -> None:
        """Show the list of signed papers again."""
        if not self.idle:
            self._show_form(self.signed)
            self._superseded = None
            self.signed.table.setFocus()
            self.left.emit()
