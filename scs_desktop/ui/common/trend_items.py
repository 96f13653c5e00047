"""A trend's record as pyqtgraph items, one after the other; loaded when the first chart is wanted.

Every item bears under ``KIND`` what it stands for, so that a test counts what is drawn against the record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPolygonItem, QStyleOptionGraphicsItem, QWidget

from scs_desktop.domain.appearance import PROCESS_COLOURS, SERIES, SERIES_DARK, ProcessMark, process_mark
from scs_desktop.domain.label_places import spread
from scs_desktop.domain.line_styles import LINE_STYLES, ChartLine, Ink
from scs_desktop.domain.trend import Line, PlottedPoint, Trend
from scs_desktop.domain.trend_layers import FanLayer, ProcessLayer
from scs_desktop.ui.common.theme import Theme, legible, mixed

KIND = 0
NOTE_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_GAP = 6.0
_CROWD = 100
_CROWDED = 0.7
_FAN_SHARE = 0.24
_POINT = 1.5
_MOST_WIDTH = 190.0
_SIGN_OFF_HEIGHT = 0.07
_UNDER, _BAND, _LIMITS, _OTHERS, _FIGURES, _POINTS, _ABOVE = -10, -12, -6, -4, 0, 1, 2
# Symbol and size of each mark: small ring, circle, square, diamond.
SYMBOLS = {
    ProcessMark.COMMON: ("o", 5),
    ProcessMark.IMPROVEMENT: ("o", 9),
    ProcessMark.CONCERN: ("s", 8),
    ProcessMark.NEUTRAL: ("d", 11),
}

Places = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class EdgeLabel:
    """A line's name at the right edge, wished for at a height of the chart's scale."""

    at: float
    text: str
    colour: QColor
    bold: bool = False


class EdgeLabels(pyqtgraph.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """The room at the right of the plot, in which each line is named beside its end; no two names overlap."""

    def __init__(self) -> None:
        super().__init__("right")
        self._labels: tuple[EdgeLabel, ...] = ()
        self._font = QFont()

    def set_labels(self, labels: Sequence[EdgeLabel], font: QFont) -> None:
        """Show these, in room for the widest of them."""
        self._labels, self._font = tuple(labels), font
        widest = max((self._metrics(one).horizontalAdvance(one.text) for one in labels), default=0.0)
        self.setWidth(min(_MOST_WIDTH, widest) + 2 * _GAP)
        self.update()

    @property
    def labels(self) -> tuple[EdgeLabel, ...]:
        """What is written."""
        return self._labels

    def _metrics(self, label: EdgeLabel) -> QFontMetricsF:
        font = QFont(self._font)
        font.setBold(label.bold)
        return QFontMetricsF(font)

    def paint(self, painter: QPainter, _: QStyleOptionGraphicsItem, __: QWidget | None = None) -> None:
        """Write the labels, each as near to its height as the others let it."""
        rect = self.mapRectFromParent(self.geometry())
        low, high = self.range
        line = QFontMetricsF(self._font).height()
        if high <= low or not self._labels:
            return
        ordered = sorted(self._labels, key=lambda one: -one.at)
        wished = [rect.bottom() - (one.at - low) / (high - low) * rect.height() for one in ordered]
        for label, middle in zip(ordered, spread(wished, line, rect.top(), rect.bottom()), strict=True):
            font = QFont(self._font)
            font.setBold(label.bold)
            painter.setFont(font)
            painter.setPen(label.colour)
            room = QRectF(rect.left() + _GAP, middle - line / 2, rect.width() - _GAP, line)
            text = self._metrics(label).elidedText(label.text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where a trend is drawn: the plot, the colours, the font, and what makes a pen of so many points."""

    plot: pyqtgraph.PlotItem
    theme: Theme
    font: QFont
    pen: Callable[[QColor, float], QPen]

    def series(self, number: int) -> QColor:
        """Return the series colour of that number, legible on the ground."""
        colours = SERIES_DARK if self.theme.dark else SERIES
        return legible(QColor(colours[number % len(colours)]), self.theme.base, 3.0)

    def add(self, item: QGraphicsItem, kind: str, depth: float) -> None:
        """Add an item of that kind."""
        # pyqtgraph's own items use the name setData for their points.
        QGraphicsItem.setData(item, KIND, kind)
        item.setZValue(depth)
        self.plot.addItem(item, ignoreBounds=True)

    def curve(self, kind: str, places: Places, pen: QPen, depth: float, *, pairs: bool = False) -> None:
        """Draw a line through the places, or one line for each pair of them."""
        item = pyqtgraph.PlotCurveItem(
            [x for x, _ in places],
            [y for _, y in places],
            pen=pen,
            connect="pairs" if pairs else "all",
            antialias=not pairs and len(places) > 2,  # noqa: PLR2004 - level lines are sharper without
        )
        if pen.style() == Qt.PenStyle.SolidLine:
            # A thick polyline is stroked as a whole, which takes ten times as long as its pieces do.
            item.setSegmentedLineMode("on")
        self.add(item, kind, depth)

    def dashed(self, colour: QColor, width: float, *pattern: float) -> QPen:
        """Return a pen of dashes and gaps."""
        pen = self.pen(colour, width)
        pen.setDashPattern(list(pattern))
        return pen

    def styled(self, line: ChartLine, places: Places, depth: float, series: QColor | None = None) -> QColor:
        """Draw one of a chart's lines as its style says, and return its colour."""
        style = LINE_STYLES[line]
        colour = {
            Ink.TEXT: self.theme.text,
            Ink.QUIET: self.theme.muted,
            Ink.FIGURES: self.theme.line,
            Ink.TARGET: self.theme.comparator,
            Ink.SERIES: series or self.theme.text,
        }[style.ink]
        self.curve(line.value, places, self.line_pen(line, colour), depth)
        return colour

    def line_pen(self, line: ChartLine, colour: QColor) -> QPen:
        """Return the pen of a line: a point on paper is about one and a half on the screen."""
        style = LINE_STYLES[line]
        width = _POINT * style.weight
        return self.dashed(colour, width, *style.dash) if style.dash else self.pen(colour, width)

    def letters(self, kind: str, text: str, at: tuple[float, float], anchor: tuple[float, float]) -> None:
        """Write a text at a place."""
        item = pyqtgraph.TextItem(text, color=self.theme.text, anchor=anchor)
        item.setFont(self.font)
        item.setPos(QPointF(*at))
        self.add(item, kind, _ABOVE)


