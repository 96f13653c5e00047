"""The history of changes, and the way back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say

if TYPE_CHECKING:
    from scs_desktop.cli.parser import Commands

LISTED = 30
"""Changes that are listed unless more are asked for."""


def add_history(commands: Commands) -> None:
    """Add the commands of the history."""
    undo = commands.add_parser("undo", help="take a change back: an import whole, a named change, or the latest")
    undo.add_argument("import_id", metavar="IMPORT", nargs="?", help="its number in the history, identity or file name")
    undo.add_argument("--change", type=int, metavar="NUMBER", help="a change's number in the history")
    undo.add_argument("--json", action="store_true", help="print the result as JSON")
    redo = commands.add_parser("redo", help="do again what was undone last")
    redo.add_argument("--json", action="store_true", help="print the result as JSON")
    told = commands.add_parser("history", help="every change: number, when, who, what")
    told.add_argument("--last", type=int, metavar="COUNT", default=LISTED, help=f"how many; default {LISTED}")
    told.add_argument("--json", action="store_true", help="print the result as JSON")


def undo(arguments: argparse.Namespace) -> int:
    """Take an import, a change, or the latest change back."""
    from scs_desktop.workflows.history import undo_change, undo_last
    from scs_desktop.workflows.undo_import import import_named, undo_import

    with opened(arguments) as store:
        if arguments.import_id is None:
            number: int | None = arguments.change
            done = undo_last(store=store) if number is None else undo_change(store=store, number=number)
            say(dumped(done) if arguments.json else f"Taken back: {done.summary}.")
            return DONE
        report = undo_import(store=store, import_id=import_named(store=store, name=arguments.import_id).id)
    if arguments.json:
        say(dumped(report))
    else:
        say(f"Taken back: {report.closed} figures closed, {report.reopened} earlier ones current again.")
        for sentence in report.reasons:
            say(f"  stays: {sentence}")
    return DONE


def redo(arguments: argparse.Namespace) -> int:
    """Do again what was undone last."""
    from scs_desktop.workflows.history import redo_last

    with opened(arguments) as store:
        done = redo_last(store=store)
    say(dumped(done) if arguments.json else f"Done again: {done.summary.removeprefix('Undo ')}.")
    return DONE


def history(arguments: argparse.Namespace) -> int:
    """List the changes, the latest first."""
    from scs_desktop.cli.text import columns
    from scs_desktop.workflows.history import history as changes_of

    with opened(arguments) as store:
        changes = changes_of(store=store, limit=max(1, arguments.last))
    if arguments.json:
        say(dumped(changes))
    else:
        rows = [(str(one.number), f"{one.at:%Y-%m-%d %H:%M}", one.who, one.summary) for one in changes]
        say("\n".join(columns([("no.", "when (UTC)", "who", "what"), *rows])))
    return DONE
