"""Figures that cannot be what their heading says: below nought, in fractions, over a hundred percent, rescaled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from scs_desktop.domain.figures import Unit
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.notation.units import header_unit, says_outright
from scs_desktop.returns.records import Flag, Problem, Record, Rule
from scs_desktop.returns.tables.cells import SheetCells
from scs_desktop.returns.tables.totals import Changes

_SIGNED = re.compile(
    r"\b(?:change|difference|net|balance|growth|variance|gap|increase|decrease|deviation|natural|compared|points?|vs|against|trend|movement)\b|\+/-|±|%\s?diff"
)
_UNBOUNDED = re.compile(
    r"\b(?:change|difference|increase|growth|of target|of expected|variance|index|against|compared|ratio|vs"
    r"|progress|performance|occupancy|capacity)\b"
)
_HUNDRED = Decimal(100)
_OVER = Decimal("100.000001")
_MOST_CELLS = 3
_LARGE = 60_000
_FEW = 0.2
_ENOUGH = 4


def find(cells: SheetCells, records: Sequence[Record]) -> Changes:
    """Check each column of a table; a column of which most is implausible is asked about once, not cell by cell."""
    changes = Changes()
    if len(records) > _LARGE and all(
        record.unit is not Unit.PERCENT and (record.value is None or (record.value >= 0 and not record.value % 1))
        for record in records
    ):
        return changes
    columns: dict[int, list[Record]] = {}
    for record in records:
        columns.setdefault(record.column, []).append(record)
    for lane in columns.values():
        by_unit: dict[Unit | None, list[Record]] = {}
        for record in lane:
            if record.value is not None:
                by_unit.setdefault(record.unit, []).append(record)
        for unit, group in by_unit.items():
            if unit is Unit.PERCENT:
                _percent(cells, group, changes)
            elif unit in {Unit.COUNT, None}:
                _count(cells, group, changes)
    return changes


def _words(record: Record) -> str:
    return " ".join(tidy(label.text).casefold() for label in record.labels)


def _ask(cells: SheetCells, record: Record, rule: Rule, sentence: str, repair: str, changes: Changes) -> None:
    already = [problem for problem in changes.problems if problem.rule is rule and problem.range.left == record.column]
    if len(already) >= _MOST_CELLS:
        # What a whole column does is one question, not one for each cell.
        return
    key = (record.row, record.column)
    current = changes.records.get(key, record)
    changes.records[key] = replace(current, flags=current.flags | {Flag.DOUBTFUL})
    where = Range(record.row, record.column, record.row, record.column)
    changes.problems.append(Problem(cells.sheet.name, where, record.text, rule, sentence, repair))


def _count(cells: SheetCells, group: Sequence[Record], changes: Changes) -> None:
    negative = [record for record in group if record.value is not None and record.value < 0]
    if (
        negative
        and group[0].unit is Unit.COUNT
        and len(negative) <= max(1, _FEW * len(group))
        and not _SIGNED.search(_words(negative[0]))
    ):
        for record in negative:
            sentence = f"A count below nought stands in {address(record.row, record.column)}: {record.value:,}."
            _ask(cells, record, Rule.NEGATIVE_COUNT, sentence, "Ask for the figure.", changes)
    fractional = [
        record for record in group if record.value is not None and record.value != record.value.to_integral_value()
    ]
    if (
        not fractional
        or len(group) < _ENOUGH
        or len(fractional) > max(1, _FEW * len(group))
        or group[0].unit is not Unit.COUNT
    ):
        return
    named = any(header_unit(label.text) is Unit.COUNT and says_outright(label.text) for label in fractional[0].labels)
    whole = len(group) - len(fractional)
    if named or whole >= 2 * _ENOUGH:
        for record in fractional:
            sentence = (
                f"{address(record.row, record.column)} holds {record.value:,} where the other {whole} figures "
                f"are whole numbers: a rate or a share among counts?"
            )
            _ask(cells, record, Rule.FRACTIONAL_COUNT, sentence, "Ask for the count.", changes)


def _percent(cells: SheetCells, group: Sequence[Record], changes: Changes) -> None:
    values = [record.value for record in group if record.value is not None]
    words = _words(group[0])
    over = [record for record in group if record.value is not None and record.value > _OVER]
    if over and not _UNBOUNDED.search(words) and len(over) <= max(1, _FEW * len(group)):
        for record in over:
            if _UNBOUNDED.search(_words(record)):
                continue
            sentence = (
                f"{address(record.row, record.column)} says {record.value:,} %: more than a hundred in a hundred."
            )
            _ask(cells, record, Rule.PERCENT_SCALE, sentence, "Ask for the figure.", changes)
    _scale(cells, group, values, words, changes)


def _scale(cells: SheetCells, group: Sequence[Record], values: Sequence[Decimal], words: str, changes: Changes) -> None:
    """Fractions among percentages: 0.24 beside 26."""
    small = [record for record in group if record.value is not None and 0 < record.value < 1]
    large = [value for value in values if value > _ENOUGH]
    if _SIGNED.search(words) or not small:
        return
    if len(small) <= _FEW * len(values) and len(large) >= 0.7 * len(values) and len(values) >= _ENOUGH:
        for record in small:
            if (
                record.value is None
                or record.value * _HUNDRED > 2 * max(values)
                or record.value * _HUNDRED * 3 < min(large)
            ):
                continue
            sentence = (
                f"{address(record.row, record.column)} says {record.value} % where the others lie near "
                f"{sorted(large)[len(large) // 2]:.0f} %: is it {record.value * _HUNDRED:.4g} %?"
            )
            _ask(cells, record, Rule.PERCENT_SCALE, sentence, f"Take {record.value * _HUNDRED:.4g}.", changes)
    elif len(small) == len(values) and len(values) > 1 and not any(_is_shown_so(cells, record) for record in small):
        first, last = small[0], small[-1]
        changes.problems.append(
            Problem(
                cells.sheet.name,
                _heading(first) or Range(first.row, first.column, first.row, first.column),
                first.text,
                Rule.PERCENT_SCALE,
                f"All percentages from {address(first.row, first.column)} to "
                f"{address(last.row, last.column)} are 1 or less: are they fractions?",
                "Multiply by 100, if they are fractions.",
            )
        )


def _is_shown_so(cells: SheetCells, record: Record) -> bool:
    return "%" in cells.sheet.formats.get((record.row, record.column), "") or "%" in record.text


def _heading(record: Record) -> Range | None:
    """Return the cell of the column's own head, where a question about the whole column belongs."""
    for label in reversed(record.labels):
        if label.column == record.column and label.row is not None:
            return Range(label.row, label.column, label.row, label.column)
    return None
