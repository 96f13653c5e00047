"""What a value is compared with: the baseline's part for the same months, and where it comes from.

A year to date is compared with the same months of the same series, unscaled. The published figure
rules where the officer says so, or where the series has no figure of the baseline year; a part of a
year is then compared with the share of it that is usual by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from scs_desktop.domain.agencies import Frequency, PeriodForm, Series
from scs_desktop.domain.difference import Side
from scs_desktop.domain.figures import Measured, Part, Unit, rounded
from scs_desktop.domain.measure import Measure, adds_up, measure, same_months, years_between
from scs_desktop.domain.outlook import year_to_date_profile
from scs_desktop.domain.periods import (
    MONTHS_IN_YEAR,
    Period,
    add_months,
    financial_year_label,
    financial_year_of,
    month_end,
    month_number,
    position_label,
)
from scs_desktop.domain.position import Unrated
from scs_desktop.domain.sentences import exact_decimals, value_text
from scs_desktop.domain.series_figures import SeriesFigures
from scs_desktop.domain.strategy import Adding, Definition
from scs_desktop.domain.targets import Baseline, BaselineKind, BaselineValue

# Published and own further apart than this (a share of the published) are for the officer to decide.
OWN_GAP = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Comparator:
    """The baseline's value for the months that are rated.

    Attributes:
        side: the value with what stands behind it.
        source: own series or published.
        words: what follows the value in a sentence: "in the same months of 2010/11".
        period: what it covers.

    """

    side: Side
    source: BaselineKind
    words: str
    period: Period


@dataclass(frozen=True, slots=True)
class NoComparator:
    """Why there is nothing to compare with."""

    unrated: Unrated
    sentence: str


def year_name(period: Period) -> str:
    """Return the baseline's year as the officer names it: "2010/11"."""
    return financial_year_label(financial_year_of(period.end))


def published_value(baseline: Baseline, definition: Definition) -> BaselineValue | None:
    """Return the printed number in the unit that is rated."""
    return baseline.of(Part.VALUE, definition.unit)


def own_side(made: Measure) -> Side:
    """Return a measured value as one side of a comparison."""
    return Side(made.value or Decimal(0), made.count, made.size, made.size_assumed)


def own_baseline(found: SeriesFigures, definition: Definition, baseline: Period) -> Measure | None:
    """Return the baseline year (or wave) as the series itself gives it, if it is complete."""
    if adds_up(found.series, definition):
        made = measure(found, definition, financial_year_of(baseline.end))
    else:
        made = measure(found, definition, found.period_at(month_number(baseline.end)))
    return made if made.complete and not made.single else None


def apart(printed: Measured, own: Decimal) -> Decimal | None:
    """Return own − published as a share of the published, or None where they agree within 1 % or rounding."""
    if printed.value is None or rounded(own, printed.decimals) == printed.value:
        return None
    if not printed.value:
        return Decimal(1)
    gap = (own - printed.value) / abs(printed.value)
    return gap if abs(gap) > OWN_GAP else None


def sentence_label(period: Period) -> str:
    """Return a period as the subject of a sentence: "The 12 months to September 2011"."""
    return f"The {period.label}" if period.label[:1].isdigit() and period.months > 1 else period.label


def within_a_year(series: Series, definition: Definition) -> bool:
    """Whether the value grows through the financial year: a year to date or a cumulative figure."""
    cumulative = series.form is PeriodForm.YEAR_TO_DATE or definition.over_time is Adding.LAST
    return cumulative or adds_up(series, definition)


# --- overlap --------------------------------------------------------------------------------------


