"""Files of a known agency that nobody has seen before, changed layouts, signs without a meaning: never silence."""

from dataclasses import replace
from uuid import uuid4

from scs_desktop.domain.figures import FigureKind, Part, Unit
from scs_desktop.domain.periods import month
from scs_desktop.domain.profile import KnownLayout, Profile, ProfileAnswer
from scs_desktop.domain.strategy import Adding, RatedPart
from scs_desktop.returns.grid import FileFormat, Range, Sheet, Workbook
from scs_desktop.returns.heads import head_changes, table_heads
from scs_desktop.returns.matching import rows_question
from scs_desktop.returns.questions import QuestionKind
from scs_desktop.returns.records import Problem, Rule
from tests.returns.returned import AGENCY, plan, reading, together, wanted

APRIL, MAY = month(2011, 4), month(2011, 5)
BURGLARY = wanted("residential burglary", "burglary in a dwelling")
TOTAL = wanted("total crime")
WORRY = wanted("worried about ASB", rated=RatedPart.PERCENT, over_time=Adding.NEVER)
BURGLARY_ROWS = rows_question(BURGLARY.series.id, Part.VALUE)
TOTAL_ROWS = rows_question(TOTAL.series.id, Part.VALUE)
STRANGE = [
    (("Northmere", "Class 28a"), {APRIL: "12", MAY: "9"}),
    (("Northmere", "Class 30b"), {APRIL: "40", MAY: "44"}),
]


def profile(*answers: tuple[str, str], layouts: tuple[KnownLayout, ...] = ()) -> Profile:
    return Profile(AGENCY, tuple(ProfileAnswer(uuid4(), AGENCY, key, answer) for key, answer in answers), layouts)


def layout(*rows: str, heads: tuple[str, ...] = ()) -> KnownLayout:
    return KnownLayout(uuid4(), AGENCY, "Data", heads, rows)


def test_a_file_without_a_known_word_asks_which_its_indicators_are() -> None:
    made = plan(reading(STRANGE), BURGLARY, WORRY)
    assert not made.figures
    assert [one.key for one in made.open_questions] == [BURGLARY_ROWS]
    assert {one.key for one in made.open_questions[0].choices} >= {"row:class 28a", "row:class 30b", "none"}
    assert "None of the rows of this file is known: which are these indicators?" in made.notes
    said = plan(reading(STRANGE), BURGLARY, answers={BURGLARY_ROWS: "row:class 28a"})
    assert [one.measured.value for one in said.figures] == [12, 9]


def test_a_file_without_a_known_word_asks_also_where_the_series_came_in_another_layout() -> None:
    made = plan(reading(STRANGE), BURGLARY, profile=profile((BURGLARY_ROWS, "row:burglary")))
    assert [one.key for one in made.open_questions] == [BURGLARY_ROWS]


def test_a_file_that_was_said_to_hold_nothing_is_not_asked_about_again() -> None:
    seen = profile((BURGLARY_ROWS, "none"), layouts=(layout("class 28a", "class 30b"),))
    made = plan(reading(STRANGE), BURGLARY, profile=seen)
    assert made.ready
    assert not made.figures


def test_a_file_in_another_unit_is_told_not_asked() -> None:
    made = plan(reading(STRANGE), WORRY)
    assert not made.open_questions
    assert "None of the rows of this file is in the unit of a figure that this agency provides." in made.notes


def test_a_new_table_beside_a_known_one_is_named() -> None:
    known = reading([(("Northmere", "Burglary in a dwelling"), {APRIL: "12"})])
    seen = profile((BURGLARY_ROWS, "row:burglary in a dwelling"), layouts=(layout("burglary in a dwelling"),))
    made = plan(together(known, reading(STRANGE)), BURGLARY, profile=seen)
    assert [note for note in made.notes if note.startswith("No indicator uses the table at Data!")]
    assert made.ready


def test_no_sum_of_all_rows_is_offered_for_shares() -> None:
    fear = wanted("fear of crime", rated=RatedPart.PERCENT, over_time=Adding.SUM)
    made = plan(reading(STRANGE, unit=Unit.PERCENT), fear)
    assert not [one for asked in made.open_questions for one in asked.choices if one.key.startswith("all:")]


