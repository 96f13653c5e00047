"""Days from which a series of figures is another than before, said by the officer with the cause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from scs_desktop.domain.periods import Period, month_number, month_of
from scs_desktop.domain.strategy import Definition


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

    @property
    def at(self) -> str:
        """When it was, within a sentence: "in April 2013", "on 15 January 2012"."""
        return f"{'in' if self.on.day == 1 else 'on'} {self.when}"

    @property
    def when(self) -> str:
        """The day as a sentence names it: "April 2013" for a first of the month."""
        return f"{month_of(self.on).label}" if self.on.day == 1 else f"{self.on.day} {month_of(self.on).label}"


def breaks_of(
    kept: Sequence[SeriesBreak], definitions: Mapping[UUID, Definition], indicator: UUID, ruling: UUID | None
) -> tuple[SeriesBreak, ...]:
    """Return an indicator's breaks by day: those the officer marked, and the days its definition changed.

    ``ruling`` is the definition that the indicator's series is under. What the officer says of a day
    stands over the change of definition of that day.
    """
    mine = {one.on: one for one in kept if one.indicator == indicator}
    version = definitions[ruling].version if ruling is not None and ruling in definitions else 1
    if version > 1:
        for one in definitions.values():
            if one.indicator == indicator and 1 < one.version <= version and one.valid_from is not None:
                cause = f"definition {one.version}"
                mine.setdefault(
                    one.valid_from, SeriesBreak(one.id, indicator, BreakKind.DEFINITION, one.valid_from, cause)
                )
    return tuple(sorted(mine.values(), key=lambda one: one.on))


def crossed(breaks: Sequence[SeriesBreak], earlier: Period, later: Period) -> tuple[SeriesBreak, ...]:
    """Return the breaks of definition that lie between two periods, or within one of the two."""
    return tuple(
        one for one in breaks
        if one.kind is BreakKind.DEFINITION and earlier.start < one.on <= later.counts_from
    )  # fmt: skip


def barrier(breaks: Sequence[SeriesBreak], earlier: Period, later: Period) -> SeriesBreak | None:
    """Return the first break that bars comparing two periods, if one does."""
    return next((one for one in crossed(breaks, earlier, later) if one.bars_comparison), None)


def alike_from(breaks: Sequence[SeriesBreak], day: date) -> int:
    """Return the number of the first whole month whose figures mean what they mean on the day; 0 for all."""
    barring = [one.on for one in breaks if one.bars_comparison and one.on <= day]
    if not barring:
        return 0
    # A month within which the meaning changed is half the one and half the other.
    return month_number(barring[-1]) + (barring[-1].day > 1)
