"""For whom a paper is printed, when, and what it bears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scs_desktop.domain.publication import Audience, Marking


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a paper; ``why_marked`` says why its marking is higher than was asked for."""

    printed_on: date
    marking: Marking = Marking.OFFICIAL
    audience: Audience = Audience.BOARD
    why_marked: str = ""

    @property
    def public(self) -> bool:
        """Whether it may leave the building."""
        return self.audience is Audience.PUBLIC
