"""What every command shares: the store it works on, who is working, and where results are printed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.domain.errors import UserError
from scs_desktop.workflows.places import default_store_path, officer_name

if TYPE_CHECKING:
    from scs_desktop.store import Store

DONE, QUESTIONS, USAGE, REFUSED, FAULT = 0, 1, 2, 3, 70
"""Exit codes: done; problems or open questions; not understood; refused in a sentence; a fault of the program."""


def say(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text + "\n")


def warn(text: str) -> None:
    """Print a sentence on the error stream."""
    sys.stderr.write(text + "\n")


def officer(arguments: argparse.Namespace) -> str:
    """Return who is working."""
    given: str | None = arguments.officer
    return given or officer_name()


def store_path(arguments: argparse.Namespace) -> Path:
    """Return the store that the command names, else the officer's own."""
    given: Path | None = arguments.store
    return given or default_store_path()


@contextmanager
def opened(arguments: argparse.Namespace, *, make: bool = False) -> Iterator[Store]:
    """Open the store that the command names; make it first where the command may."""
    from scs_desktop.store import open_store

    path = store_path(arguments)
    if not path.exists():
        if not make:
            message = f"There is no store at {path}. Make one with: main.py --store {path} new"
            raise UserError(message)
        with new_store(arguments) as store:
            warn(f"A new store was made at {path}.")
            yield store
        return
    with open_store(path, who=officer(arguments)) as store:
        yield store


def new_store(arguments: argparse.Namespace) -> Store:
    """Make the store that the command names, with the shipped strategy and no figures."""
    from scs_desktop.domain.history import StoreKind
    from scs_desktop.workflows.shipped import set_up_store

    path = store_path(arguments)
    path.parent.mkdir(parents=True, exist_ok=True)
    return set_up_store(path=path, kind=StoreKind.REAL, who=officer(arguments))