def kind_of(item: QGraphicsItem) -> str:
    """Return what an item stands for: "limit", "fan", "concern"; nothing for the plot's own."""
    return str(QGraphicsItem.data(item, KIND) or "")


def draw_trend(trend: Trend, drawing: Drawing) -> tuple[EdgeLabel, ...]:
    """Draw everything the record holds, and return what is to be written at the right edge."""
    theme, low, high = drawing.theme, trend.x_axis.low, trend.x_axis.high
    ends = [(x, tick.at) for tick in trend.y_axis.ticks for x in (low - 1, high + 1)]
    drawing.curve("grid", ends, drawing.pen(theme.rule, 1), _UNDER, pairs=True)
    labels: list[EdgeLabel] = []
    if trend.latest is not None:
        last = trend.points[trend.latest]
        said = last.text.partition(": ")[2].removesuffix(" (provisional)")
        labels.append(EdgeLabel(last.y or 0.0, said, theme.line, bold=True))
    for mark in trend.breaks:
        line = pyqtgraph.InfiniteLine(mark.x, 90, drawing.line_pen(ChartLine.BREAK, theme.muted), label=mark.label)
        line.label.setColor(theme.muted)
        line.label.setPosition(0.07 if trend.clear_foot else 0.9)
        drawing.add(line, "break", _LIMITS)
    if trend.process is not None:
        labels.append(_limits(trend.process, drawing))
    if trend.fan is not None:
        labels.append(_fan(trend.fan, drawing))
    if trend.baseline is not None:
        labels.append(_reference(ChartLine.BASELINE, trend.baseline, drawing))
    if trend.target is not None:
        labels.append(_reference(ChartLine.TARGET, trend.target, drawing))
    for number, other in enumerate(trend.comparators):
        colour = drawing.series(3 + number)
        drawing.styled(ChartLine.COMPARATOR, other.points, _OTHERS, colour)
        labels.append(EdgeLabel(other.points[-1][1], other.label, legible(colour, theme.base, 4.5)))
    if trend.seasonal is not None:
        colour = drawing.series(1)
        drawing.styled(ChartLine.SEASONAL, trend.seasonal.points, _OTHERS, colour)
        labels.append(EdgeLabel(trend.seasonal.points[-1][1], trend.seasonal.label, legible(colour, theme.base, 4.5)))
    _figures(trend, drawing)
    _marks(trend, drawing)
    return tuple(labels)


