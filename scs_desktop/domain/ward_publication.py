"""Which wards' counts a public paper may hold, given all that the year's papers before it held.

A year's counts only rise from month to month. So a later paper, which shows what an earlier one
withheld beside, could give the earlier count away: the year is gone through from its first month on,
as if every month's paper had been published, and a ward stays withheld as long as that is so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scs_desktop.domain.suppression import SMALLEST_SHOWN, Suppressed, Withheld, suppress

ELSEWHERE = "no ward known"
TOTAL = "borough"


@dataclass(frozen=True, slots=True)
class YearSoFar:
    """Counts from the year's beginning to the end of a month: by ward, and of the borough."""

    wards: Mapping[str, int]
    total: int

    def cells(self) -> dict[str, int]:
        """Every cell that a paper would hold; offences without a ward only where there are any."""
        rest = self.total - sum(self.wards.values())
        return {**self.wards, **({ELSEWHERE: rest} if rest else {}), TOTAL: self.total}


def withheld_in_year(months: Sequence[YearSoFar], *, smallest_shown: int = SMALLEST_SHOWN) -> Suppressed[str]:
    """Return what the paper of the last of the months may hold, the earlier ones' papers being known.

    Raises:
        ValueError: no month, or a total under the sum of its wards.

    """
    if not months:
        raise ValueError("a year so far has a month")
    papers: list[Suppressed[str]] = []
    for number, month in enumerate(months):
        kept_back: set[str] = set()
        while True:
            paper = _paper(month, kept_back, smallest_shown)
            year = _Year(months[: number + 1], [*papers, paper], smallest_shown)
            given_away = year.given_away()
            if given_away is None:
                break
            shown = [key for key in paper.shown if key != TOTAL]
            # What was withheld beside it then stays withheld; for this month's own counts any other will do.
            beside = [key for key in shown if given_away < number and key in papers[given_away].withheld]
            choices = beside or shown
            if not choices:
                paper = _nothing(month, paper)
                break
            kept_back.add(min(choices, key=lambda key: (paper.shown[key] == 0, paper.shown[key], key)))
        papers.append(paper)
    return papers[-1]


def _paper(month: YearSoFar, kept_back: set[str], smallest_shown: int) -> Suppressed[str]:
    """Return what one paper may hold by itself.

    The borough's total stands in other papers too: where hiding wards beside it is not enough, no ward is shown.
    """
    cells = month.cells()
    parts = tuple(key for key in cells if key != TOTAL)
    found = suppress(cells, {TOTAL: parts}, smallest_shown=smallest_shown, kept_back=kept_back)
    return found if TOTAL in found.shown else _nothing(month, found)


def _nothing(month: YearSoFar, paper: Suppressed[str]) -> Suppressed[str]:
    cells = month.cells()
    hidden = {key: Withheld.PROTECTS for key in cells if key != TOTAL}
    if TOTAL in paper.shown:
        return Suppressed({TOTAL: cells[TOTAL]}, hidden)
    return Suppressed({}, hidden | {TOTAL: paper.withheld[TOTAL]})


class _Year:
    """The papers of a year together, as someone reads them who knows that counts never fall and wards add up."""

    def __init__(self, months: Sequence[YearSoFar], papers: Sequence[Suppressed[str]], smallest_shown: int) -> None:
        self._cells = [month.cells() for month in months]
        self._papers = papers
        self._most_small = smallest_shown - 1

    def given_away(self) -> int | None:
        """Return the first month with a withheld count of which no other value is shown to be possible, if any."""
        for number, paper in enumerate(self._papers):
            hidden = [key for key in paper.withheld if key != TOTAL]
            if any(not self._open(key, hidden, number) for key in hidden):
                return number
        return None

    def _open(self, key: str, hidden: Sequence[str], number: int) -> bool:
        """Whether one offence may belong to another withheld ward instead, over some months round this one."""
        return any(
            self._moves(key, other, step, first, last)
            for other in hidden
            if other != key
            for step in (1, -1)
            for first in range(number, -1, -1)
            for last in range(number, len(self._papers))
        )

    def _moves(self, key: str, other: str, step: int, first: int, last: int) -> bool:
        return self._fits(key, step, first, last) and self._fits(other, -step, first, last)

    def _fits(self, key: str, step: int, first: int, last: int) -> bool:
        """Whether the ward's counts, moved by the step over the months, are still possible."""
        for at in range(first, last + 1):
            reason = self._papers[at].withheld.get(key)
            count = self._count(key, at) + step
            if reason is None or count < 0 or (reason is Withheld.SMALL and not 1 <= count <= self._most_small):
                return False
        if step < 0:
            return first == 0 or self._count(key, first) + step >= self._count(key, first - 1)
        return last + 1 == len(self._papers) or self._count(key, last) + step <= self._count(key, last + 1)

    def _count(self, key: str, at: int) -> int:
        return self._cells[at].get(key, 0)
