"""Small parts that the tabs of the page share: a meeting to choose or to make, numbers as they are typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QDateEdit, QHBoxLayout, QLabel, QSizePolicy, QWidget

from scs_desktop.domain.agencies import Meeting
from scs_desktop.domain.errors import UserError
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.common.words import day_text

LINE = 24
TRY_AFTER = 250
"""Milliseconds after the last key until the effect of what is typed is asked for."""
PAST = "This is what was known then. Go back to now (Ctrl+Shift+N) to change anything."
READ_ONLY = "The store is open to read only: nothing can be changed here."


def number_from(text: str, what: str) -> Decimal | None:
    """Read a number as it is typed; None for an empty field.

    Raises:
        UserError: it is none.

    """
    cleaned = text.strip().replace(",", "").replace("−", "-").removesuffix("%").strip()
    if not cleaned:
        return None
    try:
        value = Decimal(cleaned)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        message = f"{what}: “{text.strip()}” is not a number."
        raise UserError(message)
    return value


def buddy(text: str, control: QWidget, parent: QWidget) -> QLabel:
    """Return a label whose access key leads to the control, which takes its words as its name."""
    label = QLabel(text, parent)
    label.setBuddy(control)
    if not control.accessibleName():
        control.setAccessibleName(text.replace("&", ""))
    return label


def head(text: str, parent: QWidget, factor: float = 1.0) -> QLabel:
    """Return a line in bold that begins a part."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(scaled(QFont(parent.font()), factor, bold=True))
    return label


def told(parent: QWidget) -> QLabel:
    """Return a label for sentences, which wrap and can be copied."""
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label


class MeetingBox(QWidget):
    """The meeting at which something is approved: one that is known, or a new one by its day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._meetings: tuple[Meeting, ...] = ()
        self.choice = QComboBox(self)
        self.choice.setAccessibleName("Meeting")
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.day = QDateEdit(self)
        self.day.setDisplayFormat("d MMM yyyy")
        self.day.setAccessibleName("Day of the new meeting")
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE)
        across.addWidget(self.choice)
        across.addWidget(self.day)
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(self._chosen)

    def set_meetings(self, meetings: Sequence[Meeting], position: date) -> None:
        """Offer these, the first after the position chosen, and a new one."""
        before = self.meeting
        self._meetings = tuple(sorted(meetings, key=lambda one: one.meeting))
        self.choice.blockSignals(True)
        self.choice.clear()
        for one in self._meetings:
            self.choice.addItem(f"{day_text(one.meeting)}  {one.title}".rstrip())
        self.choice.addItem("A new meeting on")
        after = [number for number, one in enumerate(self._meetings) if one.meeting >= position]
        same = [number for number, one in enumerate(self._meetings) if before is not None and one.id == before]
        self.choice.setCurrentIndex((same or after or [len(self._meetings)])[0])
        self.choice.blockSignals(False)
        if self.day.date() == QDate(2000, 1, 1):
            self.day.setDate(QDate(position.year, position.month, position.day))
        self._chosen()

    def _chosen(self) -> None:
        self.day.setVisible(self.meeting is None)

    @property
    def meeting(self) -> UUID | None:
        """The known meeting that is chosen; None for a new one."""
        at = self.choice.currentIndex()
        return self._meetings[at].id if 0 <= at < len(self._meetings) else None

    @property
    def known(self) -> Meeting | None:
        """The meeting itself."""
        return next((one for one in self._meetings if one.id == self.meeting), None)

    @property
    def new_day(self) -> date:
        """The day of a new one."""
        day = self.day.date()
        return date(day.year(), day.month(), day.day())
