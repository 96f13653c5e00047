"""The made-up practice returns, where they lie beside the project: all figures right, all visible doubts asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.reader import read_workbook
from scs_desktop.returns.reading import read_grid
from scs_desktop.returns.records import Reading

FOLDER = Path(__file__).parents[2] / "../shared/exam/returns"
TRUTHS = sorted(FOLDER.glob("*.truth.json"))
# What one return alone cannot show: it takes the strategy or another return.
BEYOND = {
    "labels_disagree",
    "other_survey",
    "old_codes",
    "area_name",
    "no_baseline",
    "overlapping_cohorts",
    "disclosure_by_subtraction",
    "periods_differ",
}

if not TRUTHS:
    pytest.skip("the practice returns are not beside the project", allow_module_level=True)


def practice(path: Path) -> tuple[dict[str, Any], Reading]:
    truth = json.loads(path.read_text("utf-8"))
    return truth, read_grid(read_workbook(FOLDER / Path(truth["file"]).name))


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.split(".")[0])
def test_every_figure_is_right(path: Path) -> None:
    truth, reading = practice(path)
    found = {(record.sheet, address(record.row, record.column)): record for record in reading.records}
    for item in truth["truth"]:
        record = found[item["sheet"], item["cell"]]
        assert (None if record.value is None else float(record.value)) == (
            None if item["value"] is None else pytest.approx(item["value"])
        ), item
        assert record.kind in {item["kind"], *item.get("kind_ok", ())}, item
        if item["period"] != "any":
            given = None if record.period is None else [record.period.start.isoformat(), record.period.end.isoformat()]
            assert given in [item["period"], *item.get("period_ok", ())], item


@pytest.mark.parametrize("path", TRUTHS, ids=lambda path: path.name.split(".")[0])
def test_every_visible_doubt_is_asked_about(path: Path) -> None:
    truth, reading = practice(path)
    missed = [
        trap
        for trap in truth["traps"]
        if trap["rule"] not in BEYOND
        and not any(
            problem.sheet == trap["sheet"] and any(_meet(problem.range, cells) for cells in trap["cells"])
            for problem in reading.problems
        )
    ]
    assert missed == []


def _meet(area: Range, cells: str) -> bool:
    first, _, last = cells.partition(":")
    top, left = _place(first)
    bottom, right = _place(last or first)
    return area.top <= bottom and top <= area.bottom and area.left <= right and left <= area.right


def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :]), column
