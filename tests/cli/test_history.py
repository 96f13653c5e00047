"""The history on the command line, and the way back."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from scs_desktop.domain.targets import Target, TargetKind
from scs_desktop.store import open_store
from tests.cli.test_commands import Desk, desk, imported

__all__ = ["desk"]


def _edit(desk: Desk) -> None:
    with open_store(desk.store, who="A. Officer") as store, store.change(summary="Change target of burglary") as change:
        target = store.all_of(Target)[0]
        change.save(replace(target, kind=TargetKind.VALUE, value=Decimal(3000)))


def _value(desk: Desk) -> Decimal | None:
    with open_store(desk.store, who="A. Officer") as store:
        return next((one.value for one in store.all_of(Target) if one.value is not None), None)


def test_an_edit_is_listed_undone_and_redone_by_name(desk: Desk) -> None:
    imported(desk)
    _edit(desk)
    code, out, _ = desk.run("history", "--last", "2")
    assert code == 0
    assert "Change target of burglary" in out
    assert len(out.strip().splitlines()) == 3
    assert desk.run("undo") == (0, "Taken back: Change target of burglary.\n", "")
    assert _value(desk) is None
    assert desk.run("redo") == (0, "Done again: change target of burglary.\n", "")
    assert _value(desk) == 3000
    code, out, _ = desk.run("history", "--json")
    numbers = [one["number"] for one in json.loads(out)]
    assert numbers == sorted(numbers, reverse=True)
    change = next(one["number"] for one in json.loads(out) if one["summary"] == "Change target of burglary")
    assert desk.run("undo", "--change", str(change))[0] == 0
    assert _value(desk) is None


def test_the_latest_import_is_undone_whole_and_not_redone(desk: Desk) -> None:
    imported(desk)
    code, out, _ = desk.run("undo")
    assert code == 0
    assert out.startswith("Taken back: ")
    with open_store(desk.store, who="A. Officer") as store:
        assert [one.undone for one in store.imports()] == [True]
    code, _, err = desk.run("redo")
    assert code == 3
    assert "read again from its file" in err


def test_where_nothing_can_be_undone_a_sentence_says_so(desk: Desk) -> None:
    desk.run("new")
    code, _, err = desk.run("undo")
    assert (code, err.count("\n")) == (3, 1)
    assert "nothing to undo" in err
    code, _, err = desk.run("undo", "--change", "77")
    assert (code, "no change 77" in err) == (3, True)
