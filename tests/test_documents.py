"""The project's papers say what is so: the locks, the README's commands, the architecture's places."""

from __future__ import annotations

import argparse
import re
import tomllib
from typing import TYPE_CHECKING

import pytest

from scs_desktop.cli.parser import build_parser

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


EXAMPLES = {
    "PERIOD": "2011-12-Q2",
    "DATE": "2011-10-20",
    "MARKING": "OFFICIAL",
    "COUNT": "5",
    "NUMBER": "3",
    "POUNDS": "5930",
    "FACTOR": "1.25",
    "MONTHS": "12",
}


def shown_commands(readme: str) -> list[list[str]]:
    """Each command line of the README with its optional parts and with example values in the places of capitals."""
    blocks = re.findall(r"```\n(python main\.py.*?)```", readme, re.DOTALL)
    assert blocks
    lines = [line for block in blocks for line in re.sub(r"\n +", " ", block).splitlines()]
    words = [re.sub(r"[\[\]]", "", line).replace("...", "").split() for line in lines]
    return [[EXAMPLES.get(word, word) for word in line[2:]] for line in words]


def commands(parser: argparse.ArgumentParser) -> dict[tuple[str, ...], argparse.ArgumentParser]:
    """Each command by its words, those of two words among them."""
    found: dict[tuple[str, ...], argparse.ArgumentParser] = {}
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, command in action.choices.items():
                found |= {(word, *more): leaf for more, leaf in (commands(command) or {(): command}).items()}
    return found


def options(parser: argparse.ArgumentParser) -> set[str]:
    return {text for action in parser._actions for text in action.option_strings if text not in {"-h", "--help"}}


def test_every_command_that_the_readme_shows_exists_as_shown(project_root: Path) -> None:
    shown = shown_commands((project_root / "README.md").read_text(encoding="utf-8"))
    assert len(shown) > 1
    for arguments in shown:
        build_parser().parse_args(arguments)


def test_the_readme_shows_every_command_and_option(project_root: Path) -> None:
    text = (project_root / "README.md").read_text(encoding="utf-8")
    shown = shown_commands(text)
    parser = build_parser()
    for words, command in commands(parser).items():
        lines = [line for line in shown if set(words) <= set(line)]
        assert lines, words
        assert options(command) - {"--json"} <= {word for line in lines for word in line}, words
        assert "--json" in options(command), words
    assert options(parser) <= set(re.findall(r"--[a-z-]+", text))


def test_every_place_of_the_architecture_exists(project_root: Path) -> None:
    text = (project_root / "docs" / "architecture.md").read_text(encoding="utf-8")
    places = re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE)
    assert places
    assert [place for place in places if not (project_root / place).exists()] == []
    packages = {f"scs_desktop/{path.name}/" for path in (project_root / "scs_desktop").iterdir() if path.is_dir()}
    assert {package for package in packages if "__" not in package} <= set(places)
