"""The lights that Barnet's real figures must give, alike in the window, on the command line and on paper."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from scs_desktop.cli import main
from scs_desktop.domain.position import IndicatorPosition, StrategyPosition, Unrated
from scs_desktop.store import open_store
from scs_desktop.ui.priority.model import COLUMNS
from scs_desktop.workflows.overview import overview
from tests.ui.conftest import Desk

Q1, Q2, Q4 = date(2011, 6, 30), date(2011, 9, 30), date(2012, 3, 31)
EXPECTED = {
    (Q2, "1.1"): ("Amber", "13,050", "12,518", "+4.2 %", 0.135),
    (Q4, "1.1"): ("Amber", "25,729", "25,135", "+2.4 %", 0.28),
    (Q2, "1.3"): ("Amber", "1,577", "1,404", "+12.3 %", 0.059),
    (Q4, "1.3"): ("Amber", "3,441", "3,354", "+2.6 %", 0.51),
}
SURVEYS = ("2.1", "2.2a", "2.2b", "2.2c", "2.2d", "2.2e", "2.2f", "2.2g", "2.2h", "8.1", "8.2", "8.3", "8.4")
TO = {Q2: "2011-12-Q2", Q4: "2011-12-Q4"}


def in_the_window(desk: Desk, day: date) -> dict[str, dict[str, str]]:
    """Return every indicator's row as the priority pages show it, by code."""
    desk.session.show_at(day, None)
    desk.settle()
    assert desk.session.position is not None
    return {
        row.code: {column.title: column.text(row) for column in COLUMNS}
        for priority in desk.session.position.priorities
        for row in priority.indicators
    }


def on_the_command_line(store: Path, day: date, capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    """Return every indicator's row as status --json prints it, by code."""
    capsys.readouterr()
    assert main(["--store", str(store), "status", "--to", TO[day], "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    return {row["code"]: row for priority in printed["priorities"] for row in priority["indicators"]}


def on_paper(store: Path, day: date, folder: Path) -> str:
    """Return the text of the board's page."""
    out = folder / f"{day}.pdf"
    assert main(["--store", str(store), "report", "summary", "--to", TO[day], "--out", str(out)]) == 0
    document = pypdfium2.PdfDocument(out)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return re.sub(r"\s+", " ", text)


def test_the_lights_to_expect_stand_alike_everywhere(
    desk: Desk, example_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.open(example_copy)
    windows = {day: in_the_window(desk, day) for day in (Q2, Q4)}
    desk.session.close()
    for day, shown in windows.items():
        printed = on_the_command_line(example_copy, day, capsys)
        paper = on_paper(example_copy, day, tmp_path)
        for (when, code), (light, value, comparator, change, chance) in EXPECTED.items():
            if when != day:
                continue
            row = printed[code]
            status = row["status"]
            assert isinstance(status, dict)
            assert [shown[code][head] for head in ("Light", "Latest", "Against", "Change")] == [
                light,
                value,
                comparator,
                change,
            ]
            assert (str(status["light"]).capitalize(), row["value_text"], row["comparator_text"]) == (
                light,
                value,
                comparator,
            )
            assert status["p_value"] == pytest.approx(chance, abs=0.005)
            assert re.search(rf"A {re.escape(code)} .{{1,90}}{value} .{{1,40}}{comparator} {re.escape(change)}", paper)


def test_surveys_overlap_the_baseline_at_q2_and_are_rated_at_q4(
    desk: Desk, example_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.open(example_copy)
    windows = {day: in_the_window(desk, day) for day in (Q2, Q4)}
    desk.session.close()
    assert {windows[Q2][code]["Light"] for code in SURVEYS} == {"overlaps baseline"}
    assert {windows[Q4][code]["Light"] for code in SURVEYS} <= {"Red", "Amber", "Green"}
    for day in (Q2, Q4):
        printed = on_the_command_line(example_copy, day, capsys)
        for code in SURVEYS:
            status = printed[code]["status"]
            assert isinstance(status, dict)
            word = str(status["unrated"] or status["light"])
            assert word == windows[day][code]["Light"].lower()
    assert on_paper(example_copy, Q2, tmp_path).count("overlaps baseline") >= len(SURVEYS)


def row_of(position: StrategyPosition, code: str) -> IndicatorPosition:
    """Return the row of the code."""
    return next(row for priority in position.priorities for row in priority.indicators if row.code == code)


def test_total_crime_shows_its_three_readings_before_the_doubt_is_decided(desk: Desk, example_copy: Path) -> None:
    with open_store(example_copy, who="Officer") as store:
        decided = next(one for one in reversed(store.changes()) if "count_against_rate" in one.summary)
        readings = row_of(overview(store=store, position=Q1, as_at=decided.number - 1), "1.1").readings
    assert sorted(one.baseline or 0 for one in readings) == [25135, 25705, 27705]
    desk.open(example_copy)
    desk.session.show_at(Q1, decided.number - 1)
    desk.settle()
    assert desk.session.position is not None
    shown = row_of(desk.session.position, "1.1")
    assert shown.status.unrated is Unrated.BASELINE_IN_DOUBT
    assert [one.name for one in shown.readings] == [one.name for one in readings]
