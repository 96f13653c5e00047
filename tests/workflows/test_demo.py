"""The example store: the example returns through the real import, as they might have come over two years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from installer.make_examples import examples
from scs_desktop.domain.figures import Origin, Part
from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.domain.periods import PeriodKind, month
from scs_desktop.domain.position import IndicatorPosition, Light, StrategyPosition, Unrated
from scs_desktop.domain.restated_causes import CauseKind
from scs_desktop.domain.strategy import Action, ActionStatus, ActionUpdate, Commentary, YouSaid
from scs_desktop.store import Store
from scs_desktop.workflows.cohorts import cohorts
from scs_desktop.workflows.cost_of_crime import cost_of_crime
from scs_desktop.workflows.demo import EXAMPLES, build_example_store
from scs_desktop.workflows.overview import cut_on, look, overview
from scs_desktop.workflows.report import summary_report
from scs_desktop.workflows.signed_papers import restated, signed_paper, signed_papers

Q2 = date(2011, 9, 30)
Q4 = date(2012, 3, 31)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Build the example once for the module; nothing here changes it."""
    told: list[tuple[int, int]] = []
    path = tmp_path_factory.mktemp("example") / "example.scs"
    with build_example_store(path=path, progress=lambda done, of: told.append((done, of))) as built:
        assert told == [(count, len(told)) for count in range(1, len(told) + 1)]
        yield built


def row(position: StrategyPosition, code: str) -> IndicatorPosition:
    return next(one for priority in position.priorities for one in priority.indicators if one.code == code)


def test_the_shipped_returns_are_what_the_script_writes() -> None:
    written = dict(examples())
    shipped = {path.name: path.read_bytes() for path in EXAMPLES.iterdir() if path.suffix in {".xlsx", ".ods", ".csv"}}
    assert set(shipped) == set(written)
    assert [name for name in shipped if shipped[name] != written[name]] == []


def test_every_sheet_that_was_not_measured_says_so() -> None:
    measured = ("met-recorded-crime", "residents-perception-survey")
    unmarked = [name for name, text in _texts() if "ILLUSTRATIVE" not in text and not name.startswith(measured)]
    marked = [name for name, text in _texts() if "ILLUSTRATIVE" in text and name.startswith(measured)]
    assert (unmarked, marked) == ([], [])


def _texts() -> Iterator[tuple[str, str]]:
    from scs_desktop.returns.reader import read_bytes

    for name, data in examples():
        for sheet in read_bytes(data, file_name=name).sheets:
            values = (value for row in sheet.rows.values() for value in row if isinstance(value, str))
            yield f"{name}!{sheet.name}", " ".join(values)


def test_all_arrivals_are_imported_on_their_days(store: Store) -> None:
    imports = store.imports()
    assert len(imports) == 69
    assert len({one.agency for one in imports}) == 8
    assert (min(one.received_on for one in imports), max(one.received_on for one in imports)) == (
        date(2011, 7, 5),
        date(2013, 9, 23),
    )
    moments = {change.number: change.at.date() for change in store.changes()}
    assert all(moments[one.number] == one.received_on for one in imports)
    assert {change.kind for change in store.changes()} == {
        ChangeKind.SETUP,
        ChangeKind.IMPORT,
        ChangeKind.DECISION,
        ChangeKind.ENTRY,
        ChangeKind.SIGN_OFF,
    }


def test_every_indicator_has_its_baseline_year_and_two_years_after(store: Store) -> None:
    snapshot = look(store=store)
    assert snapshot.kind is StoreKind.EXAMPLE
    for use in snapshot.uses:
        series = snapshot.preferred_series(use)
        assert series is not None
        known = [one.key.period.counts_from for one in snapshot.figures[series.id] if one.key.part is Part.VALUE]
        first_wanted = date(2011, 6, 30) if use.code == "7.2" else date(2011, 3, 31)
        assert min(known) <= first_wanted, use.code
        assert max(known) >= date(2012, 12, 31), use.code


