"""The window's chart and the paper's, drawn from one record: the same lines, points, marks and names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from pytestqt.qtbot import QtBot

from scs_desktop.domain.line_styles import LINE_STYLES, ChartLine
from scs_desktop.domain.periods import financial_year, months_between
from scs_desktop.domain.position import IndicatorPosition, TrendBreak, TrendPoint
from scs_desktop.domain.strategy import Polarity
from scs_desktop.domain.trend import Trend, trend_of
from scs_desktop.domain.trend_layers import Layer, PointNote, SignedPosition
from scs_desktop.domain.year_before import year_before
from scs_desktop.reports.chart_svg import ChartStyle, chart_svg
from scs_desktop.ui.common.trend_plot import TrendChart
from tests.domain.barnet_months import RESIDENTIAL_BURGLARY
from tests.domain.builders import StrategyBuilder, counted

APRIL_2010 = date(2010, 4, 1)
SIGNED = SignedPosition(date(2011, 9, 30), "signed off for the position to 30 September 2011")
NOTE = PointNote(date(2011, 1, 31), "figures sent again")
MARKS = ("common", "improvement", "concern", "neutral")


def burglary(last: date, *, provisional: int = 2) -> IndicatorPosition:
    months = len(months_between(APRIL_2010, last))
    strategy = StrategyBuilder()
    strategy.indicator("1.3", "Residential burglary", counted("3354"), noun="burglaries")
    strategy.months("1.3", APRIL_2010, RESIDENTIAL_BURGLARY[:months], provisional=provisional)
    row = strategy.row("1.3", last)
    path = tuple(TrendPoint(financial_year(year), Decimal(280 - 8 * (year - 2010))) for year in (2010, 2011, 2012))
    return replace(row, target_path=path)


def gap(row: IndicatorPosition, at: int) -> IndicatorPosition:
    points = list(row.trend)
    points[at] = replace(points[at], value=None, text="not supplied")
    return replace(row, trend=tuple(points))


def charts() -> dict[str, Trend]:
    """Charts with every layer alone, in pairs and together; with a gap, a break and a single figure."""
    whole, part = burglary(date(2013, 3, 31)), burglary(date(2012, 11, 30))
    found = {"plain": trend_of(part), "with a gap": trend_of(gap(part, 9), layers=set(Layer))}
    for size in (1, 2):
        for layers in combinations(Layer, size):
            name = " and ".join(layers)
            found[name] = trend_of(part, layers=layers, signed=[SIGNED], notes=[NOTE], comparators=year_before(part))
    for name, row in (("all at the year's end", whole), ("all", part)):
        found[name] = trend_of(row, layers=set(Layer), signed=[SIGNED], notes=[NOTE], comparators=year_before(row))
    broken = replace(part, breaks=(TrendBreak(part.trend[14].period, "new counting rules"),))
    found["broken"] = trend_of(broken, layers={Layer.PROCESS})
    found["higher is better"] = trend_of(replace(part, polarity=Polarity.HIGHER), layers={Layer.PROCESS})
    found["one figure"] = trend_of(replace(part, trend=part.trend[-1:]), layers=set(Layer))
    return found


@pytest.fixture(scope="module")
def records() -> dict[str, Trend]:
    return charts()


@pytest.fixture
def chart(qtbot: QtBot, _font: None) -> Iterator[TrendChart]:
    made = TrendChart()
    qtbot.addWidget(made)
    made.resize(900, 420)
    made.make_ready()
    yield made
    made.close_plot()


def on_paper(trend: Trend) -> ET.Element:
    return ET.fromstring(chart_svg(trend, width=420, height=180, style=ChartStyle.LARGE))  # noqa: S314  our own text


def counted_on_paper(trend: Trend) -> Counter[str]:
    """Count what the paper shows, under the names of the window's items."""
    names = {"settled": "line", "provisional": "line", "dot": "point", "ring": "provisional point"}
    found: Counter[str] = Counter()
    for one in on_paper(trend).iter():
        kind = one.get("class", "").removeprefix("mark ")
        if kind and kind not in {"grid", "tick"}:
            found[names.get(kind, kind)] += 1
    found["note"] = len(trend.notes)
    return found


def counted_on_screen(chart: TrendChart) -> Counter[str]:
    import pyqtgraph

    from scs_desktop.ui.common.trend_items import kind_of

    assert chart._plot is not None
    found: Counter[str] = Counter()
    for item in chart._plot.getPlotItem().items:
        kind = kind_of(item)
        if kind and kind != "grid":
            found[kind] += len(item.getData()[0]) if isinstance(item, pyqtgraph.ScatterPlotItem) else 1
    return found


def names_on_paper(trend: Trend) -> list[str]:
    """The names at the lines' ends: the texts right of the plot, from the top down."""
    texts = [one for one in on_paper(trend).iter() if one.tag.endswith("text") and one.get("text-anchor") == "start"]
    ends = max(float(one.attrib["x"]) for one in texts)
    right = [one for one in texts if float(one.attrib["x"]) == ends]
    return [one.text or "" for one in sorted(right, key=lambda one: float(one.attrib["y"]))]


def test_each_chart_shows_as_much_of_everything_on_both(chart: TrendChart, records: dict[str, Trend]) -> None:
    kinds: Counter[str] = Counter()
    for name, trend in records.items():
        chart.set_trend(trend)
        screen, paper = +counted_on_screen(chart), +counted_on_paper(trend)
        assert screen == paper, name
        kinds += screen
    wanted = {line.value for line in ChartLine} | {"line", "point", "provisional point", "fan", "note", *MARKS[:3]}
    assert wanted <= set(kinds), "every kind of line and mark is in some chart"


def test_the_lines_are_named_alike_and_in_one_order(chart: TrendChart, records: dict[str, Trend]) -> None:
    for name, trend in records.items():
        chart.set_trend(trend)
        assert chart._edge is not None
        screen = [one.text for one in sorted(chart._edge.labels, key=lambda one: -one.at)]
        assert screen == names_on_paper(trend), name


def test_a_line_has_the_same_dashes_on_both(chart: TrendChart, records: dict[str, Trend]) -> None:
    from scs_desktop.ui.common.trend_items import kind_of

    seen: set[str] = set()
    for trend in records.values():
        chart.set_trend(trend)
        assert chart._plot is not None
        paper = {one.get("class", ""): one for one in on_paper(trend).iter()}
        for item in chart._plot.getPlotItem().items:
            kind = kind_of(item)
            if kind in set(ChartLine):
                style = LINE_STYLES[ChartLine(kind)]
                pen = item.pen if kind == ChartLine.BREAK else item.opts["pen"]
                assert tuple(pen.dashPattern()) == style.dash, kind
                drawn = [float(part) / style.weight for part in paper[kind].get("stroke-dasharray", "").split()]
                assert drawn == pytest.approx(style.dash, abs=0.01), kind
                seen.add(kind)
    assert seen == {line.value for line in ChartLine}


def test_both_say_the_same_to_those_who_cannot_see(chart: TrendChart, records: dict[str, Trend]) -> None:
    for trend in records.values():
        chart.set_trend(trend)
        said = [one.text for one in on_paper(trend).iter() if one.tag.endswith("desc")]
        assert said == [chart.accessibleDescription()] == [trend.text]
