"""Which of an indicator's stored figures stand for a small number, and what a reader could add up around them.

The cells are counts of cases: a count itself, or the cases behind a percentage or rate. What a reader knows
to add up is a baseline year that the strategy prints, and a whole of which every part is an indicator.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from uuid import UUID

from scs_desktop.domain.agencies import PeriodForm, Series
from scs_desktop.domain.figures import Figure, FigureKey, Part, Unit
from scs_desktop.domain.measure import adds_up
from scs_desktop.domain.periods import Period, financial_year_of
from scs_desktop.domain.rows import denominator_of
from scs_desktop.domain.strategy import Adding, Definition, Denominator
from scs_desktop.domain.suppression import SMALLEST_SHOWN, Withheld, suppress

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Cell:
    """The cases of one indicator in one period; ``period`` None is the baseline year as the strategy prints it."""

    indicator: UUID
    period: Period | None


@dataclass(frozen=True, slots=True)
class Published:
    """An indicator as public papers would show it: its definition, its series, that series' figures."""

    definition: Definition
    series: Series
    figures: tuple[Figure, ...]
    baseline_year: Period
    baseline_known: bool


def cases(
    definition: Definition, parts: Mapping[Part, Decimal], period: Period, denominators: Sequence[Denominator]
) -> Decimal | None:
    """Return how many cases stand behind the numbers of a period, as closely as is known; None if it is not."""
    value = parts.get(Part.VALUE)
    if definition.unit is Unit.COUNT:
        return value if value is not None else parts.get(Part.NUMERATOR)
    if Part.NUMERATOR in parts:
        return parts[Part.NUMERATOR]
    if value is None or definition.unit not in {Unit.PERCENT, Unit.RATE}:
        return None
    size = parts.get(Part.DENOMINATOR) or parts.get(Part.SAMPLE_SIZE)
    if not size and definition.sample is not None:
        size = definition.sample.size
    if not size and definition.unit is Unit.RATE:
        named = denominator_of(definition, period, denominators)
        size = None if named is None else named.value
    scale = HUNDRED if definition.unit is Unit.PERCENT else (definition.per or Decimal(1))
    return None if not size else value * size / scale


def is_small(count: Decimal | None) -> bool:
    """Whether so many cases may not be told; part of a case counts as one."""
    return count is not None and 0 < count < SMALLEST_SHOWN


def small_cells(indicators: Mapping[UUID, Published], denominators: Sequence[Denominator]) -> frozenset[Cell]:
    """Return the small counts of the indicators that hide them."""
    return frozenset(
        Cell(indicator, period)
        for indicator, one in indicators.items()
        if one.definition.hide_small
        for period, count in _counts(one, denominators).items()
        if is_small(count)
    )


def withheld_cells(
    indicators: Mapping[UUID, Published], denominators: Sequence[Denominator], kept_back: Collection[Cell]
) -> dict[Cell, Withheld]:
    """Return the cells that no public copy may show, with the reason.

    Small counts of the indicators that hide them; of a count that grows through the year also each figure that
    a small step leads to; and as many more as an attacker would need.
    """
    counts = {
        Cell(indicator, period): count
        for indicator, one in indicators.items()
        for period, count in _counts(one, denominators).items()
    }
    hidden: dict[Cell, Withheld] = dict.fromkeys(kept_back, Withheld.PROTECTS)
    hidden |= dict.fromkeys(small_cells(indicators, denominators), Withheld.SMALL)
    for indicator, one in indicators.items():
        if one.definition.hide_small:
            hidden |= dict.fromkeys(_small_steps(indicator, one, counts, hidden), Withheld.PROTECTS)
    _hide_small_kin(indicators, counts, hidden)
    whole = {cell: int(count.to_integral_value(ROUND_HALF_UP)) for cell, count in counts.items()}
    sums = {**_baseline_sums(indicators, whole), **_part_sums(indicators, whole)}
    for total, parts in sums.items():
        whole.setdefault(total, sum(whole[part] for part in parts))
    found = suppress(
        whole,
        sums,
        sensitive={cell for cell, why in hidden.items() if why is Withheld.SMALL},
        kept_back={cell for cell in hidden if cell in whole},
    )
    return {**hidden, **found.withheld}


