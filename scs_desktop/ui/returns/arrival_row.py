"""Who sent the open return, when it came, and when its figures were taken out of the agency's system."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QWidget

from scs_desktop.ui.common.theme import SPACE

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Agency
    from scs_desktop.returns.plan import ReturnPlan

NOT_KNOWN = QDate(1990, 1, 1)
"""Shown as words; no return is as old."""


class DayField(QDateEdit):
    """A day, typed or chosen from a calendar.

    Signals:
        given(date or None): the officer set another day; None for "not known", where that is allowed.

    """

    given = Signal(object)

    def __init__(self, name: str, *, optional: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._optional = optional
        self._begin = QDate.currentDate()
        self.setAccessibleName(name)
        self.setDisplayFormat("d MMM yyyy")
        self.setCalendarPopup(True)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumDate(NOT_KNOWN)
        if optional:
            self.setSpecialValueText("not known")
        self.dateChanged.connect(lambda _: self.given.emit(self.day))

    @property
    def day(self) -> date | None:
        """The day; None where it is not known."""
        shown = self.date()
        known = not self._optional or shown != NOT_KNOWN
        return date(shown.year(), shown.month(), shown.day()) if known else None

    def show_day(self, day: date | None, *, begin: date) -> None:
        """Show a day without telling of it; an unknown one is stepped from ``begin``."""
        blocked = QSignalBlocker(self)
        self._begin = QDate(begin.year, begin.month, begin.day)
        self.setDate(QDate(day.year, day.month, day.day) if day is not None else NOT_KNOWN)
        blocked.unblock()

    def stepBy(self, steps: int) -> None:
        """Begin to step at a day that is near."""
        if self.date() == NOT_KNOWN:
            self.setDate(self._begin)
        else:
            super().stepBy(steps)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep Enter: it ends the typing of a day and must not store the return."""
        super().keyPressEvent(event)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change nothing by scrolling past."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ArrivalRow(QWidget):
    """The first things to be right about a return, in one line.

    Signals:
        agency_given(UUID), received_given(date), extracted_given(date or None): the officer says so.

    """

    agency_given = Signal(object)
    received_given = Signal(object)
    extracted_given = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.agency = QComboBox(self)
        self.agency.setAccessibleName("Sent by")
        self.agency.setPlaceholderText("who sent it is asked below")
        self.agency.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.agency.setMinimumContentsLength(34)
        self.agency.activated.connect(lambda row: self.agency_given.emit(self.agency.itemData(row)))
        self.received = DayField("Received on", optional=False, parent=self)
        self.received.given.connect(self.received_given)
        self.extracted = DayField("Extracted on", optional=True, parent=self)
        self.extracted.given.connect(self.extracted_given)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for text, field in (
            ("Sent b&y", self.agency),
            ("Receive&d", self.received),
            ("E&xtracted", self.extracted),
        ):
            label = QLabel(text, self)
            label.setBuddy(field)
            layout.addWidget(label)
            layout.addWidget(field)
            layout.addSpacing(SPACE)
        self._said = QLabel("the file says so", self)
        layout.addWidget(self._said)
        layout.addStretch(1)

    def set_agencies(self, agencies: Sequence[Agency]) -> None:
        """Offer these agencies."""
        blocked = QSignalBlocker(self.agency)
        self.agency.clear()
        for one in sorted(agencies, key=lambda each: each.name.casefold()):
            self.agency.addItem(one.name, one.id)
        blocked.unblock()

    def show_plan(self, plan: ReturnPlan, *, says_extracted: bool) -> None:
        """Show what the plan was made with; a day that the file itself gives cannot be changed."""
        rows = [row for row in range(self.agency.count()) if self.agency.itemData(row) == plan.agency]
        self.agency.setCurrentIndex(rows[0] if rows and plan.agency_certain else -1)
        self.received.show_day(plan.received_on, begin=plan.received_on)
        self.extracted.show_day(plan.extracted_on, begin=plan.received_on)
        self.extracted.setEnabled(not says_extracted)
        self._said.setVisible(says_extracted)
