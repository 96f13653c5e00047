"""Lanes: what a column of figures gives every cell in it, and the period that column and row decide together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from scs_desktop.domain.periods import Period, PeriodKind, month
from scs_desktop.returns.notation.areas import area_code
from scs_desktop.returns.notation.lengths import spoken_length
from scs_desktop.returns.notation.period_text import PeriodText, Shape
from scs_desktop.returns.notation.spoken import Relative, relative_stretch, says_to_date
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.records import Flag, LabelCell
from scs_desktop.returns.tables import measures, sequences, timing
from scs_desktop.returns.tables.cells import (
    CODE,
    YEAR_NUMBER,
)
from scs_desktop.returns.tables.headers import HeadCell
from scs_desktop.returns.tables.model import TableModel
from scs_desktop.returns.tables.stubs import Stub

_NO_FLAGS: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class Lane:
    """What a column of figures gives every cell in it."""

    number: int
    labels: tuple[LabelCell, ...]
    periods: tuple[PeriodText, ...]
    area: str | None
    own_unit: measures.Said
    outer_unit: measures.Said
    flags: frozenset[Flag]
    rolling: int = 0
    to_date: bool = False
    relative: Relative | None = None


def lane_of(table: TableModel, column: int) -> Lane:
    """Gather what the header cells over a column say."""
    path = table.paths.get(column, [])
    labels = []
    periods = []
    area = None
    base_follows = False
    for cell in path:
        if cell.kind == CODE:
            area = area_code(cell.text)
            continue
        if (
            cell.period is not None
            and not (table.head.register and cell.row != max(table.head.tiers))
            and not base_follows
            and not (cell.period.weak and cell.kind not in (YEAR_NUMBER, 7))
        ):
            periods.append(cell.period)
        if not cell.only_period or base_follows:
            labels.append(cell.label)
        if cell.period is not None and cell.period.opens_base:
            base_follows = True
    own, outer = measures.of_column(path)
    months = _rolling(table, path)
    flags = frozenset({Flag.DOUBTFUL}) if column in table.headless else _NO_FLAGS
    to_date = any(says_to_date(label.text) for label in labels) or any(token.to_date for token in periods)
    relative = next((found for label in reversed(labels) if (found := relative_stretch(label.text))), None)
    flags |= _finality(path)
    return Lane(column, tuple(labels), tuple(periods), area, own, outer, flags, months, to_date, relative)


def _rolling(table: TableModel, path: Sequence[HeadCell]) -> int:
    """Return how many rolling months the figures cover, where head, row of heads or title says so; else 0."""
    texts = [cell.text for cell in path if not cell.only_period]
    texts.extend(table.beside_heads)
    texts.extend(title.text for title in [*table.outer_titles, *table.head.titles])
    return next((months for text in texts if (months := spoken_length(text))), 0)


_PROVISIONAL = re.compile(r"\bprovisional\b|\(p\)|\[p\]|\bprov\.")
_REVISED = re.compile(r"\brevised\b|\(r\)|\[r\]")
_ESTIMATED = re.compile(r"\bestimated?\b \(e\)|\(e\)|\(est\.?\)|\bforecast\b|\bprojected\b")
_ILLUSTRATIVE = re.compile(r"\billustrative\b|\bdummy data\b|\bmade-up\b")


def _finality(path: Iterable[HeadCell | LabelCell]) -> frozenset[Flag]:
    """Return what headers say of how settled the figures under them are."""
    words = " | ".join(cell.text for cell in path).casefold()
    found = set()
    for pattern, flag in (
        (_PROVISIONAL, Flag.PROVISIONAL),
        (_REVISED, Flag.REVISED),
        (_ESTIMATED, Flag.ESTIMATED),
        (_ILLUSTRATIVE, Flag.ILLUSTRATIVE),
    ):
        if pattern.search(words):
            found.add(flag)
    return frozenset(found)


def with_years(lanes: list[Lane]) -> list[Lane]:
    """Let months without a year in a row of heads take the year of their neighbours."""
    days = sequences.tell_days([lane.periods[-1] if len(lane.periods) == 1 else None for lane in lanes])
    lanes = [lane if day is None else replace(lane, periods=(day,)) for lane, day in zip(lanes, days, strict=True)]
    inner = [lane.periods[-1] if lane.periods else None for lane in lanes]
    carried = sequences.carry_years(
        [token if len(lane.periods) == 1 else None for token, lane in zip(inner, lanes, strict=True)]
    )
    result = []
    for lane, before, after in zip(lanes, inner, carried, strict=True):
        if after is not None and after is not before:
            result.append(replace(lane, periods=(after,)))
        else:
            result.append(lane)
    return result


def _with_days(stubs: list[Stub]) -> list[Stub]:
    """Let the first of a month be a day where the rows are days."""
    flat: list[PeriodText | None] = [token for stub in stubs for token in stub.periods]
    told = sequences.tell_days(flat)
    if told == flat:
        return stubs
    tokens = iter(told)
    return [
        replace(stub, periods=tuple(token for token in (next(tokens) for _ in stub.periods) if token is not None))
        for stub in stubs
    ]


def with_row_years(table: TableModel) -> list[Stub]:
    """Let months and quarters without a year take the year of the rows above them."""
    stubs = _with_days(table.stubs)
    inner = [stub.periods[-1] if stub.periods else None for stub in stubs]
    if not any(token is not None and (timing.is_part(token) or token.shape is Shape.FINANCIAL_YEAR) for token in inner):
        return stubs
    carried = sequences.carry_years(
        [token if len(stub.periods) == 1 else None for token, stub in zip(inner, stubs, strict=True)]
    )
    result = []
    year: PeriodText | None = None
    for stub, before, after in zip(stubs, inner, carried, strict=True):
        periods = stub.periods
        if after is not None and after is not before:
            periods = (after,)
        elif (
            after is before
            and before is not None
            and len(stub.periods) == 1
            and timing.is_part(before)
            and year is not None
        ):
            periods = (year, before)
        if before is not None and before.shape in {Shape.YEAR, Shape.FINANCIAL_YEAR}:
            year = before
        result.append(replace(stub, periods=periods))
    return result


def timing_of(table: TableModel, lane: Lane, stub: Stub) -> timing.Timing:
    """Return the period that a column and a row have together, rolling months counted back from its end."""
    found = _when_alone(table, lane, stub)
    relative = lane.relative or stub_stretch(stub)
    if relative is not None:
        return _counted_back(found, relative)
    period = found.period
    if period is None:
        return found
    if period.months in {1, 3} and period.start.day == 1 and _is_to_date(table, lane, stub):
        summed = timing.to_date([period], table.year_opens) or period
        if any(last_year_to_date(label.text) for label in (*lane.labels[-1:], *stub.labels[-1:])):
            summed = timing.earlier(summed, 12)
        return replace(found, period=summed)
    back = _months_back(lane.labels, period) or _months_back(stub.labels, period)
    if back:
        return replace(found, period=timing.earlier(period, back)) if back > 0 else timing.AT_NO_DAY
    year = period.kind is PeriodKind.FINANCIAL_YEAR
    if year and any(token.to_date and token.period == period for token in lane.periods):
        return replace(found, period=_ended_by_title(table, period) or period)
    if year and _is_academic(table, lane):
        return replace(found, period=timing.academic_year(period.start.year))
    if lane.rolling and period.months in {1, 3} and period.months < lane.rolling:
        return replace(found, period=timing.months_to(period.end, lane.rolling))
    return found


_LAST_TO_DATE = re.compile(
    r"\W*(?:(?:last|previous|prior)(?: (?:financial )?year(?:'s)?)? (?:f?ytd|year[\s-]to[\s-]date|cumulative)"
    r"|(?:f?ytd|year[\s-]to[\s-]date|cumulative)(?: total)?,? \(?(?:last|previous|prior) (?:financial )?year\)?"
    r"|[lp]ytd)\W*",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def last_year_to_date(text: str) -> bool:
    """Whether a head speaks of the year before up to the same month: “Last YTD”, “YTD previous year”."""
    return _LAST_TO_DATE.fullmatch(tidy(text)) is not None


def _is_to_date(table: TableModel, lane: Lane, stub: Stub) -> bool:
    """Whether a month or quarter is the end of a year to date, by its head, its row or the table's title."""
    return (
        table.to_date
        or lane.to_date
        or any(token.shape is Shape.TO_DATE or token.to_date for token in (*lane.periods, *stub.periods))
        or any(says_to_date(label.text) for label in stub.labels)
    )


