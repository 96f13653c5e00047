"""Which figures a question about a heading, a row name or a title is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scs_desktop.returns.grid import Range
from scs_desktop.returns.records import Problem, Rule, Table

# Doubts that stand where the words are, though it is the figures beneath or beside that may be read wrongly.
OF_WORDS = frozenset(
    {
        Rule.UNREADABLE_PERIOD,
        Rule.DATE_OUT_OF_RANGE,
        Rule.PERIOD_TWICE,
        Rule.PERIOD_SEQUENCE,
        Rule.AMBIGUOUS_LAYOUT,
        Rule.CUMULATIVE_SUMMED,
        Rule.QUARTER_YEAR,
        Rule.DAY_MONTH_SWAP,
        Rule.SCALE,
        Rule.PERCENT_SCALE,
        Rule.HIDDEN_CELLS,
    }
)


def governed(problem: Problem, tables: Sequence[Table], first_rows: Mapping[int, int]) -> tuple[Range, ...]:
    """Return the cells whose figures the problem is about.

    Args:
        problem: what is asked.
        tables: the reading's tables.
        first_rows: the first row of figures of each table, by its number.

    """
    where = problem.range
    if problem.rule not in OF_WORDS:
        return (where,)
    found = [where]
    mine = [(number, table.range) for number, table in enumerate(tables) if table.sheet == problem.sheet]
    for number, area in mine:
        first = first_rows.get(number, area.top)
        if where.top > area.bottom or where.right < area.left or where.left > area.right:
            continue
        if where.top >= first:
            found.append(Range(where.top, area.left, min(where.bottom, area.bottom), area.right))
        elif where.bottom >= area.top:
            found.append(Range(first, max(where.left, area.left), area.bottom, min(where.right, area.right)))
        elif not any(_nearer(other, where, area) for _, other in mine):
            found.append(area)
    return tuple(found)


def _nearer(other: Range, title: Range, area: Range) -> bool:
    """Whether a table over another is the one that holds the words, or the first beneath them."""
    return title.top <= other.bottom and other.top < area.top and other.left <= area.right and area.left <= other.right
