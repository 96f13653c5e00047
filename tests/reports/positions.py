"""Strategy positions made by hand: every state, long names, provisional and illustrative figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from scs_desktop.domain.decisions import CheckRule, Finding
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import (
    Period,
    PeriodKind,
    add_months,
    month_end,
    quarter,
    rolling_12,
    year_to_date,
)
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
from scs_desktop.domain.rollup import count_lights
from scs_desktop.domain.sentences import moved_text, value_text
from scs_desktop.domain.strategy import Polarity
from scs_desktop.domain.targets import StatusRule
from tests.domain.positions import BURGLARY, POSITION, known, months

KNOWN = date(2011, 10, 21)

G, A, R = Light.GREEN, Light.AMBER, Light.RED
# What a row says in place of a light, or the light; then value, comparator, baseline, in the unit.
Row = tuple[str, str, Unit, Light | Unrated, str | None, str | None, str]
COUNT, PERCENT, RATE = Unit.COUNT, Unit.PERCENT, Unit.RATE
OVERLAPS = Unrated.OVERLAPS_BASELINE
TO_ESTABLISH = Unrated.BASELINE_TO_BE_ESTABLISHED

PRIORITIES: tuple[tuple[str, str, Light | Unrated, tuple[Row, ...]], ...] = (
    (
        "Property crime with special focus on burglary",
        "Metropolitan Police",
        A,
        (
            (
                "1.1",
                "Total crime",
                COUNT,
                Unrated.BASELINE_IN_DOUBT,
                "13050",
                None,
                "27,705 (74.922 per 1,000 population)",
            ),
            ("1.2", "Total serious property crime", COUNT, R, "4012", "3655", "8,192 (23.877 per 1,000 population)"),
            ("1.3", "Residential burglary", COUNT, A, "1577", "1404", "3,362 (24.841 per 1,000 households)"),
        ),
    ),
    (
        "Anti-social behaviour",
        "London Borough of Barnet",
        Unrated.INSUFFICIENT,
        (
            ("2.1", "Worried about anti-social behaviour in this area", PERCENT, OVERLAPS, "22", None, "24 %"),
            ("2.2a", "Teenagers hanging around on the streets: a big problem", PERCENT, OVERLAPS, "20", None, "21 %"),
            ("2.2b", "Rubbish or litter lying around: a big problem", PERCENT, OVERLAPS, "22", None, "21 %"),
            ("2.2c", "Vandalism, graffiti and other deliberate damage: a big problem", PERCENT, G, "14", "19", "19 %"),
            (
                "2.2d",
                "People being drunk or rowdy in a public place: a big problem",
                PERCENT,
                Unrated.SUPPRESSED,
                None,
                None,
                "9 %",
            ),
            (
                "2.2e",
                "Noisy neighbours or loud parties: a big problem",
                PERCENT,
                Unrated.NOT_COMPARABLE,
                "11",
                None,
                "10 %",
            ),
            ("2.2f", "Perceptions of local drug use or dealing: a big problem", PERCENT, A, "13", "13", "13 %"),
            ("2.2g", "Abandoned or burnt out cars: a big problem", PERCENT, Unrated.NO_TARGET, "5", None, "5 %"),
            ("2.2h", "Gangs: a big problem", PERCENT, Unrated.MONITOR_ONLY, "9", None, "9 %"),
        ),
    ),
    (
        "Violent crime with specific focus on domestic violence",
        "Metropolitan Police",
        R,
        (
            ("3.1", "Violence against the person", COUNT, R, "2105", "1802", "4,438 (12.935 per 1,000 population)"),
            (
                "3.2a",
                "Domestic violence offences reported",
                COUNT,
                Unrated.MIXED,
                "640",
                "598",
                "1,218 (3.55 per 1,000 population)",
            ),
            (
                "3.2b",
                "Domestic violence incidents reported",
                COUNT,
                G,
                "2014",
                "1745",
                "3,529 (10.29 per 1,000 population)",
            ),
            ("3.3", "Repeat incidents of domestic violence", PERCENT, A, "22.4", "21.0", "21 %"),
        ),
    ),
    (
        "Improving integrated offender management",
        "Probation",
        A,
        (
            ("4.1", "Repeat youth offending", RATE, Unrated.NOT_DUE, None, None, "0.80 per 100 young people"),
            ("4.2", "Repeat offending, probation", PERCENT, A, "7.95", "7.81", "7.80 % (predicted 7.72 %)"),
            ("4.3", "Offenders completing the Drug Intervention Programme", PERCENT, G, "21", "18", "18 %"),
            ("4.4", "Problematic users in effective DIP treatment", PERCENT, R, "74", "83", "83 %"),
        ),
    ),
    (
        "Broader, cost-effective early intervention",
        "London Borough of Barnet Children’s Service",
        G,
        (("5.1", "Families covered by expanded Family Focus", COUNT, G, "24", "9", "9"),),
    ),
    ("Focus on the places where offences take place", "Metropolitan Police and London Borough of Barnet", A, ()),
    (
        "Tackle repeat victimisation",
        "Metropolitan Police and Criminal Justice Agencies",
        Unrated.INSUFFICIENT,
        (
            ("7.1", "Repeat victimisation, domestic burglary", PERCENT, A, "5.31", "5.25", "5.25 %"),
            (
                "7.2",
                "Repeat victimisation, anti-social behaviour",
                PERCENT,
                TO_ESTABLISH,
                "18.2",
                None,
                "to be established",
            ),
            ("7.3", "Repeat victimisation, MARAC cases", PERCENT, Unrated.OVERDUE, None, None, "8 %"),
        ),
    ),
    (
        "Building reassurance and confidence",
        "Metropolitan Police and London Borough of Barnet",
        Unrated.INSUFFICIENT,
        (
            (
                "8.1",
                "Confidence that police and council deal with the issues that matter",
                PERCENT,
                G,
                "35",
                "31",
                "31 %",
            ),
            ("8.2", "Feel safe walking alone in this area during the day", PERCENT, A, "98", "99", "99 %"),
            (
                "8.3",
                "Feeling of safety (label printed as for worry about crime)",
                PERCENT,
                Unrated.NO_DATA,
                None,
                None,
                "88 %",
            ),
            ("8.4", "Worried about crime in this area", PERCENT, OVERLAPS, "24", None, "25 %"),
        ),
    ),
)
HOLLOW = frozenset({"2.2c", "4.3"})
ILLUSTRATIVE = frozenset({"3.2a", "3.2b", "3.3", "4.3", "4.4", "5.1", "7.1", "7.2"})
PROVISIONAL = frozenset({"1.1", "1.2", "1.3", "4.3", "3.2b"})
BORROWED = ("1.1", "7.1", "7.2", "7.3")


def waves(values: Sequence[str | None]) -> tuple[TrendPoint, ...]:
    """Quarterly waves of twelve months from the one to June 2010."""
    return tuple(
        TrendPoint(
            rolling_12(month_end(add_months(date(2010, 6, 1), 3 * number))), None if value is None else Decimal(value)
        )
        for number, value in enumerate(values)
    )


def burglary(*, provisional: int = 2, gap: int | None = None) -> IndicatorPosition:
    """Residential burglary by month, with a gap where wanted."""
    row = indicator(PRIORITIES[0][3][2], "p1", 3)
    values: list[int | None] = list(BURGLARY)
    if gap is not None:
        values[gap] = None
    return replace(row, trend=months(values, provisional=provisional))


def indicator(row: Row, priority: str, order: int, *, at: str = "") -> IndicatorPosition:
    """One row of the report."""
    code, name, unit, state, value, comparator, baseline = row
    decimals = len(value.partition(".")[2]) if value else 2 if unit is RATE else 0
    number = None if value is None else Decimal(value)
    against = None if comparator is None else Decimal(comparator)
    light = state if isinstance(state, Light) else None
    unrated = state if isinstance(state, Unrated) else None
    change = float((number - against) / against) if number is not None and against else None
    points = float(number - against) if number is not None and against is not None and unit is PERCENT else None
    period = year_to_date(POSITION) if unit is COUNT else rolling_12(POSITION)
    if code == "4.2":
        period = Period(date(2009, 10, 1), date(2010, 9, 30), PeriodKind.COHORT, POSITION)
    if code in {"4.3", "4.4", "3.3"}:
        period = quarter(2011, 2)
    word = {G: Direction.BETTER, A: Direction.NO_CLEAR_CHANGE, R: Direction.WORSE}
    trend = _trend(unit, number, against, code)
    return IndicatorPosition(
        use=known(at + code),
        code=at + code,
        name=name,
        priority=known(priority),
        order=order,
        headline=order == 1,
        unit=unit,
        polarity=Polarity.LOWER,
        decimals=decimals,
        period=period,
        period_text=period.label,
        value=number,
        value_text="" if number is None else value_text(number, unit, decimals),
        rate_text="38.0 per 1,000 population so far" if code == "1.1" else "",
        comparator=against,
        comparator_text="" if against is None else value_text(against, unit, decimals),
        baseline_text=baseline,
        baseline_note="",
        status=Status(
            light,
            unrated,
            f"{state.value.capitalize()}: said in a sentence.",
            None if light is None else StatusRule.PREDICTED if code == "4.2" else StatusRule.USUAL_MOVEMENT,
            hollow=code in HOLLOW,
            value=number,
            comparator=against,
            change=change,
            points=points,
            moved_text="" if number is None or not against else moved_text(against, number, unit, decimals),
        ),
        direction=word[light] if light is not None else Direction.UNKNOWN,
        direction_sentence="",
        data=DataState(None, code in PROVISIONAL, unrated is Unrated.OVERDUE, 0, date(2011, 11, 29), "latest"),
        trend=trend,
        agency="Met",
        source_text="Met, recorded crime",
        illustrative=code in ILLUSTRATIVE,
        short_name=name.removesuffix(": a big problem").lower() if name.endswith("problem") else "",
        trend_baseline=(number or Decimal(0)) * Decimal(280) / Decimal(1577) if unit is COUNT else against,
        trend_baseline_text="2010/11 monthly mean" if unit is COUNT else "2010/11 baseline",
        headline_of=tuple(known(h) for h, codes in HEADLINES if at + code in codes),
    )


HEADLINES = (("h1", ("1.1",)), ("h2", ("2.1",)), ("h3", ("8.2", "8.3")))


def _trend(unit: Unit, value: Decimal | None, against: Decimal | None, code: str) -> tuple[TrendPoint, ...]:
    if value is None:
        return () if unit is not RATE else waves(["0.80", "0.84", None, "0.79"])
    if unit is COUNT:
        scale = value / Decimal(1577)
        rows = [None if code == "3.1" and index == 7 else round(one * scale) for index, one in enumerate(BURGLARY)]
        return months(rows, provisional=2 if code in PROVISIONAL else 0)
    start = against if against is not None else value + 1
    return waves(
        [str(start + (value - start) * number / 5 + Decimal(number % 2) / 2) for number in range(5)] + [str(value)]
    )


def _status(state: Light | Unrated) -> Status:
    if isinstance(state, Light):
        return Status(state, None, f"{state.value.capitalize()}: as rolled up.")
    return Status(None, state, "Insufficient: under half are rated.")


def position(
    *,
    kind: StoreKind = StoreKind.EXAMPLE,
    copies: int = 0,
    renamed: str | None = None,
    doubts: int = 2,
) -> StrategyPosition:
    """Return a strategy of eight priorities and 28 indicators, with ``copies`` more rows, or one name throughout."""
    rows: dict[int, list[IndicatorPosition]] = {}
    for number, (_, _, _, given) in enumerate(PRIORITIES, start=1):
        rows[number] = [indicator(row, f"p{number}", order) for order, row in enumerate(given, start=1)]
    for extra in range(copies):
        number = (1, 2, 3, 4, 5, 7, 8)[extra % 7]
        given = PRIORITIES[number - 1][3]
        rows[number].append(indicator(given[extra % len(given)], f"p{number}", 100 + extra, at=f"x{extra}-"))
    if renamed is not None:
        rows = {number: [replace(one, name=renamed, short_name="") for one in some] for number, some in rows.items()}
    own = {one.code: one for some in rows.values() for one in some}
    priorities = []
    for number, (name, lead, state, given) in enumerate(PRIORITIES, start=1):
        shown = rows[number] if given else [own[code] for code in BORROWED]
        priorities.append(
            PriorityPosition(
                id=known(f"p{number}"),
                number=number,
                name=renamed or name,
                lead=renamed or lead,
                status=_status(state),
                counts=count_lights(one.status for one in shown),
                indicators=tuple(shown),
                borrowed=() if given else tuple(one.use for one in shown),
                headline=shown[0].use,
            )
        )
    counts = count_lights(one.status for one in own.values())
    return StrategyPosition(
        strategy=known("strategy"),
        name=renamed or "Safer Communities Strategy 2011–2014",
        partnership=renamed or "Barnet Safer Communities Partnership",
        kind=kind,
        position=POSITION,
        position_text="Q2 2011/12",
        known_on=KNOWN,
        as_at=None,
        headlines=_headlines(own, renamed),
        priorities=tuple(priorities),
        counts=LightCounts(counts.red, counts.amber, counts.green, counts.unrated),
        findings=(),
        open_findings=tuple(_finding(number) for number in range(doubts)),
        illustrative=sum(one.illustrative for one in own.values()),
    )


def _headlines(own: dict[str, IndicatorPosition], renamed: str | None) -> tuple[HeadlinePosition, ...]:
    crime, worry, day = own["1.1"], own["2.1"], own["8.2"]
    return (
        HeadlinePosition(
            known("h1"),
            renamed or "Total crime per 1,000 population",
            crime.rate_text,
            crime.period_text,
            "36.5 per 1,000 population so far",
            replace(crime.status, comparator=Decimal("36.5")),
            crime.trend,
        ),
        HeadlinePosition(
            known("h2"),
            renamed or "Perceptions of anti-social behaviour",
            "22 %",
            worry.period_text,
            "24 %",
            worry.status,
            worry.trend,
        ),
        HeadlinePosition(
            known("h3"),
            renamed or "How safe residents feel",
            "98 % · –",
            day.period_text,
            "99 % · 88 %",
            day.status,
            day.trend,
            "The objective also names feeling safe in one's own home, for which the strategy has no indicator.",
        ),
    )


def _finding(number: int) -> Finding:
    return Finding(f"doubt-{number}", CheckRule.COUNT_AGAINST_RATE, (known("1.1"),), "The count and the rate disagree.")
