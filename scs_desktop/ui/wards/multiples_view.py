"""The wards' months on the screen: one small chart a ward, all on one scale, in the order of their names."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from scs_desktop.domain.periods import MONTHS_IN_YEAR, month
from scs_desktop.domain.ward_charts import Panel, SmallMultiples
from scs_desktop.ui.common.picture import picture_of
from scs_desktop.ui.common.theme import Theme, mixed, scaled, theme_of
from scs_desktop.ui.common.words import paint_text

GAP = 10.0
LEAST_WIDTH = 96.0
LEAST_LINES = 3.6
"""How many lines of text a small chart is high at least, its name among them."""
QUIET_SIZE = 0.9
WIDE_UP_TO = 60
"""Months up to which a line is drawn wide."""


class MultiplesView(QWidget):
    """The small charts. Left and right go through the months of a ward, up and down through the wards.

    Signals:
        chosen(UUID): the officer chose this ward.
        read_out(str): the month under the mouse or keyboard, in words.

    """

    chosen = Signal(object)
    read_out = Signal(str)

    _charts: SmallMultiples | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: UUID | None = None
        self._month: int | None = None
        self._lines: list[list[QPolygonF]] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Small charts of the wards' months")

    def sizeHint(self) -> QSize:
        """Room for five charts beside each other."""
        return QSize(560, 380)

    def set_charts(self, charts: SmallMultiples | None) -> None:
        """Show these."""
        self._charts = charts
        self._month = None
        self._lines = None
        self._keep_height()
        self.setAccessibleDescription(charts.text if charts is not None else "")
        self.update()

    def set_current(self, area: UUID | None) -> None:
        """Mark this ward's chart."""
        self._current = area
        self.update()

    def picture(self) -> QPixmap:
        """Return it as a picture for the clipboard."""
        return picture_of(self)

    # --- places --------------------------------------------------------------------------------------

    def _grid(self, charts: SmallMultiples) -> tuple[int, QRectF, float]:
        """Return how many charts stand in a row, the first one's place with its name, and the room of the scale."""
        metrics = QFontMetricsF(self.font())
        scale = max(metrics.horizontalAdvance(tick.label) for tick in charts.y_axis.ticks) + 6
        line = metrics.lineSpacing()
        room = self.width() - scale
        names = QFontMetricsF(scaled(self.font(), QUIET_SIZE, bold=True))
        widest = max(names.horizontalAdvance(panel.name) for panel in charts.panels)
        across = max(1, int((room + GAP) // (max(LEAST_WIDTH, widest) + GAP)))
        # Rows that are full are easier to scan than one that is nearly empty.
        rows = -(-len(charts.panels) // across)
        across = -(-len(charts.panels) // rows)
        wide = (room - GAP * (across - 1)) / across
        tall = (self.height() - line * 1.3) / rows
        return across, QRectF(scale, 0, wide, tall), line

    def _keep_height(self) -> None:
        """Keep as high as all the charts need; what holds this scrolls."""
        if self._charts is None or not self._charts.panels:
            self.setMinimumHeight(0)
            return
        across, _, line = self._grid(self._charts)
        self.setMinimumHeight(round(-(-len(self._charts.panels) // across) * line * LEAST_LINES + line * 1.3))

    def _place(self, charts: SmallMultiples, index: int) -> QRectF:
        across, first, line = self._grid(charts)
        row, column = divmod(index, across)
        whole = first.translated(column * (first.width() + GAP), row * first.height())
        return whole.adjusted(0, line * 1.15, 0, -line * 0.35)

    def panel_place(self, area: UUID) -> QRectF | None:
        """Return where the ward's chart is drawn."""
        if self._charts is None:
            return None
        return next(
            (self._place(self._charts, index) for index, one in enumerate(self._charts.panels) if one.area == area),
            None,
        )

    def _spot(self, charts: SmallMultiples, place: QRectF, x: float, y: float) -> QPointF:
        across = (x - charts.x_axis.low) / ((charts.x_axis.high - charts.x_axis.low) or 1.0)
        up = (y - charts.y_axis.low) / ((charts.y_axis.high - charts.y_axis.low) or 1.0)
        return QPointF(place.left() + place.width() * across, place.bottom() - place.height() * up)

    def _drawn_lines(self, charts: SmallMultiples) -> list[list[QPolygonF]]:
        """Return each ward's runs of months without a gap, kept until the size or the charts change."""
        if self._lines is None:
            self._lines = []
            for index, panel in enumerate(charts.panels):
                place = self._place(charts, index)
                runs: list[list[QPointF]] = [[]]
                for x, y in panel.points:
                    if y is None:
                        runs.append([])
                    else:
                        runs[-1].append(self._spot(charts, place, x, y))
                self._lines.append([QPolygonF(run) for run in runs if run])
        return self._lines

    # --- painting ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the charts."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.base)
        charts = self._charts
        if charts is not None and charts.panels:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            lines = self._drawn_lines(charts)
            across, _, line = self._grid(charts)
            for index, panel in enumerate(charts.panels):
                self._paint_panel(painter, charts, index, panel, lines[index], theme, first=index % across == 0)
                if index + across >= len(charts.panels):
                    place = self._place(charts, index)
                    below = QRectF(place.left(), place.bottom() + 1, place.width(), line)
                    self._paint_ends(painter, charts, below, theme)
        if self.hasFocus():
            painter.setPen(QPen(theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _paint_ends(self, painter: QPainter, charts: SmallMultiples, below: QRectF, theme: Theme) -> None:
        """Write the first and last month under a column, the last alone where there is no room for both."""
        font = scaled(self.font(), QUIET_SIZE)
        painter.save()
        painter.setFont(font)
        painter.setPen(theme.muted)
        painter.drawText(below, int(Qt.AlignmentFlag.AlignRight), charts.ends[1])
        if QFontMetricsF(font).horizontalAdvance("".join(charts.ends)) + 4 < below.width():
            painter.drawText(below, int(Qt.AlignmentFlag.AlignLeft), charts.ends[0])
        painter.restore()

    def _paint_panel(
        self, painter: QPainter, charts: SmallMultiples, index: int, panel: Panel, lines: list[QPolygonF],
        theme: Theme, *, first: bool,
    ) -> None:  # fmt: skip
        place = self._place(charts, index)
        chosen = panel.area == self._current
        height = QFontMetricsF(self.font()).lineSpacing()
        head = QRectF(place.left(), place.top() - height * 1.1, place.width(), height)
        if chosen:
            painter.fillRect(place.united(head).adjusted(-3, -1, 3, 1), mixed(theme.base, theme.highlight, 0.22))
        painter.save()
        painter.setFont(scaled(self.font(), QUIET_SIZE, bold=True))
        painter.setPen(theme.text)
        paint_text(painter, head, panel.name)
        painter.restore()
        for tick in (charts.y_axis.ticks[0], charts.y_axis.ticks[-1]):
            down = self._spot(charts, place, charts.x_axis.low, tick.at).y()
            painter.setPen(QPen(theme.rule, 1))
            painter.drawLine(QPointF(place.left(), down), QPointF(place.right(), down))
            if first:
                painter.setPen(theme.muted)
                label = QRectF(0, down - height / 2, place.left() - 4, height)
                painter.drawText(label, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), tick.label)
        # Wide strokes over many months cost a tenth of a second; one dot of the screen is drawn thirty times as fast.
        painter.setPen(QPen(theme.line, 1.4 if len(panel.points) <= WIDE_UP_TO else 0))
        painter.setBrush(theme.line)
        for run in lines:
            if run.count() == 1:
                painter.drawEllipse(run.at(0), 1.2, 1.2)
            else:
                painter.drawPolyline(run)
        if chosen and self._month is not None:
            x, y = panel.points[self._month]
            if y is not None:
                painter.setPen(QPen(theme.comparator, 2))
                painter.setBrush(theme.base)
                painter.drawEllipse(self._spot(charts, place, x, y), 3.5, 3.5)

    # --- reading -------------------------------------------------------------------------------------

    def _words(self, panel: Panel, number: int) -> str:
        x, y = panel.points[number]
        label = month(int(x) // MONTHS_IN_YEAR, int(x) % MONTHS_IN_YEAR + 1).label
        return f"{panel.name}, {label}: {'no figure' if y is None else f'{y:,.0f}'}"

    def _under(self, at: QPointF) -> tuple[Panel, int] | None:
        charts = self._charts
        if charts is None:
            return None
        for index, panel in enumerate(charts.panels):
            place = self._place(charts, index)
            if place.adjusted(-GAP / 2, -20, GAP / 2, 4).contains(at) and panel.points:
                nearest = min(
                    range(len(panel.points)),
                    key=lambda one: abs(self._spot(charts, place, panel.points[one][0], 0.0).x() - at.x()),
                )
                return panel, nearest
        return None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read out the month under the mouse."""
        under = self._under(event.position())
        self.setToolTip(self._words(*under) if under is not None else "")
        if under is not None:
            self.read_out.emit(self._words(*under))
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the ward under the mouse, and its month."""
        under = self._under(event.position())
        if under is not None:
            self._choose(*under)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through months and wards."""
        charts, key = self._charts, event.key()
        if charts is None or key not in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            super().keyPressEvent(event)
            return
        at = next((index for index, one in enumerate(charts.panels) if one.area == self._current), 0)
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            at = min(len(charts.panels) - 1, max(0, at + (1 if key == Qt.Key.Key_Down else -1)))
        panel = charts.panels[at]
        last = len(panel.points) - 1
        number = last if self._month is None else min(last, self._month)
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and self._month is not None:
            number = min(last, max(0, number + (1 if key == Qt.Key.Key_Right else -1)))
        self._choose(panel, number)

    def _choose(self, panel: Panel, number: int) -> None:
        self._month = number
        self.chosen.emit(panel.area)
        self.read_out.emit(self._words(panel, number))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the lines out anew."""
        self._lines = None
        self._keep_height()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Lay the lines out anew in another font."""
        super().changeEvent(event)
        self._lines = None
        self._keep_height()
        self.update()
