"""Small true things to put into a store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid5

from scs_desktop.domain.agencies import Agency, ExpectedReturn, Frequency, Meeting, Series
from scs_desktop.domain.areas import Area, AreaCode, AreaKind, AreaName, AreaRole
from scs_desktop.domain.breaks import BreakKind, SeriesBreak
from scs_desktop.domain.cohorts import CohortPair
from scs_desktop.domain.cost import CostTable, Deflator, UnitCost
from scs_desktop.domain.decisions import CheckRule, Correction, CorrectionKind, Decision, Verdict
from scs_desktop.domain.figures import FigureKey, Measured, Part, SourceCell, Unit, number
from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.domain.periods import Period, financial_year, month
from scs_desktop.domain.position import Light
from scs_desktop.domain.profile import KnownLayout, ProfileAnswer
from scs_desktop.domain.publication import PublicationRule, SignOff, SignOffState
from scs_desktop.domain.rollup import PriorityOverride, RollupChoice, RollupRule
from scs_desktop.domain.strategy import (
    Action,
    ActionStatus,
    ActionUpdate,
    Adding,
    Commentary,
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
    YouSaid,
)
from scs_desktop.domain.targets import (
    Baseline,
    BaselineKind,
    BaselineValue,
    StatusRule,
    Target,
    TargetKind,
    TargetState,
    Tolerance,
)
from scs_desktop.store import Entity, NewFigure, NewImport, Store, create_store

_NAMESPACE = UUID("7f9bd7a0-58c6-4b55-9d29-7f6f0f7a9b11")
OFFICER = "A. Officer"


def uid(name: str) -> UUID:
    """The same UUID for the same name, always."""
    return uuid5(_NAMESPACE, name)


def moment(year: int, month_number: int, day: int, hour: int = 9) -> datetime:
    """A moment, UTC."""
    return datetime(year, month_number, day, hour, tzinfo=UTC)


POLICE = Agency(uid("police"), "Northtown Police", "Police", valid_from=date(2000, 1, 1))
COUNCIL = Agency(uid("council"), "Northtown Council", successor=None)
BOROUGH = Area(
    uid("borough"),
    AreaKind.BOROUGH,
    (AreaName("Northtown", preferred=True), AreaName("North Town", date(1965, 4, 1), date(1999, 12, 31))),
    (AreaCode("gss", "E09000099"), AreaCode("ons_old", "00AX", None, date(2008, 12, 31))),
    role=AreaRole.HOME,
)
WARD = Area(uid("ward"), AreaKind.WARD, (AreaName("High Barns"),), parent=BOROUGH.id, successors=(BOROUGH.id,))
BURGLARY = Indicator(uid("burglary"), "Residential burglary", "Burglary", "acquisitive crime")
CRIME = Indicator(uid("crime"), "Total crime")
BURGLARY_MEANS = Definition(
    uid("burglary-definition"),
    BURGLARY.id,
    version=2,
    unit=Unit.RATE,
    polarity=Polarity.GUARDED_HIGHER,
    kind=IndicatorKind.REPORTING,
    rated=RatedPart.RATE,
    over_time=Adding.SUM,
    over_areas=Adding.SUM,
    per=Decimal(1000),
    denominator="households",
    components=("BURGLARY IN A DWELLING", "Distraction burglary"),
    guards=(CRIME.id,),
    part_of=(CRIME.id,),
    question="How safe do you feel?",
    sample=SampleBase(Decimal(300), "residents asked", "the survey's own note", True, Decimal("1.20")),
    counted_noun="burglaries",
    stated_members=("one", "two"),
    usual_range=(Decimal("1.5"), Decimal("40.0")),
    usual_range_source="neighbouring boroughs",
    decimals=1,
    valid_from=date(2010, 4, 1),
    guidance="Count offences, not victims.",
    tau=Decimal("0.09"),
    hide_small=True,
)
BURGLARIES = Series(uid("burglaries"), POLICE.id, "Offences", BURGLARY_MEANS.id, BURGLARY.id, Frequency.MONTH)
CRIMES = Series(uid("crimes"), POLICE.id, "All offences", None, CRIME.id, Frequency.MONTH)
PEOPLE = Series(uid("people"), COUNCIL.id, "Population", None, None, Frequency.YEAR, preferred=False)
STRATEGY = Strategy(
    uid("strategy"),
    "Safer Northtown",
    "Safer Northtown Partnership",
    BOROUGH.id,
    date(2011, 4, 1),
    date(2014, 3, 31),
    date(2010, 4, 1),
    date(2011, 3, 31),
    "fewer victims",
    "as printed",
    (POLICE.id, COUNCIL.id),
)
PRIORITY = Priority(
    uid("priority"),
    STRATEGY.id,
    1,
    "Burglary",
    PriorityKind.FOCUS,
    (POLICE.id,),
    "Borough Commander",
    "It rose.",
    (uid("use-crime"),),
)
USE = IndicatorUse(
    uid("use-burglary"),
    STRATEGY.id,
    PRIORITY.id,
    BURGLARY.id,
    "B1",
    1,
    "Burglary",
    Polarity.LOWER,
    headline=True,
    weight=Decimal("2.5"),
)
USE_CRIME = IndicatorUse(uid("use-crime"), STRATEGY.id, PRIORITY.id, CRIME.id, "B2", 2, "All crime")
BASELINE = Baseline(
    uid("baseline"),
    USE.id,
    BaselineKind.PUBLISHED,
    (
        BaselineValue(Part.VALUE, Unit.COUNT, number("3354")),
        BaselineValue(Part.VALUE, Unit.RATE, number("24.0"), Decimal(1000), "households"),
    ),
    financial_year(2010),
    None,
    "3,354 (24.0)",
    ("2009/10: 3,102",),
    "as printed",
)
TO_COME = Baseline(
    uid("baseline-crime"), USE_CRIME.id, BaselineKind.TO_BE_ESTABLISHED, establish_from=financial_year(2011)
)
MEETING = Meeting(
    uid("meeting"), date(2011, 9, 30), date(2011, 10, 14), date(2011, 10, 28), date(2011, 11, 4), "October board"
)
TARGET = Target(
    uid("target"),
    USE.id,
    financial_year(2011),
    TargetKind.PERCENT_ON_BASELINE,
    TargetState.APPROVED,
    Decimal("-2.50"),
    None,
    None,
    Tolerance(Decimal(2), in_points=True),
    StatusRule.LITERAL,
    MEETING.id,
    end_of_path=True,
    note="agreed",
)
DECISION = Decision(
    uid("decision"),
    "count-against-rate:B1",
    CheckRule.COUNT_AGAINST_RATE,
    Verdict.CORRECTED,
    "The count is right.",
    "count",
    (
        Correction(
            CorrectionKind.BASELINE_VALUE, USE.id, USE_CRIME.id, Part.VALUE, Unit.COUNT, Decimal(3354), "as counted"
        ),
        Correction(CorrectionKind.POLARITY, USE.id, polarity=Polarity.LOWER, source=BaselineKind.OWN),
    ),
)
ONE_OF_EACH: tuple[Entity, ...] = (
    POLICE,
    COUNCIL,
    BOROUGH,
    WARD,
    BURGLARY,
    CRIME,
    BURGLARY_MEANS,
    BURGLARIES,
    CRIMES,
    PEOPLE,
    STRATEGY,
    PRIORITY,
    USE,
    USE_CRIME,
    BASELINE,
    TO_COME,
    MEETING,
    TARGET,
    DECISION,
    ExpectedReturn(uid("expected"), POLICE.id, BURGLARIES.id, Frequency.MONTH, 28, date(2011, 4, 1), None),
    HeadlineMeasure(uid("headline"), STRATEGY.id, 1, "Crime overall", (USE.id, USE_CRIME.id), as_rate=True, note="n"),
    Denominator(
        uid("households"), "households", BOROUGH.id, Decimal(137450), "census", date(2010, 4, 1), date(2011, 3, 31)
    ),
    SeriesBreak(uid("break"), BURGLARY.id, BreakKind.DEFINITION, date(2012, 4, 1), "New counting rules", "Same share"),
    SeriesBreak(uid("rebase"), CRIME.id, BreakKind.REBASE, date(2012, 7, 1), "New patrols"),
    RollupChoice(
        uid("rollup"), PRIORITY.id, RollupRule.WEIGHTED, "Burglary matters most.", "Chair", date(2011, 10, 28)
    ),
    PriorityOverride(
        uid("override"), PRIORITY.id, date(2011, 9, 30), Light.AMBER, "Data late.", "Chair", date(2011, 10, 28)
    ),
    CostTable(
        (
            UnitCost(
                "burglary", "Burglary", Decimal(3268), "2003/04", "a study", True, Decimal("2.8"), "s", BURGLARY.id
            ),
            UnitCost("theft", "Theft", None, "2003/04", "a study"),
        ),
        (Deflator("2003/04", "2011/12", Decimal("1.210"), "the Treasury"),),
        on=True,
        into="2011/12",
    ),
    CohortPair(
        uid("pair"), STRATEGY.id, PRIORITY.id, "Early help", PEOPLE.id, CRIMES.id, "were seen again", "by referral"
    ),
    Action(
        uid("action"),
        PRIORITY.id,
        1,
        "Mark property",
        "Head of Safety",
        POLICE.id,
        date(2012, 1, 31),
        ActionStatus.COMPLETE,
    ),
    ActionUpdate(uid("update"), uid("action"), date(2011, 12, 1), "Done in two wards", ActionStatus.IN_PROGRESS),
    Commentary(uid("commentary"), PRIORITY.id, date(2011, 9, 30), "Fell again.", "Borough Commander", USE.id),
    YouSaid(uid("said"), PRIORITY.id, date(2011, 6, 1), "Too dark", "Lights put up"),
    PublicationRule(uid("rule"), "election", BURGLARIES.id, None, date(2012, 5, 4)),
    SignOff(
        uid("signoff"),
        MEETING.id,
        STRATEGY.id,
        date(2011, 9, 30),
        1,
        SignOffState.SIGNED,
        "{}",
        "texts",
        b"%PDF-1.7 \x00\xff",
    ),
    ProfileAnswer(uid("answer"), POLICE.id, "area?", "borough", "Which area is “Northtown LBO”?"),
    KnownLayout(uid("layout"), POLICE.id, "Sheet1", ("Offence", "Apr", "May"), ("Burglary",)),
)
"""Every type the store keeps, every optional field filled somewhere and empty somewhere."""


def new_store(path: Path, *entities: Entity, at: datetime | None = None) -> Store:
    """A real store, example, with the things given (all of ``ONE_OF_EACH`` unless any are)."""
    store = create_store(path, kind=StoreKind.EXAMPLE, who=OFFICER, at=at)
    with store.change(kind=ChangeKind.SETUP, summary="Strategy set up", at=at) as change:
        change.save(*(entities or ONE_OF_EACH))
    return store


def key_of(
    year: int = 2011,
    month_number: int = 4,
    *,
    series: Series = BURGLARIES,
    area: Area = BOROUGH,
    part: Part = Part.VALUE,
) -> FigureKey:
    """The key of a month's figure."""
    return FigureKey(series.id, area.id, month(year, month_number), part)


