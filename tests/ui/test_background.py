"""Work off the window's thread: its result, its failure, its progress, its end."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from scs_desktop.domain.errors import UserError
from scs_desktop.ui.common.background import Progress, Runner
from scs_desktop.ui.frame.bottom import BottomBar


class Outcome:
    """What became of a job."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[str] = []
        self.cancelled = 0
        self.thread: threading.Thread | None = None

    def take(self, result: object) -> None:
        self.done.append(result)
        self.thread = threading.current_thread()

    def refuse(self, error: UserError) -> None:
        self.failed.append(str(error))

    def stop(self) -> None:
        self.cancelled += 1


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    made = Runner(qapp)
    yield made
    made.close()


def test_a_job_runs_elsewhere_and_its_result_comes_back_here(runner: Runner, qtbot: QtBot) -> None:
    outcome = Outcome()
    runner.submit("Work", lambda _: threading.current_thread(), outcome.take, failed=outcome.refuse)
    qtbot.waitUntil(lambda: runner.idle)
    assert outcome.done != [threading.current_thread()]
    assert outcome.thread is threading.current_thread()


def test_the_officers_fault_is_told_as_a_sentence(runner: Runner, qtbot: QtBot) -> None:
    outcome = Outcome()

    def work(_: Progress) -> None:
        raise UserError("The file is empty.")

    runner.submit("Work", work, outcome.take, failed=outcome.refuse)
    qtbot.waitUntil(lambda: runner.idle)
    assert (outcome.failed, outcome.done) == (["The file is empty."], [])


def test_a_bug_goes_to_the_excepthook_and_the_next_job_runs(
    runner: Runner, qtbot: QtBot, bugs: list[type[BaseException]]
) -> None:
    outcome = Outcome()

    def work(_: Progress) -> None:
        raise ZeroDivisionError

    runner.submit("Bad", work, outcome.take, failed=outcome.refuse)
    runner.submit("Good", lambda _: 7, outcome.take, failed=outcome.refuse)
    qtbot.waitUntil(lambda: runner.idle)
    assert bugs == [ZeroDivisionError]
    assert outcome.done == [7]


def test_a_cancelled_job_stops_at_its_next_step(runner: Runner, qtbot: QtBot) -> None:
    outcome = Outcome()
    begun, go_on, after = threading.Event(), threading.Event(), []

    def work(progress: Progress) -> None:
        progress(1, 3)
        begun.set()
        go_on.wait(5)
        progress(2, 3)
        after.append("went on")

    job = runner.submit("Long", work, outcome.take, failed=outcome.refuse, cancelled=outcome.stop)
    qtbot.waitUntil(begun.is_set)
    job.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert (outcome.cancelled, outcome.done, after) == (1, [], [])


def test_a_later_job_of_the_same_key_takes_the_place_of_a_waiting_one(runner: Runner, qtbot: QtBot) -> None:
    outcome = Outcome()
    go_on = threading.Event()
    runner.submit("First", lambda _: go_on.wait(5), lambda _: None, failed=outcome.refuse)
    for number in (1, 2, 3):
        runner.submit("Show", lambda _, value=number: value, outcome.take, failed=outcome.refuse, key="show")  # type: ignore[misc]
    go_on.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert outcome.done == [3]


def test_the_line_below_shows_long_work_with_its_count_and_cancels_it(runner: Runner, qtbot: QtBot) -> None:
    outcome = Outcome()
    bar = BottomBar(runner)
    qtbot.addWidget(bar)
    bar.show()
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        progress(348, 1000)
        go_on.wait(5)
        progress(349, 1000)

    runner.submit("Reading met.csv", work, outcome.take, failed=outcome.refuse, cancelled=outcome.stop)
    assert not bar.cancel.isVisible()
    qtbot.waitUntil(bar.cancel.isVisible, timeout=2000)
    assert bar.work.text() == "Reading met.csv: 348 of 1,000"
    bar.cancel.click()
    assert not bar.cancel.isEnabled()
    go_on.set()
    qtbot.waitUntil(lambda: runner.idle)
    assert outcome.cancelled == 1
    assert not bar.cancel.isVisible()


def test_closing_ends_what_runs_and_forgets_what_waits(qtbot: QtBot) -> None:
    runner = Runner()
    outcome = Outcome()
    begun = threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        while True:
            progress(1)

    runner.submit("Endless", work, outcome.take, failed=outcome.refuse)
    runner.submit("Waiting", lambda _: 1, outcome.take, failed=outcome.refuse)
    qtbot.waitUntil(begun.is_set)
    runner.close()
    assert outcome.done == []
