"""Doubts among stored figures, found by the same rules as on arrival."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scs_desktop.domain.breaks import BreakKind, SeriesBreak
from scs_desktop.domain.checks.arrivals import ArrivalDoubt, arrival_doubts
from scs_desktop.domain.corrections import as_decided
from scs_desktop.domain.decisions import CheckRule
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.periods import financial_year, month, quarter
from tests.domain.builders import StrategyBuilder, counted, made_id, percent
from tests.domain.test_lights_to_expect import APRIL_2010, barnet


def found(strategy: StrategyBuilder) -> list[ArrivalDoubt]:
    snapshot = strategy.snapshot()
    return list(arrival_doubts(snapshot, as_decided(snapshot)))


def sentences(strategy: StrategyBuilder, rule: CheckRule) -> list[str]:
    return [one.finding.sentence for one in found(strategy) if one.finding.rule is rule]


def town() -> StrategyBuilder:
    strategy = StrategyBuilder()
    strategy.indicator("A", "All thefts", counted("1200"))
    strategy.indicator("B", "Thefts of cars", counted("600"), part_of=["A"])
    return strategy


def test_three_years_of_the_police_raise_none() -> None:
    assert [one.finding.sentence for one in found(barnet())] == []


@pytest.mark.parametrize("value", [2080, 21, 0])
def test_a_digit_too_many_or_few_and_a_nought_are_doubted(value: int) -> None:
    strategy = town()
    strategy.months("A", APRIL_2010, [210, 205, 215, 208] * 7 + [value])
    assert sentences(strategy, CheckRule.OUTLIER) == [f"A, August 2012, is {value:,}, usually about 209."]


def test_a_year_that_is_not_the_sum_of_its_months() -> None:
    strategy = town()
    strategy.months("A", APRIL_2010, [100] * 12)
    strategy.figure("A", financial_year(2010), "1210")
    strategy.figure("A", quarter(2010, 1), "300")
    assert sentences(strategy, CheckRule.SUM_DIFFERS) == ["A, 2010/11, is 1,210, but its months sum to 1,200."]


def test_a_part_over_its_whole() -> None:
    strategy = town()
    strategy.figure("A", month(2011, 4), 90)
    strategy.figure("B", month(2011, 4), 95)
    strategy.figure("B", month(2011, 5), 95)
    assert sentences(strategy, CheckRule.PART_OVER_WHOLE) == [
        "B, April 2011, is 95, more than the 90 of A, of which it is a part."
    ]


def test_a_share_that_is_not_that_of_its_parts() -> None:
    strategy = town()
    strategy.indicator("C", "Repeat victims", percent("20"), unit=Unit.PERCENT, decimals=1)
    for number, (share, victims) in enumerate((("20.5", 41), ("23.5", 41)), 1):
        strategy.figure("C", quarter(2011, number), share)
        strategy.figure("C", quarter(2011, number), victims, Part.NUMERATOR)
        strategy.figure("C", quarter(2011, number), 200, Part.DENOMINATOR)
    assert sentences(strategy, CheckRule.SHARE_DIFFERS) == ["C, Q2 2011/12, is 23.5, but 41 of 200 make 20.50."]


def test_a_column_that_was_sent_twice() -> None:
    strategy = StrategyBuilder()
    for number, code in enumerate("ABCD"):
        strategy.indicator(code, f"Kind {code}", counted("1200"))
        strategy.months(code, APRIL_2010, [100 + number, 110 + number, 110 + number])
    assert sentences(strategy, CheckRule.SAME_AGAIN) == ["All 4 figures of June 2010 are those of May 2010."]


def test_a_series_that_ends_in_noughts() -> None:
    strategy = town()
    strategy.months("A", APRIL_2010, [20] * 20 + [0, 0, 0])
    assert sentences(strategy, CheckRule.SERIES_ENDS) == ["A is nought from December 2011 on, and never was before."]


def test_a_change_of_definition_noted_on_arrival_is_open_until_the_line_is_broken() -> None:
    strategy = town()
    strategy.months("A", APRIL_2010, [20] * 24)
    rows = strategy.figures[strategy.series[made_id("series", "A")].id]
    note = "From April 2011 on “Other theft” is no part of it: the definition changed."
    rows[12:] = [replace(one, note=note) for one in rows[12:]]
    (doubt,) = found(strategy)
    assert doubt.finding.sentence == "A: the definition changed from April 2011 on, as noted on arrival."
    assert not doubt.confirmed
    mark = SeriesBreak(
        made_id("break"), strategy.uses["A"].indicator, BreakKind.DEFINITION, date(2011, 4, 1), "Offence classes."
    )
    snapshot = replace(strategy.snapshot(), breaks=(mark,))
    (settled,) = arrival_doubts(snapshot, as_decided(snapshot))
    assert settled.confirmed == "The line is broken on 1 April 2011: Offence classes."
