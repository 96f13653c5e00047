"""The project's papers say what is so: the locks, the README's commands, the architecture's places."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)( ; [^\\]+)?( \\)?$")


def pinned(lock: Path) -> dict[str, str]:
    """Each package of a lock with its version."""
    lines = [line for line in lock.read_text(encoding="utf-8").splitlines() if line and not line.startswith(" ")]
    matches = [REQUIREMENT.match(line) for line in lines]
    assert all(matches), lines
    return {match[1]: match[2] for match in matches if match}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_a_lock_has_hashes_and_no_addresses(project_root: Path, name: str) -> None:
    text = (project_root / "requirements" / name).read_text(encoding="utf-8")
    assert pinned(project_root / "requirements" / name)
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block.splitlines()[0]
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_the_locks_hold_what_the_project_asks_for(project_root: Path) -> None:
    project = tomllib.loads((project_root / "pyproject.toml").read_text(encoding="utf-8"))
    run = pinned(project_root / "requirements" / "run.txt")
    development = pinned(project_root / "requirements" / "dev.txt")
    asked = {normal(re.split(r"[<>=]", line)[0]) for line in project["project"]["dependencies"]}
    asked_besides = {normal(re.split(r"[<>=]", line)[0]) for line in project["dependency-groups"]["dev"]}
    assert asked <= run.keys()
    assert asked_besides <= development.keys()
    assert run.items() <= development.items()
