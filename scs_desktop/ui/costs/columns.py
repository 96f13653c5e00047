"""The columns of the page's tables."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.cost import CostLine, Deflator, UnitCost, pounds
from scs_desktop.domain.cost_position import CostedPeriod, CostPosition, Countable
from scs_desktop.domain.history import Change
from scs_desktop.domain.sentences import exact_decimals, number_text
from scs_desktop.ui.common.table_model import Column
from scs_desktop.ui.common.words import moment_text

MOST_DECIMALS = 4


def exact_text(value: Decimal | None) -> str:
    """Return the number as it was entered, thousands marked; nothing for none."""
    return "" if value is None else number_text(value, exact_decimals(value, most=MOST_DECIMALS))


def state_of(unit: UnitCost) -> str:
    """Return how far an amount is: without one, not confirmed, confirmed."""
    if unit.amount is None:
        return "no amount"
    return "confirmed" if unit.confirmed else "not confirmed"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An amount of the table with the name of what counts its kind."""

    unit: UnitCost
    counted: str


def unit_rows(table: tuple[UnitCost, ...], known: tuple[Countable, ...]) -> tuple[UnitRow, ...]:
    """Return the table's amounts, those that are counted first."""
    labels = {one.id: one.label for one in known}
    rows = [UnitRow(one, labels.get(one.counted, "") if one.counted is not None else "") for one in table]
    return tuple(sorted(rows, key=lambda row: (not row.counted, row.unit.name, row.unit.prices)))


UNIT_COLUMNS: tuple[Column[UnitRow], ...] = (
    Column("Kind of offence", lambda row: row.unit.name, tip=lambda row: row.unit.source, bold=True),
    Column("Amount", lambda row: f"£{exact_text(row.unit.amount)}" if row.unit.amount else "–", "£31,438", right=True),
    Column("Prices", lambda row: row.unit.prices, "2003/04"),
    Column("State", lambda row: state_of(row.unit), "not confirmed"),
    Column(
        "Counted by", lambda row: row.counted or "–", "3.1  Violence against the person", tip=lambda row: row.counted
    ),
)

DEFLATOR_COLUMNS: tuple[Column[Deflator], ...] = (
    Column("From", lambda one: one.prices, "2003/04"),
    Column("Into", lambda one: one.into, "2003/04"),
    Column("Factor", lambda one: exact_text(one.factor), "1.2345", right=True),
    Column("Publication", lambda one: one.source, tip=lambda one: one.source),
)

CHANGE_COLUMNS: tuple[Column[Change], ...] = (
    Column("When", lambda one: moment_text(one.at), "14 Nov 2011 10:42"),
    Column("Who", lambda one: one.who, "Community Safety", tip=lambda one: one.who),
    Column("What", lambda one: one.summary, tip=lambda one: one.summary),
)


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A kind's cost in each period that is shown; the last row holds the sums."""

    name: str
    line: CostLine | None
    cells: tuple[tuple[str, str], ...]


def shown_periods(found: CostPosition) -> tuple[CostedPeriod, ...]:
    """Return the periods that have a column, none twice."""
    shown: list[CostedPeriod] = []
    for one in (found.now, found.before, found.baseline):
        if one.cost is not None and one.label not in {other.label for other in shown}:
            shown.append(one)
    return tuple(shown)


def result_rows(found: CostPosition) -> tuple[ResultRow, ...]:
    """Return a row a kind, and their sum."""
    if found.now.cost is None or not found.now.cost.lines:
        return ()
    periods = shown_periods(found)
    rows = [
        ResultRow(line.unit.name, line, tuple(_cell(one, line.unit.kind) for one in periods))
        for line in found.now.cost.lines
    ]
    sums = tuple(("", "" if one.cost is None else pounds(one.cost.total)) for one in periods)
    return (*rows, ResultRow("Together", None, sums))


def _cell(period: CostedPeriod, kind: str) -> tuple[str, str]:
    recorded, total = period.recorded(kind), period.total(kind)
    return "–" if recorded is None else f"{recorded:,}", "–" if total is None else pounds(total)


def result_columns(periods: tuple[CostedPeriod, ...]) -> tuple[Column[ResultRow], ...]:
    """Return the columns of the result: the factors, then recorded offences and their cost a period."""

    def factor(line: CostLine | None, value: Decimal | None) -> str:
        return "" if line is None else exact_text(value) or "–"

    columns: list[Column[ResultRow]] = [
        Column("Kind of offence", lambda row: row.name, bold=True),
        Column(
            "Unit cost",
            lambda row: "" if row.line is None else f"£{exact_text(row.line.unit.amount)}",
            "£31,438",
            right=True,
        ),
        Column(
            "Multiplier", lambda row: factor(row.line, row.line.multiplier if row.line else None), "2.22", right=True
        ),
        Column("Deflator", lambda row: factor(row.line, row.line.deflator if row.line else None), "1.2345", right=True),
    ]
    for number, period in enumerate(periods):
        columns += [_recorded(number, period), _cost(number, period)]
    return tuple(columns)


def _recorded(number: int, period: CostedPeriod) -> Column[ResultRow]:
    return Column(
        period.label,
        lambda row: row.cells[number][0],
        period.label,
        right=True,
        spoken=lambda row: f"{row.cells[number][0]} recorded",
        title_tip=f"Offences recorded, {period.label}",
    )


def _cost(number: int, period: CostedPeriod) -> Column[ResultRow]:
    return Column(
        "Cost",
        lambda row: row.cells[number][1],
        "£123.4 million",
        right=True,
        spoken=lambda row: f"{row.cells[number][1]} in {period.label}",
        bold=number == 0,
    )
