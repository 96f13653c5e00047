"""Every sentence about the example, at each of its twelve quarters: short, plain, and true to its own numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scs_desktop.domain.periods import add_months, month_end
from scs_desktop.domain.position import Direction, IndicatorPosition, StrategyPosition
from scs_desktop.domain.trend import Layer, trend_of
from scs_desktop.store import open_store
from scs_desktop.workflows.decide import doubts
from scs_desktop.workflows.overview import overview

MOST_WORDS = 25
TITLE_WORDS = 10
QUARTERS = [month_end(add_months(date(2010, 6, 1), 3 * number)) for number in range(12)]
SENTENCE_ENDS = re.compile(r"(?<=[.?!])[”)]? (?=[A-Z0-9“])")
COMPARED = re.compile(r"(\d[\d.,]*) % against (\d[\d.,]*) % .*?\((−|\+)?(\d[\d.]*) points?\)")
P = re.compile(r"p (?:= |under )(\.\d+|1)")


@pytest.fixture(scope="module")
def positions(example: Path, tmp_path_factory: pytest.TempPathFactory) -> list[StrategyPosition]:
    copy = tmp_path_factory.mktemp("words") / "example.scs"
    copy.write_bytes(example.read_bytes())
    with open_store(copy, who="Officer") as store:
        return [overview(store=store, position=day) for day in QUARTERS]


def rows(positions: list[StrategyPosition]) -> Iterator[IndicatorPosition]:
    for position in positions:
        for priority in position.priorities:
            yield from (row for row in priority.indicators if row.priority == priority.id)


def texts(positions: list[StrategyPosition]) -> Iterator[str]:
    for position in positions:
        for priority in position.priorities:
            yield from (priority.status.sentence, *priority.status.details)
        for one in position.headlines:
            yield from (one.sentence, one.note, one.direction_sentence, one.outlook_sentence)
    for row in rows(positions):
        yield from (row.status.sentence, *row.status.details, row.direction_sentence, row.recent_sentence)
        yield from (row.outlook_sentence, row.assurance_sentence, *(one.status.sentence for one in row.readings))
        yield row.process.sentence if row.process is not None else ""
        yield row.outlook.run_rate_sentence if row.outlook is not None else ""
        yield trend_of(row, layers=tuple(Layer)).text


def test_no_sentence_has_more_than_25_words_at_any_quarter(positions: list[StrategyPosition]) -> None:
    sentences = {one for text in texts(positions) for one in SENTENCE_ENDS.split(text) if one}
    assert len(sentences) > 1500
    assert [one for one in sentences if len(one.split()) > MOST_WORDS] == []


def test_no_doubt_or_proposal_has_more_than_25_words(example: Path, tmp_path: Path) -> None:
    copy = tmp_path / "example.scs"
    copy.write_bytes(example.read_bytes())
    with open_store(copy, who="Officer") as store:
        found = [one.finding for one in doubts(store=store)]
    said = [one.sentence for one in found] + [each.sentence for one in found for each in one.proposals]
    assert len(said) > 40
    assert [one for one in said if len(one.split()) > MOST_WORDS] == []


def test_every_chart_has_a_finding_of_at_most_ten_words_for_its_title(positions: list[StrategyPosition]) -> None:
    titles = {trend_of(row).title for row in rows(positions)}
    assert [one for one in titles if not 0 < len(one.split()) <= TITLE_WORDS] == []


def test_whoever_takes_one_figure_from_the_other_gets_the_difference_beside_them(
    positions: list[StrategyPosition],
) -> None:
    seen = 0
    for row in rows(positions):
        found = COMPARED.search(row.status.sentence)
        if found is not None:
            seen += 1
            now, before, sign, points = found.groups()
            gap = Decimal(now) - Decimal(before)
            assert gap == Decimal(points) * (-1 if sign == "−" else 1), row.status.sentence
    assert seen > 80


def test_better_and_worse_are_said_only_beyond_chance(positions: list[StrategyPosition]) -> None:
    said = 0
    for row in rows(positions):
        for sentence, direction in ((row.direction_sentence, row.direction), (row.recent_sentence, None)):
            assert "improv" not in sentence
            if ", better" in sentence or ", worse" in sentence:
                shown = P.search(sentence)
                said += 1
                # What a service chose to do is not left to chance.
                assert (shown is not None and float(shown[1]) < 0.05) or row.code == "5.1", sentence
            elif direction is not None:
                assert direction in {Direction.NO_CLEAR_CHANGE, Direction.UNKNOWN}
    assert said > 20
