"""Step 13: what only the whole file shows: hidden sheets, dashboards that repeat a sheet, a view somebody chose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.notation.text import tidy
from scs_desktop.returns.records import Flag, LeftOut, Problem, Record, Rule
from scs_desktop.returns.tables.cells import LABEL
from scs_desktop.returns.tables.model import TableModel
from scs_desktop.returns.tables.sheets import SheetReading

_CHOOSE = re.compile(r"^(?:please )?(?:choose|select|pick)\b|\bdrop[- ]?down\b|^click (?:here|on)\b", re.IGNORECASE)
_SMALL = 40
_MANY = 20_000
_AGREEING = 4
_MOST = 5


def hide(reading: SheetReading) -> None:
    """Leave a hidden sheet's figures out and ask whether they belong to the return."""
    sheet = reading.cells.sheet
    if not sheet.hidden or not reading.records:
        return
    for table in reading.models:
        reading.left_out.append(LeftOut(sheet.name, table.range, "a hidden sheet"))
    outside = [
        record
        for record in reading.records
        if not any(table.range.holds(record.row, record.column) for table in reading.models)
    ]
    reading.left_out.extend(
        LeftOut(sheet.name, Range(record.row, record.column, record.row, record.column), "a hidden sheet")
        for record in outside
    )
    first, last = reading.records[0], reading.records[-1]
    bottom = max(record.row for record in reading.records)
    right = max(record.column for record in reading.records)
    reading.problems = [
        Problem(
            sheet.name,
            Range(first.row, min(first.column, last.column), bottom, right),
            first.text,
            Rule.HIDDEN_SHEET,
            f"The sheet “{sheet.name}” is hidden and holds {len(reading.records)} figures: are they part of the "
            f"return?",
            "Left out unless you take them.",
        )
    ]
    reading.records = []
    reading.tables = []
    reading.models = []


def hidden_cells(reading: SheetReading) -> None:
    """Mark figures in hidden rows and columns, and ask once for each."""
    sheet = reading.cells.sheet
    if not sheet.hidden_rows and not sheet.hidden_columns:
        return
    rows: dict[int, Record] = {}
    columns: dict[int, Record] = {}
    for index, record in enumerate(reading.records):
        if record.row in sheet.hidden_rows:
            rows.setdefault(record.row, record)
        elif record.column in sheet.hidden_columns:
            columns.setdefault(record.column, record)
        else:
            continue
        reading.records[index] = replace(record, flags=record.flags | {Flag.HIDDEN})
    for what, found in (("Row", rows), ("Column", columns)):
        if not found:
            continue
        first = next(iter(found.values()))
        label = next(
            (label for label in reversed(first.labels) if label.row is not None and label.column is not None), None
        )
        where = (
            Range(label.row, label.column, label.row, label.column)
            if label and label.row and label.column
            else Range(first.row, first.column, first.row, first.column)
        )
        names = ", ".join(str(number) if what == "Row" else address(1, number)[:-1] for number in list(found)[:8])
        reading.problems.append(
            Problem(
                sheet.name,
                where,
                first.text,
                Rule.HIDDEN_CELLS,
                f"{what}{'s' if len(found) > 1 else ''} {names} {'are' if len(found) > 1 else 'is'} hidden and "
                f"hold{'' if len(found) > 1 else 's'} figures: they are read and marked.",
                "Say whether they belong to the return.",
            )
        )


def dashboards(readings: Sequence[SheetReading]) -> None:
    """Set aside tiles that repeat figures of another sheet, and ask where the two differ."""
    full = [reading for reading in readings if any(_is_full(table) for table in reading.models)]
    for reading in readings:
        others = [other for other in full if other is not reading]
        if not others or not reading.models or len(reading.records) > _SMALL:
            continue
        if all(_is_tiles(table) for table in reading.models):
            _set_aside(reading, others)


def disagreements(readings: Sequence[SheetReading]) -> None:
    """Ask where two tables on different sheets say the same of most figures, and another of a few."""
    if sum(len(reading.records) for reading in readings) > _MANY or len(readings) < 2:  # noqa: PLR2004
        return
    found = [(reading, number, keyed) for reading in readings for number, keyed in _keyed(reading.records).items()]
    for index, (reading, _, one) in enumerate(found):
        for other_reading, _, other in found[index + 1 :]:
            if other_reading is reading:
                continue
            pairs = [(one[key], other[key]) for key in one if key in other]
            differing = [(first, second) for first, second in pairs if first.value != second.value]
            telling = {first.value for first, second in pairs if first.value == second.value and first.value}
            if not differing or len(telling) < _AGREEING or len(differing) * 4 > len(pairs):
                continue
            reading.problems.extend(_disagreement(first, second) for first, second in differing[:_MOST])


