"""Sign off a board paper: what it says and its bytes are kept and never change; take it back, or sign anew."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.before_signing import position_fault, warnings_before
from scs_desktop.domain.due import date_text
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.periods import month_end, position_label
from scs_desktop.domain.publication import Marking, SignOff, SignOffState
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.sentences import plural
from scs_desktop.domain.signed import (
    SignedDoubt,
    SignedRecord,
    record_text,
    rows_of,
    signed_headline,
    signed_indicator,
    signed_priority,
    signed_text,
    texts_text,
)
from scs_desktop.workflows.overview import cut_on, look
from scs_desktop.workflows.report import Paper, PaperKind, make_paper
from scs_desktop.workflows.signed_papers import kept_paper
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Meeting
    from scs_desktop.domain.position import StrategyPosition
    from scs_desktop.store import Store


KIND_WORDS = {
    PaperKind.SUMMARY: "RAG summary",
    PaperKind.PRIORITY: "Priority sheets",
    PaperKind.PACK: "Board pack",
}


@dataclass(frozen=True, slots=True)
class Proposed:
    """A paper ready to be signed off: what would be frozen, and what should be known before.

    Attributes:
        id: the paper's identity, once it is signed.
        as_at: number of the last change it sees.
        asked: the marking that was asked for; the paper's own may be higher.
        warnings: open doubts, red lights without a comment and the like; none of them forbids.

    """

    id: UUID
    meeting: Meeting
    position: StrategyPosition
    as_at: int
    kind: PaperKind
    asked: Marking
    paper: Paper
    warnings: tuple[str, ...]
    record: SignedRecord
    texts: str

    @property
    def frozen(self) -> str:
        """Say what would be kept."""
        position = self.position
        return (
            f"{KIND_WORDS[self.kind]}, position to {position.position_text}, data as at "
            f"{date_text(position.known_on)} (change {self.as_at}), {self.paper.marking.value}: "
            f"{plural(len(self.record.indicators), 'status', 'statuses')} with their records, and the PDF’s "
            f"{len(self.paper.pdf):,} bytes."
        )


def cut_of_day(*, store: Store, day: date | None, today: date | None = None) -> int | None:
    """Return the number of the last change recorded on or before the day; None, for now, where no day is given.

    Raises:
        UserError: the day has not come yet, or nothing was recorded by then.

    """
    if day is None:
        return None
    if day > (today or local_day()):
        raise UserError(f"{date_text(day)} has not come yet: a paper can be as at today or a day before.")
    cut = cut_on(store=store, day=day)
    if not cut:
        raise UserError(f"Nothing was recorded by {date_text(day)}: choose a later day.")
    return cut


def propose_sign_off(
    *,
    store: Store,
    meeting: UUID,
    position: date | None = None,
    as_at: int | None = None,
    kind: PaperKind = PaperKind.SUMMARY,
    marking: Marking = Marking.OFFICIAL,
    strategy: UUID | None = None,
    printed_on: date | None = None,
) -> Proposed:
    """Make the paper that would be signed off, and list what should be known before.

    ``position`` is any day of its month (the meeting's own position if None), ``as_at`` the number of the last
    change the paper sees (the latest if None), ``kind`` and ``marking`` as for a report, ``strategy`` as in the
    overview, and ``printed_on`` the day that is printed on it (today if None).

    Raises:
        UserError: the meeting is not known, this position is signed off for it already, is not over or lies
            before the strategy's baseline year, the store has not come to that change, or it holds no strategy.

    """
    held = _meeting(store, meeting)
    latest = store.change_number()
    cut = latest if as_at is None else as_at
    if not 0 < cut <= latest:
        raise UserError(f"The store has not come to change {cut}: its latest is {latest}.")
    snapshot = look(store=store, as_at=cut, strategy=strategy)
    at = month_end(position or held.position)
    _refuse_twice(store, held, snapshot.strategy.id, at)
    on = printed_on or local_day()
    fault = position_fault(snapshot.strategy, at, on)
    if fault is not None:
        raise UserError(fault)
    rated = rate_strategy(snapshot, at)
    paper = make_paper(
        store=store, strategy=snapshot.strategy.id, kind=kind, position=at, as_at=cut, marking=marking, printed_on=on
    )
    warnings = warnings_before(snapshot, rated, held)
    if paper.why_marked:
        warnings = (paper.why_marked, *warnings)
    record = _record(rated, held, cut, kind, paper, on, warnings)
    said = [one for one in snapshot.commentary if one.position == at]
    texts = texts_text(tuple(signed_text(one) for one in said))
    return Proposed(uuid4(), held, rated, cut, kind, marking, paper, warnings, record, texts)


def sign_off(
    *,
    store: Store,
    meeting: UUID,
    position: date | None = None,
    as_at: int | None = None,
    kind: PaperKind = PaperKind.SUMMARY,
    marking: Marking = Marking.OFFICIAL,
    strategy: UUID | None = None,
    at: datetime | None = None,
) -> Proposed:
    """Sign off the board's paper of a position: its statuses, texts and bytes are kept and never change.

    The arguments are those of ``propose_sign_off``; ``at`` is the moment, now unless given, and its day is
    the one printed. What is returned is what was kept, with the warnings that were told.

    Raises:
        UserError: as ``propose_sign_off``.

    """
    proposed = propose_sign_off(
        store=store,
        meeting=meeting,
        position=position,
        as_at=as_at,
        kind=kind,
        marking=marking,
        strategy=strategy,
        printed_on=_day(at),
    )
    with store.change(kind=ChangeKind.SIGN_OFF, summary=_summary("Signed off", proposed), at=at) as change:
        # Somebody may have signed it while the paper was set.
        _refuse_twice(store, proposed.meeting, proposed.position.strategy, proposed.position.position)
        change.save(_kept(proposed))
    return proposed


def supersede_sign_off(
    *,
    store: Store,
    sign_off_id: UUID,
    meeting: UUID,
    reason: str,
    as_at: int | None = None,
    kind: PaperKind = PaperKind.SUMMARY,
    marking: Marking = Marking.OFFICIAL,
    at: datetime | None = None,
) -> Proposed:
    """Sign off the same position anew at a later meeting; the paper before is kept as superseded, with the reason.

    Raises:
        UserError: no reason, the paper does not stand, the meeting is not later, or as ``propose_sign_off``.

    """
    why = _reason(reason)
    old = _standing(store, sign_off_id)
    before, later = _meeting(store, old.meeting), _meeting(store, meeting)
    if later.meeting <= before.meeting:
        raise UserError(
            f"A paper is superseded at a later meeting: {date_text(later.meeting)} is not after "
            f"{date_text(before.meeting)}. To take it back, withdraw it."
        )
    proposed = propose_sign_off(
        store=store,
        meeting=meeting,
        position=old.position,
        as_at=as_at,
        kind=kind,
        marking=marking,
        strategy=old.strategy,
        printed_on=_day(at),
    )
    with store.change(kind=ChangeKind.SIGN_OFF, summary=_summary("Superseded", proposed), at=at) as change:
        change.save(replace(_standing(store, sign_off_id), state=SignOffState.SUPERSEDED, reason=why))
        _refuse_twice(store, later, old.strategy, old.position)
        change.save(_kept(proposed))
    return proposed


def withdraw_sign_off(*, store: Store, sign_off_id: UUID, reason: str, at: datetime | None = None) -> SignOff:
    """Withdraw a signed paper; it stays in the store as it was signed, with the reason beside it.

    Raises:
        UserError: no reason, or the paper does not stand.

    """
    why = _reason(reason)
    old = _standing(store, sign_off_id)
    withdrawn = replace(old, state=SignOffState.WITHDRAWN, reason=why)
    summary = f"Withdrawn: paper signed off for {position_label(old.position)}"
    with store.change(kind=ChangeKind.SIGN_OFF, summary=summary, at=at) as change:
        change.save(withdrawn)
    return withdrawn


# --- making the paper -----------------------------------------------------------------------------


def _record(
    rated: StrategyPosition, meeting: Meeting, cut: int, kind: PaperKind, paper: Paper, on: date,
    warnings: tuple[str, ...],
) -> SignedRecord:  # fmt: skip
    return SignedRecord(
        strategy=rated.strategy,
        name=rated.name,
        partnership=rated.partnership,
        meeting=meeting.id,
        meeting_title=meeting.title,
        met_on=meeting.meeting,
        position=rated.position,
        position_text=rated.position_text,
        known_on=rated.known_on,
        as_at=cut,
        printed_on=on,
        report=kind.value,
        marking=paper.marking,
        sha256=hashlib.sha256(paper.pdf).hexdigest(),
        counts=rated.counts,
        priorities=tuple(signed_priority(one) for one in rated.priorities),
        indicators=tuple(signed_indicator(one) for one in rows_of(rated)),
        headlines=tuple(signed_headline(one) for one in rated.headlines),
        doubts=tuple(SignedDoubt(one.key, one.sentence) for one in rated.open_findings),
        warnings=warnings,
    )


def _kept(proposed: Proposed) -> SignOff:
    return SignOff(
        id=proposed.id,
        meeting=proposed.meeting.id,
        strategy=proposed.position.strategy,
        position=proposed.position.position,
        as_at=proposed.as_at,
        state=SignOffState.SIGNED,
        statuses=record_text(proposed.record),
        texts=proposed.texts,
        pdf=proposed.paper.pdf,
    )


# --- what is in the store -------------------------------------------------------------------------


def _meeting(store: Store, meeting: UUID) -> Meeting:
    found = next((one for one in store.meetings() if one.id == meeting), None)
    if found is None:
        raise UserError("That meeting is not in this store. Add it first.")
    return found


def _standing(store: Store, sign_off_id: UUID) -> SignOff:
    paper = kept_paper(store, sign_off_id)
    if paper.state is not SignOffState.SIGNED:
        raise UserError(f"That paper is {paper.state.value} already: “{paper.reason}”. Nothing was changed.")
    return paper


def _refuse_twice(store: Store, meeting: Meeting, strategy: UUID, position: date) -> None:
    """Two papers of one position at one meeting would leave it open which of them the board saw."""
    for one in store.sign_offs():
        signed = (one.meeting, one.strategy, one.position) == (meeting.id, strategy, position)
        if signed and one.state is SignOffState.SIGNED:
            raise UserError(
                f"The position to {position_label(position)} is signed off for “{meeting.title}” already. Withdraw "
                "that paper with a reason, or supersede it at a later meeting."
            )


def _reason(reason: str) -> str:
    if not reason.strip():
        raise UserError("Give the reason: it stands beside the paper for as long as it is kept.")
    return reason.strip()


def _day(at: datetime | None) -> date:
    return local_day(at)


def _summary(what: str, proposed: Proposed) -> str:
    return f"{what}: {KIND_WORDS[proposed.kind]} to {proposed.position.position_text}, {proposed.meeting.title}"
