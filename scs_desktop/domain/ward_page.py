"""What stands on the page of an indicator's wards, on screen and on paper: one record for both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.places import Places
from scs_desktop.domain.publication import Marking


class WardSpan(StrEnum):
    """Over which months the wards' offences are counted."""

    YEAR_TO_DATE = "year to date"
    TWELVE_MONTHS = "12 months"


@dataclass(frozen=True, slots=True)
class WardIndicator:
    """An indicator that has figures of wards."""

    use: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class WardSource:
    """A cell that a ward's figure was read from, or the note of a figure that no cell holds."""

    part: str
    period: str
    figure: str
    file: str
    sheet: str
    cell: str
    text: str


@dataclass(frozen=True, slots=True)
class WardPage:
    """An indicator's wards at a position.

    Attributes:
        indicators: those that have figures of wards, this one among them.
        places: counts, rates and charts; None where there is nothing to show, which ``reason`` explains.
        notes: what the reader must know of the figures, a sentence each.
        quotient_of: what the location quotient is a share of; empty where there is none.
        marking: OFFICIAL-SENSITIVE where small counts of a sensitive indicator are in.
        public: whether this is the public's copy.

    """

    use: UUID
    code: str
    name: str
    strategy: str
    partnership: str
    kind: StoreKind
    position: date
    position_text: str
    known_on: date
    as_at: int | None
    span: WardSpan
    indicators: tuple[WardIndicator, ...]
    places: Places | None
    reason: str = ""
    notes: tuple[str, ...] = ()
    quotient_of: str = ""
    illustrative: bool = False
    marking: Marking = Marking.OFFICIAL
    public: bool = False

    @property
    def title(self) -> str:
        """The indicator and the period: "1.3 Residential burglary by ward, April 2011 – March 2012"."""
        period = f", {self.places.period.label}" if self.places is not None else ""
        return f"{self.code} {self.name} by ward{period}".strip()

    @property
    def state_text(self) -> str:
        """What the figures are, for the head of the page."""
        example = "Example store – illustrative figures. " if self.kind is StoreKind.EXAMPLE else ""
        marked = "Illustrative figures. " if self.illustrative and not example else ""
        return f"{example}{marked}".strip()
