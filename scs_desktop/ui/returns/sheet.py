"""The partner's sheet as it is, with what would become of each cell."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from scs_desktop.domain.appearance import SERIES
from scs_desktop.domain.figures import rounded
from scs_desktop.returns.grid import CellValue, Range, Sheet, column_letters
from scs_desktop.returns.plan import CellMark, Mark
from scs_desktop.returns.tables.cells import cell_text as plain_text
from scs_desktop.ui.common.theme import Theme, legible, mixed, scaled, theme_of
from scs_desktop.ui.common.words import paint_text

if TYPE_CHECKING:
    AnyIndex = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 22
COLUMN_WIDTH = 84
WIDEST = 260
MOST_SPANS = 2_000
MOST_FITTED = 200
ROWS_MEASURED = 60
MARK_ROLE = int(Qt.ItemDataRole.UserRole)
SIGN_WIDTH = 12
SHORT = 14
WIDEST_LETTER = 14
WIDEST_DIGIT = 9
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class MarkLook:
    """How a mark is told: its sign, its word and its colour on white."""

    sign: str
    word: str
    colour: str


LOOKS: Mapping[Mark, MarkLook] = {
    Mark.NEW: MarkLook("+", "new", SERIES[1]),
    Mark.SAME: MarkLook("=", "same", SERIES[0]),
    Mark.REVISED: MarkLook("Δ", "revised", SERIES[3]),
    Mark.LEFT_OUT: MarkLook("×", "left out", SERIES[4]),
    Mark.DOUBTFUL: MarkLook("?", "doubtful", SERIES[2]),
}
_TINTS: Mapping[Mark, float] = {
    Mark.NEW: 0.20,
    Mark.SAME: 0.07,
    Mark.REVISED: 0.26,
    Mark.LEFT_OUT: 0.10,
    Mark.DOUBTFUL: 0.24,
}


def cell_text(value: CellValue, number_format: str = "") -> str:
    """Return a cell's value as the partner's program shows it: dates and percentages by their format."""
    if isinstance(value, float) and math.isfinite(value) and "%" in number_format:
        places = len(number_format.partition(".")[2].rstrip("%").rstrip()) if "." in number_format else 0
        # Through its decimal digits, as spreadsheets round: 24.15 % is shown as 24.2 %.
        return f"{rounded(Decimal(repr(value)) * 100, places)}%"
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value) if isinstance(value, str) else plain_text(value, number_format)


class SheetModel(QAbstractTableModel):
    """One sheet of the file. Cells are looked up when they are painted, so size does not matter."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = Sheet("")
        self._rows = self._columns = 0
        self._marks: Mapping[tuple[int, int], CellMark] = {}
        self._texts: Mapping[tuple[int, int], str] = {}

    def set_sheet(
        self, sheet: Sheet, marks: Mapping[tuple[int, int], CellMark], texts: Mapping[tuple[int, int], str]
    ) -> None:
        """Show the sheet, with marks and (where it is known) the shown text by row and column."""
        self.beginResetModel()
        self._sheet = sheet
        self._rows, self._columns = sheet.last_row, sheet.last_column
        self._marks = marks
        self._texts = texts
        self.endResetModel()

    @property
    def sheet(self) -> Sheet:
        """What is shown."""
        return self._sheet

    def mark_at(self, row: int, column: int) -> CellMark | None:
        """Return the mark of a cell, numbered as in the file."""
        return self._marks.get((row, column))

    def text_at(self, row: int, column: int) -> str:
        """Return what a cell shows."""
        known = self._texts.get((row, column))
        if known is not None:
            return known
        return cell_text(self._sheet.value(row, column), self._sheet.formats.get((row, column), ""))

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As Qt asks."""
        return 0 if parent.isValid() else self._rows

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As Qt asks."""
        return 0 if parent.isValid() else self._columns

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the cell's text, mark or speech."""
        if not index.isValid():
            return None
        row, column = index.row() + 1, index.column() + 1
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text_at(row, column)
        mark = self._marks.get((row, column))
        if role == MARK_ROLE:
            return mark
        if role == Qt.ItemDataRole.ToolTipRole and mark is not None:
            return f"{LOOKS[mark.mark].word.capitalize()}: {mark.text}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = self.text_at(row, column) or "empty"
            return f"{said}, {LOOKS[mark.mark].word}: {mark.text}" if mark is not None else said
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Column letters and row numbers, as in the file."""
        if role not in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return None
        return column_letters(section + 1) if orientation == Qt.Orientation.Horizontal else str(section + 1)

    def is_number(self, row: int, column: int) -> bool:
        """Whether the cell holds a number, which stands at the right."""
        value = self._sheet.value(row, column)
        return isinstance(value, int | float) and not isinstance(value, bool)


def tint(mark: Mark, theme: Theme) -> QColor:
    """Return the ground of a marked cell."""
    return _cell_colours(mark, theme.base.rgba())[0]


def sign_colour(mark: Mark, theme: Theme) -> QColor:
    """Return the colour of a mark's sign: readable on its own tint."""
    return _cell_colours(mark, theme.base.rgba())[1]


@lru_cache(maxsize=64)
def _cell_colours(mark: Mark, base: int) -> tuple[QColor, QColor]:
    """Work out ground and sign once for each mark and palette: a sheet paints hundreds of cells a frame."""
    paper, colour = QColor.fromRgba(base), QColor(LOOKS[mark].colour)
    ground = mixed(paper, legible(colour, paper, 3.0), _TINTS[mark])
    return ground, legible(colour, ground, 4.5)


