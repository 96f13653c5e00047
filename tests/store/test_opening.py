"""What is refused is left as it is to the byte; one process changes a store at a time."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scs_desktop.domain.errors import RefusedError, UserError
from scs_desktop.domain.history import StoreKind
from scs_desktop.store import (
    DamagedStore,
    Holder,
    NewerStore,
    NotAStore,
    StoreExists,
    StoreInUse,
    StoreReadOnly,
    create_store,
    open_store,
    verify_store,
)
from scs_desktop.store.database import APPLICATION_ID, open_database
from scs_desktop.store.lock import lock_path
from tests.store.builders import OFFICER, counted, key_of, monthly_return, new_store, take_in, values_of

HOLD = """
import sys
from pathlib import Path
from scs_desktop.store import open_store
store = open_store(Path(sys.argv[1]), who="B. Holder")
print("held", flush=True)
sys.stdin.readline()
store.close()
"""


def _zero_bytes(path: Path) -> None:
    path.write_bytes(b"")


def _a_word_document(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(5000))


def _a_short_text(path: Path) -> None:
    path.write_bytes(b"hello")


def _another_programs_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.execute("PRAGMA user_version = 1")
    connection.close()


def _our_mark_without_a_version(path: Path) -> None:
    new_store(path).close()
    _overwrite(path, 60, struct.pack(">I", 0))


def _newer(path: Path) -> None:
    new_store(path).close()
    _overwrite(path, 60, struct.pack(">I", 999))


def _cut_in_the_header(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + bytes(20))


def _cut_in_half(path: Path) -> None:
    new_store(path).close()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def _a_page_overwritten(path: Path) -> None:
    new_store(path).close()
    _overwrite(path, 4096 * 3, b"\xff" * 4096)


def _without_its_tables(path: Path) -> None:
    new_store(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DROP TABLE store_info")
    connection.close()


def _overwrite(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("spoil", "refusal"),
    [
        (_zero_bytes, NotAStore),
        (_a_word_document, NotAStore),
        (_a_short_text, NotAStore),
        (_another_programs_database, NotAStore),
        (_our_mark_without_a_version, NotAStore),
        (_newer, NewerStore),
        (_cut_in_the_header, DamagedStore),
        (_cut_in_half, DamagedStore),
        (_a_page_overwritten, DamagedStore),
        (_without_its_tables, DamagedStore),
    ],
)
def test_a_file_that_is_no_sound_store_is_refused_with_a_sentence_and_left_as_it_is(
    spoil: object, refusal: type[UserError], read_only: bool, tmp_path: Path
) -> None:
    path = tmp_path / "file.store"
    spoil(path)  # type: ignore[operator]
    before, seen = path.read_bytes(), path.stat().st_mtime_ns
    with pytest.raises(refusal) as refused:
        open_store(path, who=OFFICER, read_only=read_only)
    assert str(refused.value).endswith(".")
    assert "file.store" in str(refused.value)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == seen
    assert [one.name for one in tmp_path.iterdir()] == ["file.store"], "nothing is left beside it"
    with pytest.raises(RefusedError):
        verify_store_as_opened(path)


def verify_store_as_opened(path: Path) -> None:
    """The full check refuses, or finds what opening found."""
    report = verify_store(path)
    if not report.sound:
        raise DamagedStore(report.faults[0])


def test_no_file_and_a_folder_are_no_stores(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.store", tmp_path):
        with pytest.raises(NotAStore):
            open_store(path, who=OFFICER)
    assert not list(tmp_path.iterdir())


def test_a_new_store_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    path.write_text("mine")
    with pytest.raises(StoreExists):
        create_store(path, kind=StoreKind.REAL, who=OFFICER)
    assert path.read_text() == "mine"
    other = tmp_path / "b.store"
    (tmp_path / "b.store-journal").write_bytes(b"what is left of another")
    with pytest.raises(StoreExists, match="journal"):
        create_store(other, kind=StoreKind.REAL, who=OFFICER)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.store", "b.store-journal"]


def test_the_safeguards_are_on(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.store") as store:
        pragmas = {
            "foreign_keys": 1,
            "journal_mode": "delete",
            "synchronous": 3,
            "trusted_schema": 0,
            "cell_size_check": 1,
            "mmap_size": 0,
            "secure_delete": 1,
            "busy_timeout": 5000,
            "application_id": APPLICATION_ID,
        }
        found = {name: store.database.ask(f"PRAGMA {name}")[0][0] for name in pragmas}
        strict = store.database.ask("SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0")
    assert found == pragmas
    assert [name for (name,) in strict if not str(name).startswith("sqlite_")] == []


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO \"store_info\" VALUES (1, 'x', 'fictional', 'x', 'x', 'x')",
        'UPDATE "store_info" SET "kind" = \'fictional\'',
        'UPDATE "figure" SET "value" = NULL',
        'UPDATE "figure" SET "kind" = \'text\'',
        'UPDATE "figure" SET "period_start" = \'2011-4-1\'',
        'UPDATE "figure" SET "decimals" = \'two\'',
        'UPDATE "figure" SET "superseded_in" = "recorded_in"',
        'UPDATE "series" SET "preferred" = 2',
        'DELETE FROM "identity"',
    ],
)
def test_the_tables_refuse_what_the_model_has_no_word_for(statement: str, tmp_path: Path) -> None:
    with new_store(tmp_path / "a.store") as store:
        take_in(store, monthly_return("met.csv", [280]))
        with pytest.raises(sqlite3.IntegrityError):
            store.database.ask(statement)


def test_two_open_versions_of_one_figure_cannot_be(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.store") as store:
        take_in(store, monthly_return("met.csv", [280]))
        columns = "series, area, period_start, period_end, period_kind, follow_up_end, part, component, kind, value"
        more = "decimals, text, finality, origin, note, recorded_in"
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            store.database.ask(
                f"INSERT INTO figure (id, {columns}, {more}) SELECT 'other', {columns}, {more} FROM figure"  # noqa: S608
            )


# --- two processes -------------------------------------------------------------------------------


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[tuple[Path, subprocess.Popen[str]]]:
    """A store that another process holds."""
    path = tmp_path / "shared.store"
    new_store(path).close()
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield path, process
    finally:
        process.kill()
        process.communicate()


def test_the_second_process_is_told_who_holds_the_store_and_may_read(
    holder: tuple[Path, subprocess.Popen[str]],
) -> None:
    path, process = holder
    with pytest.raises(StoreInUse) as told:
        open_store(path, who=OFFICER)
    held = told.value.holder
    assert (held.who, held.host, held.pid) == ("B. Holder", socket.gethostname(), process.pid)
    clock = held.since.astimezone().strftime("%H:%M")
    assert str(told.value).startswith(f"In use by B. Holder on {socket.gethostname()} since {clock}. ")
    with open_store(path, who=OFFICER, read_only=True) as reader:
        assert reader.strategies()
    process.communicate("go\n", timeout=20)
    with open_store(path, who=OFFICER) as store, store.change(summary="Mine now") as change:
        change.record_figures([counted(key_of(), 1)])
    assert not lock_path(path).exists()


def test_a_lock_whose_process_was_killed_holds_nobody_up(holder: tuple[Path, subprocess.Popen[str]]) -> None:
    path, process = holder
    process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    process.wait()
    assert lock_path(path).exists()
    with open_store(path, who=OFFICER) as store:
        assert store.strategies()
    assert not lock_path(path).exists()


def test_one_process_does_not_hold_a_store_twice(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with new_store(path), pytest.raises(StoreInUse, match=OFFICER):
        open_store(path, who=OFFICER)
    open_store(path, who=OFFICER).close()


def test_a_lock_left_by_another_computer_is_taken_over_only_on_the_officers_word(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    new_store(path).close()
    left = {"who": "C. Colleague", "host": "laptop-99", "pid": 12, "since": "2011-10-14T09:42:00+00:00"}
    lock_path(path).write_text(json.dumps(left))
    with pytest.raises(StoreInUse, match=r"In use by C\. Colleague on laptop-99 since 14 October 2011"):
        open_store(path, who=OFFICER)
    assert json.loads(lock_path(path).read_text()) == left
    open_store(path, who=OFFICER, take_over=True).close()
    assert not lock_path(path).exists()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"who": 1}', "\x00" * 200])
def test_a_lock_file_without_sense_holds_nobody_up(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    new_store(path).close()
    lock_path(path).write_text(text)
    open_store(path, who=OFFICER).close()


def test_the_hour_is_enough_today_and_the_day_is_told_otherwise() -> None:
    today = Holder("A. Officer", "LAPTOP-12", 1, datetime.now(UTC))
    assert today.sentence == f"In use by A. Officer on LAPTOP-12 since {today.since.astimezone():%H:%M}"
    assert "2011" in Holder("A", "B", 1, datetime(2011, 6, 1, tzinfo=UTC)).sentence


def test_a_store_made_in_one_thread_is_asked_and_changed_in_another(tmp_path: Path) -> None:
    with new_store(tmp_path / "a.store") as store:
        worker = threading.Thread(target=take_in, args=(store, monthly_return("met.csv", [280, 275])))
        worker.start()
        worker.join()
        assert len(values_of(store)) == 2


def test_a_question_after_closing_does_not_open_the_file_again(tmp_path: Path) -> None:
    store = new_store(tmp_path / "a.store")
    store.close()
    store.close()
    with pytest.raises(RuntimeError, match="closed"):
        store.change_number()


# --- after an unclean exit ----------------------------------------------------------------------


def test_after_an_unclean_exit_the_hashes_find_what_sqlite_cannot(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with new_store(path) as store:
        take_in(store, monthly_return("met.csv", [280, 275]))
    database = open_database(path)
    database.ask('UPDATE "figure" SET "value" = \'281\' WHERE "value" = \'280\'')
    database.close_everywhere()
    open_store(path, who=OFFICER).close()
    report = verify_store(path)
    assert report.faults == ("the figures of the import of “met.csv” are not as they were recorded",)
    assert (report.figures, report.imports) == (0, 0)
    lock_path(path).write_text(
        json.dumps({"who": "x", "host": socket.gethostname(), "pid": 1, "since": "2011-10-14T09:42:00+00:00"})
    )
    before = path.read_bytes()
    for _ in ("first", "and again, though nobody was killed in between"):
        with pytest.raises(DamagedStore, match=r"met\.csv"):
            open_store(path, who=OFFICER)
        assert path.read_bytes() == before


def test_once_a_week_the_store_is_checked_in_full(tmp_path: Path) -> None:
    path = tmp_path / "a.store"
    with new_store(path) as store:
        import_id = take_in(store, monthly_return("met.csv", [280]))
        assert store.kept_file(import_id)
    _set_last_check(path, "2011-10-14T09:42:00.000000+00:00")
    open_store(path, who=OFFICER).close()
    checked = open_database(path, read_only=True)
    assert str(checked.ask("SELECT checked_at FROM store_info")[0][0]) > "2020"
    checked.close_everywhere()
    _set_last_check(path, "2011-10-14T09:42:00.000000+00:00")
    database = open_database(path)
    database.ask('UPDATE "kept_file" SET "content" = x\'00\'')
    database.close_everywhere()
    with pytest.raises(DamagedStore, match=r"kept file .* is not as it was received"):
        open_store(path, who=OFFICER)


def _set_last_check(path: Path, text: str) -> None:
    database = open_database(path)
    database.ask('UPDATE "store_info" SET "checked_at" = ?', (text,))
    database.close_everywhere()


def test_a_store_in_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly, match="cannot be written to"):
        create_store(tmp_path / "nowhere" / "a.store", kind=StoreKind.REAL, who=OFFICER)
