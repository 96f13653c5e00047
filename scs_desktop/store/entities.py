"""Which thing of the domain is kept in which tables, and reading and writing them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import peewee

from scs_desktop.domain.agencies import Agency, ExpectedReturn, Meeting, Series
from scs_desktop.domain.areas import Area
from scs_desktop.domain.breaks import SeriesBreak
from scs_desktop.domain.cohorts import CohortPair
from scs_desktop.domain.cost import CostTable
from scs_desktop.domain.decisions import Decision
from scs_desktop.domain.profile import KnownLayout, ProfileAnswer
from scs_desktop.domain.publication import PublicationRule, SignOff
from scs_desktop.domain.rollup import PriorityOverride, RollupChoice
from scs_desktop.domain.strategy import (
    Action,
    ActionUpdate,
    Commentary,
    Definition,
    Denominator,
    HeadlineMeasure,
    Indicator,
    IndicatorUse,
    Priority,
    Strategy,
    YouSaid,
)
from scs_desktop.domain.targets import Baseline, Target
from scs_desktop.store.columns import (
    RECORDED_IN,
    Cell,
    Codec,
    codec_of,
    element_codec,
    hinted_fields,
    is_list,
    join_codecs,
)
from scs_desktop.store.tables import places, record, strategy, table_name
from scs_desktop.store.tables.base import ListRow, Versioned

if TYPE_CHECKING:
    from scs_desktop.store.database import StoreDatabase

Entity = (
    Agency
    | Area
    | Series
    | ExpectedReturn
    | Meeting
    | Strategy
    | Priority
    | Indicator
    | Definition
    | IndicatorUse
    | HeadlineMeasure
    | Denominator
    | Baseline
    | Target
    | SeriesBreak
    | RollupChoice
    | PriorityOverride
    | CostTable
    | CohortPair
    | Action
    | ActionUpdate
    | Commentary
    | YouSaid
    | Decision
    | PublicationRule
    | SignOff
    | ProfileAnswer
    | KnownLayout
)
"""Everything that is saved by its UUID. Figures and imports have their own way in."""

T = TypeVar("T")

_KEPT_IN: dict[type, tuple[type[Versioned], dict[str, type[ListRow]]]] = {
    Agency: (places.AgencyTable, {}),
    Area: (
        places.AreaTable,
        {"names": places.AreaNameTable, "codes": places.AreaCodeTable, "successors": places.AreaSuccessorTable},
    ),
    Series: (places.SeriesTable, {}),
    ExpectedReturn: (places.ExpectedReturnTable, {}),
    Meeting: (places.MeetingTable, {}),
    Strategy: (strategy.StrategyTable, {"partners": strategy.StrategyPartnerTable}),
    Priority: (
        strategy.PriorityTable,
        {"lead_agencies": strategy.PriorityLeadAgencyTable, "derived_from": strategy.PriorityDerivedFromTable},
    ),
    Indicator: (strategy.IndicatorTable, {}),
    Definition: (
        strategy.DefinitionTable,
        {
            "components": strategy.DefinitionComponentTable,
            "guards": strategy.DefinitionGuardTable,
            "part_of": strategy.DefinitionPartOfTable,
            "stated_members": strategy.DefinitionStatedMemberTable,
        },
    ),
    IndicatorUse: (strategy.IndicatorUseTable, {}),
    HeadlineMeasure: (strategy.HeadlineMeasureTable, {"uses": strategy.HeadlineMeasureUseTable}),
    Denominator: (strategy.DenominatorTable, {}),
    Baseline: (
        strategy.BaselineTable,
        {"values": strategy.BaselineValueTable, "other_years": strategy.BaselineOtherYearTable},
    ),
    Target: (strategy.TargetTable, {}),
    SeriesBreak: (strategy.SeriesBreakTable, {}),
    RollupChoice: (strategy.RollupChoiceTable, {}),
    PriorityOverride: (strategy.PriorityOverrideTable, {}),
    CostTable: (
        strategy.CostTableTable,
        {"costs": strategy.CostTableCostTable, "deflators": strategy.CostTableDeflatorTable},
    ),
    CohortPair: (strategy.CohortPairTable, {}),
    Action: (strategy.ActionTable, {}),
    ActionUpdate: (strategy.ActionUpdateTable, {}),
    Commentary: (strategy.CommentaryTable, {}),
    YouSaid: (strategy.YouSaidTable, {}),
    Decision: (record.DecisionTable, {"corrections": record.DecisionCorrectionTable}),
    PublicationRule: (record.PublicationRuleTable, {}),
    SignOff: (record.SignOffTable, {}),
    ProfileAnswer: (record.ProfileAnswerTable, {}),
    KnownLayout: (
        record.KnownLayoutTable,
        {"heads": record.KnownLayoutHeadTable, "rows": record.KnownLayoutRowTable},
    ),
}

_KEEPINGS: dict[type, Keeping] = {}

ENTITY_TYPES: tuple[type, ...] = tuple(_KEPT_IN)
"""Every type that ``Recorder.save`` takes."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of an entity: its field, its table and how an entry stands in columns."""

    field: str
    table: type[ListRow]
    codec: Codec


