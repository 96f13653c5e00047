"""Whatever partners send and strategies say, rating gives every indicator a light or a reason, and never fails."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.figures import FigureKind, Finality, Measured, Part, Unit, number
from scs_desktop.domain.periods import (
    Period,
    PeriodKind,
    add_months,
    financial_year,
    month_end,
    month_of,
    quarter,
    rolling_12,
    year_to_date,
)
from scs_desktop.domain.position import Unrated
from scs_desktop.domain.strategy import Adding, IndicatorKind, Polarity, RatedPart
from scs_desktop.domain.targets import BaselineValue, Target, TargetKind, TargetState
from scs_desktop.domain.trend import trend_of
from tests.domain.builders import ASSUMED_400, StrategyBuilder, made_id

NUMBERS = st.one_of(
    st.integers(0, 5000).map(Decimal),
    st.decimals(0, 120, places=2),
    st.sampled_from([Decimal(0), Decimal(-3), Decimal(1), Decimal(100), Decimal("0.01"), Decimal(10) ** 9]),
)
MEASURED = st.one_of(
    st.builds(lambda value, finality: number(value, finality=finality), NUMBERS, st.sampled_from(list(Finality))),
    st.sampled_from([kind for kind in FigureKind if kind is not FigureKind.NUMBER]).map(
        lambda kind: Measured(kind, text="x")
    ),
)
DAYS = st.dates(date(2009, 4, 1), date(2014, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    day = draw(DAYS)
    end = month_end(day)
    return draw(
        st.sampled_from(
            [
                month_of(day),
                quarter(day.year, draw(st.integers(1, 4))),
                financial_year(day.year),
                rolling_12(end),
                year_to_date(end),
                Period(day, day, PeriodKind.SNAPSHOT),
                Period(day.replace(day=1), end, PeriodKind.SURVEY_WAVE),
                Period(day.replace(day=1), end, PeriodKind.COHORT, month_end(add_months(end, 12))),
                Period(day.replace(day=1), end, PeriodKind.SPAN),
            ]
        )
    )


@st.composite
def strategies(draw: st.DrawFn) -> StrategyBuilder:
    strategy = StrategyBuilder(known_on=draw(DAYS))
    strategy.denominator("population", draw(st.sampled_from(["343100", "0", "12"])))
    for index in range(draw(st.integers(1, 3))):
        unit = draw(st.sampled_from(list(Unit)))
        values = [
            BaselineValue(part, draw(st.sampled_from([unit, Unit.RATE, Unit.COUNT])), draw(MEASURED), per, "population")
            for part, per in draw(
                st.lists(
                    st.tuples(
                        st.sampled_from([Part.VALUE, Part.VALUE, Part.PREDICTED, Part.DENOMINATOR]),
                        st.sampled_from([None, Decimal(1000)]),
                    ),
                    max_size=3,
                )
            )
        ]
        targets = [
            Target(
                made_id("t", index, order), made_id("u"), financial_year(draw(st.integers(2010, 2014))),
                draw(st.sampled_from(list(TargetKind))), draw(st.sampled_from(list(TargetState))),
                draw(st.one_of(st.none(), NUMBERS)), draw(st.one_of(st.none(), NUMBERS)),
                draw(st.one_of(st.none(), NUMBERS)), end_of_path=draw(st.booleans()),
            )
            for order in range(draw(st.integers(0, 3)))
        ]  # fmt: skip
        strategy.indicator(
            f"{index}",
            draw(st.sampled_from(["Fewer", "Increased safety; worried (very worried)", "Per cent of 12 per 1000"])),
            draw(st.sampled_from([values, None])),
            unit=unit,
            polarity=draw(st.sampled_from(list(Polarity))),
            direction=draw(st.sampled_from([None, Polarity.HIGHER, Polarity.LOWER])),
            kind=draw(st.sampled_from(list(IndicatorKind))),
            rated=draw(st.sampled_from(list(RatedPart))),
            over_time=draw(st.sampled_from(list(Adding))),
            frequency=draw(st.sampled_from(list(Frequency))),
            form=draw(st.sampled_from(list(PeriodForm))),
            follow_up=draw(st.sampled_from([0, 12])),
            late=draw(st.sampled_from([None, 0, 90])),
            per=draw(st.sampled_from([None, "100", "1000"])),
            denominator="population",
            sample=draw(st.sampled_from([None, ASSUMED_400])),
            decimals=draw(st.integers(0, 2)),
            guards=[str(index - 1)] if index else [],
            part_of=[str(index - 1)] if index else [],
            usual=draw(st.sampled_from([None, ("1", "5")])),
            establish_from=draw(st.sampled_from([None, 2011])),
            targets=draw(st.sampled_from([targets, None])),
            headline=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 12))):
            strategy.figure(f"{index}", draw(periods()), draw(MEASURED), draw(st.sampled_from(list(Part))))
        if draw(st.booleans()):
            strategy.months(f"{index}", date(2010, 4, 1), draw(st.lists(st.integers(0, 60), min_size=1, max_size=30)))
    strategy.headline("Overall", "0", as_rate=draw(st.booleans()))
    return strategy


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(strategies(), DAYS.map(month_end))
def test_every_indicator_gets_a_light_or_a_reason_and_a_chart(strategy: StrategyBuilder, position: date) -> None:
    result = strategy.at(position)
    rows = [row for priority in result.priorities for row in priority.indicators]
    assert len(rows) == len(strategy.uses)
    for row in rows:
        assert row.status.sentence
        assert (row.status.light is None) != (row.status.unrated is None)
        if row.status.unrated is Unrated.BASELINE_IN_DOUBT:
            assert row.readings
        trend = trend_of(row)
        assert trend.title
        assert trend.text
        for point in row.trend:
            assert point.period.end <= position or point.value is None
    for finding in result.findings:
        for proposal in finding.proposals:
            strategy.decide(finding, proposal.key)
            strategy.at(position)
            strategy.decisions.clear()
