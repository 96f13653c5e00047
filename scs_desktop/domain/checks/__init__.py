"""General checks: what is odd in a strategy as printed, and where its figures disagree with it.

A check is a rule about any strategy: it knows no indicator's code and no sentence of a document.
Each finding says the evidence with its numbers and offers ways to settle it; the officer decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from scs_desktop.domain.checks.arrivals import left_out_findings
from scs_desktop.domain.checks.denominators import denominator_findings
from scs_desktop.domain.checks.measures import measure_findings
from scs_desktop.domain.checks.series import series_findings
from scs_desktop.domain.checks.wholes import member_findings, part_findings, range_findings
from scs_desktop.domain.checks.wording import direction_findings, label_findings, unit_findings, year_findings
from scs_desktop.domain.corrections import Reading, as_printed
from scs_desktop.domain.decisions import Finding
from scs_desktop.domain.series_figures import SeriesFigures
from scs_desktop.domain.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Doubts:
    """All doubts, and those still open: undecided, and not settled by what was decided of another."""

    all: tuple[Finding, ...]
    open: tuple[Finding, ...]


def doubts_of(snapshot: Snapshot, decided: Reading, found: Mapping[UUID, SeriesFigures]) -> Doubts:
    """Check the strategy and what its series bring; with it what was left out of returns on arrival.

    What is printed is checked as printed, so that a doubt keeps its key when it is decided, and once
    more as decided, because one decision may settle several. What the series bring, and what the
    overall measures cover, is held against the strategy as decided.
    """
    printed = strategy_findings(snapshot, as_printed(snapshot), found)
    series = (*series_findings(snapshot, decided, found), *measure_findings(snapshot, decided))
    answered = {decision.finding for decision in snapshot.decisions}
    standing = {finding.key for finding in printed}
    if snapshot.decisions:
        standing = {finding.key for finding in strategy_findings(snapshot, decided, found)}
    still = tuple(one for one in printed if one.key not in answered and one.key in standing)
    left = tuple(left_out_findings(snapshot))
    waiting = tuple(one for one, is_open in left if is_open)
    return Doubts(
        (*printed, *series, *(one for one, _ in left)),
        (*still, *(one for one in series if one.key not in answered), *waiting),
    )


def strategy_findings(snapshot: Snapshot, reading: Reading, found: Mapping[UUID, SeriesFigures]) -> tuple[Finding, ...]:
    """Return the doubts about the strategy itself, read as given."""
    return (
        *denominator_findings(reading),
        *part_findings(reading),
        *label_findings(reading),
        *direction_findings(reading),
        *year_findings(snapshot, reading),
        *member_findings(snapshot, reading),
        *range_findings(reading, found),
        *unit_findings(reading),
    )
