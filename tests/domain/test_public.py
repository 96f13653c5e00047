"""A public copy: what may not be told is not in it, and cannot be worked out from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.domain.agencies import Frequency, PeriodForm
from scs_desktop.domain.breaks import BreakKind, SeriesBreak
from scs_desktop.domain.figures import Part, SourceCell, Unit
from scs_desktop.domain.periods import Period, month, months_between, quarter, year_to_date
from scs_desktop.domain.position import IndicatorPosition, Light, StrategyPosition, Unrated
from scs_desktop.domain.public import FEW, public_copy, public_position, small_figures
from scs_desktop.domain.publication import PublicationRule
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.rollup import PriorityOverride
from scs_desktop.domain.snapshot import ImportSummary, Snapshot
from scs_desktop.domain.strategy import Action, Adding, Commentary, Polarity, SampleBase
from tests.domain.builders import StrategyBuilder, counted, made_id, percent

APRIL_2010 = date(2010, 4, 1)
Q2, Q4 = date(2011, 9, 30), date(2012, 3, 31)
ON = date(2012, 5, 1)
BASELINE_YEAR = (8, 7, 9, 3, 6, 11, 8, 7, 5, 12, 9, 6)
NEXT_YEAR = (7, 9, 8, 6, 10, 5, 7, 2, 8, 6, 9, 11)


def sensitive(strategy: StrategyBuilder, code: str) -> None:
    key = made_id("definition", code)
    strategy.definitions[key] = replace(strategy.definitions[key], hide_small=True)


def monthly(values: Sequence[int] = (*BASELINE_YEAR, *NEXT_YEAR), printed: str | None = None) -> StrategyBuilder:
    """One sensitive count by month beside an open one; the strategy prints the baseline year's sum."""
    strategy = StrategyBuilder()
    violence = [250 + number % 9 for number in range(24)]
    strategy.indicator("3.1", "Violence", counted(str(sum(violence[:12]))))
    strategy.months("3.1", APRIL_2010, violence)
    strategy.indicator("7.3", "Repeat cases", counted(printed or str(sum(values[:12]))), noun="cases")
    strategy.months("7.3", APRIL_2010, values)
    sensitive(strategy, "7.3")
    return strategy


def public(strategy: StrategyBuilder | Snapshot, position: date = Q4, on: date = ON) -> StrategyPosition:
    snapshot = strategy if isinstance(strategy, Snapshot) else strategy.snapshot()
    return public_position(snapshot, position, on=on)


def row_of(strategy: StrategyBuilder, shown: StrategyPosition, code: str) -> IndicatorPosition:
    return shown.indicator(strategy.uses[code].id)


def shown_months(row: IndicatorPosition) -> dict[str, Decimal | None]:
    return {point.period.label: point.value for point in row.trend}


# --- small numbers --------------------------------------------------------------------------------


def test_a_small_month_is_hidden_and_another_of_the_printed_year_with_it() -> None:
    strategy = monthly()
    months = shown_months(row_of(strategy, public(strategy), "7.3"))
    assert months["July 2010"] is None, "3 cases"
    assert months["December 2010"] is None, "the smallest beside it: the printed year less eleven months told the 3"
    assert months["November 2011"] is None, "2 cases"
    others = [value for label, value in months.items() if label not in {"July 2010", "December 2010", "November 2011"}]
    assert None not in others
    assert row_of(strategy, public(strategy), "3.1") == replace(
        row_of(strategy, rate_strategy(strategy.snapshot(), Q4), "3.1"), sources=()
    ), "what hides nothing is as on the board's copy"


def test_everything_that_holds_a_small_month_is_withheld_with_it() -> None:
    strategy = monthly()
    row = row_of(strategy, public(strategy), "7.3")
    assert (row.value, row.value_text, row.rate_text, row.comparator_text) == (None, "", "", "")
    assert row.status.unrated is Unrated.SUPPRESSED
    assert row.status.sentence == (
        "Suppressed: figures that tell of fewer than 5 cases are withheld, and those that would give them away."
    )
    assert (row.status.change, row.status.p_value, row.direction_sentence, row.recent_sentence) == (None, None, "", "")
    assert row.outlook is None
    until_june = row_of(strategy, public(strategy, date(2011, 6, 30)), "7.3")
    assert until_june.value == 24, "its own months are all shown"


def test_a_single_small_figure_reads_fewer_than_five() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "7.3", "Repeat cases", counted("30"), over_time=Adding.LAST, frequency=Frequency.QUARTER,
        form=PeriodForm.YEAR_TO_DATE,
    )  # fmt: skip
    sensitive(strategy, "7.3")
    strategy.figure("7.3", year_to_date(date(2011, 6, 30)), 3)
    row = row_of(strategy, public(strategy, date(2011, 6, 30)), "7.3")
    assert row.value_text == FEW
    assert row.trend[-1].value is None


