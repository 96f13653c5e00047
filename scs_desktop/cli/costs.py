"""The cost of crime: what it is, and the table of unit costs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import add_json, add_position, exact_number
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say
from scs_desktop.domain.publication import Marking

if TYPE_CHECKING:
    from decimal import Decimal

    from scs_desktop.cli.parser import Commands
    from scs_desktop.domain.cost import CostTable
    from scs_desktop.domain.cost_position import CostPosition
    from scs_desktop.store import Store


def add_costs(commands: Commands) -> None:
    """Add the command and its parts."""
    costs = commands.add_parser("costs", help="the cost of recorded crime, by a table of unit costs that you vouch for")
    add_position(costs)
    costs.add_argument("--out", type=Path, metavar="FILE", help="write it as a PDF")
    costs.add_argument("--marking", choices=[one.value for one in Marking], default=Marking.OFFICIAL.value)
    add_json(costs)
    parts = costs.add_subparsers(dest="part", metavar="PART")
    table = parts.add_parser("table", help="every unit cost and deflator, with its source and state")
    add_json(table)
    put = parts.add_parser("set", help="change a unit cost, or add one")
    put.add_argument("kind", metavar="KIND", help="kind of offence, as costs table prints it; a new one is added")
    put.add_argument("--prices", metavar="YEAR", help="the year whose prices the amount is in, as 2015/16")
    put.add_argument("--amount", type=exact_number, metavar="POUNDS", help="pounds an offence")
    put.add_argument("--source", metavar="TEXT", help="the publication that the amount is from")
    put.add_argument("--multiplier", type=exact_number, metavar="NUMBER", help="actual offences for each recorded one")
    put.add_argument("--multiplier-source", metavar="TEXT", help="the publication that the multiplier is from")
    put.add_argument("--no-multiplier", action="store_true", help="take the multiplier out")
    put.add_argument("--confirm", action="store_true", help="the amount was compared with its source")
    put.add_argument("--counts", metavar="CODE", help="indicator or series that counts the kind; none for nothing")
    add_json(put)
    deflator = parts.add_parser("deflator", help="bring amounts of one year's prices into another's")
    deflator.add_argument("prices", metavar="FROM", help="the year whose prices they are in")
    deflator.add_argument("into", metavar="INTO", help="the year whose prices they are wanted in")
    deflator.add_argument(
        "factor", type=exact_number, metavar="FACTOR", help="what they are multiplied by; 0 removes it"
    )
    deflator.add_argument("--source", metavar="TEXT", default="", help="the publication that the factor is from")
    add_json(deflator)
    into = parts.add_parser("into", help="the year in whose prices the cost is given")
    into.add_argument("year", metavar="YEAR", help="as 2015/16; latest for that of the latest amounts")
    add_json(into)
    for word, told in (("on", "switch the table on"), ("off", "switch the table off")):
        add_json(parts.add_parser(word, help=told))
    add_json(parts.add_parser("history", help="every change of the table"))
    restore = parts.add_parser("restore", help="bring the table back as it stood after a change")
    restore.add_argument("change", type=int, metavar="NUMBER", help="the change, as costs history prints it")
    add_json(restore)


def costs(arguments: argparse.Namespace) -> int:
    """Print the cost of crime, write it as a PDF, or change its table."""
    with opened(arguments) as store:
        if arguments.part is None:
            return _show(store, arguments)
        if arguments.part == "history":
            return _history(store, arguments)
        return _told(_changed(store, arguments), arguments)


def _show(store: Store, arguments: argparse.Namespace) -> int:
    from scs_desktop.workflows.cost_of_crime import cost_of_crime, costs_report
    from scs_desktop.workflows.overview import cut_on

    as_at = cut_on(store=store, day=arguments.as_at) if arguments.as_at is not None else None
    if arguments.out is not None:
        marking = Marking(arguments.marking)
        path = costs_report(store=store, out=arguments.out, position=arguments.to, as_at=as_at, marking=marking)
        say(dumped({"pdf": path}) if arguments.json else f"Wrote {path}.")
        return DONE
    found = cost_of_crime(store=store, position=arguments.to, as_at=as_at)
    say(dumped(found) if arguments.json else _text(found))
    return DONE


def _text(found: CostPosition) -> str:
    from scs_desktop.cli.text import columns
    from scs_desktop.domain.cost import pounds

    example = " – EXAMPLE STORE" if found.kind.value == "example" else ""
    lines = [f"Cost of crime, position to {found.position_text}{example}", found.sentence]
    lines += [*found.comparisons, *found.left_out, *found.clashes]
    if found.now.cost is None or not found.now.cost.lines:
        return "\n".join(lines)
    periods = list({one.label: one for one in (found.now, found.before, found.baseline) if one.label}.values())
    rows: list[tuple[str, ...]] = [
        ("Kind of offence", "Unit cost", *(word for one in periods for word in (one.label, "cost")))
    ]
    for line in found.now.cost.lines:
        cells: list[str] = []
        for one in periods:
            recorded, total = one.recorded(line.unit.kind), one.total(line.unit.kind)
            cells += ["–" if recorded is None else f"{recorded:,}", "–" if total is None else pounds(total)]
        rows.append((line.unit.name, f"£{line.unit.amount:,}", *cells))
    return "\n".join([*lines, "", *columns(rows)])


def _changed(store: Store, arguments: argparse.Namespace) -> CostTable:
    from scs_desktop.workflows import cost_of_crime as workflow

    part = arguments.part
    if part == "set":
        edit = workflow.UnitCostEdit(
            amount=arguments.amount,
            prices=arguments.prices,
            source=arguments.source,
            multiplier=arguments.multiplier,
            multiplier_source=arguments.multiplier_source,
            confirm=True if arguments.confirm else None,
            counts=arguments.counts,
            no_multiplier=arguments.no_multiplier,
        )
        return workflow.set_unit_cost(store=store, kind=arguments.kind, edit=edit)
    if part == "deflator":
        factor: Decimal | None = arguments.factor or None
        return workflow.set_deflator(
            store=store, prices=arguments.prices, into=arguments.into, factor=factor, source=arguments.source
        )
    if part == "into":
        return workflow.set_cost_prices(store=store, into="" if arguments.year == "latest" else arguments.year)
    if part == "restore":
        return workflow.restore_costs(store=store, change=arguments.change)
    if part in {"on", "off"}:
        return workflow.switch_costs(store=store, on=part == "on")
    return workflow.current_costs(store=store)


def _told(table: CostTable, arguments: argparse.Namespace) -> int:
    if arguments.json:
        say(dumped(table))
        return DONE
    from scs_desktop.cli.text import columns

    rows = [("Kind", "Name", "Amount", "Prices", "Multiplier", "State", "Source")]
    rows += [
        (
            one.kind,
            one.name,
            "–" if one.amount is None else f"£{one.amount:,}",
            one.prices,
            "–" if one.multiplier is None else f"{one.multiplier}",
            ("confirmed, counted" if one.counted is not None else "confirmed") if one.confirmed else "not confirmed",
            one.source,
        )
        for one in table.costs
    ]
    say(f"The table is {'on' if table.on else 'off'}; prices: {table.into or 'of the latest amounts'}.")
    say("\n".join(columns(rows)))
    for one in table.deflators:
        say(f"Deflator from {one.prices} into {one.into}: {one.factor} ({one.source})")
    return DONE


def _history(store: Store, arguments: argparse.Namespace) -> int:
    from scs_desktop.workflows.cost_of_crime import cost_history

    found = cost_history(store=store)
    if arguments.json:
        say(dumped(found))
        return DONE
    for one in found:
        say(f"{one.number}  {one.at.astimezone():%d %B %Y %H:%M}  {one.who}  {one.summary}")
    if not found:
        say("The table is as it was shipped.")
    return DONE
