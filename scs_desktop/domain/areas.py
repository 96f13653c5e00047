"""Areas: the borough, its wards, and the places beside it that a return may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class AreaKind(StrEnum):
    """What sort of place an area is."""

    BOROUGH = "borough"
    WARD = "ward"
    FORCE = "force"
    REGION = "region"
    COUNTRY = "country"
    CUSTOM = "custom"
    AGGREGATE = "aggregate"


class AreaRole(StrEnum):
    """What an area is to this partnership. Comparators are in no total."""

    HOME = "home"
    COMPARATOR = "comparator"


@dataclass(frozen=True, slots=True)
class AreaName:
    """A name the area bears or bore; ``preferred`` is the one that is printed."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    preferred: bool = False


@dataclass(frozen=True, slots=True)
class AreaCode:
    """A code of some family ("gss", "ons_old") with the dates between which it stood."""

    family: str
    code: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Area:
    """A place. Its names are keys only inside its parent: ward names repeat across boroughs."""

    id: UUID
    kind: AreaKind
    names: tuple[AreaName, ...]
    codes: tuple[AreaCode, ...] = ()
    parent: UUID | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[UUID, ...] = ()
    role: AreaRole | None = None

    @property
    def name(self) -> str:
        """Return the name that is printed."""
        return next((name.text for name in self.names if name.preferred), self.names[0].text)
