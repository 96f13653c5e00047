"""The chosen indicator: its years, the target that is thought of with its effect, and how it came to be."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from scs_desktop.domain.agencies import Meeting
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.path import NUMERIC, comparator_of_year
from scs_desktop.domain.periods import Period, financial_year_label
from scs_desktop.domain.target_setting import level_text
from scs_desktop.domain.targets import Target, TargetState
from scs_desktop.ui.common.labels import ElidedLabel
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.targets.columns import HISTORY_COLUMNS, YEAR_COLUMNS
from scs_desktop.ui.targets.form import TargetForm
from scs_desktop.ui.targets.parts import LINE, MeetingBox, buddy, head, told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scs_desktop.domain.what_if import Effect
    from scs_desktop.workflows.set_targets import Proposal
    from scs_desktop.workflows.targets import TargetVersion, UseTargets, YearTarget

EFFECT_LINES = 3
HISTORY_LINES = 4
NOTHING = "Type a number to see which lights it would flip. Nothing is stored until you propose it."


class TargetDetail(QWidget):
    """One indicator's targets, and another thought of.

    Signals:
        tried(Target): the effect of this is wanted.
        proposed(Target): the officer proposes it.
        approved(UUID): the officer approves this proposal at the meeting chosen.
        withdrawn(UUID, str): the officer withdraws this target, with the reason.

    """

    tried = Signal(object)
    proposed = Signal(object)
    approved = Signal(object)
    withdrawn = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: UseTargets | None = None
        self._locked = ""
        self._name = ElidedLabel(self)
        self._name.setFont(scaled(self.font(), 1.1, bold=True))
        self._baseline = told(self)
        self._years = TableModel["YearTarget"](YEAR_COLUMNS, self)
        self.years = RowTable(self._years, "Years of the strategy", row_height=LINE, parent=self)
        self.years.selectionModel().currentRowChanged.connect(self._year_chosen)
        self.form = TargetForm(self)
        self.form.changed.connect(self._try)
        self.form.entered.connect(self._propose)
        self.effect = told(self)
        self.effect.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        # Room for what is usually said, so that the buttons beneath keep their place.
        self.effect.setMinimumHeight(EFFECT_LINES * self.fontMetrics().lineSpacing())
        self.effect.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.propose = QPushButton("Pr&opose", self)
        self.propose.clicked.connect(self._propose)
        self.meeting = MeetingBox(self)
        self.approve = QPushButton("&Approve", self)
        self.approve.clicked.connect(self._approve)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText("Why it no longer holds")
        self.reason.textChanged.connect(self._allow)
        self.withdraw = QPushButton("&Withdraw", self)
        self.withdraw.clicked.connect(self._withdraw)
        self._history = TableModel["TargetVersion"](HISTORY_COLUMNS, self)
        self.history = RowTable(self._history, "History of the targets", row_height=LINE, parent=self)
        for table in (self.years, self.history):
            table.setFrameShape(QFrame.Shape.NoFrame)
            table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.history.setMinimumHeight(HISTORY_LINES * LINE)
        self.years.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._thought = head("", self)
        self._lay_out()

    def _lay_out(self) -> None:
        approving = QHBoxLayout()
        approving.setSpacing(SPACE)
        approving.addWidget(self.propose)
        approving.addStretch(1)
        approving.addWidget(buddy("&Meeting", self.meeting.choice, self))
        approving.addWidget(self.meeting)
        approving.addWidget(self.approve)
        withdrawing = QHBoxLayout()
        withdrawing.setSpacing(SPACE)
        withdrawing.addWidget(buddy("&Because", self.reason, self))
        withdrawing.addWidget(self.reason, 1)
        withdrawing.addWidget(self.withdraw)
        rule = QFrame(self)
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setFrameShadow(QFrame.Shadow.Sunken)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._name)
        layout.addWidget(self._baseline)
        layout.addWidget(self.years)
        layout.addWidget(self._thought)
        layout.addWidget(self.form)
        layout.addWidget(self.effect)
        layout.addLayout(approving)
        layout.addLayout(withdrawing)
        layout.addWidget(rule)
        layout.addWidget(head("How it came to be so", self))
        layout.addWidget(self.history, 1)

    # --- showing -----------------------------------------------------------------------------------

    @property
    def use(self) -> UUID | None:
        """Whose targets are shown."""
        return None if self._row is None else self._row.use

    @property
    def year(self) -> Period | None:
        """The year that is chosen."""
        at = self.years.currentIndex()
        return self._years.row(at).year if at.isValid() else None

    def lock(self, why: str) -> None:
        """Allow no change, for this reason; an empty one allows them."""
        self._locked = why
        self._allow()

    def set_meetings(self, meetings: Sequence[Meeting], position: date) -> None:
        """Offer these meetings."""
        self.meeting.set_meetings(meetings, position)

    def show_use(self, row: UseTargets, position: date) -> None:
        """Show this indicator, at the year that was chosen, else that of the position."""
        before = self.year if self._row is not None else None
        fresh = self._row is None or self._row.use != row.use
        self._row = row
        self._name.setText(f"{row.code}  {row.name}")
        own = f" Own series {row.own}." if row.own else ""
        decided = f" As decided {row.decided}." if row.decided != row.printed else ""
        self._baseline.setText(f"Baseline {row.baseline_year}: {row.printed} as printed.{decided}{own}")
        self.years.blockSignals(True)
        self._years.set_rows(row.years)
        self.years.blockSignals(False)
        self._fit_years()
        years = [one.year for one in row.years]
        ahead = [number for number, year in enumerate(years) if year.end > position]
        at = years.index(before) if before in years else (ahead or [len(years) - 1])[0]
        self.years.setCurrentIndex(self._years.index(at, 0))
        if fresh:
            self._history.set_rows(())

    def show_history(self, use: UUID, versions: Sequence[TargetVersion]) -> None:
        """Show how its targets came to be, if it is still the chosen one."""
        if use == self.use:
            self._history.set_rows(versions)

    def _fit_years(self) -> None:
        self.years.fit_texts()
        rows = self._years.rowCount()
        frame = 2 * self.years.frameWidth() + 2
        self.years.setFixedHeight(self.years.horizontalHeader().sizeHint().height() + rows * LINE + frame)

    def _year_chosen(self, index: QModelIndex) -> None:
        if self._row is None or not index.isValid():
            return
        one = self._years.row(index)
        own = one.ruling if not one.on_path else None
        numeric = own is not None and own.kind in NUMERIC
        self.form.show_target(one.proposed or (own if numeric else None), self._row.definition)
        state = "the proposal" if one.proposed is not None else "another target"
        self._thought.setText(f"{financial_year_label(one.year)}: {state}")
        self.reason.clear()
        self._try()

    # --- trying and saving -------------------------------------------------------------------------

    def wished(self) -> Target | None:
        """Return what the fields say; None while they say nothing, and the effect line says why they cannot."""
        if self._row is None or self.year is None:
            return None
        try:
            return self.form.wished(self._row.use, self.year)
        except UserError as fault:
            self.effect.setText(str(fault))
            return None

    def _try(self) -> None:
        self.effect.setText("" if self._locked else NOTHING)
        wished = self.wished()
        self._allow()
        if wished is not None:
            self.tried.emit(wished)

    def show_effect(self, wished: Target, plan: Proposal, effect: Effect) -> None:
        """Show what a target would do, if it is still the one wished."""
        if not self._still(wished):
            return
        said = [*plan.warnings, f"Once approved: {effect.sentence}", *effect.notes]
        path = self._path_text(plan.target)
        if path:
            said.insert(0, path)
        said += [f"{flip.sentence}." for flip in effect.flips]
        if effect.priorities:
            said.append(effect.priorities_sentence)
        self.effect.setText(" ".join(said))
        self.effect.setAccessibleName(f"Effect: {self.effect.text()}")

    def show_fault(self, wished: Target, fault: UserError) -> None:
        """Say why a target cannot be, if it is still the one wished."""
        if self._still(wished):
            self.effect.setText(str(fault))
            self.propose.setEnabled(False)

    def _still(self, wished: Target) -> bool:
        now = self.wished()
        return now is not None and _alike(now, wished)

    def _path_text(self, target: Target) -> str:
        row = self._row
        if row is None or not target.end_of_path:
            return ""
        points = [
            f"{level_text(point, row.definition)} by {financial_year_label(one.year)}"
            for one in row.years
            if one.year.start <= target.year.start
            and (point := comparator_of_year(target, row.level, row.baseline_period, one.year)) is not None
        ]
        return f"Path: {', '.join(points)}." if points else ""

    def _chosen(self) -> YearTarget | None:
        at = self.years.currentIndex()
        return self._years.row(at) if at.isValid() else None

    def _to_withdraw(self) -> Target | None:
        one = self._chosen()
        if one is None:
            return None
        own = one.ruling if not one.on_path else None
        return one.proposed or own

    def _allow(self) -> None:
        free = not self._locked
        one = self._chosen()
        for control in (self.form, self.meeting, self.reason):
            control.setEnabled(free)
        self.propose.setEnabled(free and one is not None and self.wished() is not None)
        self.approve.setEnabled(free and one is not None and one.proposed is not None)
        target = self._to_withdraw()
        self.withdraw.setEnabled(free and target is not None and bool(self.reason.text().strip()))
        waits = target is not None and target.state is TargetState.PROPOSED
        self.withdraw.setText("&Withdraw proposal" if waits else "&Withdraw target")
        if self._locked:
            self.effect.setText(self._locked)

    def _propose(self) -> None:
        wished = self.wished()
        if self.propose.isEnabled() and wished is not None:
            self.proposed.emit(wished)

    def _approve(self) -> None:
        one = self._chosen()
        if one is not None and one.proposed is not None:
            self.approved.emit(one.proposed.id)

    def _withdraw(self) -> None:
        target = self._to_withdraw()
        if target is not None and self.withdraw.isEnabled():
            self.withdrawn.emit(target.id, self.reason.text())


def _alike(one: Target, other: Target) -> bool:
    """Whether two wishes are the same but for the identity each got when it was read from the fields."""
    return (one.use, one.year, one.kind, one.value, one.lower, one.upper, one.tolerance, one.rule, one.end_of_path) == (
        other.use, other.year, other.kind, other.value, other.lower, other.upper, other.tolerance, other.rule,
        other.end_of_path,
    )  # fmt: skip
