"""An import taken back: the figures as before to the row, the past untouched, and what stays is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.figures import Finality, SourceCell
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.publication import SignOff
from scs_desktop.store import Store
from tests.store.builders import (
    BURGLARIES,
    ONE_OF_EACH,
    counted,
    key_of,
    moment,
    monthly_return,
    new_store,
    said_by,
    take_in,
    uid,
    values_of,
)

WITHOUT_SIGN_OFF = tuple(one for one in ONE_OF_EACH if not isinstance(one, SignOff))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "partnership.scs", *WITHOUT_SIGN_OFF, at=moment(2011, 4, 1)) as opened:
        yield opened


def test_undo_brings_the_figures_back_to_the_row_and_history_keeps_both(store: Store) -> None:
    take_in(store, monthly_return("first.csv", [280, 275]))
    before, sources_before = said_by(store), _sources(store)
    second = take_in(store, monthly_return("second.csv", [281, 271, 290]))
    imported = store.change_number()
    seen_then = values_of(store, imported)
    report = store.undo_import(second)
    assert (report.closed, report.reopened, report.kept, report.reasons) == (3, 2, 0, ())
    assert said_by(store) == before
    assert _sources(store) == sources_before
    assert values_of(store, imported) == seen_then
    assert [one.undone for one in store.imports()] == [False, True]
    undo = store.changes(1)[0]
    assert (undo.kind, undo.undoes, undo.summary) == (ChangeKind.UNDO, imported, "Undo import of second.csv")
    then, now = store.imports(as_at=imported), store.imports()
    assert [one.undone for one in then] == [False, False]
    assert now[1].id == second


def _sources(store: Store) -> dict[object, tuple[SourceCell, ...]]:
    return {key: store.sources(one.id) for key, one in store.current_figures([BURGLARIES.id]).items()}


def test_the_first_import_undone_leaves_nothing(store: Store) -> None:
    first = take_in(store, monthly_return("first.csv", [280, 275]))
    report = store.undo_import(first)
    assert (report.closed, report.reopened) == (2, 0)
    assert not said_by(store)
    given = monthly_return("first.csv", [280, 275])
    assert store.import_with_sha(store.imports()[0].sha256) is None
    again = take_in(store, given)
    assert {one[2] for one in said_by(store)} == {again}


def test_what_a_later_import_replaced_stays_with_the_reason(store: Store) -> None:
    first = take_in(store, monthly_return("first.csv", [280, 275, 250]))
    take_in(store, monthly_return("second.csv", [281, 271]))
    report = store.undo_import(first)
    assert (report.closed, report.reopened, report.kept) == (1, 0, 2)
    assert report.reasons == (
        "2 figures of it have since been replaced by “second.csv” and stay as that file has them.",
    )
    assert sorted(value or 0 for value in values_of(store).values()) == [271, 281]


def test_undoing_both_in_either_order_leaves_neither(store: Store) -> None:
    base = take_in(store, monthly_return("base.csv", [100, 100]))
    before = said_by(store)
    for order in ((0, 1), (1, 0)):
        imports = [
            take_in(store, monthly_return(f"{name} {order}.csv", [value] * 3))
            for name, value in (("a", 200), ("b", 300))
        ]
        for index in order:
            store.undo_import(imports[index])
        assert said_by(store) == before
    store.undo_import(base)
    assert not said_by(store)


def test_what_was_entered_by_hand_since_stays(store: Store) -> None:
    first = take_in(store, monthly_return("first.csv", [280]))
    with store.change(summary="Entry") as change:
        change.record_figures([counted(key_of(), 300)])
    report = store.undo_import(first)
    assert report.reasons == ("1 figure of it has since been entered by hand and stays as entered.",)
    assert list(values_of(store).values()) == [300]


def test_a_figure_that_another_file_says_too_goes_on_as_that_files(store: Store) -> None:
    first = take_in(store, monthly_return("first.csv", [280, 275]))
    second = take_in(store, replace(monthly_return("second.csv", [280]), figures=(counted(key_of(), 280, "Z9"),)))
    assert store.imports()[1].figures == 0, "nothing new was recorded"
    report = store.undo_import(first)
    assert (report.closed, report.reopened) == (2, 1)
    figure = store.current_figures([BURGLARIES.id])[key_of()]
    assert (figure.measured.value, figure.import_id) == (Decimal(280), second)
    assert store.sources(figure.id) == (SourceCell("Data", "Z9", "280"),)
    store.undo_import(second)
    assert not said_by(store)


def test_a_figure_said_twice_outlives_the_first_file_beneath_a_third(store: Store) -> None:
    first = take_in(store, monthly_return("first.csv", [280]))
    second = take_in(store, monthly_return("second.csv", [280]))
    third = take_in(store, monthly_return("third.csv", [290]))
    store.undo_import(first)
    store.undo_import(third)
    figure = store.current_figures([BURGLARIES.id])[key_of()]
    assert (figure.measured.value, figure.import_id) == (Decimal(280), second)


def test_provisional_again_when_the_final_figure_is_undone(store: Store) -> None:
    given = monthly_return("provisional.csv", [280])
    provisional = replace(given.figures[0], measured=replace(given.figures[0].measured, finality=Finality.PROVISIONAL))
    take_in(store, replace(given, figures=(provisional,)))
    final = take_in(store, monthly_return("final.csv", [280]))
    store.undo_import(final)
    assert store.current_figures([BURGLARIES.id])[key_of()].measured.finality is Finality.PROVISIONAL


def test_a_signed_off_paper_stays_and_the_undo_says_so(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.scs", *ONE_OF_EACH) as store:
        early = take_in(store, monthly_return("early.csv", [280]))
        (paper,) = store.all_of(SignOff)
        with store.change(kind=ChangeKind.SIGN_OFF, summary="Sign off") as change:
            change.save(replace(paper, id=uid("second paper"), as_at=store.change_number()))
        late = take_in(store, monthly_return("late.csv", [280, 275]))
        assert store.undo_import(late).reasons == ()
        (reason,) = store.undo_import(early).reasons
        assert "position to 30 September 2011" in reason


def test_undone_once_is_enough_and_an_unknown_import_is_refused(store: Store) -> None:
    first = take_in(store, monthly_return("first.csv", [280]))
    store.undo_import(first)
    number = store.change_number()
    with pytest.raises(RefusedError, match="undone before"):
        store.undo_import(first)
    with pytest.raises(RefusedError, match="no such import"):
        store.undo_import(uid("nothing"))
    assert store.change_number() == number


@settings(max_examples=60)
@given(
    st.lists(
        st.one_of(
            st.lists(st.integers(1, 3), min_size=1, max_size=4).map(lambda values: ("import", values)),
            st.integers(0, 9).map(lambda which: ("undo", [which])),
        ),
        max_size=9,
    )
)
def test_the_current_figures_are_those_of_the_imports_that_stand(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, list[int]]]
) -> None:
    """Imported and undone in any order, each month shows what the latest standing import says of it."""
    path = tmp_path_factory.mktemp("undo") / "a.scs"
    standing: dict[UUID, list[int]] = {}
    with new_store(path, *WITHOUT_SIGN_OFF) as store:
        for index, (what, values) in enumerate(steps):
            if what == "import":
                standing[take_in(store, monthly_return(f"{index}.csv", values))] = values
            elif standing:
                chosen = list(standing)[values[0] % len(standing)]
                store.undo_import(chosen)
                del standing[chosen]
            expected: dict[int, int] = {}
            for given_values in standing.values():
                expected.update(enumerate(given_values))
            found = {(period.start.month - 4) % 12: value for period, value in values_of(store).items()}
            assert found == expected
