"""What is not for publication, held back and released from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scs_desktop.cli import main
from scs_desktop.cli.context import DONE, REFUSED, USAGE
from tests.reports.papers import page_texts

REASON = ["--reason", "The force publishes them in May."]


@pytest.fixture
def store(example_store: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(example_store, tmp_path / "example.scs"))


def run(capsys: pytest.CaptureFixture[str], store: Path, *words: str) -> tuple[int, str, str]:
    code = main(["--store", str(store), *words])
    said = capsys.readouterr()
    return code, said.out.strip(), said.err.strip()


def public_sheet(capsys: pytest.CaptureFixture[str], store: Path) -> str:
    out = store.with_suffix(".pdf")
    words = ("report", "priority", "1", "--to", "2011-12-Q2", "--audience", "public", "--out", str(out))
    assert run(capsys, store, *words)[0] == DONE
    return " ".join(" ".join(page_texts(out.read_bytes())).replace("\u00a0", " ").split())


def test_an_indicator_is_held_back_until_it_is_released(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    held = "1.3 Residential burglary: not for publication. The force publishes them in May."
    assert run(capsys, store, "holds") == (DONE, "Nothing is held back from public copies.", "")
    assert "1,577" in public_sheet(capsys, store)
    assert run(capsys, store, "hold", "--indicator", "1.3", *REASON) == (DONE, held, "")
    assert run(capsys, store, "holds") == (DONE, held, "")
    sheet = public_sheet(capsys, store)
    assert "1,577" not in sheet
    assert "Suppressed: not for publication: The force publishes them in May." in sheet
    released = run(capsys, store, "hold", "--indicator", "1.3", "--release")
    assert released == (DONE, "Released for publication: 1.3 Residential burglary.", "")
    assert "1,577" in public_sheet(capsys, store)


def test_one_import_is_held_back_until_its_day_is_past(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(run(capsys, store, "imports", "--json")[1])
    number = next(one["number"] for one in listed if one["file_name"] == "met-recorded-crime-2011-12-q2.xlsx")
    words = ("hold", "--import", str(number), "--before", "2011-12-01", *REASON)
    code, out, _ = run(capsys, store, *words, "--json")
    assert code == DONE
    assert json.loads(out)["rule"]["not_before"] == "2011-12-01"
    assert "1,577" in public_sheet(capsys, store), "the day is past"
    assert run(capsys, store, "holds")[1].startswith(f"import {number}, met-recorded-crime-2011-12-q2.xlsx: not for")
    assert run(capsys, store, "undo")[0] == DONE
    assert run(capsys, store, "holds")[1] == "Nothing is held back from public copies."


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("--indicator", "1.3"), REFUSED, "Say why it is not for publication"),
        (("--indicator", "9.9", *REASON), REFUSED, "The strategy has no indicator “9.9”"),
        (("--import", "4000", *REASON), REFUSED, "There is no import 4000."),
        (("--indicator", "1.3", "--release"), REFUSED, "That is not held back."),
        (REASON, USAGE, "one of the arguments --indicator --import is required"),
    ],
)
def test_what_cannot_be_held_back_is_said(
    store: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, sentence: str
) -> None:
    done, _, said = run(capsys, store, "hold", *words)
    assert done == code
    assert sentence in said


def test_nothing_is_held_back_twice(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, store, "hold", "--indicator", "1.1", *REASON)
    assert run(capsys, store, "hold", "--indicator", "1.1", *REASON) == (
        REFUSED, "", "1.1 Total crime is held back already. Release it first.",
    )  # fmt: skip
