"""What a store's overview showed last, kept beside the store so that the window need not wait for it at the start.

It is good only for the very file it was taken of, on the day it was taken, by the program that took
it. What is read back is of the domain's own types alone, whatever somebody put into the file; and
the store proper is rated again as soon as the first picture stands.
"""

from __future__ import annotations

import importlib
import io
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from scs_desktop.domain.position import StrategyPosition

_DOMAIN = Path(__file__).parents[1] / "domain"
_PLAIN = {("datetime", "date"), ("datetime", "datetime"), ("decimal", "Decimal"), ("uuid", "UUID")}
_CHANGES_AT = slice(24, 28)
"""Where SQLite counts the changes of a file."""


def look_path(store: Path) -> Path:
    """Return where the last look at a store lies."""
    return store.with_name(f".{store.name}.look")


def keep_look(store: Path, position: StrategyPosition, *, on: datetime | None = None) -> bool:
    """Keep what the overview shows of the store as it is now; where nothing can be written, nothing is kept."""
    path = look_path(store)
    part = path.with_name(f"{path.name}.{uuid4().hex}")
    try:
        state = _state_of(store, on)
        if state is None:
            return False
        part.write_bytes(state + pickle.dumps(position, protocol=pickle.HIGHEST_PROTOCOL))
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        return False
    return True


def kept_look(store: Path, *, on: datetime | None = None) -> StrategyPosition | None:
    """Return what the overview showed last, if that was of this very state of the store; else None."""
    try:
        state = _state_of(store, on)
        said = look_path(store).read_bytes()
    except OSError:
        return None
    if state is None or not said.startswith(state):
        return None
    from scs_desktop.domain.position import StrategyPosition

    try:
        found = _DomainOnly(io.BytesIO(said[len(state) :])).load()
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is no look
        return None
    return found if isinstance(found, StrategyPosition) else None


class _DomainOnly(pickle.Unpickler):
    """Reads values of the domain's types, dates, numbers and identities, and nothing that could act."""

    def find_class(self, module: str, name: str) -> Callable[..., object]:
        """Return a type that may stand in a look, or what gives a word of one.

        Raises:
            pickle.UnpicklingError: it may not.

        """
        if (module, name) == ("builtins", "getattr"):
            # Until 3.11.3 Python wrote a word of an enumeration as its type and its name.
            return _word_of
        if module.startswith("scs_desktop.domain.") or (module, name) in _PLAIN:
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a look")


def _word_of(kind: object, name: str) -> Enum:
    """Return a word of an enumeration by its name, and nothing else of anything else."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind[name]
    raise pickle.UnpicklingError(f"{kind} has no place in a look")


def _state_of(store: Path, on: datetime | None) -> bytes | None:
    """Return a line that is another for every state of the file, every day and every state of the program.

    None while a change is under way or was cut off.
    """
    if store.with_name(f"{store.name}-journal").exists():
        return None
    with store.open("rb") as file:
        changes = file.read(100)[_CHANGES_AT].hex()
        found = os.fstat(file.fileno())
    # A frozen program has no modules as files, and is as old as its one executable.
    modules = [one.stat().st_mtime_ns for one in os.scandir(_DOMAIN) if one.name.endswith(".py")]
    program = max(modules) if modules else Path(sys.executable).stat().st_mtime_ns
    day = local_day(on)
    return f"look 1 {found.st_size} {found.st_mtime_ns} {found.st_ino} {changes} {day} {program}\n".encode()
