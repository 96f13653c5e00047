"""The cost of crime at a position, and the table of unit costs that the officer fills, confirms and switches on.

A store begins with the table that the program ships with, off. Each edit is a version with its history:
any earlier one can be brought back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.cost import TABLE_ID, CostTable, Deflator, UnitCost
from scs_desktop.domain.cost_position import CostPosition
from scs_desktop.domain.costing import cost_position, countable
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import Change, ChangeKind
from scs_desktop.domain.periods import month_end
from scs_desktop.domain.publication import Marking
from scs_desktop.domain.suppression import SMALLEST_SHOWN
from scs_desktop.workflows.cost_checks import check_costs
from scs_desktop.workflows.cost_file import cost_table
from scs_desktop.workflows.overview import latest_position, look
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scs_desktop.domain.cost_position import Countable
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class UnitCostEdit:
    """What is to be other in a unit cost; None where it stays as it is.

    Attributes:
        counts: label, code or name of what is counted; empty for nothing.
        confirm: whether the amount was compared with its source; None keeps that while amount, prices and source
            stay the same.

    """

    name: str | None = None
    amount: Decimal | None = None
    prices: str | None = None
    source: str | None = None
    multiplier: Decimal | None = None
    multiplier_source: str | None = None
    confirm: bool | None = None
    counts: str | None = None
    no_multiplier: bool = False


def cost_of_crime(
    *, store: Store, position: date | None = None, as_at: int | None = None, strategy: UUID | None = None
) -> CostPosition:
    """Cost the recorded crime of the year to date, beside the year before and the baseline year.

    ``position``, ``as_at`` and ``strategy`` are as in the overview. While the table is off the result says what to do.

    Raises:
        UserError: the store holds no strategy.

    """
    snapshot = look(store=store, as_at=as_at, strategy=strategy)
    day = month_end(position) if position is not None else latest_position(snapshot)
    return cost_position(snapshot, snapshot.costs or cost_table(), day)


def current_costs(*, store: Store, as_at: int | None = None) -> CostTable:
    """Return the store's table of unit costs; as shipped where none was kept yet."""
    return next(iter(store.all_of(CostTable, as_at=as_at)), None) or cost_table()


def save_costs(*, store: Store, table: CostTable, summary: str, at: datetime | None = None) -> CostTable:
    """Keep the table as a new version with its history, and return it.

    Raises:
        UserError: an amount, multiplier, deflator, year or source is missing or cannot be, or two kinds would count
            the same offences.

    """
    checked = replace(table, id=TABLE_ID)
    check_costs(checked, countable(look(store=store)))
    with store.change(summary=summary, at=at) as change:
        change.save(checked)
    return checked


def set_unit_cost(
    *, store: Store, kind: str, edit: UnitCostEdit, prices: str | None = None, at: datetime | None = None
) -> CostTable:
    """Change a unit cost, or add one, and return the table.

    ``kind`` is its key or name; ``prices`` tells which of several it is (``edit.prices`` where not given). What is
    counted holds for every amount of the kind.

    Raises:
        UserError: see :func:`save_costs`; or it is not clear which amount is meant.

    """
    table = current_costs(store=store)
    wanted = kind.strip()
    mine = [one for one in table.costs if wanted.casefold() in {one.kind.casefold(), one.name.casefold()}]
    year = prices or edit.prices
    old = _meant(mine, year, wanted, edit)
    if old is None:
        key = mine[0].kind if mine else _key_of(wanted)
        name = mine[0].name if mine else wanted
        counted = mine[0].counted if mine else None
        new = _edited(UnitCost(key, name, None, year or "", "", counted=counted), edit)
    else:
        new = _edited(old, edit)
    if edit.counts is not None:
        new = replace(new, counted=_counted_by(edit.counts, countable(look(store=store))))
    return put_unit_cost(store=store, new=new, old=old, at=at)


def new_kind(*, store: Store, name: str) -> str:
    """Return the key of a kind of offence of that name: the table's own, else a new one."""
    wanted = name.strip().casefold()
    found = next((one.kind for one in current_costs(store=store).costs if one.name.casefold() == wanted), None)
    return found or _key_of(name)


