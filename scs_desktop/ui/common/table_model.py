"""Tables of frozen rows: named columns that know their text, order, speech and painting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from scs_desktop.ui.common.theme import Theme, mixed, scaled, theme_of
from scs_desktop.ui.common.words import paint_text

Row = TypeVar("Row")
AnyIndex = QModelIndex | QPersistentModelIndex

SORT_ROLE = int(Qt.ItemDataRole.UserRole)
ROW_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PADDING = 6


@dataclass(frozen=True, slots=True)
class Look:
    """What a cell's painter needs besides the row: colours, and whether the row is selected."""

    theme: Theme
    text: QColor
    muted: QColor
    selected: bool


CellPainter = Callable[[QPainter, QRectF, Row, Look], None]


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column.

    Attributes:
        text: what the cell shows, or where it is painted what it would say in a copied table.
        spoken: what a screen reader says; the text where not given.
        sort: what the column is ordered by; the text where not given.
        paint: draws the cell instead of its text.
        sample: the widest text that must fit; the column without one takes the room that is left.

    """

    title: str
    text: Callable[[Row], str]
    sample: str = ""
    right: bool = False
    spoken: Callable[[Row], str] | None = None
    sort: Callable[[Row], str | float] | None = None
    tip: Callable[[Row], str] | None = None
    paint: CellPainter[Row] | None = None
    title_tip: str = ""
    bold: bool = False


class TableModel(QAbstractTableModel, Generic[Row]):
    """Rows under named columns. ``set_rows`` replaces them all."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows and no others."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def row(self, index: AnyIndex) -> Row:
        """Return the row that the index points into."""
        return self._rows[index.row()]

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As Qt asks."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As Qt asks."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the cell's text, speech, order, tip or row, as the role asks."""
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (column.spoken or column.text)(row) or "empty"
            return f"{column.title}: {said}" if column.title else said
        if role == SORT_ROLE:
            return (column.sort or column.text)(row)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            return column.tip(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        if role == ROW_ROLE:
            return row
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a column's title, its tip and its side."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.title_tip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None


class RowDelegate(QStyledItemDelegate):
    """Draws a column's own painting, a hairline under each row and one frame round the current row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one cell."""
        painted = QStyleOptionViewItem(option)
        self.initStyleOption(painted, index)
        view = painted.widget
        focused = isinstance(view, QTableView) and view.hasFocus() and view.currentIndex().row() == index.row()
        selected = bool(painted.state & QStyle.StateFlag.State_Selected)
        palette: QPalette = painted.palette
        rect = painted.rect
        theme = theme_of(palette)
        model = index.model()
        column = model.columns[index.column()] if isinstance(model, TableModel) else None
        if column is not None and column.bold:
            painted.font.setWeight(QFont.Weight.DemiBold)
        if selected:
            # A tint keeps the lights' colours readable on the chosen row; the bar shows it without colour.
            painter.fillRect(rect, mixed(theme.base, theme.highlight, 0.22))
            if index.column() == 0:
                painter.fillRect(QRectF(rect.left(), rect.top(), 3, rect.height()), theme.highlight)
        look = Look(theme, theme.text, theme.text if selected else theme.muted, selected)
        inside = QRectF(rect).adjusted(PADDING, 2, -PADDING, -3)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look.text)
        painter.setFont(painted.font)
        if column is None or column.paint is None:
            side = Qt.AlignmentFlag.AlignRight if column is not None and column.right else Qt.AlignmentFlag.AlignLeft
            paint_text(painter, inside, str(index.data() or ""), side)
        else:
            column.paint(painter, inside, index.data(ROW_ROLE), look)
        painter.restore()
        painter.setPen(QPen(theme.rule, 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if focused:
            painter.setPen(QPen(theme.focus, 2))
            painter.drawLine(rect.left(), rect.top() + 1, rect.right(), rect.top() + 1)
            painter.drawLine(rect.left(), rect.bottom() - 1, rect.right(), rect.bottom() - 1)


FEWEST_LETTERS = 10
"""A column that takes what is left of the width keeps at least this much; with less the table scrolls sideways."""
LETTERS_WHERE_SCROLLED = 24


class RowTable(QTableView):
    """A table whose unit is the row: arrow keys move by rows, Tab leaves the table, Enter opens.

    ``opens`` says that Enter (and a double click) opens a row: ``activated`` is told.
    Rows are ``row_height`` high; with a ``tallest_row`` they share the height there is, up to that.
    """

    def __init__(
        self,
        model: TableModel[Row],
        name: str,
        *,
        row_height: int,
        tallest_row: int = 0,
        opens: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._heights = (row_height, tallest_row)
        self._opens = opens
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(RowDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(row_height)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setMinimumSectionSize(24)
        self._columns: tuple[Column[Row], ...] = model.columns
        self._fit_columns()
        model.modelReset.connect(self._fit_rows)

    def _fit_rows(self) -> None:
        rows = self.model().rowCount()
        least, most = self._heights
        if rows and most:
            self.verticalHeader().setDefaultSectionSize(max(least, min(most, self.viewport().height() // rows)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height among the rows, and the new width among the columns that take what is left."""
        super().resizeEvent(event)
        self._fit_rows()
        self._share_width()

    def _share_width(self) -> None:
        """Let the columns without a sample share what is left; scroll sideways where that would leave them no words."""
        head = self.horizontalHeader()
        seen = [number for number in range(len(self._columns)) if not self.isColumnHidden(number)]
        sharing = [number for number in seen if not self._columns[number].sample]
        if not sharing:
            return
        taken = sum(head.sectionSize(number) for number in seen if self._columns[number].sample)
        letter = self.fontMetrics().averageCharWidth()
        legible = (self.viewport().width() - taken) // len(sharing) >= FEWEST_LETTERS * letter
        mode = QHeaderView.ResizeMode.Stretch if legible else QHeaderView.ResizeMode.Interactive
        for number in sharing:
            if head.sectionResizeMode(number) != mode:
                head.setSectionResizeMode(number, mode)
            if not legible:
                head.resizeSection(number, LETTERS_WHERE_SCROLLED * letter)

    def _fit_columns(self) -> None:
        head = self.horizontalHeader()
        bold = QFontMetrics(scaled(self.font(), 1.0, bold=True))
        for number, column in enumerate(self._columns):
            if column.sample:
                widest = max(bold.horizontalAdvance(column.sample), bold.horizontalAdvance(column.title))
                head.resizeSection(number, widest + 2 * PADDING + 2)
            else:
                head.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)

    def fit_texts(self) -> None:
        """Give each column with a sample the room of the longest text that stands in it now."""
        head, model = self.horizontalHeader(), self.model()
        bold = QFontMetrics(scaled(self.font(), 1.0, bold=True))
        for number, column in enumerate(self._columns):
            if column.sample and not self.isColumnHidden(number):
                texts = (str(model.index(row, number).data() or "") for row in range(model.rowCount()))
                longest = max(texts, key=len, default="")
                widest = max(bold.horizontalAdvance(longest), bold.horizontalAdvance(column.title))
                head.resizeSection(number, widest + 2 * PADDING + 2)

    def changeEvent(self, event: QEvent) -> None:
        """Fit the columns to a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_columns"):
            self._fit_columns()
            self._share_width()

    def as_text(self) -> str:
        """Return the columns that are shown as tab-separated lines, as a spreadsheet takes them."""
        model = self.model()
        columns = [column for column in range(model.columnCount()) if not self.isColumnHidden(column)]
        lines = ["\t".join(str(model.headerData(column, Qt.Orientation.Horizontal) or "") for column in columns)]
        lines += [
            "\t".join(str(model.index(row, column).data() or "") for column in columns)
            for row in range(model.rowCount())
        ]
        return "\n".join(lines) + "\n"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter open the current row where rows open; leave it, Esc and digits to the page elsewhere."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self._opens and self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
            else:
                event.ignore()
        elif event.key() == Qt.Key.Key_Escape or event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)
