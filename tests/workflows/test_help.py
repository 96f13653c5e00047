"""The help is whole, true, and found by its words."""

from __future__ import annotations

import re
from datetime import date

import pytest

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.help import found_topics
from scs_desktop.domain.position import Unrated
from scs_desktop.ui.pages import PAGES
from scs_desktop.workflows.help import PAGES as PAGE_HELP
from scs_desktop.workflows.help import RULES, WORDS, glossary, help_topics
from tests.domain.builders import StrategyBuilder
from tests.domain.test_lights_to_expect import DECIDED, Q2, Q4, barnet
from tests.domain.test_states import path_target, with_target


def titles(wanted: str) -> list[str]:
    return [one.title for one in found_topics(help_topics(), wanted)]


def test_every_page_of_the_window_has_its_help_and_help_knows_no_other_page() -> None:
    topics = {one.key for one in help_topics() if one.group == PAGE_HELP}
    assert topics == {f"page/{kind.key}" for kind in PAGES if kind.key != "help"}


def test_every_reason_for_having_no_light_is_explained_among_the_rules() -> None:
    (rule,) = [one for one in help_topics() if one.title == "When there is no light"]
    named = {state.value for state in Unrated} - {Unrated.INSUFFICIENT.value}
    assert {state for state in named if state not in rule.plain} == set()


def _said() -> set[str]:
    """Return what the program says of the examples that the rules quote."""
    decided = barnet()
    decided.decide_all(Q2, {**DECIDED, "own_against_published:1.2": "own"})
    positions = [(decided, day) for day in (Q2, Q4, date(2013, 3, 31))]
    positions += [(_on_a_path(count), Q4) for count in (3261, 3300, 3400)]
    said: set[str] = set()
    for strategy, day in positions:
        for priority in strategy.at(day).priorities:
            said.add(priority.status.sentence)
            for row in priority.indicators:
                said |= {row.status.sentence, row.direction_sentence, row.outlook_sentence, *row.status.details}
                said |= {row.process.sentence} if row.process is not None else set()
                said |= {row.outlook.run_rate_sentence} if row.outlook is not None else set()
    return said


def _on_a_path(count: int) -> StrategyBuilder:
    strategy = with_target(path_target("3059"))
    strategy.months("A", date(2011, 4, 1), [count // 12] * 11 + [count - count // 12 * 11])
    return strategy


def test_every_worked_example_is_what_the_program_says() -> None:
    quoted = [
        line[2:] for one in help_topics() if one.group == RULES for line in one.text.splitlines() if line[:2] == "> "
    ]
    assert len(quoted) >= 12
    assert [line for line in quoted if line not in _said()] == []


def test_the_words_are_in_the_order_of_the_alphabet_and_each_stands_once() -> None:
    words = [re.sub(r"^φ \(|\)", "", one.title).casefold() for one in help_topics() if one.group == WORDS]
    assert words == sorted(words)
    assert len(set(words)) == len(words) > 40


def test_topics_are_found_by_all_the_words_looked_for_titles_first() -> None:
    assert titles("usual movement")[:3] == ["The usual movement", "Beyond the usual movement", "Usual movement"]
    assert "Outlook" in titles("heading burglaries")
    assert titles("zebra") == []
    assert len(titles("  ")) == len(help_topics())


def test_a_word_of_the_glossary_is_looked_up_by_its_name_or_its_meaning() -> None:
    assert [one.title for one in glossary(word="Path")] == ["Path"]
    assert "Denominator" in [one.title for one in glossary(word="residents")]
    assert len(glossary()) > 40
    with pytest.raises(UserError, match="no “zebra”"):
        glossary(word="zebra")
