"""Small numbers kept out of public papers, so that no published total gives them away.

A count of 1 to 4 is not shown. That alone does not hide it: where its neighbours and a total are
printed, it is a subtraction away. So further cells are withheld until an attacker, who knows every
printed figure, every sum among them and the rule itself, finds at least two values possible for
each withheld cell.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Generic, TypeVar

SMALLEST_SHOWN = 5
"""Counts from 1 to one under this are "fewer than 5"."""
SEARCH_STEPS = 4_000
"""Steps an attacker's search may take; where it ends undecided, more is withheld."""

SWING_STEPS, SWING_CELLS = 1_000, 8
"""How long, and through how many cells, an attacker's doubt is looked for by moving cases between hidden cells."""
MOST_SEARCHED = 8
"""Hidden cells among which every filling is tried; of more, those that no move leaves open count as given away."""

Key = TypeVar("Key", bound=Hashable)


class Withheld(StrEnum):
    """Why a cell is not shown."""

    SMALL = "small"
    PROTECTS = "protects"


@dataclass(frozen=True, slots=True)
class Suppressed(Generic[Key]):
    """The cells of a table as they may be published: ``withheld`` names those that may not, with the reason."""

    shown: Mapping[Key, int]
    withheld: Mapping[Key, Withheld]

    def text(self, key: Key) -> str:
        """Return what is printed in the cell."""
        reason = self.withheld.get(key)
        if reason is Withheld.SMALL:
            return f"fewer than {SMALLEST_SHOWN}"
        return "withheld" if reason is Withheld.PROTECTS else f"{self.shown[key]:,}"


def suppress(
    counts: Mapping[Key, int],
    sums: Mapping[Key, tuple[Key, ...]],
    *,
    smallest_shown: int = SMALLEST_SHOWN,
    sensitive: Collection[Key] | None = None,
    kept_back: Collection[Key] = (),
) -> Suppressed[Key]:
    """Withhold small counts, and as many others as hide them.

    Args:
        counts: every cell that would be published, totals included; none negative.
        sums: each total's key with the keys it is the sum of; a total may be part of another.
        smallest_shown: counts from 1 to below this are small.
        sensitive: the cells to which that applies; None for all.
        kept_back: cells that are not published whatever they hold; no sum may give them away either.

    Raises:
        ValueError: a negative count, a sum of unknown cells, or a total that is not the sum of its parts.

    """
    _check(counts, sums)
    withheld = dict.fromkeys(kept_back, Withheld.PROTECTS)
    withheld |= {
        key: Withheld.SMALL
        for key, count in counts.items()
        if 0 < count < smallest_shown and (sensitive is None or key in sensitive)
    }
    # What is open stays open while more is hidden.
    unsure = list(withheld)
    attacker = Attacker(counts, sums, withheld, smallest_shown)
    while unsure:
        if attacker.leaves_open(unsure[-1]):
            unsure.pop()
            continue
        also = _next_to_hide(unsure[-1], counts, sums, withheld)
        if also is not None:
            unsure.insert(0, also)
        else:
            # Nothing is left to hide: the words "fewer than" themselves give it away, and one of them goes.
            also = next(iter(sorted(_called_small(withheld), key=lambda key: (key not in sums, str(key)))), None)
        if also is None:
            break
        withheld[also] = Withheld.PROTECTS
        attacker = Attacker(counts, sums, withheld, smallest_shown)
    return Suppressed({key: count for key, count in counts.items() if key not in withheld}, withheld)


def _check(counts: Mapping[Key, int], sums: Mapping[Key, tuple[Key, ...]]) -> None:
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count is not negative")
    for total, parts in sums.items():
        if total not in counts or any(part not in counts for part in parts):
            raise ValueError("a sum names a cell that is not in the table")
        if counts[total] != sum(counts[part] for part in parts):
            raise ValueError("a total is not the sum of its parts")


def _called_small(withheld: Mapping[Key, Withheld]) -> list[Key]:
    return [key for key, reason in withheld.items() if reason is Withheld.SMALL]


def _next_to_hide(
    given_away: Key,
    counts: Mapping[Key, int],
    sums: Mapping[Key, tuple[Key, ...]],
    withheld: Mapping[Key, Withheld],
) -> Key | None:
    """Return the smallest shown cell beside the one given away; a total only where no part is left to hide."""
    beside: list[tuple[bool, bool, int, str]] = []
    keys: dict[tuple[bool, bool, int, str], Key] = {}
    for total, parts in sums.items():
        group = (*parts, total)
        if given_away in group:
            for key in group:
                if key not in withheld:
                    rank = (key in sums, counts[key] == 0, counts[key], str(key))
                    beside.append(rank)
                    keys[rank] = key
    if not beside:
        # Everything beside it is hidden already: hide what stands furthest from being a total.
        rest = [(key in sums, counts[key] == 0, counts[key], str(key)) for key in counts if key not in withheld]
        keys = {(key in sums, counts[key] == 0, counts[key], str(key)): key for key in counts if key not in withheld}
        beside = rest
    return keys[min(beside)] if beside else None


@dataclass(frozen=True)
class _Equation(Generic[Key]):
    """What the known cells leave for hidden ones: the sum of ``parts``, less the ``total`` if hidden, is ``rest``."""

    parts: tuple[Key, ...]
    total: Key | None
    rest: int

    @cached_property
    def signed(self) -> tuple[tuple[Key, int], ...]:
        """The hidden cells with their signs."""
        return (*((part, 1) for part in self.parts), *(((self.total, -1),) if self.total is not None else ()))

    def off_by(self, moved: Mapping[Key, int]) -> int:
        """Return how far moves of hidden cells are from leaving the sum as it is."""
        return sum(sign * moved[key] for key, sign in self.signed if key in moved)

    @cached_property
    def hidden(self) -> frozenset[Key]:
        """The hidden cells."""
        return frozenset(key for key, _ in self.signed)


