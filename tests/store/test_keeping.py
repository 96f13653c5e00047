"""What is saved comes back, and history remembers what was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.figures import FigureKey
from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.domain.publication import SignOff, SignOffState
from scs_desktop.domain.strategy import Indicator, Priority
from scs_desktop.domain.targets import Target
from scs_desktop.store import ENTITY_TYPES, Store, StoreReadOnly, create_store, open_store
from scs_desktop.store.columns import RECORDED_IN
from scs_desktop.store.entities import keeping_of
from tests.store.builders import (
    BURGLARIES,
    BURGLARY,
    CRIME,
    DECISION,
    OFFICER,
    ONE_OF_EACH,
    POLICE,
    PRIORITY,
    TARGET,
    USE,
    counted,
    key_of,
    moment,
    new_store,
    uid,
)

RESERVED = {"record", "recorded_in", "superseded_in"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "partnership.scs", at=moment(2011, 4, 1)) as opened:
        yield opened


def test_one_of_each_comes_back_as_it_was_saved(store: Store) -> None:
    given = Counter(type(one) for one in ONE_OF_EACH)
    assert set(given) == set(ENTITY_TYPES), "the builders hold every type the store keeps"
    for kind in ENTITY_TYPES:
        expected = {one.id: one for one in ONE_OF_EACH if type(one) is kind}
        kept: tuple[Any, ...] = store.all_of(kind)
        found = {one.id: one for one in kept}
        if RECORDED_IN in {field.name for field in fields(kind)}:
            found = {identifier: replace(one, recorded_in=0) for identifier, one in found.items()}
        assert found == expected


@pytest.mark.parametrize("kind", ENTITY_TYPES, ids=lambda kind: kind.__name__)
def test_every_field_has_its_column_and_every_column_its_field(kind: type) -> None:
    keeping = keeping_of(kind)
    assert set(keeping.own.names) == set(keeping.table._meta.fields) - RESERVED
    for one in keeping.lists:
        assert set(one.codec.names) == set(one.table._meta.fields) - {"record", "ordinal"}


def test_after_closing_and_opening_again_everything_is_there(tmp_path: Path) -> None:
    path = tmp_path / "partnership.scs"
    with new_store(path) as store:
        number, identity = store.change_number(), store.id
    with open_store(path, who="B. Other") as again:
        assert again.change_number() == number
        assert again.id == identity
        assert again.kind is StoreKind.EXAMPLE
        assert again.strategies()[0].name == "Safer Northtown"
        assert [one.name for one in again.agencies()] == ["Northtown Police", "Northtown Council"]
        assert {one.name for one in again.areas()} == {"Northtown", "High Barns"}
        assert [one.version for one in again.definitions()] == [2]
        assert again.decisions()[0].corrections == DECISION.corrections


def test_the_first_change_is_the_making_of_the_store(tmp_path: Path) -> None:
    with create_store(tmp_path / "a.scs", kind=StoreKind.REAL, who=OFFICER, at=moment(2011, 4, 1)) as store:
        (made,) = store.changes()
    assert (made.number, made.who, made.kind, made.at) == (1, OFFICER, ChangeKind.SETUP, moment(2011, 4, 1))


def test_a_change_is_seen_from_its_number_on_and_the_past_stays_as_it_was(store: Store) -> None:
    before = store.change_number()
    with store.change(summary="Change target") as change:
        change.save(replace(TARGET, value=Decimal("-5.0")))
    assert store.change_number() == before + 1
    assert [one.value for one in store.all_of(Target)] == [Decimal("-5.0")]
    assert [one.value for one in store.all_of(Target, as_at=before)] == [Decimal("-2.50")]
    assert store.all_of(Target, as_at=1) == (), "at the making of the store there was none"


def test_what_is_as_it_was_is_not_recorded_again_and_leaves_no_change(store: Store) -> None:
    before = store.change_number()
    with store.change(summary="Save without an edit") as change:
        assert change.save(*ONE_OF_EACH) == 0
    assert store.change_number() == before
    assert store.changes(1)[0].summary == "Strategy set up"


def test_only_the_printed_precision_differs_and_that_is_a_change(store: Store) -> None:
    with store.change(summary="Precision") as change:
        assert change.save(replace(TARGET, value=Decimal("-2.5"))) == 1
    assert str(store.all_of(Target)[0].value) == "-2.5"


def test_what_is_closed_is_seen_no_more_but_was(store: Store) -> None:
    before = store.change_number()
    with store.change(summary="Target dropped") as change:
        change.close(Target, TARGET.id)
    assert store.all_of(Target) == ()
    assert store.all_of(Target, as_at=before) == (TARGET,)
    with pytest.raises(KeyError), store.change(summary="Again") as change:
        change.close(Target, TARGET.id)
    with store.change(summary="Target back") as change:
        assert change.save(TARGET) == 1
    assert store.all_of(Target) == (TARGET,)


def test_saving_twice_in_one_change_records_the_last(store: Store) -> None:
    before = store.change_number()
    with store.change(summary="Think again") as change:
        change.save(replace(PRIORITY, name="Break-ins", lead_agencies=()))
        change.save(replace(PRIORITY, name="Theft from homes"))
    assert [one.name for one in store.all_of(Priority)] == ["Theft from homes"]
    assert store.all_of(Priority, as_at=before) == (PRIORITY,)
    assert store.all_of(Priority)[0].lead_agencies == (POLICE.id,)


def test_an_error_in_the_middle_takes_everything_back(store: Store) -> None:
    before = store.change_number()

    def fail() -> None:
        with store.change(summary="Half done") as change:
            change.save(replace(BURGLARY, name="Half"))
            change.record_figures([counted(key_of(), 5)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.change_number() == before
    assert BURGLARY in store.indicators()
    assert not store.current_figures([BURGLARIES.id])
    with store.change(summary="The store goes on") as change:
        change.save(replace(BURGLARY, name="Whole"))
    assert store.change_number() == before + 1


def test_things_may_be_saved_before_what_they_refer_to_but_not_without(store: Store) -> None:
    new = Indicator(uid("new"), "Robbery")
    with store.change(summary="In any order") as change:
        change.save(replace(USE, indicator=new.id))
        change.save(new)
    before = store.change_number()
    with pytest.raises(ValueError, match="does not know"), store.change(summary="In vain") as change:
        change.save(replace(USE, indicator=uid("nowhere")))
    assert store.change_number() == before


def test_a_uuid_names_one_sort_of_thing(store: Store) -> None:
    with (
        pytest.raises(ValueError, match="agency, not"),
        store.change(summary="Mixed") as change,
    ):
        change.save(Indicator(POLICE.id, "No agency"))


def test_what_the_store_does_not_keep_is_refused(store: Store) -> None:
    with pytest.raises(TypeError, match="keeps no FigureKey"), store.change(summary="Key") as change:
        change.save(cast("Any", key_of()))
    assert isinstance(key_of(), FigureKey)


def test_a_signed_off_paper_is_withdrawn_never_edited(store: Store) -> None:
    (paper,) = store.all_of(SignOff)
    with pytest.raises(RefusedError, match="cannot be edited"), store.change(summary="Edit") as change:
        change.save(replace(paper, texts="other words"))
    with pytest.raises(RefusedError), store.change(summary="Edit") as change:
        change.save(replace(paper, pdf=b"other", state=SignOffState.WITHDRAWN))
    withdrawn = replace(paper, state=SignOffState.WITHDRAWN, reason="A figure was wrong.")
    with store.change(kind=ChangeKind.SIGN_OFF, summary="Withdraw") as change:
        change.save(withdrawn)
    assert store.all_of(SignOff) == (withdrawn,)


def test_the_audit_says_who_what_old_and_new(store: Store) -> None:
    with store.change(kind=ChangeKind.DECISION, summary="Change target") as change:
        change.save(replace(TARGET, value=Decimal(-4), note="as the board said"), replace(CRIME, name="All crime"))
        number = change.number
    lines = {line.entity: line for line in store.audit(change=number)}
    assert set(lines) == {"target", "indicator"}
    assert lines["target"].what == "value, note"
    assert lines["target"].old == "value: -2.50; note: agreed"
    assert lines["target"].new == "value: -4; note: as the board said"
    assert lines["indicator"].new == "name: All crime"
    assert [line.what for line in store.audit(entity_id=TARGET.id)] == ["value, note", "added"]
    assert store.changes(1)[0].who == OFFICER


def test_every_setup_row_has_its_audit_line(store: Store) -> None:
    lines = store.audit(change=2)
    assert len(lines) == len(ONE_OF_EACH)
    assert {line.what for line in lines} == {"added"}


def test_a_change_within_a_change_is_a_bug(store: Store) -> None:
    with pytest.raises(RuntimeError, match="do not nest"), store.change(summary="Outer"), store.change(summary="Inner"):
        pass


def test_a_moment_without_time_zone_is_a_bug(store: Store) -> None:
    naive = datetime(2012, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="time zone"), store.change(summary="When?", at=naive):
        pass
    with pytest.raises(ValueError, match="time zone"):
        store.cut_at(naive)


def test_as_at_a_moment_is_the_last_change_on_or_before_it(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.scs", at=moment(2011, 4, 1)) as store:
        for day, name in ((5, "five"), (9, "nine")):
            with store.change(summary=name, at=moment(2011, 5, day)) as change:
                change.save(replace(BURGLARY, name=name))
        assert store.cut_at(moment(2011, 3, 31)) == 0
        assert store.cut_at(moment(2011, 4, 1)) == 2
        assert store.cut_at(moment(2011, 5, 5)) == 3
        assert store.cut_at(moment(2011, 5, 8)) == 3
        assert store.cut_at(moment(2030, 1, 1)) == 4
        seen = store.all_of(Indicator, as_at=store.cut_at(moment(2011, 5, 8)))
        assert "five" in {one.name for one in seen}
        assert store.snapshot(uid("strategy"), as_at=3).known_on == date(2011, 5, 5)


def test_with_the_clock_set_back_the_past_never_shrinks(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.scs", at=moment(2011, 4, 1)) as store:
        for at, name in ((moment(2030, 1, 1), "clock ahead"), (moment(2011, 6, 1), "clock right")):
            with store.change(summary=name, at=at) as change:
                change.save(replace(BURGLARY, name=name))
        moments = [moment(year, number, 1) for year in (2010, 2011, 2012, 2031) for number in range(1, 13)]
        cuts = [store.cut_at(one) for one in moments]
        assert cuts == sorted(cuts), "a later moment never sees less"
        assert store.cut_at(moment(2011, 6, 2)) == 4, "what came after the wrong clock is not hidden by it"


def test_the_profile_of_an_agency_is_remembered(store: Store) -> None:
    profile = store.profile(POLICE.id)
    assert profile.answer_to("area?") == "borough"
    assert profile.layouts[0].heads == ("Offence", "Apr", "May")
    assert profile.answers[0].recorded_in == 2
    assert store.profile(uid("council")).answers == ()


def test_read_only_looks_and_does_not_touch(tmp_path: Path) -> None:
    path = tmp_path / "a.scs"
    new_store(path).close()
    before = path.read_bytes()
    with open_store(path, who="B. Other", read_only=True) as store:
        assert store.read_only
        assert store.strategies()
        with pytest.raises(StoreReadOnly, match="open to read only"), store.change(summary="No"):
            pass
        assert sorted(one.name for one in tmp_path.iterdir()) == ["a.scs"], "no lock file is made"
    assert path.read_bytes() == before
