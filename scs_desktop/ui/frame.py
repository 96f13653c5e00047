"""What stands round every page: the rail, the line above, the line below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QProgressBar,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.position import Status
from scs_desktop.ui.common.background import Runner
from scs_desktop.ui.common.labels import ElidedLabel
from scs_desktop.ui.common.lights import paint_mark, status_word
from scs_desktop.ui.common.messages import Message, Tone
from scs_desktop.ui.common.table_model import ROW_ROLE, Column, TableModel
from scs_desktop.ui.common.theme import SPACE, mixed, scaled, theme_of
from scs_desktop.ui.common.words import counted, paint_text

RAIL_WIDTH = 226
SHOW_WORK_AFTER = 500
EXAMPLE_MARK = "Example store – illustrative figures"


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A place in the rail: a page, or beneath it one of its parts with a light."""

    key: object
    text: str
    level: int = 0
    status: Status | None = None
    count: int = 0

    @property
    def spoken(self) -> str:
        """The entry in words."""
        parts = [self.text]
        if self.status is not None:
            parts.append(status_word(self.status))
        if self.count:
            parts.append(f"{self.count} open")
        return ", ".join(parts)


class _RailDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(RAIL_WIDTH - 4, round(option.fontMetrics.lineSpacing() * 1.95))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry: RailEntry = index.data(ROW_ROLE)
        theme = theme_of(option.palette)
        rect = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(rect, mixed(theme.base, theme.highlight, 0.22))
            painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.highlight)
        if focused:
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.setPen(theme.text)
        painter.setFont(scaled(option.font, 1.0, bold=chosen or not entry.level))
        text = rect.adjusted(14 + 8 * entry.level, 0, -8, 0)
        if entry.status is not None:
            side = 14.0
            paint_mark(
                painter,
                QRectF(rect.right() - side - 10, rect.center().y() - side / 2, side, side),
                mark_of(entry.status, dark=theme.dark),
            )
            text.setRight(rect.right() - side - 16)
        elif entry.count:
            painter.save()
            painter.setPen(theme.muted)
            painter.drawText(text, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(entry.count))
            painter.restore()
            text.setRight(text.right() - 24)
        paint_text(painter, text, entry.text)
        painter.restore()


class Rail(QListView):
    """The pages, at the left.

    Signals:
        chosen(key): the officer went to this place.

    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = TableModel[RailEntry](
            (Column("", lambda one: one.text, spoken=lambda one: one.spoken, tip=lambda one: one.spoken),), self
        )
        self.setModel(self._model)
        self.setItemDelegate(_RailDelegate(self))
        self.setAccessibleName("Pages")
        self.setFixedWidth(RAIL_WIDTH)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(self._chosen)

    def set_entries(self, entries: Sequence[RailEntry]) -> None:
        """Show these places, the present one still chosen."""
        key = self.current_key()
        self.selectionModel().blockSignals(True)
        self._model.set_rows(entries)
        self.selectionModel().blockSignals(False)
        self.choose(key)

    def current_key(self) -> object:
        """Where the officer is."""
        index = self.currentIndex()
        return self._model.row(index).key if index.isValid() else None

    def choose(self, key: object) -> None:
        """Mark the place as the present one, without going there."""
        for number, entry in enumerate(self._model.rows):
            if entry.key == key:
                self.selectionModel().blockSignals(True)
                self.setCurrentIndex(self._model.index(number, 0))
                self.selectionModel().blockSignals(False)
                self.viewport().update()
                return

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._model.row(index).key)


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
        found(key): the officer chose this entry of the find box.

    """

    position_chosen = Signal(object)
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
        self.find_box.setFixedWidth(self.fontMetrics().averageCharWidth() * 26)
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
        layout.addWidget(self.heading, 1)
        for one in (self.example, self.as_at, position_label, self.position, self.find_box):
            layout.addWidget(one)

    def set_store_open(self, *, open_: bool) -> None:
        """Show or hide what has a meaning only while a store is open."""
        for one in (self._position_label, self.position, self.find_box):
            one.setVisible(open_)
        if not open_:
            self.as_at.hide()
            self.example.hide()

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


