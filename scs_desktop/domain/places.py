"""An indicator ward by ward: counts and rates with their bands, who is high or low, and small charts on one scale.

Wards stand in the order of their names, never in that of their figures: equal wards differ by chance
alone. The public version withholds small counts, and with them everything that would give them away.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.intervals import Interval, count_interval
from scs_desktop.domain.periods import Period
from scs_desktop.domain.sentences import number_text, plural
from scs_desktop.domain.suppression import SMALLEST_SHOWN, Suppressed
from scs_desktop.domain.ward_charts import HIGH, LOW, OUTER, FunnelChart, SmallMultiples, funnel_chart, multiples
from scs_desktop.domain.ward_publication import ELSEWHERE, TOTAL, YearSoFar, withheld_in_year
from scs_desktop.domain.wards import Funnel, LocationQuotient, WardRate, funnel, location_quotient


@dataclass(frozen=True, slots=True)
class WardFigures:
    """A ward's figures for the period.

    Attributes:
        count: offences of the period; None where a month of it has no figure, which ``gap`` names.
        exposure: households or residents that the rate is of; None where not known.
        all_crime: all offences of the ward in the period, for the location quotient; None where not known.
        months: the single months, oldest first, None where one is missing.

    """

    area: UUID
    name: str
    count: int | None
    exposure: Decimal | None = None
    all_crime: int | None = None
    months: tuple[tuple[Period, int | None], ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class WardRow:
    """A ward in the table.

    Attributes:
        count: None where it is withheld; ``count_text`` is what is printed.
        count_band: Byar's 95 % limits of the count (exact under 10).
        rate: with bands and position, None without an exposure or where withheld.
        quotient: how much of this kind of crime for the crime there is; 1 is the borough's own mix.
        sentence: the same in words.

    """

    area: UUID
    name: str
    count: int | None
    count_text: str
    count_band: Interval | None
    rate: WardRate | None
    quotient: LocationQuotient | None
    sentence: str

    @property
    def rate_text(self) -> str:
        """The rate with its 95 % limits: "24.8 (21.9 to 28.1)"; a dash without one."""
        if self.rate is None:
            return "–"
        return f"{_number(self.rate.rate)} ({_number(self.rate.band.low)} to {_number(self.rate.band.high)})"

    @property
    def band_text(self) -> str:
        """The count's 95 % limits: "50 to 83"; a dash where the count is not shown."""
        band = self.count_band
        return "–" if band is None else f"{_whole(band.low)} to {_whole(band.high)}"

    @property
    def state(self) -> str:
        """Where the ward stands to the borough, in words."""
        if self.rate is None:
            return "no rate"
        if self.rate.position in HIGH:
            return f"high {_level(self.rate)}"
        return f"low {_level(self.rate)}" if self.rate.position in LOW else "usual"

    @property
    def quotient_text(self) -> str:
        """How many times the borough's own mix: "1.4"; a dash where it is not known."""
        return "–" if self.quotient is None else number_text(Decimal(repr(self.quotient.value)), 2)


@dataclass(frozen=True, slots=True)
class Places:
    """All wards of an indicator in a period.

    Attributes:
        per, exposure_name: the rate's base ("1,000 households").
        elsewhere: offences of the borough without a ward, as printed; empty where there are none, or where
            wards without figures have some of them.
        area_rate: the borough's rate that wards are held against.
        phi, widened: overdispersion of the wards' rates and whether the bands are wider for it.
        small: whether a count stands here that a public paper may not show: the paper's marking follows.
        public: whether small counts are withheld here.

    """

    name: str
    period: Period
    per: Decimal
    exposure_name: str
    rows: tuple[WardRow, ...]
    total_text: str
    elsewhere: str
    area_rate: float | None
    phi: float | None
    widened: bool
    charts: SmallMultiples | None
    sentence: str
    small: bool
    public: bool = False


def places_of(
    name: str,
    period: Period,
    wards: Sequence[WardFigures],
    *,
    total: int | None = None,
    all_crime: int | None = None,
    per: Decimal = Decimal(1000),
    exposure_name: str = "population",
) -> Places:
    """Put an indicator's wards beside each other for the board.

    Args:
        name: of the indicator.
        period: which all counts are of.
        wards: at least one; none negative.
        total: the borough's count, with offences that have no ward; None takes the wards' sum.
        all_crime: the borough's count of all offences, for the quotient.
        per: base of the rate.
        exposure_name: what the rate is of.

    Raises:
        ValueError: no ward, a negative count, or a total under the wards' sum.

    """
    ordered = _checked(wards, total)
    whole = _sum(ordered) if total is None else total
    shown = {ward.area: ward.count for ward in ordered if ward.count is not None}
    return _made(
        name, period, ordered, shown, whole, all_crime, per, exposure_name,
        charts=multiples([(ward.area, ward.name, ward.months) for ward in ordered]), own_total=total is not None,
    )  # fmt: skip


