"""What a table of unit costs has to hold before it is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scs_desktop.domain.cost import CostTable, Deflator, UnitCost
from scs_desktop.domain.cost_position import Countable
from scs_desktop.domain.costing import clashes
from scs_desktop.domain.errors import UserError

_YEAR = re.compile(r"^(\d{4})(?:/(\d{2}))?$")


def check_costs(table: CostTable, known: Sequence[Countable]) -> None:
    """Refuse a table that cannot be counted with; ``known`` is what of recorded crime can be counted.

    Raises:
        UserError: a name, a year, an amount or a source is missing or wrong, or something is there or counted twice.

    """
    seen: set[tuple[str, str]] = set()
    for one in table.costs:
        _check_unit(one)
        if (one.kind, one.prices) in seen:
            raise UserError(f"{one.name} has two amounts in {one.prices} prices. Keep one of them.")
        seen.add((one.kind, one.prices))
    pairs: set[tuple[str, str]] = set()
    for deflator in table.deflators:
        _check_deflator(deflator)
        if (deflator.prices, deflator.into) in pairs:
            raise UserError(f"There are two deflators from {deflator.prices} into {deflator.into} prices. Keep one.")
        pairs.add((deflator.prices, deflator.into))
    if table.into:
        _check_year(table.into, "The year of the prices")
    for _, _, sentence in clashes(table, known):
        raise UserError(sentence)


def _check_unit(unit: UnitCost) -> None:
    if not unit.kind or not unit.name.strip():
        raise UserError("A unit cost needs the name of a kind of offence.")
    _check_year(unit.prices, f"{unit.name}: the year of the prices")
    if unit.amount is not None and unit.amount <= 0:
        raise UserError(f"{unit.name}: an amount is over £0, not {unit.amount}.")
    if unit.confirmed and unit.amount is None:
        raise UserError(f"{unit.name}: there is no amount to confirm. Enter it first.")
    if unit.confirmed and not unit.source:
        raise UserError(f"{unit.name}: an amount is confirmed against its source. Name the publication.")
    if unit.multiplier is not None and unit.multiplier < 1:
        raise UserError(f"{unit.name}: for each recorded offence there is at least one, so a multiplier is 1 or more.")
    if unit.multiplier is not None and not unit.multiplier_source:
        raise UserError(f"{unit.name}: name the publication that the multiplier is from.")


def _check_deflator(one: Deflator) -> None:
    for year in (one.prices, one.into):
        _check_year(year, "A deflator’s year")
    if one.prices == one.into:
        raise UserError(f"A deflator leads from one year’s prices into another’s, not from {one.prices} into itself.")
    if one.factor <= 0:
        raise UserError(f"A deflator is over 0, not {one.factor}: 1.25 makes an amount a quarter larger.")
    if not one.source:
        raise UserError("Name the publication that the deflator is from.")


def _check_year(text: str, what: str) -> None:
    found = _YEAR.match(text)
    if found is None or (found[2] is not None and (int(found[1]) + 1) % 100 != int(found[2])):
        raise UserError(f"{what} is written as 2015/16 or 2015, not “{text}”.")
