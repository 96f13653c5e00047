"""The composition root: arguments, paths, log and excepthook; then one command, or the window."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from scs_desktop.domain.position import StrategyPosition

READER_CHILD = "--reader-child"
NO_SCREEN = 3
FIRST_LOOK = "--first-look"
_LOG_BYTES = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program with the arguments (without its name) and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [READER_CHILD]:
        from scs_desktop.returns.reader import child

        child.main()
    if given[:1] == [FIRST_LOOK]:
        _look(Path(given[1]))
    wanted = window_arguments(given)
    if wanted is None:
        from scs_desktop.cli.main import main as run_command

        return run_command(given)
    return window(*wanted)


def window_arguments(given: Sequence[str]) -> tuple[Path | None, str | None] | None:
    """Return the store and the officer named where no command is, so that the window is wanted; else None.

    The full parser, which knows every command, takes longer to make than the window to appear.
    """
    named: dict[str, str | None] = {"--store": None, "--officer": None}
    waiting = ""
    for one in given:
        option, equals, value = one.partition("=")
        if waiting:
            named[waiting], waiting = one, ""
        elif option in named and equals:
            named[option] = value
        elif one in named:
            waiting = one
        else:
            return None
    store = named["--store"]
    return None if waiting else (Path(store) if store is not None else None, named["--officer"])


def _start_log() -> None:
    """Write warnings and worse to a file that is kept short; without a place to write, nothing is logged."""
    import logging
    from logging.handlers import RotatingFileHandler

    from scs_desktop.workflows.places import log_folder

    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "program.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def _has_screen() -> bool:
    """Whether a window can be shown: where it cannot, Qt would end the program without a sentence."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def window(store: Path | None, officer: str | None) -> int:
    """Open the window on a store: the one named, else the officer's own, else the first-run page."""
    if not _has_screen():
        sys.stderr.write(
            "There is no screen to open a window on. The commands need none: main.py --help lists them, "
            "and main.py demo --out FOLDER shows the example.\n"
        )
        return NO_SCREEN
    from scs_desktop.workflows.first_look import kept_look

    # What is made while starting lives as long as the program: looking for garbage in it only costs time.
    gc.disable()
    path = store or _own_store()
    seen = kept_look(path) if path is not None else None
    looking = FirstLook(path) if path is not None and seen is None else None
    from PySide6.QtWidgets import QApplication

    from scs_desktop.ui.common.background import Runner
    from scs_desktop.ui.common.crash import BugReporter
    from scs_desktop.ui.common.messages import Messages
    from scs_desktop.ui.common.session import Session
    from scs_desktop.ui.common.theme import choose_font
    from scs_desktop.ui.window import PROGRAM, MainWindow
    from scs_desktop.workflows.places import log_folder, officer_name

    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName(PROGRAM)
    assert isinstance(application, QApplication)  # noqa: S101 - a plain QCoreApplication cannot show a window
    choose_font(application)
    bugs = BugReporter()
    bugs.install()
    runner = Runner()
    session = Session(runner, Messages(), who=officer or officer_name())
    frame = MainWindow(session, log_folder=log_folder)
    frame.painted.connect(
        lambda: runner.submit(
            "Opening the log", lambda _: _start_log(), lambda _: None, failed=session.messages.problem
        )
    )
    frame.painted.connect(_collect_garbage)
    if path is not None and seen is not None:
        session.begin_with(path, seen, opened_after=frame.painted)
    elif path is not None and looking is not None:
        session.begin(path, looking.position, opened_after=frame.painted)
    else:
        frame.first_run()
    frame.show()
    try:
        return application.exec()
    finally:
        runner.close()
        session.close()


def _collect_garbage() -> None:
    gc.freeze()
    gc.enable()


class FirstLook:
    """A second process that reads the store and rates its strategy while Qt is loaded in this one.

    It shortens the way to the first picture where there are two cores. It holds no lock and changes
    nothing; the store proper is opened and rated here once that picture stands, and what differs is
    drawn again.
    """

    def __init__(self, path: Path) -> None:
        import subprocess

        # A frozen program is its own interpreter and knows the argument itself.
        program = [] if getattr(sys, "frozen", False) else ["-m", "scs_desktop.app"]
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, *program, FIRST_LOOK, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).parents[1],
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def position(self) -> StrategyPosition | None:
        """Wait for the rated strategy; None where the store cannot be read so, whatever the reason."""
        import pickle

        told, _ = self._process.communicate()
        if self._process.returncode:
            return None
        position: StrategyPosition = pickle.loads(told)  # noqa: S301 - from our own process over a pipe
        return position


def _look(path: Path) -> NoReturn:
    """Be the second process: rate the store and write the result to the standard output."""
    import os
    import pickle

    gc.disable()
    from scs_desktop.store import open_store
    from scs_desktop.workflows.overview import overview

    with open_store(path, who="", read_only=True) as store:
        told = pickle.dumps(overview(store=store), protocol=pickle.HIGHEST_PROTOCOL)
    sys.stdout.buffer.write(told)
    sys.stdout.buffer.flush()
    # Nothing is left to tidy, and tidying would keep the window waiting for the end of the pipe.
    os._exit(0)


def _own_store() -> Path | None:
    from scs_desktop.workflows.places import default_store_path

    own = default_store_path()
    return own if own.is_file() else None


if __name__ == "__main__":
    raise SystemExit(main())
