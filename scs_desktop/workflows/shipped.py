"""The strategies the program ships with, and a new store that begins with one."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from pathlib import Path

from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.store import Store, create_store
from scs_desktop.workflows.resource_file import RESOURCES
from scs_desktop.workflows.shipped_areas import shipped_areas
from scs_desktop.workflows.strategy_file import ShippedStrategy, load_strategy_file


@lru_cache(maxsize=1)
def shipped_strategies() -> tuple[ShippedStrategy, ...]:
    """Return every strategy the program ships with, by the day it starts.

    Raises:
        DamagedResourceError: a shipped file is damaged.

    """
    found = (load_strategy_file(path) for path in sorted((RESOURCES / "strategies").glob("*.json")))
    return tuple(sorted(found, key=lambda one: one.strategy.start))


def set_up_store(
    *, path: Path, kind: StoreKind, who: str, strategy: ShippedStrategy | None = None, at: datetime | None = None
) -> Store:
    """Make a store that begins with the shipped areas and a strategy, and return it open.

    ``strategy`` is every shipped one where None is given; ``at`` the moment that history shows.

    Raises:
        UserError: there is a file of that name already, or its folder cannot be written to.

    """
    chosen = shipped_strategies() if strategy is None else (strategy,)
    store = create_store(path, kind=kind, who=who, at=at)
    try:
        with store.change(kind=ChangeKind.SETUP, summary="Areas and strategy as shipped", at=at) as change:
            change.save(*shipped_areas(), *(entity for one in chosen for entity in one.entities()))
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
    return store
