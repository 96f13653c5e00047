"""The strategy's overall measures at a position, from the indicators that stand for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.baselines import printed_text
from scs_desktop.domain.checks.measures import not_covered, stated_measure, stated_part
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.figures import Part, Unit
from scs_desktop.domain.heading import chance_text
from scs_desktop.domain.light_words import LIGHT_WORDS
from scs_desktop.domain.movement import IndicatorOutlook
from scs_desktop.domain.position import (
    Direction,
    HeadlinePart,
    HeadlinePosition,
    IndicatorPosition,
    Light,
    Status,
    Unrated,
)
from scs_desktop.domain.rollup import Rated, roll_up
from scs_desktop.domain.rows import Row, rate_text
from scs_desktop.domain.sentences import capital, chance_words, listed, p_text, plural
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import HeadlineMeasure

_DECIMALS = 2
"""Of an overall rate: enough for the change beside two of them to be that of the two."""


def headline_positions(
    snapshot: Snapshot, rows: Mapping[UUID, Row], positions: Mapping[UUID, IndicatorPosition], reading: Reading
) -> tuple[HeadlinePosition, ...]:
    """Return where each of the strategy's overall measures stands, in their order, from its indicators' rows."""
    ordered = sorted(snapshot.headlines, key=lambda one: one.order)
    return tuple(_headline(one, rows, positions, reading) for one in ordered)


def _headline(
    measure: HeadlineMeasure, rows: Mapping[UUID, Row], positions: Mapping[UUID, IndicatorPosition], reading: Reading
) -> HeadlinePosition:
    mine = [positions[use] for use in measure.uses if use in positions]
    title = stated_measure(measure.name).title
    missing = not_covered(measure, reading)
    note = " ".join(part for part in (measure.note, _missing_words(missing)) if part)
    if not mine:
        status = Status(None, Unrated.NO_DATA, "None of its indicators is in the strategy.")
        return HeadlinePosition(
            measure.id, title, "", "", "", status, (), note, sentence=status.sentence, not_covered=missing
        )
    made = (
        _of_parts(measure, title, mine, reading) if len(mine) > 1 else _of_one(measure, title, mine[0], rows, reading)
    )
    return replace(made, note=note, not_covered=missing, age_text=age_text(mine))


def _of_one(
    measure: HeadlineMeasure, title: str, row: IndicatorPosition, rows: Mapping[UUID, Row], reading: Reading
) -> HeadlinePosition:
    """Return a measure that one indicator stands for, as a rate where the strategy states it as one."""
    value, comparator, sentence = row.value_text, row.comparator_text, row.status.sentence
    if measure.as_rate:
        source = rows[row.use]
        value = _as_rate(source, row.value, reading) or value
        held = _as_rate(source, row.comparator, reading)
        if held and value:
            sentence = _rate_sentence(row, value, held)
        comparator = held or comparator or _printed_rate(source)
    return HeadlinePosition(
        measure.id, title, value, row.period_text, comparator or row.baseline_text, row.status, row.trend,
        outlook_sentence=row.outlook_sentence,
        sentence=sentence,
        moved_text=row.status.moved_text,
        chance_text=_chance(row),
        outlook_text=_outlook_text(row.outlook),
        direction=row.direction,
        direction_sentence=row.direction_sentence,
    )  # fmt: skip


def _of_parts(
    measure: HeadlineMeasure, title: str, mine: Sequence[IndicatorPosition], reading: Reading
) -> HeadlinePosition:
    """Return a measure that several indicators stand for: each with its own light, and one light over them."""
    rolled = roll_up([Rated(one.code, headline=False, status=one.status) for one in mine])
    sentence = _parts_sentence(rolled, mine)
    return HeadlinePosition(
        measure.id, title,
        " · ".join(one.value_text or "–" for one in mine),
        mine[0].period_text,
        " · ".join(one.comparator_text or one.baseline_text for one in mine),
        replace(rolled, sentence=sentence, details=(*rolled.details, rolled.sentence)),
        mine[0].trend,
        sentence=sentence,
        parts=tuple(
            HeadlinePart(
                one.use, one.code, stated_part(measure, one.use, reading) or one.short_name or one.name, one.value_text,
                one.comparator_text or one.baseline_text,
                one.status, one.direction, one.status.moved_text, one.trend,
            )
            for one in mine
        ),
        direction=_common([one.direction for one in mine]),
    )  # fmt: skip


def _common(directions: Sequence[Direction]) -> Direction:
    return directions[0] if len(set(directions)) == 1 else Direction.UNKNOWN


def _rate_sentence(row: IndicatorPosition, value: str, held: str) -> str:
    """Say the light in the rates it is shown in: "Amber: 38.04 per 1,000 population so far against 36.49 in …"."""
    head, _, rest = row.status.sentence.partition(f" against {row.comparator_text}")
    if row.status.light is None or not rest:
        return row.status.sentence
    return f"{head.partition(': ')[0]}: {value} against {held.partition(' per ')[0]}{rest}"


def _parts_sentence(rolled: Status, mine: Sequence[IndicatorPosition]) -> str:
    """Name the parts by their lights, the worst first: "Red: 8.3 is red; 8.2 is amber."."""
    states = {one.status.unrated.value if one.status.unrated is not None else "" for one in mine}
    if rolled.light is None and len(states) == 1 and "" not in states:
        return f"{listed([one.code for one in mine])} are not rated: {states.pop()}."
    said = []
    for light in (Light.RED, Light.AMBER, Light.GREEN):
        codes = [one.code for one in mine if one.status.light is light]
        if codes:
            said.append(f"{listed(codes)} {'is' if len(codes) == 1 else 'are'} {light.value}")
    unrated = [one.code for one in mine if one.status.light is None]
    if unrated:
        said.append(f"{listed(unrated)} {'is' if len(unrated) == 1 else 'are'} not rated")
    head = LIGHT_WORDS[rolled.light] if rolled.light is not None else "Not rated"
    return f"{head}: {'; '.join(said)}."


def _missing_words(missing: Sequence[str]) -> str:
    if not missing:
        return ""
    quoted = listed([f"“{part}”" for part in missing])
    return f"{quoted} {'has' if len(missing) == 1 else 'have'} no indicator."


def _chance(row: IndicatorPosition) -> str:
    """Return what chance says of the change, in few words: "within the usual movement (p = .135)"."""
    p = row.status.p_value
    if p is None:
        return "chance not tested" if row.status.hollow else ""
    return f"{row.movement_badge or chance_words(p)} ({p_text(p)})"


def age_text(rows: Sequence[IndicatorPosition]) -> str:
    """Return how old the oldest of the figures is, and whether any is overdue or provisional."""
    ages = [one.data.age_months for one in rows if one.data.age_months is not None]
    parts = []
    if not ages:
        parts.append("no figures")
    else:
        parts.append("up to date" if max(ages) == 0 else f"{plural(max(ages), 'month')} old")
    if any(one.data.provisional for one in rows):
        parts.append("provisional")
    if any(one.data.overdue for one in rows):
        parts.append("overdue")
    return capital(", ".join(parts))


def _outlook_text(outlook: IndicatorOutlook | None) -> str:
    """Return the outlook in few words: "Ending better than 2010/11: unlikely, 8 %"."""
    if outlook is None or outlook.word is None or outlook.probability is None:
        return ""
    what = outlook.aim.partition(" (")[0]
    goal = f"Ending {what}" if what.startswith("better") else f"Meeting {what}"
    return f"{goal}: {outlook.word.value}, {chance_text(outlook.probability)}"


def _printed_rate(row: Row) -> str:
    baseline = row.case.baseline
    rate = None if baseline is None else baseline.of(Part.VALUE, Unit.RATE)
    return "" if rate is None else printed_text(rate)


def _as_rate(row: Row, value: Decimal | None, reading: Reading) -> str:
    return rate_text(row.case.definition, value, row.case.made, reading.denominators, decimals=_DECIMALS)
