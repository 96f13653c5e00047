"""Printed rates held against the counts they stand beside, by the denominators that are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.arrival import NamedNumber, RateClash, implied_denominator, rate_against_count
from scs_desktop.domain.figures import FigureKey
from scs_desktop.domain.strategy import Denominator
from scs_desktop.returns.arrival import KEEP, LEAVE_OUT, Doubt, doubt_key, shown_number
from scs_desktop.returns.plan import Effect, PlanContext, PlannedFigure
from scs_desktop.returns.questions import Choice
from scs_desktop.returns.rates import RateBeside
from scs_desktop.returns.records import Record
from scs_desktop.returns.series_periods import period_in_series

MOST_SLIPS = 3
ALIKE = Decimal("0.005")
SHARED_BY = 3
"""Pairs of rate and count that must imply one denominator before it is taken for another version of it."""


def denominators_for(named: str, denominators: Sequence[Denominator], area: UUID) -> tuple[NamedNumber, ...]:
    """Return the area's denominators, those of the name that the definition gives first."""
    mine = [one for one in denominators if one.area == area]
    ranked = sorted(mine, key=lambda one: one.name != named)
    return tuple(NamedNumber(one.name, one.value) for one in ranked)


def rate_doubts(
    pairs: Sequence[RateBeside], figures: Mapping[FigureKey, PlannedFigure], context: PlanContext
) -> tuple[tuple[Doubt, ...], tuple[str, ...]]:
    """Return the counts that their printed rates contradict, and what to tell of denominators that changed.

    Where several pairs imply one and the same other denominator, the rates rest on another version
    of it: that is told once, and no count is doubted.
    """
    clashes: list[tuple[FigureKey, Record, RateClash, RateBeside]] = []
    for pair in pairs:
        series = pair.counted.wanted.series
        named = pair.counted.wanted.definition.denominator
        for area, record in pair.rate.records:
            if record.value is None or record.period is None:
                continue
            key = FigureKey(series.id, area.id, period_in_series(record.period, series))
            counted = figures.get(key)
            if counted is None or counted.measured.value is None:
                continue
            known = denominators_for(named, context.denominators, area.id)
            decimals = _decimals(record)
            clash = rate_against_count(
                counted.measured.value, record.value, decimals=decimals, per=pair.per, denominators=known
            )
            if clash is not None:
                clashes.append((key, record, clash, pair))
    moved = _shared(clashes)
    doubts = []
    notes = []
    for key, record, clash, pair in clashes:
        middle = _middle(clash)
        if moved is not None and abs(middle - moved) <= moved * ALIKE:
            continue
        if figures[key].effect is not Effect.SAME:
            doubts.append(_doubt(key, record, clash, pair, figures[key]))
    if moved is not None:
        first = clashes[0]
        registered = denominators_for(
            first[3].counted.wanted.definition.denominator, context.denominators, first[0].area
        )[0]
        share = (registered.value / moved - 1) * 100
        notes.append(
            f"The printed rates rest on about {shown_number(_rounded(moved))} ({registered.name}), not on "
            f"{shown_number(registered.value)}: that alone moves every rate by {share:+.1f} %. "
            "The counts are the figures."
        )
    return tuple(doubts), tuple(notes)


def _decimals(record: Record) -> int:
    exponent = record.value.as_tuple().exponent if record.value is not None else 0
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _middle(clash: RateClash) -> Decimal:
    return (clash.low + clash.high) / 2 if clash.high is not None else clash.low


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value < 10_000 else (value / 100).quantize(Decimal(1)) * 100  # noqa: PLR2004


def _shared(clashes: Sequence[tuple[FigureKey, Record, RateClash, RateBeside]]) -> Decimal | None:
    """Return the denominator that most of the contradicting pairs imply, if enough agree on it."""
    middles = [_middle(clash) for _, _, clash, _ in clashes]
    counts = Counter({one: sum(abs(other - one) <= one * ALIKE for other in middles) for one in middles})
    if not counts:
        return None
    best, agreeing = counts.most_common(1)[0]
    return best if agreeing >= SHARED_BY and agreeing * 2 > len(middles) else None


def _doubt(key: FigureKey, record: Record, clash: RateClash, pair: RateBeside, figure: PlannedFigure) -> Doubt:
    value = figure.measured.value or Decimal(0)
    implied = implied_denominator(value, record.value or Decimal(0), decimals=_decimals(record), per=pair.per)
    high = shown_number(_rounded(implied[1])) if implied is not None and implied[1] is not None else "more"
    low = shown_number(_rounded(clash.low))
    sentence = (
        f"{figure.name}, {key.period.label}, is {shown_number(value)}, and the rate printed beside it "
        f"({record.text} per {shown_number(pair.per)}) would need {low} to {high} behind it. "
        "No denominator that is known fits."
    )
    offered = [
        Choice(
            f"count:{slip.count}",
            f"{shown_number(Decimal(slip.count))} was meant: with {slip.denominator.name} "
            f"{shown_number(slip.denominator.value)} it gives the rate",
            80,
        )
        for slip in clash.slips[:MOST_SLIPS]
    ]
    choices = (
        *offered,
        Choice(KEEP, "The count is right: store it, with the reason", 50),
        Choice(LEAVE_OUT, "Leave it out until the agency has said", 40),
    )
    return Doubt(doubt_key("rate", (key, value, record.value)), sentence, (key,), choices)
