"""Rows of the methods that only partners' real series, the shipped resources or a pair of eyes can show."""

from __future__ import annotations

import csv
import json
import statistics
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from scs_desktop.domain import appearance
from scs_desktop.domain.appearance import PROCESS_COLOURS, ProcessMark, light_mark, unrated_mark
from scs_desktop.domain.arrival import outlier
from scs_desktop.domain.comparison import compare_counts
from scs_desktop.domain.path import path_light
from scs_desktop.domain.position import Light, Unrated
from scs_desktop.domain.targets import Tolerance
from tests.domain.test_appearance import contrast, lightness

MONTHLY = "MPS Borough Level Crime (Historical).csv"
HISTORY = 24
LABELS = 3
BEFORE_THE_LOCKDOWNS = 120


@pytest.fixture(scope="module")
def rows(shared: Path) -> list[list[str]]:
    path = shared / "data" / "returns" / MONTHLY
    if not path.exists():
        pytest.skip("the police's monthly file is not beside the project")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))[1:]


# --- 2 Status -------------------------------------------------------------------------------------


def test_where_the_comparator_is_nought_the_tolerance_is_absolute() -> None:
    tolerance = Tolerance(Decimal(2), in_points=False)
    lights = [path_light(Decimal(value), Decimal(0), None, -1, tolerance).light for value in (0, 2, 3)]
    assert lights == [Light.GREEN, Light.AMBER, Light.RED]


# --- 3 Comparing ----------------------------------------------------------------------------------


def test_counting_chance_alone_calls_two_thirds_of_londons_changes_in_burglary_clear(rows: list[list[str]]) -> None:
    """Years 2010/11 to 2018/19 of every borough, each against the one before."""
    boroughs: defaultdict[str, list[int]] = defaultdict(lambda: [0] * 9)
    for major, _, borough, *months in rows:
        if major.upper() == "BURGLARY":
            for year in range(9):
                boroughs[borough][year] += sum(int(one or 0) for one in months[12 * year : 12 * year + 12])
    changes = [pair for years in boroughs.values() for pair in pairwise(years) if pair[0] >= 100]
    clear = sum(compare_counts(*pair).p_chance < 0.05 for pair in changes)
    assert len(changes) > 250
    assert 0.60 <= clear / len(changes) <= 0.70


# --- 7 Checks -------------------------------------------------------------------------------------


def _real_series(rows: list[list[str]]) -> Iterator[list[Decimal]]:
    for row in rows[::12]:
        counts = [Decimal(one or 0) for one in row[LABELS : LABELS + BEFORE_THE_LOCKDOWNS]]
        if len(counts) > HISTORY and statistics.median(counts) >= 20:
            yield counts


def test_few_real_months_are_asked_about_and_hardly_a_slip_is_missed(rows: list[list[str]]) -> None:
    """Every twelfth series of the file; all of them are judged by ``tests/benchmarks/arrival_checks.py``."""
    judged = asked = found = slips = 0
    for counts in _real_series(rows):
        for place in range(HISTORY, len(counts), 3):
            history, value = counts[place - HISTORY : place], counts[place]
            if statistics.median(history) < 20:
                continue
            judged += 1
            asked += outlier(history, value) is not None
            for slip in (value * 10, (value / 10).to_integral_value(), Decimal(0)):
                slips += 1
                found += outlier(history, slip) is not None
    assert judged > 1000
    assert asked / judged < 0.02
    assert found / slips > 0.97


# --- 8 Cost of crime ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prices", "amounts"),
    [
        ("2003/04", {3268, 7282, 10407, 1440, 31438, 866, 844}),
        ("2015/16", {5930, 11320, 14050, 1350, 10290}),
    ],
)
def test_the_known_unit_costs_are_shipped_as_data_each_with_its_source(prices: str, amounts: set[int]) -> None:
    path = Path(__file__).resolve().parents[2] / "resources" / "cost-of-crime.json"
    costs = [one for one in json.loads(path.read_text(encoding="utf-8"))["costs"] if one["prices"] == prices]
    assert {int(one["amount"]) for one in costs} == amounts
    assert all(one["source"] for one in costs)
    assert {int(one["amount"]) for one in costs if not one["confirmed"]} <= {5930}


# --- 9 Colour, shape, print -----------------------------------------------------------------------


def _as_seen_without(cone: str, colour: str) -> tuple[float, float, float]:
    """Return a colour as a dichromat sees it (Viénot, Brettel and Mollon 1999), in linear RGB."""
    parts = [int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    if cone == "red":
        mixed = 0.11238 * red + 0.88762 * green
        return mixed, mixed, 0.00401 * red - 0.00401 * green + blue
    mixed = 0.29275 * red + 0.70725 * green
    return mixed, mixed, -0.02234 * red + 0.02234 * green + blue


@pytest.mark.parametrize("cone", ["red", "green"])
def test_the_lights_stay_apart_for_eyes_without_the_red_or_the_green_cone(cone: str) -> None:
    seen = [_as_seen_without(cone, light_mark(light).fill) for light in Light]
    for first, second in combinations(seen, 2):
        assert max(abs(one - other) for one, other in zip(first, second, strict=True)) > 0.1


def test_the_lights_have_the_fills_texts_and_edges_of_the_table() -> None:
    marks = {light: light_mark(light) for light in Light}
    assert [(marks[one].fill, marks[one].text) for one in (Light.GREEN, Light.AMBER, Light.RED)] == [
        ("#00866B", appearance.PAPER),
        ("#FFBF00", "#0B0C0C"),
        ("#8E0E23", appearance.PAPER),
    ]
    assert marks[Light.AMBER].border == "#0B0C0C"
    for state in Unrated:
        mark = unrated_mark(state)
        assert (mark.fill, mark.border, mark.text, mark.letter, mark.word) == (
            appearance.PAPER, "#505A5F", "#0B0C0C", "–", state.value,
        )  # fmt: skip
        assert mark.dashed


def test_lines_and_the_focus_have_the_colours_of_the_table() -> None:
    assert appearance.SERIES == ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
    assert (appearance.FOCUS, appearance.FOCUS_BACKGROUND) == ("#12436D", "#BFBFBF")
    assert contrast(appearance.FOCUS, appearance.FOCUS_BACKGROUND) >= 3


def test_common_cause_and_improvement_are_one_grey_on_paper_so_shapes_tell_them_apart() -> None:
    assert PROCESS_COLOURS[ProcessMark.COMMON].lower() == "#a6a6a6"
    assert PROCESS_COLOURS[ProcessMark.IMPROVEMENT].lower() == "#00b0f0"
    assert PROCESS_COLOURS[ProcessMark.CONCERN].lower() == "#e46c0a"
    assert PROCESS_COLOURS[ProcessMark.NEUTRAL].lower() == "#490092"
    greys = [lightness(PROCESS_COLOURS[one]) for one in (ProcessMark.COMMON, ProcessMark.IMPROVEMENT)]
    assert abs(greys[0] - greys[1]) < 5
