"""What a start loads: the command line works where Qt cannot, and nothing heavy is loaded before it is used."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("PySide6", "pyqtgraph", "numpy", "openpyxl", "python_calamine", "typst", "pypdfium2", "jinja2", "msoffcrypto")

PROGRAM = """
import sys
from scs_desktop.app import main
code = main(sys.argv[1:])
print("loaded:", *sorted({name.partition(".")[0] for name in sys.modules}))
sys.exit(code)
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "first.scs"


def start(project_root: Path, store: Path, *arguments: str) -> tuple[str, set[str]]:
    """What a command printed, and the packages it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "--store", str(store), *arguments],
        cwd=project_root,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    printed, _, loaded = done.stdout.rpartition("loaded:")
    return printed, set(loaded.split())


def test_the_commands_of_every_day_load_neither_qt_nor_anything_heavy(project_root: Path, store: Path) -> None:
    made, loaded = start(project_root, store, "new")
    assert str(store) in made
    assert loaded.isdisjoint(HEAVY), loaded.intersection(HEAVY)
    lights, loaded = start(project_root, store, "status")
    assert lights.strip()
    assert loaded.isdisjoint(HEAVY), loaded.intersection(HEAVY)
