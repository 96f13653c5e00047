"""Faults as they happen: killed while writing, the disk full, the folder read-only."""

from __future__ import annotations

import itertools
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scs_desktop.domain.history import StoreKind
from scs_desktop.store import (
    DamagedStore,
    DiskFull,
    Store,
    StoreBusy,
    StoreReadOnly,
    UnfinishedChange,
    backup_store,
    create_store,
    open_store,
    verify_store,
)
from scs_desktop.store.database import journal_path, open_database
from scs_desktop.store.errors import sentence_for
from tests.store.builders import BURGLARIES, OFFICER, monthly_return, new_store, said_by, take_in, values_of

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the children are forked, which this system cannot")
def test_killed_fifty_times_in_the_middle_of_an_import_it_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "base.store"
    new_store(path).close()
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.killed_imports", str(path), "50"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["there"] + found["absent"] == 50
    assert found["absent"] >= 10, "most were killed before the end"
    assert found["cut"] >= 5, "some were killed while the file was being written"


def test_a_full_disk_is_told_by_its_name_and_takes_nothing(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.store") as store:
        take_in(store, monthly_return("small.csv", [280]))
        before = store.change_number()
        ((pages,),) = store.database.ask("PRAGMA page_count")
        store.database.ask(f"PRAGMA max_page_count = {int(str(pages)) + 3}")
        with pytest.raises(DiskFull, match="no room left on the disk"):
            take_in(store, monthly_return("large.csv", range(5000)))
        store.database.ask("PRAGMA max_page_count = 1000000")
        assert store.change_number() == before
        assert list(values_of(store).values()) == [280]
        take_in(store, monthly_return("large.csv", range(5000)))
        assert len(values_of(store)) == 5000
    assert verify_store(tmp_path / "a.store").sound


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 1.5 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1536k", "tmpfs", str(folder)], capture_output=True, check=False
        )
        if sys.platform == "linux"
        else None
    )
    if mounted is None or mounted.returncode != 0:
        pytest.skip("mounting a small disk needs Linux and the right to")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_disk_that_fills_in_the_middle_of_an_import(small_disk: Path) -> None:
    path = small_disk / "a.store"
    with new_store(path) as store:
        take_in(store, monthly_return("small.csv", [280]))
        before = store.change_number()
        with pytest.raises(DiskFull, match="Nothing was changed"):
            take_in(store, monthly_return("large.csv", range(20_000)))
        assert store.change_number() == before
        take_in(store, monthly_return("next.csv", [281]))
    report = verify_store(path)
    assert report.sound
    assert report.imports == 2


def test_a_disk_too_full_for_a_new_store_or_a_backup_keeps_no_half_of_it(small_disk: Path, tmp_path: Path) -> None:
    filler = small_disk / "filler"
    filler.write_bytes(bytes(1_300_000))
    with pytest.raises(DiskFull):
        create_store(small_disk / "a.store", kind=StoreKind.REAL, who=OFFICER)
    with new_store(tmp_path / "a.store") as store, pytest.raises(DiskFull):
        backup_store(store, small_disk / "copy.backup")
    assert [one.name for one in small_disk.iterdir()] == ["filler"]


def test_a_folder_that_became_read_only_is_told_and_the_store_can_be_read(small_disk: Path) -> None:
    path = small_disk / "a.store"
    new_store(path).close()
    before = path.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(StoreReadOnly, match="Open it to read only"):
        open_store(path, who=OFFICER)
    with pytest.raises(StoreReadOnly):
        create_store(small_disk / "b.store", kind=StoreKind.REAL, who=OFFICER)
    with open_store(path, who=OFFICER, read_only=True) as store:
        assert store.strategies()
        with pytest.raises(StoreReadOnly):
            backup_store(store, small_disk / "copy.backup")
    assert path.read_bytes() == before


