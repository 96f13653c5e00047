"""What other rules, tolerances or targets would do to the lights, before anybody approves them.

The figures stay as they are; the strategy is rated twice, and what differs is told. Reports that are
signed off keep the statuses they printed, so nothing here reaches back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.periods import Period, financial_year, financial_year_of
from scs_desktop.domain.position import IndicatorPosition, LightCounts, Status, StrategyPosition
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.sentences import listed, plural
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import IndicatorUse
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance

_NAMED = 4


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed to be otherwise.

    Attributes:
        tolerance: how far short is still amber.
        rule: LITERAL or USUAL_MOVEMENT with the direction alone as the target, or PATH towards
            ``better_by``; None leaves each indicator's own.
        better_by: percent of the baseline by which the last year is to be better, for PATH.
        targets: by use, all its targets as they would be.
        uses: the indicators concerned, None for all.

    """

    tolerance: Tolerance | None = None
    rule: StatusRule | None = None
    better_by: Decimal | None = None
    targets: Mapping[UUID, tuple[Target, ...]] = field(default_factory=dict)
    uses: frozenset[UUID] | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that cannot be supposed of every indicator, and a path that leads nowhere."""
        if self.rule not in {None, StatusRule.LITERAL, StatusRule.USUAL_MOVEMENT, StatusRule.PATH}:
            raise ValueError(f"{self.rule} belongs to single indicators")
        if (self.rule is StatusRule.PATH) != (self.better_by is not None):
            raise ValueError("a path needs its end, and only a path has one")


@dataclass(frozen=True, slots=True)
class Flip:
    """One light that would be another."""

    use: UUID
    code: str
    name: str
    before: Status
    after: Status

    @property
    def sentence(self) -> str:
        """Say it: "1.3 Residential burglary: Amber to Red"."""
        return f"{self.code} {self.name}: {light_word(self.before)} to {light_word(self.after)}"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a supposition would do at a position."""

    before: LightCounts
    after: LightCounts
    flips: tuple[Flip, ...]
    priorities: tuple[Flip, ...]
    rated: StrategyPosition

    @property
    def sentence(self) -> str:
        """Say how many lights flip, and which while they are few."""
        total = self.before.rated + self.before.unrated
        if not self.flips:
            return f"None of {plural(total, 'light')} would change."
        codes = [flip.code for flip in self.flips]
        named = codes if len(codes) <= _NAMED else [*codes[: _NAMED - 1], f"{len(codes) - _NAMED + 1} more"]
        return f"{len(codes)} of {plural(total, 'light')} would change: {listed(named)}."


def light_word(status: Status) -> str:
    """Return a status in a word or two: "Amber", "Green, untested", "overlaps baseline"."""
    if status.light is None:
        return status.unrated.value if status.unrated is not None else ""
    word = status.light.value.capitalize()
    return f"{word}, untested" if status.hollow else word


def what_if(snapshot: Snapshot, position: date, supposed: Supposition) -> Effect:
    """Rate the strategy as it is and as it is supposed, and tell what differs."""
    was = rate_strategy(snapshot, position)
    would = rate_strategy(suppose(snapshot, supposed), position)
    after = {row.use: row for row in _rows(would)}
    flips = tuple(
        Flip(row.use, row.code, row.name, row.status, after[row.use].status)
        for row in _rows(was)
        if _differs(row.status, after[row.use].status)
    )
    priorities = tuple(
        Flip(one.id, str(one.number), one.name, one.status, other.status)
        for one, other in zip(was.priorities, would.priorities, strict=True)
        if _differs(one.status, other.status)
    )
    return Effect(was.counts, would.counts, flips, priorities, would)


def suppose(snapshot: Snapshot, supposed: Supposition) -> Snapshot:
    """Return the snapshot with targets as they would be; nothing else in it differs."""
    targets = dict(snapshot.targets)
    for use in snapshot.uses:
        if supposed.uses is not None and use.id not in supposed.uses:
            continue
        targets[use.id] = _targets(snapshot, use, supposed)
    return replace(snapshot, targets=targets)


def _rows(position: StrategyPosition) -> tuple[IndicatorPosition, ...]:
    """Return each indicator once, though a priority may borrow it from another."""
    own = {row.use: row for priority in position.priorities for row in priority.indicators}
    return tuple(own.values())


def _differs(before: Status, after: Status) -> bool:
    return (before.light, before.unrated, before.hollow) != (after.light, after.unrated, after.hollow)


def _targets(snapshot: Snapshot, use: IndicatorUse, supposed: Supposition) -> tuple[Target, ...]:
    targets = supposed.targets.get(use.id, snapshot.targets.get(use.id, ()))
    if supposed.rule is StatusRule.PATH and supposed.better_by is not None:
        sign = snapshot.definition_of(use).polarity.sign
        end = _years(snapshot)[-1]
        path = Target(
            use.id, use.id, end, TargetKind.PERCENT_ON_BASELINE, TargetState.APPROVED, sign * supposed.better_by,
            end_of_path=True,
        )  # fmt: skip
        targets = (path,) if sign else targets
    elif supposed.rule is not None:
        targets = tuple(
            Target(use.id, use.id, year, TargetKind.DIRECTION, TargetState.APPROVED, rule=supposed.rule)
            for year in _years(snapshot)
        )
    if supposed.tolerance is not None:
        targets = tuple(replace(one, tolerance=supposed.tolerance) for one in targets)
    return targets


def _years(snapshot: Snapshot) -> tuple[Period, ...]:
    first = financial_year_of(snapshot.strategy.start).start.year
    last = financial_year_of(snapshot.strategy.end).start.year
    return tuple(financial_year(year) for year in range(first, last + 1))
