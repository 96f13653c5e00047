"""Signing a paper off, and taking one back: forms beside the paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.common.words import counted, day_text

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Meeting
    from scs_desktop.workflows.sign_off import Proposed

_INDENT = 12


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting as it was typed."""

    cut_off: date
    meeting: date
    publication: date
    title: str


class _Form(QWidget):
    """A form beside the paper. Signals: left – without doing anything."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLabel(self)
        self.title.setFont(scaled(self.font(), 1.1, bold=True))
        self.title.setWordWrap(True)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.cancel = QPushButton("&Cancel", self)
        self.cancel.clicked.connect(self.left)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SignOffForm(_Form):
    """At which meeting, what would be frozen, and what should be known before.

    Signals:
        meeting_chosen(UUID): the paper for this meeting is wanted.
        meeting_added(NewMeeting): it is to be added, and chosen.
        confirmed(Proposed, str): sign it, with the reason where it takes the place of another.

    """

    meeting_chosen = Signal(object)
    meeting_added = Signal(object)
    confirmed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._proposed: Proposed | None = None
        self.meeting = QComboBox(self)
        self.meeting.setAccessibleName("Board meeting")
        self.meeting.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.meeting.setMinimumContentsLength(24)
        self.meeting.currentIndexChanged.connect(self._choose)
        self.add = QPushButton("&Add a meeting…", self)
        self.add.setToolTip("The position shown, and four dates")
        self.add.setCheckable(True)
        self.add.toggled.connect(self._show_new)
        self.told = QTextBrowser(self)
        self.told.setAccessibleName("What would be signed off")
        self.told.setFrameShape(QFrame.Shape.NoFrame)
        self.told.setTabChangesFocus(True)
        self.told.document().setIndentWidth(_INDENT)
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName("Why the paper before is superseded")
        self.reason.setPlaceholderText("It stands beside the paper before")
        self.reason.textChanged.connect(self._may_confirm)
        self._why = QLabel("Wh&y is the paper before superseded?", self)
        self._why.setWordWrap(True)
        self._why.setBuddy(self.reason)
        self.confirm = QPushButton("Sign &off", self)
        self.confirm.clicked.connect(self._confirm)
        self._new = self._new_meeting()
        self._lay_out()

    def _new_meeting(self) -> QWidget:
        box = QWidget(self)
        self.new_title = QLineEdit(box)
        self.new_title.setAccessibleName("Title of the meeting")
        self.new_title.setPlaceholderText("Board, and the position")
        self.cut_off, self.held, self.published = (QDateEdit(box) for _ in range(3))
        names = ("Cut-off for figures", "Day of the meeting", "Publication")
        form = QFormLayout(box)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow("Title", self.new_title)
        for name, field in zip(names, (self.cut_off, self.held, self.published), strict=True):
            field.setAccessibleName(name)
            field.setDisplayFormat("d MMM yyyy")
            field.setCalendarPopup(True)
            form.addRow(name, field)
        self.put = QPushButton("Add &it, and choose it", box)
        self.put.clicked.connect(self._add)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self.put)
        form.addRow(last)
        return box

    def _lay_out(self) -> None:
        label = QLabel("&Board meeting", self)
        label.setBuddy(self.meeting)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addWidget(label)
        layout.addWidget(self.meeting)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._new)
        layout.addWidget(self.told, 1)
        layout.addWidget(self._why)
        layout.addWidget(self.reason)
        layout.addLayout(buttons)

    def begin(
        self, title: str, meetings: Sequence[Meeting], chosen: UUID | None, position: date, *, superseding: bool
    ) -> None:
        """Open the form: the meetings to choose from, the likeliest one chosen."""
        self.title.setText(title)
        self._why.setVisible(superseding)
        self.reason.setVisible(superseding)
        self.reason.clear()
        self.add.setChecked(False)
        self._show_new(False)
        after = QDate(position.year, position.month, position.day)
        for field, days in ((self.cut_off, 60), (self.held, 74), (self.published, 95)):
            field.setDate(after.addDays(days))
        self.meeting.blockSignals(True)
        self.meeting.clear()
        for one in meetings:
            self.meeting.addItem(f"{day_text(one.meeting)}  {one.title}", one.id)
        ids = [one.id for one in meetings]
        self.meeting.setCurrentIndex(ids.index(chosen) if chosen in ids else len(ids) - 1)
        self.meeting.blockSignals(False)
        self.meeting.setEnabled(bool(meetings))
        if meetings:
            self._choose()
        else:
            self.refuse("There is no meeting to sign it off at. Add one.")
            self.add.setChecked(True)

    def show_proposed(self, proposed: Proposed) -> None:
        """Say what would be frozen, and what should be known before."""
        self._proposed = proposed
        parts = [f"<p><b>Kept for good:</b> {escape(proposed.frozen)}</p>"]
        if proposed.warnings:
            count = counted(len(proposed.warnings), "thing")
            parts.append(f"<p><b>{count} to know before:</b></p><ul>")
            parts += [f"<li>{escape(one)}</li>" for one in proposed.warnings]
            parts.append("</ul>")
        parts.append("<p>It is never edited. It can be withdrawn, or superseded at a later meeting, with a reason.</p>")
        self.told.setHtml("".join(parts))
        self._may_confirm()

    def refuse(self, sentence: str) -> None:
        """Say why this cannot be signed."""
        self._proposed = None
        self.told.setHtml(f"<p>{escape(sentence)}</p>")
        self._may_confirm()

    def _choose(self) -> None:
        self._proposed = None
        self._may_confirm()
        if self.meeting.currentData() is not None:
            self.meeting_chosen.emit(self.meeting.currentData())

    def _show_new(self, shown: bool) -> None:
        self._new.setVisible(shown)
        if shown:
            self.new_title.setFocus()

    def _add(self) -> None:
        self.meeting_added.emit(
            NewMeeting(
                _day(self.cut_off), _day(self.held), _day(self.published), self.new_title.text(),
            )
        )  # fmt: skip

    def _may_confirm(self) -> None:
        reasoned = bool(self.reason.text().strip()) or self.reason.isHidden()
        self.confirm.setEnabled(self._proposed is not None and reasoned)

    def _confirm(self) -> None:
        if self._proposed is not None:
            self.confirmed.emit(self._proposed, self.reason.text())


class WithdrawForm(_Form):
    """Taking a signed paper back.

    Signals:
        confirmed(str): withdraw it, for this reason.

    """

    confirmed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        told = QLabel(
            "The paper stays in the store as it was signed, with the reason beside it. The position can then be "
            "signed off again.",
            self,
        )
        told.setWordWrap(True)
        self.reason = QLineEdit(self)
        self.reason.setAccessibleName("Why the paper is withdrawn")
        self.confirm = QPushButton("W&ithdraw", self)
        self.confirm.setEnabled(False)
        self.confirm.clicked.connect(self._confirm)
        self.reason.textChanged.connect(lambda text: self.confirm.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._confirm)
        label = QLabel("Wh&y?", self)
        label.setBuddy(self.reason)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.confirm)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 0, 0, 0)
        for one in (self.title, told, label, self.reason):
            layout.addWidget(one)
        layout.addLayout(buttons)
        layout.addStretch(1)

    def begin(self, title: str) -> None:
        """Open the form."""
        self.title.setText(title)
        self.reason.clear()
        self.reason.setFocus()

    def _confirm(self) -> None:
        if self.confirm.isEnabled():
            self.confirmed.emit(self.reason.text())


def _day(field: QDateEdit) -> date:
    chosen = field.date()
    return date(chosen.year(), chosen.month(), chosen.day())
