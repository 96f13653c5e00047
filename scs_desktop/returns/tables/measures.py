"""Step 8: the unit of a figure, from its number format, its own text and the header cells; the narrowest rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scs_desktop.domain.figures import Unit
from scs_desktop.returns.notation.units import header_unit, is_pure_unit, says_no_unit
from scs_desktop.returns.records import LabelCell
from scs_desktop.returns.tables.headers import HeadCell


class _Silent:
    """A header that speaks of a score, rank or limit: no unit, and none to be taken from further out."""


SILENT = _Silent()


def said(text: str) -> Unit | _Silent | None:
    """Return the unit a header says, SILENT where it speaks of something without one, None where it says nothing."""
    unit = header_unit(text)
    if unit is not None:
        return unit
    return SILENT if says_no_unit(text) else None


def of_column(path: Sequence[HeadCell]) -> tuple[Unit | _Silent | None, Unit | _Silent | None]:
    """Return what a column's own head says and what the tiers above and unit rows say."""
    own: Unit | _Silent | None = None
    outer: Unit | _Silent | None = None
    own_index = -1
    for index in range(len(path) - 1, -1, -1):
        if not is_pure_unit(path[index].text) or index == len(path) - 1:
            own = said(path[index].text)
            own_index = index
            if own is not None or not path[index].only_period:
                break
    for index in range(len(path) - 1, -1, -1):
        if index == own_index:
            continue
        outer = said(path[index].text)
        if outer is not None:
            break
    return own, outer


def of_labels(labels: Iterable[LabelCell]) -> Unit | _Silent | None:
    """Return what a row's own name says, the innermost that says anything."""
    for label in reversed(list(labels)):
        unit = said(label.text)
        if unit is not None:
            return unit
    return None


def settle(*choices: Unit | _Silent | None, default: Unit | None) -> Unit | None:
    """Return the first that says anything; SILENT ends the search without a unit."""
    for choice in choices:
        if isinstance(choice, Unit):
            return choice
        if choice is SILENT:
            return None
    return default
