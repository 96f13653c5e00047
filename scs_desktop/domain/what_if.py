"""What other rules, tolerances, targets or rollups would do to the lights, before anybody approves them.

The figures stay as they are; the strategy is rated twice, and what differs is told. Reports that are
signed off keep the statuses they printed, so nothing here reaches back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.baselines import published_value
from scs_desktop.domain.corrections import Reading, as_decided
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.measure import years_between
from scs_desktop.domain.path import NUMERIC, target_of_year, target_value
from scs_desktop.domain.periods import Period, financial_year, financial_year_of
from scs_desktop.domain.position import IndicatorPosition, Light, LightCounts, Status, StrategyPosition
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.rollup import PriorityOverride, RollupChoice
from scs_desktop.domain.sentences import listed, plural
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Definition, IndicatorUse, Strategy
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance

_WHOLE = Decimal(100)
_RATED_BY_TOLERANCE = NUMERIC | {TargetKind.RANGE}


@dataclass(frozen=True, slots=True)
class Supposition:
    """What is supposed to be otherwise.

    Attributes:
        tolerance: how far short is still amber; one in points concerns percentages alone.
        points: for percentages, instead of ``tolerance``, in percentage points.
        rule: LITERAL or USUAL_MOVEMENT with the direction alone as the target, or PATH towards
            ``better_by``; None leaves each indicator's own.
        better_by: percent of the baseline by which the last year is to be better, for PATH;
            ``each_year`` counts it once for every year from the baseline.
        targets: by use, all its targets as they would be; no other rule is supposed of it then.
        uses: the indicators concerned, None for all; ``priorities`` likewise, by the priority they stand under.
        rollups: by priority, the rule that would be chosen; ``weights`` by use.
        overrides: all overrides as they would be, None for those that are.

    """

    tolerance: Tolerance | None = None
    points: Decimal | None = None
    rule: StatusRule | None = None
    better_by: Decimal | None = None
    each_year: bool = False
    targets: Mapping[UUID, tuple[Target, ...]] = field(default_factory=dict)
    uses: frozenset[UUID] | None = None
    priorities: frozenset[UUID] | None = None
    rollups: Mapping[UUID, RollupChoice] = field(default_factory=dict)
    weights: Mapping[UUID, Decimal] = field(default_factory=dict)
    overrides: tuple[PriorityOverride, ...] | None = None

    def __post_init__(self) -> None:
        """Refuse a rule that cannot be supposed of every indicator, and a path that leads nowhere."""
        if self.rule not in {None, StatusRule.LITERAL, StatusRule.USUAL_MOVEMENT, StatusRule.PATH}:
            raise ValueError(f"{self.rule} belongs to single indicators")
        if (self.rule is StatusRule.PATH) != (self.better_by is not None):
            raise ValueError("a path needs its end, and only a path has one")

    def concerns(self, use: IndicatorUse) -> bool:
        """Whether an indicator is supposed to be rated otherwise."""
        named = self.uses is None or use.id in self.uses
        return named and (self.priorities is None or use.priority in self.priorities)


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

    @property
    def why(self) -> str:
        """Say it with the sentence of the light that would be."""
        return f"{self.sentence}. {self.after.sentence}"


@dataclass(frozen=True, slots=True)
class Effect:
    """What a supposition would do at a position.

    Attributes:
        before, after: how many lights there are of each colour, and would be.
        flips: the indicators' lights that differ, ``priorities`` the priorities'.
        rated: the whole strategy as it would stand.
        notes: sentences on why a supposition does nothing.

    """

    before: LightCounts
    after: LightCounts
    flips: tuple[Flip, ...]
    priorities: tuple[Flip, ...]
    rated: StrategyPosition
    notes: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Say how many lights flip, and to what: "7 of 28 lights flip: 2 to green, 5 to red."."""
        return flips_sentence(self.flips, self.before.rated + self.before.unrated, "light")

    @property
    def priorities_sentence(self) -> str:
        """Say which priorities' lights flip."""
        said = flips_sentence(self.priorities, len(self.rated.priorities), "priority", "priorities")
        if not self.priorities:
            return said
        named = [f"{one.code} {light_word(one.before)} to {light_word(one.after)}" for one in self.priorities]
        return f"{said[:-1]} ({'; '.join(named)})."