def test_a_growing_count_shows_no_two_figures_with_a_small_step_between() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "5.1", "Families", counted("60"), over_time=Adding.LAST, frequency=Frequency.QUARTER,
        form=PeriodForm.YEAR_TO_DATE,
    )  # fmt: skip
    sensitive(strategy, "5.1")
    for end, value in ((date(2011, 6, 30), 8), (date(2011, 9, 30), 11), (date(2011, 12, 31), 16), (Q4, 16)):
        strategy.figure("5.1", year_to_date(end), value)
    values = [point.value for point in row_of(strategy, public(strategy), "5.1").trend]
    assert values == [8, None, 16, 16]


def test_a_percentage_of_few_cases_is_withheld_with_all_its_parts() -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "7.3", "Repeat cases", percent("8"), unit=Unit.PERCENT, over_time=Adding.RATIO_OF_SUMS,
        frequency=Frequency.QUARTER, decimals=1,
    )  # fmt: skip
    sensitive(strategy, "7.3")
    for year, one, top in ((2010, 4, 9), (2011, 1, 8), (2011, 2, 3)):
        for part, value in ((Part.NUMERATOR, top), (Part.DENOMINATOR, 41), (Part.VALUE, f"{100 * top / 41:.1f}")):
            strategy.figure("7.3", quarter(year, one), value, part)
    row = row_of(strategy, public(strategy, Q2), "7.3")
    assert row.value is None
    assert [point.value is None for point in row.trend] == [False, False, True]
    first = row_of(strategy, public(strategy, date(2011, 6, 30)), "7.3")
    assert first.value_text == "19.5 %"


@pytest.mark.parametrize(("share", "hidden"), [("8.0", True), ("13.0", False), ("0", False)])
def test_a_percentage_of_an_assumed_number_hides_where_it_stands_for_few(share: str, *, hidden: bool) -> None:
    strategy = StrategyBuilder()
    strategy.indicator(
        "4.1", "Repeat offending", percent("9"), unit=Unit.PERCENT, over_time=Adding.NEVER, frequency=Frequency.YEAR,
        sample=SampleBase(Decimal(40), "young people", "as usual"), decimals=1,
    )  # fmt: skip
    sensitive(strategy, "4.1")
    strategy.figure("4.1", Period(date(2011, 4, 1), Q4, quarter(2011, 1).kind), share)
    copy = public_copy(strategy.snapshot(), on=ON)
    assert bool(copy.keys) is hidden


def test_a_baseline_of_few_cases_is_not_told_even_where_it_was_corrected() -> None:
    strategy = monthly(printed="3")
    row = row_of(strategy, public(strategy), "7.3")
    assert row.baseline_text == FEW
    assert row.baseline_note == ""


def test_a_whole_of_few_and_its_part_bound_each_other() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("9.1", "Incidents", counted("200"))
    strategy.indicator("9.2", "Offences", counted("100"), part_of=("9.1",))
    sensitive(strategy, "9.2")
    strategy.months("9.1", date(2011, 4, 1), [20, 1, 30])
    strategy.months("9.2", date(2011, 4, 1), [9, 1, 12])
    # Another part, which overlaps it: the whole is not their sum.
    strategy.indicator("9.3", "Repeat incidents", counted("80"), part_of=("9.1",))
    strategy.months("9.3", date(2011, 4, 1), [8, 1, 6])
    months = shown_months(row_of(strategy, public(strategy, date(2011, 6, 30)), "9.1"))
    assert months == {"April 2011": 20, "May 2011": None, "June 2011": 30}, "of one incident one is an offence"


def test_a_whole_less_its_other_parts_tells_nothing() -> None:
    strategy = StrategyBuilder()
    strategy.indicator("9.1", "All", counted("200"))
    strategy.indicator("9.2", "Some", counted("100"), part_of=("9.1",))
    strategy.indicator("9.3", "Rest", counted("100"), part_of=("9.1",))
    sensitive(strategy, "9.3")
    strategy.months("9.1", date(2011, 4, 1), [20, 24, 30])
    strategy.months("9.2", date(2011, 4, 1), [11, 22, 13])
    strategy.months("9.3", date(2011, 4, 1), [9, 2, 17])
    shown = public(strategy, date(2011, 6, 30))
    hidden = [code for code in ("9.1", "9.2", "9.3") if shown_months(row_of(strategy, shown, code))["May 2011"] is None]
    assert hidden == ["9.2", "9.3"]


# --- the attacker ---------------------------------------------------------------------------------