def _ended_by_title(table: TableModel, year: Period) -> Period | None:
    """Return the part of a year to date that ends with the month that the title names, of this year or another."""
    named = [token.period for token in table.context if token.period is not None and token.shape is Shape.WHOLE]
    ends = {period.end.month for period in named if period.months <= timing.LONGEST_END}
    if len(ends) != 1:
        return None
    number = ends.pop()
    end = month(year.start.year + (number < year.start.month), number).end
    return timing.to_date([Period(end.replace(day=1), end, PeriodKind.MONTH)])


def stub_stretch(stub: Stub) -> Relative | None:
    """Return what a row name such as “Rolling 12 months” counts back."""
    return relative_stretch(stub.labels[-1].text) if stub.labels else None


def _counted_back(found: timing.Timing, relative: Relative) -> timing.Timing:
    """Count months back from the end of a month, quarter, day or year to date; what else there is gives no end."""
    period = found.period
    if relative.current:
        return found if period is None or period.months <= relative.months else timing.AT_NO_DAY
    known = period is not None and (
        period.months == 1
        or period.kind is PeriodKind.YEAR_TO_DATE
        or (period.months == 3 and relative.months >= period.months)  # noqa: PLR2004
    )
    if period is None or not known or not relative.months or relative.earlier:
        return timing.AT_NO_DAY
    return replace(found, period=timing.months_to(period.end, relative.months))


