"""The cost of crime from the table to the sentence, on the example's recorded crime."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scs_desktop.domain.cost import UnitCost
from scs_desktop.domain.cost_words import NOTHING_COUNTED, OFF
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import StoreKind
from scs_desktop.returns.questions import parse_answers
from scs_desktop.store import Store, open_store
from scs_desktop.workflows.cost_file import cost_table
from scs_desktop.workflows.cost_of_crime import (
    UnitCostEdit,
    cost_history,
    cost_of_crime,
    costs_report,
    current_costs,
    put_unit_cost,
    remove_unit_cost,
    restore_costs,
    set_cost_prices,
    set_deflator,
    set_unit_cost,
    switch_costs,
)
from scs_desktop.workflows.demo import EXAMPLES
from scs_desktop.workflows.import_return import agency_named, plan_return, store_return
from scs_desktop.workflows.overview import look
from scs_desktop.workflows.shipped import set_up_store
from tests.reports.papers import page_texts
from tests.workflows.ward_store import own_store, planned, stored

Q2 = date(2011, 9, 30)
YEARS = ("2010-11", "2011-12", "2012-13")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real store with three years of recorded crime and no unit costs of its own."""
    path = tmp_path_factory.mktemp("costs") / "own.scs"
    with set_up_store(path=path, kind=StoreKind.REAL, who="Officer") as store:
        sender = agency_named(store=store, name="Met").id
        answers = parse_answers((EXAMPLES / "answers" / "met-recorded-crime.json").read_text(encoding="utf-8"), "a")
        for year in YEARS:
            name = f"met-recorded-crime-{year}-q4.xlsx"
            data = (EXAMPLES / name).read_bytes()
            plan = plan_return(
                store=store, data=data, file_name=name, agency=sender, received=date(2013, 5, 1), answers=answers
            )
            store_return(store=store, plan=plan)
    return path