@dataclass(frozen=True, slots=True)
class Keeping:
    """How one type of entity is kept.

    ``own`` maps the fields that are columns of the version itself; the version's recorded-in
    number is passed on to the types that carry it.
    """

    kind: type
    name: str
    table: type[Versioned]
    own: Codec
    lists: tuple[Listed, ...]
    carries_recorded_in: bool

    def list_cells(self, entity: object) -> tuple[tuple[tuple[Cell, ...], ...], ...]:
        """Return the entries of every list, in columns."""
        return tuple(tuple(one.codec.encode(entry) for entry in getattr(entity, one.field)) for one in self.lists)


def keeping_of(kind: type) -> Keeping:
    """Return how entities of the type are kept.

    Raises:
        TypeError: the type is not one that the store keeps.

    """
    found = _KEEPINGS.get(kind)
    if found is None:
        found = _KEEPINGS[kind] = _keeping(kind)
    return found


def _keeping(kind: type) -> Keeping:
    if kind not in _KEPT_IN:
        message = f"the store keeps no {kind.__name__}"
        raise TypeError(message)
    table, tables_beneath = _KEPT_IN[kind]
    own: list[tuple[str, Codec]] = []
    lists: list[Listed] = []
    carries = False
    for field, hint in hinted_fields(kind):
        if field.name == RECORDED_IN:
            carries = True
        elif is_list(hint):
            lists.append(Listed(field.name, tables_beneath[field.name], element_codec(hint)))
        else:
            own.append((field.name, codec_of(hint, field.name)))
    return Keeping(
        kind,
        table_name(table),
        table,
        join_codecs(_gather, tuple(own)),
        tuple(lists),
        carries,
    )


def _gather(**values: Any) -> dict[str, Any]:  # noqa: ANN401
    return values


def seen_at(table: Any, cut: int | None) -> peewee.Expression:  # noqa: ANN401 - a model or its alias
    """Return the condition for versions that were open at the cut (None: that are open)."""
    still: peewee.Expression = table.superseded_in.is_null()
    if cut is None:
        return still
    seen: peewee.Expression = (table.recorded_in <= cut) & (still | (table.superseded_in > cut))
    return seen


def load(
    database: StoreDatabase,
    kind: type[T],
    cut: int | None = None,
    where: Callable[[Any], peewee.Expression] | None = None,
) -> list[T]:
    """Return the entities of a type as seen at a cut, in the order of their versions.

    Asks once for the versions and once for each kind of list, however many there are.

    Args:
        database: the store's database.
        kind: a type of ENTITY_TYPES.
        cut: number of the last change that is seen; None for now.
        where: given the table, a further condition.

    """
    keeping = keeping_of(kind)
    table = keeping.table
    condition = seen_at(table, cut)
    if where is not None:
        condition = condition & where(table)
    columns = [table.record, table.recorded_in, *(getattr(table, name) for name in keeping.own.names)]
    rows = database.rows(table.select(*columns).where(condition).order_by(table.record))
    beneath = [_entries(database, keeping, one, condition) for one in keeping.lists] if rows else []
    return [_entity(keeping, row, beneath) for row in rows]


def _entries(
    database: StoreDatabase, keeping: Keeping, listed: Listed, condition: peewee.Expression
) -> Mapping[int, list[Any]]:
    table, parent = listed.table, keeping.table
    columns = [table.record, *(getattr(table, name) for name in listed.codec.names)]
    found: dict[Any, list[Any]] = defaultdict(list)
    query = (
        table.select(*columns)
        .join(parent, on=(parent.record == table.record))
        .where(condition)
        .order_by(table.record, table.ordinal)
    )
    for row in database.rows(query):
        found[row[0]].append(listed.codec.decode(row[1:]))
    return found


def _entity(keeping: Keeping, row: Sequence[Any], beneath: Sequence[Mapping[int, list[Any]]]) -> Any:  # noqa: ANN401
    values = keeping.own.decode(row[2:])
    for one, entries in zip(keeping.lists, beneath, strict=True):
        values[one.field] = tuple(entries.get(row[0], ()))
    if keeping.carries_recorded_in:
        values[RECORDED_IN] = row[1]
    return keeping.kind(**values)
