"""Rates that stand beside a count: the count is the figure, the printed rate is compared with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.strategy import RatedPart
from scs_desktop.returns.items import Item
from scs_desktop.returns.matching import Assignment

_SAYS_RATE = re.compile(r"\brates?\b|\bper (?:1 ?000|10 ?000|100 ?000|100|thousand|head|capita)\b")
_PER = re.compile(r"\bper\s+(1 000|1000|10 000|10000|100 000|100000|100|thousand)\b")
_NEUTRAL = re.compile(
    r"\b(?:crude )?rates?\b|\bper\b|\b\d+\b|\bthousand\b|\bpopulation\b|\bhouseholds?\b|\bpeople\b|\bpersons\b"
    r"|\bresidents?\b|\bnumbers?\b|\bcounts?\b|\boffences?\b|\bof\b|\brecorded\b|\btotal\b|[()%,]"
)


@dataclass(frozen=True, slots=True)
class RateBeside:
    """A row of rates that is the rate of an assignment's row of counts."""

    counted: Assignment
    rate: Item
    per: Decimal


def _core(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the words that say what is counted, without those that say how."""
    return tuple(word for label in labels if (word := " ".join(_NEUTRAL.sub(" ", label).split())))


def says_rate(item: Item) -> bool:
    """Whether the row is one of rates, by its unit or its words."""
    if item.unit in {Unit.RATE, Unit.RATIO}:
        return True
    return item.unit is not Unit.COUNT and any(_SAYS_RATE.search(word) for word in item.path)


def rates_beside(assignments: Sequence[Assignment], items: Sequence[Item]) -> tuple[RateBeside, ...]:
    """Pair each row of rates that no indicator took with the row of counts that has the same words."""
    taken = {id(item) for one in assignments for item in one.items}
    rates = [item for item in items if id(item) not in taken and says_rate(item)]
    found = []
    for one in assignments:
        if one.wanted.definition.rated is not RatedPart.COUNT or one.summed or not rates:
            continue
        cores = {_core(item.path) for item in one.items}
        for rate in rates:
            core = _core(rate.path)
            if core in cores and (core or rate.table in {item.table for item in one.items}):
                found.append(RateBeside(one, rate, _per(rate, one)))
    return tuple(found)


def _per(rate: Item, counted: Assignment) -> Decimal:
    for word in (*rate.path, *rate.words):
        if match := _PER.search(word):
            return Decimal(1000) if match[1] == "thousand" else Decimal(match[1].replace(" ", ""))
    return counted.wanted.definition.per or Decimal(1000)
