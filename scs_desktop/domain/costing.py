"""How the cost of crime is worked out: what can be counted, which counts share offences, and three stretches of months.

The unit costs, multipliers and deflators are the same in all three stretches.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from scs_desktop.domain.agencies import Frequency, PeriodForm, Series
from scs_desktop.domain.cost import CostTable, UnitCost, cost_of_crime
from scs_desktop.domain.cost_position import CostedPeriod, CostPosition, Countable, CountedKind
from scs_desktop.domain.cost_words import cost_comparisons, cost_sentence, left_out_of_cost
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.measure import Measure, measure, position_period, same_months, years_between
from scs_desktop.domain.periods import Period, PeriodKind, financial_year_label, financial_year_of
from scs_desktop.domain.sentences import plural
from scs_desktop.domain.series_figures import series_figures
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Adding, Definition, IndicatorKind, Polarity, RatedPart


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
        sentence=cost_sentence(table, now, counts=bool(kinds)),
        comparisons=cost_comparisons(now, before, baseline, baseline_years),
        left_out=left_out_of_cost(table, now, wider),
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
