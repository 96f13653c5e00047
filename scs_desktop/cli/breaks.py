"""The commands of breaks: mark that figures are others from a month on, list the marks, take one away."""

from __future__ import annotations

import argparse
import re
from datetime import date
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import add_json, day
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say
from scs_desktop.domain.breaks import BreakKind
from scs_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scs_desktop.cli.parser import Commands
    from scs_desktop.workflows.breaks import MarkedBreak

_MONTH = re.compile(r"^\d{4}-\d{2}$")


def add_breaks(commands: Commands) -> None:
    """Add the commands."""
    mark = commands.add_parser("break", help="mark that an indicator's figures are others from a month on, and why")
    mark.add_argument("indicator", metavar="CODE", help="the indicator's code")
    mark.add_argument(
        "--on", type=first_day, required=True, metavar="MONTH", help="from when: 2013-04 for April 2013, or a day"
    )
    mark.add_argument("--cause", default="", metavar="TEXT", help="the known cause, printed beside the mark")
    what = mark.add_mutually_exclusive_group()
    what.add_argument("--rebase", action="store_true", help="they mean the same: only the process limits begin anew")
    what.add_argument("--compare-because", default="", metavar="TEXT", help="compare across it all the same, and why")
    what.add_argument("--remove", action="store_true", help="take the mark of that month away")
    add_json(mark)

    listed = commands.add_parser("breaks", help="the breaks that are marked, and what each does")
    listed.add_argument("indicator", nargs="?", metavar="CODE", help="of this indicator alone")
    add_json(listed)


def first_day(text: str) -> date:
    """Read the first day of a month, or a day."""
    return day(f"{text}-01" if _MONTH.match(text) else text)


def mark_break(arguments: argparse.Namespace) -> int:
    """Mark a break, or take one away."""
    from scs_desktop.workflows.breaks import add_break, breaks, remove_break, use_coded

    with opened(arguments) as store:
        use = use_coded(store=store, code=arguments.indicator).id
        if arguments.remove:
            known = breaks(store=store, use=use)
            found = next((one for one in known if one.kept.on == arguments.on), None)
            if found is None:
                there = ", ".join(one.kept.when for one in known) or "none"
                message = f"{arguments.indicator} has no break on that day. Its breaks: {there}."
                raise UserError(message)
            done = remove_break(store=store, break_=found.kept.id)
            said = f"Removed: {done.code} {done.name}, {done.kept.when}."
        else:
            done = add_break(
                store=store,
                use=use,
                on=arguments.on,
                cause=arguments.cause,
                kind=BreakKind.REBASE if arguments.rebase else BreakKind.DEFINITION,
                compared_because=arguments.compare_because,
            )
            said = f"{done.code} {done.name}. {done.sentence}"
    say(dumped(done) if arguments.json else said)
    return DONE


def list_breaks(arguments: argparse.Namespace) -> int:
    """List the breaks."""
    from scs_desktop.workflows.breaks import breaks, use_coded

    with opened(arguments) as store:
        use = None if arguments.indicator is None else use_coded(store=store, code=arguments.indicator).id
        found = breaks(store=store, use=use)
    say(dumped(found) if arguments.json else breaks_text(found))
    return DONE


def breaks_text(found: Sequence[MarkedBreak]) -> str:
    """Return the breaks, a line each."""
    if not found:
        return "No break is marked."
    return "\n".join(f"{one.code} {one.name}. {one.sentence}" for one in found)
