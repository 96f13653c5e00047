"""A doubt about a heading, a row name or a title is one about the figures that take their time from it."""

from __future__ import annotations

import pytest

from scs_desktop.domain.periods import month
from scs_desktop.returns.governed import governed
from scs_desktop.returns.grid import Range
from scs_desktop.returns.questions import QuestionKind
from scs_desktop.returns.records import Problem, Rule, Table
from tests.returns.returned import plan, reading, wanted

APRIL, MAY = month(2011, 4), month(2011, 5)
BURGLARY = wanted("residential burglary", "burglary in a dwelling")
ROWS = [(("Northmere", "Burglary in a dwelling"), {APRIL: "12", MAY: "9"})]

# Two tables one under the other: heads in rows 3 and 12, figures in columns B to E from rows 5 and 13 on.
TABLES = [Table("Data", Range(3, 1, 9, 5), "Burglary"), Table("Data", Range(12, 1, 20, 5), "Robbery")]
FIRST_ROWS = {0: 5, 1: 13}


def doubt(where: Range, rule: Rule = Rule.UNREADABLE_PERIOD) -> Problem:
    return Problem("Data", where, "2010-12", rule, "A month or years?", "")


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Range(3, 3, 3, 3), {Range(5, 3, 9, 3)}),
        (Range(4, 2, 4, 4), {Range(5, 2, 9, 4)}),
        (Range(7, 1, 8, 1), {Range(7, 1, 8, 5)}),
        (Range(1, 1, 1, 1), {Range(3, 1, 9, 5)}),
        (Range(11, 1, 11, 1), {Range(12, 1, 20, 5)}),
        (Range(30, 1, 30, 1), set()),
    ],
    ids=["a head", "heads", "row names", "the first title", "the second title", "a note beneath"],
)
def test_what_a_doubt_about_words_is_about(where: Range, expected: set[Range]) -> None:
    found = governed(doubt(where), TABLES, FIRST_ROWS)

    assert set(found) - {where} == expected


def test_a_doubt_about_a_figure_is_about_that_figure() -> None:
    assert governed(doubt(Range(3, 3, 3, 3), Rule.OUTLIER), TABLES, FIRST_ROWS) == (Range(3, 3, 3, 3),)


def test_a_doubt_about_a_heading_is_asked_and_its_column_may_be_left_out() -> None:
    found = reading(ROWS, problems=[doubt(Range(1, 4, 1, 4))])

    asked = plan(found, BURGLARY)
    (question,) = [one for one in asked.open_questions if one.kind is QuestionKind.PROBLEM]
    left = plan(found, BURGLARY, answers={question.key: "leave_out"})
    kept = plan(found, BURGLARY, answers={question.key: "keep"})

    assert [one.key.period for one in left.figures] == [APRIL]
    assert [one.key.period for one in kept.figures] == [APRIL, MAY]
    assert kept.ready


def test_a_doubt_about_a_heading_of_figures_that_are_not_stored_is_not_asked() -> None:
    theft = (("Northmere", "Theft from shops"), {APRIL: "40", MAY: "44"})
    found = reading([theft, *ROWS], problems=[doubt(Range(2, 2, 2, 2))])

    assert plan(found, BURGLARY).ready