_EARLIER = re.compile(
    r"\W*(?:the )?(?:same (?:month|quarter|period|time)"
    r"(?:,? (?:in the )?(?:last|previous|prior) (?:financial )?(?P<ago>year))?"
    r"|(?:this )?(?:month|quarter|period) (?:last|previous) (?P<ago2>year)"
    r"|(?:last|previous|prior|preceding) (?:financial )?(?P<length>month|quarter|year)(?:'s)?)"
    r"(?: (?:figures?|actual|outturn|performance|results?|total|number|value|position))?\W*",
    re.IGNORECASE,
)


def _months_back(labels: Sequence[LabelCell], period: Period) -> int:
    """Return how many months before the period a head such as “Last month” lies; 0 for none, -1 if unknown."""
    text = labels[-1].text if labels else ""
    match = earlier_words(text)
    if match is None:
        return 0
    length = match["length"].casefold() if match["length"] else "year"
    months = {"month": 1, "quarter": 3, "year": 12}[length]
    return months if period.months <= months else -1


@lru_cache(maxsize=16384)
def earlier_words(text: str) -> re.Match[str] | None:
    """Return what a head such as “Same month last year” says; None where it says nothing of the kind."""
    match = _EARLIER.fullmatch(tidy(text))
    return match if match is not None and (match["length"] or match["ago"] or match["ago2"]) else None


_ACADEMIC = re.compile(r"\b(?:academic|school)[\s_-]years?\b", re.IGNORECASE)
_FINANCIAL = re.compile(r"\bfinancial years?\b", re.IGNORECASE)


def _is_academic(table: TableModel, lane: Lane) -> bool:
    """Whether titles, heads or a word in every row say that two years named together are an academic year."""
    texts = [label.text for label in lane.labels]
    texts.extend(table.beside_heads)
    texts.extend(title.text for title in [*table.outer_titles, *table.head.titles])
    if any(_ACADEMIC.search(text) for text in texts):
        return not any(_FINANCIAL.search(text) for text in texts)
    return bool(table.stubs) and all(
        any(_ACADEMIC.fullmatch(label.text) for label in stub.labels) for stub in table.stubs
    )


def _when_alone(table: TableModel, lane: Lane, stub: Stub) -> timing.Timing:
    tokens = (*lane.periods, *stub.periods)
    found = timing.decide(tokens, table.context)
    if found.period is not None:
        return found
    if any(token.shape is Shape.TO_DATE for token in tokens):
        # "YTD" alone runs to the end of the month or quarter that the title names, else of the columns beside it.
        title = table.context[0].period if table.context else None
        ends = title is not None and title.start.day == 1 and title.months in {1, 3}
        return timing.decide(table.context[:1]) if ends else found
    if table.context and not tokens:
        return timing.decide(table.context[:1]) if table.context[0].period is not None else found
    if table.context and all(token.base for token in tokens):
        return timing.decide(table.context[:1])
    return found
