"""The command of wards: an indicator ward by ward, as a table, as JSON or as paper."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import add_json, add_position
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say
from scs_desktop.cli.text import columns
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.ward_page import WardPage, WardSpan

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from scs_desktop.cli.parser import Commands
    from scs_desktop.domain.ward_page import WardSource


def add_wards(commands: Commands) -> None:
    """Add the command."""
    one = commands.add_parser("wards", help="an indicator ward by ward: counts, rates, who is high and who is low")
    one.add_argument("code", nargs="?", metavar="CODE", help="the indicator's code; default: the first with wards")
    add_position(one)
    one.add_argument("--twelve-months", action="store_true", help="the 12 months to the position, not the year so far")
    one.add_argument(
        "--public", action="store_true", help="the year to date without small counts and what would reveal them"
    )
    one.add_argument("--cells", metavar="WARD", help="the cells of the returns that a ward's figures came from")
    one.add_argument("--out", type=Path, metavar="FILE", help="write it as a PDF")
    add_json(one)


def wards(arguments: argparse.Namespace) -> int:
    """Print the wards of an indicator, the cells of one ward, or write the paper."""
    from scs_desktop.workflows.overview import cut_on
    from scs_desktop.workflows.wards import use_with_code, ward_sources
    from scs_desktop.workflows.wards import wards as page_of
    from scs_desktop.workflows.wards_report import wards_report

    if arguments.public and arguments.twelve_months:
        raise UserError("The public's copy counts the year to date. Leave out --twelve-months, or --public.")
    if arguments.cells is not None and (arguments.public or arguments.out is not None):
        raise UserError("A ward's cells are shown to the board alone, and are not printed. Use --cells by itself.")
    with opened(arguments) as store:
        cut = cut_on(store=store, day=arguments.as_at) if arguments.as_at is not None else None
        page = page_of(
            store=store,
            use=use_with_code(store=store, code=arguments.code, as_at=cut) if arguments.code else None,
            position=arguments.to,
            as_at=cut,
            span=WardSpan.TWELVE_MONTHS if arguments.twelve_months else WardSpan.YEAR_TO_DATE,
            public=arguments.public,
        )
        if arguments.cells is not None:
            found = ward_sources(store=store, page=page, ward=_ward(page, arguments.cells))
            say(dumped(found) if arguments.json else _cells_text(found))
            return DONE
        if arguments.out is not None:
            out = wards_report(page=page, out=arguments.out)
            say(dumped({"pdf": out}) if arguments.json else f"Wrote {out}.")
            return DONE
    say(dumped(page) if arguments.json else wards_text(page))
    return DONE


def _ward(page: WardPage, name: str) -> UUID:
    rows = page.places.rows if page.places is not None else ()
    for row in rows:
        if row.name.casefold() == name.strip().casefold():
            return row.area
    known = ", ".join(row.name for row in rows) or "none"
    message = f"No ward of the page is called “{name}”. There are: {known}."
    raise UserError(message)


def wards_text(page: WardPage) -> str:
    """Return the page as text: a line a ward, by name."""
    state = f" [{page.state_text}]" if page.state_text else ""
    head = [f"{page.title}{state}", f"{page.marking.value}; position to {page.position_text}", ""]
    places = page.places
    if places is None:
        return "\n".join([*head, page.reason])
    rate = f"Per {places.per:,} {places.exposure_name} (95 %)"
    rows = [("Ward", "Count", "95 % limits", rate, "Against the borough", "Quotient")]
    rows += [
        (row.name, row.count_text, row.band_text, row.rate_text, row.state, row.quotient_text) for row in places.rows
    ]
    if places.elsewhere:
        rows.append(("No ward known", places.elsewhere, "", "", "", ""))
    rows.append(("Borough", places.total_text, "", f"{places.area_rate:,.1f}" if places.area_rate else "", "", ""))
    return "\n".join([*head, *columns(rows), "", places.sentence, *page.notes])


def _cells_text(found: Sequence[WardSource]) -> str:
    rows = [("Part", "Period", "Figure", "File", "Sheet", "Cell", "As it stood there")]
    rows += [(one.part, one.period, one.figure, one.file, one.sheet, one.cell, one.text) for one in found]
    return "\n".join(columns(rows))
