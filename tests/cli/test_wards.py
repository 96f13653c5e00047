"""Wards from the command line: as a table, as JSON, as paper, and back to the cells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scs_desktop.cli.main import main
from tests.reports.papers import page_texts
from tests.workflows.ward_store import BY_WARD, ward_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A year of crime by ward; no command here changes it."""
    path = tmp_path_factory.mktemp("wards") / "own.scs"
    ward_store(path).close()
    return path


class Desk:
    def __init__(self, store: Path, capture: pytest.CaptureFixture[str]) -> None:
        self.store, self.capture = store, capture

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main(["--store", str(self.store), *words])
        said = self.capture.readouterr()
        return code, said.out, said.err


@pytest.fixture
def desk(store: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(store, capsys)


def test_wards_are_printed_by_name_with_what_stands_out(desk: Desk) -> None:
    code, out, _ = desk.run("wards", "1.3", "--to", "2010-11")
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "1.3 Residential burglary by ward, April 2010 – March 2011 [Illustrative figures.]"
    assert lines[1] == "OFFICIAL; position to Q4 2010/11"
    names = [line.split("  ")[0] for line in lines[4:27]]
    assert names == [*sorted(names[:21]), "No ward known", "Borough"]
    assert [line for line in lines if "high (99.8 %)" in line and line.startswith(("Childs Hill", "Golders Green"))]
    assert "Of 21 wards, " in out


def test_the_same_as_json(desk: Desk) -> None:
    code, out, _ = desk.run("wards", "1.3", "--to", "2010-11-Q2", "--json")
    page = json.loads(out)
    assert code == 0
    assert (page["code"], page["places"]["total_text"], len(page["places"]["rows"])) == ("1.3", "1,404", 21)
    assert page["places"]["sentence"].startswith("Of 21 wards, ")


def test_a_wards_figures_lead_back_to_the_return(desk: Desk) -> None:
    code, out, _ = desk.run("wards", "1.3", "--to", "2010-11", "--cells", "childs hill", "--json")
    cells = json.loads(out)
    assert code == 0
    assert {one["file"] for one in cells} == {BY_WARD, "council-ward-profile-2011.xlsx"}
    assert cells[0]["period"] == "March 2011"
    assert cells[0]["text"] == cells[0]["figure"]
    code, _, error = desk.run("wards", "1.3", "--cells", "Camden Town")
    assert code == 3
    assert "No ward of the page is called “Camden Town”. There are: Brunswick Park," in error


def test_the_paper_is_written(desk: Desk, tmp_path: Path) -> None:
    out = tmp_path / "wards.pdf"
    code, said, _ = desk.run("wards", "1.3", "--out", str(out))
    assert (code, said) == (0, f"Wrote {out}.\n")
    assert "1.3 Residential burglary by ward" in page_texts(out.read_bytes())[0]
    assert desk.run("wards", "1.3", "--out", str(tmp_path / "nowhere" / "wards.pdf"))[0] == 3


def test_the_publics_copy_withholds_small_counts(desk: Desk) -> None:
    _, board, _ = desk.run("wards", "3.1", "--to", "2010-04")
    _, public, _ = desk.run("wards", "3.1", "--to", "2010-04", "--public")
    assert "fewer than 5" not in board
    assert "fewer than 5" in public
    code, _, error = desk.run("wards", "3.1", "--to", "2010-04", "--public", "--cells", "Hale")
    assert (code, error.startswith("A ward's cells are shown to the board alone")) == (3, True)
    code, _, error = desk.run("wards", "3.1", "--twelve-months", "--public")
    assert (code, error.startswith("The public's copy counts the year to date.")) == (3, True)


def test_a_page_with_nothing_to_show_is_not_printed(desk: Desk, tmp_path: Path) -> None:
    code, _, error = desk.run("wards", "2.1", "--out", str(tmp_path / "wards.pdf"))
    assert (code, error.startswith("There are no wards to print. ")) == (3, True)
    assert not (tmp_path / "wards.pdf").exists()


def test_what_is_not_there_is_told_in_a_sentence(desk: Desk) -> None:
    code, _, error = desk.run("wards", "9.9")
    assert code == 3
    assert error.startswith("No indicator has the code “9.9”. There are 1.1, ")
    code, out, _ = desk.run("wards", "3.2a")
    assert code == 0
    assert "There are no figures of" in out