def _key_of(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", name.strip().casefold()).strip("_")


def put_unit_cost(*, store: Store, new: UnitCost, old: UnitCost | None = None, at: datetime | None = None) -> CostTable:
    """Put an amount into the table, in place of another if one is given, and return the table.

    Its name and what is counted hold for every amount of the kind.

    Raises:
        UserError: see :func:`save_costs`; or the other is not there any more.

    """
    table = current_costs(store=store)
    if old is not None and old not in table.costs:
        raise UserError(f"The amount for {old.name} was changed meanwhile. Look at it again before you save.")
    costs = [new if one == old else one for one in table.costs] if old is not None else [*table.costs, new]
    costs = [replace(one, name=new.name, counted=new.counted) if one.kind == new.kind else one for one in costs]
    told = f"Unit cost of {new.name[:1].lower()}{new.name[1:]}" + (f", {new.prices} prices" if new.prices else "")
    return save_costs(store=store, table=replace(table, costs=tuple(costs)), summary=told, at=at)


def remove_unit_cost(*, store: Store, kind: str, prices: str) -> CostTable:
    """Take an amount out of the table and return the table.

    Raises:
        UserError: there is no such amount.

    """
    table = current_costs(store=store)
    gone = next((one for one in table.costs if (one.kind, one.prices) == (kind, prices)), None)
    if gone is None:
        raise UserError(f"The table has no amount for {kind} in {prices} prices. Nothing was changed.")
    kept = tuple(one for one in table.costs if one is not gone)
    return save_costs(store=store, table=replace(table, costs=kept), summary=f"Unit cost of {gone.name} removed")


def set_deflator(*, store: Store, prices: str, into: str, factor: Decimal | None, source: str = "") -> CostTable:
    """Say what brings amounts of one year's prices into another's, with its source; no factor takes it out.

    Raises:
        UserError: see :func:`save_costs`.

    """
    table = current_costs(store=store)
    prices, into = prices.strip(), into.strip()
    rest = tuple(one for one in table.deflators if (one.prices, one.into) != (prices, into))
    if factor is None and len(rest) == len(table.deflators):
        raise UserError(f"The table has no deflator from {prices} into {into} prices. Nothing was changed.")
    made = rest if factor is None else (*rest, Deflator(prices, into, factor, source.strip()))
    told = f"Deflator from {prices} into {into} prices" + (" removed" if factor is None else "")
    return save_costs(store=store, table=replace(table, deflators=made), summary=told)


def switch_costs(*, store: Store, on: bool, at: datetime | None = None) -> CostTable:
    """Switch the table on or off and return it.

    Raises:
        UserError: no amount is confirmed yet.

    """
    table = current_costs(store=store)
    if on and not any(one.confirmed for one in table.costs):
        raise UserError("No amount is confirmed yet. Compare one with its source and confirm it before switching on.")
    told = f"Cost of crime switched {'on' if on else 'off'}"
    return save_costs(store=store, table=replace(table, on=on), summary=told, at=at)


def set_cost_prices(*, store: Store, into: str) -> CostTable:
    """Choose the year in whose prices the cost is given; empty for the latest of what is counted.

    Raises:
        UserError: it is no year.

    """
    table = replace(current_costs(store=store), into=into.strip())
    return save_costs(store=store, table=table, summary=f"Cost of crime in {into.strip() or 'the latest'} prices")


def cost_history(*, store: Store) -> tuple[Change, ...]:
    """Return the changes of the table, the latest first."""
    numbers = {line.change for line in store.audit(entity_id=TABLE_ID)}
    return tuple(one for one in store.changes() if one.number in numbers)


def restore_costs(*, store: Store, change: int) -> CostTable:
    """Bring the table back as it stood after a change, as of now, and return it.

    Raises:
        UserError: the table was not changed then.

    """
    found = next((one for one in cost_history(store=store) if one.number == change), None)
    if found is None:
        raise UserError(f"Change {change} is none of the table of unit costs. The command costs history lists them.")
    table = next(iter(store.all_of(CostTable, as_at=change)), None) or cost_table()
    with store.change(kind=ChangeKind.ENTRY, summary=f"Unit costs as after “{found.summary}”") as recorder:
        recorder.save(table)
    return table


def costs_report(
    *,
    store: Store,
    out: Path,
    position: date | None = None,
    as_at: int | None = None,
    marking: Marking = Marking.OFFICIAL,
    printed_on: date | None = None,
) -> Path:
    """Write the cost of crime as a PDF and return its path.

    A paper that shows a count of 1 to 4 of a sensitive indicator is marked OFFICIAL-SENSITIVE, whatever was asked for.

    Raises:
        UserError: the table is off or nothing is costed, or the file cannot be written there.

    """
    from scs_desktop.reports.costs import costs_pdf
    from scs_desktop.reports.edition import Edition
    from scs_desktop.workflows.report import write_whole
    from scs_desktop.workflows.source_cells import read_from

    found = cost_of_crime(store=store, position=position, as_at=as_at)
    if not found.shown:
        raise UserError(f"There is no cost of crime to print. {found.sentence}")
    sources = {one.kind: read_from(store=store, figures=one.figures) for one in found.now.counted}
    printed = printed_on or local_day()
    why = ""
    if marking is Marking.OFFICIAL and _small_shown(look(store=store, as_at=as_at), found):
        marking, why = Marking.OFFICIAL_SENSITIVE, "Marked OFFICIAL-SENSITIVE: counts of 1 to 4 are shown."
    return write_whole(out, costs_pdf(found, sources, Edition(printed, marking, why_marked=why)))


def _small_shown(snapshot: Snapshot, found: CostPosition) -> bool:
    """Whether a count of 1 to 4 of an indicator whose small counts tell of people is shown."""
    sensitive = {one.indicator for one in snapshot.uses if snapshot.definition_of(one).hide_small}
    return any(
        one.counted.id in sensitive and one.recorded is not None and 0 < one.recorded < SMALLEST_SHOWN
        for period in (found.now, found.before, found.baseline)
        for one in period.counted
    )


# --- editing an amount ---------------------------------------------------------------------------------------


def _meant(mine: Sequence[UnitCost], year: str | None, wanted: str, edit: UnitCostEdit) -> UnitCost | None:
    """Return the amount that is meant, None for a new one."""
    if year is not None:
        return next((one for one in mine if one.prices == year.strip()), None)
    if len(mine) > 1 and edit != UnitCostEdit(name=edit.name, counts=edit.counts):
        years = " or ".join(one.prices for one in mine)
        raise UserError(f"“{wanted}” has several amounts. Say in which prices the one is that is meant: {years}.")
    return mine[0] if mine else None


def _edited(unit: UnitCost, edit: UnitCostEdit) -> UnitCost:
    multiplier = edit.multiplier if edit.multiplier is not None else unit.multiplier
    new = replace(
        unit,
        name=edit.name.strip() if edit.name is not None else unit.name,
        amount=edit.amount if edit.amount is not None else unit.amount,
        prices=edit.prices.strip() if edit.prices is not None else unit.prices,
        source=edit.source.strip() if edit.source is not None else unit.source,
        multiplier=None if edit.no_multiplier else multiplier,
        multiplier_source=edit.multiplier_source.strip()
        if edit.multiplier_source is not None
        else unit.multiplier_source,
    )
    if edit.no_multiplier:
        new = replace(new, multiplier_source="")
    same = (new.amount, new.prices, new.source) == (unit.amount, unit.prices, unit.source)
    return replace(new, confirmed=unit.confirmed and same if edit.confirm is None else edit.confirm)


def _counted_by(text: str, known: Sequence[Countable]) -> UUID | None:
    wanted = text.strip().casefold()
    if not wanted or wanted == "none":
        return None
    for one in known:
        names = {
            str(one.id),
            one.code.casefold(),
            one.label.casefold(),
            one.label.removeprefix(one.code).strip().casefold(),
        }
        if wanted in names:
            return one.id
    found = [one for one in known if wanted in one.label.casefold()]
    if len(found) == 1:
        return found[0].id
    listed = "; ".join(one.label for one in known) or "nothing yet"
    raise UserError(f"“{text.strip()}” is no count of recorded offences. What can be counted: {listed}.")
