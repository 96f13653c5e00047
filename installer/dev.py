"""Two commands that do all the set-up: ``run`` starts the program on its example, ``test`` tests it.

Usage:
    python3 installer/dev.py run [--headless]
    python3 installer/dev.py test [arguments of pytest]

``run`` opens the window on an example store with the example returns imported. Without a display,
or with --headless, it imports them, prints the RAG summary and writes it as a PDF.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
RUN_LOCK = ROOT / "requirements" / "run.txt"
DEVELOPMENT_LOCK = ROOT / "requirements" / "dev.txt"
EXAMPLE = ROOT / "build" / "example"
HEADLESS = ROOT / "build" / "headless"
# A file's tests stay together, so that what they share is made once.
WHOLE_SUITE = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadfile")
OLDEST_PYTHON = (3, 11)
NEWEST_TRIED_PYTHON = (3, 13)
USAGE = 2
SIGNALLED = 128
INTERRUPTED = 130


def run(*, headless: bool) -> int:
    """Set up what the program needs and start it on its example."""
    from installer import environment, system

    window = not headless and system.has_display()
    system.ensure([*system.ENVIRONMENT, *system.QT, *system.X11] if window else system.ENVIRONMENT)
    python = environment.ensure(ROOT / ".venv", [RUN_LOCK])
    program = [str(python), str(ROOT / "main.py")]
    if not window:
        _clear(HEADLESS)
        return _start([*program, "demo", "--out", str(HEADLESS)])
    store = EXAMPLE / "example.scs"
    # The page is written last: where it is, the example is whole.
    if not (store.exists() and (EXAMPLE / "rag-summary.pdf").exists()):
        _clear(EXAMPLE)
        code = _start([*program, "demo", "--out", str(EXAMPLE)])
        if code:
            return code
    return _start([*program, "--store", str(store)])


def test(arguments: Sequence[str]) -> int:
    """Set up what the tests need and run them."""
    from installer import environment, system

    system.ensure([*system.ENVIRONMENT, *system.QT, *system.X11])
    python = environment.ensure(ROOT / ".venv", [DEVELOPMENT_LOCK, RUN_LOCK])
    return _start([str(python), "-m", "pytest", *(arguments or WHOLE_SUITE)])


def _clear(folder: Path) -> None:
    """Remove an example made before, so that the next one is whole."""
    from installer.process import SetupError

    try:
        if folder.exists():
            shutil.rmtree(folder)
    except OSError as error:
        message = f"{folder} cannot be replaced: {error.strerror}. Close the program that uses it, then start again."
        raise SetupError(message) from error


def _start(command: Sequence[str]) -> int:
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    # A program ended by a signal counts as shells count it.
    return SIGNALLED - code if code < 0 else code


def main(arguments: Sequence[str]) -> int:
    """Carry out the command and return its exit code."""
    if sys.version_info < OLDEST_PYTHON:
        version = ".".join(str(part) for part in sys.version_info[:3])
        print(f"This is Python {version}; Safer Communities Desktop needs Python 3.11 or later.", file=sys.stderr)
        return 1
    if list(arguments) not in (["run"], ["run", "--headless"]) and list(arguments[:1]) != ["test"]:
        asked = list(arguments) in (["-h"], ["--help"])
        print(__doc__, file=sys.stdout if asked else sys.stderr)
        return 0 if asked else USAGE
    sys.path.insert(0, str(ROOT))
    from installer.process import SetupError, tell

    if sys.version_info[:2] > NEWEST_TRIED_PYTHON:
        tell("Python 3.11 to 3.13 are tried; this one is newer and may lack packages.")
    try:
        return test(arguments[1:]) if arguments[0] == "test" else run(headless="--headless" in arguments)
    except SetupError as error:
        tell(str(error))
        return 1
    except KeyboardInterrupt:
        tell("Stopped. Start again to go on.")
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
