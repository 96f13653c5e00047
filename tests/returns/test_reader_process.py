"""The separate process that reads: kept warm, bounded, and never believed without a check."""

# ruff: noqa: E501 - a table of examples has one example a line

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scs_desktop.returns import gate
from scs_desktop.returns.grid import Workbook
from scs_desktop.returns.reader import close_reader, process, read_bytes, read_workbook, warm_reader, wire
from scs_desktop.returns.reader.assembly import Assembly, ContradictionError
from tests.returns import hostile

SMALL = hostile.xlsx()
# A sheet that takes the child a second or two: every row needs the XML parser.
SLOW_ROWS = "".join(f"<row r='{n}'>" + f"<c r='A{n}'><v>{n}</v></c>" + "</row>" for n in range(1, 150_000))


@pytest.fixture(scope="module")
def slow() -> bytes:
    return hostile.xlsx(SLOW_ROWS)


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    close_reader()


def child_id() -> int:
    child = process._reader._child
    assert child is not None
    return child.process.pid


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_child_reads_file_after_file() -> None:
    read_bytes(SMALL, file_name="April.xlsx")
    first = child_id()
    for number in range(5):
        assert read_bytes(SMALL, file_name=f"{number}.xlsx").sheets[0].rows == {1: [1]}
    with pytest.raises(gate.Damaged):
        read_bytes(hostile.xlsx('<row r="0"/>'), file_name="bad.xlsx")
    read_bytes(SMALL, file_name="May.xlsx")
    assert child_id() == first, "a refused file does not cost the child"


def test_a_warm_reader_takes_a_usual_return_in_a_moment() -> None:
    rows = "".join(
        f'<row r="{r}">' + "".join(f'<c r="{c}{r}"><v>{r}</v></c>' for c in "ABCDEFGHIJKLMNO") + "</row>"
        for r in range(1, 201)
    )
    data = hostile.xlsx(rows)
    warm_reader()
    read_bytes(data, file_name="return.xlsx")
    begun = time.perf_counter()
    read_bytes(data, file_name="return.xlsx")
    assert time.perf_counter() - begun < 0.3


def test_the_name_the_hash_and_the_path_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "April.xlsx"
    path.write_bytes(SMALL)
    workbook = read_workbook(path)
    assert workbook.file_name == "April.xlsx"
    import hashlib

    assert workbook.sha256 == hashlib.sha256(SMALL).hexdigest()
    assert path.read_bytes() == SMALL
    assert list(tmp_path.iterdir()) == [path]


def test_closing_ends_the_child_and_the_next_file_starts_another() -> None:
    read_bytes(SMALL, file_name="April.xlsx")
    first = child_id()
    close_reader()
    assert not alive(first)
    read_bytes(SMALL, file_name="May.xlsx")
    assert child_id() != first


def test_a_child_that_died_between_files_is_replaced_unnoticed() -> None:
    read_bytes(SMALL, file_name="April.xlsx")
    process._reader._child.process.kill()  # type: ignore[union-attr]
    process._reader._child.process.wait()  # type: ignore[union-attr]
    assert read_bytes(SMALL, file_name="May.xlsx").sheets[0].rows == {1: [1]}


def test_a_child_killed_in_the_middle_is_a_refusal_and_the_next_file_is_read(slow: bytes) -> None:
    warm_reader()

    def kill() -> None:
        time.sleep(0.3)
        os.kill(child_id(), getattr(signal, "SIGKILL", signal.SIGTERM))

    thread = threading.Thread(target=kill)
    thread.start()
    with pytest.raises(gate.ReaderDied, match=r"“slow\.xlsx” could not be read"):
        read_bytes(slow, file_name="slow.xlsx")
    thread.join()
    assert read_bytes(SMALL, file_name="May.xlsx").sheets[0].rows == {1: [1]}


def test_a_file_that_takes_too_long_is_stopped_and_may_be_given_more_time(slow: bytes) -> None:
    warm_reader()
    with pytest.raises(gate.TimedOut, match="longer than 0 seconds") as refused:
        read_bytes(slow, file_name="slow.xlsx", timeout_seconds=0.2)
    assert "allow more time" in str(refused.value)
    assert len(read_bytes(slow, file_name="slow.xlsx", timeout_seconds=60).sheets[0].rows) == 149_999


def test_progress_is_told_and_cancel_works_within_a_second(slow: bytes) -> None:
    told: list[tuple[int, int]] = []
    read_bytes(slow, file_name="slow.xlsx", progress=lambda done, total: told.append((done, total)))
    assert told
    assert all(0 < done <= total for done, total in told)
    assert told == sorted(told)

    asked = time.perf_counter() + 0.2
    with pytest.raises(gate.Cancelled, match="you stopped it"):
        read_bytes(slow, file_name="slow.xlsx", cancelled=lambda: time.perf_counter() > asked)
    assert time.perf_counter() - asked < 1.0
    assert read_bytes(SMALL, file_name="May.xlsx").sheets[0].rows == {1: [1]}


