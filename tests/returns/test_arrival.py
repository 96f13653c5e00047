"""What a return's figures are held against before they are stored, and what becomes of the officer's answer."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from scs_desktop.domain.figures import Figure, FigureKey, Part, Unit
from scs_desktop.domain.periods import Period, month, months_between, quarter
from scs_desktop.domain.profile import Profile
from scs_desktop.domain.strategy import Adding, Denominator, RatedPart
from scs_desktop.returns.grid import Range
from scs_desktop.returns.plan import PlanContext, ReturnPlan
from scs_desktop.returns.questions import Answers, Question, QuestionKind, leaving_out
from scs_desktop.returns.records import Problem, Reading, Rule
from scs_desktop.returns.scoring import Wanted
from tests.returns.returned import AGENCY, AREAS, HOME, known, plan, reading, together, wanted

BURGLARY = wanted("residential burglary", denominator="households", per="1000")
TWO_YEARS = months_between(date(2010, 4, 1), date(2012, 3, 31))
USUAL = {period: str(100 + index % 7) for index, period in enumerate(TWO_YEARS)}
NEXT = month(2012, 4)
PEOPLE = Denominator(uuid4(), "population", HOME.id, Decimal(343_100), "as printed")
HOMES = Denominator(uuid4(), "households", HOME.id, Decimal(135_341), "as printed")


def context(*series: Wanted, current: dict[Period, str] | None = None) -> PlanContext:
    figures = known(series[0], current or {})
    return PlanContext(AREAS, HOME.id, series, Profile(AGENCY), figures, denominators=(PEOPLE, HOMES))


def burglary(figures: dict[Period, str]) -> Reading:
    return reading([(("Northmere", "Residential burglary"), figures)])


def only_check(made: ReturnPlan) -> Question:
    (asked,) = made.open_questions
    assert asked.kind is QuestionKind.CHECK
    return asked


def test_a_usual_month_is_stored_without_a_word() -> None:
    assert plan(burglary({NEXT: "104"}), context=context(BURGLARY, current=USUAL)).ready


@pytest.mark.parametrize("value", ["1040", "10", "0", "618"])
def test_a_month_far_from_its_history_is_asked_with_its_evidence(value: str) -> None:
    asked = only_check(plan(burglary({NEXT: value}), context=context(BURGLARY, current=USUAL)))
    assert f"April 2012: {int(value):,}, usually about 103" in asked.ask
    assert [str(where) for _, where in asked.cells] == ["C2"]


def test_the_reason_for_keeping_a_figure_stays_with_it() -> None:
    found, known_so_far = burglary({NEXT: "300"}), context(BURGLARY, current=USUAL)
    key = only_check(plan(found, context=known_so_far)).key
    made = plan(
        found, context=known_so_far, answers={key: "keep"}, reasons={key: "Series of break-ins, two arrests made."}
    )
    assert made.ready
    assert made.figures[0].measured.value == 300
    assert made.figures[0].note.endswith("Kept. Series of break-ins, two arrests made.")


def test_a_figure_left_out_is_left_out_with_what_was_asked() -> None:
    found, known_so_far = burglary({NEXT: "1040"}), context(BURGLARY, current=USUAL)
    asked = plan(found, context=known_so_far)
    cautious = leaving_out(asked.open_questions, Answers())
    made = plan(found, context=known_so_far, answers=dict(cautious.given))
    assert not made.figures
    assert [str(one.range) for one in made.left_out] == ["C2"]
    assert made.left_out[0].reason.startswith("left out by the officer: residential burglary, April 2012: 1,040")


def test_the_same_doubt_has_the_same_key_whatever_file_brings_it() -> None:
    first, second = burglary({NEXT: "1040"}), burglary({NEXT: "1040"})
    second.sha256 = "b" * 64
    keys = {only_check(plan(one, context=context(BURGLARY, current=USUAL))).key for one in (first, second)}
    assert len(keys) == 1


def test_many_far_figures_of_one_series_are_one_question() -> None:
    odd = dict.fromkeys(months_between(date(2012, 4, 1), date(2012, 8, 31)), "2000")
    asked = only_check(plan(burglary(odd), context=context(BURGLARY, current=USUAL)))
    assert asked.ask.startswith("5 figures are far from their usual level")
    assert len(asked.cells) == 5


def test_a_figure_that_is_there_already_is_not_asked_about_again() -> None:
    there = {**USUAL, NEXT: "1040"}
    assert plan(burglary({NEXT: "1040"}), context=context(BURGLARY, current=there)).ready


def test_a_year_to_date_is_compared_with_as_many_months() -> None:
    from scs_desktop.domain.agencies import PeriodForm
    from scs_desktop.returns.series_periods import period_in_series

    families = wanted("families covered", over_time=Adding.LAST, form=PeriodForm.YEAR_TO_DATE)
    before = {
        period_in_series(quarter(year, number), families.series): str(10 * number + year % 3)
        for year in range(2007, 2012)
        for number in range(1, 5)
    }
    rows = [(("Northmere", "Families covered"), {quarter(2012, 1): "11"})]
    assert plan(reading(rows), context=context(families, current=before)).ready


WORRY = wanted("worried about ASB", rated=RatedPart.PERCENT, over_time=Adding.NEVER)
WAVES = {quarter(2010, number): str(22 + number) for number in range(1, 5)}


def survey(value: str) -> Reading:
    return reading([(("Northmere", "Worried about ASB"), {quarter(2011, 1): value})], unit=Unit.PERCENT)


def test_a_fraction_where_the_history_is_in_percent_is_offered_times_100() -> None:
    known_so_far = context(WORRY, current=WAVES)
    asked = only_check(plan(survey("0.24"), context=known_so_far))
    assert asked.choices[0].key == "times_100"
    made = plan(survey("0.24"), context=known_so_far, answers={asked.key: "times_100"})
    assert made.figures[0].measured.value == 24
    assert made.figures[0].measured.text == "0.24"
    assert made.figures[0].note.startswith("Put right:")


def test_more_than_the_whole_is_asked() -> None:
    assert "cannot be more than 100" in plan(survey("124"), context=context(WORRY)).open_questions[0].ask


def counts_and_rates(count: str, rate: str, *, name: str = "Residential burglary") -> Reading:
    period = quarter(2011, 1)
    counts = reading([(("Northmere", name, "Number"), {period: count})])
    rates = reading([(("Northmere", name, "Rate per 1,000"), {period: rate})], unit=Unit.RATE)
    rates.records = [replace(one, column=9) for one in rates.records]
    counts.records.extend(rates.records)
    return counts


def test_a_rate_beside_a_count_is_compared_and_left_out_with_the_reason() -> None:
    made = plan(counts_and_rates("3362", "24.841"), context=context(BURGLARY))
    assert made.ready
    assert [(one.key.part, one.measured.value) for one in made.figures] == [(Part.VALUE, Decimal(3362))]
    assert [one.reason for one in made.left_out] == [
        "a rate beside residential burglary: the count is the figure, and the rate is compared with it"
    ]


def test_a_count_its_rate_contradicts_is_asked_and_the_slip_offered() -> None:
    crime = wanted("total crime", denominator="population", per="1000")
    found = counts_and_rates("27705", "74.922", name="Total crime")
    asked = only_check(plan(found, context=context(crime)))
    assert asked.choices[0].key == "count:25705"
    assert "369,800" in asked.ask
    made = plan(found, context=context(crime), answers={asked.key: "count:25705"})
    assert made.figures[0].measured.value == 25705
    assert made.figures[0].sources[0].text == "27705"


def test_rates_on_another_population_are_told_once_and_no_count_is_doubted() -> None:
    crime = wanted("total crime", denominator="population", per="1000")
    counts = {month(2011, number): str(2000 + 10 * number) for number in range(4, 8)}
    rates = {period: str(round(Decimal(text) * 1000 / 356_386, 3)) for period, text in counts.items()}
    found = reading([(("Northmere", "Total crime", "Number"), counts)])
    beside = reading([(("Northmere", "Total crime", "Rate per 1,000"), rates)], unit=Unit.RATE)
    found.records.extend(replace(one, column=one.column + 9) for one in beside.records)
    made = plan(found, context=context(crime))
    assert made.ready
    assert [one for one in made.notes if "356,400" in one and "-3.7 %" in one]


def test_a_part_larger_than_its_whole_is_asked() -> None:
    incidents = wanted("incidents")
    offences = wanted("offences", part_of=("incidents",))
    found = reading(
        [(("Northmere", "Offences"), {NEXT: "120"}), (("Northmere", "Incidents"), {NEXT: "90"})],
    )
    asked = only_check(plan(found, context=context(offences, incidents)))
    assert asked.ask == "offences, April 2012 is 120, more than incidents of which it is a part (90)."
    assert {str(where) for _, where in asked.cells} == {"C2", "C3"}


def test_a_quarter_is_the_sum_of_its_months() -> None:
    months = {month(2011, 4): "10", month(2011, 5): "12", month(2011, 6): "11"}
    right = burglary({**months, quarter(2011, 1): "33"})
    assert plan(right, context=context(BURGLARY)).ready
    wrong = only_check(plan(burglary({**months, quarter(2011, 1): "43"}), context=context(BURGLARY)))
    assert wrong.ask == "residential burglary, Q1 2011/12 is 43, and its 3 months add up to 33."


def test_a_share_that_is_not_that_of_its_parts_is_asked() -> None:
    repeat = wanted("repeat victims", rated=RatedPart.PERCENT, over_time=Adding.RATIO_OF_SUMS)
    period = quarter(2011, 1)

    def found(share: str) -> Reading:
        shares = reading([(("Northmere", "Repeat victims"), {period: share})], unit=Unit.PERCENT)
        tops = reading([(("Northmere", "Repeat victims", "Numerator"), {period: "196"})])
        bottoms = reading([(("Northmere", "Repeat victims", "Denominator"), {period: "920"})])
        whole = together(shares, tops, bottoms)
        whole.tables = whole.tables[:1]
        whole.records = [replace(one, table=0) for one in whole.records]
        return whole

    assert plan(found("21.3"), context=context(repeat)).ready
    assert "196 of 920 make 21.3" in only_check(plan(found("31.2"), context=context(repeat))).ask


def test_last_times_column_sent_again_is_one_question() -> None:
    series = [wanted(name) for name in ("arson", "burglary", "theft", "robbery")]
    values = ("31", "247", "410", "58")
    figures: dict[FigureKey, Figure] = {}
    for one, value in zip(series, values, strict=True):
        figures |= known(one, {month(2012, 3): value})
    so_far = PlanContext(AREAS, HOME.id, tuple(series), Profile(AGENCY), figures)
    rows = [(("Northmere", one.name), {NEXT: value}) for one, value in zip(series, values, strict=True)]
    asked = only_check(plan(reading(rows), context=so_far))
    assert asked.ask == "All 4 figures of April 2012 are those of March 2012. Was last time's column sent again?"
    rows[0] = (rows[0][0], {NEXT: "33"})
    assert plan(reading(rows), context=so_far).ready


def test_wards_are_judged_by_their_own_history() -> None:
    mill = next(one for one in AREAS if one.name == "Mill End")
    usual = known(BURGLARY, {period: str(20 + index % 3) for index, period in enumerate(TWO_YEARS)}, place=mill)
    so_far = PlanContext(AREAS, HOME.id, (BURGLARY,), Profile(AGENCY), {**usual, **known(BURGLARY, USUAL)})
    found = reading([(("Northmere", "Mill End", "Residential burglary"), {NEXT: "104"})])
    asked = only_check(plan(found, context=so_far))
    assert "in Mill End, April 2012: 104, usually about 21" in asked.ask
    assert FigureKey(BURGLARY.series.id, mill.id, NEXT) in {one.key for one in plan(found, context=so_far).figures}


def test_an_odd_cell_within_the_file_is_only_told_where_a_long_history_bears_its_figure_out() -> None:
    odd = Problem(
        "Data", Range(2, 3, 2, 3), "104", Rule.OUTLIER, "C2 says 104 where the figures around it lie near 10."
    )
    found = burglary({NEXT: "104"})
    found.problems.append(odd)
    borne_out = plan(found, context=context(BURGLARY, current=USUAL))
    assert borne_out.ready
    assert f"{odd.sentence} What is made of it is at its usual level." in borne_out.notes
    assert [one.kind for one in plan(found, context=context(BURGLARY)).open_questions] == [QuestionKind.PROBLEM]


def test_a_doubt_of_the_file_on_a_figure_that_history_doubts_too_is_asked_once() -> None:
    found = burglary({NEXT: "1040"})
    found.problems.append(Problem("Data", Range(2, 3, 2, 3), "1040", Rule.OUTLIER, "C2 is odd."))
    only_check(plan(found, context=context(BURGLARY, current=USUAL)))


def test_a_doubt_on_a_figure_that_is_stored_already_is_not_asked_again() -> None:
    found = burglary({NEXT: "1040"})
    found.problems.append(Problem("Data", Range(2, 3, 2, 3), "1040", Rule.FRACTIONAL_COUNT, "C2 is odd."))
    assert plan(found, context=context(BURGLARY, current={**USUAL, NEXT: "1040"})).ready


def test_a_text_instead_of_a_choice_is_the_reason_why_the_figure_is_right() -> None:
    found, known_so_far = burglary({NEXT: "300"}), context(BURGLARY, current=USUAL)
    key = only_check(plan(found, context=known_so_far)).key
    made = plan(found, context=known_so_far, answers={key: "The agency says so."})
    assert made.ready
    assert made.figures[0].note.endswith("Kept. The agency says so.")
