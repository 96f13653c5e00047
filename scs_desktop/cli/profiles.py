"""The commands that hand what is remembered of an agency to another computer."""

from __future__ import annotations

import argparse

from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, QUESTIONS, opened, say


def profile(arguments: argparse.Namespace) -> int:
    """Write an agency's profile to a file, or take one over."""
    return _out(arguments) if arguments.direction == "export" else _back(arguments)


def _out(arguments: argparse.Namespace) -> int:
    from scs_desktop.workflows.import_return import agency_named
    from scs_desktop.workflows.profiles import export_profile

    with opened(arguments) as store:
        agency = agency_named(store=store, name=arguments.agency)
        path = export_profile(store=store, agency=agency.id, out=arguments.out)
    say(dumped({"profile": path, "agency": agency.name}) if arguments.json else f"Wrote {path}.")
    return DONE


def _back(arguments: argparse.Namespace) -> int:
    from scs_desktop.workflows.profiles import import_profile

    with opened(arguments) as store:
        taken = import_profile(store=store, path=arguments.file)
    if arguments.json:
        say(dumped(taken))
    else:
        say(
            f"{taken.agency}: {taken.answers} answers and {taken.layouts} layouts added, "
            f"{taken.same} were here already."
        )
        for sentence in (*taken.kept, *taken.unfit):
            say(f"  {sentence}")
    return QUESTIONS if taken.kept or taken.unfit else DONE
