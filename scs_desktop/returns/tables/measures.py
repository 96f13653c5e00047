"""Step 8: the unit of a figure, from its number format, its own text and the header cells; the narrowest rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scs_desktop.domain.figures import Unit
from scs_desktop.returns.notation.units import header_unit, is_pure_unit, says_no_unit, says_outright
from scs_desktop.returns.records import LabelCell
from scs_desktop.returns.tables.headers import HeadCell


class _Silent:
    """A header that speaks of a score, rank or limit: no unit, and none to be taken from further out."""


SILENT = _Silent()


Said = tuple[Unit | _Silent | None, bool]
NOTHING: Said = (None, False)


def said(text: str) -> Said:
    """Return the unit a header says and whether outright; SILENT where it speaks of something without one."""
    unit = header_unit(text)
    if unit is not None:
        return unit, says_outright(text)
    return (SILENT, True) if says_no_unit(text) else NOTHING


def of_column(path: Sequence[HeadCell]) -> tuple[Said, Said]:
    """Return what a column's own head says and what the tiers above and unit rows say."""
    own_index = next(
        (index for index in range(len(path) - 1, -1, -1) if not is_pure_unit(path[index].text)), len(path) - 1
    )
    if own_index >= 0 and path[own_index].only_period:
        # A period says nothing of units: the next text does.
        own_index = next((index for index in range(own_index - 1, -1, -1) if not path[index].only_period), own_index)
    own = said(path[own_index].text) if path else NOTHING
    # "%" and "Number" under one head each are the narrowest of all.
    inner = [cell for cell in path[own_index + 1 :] if is_pure_unit(cell.text)]
    outer = strongest(*(said(cell.text) for cell in reversed(path[: max(own_index, 0)])))
    if inner:
        beneath = said(inner[-1].text)
        if beneath[0] is not None:
            return strongest(own, beneath) if own[1] and own[0] is not SILENT else beneath, outer
    return own, outer


def of_labels(labels: Iterable[LabelCell]) -> Said:
    """Return what names say, the innermost that speaks outright, else the innermost that suggests anything."""
    return strongest(*(said(label.text) for label in reversed(list(labels))))


def strongest(*choices: Said) -> Said:
    """Return the first that speaks outright, else the first that says anything."""
    for choice in choices:
        if choice[0] is not None and choice[1]:
            return choice
    return next((choice for choice in choices if choice[0] is not None), NOTHING)


def settle(*choices: Said, heads: Sequence[Said], title: Said, default: Unit | None, whole: bool) -> Unit | None:
    """Return the unit of the strongest of the choices, narrowest first; SILENT gives none.

    ``heads`` are the choices that come from the column.
    The title speaks only where nothing nearer does; ``whole`` says that the figures beside are whole numbers, without
    which a count is only what is named as one.
    """
    found = strongest(*choices)
    if found[0] is Unit.COUNT and not found[1] and not whole:
        if isinstance(title[0], Unit) and title[1]:
            return title[0]
        # A row's name such as "All persons" says who is spoken of, not what is counted.
        return Unit.COUNT if Unit.COUNT in {choice[0] for choice in heads} else None
    unit = found[0] if found[0] is not None else title[0]
    if unit is SILENT:
        return None
    return unit if isinstance(unit, Unit) else default
