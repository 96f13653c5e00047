"""The help page."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QSplitter, QTextBrowser, QTextEdit, QVBoxLayout, QWidget

from scs_desktop.domain.help import HelpTopic, found_topics
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.words import counted

ROW_HEIGHT = 26
LIST_WIDTH = 340
COLUMNS: tuple[Column[HelpTopic], ...] = (
    Column("Topic", lambda topic: topic.title, tip=lambda topic: topic.title),
    Column("Of", lambda topic: topic.group, "How a light is found"),
)


class HelpPage(Page):
    """Topics on the left, found as one types; the chosen one's text on the right.

    Signals:
        left: the officer wants to go back to where F1 was pressed.

    """

    left = Signal()
    title = "Help"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        del session
        from scs_desktop.workflows.help import help_topics

        self._topics = help_topics()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find a topic or a word")
        self.search.setAccessibleName("Find in the help")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._fill)
        self.search.returnPressed.connect(self._to_text)
        self._model: TableModel[HelpTopic] = TableModel(COLUMNS, self)
        self.table = RowTable(self._model, "Topics", row_height=ROW_HEIGHT, opens=True, parent=self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.table.activated.connect(self._to_text)
        self.text = QTextBrowser(self)
        self.text.setAccessibleName("Help text")
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(SPACE * 2)
        self._found = QLabel(self)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._escape)
        self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        label = QLabel("F&ind", self)
        label.setBuddy(self.search)
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, SPACE, 0)
        column.addWidget(label)
        column.addWidget(self.search)
        column.addWidget(self.table, 1)
        column.addWidget(self._found)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(side)
        split.addWidget(self.text)
        split.setStretchFactor(1, 1)
        split.setSizes([LIST_WIDTH, 3 * LIST_WIDTH])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.addWidget(split, 1)

    def first_focus(self) -> QWidget:
        """The line to find with."""
        return self.search

    def show_page(self, key: str) -> None:
        """Show the help of the page of this name; the first topic where it has none."""
        self.search.clear()
        keys = [one.key for one in self._topics]
        wanted = f"page/{key}"
        self._choose(keys.index(wanted) if wanted in keys else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the topics while the officer types what to find."""
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up} and self.search.hasFocus():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = self.table.currentIndex().row() + step
            if 0 <= row < self._model.rowCount():
                self._choose(row)
            return
        super().keyPressEvent(event)

    def _fill(self) -> None:
        found = found_topics(self._topics, self.search.text())
        self._model.set_rows(found)
        self._found.setText(counted(len(found), "topic") if found else "Nothing has all of these words.")
        if found:
            self._choose(0)
        else:
            self.text.setMarkdown("Nothing has all of these words. Try fewer, or another one.")

    def _choose(self, row: int) -> None:
        index = self._model.index(row, 0)
        if self.table.currentIndex().row() == row:
            self._chosen(index)
        self.table.setCurrentIndex(index)

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        topic = self._model.row(index)
        self.text.setMarkdown(f"## {topic.title}\n\n{topic.text}")
        self._mark()

    def _mark(self) -> None:
        """Set off what was looked for."""
        document, marks = self.text.document(), []
        form = QTextCharFormat()
        form.setFontUnderline(True)
        form.setBackground(self.palette().highlight())
        form.setForeground(self.palette().highlightedText())
        for word in self.search.text().split():
            cursor = document.find(word, QTextCursor(document), QTextDocument.FindFlag(0))
            while not cursor.isNull():
                mark = QTextEdit.ExtraSelection()
                mark.cursor, mark.format = cursor, form
                marks.append(mark)
                cursor = document.find(word, cursor, QTextDocument.FindFlag(0))
        self.text.setExtraSelections(marks)

    def _to_text(self) -> None:
        self.text.setFocus()

    def _escape(self) -> None:
        """From the text to the line to find with; from a search to all topics; then back to the page."""
        if self.text.hasFocus():
            self.search.setFocus()
        elif self.search.text():
            self.search.clear()
        else:
            self.left.emit()