class _CellDelegate(QStyledItemDelegate):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme: tuple[int, Theme] | None = None

    def _theme_of(self, palette: QPalette) -> Theme:
        """Return the palette's theme, looked up once for each palette and not for each of hundreds of cells."""
        key = palette.cacheKey()
        if self._theme is None or self._theme[0] != key:
            self._theme = key, theme_of(palette)
        return self._theme[1]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = index.model()
        if not isinstance(model, SheetModel):
            return
        rect = QRectF(option.rect)
        theme = self._theme_of(option.palette)
        row, column = index.row() + 1, index.column() + 1
        mark = model.mark_at(row, column)
        text = model.text_at(row, column)
        if mark is not None:
            painter.fillRect(rect, tint(mark.mark, theme))
        painter.setFont(option.font)
        inside = rect.adjusted(4, 0, -4, 0)
        if mark is not None:
            painter.setPen(sign_colour(mark.mark, theme))
            painter.drawText(inside, _LEFT, LOOKS[mark.mark].sign)
            inside.setLeft(inside.left() + SIGN_WIDTH)
        if text:
            if (row, column) in model.sheet.bold:
                painter.setFont(scaled(option.font, 1.0, bold=True))
            painter.setPen(theme.muted if mark is not None and mark.mark is Mark.LEFT_OUT else theme.text)
            number = model.is_number(row, column)
            if len(text) * (WIDEST_DIGIT if number else WIDEST_LETTER) < inside.width():
                # It fits for certain: measuring each text would cost half the frame.
                painter.drawText(inside, _RIGHT if number else _LEFT, text)
            else:
                side = Qt.AlignmentFlag.AlignRight if number else Qt.AlignmentFlag.AlignLeft
                paint_text(painter, inside, text, side)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.focus, 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))


class SheetView(QTableView):
    """The sheet, to look at and to move about in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SheetModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_CellDelegate(self))
        self.setAccessibleName("The partner’s sheet")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        for head in (self.verticalHeader(), self.horizontalHeader()):
            head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
            head.setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.horizontalHeader().setDefaultSectionSize(COLUMN_WIDTH)

    @property
    def sheet_model(self) -> SheetModel:
        """The model of the sheet."""
        return self._model

    def show_sheet(
        self, sheet: Sheet, marks: Mapping[tuple[int, int], CellMark], texts: Mapping[tuple[int, int], str]
    ) -> None:
        """Show the sheet, its columns as wide as their first rows need."""
        fresh = sheet is not self._model.sheet
        at = self.currentIndex()
        self.clearSpans()
        self._model.set_sheet(sheet, marks, texts)
        for merged in sheet.merges[:MOST_SPANS]:
            height, width = merged.bottom - merged.top + 1, merged.right - merged.left + 1
            if height * width > 1:
                self.setSpan(merged.top - 1, merged.left - 1, height, width)
        digits = len(str(self._model.rowCount()))
        self.verticalHeader().setFixedWidth(self.fontMetrics().horizontalAdvance("0") * digits + 16)
        if fresh:
            self._fit_columns(sheet)
        elif at.isValid():
            self.setCurrentIndex(self._model.index(at.row(), at.column()))

    def _fit_columns(self, sheet: Sheet) -> None:
        metrics = self.fontMetrics()
        numbers = list(islice(sheet.rows, ROWS_MEASURED))
        for column in range(1, min(self._model.columnCount(), MOST_FITTED) + 1):
            texts = [self._model.text_at(row, column) for row in numbers]
            # The widest of the usual texts and of all short ones: a title must not stretch its column.
            widths = sorted(metrics.horizontalAdvance(text) for text in texts if text)
            usual = widths[int(len(widths) * 0.9)] if widths else 0
            usual = max([usual, *(metrics.horizontalAdvance(text) for text in texts if len(text) <= SHORT)])
            self.setColumnWidth(column - 1, max(52, min(WIDEST, usual + SIGN_WIDTH + 16)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move about; Enter, Esc and digits are the page's."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape} or event.text().isdigit():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def go_to(self, where: Range) -> None:
        """Move to the first cell of a range."""
        index = self._model.index(where.top - 1, where.left - 1)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)


class MarkKey(QWidget):
    """What the signs mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Key: " + ", ".join(f"{look.sign} {look.word}" for look in LOOKS.values()))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """One line of text."""
        return QSize(420, round(self.fontMetrics().lineSpacing() * 1.6))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each sign on its ground, with its word."""
        painter = QPainter(self)
        theme = theme_of(self.palette())
        height = float(self.height())
        left = 0.0
        for mark, look in LOOKS.items():
            box = QRectF(left, (height - 16) / 2, 18, 16)
            painter.fillRect(box, tint(mark, theme))
            painter.setPen(QPen(theme.rule, 1))
            painter.drawRect(box)
            painter.setPen(sign_colour(mark, theme))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, look.sign)
            painter.setPen(theme.text)
            width = painter.fontMetrics().horizontalAdvance(look.word)
            painter.drawText(QRectF(left + 23, 0, width + 2, height), Qt.AlignmentFlag.AlignVCenter, look.word)
            left += 23 + width + 18
