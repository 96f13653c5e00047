"""Opening a store on the worker: the file, the rated strategy, and what is to be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.domain.position import StrategyPosition

if TYPE_CHECKING:
    from scs_desktop.domain.errors import UserError
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Opened:
    """A store that was opened, where its strategy stands, and a warning about the place it lies in."""

    store: Store
    position: StrategyPosition
    warning: str = ""


def open_and_rate(path: Path, *, who: str, read_only: bool = False, take_over: bool = False) -> Opened:
    """Open a store and rate its strategy at the latest position. Runs on the worker.

    Raises:
        UserError: it is no store, is held by somebody else, or holds no strategy.

    """
    from scs_desktop.store import open_store, warning_about
    from scs_desktop.workflows.overview import overview

    store = open_store(path, who=who, read_only=read_only, take_over=take_over)
    try:
        return Opened(store, overview(store=store), warning_about(path) or "")
    except BaseException:
        store.close()
        raise


def reopened(path: Path, who: str, error: UserError) -> Opened:
    """Open the store again that could not be replaced, and say why it was not."""
    opened = open_and_rate(path, who=who)
    return Opened(opened.store, opened.position, str(error))
