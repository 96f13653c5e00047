"""The figures that a page of wards is made of, as the store holds them: counts, wholes, and what rates are of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.agencies import Series
from scs_desktop.domain.areas import Area, AreaKind
from scs_desktop.domain.figures import Figure, Part, Unit
from scs_desktop.domain.measure import adds_up, measure, steps_of
from scs_desktop.domain.periods import MONTHS_IN_YEAR, Period, PeriodKind, month_end, month_number, month_of
from scs_desktop.domain.places import WardFigures
from scs_desktop.domain.sentences import capital, listed
from scs_desktop.domain.series_figures import SeriesFigures, series_figures
from scs_desktop.domain.strategy import Adding, Definition, IndicatorUse
from scs_desktop.domain.ward_page import WardIndicator
from scs_desktop.domain.ward_publication import YearSoFar

if TYPE_CHECKING:
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.store import Store

ABSENT_IS_ZERO = "zero"


@dataclass(frozen=True, slots=True)
class Exposures:
    """What rates are of: by ward, with the figure it stands in, where a return brought it."""

    values: Mapping[UUID, Decimal]
    figures: Mapping[UUID, Figure]
    said: str = ""


class WardReading:
    """What a store knew of the wards of the home area at a position."""

    def __init__(self, store: Store, snapshot: Snapshot, position: date, as_at: int | None) -> None:
        self.store = store
        self.snapshot = snapshot
        self.position = position
        self.as_at = as_at
        self.home = snapshot.strategy.home_area
        mine = {one.id: series for one in snapshot.uses if (series := self._series_of(one)) is not None}
        self.series: Mapping[UUID, Series] = mine
        self.bases = {one.id: one for one in snapshot.series.values() if one.indicator is None}
        self.known = store.places_with_figures(as_at=as_at)
        self._loaded: set[UUID] = set()
        self._by_place: dict[tuple[UUID, UUID], list[Figure]] = {}

    def figures(self, series: UUID, area: UUID) -> list[Figure]:
        """Return the figures of a series in an area; a series is read when it is first wanted."""
        if series not in self._loaded:
            self._loaded.add(series)
            for key, figure in self.store.current_figures([series], as_at=self.as_at).items():
                self._by_place.setdefault((key.series, key.area), []).append(figure)
        return self._by_place.get((series, area), [])

    def _series_of(self, use: IndicatorUse) -> Series | None:
        """Return the series whose months can be added up to a count, if the indicator has one."""
        series = self.snapshot.preferred_series(use)
        if series is None:
            return None
        definition = self.snapshot.definition_of(use)
        counts = definition.unit is Unit.COUNT and definition.over_time is Adding.SUM
        return series if counts and adds_up(series, definition) else None

    def is_ward(self, area: UUID) -> bool:
        """Whether it is a ward of the home area."""
        known = self.snapshot.areas.get(area)
        return known is not None and known.kind is AreaKind.WARD and known.parent == self.home

    def indicators(self) -> tuple[WardIndicator, ...]:
        """Return the indicators that have figures of wards, as the strategy orders them."""
        with_wards = {series for series, area in self.known if self.is_ward(area)}
        return tuple(
            WardIndicator(one.id, one.code, self.name(one))
            for one in self.snapshot.uses
            if one.id in self.series and self.series[one.id].id in with_wards
        )

    def name(self, use: IndicatorUse) -> str:
        """Return the indicator's name."""
        return self.snapshot.indicators[use.indicator].name

    def found(self, series: Series, area: UUID) -> SeriesFigures:
        """Return the figures of a series in an area up to the position, by month."""
        return series_figures(series, self.figures(series.id, area), self.position)

    def last(self, series: Series) -> int | None:
        """Return the latest month up to the position for which a ward has a figure."""
        months = [
            found.order[-1]
            for one, area in self.known
            if one == series.id and self.is_ward(area) and (found := self.found(series, area)).order
        ]
        return max(months, default=None)

    def wards_at(self, day: date) -> list[Area]:
        """Return the borough's wards as they were on the day."""
        return [
            area
            for area in self.snapshot.areas.values()
            if self.is_ward(area.id)
            and (area.valid_from is None or area.valid_from <= day)
            and (area.valid_to is None or area.valid_to >= day)
        ]

    def whole(self, use: IndicatorUse) -> IndicatorUse | None:
        """Return the indicator of all offences that this one is in the end a part of, where wards have figures."""
        by_indicator = {one.indicator: one for one in self.snapshot.uses}
        seen: set[UUID] = set()
        one = use
        while (above := self.snapshot.definition_of(one).part_of) and one.indicator not in seen:
            seen.add(one.indicator)
            next_up = next((by_indicator[part] for part in above if part in by_indicator), None)
            if next_up is None:
                break
            one = next_up
        if one.id == use.id or one.id not in self.series:
            return None
        return one if self.last(self.series[one.id]) is not None else None

    def rows(
        self, series: Series, definition: Definition, places: Sequence[Area], period: Period,
        exposures: Exposures, whole: IndicatorUse | None,
    ) -> list[WardFigures]:  # fmt: skip
        """Return each ward with its count of the period, what its rate is of, all its offences and its months."""
        found = {one.id: self.found(series, one.id) for one in places}
        told = sorted({number for one in found.values() for number in one.order})
        absent = self._absent_is_zero(series)
        months = [number for number in told if number <= month_number(period.end)]
        rows = []
        for one in places:
            count, gap = _count(found[one.id], definition, period, frozenset(told) if absent else frozenset())
            all_crime = None
            if whole is not None:
                all_series = self.series[whole.id]
                held = self.found(all_series, one.id)
                zero = frozenset(told) if self._absent_is_zero(all_series) else frozenset()
                all_crime, _ = _count(held, self.snapshot.definition_of(whole), period, zero)
            rows.append(
                WardFigures(
                    one.id,
                    one.name,
                    count,
                    exposures.values.get(one.id),
                    all_crime,
                    tuple(_month_counts(found[one.id], months, zero=absent)),
                    gap,
                )
            )
        return rows

    def _absent_is_zero(self, series: Series) -> bool:
        """Whether the officer has said that this agency leaves out the rows of wards where nothing happened."""
        from scs_desktop.returns.matching import rows_question

        question = f"absent/{rows_question(series.id, Part.VALUE)}"
        return self.store.profile(series.agency).answer_to(question) == ABSENT_IS_ZERO

    def totals(
        self, series: Series, definition: Definition, period: Period, whole: IndicatorUse | None,
        rows: Sequence[WardFigures], notes: list[str],
    ) -> tuple[int | None, int | None]:  # fmt: skip
        """Return the borough's own counts of the indicator and of all offences, where they are whole."""
        total, _ = _count(self.found(series, self.home), definition, period, frozenset())
        of_wards = sum(row.count for row in rows if row.count is not None)
        if total is None:
            notes.append("The borough's own count is not there for every month: the wards' sum stands in its place.")
        elif total < of_wards:
            notes.append(
                f"The wards add up to {of_wards:,}, more than the borough's own count of {total:,}: ask the agency. "
                "The wards' sum is used here."
            )
            total = None
        if whole is None:
            return total, None
        held = self.found(self.series[whole.id], self.home)
        all_crime, _ = _count(held, self.snapshot.definition_of(whole), period, frozenset())
        known = [row.all_crime for row in rows if row.all_crime is not None]
        if total is None and len(known) == len(rows):
            # Both sums are of the wards, so that a share of one in the other is.
            all_crime = sum(known)
        return total, all_crime

    def year_so_far(
        self, series: Series, definition: Definition, rows: Sequence[WardFigures], period: Period, *, own_total: bool
    ) -> list[YearSoFar]:
        """Return the counts to the end of each earlier month of the period, as papers of then would hold them."""
        known = {row.area: row.months for row in rows if row.count is not None}
        found = []
        for number in steps_of(self.found(series, self.home), definition, period)[:-1]:
            end = month_end(date(number // MONTHS_IN_YEAR, number % MONTHS_IN_YEAR + 1, 1))
            so_far = Period(period.start, end, PeriodKind.YEAR_TO_DATE)
            counts = {
                str(area): sum(value or 0 for month, value in months if so_far.contains(month))
                for area, months in known.items()
            }
            total, _ = _count(self.found(series, self.home), definition, so_far, frozenset())
            of_wards = sum(counts.values())
            found.append(YearSoFar(counts, max(total or 0, of_wards) if own_total else of_wards))
        return found

    def exposures(self, name: str, places: Sequence[Area], end: date) -> Exposures:
        """Return the latest number by the day of what rates are of; a later one where none is so old."""
        if not name:
            return Exposures({}, {})
        bases = [one for one in self.bases.values() if one.data_set.casefold() == name.casefold()]
        values: dict[UUID, Decimal] = {}
        figures: dict[UUID, Figure] = {}
        for ward in places:
            known = [
                figure
                for base in bases
                for figure in self.figures(base.id, ward.id)
                if figure.key.part is Part.VALUE and figure.measured.value
            ]
            if known:
                best = max(known, key=lambda one: _nearness(one.key.period.end, end))
                figures[ward.id] = best
                values[ward.id] = best.measured.value or Decimal(0)
                continue
            listed_here = [one for one in self.snapshot.denominators if one.area == ward.id and one.name == name]
            if listed_here:
                latest = max(listed_here, key=lambda one: _nearness(one.year_end or date.min, end))
                values[ward.id] = latest.value
        days = sorted({one.key.period.end for one in figures.values()})
        agencies = sorted({self.snapshot.agencies[self.bases[one.key.series].agency].name for one in figures.values()})
        when = f" of {' to '.join(dict.fromkeys((month_name(days[0]), month_name(days[-1]))))}" if days else ""
        return Exposures(values, figures, f"{capital(name)}{when}, {listed(agencies)}" if agencies else "")


def month_name(day: date) -> str:
    """Return the day's month with its year: “March 2011”."""
    return month_of(day).label


def _nearness(day: date, wanted: date) -> tuple[bool, int]:
    """Order days: the latest up to the wanted one first, then the earliest after it."""
    return (day <= wanted, day.toordinal() if day <= wanted else -day.toordinal())


def _count(
    found: SeriesFigures, definition: Definition, period: Period, noughts: frozenset[int]
) -> tuple[int | None, str]:
    """Return the count of the period, or None with the first month it lacks.

    ``noughts`` are the months in which no row means that nothing happened.
    """
    made = measure(found, definition, period)
    if made.marks:
        mark = made.marks[0]
        return None, f"{mark.measured.kind.value.replace('_', ' ')} in {mark.key.period.label}"
    gaps = [one for one in made.missing if month_number(one.end) not in noughts]
    if gaps:
        return None, f"no figure for {gaps[0].label}"
    return int(made.value or 0), ""


def _month_counts(found: SeriesFigures, months: Sequence[int], *, zero: bool) -> Iterable[tuple[Period, int | None]]:
    for number in months:
        figure = found.at(number)
        value = figure.measured.value if figure is not None else (Decimal(0) if zero else None)
        yield found.period_at(number), None if value is None else int(value)
