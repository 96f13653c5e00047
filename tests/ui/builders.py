"""Positions made by hand, for pages that only draw them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from scs_desktop.domain.decisions import CheckRule, Finding, Proposal
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import Period, PeriodKind, add_months, rolling_12, year_to_date
from scs_desktop.domain.position import (
    DataState,
    Direction,
    HeadlinePosition,
    IndicatorPosition,
    Light,
    LightCounts,
    PriorityPosition,
    Status,
    StrategyPosition,
    TrendPoint,
    Unrated,
)
from scs_desktop.domain.strategy import Polarity
from tests.domain.positions import BURGLARY, POSITION, known, months


def light(colour: Light | None, sentence: str = "", *, hollow: bool = False) -> Status:
    """A status of the colour, or none because of the baseline."""
    if colour is None:
        return Status(None, Unrated.OVERLAPS_BASELINE, sentence or "Overlaps the baseline; first rated at Q4 2011/12.")
    return Status(
        colour,
        None,
        sentence or f"{colour.value.title()}: 1,577 against 1,404.",
        hollow=hollow,
        value=Decimal(1577),
        comparator=Decimal(1404),
        change=0.123,
        moved_text="+12.3 %",
    )


def indicator(
    code: str = "1.3",
    name: str = "Residential burglary",
    colour: Light | None = Light.AMBER,
    *,
    priority: str = "p1",
    unit: Unit = Unit.COUNT,
    headline: bool = False,
    trend: tuple[TrendPoint, ...] | None = None,
    sentence: str = "",
    hollow: bool = False,
    findings: tuple[Finding, ...] = (),
) -> IndicatorPosition:
    """One row."""
    percent = unit is Unit.PERCENT
    shown = trend if trend is not None else months(BURGLARY, provisional=2)
    return IndicatorPosition(
        use=known(code),
        code=code,
        name=name,
        priority=known(priority),
        order=1,
        headline=headline,
        unit=unit,
        polarity=Polarity.LOWER,
        decimals=0,
        period=rolling_12(POSITION) if percent else year_to_date(POSITION),
        period_text="12 months to September 2011" if percent else "April–September 2011",
        value=Decimal(22 if percent else 1577),
        value_text="22 %" if percent else "1,577",
        rate_text="" if percent else "11.65 per 1,000 households",
        comparator=Decimal(24 if percent else 1404),
        comparator_text="24 %" if percent else "1,404 in April–September 2010",
        baseline_text="24 %" if percent else "3,362",
        baseline_note="As printed in the strategy",
        status=light(colour, sentence, hollow=hollow),
        direction=Direction.NO_CLEAR_CHANGE if colour is Light.AMBER else Direction.BETTER,
        direction_sentence="No clear change against the same months last year.",
        data=DataState(
            shown[-1].period if shown else None, True, False, 1, date(2011, 11, 21), "latest September 2011"
        ),
        trend=shown,
        findings=findings,
        agency="Metropolitan Police",
        source_text="recorded crime, burglary in a dwelling",
        illustrative=percent,
        trend_baseline=Decimal(24) if percent else Decimal("279.5"),
        trend_baseline_text="baseline 24 %" if percent else "2010/11 monthly mean 280",
    )


def survey(values: list[int]) -> tuple[TrendPoint, ...]:
    """Quarterly waves of twelve months from the one to March 2010."""
    points = []
    for number, value in enumerate(values):
        end = add_months(date(2010, 3, 1), 3 * number)
        wave = rolling_12(end)
        points.append(TrendPoint(Period(wave.start, wave.end, PeriodKind.SURVEY_WAVE), Decimal(value)))
    return tuple(points)


def finding() -> Finding:
    """A doubt about a count and its rate."""
    return Finding(
        key="count-against-rate:1.1",
        rule=CheckRule.COUNT_AGAINST_RATE,
        subjects=(known("1.1"),),
        sentence="Count and rate of 1.1 disagree: 27,705 at 74.922 per 1,000 implies 369,785 people.",
        evidence=("1.2, 3.1 and 3.2 imply between 342,954 and 343,100 people.", "25,705 ÷ 343.1 is 74.92."),
        proposals=(
            Proposal("count", "The count is a slip: read 25,705 for 27,705."),
            Proposal("denominator", "The denominator is another: 369,785 people."),
        ),
        blocks=True,
    )


def priority(number: int, name: str, rows: tuple[IndicatorPosition, ...], colour: Light | None) -> PriorityPosition:
    """A priority over these rows."""
    lights = [row.status.light for row in rows]
    counts = LightCounts(
        lights.count(Light.RED), lights.count(Light.AMBER), lights.count(Light.GREEN), lights.count(None)
    )
    return PriorityPosition(
        id=known(f"p{number}"),
        number=number,
        name=name,
        lead="Metropolitan Police" if number % 2 else "London Borough of Barnet, Children’s Service",
        status=light(colour, "Two of three are amber.")
        if colour
        else Status(None, Unrated.INSUFFICIENT, "Under half are rated."),
        counts=counts,
        indicators=rows,
        headline=rows[0].use if rows else None,
        age_text="to September 2011",
        next_due=date(2011, 11, 21),
        actions_open=7,
        actions_overdue=number % 3,
    )


SURVEY = [25, 24, 24, 24, 23, 22, 22]


def position(kind: StoreKind = StoreKind.EXAMPLE) -> StrategyPosition:
    """A whole strategy: eight priorities, as wide as real ones are."""
    worry = [
        ("2.1", "Very or fairly worried about anti-social behaviour in this area"),
        ("2.2a", "Big problem: teenagers hanging around on the streets"),
        ("2.2b", "Big problem: rubbish or litter lying around"),
        ("2.2c", "Big problem: vandalism, graffiti and other deliberate damage"),
        ("2.2d", "Big problem: people being drunk or rowdy in public places"),
        ("2.2e", "Big problem: noisy neighbours or loud parties"),
        ("2.2f", "Big problem: people using or dealing drugs"),
        ("2.2g", "Big problem: abandoned or burnt-out cars"),
        ("2.2h", "Big problem: gangs"),
    ]
    doubt = finding()
    crime = indicator(
        "1.1",
        "Total crime",
        None,
        headline=True,
        sentence="Baseline in doubt: three readings are shown.",
        findings=(doubt,),
    )
    burglary = indicator(
        headline=True,
        sentence="Amber: 1,577 burglaries against 1,404 in the same months of 2010/11, 12.3 % more. A rise of this "
        "size is at the edge of the usual movement of the series (p .059); counting chance alone .0016.",
    )
    rows = {
        1: (crime, indicator("1.2", "Total serious property crime", Light.GREEN), burglary),
        2: tuple(
            indicator(code, name, None, priority="p2", unit=Unit.PERCENT, trend=survey(SURVEY), headline=code == "2.1")
            for code, name in worry
        ),
        3: (
            indicator("3.1", "Total violence against the person", Light.RED, priority="p3", headline=True),
            indicator("3.2a", "Domestic violence offences reported", Light.GREEN, priority="p3"),
            indicator("3.2b", "Domestic violence incidents reported", Light.GREEN, priority="p3"),
            indicator("3.3", "Repeat incidents of domestic violence", Light.AMBER, priority="p3", unit=Unit.PERCENT),
        ),
        4: (indicator("4.1", "Repeat youth offending", Light.GREEN, priority="p4", hollow=True),),
        5: (indicator("5.1", "Families covered by expanded Family Focus", Light.GREEN, priority="p5"),),
        6: (crime,),
        7: (
            indicator(
                "7.1", "Repeat victimisation, domestic burglary", None, priority="p7", unit=Unit.PERCENT, trend=()
            ),
        ),
        8: (indicator("8.1", "Confidence that police and council deal with what matters", Light.AMBER, priority="p8"),),
    }
    names = [
        "Property crime with special focus on burglary",
        "Anti-social behaviour",
        "Violent crime with specific focus on domestic violence",
        "Improving integrated offender management",
        "Broader, cost-effective early intervention",
        "Focus on the places where offences take place",
        "Tackle repeat victimisation",
        "Building reassurance and confidence",
    ]
    colours = [Light.AMBER, None, Light.RED, Light.GREEN, Light.GREEN, None, None, Light.AMBER]
    priorities = tuple(
        priority(number, name, rows[number], colour)
        for number, (name, colour) in enumerate(zip(names, colours, strict=True), 1)
    )
    headlines = tuple(
        HeadlinePosition(
            known(f"h{number}"), name, value, period, comparator, light(colour), trend, "Illustrative figures."
        )
        for number, (name, value, period, comparator, colour, trend) in enumerate(
            [
                (
                    "Total crime per 1,000 population",
                    "38.04",
                    "April–September 2011",
                    "36.49 in April–September 2010",
                    Light.AMBER,
                    crime.trend,
                ),
                (
                    "Perceptions of anti-social behaviour",
                    "22 %",
                    "12 months to September 2011",
                    "24 % in 2010/11",
                    None,
                    survey(SURVEY),
                ),
                (
                    "How safe residents feel",
                    "99 %",
                    "12 months to September 2011",
                    "99 % in 2010/11",
                    None,
                    survey([99, 98, 99, 99, 98, 99]),
                ),
            ],
            1,
        )
    )
    return StrategyPosition(
        strategy=known("strategy"),
        name="Safer Communities Strategy 2011–2014",
        partnership="Barnet Safer Communities Partnership",
        kind=kind,
        position=POSITION,
        position_text="Q2 2011/12",
        known_on=date(2011, 11, 1),
        as_at=None,
        headlines=headlines,
        priorities=priorities,
        counts=LightCounts(1, 3, 6, 11),
        findings=(doubt,),
        open_findings=(doubt,),
        illustrative=9,
    )


def replaced(whole: StrategyPosition, number: int, rows: tuple[IndicatorPosition, ...]) -> StrategyPosition:
    """Return the strategy with other indicators under one priority."""
    return replace(
        whole,
        priorities=tuple(replace(one, indicators=rows) if one.number == number else one for one in whole.priorities),
    )
