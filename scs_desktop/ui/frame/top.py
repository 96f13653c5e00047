"""The line above a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QActionGroup, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from scs_desktop.domain.history import Change
from scs_desktop.domain.periods import month_end, months_between, position_label
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.ui.common.labels import ElidedLabel
from scs_desktop.ui.common.theme import SPACE, scaled, theme_of
from scs_desktop.ui.common.words import day_text, moment_text

EXAMPLE_MARK = "Example store – illustrative figures"
EXAMPLE_SHORT = "Example"
HEADING_WIDTH = 30
"""Characters of a heading that are to be read before the example mark says all its words."""
MOST_PAST = 60


def positions_of(position: StrategyPosition, latest: date) -> list[tuple[str, date | None]]:
    """Return every month from the first figure to the latest position, newest first, quarters by their name."""
    ends = [
        point.period.counts_from
        for priority in position.priorities
        for row in priority.indicators
        for point in row.trend
    ]
    first = min([*ends, position.position])
    months = [month_end(one.end) for one in months_between(first, max(latest, position.position))]
    return [(f"to {position_label(day)}", day) for day in reversed(months)]


class _Badge(QLabel):
    """Words in a thin frame."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)
        self.setContentsMargins(8, 2, 8, 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = theme_of(self.palette())
        painter.setPen(QPen(theme.comparator, 1.2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)
        painter.end()
        super().paintEvent(event)


class TopBar(QWidget):
    """Above the page: its heading, the example mark, the as-at badge, the position, find.

    Signals:
        position_chosen(date | None): show this position, None for the latest.
        as_at_chosen(int | None): show what was known after the change of this number, None for now.
        found(key): the officer chose this entry of the find box.

    """

    position_chosen = Signal(object)
    as_at_chosen = Signal(object)
    found = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = ElidedLabel(self)
        self.heading.setFont(scaled(self.font(), 1.35, bold=True))
        self.example = _Badge(EXAMPLE_MARK, self)
        self.example.hide()
        self.as_at = QPushButton(self)
        self.as_at.setAccessibleName("Known when")
        self.as_at.setMenu(QMenu(self.as_at))
        self.as_at.hide()
        self._position_label = position_label = QLabel("&Position", self)
        self.position = QComboBox(self)
        self.position.setAccessibleName("Position: the day the figures are made up to")
        self.position.setMinimumContentsLength(15)
        self.position.setMaxVisibleItems(16)
        position_label.setBuddy(self.position)
        self.position.activated.connect(lambda row: self.position_chosen.emit(self.position.itemData(row)))
        self.find_box = QLineEdit(self)
        self.find_box.setPlaceholderText("Find an indicator (Ctrl+F)")
        self.find_box.setAccessibleName("Find an indicator")
        self.find_box.setClearButtonEnabled(True)
        letter = self.fontMetrics().averageCharWidth()
        self.find_box.setMinimumWidth(14 * letter)
        self.find_box.setMaximumWidth(26 * letter)
        self._names = QStringListModel(self)
        self._keys: dict[str, object] = {}
        completer = QCompleter(self._names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(12)
        self.find_box.setCompleter(completer)
        completer.activated.connect(self._found)
        self.find_box.returnPressed.connect(self._find_first)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE, 6, SPACE, 2)
        layout.setSpacing(SPACE)
        layout.addWidget(self.heading, 3)
        for one in (self.example, self.as_at, position_label, self.position):
            layout.addWidget(one)
        layout.addWidget(self.find_box, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the heading its room: the example mark says its first word alone where the window is narrow."""
        super().resizeEvent(event)
        letter = self.fontMetrics().averageCharWidth()
        others = (self.as_at, self._position_label, self.position)
        taken = sum(one.sizeHint().width() + SPACE for one in others) + 26 * letter
        mark = self.example.fontMetrics().horizontalAdvance(EXAMPLE_MARK) + 5 * SPACE
        narrow = self.width() - taken - mark < HEADING_WIDTH * letter
        self.example.setText(EXAMPLE_SHORT if narrow else EXAMPLE_MARK)
        self.example.setToolTip(EXAMPLE_MARK if narrow else "")

    def set_store_open(self, *, open_: bool) -> None:
        """Show or hide what has a meaning only while a store is open."""
        for one in (self._position_label, self.position, self.find_box):
            one.setVisible(open_)
        if not open_:
            self.as_at.hide()
            self.example.hide()

    def show_as_at(self, day: date | None) -> None:
        """Say as known when; None for now."""
        self.as_at.setText("As known now" if day is None else f"As known {day_text(day)}")

    def offer_past(self, changes: Sequence[Change], chosen: int | None) -> None:
        """Offer the moments after these changes, the latest first; the last of them is now."""
        menu = self.as_at.menu()
        menu.clear()
        group = QActionGroup(menu)
        past: list[tuple[str, int | None]] = [("As known &now", None)]
        past += [
            (f"{moment_text(one.at)}  {one.summary}".replace("&", "&&"), one.number) for one in changes[1:MOST_PAST]
        ]
        for text, number in past:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(number == chosen)
            group.addAction(action)
            action.triggered.connect(lambda _=False, cut=number: self.as_at_chosen.emit(cut))
        self.as_at.setVisible(bool(changes))

    def set_positions(self, positions: Sequence[tuple[str, date | None]], chosen: date | None) -> None:
        """Offer these positions, the chosen one shown."""
        self.position.clear()
        for text, day in positions:
            self.position.addItem(text, day)
        days = [day for _, day in positions]
        self.position.setCurrentIndex(days.index(chosen) if chosen in days else 0)

    def set_names(self, names: Sequence[tuple[str, object]]) -> None:
        """Make these findable."""
        self._keys = dict(names)
        self._names.setStringList([text for text, _ in names])

    def _found(self, text: str) -> None:
        if text in self._keys:
            self.found.emit(self._keys[text])
            # The completer writes its text after this signal; the box is emptied behind it.
            QTimer.singleShot(0, self.find_box.clear)

    def _find_first(self) -> None:
        wanted = self.find_box.text().strip().casefold()
        first = next((text for text in self._keys if wanted and wanted in text.casefold()), None)
        if first is not None:
            self._found(first)
