"""A trend chart in words: its title, its subtitle, and the text for those who cannot see it."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from decimal import Decimal

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import Period, PeriodKind
from scs_desktop.domain.position import Direction, IndicatorPosition, Light, Status, TrendBreak, TrendPoint
from scs_desktop.domain.sentences import capital, value_text
from scs_desktop.domain.targets import StatusRule
from scs_desktop.domain.travel import period_name

TITLE_WORDS = 10


def value_of(row: IndicatorPosition, value: Decimal | None) -> str:
    """Return a value as the indicator's row shows it."""
    return "" if value is None else value_text(value, row.unit, row.decimals)


def trend_title(row: IndicatorPosition) -> str:
    """Return the finding in at most ten words: "Residential burglary: no clear change on the baseline"."""
    name = row.short_name or row.name
    finding = _finding(row)
    title = f"{capital(name)}: {finding}"
    return title if len(title.split()) <= TITLE_WORDS else capital(finding)


def _finding(row: IndicatorPosition) -> str:
    status = row.status
    if status.unrated is not None and status.comparator is None:
        return status.unrated.value
    if status.light is None:
        return {
            Direction.BETTER: "better than a year before",
            Direction.WORSE: "worse than a year before",
            Direction.NO_CLEAR_CHANGE: "no clear change in a year",
            Direction.UNKNOWN: "" if status.unrated is None else status.unrated.value,
        }[row.direction]
    than = {StatusRule.PREDICTED: "predicted", StatusRule.PATH: "the path", StatusRule.RANGE: "the range"}
    against = than.get(status.rule, "the baseline") if status.rule is not None else "the baseline"
    if status.hollow:
        return f"{_change_words(status)}, untested"
    if status.rule is StatusRule.PATH:
        return {Light.GREEN: "on the path", Light.AMBER: "just off the path", Light.RED: "off the path"}[status.light]
    if status.rule is StatusRule.RANGE:
        return "within the range" if status.light is Light.GREEN else "outside the range"
    if status.light is Light.AMBER:
        return "no clear difference from the prediction" if against == "predicted" else f"no clear change on {against}"
    return f"{'better' if status.light is Light.GREEN else 'worse'} than {against}"


def _change_words(status: Status) -> str:
    return f"{status.moved_text} on the baseline" if status.moved_text else "latest figures"


def trend_subtitle(row: IndicatorPosition, shown: Sequence[TrendPoint]) -> str:
    """Return what is drawn: unit, step, months, source."""
    unit = {Unit.COUNT: "Number", Unit.PERCENT: "Percent", Unit.RATE: "Rate", Unit.RATIO: "Ratio", Unit.MONEY: "£"}
    if not shown:
        return f"{unit[row.unit]}; no figures up to the position"
    first, last = shown[0].period, shown[-1].period
    form = _FORMS.get(last.kind, " by period")
    span = _end_label(first) if first == last else f"{_end_label(first)} to {_end_label(last)}"
    tail = "; dashed: provisional" if any(point.provisional for point in shown) else ""
    source = f"; {row.source_text}" if row.source_text else ""
    return f"{unit[row.unit]}{form}, {span}{tail}{source}"


_FORMS = {
    PeriodKind.MONTH: " by month",
    PeriodKind.QUARTER: " by quarter",
    PeriodKind.CALENDAR_QUARTER: " by quarter",
    PeriodKind.ROLLING_12: ", 12 months to each date",
    PeriodKind.SURVEY_WAVE: " by wave",
    PeriodKind.YEAR_TO_DATE: ", year so far at each date",
    PeriodKind.COHORT: " by cohort, at the end of its follow-up",
    PeriodKind.FINANCIAL_YEAR: " by year",
}
_OWN_LABEL = frozenset({PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.CALENDAR_QUARTER, PeriodKind.FINANCIAL_YEAR})


def _end_label(period: Period) -> str:
    """Return a period as one end of a span; of long ones the month they end with."""
    if period.kind in _OWN_LABEL:
        return period.label
    return f"{calendar.month_name[period.counts_from.month]} {period.counts_from.year}"


def trend_text(row: IndicatorPosition, shown: Sequence[TrendPoint], breaks: Sequence[TrendBreak] = ()) -> str:
    """Return in sentences what the picture shows: these points, and those breaks that it marks."""
    valued = [point for point in shown if point.value is not None]
    parts = [f"{capital(row.name)}."]
    if not valued:
        parts.append("There are no figures up to the position.")
    else:
        first, last = valued[0], valued[-1]
        low = min(valued, key=lambda point: point.value or Decimal(0))
        high = max(valued, key=lambda point: point.value or Decimal(0))
        parts.append(f"Line of {len(valued)} figures from {first.period.label} to {last.period.label}.")
        for name, point in (("Lowest", low), ("Highest", high)):
            parts.append(f"{name} {value_of(row, point.value)} in {period_name(point.period)}.")
        parts.append(f"Latest {value_of(row, last.value)}.")
        gaps = len(shown) - len(valued)
        if gaps:
            parts.append(f"{gaps} without a figure.")
        if any(point.provisional for point in shown):
            parts.append("The provisional end is dashed.")
    if row.trend_baseline is not None:
        said = row.trend_baseline_text or "baseline"
        parts.append(f"Level line: {said}, {value_of(row, row.trend_baseline)}.")
    for one in breaks:
        what = "The line is broken" if one.broken else "A mark stands"
        parts.append(f"{what} at {one.period.label}: {one.text.strip().rstrip('.')}.")
    if row.target_path:
        parts.append(f"The path to the target ends at {value_of(row, row.target_path[-1].value)}.")
    parts += [said for said in (row.status.sentence, row.direction_sentence, row.recent_sentence) if said]
    return " ".join(parts)
