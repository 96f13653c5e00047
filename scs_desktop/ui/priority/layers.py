"""What the officer may switch on over the chart's line, why some of it cannot be, and the table of the same."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from scs_desktop.domain.figures import Figure, Unit
from scs_desktop.domain.periods import PeriodKind
from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.publication import SignOffState, SignOffSummary
from scs_desktop.domain.seasons import ADJUSTABLE_FROM
from scs_desktop.domain.trend import Layer, Trend
from scs_desktop.domain.trend_layers import PointNote, SignedPosition
from scs_desktop.domain.year_before import YEAR_BEFORE
from scs_desktop.ui.common.table_model import Column
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.trend_reading import Reading
from scs_desktop.ui.common.words import counted, day_text

ALL_LAYERS = tuple(Layer)
_TITLES: Mapping[Layer, tuple[str, str]] = {
    Layer.PROCESS: ("Process &limits", "Mean, process limits, and the figures that bear a signal"),
    Layer.SEASONAL: ("Seasonally ad&justed", "The line without its usual season"),
    Layer.OUTLOOK: ("Outloo&k", "The months to the year's end, with their 80 % range"),
    Layer.SIGN_OFFS: ("Sign-o&ffs", "Positions at which a report was signed off"),
    Layer.NOTES: ("&Notes", "Figures that bear a note"),
    Layer.COMPARATORS: ("&Year before", "The same months of the year before"),
}
_MONTHS_NEEDED = 13
IN_FIRST = 3
"""Switches in the first of two rows."""


@dataclass(frozen=True, slots=True)
class ChartMarks:
    """What is marked on an indicator's chart beside its figures."""

    signed: tuple[SignedPosition, ...] = ()
    notes: tuple[PointNote, ...] = ()


def chart_marks(figures: Sequence[Figure], signed: Sequence[SignOffSummary]) -> ChartMarks:
    """Return the notes of the figures and the papers that stand signed off."""
    return ChartMarks(
        tuple(
            SignedPosition(one.position, f"signed off for the position to {day_text(one.position)}")
            for one in signed
            if one.state is SignOffState.SIGNED
        ),
        tuple(PointNote(one.key.period.counts_from, one.note) for one in figures if one.note),
    )


def reasons(row: IndicatorPosition, full: Trend) -> dict[Layer, str]:
    """Return the layers that the figures do not allow, each with the reason; ``full`` has all that they do."""
    monthly = bool(row.trend) and all(point.period.kind is PeriodKind.MONTH for point in row.trend)
    stored = sum(point.value is not None for point in row.trend)
    found: dict[Layer, str] = {}
    if full.process is None:
        found[Layer.PROCESS] = row.process.sentence if row.process is not None else (
            "Needs single months or quarters: figures that share months with their neighbours have no limits."
        )  # fmt: skip
    if full.seasonal is None:
        found[Layer.SEASONAL] = (
            f"Needs {ADJUSTABLE_FROM} months without a gap; {counted(stored, 'month')} stored."
            if monthly and row.unit is Unit.COUNT
            else "Needs a monthly count."
        )
    if full.fan is None:
        found[Layer.OUTLOOK] = row.outlook_sentence if row.outlook is None and row.outlook_sentence else (
            "Needs the months of this year one by one." if monthly else "Needs a monthly count."
        )  # fmt: skip
    if not full.sign_offs:
        found[Layer.SIGN_OFFS] = "No report is signed off for these months."
    if not full.notes:
        found[Layer.NOTES] = "No figure of the line bears a note."
    if not full.comparators:
        found[Layer.COMPARATORS] = f"Needs {_MONTHS_NEEDED + 1} months; {counted(stored, 'month')} stored." if (
            monthly
        ) else "Needs single months."  # fmt: skip
    return found


