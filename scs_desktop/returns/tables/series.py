"""Figures along time: slips of a digit, a year to date pasted as a month, a copied column, a change of scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import exp, log
from statistics import median

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import Period, PeriodKind
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.records import Flag, LabelCell, Problem, Record, Rule
from scs_desktop.returns.tables.cells import SheetCells
from scs_desktop.returns.tables.totals import Changes

_LEAST = 4
_LONGEST = 24
_SLIP = log(5)
_STEADY = log(2.2)
_MODIFIED_Z = 3.5
_LARGEST_TABLE = 60000
_SMALLEST_MEDIAN = 20
_MOST_QUESTIONS = 12
_NEVER = Period(date.min, date.min, PeriodKind.SNAPSHOT)


def find(cells: SheetCells, records: Sequence[Record]) -> Changes:
    """Look along time in every series of a table. Very large tables are left to the comparison with what is stored."""
    changes = Changes()
    if len(records) > _LARGEST_TABLE:
        return changes
    series = _series(records)
    asked = 0
    other_scale = _scales(cells, series, changes)
    for run in series:
        if asked >= _MOST_QUESTIONS:
            break
        plain = [record for record in run if (record.period, record.unit) not in other_scale]
        if len(plain) >= _LEAST:
            asked += _year_to_date(cells, plain, changes) or _slips(cells, plain, changes)
    _copied(cells, series, changes)
    return changes


Run = list[Record]


def _series(records: Sequence[Record]) -> list[Run]:
    """Group records of one name and unit along their periods; only periods of one length, without overlap."""
    groups: dict[tuple[object, ...], Run] = {}
    for record in records:
        if record.value is None or record.period is None or Flag.TOTAL in record.flags:
            continue
        key = (tuple(_names(record.labels)), record.area_code, record.unit, record.period.months)
        groups.setdefault(key, []).append(record)
    found = []
    for run in groups.values():
        run.sort(key=lambda record: record.period or _NEVER)
        periods = [record.period for record in run if record.period is not None]
        if len(run) >= _LEAST and len(set(periods)) == len(run):
            found.append(run)
    return found


def _names(labels: Sequence[LabelCell]) -> list[str]:
    return [label.text for label in labels]


def _ask(cells: SheetCells, record: Record, rule: Rule, sentence: str, repair: str, changes: Changes) -> None:
    changes.records[record.row, record.column] = replace(record, flags=record.flags | {Flag.DOUBTFUL})
    where = Range(record.row, record.column, record.row, record.column)
    changes.problems.append(Problem(cells.sheet.name, where, record.text, rule, sentence, repair))


def _year_to_date(cells: SheetCells, run: Run, changes: Changes) -> int:
    """The last figure is about the sum of those before it in the year and one more: a year to date as a month."""
    last = run[-1]
    if last.unit not in {Unit.COUNT, None} or last.value is None or last.period is None or last.period.months > 3:  # noqa: PLR2004
        return 0
    before = [record.value for record in run[:-1] if record.value is not None and _same_year(record, last)]
    if len(before) < 3:  # noqa: PLR2004
        return 0
    usual = Decimal(median(before))
    summed = sum(before, Decimal(0))
    if usual < 5 or last.value < 2 * max(before):  # noqa: PLR2004
        return 0
    month_left = last.value - summed
    if not usual * Decimal("0.3") <= month_left <= usual * Decimal("2.5"):
        return 0
    sentence = (
        f"{address(last.row, last.column)} says {last.value:,}, about the {len(before)} figures before it added "
        f"up ({summed:,}) and one more: "
        "is it the year to date?"
    )
    _ask(cells, last, Rule.YEAR_TO_DATE_AS_MONTH, sentence, f"Take {month_left:,}, if it is the year to date.", changes)
    return 1


def _same_year(one: Record, other: Record) -> bool:
    if one.period is None or other.period is None:
        return False
    year = other.period.start.year if other.period.start.month >= 4 else other.period.start.year - 1  # noqa: PLR2004
    own = one.period.start.year if one.period.start.month >= 4 else one.period.start.year - 1  # noqa: PLR2004
    return own == year


def _slips(cells: SheetCells, run: Run, changes: Changes) -> int:
    """A figure far from all its neighbours, which agree with each other: a digit lost or doubled.

    The measure is the modified z-score on logarithms over the last 24 points (Iglewicz and Hoaglin).
    """
    logs = [log(float(abs(record.value)) + 0.5) for record in run if record.value is not None]
    values = [abs(record.value) for record in run if record.value is not None]
    if median(values) < _SMALLEST_MEDIAN or run[0].unit not in {Unit.COUNT, Unit.MONEY, None}:
        return 0
    found = 0
    start = max(0, len(run) - _LONGEST)
    for index in range(start, len(run)):
        near = [logs[other] for other in range(max(0, index - 3), min(len(run), index + 4)) if other != index]
        middle = median(near)
        if abs(logs[index] - middle) < _SLIP or not _steady(near, middle):
            continue
        window = logs[max(0, index - _LONGEST) : index + _LONGEST]
        centre = median(window)
        spread = max(median([abs(value - centre) for value in window]), 0.054)
        if 0.6745 * abs(logs[index] - centre) / spread <= _MODIFIED_Z:
            continue
        record = run[index]
        usual = round(exp(middle))
        sentence = (
            f"{address(record.row, record.column)} says {record.value:,} where the figures around it lie near "
            f"{usual:,}: is a digit missing or doubled?"
        )
        _ask(cells, record, Rule.OUTLIER, sentence, "Ask for the figure.", changes)
        found += 1
    return found


def _steady(near: Sequence[float], middle: float) -> bool:
    """Whether the neighbours agree with each other; among four or more one may be a slip itself."""
    kept = sorted(near, key=lambda value: abs(value - middle))
    if len(kept) > _LEAST - 1:
        kept = kept[:-1]
    return max(kept) - min(kept) <= _STEADY


def _copied(cells: SheetCells, series: Sequence[Run], changes: Changes) -> None:
    """A whole column, or row, of figures is the same as that of the period before."""
    pairs: dict[tuple[Period, Period, object], list[tuple[Record, Record]]] = {}
    for run in series:
        for earlier, later in pairwise(run):
            if earlier.period is not None and later.period is not None:
                pairs.setdefault((earlier.period, later.period, later.unit), []).append((earlier, later))
    for both in pairs.values():
        telling = [(one, other) for one, other in both if one.value is not None and abs(one.value) >= 10]  # noqa: PLR2004
        if len(both) < 3 or len(telling) < 3 or any(one.value != other.value for one, other in both):  # noqa: PLR2004
            continue
        if len({one.value for one, _ in telling}) < 3:  # noqa: PLR2004
            continue
        first, last = both[0][1], both[-1][1]
        earlier = both[0][0]
        changes.problems.append(
            Problem(
                cells.sheet.name,
                Range(
                    min(first.row, last.row),
                    min(first.column, last.column),
                    max(first.row, last.row),
                    max(first.column, last.column),
                ),
                first.text,
                Rule.STALE,
                f"All {len(both)} figures of "
                f"{first.period_label or (first.period.label if first.period else '')} are those of "
                f"{earlier.period_label or (earlier.period.label if earlier.period else '')} again: were they "
                f"sent by mistake?",
                "Ask for the new figures.",
            )
        )


def _scales(cells: SheetCells, series: Sequence[Run], changes: Changes) -> set[tuple[Period | None, object]]:
    """One period's figures are a hundredth or a thousandth of their neighbours' in every row: another scale."""
    ratios: dict[tuple[Period, object], list[tuple[float, Record]]] = {}
    for run in series:
        for index, record in enumerate(run):
            beside = [
                abs(other.value) for other in run[max(0, index - 2) : index] + run[index + 1 : index + 3] if other.value
            ]
            if len(beside) < 2 or not record.value or record.period is None:  # noqa: PLR2004
                continue
            ratios.setdefault((record.period, record.unit), []).append(
                (float(abs(record.value)) / float(median(beside)), record)
            )
    asked: set[tuple[Period | None, object]] = set()
    for key, found in ratios.items():
        if len(found) < 3:  # noqa: PLR2004
            continue
        middle = median([ratio for ratio, _ in found])
        for scale in (1000, 1000000, 100):
            if 0.5 < middle * scale < 2 or 0.5 < middle / scale < 2:  # noqa: PLR2004
                _ask_scale(cells, [record for _, record in found], scale, changes, larger=middle > 1)
                asked.add(key)
                break
    return asked


def _ask_scale(cells: SheetCells, records: Sequence[Record], scale: int, changes: Changes, *, larger: bool) -> None:
    first = records[0]
    head = next(
        (label for label in reversed(first.labels) if label.column == first.column and label.row is not None), None
    )
    where = (
        Range(head.row, head.column, head.row, head.column)
        if head and head.row and head.column
        else Range(first.row, first.column, first.row, first.column)
    )
    when = first.period_label or (first.period.label if first.period else "")
    changes.problems.append(
        Problem(
            cells.sheet.name,
            where,
            first.text,
            Rule.SCALE,
            f"The figures of {when} are about {scale:,} times {'larger' if larger else 'smaller'} than those "
            f"beside them in every row: are they in another unit, such as thousands?",
            f"{'Divide' if larger else 'Multiply'} by {scale:,}, if so.",
        )
    )
