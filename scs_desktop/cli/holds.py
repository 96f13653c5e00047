"""The commands of publication: hold figures back from public copies, release them, list what is held back."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import add_json, day
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say
from scs_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from scs_desktop.cli.parser import Commands
    from scs_desktop.store import Store
    from scs_desktop.workflows.hold_back import HeldBack


def add_holds(commands: Commands) -> None:
    """Add the commands."""
    one = commands.add_parser("hold", help="hold figures back from public copies, for good or until a day")
    what = one.add_mutually_exclusive_group(required=True)
    what.add_argument("--indicator", metavar="CODE", help="all figures of this indicator")
    what.add_argument("--import", dest="number", type=int, metavar="NUMBER", help="the figures of this import alone")
    one.add_argument("--before", type=day, metavar="DATE", help="until this day; default: for good")
    one.add_argument("--reason", default="", metavar="TEXT", help="why, as public copies print it")
    one.add_argument("--release", action="store_true", help="let them be published again")
    add_json(one)
    add_json(commands.add_parser("holds", help="what is held back from public copies"))


def hold(arguments: argparse.Namespace) -> int:
    """Hold back, or release."""
    from scs_desktop.workflows.breaks import use_coded
    from scs_desktop.workflows.hold_back import hold_back, release

    with opened(arguments) as store:
        use = None if arguments.indicator is None else use_coded(store=store, code=arguments.indicator).id
        if arguments.release:
            done = release(store=store, rule=_held(arguments, store).rule.id)
            said = f"Released for publication: {done.about}."
        else:
            done = hold_back(
                store=store,
                use=use,
                import_number=arguments.number,
                reason=arguments.reason,
                not_before=arguments.before,
            )
            said = done.sentence
    say(dumped(done) if arguments.json else said)
    return DONE


def _held(arguments: argparse.Namespace, store: Store) -> HeldBack:
    from scs_desktop.workflows.hold_back import held_back

    wanted = f"import {arguments.number}," if arguments.indicator is None else f"{arguments.indicator} "
    found = next((one for one in held_back(store=store) if one.about.startswith(wanted)), None)
    if found is None:
        message = "That is not held back. The command holds lists what is."
        raise UserError(message)
    return found


def holds(arguments: argparse.Namespace) -> int:
    """List what is held back."""
    from scs_desktop.workflows.hold_back import held_back

    with opened(arguments) as store:
        found = held_back(store=store)
    text = "\n".join(one.sentence for one in found) or "Nothing is held back from public copies."
    say(dumped(found) if arguments.json else text)
    return DONE
