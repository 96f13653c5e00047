"""The board on the command line: meetings, a paper signed off, what is restated since, and its exact bytes."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import cast

import pytest

from tests.cli.test_commands import BURGLARY, Desk, answered, imported, recorded_crime

MEETING = ("--meeting", "2011-12-15")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def papers(desk: Desk) -> list[dict[str, object]]:
    code, found = desk.json("signed")
    assert code == 0
    return cast("list[dict[str, object]]", found)


def revised(desk: Desk) -> None:
    """A later return corrects September 2011 from 208 to 308."""
    path = desk.file("later.csv", recorded_crime(burglary=[*BURGLARY[:-1], 308]))
    answers = answered(desk, path, Who_sent="Metropolitan Police", Total_crime="all:1")
    code, out, err = desk.run("import", path, "--answers", answers)
    assert code == 0, out + err


def test_a_paper_is_signed_listed_and_written_out_to_the_byte(desk: Desk) -> None:
    imported(desk)
    assert desk.run("signed")[:2] == (0, "No paper is signed off yet.\n")
    code, out, err = desk.run("sign-off", *MEETING, "--marking", "OFFICIAL-SENSITIVE")
    assert (code, err) == (1, ""), "signed off, with doubts open"
    assert "Signed off for Safer Communities Partnership Board, Q2 2011/12: RAG summary, position to Q2 2011/12" in out
    assert "doubts are open" in out
    (paper,) = papers(desk)
    sha = cast("str", paper["sha256"])
    assert f"SHA-256 {sha}" in out
    first = desk.folder / "first.pdf"
    assert desk.run("signed", sha[:8], "--out", str(first))[0] == 0
    assert hashlib.sha256(first.read_bytes()).hexdigest() == sha

    revised(desk)
    again = desk.folder / "again.pdf"
    code, written = desk.json("signed", sha[:8], "--out", str(again))
    assert (code, written) == (0, {"pdf": str(again), "bytes": paper["size"]})
    assert again.read_bytes() == first.read_bytes()
    code, out, _ = desk.run("signed", sha[:8], "--restated")
    assert code == 0
    assert "1.3 Residential burglary: 1,577 → 1,677" in out
    assert "September 2011 208 → 308: “later.csv”, received" in out
    _, told = desk.json("signed", sha[:8], "--restated")
    assert isinstance(told, dict)
    assert {"ARRIVED", "REVISED"} & {
        cause["kind"].split()[-1].upper() for row in told["rows"] for cause in row["causes"]
    }
    code, out, _ = desk.run("signed")
    assert out.splitlines()[1].split()[-1] == str(len(told["rows"]))


def test_one_signed_paper_shows_its_statuses(desk: Desk) -> None:
    imported(desk)
    _, done = desk.json("sign-off", *MEETING, "--to", "2011-12-Q1")
    assert isinstance(done, dict)
    code, out, _ = desk.run("signed", done["sha256"][:8])
    assert code == 0
    assert "Q1 2011/12" in out
    assert "Residential burglary" in out
    code, shown = desk.json("signed", done["sha256"][:8])
    assert isinstance(shown, dict)
    assert shown["record"] == done["record"]


def test_a_signed_value_leads_to_its_cells(desk: Desk) -> None:
    imported(desk)
    desk.run("sign-off", *MEETING)
    (paper,) = papers(desk)
    revised(desk)
    code, out, _ = desk.run("signed", str(paper["sha256"])[:8], "--sources", "1.3")
    assert code == 0
    assert out.splitlines()[1].split() == ["September", "2011", "value", "208", "crime.csv", "U2", "208"]
    _, cells = desk.json("signed", str(paper["sha256"])[:8], "--sources", "1.3")
    assert isinstance(cells, list)
    assert len(cells) == 6


def test_a_paper_is_withdrawn_or_superseded_with_a_reason(desk: Desk) -> None:
    imported(desk)
    desk.run("sign-off", *MEETING)
    (paper,) = papers(desk)
    name = str(paper["sha256"])[:8]
    code, _, err = desk.run("sign-off", *MEETING)
    assert (code, "signed off for" in err) == (3, True)
    code, _, err = desk.run("supersede", name, *MEETING, "--reason", "September was wrong")
    assert (code, "is not after" in err) == (3, True)
    revised(desk)
    code, _ = desk.json("supersede", name, "--meeting", "2012-03-15", "--reason", "September was wrong")
    assert code == 1
    states = {str(one["summary"]["state"]): one for one in papers(desk)}  # type: ignore[index]
    assert set(states) == {"signed", "superseded"}
    assert "superseded: September was wrong" in desk.run("signed")[1]
    later = str(states["signed"]["sha256"])[:8]
    assert desk.run("withdraw", later, "--reason", "Not agreed")[:2] == (
        0,
        "Withdrawn: the paper of Q2 2011/12. It stays in the store as it was signed.\n",
    )
    code, _, err = desk.run("withdraw", later, "--reason", "Again")
    assert (code, "withdrawn already" in err) == (3, True)
    _, again = desk.json("sign-off", *MEETING, "--kind", "pack")
    assert isinstance(again, dict)
    assert again["record"]["report"] == "pack"
    code, told = desk.json("withdraw", again["sha256"][:8], "--reason", "Twice")
    assert (code, cast("dict[str, str]", told)["state"]) == (0, "withdrawn")


def test_what_cannot_be_signed_is_refused(desk: Desk) -> None:
    imported(desk)
    for words, said in (
        (("sign-off", "--meeting", "1999-01-01"), "There is no meeting “1999-01-01”"),
        (("sign-off", *MEETING, "--as-at", "2999-01-01"), "has not come yet"),
        (("sign-off", *MEETING, "--as-at", "1999-01-01"), "Nothing was recorded by 1 January 1999"),
        (("signed", "abcdef", "--restated"), "There is no signed paper “abcdef”"),
    ):
        code, out, err = desk.run(*words)
        assert (code, out) == (3, "")
        assert said in err


def test_meetings_are_added_and_listed(desk: Desk) -> None:
    desk.run("new")
    words = ("--to", "2013-14-Q4", "--cut-off", "2014-06-06", "--on", "2014-06-19", "--publication", "2014-07-07")
    assert desk.run("meeting", "add", *words)[:2] == (0, "Added Board, Q4 2013/14, 19 June 2014.\n")
    code, out, _ = desk.run("meeting", "list")
    assert code == 0
    assert out.splitlines()[-1].split() == [
        "2014-03-31", "2014-06-06", "2014-06-19", "2014-07-07", "Board,", "Q4", "2013/14",
    ]  # fmt: skip
    _, listed = desk.json("meeting", "list")
    _, other = desk.json("meeting", "add", *words, "--title", "Extraordinary meeting")
    assert isinstance(listed, list)
    assert isinstance(other, dict)
    assert other["title"] == "Extraordinary meeting"
    code, _, err = desk.run("meeting", "add", "--to", "2013-14-Q4", "--cut-off", "2014-01-01", "--on", "2014-06-19")
    assert (code, "cannot lie before the position" in err) == (3, True)


def test_what_is_asked_of_no_paper_is_refused_and_a_long_reason_leaves_the_list_readable(desk: Desk) -> None:
    imported(desk)
    for words in (["--restated"], ["--sources", "1.1"], ["--out", str(desk.folder / "none.pdf")]):
        code, out, said = desk.run("signed", *words)
        assert (code, out) == (3, "")
        assert "Say of which paper" in said
    desk.run("sign-off", *MEETING)
    paper = str(papers(desk)[0]["sha256"])[:8]
    desk.run("withdraw", paper, "--reason", "It was the draft, and then again the draft. " * 40)
    _, out, _ = desk.run("signed")
    assert max(len(line) for line in out.splitlines()) < 250
    _, out, _ = desk.run("signed", paper)
    assert "Withdrawn: " + "It was the draft, and then again the draft. " * 39 in out
