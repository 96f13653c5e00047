"""Who changed what, when: the running account every recorded row points into."""

from __future__ import annotations

from collections.abc import Iterable
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


_CAN_BE_UNDONE = frozenset({ChangeKind.IMPORT, ChangeKind.ENTRY, ChangeKind.DECISION})


def undoable(latest_first: Iterable[Change]) -> Change | None:
    """Return the latest change that stands, if it is of a sort that can be undone.

    A sign-off is withdrawn and an upgrade stays, so nothing beneath one is offered.
    """
    taken_back: set[int] = set()
    for one in latest_first:
        if one.number in taken_back:
            continue
        if one.kind is ChangeKind.UNDO:
            if one.undoes is not None:
                taken_back.add(one.undoes)
            continue
        return one if one.kind in _CAN_BE_UNDONE else None
    return None


def redoable(latest_first: Iterable[Change]) -> Change | None:
    """Return the undo that can be taken back: the latest that stands, with nothing new recorded after it.

    An import that was undone is not redone so: its file is given again, and read again.
    """
    known = list(latest_first)
    imports = {one.number for one in known if one.kind is ChangeKind.IMPORT}
    undos = {one.number for one in known if one.kind is ChangeKind.UNDO}
    taken_back: set[int] = set()
    for one in known:
        if one.number in taken_back:
            continue
        if one.kind is not ChangeKind.UNDO:
            return None
        if one.undoes not in undos:
            return None if one.undoes in imports else one
        # It redid something: the undo it took back is no longer there to be taken back.
        taken_back.add(one.undoes)
    return None
