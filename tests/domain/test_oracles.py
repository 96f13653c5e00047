"""The figures of the methods' page that no other test shows, and that the page names only tests that exist."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scs_desktop.domain.comparison import compare_shares, effective_size
from scs_desktop.domain.periods import financial_year
from scs_desktop.domain.position import Light, Status
from scs_desktop.domain.rollup import Rated, RollupRule, roll_up
from scs_desktop.domain.targets import Target, TargetKind, TargetState
from tests.domain.builders import StrategyBuilder, counted, made_id

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "methods" / "oracles.md"


def test_the_share_of_the_improvement_due() -> None:
    path = Target(
        made_id("t"), made_id("u"), financial_year(2013), TargetKind.VALUE, TargetState.APPROVED, Decimal(3059),
        end_of_path=True,
    )  # fmt: skip
    strategy = StrategyBuilder()
    strategy.indicator("1.3", "Residential burglary", counted("3362"), targets=[path])
    strategy.months("1.3", date(2011, 4, 1), [275] * 12)
    details = strategy.row("1.3", date(2012, 3, 31)).status.details
    assert "Share of the improvement due that is reached: 61 %." in details


def test_worst_of_saturates() -> None:
    """With a quarter of indicators red by chance, six of them turn 82 % of priorities red by the worst-of rule."""
    red = 0.0
    for pattern in range(64):
        lights = [Light.RED if pattern >> place & 1 else Light.GREEN for place in range(6)]
        rated = [Rated(str(place), headline=False, status=Status(one, None, "")) for place, one in enumerate(lights)]
        reds = lights.count(Light.RED)
        if roll_up(rated, rule=RollupRule.WORST_OF).light is Light.RED:
            red += 0.25**reds * 0.75 ** (6 - reds)
    assert red == pytest.approx(0.822, abs=0.0005)


@pytest.mark.parametrize(
    ("residents", "rate"),
    [("343091", "75.0 per 1,000 population"), ("356386", "72.2 per 1,000 population")],
)
def test_a_larger_population_alone_moves_every_rate(residents: str, rate: str) -> None:
    """The same 25,729 offences, 3.7 % fewer a thousand by the later count of residents."""
    strategy = StrategyBuilder()
    strategy.denominator("population", residents)
    strategy.indicator("1.1", "Total crime", counted("25135"), per="1000", denominator="population")
    strategy.months("1.1", date(2011, 4, 1), [2144] * 11 + [25729 - 11 * 2144])
    assert strategy.row("1.1", date(2012, 3, 31)).rate_text == rate


def test_a_design_effect_can_undo_a_finding() -> None:
    """A fall from 24 to 18 % on 1,000 answers each is clear; with a design effect of 3 it is not."""
    plain = compare_shares(0.24, 1000, 0.18, 1000)
    clustered = compare_shares(0.24, effective_size(1000, 3), 0.18, effective_size(1000, 3))
    assert (plain.clear_direction, clustered.clear_direction) == (-1, 0)


def test_every_test_that_the_page_names_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", PAGE.read_text(encoding="utf-8"))
    assert len(named) > 50
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not (ROOT / path).exists() or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")
    ]
    assert missing == []
