"""The import preview: what the file holds, what would be stored, what must be said first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.position import Light
from scs_desktop.returns.extraction import extraction_date
from scs_desktop.returns.grid import Range
from scs_desktop.returns.plan import CellMark, Effect, LightChange, Mark, ReturnPlan, cell_marks
from scs_desktop.returns.questions import Question
from scs_desktop.returns.records import Problem, Table
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.common.words import counted, day_text
from scs_desktop.ui.returns.arrival_row import ArrivalRow
from scs_desktop.ui.returns.questions import QuestionsPanel
from scs_desktop.ui.returns.sheet import MarkKey, SheetView

ROW = 24

TABLE_COLUMNS: tuple[Column[Table], ...] = (
    Column("Table", lambda one: one.title or one.sheet or "table", tip=lambda one: one.title),
    Column("Cells", lambda one: str(one.range), "AA10:AZ1000", tip=lambda one: f"{one.sheet} {one.range}".strip()),
)
PROBLEM_COLUMNS: tuple[Column[Problem], ...] = (
    Column("Cell", lambda one: str(one.range), "AA1000", tip=lambda one: f"{one.sheet} {one.range}".strip()),
    Column("Problem", lambda one: one.sentence, tip=lambda one: f"{one.sentence} {one.repair}".strip()),
)
LIGHT_COLUMNS: tuple[Column[LightChange], ...] = (
    Column("Code", lambda one: one.code, "2.2h"),
    Column("Indicator", lambda one: one.name, tip=lambda one: one.name),
    Column("Now", lambda one: light_word(one.before), "overlaps bas"),
    Column("Then", lambda one: light_word(one.after), "overlaps bas", bold=True),
)


def light_word(word: str) -> str:
    """Return "Amber" for the light's value; other states are words already."""
    return word.capitalize() if word in set(Light) else word


@dataclass(frozen=True, slots=True)
class MarkedPlan:
    """A plan made ready to be shown: marks and shown texts by sheet, then by row and column.

    ``first`` is the first cell whose storing would change something, else the first marked one;
    ``says_extracted`` that the file itself gives the day of its extract.
    """

    plan: ReturnPlan
    marks: Mapping[str, Mapping[tuple[int, int], CellMark]]
    texts: Mapping[str, Mapping[tuple[int, int], str]]
    first: CellMark | None
    says_extracted: bool = False


def marked(plan: ReturnPlan) -> MarkedPlan:
    """Make a plan ready to be shown; for a large file this takes a while, so it runs on the worker."""
    marks: dict[str, dict[tuple[int, int], CellMark]] = {}
    texts: dict[str, dict[tuple[int, int], str]] = {}
    telling: CellMark | None = None
    quiet: CellMark | None = None
    for one in cell_marks(plan):
        marks.setdefault(one.sheet, {})[one.row, one.column] = one
        if one.mark in {Mark.LEFT_OUT, Mark.SAME}:
            quiet = _earlier(quiet, one)
        else:
            telling = _earlier(telling, one)
    for record in plan.reading.records:
        texts.setdefault(record.sheet, {})[record.row, record.column] = record.text
    return MarkedPlan(plan, marks, texts, telling or quiet, extraction_date(plan.workbook) is not None)


def _earlier(first: CellMark | None, other: CellMark) -> CellMark:
    return other if first is None or (other.row, other.column) < (first.row, first.column) else first


def summary_of(plan: ReturnPlan) -> str:
    """Return what storing would do, in one line."""
    if plan.already_imported is not None:
        return f"Already imported on {day_text(plan.already_imported.received_on)}: nothing would change."
    parts = [f"{plan.count(effect):,} {effect.value}" for effect in (Effect.NEW, Effect.REVISED, Effect.SAME)]
    parts.append(f"{plan.cells_left_out:,} left out")
    if plan.problems:
        parts.append(counted(len(plan.problems), "problem"))
    return ", ".join(parts)


