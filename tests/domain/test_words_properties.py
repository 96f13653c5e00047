"""Sentences of cases that nobody chose: any counts, percentages, rates and sizes give short and true words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.periods import rolling_12
from scs_desktop.domain.position import Direction, IndicatorPosition
from scs_desktop.domain.sentences import moved_text
from scs_desktop.domain.strategy import Adding, Polarity
from tests.domain.builders import ASSUMED_400, StrategyBuilder, counted, percent
from tests.domain.test_lights_to_expect import APRIL_2010, Q4

ENDS = re.compile(r"(?<=\.) (?=[A-Z0-9])")


def said(row: IndicatorPosition) -> list[str]:
    texts = [row.status.sentence, *row.status.details, row.direction_sentence, row.recent_sentence]
    texts += [row.outlook_sentence, row.assurance_sentence]
    texts += [row.process.sentence] if row.process is not None else []
    return [one for text in texts for one in ENDS.split(text) if one]


@given(
    st.lists(st.integers(0, 40_000), min_size=20, max_size=24),
    st.sampled_from([Polarity.LOWER, Polarity.HIGHER, Polarity.NONE]),
)
def test_counts(months: list[int], polarity: Polarity) -> None:
    strategy = StrategyBuilder()
    strategy.indicator("A", "Offences of some kind", counted("12000"), polarity=polarity)
    strategy.months("A", APRIL_2010, months)
    row = strategy.row("A", date(2011, 11, 30))
    assert [one for one in said(row) if len(one.split()) > 25] == []
    if row.direction in {Direction.BETTER, Direction.WORSE}:
        assert re.search(r"p (= |under )", row.direction_sentence)


@given(
    st.decimals(0, 100, places=2), st.decimals(0, 100, places=2), st.integers(1, 5000), st.integers(1, 5000),
    st.integers(0, 2),
)  # fmt: skip
def test_percentages(before: Decimal, now: Decimal, asked: int, answered: int, decimals: int) -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "A", "Worried about something", percent("24"), unit=Unit.PERCENT, over_time=Adding.NEVER, decimals=decimals,
        frequency=Frequency.QUARTER, form=PeriodForm.ROLLING_12, noun="answers", sample=ASSUMED_400,
    )  # fmt: skip
    for end, value, size in ((date(2011, 3, 31), before, asked), (Q4, now, answered)):
        strategy.figure("A", rolling_12(end), str(value))
        strategy.figure("A", rolling_12(end), size, Part.SAMPLE_SIZE)
    row = strategy.row("A", Q4)
    assert [one for one in said(row) if len(one.split()) > 25] == []
    shown = re.search(
        r": (\d+(?:\.\d+)?) % against (\d+(?:\.\d+)?) % .*?(?:\(([−+])?(\d+(?:\.\d+)?) points?\))", row.status.sentence
    )
    if shown is not None:
        gap = Decimal(shown[1]) - Decimal(shown[2])
        assert gap == Decimal(shown[4]) * (-1 if shown[3] == "−" else 1)


@pytest.mark.parametrize(
    ("before", "now", "unit", "decimals", "text"),
    [
        ("13.47", "11.42", Unit.PERCENT, 1, "−2.1 points"),
        ("21", "20", Unit.PERCENT, 0, "−1 point"),
        ("20.64", "20.62", Unit.PERCENT, 1, "under 0.1 points"),
        ("20.4", "20.3", Unit.PERCENT, 0, "under 1 point"),
        ("13", "13", Unit.PERCENT, 0, "0 points"),
        ("1404", "1577", Unit.COUNT, 0, "+12.3 %"),
        ("2.6", "3", Unit.COUNT, 0, "+15.4 %"),
        ("0.7951", "0.8149", Unit.RATE, 2, "+1.3 %"),
        ("4", "26", Unit.COUNT, 0, "+550 %"),
        ("0", "3", Unit.COUNT, 0, ""),
    ],
)
def test_how_far_apart_two_values_are(before: str, now: str, unit: Unit, decimals: int, text: str) -> None:
    assert moved_text(Decimal(before), Decimal(now), unit, decimals) == text