def flips_sentence(flips: Sequence[Flip], total: int, one: str, many: str = "") -> str:
    """Say how many of so many lights flip, and to which colours."""
    whole = plural(total, one, many)
    if not flips:
        return f"None of {whole} would flip."
    lights = [flip.after.light for flip in flips]
    to = [
        f"{lights.count(light)} to {'unrated' if light is None else light.value}"
        for light in (Light.GREEN, Light.AMBER, Light.RED, None)
        if light in lights
    ]
    return f"{len(flips)} of {whole} {'flips' if len(flips) == 1 else 'flip'}: {', '.join(to)}."


def light_word(status: Status) -> str:
    """Return a status in a word or two: "Amber", "Green, untested", "overlaps baseline"."""
    if status.light is None:
        return status.unrated.value if status.unrated is not None else ""
    word = status.light.value.capitalize()
    return f"{word}, untested" if status.hollow else word


def what_if(snapshot: Snapshot, position: date, supposed: Supposition) -> Effect:
    """Rate the strategy as it is and as it is supposed, and tell what differs."""
    was = rate_strategy(snapshot, position)
    otherwise = suppose(snapshot, supposed)
    would = rate_strategy(otherwise, position)
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
    notes = _notes(snapshot, otherwise, position, supposed)
    return Effect(was.counts, would.counts, flips, priorities, would, notes)


def suppose(snapshot: Snapshot, supposed: Supposition) -> Snapshot:
    """Return the snapshot with targets, weights and rollups as they would be; nothing else in it differs.

    A rule is supposed where a target is: an indicator without one in a year has none then either, and a range
    stays a range.
    """
    reading = as_decided(snapshot)
    targets = dict(snapshot.targets)
    for use in snapshot.uses:
        if supposed.concerns(use):
            targets[use.id] = _targets(snapshot, use, reading, supposed)
    return replace(
        snapshot,
        targets=targets,
        uses=tuple(replace(use, weight=supposed.weights.get(use.id, use.weight)) for use in snapshot.uses),
        rollups={**snapshot.rollups, **supposed.rollups},
        overrides=snapshot.overrides if supposed.overrides is None else supposed.overrides,
    )


def strategy_years(strategy: Strategy) -> tuple[Period, ...]:
    """Return the financial years that a strategy runs through."""
    first = financial_year_of(strategy.start).start.year
    last = financial_year_of(strategy.end).start.year
    return tuple(financial_year(year) for year in range(first, last + 1))


def _notes(snapshot: Snapshot, otherwise: Snapshot, position: date, supposed: Supposition) -> tuple[str, ...]:
    said: list[str] = []
    reading = as_decided(snapshot)
    for why, holds in (("more than 100 %", _above), ("less than none", _below)):
        beyond = [
            use.code
            for use in snapshot.uses
            if supposed.concerns(use) and holds(_end_supposed(snapshot, use, reading, supposed), reading, use)
        ]
        if beyond:
            keeps = "keeps its target" if len(beyond) == 1 else "keep their targets"
            said.append(f"{listed(beyond)} {keeps}: {why} cannot be.")
    if supposed.tolerance is not None or supposed.points is not None:
        year = financial_year_of(position)
        ruling = [
            target_of_year(otherwise.targets.get(use.id, ()), year) for use in otherwise.uses if supposed.concerns(use)
        ]
        if not any(one is not None and one.kind in _RATED_BY_TOLERANCE for one in ruling):
            said.append("No target here is a number, so the tolerance plays no part.")
    return tuple(said)


