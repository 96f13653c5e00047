"""Numbers and findings in words."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.sentences import (
    bound,
    exact_decimals,
    listed,
    number_text,
    p_text,
    plural,
    probability_text,
    signed_percent,
    signed_points,
    value_text,
)
from tests.domain.test_checks import POSITION, harbour_town
from tests.domain.test_lights_to_expect import barnet


@pytest.mark.parametrize(
    ("p", "text"),
    [(0.0588, ".059"), (0.2801, ".28"), (0.135, ".135"), (0.00163, ".0016"), (0.1, ".10"), (0.02, ".02"), (1, "1"),
     (0.9996, "1"), (0.00004, "under .0001"), (0.00996, ".01")],
)  # fmt: skip
def test_probabilities(p: float, text: str) -> None:
    assert probability_text(p) == text


def test_a_probability_with_its_letter() -> None:
    assert p_text(0.059) == "p = .059"
    assert p_text(0.00001) == "p under .0001"


def test_values_in_their_units() -> None:
    assert value_text(Decimal(1577), Unit.COUNT) == "1,577"
    assert value_text(Decimal("24.0"), Unit.PERCENT) == "24 %"
    assert value_text(Decimal("24.841"), Unit.RATE, 2, "per 1,000 households") == "24.84 per 1,000 households"
    assert value_text(Decimal(3268), Unit.MONEY) == "£3,268"
    assert number_text(Decimal("-0.5"), 1) == "−0.5"
    assert number_text(Decimal("-0.04"), 1) in {"0.0", "−0.0"}


def test_changes_carry_their_sign() -> None:
    assert signed_percent(0.1232) == "+12.3 %"
    assert signed_percent(-0.0779) == "−7.8 %"
    assert signed_percent(0.0001) == "0.0 %"
    assert signed_points(-3.0) == "−3.0 points"
    assert signed_points(0) == "0.0 points"


def test_small_words() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"]) == "a"
    assert plural(1, "month") == "1 month"
    assert plural(1200, "month") == "1,200 months"
    assert exact_decimals(Decimal("7.80")) == 1
    assert exact_decimals(Decimal("7.812")) == 2


def said(row: IndicatorPosition) -> list[str]:
    texts = [row.status.sentence, row.direction_sentence, *row.status.details]
    texts += [reading.status.sentence for reading in row.readings]
    for finding in row.findings:
        texts += [finding.sentence, *(proposal.sentence for proposal in finding.proposals)]
    return [sentence for text in texts for sentence in re.split(r"(?<=\.) (?=[A-Z0-9])", text) if sentence]


@pytest.mark.parametrize("position", [date(2011, 9, 30), date(2012, 3, 31), date(2012, 12, 31), date(2013, 3, 31)])
def test_no_sentence_is_longer_than_25_words(position: date) -> None:
    rows = [row for priority in barnet().at(position).priorities for row in priority.indicators]
    sentences = [sentence for row in rows for sentence in said(row)]
    assert len(sentences) > 20
    assert [sentence for sentence in sentences if len(sentence.split()) > 25] == []


def test_nor_are_the_doubts_of_another_strategy() -> None:
    labels = {use.label for use in harbour_town().uses.values()}
    for finding in harbour_town().at(POSITION).findings:
        for sentence in (finding.sentence, *(proposal.sentence for proposal in finding.proposals)):
            shorter = sentence
            for label in labels:
                shorter = shorter.replace(label, "L")
            assert len(shorter.split()) <= 25, sentence


@pytest.mark.parametrize("position", [date(2011, 9, 30), date(2012, 3, 31)])
def test_better_and_worse_are_never_said_of_what_chance_may_have_done(position: date) -> None:
    for priority in barnet().at(position).priorities:
        for row in priority.indicators:
            if "better" in row.direction_sentence or "worse" in row.direction_sentence:
                shown = re.search(r"p (?:= |under )(\.\d+)", row.direction_sentence)
                assert shown is not None
                assert float(shown[1]) < 0.05


def test_no_line_parts_a_number_from_its_sign() -> None:
    assert (
        bound("fell by 4 % (p = .135), at most 61 a month")
        == "fell by 4\u00a0% (p\u00a0=\u00a0.135), at most 61 a month"
    )
