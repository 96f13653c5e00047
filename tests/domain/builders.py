"""A small builder of strategies with figures, for tests that read like a board's story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from scs_desktop.domain.agencies import Agency, ExpectedReturn, Frequency, PeriodForm, Series
from scs_desktop.domain.decisions import CheckRule, Decision, Finding, Verdict
from scs_desktop.domain.figures import Figure, FigureKey, Finality, Measured, Part, Unit, number
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import Period, add_months, financial_year, months_between, quarter
from scs_desktop.domain.position import IndicatorPosition, StrategyPosition
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.snapshot import Snapshot
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
from scs_desktop.domain.targets import (
    Baseline,
    BaselineKind,
    BaselineValue,
    Target,
    TargetKind,
    TargetState,
)

AREA = uuid5(NAMESPACE_URL, "area")
LATE = date(2014, 6, 30)
ASSUMED_400 = SampleBase(Decimal(400), "answers", "about 400 answers a borough and 12 months")


def made_id(*parts: object) -> UUID:
    return uuid5(NAMESPACE_URL, ":".join(str(part) for part in parts))


def counted(printed: str, rate: str | None = None, denominator: str = "population") -> tuple[BaselineValue, ...]:
    values = [BaselineValue(Part.VALUE, Unit.COUNT, number(printed))]
    if rate is not None:
        values.append(BaselineValue(Part.VALUE, Unit.RATE, number(rate), Decimal(1000), denominator))
    return tuple(values)


def percent(printed: str) -> tuple[BaselineValue, ...]:
    return (BaselineValue(Part.VALUE, Unit.PERCENT, number(printed)),)


class StrategyBuilder:
    """Puts a strategy together piece by piece; ``snapshot`` gives it as a store would."""

    def __init__(self, *, known_on: date = LATE, baseline_first: int = 2010, years: int = 3) -> None:
        self.baseline_year = financial_year(baseline_first)
        self.known_on = known_on
        first = financial_year(baseline_first + 1)
        self.years = [financial_year(first.start.year + index) for index in range(years)]
        self.strategy = Strategy(
            made_id("strategy"),
            "Invented strategy",
            "Invented partnership",
            AREA,
            first.start,
            self.years[-1].end,
            self.baseline_year.start,
            self.baseline_year.end,
        )
        self.agency = Agency(made_id("agency"), "Invented Police", "Police")
        self.priorities: list[Priority] = []
        self.uses: dict[str, IndicatorUse] = {}
        self.indicators: dict[UUID, Indicator] = {}
        self.definitions: dict[UUID, Definition] = {}
        self.series: dict[UUID, Series] = {}
        self.expected: list[ExpectedReturn] = []
        self.baselines: dict[UUID, Baseline] = {}
        self.targets: dict[UUID, tuple[Target, ...]] = {}
        self.denominators: list[Denominator] = []
        self.headlines: list[HeadlineMeasure] = []
        self.decisions: list[Decision] = []
        self.actions: list[Action] = []
        self.figures: dict[UUID, list[Figure]] = {}

    # --- the strategy -----------------------------------------------------------------------------

    def priority(self, numbered: int = 1, name: str = "Property crime", *, derived: Sequence[str] = ()) -> UUID:
        known = next((one for one in self.priorities if one.number == numbered), None)
        if known is not None:
            return known.id
        one = Priority(
            made_id("priority", numbered),
            self.strategy.id,
            numbered,
            name,
            PriorityKind.FOCUS,
            (self.agency.id,),
            derived_from=tuple(self.uses[code].id for code in derived),
        )
        self.priorities.append(one)
        return one.id

    def indicator(
        self,
        code: str,
        label: str,
        baseline: Sequence[BaselineValue] | None,
        *,
        priority: int = 1,
        unit: Unit = Unit.COUNT,
        polarity: Polarity = Polarity.LOWER,
        direction: Polarity | None = None,
        kind: IndicatorKind = IndicatorKind.OUTCOME,
        rated: RatedPart | None = None,
        over_time: Adding = Adding.SUM,
        frequency: Frequency = Frequency.MONTH,
        form: PeriodForm = PeriodForm.SAME,
        follow_up: int = 0,
        late: int | None = 21,
        headline: bool = False,
        noun: str = "offences",
        per: str | None = None,
        denominator: str = "",
        sample: SampleBase | None = None,
        decimals: int = 0,
        guards: Sequence[str] = (),
        part_of: Sequence[str] = (),
        group: str = "",
        stated: Sequence[str] = (),
        usual: tuple[str, str] | None = None,
        printed: str = "",
        other_years: Sequence[str] = (),
        establish_from: int | None = None,
        targets: Sequence[Target] | None = None,
    ) -> IndicatorUse:
        """Add an indicator with its series and a direction-only target for every year of the strategy."""
        one = Indicator(made_id("indicator", code), label, group=group)
        rated_parts = {Unit.COUNT: RatedPart.COUNT, Unit.PERCENT: RatedPart.PERCENT}
        definition = Definition(
            made_id("definition", code),
            one.id,
            1,
            unit,
            polarity,
            kind,
            rated or rated_parts.get(unit, RatedPart.RATE),
            over_time,
            per=None if per is None else Decimal(per),
            denominator=denominator,
            guards=tuple(self.uses[guard].indicator for guard in guards),
            part_of=tuple(self.uses[whole].indicator for whole in part_of),
            sample=sample,
            counted_noun=noun,
            stated_members=tuple(stated),
            usual_range=None if usual is None else (Decimal(usual[0]), Decimal(usual[1])),
            usual_range_source="a range of thumb" if usual else "",
            decimals=decimals,
        )
        use = IndicatorUse(
            made_id("use", code),
            self.strategy.id,
            self.priority(priority, f"Priority {priority}"),
            one.id,
            code,
            len(self.uses) + 1,
            label,
            direction or (polarity if polarity.sign else None),
            headline,
        )
        series = Series(
            made_id("series", code), self.agency.id, f"Data of {code}", definition.id, one.id, frequency, form,
            follow_up_months=follow_up,
        )  # fmt: skip
        self.uses[code] = use
        self.indicators[one.id] = one
        self.definitions[definition.id] = definition
        self.series[series.id] = series
        if late is not None:
            self.expected.append(
                ExpectedReturn(made_id("return", code), self.agency.id, series.id, frequency, late, self.years[0].start)
            )
        open_ended = baseline is None
        self.baselines[use.id] = Baseline(
            made_id("baseline", code),
            use.id,
            BaselineKind.TO_BE_ESTABLISHED if open_ended else BaselineKind.PUBLISHED,
            tuple(baseline or ()),
            None if open_ended else self.baseline_year,
            financial_year(establish_from) if establish_from is not None else None,
            printed,
            tuple(other_years),
        )
        self.targets[use.id] = tuple(
            Target(made_id("target", code, year.start), use.id, year, TargetKind.DIRECTION, TargetState.APPROVED)
            for year in self.years
        )
        if targets is not None:
            self.targets[use.id] = tuple(replace(target, use=use.id) for target in targets)
        return use

    def denominator(self, name: str, value: str) -> None:
        self.denominators.append(Denominator(made_id("denominator", name), name, AREA, Decimal(value), "a source"))

    def headline(self, name: str, *codes: str, as_rate: bool = False) -> None:
        uses = tuple(self.uses[code].id for code in codes)
        order = len(self.headlines) + 1
        self.headlines.append(HeadlineMeasure(made_id("headline", name), self.strategy.id, order, name, uses, as_rate))

    # --- figures ----------------------------------------------------------------------------------

    def figure(self, code: str, period: Period, what: Measured | int | str, part: Part = Part.VALUE) -> Figure:
        series = self.series[made_id("series", code)]
        measured = what if isinstance(what, Measured) else number(what)
        rows = self.figures.setdefault(series.id, [])
        key = FigureKey(series.id, AREA, period, part)
        figure = Figure(made_id("figure", code, period, part, len(rows)), key, measured, 1)
        rows.append(figure)
        return figure

    def months(self, code: str, first: date, values: Sequence[int], *, provisional: int = 0) -> None:
        """Store a run of months; the last ``provisional`` ones are marked so."""
        for index, (period, value) in enumerate(zip(_run(first, len(values)), values, strict=True)):
            finality = Finality.PROVISIONAL if index >= len(values) - provisional else Finality.FINAL
            self.figure(code, period, number(value, finality=finality))

    def quarters(self, code: str, values: Mapping[tuple[int, int], str], part: Part = Part.VALUE) -> None:
        """Store figures under quarters (first year of the financial year, number)."""
        for (year, one), value in values.items():
            self.figure(code, quarter(year, one), value, part)

    # --- decisions --------------------------------------------------------------------------------

    def decide(self, finding: Finding, proposal: str = "", verdict: Verdict = Verdict.CORRECTED) -> None:
        """Decide a doubt for one of its proposals, or keep it as printed."""
        chosen = next((one for one in finding.proposals if one.key == proposal), None)
        corrections = () if chosen is None else chosen.corrections
        self.decisions.append(
            Decision(
                made_id("decision", len(self.decisions)), finding.key, finding.rule, verdict, "looked at the source",
                proposal, corrections, len(self.decisions) + 1,
            )
        )  # fmt: skip

    def decide_all(self, position: date, choices: Mapping[str, str]) -> None:
        """Decide the doubts named by key, each for the proposal given."""
        findings = {finding.key: finding for finding in self.at(position).findings}
        for key, proposal in choices.items():
            self.decide(findings[key], proposal)

    # --- what it comes to -------------------------------------------------------------------------

    def snapshot(self, known_on: date | None = None) -> Snapshot:
        return Snapshot(
            StoreKind.EXAMPLE,
            known_on or self.known_on,
            None,
            self.strategy,
            tuple(self.priorities),
            tuple(self.uses.values()),
            self.indicators,
            self.definitions,
            self.series,
            {self.agency.id: self.agency},
            {},
            tuple(self.expected),
            {baseline.id: baseline for baseline in self.baselines.values()},
            self.targets,
            tuple(self.denominators),
            tuple(self.headlines),
            tuple(self.decisions),
            {series: tuple(rows) for series, rows in self.figures.items()},
            tuple(self.actions),
        )

    def at(self, position: date, known_on: date | None = None) -> StrategyPosition:
        return rate_strategy(self.snapshot(known_on), position)

    def row(self, code: str, position: date, known_on: date | None = None) -> IndicatorPosition:
        return self.at(position, known_on).indicator(self.uses[code].id)


def _run(first: date, count: int) -> tuple[Period, ...]:
    return months_between(first, add_months(first, count - 1))


def rules(findings: Sequence[Finding]) -> set[CheckRule]:
    return {finding.rule for finding in findings}
