"""Rows that belong to the row above them: limits of an interval, “±”, sample sizes, a rate under each count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from scs_desktop.returns.notation.text import tidy, without_footnotes
from scs_desktop.returns.tables.stubs import Stub

_INTERVAL = re.compile(
    r"\W*(?:(?:±|\+/-).{0,20}|(?:(?:9\d(?:\.\d)?\s?%?\s?)?(?:ci|confidence)\s?(?:interval|limit)?s?\W*)?(?:lower|upper)"
    r"(?:\s(?:9\d(?:\.\d)?\s?%?|ci|c\.i\.|confidence|limit|bound|interval|estimate|end))*"
    r"|(?:9\d(?:\.\d)?\s?%?\s?)(?:ci|c\.i\.|confidence|lower|upper).*|(?:confidence|lower|upper)\s(?:interval|limit|bound|ci|9\d).*"
    r"|[lu]ci(?:\s?9\d)?|[lu]cl|margin of error|(?:standard|sampling) error|s\.?e\.?|std\.? (?:error|dev\w*))\W*"
)
_LONGEST_TABLE = 3000
_LEAST_OWNERS = 2

Key = tuple[object, ...]


@lru_cache(maxsize=8192)
def is_interval(text: str) -> bool:
    """Whether a name is that of an interval's limit or width and of nothing else."""
    words = without_footnotes(tidy(text)).casefold()
    if words in {"lower", "upper"} or not words:
        return bool(words)
    return "±" in words or "+/-" in words or _INTERVAL.fullmatch(words) is not None


def with_owners(stubs: list[Stub]) -> list[Stub]:
    """Give rows that name only a limit or a measure of the row above them that row's name too."""
    if len(stubs) > _LONGEST_TABLE:
        return stubs
    result: list[Stub] = []
    for _, group in groupby(stubs, key=lambda stub: tuple(label.text for label in stub.labels[:-1])):
        result.extend(_owned(list(group)))
    return result


def _owned(stubs: Sequence[Stub]) -> list[Stub]:
    keys: list[Key | None] = [_key(stub) for stub in stubs]
    repeated = _repeated(keys)
    owner: Stub | None = None
    result = []
    for stub, key in zip(stubs, keys, strict=True):
        interval = bool(stub.labels) and is_interval(stub.labels[-1].text)
        if not interval and key not in repeated:
            owner = stub if stub.labels and key is not None else None
            result.append(stub)
            continue
        if owner is None:
            result.append(replace(stub, interval=interval))
            continue
        labels = (*stub.labels[:-1], owner.labels[-1], stub.labels[-1])
        code = stub.area_code or owner.area_code
        periods = stub.periods or owner.periods
        cells = stub.period_cells or owner.period_cells
        result.append(
            replace(stub, labels=labels, area_code=code, periods=periods, period_cells=cells, interval=interval)
        )
    return result


def _key(stub: Stub) -> Key | None:
    if not stub.labels:
        return None
    return (stub.labels[-1].text.casefold(), tuple(token.text for token in stub.periods), stub.area_code)


def _repeated(keys: Sequence[Key | None]) -> frozenset[Key]:
    """Names that come again, all of them in one order, under each of several names that come once."""
    counts = Counter(key for key in keys if key is not None)
    again = {key for key, count in counts.items() if count > 1}
    if not again or None in keys or keys[0] in again:
        return frozenset()
    tails: list[tuple[Key, ...]] = []
    tail: list[Key] = []
    for key in keys[1:]:
        if key in again and key is not None:
            tail.append(key)
        else:
            tails.append(tuple(tail))
            tail = []
    tails.append(tuple(tail))
    filled = [found for found in tails if found]
    if len(filled) < _LEAST_OWNERS or len(set(filled)) > 1 or len(filled) * 4 < len(tails) * 3:
        return frozenset()
    return frozenset(again)
