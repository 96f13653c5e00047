"""The cost of crime on paper: what it is, of which offences, at which unit costs, and where each number is from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from scs_desktop.domain.cost import CostLine, pounds
from scs_desktop.domain.cost_position import CostedPeriod, CostPosition
from scs_desktop.domain.sentences import exact_decimals, number_text
from scs_desktop.reports.edition import Edition
from scs_desktop.reports.page_frame import page_frame
from scs_desktop.reports.pdf import typeset
from scs_desktop.reports.summary_notes import Json

_TEMPLATE = "costs.typ"
_MOST_DECIMALS = 4
_MILLION = Decimal(1_000_000)
METHOD = (
    "Cost = recorded offences × multiplier × unit cost × deflator. Unit costs are averages for the country, of a kind "
    "of offence as a whole: they say what such offences cost society, not what a service could save. The same unit "
    "costs, multipliers and deflators are taken in each period, so only the numbers of offences differ."
)
RECORDED = (
    "Recorded crime only: offences that nobody reported are not in it where no multiplier from recorded to actual "
    "offences was entered."
)
CHANCE = "A change in cost is a change in recorded offences: whether that may be chance stands with each indicator."


def costs_pdf(found: CostPosition, sources: Mapping[str, str], edition: Edition) -> bytes:
    """Return the cost of crime as PDF/A-2a and PDF/UA-1; ``sources`` says by kind where its counts were read.

    Raises:
        ValueError: there is no cost to print.

    """
    if found.now.cost is None or not found.now.cost.lines:
        raise ValueError("no cost to print")
    notes: list[Json] = []
    scale = _scale(found.now.cost.total)
    rows = [_row(line, found, sources, notes, scale) for line in found.now.cost.lines]
    data: Json = {
        "page": page_frame(
            "Cost of crime",
            edition,
            name=found.name,
            partnership=found.partnership,
            kind=found.kind,
            position=found.position,
            known_on=found.known_on,
        ),
        "total": pounds(found.now.cost.total),
        "prices": f"{found.prices} prices",
        "sentence": found.sentence,
        "said": [*found.comparisons, *found.left_out, *found.clashes],
        "periods": _periods(found),
        "rows": rows,
        "totals": [_total(one, scale) for one in _shown(found)],
        "cost-head": scale.head,
        "multipliers": any(line.multiplier is not None for line in found.now.cost.lines),
        "deflators": any(line.unit.prices != found.prices for line in found.now.cost.lines),
        "notes": notes,
        "method": [
            METHOD,
            *([RECORDED] if found.now.cost.recorded_only else []),
            CHANCE,
            *([edition.why_marked] if edition.why_marked else []),
        ],
    }
    return typeset(_TEMPLATE, data, {}, on=edition.printed_on).pdf


def _shown(found: CostPosition) -> tuple[CostedPeriod, ...]:
    """Return the periods that have a column: no period twice, none before the figures begin."""
    shown: list[CostedPeriod] = []
    for one in (found.now, found.before, found.baseline):
        if one.cost is not None and one.label not in {other.label for other in shown}:
            shown.append(one)
    return tuple(shown)


def _periods(found: CostPosition) -> list[str]:
    return [one.label for one in _shown(found)]


@dataclass(frozen=True, slots=True)
class _Scale:
    """In what a column of costs is given: its head, pounds to one of it, and decimals."""

    head: str
    size: Decimal
    decimals: int

    def text(self, amount: Decimal) -> str:
        return number_text(amount / self.size, self.decimals)


def _scale(total: Decimal) -> _Scale:
    if total < _MILLION:
        return _Scale("Cost, £", Decimal(1), 0)
    return _Scale("Cost, £ million", _MILLION, 1 if total >= 10 * _MILLION else 2)


def _row(line: CostLine, found: CostPosition, sources: Mapping[str, str], notes: list[Json], scale: _Scale) -> Json:
    kind = line.unit.kind
    counted = next(one for one in found.now.counted if one.kind == kind)
    deflators = [one for one in found.table.deflators if (one.prices, one.into) == (line.unit.prices, found.prices)]
    parts = [f"Unit cost: {line.unit.source}, {line.unit.prices} prices, confirmed against it."]
    if line.multiplier is not None:
        parts.append(f"Multiplier: {line.unit.multiplier_source}.")
    parts += [f"Deflator from {one.prices} into {one.into} prices: {one.source}." for one in deflators]
    read = sources.get(kind, "")
    parts.append(f"Count: {counted.counted.label}{f', read from {read}' if read else ''}.")
    number = str(len(notes) + 1)
    notes.append({"mark": number, "about": line.unit.name, "says": " ".join(parts)})
    return {
        "mark": number,
        "name": line.unit.name,
        "counted": f"{counted.counted.label}{f' ({counted.note})' if counted.note else ''}",
        "unit": f"£{number_text(line.unit.amount or Decimal(0), exact_decimals(line.unit.amount or Decimal(0)))}",
        "multiplier": _number(line.multiplier or Decimal(1)),
        "deflator": _number(line.deflator),
        "periods": [_cell(one, kind, scale) for one in _shown(found)],
    }


def _cell(period: CostedPeriod, kind: str, scale: _Scale) -> Json:
    recorded, total = period.recorded(kind), period.total(kind)
    return {
        "count": "–" if recorded is None else f"{recorded:,}",
        "cost": "–" if total is None else scale.text(total),
    }


def _total(period: CostedPeriod, scale: _Scale) -> str:
    return "–" if period.cost is None else scale.text(period.cost.total)


def _number(value: Decimal) -> str:
    return number_text(value, exact_decimals(value, most=_MOST_DECIMALS))
