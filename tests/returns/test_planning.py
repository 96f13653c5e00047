"""What becomes of a return: taken word for word, asked about, remembered, summed, revised or left out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_desktop.domain.agencies import PeriodForm
from scs_desktop.domain.figures import Figure, FigureKey, FigureKind, Part, SourceRole, Unit, number
from scs_desktop.domain.periods import PeriodKind, month, quarter, rolling_12
from scs_desktop.domain.profile import KnownLayout, Profile, ProfileAnswer
from scs_desktop.domain.strategy import Adding, RatedPart
from scs_desktop.returns.grid import Range, Workbook
from scs_desktop.returns.matching import rows_question
from scs_desktop.returns.plan import Effect, Mark, PlanContext, ReturnPlan, cell_marks
from scs_desktop.returns.planning import make_plan
from scs_desktop.returns.questions import Answers, QuestionKind
from scs_desktop.returns.records import Problem, Rule
from tests.returns.returned import AGENCY, AREAS, HOME, MILL, plan, reading, wanted

APRIL, MAY = month(2011, 4), month(2011, 5)
CRIME = [
    (("Northmere", "Theft", "Theft from shops"), {APRIL: "40", MAY: "44"}),
    (("Northmere", "Burglary", "Burglary in a dwelling"), {APRIL: "12", MAY: "9"}),
    (("Southmere", "Burglary", "Burglary in a dwelling"), {APRIL: "99", MAY: "98"}),
]
BURGLARY = wanted("residential burglary", "burglary in a dwelling")
TOTAL = wanted("total crime")


def test_a_row_of_the_indicators_own_words_is_taken_without_a_question() -> None:
    made = plan(reading(CRIME), BURGLARY)
    assert [(one.key.period, one.measured.value, one.effect) for one in made.figures] == [
        (APRIL, Decimal(12), Effect.NEW),
        (MAY, Decimal(9), Effect.NEW),
    ]
    assert {one.key.area for one in made.figures} == {HOME.id}
    assert made.ready


def test_every_cell_is_a_figure_or_left_out_with_its_reason() -> None:
    made = plan(reading(CRIME), BURGLARY)
    reasons = {str(one.range): one.reason for one in made.left_out}
    assert reasons == {
        "D2:E2": "no indicator uses this row",
        "D4:E4": "another area: Southmere",
    }
    assert made.cells_left_out == 4


def test_a_total_without_a_row_of_that_name_is_asked_and_then_summed_from_its_cells() -> None:
    key = rows_question(TOTAL.series.id, Part.VALUE)
    asked = plan(reading(CRIME), TOTAL)
    assert not asked.ready
    assert [one.key for one in asked.open_questions] == [key]
    assert asked.open_questions[0].choices[0].key == "all:1"
    made = plan(reading(CRIME), TOTAL, answers={key: "all:1"})
    assert [one.measured.value for one in made.figures] == [52, 53]
    assert [(cell.cell, cell.role) for cell in made.figures[0].sources] == [
        ("D2", SourceRole.ADDEND),
        ("D3", SourceRole.ADDEND),
    ]
    assert made.ready


def test_an_answer_may_name_the_row_as_it_stands_in_the_sheet() -> None:
    other = wanted("break-ins")
    key = rows_question(other.series.id, Part.VALUE)
    made = plan(reading(CRIME), other, answers={key: "BURGLARY › Burglary in a dwelling"})
    assert [one.measured.value for one in made.figures] == [12, 9]


def test_an_answer_that_names_no_row_of_the_file_is_asked_again() -> None:
    key = rows_question(TOTAL.series.id, Part.VALUE)
    made = plan(reading(CRIME), TOTAL, answers={key: "row:arson"})
    assert [one.key for one in made.open_questions] == [key]


def test_a_remembered_answer_asks_nothing_the_second_time() -> None:
    key = rows_question(TOTAL.series.id, Part.VALUE)
    layout = KnownLayout(uuid4(), AGENCY, "Data", (), ("burglary › burglary in a dwelling", "theft › theft from shops"))
    profile = Profile(AGENCY, (ProfileAnswer(uuid4(), AGENCY, key, f"all:{layout.id}"),), (layout,))
    made = plan(reading(CRIME), TOTAL, profile=profile)
    assert made.ready
    assert [one.measured.value for one in made.figures] == [52, 53]


def test_a_new_row_in_a_known_table_is_asked_before_it_joins_the_sum() -> None:
    key = rows_question(TOTAL.series.id, Part.VALUE)
    layout = KnownLayout(uuid4(), AGENCY, "Data", (), ("burglary › burglary in a dwelling", "theft › theft from shops"))
    profile = Profile(AGENCY, (ProfileAnswer(uuid4(), AGENCY, key, f"all:{layout.id}"),), (layout,))
    grown = [*CRIME, (("Northmere", "Fraud", "Fraud"), {APRIL: "7", MAY: "8"})]
    asked = plan(reading(grown), TOTAL, profile=profile)
    assert [one.kind for one in asked.open_questions] == [QuestionKind.NEW_ROW]
    made = plan(reading(grown), TOTAL, profile=profile, answers={asked.open_questions[0].key: "include"})
    assert [one.measured.value for one in made.figures] == [59, 61]


def test_a_sum_with_an_absent_row_waits_for_the_officers_word() -> None:
    key = rows_question(TOTAL.series.id, Part.VALUE)
    gappy = [CRIME[0], (("Northmere", "Burglary", "Burglary in a dwelling"), {MAY: "9"})]
    asked = plan(reading(gappy), TOTAL, answers={key: "all:1"})
    assert [one.key for one in asked.open_questions] == [f"absent/{key}"]
    assert [one.key.period for one in asked.figures] == [MAY]
    zero = plan(reading(gappy), TOTAL, answers={key: "all:1", f"absent/{key}": "zero"})
    assert {one.key.period: one.measured.value for one in zero.figures} == {APRIL: 40, MAY: 53}


def test_a_sum_with_a_cell_that_is_no_number_is_no_number() -> None:
    key = rows_question(TOTAL.series.id, Part.VALUE)
    marked = [CRIME[0], (("Northmere", "Burglary", "Burglary in a dwelling"), {APRIL: "..", MAY: "9"})]
    made = plan(reading(marked), TOTAL, answers={key: "all:1"})
    assert [one.measured.kind for one in made.figures] == [FigureKind.NOT_AVAILABLE, FigureKind.NUMBER]


@pytest.mark.parametrize(("stored", "effect"), [("12", Effect.SAME), ("11", Effect.REVISED)])
def test_a_figure_that_is_there_already_is_the_same_or_revised(stored: str, effect: Effect) -> None:
    key = FigureKey(BURGLARY.series.id, HOME.id, APRIL)
    known = {key: Figure(uuid4(), key, number(stored), recorded_in=1)}
    context = PlanContext(AREAS, HOME.id, (BURGLARY,), Profile(AGENCY), known)
    made = plan(reading(CRIME), context=context)
    assert [one.effect for one in made.figures] == [effect, Effect.NEW]


def test_an_older_file_asks_before_it_replaces_a_newer_one() -> None:
    key = FigureKey(BURGLARY.series.id, HOME.id, APRIL)
    newer = uuid4()
    known = {key: Figure(uuid4(), key, number(11), recorded_in=1, import_id=newer)}
    context = PlanContext(AREAS, HOME.id, (BURGLARY,), Profile(AGENCY), known, {newer: date(2011, 9, 1)})
    found = reading(CRIME)

    def planned(answers: dict[str, str]) -> ReturnPlan:
        return make_plan(
            reading=found, workbook=Workbook(found.file_name, found.sha256, found.format), agency=AGENCY,
            received_on=date(2011, 9, 20), extracted_on=date(2011, 6, 1), context=context, answers=Answers(answers),
        )  # fmt: skip

    asked = planned({})
    assert [one.kind for one in asked.open_questions] == [QuestionKind.OLDER_FILE]
    kept = planned({asked.open_questions[0].key: "keep_newer"})
    assert [one.key.period for one in kept.figures] == [MAY]


def test_wards_are_figures_of_their_own() -> None:
    rows = [(("Northmere", "Mill End", "Burglary in a dwelling"), {APRIL: "3"})]
    made = plan(reading(rows), BURGLARY)
    assert [one.key.area for one in made.figures] == [MILL.id]


def test_a_sheet_that_names_no_area_is_asked_about() -> None:
    rows = [(("Burglary in a dwelling",), {APRIL: "3"})]
    asked = plan(reading(rows), BURGLARY)
    assert [one.kind for one in asked.open_questions] == [QuestionKind.AREA]
    assert not asked.figures
    assert len(plan(reading(rows), BURGLARY, answers={"area": "home"}).figures) == 1
    assert len(plan(reading(rows, title="Offences in Northmere"), BURGLARY).figures) == 1


def test_a_problem_on_a_cell_that_would_be_stored_is_asked_and_may_leave_it_out() -> None:
    doubt = Problem("Data", Range(3, 4, 3, 4), "12", Rule.OUTLIER, "12 is far from the figures beside it.")
    elsewhere = Problem("Data", Range(4, 4, 4, 4), "99", Rule.OUTLIER, "99 is far from the figures beside it.")
    asked = plan(reading(CRIME, problems=[doubt, elsewhere]), BURGLARY)
    assert [one.ask for one in asked.open_questions] == [doubt.sentence]
    key = asked.open_questions[0].key
    assert len(plan(reading(CRIME, problems=[doubt]), BURGLARY, answers={key: "keep"}).figures) == 2
    left = plan(reading(CRIME, problems=[doubt]), BURGLARY, answers={key: "leave_out"})
    assert [one.key.period for one in left.figures] == [MAY]


def test_the_same_figure_twice_with_two_values_is_asked() -> None:
    rows = [CRIME[1], (("Northmere", "Burglary", "Burglary in a dwelling"), {APRIL: "13"})]
    asked = plan(reading(rows), BURGLARY)
    assert [one.kind for one in asked.open_questions] == [QuestionKind.CONFLICT]
    made = plan(reading(rows), BURGLARY, answers={asked.open_questions[0].key: "Data!D3"})
    assert {one.key.period: one.measured.value for one in made.figures} == {APRIL: 13, MAY: 9}


def test_survey_waves_are_rolling_years_with_their_sample_sizes() -> None:
    worry = wanted("worried about ASB", rated=RatedPart.PERCENT, over_time=Adding.NEVER, form=PeriodForm.ROLLING_12)
    wave = quarter(2011, 2)
    percent = reading([(("Northmere", "Worried about ASB", "%"), {wave: "24"})], unit=Unit.PERCENT)
    people = reading([(("Northmere", "Worried about ASB", "Sample size"), {wave: "412"})], unit=None)
    people.records[0] = replace(people.records[0], column=9)
    percent.records.extend(people.records)
    made = plan(percent, worry)
    assert {one.key.part: (one.measured.value, one.key.period) for one in made.figures} == {
        Part.VALUE: (Decimal(24), rolling_12(wave.end)),
        Part.SAMPLE_SIZE: (Decimal(412), rolling_12(wave.end)),
    }


def test_a_year_to_date_figure_counts_from_april() -> None:
    families = wanted("families covered", over_time=Adding.LAST, form=PeriodForm.YEAR_TO_DATE)
    made = plan(reading([(("Northmere", "Families covered"), {quarter(2011, 2): "21"})]), families)
    period = made.figures[0].key.period
    assert (period.kind, period.start, period.end) == (PeriodKind.YEAR_TO_DATE, date(2011, 4, 1), date(2011, 9, 30))


def test_the_preview_marks_each_cell() -> None:
    marks = {(one.row, one.column): one.mark for one in cell_marks(plan(reading(CRIME), BURGLARY))}
    assert marks[3, 4] is Mark.NEW
    assert marks[2, 4] is Mark.LEFT_OUT


def test_rows_taken_word_for_word_are_remembered() -> None:
    made = plan(reading(CRIME), BURGLARY)
    assert (rows_question(BURGLARY.series.id, Part.VALUE), "row:burglary › burglary in a dwelling") in {
        one[:2] for one in made.to_remember
    }
