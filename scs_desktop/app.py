"""The composition root: arguments, paths, log and excepthook; then one command, or the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scs_desktop.ui.common.session import Opened

READER_CHILD = "--reader-child"
_LOG_BYTES = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Start the program with the arguments (without its name) and return its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [READER_CHILD]:
        from scs_desktop.returns.reader import child

        child.main()
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


def officer_name() -> str:
    """Return who is working, as the operating system knows them."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "officer"


def log_folder() -> Path:
    """Return where the log is written."""
    import platformdirs

    return Path(platformdirs.user_log_path("Safer Communities Desktop", appauthor=False))


def _start_log() -> None:
    """Write warnings and worse to a file that is kept short; without a place to write, nothing is logged."""
    import logging
    from logging.handlers import RotatingFileHandler

    try:
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(folder / "program.log", maxBytes=_LOG_BYTES, backupCount=2, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)


def window(store: Path | None, officer: str | None) -> int:
    """Open the window on a store: the one named, else the officer's own, else the first-run page."""
    # What is made while starting lives as long as the program: looking for garbage in it only costs time.
    gc.disable()
    # The store is opened and rated on the worker while Qt is being loaded here.
    executor = ThreadPoolExecutor(1, thread_name_prefix="work")
    who = officer or officer_name()
    path = store or _own_store()
    opening = executor.submit(_open, path, who) if path is not None else None
    from PySide6.QtWidgets import QApplication

    from scs_desktop.ui.common.background import Runner
    from scs_desktop.ui.common.crash import BugReporter
    from scs_desktop.ui.common.messages import Messages
    from scs_desktop.ui.common.session import Session
    from scs_desktop.ui.common.theme import choose_font
    from scs_desktop.ui.window import PROGRAM, MainWindow

    application = QApplication.instance() or QApplication(sys.argv[:1])
    application.setApplicationName(PROGRAM)
    assert isinstance(application, QApplication)  # noqa: S101 - a plain QCoreApplication cannot show a window
    choose_font(application)
    bugs = BugReporter()
    bugs.install()
    runner = Runner(executor=executor)
    session = Session(runner, Messages(), who=who)
    frame = MainWindow(session, log_folder=log_folder)
    runner.submit("Opening the log", lambda _: _start_log(), lambda _: None, failed=session.messages.problem)
    if opening is not None:
        session.begin(opening)
    else:
        frame.first_run()
    frame.show()
    frame.painted.connect(_collect_garbage)
    try:
        return application.exec()
    finally:
        runner.close()
        session.close()


def _collect_garbage() -> None:
    gc.freeze()
    gc.enable()


def _open(path: Path, who: str) -> Opened:
    from scs_desktop.ui.common.session import open_and_rate

    return open_and_rate(path, who=who)


def _own_store() -> Path | None:
    from scs_desktop.workflows.places import default_store_path

    own = default_store_path()
    return own if own.is_file() else None
