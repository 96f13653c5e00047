"""All that a store knew at one moment about one strategy: what every rule is applied to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.agencies import Agency, ExpectedReturn, Meeting, Series
from scs_desktop.domain.areas import Area
from scs_desktop.domain.breaks import SeriesBreak
from scs_desktop.domain.decisions import Decision
from scs_desktop.domain.figures import Figure
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.publication import PublicationRule, SignOffSummary
from scs_desktop.domain.rollup import PriorityOverride, RollupChoice
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

if TYPE_CHECKING:
    from scs_desktop.domain.cohorts import CohortPair
    from scs_desktop.domain.cost import CostTable


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One strategy and the home area's figures, as the store knew them.

    Attributes:
        known_on: the day of the as-at moment, which decides what is due and overdue.
        as_at: number of the last change that is seen; None for now.
        figures: by series, the home area's open versions, in order of the period's end.
        rollups: by priority, the rule chosen for it.
        overrides: priorities' lights set by people, each for one position.
        signed: every sign-off, withdrawn and superseded ones too, by position.
        costs: the table of unit costs, None until one was kept.

    """

    kind: StoreKind
    known_on: date
    as_at: int | None
    strategy: Strategy
    priorities: tuple[Priority, ...]
    uses: tuple[IndicatorUse, ...]
    indicators: Mapping[UUID, Indicator]
    definitions: Mapping[UUID, Definition]
    series: Mapping[UUID, Series]
    agencies: Mapping[UUID, Agency]
    areas: Mapping[UUID, Area]
    expected: tuple[ExpectedReturn, ...]
    baselines: Mapping[UUID, Baseline]
    targets: Mapping[UUID, tuple[Target, ...]]
    denominators: tuple[Denominator, ...]
    headlines: tuple[HeadlineMeasure, ...]
    decisions: tuple[Decision, ...]
    figures: Mapping[UUID, tuple[Figure, ...]]
    actions: tuple[Action, ...] = ()
    commentary: tuple[Commentary, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    imports: Mapping[UUID, ImportSummary] = field(default_factory=dict)
    breaks: tuple[SeriesBreak, ...] = ()
    rollups: Mapping[UUID, RollupChoice] = field(default_factory=dict)
    overrides: tuple[PriorityOverride, ...] = ()
    signed: tuple[SignOffSummary, ...] = ()
    costs: CostTable | None = None
    cohort_pairs: tuple[CohortPair, ...] = ()
    publication: tuple[PublicationRule, ...] = ()

    def definition_of(self, use: IndicatorUse) -> Definition:
        """Return the current definition of the use's indicator (the highest version)."""
        return max(
            (one for one in self.definitions.values() if one.indicator == use.indicator),
            key=lambda one: one.version,
        )

    def preferred_series(self, use: IndicatorUse) -> Series | None:
        """Return the series that the indicator's light is put on, if there is one."""
        mine = [one for one in self.series.values() if one.indicator == use.indicator]
        return next((one for one in mine if one.preferred), mine[0] if len(mine) == 1 else None)


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """An import as history and traces name it."""

    id: UUID
    agency: UUID
    file_name: str
    sha256: str
    received_on: date
    extracted_on: date | None
    number: int
    figures: int
    undone: bool = False
    illustrative: bool = False