class LayerBar(QWidget):
    """A row of toggles over the chart.

    What the officer switched on stays on for the session: a layer that one indicator does not allow
    comes back with the next that does.

    Signals:
        changed: another choice of layers is wanted.

    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted: set[Layer] = set()
        self._barred: Mapping[Layer, str] = {}
        self.setAccessibleName("Shown on the chart")
        self._rows = (QHBoxLayout(), QHBoxLayout())
        self._beside: QWidget | None = None
        self._in_one: bool | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setSpacing(2)
        for row in self._rows:
            row.setSpacing(SPACE)
            layout.addLayout(row)
        self.buttons: dict[Layer, QCheckBox] = {}
        for layer, (title, tip) in _TITLES.items():
            button = QCheckBox(title, self)
            button.setAccessibleName(title.replace("&", ""))
            button.setAccessibleDescription(tip)
            button.setToolTip(tip)
            button.clicked.connect(lambda on, layer=layer: self._choose(layer, on=on))
            self.buttons[layer] = button
        self._arrange()

    def take_beside(self, widget: QWidget) -> None:
        """Take a widget in behind the switches, at the right edge."""
        self._beside = widget
        self._in_one = None
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stand in one row where there is room for every word, else in two."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """The wider of the two rows: whatever is narrower would cut words."""
        parts = self._parts()
        widest = max(self._wide(parts[:IN_FIRST]), self._wide(parts[IN_FIRST:]))
        return QSize(widest, super().minimumSizeHint().height())

    def _parts(self) -> list[QWidget]:
        return [*self.buttons.values(), *([self._beside] if self._beside is not None else [])]

    @staticmethod
    def _wide(parts: Sequence[QWidget]) -> int:
        return sum(one.sizeHint().width() for one in parts) + SPACE * len(parts)

    def _arrange(self) -> None:
        parts = self._parts()
        in_one = self.width() >= self._wide(parts)
        if in_one == self._in_one:
            return
        self._in_one = in_one
        for row in self._rows:
            while row.count():
                row.takeAt(0)
        first = self.buttons.values() if in_one else parts[:IN_FIRST]
        for one in first:
            self._rows[0].addWidget(one)
        self._rows[0].addStretch(1)
        last = self._rows[0] if in_one else self._rows[1]
        for one in parts[len(first) :]:
            if one is self._beside:
                last.addStretch(1)
            last.addWidget(one)
        self.updateGeometry()

    @property
    def shown(self) -> Collection[Layer]:
        """The layers that are wanted and allowed."""
        return frozenset(layer for layer in self._wanted if layer not in self._barred)

    def set_reasons(self, barred: Mapping[Layer, str]) -> None:
        """Disable these, each with its reason as the tip, and enable the others."""
        self._barred = dict(barred)
        for layer, button in self.buttons.items():
            said = barred.get(layer) or _TITLES[layer][1]
            button.setEnabled(layer not in barred)
            button.setChecked(layer in self.shown)
            button.setToolTip(said)
            button.setAccessibleDescription(said)

    def _choose(self, layer: Layer, *, on: bool) -> None:
        if on:
            self._wanted.add(layer)
        else:
            self._wanted.discard(layer)
        self.changed.emit()


FIGURE_COLUMNS: tuple[Column[Reading], ...] = (
    Column("Period", lambda one: one.label, "12 months to September 2011"),
    Column("Figure", lambda one: one.figure, "2,700,000", right=True),
    Column("State", lambda one: one.state, "provisional"),
    Column(
        "Signal",
        lambda one: one.signal,
        "seven points on one side of the mean, an improvement",
        tip=lambda one: one.signal,
    ),
    Column("Adjusted", lambda one: one.adjusted, "2,700,000", right=True),
    Column("Outlook", lambda one: one.outlook, "27,000", right=True),
    Column("80 % range", lambda one: one.outlook_range, "27,000 to 27,000"),
    Column("Year before", lambda one: one.beside.removeprefix(YEAR_BEFORE).strip(), "27,000", right=True),
    Column("Marks", lambda one: one.marks, tip=lambda one: one.marks),
)
_ALWAYS = 3


def empty_columns(rows: Sequence[Reading]) -> frozenset[int]:
    """Return the columns that hold nothing in any row; the first three are always shown."""
    return frozenset(
        number
        for number, column in enumerate(FIGURE_COLUMNS)
        if number >= _ALWAYS and not any(column.text(one) for one in rows)
    )
