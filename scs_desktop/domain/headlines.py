"""The strategy's overall measures at a position, from the indicators that stand for them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.baselines import printed_text
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.position import HeadlinePosition, IndicatorPosition, Status, Unrated
from scs_desktop.domain.rollup import Rated, roll_up
from scs_desktop.domain.rows import Row, rate_text
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import HeadlineMeasure


def headline_positions(
    snapshot: Snapshot, rows: Mapping[UUID, Row], positions: Mapping[UUID, IndicatorPosition], reading: Reading
) -> tuple[HeadlinePosition, ...]:
    """Return where each of the strategy's overall measures stands, in their order, from its indicators' rows."""
    ordered = sorted(snapshot.headlines, key=lambda one: one.order)
    return tuple(_headline(one, rows, positions, reading) for one in ordered)


def _headline(
    measure_: HeadlineMeasure, rows: Mapping[UUID, Row], positions: Mapping[UUID, IndicatorPosition], reading: Reading
) -> HeadlinePosition:
    mine = [positions[use] for use in measure_.uses if use in positions]
    if not mine:
        status = Status(None, Unrated.NO_DATA, "None of its indicators is in the strategy.")
        return HeadlinePosition(measure_.id, measure_.name, "", "", "", status, (), measure_.note)
    first = mine[0]
    if len(mine) == 1:
        status, value, comparator = first.status, first.value_text, first.comparator_text
    else:
        status = roll_up([Rated(one.code, headline=False, status=one.status) for one in mine])
        value = " · ".join(one.value_text or "–" for one in mine)
        comparator = " · ".join(one.comparator_text or one.baseline_text for one in mine)
    if measure_.as_rate:
        row = rows[first.use]
        value = _as_rate(row, row.case.made.value if row.case.made is not None else None, reading) or value
        comparator = _as_rate(row, first.comparator, reading) or comparator or _printed_rate(row)
    comparator = comparator or first.baseline_text
    return HeadlinePosition(
        measure_.id, measure_.name, value, first.period_text, comparator, status, first.trend, measure_.note,
        first.outlook_sentence if len(mine) == 1 else "",
    )  # fmt: skip


def _printed_rate(row: Row) -> str:
    baseline = row.case.baseline
    rate = None if baseline is None else baseline.of(Part.VALUE, Unit.RATE)
    return "" if rate is None else printed_text(rate)


def _as_rate(row: Row, value: Decimal | None, reading: Reading) -> str:
    return rate_text(row.case.definition, value, row.case.made, reading.denominators)
