"""Rating stays quick enough to be done at every change of the position."""

from __future__ import annotations

import random
import time
from datetime import date

from scs_desktop.domain.rating import rate_strategy
from tests.domain.builders import StrategyBuilder, counted

# Some 30 ms on a laptop; the bound leaves room for a busy machine and still catches a change of order.
LIMIT = 0.25


def test_28_indicators_with_20_years_of_months() -> None:
    months = random.Random(1)  # noqa: S311 - invented counts
    strategy = StrategyBuilder(baseline_first=2010, years=13)
    strategy.denominator("population", "343100")
    for index in range(28):
        code = f"{index // 4 + 1}.{index % 4 + 1}"
        strategy.indicator(
            code, f"Crime {index}", counted("2400"), priority=index // 4 + 1, headline=index % 4 == 0, per="1000",
            denominator="population",
        )  # fmt: skip
        strategy.months(code, date(2003, 4, 1), [months.randint(150, 250) for _ in range(240)])
    snapshot = strategy.snapshot(date(2023, 6, 1))
    position = rate_strategy(snapshot, date(2023, 3, 31))
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        rate_strategy(snapshot, date(2023, 3, 31))
        taken.append(time.perf_counter() - start)
    assert position.counts.rated + position.counts.unrated == 28
    assert min(taken) < LIMIT
