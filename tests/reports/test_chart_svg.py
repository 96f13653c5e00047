from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import financial_year
from scs_desktop.domain.position import TrendBreak, TrendPoint
from scs_desktop.domain.trend import Trend, trend_of
from scs_desktop.reports.chart_svg import ChartStyle, chart_svg
from tests.domain.positions import BURGLARY, months
from tests.reports.positions import burglary

SVG = "{http://www.w3.org/2000/svg}"
WIDTH, HEIGHT = 74.0, 14.0


def drawn(trend: Trend, style: ChartStyle = ChartStyle.SMALL, **wishes: float | tuple[float, float]) -> ET.Element:
    width, height = (WIDTH, HEIGHT) if style is ChartStyle.SMALL else (420.0, 180.0)
    span, room = wishes.get("span"), wishes.get("label_width")
    assert span is None or isinstance(span, tuple)
    assert room is None or isinstance(room, float)
    return ET.fromstring(chart_svg(trend, width=width, height=height, style=style, span=span, label_width=room))  # noqa: S314  our own text


def of_class(picture: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in picture.iter() if one.get("class") == name]


def places(line: ET.Element) -> list[tuple[float, float]]:
    pairs = [pair.split(",") for pair in line.attrib["points"].split()]
    return [(float(x), float(y)) for x, y in pairs]


def texts(picture: ET.Element) -> list[str]:
    return [one.text or "" for one in picture.iter(f"{SVG}text")]


def test_every_month_of_the_record_is_a_point_of_the_line() -> None:
    trend = trend_of(burglary(provisional=0))
    (line,) = of_class(drawn(trend), "settled")
    assert len(places(line)) == len(BURGLARY)
    heights = [y for _, y in places(line)]
    # The highest figure is the topmost point.
    assert heights.index(min(heights)) == BURGLARY.index(max(BURGLARY))


def test_the_provisional_tail_is_dashed_and_hangs_on_the_last_settled_point() -> None:
    trend = trend_of(burglary(provisional=2))
    picture = drawn(trend)
    (settled,), (tail,) = of_class(picture, "settled"), of_class(picture, "provisional")
    assert "stroke-dasharray" in tail.attrib
    assert "stroke-dasharray" not in settled.attrib
    assert len(places(settled)) == len(BURGLARY) - 2
    assert len(places(tail)) == 3
    assert places(tail)[0] == places(settled)[-1]
    assert len(of_class(picture, "ring")) == 1, "a provisional last figure is a ring"
    assert not of_class(drawn(trend_of(burglary(provisional=0))), "ring")


def test_a_missing_month_leaves_a_gap() -> None:
    lines = of_class(drawn(trend_of(burglary(provisional=0, gap=7))), "settled")
    assert [len(places(line)) for line in lines] == [7, len(BURGLARY) - 8]
    assert places(lines[1])[0][0] > places(lines[0])[-1][0]


def test_a_figure_between_two_gaps_is_a_dot() -> None:
    row = replace(burglary(), trend=months([200, None, 210, None, 220, 230]))
    picture = drawn(trend_of(row))
    assert len(of_class(picture, "settled")) == 1
    # The two lone figures, and the last one's own dot.
    assert len(of_class(picture, "dot")) == 3


def test_the_last_value_stands_beside_the_line() -> None:
    assert texts(drawn(trend_of(burglary()))) == ["208"]
    percent = replace(burglary(), unit=Unit.PERCENT, decimals=1)
    assert texts(drawn(trend_of(percent))) == ["208.0 %"]
    assert texts(drawn(trend_of(burglary()), label_width=0.0)) == [], "a tile says it in its own large figure"


def test_the_baseline_is_a_level_line_at_its_value() -> None:
    trend = trend_of(burglary(provisional=0))
    picture = drawn(trend)
    (level,) = of_class(picture, "baseline")
    (_, at), (_, end) = places(level)
    assert at == end
    (line,) = of_class(picture, "settled")
    above = [y < at for _, y in places(line)]
    assert above == [value > 280 for value in BURGLARY]


def test_nothing_is_drawn_where_there_is_no_figure() -> None:
    picture = drawn(trend_of(replace(burglary(), trend=())))
    assert not texts(picture)
    assert not of_class(picture, "baseline")
    assert not list(picture.iter(f"{SVG}polyline"))


