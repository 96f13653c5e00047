"""The page of a priority."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSplitter, QVBoxLayout, QWidget

from scs_desktop.domain.appearance import counts_text
from scs_desktop.domain.position import IndicatorPosition, PriorityPosition, StrategyPosition
from scs_desktop.domain.strategy import ActionStatus
from scs_desktop.ui.common.background import Progress
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.priority.detail import IndicatorDetail
from scs_desktop.ui.priority.layers import ChartMarks, chart_marks
from scs_desktop.ui.priority.model import COLUMNS
from scs_desktop.workflows.source_cells import SourceRow, read_sources

if TYPE_CHECKING:
    from scs_desktop.domain.what_if import Supposition
    from scs_desktop.store import Store
    from scs_desktop.ui.priority.breaks import WantedBreak
    from scs_desktop.workflows.breaks import MarkedBreak

ROW_HEIGHT = 26
MOST_ROWS = 9


class PriorityPage(Page):
    """A priority's indicators, and the chosen one below."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._priority: UUID | None = None
        self._title = ""
        self._line = QLabel(self)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setWordWrap(True)
        self._model = TableModel[IndicatorPosition](COLUMNS, self)
        self.table = RowTable(self._model, "Indicators", row_height=ROW_HEIGHT, parent=self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self.detail = IndicatorDetail(self)
        self._split = QSplitter(Qt.Orientation.Vertical, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(self.detail)
        self._split.setStretchFactor(1, 1)
        self._split.splitterMoved.connect(self._keep_split)
        self._split_kept = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 2, SPACE, 4)
        layout.setSpacing(6)
        layout.addWidget(self._line)
        layout.addWidget(self._split, 1)
        session.shown.connect(self._show)
        session.records_changed.connect(self._show_actions)
        self.detail.sources_wanted.connect(self._ask_sources)
        self.detail.marks_wanted.connect(self._ask_marks)
        self.detail.what_if.wanted.connect(self._ask_effect)
        self.detail.breaks_wanted.connect(self._ask_breaks)
        self.detail.breaks.marked.connect(self._mark_break)
        self.detail.breaks.removed.connect(self._remove_break)

    def heading(self) -> str:
        """Number and name of the priority."""
        return self._title

    def first_focus(self) -> QWidget:
        """The table of indicators."""
        return self.table

    def source_table(self) -> RowTable:
        """The cells behind the chosen indicator's figures."""
        return self.detail.sources

    def open(self, priority: UUID, use: UUID | None = None) -> None:
        """Show the priority, and in it the indicator of the use if one is named."""
        fresh = priority != self._priority
        self._priority = priority
        if self._session.position is not None:
            self._show(self._session.position, use=use, fresh=fresh)

    def get_ready(self) -> None:
        """Make the chart."""
        self.detail.chart.make_ready()

    def opened(self) -> None:
        """Make the chart if the officer was faster than the loading."""
        self.detail.chart.make_ready()

    def _found(self, position: StrategyPosition) -> PriorityPosition | None:
        return next((one for one in position.priorities if one.id == self._priority), None)

    def _show(self, position: StrategyPosition, *, use: UUID | None = None, fresh: bool = False) -> None:
        priority = self._found(position)
        if priority is None:
            return
        self._title = f"{priority.number}  {priority.name}"
        lead = f"Lead: {priority.lead}   " if priority.lead else ""
        self._line.setText(f"{lead}{counts_text(priority.counts)}.  {priority.status.sentence}")
        at = self.table.currentIndex().row()
        before = self._model.rows[at].use if 0 <= at < len(self._model.rows) else None
        wanted = use or (None if fresh else before) or priority.headline
        self._model.set_rows(priority.indicators)
        uses = [row.use for row in priority.indicators]
        self._show_actions()
        self._fit_split()
        if uses:
            self.table.setCurrentIndex(self._model.index(uses.index(wanted) if wanted in uses else 0, 0))

    def _chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            self.detail.show_indicator(self._model.row(index))

    def _show_actions(self) -> None:
        position = self._session.position
        priority = self._found(position) if position is not None else None
        if priority is not None:
            mine = [one for one in self._session.records.actions if one.priority == priority.id]
            late = {ActionStatus.OVERDUE: 0, ActionStatus.COMPLETE: 2, ActionStatus.DROPPED: 3}
            ordered = sorted(mine, key=lambda one: (late.get(one.status, 1), one.due or date.max, one.order))
            self.detail.show_actions(tuple(ordered), priority.actions_overdue)

    def _ask_sources(self, row: IndicatorPosition) -> None:
        """Read the cells behind the figures; they are many, and few look at them."""
        imports = self._session.records.imports
        wanted = [figure.id for figure in row.sources]
        wanted += [point.figure for point in row.trend if point.figure is not None]

        def read(store: Store, progress: Progress) -> tuple[SourceRow, ...]:
            return read_sources(store=store, figures=wanted, imports=imports, progress=progress)

        self._session.ask(
            "Reading the sources", read, lambda rows: self.detail.show_sources(row.use, rows), key="sources"
        )

    def _ask_marks(self, row: IndicatorPosition) -> None:
        """Read what was noted of the line's figures, and which papers were signed off."""
        position = self._session.position
        if position is None or self._session.path is None:
            return
        strategy, as_at = position.strategy, position.as_at
        wanted = [point.figure for point in row.trend if point.figure is not None]

        def read(store: Store, progress: Progress) -> ChartMarks:
            figures = []
            for number, one in enumerate(wanted):
                progress(number, len(wanted))
                figures.append(store.figure(one))
            signed = [one for one in store.sign_offs(as_at=as_at) if one.strategy == strategy]
            return chart_marks([one for one in figures if one is not None], signed)

        self._session.ask("Reading the notes", read, lambda marks: self.detail.show_marks(row.use, marks), key="marks")

    def _ask_effect(self, supposed: Supposition) -> None:
        """Rate the strategy under another rule or tolerance."""
        from scs_desktop.workflows.suppose import lights_supposed

        position = self._session.position
        if position is None:
            return
        self._session.ask(
            "Trying the rule",
            lambda store, _: lights_supposed(
                store=store,
                strategy=position.strategy,
                position=position.position,
                as_at=position.as_at,
                supposed=supposed,
            ),
            lambda effect: self.detail.what_if.show_effect(supposed, effect),
            key="what-if",
        )

    def _ask_breaks(self, row: IndicatorPosition) -> None:
        """Read the breaks that are marked in an indicator's figures."""
        from scs_desktop.workflows.breaks import breaks

        position = self._session.position
        if position is None:
            return
        barred = ""
        if self._session.read_only:
            barred = "The store is open to read only: no break can be marked."
        elif position.as_at is not None:
            barred = "The past is shown as it was known then: go back to now to mark a break."
        panel = self.detail.breaks
        panel.open_for(row.use, position.position, barred=barred)
        self._session.ask(
            "Reading the breaks",
            lambda store, _: breaks(store=store, use=row.use, strategy=position.strategy, as_at=position.as_at),
            lambda found: panel.show_breaks(row.use, found),
            key="breaks",
        )

    def _mark_break(self, wanted: WantedBreak) -> None:
        from scs_desktop.workflows.breaks import add_break

        position = self._session.position
        if position is None:
            return

        def told(made: MarkedBreak) -> None:
            self.detail.breaks.clear_typed()
            self._session.messages.done(f"Marked: {made.code} {made.name}. {made.sentence}")

        self._session.change(
            "Marking the break",
            lambda store, _: add_break(
                store=store,
                use=wanted.use,
                on=wanted.on,
                cause=wanted.cause,
                kind=wanted.kind,
                compared_because=wanted.compared_because,
                strategy=position.strategy,
            ),
            told,
        )

    def _remove_break(self, break_: UUID) -> None:
        from scs_desktop.workflows.breaks import remove_break

        self._session.change(
            "Removing the break",
            lambda store, _: remove_break(store=store, break_=break_),
            lambda gone: self._session.messages.done(f"Removed: the break of {gone.code} {gone.kept.at}."),
        )

    def _keep_split(self) -> None:
        self._split_kept = True

    def _fit_split(self) -> None:
        """Give the table the height of its rows until the officer has moved the divider."""
        if self._split_kept:
            return
        rows = min(MOST_ROWS, max(2, self._model.rowCount()))
        top = self.table.horizontalHeader().sizeHint().height() + rows * ROW_HEIGHT + 2
        self._split.setSizes([top, max(0, self._split.height() - top - self._split.handleWidth())])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the parts to the new height."""
        super().resizeEvent(event)
        self._fit_split()
