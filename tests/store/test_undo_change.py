"""Every edit by hand can be taken back, and the taking back too; nothing later is overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.figures import Finality, number
from scs_desktop.domain.history import ChangeKind, redoable, undoable
from scs_desktop.domain.publication import SignOffState
from scs_desktop.domain.strategy import YouSaid
from scs_desktop.domain.targets import Target
from scs_desktop.store import NewFigure, Store, verify_store
from tests.store.builders import (
    BASELINE,
    MEETING,
    STRATEGY,
    TARGET,
    counted,
    key_of,
    monthly_return,
    new_store,
    take_in,
    uid,
    values_of,
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "partnership.scs") as opened:
        take_in(opened, monthly_return("met.csv", [280, 275]))
        yield opened


def _set_target(store: Store, value: int) -> None:
    with store.change(summary=f"Target of {value}") as change:
        change.save(replace(TARGET, value=Decimal(value)))


def _target(store: Store) -> Decimal | None:
    return store.all_of(Target)[0].value


def test_a_changed_target_is_as_before_and_again_as_after(store: Store) -> None:
    _set_target(store, -4)
    undo = undoable(store.changes())
    assert undo is not None
    assert undo.summary == "Target of -4"
    store.undo_change(undo.number)
    assert _target(store) == Decimal("-2.50")
    assert store.changes(1)[0].summary == "Undo target of -4"
    redo = redoable(store.changes())
    assert redo is not None
    store.undo_change(redo.number)
    assert _target(store) == -4
    assert store.changes(1)[0].summary == "Redo target of -4"
    assert redoable(store.changes()) is None
    again = undoable(store.changes())
    assert again is not None
    assert again.number == undo.number, "what was redone can be undone again"
    assert store.all_of(Target, as_at=undo.number - 1)[0].value == Decimal("-2.50"), "history keeps everything"
    assert verify_store(store.path).sound


def test_two_changes_are_undone_and_redone_in_order(store: Store) -> None:
    _set_target(store, -4)
    _set_target(store, -6)
    seen = []
    for _ in range(2):
        undo = undoable(store.changes())
        assert undo is not None
        store.undo_change(undo.number)
        seen.append(_target(store))
    for _ in range(2):
        redo = redoable(store.changes())
        assert redo is not None
        store.undo_change(redo.number)
        seen.append(_target(store))
    assert seen == [-4, Decimal("-2.50"), -4, -6]
    assert redoable(store.changes()) is None


def test_what_was_added_is_gone_and_what_was_removed_is_back(store: Store) -> None:
    with store.change(summary="You said") as change:
        change.save(YouSaid(uid("other"), None, MEETING.meeting, "Too loud", "Asked the bar"))
        change.close(YouSaid, uid("said"))
    store.undo_change(store.change_number())
    assert [one.id for one in store.all_of(YouSaid)] == [uid("said")]


def test_lists_beneath_a_thing_come_back_too(store: Store) -> None:
    with store.change(summary="Baseline emptied") as change:
        change.save(replace(BASELINE, values=(), other_years=()))
    store.undo_change(store.change_number())
    assert BASELINE in store.snapshot(STRATEGY.id).baselines.values()


def test_typed_figures_are_taken_back_and_the_imported_one_names_its_cells_again(store: Store) -> None:
    cells = store.sources(store.current_figures([key_of().series])[key_of()].id)
    with store.change(summary="Figures entered") as change:
        change.record_figures(
            [NewFigure(key_of(), replace(number(300), finality=Finality.PROVISIONAL)), counted(key_of(2011, 9), 7)]
        )
    store.undo_change(store.change_number())
    assert sorted(values_of(store).values(), key=str) == [275, 280]
    figure = store.current_figures([key_of().series])[key_of()]
    assert store.sources(figure.id) == cells
    assert figure.import_id == store.imports()[0].id
    store.undo_change(store.change_number())
    assert sorted(values_of(store).values(), key=str) == [275, 300, 7]


def test_what_a_later_change_touched_is_not_overwritten(store: Store) -> None:
    _set_target(store, -4)
    first = store.change_number()
    _set_target(store, -6)
    with pytest.raises(RefusedError, match="“Target of -6” has since changed the same"):
        store.undo_change(first)
    with store.change(summary="Figure entered") as change:
        change.record_figures([counted(key_of(), 300)])
    typed = store.change_number()
    with store.change(summary="Entered anew") as change:
        change.record_figures([counted(key_of(), 301)])
    with pytest.raises(RefusedError, match="“Entered anew” has since changed the same"):
        store.undo_change(typed)
    assert (_target(store), values_of(store)[key_of().period]) == (Decimal(-6), Decimal(301))


def test_a_change_beneath_an_undone_one_can_be_undone(store: Store) -> None:
    _set_target(store, -4)
    first = store.change_number()
    _set_target(store, -6)
    store.undo_change(store.change_number())
    store.undo_change(first)
    assert _target(store) == Decimal("-2.50")


def test_what_is_no_edit_by_hand_is_refused_with_a_sentence(store: Store) -> None:
    with pytest.raises(RefusedError, match="Undo or repeat that import itself"):
        store.undo_change(store.change_number())
    with pytest.raises(RefusedError, match="no change 99"):
        store.undo_change(99)
    with pytest.raises(RefusedError, match="cannot be undone"):
        store.undo_change(1)
    signed = store.sign_off(uid("signoff"))
    assert signed is not None
    with store.change(summary="Withdrawn") as change:
        change.save(replace(signed, state=SignOffState.WITHDRAWN, reason="An error"))
    with pytest.raises(RefusedError, match="Withdraw it, with a reason"):
        store.undo_change(store.change_number())


def test_nothing_beneath_a_sign_off_is_offered(store: Store) -> None:
    _set_target(store, -4)
    assert undoable(store.changes()) is not None
    with store.change(kind=ChangeKind.SIGN_OFF, summary="Signed off") as change:
        change.save(YouSaid(uid("other"), None, MEETING.meeting, "Too loud", "Asked the bar"))
    assert undoable(store.changes()) is None
    assert redoable(store.changes()) is None


def test_a_new_change_ends_what_can_be_redone(store: Store) -> None:
    _set_target(store, -4)
    store.undo_change(store.change_number())
    assert redoable(store.changes()) is not None
    _set_target(store, -5)
    assert redoable(store.changes()) is None