def _limits(layer: ProcessLayer, drawing: Drawing) -> EdgeLabel:
    for group in layer.groups:
        for line, level in (
            (ChartLine.LIMIT, group.lower),
            (ChartLine.LIMIT, group.upper),
            (ChartLine.NEAR_LIMIT, group.near_lower),
            (ChartLine.NEAR_LIMIT, group.near_upper),
            (ChartLine.MEAN, group.mean),
        ):
            drawing.styled(line, ((group.start, level), (group.end, level)), _LIMITS)
    return EdgeLabel(layer.upper, layer.label, drawing.theme.muted)


def _fan(layer: FanLayer, drawing: Drawing) -> EdgeLabel:
    upper = [layer.start, *((point.x, point.high) for point in layer.points)]
    lower = [(point.x, point.low) for point in reversed(layer.points)]
    band = QGraphicsPolygonItem(QPolygonF([QPointF(*at) for at in (*upper, *lower)]))
    band.setPen(QPen(Qt.PenStyle.NoPen))
    band.setBrush(QBrush(mixed(drawing.theme.base, drawing.theme.line, _FAN_SHARE)))
    drawing.add(band, "fan", _BAND)
    median = [layer.start, *((point.x, point.median) for point in layer.points)]
    drawing.styled(ChartLine.MEDIAN, median, _OTHERS)
    return EdgeLabel(layer.points[-1].median, "outlook, 80 %", drawing.theme.line)


def _reference(kind: ChartLine, line: Line, drawing: Drawing) -> EdgeLabel:
    return EdgeLabel(line.points[-1][1], line.label, drawing.styled(kind, line.points, _OTHERS))


def _figures(trend: Trend, drawing: Drawing) -> None:
    theme = drawing.theme
    for stretch in trend.stretches:
        joined = [trend.points[index] for index in stretch.points]
        pen = drawing.dashed(theme.line, 2, 3, 3) if stretch.provisional else drawing.pen(theme.line, 2)
        places = [(point.x, point.y) for point in joined if point.y is not None]
        if len(places) > 1:
            drawing.curve("line", places, pen, _FIGURES)
    marked = set() if trend.process is None else {mark.point for mark in trend.process.marks}
    plain = [point for index, point in enumerate(trend.points) if index not in marked and point.y is not None]
    for provisional, kind in ((False, "point"), (True, "provisional point")):
        some = [point for point in plain if point.provisional is provisional]
        fill = theme.base if provisional else theme.line
        _scatter(kind, some, "o", 6, drawing.pen(theme.line, 1.4), fill, drawing)


def _marks(trend: Trend, drawing: Drawing) -> None:
    theme = drawing.theme
    by_kind: dict[ProcessMark, list[PlottedPoint]] = {}
    for mark in () if trend.process is None else trend.process.marks:
        by_kind.setdefault(process_mark(mark.variation), []).append(trend.points[mark.point])
    share = _CROWDED if len(trend.points) > _CROWD else 1
    for kind, points in by_kind.items():
        symbol, size = SYMBOLS[kind][0], round(share * SYMBOLS[kind][1])
        colour = QColor(PROCESS_COLOURS[kind])
        if kind is ProcessMark.COMMON:
            pen, fill = drawing.pen(legible(colour, theme.base, 3.0), 1.2), theme.base
        else:
            pen, fill = drawing.pen(theme.text, 0.7), colour
        _scatter(kind.value, points, symbol, size, pen, fill, drawing, depth=_ABOVE)
    bottom = trend.y_axis.low
    top = bottom + _SIGN_OFF_HEIGHT * (trend.y_axis.high - bottom)
    for signed in trend.sign_offs:
        drawing.styled(ChartLine.SIGN_OFF, ((signed.x, bottom), (signed.x, top)), _ABOVE)
    for number, note in enumerate(trend.notes):
        point = trend.points[note.point]
        place = (point.x, trend.y_axis.high) if point.y is None else (point.x, point.y)
        letter = NOTE_LETTERS[number % len(NOTE_LETTERS)]
        drawing.letters("note", letter, place, (0.5, 0.0 if point.y is None else 1.1))


def _scatter(
    kind: str,
    points: Sequence[PlottedPoint],
    symbol: str,
    size: int,
    pen: QPen,
    fill: QColor,
    drawing: Drawing,
    *,
    depth: float = _POINTS,
) -> None:
    if points:
        places = [(point.x, point.y) for point in points if point.y is not None]
        item = pyqtgraph.ScatterPlotItem(
            [x for x, _ in places],
            [y for _, y in places],
            symbol=symbol,
            size=size,
            pen=pen,
            brush=QBrush(fill),
            antialias=True,
        )
        drawing.add(item, kind, depth)
