"""The cost of crime in sentences: the finding, what it compares with, and what is not in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from scs_desktop.domain.cost import CostTable, pounds
from scs_desktop.domain.cost_position import CostedPeriod
from scs_desktop.domain.sentences import listed, signed_percent

OFF = "The table of unit costs is off: compare each amount with its source, confirm it, and switch the table on."
NOTHING_COUNTED = "No kind of offence is counted yet: say for each unit cost which indicator or series counts it."
_MANY = 10_000
_NAMED = 3


def cost_sentence(table: CostTable, now: CostedPeriod, *, counts: bool) -> str:
    """Return the finding, or what is to be done first; ``counts`` is whether any kind of offence is counted."""
    if not table.on:
        return OFF
    if not counts:
        return NOTHING_COUNTED
    if now.cost is None:
        return "No cost of crime: nothing of these offences was recorded by this position, or no amount is confirmed."
    if not now.cost.lines:
        return now.cost.sentence
    alone = [line for line in now.cost.lines if line.multiplier is None]
    scope = "recorded crime only, " if alone else ""
    if alone and len(alone) < len(now.cost.lines):
        scope = "in part recorded crime only, "
    names = listed([f"{line.unit.name[:1].lower()}{line.unit.name[1:]}" for line in now.cost.lines])
    if len(now.cost.lines) > _NAMED:
        names = f"{len(now.cost.lines)} kinds of offence"
    return f"{now.label}: {names} cost society about {pounds(now.cost.total)} ({scope}{now.cost.prices} prices)."


def cost_comparisons(
    now: CostedPeriod, before: CostedPeriod, baseline: CostedPeriod, baseline_years: int
) -> tuple[str, ...]:
    """Compare with the year before and with the baseline year, which lies so many years back."""
    said = []
    if baseline_years > 0:
        said.append(_comparison(now, before))
    if baseline_years > 1:
        said.append(_comparison(now, baseline, "the baseline year, "))
    return tuple(one for one in said if one)


def _comparison(now: CostedPeriod, earlier: CostedPeriod, which: str = "") -> str:
    """Compare the kinds that both periods have in full."""
    if now.cost is None or not now.cost.lines:
        return ""
    whole = {one.kind for one in earlier.counted if one.recorded is not None and not one.note}
    whole &= {one.kind for one in now.counted if not one.note}
    lines = [line for line in now.cost.lines if line.unit.kind in whole]
    was = sum((total for line in lines if (total := earlier.total(line.unit.kind)) is not None), Decimal(0))
    if not lines or not was:
        return f"Not compared with {which}{earlier.words}: figures are missing." if earlier.words else ""
    this = sum((line.total for line in lines), Decimal(0))
    some = "" if len(lines) == len(now.cost.lines) else f" {listed([line.unit.name for line in lines])} alone."
    if this == was:
        return f"The same as in {which}{earlier.words}.{some}"
    more = "more" if this > was else "less"
    change = signed_percent(float((this - was) / was))
    apart = abs(this - was)
    # No more figures than such a sum bears.
    told = pounds(apart if apart < _MANY else Decimal(round(int(apart), -3)))
    return f"{told} {more} than in {which}{earlier.words} ({change}).{some}"


def left_out_of_cost(table: CostTable, now: CostedPeriod, wider: Collection[str]) -> tuple[str, ...]:
    """Name what is not in the total: without an amount in these prices, without a count, or counted twice."""
    if not table.on:
        return ()
    said: list[str] = []
    without = now.cost.left_out if now.cost is not None else ()
    if without:
        said.append(f"Without a confirmed amount in, or a deflator into, these prices: {listed(without)}.")
    names: Mapping[str, str] = {one.kind: one.name for one in table.costs}
    lines = () if now.cost is None else now.cost.lines
    alone = [line.unit.name for line in lines if line.multiplier is None]
    if alone and len(alone) < len(lines):
        said.append(f"Recorded crime only, for want of a multiplier: {listed(alone)}.")
    counted = {one.kind for one in now.counted}
    uncounted = [name for kind, name in names.items() if kind not in counted and kind not in wider]
    if uncounted:
        said.append(f"Without a count of their own: {listed([name[:1].lower() + name[1:] for name in uncounted])}.")
    twice = [name for kind, name in names.items() if kind in wider]
    if twice:
        said.append(f"Left out, for it holds another that is counted: {listed(twice)}.")
    missing = [f"{one.name} ({one.note})" for one in now.counted if one.note]
    if missing:
        said.append(f"Incomplete: {listed(missing)}.")
    return tuple(said)