def public_places(
    name: str,
    period: Period,
    wards: Sequence[WardFigures],
    *,
    total: int | None = None,
    all_crime: int | None = None,
    per: Decimal = Decimal(1000),
    exposure_name: str = "population",
    smallest_shown: int = SMALLEST_SHOWN,
    before: Sequence[YearSoFar] = (),
) -> Places:
    """Return the same for a public paper: small counts and what would reveal them are withheld.

    Rates, quotients, positions and the wards' spread are worked out from what is shown alone, so
    nothing printed carries a withheld count. Months are left out: too many of them are small.
    ``before`` are the year's counts to the end of each earlier month, which other papers may hold.
    Other arguments and errors as for `places_of`.
    """
    ordered = _checked(wards, total)
    whole = _sum(ordered) if total is None else total
    hidden = withheld(ordered, whole, smallest_shown=smallest_shown, before=before)
    shown = {ward.area: ward.count for ward in ordered if ward.count is not None and str(ward.area) in hidden.shown}
    known_total = whole if TOTAL in hidden.shown else None
    return _made(
        name, period, ordered, shown, known_total, all_crime, per, exposure_name, charts=None,
        own_total=total is not None, hidden=hidden,
    )  # fmt: skip


def funnel_of(places: Places) -> FunnelChart | None:
    """Return the rates against size as they are drawn; None without rates.

    Made when it is asked for: its limits' curves take longer than all that the table holds.
    """
    rated = [(row, row.rate) for row in places.rows if row.rate is not None]
    if not rated or places.area_rate is None or places.phi is None:
        return None
    rates = tuple(rate for _, rate in rated)
    return funnel_chart(
        Funnel(places.area_rate, float(places.per), places.phi, places.widened, rates),
        [(row.area, row.name, row.sentence) for row, _ in rated],
        what=f"{places.name}, {places.period.label}",
        base=_base(places.per, places.exposure_name),
        exposure_name=places.exposure_name,
    )


def withheld(
    wards: Sequence[WardFigures],
    total: int,
    *,
    smallest_shown: int = SMALLEST_SHOWN,
    before: Sequence[YearSoFar] = (),
) -> Suppressed[str]:
    """Return which of the wards, the rest and the total may be printed.

    ``before`` are the counts to the end of each earlier month of the year, whose papers are out.
    """
    counts = {str(ward.area): ward.count for ward in wards if ward.count is not None}
    return withheld_in_year([*before, YearSoFar(counts, total)], smallest_shown=smallest_shown)


def _checked(wards: Sequence[WardFigures], total: int | None) -> list[WardFigures]:
    if not wards or any(ward.count is not None and ward.count < 0 for ward in wards):
        raise ValueError("places need a ward, and counts are not negative")
    if total is not None and total < _sum(wards):
        raise ValueError("the borough's count is under the sum of its wards")
    return sorted(wards, key=lambda ward: ward.name)


def _sum(wards: Sequence[WardFigures]) -> int:
    return sum(ward.count for ward in wards if ward.count is not None)


