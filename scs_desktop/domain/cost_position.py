"""The cost of crime at a position: this year to date beside the same months a year before and of the baseline year."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.agencies import Frequency, PeriodForm, Series
from scs_desktop.domain.cost import CostOfCrime, CostTable, UnitCost, cost_of_crime, pounds
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.measure import Measure, measure, position_period, same_months, years_between
from scs_desktop.domain.periods import Period, PeriodKind, financial_year_label, financial_year_of, position_label
from scs_desktop.domain.sentences import listed, plural, signed_percent
from scs_desktop.domain.series_figures import series_figures
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Adding, Definition, IndicatorKind, Polarity, RatedPart

OFF = "The table of unit costs is off: compare each amount with its source, confirm it, and switch the table on."
NOTHING_COUNTED = "No kind of offence is counted yet: say for each unit cost which indicator or series counts it."
_MANY = 10_000
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Countable:
    """Something whose recorded count can be costed: an indicator of counts that add up, or such a series.

    Attributes:
        id: what ``UnitCost.counted`` names; ``label`` with its code, as a list shows it.
        holds: others whose offences are among its own.
        series: whose figures are counted.

    """

    id: UUID
    code: str
    label: str
    series: UUID
    holds: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class CountedKind:
    """What was recorded of one kind in a period.

    Attributes:
        kind, name: of the unit cost; ``counted`` what is counted.
        recorded: None where no count can be made; ``note`` says why, or which months are missing.
        figures: stored figures that it is the sum of.

    """

    kind: str
    name: str
    counted: Countable
    recorded: int | None
    note: str = ""
    figures: tuple[UUID, ...] = ()
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class CostedPeriod:
    """A stretch of months and what its recorded crime cost.

    Attributes:
        label: "April–September 2011"; ``words`` how a sentence names it.
        cost: None while the table is off or nothing is counted.

    """

    label: str
    words: str
    counted: tuple[CountedKind, ...]
    cost: CostOfCrime | None

    def recorded(self, kind: str) -> int | None:
        """Return what was recorded of the kind."""
        return next((one.recorded for one in self.counted if one.kind == kind), None)

    def total(self, kind: str) -> Decimal | None:
        """Return what the kind cost."""
        lines = () if self.cost is None else self.cost.lines
        return next((line.total for line in lines if line.unit.kind == kind), None)


@dataclass(frozen=True, slots=True)
class CostPosition:
    """The cost of crime at a position.

    Attributes:
        table: the unit costs; ``prices`` the year in whose prices the result is, empty where there is none.
        now, before, baseline: the year to date, the same months of the year before and of the baseline year.
        sentence: the finding, or what is to be done first.
        comparisons: against the year before and the baseline year, kinds that both have alone.
        left_out: sentences naming what is not in the total, and why.
        clashes: kinds that would count an offence twice; the wider is left out.

    """

    name: str
    partnership: str
    kind: StoreKind
    position: date
    known_on: date
    as_at: int | None
    table: CostTable
    prices: str
    now: CostedPeriod
    before: CostedPeriod
    baseline: CostedPeriod
    sentence: str
    comparisons: tuple[str, ...]
    left_out: tuple[str, ...]
    clashes: tuple[str, ...]
    countable: tuple[Countable, ...]

    @property
    def position_text(self) -> str:
        """The position as a title says it: "Q2 2011/12"."""
        return position_label(self.position)

    @property
    def shown(self) -> bool:
        """Whether there is a cost to show."""
        return self.now.cost is not None and bool(self.now.cost.lines)

    @property
    def illustrative(self) -> bool:
        """Whether a count in it is illustrative."""
        return any(one.illustrative for one in self.now.counted)


def countable(snapshot: Snapshot) -> tuple[Countable, ...]:
    """Return what can be counted: indicators of counts that add up over months, then series of context."""
    found: list[Countable] = []
    for use in snapshot.uses:
        definition, series = snapshot.definition_of(use), snapshot.preferred_series(use)
        if series is None or definition.unit is not Unit.COUNT or definition.over_time is not Adding.SUM:
            continue
        if _adds_up(series) and all(one.id != use.indicator for one in found):
            name = snapshot.indicators[use.indicator].name
            held = frozenset(_held_by(snapshot, use.indicator))
            found.append(Countable(use.indicator, use.code, f"{use.code}  {name}", series.id, held))
    for one in sorted(snapshot.series.values(), key=lambda one: one.data_set):
        if one.indicator is None and _adds_up(one):
            agency = snapshot.agencies.get(one.agency)
            sender = "" if agency is None else f" ({agency.short_name or agency.name})"
            found.append(Countable(one.id, "", f"{one.data_set}{sender}", one.id))
    return tuple(found)


def clashes(table: CostTable, known: Sequence[Countable]) -> tuple[tuple[UnitCost, UnitCost, str], ...]:
    """Return pairs of unit costs whose counts share offences, the wider first, with a sentence each."""
    by_id = {one.id: one for one in known}
    kinds: dict[str, UnitCost] = {}
    for unit in table.costs:
        if unit.counted in by_id:
            kinds.setdefault(unit.kind, unit)
    found: list[tuple[UnitCost, UnitCost, str]] = []
    units = list(kinds.values())
    for index, first in enumerate(units):
        for second in units[index + 1 :]:
            one, other = by_id[_of(first)], by_id[_of(second)]
            if one.id == other.id:
                said = f"“{first.name}” and “{second.name}” both count {one.label}: an offence would cost twice."
                found.append((second, first, said))
            elif other.id in one.holds or one.id in other.holds:
                wide, narrow = (first, second) if other.id in one.holds else (second, first)
                whole, part = by_id[_of(wide)], by_id[_of(narrow)]
                said = f"{whole.label} holds {part.label}: count one of them, or an offence would cost twice."
                found.append((wide, narrow, said))
    return tuple(found)


def cost_position(snapshot: Snapshot, table: CostTable, position: date) -> CostPosition:
    """Cost what was recorded in the year to date, the same months of the year before and of the baseline year.

    Unit costs, multipliers and deflators are the same in all three, so only the numbers of offences differ.
    """
    known = countable(snapshot)
    double = clashes(table, known)
    wider = {wide.kind for wide, _, _ in double}
    kinds = _kinds(table, known, wider)
    baseline_years = years_between(snapshot.strategy.baseline_start, position)
    prices = prices_of(table, {kind for kind, _, _ in kinds})
    now = _period(snapshot, table, kinds, prices, position, 0)
    before = _period(snapshot, table, kinds, prices, position, 1)
    baseline = before if baseline_years == 1 else _period(snapshot, table, kinds, prices, position, baseline_years)
    return CostPosition(
        name=snapshot.strategy.name,
        partnership=snapshot.strategy.partnership,
        kind=snapshot.kind,
        position=position,
        known_on=snapshot.known_on,
        as_at=snapshot.as_at,
        table=table,
        prices=prices,
        now=now,
        before=before,
        baseline=baseline,
        sentence=_sentence(table, kinds, now),
        comparisons=_comparisons(now, before, baseline, baseline_years),
        left_out=_left_out(table, now, wider),
        clashes=tuple(said for _, _, said in double),
        countable=known,
    )


def prices_of(table: CostTable, kinds: Collection[str]) -> str:
    """Return the year in whose prices the cost is: as chosen, else of the latest confirmed cost of what is counted."""
    if table.into:
        return table.into
    confirmed = [one for one in table.costs if one.confirmed and one.amount is not None]
    mine = [one.prices for one in confirmed if one.kind in kinds] or [one.prices for one in confirmed]
    return max(mine, default="")


# --- what is counted --------------------------------------------------------------------------------


def _adds_up(series: Series) -> bool:
    return series.form is PeriodForm.SAME and series.frequency in {Frequency.MONTH, Frequency.QUARTER}


def _held_by(snapshot: Snapshot, indicator: UUID) -> set[UUID]:
    """Return the indicators whose offences are among this one's: parts by definition, and parts of parts."""
    latest: dict[UUID, Definition] = {}
    for one in snapshot.definitions.values():
        if one.indicator not in latest or one.version > latest[one.indicator].version:
            latest[one.indicator] = one
    held: set[UUID] = set()
    wholes = {indicator}
    while True:
        more = {one for one, definition in latest.items() if wholes & set(definition.part_of)} - held
        if not more:
            break
        held |= more
        wholes |= more
    mine = latest.get(indicator)
    rows = {row.casefold() for row in mine.components} if mine is not None else set()
    for other, definition in latest.items():
        theirs = {row.casefold() for row in definition.components}
        if other != indicator and theirs and theirs <= rows and (theirs != rows or str(other) > str(indicator)):
            held.add(other)
    return held - {indicator}


