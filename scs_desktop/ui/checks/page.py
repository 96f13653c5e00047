"""The checks page."""

from __future__ import annotations

from enum import StrEnum
from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.decisions import CheckRule, Decision, Verdict
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.common.words import counted

if TYPE_CHECKING:
    from scs_desktop.workflows.decide import Doubt

ROW_HEIGHT = 28
LIST_INDENT = 14
VERDICTS = {
    Verdict.CORRECTED: "corrected",
    Verdict.AS_PRINTED: "holds as printed",
    Verdict.DISMISSED: "no doubt",
}
ARRIVAL_VERDICTS = {
    Verdict.CORRECTED: "decided",
    Verdict.AS_PRINTED: "holds as stored",
    Verdict.DISMISSED: "no doubt",
}


class Show(StrEnum):
    """Which doubts the list holds."""

    ALL = "All"
    OPEN = "Open"
    DECIDED = "Decided"

    def holds(self, doubt: Doubt) -> bool:
        """Whether a doubt is of those."""
        return self is Show.ALL or doubt.open is (self is Show.OPEN)


def verdict_of(doubt: Doubt, decision: Decision) -> str:
    """Return a decision in words."""
    return (ARRIVAL_VERDICTS if doubt.arrival else VERDICTS)[decision.verdict]


def state_of(doubt: Doubt) -> str:
    """Return how far the doubt is: open, or what was decided."""
    if doubt.decision is not None and not doubt.decision.leaves_open:
        return verdict_of(doubt, doubt.decision)
    if doubt.open:
        return "open, light held back" if doubt.finding.blocks else "open"
    return "confirmed on arrival" if doubt.confirmed else "settled by another"


COLUMNS: tuple[Column[Doubt], ...] = (
    Column("State", state_of, "open, light held back"),
    Column("About", lambda doubt: "arrival" if doubt.arrival else "strategy", "strategy"),
    Column("Doubt", lambda doubt: doubt.finding.sentence, tip=lambda doubt: doubt.finding.sentence),
    Column("Kind", lambda doubt: doubt.finding.rule.value.replace("_", " "), "direction against words"),
)


