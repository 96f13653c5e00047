"""A backup takes the store's place only after it was checked, and what stood there stays beside it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from scs_desktop.store import (
    DamagedStore,
    NotAStore,
    StoreExists,
    StoreInUse,
    backup_store,
    open_store,
    preview_restore,
    restore_store,
    verify_store,
)
from scs_desktop.store.database import journal_path
from tests.store.builders import OFFICER, counted, key_of, moment, monthly_return, new_store, take_in, values_of

AT = moment(2012, 5, 3)


def _store_with_backup(folder: Path) -> tuple[Path, Path]:
    """A store of two figures backed up, then a third figure typed."""
    path, backup = folder / "partnership.scs", folder / "monday.backup"
    with new_store(path) as store:
        take_in(store, monthly_return("met.csv", [280, 275]))
        backup_store(store, backup)
        with store.change(summary="Figure entered") as change:
            change.record_figures([counted(key_of(2011, 9), 7)])
    return path, backup


def test_the_preview_tells_what_would_be_lost_and_changes_nothing(tmp_path: Path) -> None:
    path, backup = _store_with_backup(tmp_path)
    before = {one: one.read_bytes() for one in (path, backup)}
    preview = preview_restore(backup, path)
    assert (preview.changes, preview.figures, preview.imports) == (3, 2, 1)
    assert preview.last.summary == "Import of met.csv"
    assert [one.summary for one in preview.lost] == ["Figure entered"]
    assert {one: one.read_bytes() for one in (path, backup)} == before


def test_a_backup_comes_back_and_what_stood_there_is_kept(tmp_path: Path) -> None:
    path, backup = _store_with_backup(tmp_path)
    restored = restore_store(backup, path, who=OFFICER, at=AT)
    assert restored.kept == tmp_path / "partnership-before-restore-20120503T090000Z.scs"
    with open_store(path, who=OFFICER) as store:
        assert set(values_of(store).values()) == {275, 280}
        assert store.changes(1)[0].summary == "Restored from the backup monday.backup"
        take_in(store, monthly_return("later.csv", [280, 275, 290]))
    with open_store(restored.kept, who=OFFICER) as kept:
        assert len(values_of(kept)) == 3
    assert verify_store(path).sound
    assert verify_store(backup).sound


def test_a_lost_store_comes_back(tmp_path: Path) -> None:
    path, backup = _store_with_backup(tmp_path)
    path.unlink()
    assert preview_restore(backup, path).lost == ()
    assert restore_store(backup, path, who=OFFICER).kept is None
    assert verify_store(path).sound


def test_a_damaged_store_is_kept_as_it_is_and_replaced(tmp_path: Path) -> None:
    path, backup = _store_with_backup(tmp_path)
    damaged = path.read_bytes()[:5000]
    path.write_bytes(damaged)
    preview = preview_restore(backup, path)
    assert "damaged" in preview.unreadable
    restored = restore_store(backup, path, who=OFFICER, at=AT)
    assert restored.kept is not None
    assert restored.kept.read_bytes() == damaged
    with open_store(path, who=OFFICER) as store:
        assert len(values_of(store)) == 2


def test_the_journal_of_a_change_that_was_cut_off_does_not_reach_the_backup(tmp_path: Path) -> None:
    path, backup = _store_with_backup(tmp_path)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute('UPDATE "change" SET "summary" = "summary" || hex(randomblob(20000))')
    # The state in which a computer that lost its power leaves the two files.
    for one in (path, journal_path(path)):
        shutil.copy2(one, one.with_name(f"cut-{one.name}"))
    connection.execute("ROLLBACK")
    connection.close()
    cut = tmp_path / "cut-partnership.scs"
    assert journal_path(cut).stat().st_size > 0
    restored = restore_store(backup, cut, who=OFFICER, at=AT)
    assert not journal_path(cut).exists()
    assert restored.kept is not None
    assert journal_path(restored.kept).exists()
    with open_store(cut, who=OFFICER) as store:
        assert len(values_of(store)) == 2
    assert verify_store(cut).sound


def test_what_is_no_backup_of_this_store_is_refused_and_nothing_changes(tmp_path: Path) -> None:
    path, backup = _store_with_backup(tmp_path)
    new_store(tmp_path / "other.scs").close()
    (tmp_path / "notes.txt").write_text("no store")
    broken = tmp_path / "broken.backup"
    broken.write_bytes(backup.read_bytes()[:5000])
    before = path.read_bytes()
    for given, refusal in (
        (tmp_path / "other.scs", StoreExists),
        (tmp_path / "notes.txt", NotAStore),
        (tmp_path / "gone.backup", NotAStore),
        (broken, DamagedStore),
        (path, StoreExists),
    ):
        with pytest.raises(refusal):
            restore_store(given, path, who=OFFICER)
    assert path.read_bytes() == before


def test_a_store_that_is_open_is_not_replaced(tmp_path: Path) -> None:
    path, backup = _store_with_backup(tmp_path)
    with open_store(path, who="B. Other"), pytest.raises(StoreInUse, match=r"B\. Other"):
        restore_store(backup, path, who=OFFICER)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked, which this system cannot")
def test_killed_fifty_times_while_restoring_the_store_is_the_old_one_or_the_backups(tmp_path: Path) -> None:
    path = tmp_path / "base.store"
    new_store(path).close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed_restores", str(path), "50"],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["old"] + found["restored"] == 50
    assert min(found["old"], found["kept"]) >= 5, "they were killed before and after the old one was kept"