def test_lines_do_not_cross_a_change_of_definition() -> None:
    row = burglary(provisional=0)
    broken = replace(row, breaks=(TrendBreak(row.trend[10].period, "new counting rules"),))
    picture = drawn(trend_of(broken))
    assert [len(places(line)) for line in of_class(picture, "settled")] == [10, 8]
    (mark,) = of_class(picture, "break")
    assert places(of_class(picture, "settled")[0])[-1][0] < places(mark)[0][0]


@pytest.mark.parametrize("style", list(ChartStyle))
def test_a_baseline_of_another_meaning_ends_at_the_break(style: ChartStyle) -> None:
    row = burglary(provisional=0)
    since = row.trend[10].period
    ended = replace(row, breaks=(TrendBreak(since, "new counting rules"),), baseline_until=since.start)
    picture = drawn(trend_of(ended), style)
    (level,), (mark,) = of_class(picture, "baseline"), of_class(picture, "break")
    assert places(level)[-1][0] == places(mark)[0][0]
    after = trend_of(ended, first=row.trend[11].period.end)
    assert not of_class(drawn(after, style), "baseline")


def test_pictures_of_one_column_share_their_time_axis() -> None:
    long, short = trend_of(burglary(provisional=0)), trend_of(replace(burglary(), trend=burglary().trend[6:16]))
    span = (long.x_axis.low, long.x_axis.high)
    (whole,) = of_class(drawn(long, span=span, label_width=29.0), "settled")
    (part,) = of_class(drawn(short, span=span, label_width=29.0), "settled")
    assert [x for x, _ in places(part)] == [x for x, _ in places(whole)][6:16]


def test_a_large_chart_has_axes_and_names_its_lines_directly() -> None:
    row = replace(burglary(), target_path=(
        TrendPoint(financial_year(2010), Decimal(280)),
        TrendPoint(financial_year(2011), Decimal(260)),
    ))  # fmt: skip
    trend = trend_of(row)
    picture = drawn(trend, ChartStyle.LARGE)
    written = texts(picture)
    assert trend.baseline is not None
    assert trend.target is not None
    assert {trend.baseline.label, trend.target.label, "208", "0", "400"} <= set(written)
    assert not [one for one in written if "legend" in one.lower()]
    assert [tick.label for tick in trend.y_axis.ticks] == written[: len(trend.y_axis.ticks)]
    assert of_class(picture, "target")[0].attrib["stroke-dasharray"]


def test_labels_of_a_large_chart_do_not_run_into_each_other() -> None:
    row = replace(burglary(), trend_baseline=Decimal(209))
    picture = drawn(trend_of(row), ChartStyle.LARGE)
    heights = sorted(float(one.attrib["y"]) for one in picture.iter(f"{SVG}text") if one.get("text-anchor") == "start")
    assert len(heights) == 2
    assert heights[1] - heights[0] >= 8


@pytest.mark.parametrize("name", ["<b>bold</b>", "A & B", '"quoted"', "]]>"])
def test_a_name_is_text_in_the_picture(name: str) -> None:
    trend = replace(trend_of(burglary()), title=name, text=name)
    picture = drawn(trend)
    assert picture.findtext(f"{SVG}title") == name
    assert picture.findtext(f"{SVG}desc") == name


@given(
    values=st.lists(st.one_of(st.none(), st.integers(0, 10**6)), max_size=60),
    provisional=st.integers(0, 5),
    style=st.sampled_from(ChartStyle),
)
def test_every_figure_is_drawn_and_nothing_leaves_the_picture(
    values: list[int | None], provisional: int, style: ChartStyle
) -> None:
    trend = trend_of(replace(burglary(), trend=months(values, provisional=provisional)))
    picture = drawn(trend, style)
    width, height = float(picture.attrib["width"]), float(picture.attrib["height"])
    lines = [places(one) for name in ("settled", "provisional") for one in of_class(picture, name)]
    dots = [
        (float(one.attrib["cx"]), float(one.attrib["cy"]))
        for name in ("dot", "ring")
        for one in of_class(picture, name)
    ]
    shown = {x for line in lines for x, _ in line} | {x for x, _ in dots}
    assert len(shown) == sum(value is not None for value in values)
    assert all(0 <= x <= width and 0 <= y <= height for line in [*lines, dots] for x, y in line)
    assert all(float(one.attrib["font-size"]) >= 7.5 for one in picture.iter(f"{SVG}text"))
