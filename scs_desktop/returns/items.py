"""Rows of figures in a return, told apart by the words that govern them.

An item is what stays of a record when period and area are taken away: one path of labels in one
table, with its records for every area and period.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from scs_desktop.domain.areas import Area
from scs_desktop.domain.figures import Unit
from scs_desktop.domain.periods import Period
from scs_desktop.returns.grid import Workbook
from scs_desktop.returns.heads import first_rows, head_over
from scs_desktop.returns.labels import SEPARATOR, path_key, plain, undated
from scs_desktop.returns.records import Flag, LabelCell, Reading, Record
from scs_desktop.returns.registry import AreaRegistry, Place

NAMED_SHARE = 0.5
NAMED_AT_LEAST = 3
_AREA_HEAD = re.compile(
    r"\b(?:area|borough|ward|district|neighbourhood|locality|local authority|authority|region|force|bcu)s?"
    r"(?: ?names?| ?codes?)?$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Item:
    """One row of figures.

    Attributes:
        table: index of the table in the reading.
        path: comparable labels that tell it from its neighbours, outermost first.
        words: all its comparable labels, the table's own title included.
        shown: the labels as they stand in the sheet.
        records: with the area each belongs to; the home area where none is named.
        total: every record of it is a total or a share.

    """

    table: int
    path: tuple[str, ...]
    words: frozenset[str]
    shown: str
    unit: Unit | None
    total: bool
    records: list[tuple[Area, Record]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return the path as one text."""
        return path_key(self.path)

    def answers_to(self, path: tuple[str, ...]) -> bool:
        """Whether every label of the path governs the item."""
        return all(label in self.words for label in path)


@dataclass(slots=True)
class Items:
    """The items of a reading, and the records that are not of the home area or its wards.

    ``elsewhere`` holds such records by the reason why they are not taken.
    """

    items: list[Item]
    elsewhere: dict[str, list[Record]]
    ambiguous: list[tuple[tuple[Area, ...], Record]]
    area_named: bool


@dataclass(frozen=True, slots=True)
class _Split:
    """What the labels of a record say: its area or why it is not taken, and the labels that are left."""

    area: Area | None
    candidates: tuple[Area, ...]
    elsewhere: str
    words: tuple[str, ...]
    texts: tuple[str, ...]
    named: bool


_GroupKey = tuple[int, tuple[str, ...], Unit | None, bool]


def candidates_key(candidates: tuple[Area, ...]) -> str:
    """Return a stable name for the several areas that a text may mean."""
    return "+".join(sorted(str(area.id) for area in candidates))


class _Splitter:
    def __init__(
        self, reading: Reading, registry: AreaRegistry, workbook: Workbook | None, chosen: Mapping[str, UUID]
    ) -> None:
        self.registry = registry
        self.chosen = chosen
        self.area_columns = _area_columns(reading, registry, workbook)
        self._known: dict[tuple[int, tuple[LabelCell, ...], str | None, int], _Split] = {}
        self._seen: dict[tuple[int, str | None, int], tuple[tuple[LabelCell, ...], _Split]] = {}
        self._eras: dict[int, tuple[Period | None, int]] = {}

    def split(self, record: Record) -> _Split:
        """Split a record's labels; the same labels are split once."""
        known = self._eras.get(id(record.period))
        if known is None:
            end = record.period.end if record.period is not None else None
            # The period is held beside its era, so that its identity is not given to another meanwhile.
            known = self._eras[id(record.period)] = (record.period, self.registry.era(end))
        era = known[1]
        quick = (id(record.labels), record.area_code, era)
        seen = self._seen.get(quick)
        if seen is not None:
            return seen[1]
        key = (record.table, record.labels, record.area_code, era)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._split(record)
        # The labels are held beside the split, so that their identity is not given to others meanwhile.
        self._seen[quick] = (record.labels, found)
        return found

    def _split(self, record: Record) -> _Split:
        registry = self.registry
        shown = tuple(one.text for one in record.labels if one.row is not None)
        on = record.period.end if record.period is not None else None
        place = registry.place(shown, record.area_code, on=on)
        if place.candidates and (said := self.chosen.get(candidates_key(place.candidates))) is not None:
            place = Place(registry.area(said))
        words: list[str] = []
        texts: list[str] = []
        stranger = place.unknown
        for label in record.labels:
            if label.row is None:
                continue
            word = undated(label.text)
            if (
                not word
                or (registry.named(label.text) and plain(label.text))
                or registry.by_code(label.text) is not None
            ):
                continue
            if label.row == record.row and (record.table, label.column) in self.area_columns:
                stranger = stranger or label.text.strip()
                continue
            if not words or words[-1] != word:
                words.append(word)
                texts.append(label.text.strip())
        area, elsewhere = place.area, ""
        if area is not None and not registry.in_home(area):
            elsewhere = f"another area: {area.name}"
        elif stranger and (area is None or area == registry.home) and not place.candidates:
            elsewhere = f"an area that is not known: {stranger}"
        elif place.candidates and area is None:
            inside = tuple(one for one in place.candidates if registry.in_home(one))
            if not inside:
                elsewhere = "another area"
            return _Split(None, inside, elsewhere, tuple(words), tuple(texts), named=True)
        return _Split(area, (), elsewhere, tuple(words), tuple(texts), named=area is not None or bool(elsewhere))


