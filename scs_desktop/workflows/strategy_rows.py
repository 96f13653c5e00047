"""The indicators of a strategy file: each row with its definition, baseline, targets and series."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.agencies import ExpectedReturn, Frequency, PeriodForm, Series
from scs_desktop.domain.areas import Area
from scs_desktop.domain.figures import Part, Unit, number
from scs_desktop.domain.periods import Period, PeriodKind, financial_year
from scs_desktop.domain.strategy import (
    Adding,
    Definition,
    Indicator,
    IndicatorKind,
    IndicatorUse,
    Polarity,
    RatedPart,
    SampleBase,
)
from scs_desktop.domain.targets import Baseline, BaselineKind, BaselineValue, Target, TargetKind, TargetState
from scs_desktop.workflows.resource_file import Entry
from scs_desktop.workflows.shipped_areas import GSS


class StrategyRows:
    """The indicators of one strategy file on their way into domain objects, and the names used in it.

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
        """Return what the name stands for; raises `DamagedResourceError` for one that is not in the file."""
        if name not in known:
            raise entry.fault(key, f"nothing here is called “{name}”")
        return known[name]

    def all_named(self, entry: Entry, key: str, known: dict[str, UUID]) -> tuple[UUID, ...]:
        """Return what each name of the list stands for."""
        return tuple(self.named(entry, key, name, known) for name in entry.texts(key))

    def one_named(self, entry: Entry, key: str, known: dict[str, UUID]) -> UUID:
        """Return what the field's name stands for."""
        return self.named(entry, key, entry.text(key), known)

    @staticmethod
    def indicator(row: Entry) -> Indicator:
        """Return the indicator of a row."""
        return Indicator(row.identity(), row.text("name"), row.text("short_name", ""), row.text("group", ""))

    def definition(self, row: Entry) -> Definition:
        """Return its definition."""
        entry = row.entry("definition")
        usual = entry.numbers("usual_range")
        if usual and (len(usual) != 2 or usual[0] > usual[1]):  # noqa: PLR2004  a range has two ends
            raise entry.fault("usual_range", "is no lowest and highest value")
        tau = entry.number("tau") if entry.has("tau") else None
        if tau is not None and not 0 < tau < 1:
            raise entry.fault("tau", f"{tau} is no share between 0 and 1")
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
            tau=tau,
            hide_small=entry.flag("hide_small"),
        )

    @staticmethod
    def sample(entry: Entry) -> SampleBase:
        """Return the sample behind its percentage."""
        effect = entry.number("design_effect") if entry.has("design_effect") else Decimal(1)
        if effect <= 0:
            raise entry.fault("design_effect", f"{effect} is no design effect: it is above nought")
        return SampleBase(
            entry.number("size"), entry.text("what"), entry.text("source"), entry.flag("assumed", default=True), effect
        )

    def use(self, priority: UUID, row: Entry) -> IndicatorUse:
        """Return its use under a priority."""
        weight = row.number("weight") if row.has("weight") else Decimal(1)
        if weight < 0:
            raise row.fault("weight", f"{weight} is below nought")
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
            weight=weight,
        )

    def baseline(self, row: Entry) -> Baseline:
        """Return its baseline as printed."""
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
        """Return one printed number of a baseline."""
        per: Decimal | None = entry.number("per") if entry.has("per") else None
        return BaselineValue(
            entry.choice("part", Part),
            entry.choice("unit", Unit),
            number(entry.number("number"), text=entry.text("number")),
            per,
            entry.text("denominator", ""),
        )

    def targets(self, row: Entry) -> tuple[Target, ...]:
        """Return its targets, one for each year of the strategy."""
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
        """Return when its figures are expected."""
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
