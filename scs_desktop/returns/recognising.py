"""From whom a return is: by the layouts an agency has sent before, else by whose indicators its words name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from scs_desktop.domain.profile import Profile
from scs_desktop.returns.items import Item
from scs_desktop.returns.scoring import Wanted, score

KNOWN_FROM = 0.6
"""Share of rows in common from which a layout counts as sent before."""


@dataclass(frozen=True, slots=True)
class Sender:
    """An agency that may have sent the return. ``known`` says that it has sent this layout before."""

    agency: UUID
    score: int
    known: bool


def likely_senders(
    items: Sequence[Item], profiles: Sequence[Profile], wanted: Sequence[tuple[UUID, tuple[Wanted, ...]]]
) -> tuple[Sender, ...]:
    """Rank the agencies, the likeliest first. Items beyond the first few hundred say nothing more."""
    tables: dict[int, set[str]] = {}
    for item in items:
        tables.setdefault(item.table, set()).add(item.key)
    sample = list(items)[:300]
    found = []
    for agency, series in wanted:
        profile = next((one for one in profiles if one.agency == agency), None)
        overlap = max(
            (
                len(rows & set(layout.rows)) / len(rows | set(layout.rows))
                for layout in (profile.layouts if profile is not None else ())
                for rows in tables.values()
                if layout.rows
            ),
            default=0.0,
        )
        best = sorted((max((score(item, one) for item in sample), default=0) for one in series), reverse=True)[:3]
        points = round(sum(best) / len(best)) if best else 0
        found.append(Sender(agency, max(points, round(100 * overlap)), overlap >= KNOWN_FROM))
    return tuple(sorted(found, key=lambda one: (-one.known, -one.score)))