class BottomBar(QWidget):
    """Below the page: saved when, last backup, where the store is, and the work under way with Cancel."""

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self.saved = QLabel(self)
        self.backup = QLabel(self)
        self.place = QLabel(self)
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.work = QLabel(self)
        self.bar = QProgressBar(self)
        self.bar.setFixedSize(120, 10)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        self.cancel = QToolButton(self)
        self.cancel.setText("Cancel")
        self.cancel.setAccessibleName("Cancel the work under way")
        self.cancel.clicked.connect(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOW_WORK_AFTER)
        self._timer.timeout.connect(self._draw)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE, 2, SPACE, 3)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self.saved)
        layout.addWidget(self.backup)
        layout.addWidget(self.place, 1)
        layout.addWidget(self.work)
        layout.addWidget(self.bar)
        layout.addWidget(self.cancel)
        self.setFixedHeight(round(self.fontMetrics().lineSpacing() * 1.9))
        runner.changed.connect(self._changed)
        self._hide()

    def _hide(self) -> None:
        for one in (self.work, self.bar, self.cancel):
            one.hide()

    def _changed(self) -> None:
        if self._runner.current is None:
            self._timer.stop()
            self._hide()
        elif self.cancel.isVisible():
            self._draw()
        elif not self._timer.isActive():
            self._timer.start()

    def _draw(self) -> None:
        job = self._runner.current
        if job is None:
            return
        if job.total:
            self.bar.setRange(0, job.total)
            self.bar.setValue(job.done)
            self.work.setText(f"{job.title}: {job.done:,} of {job.total:,}")
        else:
            self.bar.setRange(0, 0)
            self.work.setText(f"{job.title}: {counted(job.done, 'step')}" if job.done else job.title)
        self.cancel.setEnabled(not job.cancelled)
        for one in (self.work, self.bar, self.cancel):
            one.show()

    def _cancel(self) -> None:
        if self._runner.current is not None:
            self._runner.current.cancel()
            self.cancel.setEnabled(False)


class MessageBar(QFrame):
    """One sentence above the page, with a button that takes it away."""

    def __init__(self, parent: QWidget | None = None, *, closable: bool = True) -> None:
        super().__init__(parent)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._tone = Tone.DONE
        self._message: Message | None = None
        self.offer = QPushButton(self)
        self.offer.clicked.connect(self._accept)
        close = QToolButton(self)
        close.setText("Dismiss")
        close.setAutoRaise(True)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.setAccessibleName("Dismiss the message")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(SPACE + 8, 4, SPACE, 4)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.offer)
        layout.addWidget(close)
        close.setVisible(closable)
        self._closable = closable
        self.hide()

    def show_message(self, message: Message) -> None:
        """Show the sentence until it is dismissed or another one comes."""
        self._tone = message.tone
        self._message = message
        self.offer.setVisible(message.offer is not None)
        self.offer.setText(message.offer.text if message.offer is not None else "")
        word = "Problem: " if message.tone is Tone.PROBLEM else ""
        self.text.setText(word + message.text)
        self.text.setAccessibleName(word + message.text)
        self.setAccessibleName("Message")
        self.show()
        self.update()

    def _accept(self) -> None:
        message = self._message
        if self._closable:
            self.hide()
        if message is not None and message.offer is not None:
            message.offer.run()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet ground and a bar at the left."""
        painter = QPainter(self)
        theme = theme_of(self.palette())
        painter.fillRect(self.rect(), mixed(theme.base, theme.text, 0.05))
        bar = theme.comparator if self._tone is Tone.PROBLEM else theme.line
        painter.fillRect(0, 0, 5, self.height(), bar)
