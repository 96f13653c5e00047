"""Where the names at the right edge of a chart stand: each beside its line, none over another."""

from __future__ import annotations

from collections.abc import Sequence


def spread(wished: Sequence[float], apart: float, top: float, bottom: float) -> tuple[float, ...]:
    """Return the heights (from the top down) so that neighbours are so far apart and all lie between the bounds.

    ``wished`` is in order from the top down.
    """
    placed: list[float] = []
    for at in wished:
        placed.append(max(at, top + apart / 2, placed[-1] + apart if placed else at))
    limit = bottom - apart / 2
    for index in range(len(placed) - 1, -1, -1):
        placed[index] = min(placed[index], limit)
        limit = placed[index] - apart
    return tuple(placed)
