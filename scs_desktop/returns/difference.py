"""Two issues of one publication, compared: what stayed, what was revised, what is new, what is gone.

Figures are paired by their labels, area, period and unit, whether or not any indicator uses them.
Sheets need not bear the same name, nor stand in the same place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.figures import FigureKind, Unit, rounded
from scs_desktop.domain.periods import Period
from scs_desktop.returns.grid import Workbook, address
from scs_desktop.returns.labels import SEPARATOR, plain, undated
from scs_desktop.returns.records import Reading, Record

SAME_TABLE_FROM = 0.3
"""Share of rows in common, of the smaller table's, from which two tables are issues of one."""
SHOWN_LABEL = 160
CORRECTION_SHEETS = 12
_CORRECTION = re.compile(r"\bcorrect(?:ion|ions|ed)\b|\berrat(?:um|a)\b|\brevision notice\b", re.IGNORECASE)
_TABLE_NUMBER = re.compile(r"^(?:data )?(?:table|tab|sheet|figure|annex)\s*[a-z]?\d*[a-z]?\s*", re.IGNORECASE)
_UNITS_ALIKE = {Unit.RATIO: Unit.RATE}


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure of one issue or both: its labels, period and unit, its text before and now, and its cells.

    ``moved_on`` says of a new or vanished figure that the other issue's table does not cover its
    period at all: issues move on by a period, and nothing is amiss.
    """

    labels: str
    area_code: str | None
    period: Period | None
    unit: Unit | None
    before: str
    now: str
    cell_before: str
    cell_now: str
    moved_on: bool = False


@dataclass(frozen=True, slots=True)
class TablePair:
    """A table of the earlier issue and the same table of the later one, by their sheets and titles."""

    sheet_before: str
    sheet_now: str
    title_before: str
    title_now: str
    same: int
    revised: int
    new: int
    vanished: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What two issues of one publication have in common and what not.

    ``notes`` say what changed about the sheets themselves: renamed, new, gone, corrected.
    ``unpaired`` counts figures that bear the same labels as others of their table, so that no pair
    of them is certain.
    """

    same: tuple[Compared, ...]
    revised: tuple[Compared, ...]
    new: tuple[Compared, ...]
    vanished: tuple[Compared, ...]
    unpaired: int
    tables: tuple[TablePair, ...]
    notes: tuple[str, ...]

    @property
    def missing(self) -> tuple[Compared, ...]:
        """Return the vanished figures whose period the later issue still covers."""
        return tuple(one for one in self.vanished if not one.moved_on)


_Key = tuple[tuple[str, ...], str | None, Period | None, Unit | None]
_Row = tuple[tuple[str, ...], str | None]


@dataclass(slots=True)
class _Side:
    """The tables of one issue, each figure by its key."""

    reading: Reading
    tables: dict[int, dict[_Key, list[Record]]]
    rows: dict[int, set[_Row]]


def _side(reading: Reading) -> _Side:
    tables: defaultdict[int, defaultdict[_Key, list[Record]]] = defaultdict(lambda: defaultdict(list))
    rows: defaultdict[int, set[_Row]] = defaultdict(set)
    words: dict[tuple[int, int], tuple[str, ...]] = {}
    for record in reading.records:
        known = (id(record.labels), record.table)
        labels = words.get(known)
        if labels is None:
            labels = words[known] = _labels(record, reading)
        code = record.area_code
        unit = _UNITS_ALIKE.get(record.unit, record.unit) if record.unit is not None else None
        tables[record.table][labels, code, record.period, unit].append(record)
        rows[record.table].add((labels, code))
    return _Side(reading, {table: dict(found) for table, found in tables.items()}, dict(rows))


def _labels(record: Record, reading: Reading) -> tuple[str, ...]:
    """Return the comparable labels beneath the table's own heading rows: titles change from issue to issue."""
    table = reading.tables[record.table] if record.table < len(reading.tables) else None
    found = []
    for label in record.labels:
        if label.row is None or (table is not None and label.row < table.range.top):
            continue
        text = undated(label.text)
        if text and text not in found:
            found.append(text)
    return tuple(found)


