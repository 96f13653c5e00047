"""Rows of figures in a return, told apart by the words that govern them.

An item is what stays of a record when period and area are taken away: one path of labels in one
table, with its records for every area and period.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from scs_desktop.domain.areas import Area
from scs_desktop.domain.figures import Unit
from scs_desktop.returns.labels import SEPARATOR, path_key, plain, undated
from scs_desktop.returns.records import Flag, LabelCell, Reading, Record
from scs_desktop.returns.registry import AreaRegistry


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
    """The items of a reading, and the records that are not of the home area or its wards."""

    items: list[Item]
    elsewhere: list[tuple[str, Record]]
    ambiguous: list[tuple[tuple[Area, ...], Record]]
    area_named: bool


@dataclass(frozen=True, slots=True)
class _Split:
    area: Area | None
    candidates: tuple[Area, ...]
    labels: tuple[tuple[str, str], ...]
    named: bool


def _split(labels: tuple[LabelCell, ...], code: str | None, registry: AreaRegistry) -> _Split:
    texts = tuple(label.text for label in labels if label.row is not None)
    place = registry.place(texts, code)
    kept: list[tuple[str, str]] = []
    for label in labels:
        if label.row is None:
            continue
        word = undated(label.text)
        if not word or (registry.named(label.text) and plain(label.text)) or registry.by_code(label.text) is not None:
            continue
        if not kept or kept[-1][0] != word:
            kept.append((word, label.text.strip()))
    return _Split(place.area, place.candidates, tuple(kept), place.area is not None or bool(place.candidates))


def split_items(reading: Reading, registry: AreaRegistry, *, whole_file_area: UUID | None) -> Items:
    """Group a reading's records by the words that govern them.

    Records whose labels name no area belong to ``whole_file_area``; where that is None too they
    are taken for the home area and ``area_named`` says that nobody said so.
    """
    default = registry.area(whole_file_area) if whole_file_area is not None else registry.home
    splits: dict[tuple[tuple[LabelCell, ...], str | None], _Split] = {}
    groups: dict[tuple[int, tuple[str, ...], Unit | None, bool], Item] = {}
    raw: dict[tuple[int, tuple[str, ...], Unit | None, bool], tuple[str, ...]] = {}
    result = Items([], [], [], area_named=True)
    for record in reading.records:
        cache_key = (record.labels, record.area_code)
        split = splits.get(cache_key)
        if split is None:
            split = splits[cache_key] = _split(record.labels, record.area_code, registry)
        if split.candidates and split.area is None:
            inside = tuple(area for area in split.candidates if registry.in_home(area))
            (result.ambiguous.append((inside, record)) if inside else result.elsewhere.append(("", record)))
            continue
        area = split.area or default
        if not split.named:
            result.area_named = False
        if not registry.in_home(area):
            result.elsewhere.append((area.name, record))
            continue
        total = bool({Flag.TOTAL, Flag.SHARE} & record.flags)
        words = tuple(word for word, _ in split.labels)
        key = (record.table, words, record.unit, total)
        item = groups.get(key)
        if item is None:
            shown = SEPARATOR.join(text for _, text in split.labels)
            item = groups[key] = Item(record.table, words, frozenset(words), shown, record.unit, total)
            raw[key] = tuple(text for _, text in split.labels)
        item.records.append((area, record))
    _shorten(list(groups.items()), raw)
    result.items = list(groups.values())
    return result


def _shorten(
    groups: list[tuple[tuple[int, tuple[str, ...], Unit | None, bool], Item]],
    raw: dict[tuple[int, tuple[str, ...], Unit | None, bool], tuple[str, ...]],
) -> None:
    """Leave out of each path the labels that every item of its table bears, unless nothing else is left."""
    per_table: Counter[int] = Counter(item.table for _, item in groups)
    shared: dict[int, Counter[str]] = {}
    for _, item in groups:
        shared.setdefault(item.table, Counter()).update(item.words)
    for key, item in groups:
        common = {word for word, count in shared[item.table].items() if count == per_table[item.table]}
        keep = [index for index, word in enumerate(item.path) if word not in common]
        if keep and per_table[item.table] > 1:
            texts = raw[key]
            item.path = tuple(item.path[index] for index in keep)
            item.shown = SEPARATOR.join(texts[index] for index in keep)
