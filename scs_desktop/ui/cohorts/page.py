"""The page of cohorts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.cohort_results import IntakeResult, PairResult
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.ui.cohorts.chart import CohortChart
from scs_desktop.ui.cohorts.columns import PAIR_COLUMNS, intake_columns
from scs_desktop.ui.cohorts.pair_form import PairForm, Wanted
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.source_columns import SOURCE_COLUMNS
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.workflows.source_cells import SourceRow

if TYPE_CHECKING:
    from scs_desktop.domain.cohort_results import CohortResults
    from scs_desktop.domain.cohorts import CohortPair
    from scs_desktop.store import Store
    from scs_desktop.ui.common.background import Progress
    from scs_desktop.workflows.cohorts import CohortChoices

LINE = 24
MOST_PAIRS = 4
READ_ONLY = "The store is open to read only."
PAST = "This is the past: go back to now to change what is compared."
EMPTY = (
    "No cohorts are compared yet. A comparison puts those a programme reached beside others, intake by intake. "
    "Fill in the form below and apply it; the figures come with an ordinary return."
)
INTAKES_TAB, SOURCE_TAB, FORM_TAB = range(3)


class CohortsPage(Page):
    """Those that programmes reached beside others: shares with intervals, the finding, and what it does not prove."""

    title = "Cohorts"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        self._found: CohortResults | None = None
        self._pairs: TableModel[PairResult] = TableModel(PAIR_COLUMNS, self)
        self.pairs = RowTable(self._pairs, "Comparisons", row_height=LINE, parent=self)
        self.pairs.selectionModel().currentRowChanged.connect(self._chosen)
        self.new = QPushButton("&New comparison", self)
        self.new.clicked.connect(self._begin_new)
        self.public = QCheckBox("As the public sees &it", self)
        self.public.setToolTip("Counts of 1 to 4 are withheld, and what would give them away")
        self.public.toggled.connect(self._again)
        self.save = QPushButton("Save P&DF…", self)
        self.save.clicked.connect(self._ask_where)
        self._make_texts()
        self.chart = CohortChart(self)
        self._intakes: TableModel[IntakeResult] = TableModel(intake_columns(("", "")), self)
        self.intakes = RowTable(self._intakes, "Intakes", row_height=LINE, parent=self)
        self._sources: TableModel[SourceRow] = TableModel(SOURCE_COLUMNS, self)
        self.sources = RowTable(self._sources, "Source cells", row_height=LINE, parent=self)
        self.form = PairForm(self)
        self.form.applied.connect(self._put)
        self.form.removed.connect(self._remove)
        for table in (self.pairs, self.intakes, self.sources):
            table.setFrameShape(QFrame.Shape.NoFrame)
        self._make_tabs()
        self._lay_out()
        session.shown.connect(self._position_shown)

    def _make_texts(self) -> None:
        self._empty = QLabel(EMPTY, self)
        self._empty.hide()
        self._sentence = QLabel(self)
        self._sentence.setFont(scaled(self.font(), 1.15, bold=True))
        self._caution = QLabel(self)
        self._trends = QLabel(self)
        for label in (self._empty, self._sentence, self._caution, self._trends):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )

    def _make_tabs(self) -> None:
        inside = QWidget(self)
        self._drawn = QVBoxLayout(inside)
        self._drawn.setContentsMargins(0, 4, 0, 0)
        self._drawn.setSpacing(SPACE)
        self._caption = QLabel(self)
        self._caption.setFont(scaled(self.font(), 1.0, bold=True))
        self._drawn.addWidget(self._caption)
        self._drawn.addWidget(self.chart)
        self._drawn.addWidget(self.intakes, 1)
        scrolled = QScrollArea(self)
        scrolled.setAccessibleName("Form of the comparison")
        scrolled.setFrameShape(QFrame.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(self.form)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Intakes, source cells and set-up")
        for page, title in ((inside, "Inta&kes"), (self.sources, "Source &cells"), (scrolled, "Set &up")):
            self.tabs.addTab(page, title)
        self.tabs.currentChanged.connect(self._tab_changed)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.new)
        head.addWidget(self.public)
        head.addStretch(1)
        head.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, 4)
        layout.setSpacing(6)
        layout.addLayout(head)
        for widget in (self._empty, self.pairs, self._sentence, self._caution, self._trends):
            layout.addWidget(widget)
        layout.addWidget(self.tabs, 1)

    def first_focus(self) -> QWidget:
        """The comparisons; where there is none, the button that makes one."""
        return self.pairs if self._pairs.rows else self.new

    def source_table(self) -> RowTable:
        """The cells behind the chosen comparison."""
        return self.sources

    # --- showing -----------------------------------------------------------------------------------

    def opened(self) -> None:
        """Compare if something changed since."""
        position = self._session.position
        if not self._stale or position is None or self._session.path is None:
            return
        self._stale = False
        public = self.public.isChecked()

        def read(store: Store, _: Progress) -> tuple[CohortResults, CohortChoices]:
            from scs_desktop.workflows.cohorts import cohort_choices, cohorts

            found = cohorts(
                store=store,
                position=position.position,
                as_at=position.as_at,
                public=public,
                strategy=position.strategy,
            )
            return found, cohort_choices(store=store, strategy=position.strategy)

        self._session.ask("Comparing the cohorts", read, lambda both: self.show_results(*both), key="cohorts")

    def _position_shown(self, _: StrategyPosition) -> None:
        self._again()

    def _again(self, _: object = None) -> None:
        self._stale = True
        if self.isVisible():
            self.opened()

    def show_results(self, found: CohortResults, choices: CohortChoices) -> None:
        """Show these, the chosen comparison still chosen."""
        before = self._current()
        self._found = found
        self.form.set_choices(choices)
        self._pairs.set_rows(found.pairs)
        some = bool(found.pairs)
        self._empty.setVisible(not some)
        for widget in (self.pairs, self._sentence, self._caution, self._trends, self.public):
            widget.setVisible(some)
        head = self.pairs.horizontalHeader().sizeHint().height()
        self.pairs.setFixedHeight(head + min(len(found.pairs), MOST_PAIRS) * LINE + 4)
        why = PAST if self._session.as_at is not None else READ_ONLY if self._session.read_only else ""
        self.form.lock(why)
        self.new.setEnabled(not why)
        self.new.setToolTip(why)
        self.save.setEnabled(some)
        self.tabs.setTabEnabled(INTAKES_TAB, some)
        # The cells hold the very counts that the public's copy withholds.
        if found.public and self.tabs.currentIndex() == SOURCE_TAB:
            self.tabs.setCurrentIndex(INTAKES_TAB)
        self.tabs.setTabEnabled(SOURCE_TAB, some and not found.public)
        self._sources.set_rows(())
        if not some:
            self.form.show_pair(None)
            self.tabs.setCurrentIndex(FORM_TAB)
            return
        names = [one.pair.id for one in found.pairs]
        kept = before.pair.id if before is not None else None
        self.pairs.setCurrentIndex(self._pairs.index(names.index(kept) if kept in names else 0, 0))

    def _current(self) -> PairResult | None:
        index = self.pairs.currentIndex()
        return self._pairs.row(index) if index.isValid() and index.row() < len(self._pairs.rows) else None

    def _chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        pair = self._pairs.row(index)
        self._sentence.setText(pair.sentence)
        self._caution.setText(" ".join(part for part in (pair.caution, pair.pooled_note) if part))
        self._trends.setText("\n".join(pair.trends))
        self._trends.setVisible(bool(pair.trends))
        self._caption.setText(f"Share that {pair.pair.event}, with its 95 % interval")
        self.chart.set_pair(pair)
        self._show_intakes(pair)
        self.form.show_pair(pair.pair)
        self._tab_changed()

    def _show_intakes(self, pair: PairResult) -> None:
        before = self.intakes
        self._intakes = TableModel(intake_columns(pair.names), self)
        self.intakes = RowTable(self._intakes, "Intakes", row_height=LINE, parent=self)
        self.intakes.setFrameShape(QFrame.Shape.NoFrame)
        self._intakes.set_rows(pair.rows)
        self.intakes.fit_texts()
        self._drawn.replaceWidget(before, self.intakes)
        before.deleteLater()

    def _tab_changed(self, _: int = 0) -> None:
        pair = self._current()
        if self.tabs.currentIndex() != SOURCE_TAB or pair is None:
            return
        wanted, imports = pair.figures, self._session.records.imports

        def read(store: Store, progress: Progress) -> tuple[SourceRow, ...]:
            from scs_desktop.workflows.source_cells import read_sources

            return read_sources(store=store, figures=wanted, imports=imports, progress=progress)

        self._session.ask("Reading the sources", read, self._show_sources, key="cohort-sources")

    def _show_sources(self, rows: tuple[SourceRow, ...]) -> None:
        if self._found is None or self._found.public:
            return
        self._sources.set_rows(rows)
        self.sources.fit_texts()

    # --- changing ----------------------------------------------------------------------------------

    def _begin_new(self) -> None:
        self.form.show_pair(None)
        self.tabs.setCurrentIndex(FORM_TAB)
        self.form.name.setFocus()

    def _put(self, wanted: Wanted) -> None:
        from scs_desktop.workflows.cohorts import save_pair

        position = self._session.position
        strategy = position.strategy if position is not None else None

        def done(pair: CohortPair) -> None:
            # In a line of text Ctrl+Z would take back letters.
            self.pairs.setVisible(True)
            self.pairs.setFocus()
            self._session.messages.done(f"Set up “{pair.name}”. Ctrl+Z undoes it.")

        self._session.change(
            "Setting up the comparison",
            lambda store, _: save_pair(
                store=store,
                name=wanted.name,
                priority=wanted.priority,
                series=wanted.series,
                other=wanted.other,
                event=wanted.event,
                note=wanted.note,
                new=wanted.new,
                pair=wanted.pair,
                strategy=strategy,
            ),
            done,
        )

    def _remove(self, pair: CohortPair) -> None:
        from scs_desktop.workflows.cohorts import remove_pair

        self._session.change(
            "Removing the comparison",
            lambda store, _: remove_pair(store=store, pair=pair.id, strategy=pair.strategy),
            lambda _: self._session.messages.done(
                f"Removed “{pair.name}”; its figures stay in the store. Ctrl+Z undoes it."
            ),
        )

    # --- paper -------------------------------------------------------------------------------------

    def _ask_where(self) -> None:
        if self._found is not None:
            tag = self._found.position_text.replace("/", "-").replace(" ", "-")
            copy = "-public" if self._found.public else ""
            name, _ = QFileDialog.getSaveFileName(
                self, "Save the comparison of cohorts", f"cohorts-{tag}{copy}.pdf", "PDF (*.pdf)"
            )
            if name:
                self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the paper, for the audience that is shown."""
        from scs_desktop.workflows.cohorts import cohorts_report

        found = self._found
        if found is not None:
            self._session.ask(
                "Saving the comparison",
                lambda store, _: cohorts_report(
                    store=store, out=path, position=found.position, as_at=found.as_at, public=found.public
                ),
                lambda saved: self._session.messages.done(f"Saved {saved}."),
            )
