"""How long the window takes from the start of its process to its first painted overview.

Run it by hand, on a store built with the command demo::

    python3 tests/benchmarks/start_window.py STORE [--runs 7] [--cold] [--first]

Three programs are started in turn, several times, in one run: the window on the store, a bare
QTableView of 200 × 15 cells, and a bare window with one pyqtgraph plot. Medians and ratios are
printed, offscreen and under a virtual X server where there is one; then what the window had
imported when its first picture stood. ``--cold`` drops the system's page cache before each start,
where that is allowed (Linux, root), else says that it is not. The window is started as on any day
after the first: with the overview that the last session kept, and, like the two libraries, with its
modules compiled. ``--first`` takes the kept overview away before each start.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTED = "START_WINDOW_STARTED_NS"
CACHE_SWITCH = Path("/proc/sys/vm/drop_caches")

# Tells the milliseconds since the parent started the process, once the watched widget has been painted.
TELL = """
import os, sys, time
def tell(**more):
    import json
    took = (time.time_ns() - int(os.environ["START_WINDOW_STARTED_NS"])) / 1e6
    print(json.dumps({"ms": took, **more}), flush=True)
    os._exit(0)
"""

TABLE = (
    TELL
    + """
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QTableView
app = QApplication([])
model = QStandardItemModel(200, 15)
for row in range(200):
    for column in range(15):
        model.setItem(row, column, QStandardItem(str(row * column)))
class View(QTableView):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, tell)
view = View()
view.setModel(model)
view.resize(1366, 768)
view.show()
app.exec()
"""
)

PLOT = (
    TELL
    + """
from PySide6.QtCore import QTimer
import pyqtgraph
app = pyqtgraph.mkQApp()
class Plot(pyqtgraph.PlotWidget):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, tell)
plot = Plot()
plot.plot(list(range(36)))
plot.resize(1366, 768)
plot.show()
app.exec()
"""
)

WINDOW = (
    TELL
    + """
sys.path.insert(0, os.getcwd())
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from scs_desktop import app
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and table.model().rowCount():
            imported = sorted({name.partition(".")[0] for name in sys.modules})
            QTimer.singleShot(0, lambda: tell(imported=imported, modules=len(sys.modules)))
        return False
plain = QApplication.exec
def watched(*_):
    global table, watch
    from scs_desktop.ui.window import MainWindow
    (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow)]
    table, watch = window.overview.table, Watch()
    table.viewport().installEventFilter(watch)
    return plain()
QApplication.exec = watched
app.main(["--store", sys.argv[1]])
"""
)

KEEP = """
import sys
from pathlib import Path
from scs_desktop.store import open_store
from scs_desktop.workflows.first_look import keep_look
from scs_desktop.workflows.overview import overview
path = Path(sys.argv[1])
with open_store(path, who="Officer") as store:
    position = overview(store=store)
raise SystemExit(not keep_look(path, position))
"""

PROGRAMS = {"window": WINDOW, "bare QTableView": TABLE, "bare pyqtgraph plot": PLOT}


def say(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")


def own_environment() -> dict[str, str]:
    """Return the environment without what would have every module compiled again at each start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def keep(store: Path) -> None:
    """Do what a session does before it ends: open the store, rate it, and keep the overview."""
    subprocess.run([sys.executable, "-c", KEEP, str(store)], cwd=ROOT, env=own_environment(), check=True)


def start(program: str, store: Path, platform: str) -> dict[str, object]:
    """Start a program and return what it told of itself."""
    environment = own_environment() | {"QT_QPA_PLATFORM": platform, STARTED: str(time.time_ns())}
    done = subprocess.run(
        [sys.executable, "-c", program, str(store)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if not lines:
        message = f"the program told nothing:\n{done.stderr}"
        raise RuntimeError(message)
    told: dict[str, object] = json.loads(lines[-1])
    return told


def drop_cache() -> bool:
    """Forget what the system has read from the disk; False where that is not allowed."""
    try:
        os.sync()
        CACHE_SWITCH.write_text("3\n", encoding="ascii")
    except (OSError, AttributeError):
        return False
    return True


def measure(store: Path, platform: str, runs: int, *, cold: bool, first: bool) -> dict[str, object]:
    """Start each program in turn, print medians and ratios, and return what the window told last."""
    keep(store)
    look = store.with_name(f".{store.name}.look")
    for program in PROGRAMS.values():
        start(program, store, platform)
    times: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    told: dict[str, object] = {}
    for _ in range(runs):
        for name, program in PROGRAMS.items():
            if first:
                look.unlink(missing_ok=True)
            if cold:
                drop_cache()
            answer = start(program, store, platform)
            times[name].append(float(str(answer["ms"])))
            told = answer if name == "window" else told
            store.with_name(f"{store.name}.lock").unlink(missing_ok=True)
    medians = {name: statistics.median(found) for name, found in times.items()}
    which = "the first start" if first else "a later start"
    say(f"\n{platform}, {which}, {'cold' if cold else 'warm'}, median of {runs} (lowest–highest), ms")
    for name, found in times.items():
        say(f"  {name:22} {medians[name]:7.0f}  ({min(found):.0f}–{max(found):.0f})")
    for name, goal in (("bare QTableView", "at most 2.0"), ("bare pyqtgraph plot", "under 1.0")):
        lowest = min(times["window"]) / min(times[name])
        say(
            f"  window ÷ {name:20} {medians['window'] / medians[name]:5.2f}, of the lowest {lowest:.2f}  (goal: {goal})"
        )
    return told


def main() -> int:
    """Measure on the store of the command line."""
    parser = argparse.ArgumentParser(description="Start time of the window against bare windows.")
    parser.add_argument("store", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--first", action="store_true", help="without the overview that the last session kept")
    parser.add_argument("--platform", action="append", choices=["offscreen", "xcb"])
    arguments = parser.parse_args()
    store: Path = arguments.store.resolve()
    platforms = arguments.platform or ["offscreen", *(["xcb"] if os.environ.get("DISPLAY") else [])]
    if arguments.platform is None and "DISPLAY" not in os.environ and shutil.which("xvfb-run"):
        say("Start it under xvfb-run -a to measure on a virtual X server too.")
    told: dict[str, object] = {}
    for platform in platforms:
        told = measure(store, platform, arguments.runs, cold=False, first=arguments.first)
        if arguments.cold:
            if drop_cache():
                measure(store, platform, max(3, arguments.runs // 2), cold=True, first=arguments.first)
            else:
                say("\ncold: the page cache may not be dropped here; not measured")
    imported = [str(one) for one in told.get("imported", []) if not str(one).startswith("_")]  # type: ignore[attr-defined]
    own = [one for one in imported if one not in sys.stdlib_module_names]
    say(f"\nImported when the first overview stood: {told.get('modules')} modules; beside the standard library:")
    say("  " + ", ".join(own))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
