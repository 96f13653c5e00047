"""The strategies the program ships with, and a new store that begins with one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from scs_desktop.domain.agencies import Agency, ExpectedReturn, Frequency, Meeting, PeriodForm, Series
from scs_desktop.domain.areas import Area
from scs_desktop.domain.figures import Part, Unit, number
from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.domain.periods import Period, PeriodKind, financial_year
from scs_desktop.domain.strategy import (
    Action,
    Adding,
    Definition,
    Denominator,
    HeadlineMeasure,
    Indicator,
    IndicatorKind,
    IndicatorUse,
    Polarity,
    Priority,
    PriorityKind,
    RatedPart,
    SampleBase,
    Strategy,
)
from scs_desktop.domain.targets import Baseline, BaselineKind, BaselineValue, Target, TargetKind, TargetState
from scs_desktop.store import Entity, Store, create_store
from scs_desktop.workflows.resource_file import RESOURCES, DamagedResourceError, Entry, load_resource
from scs_desktop.workflows.shipped_areas import GSS, shipped_areas


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


class _Reader:
    """One strategy file on its way into domain objects.

    Within a file, agencies are named by their key, indicators by the code of their use and areas
    by their GSS code; outside it only UUIDs count.
    """

    def __init__(self, root: Entry, areas: tuple[Area, ...]) -> None:
        self.root = root
        self.areas = {code.code: area.id for area in areas for code in area.codes if code.family == GSS}
        self.agency_ids = {entry.text("key"): entry.identity() for entry in root.entries("agencies")}
        self.priority_entries = root.entries("priorities")
        inside = [(priority, priority.entries("indicators")) for priority in self.priority_entries]
        self.rows = [(priority.identity(), row) for priority, rows in inside for row in rows]
        self.indicator_ids: dict[str, UUID] = {}
        self.use_ids: dict[str, UUID] = {}
        for _, row in self.rows:
            code = row.text("code")
            if code in self.use_ids:
                raise row.fault("code", f"{code} stands for two indicators")
            self.indicator_ids[code], self.use_ids[code] = row.identity(), row.identity("use")
        self.strategy_id = root.entry("strategy").identity()

    def named(self, entry: Entry, key: str, name: str, known: dict[str, UUID]) -> UUID:
        if name not in known:
            raise entry.fault(key, f"nothing here is called “{name}”")
        return known[name]

    def all_named(self, entry: Entry, key: str, known: dict[str, UUID]) -> tuple[UUID, ...]:
        return tuple(self.named(entry, key, name, known) for name in entry.texts(key))

    def one_named(self, entry: Entry, key: str, known: dict[str, UUID]) -> UUID:
        return self.named(entry, key, entry.text(key), known)

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

    @staticmethod
    def indicator(row: Entry) -> Indicator:
        return Indicator(row.identity(), row.text("name"), row.text("short_name", ""), row.text("group", ""))

    def definition(self, row: Entry) -> Definition:
        entry = row.entry("definition")
        usual = entry.numbers("usual_range")
        if usual and (len(usual) != 2 or usual[0] > usual[1]):  # noqa: PLR2004  a range has two ends
            raise entry.fault("usual_range", "is no lowest and highest value")
        return Definition(
            id=entry.identity(),
            indicator=row.identity(),
            version=entry.whole("version"),
            unit=entry.choice("unit", Unit),
            polarity=entry.choice("polarity", Polarity),
            kind=entry.choice("kind", IndicatorKind),
            rated=entry.choice("rated", RatedPart),
            over_time=entry.choice("over_time", Adding),
            over_areas=entry.choice("over_areas", Adding),
            per=entry.number("per") if entry.has("per") else None,
            denominator=entry.text("denominator", ""),
            components=entry.texts("components"),
            guards=self.all_named(entry, "guards", self.indicator_ids),
            part_of=self.all_named(entry, "part_of", self.indicator_ids),
            question=entry.text("question", ""),
            sample=self.sample(entry.entry("sample")) if entry.has("sample") else None,
            counted_noun=entry.text("counted_noun", ""),
            stated_members=entry.texts("stated_members"),
            usual_range=(usual[0], usual[1]) if usual else None,
            usual_range_source=entry.text("usual_range_source", ""),
            decimals=entry.whole("decimals", 0),
            guidance=entry.text("guidance", ""),
        )

    @staticmethod
    def sample(entry: Entry) -> SampleBase:
        return SampleBase(
            entry.number("size"), entry.text("what"), entry.text("source"), entry.flag("assumed", default=True)
        )

    def use(self, priority: UUID, row: Entry) -> IndicatorUse:
        return IndicatorUse(
            id=row.identity("use"),
            strategy=self.strategy_id,
            priority=priority,
            indicator=row.identity(),
            code=row.text("code"),
            order=row.whole("order"),
            label=row.text("label"),
            direction=row.choice("direction", Polarity) if row.has("direction") else None,
            headline=row.flag("headline"),
        )

    def baseline(self, row: Entry) -> Baseline:
        entry = row.entry("baseline")
        kind = entry.choice("kind", BaselineKind, BaselineKind.PUBLISHED)
        strategy = self.root.entry("strategy")
        period = Period(strategy.day("baseline_start"), strategy.day("baseline_end"), PeriodKind.FINANCIAL_YEAR)
        return Baseline(
            id=entry.identity(),
            use=row.identity("use"),
            kind=kind,
            values=tuple(self.baseline_value(one) for one in entry.entries("values")),
            period=None if kind is BaselineKind.TO_BE_ESTABLISHED else period,
            establish_from=financial_year(entry.whole("establish_from")) if entry.has("establish_from") else None,
            printed=entry.text("printed"),
            other_years=entry.texts("other_years"),
            note=entry.text("note", ""),
        )

    @staticmethod
    def baseline_value(entry: Entry) -> BaselineValue:
        per: Decimal | None = entry.number("per") if entry.has("per") else None
        return BaselineValue(
            entry.choice("part", Part),
            entry.choice("unit", Unit),
            number(entry.number("number"), text=entry.text("number")),
            per,
            entry.text("denominator", ""),
        )

    def targets(self, row: Entry) -> tuple[Target, ...]:
        common = self.root.entry("targets")
        years, identities = common.wholes("years"), row.identities("targets")
        if len(years) != len(identities):
            raise row.fault("targets", f"there are {len(years)} years and {len(identities)} targets")
        kind, state = common.choice("kind", TargetKind), common.choice("state", TargetState)
        note = common.text("note", "")
        return tuple(
            Target(identity, row.identity("use"), financial_year(year), kind, state, note=note)
            for identity, year in zip(identities, years, strict=True)
        )

    def series(self, entry: Entry, row: Entry | None) -> Series:
        """Return a series: the preferred one of a row, another of an indicator, or one of context alone."""
        indicator = definition = None
        if row is not None:
            indicator, definition = row.identity(), row.entry("definition").identity()
        elif entry.has("indicator"):
            code = entry.text("indicator")
            indicator = self.named(entry, "indicator", code, self.indicator_ids)
            definition = next(one.entry("definition").identity() for _, one in self.rows if one.text("code") == code)
        return Series(
            id=entry.identity(),
            agency=self.one_named(entry, "agency", self.agency_ids),
            data_set=entry.text("data_set"),
            definition=definition,
            indicator=indicator,
            frequency=entry.choice("frequency", Frequency),
            form=entry.choice("form", PeriodForm, PeriodForm.SAME),
            preferred=row is not None,
            survey=entry.text("survey", ""),
            follow_up_months=entry.whole("follow_up_months", 0),
            note=entry.text("note", ""),
        )

    def expected(self, row: Entry) -> ExpectedReturn:
        entry, series = row.entry("expected_return"), row.entry("series")
        return ExpectedReturn(
            id=entry.identity(),
            agency=self.one_named(series, "agency", self.agency_ids),
            series=series.identity(),
            frequency=series.choice("frequency", Frequency),
            days_late=entry.whole("days_late"),
            valid_from=entry.day_if_any("valid_from"),
            valid_to=entry.day_if_any("valid_to"),
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


@lru_cache(maxsize=1)
def shipped_strategies() -> tuple[ShippedStrategy, ...]:
    """Return every strategy the program ships with, by the day it starts.

    Raises:
        DamagedResourceError: a shipped file is damaged.

    """
    found = (load_strategy_file(path) for path in sorted((RESOURCES / "strategies").glob("*.json")))
    return tuple(sorted(found, key=lambda one: one.strategy.start))


def set_up_store(
    *, path: Path, kind: StoreKind, who: str, strategy: ShippedStrategy | None = None, at: datetime | None = None
) -> Store:
    """Make a store that begins with the shipped areas and a strategy, and return it open.

    ``strategy`` is every shipped one where None is given; ``at`` the moment that history shows.

    Raises:
        UserError: there is a file of that name already, or its folder cannot be written to.

    """
    chosen = shipped_strategies() if strategy is None else (strategy,)
    store = create_store(path, kind=kind, who=who, at=at)
    try:
        with store.change(kind=ChangeKind.SETUP, summary="Areas and strategy as shipped", at=at) as change:
            change.save(*shipped_areas(), *(entity for one in chosen for entity in one.entities()))
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store
