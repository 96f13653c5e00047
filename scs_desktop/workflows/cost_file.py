"""The table of unit costs that the program ships with, and files like it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from scs_desktop.domain.cost import CostTable, Deflator, UnitCost
from scs_desktop.workflows.resource_file import RESOURCES, Entry, load_resource

COSTS = RESOURCES / "cost-of-crime.json"


def cost_table(path: Path = COSTS) -> CostTable:
    """Read a table of unit costs.

    Raises:
        DamagedResourceError: it cannot be read or holds what is not known.

    """
    root = load_resource(path)
    root.text("title", "")
    root.text("note", "")
    table = CostTable(
        tuple(_unit_cost(entry) for entry in root.entries("costs")),
        tuple(_deflator(entry) for entry in root.entries("deflators")),
        on=root.flag("on"),
    )
    root.finish()
    return table


def _unit_cost(entry: Entry) -> UnitCost:
    multiplier: Decimal | None = entry.number("multiplier") if entry.has("multiplier") else None
    return UnitCost(
        entry.text("kind"),
        entry.text("name"),
        entry.number("amount") if entry.has("amount") else None,
        entry.text("prices"),
        entry.text("source"),
        confirmed=entry.flag("confirmed"),
        multiplier=multiplier,
        multiplier_source=entry.text("multiplier_source", ""),
    )


def _deflator(entry: Entry) -> Deflator:
    return Deflator(entry.text("prices"), entry.text("into"), entry.number("factor"), entry.text("source"))