def _made(
    name: str, period: Period, wards: Sequence[WardFigures], shown: dict[UUID, int], total: int | None,
    all_crime: int | None, per: Decimal, exposure_name: str, *, charts: SmallMultiples | None,
    own_total: bool, hidden: Suppressed[str] | None = None,
) -> Places:  # fmt: skip
    rated = [ward for ward in wards if ward.area in shown and ward.exposure]
    exposures = [float(ward.exposure or 0) for ward in rated]
    gaps = any(ward.count is None for ward in wards)
    # A total that is the sum of some wards is held against the homes of those wards alone.
    counted = wards if own_total else [ward for ward in wards if ward.count is not None]
    everyone = sum((ward.exposure or Decimal(0) for ward in counted), Decimal(0))
    complete = all(ward.exposure for ward in wards)
    rates: dict[UUID, WardRate] = {}
    base = _base(per, exposure_name)
    area_rate = phi = None
    widened = False
    if rated and complete and total is not None:
        area_rate = float(total * per / everyone)
        spread = funnel([shown[ward.area] for ward in rated], exposures, per=float(per), area_rate=area_rate)
        phi, widened = spread.phi, spread.widened
        rates = {ward.area: one for ward, one in zip(rated, spread.wards, strict=True)}
    rows = tuple(_row(ward, shown, rates.get(ward.area), total, all_crime, base, hidden) for ward in wards)
    rest = "" if hidden is not None and ELSEWHERE not in {*hidden.shown, *hidden.withheld} else None
    if gaps:
        # What is left of the borough's count is also that of the wards without figures: it has no name.
        rest = ""
    elif rest is None:
        rest = hidden.text(ELSEWHERE) if hidden is not None else f"{(total or 0) - _sum(wards):,}"
    total_text = hidden.text(TOTAL) if hidden is not None else f"{total or 0:,}"
    sentence = _sentence(rates, area_rate, base, widened=widened)
    small = hidden is None and any(0 < count < SMALLEST_SHOWN for count in shown.values())
    return Places(
        name, period, per, exposure_name, rows, total_text, "" if rest == "0" else rest, area_rate, phi, widened,
        charts, sentence, small, public=hidden is not None,
    )  # fmt: skip


def _row(
    ward: WardFigures, shown: dict[UUID, int], rate: WardRate | None, total: int | None, all_crime: int | None,
    base: str, hidden: Suppressed[str] | None,
) -> WardRow:  # fmt: skip
    if ward.count is None:
        gap = f": {ward.gap}" if ward.gap else ""
        return WardRow(ward.area, ward.name, None, "no figures", None, None, None, f"{ward.name}: no figures{gap}.")
    if ward.area not in shown:
        text = "withheld" if hidden is None else hidden.text(str(ward.area))
        return WardRow(ward.area, ward.name, None, text, None, None, None, f"{ward.name}: {text}.")
    count = shown[ward.area]
    quotient = None
    if (
        ward.all_crime is not None
        and all_crime
        and total is not None
        and count <= ward.all_crime
        and (
            # A quotient in print tells the ward's other offences: they are no small number either.
            hidden is None or ward.all_crime - count >= SMALLEST_SHOWN
        )
    ):
        quotient = location_quotient(count, ward.all_crime, total, all_crime) if total <= all_crime else None
    return WardRow(
        ward.area, ward.name, count, f"{count:,}", count_interval(count), rate, quotient,
        _ward_sentence(ward.name, count, rate, base),
    )  # fmt: skip


def _base(per: Decimal, exposure_name: str) -> str:
    return f"per {per:,} {exposure_name}"


def _ward_sentence(name: str, count: int, rate: WardRate | None, base: str) -> str:
    if rate is None:
        limits = count_interval(count)
        return f"{name}: {count:,} (95 % limits {limits.low:,.0f} to {limits.high:,.0f})."
    said = f"{name}: {count:,}, {_number(rate.rate)} {base} ({_number(rate.band.low)} to {_number(rate.band.high)})"
    if rate.position in HIGH:
        return f"{said}; higher than the borough{_surely(rate)}."
    if rate.position in LOW:
        return f"{said}; lower than the borough{_surely(rate)}."
    return f"{said}; no clear difference from the borough."


def _whole(value: float) -> str:
    return number_text(Decimal(repr(value)))


def _surely(rate: WardRate) -> str:
    return " (99.8 % limits)" if rate.position in OUTER else " (95 % limits)"


def _level(rate: WardRate) -> str:
    return "(99.8 %)" if rate.position in OUTER else "(95 %)"


def _sentence(rates: dict[UUID, WardRate], area_rate: float | None, base: str, *, widened: bool) -> str:
    if area_rate is None or not rates:
        return "No rates: the number of households or residents is not known for every ward."
    high = sum(rate.position in HIGH for rate in rates.values())
    low = sum(rate.position in LOW for rate in rates.values())
    borough = f"the borough's {_number(area_rate)} {base}"
    tail = " Limits are widened because wards differ by more than chance." if widened else ""
    if not high and not low:
        return f"None of {plural(len(rates), 'ward')} is clearly above or below {borough}.{tail}"
    above, below = (f"{count or 'none'} {'are' if count > 1 else 'is'} clearly" for count in (high, low))
    said = f"Of {plural(len(rates), 'ward')}, {above} above and {below} below {borough}"
    return f"{said}; the others show no clear difference.{tail}"


def _number(value: float) -> str:
    return number_text(Decimal(repr(value)), 1)
