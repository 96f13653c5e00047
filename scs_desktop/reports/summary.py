"""The one-page RAG summary: the strategy at a position, as the board reads it on paper.

Here every text of the page is made; the template only places it. One page holds up to 40 indicators:
of several settings, from roomy to dense, the first that fits is taken.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import (
    APRIL,
    MONTHS_IN_YEAR,
    add_months,
    financial_year_label,
    financial_year_of,
    month_number,
)
from scs_desktop.domain.position import (
    Direction,
    HeadlinePosition,
    IndicatorPosition,
    PriorityPosition,
    StrategyPosition,
)
from scs_desktop.domain.sentences import capital, plural
from scs_desktop.domain.trend import Trend, trend_of
from scs_desktop.reports.chart_svg import ChartStyle, chart_svg
from scs_desktop.reports.edition import Edition
from scs_desktop.reports.pdf import Setting
from scs_desktop.reports.summary_notes import Json, counted, drawn_mark, key, notes, own_rows

EXAMPLE = "Example store – illustrative figures"
ONE_PAGE = 40
# How far back the small lines reach.
YEARS_SHOWN = 3
# In points: a row's line, as high as the setting has room for, the part of it kept for its last value; a tile's
# line, and each of several in a tile.
_CHART_WIDTH = 74.0
_CHART_HEIGHTS = {"high": 14.5, "middle": 13.0, "low": 11.2, "dense": 9.6}
_LABEL = 29.0
_TILE_CHARTS = {False: (72.0, 22.0), True: (52.0, 10.0)}
_SENTENCE = re.compile(r".*?[.](?= [A-Z])")
_MONTHS = calendar.month_name[1:]
_SHORT_MONTHS = [name[:3] for name in _MONTHS]
_TWO_YEARS = re.compile(rf"({'|'.join(_SHORT_MONTHS)}) (\d{{4}}) – ({'|'.join(_SHORT_MONTHS)}) (\d{{4}})")
# From roomy to dense: the height of the lines, the room above and below each row in points, and whole names,
# shorter ones, or those cut to one line.
_SETTINGS = (
    *(("high", room, "whole") for room in (2.4, 1.8, 1.2, 0.8)),
    *(("high", room, "short") for room in (1.8, 1.4, 1.0, 0.6)),
    *(("middle", room, "short") for room in (1.0, 0.8, 0.6, 0.4)),
    *(("low", room, "short") for room in (1.0, 0.7, 0.4)),
    *(("dense", room, "short") for room in (1.0, 0.6)),
    *(("dense", room, "cut") for room in (1.8, 1.4, 1.0, 0.6, 0.2)),
)


def summary_settings(position: StrategyPosition) -> tuple[tuple[Setting, ...], int]:
    """Return the settings from roomy to dense, and how many pages the summary may take."""
    rows = sum(len(own_rows(priority)) for priority in position.priorities)
    settings = tuple(Setting({"chart": chart, "room": str(room), "names": names}) for chart, room, names in _SETTINGS)
    return settings, 1 if rows <= ONE_PAGE else 2


def _trends(position: StrategyPosition, given: Mapping[UUID, Trend]) -> dict[UUID, Trend]:
    first = add_months(financial_year_of(position.position).start, -MONTHS_IN_YEAR * (YEARS_SHOWN - 1))
    return {
        row.use: given.get(row.use) or trend_of(row, first=first)
        for priority in position.priorities
        for row in own_rows(priority)
    }


# --- the page -------------------------------------------------------------------------------------


def summary_data(
    position: StrategyPosition, given: Mapping[UUID, Trend], pictures: dict[str, str], edition: Edition
) -> Json:
    """Return what the template places; the small charts are added to the pictures."""
    trends = _trends(position, given)
    span = _span(position, trends)
    doubts = plural(len(position.open_findings), "open doubt") if position.open_findings else "No open doubts"
    return {
        "partnership": position.partnership,
        "strategy": strategy_line(position),
        "counts": counted(position.counts),
        "total": plural(position.counts.rated + position.counts.unrated, "indicator"),
        "tiles": [_tile(one, position, trends, pictures) for one in position.headlines],
        "span": f"{_month(span[0])}–{_month(span[1])}",
        "chart-width": _CHART_WIDTH,
        "priorities": [_priority(one, position, trends, pictures, span) for one in position.priorities],
        "key": key(),
        "doubts": "" if edition.public else doubts,
        "notes": notes(position, edition),
    }


def strategy_line(position: StrategyPosition) -> str:
    """Return the strategy's name, with what the store is where it is an example."""
    example = position.kind is StoreKind.EXAMPLE
    return f"{position.name} · {EXAMPLE.lower()}" if example else position.name


def _span(position: StrategyPosition, trends: Mapping[UUID, Trend]) -> tuple[float, float]:
    """Return the time that all the small lines share: from the first figure to the position."""
    firsts = [point.x for trend in trends.values() for point in trend.points if point.y is not None]
    last = float(month_number(position.position))
    return min(firsts, default=last - MONTHS_IN_YEAR), max([last, *firsts])


def _month(number: float) -> str:
    years, month = divmod(round(number), MONTHS_IN_YEAR)
    return f"{date(years, month + 1, 1):%b} {years}"


