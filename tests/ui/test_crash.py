"""A bug is told once, without figures, and the program goes on."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from scs_desktop.ui.common.crash import BugReporter, diagnostics


@pytest.fixture
def reporter(qapp: QApplication) -> Iterator[BugReporter]:
    made = BugReporter(qapp)
    yield made
    if made.dialog is not None:
        made.dialog.reject()


def happen(reporter: BugReporter, figure: int, caplog: pytest.LogCaptureFixture) -> list[int]:
    """Let a bug happen whose message holds a figure; return the levels it was logged at."""
    try:
        int(f"{figure} victims")
    except ValueError as error:
        reporter.report(type(error), error, error.__traceback__)
    levels = [record.levelno for record in caplog.records]
    caplog.clear()
    return levels


def test_the_dialog_says_where_and_holds_no_figures(reporter: BugReporter, caplog: pytest.LogCaptureFixture) -> None:
    happen(reporter, 4711, caplog)
    assert reporter.dialog is not None
    details = reporter.dialog.details.toPlainText()
    assert "test_crash.py" in details
    assert "builtins.ValueError" in details
    assert "4711" not in details


def test_where_is_told_without_the_users_folders(caplog: pytest.LogCaptureFixture, reporter: BugReporter) -> None:
    try:
        exec(compile("1 / 0", "<typed>", "exec"), {})  # noqa: S102
    except ZeroDivisionError as error:
        reporter.report(type(error), error, error.__traceback__)
    caplog.clear()
    assert reporter.dialog is not None
    details = reporter.dialog.details.toPlainText()
    assert "<typed>:1" in details
    assert "  ui/test_crash.py:" in details


def test_the_details_can_be_copied(reporter: BugReporter, caplog: pytest.LogCaptureFixture) -> None:
    happen(reporter, 1, caplog)
    assert reporter.dialog is not None
    (copy,) = [one for one in reporter.dialog.findChildren(QPushButton) if "Copy" in one.text()]
    copy.click()
    assert QGuiApplication.clipboard().text() == reporter.dialog.details.toPlainText()


def test_the_same_bug_is_shown_once_and_logged_each_time(
    reporter: BugReporter, caplog: pytest.LogCaptureFixture
) -> None:
    logged = []
    for _ in range(3):
        logged += happen(reporter, 1, caplog)
        if reporter.dialog is not None:
            reporter.dialog.reject()
    assert reporter.dialog is None
    assert logged == [logging.ERROR] * 3


def test_it_is_where_escaped_exceptions_go(reporter: BugReporter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr("threading.excepthook", lambda _: None)
    reporter.install()
    assert sys.excepthook == reporter.report


def test_diagnostics_name_the_versions() -> None:
    assert "Safer Communities Desktop" in diagnostics()
    assert "Qt 6" in diagnostics()