def compare_readings(
    before: Reading, now: Reading, *, workbooks: tuple[Workbook, Workbook] | None = None
) -> Difference:
    """Compare two issues of one publication, figure by figure.

    Tables are paired by what they hold, their titles and the names of their sheets, in that order.
    ``workbooks`` (earlier, later) let sheets without any figure be noticed, such as a notice of
    corrections.
    """
    earlier, later = _side(before), _side(now)
    pairs = _paired(earlier, later)
    found: tuple[list[Compared], list[Compared], list[Compared], list[Compared]] = ([], [], [], [])
    same, revised, new, vanished = found
    unpaired = 0
    told: list[TablePair] = []
    for old, one in pairs:
        counts = [len(some) for some in found]
        unpaired += _compare(earlier, later, (old, one), found)
        first, second = before.tables[old], now.tables[one]
        grown = [len(some) - count for some, count in zip(found, counts, strict=True)]
        told.append(TablePair(first.sheet, second.sheet, first.title, second.title, *grown))
    for table in sorted(set(earlier.tables) - {old for old, _ in pairs}):
        vanished.extend(_compared(before, record, None) for some in earlier.tables[table].values() for record in some)
    for table in sorted(set(later.tables) - {one for _, one in pairs}):
        new.extend(_compared(now, None, record) for some in later.tables[table].values() for record in some)
    notes = _notes(before, now, pairs, workbooks)
    return Difference(tuple(same), tuple(revised), tuple(new), tuple(vanished), unpaired, tuple(told), tuple(notes))


def _paired(earlier: _Side, later: _Side) -> list[tuple[int, int]]:
    """Pair the tables, the most alike first; tables that hold nothing in common are not paired."""
    scored = []
    for old, rows in earlier.rows.items():
        for one, others in later.rows.items():
            share = len(rows & others) / max(1, min(len(rows), len(others)))
            if share < SAME_TABLE_FROM:
                continue
            size = len(rows & others) / max(1, len(rows | others))
            scored.append((share + size + _alike(earlier.reading, old, later.reading, one), -abs(old - one), old, one))
    scored.sort(reverse=True)
    pairs: list[tuple[int, int]] = []
    for _, _, old, one in scored:
        if all(old != first and one != second for first, second in pairs):
            pairs.append((old, one))
    return sorted(pairs)


def _alike(before: Reading, old: int, now: Reading, one: int) -> float:
    """Return how alike the tables' titles and sheets are, 0 to 1.25; titles without their numbers and years."""
    from rapidfuzz import fuzz

    first, second = before.tables[old], now.tables[one]
    titles = [undated(_TABLE_NUMBER.sub("", table.title)) for table in (first, second)]
    title = fuzz.ratio(*titles) / 100 if all(titles) else 0.5
    sheet = 0.25 if plain(first.sheet) == plain(second.sheet) else 0.0
    return float(title) + sheet


def _compare(
    earlier: _Side,
    later: _Side,
    pair: tuple[int, int],
    found: tuple[list[Compared], list[Compared], list[Compared], list[Compared]],
) -> int:
    """Compare two tables into the four lists; return how many figures share their labels unevenly."""
    same, revised, new, vanished = found
    before, now = earlier.tables[pair[0]], later.tables[pair[1]]
    covered, covered_before = ({period for _, _, period, _ in table} for table in (now, before))
    unpaired = 0
    for key, old in before.items():
        others = now.get(key)
        if others is None:
            gone = key[2] not in covered
            vanished.extend(_compared(earlier.reading, record, None, moved_on=gone) for record in old)
        elif len(old) == len(others):
            for first, second in zip(old, others, strict=True):
                (same if _same(first, second) else revised).append(_compared(later.reading, first, second))
        else:
            unpaired += max(len(old), len(others))
    for key, some in now.items():
        if key not in before:
            fresh = key[2] not in covered_before
            new.extend(_compared(later.reading, None, record, moved_on=fresh) for record in some)
    return unpaired