def test_a_change_that_waits_too_long_says_so(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.store") as store:
        store.database.ask("PRAGMA busy_timeout = 50")
        other = open_database(tmp_path / "a.store")
        other.ask("BEGIN IMMEDIATE")
        try:
            with pytest.raises(StoreBusy, match="try again"):
                take_in(store, monthly_return("met.csv", [280]))
        finally:
            other.raw.rollback()
            other.close_everywhere()
        take_in(store, monthly_return("met.csv", [280]))
        assert list(values_of(store).values()) == [280]


CUT_OFF = """
import os, sys
from pathlib import Path
from scs_desktop.store import open_store
store = open_store(Path(sys.argv[1]), who="B. Holder")
for statement in (
    "PRAGMA cache_size = 1",
    "BEGIN IMMEDIATE",
    "UPDATE figure SET value = '1'",
    "UPDATE audit SET what = hex(randomblob(20000))",
):
    store.database.ask(statement)
os._exit(0)
"""


def cut_off_in_the_middle(path: Path) -> None:
    """Leave a store as a change that was cut off leaves it: half written, with a journal that takes it back."""
    subprocess.run([sys.executable, "-c", CUT_OFF, str(path)], check=True, cwd=ROOT)
    assert journal_path(path).stat().st_size > 0


def test_a_change_that_was_cut_off_is_taken_back_by_opening_to_change(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    new_store(path).close()
    cut_off_in_the_middle(path)
    with pytest.raises(UnfinishedChange, match="Open it to change once"):
        open_store(path, who=OFFICER, read_only=True)
    open_store(path, who=OFFICER).close()
    with open_store(path, who=OFFICER, read_only=True) as store:
        assert {line.what for line in store.audit()} == {"added"}


def test_a_journal_that_belongs_to_another_store_spoils_nothing(tmp_path: Path) -> None:
    path, other = tmp_path / "a.store", tmp_path / "b.store"
    with new_store(path) as store:
        take_in(store, monthly_return("met.csv", range(800)))
    with new_store(other) as store:
        take_in(store, monthly_return("other.csv", range(50)))
    cut_off_in_the_middle(other)
    journal_path(other).replace(journal_path(path))
    before, journal_before = path.read_bytes(), journal_path(path).read_bytes()
    for _ in range(2):
        with pytest.raises(DamagedStore):
            open_store(path, who=OFFICER)
        assert path.read_bytes() == before
        assert journal_path(path).read_bytes() == journal_before
    journal_path(path).unlink()
    with open_store(path, who=OFFICER) as store:
        assert len(values_of(store)) == 800
    names = {one.name for one in tmp_path.iterdir()}
    assert names == {"a.store", "b.store", "b.store.lock"}, "no copy is left behind"


def test_a_journal_that_was_deleted_is_found_out(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with new_store(path) as store:
        take_in(store, monthly_return("met.csv", range(800)))
    cut_off_in_the_middle(path)
    journal_path(path).unlink()
    before = path.read_bytes()
    with pytest.raises(DamagedStore):
        open_store(path, who=OFFICER)
    assert path.read_bytes() == before


@pytest.mark.parametrize("operation", [*range(1, 12), *range(15, 400, 35)])
def test_an_import_that_fails_at_any_step_leaves_nothing(operation: int, tmp_path: Path) -> None:
    """SQLite is stopped after so many thousand steps of its machine."""
    steps = itertools.count(1)
    with new_store(tmp_path / "a.store") as store:
        take_in(store, monthly_return("first.csv", range(300)))
        before, number = said_by(store), store.change_number()
        connection = store.database.raw
        connection.set_progress_handler(lambda: next(steps) >= operation, 100)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            take_in_many(store)
        connection.set_progress_handler(None, 0)
        standing = store.imports()
        assert store.change_number() == number + len(standing) - 1, "what was whole before stays, the rest is gone"
        assert len(standing) > 1 or said_by(store) == before
        take_in(store, monthly_return("third.csv", [1]))
    assert verify_store(tmp_path / "a.store").sound


def take_in_many(store: Store) -> None:
    """Import so much that it is stopped on the way."""
    for index in range(20):
        take_in(store, monthly_return(f"second {index}.csv", range(300 + index, 0, -1)))


@pytest.mark.slow
def test_many_processes_take_turns_and_none_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    new_store(path).close()
    turn = """
import sys, time
from pathlib import Path
from scs_desktop.store import StoreInUse, open_store
from tests.store.builders import counted, key_of
done = 0
while done < 8:
    try:
        with open_store(Path(sys.argv[1]), who=sys.argv[2]) as store, store.change(summary="turn") as change:
            change.record_figures([counted(key_of(2000 + int(sys.argv[2]), done + 1), 1)])
            done += 1
    except StoreInUse:
        time.sleep(0.003)
"""
    processes = [
        subprocess.Popen([sys.executable, "-c", turn, str(path), str(number)], cwd=ROOT) for number in range(4)
    ]
    assert [one.wait(timeout=120) for one in processes] == [0] * 4
    with open_store(path, who=OFFICER) as store:
        assert store.change_number() == 2 + 4 * 8
        assert len(values_of(store)) == 4 * 8
    assert verify_store(path).sound


def test_the_deepest_cause_is_told_not_what_failed_after_it() -> None:
    full = sqlite3.OperationalError("database or disk is full")
    full.sqlite_errorcode = sqlite3.SQLITE_FULL
    masked = sqlite3.OperationalError("cannot rollback - no transaction is active")
    masked.sqlite_errorcode = sqlite3.SQLITE_ERROR
    masked.__context__ = full
    wrapped = RuntimeError("the library's own")
    wrapped.__context__ = masked
    assert isinstance(sentence_for(wrapped, Path("a.store")), DiskFull)
    assert sentence_for(RuntimeError("a bug"), Path("a.store")) is None
    masked.__context__ = None
    assert sentence_for(masked, Path("a.store")) is None


def test_damage_that_shows_only_while_reading_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with new_store(path) as store:
        take_in(store, monthly_return("met.csv", range(3000)))
    with open_store(path, who=OFFICER) as store:
        pages = path.stat().st_size // 4096
        with path.open("r+b") as file:
            file.seek(10 * 4096)
            file.write(b"\xff" * 4096 * (pages - 10))
        store.database.ask("PRAGMA shrink_memory")
        with pytest.raises(DamagedStore, match="is damaged"):
            store.current_figures([BURGLARIES.id])
