"""One question for all the cells it serves: the same doubt down a column is asked once, with its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.records import Problem, Rule

# Doubts about single cells that come in runs; the others are found one by one and each has its own evidence.
_RUNS = frozenset(
    {
        Rule.TWO_FIGURES,
        Rule.ERROR_CELL,
        Rule.NOT_CALCULATED,
        Rule.UNREADABLE_NUMBER,
        Rule.BOOLEAN,
        Rule.UNLABELLED,
        Rule.STALE,
        Rule.OTHER,
    }
)
_GAP = 3


def gathered(problems: Sequence[Problem]) -> list[Problem]:
    """Join problems of one rule that stand beneath each other in the same columns."""
    result: list[Problem] = []
    last: dict[tuple[str, Rule, int, int], int] = {}
    counts: dict[int, int] = {}
    for problem in problems:
        key = (problem.sheet, problem.rule, problem.range.left, problem.range.right)
        place = last.get(key)
        if problem.rule in _RUNS and place is not None:
            first = result[place]
            if 0 <= problem.range.top - first.range.bottom <= _GAP:
                counts[place] = counts.get(place, 1) + 1
                area = Range(first.range.top, first.range.left, problem.range.bottom, first.range.right)
                result[place] = replace(first, range=area)
                continue
        last[key] = len(result)
        result.append(problem)
    for place, count in counts.items():
        found = result[place]
        down = address(found.range.bottom, found.range.right)
        sentence = f"{found.sentence} The same in {count - 1} more cells down to {down}."
        result[place] = replace(found, sentence=sentence)
    return result
