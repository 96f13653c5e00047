"""The start: which arguments want the window, and the first look that another process takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from scs_desktop import app
from scs_desktop.store import open_store
from scs_desktop.workflows.overview import overview


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ([], (None, None)),
        (["--store", "a.scs"], (Path("a.scs"), None)),
        (["--store=a.scs", "--officer", "A. Officer"], (Path("a.scs"), "A. Officer")),
        (["--store"], None),
        (["status"], None),
        (["--store", "a.scs", "status", "--json"], None),
        (["--help"], None),
        (["--stores", "a.scs"], None),
    ],
)
def test_no_command_wants_the_window(given: list[str], wanted: tuple[Path | None, str | None] | None) -> None:
    assert app.window_arguments(given) == wanted


def test_a_command_is_carried_out_without_qt(empty_store: Path) -> None:
    code = (
        "import sys; from scs_desktop import app\n"
        f"code = app.main(['--store', {str(empty_store)!r}, 'status'])\n"
        "print(code, any(name.startswith('PySide6') for name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False"


def test_the_first_look_is_what_the_store_says_and_takes_no_lock(empty_store: Path) -> None:
    with open_store(empty_store, who="Officer") as store:
        looked = app.FirstLook(empty_store).position()
        assert looked == overview(store=store)


def test_there_is_no_first_look_at_a_file_that_is_no_store(tmp_path: Path) -> None:
    other = tmp_path / "letter.scs"
    other.write_text("Dear Sir", "utf-8")
    assert app.FirstLook(other).position() is None


def test_the_window_starts_on_a_store_and_opens_it_once_painted(empty_store: Path) -> None:
    watch = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from scs_desktop import app
plain = QApplication.exec
def watched(*_):
    from scs_desktop.ui.window import MainWindow
    (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    session = window._session
    def look():
        if session.path is not None and session.records.changes and session.runner.idle:
            print("open", session.path.name, window.overview.table.model().rowCount(), flush=True)
            window.close()
    timer = QTimer(window)
    timer.timeout.connect(look)
    timer.start(50)
    return plain()
QApplication.exec = watched
raise SystemExit(app.main(["--store", sys.argv[1]]))
"""
    done = subprocess.run(
        [sys.executable, "-c", watch, str(empty_store)], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout) == (0, "open own.scs 8\n"), done.stderr
    # Closed as it should be: the next one may have it.
    open_store(empty_store, who="Officer").close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_without_a_screen_a_sentence_says_so(empty_store: Path, project_root: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, str(project_root / "main.py"), "--store", str(empty_store)],
        env={name: value for name, value in os.environ.items() if name not in hidden},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 3
    assert done.stderr.startswith("There is no screen")
    assert done.stderr.count("\n") == 1
