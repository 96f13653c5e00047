"""The questions a return raises, answered one key each."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from scs_desktop.returns.plan import ReturnPlan
from scs_desktop.returns.questions import Choice, Question
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import scaled
from scs_desktop.ui.common.words import counted

MOST_CHOICES = 9


class _Asked:
    """A question with the answer it has, if any."""

    def __init__(self, question: Question, answer: str | None) -> None:
        self.question = question
        self.answer = answer

    @property
    def answer_text(self) -> str:
        if self.answer is None:
            return "open"
        return next((one.text for one in self.question.choices if one.key == self.answer), self.answer)


COLUMNS: tuple[Column[_Asked], ...] = (
    Column("Question", lambda one: one.question.ask, tip=lambda one: one.question.ask),
    Column("Answer", lambda one: one.answer_text, "BURGLARY IN A", tip=lambda one: one.answer_text),
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
        self._model = TableModel[_Asked](COLUMNS, self)
        self._heading = QLabel("Questions", self)
        self._heading.setFont(scaled(self.font(), 1.0, bold=True))
        self.table = RowTable(self._model, "Questions", row_height=24, parent=self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.setMaximumHeight(150)
        self._ask = QLabel(self)
        self._ask.setWordWrap(True)
        self._ask.setTextFormat(Qt.TextFormat.PlainText)
        self._inside = QWidget(self)
        self._choices = QVBoxLayout(self._inside)
        self._choices.setContentsMargins(0, 0, 0, 0)
        self._choices.setSpacing(3)
        area = QScrollArea(self)
        area.setWidget(self._inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAccessibleName("Proposals")
        self.free = QLineEdit(self)
        self.free.returnPressed.connect(self._free_given)
        self._kept = QLabel(self)
        self._kept.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._kept.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._heading)
        layout.addWidget(self.table)
        layout.addWidget(self._ask)
        layout.addWidget(area, 1)
        layout.addWidget(self.free)
        layout.addWidget(self._kept)
        self._buttons: list[QPushButton] = []
        self.free.hide()

    def show_plan(self, plan: ReturnPlan) -> None:
        """Show the plan's questions; the first open one is chosen."""
        rows = [_Asked(question, plan.answers.to(question.key)) for question in plan.questions]
        still = sum(row.answer is None for row in rows)
        self._heading.setText(
            f"{counted(still, 'question')} open of {len(rows)}" if rows else "No question: everything is known"
        )
        self._model.set_rows(rows)
        self.table.setVisible(bool(rows))
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

    def _show_question(self, asked: _Asked | None) -> None:
        for button in self._buttons:
            self._choices.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        while self._choices.count():
            self._choices.takeAt(0)
        question = asked.question if asked is not None else None
        self._ask.setText(question.ask if question is not None else "")
        self._ask.setVisible(question is not None)
        self._kept.setVisible(question is not None)
        self.free.setVisible(question is not None and bool(question.free_text))
        if asked is None or question is None:
            return
        for number, choice in enumerate(question.choices, 1):
            self._add(number, choice, chosen=asked.answer == choice.key)
        self._choices.addStretch(1)
        self.free.setPlaceholderText(question.free_text)
        self.free.setAccessibleName(question.free_text or "Another answer")
        where = counted(len(question.cells), "place") if question.cells else ""
        kept = (
            "The answer is remembered for this agency." if question.remembered else "The answer is for this file alone."
        )
        self._kept.setText(f"{where}. {kept}" if where else kept)
        self.pointed.emit(question)

    def _add(self, number: int, choice: Choice, *, chosen: bool) -> None:
        key = f"&{number}" if number <= MOST_CHOICES else "  "
        fit = f"  ({choice.score} %)" if 0 < choice.score < 100 else ""  # noqa: PLR2004 - a whole
        button = QPushButton(f"{key}  {choice.text.replace('&', '&&')}{fit}", self._inside)
        button.setCheckable(True)
        button.setChecked(chosen)
        button.setToolTip(choice.text)
        button.setStyleSheet("text-align: left; padding: 4px 8px;")
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda _=False, key=choice.key: self._give(key))
        self._choices.addWidget(button)
        self._buttons.append(button)

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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit as the answer of that number."""
        if not (event.text().isdigit() and self.choose(int(event.text()))):
            super().keyPressEvent(event)
