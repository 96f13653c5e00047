"""The folder ``.venv``: made once, filled from a lock, known again by a stamp.

The Python that starts the set-up is the Python that the program runs with. A stamp inside the
folder names that Python and the locks installed, so that a second start looks at one small file.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from installer.process import SetupError, run_quietly, tell

if TYPE_CHECKING:
    from pathlib import Path

STAMP = "installed.json"
NEEDED_BYTES = 1_500_000_000


def python_in(folder: Path) -> Path:
    """Return the interpreter of an environment."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def ensure(folder: Path, locks: list[Path]) -> Path:
    """Make the environment and install the first lock, unless its stamp says that this is done.

    Args:
        folder: where the environment is or will be.
        locks: the lock to install, then those that it contains whole.

    Returns:
        The environment's interpreter.

    Raises:
        SetupError: the environment cannot be made or a package cannot be installed.

    """
    python = python_in(folder)
    marks = [_mark(lock) for lock in locks]
    if python.exists() and marks[0] in _stamped(folder):
        return python
    _check_room(folder.parent)
    if not _usable(folder):
        tell("Making the folder .venv for the program's packages …")
        run_quietly([sys.executable, "-m", "venv", "--clear", str(folder)], failure="The folder .venv was not made.")
    tell("Installing the packages of the lock; the first time takes a minute or two …")
    (folder / STAMP).unlink(missing_ok=True)
    run_quietly(
        [
            str(python), "-m", "pip", "install",
            "--quiet", "--no-input", "--disable-pip-version-check", "--progress-bar", "off",
            "--require-hashes", "--no-deps", "--only-binary", ":all:", "--compile",
            "--requirement", str(locks[0]),
        ],
        failure="The program's packages were not installed.",
        environment={**os.environ, "PIP_USER": "0"},
    )  # fmt: skip
    (folder / STAMP).write_text(json.dumps({"python": _this_python(), "locks": marks}), encoding="utf-8")
    return python


def _mark(lock: Path) -> str:
    try:
        return hashlib.sha256(lock.read_bytes()).hexdigest()
    except OSError as error:
        message = f"The list of packages {lock} cannot be read: {error.strerror}. Fetch the project again."
        raise SetupError(message) from error


def _this_python() -> str:
    return f"{sys.implementation.name} {sys.version_info.major}.{sys.version_info.minor}"


def _stamped(folder: Path) -> list[str]:
    """Return the marks of what is installed; none where the stamp is missing, torn or another Python's."""
    try:
        stamp = json.loads((folder / STAMP).read_text(encoding="utf-8"))
        return [str(mark) for mark in stamp["locks"]] if stamp["python"] == _this_python() else []
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _usable(folder: Path) -> bool:
    """Whether the folder holds an environment of this Python that has its pip."""
    question = "import pip, sys; print(sys.implementation.name, '%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(
            [str(python_in(folder)), "-c", question],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.strip() == _this_python()


def _check_room(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < NEEDED_BYTES:
        message = (
            f"The disk of {folder} has {free // 1_000_000} MB free and the packages need "
            f"{NEEDED_BYTES // 1_000_000} MB: make room, then start again."
        )
        raise SetupError(message)
