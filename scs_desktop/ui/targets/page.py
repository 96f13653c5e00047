"""The page of targets."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSplitter, QTabWidget, QVBoxLayout, QWidget

from scs_desktop.domain.position import StrategyPosition
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.targets.columns import use_columns
from scs_desktop.ui.targets.detail import TargetDetail
from scs_desktop.ui.targets.parts import LINE, PAST, READ_ONLY
from scs_desktop.ui.targets.review import Review
from scs_desktop.ui.targets.rollup import Rollup
from scs_desktop.ui.targets.saving import ReviewSetting, RollupSetting, TargetSetting

if TYPE_CHECKING:
    from scs_desktop.domain.periods import Period
    from scs_desktop.store import Store
    from scs_desktop.ui.common.background import Progress
    from scs_desktop.workflows.rollups import RollupBook
    from scs_desktop.workflows.targets import TargetBook, TargetVersion, UseTargets

EMPTY = "The strategy has no indicators yet, so there is nothing to set a target for."
INDICATORS_TAB, REVIEW_TAB, ROLLUP_TAB = range(3)


class TargetsPage(Page):
    """Targets by indicator and year, the annual review, and the rules of the priorities' lights."""

    title = "Targets"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        self._book: TargetBook | None = None
        self._years: tuple[Period, ...] | None = None
        self._model: TableModel[UseTargets] = TableModel((), self)
        self.table = RowTable(self._model, "Indicators and their targets", row_height=LINE, parent=self)
        self.detail = TargetDetail(self)
        self.review = Review(self)
        self.rollup = Rollup(self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.addWidget(self.table)
        self._split.addWidget(_scrolled(self.detail))
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 2)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("By indicator, annual review and rollup")
        self.tabs.addTab(self._split, "In&dicators")
        self.tabs.addTab(self.review, "Ann&ual review")
        self.tabs.addTab(self.rollup, "Ro&llup")
        self.tabs.currentChanged.connect(self._tab_changed)
        self._empty = QLabel(EMPTY, self)
        self._empty.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 2, SPACE, 4)
        layout.addWidget(self._empty)
        layout.addWidget(self.tabs, 1)
        self._setting = TargetSetting(session, self.detail)
        self._reviewing = ReviewSetting(session, self.review)
        self._rolling = RollupSetting(session, self.rollup)
        session.shown.connect(self._position_shown)

    def first_focus(self) -> QWidget:
        """The list of indicators, or what the open tab begins with."""
        return {REVIEW_TAB: self.review.better, ROLLUP_TAB: self.rollup.priorities}.get(
            self.tabs.currentIndex(), self.table
        )

    # --- reading -----------------------------------------------------------------------------------

    def opened(self) -> None:
        """Read the targets if something changed since."""
        position = self._session.position
        if not self._stale or position is None or self._session.path is None:
            return
        self._stale = False

        def read(store: Store, _: Progress) -> tuple[TargetBook, RollupBook]:
            from scs_desktop.workflows.rollups import rollups
            from scs_desktop.workflows.targets import targets

            strategy, day, as_at = position.strategy, position.position, position.as_at
            return (
                targets(store=store, strategy=strategy, position=day, as_at=as_at),
                rollups(store=store, strategy=strategy, position=day, as_at=as_at),
            )

        self._session.ask("Reading the targets", read, lambda both: self.show_books(*both), key="targets")

    def _position_shown(self, _: StrategyPosition) -> None:
        self._stale = True
        if self.isVisible():
            self.opened()

    def show_books(self, book: TargetBook, rolled: RollupBook) -> None:
        """Show these, what was chosen still chosen."""
        position = self._session.position
        if position is None:
            return
        self._book = self._setting.book = self._reviewing.book = book
        self._rolling.book = rolled
        before = self.detail.use
        self._offer_years(book)
        self._model.set_rows(book.uses)
        self.table.fit_texts()
        self._empty.setVisible(not book.uses)
        self.tabs.setVisible(bool(book.uses))
        lock = PAST if book.as_at is not None else READ_ONLY if self._session.read_only else ""
        for part in (self.detail, self.review, self.rollup):
            part.lock(lock)
        self.detail.set_meetings(book.meetings, book.position)
        self.review.show_book(book, position)
        self.rollup.show_book(rolled)
        if book.uses:
            known = [one.use for one in book.uses]
            self.table.setCurrentIndex(self._model.index(known.index(before) if before in known else 0, 0))
        self._tab_changed()

    def _offer_years(self, book: TargetBook) -> None:
        """Make the list anew where the strategy has other years than the last one shown."""
        if self._years == book.years:
            return
        self._years = book.years
        before, focused = self.table, self.table.hasFocus()
        self._model = TableModel(use_columns(book.years), self)
        self.table = RowTable(self._model, "Indicators and their targets", row_height=LINE, parent=self)
        self.table.setFrameShape(QFrame.Shape.NoFrame)
        self.table.selectionModel().currentRowChanged.connect(self._chosen)
        self._split.replaceWidget(0, self.table)
        before.deleteLater()
        if focused:
            self.table.setFocus()

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid() or self._book is None:
            return
        row = self._model.row(index)
        self.detail.show_use(row, self._book.position)
        use, as_at = row.use, self._book.as_at

        def read(store: Store, _: Progress) -> tuple[TargetVersion, ...]:
            from scs_desktop.workflows.targets import target_history

            return target_history(store=store, use=use, as_at=as_at)

        self._session.ask("Reading the history", read, partial(self.detail.show_history, use), key="target-history")

    def _tab_changed(self, _: int = 0) -> None:
        if self.tabs.currentIndex() == REVIEW_TAB and self._book is not None:
            self.review.try_now()


def _scrolled(part: QWidget) -> QScrollArea:
    """Let a part that is higher than a small window be scrolled, never be narrower than it needs."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(part)
    area.setMinimumWidth(part.minimumSizeHint().width() + area.verticalScrollBar().sizeHint().width())
    return area
