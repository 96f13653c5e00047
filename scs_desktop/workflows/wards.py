"""An indicator ward by ward: who is high, who is low, and from which cells that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.agencies import Series
from scs_desktop.domain.areas import Area, AreaKind
from scs_desktop.domain.due import date_text
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.figures import Figure, Origin, Part, Unit
from scs_desktop.domain.measure import adds_up, measure, steps_of
from scs_desktop.domain.periods import (
    MONTHS_IN_YEAR,
    Period,
    PeriodKind,
    month_end,
    month_number,
    position_label,
    rolling_12,
    year_to_date,
)
from scs_desktop.domain.places import Places, WardFigures, places_of, public_places
from scs_desktop.domain.publication import Marking
from scs_desktop.domain.sentences import capital, listed, number_text, plural
from scs_desktop.domain.series_figures import SeriesFigures, series_figures
from scs_desktop.domain.strategy import Adding, Definition, IndicatorUse
from scs_desktop.domain.suppression import SMALLEST_SHOWN
from scs_desktop.domain.ward_page import WardIndicator, WardPage, WardSource, WardSpan
from scs_desktop.domain.ward_publication import YearSoFar
from scs_desktop.workflows.overview import latest_position, look

if TYPE_CHECKING:
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.store import Store

NAMED_AT_MOST = 4
ABSENT_IS_ZERO = "zero"


def wards(
    *,
    store: Store,
    use: UUID | None = None,
    position: date | None = None,
    as_at: int | None = None,
    strategy: UUID | None = None,
    span: WardSpan = WardSpan.YEAR_TO_DATE,
    public: bool = False,
) -> WardPage:
    """Put the wards of an indicator beside each other at a position, as the store knew them.

    Args:
        store: what is asked.
        use: the indicator; None takes the first that has figures of wards.
        position: any day of the position's month; the latest month with a figure if None.
        as_at: number of the last change that is seen; None for all.
        strategy: the one running at the position where the store has several.
        span: the financial year so far, or the twelve months to the position; the public's copy counts the year
            alone, because both spans of several positions together would give withheld counts away.
        public: withhold small counts and all that would give them away.

    Raises:
        UserError: the store holds no strategy, or no such indicator.

    """
    snapshot = look(store=store, as_at=as_at, strategy=strategy)
    day = month_end(position) if position is not None else latest_position(snapshot)
    return _Wards(store, snapshot, day, as_at).page(use, span, public=public)


def use_with_code(*, store: Store, code: str, as_at: int | None = None) -> UUID:
    """Return the indicator that the strategy knows under the code.

    Raises:
        UserError: there is none.

    """
    snapshot = look(store=store, as_at=as_at)
    for one in snapshot.uses:
        if one.code.casefold() == code.strip().casefold():
            return one.id
    codes = listed([one.code for one in snapshot.uses if one.code])
    raise UserError(f"No indicator has the code “{code}”. There are {codes}.")


def ward_sources(*, store: Store, page: WardPage, ward: UUID, strategy: UUID | None = None) -> tuple[WardSource, ...]:
    """Return every cell that the ward's row on the page was worked out from, newest month first.

    The months of the period, those of all offences behind the quotient, and what the rate is of. None for the
    public's copy, whose withheld counts they would tell.
    """
    if page.places is None or page.public:
        return ()
    snapshot = look(store=store, as_at=page.as_at, strategy=strategy)
    found = _Wards(store, snapshot, page.position, page.as_at)
    return tuple(found.traced(page, ward))


@dataclass(frozen=True, slots=True)
class _Exposures:
    """What rates are of: by ward, with the figure it stands in, where a return brought it."""

    values: Mapping[UUID, Decimal]
    figures: Mapping[UUID, Figure]
    said: str = ""


class _Wards:
    """The figures of wards at a position."""

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

    def _figures(self, series: UUID, area: UUID) -> list[Figure]:
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

    def _is_ward(self, area: UUID) -> bool:
        known = self.snapshot.areas.get(area)
        return known is not None and known.kind is AreaKind.WARD and known.parent == self.home

    def indicators(self) -> tuple[WardIndicator, ...]:
        with_wards = {series for series, area in self.known if self._is_ward(area)}
        return tuple(
            WardIndicator(one.id, one.code, self._name(one))
            for one in self.snapshot.uses
            if one.id in self.series and self.series[one.id].id in with_wards
        )

    def _name(self, use: IndicatorUse) -> str:
        return self.snapshot.indicators[use.indicator].name

    def _use(self, wanted: UUID | None, offered: Sequence[WardIndicator]) -> IndicatorUse:
        if wanted is None:
            headlines = {one.id for one in self.snapshot.uses if one.headline}
            first = [one.use for one in offered]
            # The most particular headline: all offences together say least about a place.
            ranked = sorted(first, key=lambda one: (one not in headlines, not self._wholes(one)))
            wanted = ranked[0] if ranked else next((one.id for one in self.snapshot.uses), None)
        found = next((one for one in self.snapshot.uses if one.id == wanted), None)
        if found is None:
            raise UserError("The strategy has no such indicator.")
        return found

    def _wholes(self, use: UUID) -> tuple[UUID, ...]:
        one = next(one for one in self.snapshot.uses if one.id == use)
        return self.snapshot.definition_of(one).part_of

    def page(self, wanted: UUID | None, span: WardSpan, *, public: bool) -> WardPage:
        offered = self.indicators()
        use = self._use(wanted, offered)
        strategy = self.snapshot.strategy
        span = WardSpan.YEAR_TO_DATE if public else span
        page = WardPage(
            use.id, use.code, self._name(use), strategy.name, strategy.partnership, self.snapshot.kind,
            self.position, position_label(self.position), self.snapshot.known_on, self.as_at, span, offered, None,
            public=public,
        )  # fmt: skip
        series = self.series.get(use.id)
        reason = self._nothing(use, series) or (self._kept_back(series) if public else "")
        if reason or series is None:
            return replace(page, reason=reason)
        return self._filled(page, use, series)

    def _nothing(self, use: IndicatorUse, series: Series | None) -> str:
        """Say why there is nothing to show, and which return to ask for."""
        name = self._name(use)
        if series is None:
            return f"{name} is no count of offences or cases that can be added up, so it is not shown by ward."
        if self._last(series) is not None:
            return ""
        agency = self.snapshot.agencies[series.agency].name
        later = any(self._is_ward(area) for one, area in self.known if one == series.id)
        begun = f" up to {date_text(self.position)}" if later else ""
        return (
            f"There are no figures of {name} by ward{begun}. Ask {agency} for its return “{series.data_set}” with a "
            "row for each ward, the months across, and import it under Returns; wards of the borough are known by "
            "name or code."
        )

    def _kept_back(self, series: Series | None) -> str:
        """Say why the figures may not be published, if they may not."""
        if series is None:
            return ""
        imports = {
            figure.import_id
            for one, area in self.known
            if one == series.id and self._is_ward(area)
            for figure in self._figures(one, area)
        }
        for rule in self.snapshot.publication:
            meant = rule.series == series.id or (rule.import_id is not None and rule.import_id in imports)
            if meant and (rule.not_before is None or self.snapshot.known_on < rule.not_before):
                until = f" before {date_text(rule.not_before)}" if rule.not_before is not None else ""
                return f"These figures are not for publication{until}: {rule.reason}"
        return ""

    def _found(self, series: Series, area: UUID) -> SeriesFigures:
        return series_figures(series, self._figures(series.id, area), self.position)

    def _last(self, series: Series) -> int | None:
        """Return the latest month up to the position for which a ward has a figure."""
        months = [
            found.order[-1]
            for one, area in self.known
            if one == series.id and self._is_ward(area) and (found := self._found(series, area)).order
        ]
        return max(months, default=None)

    def _wards_at(self, day: date) -> list[Area]:
        """Return the borough's wards as they were on the day."""
        return [
            area
            for area in self.snapshot.areas.values()
            if self._is_ward(area.id)
            and (area.valid_from is None or area.valid_from <= day)
            and (area.valid_to is None or area.valid_to >= day)
        ]

    def _filled(self, page: WardPage, use: IndicatorUse, series: Series) -> WardPage:
        definition = self.snapshot.definition_of(use)
        last = self._last(series)
        if last is None:
            raise ValueError("a page with figures was asked for where no ward has any")
        end = month_end(date(last // MONTHS_IN_YEAR, last % MONTHS_IN_YEAR + 1, 1))
        places = self._wards_at(end)
        notes: list[str] = []
        period = rolling_12(end) if page.span is WardSpan.TWELVE_MONTHS else year_to_date(end)
        period = self._since_change(series, places, period, notes)
        if end < self.position:
            notes.insert(0, f"Figures by ward reach to {_month(end)}; the position is {page.position_text}.")
        exposures = self._exposures(definition.denominator, places, end)
        whole = self._whole(use)
        rows = self._rows(series, definition, places, period, exposures, whole)
        total, all_crime = self._totals(series, definition, period, whole, rows, notes)
        per, of = definition.per or Decimal(1000), definition.denominator or "residents"
        if page.public:
            before = self._year_so_far(series, definition, rows, period, own_total=total is not None)
            made = public_places(
                page.name, period, rows, total=total, all_crime=all_crime, per=per, exposure_name=of, before=before
            )
        else:
            made = places_of(page.name, period, rows, total=total, all_crime=all_crime, per=per, exposure_name=of)
        notes += self._told(made, rows, exposures, definition, agency=series.agency)
        sensitive = definition.hide_small and made.small
        return replace(
            page,
            places=made,
            notes=tuple(notes),
            quotient_of=self._name(whole) if whole is not None and any(row.quotient for row in made.rows) else "",
            illustrative=self._illustrative(series, places, period),
            marking=Marking.OFFICIAL_SENSITIVE if sensitive else Marking.OFFICIAL,
        )

    def _since_change(self, series: Series, places: Sequence[Area], period: Period, notes: list[str]) -> Period:
        """Return the period without the months before the wards were as they are at its end."""
        changed = max((one.valid_from for one in places if one.valid_from is not None), default=None)
        if changed is None or changed <= period.start:
            return period
        months = [found.order[0] for one in places if (found := self._found(series, one.id)).order]
        first = max(month_number(period.start), min(months))
        start = date(first // MONTHS_IN_YEAR, first % MONTHS_IN_YEAR + 1, 1)
        if start <= period.start:
            return period
        notes.append(f"The borough's wards changed on {date_text(changed)}: figures from {_month(start)} on.")
        return Period(start, period.end, PeriodKind.SPAN)

    def _whole(self, use: IndicatorUse) -> IndicatorUse | None:
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
        return one if self._last(self.series[one.id]) is not None else None

    def _rows(
        self, series: Series, definition: Definition, places: Sequence[Area], period: Period,
        exposures: _Exposures, whole: IndicatorUse | None,
    ) -> list[WardFigures]:  # fmt: skip
        found = {one.id: self._found(series, one.id) for one in places}
        told = sorted({number for one in found.values() for number in one.order})
        absent = self._absent_is_zero(series)
        months = [number for number in told if number <= month_number(period.end)]
        rows = []
        for one in places:
            count, gap = _count(found[one.id], definition, period, frozenset(told) if absent else frozenset())
            all_crime = None
            if whole is not None:
                all_series = self.series[whole.id]
                held = self._found(all_series, one.id)
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

    def _totals(
        self, series: Series, definition: Definition, period: Period, whole: IndicatorUse | None,
        rows: Sequence[WardFigures], notes: list[str],
    ) -> tuple[int | None, int | None]:  # fmt: skip
        """Return the borough's own counts of the indicator and of all offences, where they are whole."""
        total, _ = _count(self._found(series, self.home), definition, period, frozenset())
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
        held = self._found(self.series[whole.id], self.home)
        all_crime, _ = _count(held, self.snapshot.definition_of(whole), period, frozenset())
        return total, all_crime

    def _year_so_far(
        self, series: Series, definition: Definition, rows: Sequence[WardFigures], period: Period, *, own_total: bool
    ) -> list[YearSoFar]:
        """Return the counts to the end of each earlier month of the period, as papers of then would hold them."""
        known = {row.area: row.months for row in rows if row.count is not None}
        found = []
        for number in steps_of(self._found(series, self.home), definition, period)[:-1]:
            end = month_end(date(number // MONTHS_IN_YEAR, number % MONTHS_IN_YEAR + 1, 1))
            so_far = Period(period.start, end, PeriodKind.YEAR_TO_DATE)
            counts = {
                str(area): sum(value or 0 for month, value in months if so_far.contains(month))
                for area, months in known.items()
            }
            total, _ = _count(self._found(series, self.home), definition, so_far, frozenset())
            of_wards = sum(counts.values())
            found.append(YearSoFar(counts, max(total or 0, of_wards) if own_total else of_wards))
        return found

    def _exposures(self, name: str, places: Sequence[Area], end: date) -> _Exposures:
        """Return the latest number by the day of what rates are of; a later one where none is so old."""
        if not name:
            return _Exposures({}, {})
        bases = [one for one in self.bases.values() if one.data_set.casefold() == name.casefold()]
        values: dict[UUID, Decimal] = {}
        figures: dict[UUID, Figure] = {}
        for ward in places:
            known = [
                figure
                for base in bases
                for figure in self._figures(base.id, ward.id)
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
        when = f" of {' to '.join(dict.fromkeys((_month(days[0]), _month(days[-1]))))}" if days else ""
        return _Exposures(values, figures, f"{capital(name)}{when}, {listed(agencies)}" if agencies else "")

    def _told(
        self, made: Places, rows: Sequence[WardFigures], exposures: _Exposures, definition: Definition, *, agency: UUID
    ) -> list[str]:
        """Say what the reader must know of the figures."""
        notes = []
        gone = [row.name for row in rows if row.count is None]
        if gone:
            more = f" and {len(gone) - NAMED_AT_MOST} more" if len(gone) > NAMED_AT_MOST else ""
            named = f"{', '.join(gone[:NAMED_AT_MOST])}{more}" if more else listed(gone)
            notes.append(f"No complete figures for {plural(len(gone), 'ward')}: {named}.")
        if exposures.said:
            notes.append(f"Rates: {exposures.said}.")
        hidden = sum(row.count is None for row in made.rows) - len(gone)
        if made.public and hidden:
            notes.append(
                f"{plural(hidden, 'ward')} not shown: counts under {SMALLEST_SHOWN}, and others that would reveal them."
            )
        if made.public:
            notes.append("Single months are left out of the public's copy: too many of them are small.")
        without = sum(row.exposure is None for row in rows)
        if definition.denominator and without:
            notes.append(
                f"{capital(definition.denominator)} of {plural(without, 'ward')} are not known, so there are no rates: "
                f"import a return with a column “{capital(definition.denominator)}” and a row for each ward."
            )
        if made.elsewhere[:1].isdigit():
            sender = self.snapshot.agencies[agency].name
            notes.append(
                f"{made.elsewhere} of the borough's {made.total_text} have no ward in the return from {sender}; "
                "they are in the borough's rate and in no ward's."
            )
        return notes

    def _illustrative(self, series: Series, places: Sequence[Area], period: Period) -> bool:
        return any(
            figure.measured.origin is Origin.ILLUSTRATIVE
            for one in places
            for figure in self._figures(series.id, one.id)
            if period.contains(figure.key.period)
        )

    def traced(self, page: WardPage, ward: UUID) -> Iterable[WardSource]:
        if page.places is None:
            return
        period = page.places.period
        use = next(one for one in self.snapshot.uses if one.id == page.use)
        definition = self.snapshot.definition_of(use)
        whole = self._whole(use)
        wanted: list[tuple[str, Figure]] = []
        for part, one in ((self._name(use), use), *(() if whole is None else ((self._name(whole), whole),))):
            held = self._found(self.series[one.id], ward)
            steps = reversed(steps_of(held, self.snapshot.definition_of(one), period))
            wanted += [(part, figure) for number in steps if (figure := held.at(number)) is not None]
        area = self.snapshot.areas.get(ward)
        if area is not None:
            figure = self._exposures(definition.denominator, [area], period.end).figures.get(ward)
            wanted += [(capital(definition.denominator), figure)] if figure is not None else []
        for part, figure in wanted:
            yield from self._cells(part, figure)

    def _cells(self, part: str, figure: Figure) -> Iterable[WardSource]:
        summary = self.snapshot.imports.get(figure.import_id) if figure.import_id is not None else None
        file = summary.file_name if summary is not None else ("entered by hand" if figure.import_id is None else "")
        measured = figure.measured
        value = number_text(measured.value, measured.decimals) if measured.value is not None else measured.text
        cells = self.store.sources(figure.id)
        for cell in cells:
            yield WardSource(part, figure.key.period.label, value, file, cell.sheet, cell.cell, cell.text)
        if not cells:
            yield WardSource(part, figure.key.period.label, value, file, "", "", figure.note)


def _month(day: date) -> str:
    return Period(day.replace(day=1), month_end(day), PeriodKind.MONTH).label


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
