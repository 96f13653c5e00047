"""What tables of one sheet say of each other: side by side, but not of the same time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from scs_desktop.domain.periods import Period
from scs_desktop.returns.grid import Range, address
from scs_desktop.returns.records import Problem, Record, Rule, Table

_LEAST = 3
_MOST_RECORDS = 20_000


def different_times(tables: Sequence[Table], records: Sequence[Record], first: int) -> list[Problem]:
    """Ask once where tables side by side run over periods of one length that are not the same ones.

    ``first`` is the number of the first of the tables.
    """
    if len(tables) < 2 or len(records) > _MOST_RECORDS:  # noqa: PLR2004
        return []
    rows: dict[int, dict[Period, Record]] = {}
    for record in records:
        if record.period is not None:
            rows.setdefault(record.table - first, {}).setdefault(record.period, record)
    for (one, left), (other, right) in pairwise(enumerate(tables)):
        if not _side_by_side(left.range, right.range):
            continue
        mine, theirs = rows.get(one, {}), rows.get(other, {})
        lengths = {period.months for period in (*mine, *theirs)}
        if len(lengths) != 1 or min(len(mine), len(theirs)) < _LEAST or set(mine) == set(theirs):
            continue
        if not set(mine) & set(theirs):
            continue
        at = theirs[min(set(theirs) - set(mine), default=min(theirs))]
        where = Range(at.row, right.range.left, at.row, right.range.left)
        return [
            Problem(
                right.sheet,
                where,
                at.period_label or at.text,
                Rule.OTHER,
                f"The tables side by side are of different times: {_span(mine)} from "
                f"{address(left.range.top, left.range.left)} on, {_span(theirs)} beside it.",
                "Compare them by their periods, not by their rows.",
            )
        ]
    return []


def _span(periods: Iterable[Period]) -> str:
    ordered = sorted(periods)
    return f"{ordered[0].label} to {ordered[-1].label}"


def _side_by_side(left: Range, right: Range) -> bool:
    return (
        (left.right < right.left or right.right < left.left) and left.top <= right.bottom and right.top <= left.bottom
    )
