"""The page of the wards: an indicator's wards beside each other, and the chosen one back to its cells."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.places import funnel_of
from scs_desktop.domain.publication import Audience, Marking
from scs_desktop.domain.ward_page import WardPage, WardSource, WardSpan
from scs_desktop.ui.common.page import Page
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.wards.funnel_view import FunnelView
from scs_desktop.ui.wards.model import SOURCE_COLUMNS, WARD_COLUMNS, WardLine, ward_lines
from scs_desktop.ui.wards.multiples_view import MultiplesView

if TYPE_CHECKING:
    from scs_desktop.domain.position import StrategyPosition
    from scs_desktop.ui.common.session import Session

LINE = 20
_SPANS = {WardSpan.YEAR_TO_DATE: "Year to date", WardSpan.TWELVE_MONTHS: "12 months"}
_AUDIENCES = {Audience.BOARD: "The board", Audience.PUBLIC: "The public"}
READING_HINT = "Point at a ward, or go through the charts with the arrow keys, to read it here."


class WardsPage(Page):
    """Funnel, table and small charts of an indicator's wards; whichever is chosen is marked in all of them."""

    title = "Wards"

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stale = True
        self._ward: UUID | None = None
        self.page: WardPage | None = None
        self.indicator = self._choice("Indicator")
        self.span = self._choice("Months counted")
        for span, words in _SPANS.items():
            self.span.addItem(words, span)
        self.audience = self._choice("For whom")
        for audience, words in _AUDIENCES.items():
            self.audience.addItem(words, audience)
        self.save_button = QPushButton("Save P&DF…", self)
        self.save_button.clicked.connect(self.save)
        self.finding = QLabel(self)
        self.finding.setFont(scaled(self.font(), 1.15, bold=True))
        self.sentence = self._text()
        self.reading = self._text()
        self.notes = self._text()
        self.reason = self._text()
        self.reason.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.funnel = FunnelView(self)
        self.multiples = MultiplesView(self)
        self._model = TableModel[WardLine](WARD_COLUMNS, self)
        self.table = RowTable(self._model, "Wards", row_height=LINE, parent=self)
        self._source_model = TableModel[WardSource](SOURCE_COLUMNS, self)
        self.sources = RowTable(self._source_model, "Source cells of the ward", row_height=LINE, parent=self)
        self._sources_head = QLabel(self)
        self._sources_head.setFont(scaled(self.font(), 1.0, bold=True))
        for table in (self.table, self.sources):
            table.setFrameShape(QFrame.Shape.NoFrame)
            self._copies(table, "Copy table", partial(_copy_table, table))
        for chart in (self.funnel, self.multiples):
            self._copies(chart, "Copy picture", partial(_copy_picture, chart))
            chart.chosen.connect(self.choose)
            chart.read_out.connect(self._read_out)
        self._beside = QSplitter(Qt.Orientation.Vertical, self)
        self._beside.setChildrenCollapsible(False)
        self._scrolled = QScrollArea(self)
        self._stack = QStackedWidget(self)
        self.table.selectionModel().currentRowChanged.connect(self._row_chosen)
        self._lay_out()
        for box in (self.indicator, self.span, self.audience):
            box.currentIndexChanged.connect(self._changed)
        session.shown.connect(self._position_shown)
        session.closed.connect(self._closed)

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return box

    def _text(self) -> QLabel:
        label = QLabel(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label

    @staticmethod
    def _copies(widget: QWidget, words: str, copy: Callable[[], None]) -> None:
        action = QAction(words, widget)
        action.setShortcut(QKeySequence.StandardKey.Copy)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda _: copy())
        widget.addAction(action)
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        for words, box in (("&Indicator", self.indicator), ("&Months", self.span), ("F&or", self.audience)):
            label = QLabel(words, self)
            label.setBuddy(box)
            head.addWidget(label)
            head.addWidget(box)
        head.addStretch(1)
        head.addWidget(self.save_button)
        left = QSplitter(Qt.Orientation.Vertical, self)
        left.setChildrenCollapsible(False)
        left.addWidget(self.funnel)
        left.addWidget(self.table)
        left.setStretchFactor(0, 5)
        left.setStretchFactor(1, 6)
        across = QSplitter(Qt.Orientation.Horizontal, self)
        across.setChildrenCollapsible(False)
        across.addWidget(left)
        across.addWidget(self._lay_beside())
        across.setSizes([615, 515])
        shown = QWidget(self)
        body = QVBoxLayout(shown)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(4)
        for one in (self.finding, self.sentence, self.reading):
            body.addWidget(one)
        body.addWidget(across, 1)
        body.addWidget(self.notes)
        self._stack.addWidget(shown)
        self._stack.addWidget(self.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, 4, SPACE, 4)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self._stack, 1)

    def _lay_beside(self) -> QWidget:
        """Return the months, and beneath them where the chosen ward's figures come from."""
        traced = QWidget(self)
        below = QVBoxLayout(traced)
        below.setContentsMargins(0, 4, 0, 0)
        below.setSpacing(2)
        below.addWidget(self._sources_head)
        below.addWidget(self.sources, 1)
        self._scrolled.setWidget(self.multiples)
        self._scrolled.setWidgetResizable(True)
        self._scrolled.setFrameShape(QFrame.Shape.NoFrame)
        self._scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scrolled.setAccessibleName("Months of the wards")
        self._beside.addWidget(self._scrolled)
        self._beside.addWidget(traced)
        self._beside.setStretchFactor(0, 7)
        self._beside.setStretchFactor(1, 3)
        return self._beside

    # --- the page within the window ------------------------------------------------------------------

    def heading(self) -> str:
        """The page's name; with its marking where what it shows is sensitive."""
        sensitive = self.page is not None and self.page.marking is Marking.OFFICIAL_SENSITIVE
        return f"{self.title}  –  {Marking.OFFICIAL_SENSITIVE.value}" if sensitive else self.title

    def first_focus(self) -> QWidget:
        """The table of wards, or where there is none the choice of indicators."""
        return self.table if self._stack.currentIndex() == 0 else self.indicator

    def source_table(self) -> RowTable:
        """The cells of the chosen ward."""
        return self.sources

    def opened(self) -> None:
        """Read the wards if what is shown has changed."""
        if self._stale:
            self._ask()

    def _position_shown(self, _: StrategyPosition) -> None:
        self._changed()

    def _closed(self) -> None:
        self.page = None
        self._stale = True

    def _changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        from scs_desktop.workflows.wards import wards

        position = self._session.position
        if position is None:
            return
        self._stale = False
        use = self.indicator.currentData()
        known = {row.use for priority in position.priorities for row in priority.indicators}
        span, public = WardSpan(self.span.currentData()), self.audience.currentData() == Audience.PUBLIC
        self._session.ask(
            "Reading the wards",
            lambda store, _: wards(
                store=store,
                use=use if use in known else None,
                position=position.position,
                as_at=position.as_at,
                strategy=position.strategy,
                span=span,
                public=public,
            ),
            self._show,
            key="wards",
        )

    # --- showing -------------------------------------------------------------------------------------

    def _show(self, page: WardPage) -> None:
        self.page = page
        self._offer(page)
        places = page.places
        self._stack.setCurrentIndex(0 if places is not None else 1)
        self.save_button.setEnabled(places is not None)
        self.reason.setText(page.reason)
        self.reason.setAccessibleName(page.reason)
        self.heading_changed.emit()
        if places is None:
            self._model.set_rows(())
            self._source_model.set_rows(())
            return
        chart = funnel_of(places)
        found = chart.title if chart is not None else "counts without rates"
        self.finding.setText(f"{page.name}, {places.period.label}: {found}")
        self.sentence.setText(places.sentence)
        self.notes.setText(" ".join(page.notes))
        self.reading.setText(READING_HINT)
        self.funnel.setVisible(chart is not None)
        self.funnel.set_chart(chart)
        self.multiples.set_charts(places.charts)
        self._beside.setVisible(not page.public)
        self.span.setEnabled(not page.public)
        self.span.setToolTip("The public's copy counts the year to date" if page.public else "")
        lines = ward_lines(places)
        self._model.set_rows(lines)
        for number, column in enumerate(WARD_COLUMNS):
            unused = all(column.text(line) in {"", "–", "no rate"} for line in lines)
            self.table.setColumnHidden(number, unused)
        self.table.fit_texts()
        areas = [line.area for line in lines]
        at = areas.index(self._ward) if self._ward is not None and self._ward in areas else 0
        self.table.setCurrentIndex(self._model.index(at, 0))

    def _offer(self, page: WardPage) -> None:
        """Offer the indicators that have figures of wards, the shown one chosen."""
        self.indicator.blockSignals(True)
        self.indicator.clear()
        for one in page.indicators:
            self.indicator.addItem(f"{one.code}  {one.name}".strip(), one.use)
        if page.use not in [one.use for one in page.indicators]:
            self.indicator.addItem(f"{page.code}  {page.name}".strip(), page.use)
        self.indicator.setCurrentIndex(self.indicator.findData(page.use))
        self.indicator.blockSignals(False)

    def _row_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            line = self._model.row(index)
            self._mark(line.area)
            if line.sentence:
                self._read_out(line.sentence)

    def choose(self, ward: UUID) -> None:
        """Mark the ward in the charts and the table, and read its cells."""
        areas = [line.area for line in self._model.rows]
        if ward in areas:
            self.table.setCurrentIndex(self._model.index(areas.index(ward), 0))

    def _mark(self, ward: UUID | None) -> None:
        self._ward = ward
        self.funnel.set_current(ward)
        self.multiples.set_current(ward)
        place = self.multiples.panel_place(ward) if ward is not None else None
        if place is not None:
            middle = place.center().toPoint()
            self._scrolled.ensureVisible(middle.x(), middle.y(), 0, round(place.height()))
        self._source_model.set_rows(())
        page = self.page
        line = next((one for one in self._model.rows if one.area == ward), None)
        if page is None or page.public or ward is None or line is None:
            self._sources_head.setText("")
            return
        self._sources_head.setText(f"Where the figures of {line.name} come from")
        from scs_desktop.workflows.wards import ward_sources

        position = self._session.position
        strategy = position.strategy if position is not None else None
        self._session.ask(
            "Reading the sources",
            lambda store, _: ward_sources(store=store, page=page, ward=ward, strategy=strategy),
            lambda rows: self._show_sources(ward, rows),
            key="ward sources",
        )

    def _show_sources(self, ward: UUID, rows: tuple[WardSource, ...]) -> None:
        if ward == self._ward:
            self._source_model.set_rows(rows)

    def _read_out(self, words: str) -> None:
        self.reading.setText(words)
        self.reading.setAccessibleName(words)

    # --- paper ---------------------------------------------------------------------------------------

    def save(self) -> None:
        """Ask where to, and write what is shown as a PDF."""
        if self.page is None or self.page.places is None:
            return
        copy = ", public" if self.page.public else ""
        suggested = f"{self.page.title}{copy}.pdf".replace("/", "-")
        name, _ = QFileDialog.getSaveFileName(self, "Save the wards", suggested, "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write what is shown as a PDF."""
        from scs_desktop.workflows.wards_report import wards_report

        page = self.page
        if page is None:
            return
        self._session.ask(
            "Setting the page",
            lambda _, __: wards_report(page=page, out=path),
            lambda saved: self._session.messages.done(f"Saved {saved}."),
        )


def _copy_table(table: RowTable) -> None:
    QGuiApplication.clipboard().setText(table.as_text())


def _copy_picture(chart: FunnelView | MultiplesView) -> None:
    QGuiApplication.clipboard().setPixmap(chart.picture())
