"""Papers and charts from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scs_desktop.cli import main


@pytest.fixture
def example(example_store: Path) -> Path:
    """Return the example; no report changes it."""
    return example_store


def run(example: Path, *words: str) -> int:
    return main(["--store", str(example), "--officer", "A. Officer", "report", *words])


def test_a_pack_says_why_it_is_marked_higher(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pack.pdf"
    assert run(example, "pack", "--to", "2011-12-Q4", "--out", str(out), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {
        "pdf": str(out),
        "marking": "OFFICIAL-SENSITIVE",
        "why_marked": "Marked OFFICIAL-SENSITIVE: 7.3 shows figures of fewer than 5 cases.",
    }
    assert out.read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize("number", ["1", "all"])
def test_sheets_are_written_of_one_priority_or_of_all(
    example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], number: str
) -> None:
    out = tmp_path / "sheets.pdf"
    words = ("--layers", "process,seasonal", "--audience", "public", "--out", str(out))
    assert run(example, "priority", number, "--to", "2011-12-Q2", *words) == 0
    assert capsys.readouterr().out == f"Wrote {out}.\n"
    assert out.exists()


def test_a_chart_is_written_and_told(example: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "chart.svg"
    assert run(example, "chart", "1.3", "--to", "2011-12-Q2", "--layers", "none", "--out", str(out)) == 0
    said = capsys.readouterr().out
    assert said.startswith(f"Wrote {out}.\nResidential burglary. Line of 18 figures")
    assert "limits" not in said


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("priority", "12", "--out", "x.pdf"), 3, "There is no priority 12."),
        (("priority", "first", "--out", "x.pdf"), 2, "“first” is no priority's number: write 1, or all."),
        (("pack", "--layers", "limits", "--out", "x.pdf"), 2, "“limits” is no layer: name process, seasonal,"),
        (("summary", "--audience", "public", "--marking", "OFFICIAL-SENSITIVE", "--out", "x.pdf"), 3, "A public copy"),
        (("chart", "1.3", "--out", "x.gif"), 3, "x.gif should end with .svg or .png"),
    ],
)
def test_what_cannot_be_done_is_said(
    example: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, sentence: str
) -> None:
    assert run(example, *words) == code
    assert sentence in capsys.readouterr().err
