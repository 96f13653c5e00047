"""Where a whole strategy stands at a position: every light, rollup, doubt and headline measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from uuid import UUID

from scs_desktop.domain.agencies import ExpectedReturn, Series
from scs_desktop.domain.breaks import alike_from, breaks_of
from scs_desktop.domain.case import Case
from scs_desktop.domain.checks import doubts_of
from scs_desktop.domain.comparison import Overdispersion, overdispersion
from scs_desktop.domain.corrections import Reading, as_decided
from scs_desktop.domain.decisions import Finding
from scs_desktop.domain.doubts import readings_of, settle
from scs_desktop.domain.headlines import headline_positions
from scs_desktop.domain.measure import Measure, measure, position_period
from scs_desktop.domain.periods import Period, PeriodKind, position_label
from scs_desktop.domain.position import (
    DoubtReading,
    StrategyPosition,
)
from scs_desktop.domain.priority_rows import priority_position
from scs_desktop.domain.rollup import count_lights
from scs_desktop.domain.rows import Row, indicator_position
from scs_desktop.domain.series_figures import SeriesFigures, series_figures
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.status import guarded, status_of
from scs_desktop.domain.strategy import IndicatorUse

_PARTS_OF_A_TOTAL = 2


def rate_strategy(snapshot: Snapshot, position: date) -> StrategyPosition:
    """Rate every indicator of the strategy at the position, roll up, and gather the doubts.

    The position is a date; what the store knew is the snapshot's. Decisions in the snapshot are
    applied beside the printed text.
    """
    reading = as_decided(snapshot)
    found = series_of_uses(snapshot, position)
    doubts = doubts_of(snapshot, reading, found)
    by_use: dict[UUID, list[Finding]] = {}
    for finding in doubts.open:
        for subject in finding.subjects:
            by_use.setdefault(subject, []).append(finding)
    expected: dict[UUID, list[ExpectedReturn]] = {}
    for one in snapshot.expected:
        expected.setdefault(one.series, []).append(one)
    rows: dict[UUID, Row] = {}
    for use in snapshot.uses:
        case = case_of(snapshot, reading, use, found.get(use.id), position, expected)
        rows[use.id] = _rated(use, case, by_use.get(use.id, []), reading)
    rows = _guarded(snapshot, rows)
    positions = {use: indicator_position(snapshot, reading, row) for use, row in rows.items()}
    priorities = tuple(
        priority_position(snapshot, one, positions, position)
        for one in sorted(snapshot.priorities, key=lambda one: one.number)
    )
    return StrategyPosition(
        strategy=snapshot.strategy.id,
        name=snapshot.strategy.name,
        partnership=snapshot.strategy.partnership,
        kind=snapshot.kind,
        position=position,
        position_text=position_label(position),
        known_on=snapshot.known_on,
        as_at=snapshot.as_at,
        headlines=headline_positions(snapshot, rows, positions, reading),
        priorities=priorities,
        counts=count_lights(one.status for one in positions.values()),
        findings=doubts.all,
        open_findings=doubts.open,
        illustrative=sum(one.illustrative for one in positions.values()),
    )


def series_of_uses(snapshot: Snapshot, position: date) -> dict[UUID, SeriesFigures]:
    """Return, by use, the figures of its preferred series up to the position."""
    preferred: dict[UUID, list[Series]] = {}
    for series in snapshot.series.values():
        if series.indicator is not None:
            preferred.setdefault(series.indicator, []).append(series)
    found: dict[UUID, SeriesFigures] = {}
    for use in snapshot.uses:
        mine = preferred.get(use.indicator, [])
        one = next((series for series in mine if series.preferred), mine[0] if len(mine) == 1 else None)
        if one is not None:
            found[use.id] = series_figures(one, snapshot.figures.get(one.id, ()), position)
    return found


def case_of(
    snapshot: Snapshot, reading: Reading, use: IndicatorUse, found: SeriesFigures | None, position: date,
    expected: Mapping[UUID, Sequence[ExpectedReturn]],
) -> Case:  # fmt: skip
    """Gather what one indicator's light follows from."""
    definition = reading.definitions[use.id]
    baseline = reading.baselines.get(use.id)
    made: Measure | None = None
    if found is not None:
        period = position_period(found, definition, position)
        made = None if period is None else measure(found, definition, period)
    ruling = None if found is None else found.series.definition
    breaks = breaks_of(snapshot.breaks, snapshot.definitions, use.indicator, ruling)
    strategy = snapshot.strategy
    year = Period(strategy.baseline_start, strategy.baseline_end, PeriodKind.FINANCIAL_YEAR)
    if baseline is not None and baseline.period is not None:
        year = baseline.period
    return Case(
        definition=definition,
        found=found,
        made=made,
        baseline=baseline,
        year=year,
        targets=snapshot.targets.get(use.id, ()),
        expected=tuple(expected.get(found.series.id, ())) if found is not None else (),
        position=position,
        known_on=snapshot.known_on,
        dispersion=_dispersion(
            ()
            if found is None
            else found.monthly_counts(alike_from(breaks, position if made is None else made.period.end))
        ),
        source=reading.sources.get(use.id),
        direction_only=use.direction is not None,
        whole=not definition.part_of and _parts_held(snapshot, definition.indicator) >= _PARTS_OF_A_TOTAL,
        breaks=breaks,
    )


def _parts_held(snapshot: Snapshot, indicator: UUID) -> int:
    """Return how many indicators name this one as a whole that holds them."""
    return len({one.indicator for one in snapshot.definitions.values() if indicator in one.part_of})


@lru_cache(maxsize=1024)
def _dispersion(months: tuple[float, ...]) -> Overdispersion:
    """Take a series' usual movement once: every change of the page asks for it again."""
    return overdispersion(months)


def _rated(use: IndicatorUse, case: Case, findings: Sequence[Finding], reading: Reading) -> Row:
    status = status_of(case)
    blocking = [finding for finding in findings if finding.blocks]
    readings: tuple[DoubtReading, ...] = ()
    if blocking:
        readings = readings_of(case, use, blocking, reading)
        status = settle(status, blocking, readings)
        if all(one.status.light is None for one in readings):
            readings = ()
    return Row(use, case, status, readings, tuple(findings))


def _guarded(snapshot: Snapshot, rows: Mapping[UUID, Row]) -> dict[UUID, Row]:
    by_indicator = {row.use.indicator: row for row in rows.values()}
    done: dict[UUID, Row] = {}
    for use, row in rows.items():
        guards = tuple(
            (snapshot.indicators[guard].name, by_indicator[guard].status)
            for guard in row.case.definition.guards
            if guard in by_indicator
        )
        done[use] = replace(row, status=guarded(row.status, guards)) if guards else row
    return done
