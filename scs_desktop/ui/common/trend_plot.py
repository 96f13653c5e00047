"""A trend as a large chart, drawn by pyqtgraph, which is loaded when the first one is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPalette, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from scs_desktop.domain.appearance import PROCESS_COLOURS, ProcessMark
from scs_desktop.domain.trend import Trend
from scs_desktop.ui.common.picture import picture_of
from scs_desktop.ui.common.theme import SPACE, Theme, legible, scaled, theme_of
from scs_desktop.ui.common.trend_reading import MARK_WORDS, Reading, marks_shown, readings

if TYPE_CHECKING:
    import pyqtgraph

    from scs_desktop.ui.common.trend_items import EdgeLabels

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_CURSOR = 3
_LEFT_ROOM = 0.6
_RIGHT_ROOM = 0.6
_GLYPHS = {
    ProcessMark.COMMON: "○",
    ProcessMark.IMPROVEMENT: "●",
    ProcessMark.CONCERN: "■",
    ProcessMark.NEUTRAL: "◆",
}


def load_pyqtgraph() -> None:
    """Import pyqtgraph, which takes some tenths of a second; safe on the worker."""
    import scs_desktop.ui.common.trend_items  # noqa: F401


class TrendChart(QWidget):
    """Finding, chart and read-out. Left, Right, Home and End move along the points; so does the mouse.

    Signals:
        read(int): the point of this index is read out.

    """

    read = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trend: Trend | None = None
        self._plot: pyqtgraph.PlotWidget | None = None
        self._readings: tuple[Reading, ...] = ()
        self._edge: EdgeLabels | None = None
        self._dress: tuple[Theme, str, float] | None = None
        self._cursor: int | None = None
        self._cursor_items: tuple[pyqtgraph.InfiniteLine, pyqtgraph.ScatterPlotItem] | None = None
        self.heading = QLabel(self)
        self.heading.setFont(scaled(self.font(), 1.1, bold=True))
        self.subtitle = QLabel(self)
        self.subtitle.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.readout = QLabel(self)
        self.readout.setAccessibleName("Point read out")
        for label in (self.heading, self.subtitle, self.readout):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.key = QLabel(self)
        self.key.setTextFormat(Qt.TextFormat.RichText)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(self.heading, 1)
        head.addWidget(self.key)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(4, 4, 4, 2)
        self._layout.setSpacing(1)
        self._layout.addLayout(head)
        self._layout.addWidget(self.subtitle)
        self._layout.addStretch(1)
        self._layout.addWidget(self.readout)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumHeight(120)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)

    @property
    def ready(self) -> bool:
        """Whether the plot has been made."""
        return self._plot is not None

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What the keys and the pointer read out, in order."""
        return self._readings

    @property
    def at_point(self) -> int | None:
        """Index of the point that is read out."""
        return self._cursor

    def make_ready(self) -> None:
        """Make the plot; pyqtgraph is imported here if nobody did before."""
        if self._plot is not None:
            return
        import pyqtgraph

        from scs_desktop.ui.common.trend_items import EdgeLabels

        self._edge = EdgeLabels()
        plot = pyqtgraph.PlotWidget(self, background=None, axisItems={"right": self._edge})
        plot.getPlotItem().showAxis("right")
        plot.setMenuEnabled(False)
        plot.hideButtons()
        plot.setMouseEnabled(x=False, y=False)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.setAccessibleName("Trend chart")
        plot.getPlotItem().getViewBox().setDefaultPadding(0)
        plot.scene().sigMouseMoved.connect(self._hover)
        plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._layout.takeAt(2)
        self._layout.insertWidget(2, plot, 1)
        self._plot = plot
        self._draw()

    def set_trend(self, trend: Trend) -> None:
        """Show this trend, its latest point read out; with other layers of the same one the read-out stays."""
        same = self._trend is not None and self._trend.use == trend.use and self._trend.points == trend.points
        self._trend = trend
        self._readings = readings(trend)
        if not same or self._cursor is None or self._cursor >= len(self._readings):
            self._cursor = None
        self.heading.setText(trend.title)
        self.subtitle.setText(trend.subtitle)
        self.setAccessibleName(f"Trend chart of {trend.code} {trend.name}: {trend.title}")
        self.setAccessibleDescription(trend.text)
        self._draw()

    def picture(self) -> QPixmap:
        """Return the chart with its heading as a picture for the clipboard."""
        return picture_of(self)

    def sizeHint(self) -> QSize:
        """A chart's usual size."""
        return QSize(600, 260)

    def close_plot(self) -> None:
        """Take the plot apart while its application still stands; one left at exit crashes."""
        if self._plot is not None:
            self._plot.scene().sigMouseMoved.disconnect(self._hover)
            self._cursor_items = None
            self._plot.close()
            self._plot.setParent(None)
            self._plot.deleteLater()
            self._plot = None
            self._edge = None
            self._dress = None

    # --- drawing -----------------------------------------------------------------------------------

    def _draw(self) -> None:
        if self._plot is None or self._trend is None:
            return
        import pyqtgraph

        from scs_desktop.ui.common.trend_items import Drawing, draw_trend

        trend, plot = self._trend, self._plot
        theme = theme_of(self.palette())
        item = plot.getPlotItem()
        item.clear()
        self._cursor_items = None
        plot.setAccessibleDescription(trend.text)
        self._dress_axes(theme)
        for side, axis in (("bottom", trend.x_axis), ("left", trend.y_axis)):
            item.getAxis(side).setTicks([[(tick.at, tick.label) for tick in axis.ticks]])
        height = trend.y_axis.high - trend.y_axis.low
        item.setXRange(trend.x_axis.low - _LEFT_ROOM, trend.x_axis.high + _RIGHT_ROOM, padding=0)
        item.setYRange(trend.y_axis.low - 0.02 * height, trend.y_axis.high + 0.04 * height, padding=0)
        labels = draw_trend(trend, Drawing(item, theme, self.font(), self._pen))
        if self._edge is not None:
            self._edge.set_labels(labels, self.font())
        self._show_key(trend)
        upright = pyqtgraph.InfiniteLine(0, 90, self._pen(theme.muted, 1))
        ring = pyqtgraph.ScatterPlotItem(size=13, pen=self._pen(theme.line, 2), brush=None, antialias=True)
        for cursor in (upright, ring):
            cursor.setVisible(False)
            item.addItem(cursor, ignoreBounds=True)
            cursor.setZValue(_CURSOR)
        self._cursor_items = (upright, ring)
        self._read(self._cursor if self._cursor is not None else trend.latest, marked=self._cursor is not None)

    def _dress_axes(self, theme: Theme) -> None:
        """Give the axes their pens and font, which costs more than a line does and seldom changes."""
        dress = (theme, self.font().key(), self.devicePixelRatioF())
        if self._plot is None or dress == self._dress:
            return
        self._dress = dress
        ink = self._pen(theme.muted, 1)
        for side in ("bottom", "left"):
            drawn = self._plot.getPlotItem().getAxis(side)
            drawn.setPen(ink if side == "bottom" else QPen(Qt.PenStyle.NoPen))
            drawn.setTickPen(ink if side == "bottom" else QPen(Qt.PenStyle.NoPen))
            drawn.setTextPen(theme.text)
            drawn.setStyle(tickFont=self.font(), tickLength=-4 if side == "bottom" else 0, hideOverlappingLabels=False)

    def _show_key(self, trend: Trend) -> None:
        """Say what the marks on the points stand for."""
        ground = theme_of(self.palette()).base
        shown = marks_shown(trend)
        self.key.setVisible(bool(shown))
        parts = []
        for kind in shown:
            colour = legible(QColor(PROCESS_COLOURS[kind]), ground, 3.0).name()
            parts.append(f'<span style="color:{colour}">{_GLYPHS[kind]}</span> {MARK_WORDS[kind]}')
        self.key.setText("&nbsp;&nbsp;".join(parts))
        self.key.setAccessibleName(f"Marks: {', '.join(MARK_WORDS[kind] for kind in shown)}")

    # --- reading out -------------------------------------------------------------------------------

    def _read(self, index: int | None, *, marked: bool) -> None:
        if self._trend is None or index is None or not self._readings:
            self.readout.setText("No figures yet. They come with the first return." if self._trend else "")
            return
        point = self._readings[index]
        baseline = f"   {self._trend.baseline.label}" if self._trend.baseline is not None and point.y is None else ""
        self.readout.setText(f"{point.text}{baseline}")
        self.readout.setAccessibleDescription(point.text)
        if self._cursor_items is None:
            return
        upright, ring = self._cursor_items
        upright.setVisible(marked)
        upright.setPos(point.x)
        ring.setVisible(marked and point.y is not None)
        if point.y is not None:
            ring.setData([point.x], [point.y])

    def read_out(self, index: int) -> None:
        """Move to the point and say it."""
        if not self._readings:
            return
        self._cursor = max(0, min(index, len(self._readings) - 1))
        self._read(self._cursor, marked=True)
        self.read.emit(self._cursor)

    def _hover(self, at: QPointF) -> None:
        if self._plot is None or not self._readings:
            return
        box = self._plot.getPlotItem().getViewBox()
        if not box.sceneBoundingRect().contains(at):
            return
        x = box.mapSceneToView(at).x()
        nearest = min(range(len(self._readings)), key=lambda one: abs(self._readings[one].x - x))
        if nearest != self._cursor:
            self.read_out(nearest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move along the points."""
        if self._trend is None or not self._readings:
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        last = len(self._readings) - 1
        start = self._cursor if self._cursor is not None else (self._trend.latest or 0)
        if key in _STEPS:
            self.read_out(start + _STEPS[key] if self._cursor is not None else start)
        elif key == Qt.Key.Key_Home:
            self.read_out(0)
        elif key == Qt.Key.Key_End:
            self.read_out(last)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Frame the chart and read the latest point out."""
        super().focusInEvent(event)
        self._frame(on=True)
        if self._cursor is None and self._trend is not None and self._trend.latest is not None:
            self.read_out(self._trend.latest)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self._frame(on=False)

    def _frame(self, *, on: bool) -> None:
        theme = theme_of(self.palette())
        if self._plot is not None:
            self._plot.getPlotItem().getViewBox().setBorder(self._pen(theme.focus, 2) if on else None)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of palette or font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._draw()

    def _pen(self, colour: QColor, width: float) -> QPen:
        """Return a pen of so many points of the screen; cosmetic pens count in its pixels."""
        pen = QPen(colour, width * self.devicePixelRatioF())
        pen.setCosmetic(True)
        return pen