def test_recorded_crime_is_what_was_published(store: Store) -> None:
    snapshot = look(store=store)
    series = {use.code: snapshot.preferred_series(use) for use in snapshot.uses}
    for code, sums in {
        "1.1": (25135, 25729, 24956),
        "1.2": (8075, 9074, None),
        "1.3": (3354, 3441, 3420),
        "3.1": (3641, 3488, 3397),
    }.items():
        one = series[code]
        assert one is not None
        figures = snapshot.figures[one.id]
        assert len(figures) == 36
        assert {figure.measured.origin for figure in figures} == {Origin.MEASURED}
        for first, wanted in zip((2010, 2011, 2012), sums, strict=True):
            year = [one for one in figures if date(first, 4, 1) <= one.key.period.start < date(first + 1, 4, 1)]
            total = sum((one.measured.value or Decimal(0) for one in year), Decimal(0))
            assert wanted is None or total == wanted
    total_crime = series["1.1"]
    assert total_crime is not None
    april = next(one for one in snapshot.figures[total_crime.id] if one.key.period == month(2010, 4))
    assert len(store.sources(april.id)) == 28


def test_what_is_illustrative_is_marked(store: Store) -> None:
    position = overview(store=store, position=Q4)
    marked = {one.code for priority in position.priorities for one in priority.indicators if one.illustrative}
    codes = {one.code for priority in position.priorities for one in priority.indicators}
    assert codes - marked == {"1.1", "1.2", "1.3", "3.1"}
    assert {one.illustrative for one in store.imports() if one.file_name.startswith("met-recorded")} == {False}
    assert {one.illustrative for one in store.imports() if one.file_name.startswith("probation")} == {True}


@pytest.mark.parametrize(
    ("position", "code", "value", "comparator", "light"),
    [
        (Q2, "1.1", "13050", "12518", Light.AMBER),
        (Q2, "1.3", "1577", "1404", Light.AMBER),
        (Q4, "1.1", "25729", "25135", Light.AMBER),
        (Q4, "1.3", "3441", "3354", Light.AMBER),
    ],
)
def test_the_lights_that_the_recorded_crime_gives(
    store: Store, position: date, code: str, value: str, comparator: str, light: Light
) -> None:
    found = row(overview(store=store, position=position), code)
    assert (found.value, found.comparator, found.status.light) == (Decimal(value), Decimal(comparator), light)


def test_surveys_are_first_rated_when_no_month_is_shared_with_the_baseline(store: Store) -> None:
    surveys = [f"2.2{letter}" for letter in "abcdefgh"] + ["2.1", "8.1", "8.2", "8.3", "8.4"]
    at_q2, at_q4 = overview(store=store, position=Q2), overview(store=store, position=Q4)
    assert {row(at_q2, code).status.unrated for code in surveys} == {Unrated.OVERLAPS_BASELINE}
    assert all(row(at_q4, code).status.light is not None for code in surveys)


def test_the_board_of_december_saw_what_had_come_by_then(store: Store) -> None:
    board = overview(store=store, position=Q2, as_at=cut_on(store=store, day=date(2011, 12, 15)))
    now = overview(store=store, position=Q2)
    assert row(board, "1.1").value == row(now, "1.1").value == Decimal(13050)
    assert row(board, "4.2").status.unrated is Unrated.NOT_DUE
    assert row(now, "4.2").status.light is Light.AMBER
    later = overview(store=store, position=Q4, as_at=cut_on(store=store, day=date(2011, 12, 15)))
    assert row(later, "1.1").status.light is None


def test_the_board_signed_off_every_second_quarter_and_each_page_prints_again(store: Store, tmp_path: Path) -> None:
    papers = signed_papers(store=store)
    assert [(one.position_text, one.met_on) for one in papers] == [
        ("Q4 2012/13", date(2013, 6, 20)),
        ("Q2 2012/13", date(2012, 12, 13)),
        ("Q4 2011/12", date(2012, 6, 21)),
        ("Q2 2011/12", date(2011, 12, 15)),
    ]
    for paper in papers:
        again = summary_report(
            store=store, out=tmp_path / "again.pdf", position=paper.summary.position, as_at=paper.summary.as_at,
            printed_on=paper.met_on,
        )  # fmt: skip
        assert again.read_bytes() == signed_paper(store=store, sign_off_id=paper.id)


