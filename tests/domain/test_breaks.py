"""A break in an indicator's figures: nothing is compared across it, or limits begin anew, each with its cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from scs_desktop.domain.breaks import BreakKind, SeriesBreak, alike_from, barrier, breaks_of, crossed
from scs_desktop.domain.periods import Period, PeriodKind, financial_year, month_number
from scs_desktop.domain.position import Direction, IndicatorPosition, Light, Unrated
from scs_desktop.domain.process import LimitState
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.targets import Target, TargetKind, TargetState
from scs_desktop.domain.trend import Trend, trend_of
from scs_desktop.domain.trend_layers import Layer
from tests.domain.barnet_months import RESIDENTIAL_BURGLARY
from tests.domain.builders import StrategyBuilder, counted, made_id

APRIL_2010, APRIL_2013 = date(2010, 4, 1), date(2013, 4, 1)
MARCH_2013, JUNE_2013, MARCH_2014 = date(2013, 3, 31), date(2013, 6, 30), date(2014, 3, 31)
FRAUD = "frauds went to a national centre"
# Four years about 280 a month; the last is about 250, and the months move as burglary's do.
MONTHS = (*RESIDENTIAL_BURGLARY[:36], *(value - 30 for value in RESIDENTIAL_BURGLARY[:12]))


def marked(
    kind: BreakKind = BreakKind.DEFINITION, on: date = APRIL_2013, because: str = "", cause: str = FRAUD
) -> SeriesBreak:
    return SeriesBreak(made_id("break", on, kind), made_id("indicator", "1.1"), kind, on, cause, because)


def crime(
    values: Sequence[int] = MONTHS, *, targets: Sequence[Target] | None = None, first: date = APRIL_2010
) -> Snapshot:
    made = StrategyBuilder(years=4)
    made.indicator("1.1", "Total crime", counted("3354"), targets=targets)
    made.months("1.1", first, values)
    return made.snapshot()


def at(snapshot: Snapshot, position: date, *breaks: SeriesBreak) -> IndicatorPosition:
    return rate_strategy(replace(snapshot, breaks=breaks), position).indicator(made_id("use", "1.1"))


def test_nothing_is_compared_with_a_baseline_of_another_meaning_and_the_sentence_names_cause_and_month() -> None:
    row = at(crime(), MARCH_2014, marked())
    assert row.status.unrated is Unrated.NOT_COMPARABLE
    assert row.status.sentence == (
        "Not comparable: since April 2013 the definition is another than the baseline's "
        "(frauds went to a national centre)."
    )
    assert row.value is not None, "the figure itself is shown"


def test_before_the_break_the_light_stands() -> None:
    assert at(crime(), MARCH_2013, marked()).status == at(crime(), MARCH_2013).status
    assert at(crime(), MARCH_2013, marked()).breaks == ()


def test_the_officer_may_have_it_compared_all_the_same_and_the_reason_is_printed() -> None:
    plain = at(crime(), MARCH_2014)
    row = at(crime(), MARCH_2014, marked(because="frauds were one in a hundred."))
    assert row.status.light is plain.status.light is not None
    assert row.status.sentence == (
        f"{plain.status.sentence} Compared across the break of April 2013 (frauds went to a national centre), "
        "because frauds were one in a hundred."
    )
    assert row.direction is plain.direction
    assert "across the break of April 2013" in row.direction_sentence


def test_a_known_cause_that_moved_the_level_bars_no_comparison() -> None:
    rebased, plain = at(crime(), MARCH_2014, marked(BreakKind.REBASE)), at(crime(), MARCH_2014)
    assert (rebased.status, rebased.direction_sentence) == (plain.status, plain.direction_sentence)
    assert rebased.outlook == plain.outlook


def test_direction_of_travel_stops_at_the_break_and_goes_on_after_it() -> None:
    first = at(crime(), JUNE_2013, marked())
    assert first.direction is Direction.UNKNOWN
    assert first.direction_sentence == (
        "Against April–June 2012: not compared, the definition changed in April 2013 "
        "(frauds went to a national centre)."
    )
    assert "not compared" in first.recent_sentence, "April to June against January to March"
    september = at(crime(), date(2013, 9, 30), marked())
    assert "not compared" not in september.recent_sentence, "July to September against April to June"
    assert "not compared" in september.direction_sentence


def test_usual_movement_is_taken_from_the_months_that_mean_the_same() -> None:
    whole = at(crime(), MARCH_2014)
    cut = at(crime(), MARCH_2014, marked(on=date(2012, 4, 1)))
    alone = at(crime(MONTHS[24:], first=date(2012, 4, 1)), MARCH_2014)
    assert cut.direction_sentence == alone.direction_sentence
    assert cut.direction_sentence != whole.direction_sentence


def test_the_outlook_waits_for_twelve_months_of_the_new_meaning() -> None:
    row = at(crime(), JUNE_2013, marked())
    assert row.outlook is None
    assert row.outlook_sentence == (
        "No outlook: it needs the 12 months before this year, and the definition changed in April 2013 "
        "(frauds went to a national centre)."
    )
    years = (*MONTHS, 230, 240, 235)
    later = at(crime(years), date(2014, 6, 30), marked())
    assert later.outlook is not None
    only_new = at(crime(years), date(2014, 6, 30)).outlook
    assert only_new is not None
    assert later.outlook.projection != only_new.projection, "three old years are not in the profile"
    assert later.outlook.target is None, "no baseline to be better than"


@pytest.mark.parametrize("kind", list(BreakKind))
def test_the_process_chart_begins_a_new_group_of_limits(kind: BreakKind) -> None:
    plain, row = at(crime(), MARCH_2014), at(crime(), MARCH_2014, marked(kind))
    assert plain.process is not None
    assert row.process is not None
    assert (plain.process.points, row.process.points) == (48, 12)
    assert row.process.mean == pytest.approx(sum(MONTHS[36:]) / 12)
    assert "(12 months since the break)" in row.process.sentence
    assert row.process.state is LimitState.LIMITS


def test_five_months_after_the_break_there_are_no_limits_yet_and_the_old_ones_are_still_drawn() -> None:
    row = at(crime(), date(2013, 8, 31), marked(BreakKind.REBASE))
    assert row.process is not None
    assert row.process.state is LimitState.TOO_FEW
    assert "5 months since the break" in row.process.sentence
    layer = trend_of(row, layers={Layer.PROCESS}).process
    assert layer is not None
    assert len(layer.groups) == 1
    assert layer.label.endswith("up to March 2013")
    assert max(mark.point for mark in layer.marks) == 35


def drawn(kind: BreakKind, because: str = "") -> Trend:
    return trend_of(at(crime(), MARCH_2014, marked(kind, because=because)), layers=set(Layer))


def test_the_line_is_broken_at_a_new_definition_and_the_baseline_ends_there() -> None:
    trend = drawn(BreakKind.DEFINITION)
    assert [(one.x, one.text, one.broken) for one in trend.breaks] == [(month_number(APRIL_2013) - 0.5, FRAUD, True)]
    assert [(one.points[0], one.points[-1]) for one in trend.stretches] == [(0, 35), (36, 47)]
    assert trend.baseline is not None
    assert trend.baseline.points[-1][0] == month_number(APRIL_2013) - 0.5
    assert trend.baseline.label == "2010/11 mean to Mar 2013"
    assert "The line is broken at April 2013: frauds went to a national centre." in trend.text
    assert trend.seasonal is None, "twelve months of one meaning are too few"


def test_at_a_rebasing_only_the_limits_begin_anew() -> None:
    trend = drawn(BreakKind.REBASE)
    assert len(trend.stretches) == 1
    assert trend.baseline is not None
    assert trend.baseline.points[-1][0] == trend.x_axis.high
    assert "A mark stands at April 2013" in trend.text
    assert trend.process is not None
    first, second = trend.process.groups
    assert (first.start, first.end) == (month_number(APRIL_2010), month_number(MARCH_2013))
    assert (second.start, second.end) == (month_number(APRIL_2013), month_number(MARCH_2014))
    assert first.mean > second.mean
    assert "From April 2010 to March 2013: mean" in trend.text


def test_a_line_that_is_compared_across_is_not_broken() -> None:
    trend = drawn(BreakKind.DEFINITION, "frauds were one in a hundred")
    assert (len(trend.stretches), len(trend.breaks)) == (1, 1)


def test_a_break_is_named_where_nothing_else_is_drawn() -> None:
    trend = drawn(BreakKind.REBASE)
    assert trend.clear_foot
    low = replace(trend.points[0], y=30.0)
    assert not replace(trend, points=(low, *trend.points[1:])).clear_foot


def target(kind: TargetKind, value: str, *, end: bool = False) -> Target:
    return Target(
        made_id("target"), made_id("use", "1.1"), financial_year(2013), kind, TargetState.APPROVED, Decimal(value),
        end_of_path=end,
    )  # fmt: skip


def test_a_number_set_for_the_year_holds_without_the_baseline_and_a_share_of_the_baseline_does_not() -> None:
    number = crime(targets=[target(TargetKind.VALUE, "3100")])
    row = at(number, MARCH_2014, marked())
    assert row.status.light is Light.GREEN
    assert "path of 3,100" in row.status.sentence
    for share in (target(TargetKind.PERCENT_ON_BASELINE, "-9"), target(TargetKind.VALUE, "3100", end=True)):
        assert at(crime(targets=[share]), MARCH_2014, marked()).status.unrated is Unrated.NOT_COMPARABLE
    july = marked(on=date(2013, 7, 1))
    assert at(number, MARCH_2014, july).status.unrated is Unrated.NOT_COMPARABLE, "the year itself holds two meanings"


@pytest.mark.parametrize("against_printed", [False, True])
def test_the_usual_share_of_a_year_is_that_of_the_months_that_mean_the_same(against_printed: bool) -> None:
    made = StrategyBuilder(years=4)
    targets = None if against_printed else [replace(target(TargetKind.VALUE, "1200"), year=financial_year(2011))]
    made.indicator("1.1", "Total crime", counted("1300" if against_printed else "1200"), targets=targets)
    # A year that all but stopped in its second half, then level ones.
    made.months("1.1", date(2008, 4, 1), [*[190] * 6, *[10] * 6, *[100] * 36])
    september = date(2011, 9, 30)
    if against_printed:
        made.decide_all(september, {"own_against_published:1.1": "published"})
    before, after = (at(made.snapshot(), september, *some) for some in ((), (marked(on=date(2009, 4, 1)),)))
    half = Decimal(650) if against_printed else Decimal(600)
    assert after.comparator == pytest.approx(half)
    assert before.comparator is not None
    assert before.comparator > half * Decimal("1.1")


def test_a_later_definition_of_the_series_is_a_break_too_and_the_officer_may_compare_across_it() -> None:
    snapshot = crime()
    old = next(iter(snapshot.definitions.values()))
    new = replace(old, id=made_id("definition", 2), version=2, valid_from=APRIL_2013)
    series = next(iter(snapshot.series.values()))
    later = replace(
        snapshot,
        definitions={old.id: old, new.id: new},
        series={series.id: replace(series, definition=new.id)},
    )
    assert "(definition 2)" in at(later, MARCH_2014).status.sentence
    assert at(later, MARCH_2014, marked(because="the counts are alike")).status.light is not None


@pytest.mark.parametrize(
    ("on", "crosses"),
    [
        (date(2010, 4, 1), False),
        (date(2010, 10, 1), True),
        (date(2011, 4, 1), True),
        (date(2012, 3, 31), True),
        (date(2012, 4, 1), False),
    ],
)
def test_what_lies_between_two_periods(on: date, crosses: bool) -> None:
    one = marked(on=on)
    assert (barrier([one], financial_year(2010), financial_year(2011)) is one) is crosses
    assert bool(crossed([one], financial_year(2010), financial_year(2011))) is crosses
    assert barrier([marked(BreakKind.REBASE, on)], financial_year(2010), financial_year(2011)) is None


def test_a_cohort_counts_from_the_end_of_its_follow_up() -> None:
    intake = Period(date(2011, 1, 1), date(2011, 12, 31), PeriodKind.COHORT, date(2012, 12, 31))
    assert barrier([marked(on=date(2012, 6, 1))], financial_year(2009), intake) is not None


def test_a_month_within_which_the_meaning_changed_counts_with_neither() -> None:
    assert alike_from([marked(on=date(2013, 4, 1))], MARCH_2014) == month_number(APRIL_2013)
    assert alike_from([marked(on=date(2013, 4, 15))], MARCH_2014) == month_number(APRIL_2013) + 1
    assert alike_from([marked(on=date(2013, 4, 15))], MARCH_2013) == 0
    assert marked(on=date(2013, 4, 15)).when == "15 April 2013"


def test_breaks_of_other_indicators_are_left_alone() -> None:
    assert breaks_of([marked()], {}, made_id("indicator", "9.9"), None) == ()
