"""What recorded crime costs society, by a table of unit costs that the officer fills and vouches for.

Cost = Σ recorded × multiplier × unit cost × deflator. The table is off until somebody switches it on,
a unit cost counts only once it is confirmed against its source, and without multipliers (recorded to
actual) the result says that it is of recorded crime only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.sentences import listed, number_text

TABLE_ID = UUID("5d0f6a34-2c5e-4a55-9d0a-1b8f3c7e2a90")
"""The cost table's own: a store holds one, and the same on every computer."""

_MILLION = Decimal(1_000_000)


@dataclass(frozen=True, slots=True)
class UnitCost:
    """What one offence of a kind costs.

    Attributes:
        kind: key of the kind of offence; ``name`` as it is shown.
        amount: pounds an actual offence; None until somebody enters it.
        prices: the year whose prices they are ("2015/16").
        source: the publication; ``confirmed`` whether somebody compared the amount with it.
        multiplier: actual offences for each recorded one, with ``multiplier_source``; None where not given.
        counted: the indicator, or the series of context, whose recorded count is costed; None where none is.

    """

    kind: str
    name: str
    amount: Decimal | None
    prices: str
    source: str
    confirmed: bool = False
    multiplier: Decimal | None = None
    multiplier_source: str = ""
    counted: UUID | None = None


@dataclass(frozen=True, slots=True)
class Deflator:
    """What amounts in one year's prices are to be multiplied by to be in another's."""

    prices: str
    into: str
    factor: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class CostTable:
    """The whole table, one in a store.

    Attributes:
        on: the officer's switch.
        into: the year in whose prices the cost is given; empty for the latest of the confirmed costs that are counted.

    """

    costs: tuple[UnitCost, ...] = ()
    deflators: tuple[Deflator, ...] = ()
    on: bool = False
    into: str = ""
    id: UUID = TABLE_ID


@dataclass(frozen=True, slots=True)
class CostLine:
    """One kind's cost: ``total`` = recorded × multiplier (1 if None) × amount × deflator."""

    unit: UnitCost
    recorded: int
    multiplier: Decimal | None
    deflator: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class CostOfCrime:
    """The cost of a period's crime in one year's prices.

    Attributes:
        lines: the kinds that could be costed.
        left_out: kinds that were recorded but have no confirmed unit cost in (or into) these prices.
        recorded_only: whether any line is of recorded offences alone.

    """

    prices: str
    lines: tuple[CostLine, ...]
    left_out: tuple[str, ...]
    recorded_only: bool

    @property
    def total(self) -> Decimal:
        """Sum of the lines, pounds."""
        return sum((line.total for line in self.lines), Decimal(0))

    @property
    def sentence(self) -> str:
        """Say it with what it leaves out."""
        if not self.lines:
            return "No cost of crime: no unit cost of these offences is confirmed."
        scope = "recorded crime only, " if self.recorded_only else ""
        said = f"Cost to society about {pounds(self.total)} ({scope}{self.prices} prices)."
        if not self.left_out:
            return said
        return f"{said} Left out, for want of a confirmed unit cost: {listed(self.left_out)}."


def cost_of_crime(
    table: CostTable, recorded: Mapping[str, int], *, prices: str, names: Mapping[str, str] | None = None
) -> CostOfCrime | None:
    """Cost the recorded offences; None while the table is switched off.

    Args:
        table: unit costs and deflators.
        recorded: offences by kind, each kind disjoint from the others.
        prices: the year whose prices the result is in.
        names: what kinds without a unit cost are called.

    Raises:
        ValueError: a negative count, amount, multiplier or deflator.

    """
    if not table.on:
        return None
    if any(count < 0 for count in recorded.values()):
        raise ValueError("recorded offences are not negative")
    lines: list[CostLine] = []
    left_out: list[str] = []
    for kind, count in recorded.items():
        line = _line(table, kind, count, prices)
        if line is not None:
            lines.append(line)
        elif count:
            known = next((one.name for one in table.costs if one.kind == kind), kind)
            left_out.append((names or {}).get(kind, known))
    return CostOfCrime(prices, tuple(lines), tuple(left_out), any(line.multiplier is None for line in lines))


def _line(table: CostTable, kind: str, count: int, prices: str) -> CostLine | None:
    """Cost a kind by its unit cost in these prices, else by one that a deflator brings into them."""
    mine = [one for one in table.costs if one.kind == kind and one.confirmed and one.amount is not None]
    for unit in sorted(mine, key=lambda one: one.prices != prices):
        factor = _deflator(table, unit.prices, prices)
        if factor is None or unit.amount is None:
            continue
        multiplier = unit.multiplier
        if unit.amount < 0 or factor <= 0 or (multiplier is not None and multiplier < 1):
            raise ValueError("unit costs are not negative, deflators over 0, multipliers 1 or more")
        return CostLine(unit, count, multiplier, factor, count * (multiplier or Decimal(1)) * unit.amount * factor)
    return None


def _deflator(table: CostTable, prices: str, into: str) -> Decimal | None:
    if prices == into:
        return Decimal(1)
    return next((one.factor for one in table.deflators if (one.prices, one.into) == (prices, into)), None)


def pounds(amount: Decimal) -> str:
    """Return "£12.3 million", or "£3,268"."""
    if amount >= _MILLION:
        return f"£{number_text(amount / _MILLION, 1)} million"
    return f"£{number_text(amount)}"
