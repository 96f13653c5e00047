"""The chosen indicator: why its light is what it is, its chart, its figures, its guidance, its sources."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.sentences import bound
from scs_desktop.domain.strategy import Action
from scs_desktop.domain.trend import Layer, Trend, trend_of
from scs_desktop.domain.year_before import year_before
from scs_desktop.ui.common.lights import LightLabel
from scs_desktop.ui.common.source_columns import SOURCE_COLUMNS
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.common.trend_plot import TrendChart
from scs_desktop.ui.common.trend_reading import Reading
from scs_desktop.ui.common.words import counted
from scs_desktop.ui.priority.breaks import BreaksPanel
from scs_desktop.ui.priority.facts import ACTION_COLUMNS, Facts, facts, guidance_html
from scs_desktop.ui.priority.layers import (
    ALL_LAYERS,
    FIGURE_COLUMNS,
    ChartMarks,
    LayerBar,
    empty_columns,
    reasons,
)
from scs_desktop.ui.priority.what_if import WhatIf
from scs_desktop.workflows.source_cells import SourceRow

LINE = 22
LIST_INDENT = 14
ACTION_LINE = 38
SOURCE_TAB = 3
WHAT_IF_TAB = 4
BESIDE_WIDTH = 50
"""In average characters."""


class IndicatorDetail(QWidget):
    """Everything about one indicator, below the table and beside it.

    Signals:
        sources_wanted(IndicatorPosition): the officer looks at its sources.
        marks_wanted(IndicatorPosition): the chart may show its notes and the papers signed off.
        breaks_wanted(IndicatorPosition): the officer looks at the breaks marked in its figures.

    """

    sources_wanted = Signal(object)
    marks_wanted = Signal(object)
    breaks_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: IndicatorPosition | None = None
        self._marks = ChartMarks()
        self._light = LightLabel(self)
        self._name = QLabel(self)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setFont(scaled(self.font(), 1.1, bold=True))
        self._name.setWordWrap(True)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        self._why = QLabel(self)
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._why.setWordWrap(True)
        self._why.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._why.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.chart = TrendChart(self)
        copy = QAction("Copy &picture", self.chart)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setPixmap(self.chart.picture()))
        self.chart.addAction(copy)
        self.chart.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.breaks = BreaksPanel(self)
        self.breaks.opened.connect(self._ask_breaks)
        self.layers = LayerBar(self)
        self.layers.changed.connect(self._draw)
        self._figures = TableModel[Reading](FIGURE_COLUMNS, self)
        self.figures = RowTable(self._figures, "Figures of the chart", row_height=LINE, parent=self)
        self._guidance = QTextBrowser(self)
        self._guidance.setAccessibleName("Guidance: how the light was given")
        self._guidance.setFrameShape(QFrame.Shape.NoFrame)
        self._guidance.setTabChangesFocus(True)
        self._guidance.document().setIndentWidth(LIST_INDENT)
        self._sources = TableModel[SourceRow](SOURCE_COLUMNS, self)
        self.sources = RowTable(self._sources, "Source cells", row_height=LINE, parent=self)
        for table in (self.figures, self.sources):
            table.setFrameShape(QFrame.Shape.NoFrame)
            _make_copyable(table)
        self.what_if = WhatIf(self)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Chart, table, guidance, source and what if")
        for page, title in (
            (self._chart_page(), "&Chart"),
            (self.figures, "Ta&ble"),
            (self._guidance, "Gu&idance"),
            (self.sources, "So&urce"),
            (self.what_if, "&What if"),
        ):
            self.tabs.addTab(page, title)
        self.tabs.currentChanged.connect(self._tab_changed)
        self._facts = Facts(self)
        self._actions_head = QLabel(self)
        self._actions_head.setFont(scaled(self.font(), 1.0, bold=True))
        self._actions = TableModel[Action](ACTION_COLUMNS, self)
        self.actions_table = RowTable(self._actions, "Actions of the priority", row_height=ACTION_LINE, parent=self)
        self.actions_table.horizontalHeader().hide()
        self.actions_table.setFrameShape(QFrame.Shape.NoFrame)
        self._lay_out()

    def _chart_page(self) -> QWidget:
        page = QWidget(self)
        drawn = QVBoxLayout(page)
        drawn.setContentsMargins(0, 2, 0, 0)
        drawn.setSpacing(2)
        self.layers.take_beside(self.breaks.opener)
        drawn.addWidget(self.layers)
        drawn.addWidget(self.breaks)
        drawn.addWidget(self.chart, 1)
        return page

    def _lay_out(self) -> None:
        actions = QWidget(self)
        below = QVBoxLayout(actions)
        below.setContentsMargins(SPACE, 4, 0, 0)
        below.setSpacing(4)
        below.addWidget(self._actions_head)
        below.addWidget(self.actions_table, 1)
        beside = QSplitter(Qt.Orientation.Vertical, self)
        beside.setChildrenCollapsible(False)
        beside.addWidget(self._facts)
        beside.addWidget(actions)
        beside.setStretchFactor(0, 3)
        beside.setStretchFactor(1, 2)
        # A splitter takes its own bounds from its parts, so the width is held by what is round it.
        held = QWidget(self)
        held.setFixedWidth(self.fontMetrics().averageCharWidth() * BESIDE_WIDTH)
        holding = QVBoxLayout(held)
        holding.setContentsMargins(0, 0, 0, 0)
        holding.addWidget(beside)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self._light)
        head.addWidget(self._name, 1)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(head)
        left.addWidget(self._why)
        left.addWidget(self.tabs, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 4, 0, 0)
        layout.setSpacing(SPACE)
        layout.addLayout(left, 1)
        layout.addWidget(held)

    def _ask_breaks(self) -> None:
        if self._row is not None and self.breaks.opener.isChecked():
            self.breaks_wanted.emit(self._row)

    def show_actions(self, actions: tuple[Action, ...], overdue: int) -> None:
        """Show the priority's actions beside."""
        late = f", {overdue} overdue" if overdue else ""
        self._actions_head.setText(f"{counted(len(actions), 'action')}{late}")
        self._actions.set_rows(actions)

    def _tab_changed(self, _: int) -> None:
        if self._row is not None and self.tabs.currentIndex() == SOURCE_TAB:
            self.sources_wanted.emit(self._row)
        if self._row is not None and self.tabs.currentIndex() == WHAT_IF_TAB:
            self.what_if.ask()

    def show_sources(self, use: UUID, rows: tuple[SourceRow, ...]) -> None:
        """Show the cells that the indicator's figures were read from, if it is still the chosen one."""
        if self._row is not None and self._row.use == use:
            self._sources.set_rows(rows)

    def show_marks(self, use: UUID, marks: ChartMarks) -> None:
        """Take what was noted and signed off, if it is still the chosen indicator's."""
        if self._row is not None and self._row.use == use and marks != self._marks:
            self._marks = marks
            self._redraw(self._row)

    def show_indicator(self, row: IndicatorPosition) -> None:
        """Show this one."""
        if self._row is None or self._row.use != row.use:
            self._marks = ChartMarks()
        self._row = row
        self.what_if.of(row.use, row.priority)
        self._light.set_status(row.status)
        self._name.setText(f"{row.code}  {row.name}")
        self._why.setText(bound(row.status.sentence))
        self._why.setAccessibleName(f"Why: {row.status.sentence}")
        self._redraw(row)
        self._sources.set_rows(())
        self._guidance.setHtml(guidance_html(row))
        self._facts.set_facts(facts(row))
        self.marks_wanted.emit(row)
        self._ask_breaks()
        self._tab_changed(self.tabs.currentIndex())

    def _trend(self, row: IndicatorPosition, layers: Collection[Layer]) -> Trend:
        marks = self._marks
        return trend_of(row, layers=layers, signed=marks.signed, notes=marks.notes, comparators=year_before(row))

    def _redraw(self, row: IndicatorPosition) -> None:
        """See anew which layers the figures allow, and draw."""
        self.layers.set_reasons(reasons(row, self._trend(row, ALL_LAYERS)))
        self._draw()

    def _draw(self) -> None:
        """Draw the chart with the layers that are wanted and allowed, and fill its table."""
        if self._row is None:
            return
        trend = self._trend(self._row, self.layers.shown)
        self.chart.set_trend(trend)
        rows = tuple(reversed(self.chart.readings))
        self._figures.set_rows(rows)
        empty = empty_columns(rows)
        for number in range(len(FIGURE_COLUMNS)):
            self.figures.setColumnHidden(number, number in empty)
        self.figures.fit_texts()


def _make_copyable(table: RowTable) -> None:
    copy = QAction("Copy table", table)
    copy.setShortcut(QKeySequence.StandardKey.Copy)
    copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(table.as_text()))
    table.addAction(copy)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