def _tile(
    one: HeadlinePosition, position: StrategyPosition, trends: Mapping[UUID, Trend], pictures: dict[str, str]
) -> Json:
    number, unit = _split(one.value_text)
    rows = [row for priority in position.priorities for row in own_rows(priority) if one.id in row.headline_of]
    several = len(rows) > 1
    charts: list[Json] = []
    for row in rows:
        trend = replace(trends[row.use], target=None)
        if trend.latest is not None:
            file = f"headline-{one.id}-{row.use}.svg"
            width, height = _TILE_CHARTS[several]
            pictures[file] = chart_svg(trend, width=width, height=height, label_width=0)
            charts.append({"file": file, "alt": trend.text})
    codes = " · ".join(row.code for row in rows) if several else ""
    return {
        "mark": drawn_mark(mark_of(one.status)),
        "name": one.name,
        "number": number or "–",
        "several": several,
        "said": first_sentence(one.sentence or one.status.sentence),
        "against": capital(_against(one)),
        "of": ", ".join(part for part in (codes, unit, _short(one.period_text)) if part),
        "charts": charts,
        "width": _TILE_CHARTS[several][0],
    }


def first_sentence(text: str) -> str:
    """Return the sentence that names the light; what chance says of it stands on the priority's sheet."""
    found = _SENTENCE.match(text)
    return text if found is None else found[0]


def _against(one: HeadlinePosition) -> str:
    if not one.comparator_text:
        return ""
    number, unit = _split(one.comparator_text)
    kind = "against" if one.status.comparator is not None else "baseline"
    # A unit is said once, beneath the value.
    same = unit == _split(one.value_text)[1]
    return f"{kind} {number}" if same else f"{kind} {number} {unit}".strip()


def _priority(
    priority: PriorityPosition,
    position: StrategyPosition,
    trends: Mapping[UUID, Trend],
    pictures: dict[str, str],
    span: tuple[float, float],
) -> Json:
    mark = mark_of(priority.status)
    return {
        "mark": drawn_mark(mark),
        "number": priority.number,
        "name": priority.name,
        "lead": priority.lead,
        "word": capital(mark.word),
        "counts": counted(priority.counts),
        "rows": [_row(row, trends[row.use], pictures, span) for row in own_rows(priority)],
        "derived": [
            {"mark": drawn_mark(mark_of(row.status)), "code": row.code}
            for row in (position.indicator(use) for use in priority.borrowed)
        ],
    }


# --- an indicator's row ---------------------------------------------------------------------------


def _row(row: IndicatorPosition, trend: Trend, pictures: dict[str, str], span: tuple[float, float]) -> Json:
    status = row.status
    flags = ("P" if row.data.provisional else "") + ("*" if row.illustrative else "")
    file = ""
    if trend.latest is not None:
        file = f"trend-{row.use}.svg"
        for name, height in _CHART_HEIGHTS.items():
            pictures[f"{name}-{file}"] = chart_svg(
                trend, width=_CHART_WIDTH, height=height, style=ChartStyle.SMALL, span=span, label_width=_LABEL
            )
    per = _split(row.value_text or row.baseline_text)[1]
    return {
        "mark": drawn_mark(mark_of(status)),
        "code": row.code,
        "name": row.name,
        "short": capital(row.short_name) or row.name,
        "per": per if per.startswith("per ") else "",
        "baseline": _baseline(row),
        "latest": _cell(row.value_text or "–"),
        "flags": flags,
        "period": _short(row.period_text),
        "against": _cell(row.comparator_text),
        "change": _change(row),
        "state": "" if status.unrated is None else status.unrated.value,
        "travel": row.direction.value,
        "known": row.direction is not Direction.UNKNOWN,
        "moved": row.direction in {Direction.BETTER, Direction.WORSE},
        "chart": file,
        "alt": trend.text,
    }


def _split(text: str) -> tuple[str, str]:
    """Return a figure's number and what it counts in: "0.80", "per 100 young people"."""
    number, per, rest = text.partition(" per ")
    return number, f"per {rest}" if per else ""


def _cell(text: str) -> list[str]:
    """Return the number and the sign that hangs behind it, so that numbers end at one line."""
    number = _split(text)[0]
    return [number.removesuffix(" %"), "%"] if number.endswith(" %") else [number, ""]


def _baseline(row: IndicatorPosition) -> list[str]:
    """Return the baseline's rated number; a dash where the row's state says that there is none."""
    text = row.baseline_text.partition(" (")[0]
    return _cell(text if text[:1].isdigit() or text[:1] in "−£" else "–")


def _change(row: IndicatorPosition) -> list[str]:
    """Return the change on the comparator, sign and decimals as everywhere, and its unit."""
    number, _, unit = row.status.moved_text.rpartition(" ")
    return [number, unit.replace("points", "pts").replace("point", "pt")]


def _short(period: str) -> str:
    """Return a period in the width of a column: "Apr–Sep 2011", "Apr–Jan 2011/12", "2011/12", "12 m to Sep 2011"."""
    text = period.partition(", followed to ")
    short = f"cohort {text[2]}" if text[2] else text[0]
    for name in _MONTHS:
        short = short.replace(name, name[:3])
    return _TWO_YEARS.sub(_within_financial_year, short).replace("12 months to ", "12 m to ")


def _within_financial_year(span: re.Match[str]) -> str:
    """Name a stretch over New Year by its financial year, where it lies within one."""
    first, year, last, next_year = span.groups()
    start, end = _SHORT_MONTHS.index(first) + 1, _SHORT_MONTHS.index(last) + 1
    if int(next_year) != int(year) + 1 or start < APRIL or end >= APRIL:
        return span[0].replace(" – ", "–")
    label = financial_year_label(int(year))
    return label if start == APRIL and end == APRIL - 1 else f"{first}–{last} {label}"
