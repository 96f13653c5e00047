"""What the intakes of two cohorts show side by side: each intake, all of them together, and from first to last."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.cohorts import LEAST_SIZE, CohortComparison, CohortPair
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.intervals import Interval
from scs_desktop.domain.periods import Period, position_label
from scs_desktop.domain.sentences import number_text, p_text, signed_points
from scs_desktop.domain.suppression import SMALLEST_SHOWN


@dataclass(frozen=True, slots=True)
class Group:
    """One cohort as it is shown.

    Attributes:
        size, events: None where they are not to be shown or not known; ``size_text`` and ``events_text`` say what is.
        share: from 0 to 1, with Wilson's limits; None where a count is withheld.

    """

    name: str
    size: int | None
    events: int | None
    size_text: str
    events_text: str
    share: float | None = None
    interval: Interval | None = None

    @property
    def share_text(self) -> str:
        """Return "23.1 %", or nothing."""
        return "" if self.share is None else f"{number_text(Decimal(repr(self.share * 100)), 1)} %"

    @property
    def interval_text(self) -> str:
        """Return "13.7–36.1 %", or nothing."""
        if self.interval is None:
            return ""
        low, high = (number_text(Decimal(repr(one * 100)), 1) for one in (self.interval.low, self.interval.high))
        return f"{low}–{high} %"


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """An intake's two cohorts, or all intakes together.

    Attributes:
        label: "2009/10"; ``followed`` until when: "March 2011".
        comparison: None where a side is missing or withheld; ``note`` says why.
        figures: stored figures that it rests on.

    """

    label: str
    followed: str
    group: Group
    other: Group
    comparison: CohortComparison | None
    note: str = ""
    figures: tuple[UUID, ...] = ()
    intake: Period | None = None

    @property
    def verdict(self) -> str:
        """Return the finding in a few words."""
        if self.comparison is None:
            return self.note
        if min(self.comparison.cohort.size, self.comparison.other.size) < LEAST_SIZE:
            return "too few to tell"
        return {1: "clearly more", -1: "clearly fewer", 0: "no clear difference"}[self.comparison.clear_direction]

    @property
    def difference_text(self) -> str:
        """Return "−18.3 points (−33.9 to −1.0)", cohort less other; nothing where it is not known."""
        if self.comparison is None:
            return ""
        test = self.comparison.test
        low, high = (
            signed_points(one * 100).removesuffix(" points") for one in (test.interval.low, test.interval.high)
        )
        return f"{signed_points(test.difference * 100)} ({low} to {high})"

    @property
    def p_text(self) -> str:
        """Return "p = .041", with Fisher's name where it is his; nothing where no test can tell."""
        if self.comparison is None or self.verdict == "too few to tell":
            return ""
        return p_text(self.comparison.p) + (", Fisher’s exact" if self.comparison.exact else "")


@dataclass(frozen=True, slots=True)
class PairResult:
    """A pair of cohorts at a position.

    Attributes:
        priority: number and name of the priority it stands under.
        names: what the two groups are called.
        pooled: all intakes together, None where they overlap or there is one alone; ``pooled_note`` says why.
        sentence: the finding, of all intakes together where that can be said, else of the latest.
        trends: from the first intake to the last, a sentence a group.
        source: who sends the figures, in which data sets.
        withheld: why nothing of it may be published; then there are no intakes.

    """

    pair: CohortPair
    priority: str
    names: tuple[str, str]
    intakes: tuple[IntakeResult, ...]
    pooled: IntakeResult | None
    pooled_note: str
    sentence: str
    caution: str
    trends: tuple[str, ...]
    source: str
    illustrative: bool = False
    withheld: str = ""

    @property
    def rows(self) -> tuple[IntakeResult, ...]:
        """The intakes, then all of them together."""
        return self.intakes if self.pooled is None else (*self.intakes, self.pooled)

    @property
    def figures(self) -> tuple[UUID, ...]:
        """Every stored figure that it rests on."""
        return tuple(dict.fromkeys(one for intake in self.intakes for one in intake.figures))


@dataclass(frozen=True, slots=True)
class CohortResults:
    """Every pair of a strategy at a position; ``public`` where small counts are withheld."""

    name: str
    partnership: str
    kind: StoreKind
    position: date
    known_on: date
    as_at: int | None
    pairs: tuple[PairResult, ...]
    public: bool = False

    @property
    def position_text(self) -> str:
        """The position as a title says it: "Q2 2011/12"."""
        return position_label(self.position)

    @property
    def small_shown(self) -> bool:
        """Whether a count of 1 to 4 is shown, of those who had the event or of those who had not."""
        groups = (group for pair in self.pairs for row in pair.rows for group in (row.group, row.other))
        known = ((one.events, one.size) for one in groups)
        return any(
            is_small(events) or is_small(size - events)
            for events, size in known
            if events is not None and size is not None
        )


def chart_text(pair: PairResult) -> str:
    """Return the drawing of a pair in words: every share with its interval."""
    said = []
    for row in pair.rows:
        sides = [
            f"{one.name} {one.share_text} ({one.interval_text})" if one.share is not None else f"{one.name} not shown"
            for one in (row.group, row.other)
        ]
        said.append(f"{row.label}: {', '.join(sides)}")
    return f"Share that {pair.pair.event} by intake, with 95 % intervals. {'; '.join(said)}."


def axis_end(pair: PairResult) -> float:
    """Return where the drawing's axis of shares ends: the next tenth past every interval, 1 at most."""
    highs = [one.interval.high for row in pair.rows for one in (row.group, row.other) if one.interval is not None]
    return min(1.0, math.ceil(max(highs, default=1.0) * 10 + 0.001) / 10)


def is_small(count: int) -> bool:
    """Whether a count is one that a public copy withholds: 1 to 4."""
    return 0 < count < SMALLEST_SHOWN
