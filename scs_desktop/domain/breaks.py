"""Days from which a series of figures is another than before, said by the officer with the cause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class BreakKind(StrEnum):
    """What changed."""

    DEFINITION = "definition"
    """The figures mean something else: lines are drawn broken, and nothing is compared across."""

    REBASE = "rebase"
    """They mean the same, but the process moved to another level for a known cause: its limits begin anew."""


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A break in an indicator's figures.

    Attributes:
        indicator: whose figures.
        on: the first day of the new meaning or level.
        cause: the known cause, as it is printed beside the mark.
        compared_because: why figures across a break of definition are compared all the same; empty where they
            are not.

    """

    id: UUID
    indicator: UUID
    kind: BreakKind
    on: date
    cause: str
    compared_because: str = ""

    def __post_init__(self) -> None:
        """Without a cause a break is nobody's word."""
        if not self.cause.strip():
            raise ValueError("a break needs its cause")

    @property
    def bars_comparison(self) -> bool:
        """Whether figures before and after it may not be compared."""
        return self.kind is BreakKind.DEFINITION and not self.compared_because
