"""How well a row's words fit an indicator's names and the parts of its figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scs_desktop.domain.agencies import Series
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.strategy import Adding, Definition, RatedPart
from scs_desktop.returns.items import Item
from scs_desktop.returns.labels import undated

EXACT = 100
BESIDE = 61
"""Score of a row of counts that stands beside the figure, whatever its words."""

_PART_WORDS: dict[Part, frozenset[str]] = {
    Part.SAMPLE_SIZE: frozenset(
        {"sample size", "sample", "base", "unweighted base", "n", "number of respondents", "respondents", "n ="}
    ),
    Part.PREDICTED: frozenset(
        {"predicted rate", "predicted", "predicted rate of re offending", "predicted %", "expected rate", "expected"}
    ),
    Part.DENOMINATOR: frozenset({"denominator", "cohort size", "cohort", "number in cohort", "size of cohort"}),
    Part.NUMERATOR: frozenset({"numerator"}),
}
ALL_PART_WORDS = frozenset().union(*_PART_WORDS.values())
_UNIT_BEHIND = re.compile(r"\s*\([^()]*\)$")
WHOLE_WORDS = frozenset({"total", "all", "overall"})
_COMMON_WORDS = frozenset(
    (  # noqa: SIM905  a list of words reads better than forty quoted ones
        "of the in a an and or to for by with on from number total all rate per cent percent reported recorded "
        "offences offence incidents incident crime crimes cases people measure area this is are"
    ).split()
)
"""Words that half the rows of any return share; two labels are not alike for having them in common."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A series that the agency's returns may hold, with the names it may go by.

    Attributes:
        beside_another: the agency has another series of the same indicator, which is the preferred one. A row of
            the indicator's name is that one's, and this one's only where the officer says so.

    """

    series: Series
    definition: Definition
    code: str
    name: str
    names: tuple[str, ...]
    beside_another: bool = False

    def takes_unasked(self, item: Item) -> bool:
        """Whether a row that bears one of the names, word for word, needs no question."""
        return not self.beside_another or undated(self.series.data_set) in item.words

    @property
    def unit(self) -> Unit:
        """Return the unit its rows are in."""
        return {
            RatedPart.COUNT: Unit.COUNT,
            RatedPart.RATE: Unit.RATE,
            RatedPart.PERCENT: Unit.PERCENT,
            RatedPart.PERCENT_AGAINST_PREDICTED: Unit.PERCENT,
        }[self.definition.rated]

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return the parts a return may bring for it, the figure itself first."""
        if self.definition.rated is RatedPart.PERCENT_AGAINST_PREDICTED:
            return (Part.VALUE, Part.PREDICTED, Part.DENOMINATOR)
        if self.definition.rated is RatedPart.PERCENT:
            if self.definition.over_time is Adding.RATIO_OF_SUMS:
                return (Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR)
            return (Part.VALUE, Part.SAMPLE_SIZE if self.series.survey else Part.DENOMINATOR)
        if self.definition.rated is RatedPart.RATE:
            return (Part.VALUE, Part.NUMERATOR, Part.DENOMINATOR)
        return (Part.VALUE,)


def fits(item: Item, wanted: Wanted, part: Part) -> bool:
    """Whether the item's unit can be that of the part."""
    if part in {Part.VALUE, Part.PREDICTED}:
        unit = wanted.unit
        return item.unit is None or item.unit is unit or {item.unit, unit} == {Unit.RATE, Unit.RATIO}
    return item.unit in {None, Unit.COUNT}


@lru_cache(maxsize=50_000)
def _telling(text: str) -> str:
    """Return the words that tell a label from others; the whole text where it has none."""
    return " ".join(word for word in text.split() if word not in _COMMON_WORDS) or text


@lru_cache(maxsize=200_000)
def _alike(left: str, right: str) -> int:
    from rapidfuzz import fuzz

    return round(0.6 * fuzz.token_set_ratio(left, right) + 0.4 * fuzz.ratio(left, right))


def score(item: Item, wanted: Wanted) -> int:
    """Return how well the item's words fit the names of the series, 0 to 100.

    100 means that a label is one of the names, word for word.
    """
    names = [undated(name) for name in wanted.names]
    if any(word in names for word in item.words):
        return EXACT
    telling = [_telling(name) for name in names]
    texts = [_telling(word) for word in item.words] + [_telling(" ".join(item.path))]
    return max(0, max((_alike(text, name) for text in texts for name in telling), default=0) - 3)


def says_part(item: Item, part: Part | None = None) -> bool:
    """Whether a label of the item names the part (any part if None) in so many words."""
    words = _PART_WORDS.get(part, frozenset()) if part is not None else ALL_PART_WORDS
    return any(_bare(word) in words for word in item.path)


def _bare(word: str) -> str:
    """Return a label without the unit in brackets behind it."""
    return word if word in ALL_PART_WORDS else _UNIT_BEHIND.sub("", word).strip("()% ")


def part_candidates(items: Sequence[Item], wanted: Wanted, part: Part, value: Sequence[Item]) -> list[tuple[int, Item]]:
    """Return rows that may be a part of the figure other than the figure itself, the best first.

    A row that says the part in so many words and otherwise stands with the value's row is
    certain; without such a row, one that bears the indicator's own name beside the part's. Else,
    where the share of the year needs its counts, the rows of counts that stand in the value's table
    are offered, those named like what is counted first.
    """
    named = []
    names = {undated(name) for name in wanted.names}
    for item in items:
        if fits(item, wanted, part) and says_part(item, part):
            rest = {word for word in item.path if _bare(word) not in ALL_PART_WORDS}
            stands_with = any(rest <= other.words and (rest or item.table == other.table) for other in value)
            if stands_with or (not value and rest & names):
                named.append((EXACT, item))
    if (
        named
        or part not in {Part.NUMERATOR, Part.DENOMINATOR}
        or wanted.definition.over_time is not Adding.RATIO_OF_SUMS
    ):
        return named
    name = wanted.definition.denominator if part is Part.DENOMINATOR else wanted.definition.counted_noun
    tables = {item.table for item in value}
    beside = [
        (max(BESIDE, max((_alike(word, undated(name)) for word in item.path), default=0) - 3 if name else BESIDE), item)
        for item in items
        if item.table in tables and item.unit is Unit.COUNT and not item.total and item not in value
    ]
    return sorted(beside, key=lambda pair: -pair[0])
