"""Who changed what, when: the running account every recorded row points into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ChangeKind(StrEnum):
    """By what a row came to be recorded or closed."""

    SETUP = "setup"
    IMPORT = "import"
    ENTRY = "entry"
    DECISION = "decision"
    SIGN_OFF = "sign_off"
    UNDO = "undo"
    UPGRADE = "upgrade"
    MERGE = "merge"
    PURGE = "purge"


class StoreKind(StrEnum):
    """A real store is answered for in public; an example is marked on every screen and page."""

    REAL = "real"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of the store.

    Attributes:
        number: runs upward within the store, whatever the clock does.
        at: when it was recorded, UTC.
        who: the officer.
        summary: what was done, as it stands in the history ("Import of met.csv").
        undoes: number of the change that this one takes back.

    """

    number: int
    at: datetime
    who: str
    kind: ChangeKind
    summary: str
    undoes: int | None = None