def counted(key: FigureKey, value: int | str | Decimal, *cells: str) -> NewFigure:
    """A counted figure, read from the cells named."""
    return NewFigure(key, number(value), tuple(SourceCell("Data", cell, str(value)) for cell in cells))


@dataclass(frozen=True)
class Return:
    """A return as the store gets it."""

    name: str
    figures: tuple[NewFigure, ...]
    received_on: date = date(2012, 4, 2)
    extracted_on: date | None = None

    @property
    def content(self) -> bytes:
        """Bytes of its own."""
        return f"{self.name}\n{self.figures}".encode()


def monthly_return(name: str, values: Iterable[int], *, area: Area = BOROUGH) -> Return:
    """A return of burglaries from April 2011, a month a value."""
    figures = tuple(
        counted(key_of(2011 + (index + 3) // 12, (index + 3) % 12 + 1, area=area), value, f"B{index + 2}")
        for index, value in enumerate(values)
    )
    return Return(name, figures)


def take_in(store: Store, given: Return, at: datetime | None = None) -> UUID:
    """Import a return."""
    with store.change(kind=ChangeKind.IMPORT, summary=f"Import of {given.name}", at=at) as change:
        return change.record_import(
            NewImport(POLICE.id, given.name, given.received_on, given.extracted_on), given.content, given.figures
        )


def values_of(store: Store, as_at: int | None = None) -> dict[Period, Decimal | None]:
    """The borough's current burglaries by month."""
    found = store.current_figures([BURGLARIES.id], as_at=as_at)
    return {key.period: figure.measured.value for key, figure in found.items() if key.area == BOROUGH.id}


def said_by(store: Store) -> set[tuple[FigureKey, Measured, UUID | None]]:
    """What is current, to the row: figures with their import, without the row's own identity."""
    found = store.current_figures([one.id for one in store.series()])
    return {(key, figure.measured, figure.import_id) for key, figure in found.items()}
