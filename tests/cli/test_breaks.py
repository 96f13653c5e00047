"""Breaks on the command line: marked, listed, taken away, and refused in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scs_desktop.cli import main
from scs_desktop.cli.context import DONE, REFUSED, USAGE
from scs_desktop.domain.history import StoreKind
from scs_desktop.workflows.shipped import set_up_store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "own.scs"
    set_up_store(path=path, kind=StoreKind.REAL, who="Officer").close()
    return path


def run(capsys: pytest.CaptureFixture[str], store: Path, *words: str) -> tuple[int, str, str]:
    code = main(["--store", str(store), *words])
    said = capsys.readouterr()
    return code, said.out.strip(), said.err.strip()


def test_a_break_is_marked_listed_and_taken_away(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cause = ["--cause", "Frauds went to a national centre"]
    marked = "1.1 Total crime. April 2013: Frauds went to a national centre. Nothing is compared across it."
    assert run(capsys, store, "breaks") == (DONE, "No break is marked.", "")
    assert run(capsys, store, "break", "1.1", "--on", "2013-04", *cause) == (DONE, marked, "")
    assert run(capsys, store, "breaks", "1.1") == (DONE, marked, "")
    assert run(capsys, store, "breaks", "1.3") == (DONE, "No break is marked.", "")
    assert (
        run(capsys, store, "break", "1.1", "--on", "2013-04", "--remove")[1] == "Removed: 1.1 Total crime, April 2013."
    )
    assert run(capsys, store, "breaks")[1] == "No break is marked."


def test_a_rebasing_and_a_reason_to_compare_as_json(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, store, "break", "1.3", "--on", "2011-12", "--cause", "Patrols", "--rebase", "--json")
    assert code == DONE
    made = json.loads(out)
    assert (made["code"], made["kept"]["kind"], made["kept"]["on"]) == ("1.3", "rebase", "2011-12-01")
    run(
        capsys, store, "break", "1.2", "--on", "2012-04-15", "--cause", "Codes", "--compare-because", "they count alike"
    )
    listed = json.loads(run(capsys, store, "breaks", "--json")[1])
    assert [(one["code"], one["kept"]["on"], one["kept"]["compared_because"]) for one in listed] == [
        ("1.2", "2012-04-15", "they count alike"),
        ("1.3", "2011-12-01", ""),
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["break", "1.1", "--on", "2013-04"], REFUSED, "A break needs its known cause"),
        (["break", "9.9", "--on", "2013-04", "--cause", "x"], REFUSED, "no indicator “9.9”"),
        (["break", "1.1", "--on", "2013-04", "--remove"], REFUSED, "1.1 has no break on that day. Its breaks: none."),
        (["break", "1.1", "--on", "April", "--cause", "x"], USAGE, "is not a date"),
        (["break", "1.1", "--on", "2013-04", "--rebase", "--compare-because", "x"], USAGE, "not allowed with"),
    ],
)
def test_what_cannot_be_marked(
    store: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: int, said: str
) -> None:
    got, _, error = run(capsys, store, *words)
    assert got == code
    assert said in error
