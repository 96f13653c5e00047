"""Cohorts of a programme beside others: how they stand at a position, and which are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.agencies import Agency, Frequency, PeriodForm, Series
from scs_desktop.domain.cohort_results import CohortResults
from scs_desktop.domain.cohorts import CohortPair
from scs_desktop.domain.compared_cohorts import cohort_results
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import month_end
from scs_desktop.domain.publication import Audience, Marking, PublicationRule
from scs_desktop.domain.strategy import Priority
from scs_desktop.workflows.overview import latest_position, look
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from pathlib import Path

    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.store import Entity, Store

MOST_FOLLOWED = 120
"""Months; a longer follow-up is a slip."""


@dataclass(frozen=True, slots=True)
class CohortChoices:
    """What a pair can be made of: priorities, series of cohorts, agencies that send them."""

    priorities: tuple[Priority, ...]
    series: tuple[Series, ...]
    agencies: tuple[Agency, ...]


@dataclass(frozen=True, slots=True)
class NewSeries:
    """How a series of cohorts that the store does not know is to be made.

    Attributes:
        agency: who sends it; ``follow_up_months`` how long each intake is followed.

    """

    agency: UUID
    follow_up_months: int = 12
    frequency: Frequency = Frequency.YEAR


def cohorts(
    *,
    store: Store,
    position: date | None = None,
    as_at: int | None = None,
    public: bool = False,
    strategy: UUID | None = None,
) -> CohortResults:
    """Compare the cohorts of every pair whose follow-up ended by the position, as the store knew them.

    ``position``, ``as_at`` and ``strategy`` are as in the overview; ``public`` withholds small counts and obeys
    the rules of publication.

    Raises:
        UserError: the store holds no strategy.

    """
    snapshot = look(store=store, as_at=as_at, strategy=strategy)
    day = month_end(position) if position is not None else latest_position(snapshot)
    if public:
        # What may leave the building is decided by the rules of today, also for what was known before.
        snapshot = replace(snapshot, publication=store.all_of(PublicationRule))
    return cohort_results(snapshot, day, public=public)


def cohort_choices(*, store: Store, strategy: UUID | None = None) -> CohortChoices:
    """Return what a pair can be made of."""
    snapshot = look(store=store, strategy=strategy)
    return CohortChoices(
        snapshot.priorities,
        tuple(sorted(_cohort_series(snapshot), key=lambda one: one.data_set)),
        tuple(sorted(snapshot.agencies.values(), key=lambda one: one.name)),
    )


def save_pair(
    *,
    store: Store,
    name: str,
    priority: UUID,
    series: str,
    other: str,
    event: str = "re-offended",
    note: str = "",
    new: NewSeries | None = None,
    pair: UUID | None = None,
    strategy: UUID | None = None,
    at: datetime | None = None,
) -> CohortPair:
    """Set up a pair of cohorts, or change one, and return it.

    ``series`` and ``other`` name the data sets (or their UUIDs) of those the programme reached and of those they
    are compared with; one that the store does not know is made as ``new`` says. ``pair`` is the one to change.

    Raises:
        UserError: a name is missing or taken, a series is not one of cohorts or is not known and cannot be made.

    """
    snapshot = look(store=store, strategy=strategy)
    name, event = name.strip(), event.strip()
    if not name:
        raise UserError("A comparison of cohorts needs a name. Write one, such as “Early intervention”.")
    if not event:
        raise UserError("Say what is counted, as it completes “12 of 40 …”: “re-offended”, for example.")
    if any(one.name.casefold() == name.casefold() and one.id != pair for one in snapshot.cohort_pairs):
        raise UserError(f"There is a comparison called “{name}” already. Choose another name.")
    if all(one.id != priority for one in snapshot.priorities):
        raise UserError("There is no such priority in this strategy. Choose one of it.")
    sides = [_series(snapshot, text, new) for text in (series, other)]
    if sides[0].id == sides[1].id or sides[0].data_set.casefold() == sides[1].data_set.casefold():
        raise UserError("A cohort is not compared with itself. Name the data set of the other group.")
    made = CohortPair(
        pair or uuid4(), snapshot.strategy.id, priority, name, sides[0].id, sides[1].id, event, note.strip()
    )
    fresh = [one for one in sides if one.id not in snapshot.series]
    entities: list[Entity] = [*fresh, made]
    with store.change(summary=f"Cohorts “{name}”", at=at) as change:
        change.save(*entities)
    return made


def remove_pair(*, store: Store, pair: UUID, strategy: UUID | None = None) -> None:
    """Compare these cohorts no longer. Their series and figures stay, and so does the history.

    Raises:
        UserError: there is no such pair.

    """
    found = next((one for one in look(store=store, strategy=strategy).cohort_pairs if one.id == pair), None)
    if found is None:
        raise UserError("There is no such comparison of cohorts any more. Nothing was changed.")
    with store.change(summary=f"Cohorts “{found.name}” removed") as change:
        change.close(CohortPair, pair)


def pair_named(*, store: Store, name: str) -> CohortPair:
    """Return the pair of that name.

    Raises:
        UserError: there is none.

    """
    pairs = look(store=store).cohort_pairs
    for one in pairs:
        if name.strip().casefold() in {one.name.casefold(), str(one.id)}:
            return one
    known = ", ".join(f"“{one.name}”" for one in pairs) or "none"
    raise UserError(f"No comparison of cohorts is called “{name}”. There is {known}.")


def priority_numbered(*, store: Store, number: int) -> UUID:
    """Return the priority of the number.

    Raises:
        UserError: there is none.

    """
    priorities = look(store=store).priorities
    found = next((one.id for one in priorities if one.number == number), None)
    if found is None:
        known = ", ".join(str(one.number) for one in priorities)
        raise UserError(f"There is no priority {number}. This strategy has {known}.")
    return found


def cohorts_report(
    *,
    store: Store,
    out: Path,
    position: date | None = None,
    as_at: int | None = None,
    public: bool = False,
    marking: Marking = Marking.OFFICIAL,
    printed_on: date | None = None,
) -> Path:
    """Write the comparison of cohorts as a PDF and return its path.

    A board's copy that shows a count of 1 to 4 is marked OFFICIAL-SENSITIVE, whatever marking was asked for.

    Raises:
        UserError: nothing can be compared, or the file cannot be written there.

    """
    from scs_desktop.reports.cohorts import cohorts_pdf
    from scs_desktop.reports.edition import Edition
    from scs_desktop.workflows.report import write_whole
    from scs_desktop.workflows.source_cells import read_from

    found = cohorts(store=store, position=position, as_at=as_at, public=public)
    if not found.pairs:
        raise UserError("No cohorts are compared yet. Set up a pair first: cohorts add.")
    why = ""
    if found.small_shown and marking is Marking.OFFICIAL:
        marking, why = Marking.OFFICIAL_SENSITIVE, "Marked OFFICIAL-SENSITIVE: counts of 1 to 4 are shown."
    printed = printed_on or local_day()
    edition = Edition(printed, marking, Audience.PUBLIC if public else Audience.BOARD, why)
    # The public learns who sent the figures, not in which file and cell of the council's they are kept.
    sources = {} if public else {one.pair.id: read_from(store=store, figures=one.figures) for one in found.pairs}
    return write_whole(out, cohorts_pdf(found, sources, edition))


def _cohort_series(snapshot: Snapshot) -> tuple[Series, ...]:
    return tuple(one for one in snapshot.series.values() if one.form is PeriodForm.COHORT and one.indicator is None)


def _series(snapshot: Snapshot, text: str, new: NewSeries | None) -> Series:
    wanted = text.strip()
    if not wanted:
        raise UserError("Name the data sets of both groups, as the agency's return calls them.")
    for one in snapshot.series.values():
        if wanted.casefold() in {one.data_set.casefold(), str(one.id)} and one.indicator is None:
            if one.form is not PeriodForm.COHORT:
                raise UserError(f"“{one.data_set}” gives no cohorts followed over time. Name a series that does.")
            return one
    if new is None:
        known = "; ".join(f"“{one.data_set}”" for one in _cohort_series(snapshot)) or "none yet"
        raise UserError(f"No series of cohorts is called “{wanted}”. Say which agency sends it. Known: {known}.")
    if not 0 < new.follow_up_months <= MOST_FOLLOWED:
        raise UserError(f"A follow-up lasts 1 to {MOST_FOLLOWED} months, not {new.follow_up_months}.")
    example = snapshot.kind.value == "example"
    made = Series(
        uuid4(),
        new.agency,
        wanted,
        None,
        None,
        new.frequency,
        PeriodForm.COHORT,
        follow_up_months=new.follow_up_months,
        note="A programme’s cohorts: no indicator of the strategy, and no light.",
    )
    return replace(made, illustrative=example)
