"""The intakes of two cohorts as their stored figures make them, one by one and added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scs_desktop.domain.cohort_results import is_small
from scs_desktop.domain.cohorts import Cohort
from scs_desktop.domain.figures import Figure, Part, rounded
from scs_desktop.domain.periods import Period, PeriodKind
from scs_desktop.domain.sentences import listed, number_text
from scs_desktop.domain.series_figures import SeriesFigures

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Side:
    """A group's counts of one intake as stored, or why there are none."""

    cohort: Cohort | None
    note: str
    figures: tuple[Figure, ...]

    @property
    def small(self) -> bool:
        """Whether 1 to 4 had the event, or had not."""
        one = self.cohort
        return one is not None and (is_small(one.events) or is_small(one.size - one.events))


@dataclass(frozen=True, slots=True)
class Intake:
    """The two sides of an intake."""

    period: Period
    group: Side
    other: Side

    @property
    def both(self) -> bool:
        """Whether the counts of both are known."""
        return self.group.cohort is not None and self.other.cohort is not None

    @property
    def small(self) -> bool:
        """Whether a count of either is one that a public copy withholds."""
        return self.group.small or self.other.small


def stored_intakes(found: tuple[SeriesFigures, ...], names: tuple[str, str]) -> tuple[Intake, ...]:
    """Return the intakes for which either series has figures, the oldest first."""
    by_period: dict[tuple[date, date], dict[int, tuple[Period, int]]] = {}
    for side, figures in enumerate(found):
        for number in figures.order:
            period = figures.period_at(number)
            by_period.setdefault((period.start, period.end), {})[side] = (period, number)
    made: list[Intake] = []
    for sides in (by_period[key] for key in sorted(by_period)):
        both = [_side(found[side], names[side], sides.get(side)) for side in (0, 1)]
        period = next(iter(sides.values()))[0]
        if len({one.counts_from for one, _ in sides.values()}) > 1:
            both = [Side(None, "followed for different times", one.figures) for one in both]
        made.append(Intake(period, both[0], both[1]))
    return tuple(made)


def _side(found: SeriesFigures, name: str, at: tuple[Period, int] | None) -> Side:
    if at is None:
        return Side(None, f"no figures: {name}", ())
    number = at[1]
    parts = (Part.NUMERATOR, Part.DENOMINATOR, Part.SAMPLE_SIZE, Part.VALUE)
    figures = tuple(figure for part in parts if (figure := found.at(number, part)) is not None)
    size = found.number(number, Part.DENOMINATOR)
    size = found.number(number, Part.SAMPLE_SIZE) if size is None else size
    events, share = found.number(number, Part.NUMERATOR), found.number(number)
    if events is None and share is not None and size is not None:
        events = rounded(share * size / _HUNDRED, 0)
    if events is None or size is None:
        return Side(None, f"a count is missing: {name}", figures)
    if size <= 0 or not 0 <= events <= size or events % 1 or size % 1:
        return Side(None, f"{number_text(events)} of {number_text(size)} cannot be: {name}", figures)
    return Side(Cohort(name, int(size), int(events)), "", figures)


def added_up(intakes: Sequence[Intake], names: tuple[str, str], *, public: bool) -> tuple[Intake | None, str]:
    """Add up the intakes that have both sides, where nobody can be in two of them.

    A public copy adds up what it shows: a sum with a withheld count in it would give that away, if not here then
    beside the sum of another quarter's copy.
    """
    both = [one for one in intakes if one.both]
    whole = [one for one in both if not (public and one.small)]
    if len(whole) < 2:  # noqa: PLR2004 - one intake stands for itself
        return None, ""
    if any(left.period.overlaps(right.period) for index, left in enumerate(whole) for right in whole[index + 1 :]):
        return None, "The intakes overlap: some are in two of them, so they are not added up."
    sides = []
    for name, cohorts in zip(names, zip(*((one.group, one.other) for one in whole), strict=True), strict=True):
        known = [one.cohort for one in cohorts if one.cohort is not None]
        total = Cohort(name, sum(one.size for one in known), sum(one.events for one in known))
        sides.append(Side(total, "", tuple(figure for one in cohorts for figure in one.figures)))
    span = Period(whole[0].period.start, whole[-1].period.end, PeriodKind.SPAN, whole[-1].period.counts_from)
    without, small = len(intakes) - len(both), len(both) - len(whole)
    reasons = [f"{without} without both groups" if without else "", f"{small} with small numbers" if small else ""]
    told = listed([one for one in reasons if one])
    return Intake(span, sides[0], sides[1]), f"Left out of the intakes together: {told}." if told else ""
