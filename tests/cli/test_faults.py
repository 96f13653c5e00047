"""Whatever an officer types and whatever the computer refuses: one sentence, the right exit code, never a traceback."""

from __future__ import annotations

import argparse
import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scs_desktop.cli import COMMANDS, main
from scs_desktop.cli.parser import build_parser

Said = Callable[..., tuple[int, str, str]]

VALUES = st.sampled_from(
    [
        *(f"FOLDER/{name}" for name in ("", "text.txt", "none.scs", "none/none.scs", "empty.scs", "some.csv")),
        *("FOLDER/out.xlsx", "FOLDER/out.txt", "FOLDER/made.scs", "Metropolitan", "barnet", "1", "OFFICIAL"),
        *("2011-12-Q2", "2011-12", "9999-12", "0001-01", "0001-01-01", "9999-12-31", "2011-02-30", "2011-10-20"),
        *("summary", "export", "import", "-1", "--", "--json"),
    ]
)
COMMAND = st.sampled_from(sorted(set(COMMANDS) - {"demo"}))
ODD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)


@st.composite
def words_typed(draw: st.DrawFn) -> list[str]:
    """A command with values and options that are mostly its own, or anything at all."""
    if draw(st.integers(0, 4)) == 0:
        return draw(st.lists(st.one_of(COMMAND, VALUES, ODD), max_size=9))
    store = ["--store", draw(VALUES)] if draw(st.booleans()) else []
    command = draw(COMMAND)
    own = [option for action in leaf(command)._actions for option in action.option_strings[-1:] if option != "--help"]
    words = [*store, command, *draw(st.lists(st.one_of(VALUES, VALUES, ODD), max_size=2))]
    for option in draw(st.lists(st.sampled_from(own or ["--out", "--json"]), max_size=4)):
        words += [option] if option in FLAGS else [option, draw(st.one_of(VALUES, VALUES, ODD))]
    return words


FLAGS = {"--json", "--dry-run", "--accept", "--dismiss", "--as-printed"}


def leaf(command: str) -> argparse.ArgumentParser:
    commands = next(one for one in build_parser()._actions if isinstance(one, argparse._SubParsersAction))
    found: argparse.ArgumentParser = commands.choices[command]
    return found


