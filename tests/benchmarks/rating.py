"""How long it takes to rate and roll up a whole strategy: 28 indicators, 20 years of months, borough and 21 wards.

    python -m tests.benchmarks.rating

Prints milliseconds of the processor and by the clock, warm (the best of several rounds after a
first), for three things: the strategy's lights, rollups, outlooks and process charts; the ward tables
of all indicators; and both together, against a goal of 50 ms of the processor. Beside it stands a peer
measured in the same run, which tells how busy the machine is: the same numbers written to JSON text and
read back by the standard library.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from scs_desktop.domain.periods import financial_year, months_between
from scs_desktop.domain.places import Places, WardFigures, places_of
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.snapshot import Snapshot
from tests.domain.builders import StrategyBuilder, counted, made_id

INDICATORS = 28
WARDS = 21
MONTHS = 240
GOAL = 50.0
ROUNDS = 9
POSITION = date(2022, 12, 31)
KNOWN_ON = date(2023, 1, 31)
HOUSEHOLDS = Decimal(6500)


def strategy() -> tuple[Snapshot, dict[str, list[WardFigures]]]:
    """Return invented figures: the borough's snapshot, and by indicator each ward's months."""
    chance = random.Random(20)  # noqa: S311 - invented counts, the same every time
    made = StrategyBuilder(baseline_first=2010, years=13, known_on=KNOWN_ON)
    made.denominator("population", "343100")
    wards: dict[str, list[WardFigures]] = {}
    run = months_between(date(2003, 1, 1), POSITION)
    for index in range(INDICATORS):
        code = f"{index // 4 + 1}.{index % 4 + 1}"
        made.indicator(
            code, f"Crime {index}", counted("2400"), priority=index // 4 + 1, headline=index % 4 == 0, per="1000",
            denominator="population",
        )  # fmt: skip
        rows = [[chance.randint(4, 16) for _ in range(MONTHS)] for _ in range(WARDS)]
        made.months(code, date(2003, 1, 1), [sum(month) for month in zip(*rows, strict=True)])
        wards[code] = [
            WardFigures(
                made_id(code, number), f"Ward {number:02}", 0, HOUSEHOLDS, None, tuple(zip(run, months, strict=True))
            )
            for number, months in enumerate(rows)
        ]
    return made.snapshot(KNOWN_ON), wards


def rate_wards(wards: dict[str, list[WardFigures]]) -> list[Places]:
    """Judge the last 12 months of every ward for every indicator; the small charts are another page's."""
    year = financial_year(2022)
    return [
        places_of(
            code,
            year,
            [replace(ward, count=sum(count or 0 for _, count in ward.months[-12:]), months=()) for ward in rows],
            exposure_name="households",
        )
        for code, rows in wards.items()
    ]


class Taken(NamedTuple):
    """Milliseconds of the processor and by the clock."""

    processor: float
    wall: float


def once(what: Callable[[], object]) -> Taken:
    """Return what one round takes."""
    wall, processor = time.perf_counter(), time.process_time()
    what()
    return Taken((time.process_time() - processor) * 1000, (time.perf_counter() - wall) * 1000)


def best(what: Callable[[], object]) -> Taken:
    """Return what the quickest round takes, after one that warms up."""
    what()
    rounds = [once(what) for _ in range(ROUNDS)]
    return Taken(min(one.processor for one in rounds), min(one.wall for one in rounds))


def main() -> int:
    """Measure and print; 1 where the goal is missed."""
    snapshot, wards = strategy()
    numbers = [[(period.label, count) for period, count in ward.months] for rows in wards.values() for ward in rows]
    cold = once(lambda: rate_strategy(snapshot, POSITION))
    lights = best(lambda: rate_strategy(snapshot, POSITION))
    places = best(lambda: rate_wards(wards))
    both = best(lambda: (rate_strategy(snapshot, POSITION), rate_wards(wards)))
    peer = best(lambda: json.loads(json.dumps(numbers)))
    sys.stdout.write(f"{INDICATORS} indicators, {MONTHS} months, borough and {WARDS} wards; processor, clock\n")
    for name, value in (
        ("lights of the strategy, first time", cold),
        ("lights of the strategy, warm", lights),
        ("ward tables", places),
        ("both together", both),
        ("peer: the wards' figures to JSON and back", peer),
    ):
        sys.stdout.write(f"  {name:<42} {value.processor:8.1f} ms {value.wall:8.1f} ms\n")
    met = both.processor < GOAL
    share = both.processor / peer.processor
    sys.stdout.write(f"  goal {GOAL:.0f} ms: {'met' if met else 'missed'}; {share:.2f} of the peer\n")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main())