def test_what_came_after_the_board_is_told_beside_its_page(store: Store) -> None:
    first = signed_papers(store=store)[-1]
    rows = {one.code: one for one in restated(store=store, sign_off_id=first.id).rows}
    assert {"4.2", "7.2", "7.3"} <= set(rows)
    (arrived,) = rows["4.2"].causes
    assert arrived.sentence.endswith("arrived: “probation-reoffending-03.xlsx”, received 23 January 2012.")
    assert any(one.kind is CauseKind.DECISION for one in rows["7.2"].causes)


def test_before_the_first_decision_total_crime_is_in_doubt_with_three_readings(store: Store) -> None:
    day_before = cut_on(store=store, day=date(2011, 9, 7))
    doubt = row(overview(store=store, position=date(2011, 6, 30), as_at=day_before), "1.1")
    assert doubt.status.unrated is Unrated.BASELINE_IN_DOUBT
    assert [one.baseline for one in doubt.readings] == [Decimal(27705), Decimal(25705), Decimal(25135)]


def test_the_figure_for_repeat_asb_becomes_the_baseline_after_its_first_year(store: Store) -> None:
    before = row(overview(store=store, position=Q4, as_at=cut_on(store=store, day=date(2012, 5, 9))), "7.2")
    after = row(overview(store=store, position=date(2013, 3, 31)), "7.2")
    assert before.status.unrated is Unrated.BASELINE_TO_BE_ESTABLISHED
    assert after.status.light is not None
    assert after.comparator_text == "13.5 %"


def test_three_lesser_doubts_wait_in_checks(store: Store) -> None:
    position = overview(store=store)
    assert {one.key for one in position.open_findings} == {
        "baseline_years_mixed:4.2",
        "measure_not_covered:8.2+8.3",
        "outside_usual_range:4.1",
    }
    assert not any(one.blocks for one in position.open_findings)


def test_a_return_that_did_not_come_is_overdue(store: Store) -> None:
    last = overview(store=store)
    assert last.position == date(2013, 3, 31)
    assert {one.code for priority in last.priorities for one in priority.indicators if one.data.overdue} == {
        "4.3",
        "4.4",
    }


def test_two_surveys_are_never_one_series(store: Store) -> None:
    snapshot = look(store=store)
    residents = [one for one in snapshot.series.values() if one.survey == "Residents Perception Survey"]
    values = {figure.measured.value for one in residents for figure in snapshot.figures[one.id]}
    assert values == {Decimal(74), Decimal(95), Decimal(76)}
    assert {figure.key.period.kind for one in residents for figure in snapshot.figures[one.id]} == {PeriodKind.SNAPSHOT}
    assert row(overview(store=store, position=Q4), "8.2").value == Decimal(98)


def test_words_and_actions_name_posts_and_move(store: Store) -> None:
    actions = store.all_of(Action)
    assert len(actions) == 60
    assert sum(one.status is ActionStatus.COMPLETE for one in actions) == 4
    assert sum(bool(one.owner) for one in actions) == 13
    assert len(store.all_of(ActionUpdate)) == 16
    assert len(store.all_of(Commentary)) == 10
    assert len(store.all_of(YouSaid)) == 2


def test_the_next_quarter_of_each_layout_asks_nothing() -> None:
    from scs_desktop.workflows.resource_file import load_resource

    arrivals = load_resource(EXAMPLES / "example.json").entries("arrivals")
    with_answers = [one.text("file") for one in arrivals if one.has("answers")]
    assert len(with_answers) == 11
    assert len(list(Path(EXAMPLES / "answers").iterdir())) == 11


def test_the_programmes_cohorts_are_compared_under_their_priority(store: Store) -> None:
    (pair,) = cohorts(store=store).pairs
    assert pair.priority.startswith("5  ")
    assert pair.illustrative
    assert [one.label for one in pair.intakes] == ["2009/10", "2010/11", "2011/12"]
    assert "Clearly fewer: −16.6 points" in pair.sentence


def test_the_cost_of_burglary_and_violence_is_shown_since_the_table_was_switched_on(store: Store) -> None:
    switched = next(one for one in store.changes() if one.summary.startswith("Example: unit costs"))
    assert cost_of_crime(store=store, position=Q4).sentence.startswith("2011/12: burglary in a dwelling and violence")
    assert not cost_of_crime(store=store, position=Q4, as_at=switched.number - 1).shown
