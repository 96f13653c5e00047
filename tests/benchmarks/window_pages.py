"""How long the window takes to answer: changing pages, redrawing a chart, scrolling a large sheet.

Run it by hand, on a store built with the command demo::

    QT_QPA_PLATFORM=offscreen python3 tests/benchmarks/window_pages.py STORE

The goals: a page within 50 ms, a chart within 16 ms, a frame of 100,000 rows within 16 ms, and no
gap in the event loop over 50 ms while the pages are made ready after the start.
"""

from __future__ import annotations

import itertools
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from scs_desktop.domain.trend import trend_of
from scs_desktop.returns.grid import Sheet
from scs_desktop.returns.plan import CellMark, Mark
from scs_desktop.ui.common.background import Runner
from scs_desktop.ui.common.messages import Messages
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.pages import CHECKS, OVERVIEW, RETURNS
from scs_desktop.ui.returns.sheet import SheetView
from scs_desktop.ui.window import MainWindow

ROWS = 100_000


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


def timed(application: QApplication, name: str, step: Callable[[], object], times: int) -> None:
    """Do something several times, each with its painting, and print how long it took."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        step()
        application.processEvents()
        took.append(1000 * (time.perf_counter() - start))
    say(f"{name:44} median {statistics.median(took):6.1f} ms, longest {max(took):6.1f}")


def through(visit: Callable[[object], object], keys: Iterator[object]) -> Callable[[], object]:
    """Visit the next of the keys at each call."""
    return lambda: visit(next(keys))


def settle(application: QApplication, runner: Runner) -> None:
    """Let the work under way end."""
    application.processEvents()
    while not runner.idle:
        application.processEvents()
        time.sleep(0.002)
    application.processEvents()


def longest_gap(application: QApplication, seconds: float) -> float:
    """Return the longest time, in milliseconds, in which the event loop did not turn."""
    gaps = [0.0]
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(1000 * (now - last))
        last = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(1)
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        application.processEvents()
        time.sleep(0.001)
    timer.stop()
    return max(gaps)


def sheet_of(rows: int) -> tuple[Sheet, dict[tuple[int, int], CellMark]]:
    """Return a sheet of 20 columns with marks of all kinds in three of them."""
    sheet = Sheet(
        "large", {row: [f"row {row}", *(float(row * column) for column in range(1, 20))] for row in range(1, rows + 1)}
    )
    kinds = list(Mark)
    marks = {
        (row, column): CellMark("large", row, column, kinds[(row + column) % len(kinds)], "a reason")
        for row in range(2, rows + 1)
        for column in range(2, 5)
    }
    return sheet, marks


def main(store: Path) -> int:
    """Measure on a copy of the store."""
    application = QApplication([])
    runner = Runner()
    session = Session(runner, Messages(), who="benchmark")
    window = MainWindow(session)
    window.resize(1366, 700)
    window.show()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        session.open(Path(shutil.copy(store, folder)))
        while session.position is None:
            application.processEvents()
        say(f"{'longest gap while pages are made ready':44} {longest_gap(application, 4):6.1f} ms")
        settle(application, runner)
        priorities = session.position.priorities
        pages = itertools.cycle([priorities[0].id, OVERVIEW, priorities[1].id, OVERVIEW])
        timed(application, "overview to priority and back", through(window.go, pages), 20)
        others = itertools.cycle([RETURNS, OVERVIEW, CHECKS, OVERVIEW])
        timed(application, "overview to returns, checks and back", through(window.go, others), 20)
        window.go(priorities[1].id)
        settle(application, runner)
        rows = itertools.cycle(range(len(priorities[1].indicators)))
        timed(application, "choosing an indicator", lambda: window.priority.table.selectRow(next(rows)), 20)
        trends = itertools.cycle([trend_of(row) for row in priorities[0].indicators])
        timed(application, "redrawing the chart", lambda: window.priority.detail.chart.set_trend(next(trends)), 30)
        sheet, marks = sheet_of(ROWS)
        view = SheetView()
        view.resize(900, 700)
        view.show()
        timed(application, f"showing {ROWS:,} rows", lambda: view.show_sheet(sheet, marks, {}), 1)
        places = itertools.count(0, 331)
        timed(application, "scrolling them, a frame", lambda: view.verticalScrollBar().setValue(next(places)), 100)
        view.close()
        window.close()
        runner.close()
        session.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
