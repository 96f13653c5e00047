"""What the program ships with: one strategy, its areas, and faults in a shipped file that are named."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scs_desktop.domain.areas import AreaKind, AreaRole
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.strategy import IndicatorKind, Polarity, RatedPart
from scs_desktop.domain.targets import BaselineKind, TargetKind, TargetState
from scs_desktop.store.version_2 import HIDING_SMALL, STRAYING
from scs_desktop.workflows.resource_file import RESOURCES, DamagedResourceError
from scs_desktop.workflows.shipped import set_up_store, shipped_strategies
from scs_desktop.workflows.shipped_areas import load_area_files, shipped_areas
from scs_desktop.workflows.strategy_file import ShippedStrategy, load_strategy_file

STRATEGY_FILE = RESOURCES / "strategies" / "barnet-2011-14.json"


@pytest.fixture(scope="module")
def barnet() -> ShippedStrategy:
    (only,) = shipped_strategies()
    return only


def test_eight_priorities_and_twenty_eight_indicators(barnet: ShippedStrategy) -> None:
    assert [one.number for one in barnet.priorities] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert len(barnet.uses) == len(barnet.indicators) == len(barnet.definitions) == len(barnet.baselines) == 28
    assert [one.order for one in barnet.uses] == list(range(1, 29))
    per_priority = [sum(use.priority == one.id for use in barnet.uses) for one in barnet.priorities]
    assert per_priority == [3, 9, 4, 4, 1, 0, 3, 4]


def test_every_year_has_an_approved_target_of_direction_alone(barnet: ShippedStrategy) -> None:
    by_use = {use.id: [one for one in barnet.targets if one.use == use.id] for use in barnet.uses}
    for targets in by_use.values():
        assert [one.year.start.year for one in targets] == [2011, 2012, 2013]
        assert {(one.kind, one.state, one.value) for one in targets} == {
            (TargetKind.DIRECTION, TargetState.APPROVED, None)
        }


@pytest.mark.parametrize(
    ("code", "count", "rate"),
    [
        ("1.1", "27705", "74.922"),
        ("1.2", "8192", "23.877"),
        ("1.3", "3362", "24.841"),
        ("3.1", "4438", "12.935"),
        ("3.2a", "3529", "10.29"),
        ("3.2b", "1218", "3.55"),
    ],
)
def test_counts_and_rates_stand_as_printed(barnet: ShippedStrategy, code: str, count: str, rate: str) -> None:
    use = next(one for one in barnet.uses if one.code == code)
    baseline = next(one for one in barnet.baselines if one.use == use.id)
    printed_count, printed_rate = baseline.of(Part.VALUE, Unit.COUNT), baseline.of(Part.VALUE, Unit.RATE)
    assert printed_count is not None
    assert printed_rate is not None
    assert printed_count.measured.value == Decimal(count)
    assert (str(printed_rate.measured.value), printed_rate.per) == (rate, Decimal(1000))
    assert printed_rate.denominator == "population"
    assert count in baseline.printed
    assert rate in baseline.printed


def test_percentages_stand_as_printed(barnet: ShippedStrategy) -> None:
    printed = {
        use.code: next(one.printed for one in barnet.baselines if one.use == use.id)
        for use in barnet.uses
        if use.code[:2] in {"2.", "8."} or use.code in {"3.3", "4.3", "4.4", "7.1", "7.3"}
    }
    assert printed == {
        "2.1": "24%", "2.2a": "21%", "2.2b": "21%", "2.2c": "19%", "2.2d": "9%", "2.2e": "10%", "2.2f": "13%",
        "2.2g": "5%", "2.2h": "9%", "3.3": "21%", "4.3": "18%", "4.4": "83%", "7.1": "5.25%", "7.3": "8%",
        "8.1": "31%", "8.2": "99%", "8.3": "88%", "8.4": "25%",
    }  # fmt: skip


def test_what_the_source_leaves_open_is_left_open(barnet: ShippedStrategy) -> None:
    baseline_of = {use.code: next(one for one in barnet.baselines if one.use == use.id) for use in barnet.uses}
    to_establish = [code for code, one in baseline_of.items() if one.kind is BaselineKind.TO_BE_ESTABLISHED]
    assert to_establish == ["7.2"]
    first_year = baseline_of["7.2"].establish_from
    assert first_year is not None
    assert (first_year.start, first_year.end) == (date(2011, 4, 1), date(2012, 3, 31))
    assert baseline_of["7.2"].period is None
    assert {code for code, one in baseline_of.items() if one.other_years} == {"4.2"}
    assert [use.code for use in barnet.uses if use.direction is None] == ["3.1", "5.1"]
    labels = [use.label for use in barnet.uses]
    assert {use.code for use in barnet.uses if labels.count(use.label) > 1} == {"8.3", "8.4"}
    assert {use.direction for use in barnet.uses if use.code in {"8.3", "8.4"}} == {Polarity.HIGHER}


def test_the_figures_behind_a_doubt_are_all_there(barnet: ShippedStrategy) -> None:
    definition = {
        use.code: next(one for one in barnet.definitions if one.indicator == use.indicator) for use in barnet.uses
    }
    indicator = {use.code: use.indicator for use in barnet.uses}
    assert definition["3.2a"].part_of == (indicator["3.2b"],)
    assert definition["3.2a"].polarity is Polarity.GUARDED_HIGHER
    assert definition["3.2a"].guards == (indicator["3.3"], indicator["7.3"])
    assert {one.name: one.value for one in barnet.denominators} == {
        "population": Decimal(343100),
        "households": Decimal(135341),
    }
    group = [use.code for use, one in zip(barnet.uses, barnet.indicators, strict=True) if one.group]
    assert len(group) == 8
    assert all(len(definition[code].stated_members) == 7 for code in group)
    assert definition["4.1"].usual_range == (Decimal(40), Decimal(200))
    assert definition["4.2"].rated is RatedPart.PERCENT_AGAINST_PREDICTED
    assert definition["5.1"].kind is IndicatorKind.ACTIVITY


def test_surveys_carry_an_assumed_sample_that_says_so(barnet: ShippedStrategy) -> None:
    samples = [one.sample for one in barnet.definitions if one.question or one.sample]
    assert len(samples) == 14
    assert all(one is not None and one.assumed and one.source for one in samples)


def test_violence_strays_less_than_acquisitive_crime_and_small_numbers_of_victims_and_the_young_are_hidden(
    barnet: ShippedStrategy,
) -> None:
    code = {use.indicator: use.code for use in barnet.uses}
    assert {code[one.indicator]: one.tau for one in barnet.definitions if one.tau is not None} == {
        "3.1": Decimal("0.09")
    }
    hidden = {code[one.indicator] for one in barnet.definitions if one.hide_small}
    assert hidden == {"3.2a", "3.2b", "3.3", "4.1", "7.3"}


def test_a_weight_and_a_design_effect_are_read_where_a_strategy_states_them(tmp_path: Path) -> None:
    text = STRATEGY_FILE.read_text(encoding="utf-8")
    text = text.replace('"code": "1.3"', '"weight": "2.5", "code": "1.3"', 1)
    text = text.replace('"what": "answers"', '"design_effect": "1.5", "what": "answers"', 1)
    path = tmp_path / "weighted.json"
    path.write_text(text, encoding="utf-8")
    read = load_strategy_file(path)
    assert [(use.code, use.weight) for use in read.uses if use.weight != 1] == [("1.3", Decimal("2.5"))]
    effects = [one.sample.design_effect for one in read.definitions if one.sample is not None]
    assert sorted(effects) == [Decimal(1)] * (len(effects) - 1) + [Decimal("1.5")]


def test_rollup_headlines_and_measures(barnet: ShippedStrategy) -> None:
    code = {use.id: use.code for use in barnet.uses}
    assert [use.code for use in barnet.uses if use.headline] == ["1.1", "1.3", "2.1", "3.1", "4.2", "5.1", "7.1", "8.1"]
    assert [(tuple(code[use] for use in one.uses), one.as_rate) for one in barnet.headlines] == [
        (("1.1",), True),
        (("2.1",), False),
        (("8.2", "8.3"), False),
    ]
    sixth = barnet.priorities[5]
    assert [code[use] for use in sixth.derived_from] == ["1.1", "7.1", "7.2", "7.3"]


def test_every_priority_has_its_actions_in_order(barnet: ShippedStrategy) -> None:
    counts = [sum(one.priority == priority.id for one in barnet.actions) for priority in barnet.priorities]
    assert counts == [7, 9, 11, 5, 4, 6, 6, 12]
    assert barnet.actions[1].text == "disrupt organised criminal networks"
    assert [one.due for one in barnet.actions if one.due] == [date(2013, 3, 31)]


def test_partners_that_end_have_successors(barnet: ShippedStrategy) -> None:
    by_id = {one.id: one for one in barnet.agencies}
    ended = [one for one in barnet.agencies if one.valid_to is not None]
    assert {(one.short_name, one.valid_to) for one in ended} == {
        ("MPA", date(2012, 1, 15)),
        ("NHS", date(2013, 3, 31)),
        ("Probation", date(2014, 5, 31)),
    }
    for one in ended:
        assert one.successor is not None
        start = by_id[one.successor].valid_from
        assert one.valid_to is not None
        assert start is not None
        assert (start - one.valid_to).days == 1


def test_each_indicator_has_one_preferred_series_and_owes_a_return(barnet: ShippedStrategy) -> None:
    for use in barnet.uses:
        preferred = [one for one in barnet.series if one.indicator == use.indicator and one.preferred]
        assert len(preferred) == 1
        assert [one.series for one in barnet.expected if one.series == preferred[0].id] == [preferred[0].id]
    assert not any(one.illustrative for one in barnet.series)
    assert sum(one.indicator is None for one in barnet.series) == 7


def test_meetings_have_their_four_dates_in_order(barnet: ShippedStrategy) -> None:
    assert len(barnet.meetings) == 11
    for one in barnet.meetings:
        assert one.publication is not None
        assert one.position < one.cut_off < one.meeting < one.publication


def test_areas_of_the_borough_then_and_now() -> None:
    areas = shipped_areas()
    (home,) = [one for one in areas if one.role is AreaRole.HOME]
    assert (home.name, [code.code for code in home.codes]) == ("Barnet", ["E09000003", "00AC"])
    wards = [one for one in areas if one.kind is AreaKind.WARD]
    assert {one.parent for one in wards} == {home.id}
    old = [one for one in wards if one.valid_to == date(2022, 5, 4)]
    new = [one for one in wards if one.valid_from == date(2022, 5, 5)]
    assert (len(old), len(new), len(wards)) == (21, 24, 45)
    by_id = {one.id: one for one in areas}
    colindale = next(one for one in old if one.name == "Colindale")
    assert [by_id[one].name for one in colindale.successors] == ["Colindale North", "Colindale South"]
    boroughs = [one for one in areas if one.kind is AreaKind.BOROUGH]
    assert len(boroughs) == 33
    assert sum(one.role is AreaRole.COMPARATOR for one in boroughs) == 32
    codes = [(code.family, code.code) for one in areas for code in one.codes]
    assert len(set(codes)) == len(codes)


def _damaged(tmp_path: Path, old: str, new: str) -> Path:
    text = STRATEGY_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "damaged.json"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"format": 1', '"format": 9', "“format”: is 9, not 1"),
        ('"polarity": "lower"', '"polarity": "downward"', "“downward” is none of"),
        ('"number": "27705"', '"number": "27 705"', "“27 705” is no number"),
        ('"label": "Reduction in total crime"', '"lable": "Reduction in total crime"', "“label”: is missing"),
        ('"headline": true', '"head_line": true', "“head_line”: is not a field that is known here"),
        ('"2.2b"', '"2.2a"', "2.2a stands for two indicators"),
        ('"agency": "met"', '"agency": "police"', "nothing here is called “police”"),
        ('"start": "2011-04-01"', '"start": "1 April 2011"', "“1 April 2011” is no date"),
        ('"tau": "0.09"', '"tau": "9"', "“tau”: 9 is no share between 0 and 1"),
        ('"code": "1.1"', '"weight": "-1", "code": "1.1"', "“weight”: -1 is below nought"),
        ('"what": "answers"', '"design_effect": "0", "what": "answers"', "“design_effect”: 0 is no design effect"),
        ("{", "", "cannot be read"),
    ],
)
def test_a_damaged_strategy_file_is_named_with_the_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(DamagedResourceError) as raised:
        load_strategy_file(_damaged(tmp_path, old, new))
    assert "damaged.json" in str(raised.value)
    assert said in str(raised.value)


def test_an_area_with_an_unknown_parent_is_named(tmp_path: Path) -> None:
    path = tmp_path / "areas.json"
    area = {"id": str(shipped_areas()[0].id), "kind": "ward", "names": ["Nowhere"], "parent": "E09999999"}
    path.write_text(json.dumps({"format": 1, "areas": [area]}), encoding="utf-8")
    with pytest.raises(DamagedResourceError, match="no area bears the code E09999999"):
        load_area_files((path,))


def test_a_new_store_begins_with_the_strategy_and_its_areas(tmp_path: Path, barnet: ShippedStrategy) -> None:
    with set_up_store(path=tmp_path / "new.scs", kind=StoreKind.REAL, who="an officer") as store:
        assert store.strategies() == (barnet.strategy,)
        snapshot = store.snapshot(barnet.strategy.id)
        assert snapshot.kind is StoreKind.REAL
        assert sorted(snapshot.uses, key=lambda one: one.order) == list(barnet.uses)
        assert set(snapshot.baselines.values()) == set(barnet.baselines)
        assert {one for targets in snapshot.targets.values() for one in targets} == set(barnet.targets)
        assert set(snapshot.series.values()) == set(barnet.series)
        assert set(store.areas()) == set(shipped_areas())
        assert [change.summary for change in store.changes()] == ["Areas and strategy as shipped", "Store created"]


def test_no_store_is_made_over_a_file_that_is_there(tmp_path: Path) -> None:
    path = tmp_path / "taken.scs"
    path.write_text("something of the officer's")
    with pytest.raises(UserError, match="already"):
        set_up_store(path=path, kind=StoreKind.REAL, who="an officer")
    assert path.read_text() == "something of the officer's"


def test_a_store_of_version_1_is_told_what_the_strategy_says_since_of_its_definitions() -> None:
    """Else a public copy made from an older store would show the small numbers that a new one hides."""
    (shipped,) = shipped_strategies()
    assert set(HIDING_SMALL) == {str(one.id) for one in shipped.definitions if one.hide_small}
    assert set(STRAYING) == {(str(one.id), str(one.tau)) for one in shipped.definitions if one.tau is not None}