def _counts(one: Published, denominators: Sequence[Denominator]) -> dict[Period, Decimal]:
    by_period: dict[Period, dict[Part, Decimal]] = {}
    for figure in one.figures:
        if figure.measured.value is not None and figure.key.part is not Part.COMPONENT:
            by_period.setdefault(figure.key.period, {})[figure.key.part] = figure.measured.value
    found = {period: cases(one.definition, parts, period, denominators) for period, parts in by_period.items()}
    return {period: count for period, count in found.items() if count is not None and count >= 0}


def _small_steps(
    indicator: UUID, one: Published, counts: Mapping[Cell, Decimal], hidden: Mapping[Cell, Withheld]
) -> list[Cell]:
    """Return the figures of a growing count whose step from the last one shown is small."""
    definition = one.definition
    if definition.unit is not Unit.COUNT or not (
        one.series.form is PeriodForm.YEAR_TO_DATE or definition.over_time is Adding.LAST
    ):
        return []
    mine = sorted(
        ((cell, cell.period) for cell in counts if cell.indicator == indicator and cell.period is not None),
        key=lambda pair: pair[1].end,
    )
    found: list[Cell] = []
    year: Period | None = None
    shown = Decimal(0)
    for cell, period in mine:
        if financial_year_of(period.end) != year:
            year, shown = financial_year_of(period.end), Decimal(0)
        if cell in hidden:
            continue
        if is_small(abs(counts[cell] - shown)):
            found.append(cell)
        else:
            shown = counts[cell]
    return found


def _hide_small_kin(
    indicators: Mapping[UUID, Published], counts: Mapping[Cell, Decimal], hidden: dict[Cell, Withheld]
) -> None:
    """Hide a small whole of a hidden part, and the small parts of a hidden whole: each bounds the other."""
    pairs = [
        (part, whole) for part, one in indicators.items() for whole in one.definition.part_of if whole in indicators
    ]
    for _ in pairs:
        for part, whole in pairs:
            for near, far in ((part, whole), (whole, part)):
                mine = [cell for cell in hidden if cell.indicator == near and is_small(counts.get(cell))]
                for cell in mine:
                    other = Cell(far, cell.period)
                    if is_small(counts.get(other)):
                        hidden.setdefault(other, Withheld.PROTECTS)


def _baseline_sums(indicators: Mapping[UUID, Published], counts: Mapping[Cell, int]) -> dict[Cell, tuple[Cell, ...]]:
    """Return, for each baseline year that is printed, the months or quarters that make it."""
    sums: dict[Cell, tuple[Cell, ...]] = {}
    for indicator, one in indicators.items():
        if not one.baseline_known or not adds_up(one.series, one.definition):
            continue
        year = one.baseline_year
        parts = sorted(
            (
                cell
                for cell in counts
                if cell.indicator == indicator
                and cell.period is not None
                and year.start <= cell.period.start
                and cell.period.end <= year.end
                and cell.period.months < year.months
            ),
            key=lambda cell: (cell.period.end, cell.period.start) if cell.period is not None else (year.end, year.end),
        )
        apart = all(
            before.period is not None and after.period is not None and before.period.end < after.period.start
            for before, after in pairwise(parts)
        )
        if apart and sum(cell.period.months for cell in parts if cell.period is not None) == year.months:
            sums[Cell(indicator, None)] = tuple(parts)
    return sums


def _part_sums(indicators: Mapping[UUID, Published], counts: Mapping[Cell, int]) -> dict[Cell, tuple[Cell, ...]]:
    """Return the wholes that are exactly the sum of the indicators that are part of them."""
    sums: dict[Cell, tuple[Cell, ...]] = {}
    for whole in indicators:
        parts = [part for part, one in indicators.items() if whole in one.definition.part_of]
        for cell in [one for one in counts if one.indicator == whole and one.period is not None]:
            cells = tuple(Cell(part, cell.period) for part in parts)
            if cells and all(one in counts for one in cells) and counts[cell] == sum(counts[one] for one in cells):
                sums[cell] = cells
    return sums


def withheld_keys(indicators: Mapping[UUID, Published], cells: Mapping[Cell, Withheld]) -> dict[FigureKey, Withheld]:
    """Return the figures' keys of the cells, of every part: a rate gives its count away."""
    return {
        figure.key: cells[cell]
        for indicator, one in indicators.items()
        for figure in one.figures
        if (cell := Cell(indicator, figure.key.period)) in cells
    }
