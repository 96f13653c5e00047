"""The annual review: the same for all that can take it, its effect, and the board's approval, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import Period, financial_year_label
from scs_desktop.domain.sentences import plural
from scs_desktop.domain.what_if import Flip
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.targets.columns import FLIP_COLUMNS
from scs_desktop.ui.targets.form import SHORT
from scs_desktop.ui.targets.parts import LINE, TRY_AFTER, MeetingBox, buddy, head, number_from, told

if TYPE_CHECKING:
    from scs_desktop.domain.position import StrategyPosition
    from scs_desktop.domain.what_if import Effect
    from scs_desktop.workflows.set_targets import ReviewProposal
    from scs_desktop.workflows.targets import TargetBook

BETTER = "3"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a review asks for: a year, how much better than the baseline, whose, by a path or not, and why.

    ``priority`` None stands for all. Two wishes are equal that flip the same lights, whatever their note.
    """

    year: Period
    better_by: Decimal
    priority: UUID | None
    path: bool
    note: str = field(compare=False)


class Review(QWidget):
    """Four steps down the page.

    Signals:
        tried(Wish): the effect of this is wanted.
        proposed(Wish): the officer proposes it for all.
        approved: the officer approves all that is proposed, at the meeting chosen.

    """

    tried = Signal(object)
    proposed = Signal(object)
    approved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locked = ""
        self._years: tuple[Period, ...] = ()
        self._priorities: list[UUID | None] = []
        self._waiting = 0
        self._planned = 0
        self.year = QComboBox(self)
        self.better = QLineEdit(BETTER, self)
        self.better.setAccessibleName("Better by, percent of the baseline")
        self.better.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.better.setFixedWidth(self.fontMetrics().averageCharWidth() * SHORT)
        self.whom = QComboBox(self)
        self.path = QCheckBox("Straight path: the years before lie on &it", self)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText("Why, as the history keeps it")
        self.said = told(self)
        self._model = TableModel[Flip](FLIP_COLUMNS, self)
        self.flips = RowTable(self._model, "Lights that would flip", row_height=LINE, parent=self)
        self.flips.setFrameShape(QFrame.Shape.NoFrame)
        self.left_out = told(self)
        self.propose = QPushButton("Pr&opose for all", self)
        self.propose.clicked.connect(self._propose)
        self.meeting = MeetingBox(self)
        self.approve = QPushButton("&Approve all", self)
        self.approve.clicked.connect(self.approved)
        self._waits = QLabel(self)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TRY_AFTER)
        self._wait.timeout.connect(self.try_now)
        for box in (self.year, self.whom):
            box.currentIndexChanged.connect(self._wait.start)
        self.better.textEdited.connect(self._wait.start)
        self.path.toggled.connect(self._wait.start)
        self.better.returnPressed.connect(self.try_now)
        self._lay_out()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(SPACE)
        for text, control in (("&Year", self.year), ("&Better by", self.better)):
            first.addWidget(buddy(text, control, self))
            first.addWidget(control)
        first.addWidget(QLabel("% than the baseline", self))
        first.addSpacing(SPACE)
        first.addWidget(buddy("&For", self.whom, self))
        first.addWidget(self.whom)
        first.addSpacing(SPACE)
        first.addWidget(self.path)
        first.addStretch(1)
        third = QHBoxLayout()
        third.setSpacing(SPACE)
        third.addWidget(buddy("&Note", self.note, self))
        third.addWidget(self.note, 1)
        third.addWidget(self.propose)
        fourth = QHBoxLayout()
        fourth.setSpacing(SPACE)
        fourth.addWidget(self._waits)
        fourth.addStretch(1)
        fourth.addWidget(buddy("&Meeting", self.meeting.choice, self))
        fourth.addWidget(self.meeting)
        fourth.addWidget(self.approve)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, SPACE, 4, 4)
        layout.setSpacing(6)
        layout.addWidget(head("1  What is proposed", self))
        layout.addLayout(first)
        layout.addSpacing(SPACE)
        layout.addWidget(head("2  What it would do once approved", self))
        layout.addWidget(self.said)
        layout.addWidget(self.flips, 1)
        layout.addWidget(self.left_out)
        layout.addSpacing(SPACE)
        layout.addWidget(head("3  Propose it", self))
        layout.addLayout(third)
        layout.addSpacing(SPACE)
        layout.addWidget(head("4  The board approves", self))
        layout.addLayout(fourth)

    # --- showing -----------------------------------------------------------------------------------

    def lock(self, why: str) -> None:
        """Allow no change, for this reason; an empty one allows them."""
        self._locked = why
        self._allow()

    def show_book(self, book: TargetBook, position: StrategyPosition) -> None:
        """Offer the strategy's years and priorities, and count what waits."""
        if book.years != self._years:
            self._years = book.years
            self.year.blockSignals(True)
            self.year.clear()
            self.year.addItems([financial_year_label(one) for one in book.years])
            ahead = [number for number, one in enumerate(book.years) if one.end > position.position]
            self.year.setCurrentIndex((ahead or [len(book.years) - 1])[0])
            self.year.blockSignals(False)
        known: list[UUID | None] = [None, *(one.id for one in position.priorities if _own(book, one.id))]
        if known != self._priorities:
            self._priorities = known
            names = {one.id: f"{one.number}  {one.name}" for one in position.priorities}
            self.whom.blockSignals(True)
            self.whom.clear()
            self.whom.addItems(["all indicators" if one is None else _short(names[one]) for one in known])
            self.whom.blockSignals(False)
        self.meeting.set_meetings(book.meetings, position.position)
        self._waiting = len(book.proposed)
        waits = plural(self._waiting, "proposed target waits", "proposed targets wait")
        self._waits.setText(f"{waits} for the board." if self._waiting else "Nothing is proposed yet.")
        self._allow()

    def wished(self) -> Wish | None:
        """Return what is asked for; None where it is no number, and the line says so."""
        try:
            better = number_from(self.better.text(), "Better by")
        except UserError as fault:
            self.said.setText(str(fault))
            return None
        if better is None or not self._years:
            self.said.setText("Say by how much: 3 for 3 % better than the baseline.")
            return None
        return Wish(
            self._years[self.year.currentIndex()], better, self._priorities[self.whom.currentIndex()],
            self.path.isChecked(), self.note.text(),
        )  # fmt: skip

    def try_now(self) -> None:
        """Ask what it would do."""
        self._wait.stop()
        self._planned = 0
        self._model.set_rows(())
        self.left_out.clear()
        wish = self.wished()
        self._allow()
        if wish is not None:
            self.said.setText("Working it out…")
            self.tried.emit(wish)

    def show_effect(self, wish: Wish, review: ReviewProposal, effect: Effect) -> None:
        """Show what it would do, if it is still what is asked for."""
        if self.wished() != wish:
            return
        self._planned = len(review.targets)
        self.said.setText(" ".join([effect.sentence, *effect.notes, effect.priorities_sentence]))
        self._model.set_rows(effect.flips)
        self.flips.fit_texts()
        left = "; ".join(f"{code}: {reason.rstrip('.')}" for code, reason in review.left_out)
        self.left_out.setText(f"Left out: {left}." if left else "")
        self._allow()

    def show_fault(self, wish: Wish, fault: UserError) -> None:
        """Say why it cannot be, if it is still what is asked for."""
        if self.wished() == wish:
            self.said.setText(str(fault))
            self._allow()

    def _allow(self) -> None:
        free = not self._locked
        self.propose.setEnabled(free and self._planned > 0)
        self.propose.setText(f"Pr&opose for {plural(self._planned, 'indicator')}" if self._planned else "Pr&opose")
        self.approve.setEnabled(free and self._waiting > 0)
        self.approve.setText(f"&Approve all {self._waiting}" if self._waiting else "&Approve all")
        for control in (self.meeting, self.note):
            control.setEnabled(free)
        if self._locked:
            self._waits.setText(self._locked)

    def _propose(self) -> None:
        wish = self.wished()
        if wish is not None and self.propose.isEnabled():
            self.proposed.emit(wish)


def _own(book: TargetBook, priority: UUID) -> bool:
    return any(one.priority == priority for one in book.uses)


def _short(name: str) -> str:
    return name if len(name) <= 44 else f"{name[:43]}…"  # noqa: PLR2004 - what fits beside the other fields
