"""Which lights moved between two positions of one strategy."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.position import PriorityPosition, Status, StrategyPosition

Moved = Mapping[UUID, tuple[str, ...]]


def moved_lights(before: StrategyPosition, now: StrategyPosition) -> Moved:
    """Return, by priority, each of its indicators whose light is another: "1.3 Amber → Red", "4.1 Green → unrated"."""
    earlier = {row.use: row.status for priority in before.priorities for row in priority.indicators}
    return {priority.id: _of(priority, earlier) for priority in now.priorities}


def _of(priority: PriorityPosition, earlier: Mapping[UUID, Status]) -> tuple[str, ...]:
    return tuple(
        f"{row.code} {_word(earlier[row.use])} → {_word(row.status)}"
        for row in priority.indicators
        if row.use in earlier and _word(earlier[row.use]) != _word(row.status)
    )


def _word(status: Status) -> str:
    return mark_of(status).word.split(",")[0] if status.light is not None else "unrated"
