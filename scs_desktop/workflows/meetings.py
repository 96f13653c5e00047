"""The meetings of the partnership board."""

from __future__ import annotations

from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import uuid4

from scs_desktop.domain.agencies import Meeting
from scs_desktop.domain.before_signing import position_fault
from scs_desktop.domain.due import date_text
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.periods import month_end, position_label
from scs_desktop.workflows.overview import look

if TYPE_CHECKING:
    from scs_desktop.store import Store


def meetings(*, store: Store) -> tuple[Meeting, ...]:
    """Return the meetings in the order they are held."""
    return tuple(sorted(store.meetings(), key=lambda one: (one.meeting, one.title)))


def add_meeting(
    *,
    store: Store,
    position: date,
    cut_off: date,
    meeting: date,
    publication: date | None = None,
    title: str = "",
    at: datetime | None = None,
) -> Meeting:
    """Add a meeting with its four dates, in the order they come.

    ``position`` is any day of the month that the papers are made up to.

    Raises:
        UserError: the dates are out of order or before the strategy's baseline year, or a meeting of that title
            is held on that day already.

    """
    ends = month_end(position)
    steps = [("position", ends), ("cut-off", cut_off), ("meeting", meeting)]
    steps += [("publication", publication)] if publication is not None else []
    for (earlier, first), (later, then) in pairwise(steps):
        if then < first:
            raise UserError(
                f"The {later} ({date_text(then)}) cannot lie before the {earlier} ({date_text(first)}). "
                "The order is position, cut-off, meeting, publication."
            )
    fault = position_fault(look(store=store).strategy, ends)
    if fault is not None:
        raise UserError(fault)
    named = title.strip() or f"Board, {position_label(ends)}"
    if any((one.meeting, one.title) == (meeting, named) for one in store.meetings()):
        raise UserError(f"“{named}” on {date_text(meeting)} is known already.")
    made = Meeting(uuid4(), ends, cut_off, meeting, publication, named)
    with store.change(kind=ChangeKind.ENTRY, summary=f"Meeting added: {named}", at=at) as change:
        change.save(made)
    return made


def meeting_named(*, store: Store, name: str) -> Meeting:
    """Return the meeting held on a day (written 2011-12-15), of a title or part of one, or of an identity.

    Raises:
        UserError: there is none, or several answer to that name.

    """
    known, wanted = meetings(store=store), name.strip().casefold()
    for found in (
        [one for one in known if wanted in {one.meeting.isoformat(), str(one.id), one.title.casefold()}],
        [one for one in known if wanted and wanted in one.title.casefold()],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            named = "; ".join(f"{one.title}, {one.meeting.isoformat()}" for one in found)
            raise UserError(f"“{name}” may be one of several meetings: {named}. Give the day or the whole title.")
    raise UserError(f"There is no meeting “{name}”. Those there are stand under meeting list; add it with meeting add.")
