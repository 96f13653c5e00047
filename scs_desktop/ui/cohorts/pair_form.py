"""The form of a comparison: which two data sets, under which priority; nothing is kept until it is applied."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.agencies import Series
from scs_desktop.domain.cohorts import CohortPair
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.workflows.cohorts import MOST_FOLLOWED, CohortChoices, NewSeries

HINT = (
    "The figures come with an ordinary return: for each intake how many there were, how many had the event, and the "
    "share. A data set that is new is asked about once, when its first return is imported."
)
WIDE = 90
"""In average characters."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was typed; ``pair`` is the comparison to change, None for a new one."""

    name: str
    priority: UUID
    series: str
    other: str
    event: str
    note: str
    new: NewSeries | None
    pair: UUID | None


class PairForm(QWidget):
    """A comparison's name, priority, groups and event.

    Signals:
        applied(Wanted): keep this.
        removed(CohortPair): compare these no longer.

    """

    applied = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: CohortPair | None = None
        self._series: tuple[Series, ...] = ()
        self._lock = ""
        self.name = self._line("Name of the comparison", "Early intervention")
        self.priority = self._box("Priority")
        self.series = self._box("Data set of those reached", typed=True)
        self.other = self._box("Data set of the others", typed=True)
        self.event_words = self._line("What is counted", "re-offended")
        self.note = self._line("How the groups were chosen", "who was offered a place, and who was not")
        self.agency = self._box("Sender of a new data set")
        self.followed = QSpinBox(self)
        self.followed.setAccessibleName("Months that an intake of a new data set is followed")
        self.followed.setRange(1, MOST_FOLLOWED)
        self.followed.setValue(12)
        self.followed.setSuffix(" months")
        self.apply = QPushButton("&Apply", self)
        self.apply.clicked.connect(self._apply)
        self.remove = QPushButton("Remove", self)
        self.remove.clicked.connect(self._remove)
        self._lay_out()

    def _line(self, name: str, hint: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setPlaceholderText(hint)
        line.returnPressed.connect(self._apply)
        return line

    def _box(self, name: str, *, typed: bool = False) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setEditable(typed)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        inside = box.lineEdit()
        if inside is not None:
            inside.setAccessibleName(name)
            inside.setPlaceholderText("as the agency calls it")
        return box

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(SPACE)
        form.setVerticalSpacing(5)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, field in (
            ("Co&mparison named", self.name),
            ("Under priorit&y", self.priority),
            ("Th&ose reached", self.series),
            ("Compared &with", self.other),
            ("Counted: they …", self.event_words),
            ("How they were chosen", self.note),
            ("New data set sent &by", self.agency),
            ("Each intake fo&llowed", self.followed),
        ):
            label = QLabel(words, self)
            label.setBuddy(field)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            form.addRow(label, field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.apply)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        hint = QLabel(HINT, self)
        hint.setWordWrap(True)
        held = QWidget(self)
        held.setMaximumWidth(self.fontMetrics().averageCharWidth() * WIDE)
        column = QVBoxLayout(held)
        column.setContentsMargins(SPACE, SPACE, SPACE, 4)
        column.addLayout(form)
        column.addWidget(hint)
        column.addLayout(buttons)
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(held, 1)
        layout.addStretch(0)

    def set_choices(self, choices: CohortChoices) -> None:
        """Offer these; what is typed stays."""
        self._series = choices.series
        for box in (self.series, self.other):
            typed = box.currentText()
            box.clear()
            for one in choices.series:
                box.addItem(one.data_set)
            box.setCurrentText(typed)
        self._fill(self.priority, [(f"{one.number}  {one.name}", one.id) for one in choices.priorities])
        self._fill(self.agency, [(one.name, one.id) for one in choices.agencies])

    @staticmethod
    def _fill(box: QComboBox, items: list[tuple[str, UUID]]) -> None:
        before = box.currentData()
        box.clear()
        for text, identity in items:
            box.addItem(text, identity)
        box.setCurrentIndex(max(0, box.findData(before)))

    def show_pair(self, pair: CohortPair | None) -> None:
        """Show this comparison, None for a new one."""
        self.shown = pair
        names = {one.id: one.data_set for one in self._series}
        self.name.setText(pair.name if pair is not None else "")
        self.series.setCurrentText(names.get(pair.series, "") if pair is not None else "")
        self.other.setCurrentText(names.get(pair.other, "") if pair is not None else "")
        self.event_words.setText(pair.event if pair is not None else "re-offended")
        self.note.setText(pair.note if pair is not None else "")
        if pair is not None:
            self.priority.setCurrentIndex(max(0, self.priority.findData(pair.priority)))
            sender = next((one for one in self._series if one.id == pair.series), None)
            if sender is not None:
                self.agency.setCurrentIndex(max(0, self.agency.findData(sender.agency)))
                self.followed.setValue(sender.follow_up_months or 12)
        self._may()

    def lock(self, why: str) -> None:
        """Let nothing be kept, and say why; an empty text unlocks."""
        self._lock = why
        for line in (self.name, self.event_words, self.note):
            line.setReadOnly(bool(why))
        for box in (self.priority, self.series, self.other, self.agency, self.followed):
            box.setEnabled(not why)
        self._may()

    def _may(self) -> None:
        self.apply.setEnabled(not self._lock)
        self.apply.setToolTip(self._lock)
        self.remove.setEnabled(self.shown is not None and not self._lock)
        self.remove.setToolTip(self._lock or "Compare these no longer; their figures stay")

    def _apply(self) -> None:
        priority: UUID | None = self.priority.currentData()
        if not self.apply.isEnabled() or priority is None:
            return
        agency: UUID | None = self.agency.currentData()
        new = NewSeries(agency, self.followed.value()) if agency is not None else None
        self.applied.emit(
            Wanted(
                self.name.text(), priority, self.series.currentText(), self.other.currentText(),
                self.event_words.text(), self.note.text(), new, self.shown.id if self.shown is not None else None,
            )
        )  # fmt: skip

    def _remove(self) -> None:
        if self.shown is not None:
            self.removed.emit(self.shown)