def test_the_copy_is_the_same_whatever_the_hidden_numbers_are() -> None:
    """Nobody can tell worlds apart whose public copies are alike in every value, sentence, line and light."""
    true = [*BASELINE_YEAR, *NEXT_YEAR]
    other = list(true)
    other[3], other[8] = 2, 6  # July and December 2010: their sum is what the printed year leaves
    other[19] = 4  # November 2011
    for months in range(1, 13):
        position = months_between(date(2011, 4, 1), Q4)[months - 1].end
        first, second = public(monthly(true), position), public(monthly(other), position)
        assert first == second, position
    assert rate_strategy(monthly(true).snapshot(), Q4) != rate_strategy(monthly(other).snapshot(), Q4)


def test_no_number_of_the_boards_row_is_left_anywhere_in_the_public_one() -> None:
    strategy = monthly()
    position = date(2012, 2, 29)
    board = row_of(strategy, rate_strategy(strategy.snapshot(), position), "7.3")
    assert board.outlook is not None
    telling = {board.value_text, board.comparator_text, f"{board.status.change:.6f}", f"{board.status.p_value:.6f}"}
    assert telling <= set(everything(board)), "the search finds them where they are"
    assert not telling & set(everything(public(strategy, position)))


def everything(value: object) -> list[str]:
    """Every text and number of a record, as words."""
    if is_dataclass(value):
        return [word for one in fields(value) for word in everything(getattr(value, one.name))]
    if isinstance(value, tuple | list):
        return [word for one in value for word in everything(one)]
    if isinstance(value, float):
        return [f"{value:.6f}"]
    if isinstance(value, UUID | date) or value is None:
        return []
    return str(value).replace(",", "").split()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=12, max_size=12), st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_whoever_adds_up_a_printed_year_and_a_whole_is_left_with_a_choice(part: list[int], rest: list[int]) -> None:
    """An outside solver, given all that is shown and the rule itself, finds two values for each small month."""
    strategy = StrategyBuilder()
    whole = [one + other for one, other in zip(part, rest, strict=True)]
    for code, values, of in (("9.1", whole, ()), ("9.2", part, ("9.1",)), ("9.3", rest, ("9.1",))):
        strategy.indicator(code, code, counted(str(sum(values))), part_of=of)
        strategy.months(code, APRIL_2010, values)
    sensitive(strategy, "9.2")
    shown = public(strategy, date(2011, 3, 31))
    cells = {code: [point.value for point in row_of(strategy, shown, code).trend] for code in ("9.1", "9.2", "9.3")}
    totals = {"9.1": sum(whole), "9.2": sum(part), "9.3": sum(rest)}
    small = [index for index, value in enumerate(part) if 0 < value < 5]
    assert all(cells["9.2"][index] is None for index in small)
    for index in small:
        least, most = ends_of(cells, totals, index, part)
        assert least < most, (cells, index)


def ends_of(
    cells: dict[str, list[Decimal | None]], totals: dict[str, int], index: int, part: list[int]
) -> tuple[int, int]:
    """Return the least and greatest count that the solver finds possible for a hidden month of 9.2."""
    optimize = pytest.importorskip("scipy.optimize", reason="scipy is a development-only attacker")
    import numpy as np

    codes = ("9.1", "9.2", "9.3")
    place = {(code, at): number for number, (code, at) in enumerate((code, at) for code in codes for at in range(12))}
    lines, rights = [], []
    for code in codes:
        if totals[code] >= 5 or code != "9.2":
            line = np.zeros(36)
            line[[place[code, at] for at in range(12)]] = 1
            lines.append(line)
            rights.append(totals[code])
    for at in range(12):
        line = np.zeros(36)
        line[place["9.1", at]], line[place["9.2", at]], line[place["9.3", at]] = 1, -1, -1
        lines.append(line)
        rights.append(0)
    low, high = np.zeros(36), np.full(36, 10_000.0)
    for (code, at), number in place.items():
        value = cells[code][at]
        if value is not None:
            low[number] = high[number] = float(value)
        elif code == "9.2" and 0 < part[at] < 5:
            low[number], high[number] = 1, 4
    ends = []
    for sign in (1, -1):
        aim = np.zeros(36)
        aim[place["9.2", index]] = sign
        solved = optimize.milp(
            aim,
            constraints=optimize.LinearConstraint(np.array(lines), rights, rights),
            bounds=optimize.Bounds(low, high),
            integrality=np.ones(36),
        )
        ends.append(round(sign * solved.fun))
    return ends[0], ends[1]


# --- lights that rest on what is withheld ---------------------------------------------------------


def test_a_priority_says_what_its_light_is_worked_out_without() -> None:
    strategy = monthly()
    (priority,) = public(strategy).priorities
    assert priority.status.sentence.endswith("Worked out without 7.3, whose figures are withheld.")
    assert public(strategy).counts.unrated == rate_strategy(strategy.snapshot(), Q4).counts.unrated + 1


