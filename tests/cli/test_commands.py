"""The command line as an officer uses it: a return from question to light, taken back, and every refusal a sentence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from scs_desktop.cli import main

MONTHS = [f"2010{number:02d}" for number in range(4, 13)] + [f"2011{number:02d}" for number in range(1, 10)]
BURGLARY = [220, 211, 222, 244, 251, 256, 284, 352, 298, 397, 305, 314, 291, 269, 280, 271, 258, 208]
SHOPS = [300 + number % 7 for number in range(18)]


def recorded_crime(*, burglary: list[int] = BURGLARY) -> str:
    """Return a monthly return of two boroughs, as the police send it."""
    rows = [
        ["BURGLARY", "BURGLARY IN A DWELLING", "Barnet", *burglary],
        ["THEFT", "THEFT FROM SHOPS", "Barnet", *SHOPS],
        ["BURGLARY", "BURGLARY IN A DWELLING", "Camden", *[9000] * 18],
    ]
    head = ",".join(["MajorText", "MinorText", "BoroughName", *MONTHS])
    return "\n".join([head, *(",".join(str(cell) for cell in row) for row in rows)]) + "\n"


@dataclass
class Desk:
    """A folder with a store in it, and what the last command said."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    @property
    def store(self) -> Path:
        return self.folder / "strategy.scs"

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def run(self, *words: str) -> tuple[int, str, str]:
        code = main(["--store", str(self.store), "--officer", "A. Officer", *words])
        said = self.capture.readouterr()
        return code, said.out, said.err

    def json(self, *words: str) -> tuple[int, object]:
        code, out, _ = self.run(*words, "--json")
        return code, json.loads(out)


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def answered(desk: Desk, path: str, **wanted: str) -> str:
    """Dry-run a file, answer its questions by a word of each, and return the answers file."""
    _, plan = desk.json("import", path, "--dry-run")
    assert isinstance(plan, dict)
    for question in plan["questions"]:
        word = next((key for key in wanted if key.replace("_", " ") in question["ask"]), None)
        question["answer"] = wanted[word] if word else "none"
    return desk.file("answers.json", json.dumps(plan["questions"]))


def imported(desk: Desk, name: str = "crime.csv", **crime: list[int]) -> None:
    path = desk.file(name, recorded_crime(**crime))
    answers = answered(desk, path, Who_sent="Metropolitan Police", Total_crime="all:1")
    code, out, err = desk.run("import", path, "--answers", answers)
    assert code == 0, out + err


def rows(position: object) -> dict[str, dict[str, object]]:
    assert isinstance(position, dict)
    return {row["code"]: row for priority in position["priorities"] for row in priority["indicators"]}


def test_a_return_goes_from_questions_to_a_light(desk: Desk) -> None:
    path = desk.file("crime.csv", recorded_crime())
    code, plan = desk.json("import", path, "--dry-run")
    assert code == 1
    assert isinstance(plan, dict)
    assert {"Who sent this file?", "Which rows are 1.1 Total crime?"} <= {one["ask"] for one in plan["questions"]}
    assert not desk.store.exists()
    imported(desk)
    code, position = desk.json("status", "--to", "2011-12-Q2")
    assert code == 0
    burglary = rows(position)["1.3"]
    assert (burglary["value"], burglary["comparator"]) == (1577, 1404)
    status = burglary["status"]
    assert isinstance(status, dict)
    assert status["light"] == "amber"
    assert status["p_value"] == pytest.approx(0.059, abs=0.0005)


def test_one_set_of_answers_is_enough(desk: Desk) -> None:
    """What the likeliest answers would raise is asked in the same breath, so that no second round is needed."""
    odd = [*BURGLARY[:9], 3970, *BURGLARY[10:]]
    path = desk.file("crime.csv", recorded_crime(burglary=odd))
    _, plan = desk.json("import", path, "--dry-run")
    assert isinstance(plan, dict)
    asked = [question["ask"] for question in plan["questions"]]
    assert any("Total crime" in one and "usually about" in one for one in asked), asked
    for question in plan["questions"]:
        question["answer"] = question["choices"][0]["answer"]
    answers = desk.file("answers.json", json.dumps(plan["questions"]))
    code, out, _ = desk.run("import", path, "--answers", answers)
    assert (code, out.strip().splitlines()[-1].strip()) == (0, "stored.")


def test_nothing_is_stored_without_accept_or_answers(desk: Desk) -> None:
    desk.run("new")
    path = desk.file("crime.csv", recorded_crime())
    code, out, _ = desk.run("import", path, "--agency", "Metropolitan Police")
    assert code == 1
    assert "nothing stored" in out
    assert desk.json("imports") == (0, [])


def test_accept_stores_what_is_certain_and_says_what_is_still_asked(desk: Desk) -> None:
    desk.run("new")
    path = desk.file("crime.csv", recorded_crime())
    code, plan = desk.json("import", path, "--agency", "Metropolitan Police", "--accept")
    assert code == 1
    assert isinstance(plan, dict)
    assert plan["stored"]
    assert {figure["indicator"] for figure in plan["figures"]} == {"Residential burglary"}
    assert plan["open"]


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    imported(desk)
    _, history = desk.json("imports")
    code, out, _ = desk.run("import", str(desk.folder / "crime.csv"), "--accept")
    assert code == 0
    assert "already imported" in out
    assert desk.json("imports")[1] == history