def test_no_sum_of_all_rows_is_offered_where_other_rows_are_indicators_of_their_own() -> None:
    harm = wanted("harm index")
    rows = [*STRANGE, (("Northmere", "Burglary in a dwelling"), {APRIL: "12", MAY: "9"})]
    key = rows_question(harm.series.id, Part.VALUE)
    made = plan(reading(rows), BURGLARY, harm, answers={key: "all:1"})
    assert [one.name for one in made.figures] == ["residential burglary"] * 2
    total = plan(reading(rows), BURGLARY, TOTAL)
    assert "all:1" in [one.key for asked in total.open_questions for one in asked.choices]


def test_a_sum_of_one_layout_is_never_made_of_another() -> None:
    summed = layout("theft", "arson", "fraud")
    seen = profile((TOTAL_ROWS, f"all:{summed.id}"), layouts=(summed,))
    given = plan(reading(STRANGE), TOTAL, profile=seen, answers={TOTAL_ROWS: "all:1"})
    assert not given.figures
    offered = next(one for one in given.open_questions[0].choices if one.key.startswith("all:"))
    assert offered.key.count(":") == 2
    made = plan(reading(STRANGE), TOTAL, profile=seen, answers={TOTAL_ROWS: offered.key})
    assert [one.measured.value for one in made.figures] == [52, 53]


def test_a_row_that_vanished_from_a_sum_is_asked_about_once() -> None:
    summed = layout("class 28a", "class 30b", "class 31")
    seen = profile((TOTAL_ROWS, f"all:{summed.id}"), layouts=(summed,))
    asked = plan(reading(STRANGE), TOTAL, profile=seen)
    assert [one.kind for one in asked.open_questions] == [QuestionKind.NEW_ROW]
    assert asked.open_questions[0].ask.startswith("“class 31” of earlier returns is not in this file.")
    key = asked.open_questions[0].key
    assert [
        one.measured.value for one in plan(reading(STRANGE), TOTAL, profile=seen, answers={key: "include"}).figures
    ] == [
        52,
        53,
    ]
    assert not plan(reading(STRANGE), TOTAL, profile=seen, answers={key: "exclude"}).figures
    remembered = Profile(AGENCY, (*seen.answers, ProfileAnswer(uuid4(), AGENCY, key, "include")), seen.layouts)
    assert plan(reading(STRANGE), TOTAL, profile=remembered).ready


def sheet(*rows: list[str | int]) -> Workbook:
    filled = Sheet("Data", rows={number: list(row) for number, row in enumerate(rows, start=1)})
    return Workbook("return.xlsx", "a" * 64, FileFormat.XLSX, [filled])


def test_renamed_new_and_vanished_heads_are_named() -> None:
    found = reading([(("Northmere", "Burglary in a dwelling"), {APRIL: "12"})])
    (heads,) = table_heads(
        sheet(["Area Codes", "Offence", "Apr-11"], ["Northmere", "Burglary in a dwelling", 12]), found
    )
    assert heads == ("area codes", "offence")
    before = layout("burglary in a dwelling", heads=("area code", "offence", "borough"))
    assert head_changes(before, heads, "Data!A1:C2") == (
        "Data!A1:C2: the column “area codes” was “area code” in earlier returns.",
        "Data!A1:C2: no column is headed “borough” any more.",
    )
    assert head_changes(layout(heads=()), heads, "Data!A1:C2") == ()
    assert head_changes(layout(heads=heads), heads, "Data!A1:C2") == ()


def test_a_plan_names_the_heads_that_changed() -> None:
    found = reading([(("Northmere", "Burglary in a dwelling"), {APRIL: "12"})])
    book = sheet(["Area Codes", "Offence", "Apr-11"], ["Northmere", "Burglary in a dwelling", 12])
    seen = profile(layouts=(layout("burglary in a dwelling", heads=("area code", "offence")),))
    made = plan(found, BURGLARY, profile=seen, workbook=book)
    assert "Data!A1:C2: the column “area codes” was “area code” in earlier returns." in made.notes
    assert made.layouts[0].heads == ("area codes", "offence")


SIGN = Problem(
    "Data", Range(2, 3, 2, 3), "*", Rule.UNKNOWN_MARK, "“*” stands for a figure, and nothing says what it means."
)
STARRED = [(("Northmere", "Burglary in a dwelling"), {APRIL: "*", MAY: "*"})]


