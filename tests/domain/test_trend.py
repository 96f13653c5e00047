"""What a chart shows, as a value: points, gaps, lines, axes and words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.axes import value_axis
from scs_desktop.domain.figures import FigureKind, Measured, Unit
from scs_desktop.domain.periods import financial_year, month, month_number, rolling_12
from scs_desktop.domain.position import TrendBreak
from scs_desktop.domain.strategy import Adding
from scs_desktop.domain.targets import Target, TargetKind, TargetState
from scs_desktop.domain.trend import Trend, trend_of
from tests.domain.barnet_months import RESIDENTIAL_BURGLARY
from tests.domain.builders import StrategyBuilder, counted, made_id, percent

APRIL_2010 = date(2010, 4, 1)
MARCH_2013 = date(2013, 3, 31)


def burglary(*, provisional: int = 0, targets: list[Target] | None = None) -> StrategyBuilder:
    strategy = StrategyBuilder()
    strategy.indicator("1.3", "Residential burglary", counted("3362"), noun="burglaries", targets=targets)
    strategy.months("1.3", APRIL_2010, RESIDENTIAL_BURGLARY, provisional=provisional)
    return strategy


def chart(strategy: StrategyBuilder, position: date = MARCH_2013) -> Trend:
    return trend_of(strategy.row("1.3", position))


def test_a_line_of_months_with_its_baseline() -> None:
    trend = chart(burglary())
    assert len(trend.points) == 36
    assert trend.points[0].x == month_number(APRIL_2010)
    assert trend.points[0].text == "April 2010: 220"
    assert trend.latest == 35
    assert [stretch.points for stretch in trend.stretches] == [tuple(range(36))]
    assert trend.baseline is not None
    assert trend.baseline.label == "2010/11 monthly mean"
    assert trend.baseline.points[0][1] == pytest.approx(3354 / 12)
    assert trend.target is None
    assert trend.title == "Residential burglary: no clear change on the baseline"
    assert trend.subtitle == "Number by month, April 2010 to March 2013; Police, Data of 1.3"
    assert trend.rows[0] == ("April 2010", "220")


def test_the_text_says_what_the_picture_shows() -> None:
    text = chart(burglary(provisional=2)).text
    assert "Line of 36 figures from April 2010 to March 2013." in text
    assert "Lowest 208 in September 2011. Highest 397 in January 2011. Latest 261." in text
    assert "The provisional end is dashed." in text
    assert "2010/11 monthly mean, 280." in text
    assert "Amber: 3,420 burglaries against 3,354 in 2010/11 (+2.0 %)." in text


def test_nothing_after_the_position_is_drawn() -> None:
    trend = chart(burglary(), date(2011, 9, 30))
    assert trend.points[-1].label == "September 2011"
    assert [tick.label for tick in trend.x_axis.ticks] == ["2010/11", "2011/12"]


def test_a_missing_month_and_a_suppressed_one_are_gaps() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("1.3", "Residential burglary", counted("1200"))
    strategy.months("1.3", APRIL_2010, [100] * 6)
    strategy.figure("1.3", month(2010, 11), 90)
    strategy.figure("1.3", month(2010, 12), Measured(FigureKind.SUPPRESSED, text="*", bound=Decimal(5)))
    strategy.months("1.3", date(2011, 1, 1), [80, 70])
    trend = chart(strategy, date(2011, 2, 28))
    assert [point.text for point in trend.points if point.y is None] == [
        "October 2010: no figure",
        "December 2010: suppressed",
    ]
    assert [stretch.points for stretch in trend.stretches] == [(0, 1, 2, 3, 4, 5), (7,), (9, 10)]


def test_the_provisional_tail_is_dashed_and_hangs_on_the_last_settled_point() -> None:
    trend = chart(burglary(provisional=2))
    assert [(stretch.points[0], stretch.points[-1], stretch.provisional) for stretch in trend.stretches] == [
        (0, 33, False),
        (33, 35, True),
    ]
    assert "(provisional)" in trend.points[-1].text


def test_the_path_to_a_target_is_drawn_at_the_scale_of_the_months() -> None:
    end = Target(
        made_id("t"), made_id("u"), financial_year(2013), TargetKind.VALUE, TargetState.APPROVED, Decimal(3000),
        end_of_path=True,
    )  # fmt: skip
    trend = chart(burglary(targets=[end]))
    assert trend.target is not None
    assert [round(y) for _, y in trend.target.points] == [280, 270, 260]
    assert trend.target.label == "target 260"


def test_no_figures_leave_an_empty_chart_that_says_so() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("1.3", "Residential burglary", counted("1200"))
    trend = chart(strategy)
    assert trend.points == ()
    assert trend.latest is None
    assert "There are no figures up to the position." in trend.text
    assert trend.title == "Residential burglary: no data"


def test_a_window_of_the_line_can_be_asked_for() -> None:
    row = burglary().row("1.3", MARCH_2013)
    trend = trend_of(row, first=date(2012, 4, 1), last=date(2012, 12, 31))
    assert trend.points[0].label == "April 2012"
    assert len(trend.points) == 9


def test_percentages_keep_their_unit_and_stay_within_0_and_100() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "1.3", "Feel safe by day", percent("99"), unit=Unit.PERCENT, over_time=Adding.NEVER,
        frequency=Frequency.QUARTER, form=PeriodForm.ROLLING_12,
    )  # fmt: skip
    for end, share in ((date(2011, 3, 31), "99"), (date(2012, 3, 31), "98"), (MARCH_2013, "100")):
        strategy.figure("1.3", rolling_12(end), share)
    trend = chart(strategy)
    assert trend.y_axis.high == 100
    assert [tick.label for tick in trend.y_axis.ticks[-2:]] == ["98 %", "100 %"], "a move of a point looks small"
    assert trend.points[0].label == "12 months to March 2011"
    assert trend.subtitle.startswith("Percent, 12 months to each date, March 2011 to March 2013")


@given(
    st.lists(st.decimals(0, 1_000_000, places=2).map(float), min_size=1, max_size=40),
    st.sampled_from([Unit.COUNT, Unit.RATE]),
)
def test_every_axis_holds_its_values_starts_at_zero_and_has_few_round_ticks(values: list[float], unit: Unit) -> None:
    axis = value_axis(values, from_zero=True, unit=unit)
    assert axis.low == 0
    assert axis.high >= max(values) - 1e-6
    assert 2 <= len(axis.ticks) <= 8
    gaps = [after.at - before.at for before, after in zip(axis.ticks, axis.ticks[1:], strict=False)]
    assert max(gaps) == pytest.approx(min(gaps), rel=1e-6)
    labels = [tick.label for tick in axis.ticks]
    assert len(set(labels)) == len(labels), "no two ticks read alike"


@given(st.lists(st.decimals(0, 100, places=2).map(float), min_size=1, max_size=20))
def test_an_axis_of_percentages_never_leaves_0_to_100(values: list[float]) -> None:
    axis = value_axis(values, from_zero=False, unit=Unit.PERCENT)
    assert axis.low >= 0
    assert axis.high <= 100
    assert axis.low <= min(values) + 1e-9
    assert axis.high >= max(values) - 1e-9


@pytest.mark.parametrize("months", [1, 5, 18, 36])
def test_titles_have_at_most_ten_words(months: int) -> None:
    strategy = StrategyBuilder()
    name = "Offenders successfully completing the programme in a care planned way that was agreed"
    strategy.indicator("1.3", name, counted("3362"))
    strategy.months("1.3", APRIL_2010, RESIDENTIAL_BURGLARY[:months])
    last = strategy.figures[made_id("series", "1.3")][-1].key.period.end
    assert len(chart(strategy, last).title.split()) <= 10


def test_the_text_tells_the_breaks_that_the_picture_marks_and_no_others() -> None:
    row = burglary().row("1.3", MARCH_2013)
    changed = TrendBreak(month(2011, 4), "offences are counted by another rule.")
    whole = trend_of(replace(row, breaks=(changed,)))
    assert len(whole.breaks) == 1
    assert "The line is broken at April 2011: offences are counted by another rule." in whole.text
    later = trend_of(replace(row, breaks=(changed,)), first=date(2012, 4, 1))
    assert later.breaks == ()
    assert "broken" not in later.text
