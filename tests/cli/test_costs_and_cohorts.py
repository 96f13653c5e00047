"""The cost of crime and cohorts from the command line, as an officer sets them up and reads them."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from installer.make_cohort_examples import early_intervention
from scs_desktop.cli import main
from scs_desktop.workflows.demo import EXAMPLES
from tests.reports.papers import page_texts

RECEIVED, OTHERS = "Help: reached", "Help: not reached"


@dataclass
class Desk:
    """A store, and what the last command said."""

    store: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main(["--store", str(self.store), "--officer", "A. Officer", *words])
        said = self.capture.readouterr()
        return code, said.out, said.err

    def refused(self, *words: str) -> str:
        code, _, said = self.run(*words)
        assert code == 3
        return said.strip()


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two years of recorded crime."""
    path = tmp_path_factory.mktemp("stocked") / "own.scs"
    assert main(["--store", str(path), "new"]) == 0
    answers = str(EXAMPLES / "answers" / "met-recorded-crime.json")
    for year in ("2010-11", "2011-12"):
        file = str(EXAMPLES / f"met-recorded-crime-{year}-q4.xlsx")
        assert main(["--store", str(path), "import", file, "--agency", "Met", "--answers", answers]) == 0
    return path


@pytest.fixture
def desk(stocked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    capsys.readouterr()
    return Desk(Path(shutil.copy(stocked, tmp_path / "own.scs")), capsys)


def test_the_table_is_filled_switched_on_printed_and_brought_back(desk: Desk) -> None:
    assert "The table of unit costs is off" in desk.run("costs")[1]
    assert "off" in desk.refused("costs", "--out", str(desk.store.with_name("no.pdf")))
    assert desk.run("costs", "set", "dwelling_burglary", "--counts", "1.3")[0] == 0
    assert desk.run("costs", "on")[0] == 0
    code, out, _ = desk.run("costs", "--to", "2011-12-Q2")
    assert code == 0
    assert "April–September 2011: burglary in a dwelling cost society about £5.2 million" in out
    assert "more than in the same months of 2010/11 (+12.3 %)." in out
    before = json.loads(desk.run("costs", "history", "--json")[1])[0]["number"]
    code, out, _ = desk.run(
        "costs", "set", "dwelling_burglary", "--prices", "2003/04", "--amount", "£4,000", "--confirm", "--json"
    )
    assert code == 0
    assert json.loads(out)["costs"][0]["amount"] == 4000
    assert "£6.3 million" in desk.run("costs", "--to", "2011-12-Q2")[1]
    assert desk.run("costs", "restore", str(before))[0] == 0
    assert "£5.2 million" in desk.run("costs", "--to", "2011-12-Q2")[1]
    paper = desk.store.with_name("costs.pdf")
    assert json.loads(desk.run("costs", "--out", str(paper), "--json")[1]) == {"pdf": str(paper)}
    assert paper.read_bytes().startswith(b"%PDF")


def test_deflators_and_prices(desk: Desk) -> None:
    desk.run("costs", "set", "dwelling_burglary", "--counts", "1.3")
    desk.run("costs", "on")
    assert "publication" in desk.refused("costs", "deflator", "2003/04", "2011/12", "1.25")
    assert desk.run("costs", "deflator", "2003/04", "2011/12", "1.25", "--source", "GDP deflators")[0] == 0
    assert "prices: 2011/12" in desk.run("costs", "into", "2011/12")[1]
    assert "£6.4 million (recorded crime only, 2011/12 prices)" in desk.run("costs", "--to", "2011-12-Q2")[1]
    assert desk.run("costs", "into", "latest")[0] == 0
    assert desk.run("costs", "deflator", "2003/04", "2011/12", "0")[0] == 0
    assert "Deflator" not in desk.run("costs", "table")[1]
    assert "not a number" in desk.run("costs", "set", "theft", "--amount", "lots")[2]


def test_what_counts_twice_is_refused(desk: Desk) -> None:
    desk.run("costs", "set", "dwelling_burglary", "--counts", "1.3")
    assert "1.1  Total crime holds 1.3  Residential burglary" in desk.refused(
        "costs", "set", "theft", "--counts", "1.1"
    )


def test_cohorts_are_set_up_brought_and_compared(desk: Desk, tmp_path: Path) -> None:
    assert "cohorts add" in desk.run("cohorts")[1]
    words = ("cohorts", "add", "Help", "--priority", "5", "--series", RECEIVED, "--other", OTHERS)
    assert "which agency sends it" in desk.refused(*words)
    code, out, _ = desk.run(*words, "--agency", "Children's Service", "--json")
    assert code == 0
    made = json.loads(out)
    file = tmp_path / "help.xlsx"
    file.write_bytes(early_intervention(3))
    columns = {
        "value": "% re offended within 12 months",
        "numerator": "re offended within 12 months",
        "denominator": "young people",
    }
    groups = {made["series"]: "received early intervention", made["other"]: "did not receive early intervention"}
    answers = [
        {"key": f"rows/{series}/{part}", "answer": f"row:{group} › {column}"}
        for series, group in groups.items()
        for part, column in columns.items()
    ]
    said = tmp_path / "answers.json"
    said.write_text(json.dumps({"questions": answers}), encoding="utf-8")
    assert desk.run("import", str(file), "--agency", "Children's Service", "--answers", str(said))[0] == 0
    code, out, _ = desk.run("cohorts", "--to", "2012-13")
    assert code == 0
    assert "Reached: 28 of 113 re-offended (24.8 %). Not reached: 62 of 150 (41.3 %)." in out
    assert "3 of 14 (21.4 %)" in out
    public = desk.run("cohorts", "--to", "2012-13", "--public")[1]
    assert "fewer than 5 of 14" in public
    assert "3 of 14" not in public
    paper = desk.store.with_name("cohorts.pdf")
    assert desk.run("cohorts", "--to", "2012-13", "--out", str(paper))[0] == 0
    assert "Read from " in " ".join(page_texts(paper.read_bytes()))
    assert desk.run("cohorts", "--to", "2012-13", "--public", "--out", str(paper))[0] == 0
    printed = " ".join(page_texts(paper.read_bytes()))
    assert "Source: " in printed
    assert not any(word in printed for word in ("Read from", "xlsx", "cell"))


def test_public_json_holds_no_withheld_count(desk: Desk, tmp_path: Path) -> None:
    test_cohorts_are_set_up_brought_and_compared(desk, tmp_path)
    (pair,) = json.loads(desk.run("cohorts", "--to", "2012-13", "--public", "--json")[1])["pairs"]
    first = pair["intakes"][0]
    assert first["group"]["events"] is None
    assert first["group"]["share"] is None
    assert first["comparison"] is None


def test_a_comparison_is_removed_by_its_name(desk: Desk) -> None:
    words = ("cohorts", "add", "Help", "--priority", "5", "--series", RECEIVED, "--other", OTHERS)
    desk.run(*words, "--agency", "Children's Service")
    assert "is called “Hilfe”" in desk.refused("cohorts", "remove", "Hilfe")
    assert desk.run("cohorts", "remove", "help")[0] == 0
    assert "cohorts add" in desk.run("cohorts")[1]
    assert "There is no priority 12" in desk.refused(*words[:3], "--priority", "12", *words[5:])
