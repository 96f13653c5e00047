"""The layers over a chart's line: drawn as the record has them, switched on by keyboard, said in words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from scs_desktop.domain.appearance import PROCESS_COLOURS, ProcessMark, process_mark
from scs_desktop.domain.movement import IndicatorOutlook, IndicatorProcess
from scs_desktop.domain.outlook import DEFAULT_TAU
from scs_desktop.domain.periods import add_months, financial_year, month_of
from scs_desktop.domain.position import IndicatorPosition, TrendBreak, TrendPoint
from scs_desktop.domain.process import process_chart
from scs_desktop.domain.trend import Layer, Trend, trend_of
from scs_desktop.domain.trend_layers import PointNote, SignedPosition
from scs_desktop.domain.year_before import year_before
from scs_desktop.ui.common.trend_plot import TrendChart
from scs_desktop.ui.common.trend_reading import readings
from scs_desktop.ui.priority.detail import IndicatorDetail
from scs_desktop.ui.priority.layers import ALL_LAYERS, ChartMarks, reasons
from tests.domain.positions import BURGLARY, known
from tests.ui import builders

ALT = Qt.KeyboardModifier.AltModifier
SIGNED = SignedPosition(date(2011, 3, 31), "signed off for the position to 31 Mar 2011")
NOTE = PointNote(date(2011, 1, 31), "figures sent again")


def burglary(values: list[int] | None = None, **changes: object) -> IndicatorPosition:
    """Residential burglary to September 2011 with its process chart and its outlook."""
    counts = list(BURGLARY) if values is None else values
    last = date(2011, 9, 1)
    points = tuple(
        TrendPoint(month_of(add_months(last, number - len(counts) + 1)), Decimal(value))
        for number, value in enumerate(counts)
    )
    current = process_chart([float(value) for value in counts], better=-1, is_count=True).current
    limits = current.limits
    process = IndicatorProcess(
        current.state,
        len(counts),
        current.mean,
        current.drawn_lower,
        None if limits is None else limits.upper,
        process_chart([float(value) for value in counts], better=-1, is_count=True).alert,
        None,
        None,
        None,
        f"{len(counts)} months without a gap: limits of the usual movement need 6.",
    )
    outlook = IndicatorOutlook(
        financial_year(2011), 6, Decimal(1577), 3459.0, 3081.0, 3858.0, 3700.0, DEFAULT_TAU, None, "", None, None,
        None, "Heading for about 3,459.",
    )  # fmt: skip
    row = replace(builders.indicator(), trend=points, process=process, outlook=outlook)
    return replace(row, **changes)  # type: ignore[arg-type]


def seven_years() -> list[int]:
    """Months with a winter peak, one far too high and one far too low."""
    values = [260 + round(60 * math.cos(number % 12 / 12 * 2 * math.pi)) + 7 * (number % 5) for number in range(84)]
    values[40], values[60] = 480, 90
    return values


def everything(row: IndicatorPosition) -> Trend:
    """Return the chart with every layer on."""
    return trend_of(row, layers=ALL_LAYERS, signed=[SIGNED], notes=[NOTE], comparators=year_before(row))


@pytest.fixture
def chart(qtbot: QtBot, _font: None) -> Iterator[TrendChart]:
    """A chart of its own."""
    made = TrendChart()
    qtbot.addWidget(made)
    made.resize(800, 400)
    made.make_ready()
    yield made
    made.close_plot()


@pytest.fixture
def detail(qtbot: QtBot, _font: None) -> Iterator[IndicatorDetail]:
    """The lower half of the priority page, in front of the officer."""
    made = IndicatorDetail()
    qtbot.addWidget(made)
    made.resize(1120, 520)
    made.chart.make_ready()
    made.show_indicator(burglary())
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    yield made
    made.chart.close_plot()


def drawn(chart: TrendChart) -> Counter[str]:
    """Count what stands in the plot by what it stands for; of scattered points each one."""
    import pyqtgraph

    from scs_desktop.ui.common.trend_items import kind_of

    assert chart._plot is not None
    found: Counter[str] = Counter()
    for item in chart._plot.getPlotItem().items:
        kind = kind_of(item)
        if kind:
            found[kind] += len(item.getData()[0]) if isinstance(item, pyqtgraph.ScatterPlotItem) else 1
    return found


@pytest.mark.parametrize("values", [BURGLARY, seven_years()], ids=["18 months", "seven years"])
def test_what_is_drawn_is_what_the_record_holds(chart: TrendChart, values: list[int]) -> None:
    trend = everything(burglary(values))
    chart.set_trend(trend)
    found = drawn(chart)
    assert trend.process is not None
    assert trend.fan is not None
    assert found["limit"] == 2
    assert found["near-limit"] == 2
    assert found["mean"] == 1
    marked = Counter(process_mark(mark.variation).value for mark in trend.process.marks)
    assert {kind.value: found[kind.value] for kind in ProcessMark if found[kind.value]} == marked
    assert found["point"] == len(values) - len(trend.process.marks)
    assert found["fan"] == found["median"] == 1
    assert found["seasonal"] == (trend.seasonal is not None) == (len(values) >= 36)
    assert found["sign-off"] == len(trend.sign_offs) == 1
    assert found["note"] == len(trend.notes) == 1
    assert found["comparator"] == len(trend.comparators) == 1
    assert found["line"] == len(trend.stretches)
    assert found["baseline"] == 1


def test_without_layers_the_line_stands_alone(chart: TrendChart) -> None:
    trend = trend_of(burglary())
    chart.set_trend(trend)
    assert drawn(chart) == {"grid": 1, "baseline": 1, "line": 1, "point": 18}
    assert not chart.key.isVisibleTo(chart)


def test_lines_are_broken_where_the_definition_changed(chart: TrendChart) -> None:
    broken = burglary(breaks=(TrendBreak(financial_year(2011), "definition 2"),))
    chart.set_trend(trend_of(broken))
    assert drawn(chart)["break"] == 1
    assert drawn(chart)["line"] == 2


def test_marks_differ_in_shape_and_in_colour(chart: TrendChart) -> None:
    from scs_desktop.ui.common.trend_items import SYMBOLS, kind_of

    chart.set_trend(everything(burglary(seven_years())))
    assert chart._plot is not None
    fills = {
        kind_of(item): item.opts["brush"].color().name()
        for item in chart._plot.getPlotItem().items
        if kind_of(item) in {"improvement", "concern"}
    }
    assert fills == {
        kind.value: PROCESS_COLOURS[kind].lower() for kind in (ProcessMark.IMPROVEMENT, ProcessMark.CONCERN)
    }
    assert len(set(SYMBOLS.values())) == len(ProcessMark)


@pytest.mark.parametrize("dark", [False, True])
def test_names_at_the_edge_can_be_read_in_light_and_dark(chart: TrendChart, *, dark: bool) -> None:
    from scs_desktop.ui.common.theme import contrast

    ground = QColor("#1a1a1a" if dark else "#ffffff")
    palette = QPalette(QColor("#333333" if dark else "#efefef"))
    palette.setColor(QPalette.ColorRole.Base, ground)
    palette.setColor(QPalette.ColorRole.Text, QColor("#f0f0f0" if dark else "#000000"))
    chart.setPalette(palette)
    chart.set_trend(everything(burglary(seven_years())))
    assert chart._edge is not None
    names = {label.text: label.colour for label in chart._edge.labels}
    assert {"seasonally adjusted", "year before", "outlook, 80 %"} <= set(names)
    assert all(contrast(colour, ground) >= 4.49 for colour in names.values())


def test_names_at_the_edge_do_not_run_into_each_other() -> None:
    from scs_desktop.domain.label_places import spread

    placed = spread([100.0, 101.0, 103.0, 300.0], 16.0, 0.0, 300.0)
    assert [round(after - before) for before, after in pairwise(placed)] == [16, 16, 160]
    assert placed[-1] == 292.0


def test_the_read_out_says_the_signal(chart: TrendChart) -> None:
    chart.set_trend(everything(burglary()))
    chart.read_out(9)
    assert chart.readout.text() == "January 2011: 397, outside the limits, a concern; note: figures sent again"
    chart.read_out(0)
    assert chart.readout.text() == "April 2010: 220, usual variation"
    chart.read_out(12)
    assert chart.readout.text().endswith("; year before 220")


def test_keys_go_on_into_the_outlook(chart: TrendChart) -> None:
    trend = everything(burglary())
    chart.set_trend(trend)
    assert trend.fan is not None
    QTest.keyClick(chart, Qt.Key.Key_End)
    assert chart.at_point == len(trend.points) + 5
    assert chart.readout.text().startswith("March 2012: outlook ")
    assert "80 % range" in chart.readout.text()
    QTest.keyClick(chart, Qt.Key.Key_Home)
    assert chart.readout.text().startswith("April 2010: 220")


def test_the_read_out_stays_where_it_is_when_a_layer_comes(chart: TrendChart) -> None:
    row = burglary()
    chart.set_trend(trend_of(row))
    chart.read_out(9)
    chart.set_trend(trend_of(row, layers=[Layer.PROCESS]))
    assert chart.at_point == 9
    assert chart.readout.text() == "January 2011: 397, outside the limits, a concern"


def test_the_key_names_the_marks_that_are_there(chart: TrendChart) -> None:
    chart.set_trend(everything(burglary()))
    assert chart.key.accessibleName() == "Marks: usual variation, concern"


def test_a_layer_is_switched_on_and_off_by_its_access_key(detail: IndicatorDetail, qtbot: QtBot) -> None:
    assert "limit" not in drawn(detail.chart)
    for shown in (True, False):
        QTest.keyClick(detail, Qt.Key.Key_L, ALT)
        qtbot.wait(150)
        assert detail.layers.buttons[Layer.PROCESS].isChecked() is shown
        assert bool(drawn(detail.chart)["limit"]) is shown


def test_a_choice_is_kept_for_the_next_indicator_that_allows_it(detail: IndicatorDetail) -> None:
    detail.layers.buttons[Layer.PROCESS].click()
    detail.show_indicator(builders.indicator("2.1", "Worry", trend=builders.survey(builders.SURVEY)))
    button = detail.layers.buttons[Layer.PROCESS]
    assert not button.isEnabled()
    assert not button.isChecked()
    detail.show_indicator(burglary())
    assert button.isChecked()
    assert drawn(detail.chart)["limit"] == 2


@pytest.mark.parametrize(
    ("row", "layer", "reason"),
    [
        (burglary(), Layer.SEASONAL, "Needs 36 months without a gap; 18 months stored."),
        (burglary([220, 211, 222]), Layer.PROCESS, "3 months without a gap: limits of the usual movement need 6."),
        (burglary(), Layer.SIGN_OFFS, "No report is signed off for these months."),
        (burglary(), Layer.NOTES, "No figure of the line bears a note."),
        (burglary([220, 211, 222]), Layer.COMPARATORS, "Needs 14 months; 3 months stored."),
        (
            burglary(outlook=None, outlook_sentence="2011/12 is complete: no outlook is needed."),
            Layer.OUTLOOK,
            "2011/12 is complete: no outlook is needed.",
        ),
    ],
)
def test_a_layer_that_cannot_be_says_why(
    detail: IndicatorDetail, row: IndicatorPosition, layer: Layer, reason: str
) -> None:
    detail.show_indicator(row)
    button = detail.layers.buttons[layer]
    assert not button.isEnabled()
    assert button.toolTip() == reason
    assert button.accessibleDescription() == reason


def test_no_layer_is_barred_that_can_be_drawn() -> None:
    row = burglary(seven_years())
    assert reasons(row, everything(row)) == {}


def test_notes_and_signed_papers_come_when_they_are_read(detail: IndicatorDetail) -> None:
    detail.layers.buttons[Layer.PROCESS].click()
    detail.show_marks(known("1.3"), ChartMarks((SIGNED,), (NOTE,)))
    for layer, kind in ((Layer.NOTES, "note"), (Layer.SIGN_OFFS, "sign-off")):
        assert detail.layers.buttons[layer].isEnabled()
        detail.layers.buttons[layer].click()
        assert drawn(detail.chart)[kind] == 1


def test_the_table_has_the_layers_as_columns(detail: IndicatorDetail) -> None:
    assert detail.figures.as_text().splitlines()[0] == "Period\tFigure\tState"
    for layer in (Layer.PROCESS, Layer.OUTLOOK, Layer.COMPARATORS):
        detail.layers.buttons[layer].click()
    lines = detail.figures.as_text().splitlines()
    assert lines[0] == "Period\tFigure\tState\tSignal\tOutlook\t80 % range\tYear before"
    assert len(lines) == 1 + 6 + 18
    assert lines[1].startswith("March 2012\t\toutlook\t\t")
    assert lines[7] == "September 2011\t208\t\tusual variation\t\t\t256"


def test_the_picture_the_table_and_the_read_out_hold_the_same_points() -> None:
    trend = everything(burglary(seven_years()))
    rows = readings(trend)
    assert trend.fan is not None
    assert len(rows) == len(trend.points) + len(trend.fan.points)
    assert [one.y for one in rows[: len(trend.points)]] == [point.y for point in trend.points]


def test_every_toggle_has_a_role_a_name_and_an_access_key(detail: IndicatorDetail) -> None:
    QAccessible.setActive(True)
    QApplication.processEvents()
    letters = set()
    for button in detail.layers.buttons.values():
        node = QAccessible.queryAccessibleInterface(button)
        assert node is not None
        assert node.role() == QAccessible.Role.CheckBox
        assert node.text(QAccessible.Text.Name)
        assert node.state().checkable
        letters.add(button.text().partition("&")[2][:1].casefold())
    assert len(letters) == len(Layer)
    assert letters.isdisjoint("cbiusrvgthp")
    QAccessible.setActive(False)