def _keyed(records: Sequence[Record]) -> dict[int, dict[object, Record]]:
    """Return each table's figures by what they are of, without the titles that all of the table share."""
    tables: dict[int, list[Record]] = {}
    for record in records:
        tables.setdefault(record.table, []).append(record)
    found: dict[int, dict[object, Record]] = {}
    for number, group in tables.items():
        shared = set(group[0].labels)
        for record in group:
            shared &= set(record.labels)
        keyed: dict[object, Record] = {}
        twice: set[object] = set()
        for record in group:
            if record.value is None or record.period is None:
                continue
            own = tuple(tidy(label.text).casefold() for label in record.labels if label not in shared)
            key = (frozenset(own), record.period, record.unit, record.area_code)
            if not own or key in keyed:
                twice.add(key)
            keyed[key] = record
        found[number] = {key: record for key, record in keyed.items() if key not in twice}
    return found


def _disagreement(first: Record, second: Record) -> Problem:
    swapped = sorted(str(first.value)) == sorted(str(second.value))
    return Problem(
        first.sheet,
        Range(first.row, first.column, first.row, first.column),
        first.text,
        Rule.SHEETS_DISAGREE,
        f"{address(first.row, first.column)} says {first.value:,}, but {second.sheet}!"
        f"{address(second.row, second.column)} says {second.value:,} of the same; the other figures agree"
        + (": are digits swapped in one of them?" if swapped else "."),
        "Ask which is right.",
    )


def _is_full(table: TableModel) -> bool:
    return (
        len(table.stubs) * len(table.figures) >= 4  # noqa: PLR2004
        and any(stub.labels or stub.periods for stub in table.stubs)
        and bool(table.head.tiers)
    )


def _is_tiles(table: TableModel) -> bool:
    """Figures that have a heading each, no row name and no period of their own."""
    return (
        len(table.stubs) <= 3  # noqa: PLR2004
        and not any(stub.labels or stub.periods for stub in table.stubs)
        and all(path and path[-1].period is None for path in table.paths.values())
    )


def _set_aside(reading: SheetReading, others: Sequence[SheetReading]) -> None:
    sheet = reading.cells.sheet.name
    for record in reading.records:
        words = _words(record.labels[-1].text) if record.labels else set()
        candidates = [other for source in others for other in source.records if words and words <= _all_words(other)]
        where = Range(record.row, record.column, record.row, record.column)
        same = next((other for other in candidates if other.value == record.value), None)
        if same is not None:
            reason = f"a tile of a dashboard that repeats {same.sheet}!{address(same.row, same.column)}"
        else:
            reason = "a tile of a dashboard: a figure under a heading, without a row name or a period"
            close = _closest(record.value, candidates)
            if close is not None and close.value is not None and record.value is not None:
                reading.problems.append(
                    Problem(
                        sheet,
                        where,
                        record.text,
                        Rule.SHEETS_DISAGREE,
                        f"{address(record.row, record.column)} says {record.value:,}, but "
                        f"{close.sheet}!{address(close.row, close.column)} says {close.value:,}: "
                        "are digits swapped in one of them?",
                        "Ask which is right.",
                    )
                )
        reading.left_out.append(LeftOut(sheet, where, reason))
    reading.records = []
    reading.tables = []
    kept = {
        (problem.range.top, problem.range.left) for problem in reading.problems if problem.rule is Rule.SHEETS_DISAGREE
    }
    reading.problems = [
        problem
        for problem in reading.problems
        if problem.rule is Rule.SHEETS_DISAGREE or (problem.range.top, problem.range.left) not in kept
    ]


def _words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", tidy(text).casefold()))


def _all_words(record: Record) -> set[str]:
    found: set[str] = set()
    for label in record.labels:
        found |= _words(label.text)
    return found


def _closest(value: Decimal | None, candidates: Sequence[Record]) -> Record | None:
    """Return the figure of the same digits in another order, or else the one within two per cent."""
    if value is None:
        return None
    for other in candidates:
        if other.value is not None and other.value != value and sorted(str(other.value)) == sorted(str(value)):
            return other
    near = [
        other for other in candidates if other.value and abs(other.value - value) <= abs(other.value) * Decimal("0.02")
    ]
    return near[0] if near else None


def selected_view(reading: SheetReading, readings: Sequence[SheetReading]) -> None:
    """Ask about a sheet that shows what was chosen in it, where another sheet holds the whole."""
    cells = reading.cells
    for row in cells.order[:20]:
        for column, kind in enumerate(cells.rows[row], start=1):
            if kind == LABEL and _CHOOSE.search(cells.text(row, column)):
                rest = [
                    other for other in readings if other is not reading and len(other.records) > len(reading.records)
                ]
                if not reading.records or not rest:
                    return
                reading.problems.append(
                    Problem(
                        cells.sheet.name,
                        Range(row, column, row, column),
                        cells.text(row, column),
                        Rule.SELECTED_VIEW,
                        f"The sheet “{cells.sheet.name}” shows only what was chosen in {address(row, column)}; "
                        f"“{rest[0].cells.sheet.name}” holds more. Its figures are marked as doubtful.",
                        "Read the other sheet.",
                    )
                )
                reading.records = [replace(record, flags=record.flags | {Flag.DOUBTFUL}) for record in reading.records]
                return