def overlap(found: SeriesFigures, definition: Definition, period: Period, baseline: Period) -> NoComparator | None:
    """Return why a period cannot be held against a baseline with which it shares months, if it does."""
    series = found.series
    if within_a_year(series, definition):
        years = years_between(baseline.end, period.end)
        if years > 0:
            return None
        if years < 0:
            sentence = f"Not comparable: before the baseline year {year_name(baseline)}."
            return NoComparator(Unrated.NOT_COMPARABLE, sentence)
        first = month_end(add_months(baseline.end, max(found.step, 1)))
        return NoComparator(
            Unrated.OVERLAPS_BASELINE,
            f"This is the baseline year, {year_name(baseline)}. First rated at {position_label(first)}.",
        )
    last = baseline.end
    if series.form is PeriodForm.COHORT:
        last = found.period_at(month_number(baseline.end)).end
    if period.start > last:
        return None
    length = period.months
    counted = length + (month_number(period.counts_from) - month_number(period.end))
    first = month_end(add_months(last, counted))
    subject = sentence_label(period)
    verb = "share" if subject.startswith("The ") else "shares"
    shared = f"{subject} {verb} months with the baseline, {year_name(baseline)}."
    return NoComparator(Unrated.OVERLAPS_BASELINE, f"{shared} First rated at {position_label(first)}.")


# --- comparators ----------------------------------------------------------------------------------


def compare_with(
    found: SeriesFigures, definition: Definition, made: Measure, baseline: Baseline, year: Period,
    source: BaselineKind | None, since: int = 0,
) -> Comparator | NoComparator:  # fmt: skip
    """Return what the value is compared with.

    ``year`` is the baseline's period; ``source`` the officer's decision, None for the rule: own where
    the series holds the baseline's months, else as published. ``since`` is the first month whose
    figures mean what the value means.
    """
    if baseline.kind is BaselineKind.TO_BE_ESTABLISHED:
        return to_be_established(baseline)
    own = None if source is BaselineKind.PUBLISHED else _own(found, definition, made, year)
    if own is not None:
        return own
    printed = published_value(baseline, definition)
    if printed is None or printed.measured.value is None:
        sentence = f"Not comparable: no baseline figure for {year_name(year)} is known."
        return NoComparator(Unrated.NOT_COMPARABLE, sentence)
    return _published(found, definition, made, baseline, printed.measured.value, year, since)


def to_be_established(baseline: Baseline) -> NoComparator:
    """Say from which year's figure the baseline is to come."""
    from_year = baseline.establish_from
    when = f" from {financial_year_label(financial_year_of(from_year.end))}, its first full year" if from_year else ""
    return NoComparator(Unrated.BASELINE_TO_BE_ESTABLISHED, f"The baseline is to be established{when}.")


def _own(found: SeriesFigures, definition: Definition, made: Measure, year: Period) -> Comparator | None:
    period = made.period
    if within_a_year(found.series, definition):
        earlier = same_months(period, years_between(year.end, period.end))
        whole = earlier.months == MONTHS_IN_YEAR
        words = f"in {year_name(year)}" if whole else f"in the same months of {year_name(year)}"
    else:
        earlier = found.period_at(month_number(year.end))
        words = f"in the {earlier.label}" if earlier.label.startswith("12 months") else f"in {earlier.label}"
    was = measure(found, definition, earlier)
    if not was.complete or was.single != made.single:
        return None
    return Comparator(own_side(was), BaselineKind.OWN, words, was.period)


