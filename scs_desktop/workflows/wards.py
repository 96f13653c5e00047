"""An indicator ward by ward: who is high, who is low, and from which cells that is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.agencies import Series
from scs_desktop.domain.areas import Area
from scs_desktop.domain.due import date_text
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.figures import Figure, Origin
from scs_desktop.domain.measure import steps_of
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
from scs_desktop.domain.places import Places, WardFigures, places_of, public_places, withheld
from scs_desktop.domain.publication import Marking, PublicationRule
from scs_desktop.domain.sentences import capital, listed, number_text, plural
from scs_desktop.domain.strategy import Definition, IndicatorUse
from scs_desktop.domain.suppression import SMALLEST_SHOWN
from scs_desktop.domain.ward_page import WardIndicator, WardPage, WardSource, WardSpan
from scs_desktop.workflows.overview import latest_position, look
from scs_desktop.workflows.ward_figures import Exposures, WardReading, month_name

if TYPE_CHECKING:
    from scs_desktop.store import Store

NAMED_AT_MOST = 4


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
    if public:
        # What may leave the building is decided by the rules of today, also for what was known before.
        snapshot = replace(snapshot, publication=store.all_of(PublicationRule))
    return _Page(WardReading(store, snapshot, day, as_at)).page(use, span, public=public)


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
    found = _Page(WardReading(store, snapshot, page.position, page.as_at))
    return tuple(found.traced(page, ward))


class _Page:
    """What the page says of the figures that are held."""

    def __init__(self, held: WardReading) -> None:
        self.held = held

    def _use(self, wanted: UUID | None, offered: Sequence[WardIndicator]) -> IndicatorUse:
        if wanted is None:
            headlines = {one.id for one in self.held.snapshot.uses if one.headline}
            first = [one.use for one in offered]
            # The most particular headline: all offences together say least about a place.
            ranked = sorted(first, key=lambda one: (one not in headlines, not self._wholes(one)))
            wanted = ranked[0] if ranked else next((one.id for one in self.held.snapshot.uses), None)
        found = next((one for one in self.held.snapshot.uses if one.id == wanted), None)
        if found is None:
            raise UserError("The strategy has no such indicator.")
        return found

    def _wholes(self, use: UUID) -> tuple[UUID, ...]:
        one = next(one for one in self.held.snapshot.uses if one.id == use)
        return self.held.snapshot.definition_of(one).part_of

    def page(self, wanted: UUID | None, span: WardSpan, *, public: bool) -> WardPage:
        offered = self.held.indicators()
        use = self._use(wanted, offered)
        strategy = self.held.snapshot.strategy
        span = WardSpan.YEAR_TO_DATE if public else span
        held = self.held
        page = WardPage(
            use=use.id,
            code=use.code,
            name=held.name(use),
            strategy=strategy.name,
            partnership=strategy.partnership,
            kind=held.snapshot.kind,
            position=held.position,
            position_text=position_label(held.position),
            known_on=held.snapshot.known_on,
            as_at=held.as_at,
            span=span,
            indicators=offered,
            places=None,
            public=public,
        )
        series = self.held.series.get(use.id)
        reason = self._nothing(use, series) or (self._kept_back(series) if public else "")
        if reason or series is None:
            return replace(page, reason=reason)
        return self._filled(page, use, series)

    def _nothing(self, use: IndicatorUse, series: Series | None) -> str:
        """Say why there is nothing to show, and which return to ask for."""
        name = self.held.name(use)
        if series is None:
            return f"{name} is no count of offences or cases that can be added up, so it is not shown by ward."
        if self.held.last(series) is not None:
            return ""
        agency = self.held.snapshot.agencies[series.agency].name
        later = any(self.held.is_ward(area) for one, area in self.held.known if one == series.id)
        begun = f" up to {date_text(self.held.position)}" if later else ""
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
            for one, area in self.held.known
            if one == series.id and self.held.is_ward(area)
            for figure in self.held.figures(one, area)
        }
        for rule in self.held.snapshot.publication:
            meant = rule.series == series.id or (rule.import_id is not None and rule.import_id in imports)
            if meant and (rule.not_before is None or self.held.snapshot.known_on < rule.not_before):
                until = f" before {date_text(rule.not_before)}" if rule.not_before is not None else ""
                return f"These figures are not for publication{until}: {rule.reason}"
        return ""

    def _filled(self, page: WardPage, use: IndicatorUse, series: Series) -> WardPage:
        definition = self.held.snapshot.definition_of(use)
        last = self.held.last(series)
        if last is None:
            raise ValueError("a page with figures was asked for where no ward has any")
        end = month_end(date(last // MONTHS_IN_YEAR, last % MONTHS_IN_YEAR + 1, 1))
        places = self.held.wards_at(end)
        notes: list[str] = []
        period = rolling_12(end) if page.span is WardSpan.TWELVE_MONTHS else year_to_date(end)
        period = self._since_change(series, places, period, notes)
        if end < self.held.position:
            notes.insert(0, f"Figures by ward reach to {month_name(end)}; the position is {page.position_text}.")
        exposures = self.held.exposures(definition.denominator, places, end)
        whole = self.held.whole(use)
        if page.public and whole is not None and self._kept_back(self.held.series[whole.id]):
            whole = None
        rows = self.held.rows(series, definition, places, period, exposures, whole)
        if all(row.count is None for row in rows):
            return replace(page, reason=self._no_ward(series, places, period, rows))
        total, all_crime = self.held.totals(series, definition, period, whole, rows, notes)
        if page.public and whole is not None:
            rows = self._without_withheld_wholes(rows, whole, places, period)
        per, of = definition.per or Decimal(1000), definition.denominator or "residents"
        if page.public:
            before = self.held.year_so_far(series, definition, rows, period, own_total=total is not None)
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
            quotient_of=self.held.name(whole) if whole is not None and any(row.quotient for row in made.rows) else "",
            illustrative=self._illustrative(series, places, period),
            marking=Marking.OFFICIAL_SENSITIVE if sensitive else Marking.OFFICIAL,
        )

    def _without_withheld_wholes(
        self, rows: Sequence[WardFigures], whole: IndicatorUse, places: Sequence[Area], period: Period
    ) -> list[WardFigures]:
        """Return the rows without those counts of all offences that their own public copy withholds.

        A printed quotient tells the count it is a share of.
        """
        series, definition = self.held.series[whole.id], self.held.snapshot.definition_of(whole)
        all_rows = self.held.rows(series, definition, places, period, Exposures({}, {}), None)
        total, _ = self.held.totals(series, definition, period, None, all_rows, [])
        before = self.held.year_so_far(series, definition, all_rows, period, own_total=total is not None)
        of_wards = sum(row.count for row in all_rows if row.count is not None)
        hidden = withheld(all_rows, of_wards if total is None else total, before=before)
        return [row if str(row.area) in hidden.shown else replace(row, all_crime=None) for row in rows]

    def _no_ward(self, series: Series, places: Sequence[Area], period: Period, rows: Sequence[WardFigures]) -> str:
        """Say that no ward has the whole period, what the first one lacks, and which months there are."""
        lacks = next((row.gap for row in rows if row.gap), "")
        told = f": {lacks}" if lacks else ""
        held = [figure.key.period for one in places for figure in self.held.figures(series.id, one.id)]
        first, last = min(one.start for one in held), max(one.end for one in held)
        return (
            f"No ward has a figure for every month ({period.label}){told}. Figures by ward are of {month_name(first)} "
            f"to {month_name(last)}. Choose another position, or other months."
        )

    def _since_change(self, series: Series, places: Sequence[Area], period: Period, notes: list[str]) -> Period:
        """Return the period without the months before the wards were as they are at its end."""
        changed = max((one.valid_from for one in places if one.valid_from is not None), default=None)
        if changed is None or changed <= period.start:
            return period
        months = [found.order[0] for one in places if (found := self.held.found(series, one.id)).order]
        first = max(month_number(period.start), min(months))
        start = date(first // MONTHS_IN_YEAR, first % MONTHS_IN_YEAR + 1, 1)
        if start <= period.start:
            return period
        notes.append(f"The borough's wards changed on {date_text(changed)}: figures from {month_name(start)} on.")
        return Period(start, period.end, PeriodKind.SPAN)

    def _told(
        self, made: Places, rows: Sequence[WardFigures], exposures: Exposures, definition: Definition, *, agency: UUID
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
                f"No number of {definition.denominator} for {plural(without, 'ward')}, so there are no rates: "
                f"import a return with a column “{capital(definition.denominator)}” and a row for each ward."
            )
        if made.elsewhere[:1].isdigit():
            sender = self.held.snapshot.agencies[agency].name
            notes.append(
                f"{made.elsewhere} of the borough's {made.total_text} have no ward in the return from {sender}; "
                "they are in the borough's rate and in no ward's."
            )
        return notes

    def _illustrative(self, series: Series, places: Sequence[Area], period: Period) -> bool:
        return any(
            figure.measured.origin is Origin.ILLUSTRATIVE
            for one in places
            for figure in self.held.figures(series.id, one.id)
            if period.contains(figure.key.period)
        )

    def traced(self, page: WardPage, ward: UUID) -> Iterable[WardSource]:
        if page.places is None:
            return
        period = page.places.period
        use = next(one for one in self.held.snapshot.uses if one.id == page.use)
        definition = self.held.snapshot.definition_of(use)
        whole = self.held.whole(use)
        wanted: list[tuple[str, Figure]] = []
        for part, one in ((self.held.name(use), use), *(() if whole is None else ((self.held.name(whole), whole),))):
            held = self.held.found(self.held.series[one.id], ward)
            steps = reversed(steps_of(held, self.held.snapshot.definition_of(one), period))
            wanted += [(part, figure) for number in steps if (figure := held.at(number)) is not None]
        area = self.held.snapshot.areas.get(ward)
        if area is not None:
            figure = self.held.exposures(definition.denominator, [area], period.end).figures.get(ward)
            wanted += [(capital(definition.denominator), figure)] if figure is not None else []
        for part, figure in wanted:
            yield from self._cells(part, figure)

    def _cells(self, part: str, figure: Figure) -> Iterable[WardSource]:
        summary = self.held.snapshot.imports.get(figure.import_id) if figure.import_id is not None else None
        file = summary.file_name if summary is not None else ("entered by hand" if figure.import_id is None else "")
        measured = figure.measured
        value = number_text(measured.value, measured.decimals) if measured.value is not None else measured.text
        cells = self.held.store.sources(figure.id)
        for cell in cells:
            yield WardSource(part, figure.key.period.label, value, file, cell.sheet, cell.cell, cell.text)
        if not cells:
            yield WardSource(part, figure.key.period.label, value, file, "", "", figure.note)
