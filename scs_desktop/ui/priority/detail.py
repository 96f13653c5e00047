"""The chosen indicator: why its light is what it is, its chart, its figures, its guidance, its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.figures import Figure
from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.domain.trend import PlottedPoint, trend_of
from scs_desktop.ui.common.lights import LightLabel
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE, scaled
from scs_desktop.ui.common.trend_plot import TrendChart
from scs_desktop.ui.priority.model import chance_text, change_text

LINE = 22


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One cell that a figure was read from."""

    period: str
    part: str
    figure: str
    file: str
    sheet: str
    cell: str
    text: str


def source_rows(figures: tuple[Figure, ...], imports: Mapping[UUID, ImportSummary]) -> tuple[SourceRow, ...]:
    """Return every source cell of the figures, newest period first."""
    rows: list[SourceRow] = []
    for figure in sorted(figures, key=lambda one: one.key.period.end, reverse=True):
        summary = imports.get(figure.import_id) if figure.import_id is not None else None
        file = summary.file_name if summary is not None else ("entered by hand" if figure.import_id is None else "")
        part = figure.key.part.value.replace("_", " ")
        value = figure.measured.text or figure.measured.kind.value.replace("_", " ")
        where = figure.sources or ()
        rows += [
            SourceRow(figure.key.period.label, part, value, file, cell.sheet, cell.cell, cell.text) for cell in where
        ]
        if not where:
            rows.append(SourceRow(figure.key.period.label, part, value, file, "", "", figure.note))
    return tuple(rows)


SOURCE_COLUMNS: tuple[Column[SourceRow], ...] = (
    Column("Period", lambda row: row.period, "12 months to September 2011"),
    Column("Part", lambda row: row.part, "denominator"),
    Column("Figure", lambda row: row.figure, "2,700,000", right=True),
    Column("File", lambda row: row.file, tip=lambda row: row.file),
    Column("Sheet", lambda row: row.sheet, "a sheet of usual name", tip=lambda row: row.sheet),
    Column("Cell", lambda row: row.cell, "AA1000"),
    Column("As it stood there", lambda row: row.text, "As it stood there", right=True),
)
FIGURE_COLUMNS: tuple[Column[PlottedPoint], ...] = (
    Column("Period", lambda point: point.label, "12 months to September 2011 and more"),
    Column(
        "Figure",
        lambda point: point.text.partition(": ")[2].removesuffix(" (provisional)"),
        "2,700,000 and more",
        right=True,
    ),
    Column("State", lambda point: "provisional" if point.provisional else ""),
)


class IndicatorDetail(QWidget):
    """Everything about one indicator, below the table and beside it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = LightLabel(self)
        self._name = QLabel(self)
        self._name.setFont(scaled(self.font(), 1.1, bold=True))
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._why = QLabel(self)
        self._why.setWordWrap(True)
        self._why.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._why.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.chart = TrendChart(self)
        self._figures = TableModel[PlottedPoint](FIGURE_COLUMNS, self)
        self.figures = RowTable(self._figures, "Figures of the chart", row_height=LINE, parent=self)
        self._guidance = QTextBrowser(self)
        self._guidance.setAccessibleName("Guidance: how the light was given")
        self._guidance.setFrameShape(QFrame.Shape.NoFrame)
        self._guidance.setTabChangesFocus(True)
        self._sources = TableModel[SourceRow](SOURCE_COLUMNS, self)
        self.sources = RowTable(self._sources, "Source cells", row_height=LINE, parent=self)
        for table in (self.figures, self.sources):
            table.setFrameShape(QFrame.Shape.NoFrame)
            _make_copyable(table)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName("Chart, table, guidance and source")
        for page, title in (
            (self.chart, "&Chart"),
            (self.figures, "Ta&ble"),
            (self._guidance, "&Guidance"),
            (self.sources, "&Source"),
        ):
            self.tabs.addTab(page, title)
        self._facts = Facts(self)
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
        layout.addWidget(self._facts)

    def show_indicator(self, row: IndicatorPosition, imports: Mapping[UUID, ImportSummary]) -> None:
        """Show this one."""
        trend = trend_of(row)
        self._light.set_status(row.status)
        self._name.setText(f"{row.code}  {row.name}")
        self._why.setText(row.status.sentence)
        self._why.setAccessibleName(f"Why: {row.status.sentence}")
        self.chart.set_trend(trend)
        self._figures.set_rows(tuple(reversed(trend.points)))
        self._sources.set_rows(source_rows(row.sources, imports))
        self._guidance.setHtml(guidance_html(row))
        self._facts.set_facts(facts(row))


def _make_copyable(table: RowTable) -> None:
    copy = QAction("Copy table", table)
    copy.setShortcut(QKeySequence.StandardKey.Copy)
    copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(table.as_text()))
    table.addAction(copy)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)


def facts(row: IndicatorPosition) -> tuple[tuple[str, str], ...]:
    """Return what is known beside the light, each under its term; what is not known is left out."""
    readings = tuple((f"If {reading.name}", f"{reading.status.sentence}") for reading in row.readings)
    pairs = (
        ("Figure", f"{row.value_text}, {row.period_text}" if row.value_text else ""),
        ("Rate", row.rate_text),
        ("Compared with", row.comparator_text),
        ("Change", change_text(row)),
        ("Usual movement", chance_text(row)),
        ("In a year", row.direction_sentence or row.direction.value),
        ("Data", row.data.text),
        ("Source", ", ".join(part for part in (row.agency, row.source_text) if part)),
        ("Baseline", " – ".join(part for part in (row.baseline_text, row.baseline_note) if part)),
        *readings,
        *(("Doubt", finding.sentence) for finding in row.findings),
        ("Note", "Illustrative figures" if row.illustrative else ""),
    )
    return tuple((term, text) for term, text in pairs if text)


class Facts(QScrollArea):
    """Terms and what stands for each, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Facts beside the light")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * 46)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_facts(self, pairs: tuple[tuple[str, str], ...]) -> None:
        """Show these."""
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(SPACE, 0, 4, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(5)
        for number, (term, text) in enumerate(pairs):
            name = QLabel(term, inside)
            name.setForegroundRole(inside.palette().ColorRole.PlaceholderText)
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            said = QLabel(text, inside)
            said.setTextFormat(Qt.TextFormat.PlainText)
            said.setWordWrap(True)
            said.setAccessibleName(f"{term}: {text}")
            grid.addWidget(name, number, 0)
            grid.addWidget(said, number, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(pairs), 1)
        self.setWidget(inside)


def guidance_html(row: IndicatorPosition) -> str:
    """Return how the light was given, as paragraphs."""
    from html import escape

    parts = [f"<p>{escape(row.status.sentence)}</p>"]
    if row.status.details:
        parts.append("<ul>" + "".join(f"<li>{escape(detail)}</li>" for detail in row.status.details) + "</ul>")
    if row.baseline_note:
        parts.append(f"<p><b>Baseline.</b> {escape(row.baseline_text)}: {escape(row.baseline_note)}</p>")
    parts += [f"<p><b>If {escape(reading.name)}.</b> {escape(reading.status.sentence)}</p>" for reading in row.readings]
    for finding in row.findings:
        parts.append(f"<p><b>Doubt.</b> {escape(finding.sentence)}</p>")
        parts.append("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in finding.evidence) + "</ul>")
    return "".join(parts)
