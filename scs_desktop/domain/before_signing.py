"""What the board should know before it signs a paper off."""

from __future__ import annotations

from datetime import date

from scs_desktop.domain.agencies import Meeting
from scs_desktop.domain.due import date_text
from scs_desktop.domain.periods import financial_year_of, position_label
from scs_desktop.domain.position import Light, StrategyPosition
from scs_desktop.domain.sentences import listed, plural
from scs_desktop.domain.signed import rows_of
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Strategy


def position_fault(strategy: Strategy, position: date, on: date | None = None) -> str | None:
    """Return why nothing can be signed or decided for a position of the strategy, in a sentence; None where it can.

    ``on`` is the day of signing or deciding, None where the position may lie ahead, as that of a
    meeting that is planned.
    """
    first = financial_year_of(strategy.baseline_end)
    if position < first.start:
        return f"{position_label(position)} lies before {first.label}, the strategy’s baseline year: look at the year."
    if on is not None and position > on:
        return f"{position_label(position)} is not over: it can be signed or decided on from {date_text(position)} on."
    return None


def warnings_before(snapshot: Snapshot, rated: StrategyPosition, meeting: Meeting) -> tuple[str, ...]:
    """Say what stands open in a paper for a meeting; none of it forbids to sign.

    It is another position than the meeting's or one after the strategy's end, what was recorded after its
    cut-off, open doubts, red lights without a comment, and overdue figures.
    """
    told: list[str] = []
    if rated.position != meeting.position:
        told.append(
            f"The meeting’s position is {position_label(meeting.position)}; the paper’s is {rated.position_text}."
        )
    if rated.position > snapshot.strategy.end:
        told.append(f"The strategy ended on {date_text(snapshot.strategy.end)}, before the paper’s position.")
    if rated.known_on > meeting.cut_off:
        late = [one for one in snapshot.imports.values() if not one.undone and one.received_on > meeting.cut_off]
        returns = f", {plural(len(late), 'return')} among it" if late else ""
        told.append(
            f"What was recorded after the meeting’s cut-off, {date_text(meeting.cut_off)}, is in the paper{returns}."
        )
    if rated.open_findings:
        blocking = sum(one.blocks for one in rated.open_findings)
        held = f"; {plural(blocking, 'light')} held back for {'it' if blocking == 1 else 'them'}" if blocking else ""
        verb = "is" if len(rated.open_findings) == 1 else "are"
        told.append(f"{plural(len(rated.open_findings), 'doubt')} {verb} open{held}.")
    told += _uncommented(snapshot, rated)
    overdue = [row.code for row in rows_of(rated) if row.data.overdue]
    if overdue:
        told.append(f"Overdue figures: {listed(overdue)}.")
    return tuple(told)


def _uncommented(snapshot: Snapshot, rated: StrategyPosition) -> list[str]:
    """Name each priority that is red, or has red indicators of its own, and no words of its lead."""
    said = [one for one in snapshot.commentary if one.position == rated.position and one.text.strip()]
    told: list[str] = []
    for priority in rated.priorities:
        if any(one.priority == priority.id and one.use is None for one in said):
            continue
        spoken = {one.use for one in said}
        red = [
            row.code
            for row in priority.indicators
            if row.status.light is Light.RED and row.use not in spoken and row.use not in priority.borrowed
        ]
        itself = "is red" if priority.status.light is Light.RED else ""
        below = f"has red at {listed(red)}" if red else ""
        if itself or below:
            what = " and ".join(part for part in (itself, below) if part)
            told.append(f"Priority {priority.number} {what}, without a comment.")
    return told
