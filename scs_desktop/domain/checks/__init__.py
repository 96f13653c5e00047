"""General checks: what is odd in a strategy as printed, and where its figures disagree with it.

A check is a rule about any strategy: it knows no indicator's code and no sentence of a document.
Each finding says the evidence with its numbers and offers ways to settle it; the officer decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from scs_desktop.domain.checks.series import series_findings
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import Finding
from scs_desktop.domain.measure import SeriesFigures
from scs_desktop.domain.snapshot import Snapshot


def findings_of(snapshot: Snapshot, reading: Reading, found: Mapping[UUID, SeriesFigures]) -> tuple[Finding, ...]:
    """Return every doubt, decided or not.

    What is printed is checked as printed, so that a doubt keeps its key when it is decided; what the
    series bring is held against the strategy as decided.
    """
    return series_findings(snapshot, reading, found)
