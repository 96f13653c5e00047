"""Figures round-trip exactly, revisions keep the past, and every figure names its cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.figures import (
    FigureKey,
    FigureKind,
    Finality,
    Measured,
    Origin,
    Part,
    SourceCell,
    SourceRole,
    number,
)
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.periods import Period, PeriodKind
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Strategy
from scs_desktop.store import NewFigure, NewImport, Store
from tests.store.builders import (
    BOROUGH,
    BURGLARIES,
    CRIMES,
    ONE_OF_EACH,
    PEOPLE,
    POLICE,
    STRATEGY,
    TARGET,
    USE,
    WARD,
    counted,
    key_of,
    moment,
    monthly_return,
    new_store,
    take_in,
    uid,
    values_of,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "partnership.scs", at=moment(2011, 4, 1)) as opened:
        yield opened


@pytest.fixture(scope="module")
def long_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with new_store(tmp_path_factory.mktemp("store") / "partnership.scs") as opened:
        yield opened


words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
decimals = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)
days = st.dates(date(1970, 1, 1), date(2090, 12, 31))


@st.composite
def measured_values(draw: st.DrawFn) -> Measured:
    kind = draw(st.sampled_from(FigureKind))
    return Measured(
        kind,
        draw(decimals) if kind is FigureKind.NUMBER else None,
        draw(st.integers(0, 12)),
        draw(words),
        draw(st.none() | decimals) if kind is FigureKind.SUPPRESSED else None,
        draw(st.sampled_from(Finality)),
        draw(st.sampled_from(Origin)),
    )


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(days)
    end = start + timedelta(days=draw(st.integers(0, 800)))
    follow_up = draw(st.none() | st.integers(0, 800).map(lambda more: end + timedelta(days=more)))
    return Period(start, end, draw(st.sampled_from(PeriodKind)), follow_up)


cells = st.lists(
    st.builds(SourceCell, words, st.from_regex(r"[A-Z]{1,3}[1-9][0-9]{0,4}", fullmatch=True), words),
    max_size=4,
).map(tuple)


@settings(max_examples=150)
@given(measured_values(), periods(), st.sampled_from(Part), words, cells, words)
def test_any_figure_comes_back_exactly(
    long_store: Store,
    measured: Measured,
    period: Period,
    part: Part,
    component: str,
    sources: tuple[SourceCell, ...],
    note: str,
) -> None:
    # A key of its own, so that nothing before it counts as the same figure.
    key = FigureKey(BURGLARIES.id, BOROUGH.id, period, part, f"{long_store.change_number()} {component}")
    with long_store.change(summary="Entry") as change:
        change.record_figures([NewFigure(key, measured, sources, note)])
    (figure,) = long_store.history(key)
    assert (figure.key, figure.note, figure.superseded_in) == (key, note, None)
    assert figure.measured == measured
    # Decimal equality is not enough: 24 and 24.0 are printed differently.
    assert str(figure.measured.value) == str(measured.value)
    assert str(figure.measured.bound) == str(measured.bound)
    assert long_store.sources(figure.id) == sources
    assert long_store.figure(figure.id) == figure


def test_a_cohort_and_an_intake_of_the_same_dates_are_two_figures(store: Store) -> None:
    intake = Period(date(2010, 1, 1), date(2010, 3, 31), PeriodKind.COHORT)
    followed = replace(intake, follow_up_end=date(2011, 3, 31))
    keys = [FigureKey(BURGLARIES.id, BOROUGH.id, one) for one in (intake, followed)]
    with store.change(summary="Cohorts") as change:
        change.record_figures([NewFigure(key, number(index)) for index, key in enumerate(keys)])
    found = store.current_figures([BURGLARIES.id])
    assert [found[key].measured.value for key in keys] == [0, 1]


def test_a_revised_figure_closes_the_one_before_and_history_keeps_both(store: Store) -> None:
    first = take_in(store, monthly_return("first.csv", [280, 275]), moment(2011, 6, 10))
    cut = store.change_number()
    take_in(store, monthly_return("second.csv", [280, 271, 290]), moment(2011, 7, 10))
    assert [values_of(store)[one] for one in sorted(values_of(store))] == [280, 271, 290]
    assert [values_of(store, cut)[one] for one in sorted(values_of(store, cut))] == [280, 275]
    versions = store.history(key_of(2011, 5))
    assert [one.measured.value for one in versions] == [275, 271]
    assert versions[0].superseded_in == versions[1].recorded_in == store.change_number()
    assert versions[1].superseded_in is None
    assert versions[0].import_id == first
    assert store.figure(versions[0].id) == versions[0]


def test_every_figure_names_its_file_and_its_cells(store: Store) -> None:
    given = monthly_return("met.csv", [280])
    total = NewFigure(
        key_of(series=CRIMES),
        number(2100),
        tuple(SourceCell("Sheet 1", f"C{row}", str(row), SourceRole.ADDEND) for row in range(2, 30)),
    )
    import_id = take_in(store, replace(given, figures=(*given.figures, total)))
    figure = store.current_figures([CRIMES.id])[total.key]
    assert store.sources(figure.id) == total.sources
    summary = store.import_of(figure.id)
    assert summary is not None
    assert (summary.id, summary.file_name, summary.figures) == (import_id, "met.csv", 2)
    assert store.imports() == (summary,)
    assert store.kept_file(import_id) == replace(given, figures=(*given.figures, total)).content
    assert store.import_with_sha(summary.sha256) == summary
    assert store.import_with_sha("0" * 64) is None
    assert store.import_of(uid("nothing")) is None


def test_a_figure_by_hand_has_no_import_and_its_own_audit_line(store: Store) -> None:
    take_in(store, monthly_return("met.csv", [280]))
    with store.change(summary="Figure entered") as change:
        assert change.record_figures([NewFigure(key_of(), number(281), note="by telephone")]) == 1
        entered = change.number
    figure = store.current_figures([BURGLARIES.id])[key_of()]
    assert (figure.import_id, figure.note, store.sources(figure.id)) == (None, "by telephone", ())
    (line,) = store.audit(change=entered)
    assert (line.entity, line.what, line.old, line.new) == ("figure", "value, April 2011", "280", "281")


def test_a_withdrawn_figure_is_absent_not_zero(store: Store) -> None:
    take_in(store, monthly_return("met.csv", [280]))
    cut = store.change_number()
    with store.change(summary="Withdraw") as change:
        change.close_figure(key_of())
    assert not values_of(store)
    assert list(values_of(store, cut).values()) == [280]
    with pytest.raises(KeyError), store.change(summary="Again") as change:
        change.close_figure(key_of())


def test_two_figures_for_one_key_are_a_bug(store: Store) -> None:
    with pytest.raises(ValueError, match="two figures for one key"), store.change(summary="Twice") as change:
        change.record_figures([counted(key_of(), 1), counted(key_of(), 2)])
    assert not values_of(store)


@pytest.mark.parametrize(
    "change_of",
    [
        {"value": Decimal("280.0"), "decimals": 1},
        {"finality": Finality.PROVISIONAL},
        {"origin": Origin.ILLUSTRATIVE},
        {"kind": FigureKind.SUPPRESSED, "value": None, "bound": Decimal(10)},
    ],
)
def test_precision_finality_origin_and_kind_each_make_another_figure(
    store: Store, change_of: dict[str, object]
) -> None:
    plain = number(280)
    other = replace(plain, **change_of)  # type: ignore[arg-type]
    for measured, expected in ((plain, 1), (plain, 0), (other, 1), (other, 0), (plain, 1)):
        with store.change(summary="Entry") as change:
            assert change.record_figures([NewFigure(key_of(), measured)]) == expected
    assert len(store.history(key_of())) == 3


def test_a_typed_figure_that_a_file_repeats_can_be_traced_to_the_file(store: Store) -> None:
    with store.change(summary="Entry") as change:
        change.record_figures([NewFigure(key_of(), number(280))])
    import_id = take_in(store, monthly_return("met.csv", [280]))
    figure = store.current_figures([BURGLARIES.id])[key_of()]
    assert figure.import_id == import_id
    assert store.sources(figure.id) == (SourceCell("Data", "B2", "280"),)


def test_a_purged_file_leaves_its_name_and_hash(store: Store) -> None:
    import_id = take_in(store, monthly_return("met.csv", [280]))
    (summary,) = store.imports()
    with store.change(kind=ChangeKind.PURGE, summary="Purge met.csv") as change:
        change.purge_file(summary.sha256, "held names")
    assert store.kept_file(import_id) is None
    assert store.imports() == (summary,)
    assert list(values_of(store).values()) == [280]
    with pytest.raises(RefusedError), store.change(summary="Again") as change:
        change.purge_file(summary.sha256, "again")
    take_in(store, monthly_return("met.csv", [280]))
    assert store.kept_file(import_id) is not None, "the file came again and is kept again"


def test_the_snapshot_holds_what_the_strategy_needs_and_no_more(store: Store) -> None:
    elsewhere = replace(CRIMES, id=uid("other series"), indicator=uid("other indicator"))
    with store.change(summary="Another indicator") as change:
        change.save(replace(ONE_OF_EACH[4], id=uid("other indicator")), elsewhere)
    keys = [
        key_of(2011, 5),
        key_of(2011, 4),
        key_of(series=PEOPLE),
        key_of(area=WARD),
        key_of(series=elsewhere),
    ]
    with store.change(summary="Entry") as change:
        change.record_figures([counted(key, 1) for key in keys])
    snapshot = store.snapshot(STRATEGY.id, known_on=date(2011, 10, 1))
    assert [one.key for one in snapshot.figures[BURGLARIES.id]] == [key_of(2011, 4), key_of(2011, 5)]
    assert set(snapshot.figures) == {BURGLARIES.id, PEOPLE.id}
    assert snapshot.strategy == STRATEGY
    assert [one.code for one in snapshot.uses] == ["B1", "B2"]
    assert snapshot.targets == {USE.id: (TARGET,)}
    assert snapshot.baselines[USE.id].printed == "3,354 (24.0)"
    assert snapshot.definition_of(snapshot.uses[0]).components == ("BURGLARY IN A DWELLING", "Distraction burglary")
    assert snapshot.preferred_series(snapshot.uses[0]) == BURGLARIES
    assert [one.text for one in snapshot.actions] == ["Mark property"]
    assert [one.text for one in snapshot.commentary] == ["Fell again."]
    assert snapshot.known_on == date(2011, 10, 1)
    assert snapshot.as_at is None
    with pytest.raises(RefusedError):
        store.snapshot(uid("nothing"))
    with pytest.raises(RefusedError):
        store.snapshot(STRATEGY.id, as_at=1)


def test_a_snapshot_of_the_past_shows_the_past(store: Store) -> None:
    take_in(store, monthly_return("first.csv", [280]), moment(2011, 5, 10))
    cut = store.change_number()
    with store.change(summary="Later", at=moment(2011, 8, 1)) as change:
        change.save(replace(TARGET, value=Decimal(-9)))
        change.record_figures([counted(key_of(), 999)])
    then = store.snapshot(STRATEGY.id, as_at=cut)
    assert then.figures[BURGLARIES.id][0].measured.value == 280
    assert then.targets[USE.id][0].value == Decimal("-2.50")
    assert (then.as_at, then.known_on) == (cut, date(2011, 5, 10))
    assert [one.undone for one in then.imports.values()] == [False]


def _questions_of_a_snapshot(store: Store, as_at: int | None) -> tuple[int, Snapshot]:
    asked: list[str] = []
    connection = store.database.raw
    connection.set_trace_callback(asked.append)
    try:
        snapshot = store.snapshot(STRATEGY.id, as_at=as_at)
    finally:
        connection.set_trace_callback(None)
    return len(asked), snapshot


def test_the_number_of_questions_does_not_grow_with_the_rows(store: Store) -> None:
    take_in(store, monthly_return("small.csv", [280]))
    few, _ = _questions_of_a_snapshot(store, None)
    few_then, _ = _questions_of_a_snapshot(store, store.change_number())
    with store.change(summary="Much more") as change:
        for index in range(60):
            change.save(
                *(replace(one, id=uid(f"{one.id} {index}")) for one in ONE_OF_EACH if not isinstance(one, Strategy))
            )
    take_in(store, monthly_return("large.csv", range(1, 400)))
    many, snapshot = _questions_of_a_snapshot(store, None)
    many_then, _ = _questions_of_a_snapshot(store, store.change_number())
    assert len(snapshot.uses) == 122
    assert len(snapshot.figures[BURGLARIES.id]) == 399
    assert (many, many_then) == (few, few_then)
    assert many <= 50


def test_figures_of_many_series_are_one_question_a_few_hundred(store: Store) -> None:
    take_in(store, monthly_return("met.csv", [280]))
    wanted = [uid(f"series {index}") for index in range(1200)]
    assert len(store.current_figures([*wanted, BURGLARIES.id])) == 1
    assert store.current_figures([]) == {}


def test_an_import_of_an_unknown_agency_is_taken_back_whole(store: Store) -> None:
    before = store.change_number()
    with (
        pytest.raises(ValueError, match="does not know"),
        store.change(kind=ChangeKind.IMPORT, summary="Import") as change,
    ):
        change.record_import(NewImport(uid("nobody"), "a.csv", date(2012, 1, 1)), b"a", [counted(key_of(), 1)])
    assert store.change_number() == before
    assert store.imports() == ()
    assert POLICE in store.agencies()


def test_the_store_tells_which_series_has_figures_of_which_area_then_and_now(store: Store) -> None:
    assert store.places_with_figures() == frozenset()
    take_in(store, monthly_return("borough.csv", [220, 211]), moment(2011, 5, 1))
    then = store.change_number()
    brought = take_in(store, monthly_return("wards.csv", [3, 4], area=WARD), moment(2011, 6, 1))
    now = store.places_with_figures()
    assert {area for _, area in now} == {BOROUGH.id, WARD.id}
    assert {area for _, area in store.places_with_figures(as_at=then)} == {BOROUGH.id}
    store.undo_import(brought, at=moment(2011, 7, 1))
    assert {area for _, area in store.places_with_figures()} == {BOROUGH.id}
