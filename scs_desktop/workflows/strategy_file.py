"""A strategy as its file says it, every reference resolved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scs_desktop.domain.agencies import Agency, ExpectedReturn, Meeting, Series
from scs_desktop.domain.strategy import (
    Action,
    Definition,
    Denominator,
    HeadlineMeasure,
    Indicator,
    IndicatorUse,
    Priority,
    PriorityKind,
    Strategy,
)
from scs_desktop.domain.targets import Baseline, Target
from scs_desktop.store import Entity
from scs_desktop.workflows.resource_file import DamagedResourceError, Entry, load_resource
from scs_desktop.workflows.shipped_areas import shipped_areas
from scs_desktop.workflows.strategy_rows import StrategyRows


@dataclass(frozen=True, slots=True)
class ShippedStrategy:
    """A whole strategy as it stands in its file, nothing decided and nothing corrected."""

    strategy: Strategy
    agencies: tuple[Agency, ...]
    priorities: tuple[Priority, ...]
    indicators: tuple[Indicator, ...]
    definitions: tuple[Definition, ...]
    uses: tuple[IndicatorUse, ...]
    baselines: tuple[Baseline, ...]
    targets: tuple[Target, ...]
    series: tuple[Series, ...]
    expected: tuple[ExpectedReturn, ...]
    denominators: tuple[Denominator, ...]
    headlines: tuple[HeadlineMeasure, ...]
    actions: tuple[Action, ...]
    meetings: tuple[Meeting, ...]

    def entities(self) -> Iterator[Entity]:
        """Everything, each after what it refers to."""
        yield from self.agencies
        yield self.strategy
        yield from self.indicators
        yield from self.definitions
        yield from self.series
        yield from self.priorities
        yield from self.uses
        yield from self.baselines
        yield from self.meetings
        yield from self.targets
        yield from self.expected
        yield from self.denominators
        yield from self.headlines
        yield from self.actions


class _Reader(StrategyRows):
    """One strategy file on its way into domain objects."""

    def read(self) -> ShippedStrategy:
        result = ShippedStrategy(
            strategy=self.strategy(),
            agencies=tuple(self.agency(entry) for entry in self.root.entries("agencies")),
            priorities=tuple(self.priority(entry) for entry in self.priority_entries),
            indicators=tuple(self.indicator(row) for _, row in self.rows),
            definitions=tuple(self.definition(row) for _, row in self.rows),
            uses=tuple(self.use(priority, row) for priority, row in self.rows),
            baselines=tuple(self.baseline(row) for _, row in self.rows),
            targets=tuple(target for _, row in self.rows for target in self.targets(row)),
            series=(
                *(self.series(row.entry("series"), row) for _, row in self.rows),
                *(self.series(entry, None) for entry in self.root.entries("other_series")),
                *(self.series(entry, None) for entry in self.root.entries("context_series")),
            ),
            expected=tuple(self.expected(row) for _, row in self.rows),
            denominators=tuple(self.denominator(entry) for entry in self.root.entries("denominators")),
            headlines=tuple(self.headline(entry) for entry in self.root.entries("headline_measures")),
            actions=tuple(action for entry in self.priority_entries for action in self.actions(entry)),
            meetings=tuple(self.meeting(entry) for entry in self.root.entries("meetings")),
        )
        self.root.finish()
        identities = [one.id for one in result.entities()]
        if len(set(identities)) != len(identities):
            message = f"{self.root.where}: one UUID stands for two things"
            raise DamagedResourceError(message)
        return result

    def strategy(self) -> Strategy:
        entry = self.root.entry("strategy")
        return Strategy(
            id=entry.identity(),
            name=entry.text("name"),
            partnership=entry.text("partnership"),
            home_area=self.one_named(entry, "home_area", self.areas),
            start=entry.day("start"),
            end=entry.day("end"),
            baseline_start=entry.day("baseline_start"),
            baseline_end=entry.day("baseline_end"),
            objective=entry.text("objective", ""),
            source=entry.text("source", ""),
            partners=self.all_named(entry, "partners", self.agency_ids),
        )

    def agency(self, entry: Entry) -> Agency:
        entry.text("key")
        return Agency(
            id=entry.identity(),
            name=entry.text("name"),
            short_name=entry.text("short_name", ""),
            valid_from=entry.day_if_any("valid_from"),
            valid_to=entry.day_if_any("valid_to"),
            successor=self.one_named(entry, "successor", self.agency_ids) if entry.has("successor") else None,
        )

    def priority(self, entry: Entry) -> Priority:
        return Priority(
            id=entry.identity(),
            strategy=self.strategy_id,
            number=entry.whole("number"),
            name=entry.text("name"),
            kind=entry.choice("kind", PriorityKind),
            lead_agencies=self.all_named(entry, "lead_agencies", self.agency_ids),
            lead_text=entry.text("lead_text", ""),
            why=entry.text("why", ""),
            derived_from=self.all_named(entry, "derived_from", self.use_ids),
        )

    def denominator(self, entry: Entry) -> Denominator:
        return Denominator(
            id=entry.identity(),
            name=entry.text("name"),
            area=self.one_named(entry, "area", self.areas),
            value=entry.number("value"),
            source=entry.text("source"),
            year_start=entry.day_if_any("year_start"),
            year_end=entry.day_if_any("year_end"),
        )

    def headline(self, entry: Entry) -> HeadlineMeasure:
        return HeadlineMeasure(
            id=entry.identity(),
            strategy=self.strategy_id,
            order=entry.whole("order"),
            name=entry.text("name"),
            uses=self.all_named(entry, "uses", self.use_ids),
            as_rate=entry.flag("as_rate"),
            note=entry.text("note", ""),
        )

    def actions(self, priority: Entry) -> tuple[Action, ...]:
        return tuple(
            Action(
                id=entry.identity(),
                priority=priority.identity(),
                order=order,
                text=entry.text("text"),
                owner=entry.text("owner", ""),
                due=entry.day_if_any("due"),
            )
            for order, entry in enumerate(priority.entries("actions"), start=1)
        )

    @staticmethod
    def meeting(entry: Entry) -> Meeting:
        return Meeting(
            id=entry.identity(),
            position=entry.day("position"),
            cut_off=entry.day("cut_off"),
            meeting=entry.day("meeting"),
            publication=entry.day_if_any("publication"),
            title=entry.text("title", ""),
        )


def load_strategy_file(path: Path) -> ShippedStrategy:
    """Read a strategy file into the domain's objects, every reference resolved.

    Raises:
        DamagedResourceError: the file is damaged; the message names the place.

    """
    return _Reader(load_resource(path), shipped_areas()).read()