class Attacker(Generic[Key]):
    """Someone who reads everything published, knows every sum and the rule, and works out what is hidden."""

    def __init__(
        self,
        counts: Mapping[Key, int],
        sums: Mapping[Key, tuple[Key, ...]],
        withheld: Mapping[Key, Withheld],
        smallest_shown: int = SMALLEST_SHOWN,
    ) -> None:
        """Take what is published; the hidden counts are used only to be told when a guess is new."""
        self._truth = counts
        most = sum(counts.values())
        self._start = {
            key: (1, smallest_shown - 1) if reason is Withheld.SMALL else (0, max(most, smallest_shown))
            for key, reason in withheld.items()
        }
        self._near: list[_Equation[Key]] = []
        self._equations: list[_Equation[Key]] = []
        for total, parts in sums.items():
            unknown = tuple(part for part in parts if part in withheld)
            if unknown or total in withheld:
                known = sum(counts[part] for part in parts if part not in withheld)
                hidden_total = total if total in withheld else None
                rest = (0 if hidden_total is not None else counts[total]) - known
                self._equations.append(_Equation(unknown, hidden_total, rest))

    def leaves_open(self, key: Key) -> bool:
        """Whether at least one other value than the true one is possible for the hidden cell."""
        self._near = self._around(key)
        cells = {key, *(cell for equation in self._near for cell in equation.hidden)}
        if self._swings(key):
            return True
        domains = self._narrowed({cell: self._start[cell] for cell in cells})
        if domains is None or len(cells) > MOST_SEARCHED:
            return False
        low, high = domains[key]
        truth = self._truth[key]
        near = sorted((value for value in range(low, high + 1) if value != truth), key=lambda value: abs(value - truth))
        self._left = SEARCH_STEPS
        return any(self._possible({**domains, key: (value, value)}) for value in near[:50])

    def _swings(self, key: Key) -> bool:
        """Whether the cell could be one more or less, and others make up for it, without a change in what is shown."""
        for step in (1, -1):
            self._left = SWING_STEPS
            if self._may_be(key, step) and self._settled(key, {key: step}, SWING_CELLS):
                return True
        return False

    def _settled(self, key: Key, moved: dict[Key, int], depth: int) -> bool:
        """Whether cells around can make up for those moved, at most so many more of them."""
        self._left -= 1
        off = next((one for one in self._near if one.off_by(moved)), None)
        if off is None:
            return True
        if self._left < 0 or not depth:
            return False
        for cell, sign in off.signed:
            step = moved.get(cell, 0) + (-1 if off.off_by(moved) * sign > 0 else 1)
            if cell != key and self._may_be(cell, step) and self._settled(key, {**moved, cell: step}, depth - 1):
                return True
        return False

    def _may_be(self, key: Key, step: int) -> bool:
        low, high = self._start[key]
        return low <= self._truth[key] + step <= high

    def _around(self, key: Key) -> list[_Equation[Key]]:
        """Return the equations that bear on a hidden cell, through other hidden cells or at once."""
        found: list[_Equation[Key]] = []
        reached, rest = {key}, list(self._equations)
        while True:
            touching = [equation for equation in rest if not reached.isdisjoint(equation.hidden)]
            if not touching:
                return found
            found += touching
            rest = [equation for equation in rest if equation not in touching]
            reached |= {cell for equation in touching for cell in equation.hidden}

    def _possible(self, domains: dict[Key, tuple[int, int]]) -> bool:
        """Whether some filling of the hidden cells fits; undecided counts as no."""
        self._left -= 1
        if self._left < 0:
            return False
        narrowed = self._narrowed(domains)
        if narrowed is None:
            return False
        free = [key for key, (low, high) in narrowed.items() if low < high]
        if not free:
            return True
        key = min(free, key=lambda one: narrowed[one][1] - narrowed[one][0])
        low, high = narrowed[key]
        truth = min(max(self._truth[key], low), high)
        values = sorted(range(low, high + 1), key=lambda value: abs(value - truth))
        return any(self._possible({**narrowed, key: (value, value)}) for value in values)

    def _narrowed(self, domains: dict[Key, tuple[int, int]]) -> dict[Key, tuple[int, int]] | None:
        """Return the ranges that the equations leave, or None where they contradict."""
        ranges = dict(domains)
        changed = True
        while changed:
            changed = False
            for equation in self._near:
                signed, rest = equation.signed, equation.rest
                lows = sum(ranges[key][0] if sign > 0 else -ranges[key][1] for key, sign in signed)
                highs = sum(ranges[key][1] if sign > 0 else -ranges[key][0] for key, sign in signed)
                if not lows <= rest <= highs:
                    return None
                for key, sign in signed:
                    low, high = ranges[key]
                    if sign > 0:
                        new = (max(low, rest - (highs - high)), min(high, rest - (lows - low)))
                    else:
                        new = (max(low, lows + high - rest), min(high, highs + low - rest))
                    if new[0] > new[1]:
                        return None
                    if new != (low, high):
                        ranges[key] = new
                        changed = True
                        lows = sum(ranges[one][0] if side > 0 else -ranges[one][1] for one, side in signed)
                        highs = sum(ranges[one][1] if side > 0 else -ranges[one][0] for one, side in signed)
        return ranges