class ImportPreview(QWidget):
    """One return before it is stored. Enter stores, Esc leaves everything as it was.

    Signals:
        answered(key, answer): plan again with this answer.
        store_wanted: the officer wants it stored.
        left: the officer leaves it.

    """

    answered = Signal(str, str)
    store_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plan: ReturnPlan | None = None
        self._marked: MarkedPlan | None = None
        self._name = QLabel(self)
        self._name.setFont(scaled(self.font(), 1.1, bold=True))
        self._summary = QLabel(self)
        self._waiting = QLabel(self)
        self.store_button = QPushButton("St&ore", self)
        self.store_button.setDefault(True)
        self.store_button.setToolTip("Enter")
        self.store_button.clicked.connect(self.store_wanted)
        self.leave_button = QPushButton("&Leave", self)
        self.leave_button.setToolTip("Esc: nothing is stored")
        self.leave_button.clicked.connect(self.left)
        self.arrival = ArrivalRow(self)
        self._tables = TableModel[Table](TABLE_COLUMNS, self)
        self.tables = RowTable(self._tables, "Tables found", row_height=ROW, parent=self)
        self.tables.selectionModel().currentRowChanged.connect(self._table_chosen)
        self._notes = QLabel(self)
        self._notes.setWordWrap(True)
        self._notes.setTextFormat(Qt.TextFormat.PlainText)
        self._notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.sheets = QComboBox(self)
        self.sheets.setAccessibleName("Sheet")
        self.sheets.currentTextChanged.connect(self._sheet_chosen)
        self.view = SheetView(self)
        self.view.selectionModel().currentChanged.connect(self._cell_chosen)
        self._cell = QLabel(self)
        self._cell.setTextFormat(Qt.TextFormat.PlainText)
        self._cell.setAccessibleName("The chosen cell")
        self.questions = QuestionsPanel(self)
        self.questions.answered.connect(self.answered)
        self.questions.pointed.connect(self._point_at_question)
        self._problems = TableModel[Problem](PROBLEM_COLUMNS, self)
        self._problems_head = _headed("Problems", self)
        self.problems = RowTable(self._problems, "Problems", row_height=ROW, parent=self)
        self.problems.selectionModel().currentRowChanged.connect(self._problem_chosen)
        self.problems.clicked.connect(self._problem_chosen)
        self._lights = TableModel[LightChange](LIGHT_COLUMNS, self)
        self._lights_head = _headed("Lights that would change", self)
        self.lights = RowTable(self._lights, "Lights that would change", row_height=ROW, parent=self)
        for table in (self.tables, self.problems, self.lights):
            table.setFrameShape(QFrame.Shape.NoFrame)
        self._right = QSplitter(Qt.Orientation.Vertical, self)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self._name)
        head.addWidget(self._summary, 1)
        for widget in (self._waiting, self.leave_button, self.store_button):
            head.addWidget(widget)
        left = _column(_headed("Tables found", self), self.tables, self._notes)
        middle = _column(self.sheets, self.view, MarkKey(self), self._cell)
        right = self._right
        right.setChildrenCollapsible(False)
        for part in (
            self.questions,
            _column(self._problems_head, self.problems),
            _column(self._lights_head, self.lights),
        ):
            right.addWidget(part)
        right.setStretchFactor(0, 1)
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.setChildrenCollapsible(False)
        for part in (left, middle, right):
            across.addWidget(part)
        across.setStretchFactor(1, 1)
        across.setSizes([180, 610, 320])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 4, SPACE, 4)
        layout.addLayout(head)
        layout.addWidget(self.arrival)
        layout.addWidget(across, 1)

    def set_waiting(self, waiting: int) -> None:
        """Say that so many more files stand in the queue."""
        self._waiting.setText(f"{counted(waiting, 'more file')} waiting" if waiting else "")

    def show_marked(self, marked: MarkedPlan) -> None:
        """Show what storing would do."""
        plan = marked.plan
        fresh = self.plan is None or self.plan.sha256 != plan.sha256
        self.plan = plan
        self._marked = marked
        self._name.setText(plan.file_name)
        self._summary.setText(summary_of(plan))
        self.arrival.show_plan(plan, says_extracted=marked.says_extracted)
        self._notes.setText("\n".join((*plan.notes, *plan.workbook.notices)))
        self._tables.set_rows(plan.reading.tables)
        self._problems.set_rows(plan.problems)
        self._problems_head.setText(f"Problems ({len(plan.problems)})" if plan.problems else "No problem found")
        self._lights.set_rows(plan.lights)
        self._lights_head.setText("Lights that would change" if plan.lights else "No light would change")
        self.problems.setVisible(bool(plan.problems))
        self.lights.setVisible(bool(plan.lights))
        self.store_button.setEnabled(plan.already_imported is None)
        if fresh:
            self.sheets.blockSignals(True)
            self.sheets.clear()
            self.sheets.addItems([sheet.name or plan.file_name for sheet in plan.workbook.sheets])
            first = plan.reading.tables[0].sheet if plan.reading.tables else ""
            names = [sheet.name for sheet in plan.workbook.sheets]
            self.sheets.setCurrentIndex(names.index(first) if first in names else 0)
            self.sheets.blockSignals(False)
        self.sheets.setVisible(len(plan.workbook.sheets) > 1)
        self._sheet_chosen()
        self.questions.show_plan(plan)
        if fresh:
            asked = 430 if plan.questions else 40
            self._right.setSizes([asked, 150 if plan.problems else 20, 150 if plan.lights else 20])
            self._show_first_mark()

    def show_again(self) -> None:
        """Show the plan that stands, after a change to it came to nothing."""
        if self._marked is not None and self.plan is not None:
            self.show_marked(self._marked)

    def _show_first_mark(self) -> None:
        """Begin where something would happen, unless a question points elsewhere."""
        if self._marked is None or self._marked.plan.open_questions or self._marked.first is None:
            return
        first = self._marked.first
        self.go_to(first.sheet, Range(first.row, first.column, first.row, first.column))

    def first_focus(self) -> QWidget:
        """The questions while any is open, else the sheet."""
        open_ones = self.plan is not None and bool(self.plan.open_questions)
        return self.questions.table if open_ones else self.view

    def _sheet_chosen(self) -> None:
        plan = self.plan
        number = self.sheets.currentIndex()
        marked = self._marked
        if plan is not None and marked is not None and 0 <= number < len(plan.workbook.sheets):
            sheet = plan.workbook.sheets[number]
            self.view.show_sheet(sheet, marked.marks.get(sheet.name, {}), marked.texts.get(sheet.name, {}))

    def go_to(self, sheet: str, where: Range) -> None:
        """Show the first cell of a range of a sheet."""
        if self.plan is None:
            return
        names = [one.name for one in self.plan.workbook.sheets]
        if sheet in names:
            self.sheets.setCurrentIndex(names.index(sheet))
            self.view.go_to(where)

    def _table_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            table = self._tables.row(index)
            self.go_to(table.sheet, table.range)

    def _problem_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            problem = self._problems.row(index)
            self.go_to(problem.sheet, problem.range)

    def _point_at_question(self, question: Question) -> None:
        if question.cells:
            self.go_to(*question.cells[0])

    def _cell_chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        model = self.view.sheet_model
        mark = model.mark_at(index.row() + 1, index.column() + 1)
        where = Range(index.row() + 1, index.column() + 1, index.row() + 1, index.column() + 1)
        text = model.text_at(index.row() + 1, index.column() + 1)
        said = f"{mark.mark.value.replace('_', ' ')} – {mark.text}" if mark is not None else "no figure"
        self._cell.setText(f"{where}: {text}   {said}" if text else str(where))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter stores, Esc leaves, a digit answers the chosen question."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            # Also for a file that is stored already: the refusal says so, where silence would be a riddle.
            self.store_wanted.emit()
        elif not (event.text().isdigit() and self.questions.choose(int(event.text()))):
            super().keyPressEvent(event)


def _headed(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setFont(scaled(parent.font(), 1.0, bold=True))
    return label


def _column(*widgets: QWidget) -> QWidget:
    inside = QWidget()
    layout = QVBoxLayout(inside)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(4)
    for one in widgets:
        layout.addWidget(one)
    return inside