def _published(
    found: SeriesFigures, definition: Definition, made: Measure, baseline: Baseline, value: Decimal, year: Period,
    since: int,
) -> Comparator | NoComparator:  # fmt: skip
    size_value = baseline.of(Part.SAMPLE_SIZE) or baseline.of(Part.DENOMINATOR)
    size = None if size_value is None else size_value.measured.value
    assumed = False
    if size is None and definition.sample is not None:
        size, assumed = definition.sample.size, definition.sample.assumed
    scale = Decimal(100) if definition.unit is Unit.PERCENT else (definition.per or Decimal(1))
    count = None if size is None else value * size / scale
    name = year_name(year)
    how = "as established" if baseline.kind is BaselineKind.OWN else "as printed"
    whole = Comparator(Side(value, count, size, assumed), BaselineKind.PUBLISHED, f"in {name} {how}", year)
    cumulative = definition.over_time is Adding.LAST or found.series.form is PeriodForm.YEAR_TO_DATE
    summed = adds_up(found.series, definition) and definition.over_time is Adding.SUM
    if not (summed or cumulative) or made.period.months == MONTHS_IN_YEAR:
        return whole
    if cumulative:
        reached = definition.polarity.sign > 0 and (made.value or 0) > value
        return whole if reached else _part_of_year(made, name)
    share = elapsed_share(found, made.period, since)
    if share is None:
        return _part_of_year(made, name)
    text = value_text(value, definition.unit, exact_decimals(value))
    part = Side(value * share)
    return Comparator(part, BaselineKind.PUBLISHED, f"usual by then, from the {text} printed for {name}", year)


def _part_of_year(made: Measure, name: str) -> NoComparator:
    end = financial_year_of(made.period.end).end
    return NoComparator(
        Unrated.NOT_COMPARABLE,
        f"Not comparable: {made.period.label} is a part of a year, {name} is known as a whole. "
        f"Rated at {position_label(end)}.",
    )


def months_before(found: SeriesFigures, first: date, most: int | None = None, since: int = 0) -> tuple[float, ...]:
    """Return the months without a gap that end with the month before ``first``, oldest first, ``most`` at most.

    Quarters of a quarterly series count as three equal months; none before the month ``since`` is taken.
    """
    values = found.parts.get(Part.VALUE, {})
    step = max(found.step, 1)
    number = month_number(first) - 1
    months: list[float] = []
    while (figure := values.get(number)) is not None and figure.measured.value is not None:
        if number - step + 1 < since:
            break
        # Months themselves are by far the most, and taken as they are.
        if step == 1:
            months.append(float(figure.measured.value))
        else:
            months += [float(figure.measured.value) / step] * step
        number -= step
        if most is not None and len(months) >= most:
            break
    return tuple(reversed(months))


def elapsed_share(found: SeriesFigures, period: Period, since: int = 0) -> Decimal | None:
    """Return the share of a year usual by the end of a year to date (half own, half flat).

    Taken from the months from ``since`` on. None without a whole earlier year of them: then no part of
    a year can be judged.
    """
    if found.series.frequency not in {Frequency.MONTH, Frequency.QUARTER}:
        return None
    earlier = months_before(found, financial_year_of(period.end).start, since=since)
    if len(earlier) < MONTHS_IN_YEAR or min(earlier) < 0:
        return None
    return Decimal(repr(year_to_date_profile(1, earlier)[period.months - 1]))


# --- words ----------------------------------------------------------------------------------------


def baseline_text(baseline: Baseline | None, definition: Definition) -> str:
    """Return the baseline's numbers as read, corrections included: "3,362 (24.841 per 1,000 households)"."""
    if baseline is None:
        return "none"
    if baseline.kind is BaselineKind.TO_BE_ESTABLISHED:
        return "to be established"
    main = published_value(baseline, definition)
    texts: list[str] = []
    if main is not None:
        texts.append(printed_text(main))
    predicted = baseline.of(Part.PREDICTED)
    if predicted is not None:
        texts.append(f"(predicted {printed_text(predicted)})")
    others: Sequence[BaselineValue] = [
        one for one in baseline.values if one.part is Part.VALUE and one is not main and one.measured.value is not None
    ]
    texts += [f"({printed_text(one)})" for one in others]
    return " ".join(texts) or baseline.printed


def printed_text(one: BaselineValue) -> str:
    """Return one printed number in its unit, with the decimals it was printed with."""
    if one.measured.value is None:
        return one.measured.text
    per = f"per {one.per:,} {one.denominator}".strip() if one.per is not None else ""
    return value_text(one.measured.value, one.unit, one.measured.decimals, per)
