"""How often the check on a figure's level asks in vain, and which slips it finds, over real monthly series.

Run it by hand on the Metropolitan Police's monthly counts by borough (three label columns, then a
column a month)::

    python3 tests/benchmarks/arrival_checks.py FILE.csv

For each series (borough and offence row) whose median is 20 a month or more, and each month from
the 25th on, the month is judged by the 24 before it, as it came and with a slip put in: ten times
too large, ten times too small, a nought, and the year to date pasted as the month, from July on.
The months of the lockdowns are counted apart: what is asked there is rightly asked.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scs_desktop.domain.arrival import WINDOW, outlier

LABELS = 3
LEAST_LEVEL = 20
YEAR = 12
FIRST_CUMULATED = 3
LOCKDOWNS = range(120, 135)
"""April 2020 to June 2021, counted from the file's first month, April 2010."""
MOST_FALSE_ALARMS = 0.015
LEAST_FOUND = 0.97
AS_IT_CAME = "as it came"


def read_series(path: Path) -> Iterator[list[Decimal]]:
    """Yield the monthly counts of each row that has a level worth judging."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            counts = [Decimal(one or 0) for one in row[LABELS:]]
            if statistics.median(counts) >= LEAST_LEVEL:
                yield counts


def slips(counts: list[Decimal], place: int) -> Iterator[tuple[str, Decimal]]:
    """Yield the month at the place with each slip put in; the series starts in April."""
    value = counts[place]
    yield "ten times too large", value * 10
    yield "ten times too small", (value / 10).to_integral_value()
    yield "nought", Decimal(0)
    if place % YEAR >= FIRST_CUMULATED:
        yield "year to date as a month", sum(counts[place - place % YEAR : place + 1], Decimal(0))


def measure(path: Path) -> tuple[Counter[str], Counter[str], int]:
    """Return how many figures of each kind were judged, how many were asked about, and the number of series."""
    judged: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    number = 0
    for counts in read_series(path):
        number += 1
        for place in range(WINDOW, len(counts)):
            history = counts[place - WINDOW : place]
            if statistics.median(history) < LEAST_LEVEL:
                continue
            came = "as it came, lockdowns" if place in LOCKDOWNS else AS_IT_CAME
            for name, value in ((came, counts[place]), *slips(counts, place)):
                judged[name] += 1
                asked[name] += outlier(history, value) is not None
    return judged, asked, number


def main() -> int:
    """Print the table; end with 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    judged, asked, number = measure(parser.parse_args().file)
    lines = [f"{number} series"]
    missed = False
    for name, count in sorted(judged.items()):
        share = asked[name] / count
        good = share <= MOST_FALSE_ALARMS if name == AS_IT_CAME else share >= LEAST_FOUND or name.startswith(AS_IT_CAME)
        missed = missed or not good
        lines.append(f"{name:<26}{count:>8} judged  {share:>7.2%} asked{'' if good else '  goal missed'}")
    sys.stdout.write("\n".join(lines) + "\n")
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