def test_a_guarded_light_is_not_shown_green_beside_a_guard_that_is_withheld() -> None:
    strategy = monthly()
    strategy.indicator(
        "3.2", "Reports", counted("1200"), polarity=Polarity.GUARDED_HIGHER, guards=("7.3",), noun="reports"
    )
    strategy.months("3.2", APRIL_2010, [100 + number % 3 for number in range(12)] + [160] * 12)
    board = rate_strategy(strategy.snapshot(), Q4)
    assert row_of(strategy, board, "3.2").status.light in {Light.GREEN, None}
    row = row_of(strategy, public(strategy), "3.2")
    assert row.status.light is None
    assert row.status.sentence == "Suppressed: a rise counts as good only beside repeat cases, which is withheld."
    assert row.value_text, "its own figure is no secret"


# --- rules of publication -------------------------------------------------------------------------


def test_figures_not_for_publication_are_left_out_with_the_reason_until_their_day() -> None:
    strategy = monthly()
    rule = PublicationRule(
        made_id("rule"), "before the force publishes them.", series=made_id("series", "3.1"), not_before=ON
    )
    snapshot = replace(strategy.snapshot(), publication=(rule,))
    before = row_of(strategy, public(snapshot, on=date(2012, 4, 30)), "3.1")
    assert before.status.sentence == (
        "Suppressed: not for publication before 1 May 2012: before the force publishes them."
    )
    assert before.value is None
    assert all(point.value is None for point in before.trend)
    assert row_of(strategy, public(snapshot, on=ON), "3.1").value is not None


def test_one_import_alone_may_be_kept_back() -> None:
    strategy = monthly()
    series = made_id("series", "3.1")
    strategy.figures[series][-1] = replace(strategy.figures[series][-1], import_id=made_id("import"))
    rule = PublicationRule(made_id("rule"), "still being checked", import_id=made_id("import"))
    snapshot = replace(strategy.snapshot(), publication=(rule,))
    row = row_of(strategy, public(snapshot), "3.1")
    assert row.status.sentence == "Suppressed: not for publication: still being checked."
    assert [point.period.label for point in row.trend if point.value is None] == ["March 2012"]
    assert row_of(strategy, public(snapshot, date(2012, 2, 29)), "3.1").value is not None


# --- names ----------------------------------------------------------------------------------------


def test_no_file_note_or_name_goes_out_and_no_words_that_may_tell_a_hidden_number() -> None:
    strategy = monthly()
    priority = strategy.priorities[0].id
    series = made_id("series", "7.3")
    cell = SourceCell("Sheet of J. Smith", "B7", "3")
    strategy.figures[series] = [
        replace(one, note="J. Smith rang", sources=(cell,), import_id=made_id("import"))
        for one in strategy.figures[series]
    ]
    told = Commentary(made_id("c"), priority, Q4, "Only 3 cases in July.", "J. Smith")
    plain = Commentary(made_id("d"), priority, Q4, "Patrols go on.", "J. Smith")
    action = Action(made_id("a"), priority, 1, "Visit each of the three families", "J. Smith")
    override = PriorityOverride(made_id("o"), priority, Q4, Light.AMBER, "two cases weigh little", "board", ON)
    repeat_cases = strategy.uses["7.3"].indicator
    summary = ImportSummary(made_id("import"), strategy.agency.id, "repeat cases J. Smith.xlsx", "", ON, None, 1, 24)
    snapshot = replace(
        strategy.snapshot(),
        commentary=(told, plain),
        actions=(action,),
        overrides=(override,),
        imports={summary.id: summary},
        breaks=(SeriesBreak(made_id("b"), repeat_cases, BreakKind.REBASE, month(2011, 10).start, "4 moved"),),
    )
    copy = public_copy(snapshot, on=ON).snapshot
    said = repr((copy.figures, copy.imports, copy.commentary, copy.actions, copy.overrides, copy.breaks))
    for word in ("Smith", ".xlsx", "Only 3", "three families", "two cases", "4 moved"):
        assert word not in said, word
    assert [one.text for one in copy.commentary] == ["Patrols go on."]
    assert "two cases" not in repr(public(snapshot))


def test_the_boards_copy_knows_which_indicators_show_small_figures() -> None:
    strategy = monthly()
    assert small_figures(strategy.snapshot(), Q4) == {strategy.uses["7.3"].id}
    assert small_figures(strategy.snapshot(), date(2010, 6, 30)) == frozenset(), "the 3 of July is not on that paper"
    assert small_figures(monthly([5] * 24).snapshot(), Q4) == frozenset()


def test_what_no_rule_concerns_is_told_as_it_is() -> None:
    strategy = monthly([9] * 24)
    board, copy = rate_strategy(strategy.snapshot(), Q4), public(strategy)
    for code in ("3.1", "7.3"):
        assert row_of(strategy, copy, code) == replace(row_of(strategy, board, code), sources=())