@pytest.fixture
def said(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Said:
    """Run a command in a folder of its own, with a home and a log of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(platformdirs, "user_documents_path", lambda: tmp_path / "documents")
    monkeypatch.setattr(platformdirs, "user_log_path", lambda *_, **__: tmp_path / "log")

    def run(*words: str) -> tuple[int, str, str]:
        code = main(words)
        out, err = capsys.readouterr()
        return code, out, err

    return run


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=words_typed())
def test_no_words_whatever_bring_a_traceback(said: Said, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "text.txt").write_text("no store", encoding="utf-8")
    (tmp_path / "some.csv").write_text("Offence,201104\nBurglary,3\n", encoding="utf-8")
    (tmp_path / "empty.scs").touch()
    if not (tmp_path / "made.scs").exists():
        said("--store", str(tmp_path / "made.scs"), "new")
    code, _, err = said(*(word.replace("FOLDER", str(tmp_path)) for word in words))
    assert code in {0, 1, 2, 3}, err
    assert "Traceback" not in err
    assert code != 3 or err.strip()


@pytest.mark.parametrize(
    "words",
    [
        ["read", "folder"],
        ["read", "gone.xlsx"],
        ["read", "empty.csv"],
        ["import", "folder", "gone.xlsx", "--dry-run"],
        ["import", "some.csv", "--dry-run", "--answers", "folder"],
        ["import", "some.csv", "--dry-run", "--answers", "latin.txt"],
        ["import", "some.csv", "--dry-run", "--agency", "Nobody"],
        ["read", "some.csv", "--password-file", "gone.txt"],
        ["read", "some.csv", "--password-file", "empty.csv"],
        ["--store", "folder", "status"],
        ["--store", "some.csv", "status"],
        ["--store", "empty.csv", "status"],
        ["--store", "gone/gone.scs", "status"],
        ["--store", "some.csv/below.scs", "new"],
        ["--store", "some.csv", "new"],
        ["--store", "gone.scs", "undo", "1"],
        ["--store", "gone.scs", "backup", "--out", "copy.scs"],
        ["demo", "--out", "some.csv"],
        ["demo", "--out", "some.csv/below"],
        ["problems", "some.csv", "--out", "folder"],
        ["problems", "some.csv", "--out", "report.docx"],
        ["problems", "some.csv", "--out", "gone/report.txt"],
        ["--store", "gone.scs", "profile", "import", "some.csv"],
        ["read", "n" * 5000],
    ],
)
def test_a_mistake_is_answered_with_one_sentence(said: Said, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "empty.csv").touch()
    (tmp_path / "some.csv").write_text("Offence,201104\nBurglary,3\n", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes(b"\xff\xfe\x00 caf\xe9")
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    code, out, err = said(*words)
    assert (code, out) == (3, "")
    lines = err.strip().splitlines()
    assert len(lines) == (2 if words[:3] == ["import", "folder", "gone.xlsx"] else 1)
    assert all(line.endswith((".", "new")) for line in lines)
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/disk/file"), "no room left on the disk /disk/file"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "/disk/file"), "may not open or write /disk/file"),
        (OSError(errno.EROFS, os.strerror(errno.EROFS)), "can only be read"),
        (OSError(errno.EIO, os.strerror(errno.EIO), "/disk/file"), "/disk/file"),
        (OSError("no number"), "did not allow"),
        (MemoryError(), "memory"),
    ],
)
def test_a_fault_of_the_computer_is_a_sentence(
    said: Said, monkeypatch: pytest.MonkeyPatch, fault: Exception, words: str
) -> None:
    def fails(_: object) -> int:
        raise fault

    monkeypatch.setitem(COMMANDS, "status", fails)
    code, out, err = said("status")
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert words in err


def test_a_fault_of_the_program_goes_to_the_log_without_figures(
    said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> int:
        figures = {"burglary": 1577}
        raise KeyError(figures["burglary"])

    monkeypatch.setitem(COMMANDS, "status", fails)
    code, out, err = said("status")
    log = tmp_path / "log" / "program.log"
    assert (code, out, err.count("\n")) == (70, "", 1)
    assert str(log) in err
    assert "Traceback" not in err
    written = log.read_text(encoding="utf-8")
    assert "KeyError" in written
    assert "test_faults.py" in written
    assert "1577" not in written
    said("status")
    assert log.read_text(encoding="utf-8").count("KeyError") == 2


def test_a_log_that_cannot_be_written_changes_nothing_for_the_officer(
    said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "log").write_text("a file where the folder should be", encoding="utf-8")
    monkeypatch.setitem(COMMANDS, "status", lambda _: 1 // 0)
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path / "log" / "below"))
    code, _, err = said("status")
    assert code == 70
    assert "could be written nowhere" in err


def test_ctrl_c_is_told_and_has_its_own_code(said: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(COMMANDS, "status", stopped)
    assert said("status")[0] == 130


def test_nobody_in_the_list_of_users_is_still_an_officer(
    said: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found: 12345")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert said("--store", str(tmp_path / "new.scs"), "new")[0] == 0


@pytest.mark.skipif(os.name != "posix", reason="a pipe that is closed early is told by a signal's error on POSIX alone")
def test_a_reader_that_has_seen_enough_is_no_fault(tmp_path: Path, project_root: Path) -> None:
    wide = tmp_path / "wide.csv"
    wide.write_text(
        "Offence," + ",".join(f"{year}/{(year + 1) % 100:02d}" for year in range(1990, 2011)) + "\n", "utf-8"
    )
    with wide.open("a", encoding="utf-8") as stream:
        for row in range(2000):
            stream.write(f"Offence {row}," + ",".join(str(row * column) for column in range(3, 24)) + "\n")
    command = [sys.executable, str(project_root / "main.py"), "read", str(wide), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
        process.wait(timeout=60)
    assert said == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device here that is always full")
@pytest.mark.parametrize("words", [["imports", "--json"], ["check"]])
def test_a_full_disk_is_told_also_where_results_are_printed_to_it(
    said: Said, tmp_path: Path, project_root: Path, words: list[str]
) -> None:
    store = str(tmp_path / "new.scs")
    said("--store", store, "new")
    command = [sys.executable, str(project_root / "main.py"), "--store", store, *words]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1


def test_every_command_is_in_the_table(said: Said) -> None:
    code, out, _ = said("--help")
    assert code == 0
    assert all(name in out for name in COMMANDS)
