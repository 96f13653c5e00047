"""The window keeps the store safe: a backup a day, a way back, a word about where it lies and who has it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scs_desktop.domain.strategy import YouSaid
from scs_desktop.store import Store, open_store
from scs_desktop.store import location as location_module
from scs_desktop.store.lock import lock_path
from scs_desktop.ui.common.messages import Tone
from scs_desktop.workflows.back_up import backups
from tests.store.builders import uid
from tests.ui.conftest import Desk


def _say(desk: Desk, said: str) -> None:
    """Change something by hand, as a page does."""

    def work(store: Store, _: object) -> None:
        with store.change(summary=f"You said: {said}") as change:
            change.save(YouSaid(uid("said"), None, datetime.now(UTC).date(), said, "Done"))

    desk.session.change("Saving", work, lambda _: None)
    desk.settle()


def _said(path: Path) -> list[str]:
    with open_store(path, who="Officer", read_only=True) as store:
        return [one.said for one in store.all_of(YouSaid)]


def test_a_real_store_is_backed_up_once_a_day(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    made = backups(store_path=empty_store)
    assert len(made) == 1
    assert desk.window.bottom.backup.text() == "Backed up today"
    desk.session.reload()
    desk.open(empty_store)
    desk.settle()
    assert backups(store_path=empty_store) == made


def test_an_example_needs_no_backup(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    assert backups(store_path=example_copy) == ()


def test_a_backup_is_offered_with_what_would_be_lost_and_brought_back(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    backup = backups(store_path=empty_store)[0].path
    _say(desk, "Too dark")
    desk.window.keeping.offer_restore(backup)
    desk.settle()
    assert "1 later change would be lost" in desk.said[-1].text
    assert _said(empty_store) == ["Too dark"]
    desk.window.message.offer.click()
    desk.settle()
    assert desk.said[-1].tone is Tone.DONE
    assert "is kept at" in desk.said[-1].text
    assert desk.session.path == empty_store
    assert _said(empty_store) == []
    _say(desk, "Still dark")
    assert _said(empty_store) == ["Still dark"]


def test_a_file_that_is_no_backup_leaves_the_store_open(desk: Desk, empty_store: Path, tmp_path: Path) -> None:
    desk.open(empty_store)
    letter = tmp_path / "letter.backup"
    letter.write_text("Dear Sir", "utf-8")
    desk.window.keeping.offer_restore(letter)
    desk.settle()
    assert (desk.said[-1].tone, desk.said[-1].offer) == (Tone.PROBLEM, None)
    desk.session.restore(letter)
    desk.settle()
    assert desk.said[-1].tone is Tone.PROBLEM
    assert desk.session.path == empty_store
    _say(desk, "Go on")
    assert _said(empty_store) == ["Go on"]


def test_edits_are_undone_and_redone_from_the_menu_by_name(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    assert not desk.window.undoing.undo_action.isEnabled()
    _say(desk, "Cars & bins")
    assert desk.window.undoing.undo_action.text() == "&Undo: You said: Cars && bins"
    desk.window.undoing.undo_action.trigger()
    desk.settle()
    assert _said(empty_store) == []
    assert desk.window.undoing.redo_action.text() == "&Redo: you said: Cars && bins"
    desk.window.undoing.redo_action.trigger()
    desk.settle()
    assert _said(empty_store) == ["Cars & bins"]


def test_a_store_that_another_computer_did_not_let_go_can_be_taken_over(desk: Desk, empty_store: Path) -> None:
    lock_path(empty_store).write_text(
        json.dumps({"who": "B. Other", "host": "LAPTOP-12", "pid": 7, "since": "2026-01-05T10:42:00+00:00"}), "utf-8"
    )
    desk.open(empty_store)
    assert "B. Other" in desk.said[-1].text
    assert desk.session.read_only
    desk.window.message.offer.click()
    desk.settle()
    assert not desk.session.read_only


def test_a_store_on_a_share_is_warned_of(
    desk: Desk, empty_store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    synchronised = tmp_path / "OneDrive - Council"
    synchronised.mkdir()
    moved = empty_store.rename(synchronised / "own.scs")
    monkeypatch.setattr(location_module, "_MOUNTS", tmp_path / "none")
    desk.open(moved)
    assert "OneDrive copies between computers" in desk.said[0].text
