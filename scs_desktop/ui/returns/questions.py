"""The questions a return raises, answered one key each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from scs_desktop.returns.plan import ReturnPlan
from scs_desktop.returns.questions import Choice, Question
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import scaled
from scs_desktop.ui.common.words import counted

MOST_CHOICES = 9
ROW = 24
MOST_ROWS_SHOWN = 6
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the answer it has, if any."""

    question: Question
    answer: str | None

    @property
    def answer_text(self) -> str:
        """The answer in words, or that it is open."""
        if self.answer is None:
            return "open"
        return next((one.text for one in self.question.choices if one.key == self.answer), self.answer)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A proposal with the key that gives it."""

    number: int
    choice: Choice
    given: bool

    @property
    def key_text(self) -> str:
        """The digit to press; none past the ninth."""
        return str(self.number) if self.number <= MOST_CHOICES else ""


QUESTION_COLUMNS: tuple[Column[Asked], ...] = (
    Column("Question", lambda one: one.question.ask, tip=lambda one: one.question.ask),
    Column("Answer", lambda one: one.answer_text, "Metropolitan P", tip=lambda one: one.answer_text),
)
CHOICE_COLUMNS: tuple[Column[Numbered], ...] = (
    Column("Key", lambda one: one.key_text, "Key", bold=True),
    Column("Proposal", lambda one: one.choice.text, tip=lambda one: one.choice.text),
    Column("Fit", lambda one: f"{one.choice.score} %" if 0 < one.choice.score < WHOLE else "", "100 %", right=True),
    Column("", lambda one: "given" if one.given else "", "given"),
)


class QuestionsPanel(QWidget):
    """All questions; the chosen one with its proposals, most probable first.

    Signals:
        answered(key, answer): the officer answered this question.
        pointed(Question): the officer looks at this question.

    """

    answered = Signal(str, str)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TableModel[Asked](QUESTION_COLUMNS, self)
        self._heading = QLabel("Questions", self)
        self._heading.setFont(scaled(self.font(), 1.0, bold=True))
        self.table = RowTable(self._model, "Questions", row_height=ROW, parent=self)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self._ask = QLabel(self)
        self._ask.setWordWrap(True)
        self._ask.setTextFormat(Qt.TextFormat.PlainText)
        self._ask.setContentsMargins(0, 6, 0, 0)
        self._choices = TableModel[Numbered](CHOICE_COLUMNS, self)
        self.choices = RowTable(self._choices, "Proposals", row_height=ROW, opens=True, parent=self)
        self.choices.activated.connect(self._take)
        self.choices.clicked.connect(self._take)
        self._whole = QLabel(self)
        self._whole.setWordWrap(True)
        self._whole.setTextFormat(Qt.TextFormat.PlainText)
        self.choices.selectionModel().currentRowChanged.connect(self._show_whole)
        for table in (self.table, self.choices):
            table.setFrameShape(QFrame.Shape.NoFrame)
        self.free = QLineEdit(self)
        self.free.returnPressed.connect(self._free_given)
        self._kept = QLabel(self)
        self._kept.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._kept.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addWidget(self.table)
        layout.addWidget(self._ask)
        layout.addWidget(self.choices, 1)
        layout.addWidget(self._whole)
        layout.addWidget(self.free)
        layout.addWidget(self._kept)
        layout.addStretch()
        self._show_question(None)

    def show_plan(self, plan: ReturnPlan) -> None:
        """Show the plan's questions; the first open one is chosen."""
        rows = [Asked(question, plan.answers.to(question.key)) for question in plan.questions]
        still = sum(row.answer is None for row in rows)
        self._heading.setText(
            f"{counted(still, 'question')} open of {len(rows)}" if rows else "No question: everything is known"
        )
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + ROW * min(len(rows), MOST_ROWS_SHOWN) + 2)
        first = next((number for number, row in enumerate(rows) if row.answer is None), 0)
        if rows:
            self.table.setCurrentIndex(self._model.index(first, 0))
        else:
            self._show_question(None)

    @property
    def current(self) -> Question | None:
        """The chosen question."""
        index = self.table.currentIndex()
        return self._model.row(index).question if index.isValid() else None

    def _chosen(self, index: QModelIndex) -> None:
        self._show_question(self._model.row(index) if index.isValid() else None)

    def _show_question(self, asked: Asked | None) -> None:
        for one in (self._ask, self.choices, self._whole, self._kept):
            one.setVisible(asked is not None)
        self.free.setVisible(asked is not None and bool(asked.question.free_text))
        if asked is None:
            return
        question = asked.question
        self._ask.setText(question.ask)
        self._choices.set_rows(
            [Numbered(number, one, asked.answer == one.key) for number, one in enumerate(question.choices, 1)]
        )
        if question.choices:
            self.choices.setCurrentIndex(self._choices.index(0, 0))
        self.free.setPlaceholderText(question.free_text)
        self.free.setAccessibleName(question.free_text or "Another answer")
        places = f"About {counted(len(question.cells), 'place')}. " if question.cells else ""
        kept = "is remembered for this agency" if question.remembered else "is for this file alone"
        self._kept.setText(f"{places}The answer {kept}. Press its number.")
        self.pointed.emit(question)

    def _show_whole(self, index: QModelIndex) -> None:
        """Show all words of the proposal that is pointed at: a row may be too narrow for them."""
        said = self._choices.row(index) if index.isValid() else None
        self._whole.setText(f"{said.key_text}  {said.choice.text}".strip() if said is not None else "")

    def _take(self, index: QModelIndex) -> None:
        if index.isValid():
            self._give(self._choices.row(index).choice.key)

    def _give(self, answer: str) -> None:
        question = self.current
        if question is not None:
            self.answered.emit(question.key, answer)

    def _free_given(self) -> None:
        if self.free.text().strip():
            self._give(self.free.text().strip())
            self.free.clear()

    def choose(self, number: int) -> bool:
        """Give the answer of this number, counted from 1; False where there is none."""
        question = self.current
        if question is None or not 1 <= number <= min(MOST_CHOICES, len(question.choices)):
            return False
        self._give(question.choices[number - 1].key)
        return True
