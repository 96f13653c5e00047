"""A target that is changed later never recolours what the board signed off."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from scs_desktop.domain.agencies import Meeting
from scs_desktop.domain.areas import Area, AreaKind, AreaName, AreaRole
from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.domain.periods import financial_year
from scs_desktop.domain.position import Light, StrategyPosition
from scs_desktop.domain.publication import SignOff, SignOffState
from scs_desktop.domain.targets import Target, TargetKind, TargetState
from scs_desktop.store import NewFigure, Store, create_store
from scs_desktop.workflows.overview import overview
from tests.domain.builders import AREA, made_id
from tests.domain.test_what_if import hundred

Q4 = date(2012, 3, 31)


def area() -> Area:
    return Area(AREA, AreaKind.BOROUGH, (AreaName("Barnet"),), role=AreaRole.HOME)


def stored(path: Path) -> Store:
    """Return a store with one indicator: baseline 100, first year 99, direction alone."""
    strategy = hundred()
    snapshot = strategy.snapshot()
    store = create_store(path, kind=StoreKind.EXAMPLE, who="Performance Officer")
    with store.change(kind=ChangeKind.SETUP, summary="Strategy set up", at=datetime(2012, 4, 1, tzinfo=UTC)) as change:
        change.save(
            area(),
            strategy.agency,
            snapshot.strategy,
            *snapshot.priorities,
            *snapshot.indicators.values(),
            *snapshot.definitions.values(),
            *snapshot.series.values(),
            *snapshot.uses,
            *snapshot.baselines.values(),
            *(target for targets in snapshot.targets.values() for target in targets),
            Meeting(made_id("meeting"), Q4, date(2012, 4, 20), date(2012, 5, 3)),
        )
        change.record_figures(
            [NewFigure(one.key, one.measured) for figures in snapshot.figures.values() for one in figures]
        )
    return store


def statuses(position: StrategyPosition) -> dict[str, str]:
    return {row.code: row.status.sentence for priority in position.priorities for row in priority.indicators}


def test_a_target_set_after_the_board_changes_todays_light_and_not_the_signed_one(tmp_path: Path) -> None:
    with stored(tmp_path / "store.scs") as store:
        signed_at = store.changes()[0].number
        printed = statuses(overview(store=store, position=Q4))
        with store.change(kind=ChangeKind.SETUP, summary="Signed off by the board") as change:
            change.save(
                SignOff(
                    made_id("sign-off"), made_id("meeting"), hundred().strategy.id, Q4, signed_at, SignOffState.SIGNED,
                    json.dumps(printed), "", b"%PDF-1.7",
                )
            )  # fmt: skip
        use = hundred().uses["A"].id
        (old,) = (one for one in store.all_of(Target) if one.year == financial_year(2011))
        strict = Target(old.id, use, financial_year(2011), TargetKind.VALUE, TargetState.APPROVED, Decimal(90))
        with store.change(kind=ChangeKind.SETUP, summary="Annual review") as change:
            change.save(strict)

        now = overview(store=store, position=Q4)
        then = overview(store=store, position=Q4, as_at=signed_at)
        (kept,) = store.all_of(SignOff)
    assert now.indicator(use).status.light is Light.RED
    assert then.indicator(use).status.light is Light.AMBER
    assert json.loads(kept.statuses) == printed == statuses(then)
    assert statuses(now) != printed
