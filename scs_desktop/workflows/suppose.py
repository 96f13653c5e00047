"""What other rules would do to the lights, asked before anybody approves them; nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scs_desktop.domain.what_if import what_if
from scs_desktop.workflows.overview import look

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from scs_desktop.domain.what_if import Effect, Supposition
    from scs_desktop.store import Store


def lights_supposed(
    *, store: Store, strategy: UUID, position: date, as_at: int | None, supposed: Supposition
) -> Effect:
    """Rate the strategy as it is and as it is supposed, at a position as the store knew it, and tell what differs."""
    return what_if(look(store=store, as_at=as_at, strategy=strategy), position, supposed)
