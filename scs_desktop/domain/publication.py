"""What may leave the building, and the records of what the board signed off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Marking(StrEnum):
    """The protective marking printed at the top and bottom of every page."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


class Audience(StrEnum):
    """For whom an output is made."""

    BOARD = "board"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class PublicationRule:
    """Figures of a series or an import that may not be published, at all or before a day."""

    id: UUID
    reason: str
    series: UUID | None = None
    import_id: UUID | None = None
    not_before: date | None = None


class SignOffState(StrEnum):
    """A sign-off is withdrawn or superseded at a later meeting, never edited."""

    SIGNED = "signed"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class SignOff:
    """A board paper as it was signed off. ``as_at`` is the number of the last change it saw."""

    id: UUID
    meeting: UUID
    strategy: UUID
    position: date
    as_at: int
    state: SignOffState
    statuses: str
    texts: str
    pdf: bytes
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SignOffSummary:
    """A sign-off without its papers, for lists and the marks on charts."""

    id: UUID
    meeting: UUID
    strategy: UUID
    position: date
    as_at: int
    state: SignOffState
    reason: str = ""
