"""Doubts, overall measures and the program's words from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import Desk, imported


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def test_a_decision_is_taken_back_with_a_reason(desk: Desk) -> None:
    imported(desk)
    key = "count_against_rate:1.1"
    assert desk.run("decide", key, "--choose", "count", "--reason", "The rate agrees with 25,705.")[0] == 0
    _, out, _ = desk.run("check", "--only", "decided")
    assert f"{key} [corrected: The rate agrees with 25,705.]" in out
    assert desk.run("decide", key, "--take-back", "--reason", " ")[0] == 3
    code, out, _ = desk.run("decide", key, "--take-back", "--reason", "The author denies it.")
    assert (code, out.strip()) == (0, f"Taken back: {key} is open again.")
    _, found = desk.json("check", "--only", "open")
    assert isinstance(found, list)
    assert key in {one["finding"]["key"] for one in found}
    assert all(one["open"] for one in found)
    code, _, err = desk.run("decide", key, "--take-back", "--reason", "Twice.")
    assert (code, "there is no decision to take back" in err) == (3, True)


def test_the_status_begins_with_the_overall_measures_and_their_parts(desk: Desk) -> None:
    imported(desk)
    _, out, _ = desk.run("status", "--to", "2011-12-Q2")
    assert "Total crime per 1,000 population: baseline in doubt – " in out
    assert "8.2 walking alone during the day: no data" in out
    _, position = desk.json("status", "--to", "2011-12-Q2")
    assert isinstance(position, dict)
    safe = position["headlines"][2]
    assert safe["name"] == "How safe residents feel"
    assert [one["code"] for one in safe["parts"]] == ["8.2", "8.3"]
    assert "in own home" in safe["not_covered"]


def test_a_word_is_looked_up_without_a_store(desk: Desk) -> None:
    code, out, _ = desk.run("glossary", "rollup")
    assert code == 0
    assert out.startswith("Rollup: a priority's light from its indicators' lights.")
    code, words = desk.json("glossary")
    assert isinstance(words, list)
    assert len(words) > 40
    code, _, err = desk.run("glossary", "zebra")
    assert (code, "no “zebra”" in err) == (3, True)
