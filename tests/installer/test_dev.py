"""A new user's first and second start, on a small project that is set up like the real one."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from installer import dev, environment
from installer.process import SetupError

MAIN = """
import pathlib, sys, greeting
print(greeting.WORD, *sys.argv[1:])
if sys.argv[1] == "demo":
    folder = pathlib.Path(sys.argv[3])
    folder.mkdir(parents=True)
    (folder / "example.scs").touch()
    if not pathlib.Path("breaks").exists():
        (folder / "rag-summary.pdf").touch()
    sys.exit(3 * pathlib.Path("breaks").exists())
"""


def wheel(folder: Path, version: str, word: str) -> Path:
    """A package of one module, as an installer takes it."""
    file = folder / f"greeting-{version}-py3-none-any.whl"
    about = f"greeting-{version}.dist-info"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("greeting.py", f"WORD = {word!r}\n")
        archive.writestr(f"{about}/METADATA", f"Metadata-Version: 2.1\nName: greeting\nVersion: {version}\n")
        archive.writestr(f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{about}/RECORD", f"greeting.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n")
    return file


def lock(project: Path, package: Path) -> None:
    """Ask for exactly this package."""
    name, version = package.name.split("-")[:2]
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    text = f"{name}=={version} \\\n    --hash=sha256:{digest}\n"
    (project / "requirements" / "run.txt").write_text(text, encoding="utf-8")


@pytest.fixture
def project(project_root: Path, tmp_path: Path) -> Path:
    """A folder with the set-up script, a program of one line and a lock of one package."""
    folder = tmp_path / "a project"
    shutil.copytree(project_root / "installer", folder / "installer", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "requirements").mkdir()
    (folder / "wheels").mkdir()
    (folder / "main.py").write_text(MAIN, encoding="utf-8")
    lock(folder, wheel(folder / "wheels", "1.0", "hello"))
    return folder


def start(project: Path, *arguments: str, display: str = "") -> subprocess.CompletedProcess[str]:
    """Start the project's script as a user without a network does, and without a display unless one is named."""
    settings = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    if display:
        settings["DISPLAY"] = display
    settings |= {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": (project / "wheels").as_uri(), "PIP_CONFIG_FILE": os.devnull}
    return subprocess.run(
        [sys.executable, str(project / "installer" / "dev.py"), *arguments],
        env=settings,
        cwd=project.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_first_start_sets_up_and_the_second_does_not(project: Path) -> None:
    first = start(project, "run", "--headless")
    assert first.returncode == 0, first.stderr
    assert first.stdout == f"hello demo --out {project / 'build' / 'headless'}\n"
    assert "Making the folder .venv" in first.stderr
    assert "Installing the packages" in first.stderr

    second = start(project, "run", "--headless")
    assert second.returncode == 0, second.stderr
    assert second.stdout == first.stdout
    assert second.stderr == ""

    lock(project, wheel(project / "wheels", "1.1", "good morning"))
    third = start(project, "run")
    assert third.returncode == 0, third.stderr
    assert third.stdout.startswith("good morning demo")
    assert "Making the folder .venv" not in third.stderr


def test_with_a_display_the_window_opens_on_an_example_that_is_built_whole_and_once(project: Path) -> None:
    example = project / "build" / "example"
    (project / "breaks").touch()
    broken = start(project, "run", display=":99")
    assert broken.returncode == 3
    assert broken.stdout.splitlines() == [f"hello demo --out {example}"]

    (project / "breaks").unlink()
    first = start(project, "run", display=":99")
    assert first.returncode == 0, first.stderr
    assert first.stdout.splitlines() == [
        f"hello demo --out {example}",
        f"hello --store {example / 'example.scs'}",
    ]
    second = start(project, "run", display=":99")
    assert second.stdout.splitlines() == [f"hello --store {example / 'example.scs'}"]


def test_a_package_that_is_not_the_one_in_the_lock_is_refused_and_can_be_put_right(project: Path) -> None:
    wheel(project / "wheels", "1.0", "something else")
    refused = start(project, "run", "--headless")
    assert refused.returncode == 1
    assert "A package that came is not the one in the lock." in refused.stderr
    assert "Traceback" not in refused.stderr

    wheel(project / "wheels", "1.0", "hello")
    lock(project, project / "wheels" / "greeting-1.0-py3-none-any.whl")
    mended = start(project, "run", "--headless")
    assert mended.returncode == 0, mended.stderr
    assert "Making the folder .venv" not in mended.stderr


def test_without_a_network_one_sentence_says_that_packages_are_missing(project: Path) -> None:
    shutil.rmtree(project / "wheels")
    (project / "wheels").mkdir()
    done = start(project, "run", "--headless")
    assert done.returncode == 1
    assert "The program's packages were not installed." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["walk"], ["run", "--fast"], ["run", "--headless", "now"]])
def test_an_unknown_command_shows_how_to_use_the_script(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(arguments) == 2
    assert "installer/dev.py run [--headless]" in capsys.readouterr().err


def test_help_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["--help"]) == 0
    assert "installer/dev.py test" in capsys.readouterr().out


def test_an_old_python_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert dev.main(["run"]) == 1
    assert "This is Python 3.9.2" in capsys.readouterr().err


@pytest.mark.parametrize(
    "stamp", ["", "{", "[]", "{}", '{"python": "cpython 2.7", "locks": ["x"]}'], ids=lambda text: text or "empty"
)
def test_a_stamp_that_says_nothing_is_not_believed(stamp: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = project / ".venv"
    python = environment.python_in(folder)
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / environment.STAMP).write_text(stamp, encoding="utf-8")
    monkeypatch.setattr(environment, "NEEDED_BYTES", 10**18)
    with pytest.raises(SetupError, match="make room"):
        environment.ensure(folder, [project / "requirements" / "run.txt"])


def test_a_missing_lock_is_named(project: Path) -> None:
    with pytest.raises(SetupError, match=r"gone\.txt cannot be read"):
        environment.ensure(project / ".venv", [project / "gone.txt"])
