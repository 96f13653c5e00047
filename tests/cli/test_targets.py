"""Targets, suppositions and rollups from the command line, on a real store."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from scs_desktop.cli import main
from tests.workflows.test_signed_past import stored


@dataclass
class Desk:
    """A store with one indicator, baseline 100 and first year 99, and what commands say of it."""

    path: Path
    capture: pytest.CaptureFixture[str]

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main(["--store", str(self.path), "--officer", "A. Officer", *words])
        said = self.capture.readouterr()
        return code, said.out, said.err

    def json(self, *words: str) -> Any:  # noqa: ANN401 - as JSON has it
        code, out, _ = self.run(*words, "--json")
        assert code == 0
        return json.loads(out)

    @property
    def light(self) -> str:
        (priority,) = self.json("status", "--to", "2011-12")["priorities"]
        return str(priority["indicators"][0]["status"]["light"])


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    path = tmp_path / "store.scs"
    stored(path).close()
    return Desk(path, capsys)


@pytest.mark.parametrize(
    ("words", "light", "against"),
    [
        (["--rule", "literal"], "green", "100"),
        (["--rule", "path", "--target", "A=90"], "amber", "97"),
        (["--better-by", "10"], "amber", "97"),
        (["--target", "A=90"], "red", "90"),
        (["--target", "A=-10%"], "red", "90"),
        (["--target", "A=90", "--tolerance", "11"], "amber", "90"),
    ],
)
def test_why_the_rule_must_be_shown(desk: Desk, words: list[str], light: str, against: str) -> None:
    """100, then 99, with 90 wanted in three years: any reduction is Green, 5 % of the path Amber, of its end Red."""
    found = desk.json("what-if", "--to", "2011-12", *words)
    (row,) = found["lights"]
    assert (row["status"]["light"], row["comparator_text"]) == (light, against)
    if words[:2] == ["--rule", "path"]:
        assert row["status"]["comparator"] == pytest.approx(96.67, abs=0.01)
    assert desk.light == "amber"


def test_what_flips_is_said_with_its_why(desk: Desk) -> None:
    code, out, _ = desk.run("what-if", "--to", "2011-12", "--rule", "literal", "--only", "A")
    lines = out.splitlines()
    assert code == 0
    assert lines[0] == "Position to Q4 2011/12. Nothing is stored."
    assert lines[1] == "1 of 1 light flips: 1 to green."
    assert lines[2].startswith("  A Burglary: Amber to Green. Green: 99 burglaries against 100 in 2010/11 (−1.0 %).")
    _, out, _ = desk.run("what-if", "--to", "2011-12", "--rule", "usual", "--only", "A")
    assert "None of 1 light would flip." in out
    assert "  A Burglary stays Amber. Amber: 99 burglaries" in out
    _, out, _ = desk.run("what-if", "--to", "2011-12", "--tolerance", "10")
    assert "No target here is a number, so the tolerance plays no part." in out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["what-if", "--rule", "path"], "A path needs its end"),
        (["what-if", "--rule", "literal", "--better-by", "5"], "--better-by is the end of a path"),
        (["what-if", "--target", "A=few"], "“A=few” is no target"),
        (["what-if", "--only", "Z"], "No indicator has the code “Z”. There are A."),
        (["target", "propose", "A", "--year", "2014-15", "--value", "90"], "2014/15 is outside the strategy"),
        (["target", "approve", "--meeting", "2012-05-03"], "There is nothing to approve"),
        (["target", "withdraw", "A", "--year", "2011-12", "--proposed", "--reason", "x"], "A has no proposed target"),
        (["rollup", "--rule", "weighted"], "Say for which priority"),
        (["rollup", "1", "--rule", "weighted", "--reason", "x"], "needs the post that decided"),
        (["rollup", "1", "--weight", "Z=2"], "Priority 1 has no indicator “Z”. It has A."),
        (["rollup", "1", "--weight", "A=heavy"], "is no weight"),
        (["override", "1", "--to", "2011-12", "--withdraw"], "nothing is decided over the rule"),
        (["override", "9", "--to", "2011-12", "--withdraw"], "no single priority"),
    ],
)
def test_each_refusal_is_a_sentence(desk: Desk, words: list[str], sentence: str) -> None:
    code, out, err = desk.run(*words)
    assert (code, out) == (3, "")
    assert sentence in err


def test_a_target_from_proposal_to_approval_and_withdrawal(desk: Desk) -> None:
    propose = ("target", "propose", "A", "--year", "2011-12", "--value", "90")
    _, out, _ = desk.run(*propose, "--dry-run")
    assert out.startswith("It would be proposed: a target of A for 2011/12.")
    assert "Once approved, at the latest position: 1 of 1 light flips: 1 to red." in out
    _, out, _ = desk.run("targets")
    assert out.splitlines()[-1] == "1 indicator; 0 proposed targets to approve."
    _, out, _ = desk.run(*propose, "--note", "Asked by the board.")
    assert out.startswith("Proposed: a target of A for 2011/12.")
    _, out, _ = desk.run("targets")
    assert "reduction; proposed 90" in out
    assert out.splitlines()[-1] == "1 indicator; 1 proposed target to approve."
    assert desk.light == "amber"
    _, out, _ = desk.run("target", "approve", "--meeting", "2012-05-03")
    assert out.startswith("Approved at the meeting of 2012-05-03: 1 of 1 proposed.\n")
    assert desk.light == "red"
    _, out, _ = desk.run("target", "withdraw", "A", "--year", "2011-12", "--reason", "Redefined.")
    assert out.startswith("Withdrawn: the approved target of A for 2011/12.\n")
    assert desk.light == "None"
    desk.run("undo")
    assert desk.light == "red"


def test_the_review_says_whom_it_leaves_out(desk: Desk) -> None:
    review = ("target", "review", "--year", "2012-13", "--better-by", "3")
    found = desk.json(*review, "--dry-run")
    assert (found["stored"], len(found["targets"]), found["left_out"]) == (False, 1, [])
    _, out, _ = desk.run(*review, "--only", "A")
    assert out.startswith("1 target proposed.")
    assert "It rules from 2012/13 on" in out
    with pytest.raises(AssertionError):
        desk.json("target", "review", "--year", "2012-13", "--better-by", "300")


def test_worse_than_the_baseline_is_asked_about(desk: Desk) -> None:
    _, out, _ = desk.run("target", "propose", "A", "--year", "2012-13", "--value", "110", "--dry-run")
    assert "  look again: A target of 110 is worse than the 2010/11 baseline of 100: lower is better here." in out


def test_a_priority_is_rolled_up_by_a_chosen_rule_and_overridden_with_a_reason(desk: Desk) -> None:
    chair = ("--reason", "One gang, since arrested", "--by", "Chair")
    _, out, _ = desk.run("rollup", "1", "--rule", "worst-of", "--to", "2011-12", *chair)
    assert out.splitlines() == ["1 Priority 1 is Amber; it was Amber.", "None of 1 priority would flip."]
    _, out, _ = desk.run("rollup", "1", "--to", "2011-12", "--weight", "A=2", "--dry-run")
    assert out.startswith("1 Priority 1 would be Amber")
    over = ("override", "1", "--to", "2011-12")
    _, out, _ = desk.run(*over, "--light", "green", *chair)
    assert out.splitlines() == [
        "1 Priority 1 is Green; it was Amber.",
        "1 of 1 priority flips: 1 to green (1 Amber to Green).",
    ]
    _, out, _ = desk.run("rollup", "1", "--to", "2011-12")
    assert "  Green by decision of the Chair, " in out
    assert "since arrested; by the rule: Amber, the worst light: A is amber." in out
    assert "  rule: worst of, chosen by the Chair: One gang, since arrested" in out
    assert "  weight 1: A Burglary" in out
    (shown,) = desk.json("rollup", "--to", "2011-12")
    assert shown["override"]["light"] == "green"
    _, out, _ = desk.run(*over, "--withdraw")
    assert out.startswith("1 Priority 1 is Amber; it was Green.")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--target", "A=1e30"], "too large a number"),
        (["--target", "A=-5"], "less than none cannot be"),
        (["--target", "A=-120%"], "less than none cannot be"),
        (["--better-by", "-3"], "between 0 and 1000 %"),
        (["--each-year"], "add --better-by"),
        (["--tolerance", "-4"], "between 0 and 100 %"),
        (["--tolerance-points", "101"], "between 0 and 100 points"),
    ],
)
def test_what_cannot_be_is_not_supposed(desk: Desk, words: list[str], why: str) -> None:
    code, _, said = desk.run("what-if", "--to", "2011-12", *words)
    assert code == 3
    assert why in said


def test_no_path_is_supposed_to_end_below_none(desk: Desk) -> None:
    code, said, _ = desk.run("what-if", "--to", "2011-12", "--better-by", "200")
    assert code == 0
    assert "None of 1 light would flip." in said
    assert "A keeps its target: less than none cannot be." in said


@pytest.mark.parametrize(
    ("day", "why"),
    [("2999-01-01", "The board has not met on 1 January 2999 yet"), ("1850-01-01", "the strategy’s baseline year")],
)
def test_nothing_is_approved_at_a_meeting_that_cannot_have_been(desk: Desk, day: str, why: str) -> None:
    desk.run("target", "propose", "A", "--year", "2011-12", "--value", "90")
    code, _, said = desk.run("target", "approve", "--meeting", day)
    assert code == 3
    assert why in said
    assert desk.light == "amber"


def test_approving_says_which_lights_flipped(desk: Desk) -> None:
    desk.run("target", "propose", "A", "--year", "2011-12", "--value", "90")
    code, said, _ = desk.run("target", "approve", "--meeting", "2012-05-03")
    assert code == 0
    assert "1 of 1 light flips: 1 to red." in said
    assert desk.light == "red"


def test_a_meeting_that_a_signed_paper_names_is_not_undone_with_what_it_approved(desk: Desk) -> None:
    desk.run("target", "propose", "A", "--year", "2011-12", "--value", "90")
    desk.run("target", "approve", "--meeting", "2012-08-09")
    approval = desk.json("history", "--last", "1")[0]["number"]
    assert desk.run("sign-off", "--meeting", "2012-08-09", "--to", "2011-12-Q4")[0] in {0, 1}
    code, _, said = desk.run("undo", "--change", str(approval))
    assert code == 3
    assert "added a meeting that a signed paper names, so it stays" in said
    (paper,) = desk.json("signed")
    assert paper["meeting_title"] == "Board, Q1 2012/13"


def test_a_meeting_at_which_another_target_was_approved_is_not_undone_first(desk: Desk) -> None:
    for year in ("2011-12", "2012-13"):
        desk.run("target", "propose", "A", "--year", year, "--value", "90")
        desk.run("target", "approve", "--meeting", "2012-08-09")
    second, _, first, _ = (one["number"] for one in desk.json("history", "--last", "4"))
    assert desk.run("undo", "--change", str(first))[0] == 3
    assert desk.run("undo", "--change", str(second))[0] == 0
    assert desk.run("undo", "--change", str(first))[0] == 0
    assert desk.run("redo")[0] == 0


def test_withdrawing_says_which_lights_go_with_it(desk: Desk) -> None:
    desk.run("target", "propose", "A", "--year", "2011-12", "--value", "90")
    desk.run("target", "approve", "--meeting", "2012-05-03")
    code, said, _ = desk.run("target", "withdraw", "A", "--year", "2011-12", "--reason", "Given up")
    assert code == 0
    assert "1 of 1 light flips: 1 to unrated." in said


def test_a_path_that_ends_in_the_year_of_the_position_rules_that_year(desk: Desk) -> None:
    """The first year alone is told as ruled later, where it is."""
    desk.run("target", "propose", "A", "--year", "2011-12", "--value", "99", "--tolerance", "0")
    desk.run("target", "approve", "--meeting", "2012-05-03")
    _, said, _ = desk.run("target", "propose", "A", "--year", "2011-12", "--value", "99", "--path", "--dry-run")
    assert "None of 1 light would flip." in said
    assert "It rules from" not in said
    _, said, _ = desk.run("target", "propose", "A", "--year", "2012-13", "--value", "98", "--dry-run")
    assert "It rules from 2012/13 on" in said