def _same(old: Record, now: Record) -> bool:
    """Whether both say the same, at the coarser of the two printed precisions."""
    if old.kind is not FigureKind.NUMBER or now.kind is not FigureKind.NUMBER:
        return old.kind is now.kind
    if old.value is None or now.value is None or old.value == now.value:
        return old.value == now.value
    places = min(_decimals(old.value), _decimals(now.value))
    return places < MOST_DECIMALS and rounded(old.value, places) == rounded(now.value, places)


MOST_DECIMALS = 12


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _compared(reading: Reading, old: Record | None, now: Record | None, *, moved_on: bool = False) -> Compared:
    record = now or old
    if record is None:
        message = "a comparison needs a figure"
        raise ValueError(message)
    top = reading.tables[record.table].range.top if record.table < len(reading.tables) else 0
    labels = [label.text.strip() for label in record.labels if label.row is not None and label.row >= top]
    return Compared(
        SEPARATOR.join(labels)[:SHOWN_LABEL],
        record.area_code,
        record.period,
        record.unit,
        old.text if old is not None else "",
        now.text if now is not None else "",
        _cell(old),
        _cell(now),
        moved_on,
    )


def _cell(record: Record | None) -> str:
    if record is None:
        return ""
    place = address(record.row, record.column)
    return f"{record.sheet}!{place}" if record.sheet else place


def _notes(
    before: Reading, now: Reading, pairs: Sequence[tuple[int, int]], workbooks: tuple[Workbook, Workbook] | None
) -> list[str]:
    found: dict[str, None] = {}
    for old, one in pairs:
        first, second = before.tables[old].sheet, now.tables[one].sheet
        if first == second:
            continue
        if first.strip() == second.strip():
            found.setdefault(f"The sheet “{second}” differs from “{first}” only in spaces before or after its name.")
        else:
            found.setdefault(f"What stood on sheet “{first}” stands on “{second}” now.")
    _table_numbers(before, now, pairs, found)
    if workbooks is not None:
        _sheet_notes(*workbooks, found)
    return list(found)


def _table_numbers(before: Reading, now: Reading, pairs: Sequence[tuple[int, int]], found: dict[str, None]) -> None:
    """Say where a sheet of one name holds another subject than before."""
    by_sheet = {plain(table.sheet): index for index, table in enumerate(before.tables)}
    paired = {one: old for old, one in pairs}
    counted = Counter(plain(table.sheet) for table in (*before.tables, *now.tables))
    for index, table in enumerate(now.tables):
        old = by_sheet.get(plain(table.sheet))
        if old is None or counted[plain(table.sheet)] != 2 or paired.get(index) == old:  # noqa: PLR2004  one each
            continue
        found.setdefault(
            f"The sheet “{table.sheet}” holds another table than in the earlier issue: "
            f"“{table.title}”, where “{before.tables[old].title}” was."
        )


def _sheet_notes(before: Workbook, now: Workbook, found: dict[str, None]) -> None:
    """Say which sheets came and went, and which says that something was corrected."""
    names = {plain(sheet.name) for sheet in before.sheets}
    later = {plain(sheet.name) for sheet in now.sheets}
    for sheet in now.sheets[:CORRECTION_SHEETS]:
        texts = [value for row in sheet.rows.values() for value in row if isinstance(value, str)]
        if _CORRECTION.search(sheet.name) or (texts and _CORRECTION.search(texts[0])):
            told = next(
                (text.strip() for text in texts if len(text) > len(sheet.name) and _CORRECTION.search(text)), ""
            )
            said = f": “{told[:SHOWN_LABEL]}”" if told else ""
            found.setdefault(f"The sheet “{sheet.name}” tells of a correction{said}.")
    gone = [sheet.name for sheet in before.sheets if plain(sheet.name) not in later]
    new = [sheet.name for sheet in now.sheets if plain(sheet.name) not in names]
    if gone:
        found.setdefault("Sheets that are gone: " + ", ".join(f"“{one}”" for one in gone) + ".")
    if new:
        found.setdefault("Sheets that are new: " + ", ".join(f"“{one}”" for one in new) + ".")
    for sheet in now.sheets:
        if sheet.name != sheet.name.strip():
            found.setdefault(f"The name of the sheet “{sheet.name}” has spaces before or after it.")
