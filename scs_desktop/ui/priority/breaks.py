"""Breaks marked from the chart: month, kind and cause of a new one, and those there are, each with its removal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.breaks import BreakKind
from scs_desktop.ui.common.labels import ElidedLabel
from scs_desktop.ui.common.theme import SPACE

if TYPE_CHECKING:
    from scs_desktop.workflows.breaks import MarkedBreak

NEW_MEANING, COMPARED, NEW_LEVEL = 0, 1, 2
KINDS = (
    ("New definition: nothing is compared across it", BreakKind.DEFINITION),
    ("New definition, compared all the same", BreakKind.DEFINITION),
    ("Same definition, new level: limits begin anew", BreakKind.REBASE),
)
_FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True)
class WantedBreak:
    """A break as the officer typed it."""

    use: UUID
    on: date
    kind: BreakKind
    cause: str
    compared_because: str


class BreaksPanel(QFrame):
    """A small form over the chart and the breaks that are marked; ``opener`` shows it, Escape closes it.

    Signals:
        marked(WantedBreak): the officer marks a break.
        removed(UUID): and takes one away.
        opened: the panel is shown, for whichever indicator there is.

    """

    marked = Signal(object)
    removed = Signal(object)
    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use: UUID | None = None
        self.hide()
        self.opener = QPushButton("&Mark a break…", parent)
        self.opener.setCheckable(True)
        self.opener.setAccessibleName("Mark a break")
        self.opener.setToolTip("Say from which month the figures are others, and why")
        self.opener.toggled.connect(self._toggle)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName("Breaks in the figures")
        self.month = QDateEdit(self)
        self.month.setLocale(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
        self.month.setDisplayFormat("MMMM yyyy")
        self.month.setMinimumDate(QDate(_FIRST_YEAR, 1, 1))
        self.month.setAccessibleName("From the month")
        self.kind = QComboBox(self)
        self.kind.addItems([title for title, _ in KINDS])
        self.kind.setAccessibleName("Kind")
        self.cause = QLineEdit(self)
        self.cause.setPlaceholderText("the known cause, printed beside the mark")
        self.cause.setAccessibleName("Cause")
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText("why the figures may be compared, printed with the light")
        self.reason.setAccessibleName("Reason to compare")
        self.mark = QPushButton("Mark it", self)
        self.mark.setAccessibleName("Mark the break")
        self.shut = QPushButton("Close", self)
        self.shut.setAccessibleName("Close the breaks")
        self.said = QLabel(self)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(2)
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._kind_changed)
        self.cause.textChanged.connect(self._complete)
        self.reason.textChanged.connect(self._complete)
        for field in (self.cause, self.reason):
            field.returnPressed.connect(self.mark.click)
        self.mark.clicked.connect(self._mark)
        self.shut.clicked.connect(self.put_away)
        self._kind_changed()

    def _lay_out(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        self._reason_label = QLabel("Reas&on", self)
        for row, label, field, stretch in (
            (first, QLabel("From mon&th", self), self.month, 0),
            (first, QLabel("Kin&d", self), self.kind, 0),
            (second, QLabel("C&ause", self), self.cause, 1),
            (second, self._reason_label, self.reason, 1),
        ):
            label.setBuddy(field)
            row.setSpacing(SPACE // 2)
            row.addWidget(label)
            row.addWidget(field, stretch)
        first.addStretch(1)
        first.addWidget(self.shut)
        second.addWidget(self.mark)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE // 2, SPACE // 2, SPACE // 2, SPACE // 2)
        layout.setSpacing(4)
        layout.addLayout(first)
        layout.addLayout(second)
        layout.addWidget(self.said)
        layout.addLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def open_for(self, use: UUID, month: date, *, barred: str) -> None:
        """Let the officer mark breaks of an indicator; ``barred`` says why nothing can be changed, if so."""
        if use != self._use:
            self._use = use
            self.cause.clear()
            self.reason.clear()
            self.kind.setCurrentIndex(NEW_MEANING)
            self.month.setDate(QDate(month.year, month.month, 1))
            self.show_breaks(use, ())
        for field in (self.month, self.kind, self.cause, self.reason):
            field.setEnabled(not barred)
        self.said.setText(barred)
        self.said.setVisible(bool(barred))
        self._complete()

    def show_breaks(self, use: UUID, found: Sequence[MarkedBreak]) -> None:
        """List those that are marked, if they are still the shown indicator's."""
        if use != self._use:
            return
        while (item := self._lines.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)
                widget.deleteLater()
        for one in found:
            self._lines.addWidget(self._line(one))

    def _line(self, one: MarkedBreak) -> QWidget:
        line = QWidget(self)
        said = ElidedLabel(line)
        said.setText(one.sentence)
        said.setToolTip(one.sentence)
        remove = QPushButton("Remove", line)
        remove.setAccessibleName(f"Remove the break of {one.kept.when}")
        remove.setEnabled(self.month.isEnabled())
        remove.clicked.connect(lambda: self.removed.emit(one.kept.id))
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(said, 1)
        layout.addWidget(remove)
        return line

    @property
    def wanted(self) -> WantedBreak | None:
        """The break as it is typed; None while its cause, or the reason to compare, is wanting."""
        compared = self.kind.currentIndex() == COMPARED
        cause, reason = self.cause.text().strip(), self.reason.text().strip() if compared else ""
        if self._use is None or not cause or (compared and not reason):
            return None
        typed = self.month.date()
        on = date(typed.year(), typed.month(), 1)
        return WantedBreak(self._use, on, KINDS[self.kind.currentIndex()][1], cause, reason)

    def clear_typed(self) -> None:
        """Empty the fields, after what they said was stored."""
        self.cause.clear()
        self.reason.clear()

    def put_away(self) -> None:
        """Close the panel."""
        self.opener.setChecked(False)
        self.opener.setFocus()

    def _toggle(self, on: bool) -> None:
        self.setVisible(on)
        if on:
            self.opened.emit()
            self.month.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return
        super().keyPressEvent(event)

    def _kind_changed(self) -> None:
        compared = self.kind.currentIndex() == COMPARED
        self._reason_label.setVisible(compared)
        self.reason.setVisible(compared)
        self._complete()

    def _complete(self) -> None:
        self.mark.setEnabled(self.cause.isEnabled() and self.wanted is not None)

    def _mark(self) -> None:
        wanted = self.wanted
        if wanted is not None:
            self.marked.emit(wanted)
