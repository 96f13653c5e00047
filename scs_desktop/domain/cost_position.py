"""The cost of crime at a position: this year to date beside the same months a year before and of the baseline year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.cost import CostOfCrime, CostTable
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import position_label


@dataclass(frozen=True, slots=True)
class Countable:
    """Something whose recorded count can be costed: an indicator of counts that add up, or such a series.

    Attributes:
        id: what ``UnitCost.counted`` names; ``label`` with its code, as a list shows it.
        holds: others whose offences are among its own.
        series: whose figures are counted.

    """

    id: UUID
    code: str
    label: str
    series: UUID
    holds: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class CountedKind:
    """What was recorded of one kind in a period.

    Attributes:
        kind, name: of the unit cost; ``counted`` what is counted.
        recorded: None where no count can be made; ``note`` says why, or which months are missing.
        figures: stored figures that it is the sum of.

    """

    kind: str
    name: str
    counted: Countable
    recorded: int | None
    note: str = ""
    figures: tuple[UUID, ...] = ()
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class CostedPeriod:
    """A stretch of months and what its recorded crime cost.

    Attributes:
        label: "April–September 2011"; ``words`` how a sentence names it.
        cost: None while the table is off or nothing is counted.

    """

    label: str
    words: str
    counted: tuple[CountedKind, ...]
    cost: CostOfCrime | None

    def recorded(self, kind: str) -> int | None:
        """Return what was recorded of the kind."""
        return next((one.recorded for one in self.counted if one.kind == kind), None)

    def total(self, kind: str) -> Decimal | None:
        """Return what the kind cost."""
        lines = () if self.cost is None else self.cost.lines
        return next((line.total for line in lines if line.unit.kind == kind), None)


@dataclass(frozen=True, slots=True)
class CostPosition:
    """The cost of crime at a position.

    Attributes:
        table: the unit costs; ``prices`` the year in whose prices the result is, empty where there is none.
        now, before, baseline: the year to date, the same months of the year before and of the baseline year.
        sentence: the finding, or what is to be done first.
        comparisons: against the year before and the baseline year, kinds that both have alone.
        left_out: sentences naming what is not in the total, and why.
        clashes: kinds that would count an offence twice; the wider is left out.

    """

    name: str
    partnership: str
    kind: StoreKind
    position: date
    known_on: date
    as_at: int | None
    table: CostTable
    prices: str
    now: CostedPeriod
    before: CostedPeriod
    baseline: CostedPeriod
    sentence: str
    comparisons: tuple[str, ...]
    left_out: tuple[str, ...]
    clashes: tuple[str, ...]
    countable: tuple[Countable, ...]

    @property
    def position_text(self) -> str:
        """The position as a title says it: "Q2 2011/12"."""
        return position_label(self.position)

    @property
    def shown(self) -> bool:
        """Whether there is a cost to show."""
        return self.now.cost is not None and bool(self.now.cost.lines)

    @property
    def illustrative(self) -> bool:
        """Whether a count in it is illustrative."""
        return any(one.illustrative for one in self.now.counted)