def _of(unit: UnitCost) -> UUID:
    if unit.counted is None:
        raise ValueError(f"nothing counts {unit.kind}")
    return unit.counted


_Kind = tuple[str, str, Countable]


def _kinds(table: CostTable, known: Sequence[Countable], wider: Collection[str]) -> tuple[_Kind, ...]:
    by_id = {one.id: one for one in known}
    found: dict[str, _Kind] = {}
    for unit in table.costs:
        if unit.counted in by_id and unit.kind not in found and unit.kind not in wider:
            found[unit.kind] = (unit.kind, unit.name, by_id[_of(unit)])
    return tuple(found.values())


def _definition(snapshot: Snapshot, counted: Countable) -> Definition:
    mine = [one for one in snapshot.definitions.values() if one.indicator == counted.id]
    if mine:
        return max(mine, key=lambda one: one.version)
    return Definition(
        counted.id, counted.id, 1, Unit.COUNT, Polarity.NONE, IndicatorKind.CONTEXT, RatedPart.COUNT, Adding.SUM
    )


def _period(
    snapshot: Snapshot, table: CostTable, kinds: Sequence[_Kind], prices: str, position: date, years: int
) -> CostedPeriod:
    counted: list[CountedKind] = []
    spans: list[Period] = []
    for kind, name, what in kinds:
        series, definition = snapshot.series[what.series], _definition(snapshot, what)
        found = series_figures(series, snapshot.figures.get(series.id, ()), position)
        asked = position_period(found, definition, position)
        if asked is None:
            continue
        period = same_months(asked, years)
        made = measure(found, definition, period)
        spans.append(period)
        counted.append(_counted(kind, name, what, made))
    recorded = {one.kind: one.recorded for one in counted if one.recorded is not None}
    cost = cost_of_crime(table, recorded, prices=prices) if recorded and prices else None
    longest = max(spans, key=lambda one: one.end, default=None)
    if longest is None:
        return CostedPeriod("", "", tuple(counted), cost)
    label = _label(longest)
    year = financial_year_label(financial_year_of(longest.end))
    words = label if years == 0 or label == year else f"the same months of {year}"
    return CostedPeriod(label, words, tuple(counted), cost)


