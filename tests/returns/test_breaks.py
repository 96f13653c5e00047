"""Rows that end, start or go on under another name: the officer says what that means for the indicator."""

from datetime import date

from scs_desktop.domain.figures import Part
from scs_desktop.domain.periods import Period, months_between
from scs_desktop.returns.matching import rows_question
from scs_desktop.returns.plan import ReturnPlan
from scs_desktop.returns.questions import QuestionKind
from tests.returns.returned import plan, reading, wanted

YEAR = months_between(date(2012, 10, 1), date(2013, 9, 30))
TOTAL = wanted("total crime")
TOTAL_ROWS = rows_question(TOTAL.series.id, Part.VALUE)
BURGLARY = wanted("residential burglary", "burglary in a dwelling")


def row(name: str, first: int, then: int) -> tuple[tuple[str, str], dict[Period, str]]:
    """Return a row that changes its level after six months; nought stays nought."""
    levels = [first if place < 6 else then for place in range(len(YEAR))]
    figures = {
        one: str(level + place % 3 if level else 0) for place, (one, level) in enumerate(zip(YEAR, levels, strict=True))
    }
    return ("Northmere", name), figures


FRAUD_LEAVES = [row("Theft", 200, 210), row("Fraud", 80, 0), row("Arson", 20, 22)]
RENAMED = [row("Theft", 200, 210), row("Burglary in a dwelling", 60, 0), row("Burglary - residential", 0, 64)]


def breaks(made: ReturnPlan) -> list[str]:
    return [one.key for one in made.open_questions if one.kind is QuestionKind.BREAK]


def test_a_component_that_falls_to_nothing_and_stays_is_asked_about() -> None:
    asked = plan(reading(FRAUD_LEAVES), TOTAL, answers={TOTAL_ROWS: "all:1"})
    assert breaks(asked) == ["break/fraud/2013-04-01"]
    assert asked.open_questions[0].ask.startswith("“Fraud” is nought from April 2013 on")


def test_a_definition_that_changed_is_noted_beside_the_figures_from_then_on() -> None:
    made = plan(reading(FRAUD_LEAVES), TOTAL, answers={TOTAL_ROWS: "all:1", "break/fraud/2013-04-01": "note"})
    notes = {one.key.period: one.note for one in made.figures}
    assert notes[YEAR[5]] == ""
    assert notes[YEAR[6]] == "From April 2013 on “Fraud” is no part of it: the definition changed."
    assert made.ready
    assert ("break/fraud/2013-04-01", "note") in {one[:2] for one in made.to_remember}


def test_the_figures_after_a_break_may_be_left_out() -> None:
    made = plan(reading(FRAUD_LEAVES), TOTAL, answers={TOTAL_ROWS: "all:1", "break/fraud/2013-04-01": "leave_out"})
    assert [one.key.period for one in made.figures] == list(YEAR[:6])


def test_a_row_that_goes_on_under_another_name_is_joined_to_it() -> None:
    asked = plan(reading(RENAMED), BURGLARY)
    assert breaks(asked) == ["break/burglary in a dwelling/2013-04-01"]
    assert "“Burglary - residential” starts there" in asked.open_questions[0].ask
    made = plan(reading(RENAMED), BURGLARY, answers={asked.open_questions[0].key: "join"})
    assert [one.measured.value for one in made.figures][5:8] == [62, 64, 65]
    assert made.ready


def test_a_rename_inside_a_sum_changes_nothing_and_is_not_asked() -> None:
    assert plan(reading(RENAMED), TOTAL, answers={TOTAL_ROWS: "all:1"}).ready


def test_one_answer_serves_every_indicator_that_uses_the_row() -> None:
    other = wanted("serious property crime", components=("Burglary in a dwelling", "Theft"))
    key = rows_question(other.series.id, Part.VALUE)
    asked = plan(reading(RENAMED), BURGLARY, other, answers={key: "sum:burglary in a dwelling|theft"})
    assert breaks(asked) == ["break/burglary in a dwelling/2013-04-01"]


def test_a_small_category_may_be_nought_for_a_while() -> None:
    rows = [row("Theft", 200, 210), row("Homicide", 1, 0)]
    assert plan(reading(rows), TOTAL, answers={TOTAL_ROWS: "all:1"}).ready