def _beyond(snapshot: Snapshot, use: IndicatorUse, reading: Reading, supposed: Supposition) -> bool:
    """Whether the supposed path would end where no figure can be."""
    end = _end_supposed(snapshot, use, reading, supposed)
    return _above(end, reading, use) or _below(end, reading, use)


def _above(end: Decimal | None, reading: Reading, use: IndicatorUse) -> bool:
    return end is not None and reading.definitions[use.id].unit is Unit.PERCENT and end > _WHOLE


def _below(end: Decimal | None, _: Reading, __: IndicatorUse) -> bool:
    return end is not None and end < 0


def _end_supposed(snapshot: Snapshot, use: IndicatorUse, reading: Reading, supposed: Supposition) -> Decimal | None:
    """Return where the supposed path would end, from the baseline as read; None without a path or a number."""
    definition, baseline = reading.definitions[use.id], reading.baselines.get(use.id)
    if supposed.rule is not StatusRule.PATH or baseline is None or use.id in supposed.targets:
        return None
    printed = published_value(baseline, definition)
    level = None if printed is None else printed.measured.value
    return target_value(_path_end(snapshot.strategy, use, definition, supposed), level)


def _rows(position: StrategyPosition) -> tuple[IndicatorPosition, ...]:
    """Return each indicator once, though a priority may borrow it from another."""
    own = {row.use: row for priority in position.priorities for row in priority.indicators}
    return tuple(own.values())


def _differs(before: Status, after: Status) -> bool:
    return (before.light, before.unrated, before.hollow) != (after.light, after.unrated, after.hollow)


def _targets(snapshot: Snapshot, use: IndicatorUse, reading: Reading, supposed: Supposition) -> tuple[Target, ...]:
    definition = reading.definitions[use.id]
    targets = supposed.targets.get(use.id, snapshot.targets.get(use.id, ()))
    named = use.id in supposed.targets
    ruled_anew = supposed.rule is not None and not named and not _beyond(snapshot, use, reading, supposed)
    if ruled_anew and definition.polarity.sign:
        years = [year for year in strategy_years(snapshot.strategy) if _has_direction(use, targets, year)]
        if years and supposed.rule is StatusRule.PATH:
            targets = (_path_end(snapshot.strategy, use, definition, supposed),)
        elif years:
            kept = [one for one in targets if all(one.year.start != year.start for year in years)]
            ruled = [
                Target(use.id, use.id, year, TargetKind.DIRECTION, TargetState.APPROVED, rule=supposed.rule)
                for year in years
            ]
            targets = (*(one for one in kept if not one.end_of_path), *ruled)
    return tuple(_with_tolerance(one, definition, supposed) for one in targets)


def _has_direction(use: IndicatorUse, targets: Sequence[Target], year: Period) -> bool:
    """Whether there is a target in the year that says which way to go."""
    if not targets:
        return use.direction is not None
    ruling = target_of_year(targets, year)
    return ruling is not None and ruling.kind is not TargetKind.RANGE


def _path_end(strategy: Strategy, use: IndicatorUse, definition: Definition, supposed: Supposition) -> Target:
    end = strategy_years(strategy)[-1]
    better = supposed.better_by or Decimal(0)
    if supposed.each_year:
        better *= years_between(strategy.baseline_end, end.end)
    return Target(
        use.id, use.id, end, TargetKind.PERCENT_ON_BASELINE, TargetState.APPROVED, definition.polarity.sign * better,
        end_of_path=True,
    )  # fmt: skip


def _with_tolerance(target: Target, definition: Definition, supposed: Supposition) -> Target:
    percentage = definition.unit is Unit.PERCENT
    if percentage and supposed.points is not None:
        return replace(target, tolerance=Tolerance(supposed.points, in_points=True))
    wanted = supposed.tolerance
    if wanted is None or (wanted.in_points and not percentage):
        return target
    return replace(target, tolerance=wanted)