def _label(period: Period) -> str:
    whole = financial_year_of(period.start)
    if (whole.start, whole.end) == (period.start, period.end):
        return whole.label
    return Period(period.start, period.end, PeriodKind.SPAN).label


def _counted(kind: str, name: str, what: Countable, made: Measure) -> CountedKind:
    figures = tuple(figure.id for figure in made.figures)
    if made.value is None:
        return CountedKind(kind, name, what, None, "no figures", figures)
    missing = len(made.missing) + len(made.marks)
    note = f"{plural(missing, 'period')} missing" if missing else ""
    return CountedKind(kind, name, what, int(made.value), note, figures, made.illustrative)


# --- sentences --------------------------------------------------------------------------------------


def _sentence(table: CostTable, kinds: Sequence[_Kind], now: CostedPeriod) -> str:
    if not table.on:
        return OFF
    if not kinds:
        return NOTHING_COUNTED
    if now.cost is None:
        return "No cost of crime: nothing of these offences was recorded by this position, or no amount is confirmed."
    if not now.cost.lines:
        return now.cost.sentence
    alone = [line for line in now.cost.lines if line.multiplier is None]
    scope = "recorded crime only, " if alone else ""
    if alone and len(alone) < len(now.cost.lines):
        scope = "in part recorded crime only, "
    names = listed([f"{line.unit.name[:1].lower()}{line.unit.name[1:]}" for line in now.cost.lines])
    if len(now.cost.lines) > _NAMED:
        names = f"{len(now.cost.lines)} kinds of offence"
    return f"{now.label}: {names} cost society about {pounds(now.cost.total)} ({scope}{now.cost.prices} prices)."


