"""The layers of a chart on paper: as many of each as the record holds."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest

from scs_desktop.domain.appearance import ProcessMark, process_mark
from scs_desktop.domain.periods import month, months_between
from scs_desktop.domain.position import IndicatorPosition, TrendPoint
from scs_desktop.domain.trend import Trend, trend_of
from scs_desktop.domain.trend_layers import ComparatorSeries, Layer, PointNote, SignedPosition
from scs_desktop.reports.chart_svg import ChartStyle, chart_svg
from tests.domain.barnet_months import RESIDENTIAL_BURGLARY, VIOLENCE
from tests.domain.builders import StrategyBuilder, counted

APRIL_2010 = date(2010, 4, 1)
NOVEMBER_2012 = date(2012, 11, 30)


def row(position: date = date(2013, 3, 31)) -> IndicatorPosition:
    strategy = StrategyBuilder()
    strategy.indicator("1.3", "Residential burglary", counted("3354"), noun="burglaries")
    strategy.months("1.3", APRIL_2010, RESIDENTIAL_BURGLARY)
    return strategy.row("1.3", position)


def full(position: date = NOVEMBER_2012) -> Trend:
    beside = tuple(
        TrendPoint(period, Decimal(value))
        for period, value in zip(months_between(APRIL_2010, position), VIOLENCE, strict=False)
    )
    return trend_of(
        row(position),
        layers=set(Layer),
        signed=(SignedPosition(date(2011, 9, 30), "Board, Q2 2011/12"), SignedPosition(date(2020, 1, 31), "later")),
        notes=(PointNote(month(2010, 12).end, "snow"), PointNote(month(2011, 1).end, "new recording")),
        comparators=(ComparatorSeries("Violence", beside),),
    )


def drawn(trend: Trend, style: ChartStyle = ChartStyle.LARGE) -> ET.Element:
    return ET.fromstring(chart_svg(trend, width=420, height=180, style=style))  # noqa: S314  our own text


def classes(trend: Trend) -> Counter[str]:
    return Counter(one.get("class", "") for one in drawn(trend).iter())


def test_every_layer_is_drawn_as_often_as_the_record_holds_it() -> None:
    trend = full()
    found = classes(trend)
    assert trend.process is not None
    assert trend.fan is not None
    assert (found["limit"], found["near-limit"], found["mean"]) == (2, 2, 1)
    kinds = Counter(process_mark(mark.variation) for mark in trend.process.marks)
    assert sum(kinds.values()) == len(trend.points) == 32
    assert kinds[ProcessMark.CONCERN] > 0
    for kind in ProcessMark:
        assert found[f"mark {kind.value}"] == kinds[kind]
    assert (found["fan"], found["median"]) == (1, 1)
    assert found["comparator"] == len(trend.comparators) == 1
    assert found["sign-off"] == len(trend.sign_offs) == 1
    letters = {one.text for one in drawn(trend).iter() if one.tag.endswith("text")}
    assert len(trend.notes) == 2
    assert {"a", "b"} <= letters


def test_the_fan_reaches_the_years_end_month_by_month() -> None:
    trend = full()
    assert trend.fan is not None
    assert [point.label for point in trend.fan.points] == [
        "December 2012", "January 2013", "February 2013", "March 2013",
    ]  # fmt: skip
    (median,) = (one for one in drawn(trend).iter() if one.get("class") == "median")
    assert len(median.attrib["points"].split()) == 1 + len(trend.fan.points)
    (area,) = (one for one in drawn(trend).iter() if one.get("class") == "fan")
    assert len(area.attrib["points"].split()) == 1 + 2 * len(trend.fan.points)
    for point in trend.fan.points:
        assert point.low < point.median < point.high
        assert trend.y_axis.low <= point.low <= point.high <= trend.y_axis.high
    assert trend.x_axis.high == trend.fan.points[-1].x


def test_the_adjusted_line_needs_three_years() -> None:
    assert full().seasonal is None
    trend = trend_of(row(), layers={Layer.SEASONAL})
    assert trend.seasonal is not None
    assert len(trend.seasonal.points) == 36
    (line,) = (one for one in drawn(trend).iter() if one.get("class") == "seasonal")
    assert len(line.attrib["points"].split()) == 36


def test_nothing_is_drawn_that_is_not_switched_on() -> None:
    found = classes(trend_of(row(NOVEMBER_2012)))
    names = {"limit", "near-limit", "mean", "fan", "median", "comparator", "seasonal", "sign-off", "mark common"}
    assert not names & set(found)


def test_a_small_picture_leaves_the_layers_out() -> None:
    found = Counter(one.get("class", "") for one in drawn(full(), ChartStyle.SMALL).iter())
    assert found["limit"] == found["fan"] == 0


def test_the_text_tells_every_layer() -> None:
    text = full().text
    for words in (
        "Mean 282, limits", "with a signal", "Fan to March 2013: median", "Heading for about", "Papers: Board, Q2",
        "Notes: snow; new recording.", "Beside it: Violence, latest 288.",
    ):  # fmt: skip
        assert words in text
    assert "seasonally adjusted, latest" in trend_of(row(), layers={Layer.SEASONAL}).text


@pytest.mark.parametrize("last", [date(2012, 3, 31), date(2011, 1, 31)])
def test_a_window_that_ends_before_the_latest_figure_has_no_fan(last: date) -> None:
    trend = trend_of(row(NOVEMBER_2012), last=last, layers=set(Layer))
    assert trend.fan is None
    assert trend.process is not None
    assert max(mark.point for mark in trend.process.marks) == len(trend.points) - 1
    ET.fromstring(chart_svg(trend, width=420, height=180, style=ChartStyle.LARGE))  # noqa: S314  our own text