@pytest.fixture
def store(stocked: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy to change."""
    path = Path(shutil.copy(stocked, tmp_path / "own.scs"))
    with open_store(path, who="Officer") as opened:
        yield opened


def counted(store: Store) -> None:
    """Say what counts burglary and violence, and switch the table on."""
    set_unit_cost(store=store, kind="dwelling_burglary", edit=UnitCostEdit(counts="1.3"))
    set_unit_cost(store=store, kind="Violence against the person", edit=UnitCostEdit(counts="3.1"))
    switch_costs(store=store, on=True)


def test_it_begins_off_as_shipped_and_says_what_to_do(store: Store) -> None:
    found = cost_of_crime(store=store, position=Q2)
    assert found.sentence == OFF
    assert not found.shown
    assert found.table == cost_table()
    assert cost_history(store=store) == ()
    switch_costs(store=store, on=True)
    assert cost_of_crime(store=store, position=Q2).sentence == NOTHING_COUNTED


def test_the_year_to_date_beside_the_same_months_of_earlier_years(store: Store) -> None:
    counted(store)
    found = cost_of_crime(store=store, position=Q2)
    assert [(one.name, one.recorded) for one in found.now.counted] == [
        ("Burglary in a dwelling", 1577),
        ("Violence against the person", 1840),
    ]
    assert found.now.cost is not None
    assert found.now.cost.total == 1577 * 3268 + 1840 * 10407
    assert found.sentence == (
        "April–September 2011: burglary in a dwelling and violence against the person cost society about "
        "£24.3 million (recorded crime only, 2003/04 prices)."
    )
    assert found.before.recorded("dwelling_burglary") == 1404
    assert found.comparisons == ("£59,000 less than in the same months of 2010/11 (−0.2 %).",)
    assert "Without a count of their own: robbery, common assault" in found.left_out[0]


def test_two_years_on_both_the_year_before_and_the_baseline_year_are_compared(store: Store) -> None:
    counted(store)
    found = cost_of_crime(store=store, position=date(2013, 3, 31))
    assert [one.split("(")[0].strip() for one in found.comparisons] == [
        "£1.0 million less than in 2011/12",
        "£2.3 million less than in the baseline year, 2010/11",
    ]


def test_every_count_leads_to_its_cells(store: Store) -> None:
    counted(store)
    burglary = cost_of_crime(store=store, position=Q2).now.counted[0]
    cells = {cell.cell for one in burglary.figures for cell in store.sources(one)}
    assert len(burglary.figures) == len(cells) == 6


def test_before_the_baseline_year_ends_there_is_nothing_to_compare(store: Store) -> None:
    counted(store)
    found = cost_of_crime(store=store, position=date(2011, 3, 31))
    assert found.shown
    assert found.comparisons == ()


def test_a_multiplier_and_a_deflator_change_the_total_and_their_sources_are_wanted(store: Store) -> None:
    counted(store)
    with pytest.raises(UserError, match="name the publication that the multiplier is from"):
        set_unit_cost(store=store, kind="violence", edit=UnitCostEdit(multiplier=Decimal(2)))
    set_unit_cost(
        store=store, kind="violence", edit=UnitCostEdit(multiplier=Decimal(2), multiplier_source="Crime survey")
    )
    with pytest.raises(UserError, match="publication that the deflator is from"):
        set_deflator(store=store, prices="2003/04", into="2011/12", factor=Decimal("1.25"))
    set_deflator(store=store, prices="2003/04", into="2011/12", factor=Decimal("1.25"), source="GDP deflators")
    set_cost_prices(store=store, into="2011/12")
    found = cost_of_crime(store=store, position=Q2)
    assert found.now.cost is not None
    assert found.now.cost.total == (1577 * 3268 + 2 * 1840 * 10407) * Decimal("1.25")
    assert found.prices == "2011/12"
    assert "in part recorded crime only" in found.sentence, "burglary still has none"
    assert "Recorded crime only, for want of a multiplier: Burglary in a dwelling." in found.left_out
    set_deflator(store=store, prices="2003/04", into="2011/12", factor=None)
    assert "Without a confirmed amount" in cost_of_crime(store=store, position=Q2).left_out[0]


def test_one_kind_may_not_hold_another(store: Store) -> None:
    counted(store)
    with pytest.raises(UserError, match=r"1\.1  Total crime holds 1\.3  Residential burglary"):
        set_unit_cost(store=store, kind="theft", edit=UnitCostEdit(counts="1.1"))
    with pytest.raises(UserError, match=r"both count 1\.3"):
        set_unit_cost(store=store, kind="robbery", edit=UnitCostEdit(counts="Residential burglary"))
    assert all(one.counted is None for one in current_costs(store=store).costs if one.kind in {"theft", "robbery"})


def test_an_amount_changed_is_to_be_confirmed_anew(store: Store) -> None:
    counted(store)
    set_unit_cost(store=store, kind="violence", edit=UnitCostEdit(amount=Decimal(11000)))
    found = cost_of_crime(store=store, position=Q2)
    assert found.now.cost is not None
    assert [line.unit.kind for line in found.now.cost.lines] == ["dwelling_burglary"]
    assert any("Violence against the person" in said for said in found.left_out)
    set_unit_cost(store=store, kind="violence", edit=UnitCostEdit(confirm=True))
    assert cost_of_crime(store=store, position=Q2).now.total("violence") == 1840 * 11000


def test_every_edit_is_in_the_history_and_any_earlier_table_comes_back(store: Store) -> None:
    counted(store)
    before = cost_of_crime(store=store, position=Q2)
    as_at = store.change_number()
    set_unit_cost(store=store, kind="violence", edit=UnitCostEdit(amount=Decimal(1), confirm=True))
    remove_unit_cost(store=store, kind="dwelling_burglary", prices="2015/16")
    assert [one.summary for one in cost_history(store=store)] == [
        "Unit cost of Burglary in a dwelling removed",
        "Unit cost of violence against the person, 2003/04 prices",
        "Cost of crime switched on",
        "Unit cost of violence against the person, 2003/04 prices",
        "Unit cost of burglary in a dwelling, 2003/04 prices",
    ]
    assert cost_of_crime(store=store, position=Q2, as_at=as_at).table == before.table
    restore_costs(store=store, change=as_at)
    assert cost_of_crime(store=store, position=Q2).now == before.now
    with pytest.raises(UserError, match="costs history"):
        restore_costs(store=store, change=1)


def test_a_new_kind_is_added_and_counted_by_a_series(store: Store) -> None:
    counted(store)
    set_unit_cost(
        store=store,
        kind="Deliberate fire",
        edit=UnitCostEdit(amount=Decimal(5000), prices="2003/04", source="Fire study", confirm=True, counts="fires"),
    )
    kinds = {one.kind: one for one in current_costs(store=store).costs}
    assert kinds["deliberate_fire"].confirmed
    assert any("Deliberate fire (no figures)" in said for said in cost_of_crime(store=store, position=Q2).left_out)


@pytest.mark.parametrize(
    ("kind", "edit", "told"),
    [
        ("robbery", UnitCostEdit(amount=Decimal(5)), "2003/04 or 2015/16"),
        ("theft", UnitCostEdit(amount=Decimal(0)), "over £0"),
        ("theft", UnitCostEdit(prices="2003/05", amount=Decimal(1)), "written as 2015/16"),
        ("theft", UnitCostEdit(source=" ", confirm=True), "Name the publication"),
        ("theft", UnitCostEdit(multiplier=Decimal("0.5"), multiplier_source="x"), "1 or more"),
        ("theft", UnitCostEdit(counts="9.9"), "What can be counted"),
        ("Arson", UnitCostEdit(prices="2003/04", confirm=True), "no amount to confirm"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(store: Store, kind: str, edit: UnitCostEdit, told: str) -> None:
    with pytest.raises(UserError, match=told):
        set_unit_cost(store=store, kind=kind, edit=edit)
    assert cost_history(store=store) == ()


def test_an_amount_that_was_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    old = next(one for one in current_costs(store=store).costs if one.kind == "theft")
    set_unit_cost(store=store, kind="theft", edit=UnitCostEdit(amount=Decimal(900)))
    with pytest.raises(UserError, match="changed meanwhile"):
        put_unit_cost(store=store, new=UnitCost("theft", "Theft", Decimal(1), "2003/04", "s"), old=old)


def test_switching_on_wants_a_confirmed_amount(store: Store) -> None:
    for one in current_costs(store=store).costs:
        set_unit_cost(store=store, kind=one.kind, prices=one.prices, edit=UnitCostEdit(confirm=False))
    with pytest.raises(UserError, match="No amount is confirmed"):
        switch_costs(store=store, on=True)


def test_a_small_count_of_a_sensitive_indicator_makes_the_paper_sensitive(tmp_path: Path) -> None:
    out, april = tmp_path / "costs.pdf", date(2011, 4, 30)
    with own_store(tmp_path / "small.scs") as store:
        data = b"Ward,Offence,Apr-11\nBarnet,Burglary in a dwelling,3\n"
        stored(store, planned(store, "crime.csv", data, agency="Met"))
        set_unit_cost(store=store, kind="dwelling_burglary", edit=UnitCostEdit(counts="1.3"))
        switch_costs(store=store, on=True)
        costs_report(store=store, out=out, position=april)
        assert "OFFICIAL-SENSITIVE" not in " ".join(page_texts(out.read_bytes()))
        snapshot = look(store=store)
        use = next(one for one in snapshot.uses if one.code == "1.3")
        with store.change(summary="Burglary is sensitive") as change:
            change.save(replace(snapshot.definition_of(use), hide_small=True))
        costs_report(store=store, out=out, position=april)
    assert "Marked OFFICIAL-SENSITIVE: counts of 1 to 4 are shown." in " ".join(page_texts(out.read_bytes()))
