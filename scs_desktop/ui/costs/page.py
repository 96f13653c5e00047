"""The page of the cost of crime."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.cost import UnitCost
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import Change
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.ui.common.messages import Offer
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.source_columns import SOURCE_COLUMNS
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.costs.amount import AmountForm
from scs_desktop.ui.costs.columns import (
    CHANGE_COLUMNS,
    UNIT_COLUMNS,
    ResultRow,
    UnitRow,
    result_columns,
    result_rows,
    shown_periods,
    unit_rows,
)
from scs_desktop.ui.costs.deflators import Deflators
from scs_desktop.workflows.source_cells import SourceRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from scs_desktop.domain.cost import CostTable, Deflator
    from scs_desktop.domain.cost_position import CostPosition
    from scs_desktop.store import Store
    from scs_desktop.ui.common.background import Progress

LINE = 24
MOST_RESULTS = 7
LATEST = "of the latest amounts"
READ_ONLY = "The store is open to read only."
PAST = "This is the past: go back to now to change the table."
AMOUNT_TAB, DEFLATOR_TAB, SOURCE_TAB, HISTORY_TAB = range(4)


class CostsPage(Page):
    """What recorded crime costs, and beneath it the table of unit costs that the officer vouches for."""

    title = "Cost of crime"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        self._found: CostPosition | None = None
        self._make_head()
        self._results: TableModel[ResultRow] = TableModel(result_columns(()), self)
        self.results = self._result_table()
        self._units: TableModel[UnitRow] = TableModel(UNIT_COLUMNS, self)
        self.units = RowTable(self._units, "Unit costs", row_height=LINE, opens=True, parent=self)
        self.units.setFrameShape(QFrame.Shape.NoFrame)
        self.units.selectionModel().currentRowChanged.connect(self._chosen)
        self.units.activated.connect(lambda _: self._edit())
        self.new = QPushButton("Ne&w amount", self)
        self.new.clicked.connect(self._begin_new)
        self.form = AmountForm(self)
        self.form.applied.connect(self._put)
        self.form.refused.connect(session.messages.problem)
        self.form.removed.connect(self._remove)
        self.deflators = Deflators(self)
        self.deflators.applied.connect(self._put_deflator)
        self.deflators.removed.connect(self._remove_deflator)
        self.deflators.refused.connect(session.messages.problem)
        self._sources: TableModel[SourceRow] = TableModel(SOURCE_COLUMNS, self)
        self.sources = RowTable(self._sources, "Cells that the count was read from", row_height=LINE, parent=self)
        self._changes: TableModel[Change] = TableModel(CHANGE_COLUMNS, self)
        self.changes = RowTable(self._changes, "Changes of the table", row_height=LINE, parent=self)
        self.bring_back = QPushButton("&Bring back the table as it was then", self)
        self.bring_back.clicked.connect(self._restore)
        self.changes.selectionModel().currentRowChanged.connect(lambda *_: self._lock())
        self._make_tabs()
        self._lay_out()
        session.shown.connect(self._position_shown)

    # --- making ------------------------------------------------------------------------------------

    def _make_head(self) -> None:
        self.on = QCheckBox("The table is &on", self)
        self.on.clicked.connect(self._switch)
        self.into = QComboBox(self)
        self.into.setAccessibleName("In prices")
        self.into.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.into.activated.connect(self._into_chosen)
        self.save = QPushButton("Save P&DF…", self)
        self.save.clicked.connect(self._ask_where)
        self._sentence = QLabel(self)
        self._sentence.setFont(scaled(self.font(), 1.15, bold=True))
        self._more = QLabel(self)
        for label in (self._sentence, self._more):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def _result_table(self) -> RowTable:
        table = RowTable(self._results, "Cost by kind of offence", row_height=LINE, parent=self)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        return table

    def _make_tabs(self) -> None:
        history = QWidget(self)
        column = QVBoxLayout(history)
        column.setContentsMargins(0, 0, 0, 4)
        column.addWidget(self.changes, 1)
        column.addWidget(self.bring_back, 0, Qt.AlignmentFlag.AlignLeft)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Amount, deflators, source cells and history")
        for page, title in (
            (self.form, "A&mount"),
            (self.deflators, "De&flators"),
            (self.sources, "Source &cells"),
            (history, "Histor&y"),
        ):
            self.tabs.addTab(page, title)
        for table in (self.sources, self.changes):
            table.setFrameShape(QFrame.Shape.NoFrame)
        self.tabs.currentChanged.connect(self._tab_changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        prices = QLabel("In prices", self)
        prices.setBuddy(self.into)
        for widget in (self.on, prices, self.into):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.save)
        caption = QLabel("Unit costs", self)
        caption.setFont(scaled(self.font(), 1.0, bold=True))
        over = QHBoxLayout()
        over.addWidget(caption, 1)
        over.addWidget(self.new)
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(4)
        column.addLayout(over)
        column.addWidget(self.units, 1)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.tabs)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([600, 480])
        self._top = QVBoxLayout()
        self._top.setSpacing(4)
        self._top.addLayout(head)
        self._top.addWidget(self._sentence)
        self._top.addWidget(self._more)
        self._top.addWidget(self.results)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, 4)
        layout.setSpacing(SPACE)
        layout.addLayout(self._top)
        layout.addWidget(split, 1)

    def first_focus(self) -> QWidget:
        """The table of unit costs."""
        return self.units

    def source_table(self) -> RowTable:
        """The cells that the chosen kind's count was read from."""
        return self.sources

    # --- showing -----------------------------------------------------------------------------------

    def opened(self) -> None:
        """Work the cost out if something changed since."""
        position = self._session.position
        if not self._stale or position is None or self._session.path is None:
            return

        def read(store: Store, _: Progress) -> tuple[CostPosition, tuple[Change, ...]]:
            from scs_desktop.workflows.cost_of_crime import cost_history, cost_of_crime

            found = cost_of_crime(
                store=store, position=position.position, as_at=position.as_at, strategy=position.strategy
            )
            return found, cost_history(store=store)

        self._stale = False
        self._session.ask("Working out the cost of crime", read, lambda both: self.show_costs(*both), key="costs")

    def _position_shown(self, _: StrategyPosition) -> None:
        self._stale = True
        if self.isVisible():
            self.opened()

    def show_costs(self, found: CostPosition, changes: tuple[Change, ...]) -> None:
        """Show this; the amount that was chosen stays chosen."""
        self._found = found
        self.on.setChecked(found.table.on)
        self._sentence.setText(found.sentence)
        told = [" ".join(found.comparisons), *found.left_out, *found.clashes]
        self._more.setText("\n".join(line for line in told if line))
        self._more.setVisible(bool(self._more.text()))
        self._show_results(found)
        self._show_prices(found)
        chosen = self.form.shown
        rows = unit_rows(found.table.costs, found.countable)
        self.form.set_countable(found.countable)
        kept = self.form.read() if self.form.dirty and chosen in {row.unit for row in rows} else None
        self._units.set_rows(rows)
        keys = [(row.unit.kind, row.unit.prices) for row in rows]
        wanted = (chosen.kind, chosen.prices) if chosen is not None else None
        if rows:
            self.units.setCurrentIndex(self._units.index(keys.index(wanted) if wanted in keys else 0, 0))
        if kept is not None:
            self.form.show_unit(chosen, typed=kept)
        self._changes.set_rows(changes)
        self.save.setEnabled(found.shown)
        self.save.setToolTip("" if found.shown else found.sentence)
        self.deflators.show_table(found.table, self._why_locked())
        self._lock()
        self._tab_changed()

    def _show_results(self, found: CostPosition) -> None:
        rows = result_rows(found)
        before = self.results
        self._results = TableModel(result_columns(shown_periods(found)), self)
        self.results = self._result_table()
        self._results.set_rows(rows)
        self._top.replaceWidget(before, self.results)
        before.deleteLater()
        self.results.setVisible(bool(rows))
        used = found.now.cost.lines if found.now.cost is not None else ()
        self.results.setColumnHidden(2, all(line.multiplier is None for line in used))
        self.results.setColumnHidden(3, all(line.unit.prices == found.prices for line in used))
        head = self.results.horizontalHeader().sizeHint().height()
        self.results.setFixedHeight(head + min(len(rows), MOST_RESULTS) * LINE + 4)
        if rows:
            self.results.setCurrentIndex(self._results.index(0, 0))
            self.results.selectionModel().currentRowChanged.connect(self._result_chosen)

    def _show_prices(self, found: CostPosition) -> None:
        years = {one.prices for one in found.table.costs} | {one.into for one in found.table.deflators}
        self.into.blockSignals(True)
        self.into.clear()
        self.into.addItem(LATEST, "")
        for year in sorted({*years, *([found.table.into] if found.table.into else [])}):
            self.into.addItem(f"of {year}", year)
        self.into.setCurrentIndex(max(0, self.into.findData(found.table.into)))
        self.into.blockSignals(False)

    def _why_locked(self) -> str:
        return PAST if self._session.as_at is not None else READ_ONLY if self._session.read_only else ""

    def _lock(self) -> None:
        why = self._why_locked()
        self.form.lock(why)
        for control in (self.on, self.into, self.new):
            control.setEnabled(not why)
            control.setToolTip(why)
        # The latest change is what stands now.
        self.bring_back.setEnabled(not why and self.changes.currentIndex().row() > 0)

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        if self.form.dirty and self.form.shown != self._units.row(index).unit:
            self._tell_unkept()
        self.form.show_unit(self._units.row(index).unit)
        self._tab_changed()

    def _tell_unkept(self) -> None:
        """Say that what was typed was not kept, and offer it back."""
        shown = self.form.shown
        try:
            typed = self.form.read()
        except UserError:
            return
        name = typed.name or "the new amount"
        self._session.messages.problem(
            f"What was typed for {name} was not applied.",
            Offer("Bring it back", partial(self._back_to, shown, typed)),
        )

    def _back_to(self, shown: UnitCost | None, typed: UnitCost) -> None:
        units = [row.unit for row in self._units.rows]
        if shown in units:
            self.units.setCurrentIndex(self._units.index(units.index(shown), 0))
        self.form.show_unit(shown, typed=typed)
        self.tabs.setCurrentIndex(AMOUNT_TAB)
        self.form.amount.setFocus()

    def _result_chosen(self, index: QModelIndex) -> None:
        """Choose in the table of unit costs the amount that a line of the result was costed with."""
        line = self._results.row(index).line if index.isValid() else None
        units = [row.unit for row in self._units.rows]
        if line is not None and line.unit in units:
            self.units.setCurrentIndex(self._units.index(units.index(line.unit), 0))

    def _tab_changed(self, _: int = 0) -> None:
        index = self.units.currentIndex()
        if self.tabs.currentIndex() != SOURCE_TAB or self._found is None or not index.isValid():
            return
        kind = self._units.row(index).unit.kind
        wanted = [figure for one in self._found.now.counted if one.kind == kind for figure in one.figures]
        imports = self._session.records.imports

        def read(store: Store, progress: Progress) -> tuple[SourceRow, ...]:
            from scs_desktop.workflows.source_cells import read_sources

            return read_sources(store=store, figures=wanted, imports=imports, progress=progress)

        self._session.ask("Reading the sources", read, self._show_sources, key="cost-sources")

    def _show_sources(self, rows: tuple[SourceRow, ...]) -> None:
        self._sources.set_rows(rows)
        self.sources.fit_texts()

    # --- changing ----------------------------------------------------------------------------------

    def _edit(self) -> None:
        self.tabs.setCurrentIndex(AMOUNT_TAB)
        self.form.amount.setFocus()
        self.form.amount.selectAll()

    def _begin_new(self) -> None:
        self.tabs.setCurrentIndex(AMOUNT_TAB)
        self.form.show_unit(None)
        self.form.name.setFocus()

    def _change(self, title: str, work: Callable[[Store], object], told: str, *, then: QWidget | None = None) -> None:
        """Change the store and say so; the keyboard goes on at ``then``, where Ctrl+Z takes the change back."""

        def done(_: object) -> None:
            if then is not None:
                then.setFocus()
            self._session.messages.done(f"{told} Ctrl+Z undoes it.")

        self._session.change(title, lambda store, _: work(store), done)

    def _put(self, unit: UnitCost) -> None:
        from scs_desktop.workflows.cost_of_crime import new_kind, put_unit_cost

        old = self.form.shown

        def work(store: Store) -> CostTable:
            new = unit if unit.kind else replace(unit, kind=new_kind(store=store, name=unit.name))
            return put_unit_cost(store=store, new=new, old=old)

        def done(table: CostTable) -> None:
            # What was typed is kept now: the amount is shown as the store has it.
            key = (unit.name, unit.prices)
            self.form.show_unit(next((one for one in table.costs if (one.name, one.prices) == key), None))
            # In a line of text Ctrl+Z would take back letters.
            self.units.setFocus()
            self._session.messages.done(f"Kept the amount for {unit.name}. Ctrl+Z undoes it.")

        self._session.change("Keeping the amount", lambda store, _: work(store), done)

    def _remove(self, unit: UnitCost) -> None:
        from scs_desktop.workflows.cost_of_crime import remove_unit_cost

        self._change(
            "Removing the amount",
            lambda store: remove_unit_cost(store=store, kind=unit.kind, prices=unit.prices),
            f"Removed the amount for {unit.name} in {unit.prices} prices.",
            then=self.units,
        )

    def _put_deflator(self, one: Deflator) -> None:
        from scs_desktop.workflows.cost_of_crime import set_deflator

        self._change(
            "Keeping the deflator",
            lambda store: set_deflator(
                store=store, prices=one.prices, into=one.into, factor=one.factor, source=one.source
            ),
            f"Kept the deflator from {one.prices} into {one.into} prices.",
            then=self.deflators.table,
        )

    def _remove_deflator(self, one: Deflator) -> None:
        from scs_desktop.workflows.cost_of_crime import set_deflator

        self._change(
            "Removing the deflator",
            lambda store: set_deflator(store=store, prices=one.prices, into=one.into, factor=None),
            f"Removed the deflator from {one.prices} into {one.into} prices.",
        )

    def _switch(self, on: bool) -> None:
        from scs_desktop.workflows.cost_of_crime import switch_costs

        # The tick follows what the store holds, also where it refuses.
        self.on.setChecked(not on)
        self._change(
            "Switching the table",
            lambda store: switch_costs(store=store, on=on),
            f"The table of unit costs is {'on' if on else 'off'}.",
        )

    def _into_chosen(self, _: int) -> None:
        from scs_desktop.workflows.cost_of_crime import set_cost_prices

        year: str = self.into.currentData()
        self._change(
            "Changing the prices",
            lambda store: set_cost_prices(store=store, into=year),
            f"The cost is in prices {f'of {year}' if year else LATEST}.",
        )

    def _restore(self) -> None:
        from scs_desktop.workflows.cost_of_crime import restore_costs

        index = self.changes.currentIndex()
        if index.isValid():
            change = self._changes.row(index)
            self._change(
                "Bringing the table back",
                lambda store: restore_costs(store=store, change=change.number),
                f"The table is as it was after “{change.summary}”.",
            )

    # --- paper -------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        if self._found is not None:
            tag = self._found.position_text.replace("/", "-").replace(" ", "-")
            name, _ = QFileDialog.getSaveFileName(
                self, "Save the cost of crime", f"cost-of-crime-{tag}.pdf", "PDF (*.pdf)"
            )
            if name:
                self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the paper."""
        from scs_desktop.workflows.cost_of_crime import costs_report

        found = self._found
        if found is not None:
            self._session.ask(
                "Saving the cost of crime",
                lambda store, _: costs_report(store=store, out=path, position=found.position, as_at=found.as_at),
                lambda saved: self._session.messages.done(f"Saved {saved}."),
            )
