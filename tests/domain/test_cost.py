"""The cost of crime: sourced, confirmed, off until switched on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from scs_desktop.domain.cost import CostTable, Deflator, UnitCost, cost_of_crime

BURGLARY = UnitCost("burglary", "Burglary", Decimal(3268), "2003/04", "a study", confirmed=True)
ROBBERY = UnitCost("robbery", "Robbery", Decimal(11320), "2015/16", "a later study", confirmed=True)
TABLE = CostTable((BURGLARY, ROBBERY), on=True)
RECORDED = {"burglary": 3441, "robbery": 10}


def test_a_table_that_is_off_costs_nothing() -> None:
    assert cost_of_crime(replace(TABLE, on=False), RECORDED, prices="2003/04") is None


def test_without_multipliers_it_is_recorded_crime_only_and_other_years_prices_are_left_out() -> None:
    cost = cost_of_crime(TABLE, RECORDED, prices="2003/04")
    assert cost is not None
    assert cost.total == 3441 * 3268
    assert cost.recorded_only
    assert cost.sentence == (
        "Cost to society about £11.2 million (recorded crime only, 2003/04 prices). "
        "Left out, for want of a confirmed unit cost: Robbery."
    )


def test_a_deflator_brings_the_prices_together_and_a_multiplier_the_unrecorded_offences_in() -> None:
    table = CostTable(
        (replace(BURGLARY, multiplier=Decimal("2.8"), multiplier_source="a survey"), ROBBERY),
        (Deflator("2003/04", "2015/16", Decimal("1.25"), "an index"),),
        on=True,
    )
    cost = cost_of_crime(table, RECORDED, prices="2015/16")
    assert cost is not None
    assert [line.total for line in cost.lines] == [3441 * Decimal("2.8") * 3268 * Decimal("1.25"), 113200]
    assert cost.recorded_only, "robbery still has no multiplier"
    whole = replace(table, costs=(table.costs[0], replace(ROBBERY, multiplier=Decimal(3))))
    complete = cost_of_crime(whole, RECORDED, prices="2015/16")
    assert complete is not None
    assert "recorded" not in complete.sentence


def test_what_nobody_confirmed_counts_for_nothing() -> None:
    table = CostTable((replace(BURGLARY, confirmed=False), replace(ROBBERY, amount=None)), on=True)
    cost = cost_of_crime(table, {**RECORDED, "arson": 3, "rioting": 0}, prices="2003/04", names={"arson": "Arson"})
    assert cost is not None
    assert (cost.lines, cost.left_out) == ((), ("Burglary", "Robbery", "Arson"))
    assert cost.sentence == "No cost of crime: no unit cost of these offences is confirmed."


def test_small_sums_are_told_in_pounds() -> None:
    cost = cost_of_crime(TABLE, {"robbery": 10}, prices="2015/16")
    assert cost is not None
    assert cost.sentence.startswith("Cost to society about £113,200 (")


@pytest.mark.parametrize(
    ("unit", "count"),
    [(BURGLARY, -1), (replace(BURGLARY, amount=Decimal(-5)), 1), (replace(BURGLARY, multiplier=Decimal("0.5")), 1)],
)
def test_impossible_costs_are_a_bug(unit: UnitCost, count: int) -> None:
    with pytest.raises(ValueError, match="not negative"):
        cost_of_crime(CostTable((unit,), on=True), {"burglary": count}, prices="2003/04")
