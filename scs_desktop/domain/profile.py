"""What is remembered of an agency's returns, so that a question is asked once, ever."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ProfileAnswer:
    """One question answered for an agency.

    ``question`` is the question's stable key (what is asked, in normalised words: the same for the
    next file of the layout); ``answer`` the key of the chosen proposal or the value given;
    ``shown`` the question as the officer saw it.
    """

    id: UUID
    agency: UUID
    question: str
    answer: str
    shown: str = ""
    recorded_in: int = 0


@dataclass(frozen=True, slots=True)
class KnownLayout:
    """A table layout that an agency has sent before, by its normalised header texts in order."""

    id: UUID
    agency: UUID
    sheet: str
    heads: tuple[str, ...]
    rows: tuple[str, ...] = ()
    recorded_in: int = 0


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is remembered of one agency."""

    agency: UUID
    answers: tuple[ProfileAnswer, ...] = ()
    layouts: tuple[KnownLayout, ...] = ()

    def answer_to(self, question: str) -> str | None:
        """Return the remembered answer, the latest if it was given twice."""
        given = [one for one in self.answers if one.question == question]
        return max(given, key=lambda one: one.recorded_in).answer if given else None
