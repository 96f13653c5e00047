"""All that the store knew of one strategy at one moment, in a number of questions that never grows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from scs_desktop.domain.agencies import Agency, ExpectedReturn, Meeting, Series
from scs_desktop.domain.areas import Area
from scs_desktop.domain.breaks import SeriesBreak
from scs_desktop.domain.cohorts import CohortPair
from scs_desktop.domain.cost import CostTable
from scs_desktop.domain.decisions import Decision
from scs_desktop.domain.errors import RefusedError
from scs_desktop.domain.figures import Figure
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.publication import PublicationRule, SignOffState, SignOffSummary
from scs_desktop.domain.rollup import PriorityOverride, RollupChoice
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import (
    Action,
    Commentary,
    Definition,
    Denominator,
    HeadlineMeasure,
    Indicator,
    IndicatorUse,
    Priority,
    Strategy,
)
from scs_desktop.domain.targets import Baseline, Target
from scs_desktop.store.entities import load, seen_at
from scs_desktop.store.figures import figures_where, open_at
from scs_desktop.store.imports import imports_at
from scs_desktop.store.tables.record import SignOffTable
from scs_desktop.store.tables.strategy import IndicatorUseTable, PriorityTable

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase


def snapshot_of(
    database: StoreDatabase, strategy_id: UUID, *, kind: StoreKind, cut: int | None, known_on: date
) -> Snapshot:
    """Return the strategy, what it uses, and the home area's figures of its series, as seen at the cut.

    Figures come without their source cells, which are asked for one figure at a time.

    Raises:
        RefusedError: no such strategy was known then.

    """
    found = load(database, Strategy, cut, lambda table: table.id == str(strategy_id))
    if not found:
        raise RefusedError("There is no such strategy in this store at that moment.")
    strategy = found[0]
    mine = str(strategy_id)
    of_strategy = _column_is("strategy", mine)
    uses = load(database, IndicatorUse, cut, of_strategy)
    baselines = load(database, Baseline, cut, _use_of(mine, cut))
    targets: dict[UUID, list[Target]] = defaultdict(list)
    for one in load(database, Target, cut, _use_of(mine, cut)):
        targets[one.use].append(one)
    actions = load(database, Action, cut, _priority_of(mine, cut))
    commentary = load(database, Commentary, cut, _priority_of(mine, cut))
    return Snapshot(
        kind=kind,
        known_on=known_on,
        as_at=cut,
        strategy=strategy,
        priorities=tuple(sorted(load(database, Priority, cut, of_strategy), key=lambda one: one.number)),
        uses=tuple(sorted(uses, key=lambda one: (one.order, one.code))),
        indicators={one.id: one for one in load(database, Indicator, cut)},
        definitions={one.id: one for one in load(database, Definition, cut)},
        series={one.id: one for one in load(database, Series, cut)},
        agencies={one.id: one for one in load(database, Agency, cut)},
        areas={one.id: one for one in load(database, Area, cut)},
        expected=tuple(load(database, ExpectedReturn, cut)),
        baselines={one.use: one for one in baselines},
        targets={use: tuple(sorted(some, key=lambda one: one.year.start)) for use, some in targets.items()},
        denominators=tuple(sorted(load(database, Denominator, cut), key=lambda one: (one.name, str(one.year_start)))),
        headlines=tuple(sorted(load(database, HeadlineMeasure, cut, of_strategy), key=lambda one: one.order)),
        decisions=tuple(load(database, Decision, cut)),
        figures=_home_figures(database, strategy, cut),
        actions=tuple(sorted(actions, key=lambda one: (str(one.priority), one.order))),
        commentary=tuple(sorted(commentary, key=lambda one: one.position)),
        meetings=tuple(sorted(load(database, Meeting, cut), key=lambda one: one.meeting)),
        imports={one.id: one for one in imports_at(database, cut)},
        breaks=tuple(sorted(load(database, SeriesBreak, cut), key=lambda one: one.on)),
        rollups={one.priority: one for one in load(database, RollupChoice, cut, _priority_of(mine, cut))},
        overrides=tuple(
            sorted(load(database, PriorityOverride, cut, _priority_of(mine, cut)), key=lambda one: one.position)
        ),
        signed=tuple(one for one in sign_offs_at(database, cut) if one.strategy == strategy_id),
        costs=next(iter(load(database, CostTable, cut)), None),
        cohort_pairs=tuple(sorted(load(database, CohortPair, cut, of_strategy), key=lambda one: one.name)),
        publication=tuple(load(database, PublicationRule, cut)),
    )


def sign_offs_at(database: StoreDatabase, cut: int | None) -> tuple[SignOffSummary, ...]:
    """Return the sign-offs as seen at the cut, by position, without their papers, which are large."""
    table = SignOffTable
    columns = (table.id, table.meeting, table.strategy, table.position, table.as_at, table.state, table.reason)
    rows: list[Any] = database.rows(table.select(*columns).where(seen_at(table, cut)))
    found = [
        SignOffSummary(
            UUID(identifier), UUID(meeting), UUID(strategy), date.fromisoformat(position), as_at, SignOffState(state),
            reason,
        )
        for identifier, meeting, strategy, position, as_at, state, reason in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.position, one.as_at)))


def _column_is(column: str, value: str) -> Any:  # noqa: ANN401 - a condition on a table given later
    return lambda table: getattr(table, column) == value


def _use_of(strategy_id: str, cut: int | None) -> Any:  # noqa: ANN401
    uses = _ids(IndicatorUseTable, strategy_id, cut)
    return lambda table: table.use.in_(uses)


def _priority_of(strategy_id: str, cut: int | None) -> Any:  # noqa: ANN401
    priorities = _ids(PriorityTable, strategy_id, cut)
    return lambda table: table.priority.in_(priorities)


def _ids(table: Any, strategy_id: str, cut: int | None) -> Any:  # noqa: ANN401
    return table.select(table.id).where(seen_at(table, cut) & (table.strategy == strategy_id))


def _home_figures(database: StoreDatabase, strategy: Strategy, cut: int | None) -> dict[UUID, tuple[Figure, ...]]:
    """Return the home area's figures of the strategy's indicators and of series that no indicator owns."""
    seen, parameters = open_at(cut)
    condition = (
        f'"area" = ? AND {seen} AND "series" IN (SELECT "id" FROM "series" WHERE {seen} AND ("indicator" IS NULL '  # noqa: S608
        f'OR "indicator" IN (SELECT "indicator" FROM "indicator_use" WHERE {seen} AND "strategy" = ?)))'
    )
    found: dict[UUID, list[Figure]] = defaultdict(list)
    for figure in figures_where(
        database,
        condition,
        (str(strategy.home_area), *parameters, *parameters, *parameters, str(strategy.id)),
        'coalesce(nullif("follow_up_end", \'\'), "period_end"), "period_start", "record"',
    ):
        found[figure.key.series].append(figure)
    return {series: tuple(figures) for series, figures in found.items()}
