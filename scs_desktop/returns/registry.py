"""Names and codes of areas, looked up the way partners write them.

A ward's name is a key only inside its borough, because ward names repeat across boroughs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from scs_desktop.domain.areas import Area, AreaKind
from scs_desktop.returns.labels import plain

_GSS = re.compile(r"\b[EWSNK]\d{8}\b")
_COUNCIL = re.compile(
    r"^(?:the )?(?:london borough|royal borough|borough|city) of |\b(?: london)? (?:borough|council|lb|rb)$|^lb "
)
_WARD = re.compile(r" ward$")


@dataclass(frozen=True, slots=True)
class Place:
    """What a text says of an area: which one, the several it may be, or the code of one that is not known."""

    area: Area | None
    candidates: tuple[Area, ...] = ()
    unknown: str = ""


def _reordered(name: str) -> str:
    """``city of london`` for ``london, city of`` (after folding)."""
    head, comma, tail = name.partition(",")
    return f"{tail.strip()} {head.strip()}" if comma else name


def _existed(area: Area, on: date | None) -> bool:
    if on is None:
        return area.valid_to is None
    return (area.valid_from is None or area.valid_from <= on) and (area.valid_to is None or on <= area.valid_to)


class AreaRegistry:
    """All areas the store knows, with the partnership's home among them."""

    def __init__(self, areas: tuple[Area, ...], home: UUID) -> None:
        """Index the areas by code and by comparable name."""
        self._by_id = {area.id: area for area in areas}
        self.home = self._by_id[home]
        self._codes = {code.code.upper(): area for area in areas for code in area.codes}
        self._names: defaultdict[str, list[Area]] = defaultdict(list)
        for area in areas:
            for name in area.names:
                for text in {self._fold(name.text), plain(name.text)}:
                    if area not in self._names[text]:
                        self._names[text].append(area)
        self._cache: dict[str, tuple[Area, ...]] = {}
        starts = {area.valid_from for area in areas if area.valid_from is not None}
        ends = {area.valid_to + timedelta(days=1) for area in areas if area.valid_to is not None}
        self._turns = sorted(starts | ends)

    @staticmethod
    def _fold(text: str) -> str:
        return _WARD.sub("", _COUNCIL.sub("", plain(_reordered(text)))).strip()

    def area(self, identity: UUID) -> Area:
        """Return the area of the identity. Raises KeyError for an unknown one."""
        return self._by_id[identity]

    def by_code(self, code: str) -> Area | None:
        """Return the area that bears or bore the code."""
        found = _GSS.search(code.upper())
        return self._codes.get(found.group() if found else code.strip().upper())

    def in_home(self, area: Area) -> bool:
        """Whether the area is the home area or lies inside it."""
        return self.home.id in (area.id, area.parent)

    def named(self, text: str) -> tuple[Area, ...]:
        """Return every area the text may name: whole text, or "Borough - Ward"."""
        if text in self._cache:
            return self._cache[text]
        found = tuple(self._names.get(plain(text), ())) or tuple(self._names.get(self._fold(text), ()))
        if not found and (" - " in text or ":" in text):
            parent_text, _, child_text = re.split(r"( - |:)", text, maxsplit=1)
            parents = {area.id for area in self._names.get(self._fold(parent_text), ())}
            found = tuple(area for area in self._names.get(self._fold(child_text), ()) if area.parent in parents)
        self._cache[text] = found
        return found

    def era(self, on: date | None) -> int:
        """Return a number that is the same for two days between which no area began or ended; None is today's."""
        return len(self._turns) if on is None else bisect_right(self._turns, on)

    def place(self, texts: tuple[str, ...], code: str | None, *, on: date | None = None) -> Place:
        """Return the area that a cell's labels and code name together.

        The code decides where it is known; one that is not known is that of a place in the other
        borough named with it, or of an area not known. Otherwise the narrowest named area inside
        the others that are named with it; several equals are candidates, and the officer is asked.
        A ward's name beside a borough without such a ward is a place in that borough, whatever ward
        elsewhere bears the name. Of several wards of one name the one holds that existed ``on`` the
        day; without a day, the one that exists.
        """
        if code is not None and (coded := self.by_code(code)) is not None:
            return Place(coded)
        named = [found for text in texts if (found := self.named(text))]
        if code is not None and _GSS.fullmatch(code.strip().upper()):
            others = {area.id: area for found in named for area in found if not self.in_home(area)}
            return Place(next(iter(others.values()))) if len(others) == 1 else Place(None, unknown=code.strip())
        if not named:
            return Place(None)
        boroughs = {area.id: area for found in named for area in found if area.kind is AreaKind.BOROUGH}
        wards = [area for found in named for area in found if area.kind is AreaKind.WARD]
        inside = [area for area in wards if area.parent in boroughs]
        if not inside and len(boroughs) == 1:
            return Place(next(iter(boroughs.values())))
        inside = inside or wards
        current = [area for area in inside if _existed(area, on)] or inside
        if len({area.id for area in current}) == 1:
            return Place(current[0])
        if current:
            return Place(None, tuple(current))
        whole = {area.id: area for found in named for area in found}
        return Place(next(iter(whole.values()))) if len(whole) == 1 else Place(None, tuple(whole.values()))
