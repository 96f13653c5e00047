"""A programme's cohort against others: how many of each re-offended (or whatever is counted), and how sure that is."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.comparison import ShareComparison, compare_shares
from scs_desktop.domain.sentences import number_text, p_text, signed_points

_FEW = 5
LEAST_SIZE = 10
"""Under so many people on a side no test can tell."""


@dataclass(frozen=True, slots=True)
class Cohort:
    """People followed for the same time: ``events`` of ``size`` had what is counted happen to them."""

    name: str
    size: int
    events: int

    def __post_init__(self) -> None:
        """No cohort holds more events than people."""
        if self.size <= 0 or not 0 <= self.events <= self.size:
            raise ValueError(f"{self.events} of {self.size} is no cohort")

    @property
    def share(self) -> float:
        """The share from 0 to 1."""
        return self.events / self.size


@dataclass(frozen=True, slots=True)
class CohortPair:
    """Two series of cohorts that are compared: of those a programme reached, and of others.

    Each series gives, for an intake and its follow-up, how many had the event (numerator) of how many (denominator).

    Attributes:
        priority: under which it is shown.
        name: of the comparison.
        series, other: the programme's cohorts, and those they are compared with.
        event: completes "12 of 40 …".
        note: how the groups were chosen.

    """

    id: UUID
    strategy: UUID
    priority: UUID
    name: str
    series: UUID
    other: UUID
    event: str = "re-offended"
    note: str = ""


@dataclass(frozen=True, slots=True)
class CohortComparison:
    """A cohort against the one it is compared with.

    Attributes:
        test: the two shares with Wilson's limits and Newcombe's of their difference, cohort less other.
        p: two-sided; Fisher's exact where fewer than 5 had, or had not, the event in either.
        exact: whether p is Fisher's.
        sentence: the finding; ``caution`` what it does not prove.

    """

    cohort: Cohort
    other: Cohort
    test: ShareComparison
    p: float
    exact: bool
    sentence: str
    caution: str

    @property
    def clear_direction(self) -> int:
        """+1 where clearly more of the cohort, −1 where clearly fewer, 0 where chance may have done it."""
        if self.p >= 1 - self.test.confidence:
            return 0
        return 1 if self.test.difference > 0 else -1


def compare_cohorts(cohort: Cohort, other: Cohort, *, event: str = "re-offended") -> CohortComparison:
    """Compare two cohorts that share nobody.

    ``event`` completes "12 of 40 …". Under 10 people on a side the sentence says that no test can tell.
    """
    test = compare_shares(other.share, other.size, cohort.share, cohort.size)
    exact = min(_ends(cohort) + _ends(other)) < _FEW
    p = fisher_two_sided(cohort, other) if exact else test.p
    points = signed_points(test.difference * 100)
    low, high = signed_points(test.interval.low * 100), signed_points(test.interval.high * 100)
    said = f"{_share(cohort, event)}. {_share(other)}."
    if min(cohort.size, other.size) < LEAST_SIZE:
        verdict = "Too few people for a test to tell."
    elif p < 1 - test.confidence:
        more = "more" if test.difference > 0 else "fewer"
        verdict = f"Clearly {more}: {points} ({low} to {high}; {p_text(p)})."
    else:
        verdict = f"No clear difference: {points} ({low} to {high}; {p_text(p)})."
    caution = "The groups were not drawn by lot: who was chosen may explain a difference as well as what was done."
    return CohortComparison(cohort, other, test, p, exact, f"{said} {verdict}", caution)


def fisher_two_sided(first: Cohort, second: Cohort) -> float:
    """Fisher's exact probability of a table at least as unlikely, its margins kept.

    It sums over every possible number of events, each weighed against the likeliest, so that no size overflows.
    """
    total, events = first.size + second.size, first.events + second.events
    low, high = max(0, events - second.size), min(first.size, events)
    likeliest = min(high, max(low, (first.size + 1) * (events + 1) // (total + 2)))

    def step(x: int) -> float:
        """Weight of x + 1 over that of x."""
        return (first.size - x) * (events - x) / ((x + 1) * (total - first.size - events + x + 1))

    weights = {likeliest: 1.0}
    for x in range(likeliest, high):
        weights[x + 1] = weights[x] * step(x)
    for x in range(likeliest, low, -1):
        weights[x - 1] = weights[x] / step(x - 1)
    bar = weights[first.events] * (1 + 1e-7)
    return min(1.0, math.fsum(one for one in weights.values() if one <= bar) / math.fsum(weights.values()))


def _ends(cohort: Cohort) -> tuple[int, int]:
    return cohort.events, cohort.size - cohort.events


def _share(cohort: Cohort, event: str = "") -> str:
    percent = number_text(Decimal(repr(cohort.share * 100)), 1)
    return f"{cohort.name}: {cohort.events:,} of {cohort.size:,}{event and f' {event}'} ({percent} %)"