def _area_columns(
    reading: Reading, registry: AreaRegistry, workbook: Workbook | None
) -> frozenset[tuple[int, int | None]]:
    """Return the columns of names that hold areas, as (table, column): by their head, or by most of the names."""
    names: defaultdict[tuple[int, int | None], set[str]] = defaultdict(set)
    seen: set[int] = set()
    for record in reading.records:
        if id(record.labels) in seen:
            continue
        seen.add(id(record.labels))
        for label in record.labels:
            if label.row == record.row:
                names[record.table, label.column].add(label.text)
    firsts = first_rows(reading)
    sheets = {sheet.name: sheet for sheet in workbook.sheets} if workbook is not None else {}
    found = set()
    for (table, column), texts in names.items():
        known = sum(bool(registry.named(text)) for text in texts)
        if known == 0:
            continue
        where = reading.tables[table] if table < len(reading.tables) else None
        head = head_over(sheets.get(where.sheet), where, firsts[table], column) if where is not None and column else ""
        most = known >= NAMED_AT_LEAST and known / len(texts) > NAMED_SHARE
        if most or _AREA_HEAD.search(head.strip()):
            found.add((table, column))
    return frozenset(found)


def split_items(
    reading: Reading,
    registry: AreaRegistry,
    *,
    whole_file_area: UUID | None,
    workbook: Workbook | None = None,
    chosen: Mapping[str, UUID] | None = None,
) -> Items:
    """Group a reading's records by the words that govern them.

    Records whose labels name no area belong to ``whole_file_area``; where that is None too they
    are taken for the home area and ``area_named`` says that nobody said so. A name that is no known
    area, in a column of areas, is never taken for the home area. ``chosen`` says of names that may
    mean several areas which one is meant, by :func:`candidates_key`.
    """
    default = registry.area(whole_file_area) if whole_file_area is not None else registry.home
    splitter = _Splitter(reading, registry, workbook, chosen or {})
    default_away = "" if registry.in_home(default) else f"another area: {default.name}"
    groups: dict[_GroupKey, Item] = {}
    raw: dict[_GroupKey, tuple[str, ...]] = {}
    elsewhere: defaultdict[str, list[Record]] = defaultdict(list)
    result = Items([], elsewhere, [], area_named=True)
    split_of = splitter.split
    for record in reading.records:
        split = split_of(record)
        reason = split.elsewhere or ("" if split.named else default_away)
        if reason:
            elsewhere[reason].append(record)
            continue
        if split.candidates:
            result.ambiguous.append((split.candidates, record))
            continue
        if not split.named:
            result.area_named = False
        total = bool(record.flags) and bool({Flag.TOTAL, Flag.SHARE} & record.flags)
        key = (record.table, split.words, record.unit, total)
        item = groups.get(key)
        if item is None:
            words = frozenset(split.words)
            shown = SEPARATOR.join(split.texts)
            item = groups[key] = Item(record.table, split.words, words, shown, record.unit, total)
            raw[key] = split.texts
        item.records.append((split.area or default, record))
    _shorten(list(groups.items()), raw)
    result.items = list(groups.values())
    return result


def _shorten(groups: list[tuple[_GroupKey, Item]], raw: dict[_GroupKey, tuple[str, ...]]) -> None:
    """Leave out of each path the labels that every item of its table bears, unless nothing else is left."""
    per_table: Counter[int] = Counter(item.table for _, item in groups)
    shared: dict[int, Counter[str]] = {}
    for _, item in groups:
        shared.setdefault(item.table, Counter()).update(item.words)
    common = {
        table: {word for word, count in words.items() if count == per_table[table]} for table, words in shared.items()
    }
    for key, item in groups:
        keep = [index for index, word in enumerate(item.path) if word not in common[item.table]]
        if keep and per_table[item.table] > 1:
            texts = raw[key]
            item.path = tuple(item.path[index] for index in keep)
            item.shown = SEPARATOR.join(texts[index] for index in keep)