def _comparisons(
    now: CostedPeriod, before: CostedPeriod, baseline: CostedPeriod, baseline_years: int
) -> tuple[str, ...]:
    said = []
    if baseline_years > 0:
        said.append(_comparison(now, before))
    if baseline_years > 1:
        said.append(_comparison(now, baseline, "the baseline year, "))
    return tuple(one for one in said if one)


def _comparison(now: CostedPeriod, earlier: CostedPeriod, which: str = "") -> str:
    """Compare the kinds that both periods have in full."""
    if now.cost is None or not now.cost.lines:
        return ""
    whole = {one.kind for one in earlier.counted if one.recorded is not None and not one.note}
    whole &= {one.kind for one in now.counted if not one.note}
    lines = [line for line in now.cost.lines if line.unit.kind in whole]
    was = sum((total for line in lines if (total := earlier.total(line.unit.kind)) is not None), Decimal(0))
    if not lines or not was:
        return f"Not compared with {which}{earlier.words}: figures are missing." if earlier.words else ""
    this = sum((line.total for line in lines), Decimal(0))
    some = "" if len(lines) == len(now.cost.lines) else f" {listed([line.unit.name for line in lines])} alone."
    if this == was:
        return f"The same as in {which}{earlier.words}.{some}"
    more = "more" if this > was else "less"
    change = signed_percent(float((this - was) / was))
    apart = abs(this - was)
    # No more figures than such a sum bears.
    told = pounds(apart if apart < _MANY else Decimal(round(int(apart), -3)))
    return f"{told} {more} than in {which}{earlier.words} ({change}).{some}"


def _left_out(table: CostTable, now: CostedPeriod, wider: Collection[str]) -> tuple[str, ...]:
    """Name what is not in the total: without an amount in these prices, without a count, or counted twice."""
    if not table.on:
        return ()
    said: list[str] = []
    without = now.cost.left_out if now.cost is not None else ()
    if without:
        said.append(f"Without a confirmed amount in, or a deflator into, these prices: {listed(without)}.")
    names: Mapping[str, str] = {one.kind: one.name for one in table.costs}
    lines = () if now.cost is None else now.cost.lines
    alone = [line.unit.name for line in lines if line.multiplier is None]
    if alone and len(alone) < len(lines):
        said.append(f"Recorded crime only, for want of a multiplier: {listed(alone)}.")
    counted = {one.kind for one in now.counted}
    uncounted = [name for kind, name in names.items() if kind not in counted and kind not in wider]
    if uncounted:
        said.append(f"Not counted: {listed([name[:1].lower() + name[1:] for name in uncounted])}.")
    twice = [name for kind, name in names.items() if kind in wider]
    if twice:
        said.append(f"Left out, for it holds another that is counted: {listed(twice)}.")
    missing = [f"{one.name} ({one.note})" for one in now.counted if one.note]
    if missing:
        said.append(f"Incomplete: {listed(missing)}.")
    return tuple(said)