def test_a_sign_is_asked_once_for_all_its_cells_and_remembered() -> None:
    asked = plan(reading(STARRED, problems=[SIGN]), BURGLARY)
    assert [(one.key, one.kind, one.remembered, len(one.cells)) for one in asked.open_questions] == [
        ("mark/*", QuestionKind.MARK, True, 2)
    ]
    made = plan(reading(STARRED, problems=[SIGN]), BURGLARY, answers={"mark/*": "suppressed"})
    assert {one.measured.kind for one in made.figures} == {FigureKind.SUPPRESSED}
    assert ("mark/*", "suppressed") in {one[:2] for one in made.to_remember}


def test_a_sign_may_mean_nought_or_be_left_out() -> None:
    nought = plan(reading(STARRED, problems=[SIGN]), BURGLARY, profile=profile(("mark/*", "zero")))
    assert [one.measured.value for one in nought.figures] == [0, 0]
    assert nought.ready
    left = plan(reading(STARRED, problems=[SIGN]), BURGLARY, answers={"mark/*": "leave_out"})
    assert not left.figures
    assert {one.reason for one in left.left_out} == {"left out by the officer"}


def test_two_doubts_on_one_cell_are_settled_by_one_answer_that_leaves_it_out() -> None:
    rows = [(("Northmere", "Burglary in a dwelling"), {APRIL: "12", MAY: "9"})]
    cell = Range(2, 3, 2, 3)
    doubts = [
        Problem("Data", cell, "12", rule, f"12 is odd: {rule.value}") for rule in (Rule.OUTLIER, Rule.SUM_DIFFERS)
    ]
    asked = plan(reading(rows, problems=doubts), BURGLARY)
    assert len(asked.open_questions) == 2
    made = plan(reading(rows, problems=doubts), BURGLARY, answers={asked.open_questions[0].key: "leave_out"})
    assert made.ready
    assert [one.key.period for one in made.figures] == [MAY]


def test_many_doubts_of_one_rule_are_one_question() -> None:
    months = {month(2011, number): str(10 + number) for number in range(1, 9)}
    rows = [(("Northmere", "Burglary in a dwelling"), months)]
    doubts = [
        Problem("Data", Range(2, 3 + place, 2, 3 + place), "1", Rule.FRACTIONAL_COUNT, f"Cell {place} is odd.")
        for place in range(8)
    ]
    (asked,) = plan(reading(rows, problems=doubts), BURGLARY).open_questions
    assert len(asked.cells) == 8
    assert "7 more places" in asked.ask
    assert len(plan(reading(rows, problems=doubts), BURGLARY, answers={asked.key: "keep"}).figures) == 8
    assert not plan(reading(rows, problems=doubts), BURGLARY, answers={asked.key: "leave_out"}).figures


def test_rows_that_contradict_each_other_throughout_are_one_question() -> None:
    months = [month(2011, number) for number in range(1, 9)]
    rows = [
        (("Northmere", "Burglary in a dwelling"), {one: str(base + place) for place, one in enumerate(months)})
        for base in (10, 30)
    ]
    (asked,) = plan(reading(rows), BURGLARY).open_questions
    assert [one.key for one in asked.choices] == ["row:2", "row:3"]
    made = plan(reading(rows), BURGLARY, answers={asked.key: "row:3"})
    assert [one.measured.value for one in made.figures] == [30 + place for place in range(8)]


def test_the_base_of_a_survey_is_not_summed_to_a_count() -> None:
    shares = reading([(("Northmere", "Worried about ASB", "%"), {APRIL: "24"})], unit=Unit.PERCENT)
    bases = reading(
        [(("Northmere", "Worried about ASB", "Base"), {APRIL: "412"}), (("Northmere", "Gangs", "Base"), {APRIL: "398"})]
    )
    whole = together(shares, bases)
    whole.records = [replace(one, table=0) for one in whole.records]
    assert not [one for one in plan(whole, TOTAL, WORRY).open_questions if one.key == TOTAL_ROWS]


def test_a_cohort_of_nobody_knows_what_is_not_taken_for_an_indicators_own() -> None:
    repeat = wanted("repeat youth offending", rated=RatedPart.RATE, over_time=Adding.NEVER)
    rows = [(("Northmere", "Cohort size"), {APRIL: "2999"}), (("Northmere", "Re-offences"), {APRIL: "234"})]
    assert not plan(reading(rows), repeat).figures
    own = [
        (("Northmere", "Repeat youth offending", "Cohort size"), {APRIL: "61"}),
        (("Northmere", "Other", "x"), {APRIL: "1"}),
    ]
    assert [one.key.part for one in plan(reading(own), repeat).figures] == [Part.DENOMINATOR]
