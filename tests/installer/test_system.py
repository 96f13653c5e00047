"""What the system lacks is found by trying, installed by root and asked for in one line from others."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from installer import system
from installer.process import SetupError, explanation, run_quietly
from installer.system import Need

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux asks for system packages")

ABSENT = [Need("libnowhere.so.7", "libnowhere7"), Need("nowhere-at-all", "nowhere-tools", "program")]

APT = """#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> "{log}"
case "$1" in install) {install} ;; esac
"""


def bring_apt(folder: Path, monkeypatch: pytest.MonkeyPatch, install: str) -> Path:
    """Put a package installer first on the path that notes what it is asked for."""
    log = folder / "asked.txt"
    (folder / "apt-get").write_text(APT.format(log=log, install=install), encoding="utf-8")
    (folder / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return log


def test_what_is_there_is_seen_and_what_is_not_is_not() -> None:
    assert Need("libc.so.6", "libc6").met()
    assert Need("sh", "dash", "program").met()
    assert Need("json", "python3", "module").met()
    assert not any(need.met() for need in [*ABSENT, Need("nowhere_at_all", "python3-nowhere", "module")])


def test_nothing_missing_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = bring_apt(tmp_path, monkeypatch, "true")
    system.ensure([Need("libc.so.6", "libc6")])
    assert not log.exists()


def test_an_ordinary_account_gets_one_line_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = bring_apt(tmp_path, monkeypatch, "true")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(SetupError) as caught:
        system.ensure(ABSENT)
    sentence, line = str(caught.value).splitlines()
    assert "libnowhere.so.7, nowhere-at-all" in sentence
    assert line.strip() == "sudo apt-get install -y --no-install-recommends libnowhere7 nowhere-tools"
    assert not log.exists()


def test_root_gets_it_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = bring_apt(tmp_path, monkeypatch, f'printf "#!/bin/sh" > {tmp_path}/newcomer; chmod +x {tmp_path}/newcomer')
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    system.ensure([Need("newcomer", "newcomer-tools", "program")])
    assert log.read_text(encoding="utf-8").splitlines() == [
        "noninteractive update",
        "noninteractive install -y --no-install-recommends newcomer-tools",
    ]


@pytest.mark.parametrize(
    ("install", "sentence"),
    [
        ("echo Temporary failure resolving a name; exit 100", "not installed. The network cannot be reached."),
        ("true", "Still missing: libnowhere.so.7, nowhere-at-all"),
    ],
)
def test_an_installation_that_fails_says_so(
    install: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_apt(tmp_path, monkeypatch, install)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(SetupError, match=sentence):
        system.ensure(ABSENT)


def test_another_distribution_is_told_the_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SetupError, match=r"lacks libnowhere\.so\.7, nowhere-at-all: install them"):
        system.ensure(ABSENT)


@pytest.mark.parametrize(
    ("display", "shown"), [({}, False), ({"DISPLAY": ":0"}, True), ({"WAYLAND_DISPLAY": "wayland-0"}, True)]
)
def test_a_display_is_known_by_its_name(display: dict[str, str], shown: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    for name, value in display.items():
        monkeypatch.setenv(name, value)
    assert system.has_display() is shown


@pytest.mark.parametrize(
    ("output", "cause"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ("NewConnectionError: Failed to establish a new connection: [Errno -2]", "The network cannot be reached."),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE FILE", "is not the one in the lock."),
        ("something never seen", "It failed.\n"),
    ],
)
def test_the_cause_is_told_where_the_output_names_it(output: str, cause: str) -> None:
    told = explanation("It failed.", output)
    assert cause in told
    assert told.endswith(output)


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(SetupError, match="nowhere-at-all could not be started"):
        run_quietly(["nowhere-at-all"], failure="It failed.")
