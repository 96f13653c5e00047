"""What every test stands on does fail a test that warns, logs or reaches for the network."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

NOISY_TESTS = """
import logging, os, pathlib, socket, warnings

def test_warns():
    warnings.warn("careful")

def test_logs():
    logging.getLogger("scs_desktop").warning("odd")

def test_qt_warns():
    from PySide6.QtCore import qWarning
    qWarning("no such font")

def test_reaches_for_the_network():
    with socket.socket() as client:
        client.connect(("192.0.2.1", 80))

def test_logs_and_looks_at_it(caplog):
    logging.getLogger("scs_desktop").warning("odd")
    assert caplog.messages == ["odd"]
    caplog.clear()

def test_logs_that_all_is_well():
    logging.getLogger("scs_desktop").info("fine")

def test_talks_to_itself():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as client:
        client.connect(server.getsockname())

def test_has_a_home_of_its_own():
    assert "home" in os.environ["HOME"] and not list(pathlib.Path.home().glob(".bash*"))
"""


def test_what_fails_a_test(pytester: pytest.Pytester, project_root: Path) -> None:
    shutil.copy(project_root / "pyproject.toml", pytester.path)
    tests = pytester.mkdir("tests")
    shutil.copy(project_root / "tests" / "conftest.py", tests)
    (tests / "test_noisy.py").write_text(NOISY_TESTS, encoding="utf-8")
    result = pytester.runpytest_subprocess("-v")
    result.assert_outcomes(passed=5, failed=3, errors=1)
    result.stdout.fnmatch_lines_random(
        [
            "FAILED *::test_warns *",
            "FAILED *::test_qt_warns*",
            "FAILED *::test_reaches_for_the_network *",
            "ERROR *::test_logs - *stray log lines*",
        ]
    )