def test_two_threads_take_turns(slow: bytes) -> None:
    found: dict[str, Workbook] = {}

    def read(name: str, data: bytes) -> None:
        found[name] = read_bytes(data, file_name=name)

    threads = [threading.Thread(target=read, args=(f"{n}.xlsx", slow if n == 0 else SMALL)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found["0.xlsx"].sheets[0].rows) == 149_999
    assert all(found[f"{n}.xlsx"].sheets[0].rows == {1: [1]} for n in (1, 2, 3))


def test_one_who_waits_for_his_turn_can_stop_waiting(slow: bytes) -> None:
    thread = threading.Thread(target=read_bytes, args=(slow,), kwargs={"file_name": "slow.xlsx"})
    thread.start()
    time.sleep(0.1)
    with pytest.raises(gate.Cancelled):
        read_bytes(SMALL, file_name="May.xlsx", cancelled=lambda: True)
    thread.join()


def test_the_program_can_end_while_a_child_is_warm(tmp_path: Path) -> None:
    """The child goes with its parent, at an orderly end and at a sudden one."""
    for ending in ("pass", "import os; os._exit(1)"):
        script = (
            "from tests.returns import hostile\nfrom scs_desktop.returns.reader import read_bytes, process\n"
            f"read_bytes(hostile.xlsx(), file_name='a.xlsx')\nprint(process._reader._child.process.pid, flush=True)\n{ending}\n"
        )
        root = Path(__file__).parents[2]
        ended = subprocess.run(
            [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, timeout=60, check=False
        )
        pid = int(ended.stdout)
        until = time.monotonic() + 10
        while alive(pid) and time.monotonic() < until:
            time.sleep(0.05)
        assert not alive(pid)
    assert list(tmp_path.iterdir()) == []


def test_the_program_does_not_wait_for_a_file_when_it_ends() -> None:
    script = (
        "import threading, time\nfrom tests.returns import hostile\nfrom scs_desktop.returns.reader import read_bytes, process\n"
        "rows = ''.join(f\"<row r='{n}'><c r='A{n}'><v>1</v></c></row>\" for n in range(1, 900_000))\n"
        "data = hostile.xlsx(rows)\n"
        "def read():\n try: read_bytes(data, file_name='a.xlsx')\n except Exception: pass\n"
        "threading.Thread(target=read, daemon=True).start()\ntime.sleep(0.5)\n"
        "print(process._reader._child.process.pid, time.monotonic(), flush=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    ended = time.monotonic()
    pid, asked = done.stdout.split()
    assert done.returncode == 0
    assert ended - float(asked) < 3
    assert not alive(int(pid))


# --- what the system enforces --------------------------------------------------------------------------------------

linux_only = pytest.mark.skipif(
    sys.platform != "linux", reason="resource limits of Linux; Windows has a Job Object instead"
)


def bounded(script: str) -> subprocess.CompletedProcess[str]:
    head = "from scs_desktop.returns.reader.bounds import bound_this_process\nbound_this_process()\n"
    return subprocess.run(
        [sys.executable, "-B", "-c", head + script],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@linux_only
def test_the_child_cannot_take_more_memory_than_allowed() -> None:
    assert "MemoryError" in bounded("bytearray(1_200_000_000)").stderr
    assert bounded("bytearray(500_000_000); print('ok')").stdout == "ok\n"


@linux_only
def test_the_child_cannot_write_a_file(tmp_path: Path) -> None:
    target = tmp_path / "out"
    assert "OSError" in bounded(f"open({str(target)!r}, 'w').write('x' * 100_000)").stderr
    assert not target.exists() or target.stat().st_size == 0


@linux_only
def test_the_libraries_for_every_format_fit_into_the_bounds() -> None:
    modules = "xlsx, xls, xlsb, ods, delimited, decryption"
    done = bounded(f"from scs_desktop.returns.reader import {modules}\nimport msoffcrypto\nprint('ok')")
    assert done.stdout == "ok\n", done.stderr


@linux_only
def test_a_child_out_of_memory_says_so_and_ends() -> None:
    """A child with a tenth of the usual memory, asked over its own pipe."""
    script = (
        "import scs_desktop.returns.refusals as r\nr.CHILD_MEMORY_BYTES = 120 << 20\n"
        "from scs_desktop.returns.reader.child import main\nmain()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-B", "-c", script],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    with child:
        assert wire.receive(child.stdout)[0] is wire.Kind.READY
        wire.send(
            child.stdin, wire.Kind.REQUEST, json.dumps({"file_name": "a.csv", "password": None, "seconds": 60}).encode()
        )
        content = ("\n".join("x" * 30_000 for _ in range(2_000)) + "\n" + "y" * 16_000_000).encode()
        # It may give up while the file still comes in.
        with contextlib.suppress(BrokenPipeError):
            wire.send(child.stdin, wire.Kind.DATA, content)
        while True:
            kind, payload = wire.receive(child.stdout)
            if kind is wire.Kind.REFUSED:
                break
        assert json.loads(payload)["type"] == "OutOfMemory"
        assert child.wait(10) == 0


# --- the answer is checked -----------------------------------------------------------------------------------------

BEGIN = (wire.Kind.SHEET, ["Sheet1", False])
END = {"cells": 2, "merges": [], "hidden_rows": [], "hidden_columns": [], "comments": []}
DONE = {
    "format": "xlsx",
    "date_1904": False,
    "formats_known": True,
    "separator": "",
    "notices": [],
    "sheets": 1,
    "cells": 2,
}


def assemble(*frames: tuple[wire.Kind, object], done: dict[str, object] | None = None) -> Workbook:
    assembly = Assembly()
    for kind, body in frames:
        assembly.take(kind, json.dumps(body).encode())
    return assembly.finish(json.dumps(done or DONE).encode(), "a.xlsx", "0" * 64)


def test_an_answer_that_adds_up_is_taken() -> None:
    workbook = assemble(BEGIN, (wire.Kind.ROWS, [[1, 1, [1, None, "x"]]]), (wire.Kind.SHEET_END, END))
    assert workbook.sheets[0].rows == {1: [1, None, "x"]}


ROWS = wire.Kind.ROWS
FALSE_ANSWERS: list[tuple[str, list[tuple[wire.Kind, object]], dict[str, object]]] = [
    ("a cell lost", [BEGIN, (ROWS, [[1, 1, [1]]]), (wire.Kind.SHEET_END, END)], {}),
    ("a cell too many", [BEGIN, (ROWS, [[1, 1, [1, 2, 3]]]), (wire.Kind.SHEET_END, END)], {}),
    ("a sheet lost", [BEGIN, (ROWS, [[1, 1, [1, 2]]]), (wire.Kind.SHEET_END, END)], {"sheets": 2}),
    ("the total is another", [BEGIN, (ROWS, [[1, 1, [1, 2]]]), (wire.Kind.SHEET_END, END)], {"cells": 3}),
    ("a sheet never ended", [BEGIN, (ROWS, [[1, 1, [1, 2]]])], {}),
    ("a sheet in a sheet", [BEGIN, BEGIN], {}),
    ("rows outside a sheet", [(ROWS, [[1, 1, [1, 2]]])], {}),
    ("rows out of order", [BEGIN, (ROWS, [[2, 1, [1]], [1, 1, [2]]])], {}),
    ("a row twice", [BEGIN, (ROWS, [[1, 1, [1]], [1, 1, [2]]])], {}),
    ("a row past the grid", [BEGIN, (ROWS, [[1_048_577, 1, [1, 2]]])], {}),
    ("a column past the grid", [BEGIN, (ROWS, [[1, 16_384, [1, 2]]])], {}),
    ("column 0", [BEGIN, (ROWS, [[1, 0, [1, 2]]])], {}),
    ("a row number that is none", [BEGIN, (ROWS, [["1", 1, [1, 2]]])], {}),
    ("a value that is a list", [BEGIN, (ROWS, [[1, 1, [1, [2]]]])], {}),
    ("a value that is an object", [BEGIN, (ROWS, [[1, 1, [1, {"a": 2}]]])], {}),
    ("an unknown special", [BEGIN, (ROWS, [[1, 1, [1, None], [[1, "z", "x"]], []]])], {}),
    ("a special outside the row", [BEGIN, (ROWS, [[1, 1, [1, None], [[5, "e", "#N/A"]], []]])], {}),
    ("a date that is none", [BEGIN, (ROWS, [[1, 1, [1, None], [[1, "d", "2011-02-31"]], []]])], {}),
    ("a style of no number", [BEGIN, (ROWS, [[1, 1, [1, 2], [], [[0, 1, 9]]]])], {}),
    ("not JSON rows", [BEGIN, (ROWS, "rows")], {}),
    ("a frame of the wrong direction", [(wire.Kind.REQUEST, {})], {}),
    ("an unknown format", [BEGIN, (ROWS, [[1, 1, [1, 2]]]), (wire.Kind.SHEET_END, END)], {"format": "exe"}),
]


@pytest.mark.parametrize(
    ("frames", "changes"), [case[1:] for case in FALSE_ANSWERS], ids=[case[0] for case in FALSE_ANSWERS]
)
def test_an_answer_that_cannot_be_is_not_taken(
    frames: list[tuple[wire.Kind, object]], changes: dict[str, object]
) -> None:
    with pytest.raises(ContradictionError):
        assemble(*frames, done=DONE | changes)


def test_frames_of_impossible_size_or_kind_are_not_waited_for() -> None:
    import io

    for raw in (b"\xff\xff\xff\xff\x14", b"\0\0\0\0\x63", b"\0\0\0\x05\x14ab", b""):
        with pytest.raises(wire.WireError):
            wire.receive(io.BytesIO(raw))
