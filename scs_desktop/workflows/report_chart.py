"""One indicator's chart as a picture for another document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.public import public_copy, public_position
from scs_desktop.domain.publication import Audience
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.sentences import listed
from scs_desktop.domain.trend_layers import Layer
from scs_desktop.workflows.report import PAPER_LAYERS, by_present_rules, position_of, write_whole
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class WrittenChart:
    """A picture that was written, and what it shows in sentences."""

    path: Path
    text: str


def write_chart(
    *,
    store: Store,
    code: str,
    out: Path,
    position: date | None = None,
    as_at: int | None = None,
    audience: Audience = Audience.BOARD,
    layers: Collection[Layer] = PAPER_LAYERS,
) -> WrittenChart:
    """Write an indicator's chart with its title as an SVG or PNG, by the file's name.

    The other arguments are those of ``make_paper``.

    Raises:
        UserError: there is no such indicator, the name ends with neither .svg nor .png, the indicator has no
            figures to draw, or the file cannot be written there.

    """
    from scs_desktop.reports.chart_picture import chart_png, chart_with_title
    from scs_desktop.reports.sheets import chart_of

    form = out.suffix.lower()
    if form not in {".svg", ".png"}:
        raise UserError(f"{out.name} should end with .svg or .png, which says how the chart is drawn.")
    snapshot, at = position_of(store=store, position=position, as_at=as_at)
    if audience is Audience.PUBLIC:
        today = local_day()
        snapshot = by_present_rules(store, snapshot)
        shown, known = public_position(snapshot, at, on=today), public_copy(snapshot, on=today).snapshot
    else:
        shown, known = rate_strategy(snapshot, at), snapshot
    rows = {row.code: row for priority in shown.priorities for row in priority.indicators}
    if code not in rows:
        raise UserError(f"There is no indicator {code}. The strategy has {listed(list(rows))}.")
    trend = chart_of(rows[code], at, known, layers)
    if trend.latest is None:
        raise UserError(f"{code} has no figures to draw up to {shown.position_text}.")
    svg = chart_with_title(trend)
    write_whole(out, svg.encode() if form == ".svg" else chart_png(svg, trend.text))
    return WrittenChart(out, trend.text)