def test_the_next_file_of_the_layout_asks_nothing_and_shows_what_it_revises(desk: Desk) -> None:
    imported(desk)
    changed = [*BURGLARY[:-1], 209]
    path = desk.file("next.csv", recorded_crime(burglary=changed))
    code, plan = desk.json("import", path, "--accept")
    assert code == 0
    assert isinstance(plan, dict)
    assert plan["open"] == []
    revised = [(one["indicator"], one["before"], one["value"]) for one in plan["figures"] if one["effect"] == "revised"]
    assert ("Residential burglary", 208, 209) in revised


def test_undo_brings_the_earlier_figures_back_and_the_past_keeps_both(desk: Desk) -> None:
    imported(desk)
    _, before = desk.json("status", "--to", "2011-12-Q2")
    path = desk.file("next.csv", recorded_crime(burglary=[*BURGLARY[:-1], 309]))
    assert desk.run("import", path, "--accept")[0] == 0
    _, between = desk.json("status", "--to", "2011-12-Q2")
    assert rows(between)["1.3"]["value"] != rows(before)["1.3"]["value"]
    code, out, _ = desk.run("undo", "next.csv")
    assert code == 0
    assert "Taken back" in out
    _, after = desk.json("status", "--to", "2011-12-Q2")
    assert {code: row["value"] for code, row in rows(after).items()} == {
        code: row["value"] for code, row in rows(before).items()
    }
    code, _, err = desk.run("undo", "next.csv")
    assert code == 3
    assert err.count("\n") == 1


def test_a_doubt_is_decided_with_a_reason_and_the_light_follows(desk: Desk) -> None:
    imported(desk)
    _, position = desk.json("status", "--to", "2011-12-Q2")
    status = rows(position)["1.1"]["status"]
    assert isinstance(status, dict)
    assert status["unrated"] == "baseline in doubt"
    code, doubts = desk.json("check")
    assert code == 1
    assert isinstance(doubts, list)
    key = next(one["finding"]["key"] for one in doubts if one["finding"]["rule"] == "count_against_rate")
    code, _, err = desk.run("decide", key, "--choose", "nonsense", "--reason", "because")
    assert code == 3
    assert "choose from" in err
    assert desk.run("decide", key, "--choose", "count", "--reason", " ")[0] == 3
    assert desk.run("decide", key, "--choose", "count", "--reason", "The rate agrees with 25,705.")[0] == 0
    _, doubts = desk.json("check")
    assert isinstance(doubts, list)
    decided = next(one for one in doubts if one["finding"]["key"] == key)
    assert decided["decision"]["reason"] == "The rate agrees with 25,705."


def test_read_needs_no_store_and_prints_the_agreed_form(desk: Desk) -> None:
    path = desk.file("crime.csv", recorded_crime())
    code, found = desk.json("read", path)
    assert code == 0
    assert isinstance(found, dict)
    assert set(found) >= {"file", "sha256", "tables", "records", "left_out", "problems"}
    first = found["records"][0]
    assert (first["cell"], first["value"], first["unit"]) == ("D2", 220, "count")
    assert first["period"] == {"start": "2010-04-01", "end": "2010-04-30", "label": "201004"}
    assert not desk.store.exists()


def test_a_backup_can_be_opened_as_a_store(desk: Desk) -> None:
    imported(desk)
    copy = desk.folder / "copy.scs"
    assert desk.run("backup", "--out", str(copy))[0] == 0
    code = main(["--store", str(copy), "status", "--to", "2011-12-Q2", "--json"])
    assert code == 0
    assert rows(json.loads(desk.capture.readouterr().out))["1.3"]["value"] == 1577


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["status"], 3),
        (["read", "missing.xlsx"], 3),
        (["status", "--to", "Easter"], 2),
        (["report", "novel", "--out", "x.pdf"], 2),
        (["sing"], 2),
    ],
)
def test_every_refusal_is_one_sentence(desk: Desk, words: list[str], code: int) -> None:
    found, out, err = desk.run(*words)
    assert found == code
    assert out == ""
    assert err.strip()
    assert "Traceback" not in err


@pytest.mark.parametrize("text", ["not json", "[1, 2]", '{"area": 7}'])
def test_an_answers_file_that_is_none_is_refused(desk: Desk, text: str) -> None:
    path = desk.file("crime.csv", recorded_crime())
    code, _, err = desk.run("import", path, "--answers", desk.file("answers.json", text), "--dry-run")
    assert code == 3
    assert "answers.json" in err


def test_before_the_first_day_of_a_store_a_sentence_says_since_when_there_is_one(desk: Desk) -> None:
    desk.run("new")
    code, _, err = desk.run("status", "--as-at", "1999-01-01")
    assert code == 3
    assert err.startswith("This store held no strategy yet then. It has since ")