def evidence_html(doubt: Doubt) -> str:
    """Return the doubt, its evidence and what was decided, as paragraphs."""
    finding, decision = doubt.finding, doubt.decision
    parts = [f"<p><b>{escape(finding.sentence)}</b></p>"]
    if finding.evidence:
        parts.append("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in finding.evidence) + "</ul>")
    if doubt.confirmed:
        parts.append(f"<p>On arrival: {escape(doubt.confirmed)}</p>")
    if decision is not None and decision.leaves_open:
        # What was left out on arrival says nothing else than its evidence.
        if decision.reason not in finding.evidence:
            parts.append(f"<p>Open again: {escape(decision.reason)}</p>")
    elif decision is not None:
        chosen = next((one.sentence for one in finding.proposals if one.key == decision.proposal), "")
        said = verdict_of(doubt, decision)
        parts.append(f"<p>Decided: {said}. {escape(chosen)}<br>Reason: {escape(decision.reason)}</p>")
    elif finding.blocks:
        parts.append("<p>Until it is decided the light is held back: baseline in doubt.</p>")
    elif doubt.settled:
        parts.append("<p>What was decided of another doubt has settled it.</p>")
    return "".join(parts)


class ChecksPage(Page):
    """All doubts, open ones first; the chosen one below with its proposals."""

    title = "Checks"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._doubts: tuple[Doubt, ...] = ()
        self.show_box = QComboBox(self)
        self.show_box.setAccessibleName("Doubts shown")
        self.show_box.addItems([one.value for one in Show])
        self.show_box.currentIndexChanged.connect(self._fill)
        self._count = QLabel(self)
        self._stale = True
        self._model: TableModel[Doubt] = TableModel(COLUMNS, self)
        self.table = RowTable(self._model, "Doubts", row_height=ROW_HEIGHT, parent=self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self._evidence = QTextBrowser(self)
        self._evidence.setAccessibleName("Evidence")
        self._evidence.setFrameShape(QFrame.Shape.NoFrame)
        self._evidence.setTabChangesFocus(True)
        self._evidence.document().setIndentWidth(LIST_INDENT)
        self._side = QWidget(self)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(4)
        self._group = QButtonGroup(self)
        self.reason = QLineEdit(self._side)
        self.reason.setPlaceholderText("Why? It is printed wherever the figure is")
        self.reason.setAccessibleName("Reason")
        self.reason.returnPressed.connect(self._decide)
        self.button = QPushButton("&Decide", self._side)
        self.button.clicked.connect(self._decide)
        self.reason.textChanged.connect(self._may_decide)
        self._group.buttonToggled.connect(self._may_decide)
        self.back = QPushButton("Take &back", self._side)
        self.back.clicked.connect(self._take_back)
        self._empty = QLabel("No doubt was found. Checks are made again with every return and every change.", self)
        self._empty.hide()
        self._split = self._lay_out()
        session.shown.connect(self._position_shown)

    def _lay_out(self) -> QSplitter:
        label = QLabel("Reaso&n", self._side)
        label.setBuddy(self.reason)
        heading = QLabel("What is right?", self._side)
        heading.setFont(scaled(self.font(), 1.0, bold=True))
        side = QVBoxLayout(self._side)
        side.setContentsMargins(SPACE, 0, 0, 0)
        side.addWidget(heading)
        side.addLayout(self._choices)
        side.addSpacing(SPACE)
        side.addWidget(label)
        side.addWidget(self.reason)
        buttons = QHBoxLayout()
        buttons.addWidget(self.button)
        buttons.addWidget(self.back)
        buttons.addStretch(1)
        side.addLayout(buttons)
        side.addStretch(1)
        below = QWidget(self)
        across = QHBoxLayout(below)
        across.setContentsMargins(0, SPACE, 0, 0)
        across.addWidget(self._evidence, 1)
        across.addWidget(self._side, 1)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(below)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.addLayout(self._top())
        layout.addWidget(self._empty)
        layout.addWidget(split, 1)
        return split

    def _top(self) -> QHBoxLayout:
        label = QLabel("Sho&w", self)
        label.setBuddy(self.show_box)
        top = QHBoxLayout()
        top.addWidget(label)
        top.addWidget(self.show_box)
        top.addSpacing(SPACE)
        top.addWidget(self._count, 1)
        return top

    def first_focus(self) -> QWidget:
        """The list of doubts."""
        return self.table

    def opened(self) -> None:
        """Read the doubts if something changed since."""
        if self._stale:
            from scs_desktop.workflows.decide import doubts

            as_at = self._session.as_at
            self._session.ask(
                "Checking", lambda store, _: doubts(store=store, as_at=as_at), self.show_doubts, key="doubts"
            )

    def _position_shown(self, _: StrategyPosition) -> None:
        self._stale = True
        if self.isVisible():
            self.opened()

    def show_doubts(self, found: tuple[Doubt, ...]) -> None:
        """Show these, the open ones first."""
        self._stale = False
        self._doubts = found
        arrived = sum(one.open and one.arrival for one in found)
        strategy = sum(one.open and not one.arrival for one in found)
        self._count.setText(
            f"{counted(len(found), 'doubt')}; open: {strategy} of the strategy, {arrived} of figures that came in"
        )
        self._fill()

    def _fill(self) -> None:
        """List the doubts of the kind chosen, the open ones first."""
        at = self.table.currentIndex()
        before = self._model.row(at).finding.key if at.isValid() else ""
        wanted = Show(self.show_box.currentText())
        rows = sorted(
            (one for one in self._doubts if wanted.holds(one)), key=lambda one: (not one.open, not one.finding.blocks)
        )
        self._model.set_rows(rows)
        self._empty.setText(
            "None is open: every doubt has been decided."
            if self._doubts
            else "No doubt was found. Checks are made again with every return and every change."
        )
        self._empty.setVisible(not rows)
        self._split.setVisible(bool(rows))
        if rows:
            keys = [one.finding.key for one in rows]
            self.table.setCurrentIndex(self._model.index(keys.index(before) if before in keys else 0, 0))

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        doubt = self._model.row(index)
        self._evidence.setHtml(evidence_html(doubt))
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._choices.removeWidget(button)
            button.hide()
            button.deleteLater()
        for number, proposal in enumerate(doubt.finding.proposals, 1):
            self._add_choice(
                f"{number}  {proposal.sentence.replace('&', '&&')}", Verdict.CORRECTED, proposal.key, doubt
            )
        after = len(doubt.finding.proposals)
        holds = "It holds as stored" if doubt.arrival else "It holds as printed"
        holds = "It stays left out" if doubt.finding.rule is CheckRule.LEFT_OUT else holds
        self._add_choice(f"{after + 1}  {holds}", Verdict.AS_PRINTED, "", doubt)
        self._add_choice(f"{after + 2}  It is no doubt", Verdict.DISMISSED, "", doubt)
        decided = doubt.decision is not None and not doubt.decision.leaves_open
        self.reason.setText(doubt.decision.reason if decided and doubt.decision is not None else "")
        self._may_decide()

    def choose(self, number: int) -> bool:
        """Choose the way of this number, counted from 1, and go on to the reason; False where there is none."""
        buttons = self._group.buttons()
        if not 1 <= number <= len(buttons):
            return False
        buttons[number - 1].setChecked(True)
        self.reason.setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit as the choice of that number."""
        if not (event.text().isdigit() and self.choose(int(event.text()))):
            super().keyPressEvent(event)

    def _add_choice(self, text: str, verdict: Verdict, proposal: str, doubt: Doubt) -> None:
        button = _Choice(text, verdict, proposal, self._side)
        decided = doubt.decision
        button.setChecked(decided is not None and (decided.verdict, decided.proposal) == (verdict, proposal))
        self._group.addButton(button)
        self._choices.addWidget(button)

    def _may_decide(self) -> None:
        chosen = self._group.checkedButton() is not None
        read_only = self._session.read_only or self._session.as_at is not None
        self.button.setEnabled(chosen and bool(self.reason.text().strip()) and not read_only)
        self.button.setToolTip("Choose what is right and give a reason" if not self.button.isEnabled() else "")
        index = self.table.currentIndex()
        doubt = self._model.row(index) if index.isValid() else None
        known = "" if doubt is None or doubt.decision is None else doubt.decision.reason
        taken = doubt is not None and not doubt.open and not doubt.settled
        said = bool(self.reason.text().strip()) and self.reason.text() != known
        self.back.setVisible(taken)
        self.back.setEnabled(taken and said and not read_only)
        self.back.setToolTip("" if self.back.isEnabled() else "Write why in the reason: the doubt is open again then")

    def _decide(self) -> None:
        chosen = self._group.checkedButton()
        index = self.table.currentIndex()
        if not self.button.isEnabled() or not isinstance(chosen, _Choice) or not index.isValid():
            return
        from scs_desktop.workflows.decide import decide

        doubt = self._model.row(index)
        key, reason = doubt.finding.key, self.reason.text()
        verdict, proposal = chosen.verdict, chosen.proposal
        figure = "figures stay" if doubt.arrival else "printed figure stays"
        self._session.change(
            "Recording the decision",
            lambda store, _: decide(store=store, finding_key=key, verdict=verdict, reason=reason, proposal=proposal),
            lambda decision: self._session.messages.done(
                f"Decided: {verdict_of(doubt, decision)}. The {figure}; the decision stands beside it."
            ),
        )

    def _take_back(self) -> None:
        index = self.table.currentIndex()
        if not self.back.isEnabled() or not index.isValid():
            return
        from scs_desktop.workflows.decide import take_back

        key, reason = self._model.row(index).finding.key, self.reason.text()
        self._session.change(
            "Taking the decision back",
            lambda store, _: take_back(store=store, finding_key=key, reason=reason),
            lambda doubt: self._session.messages.done(
                "Taken back: the doubt is open again. History keeps the decision and your reason."
                if doubt.open
                else "Taken back. What was decided of another doubt still settles it."
            ),
        )


class _Choice(QRadioButton):
    """A way to settle a doubt."""

    def __init__(self, text: str, verdict: Verdict, proposal: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.verdict = verdict
        self.proposal = proposal
