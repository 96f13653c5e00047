"""The papers that were signed off: the list of them, their exact bytes, and what would be printed otherwise today."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import position_label
from scs_desktop.domain.publication import SignOff, SignOffState, SignOffSummary
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.domain.restated import Restatement, restated_rows
from scs_desktop.domain.restated_causes import Between, causes_for_indicator, causes_for_priority
from scs_desktop.domain.signed import SignedRecord, read_record
from scs_desktop.workflows.overview import look
from scs_desktop.workflows.source_cells import SourceRow, read_sources

if TYPE_CHECKING:
    from scs_desktop.domain.history import Change
    from scs_desktop.domain.position import StrategyPosition
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.store import Store

_SHORTEST_NAME = 4
"""Characters of an identity or a hash that are enough to name a paper."""


@dataclass(frozen=True, slots=True)
class SignedPaper:
    """A signed paper in a list.

    Attributes:
        sha256: of the PDF's bytes, ``size`` how many these are.
        signed: the change that signed it, which says who and when; None where history does not hold it.
        ended: the change that withdrew or superseded it, if one did.
        restated: how many of its rows would be printed otherwise today; None where its record cannot be read.

    """

    summary: SignOffSummary
    meeting_title: str
    met_on: date | None
    position_text: str
    sha256: str
    size: int
    signed: Change | None
    ended: Change | None
    restated: int | None

    @property
    def id(self) -> UUID:
        """Its identity."""
        return self.summary.id

    @property
    def stands(self) -> bool:
        """Whether it is neither withdrawn nor superseded."""
        return self.summary.state is SignOffState.SIGNED


@dataclass(frozen=True, slots=True)
class Restated:
    """A signed paper against the same position as it would be rated today, on ``known_on``."""

    summary: SignOffSummary
    known_on: date
    rows: tuple[Restatement, ...]


def signed_papers(*, store: Store) -> tuple[SignedPaper, ...]:
    """List every signed paper, the latest position first: its hash, its state, and how much is restated since."""
    changes = {one.number: one for one in store.changes()}
    held = {one.id: one for one in store.meetings()}
    known: dict[UUID, Snapshot] = {}
    found: list[SignedPaper] = []
    for summary in sorted(store.sign_offs(), key=lambda one: (one.position, one.as_at), reverse=True):
        paper = kept_paper(store, summary.id)
        numbers = sorted({line.change for line in store.audit(entity_id=summary.id)})
        meeting = held.get(summary.meeting)
        if summary.strategy not in known:
            known[summary.strategy] = look(store=store, strategy=summary.strategy)
        stands = summary.state is SignOffState.SIGNED
        found.append(
            SignedPaper(
                summary=summary,
                meeting_title=meeting.title if meeting is not None else "",
                met_on=meeting.meeting if meeting is not None else None,
                position_text=position_label(summary.position),
                sha256=_hash(paper),
                size=len(paper.pdf),
                signed=changes.get(numbers[0]) if numbers else None,
                ended=changes.get(numbers[-1]) if numbers and not stands else None,
                restated=_restated_count(paper, known[summary.strategy]),
            )
        )
    return tuple(found)


def _restated_count(paper: SignOff, today: Snapshot) -> int | None:
    record = _readable(paper)
    return None if record is None else len(restated_rows(record, rate_strategy(today, paper.position)))


def _readable(paper: SignOff) -> SignedRecord | None:
    """Return what is kept beside a paper; None where a later version of the program kept it."""
    try:
        return read_record(paper.statuses)
    except UserError:
        return None


def paper_named(*, store: Store, name: str) -> SignOffSummary:
    """Return the signed paper whose identity, or whose PDF's SHA-256, begins as given; of several the one that stands.

    Raises:
        UserError: there is none, or several begin so.

    """
    wanted = name.strip().casefold()
    found = [
        one
        for one in store.sign_offs()
        if len(wanted) >= _SHORTEST_NAME
        and (
            str(one.id).startswith(wanted)
            or hashlib.sha256(kept_paper(store, one.id).pdf).hexdigest().startswith(wanted)
        )
    ]
    # What was withdrawn and then signed again unchanged has the same bytes.
    standing = [one for one in found if one.state is SignOffState.SIGNED]
    if len(found) == 1 or len(standing) == 1:
        return (standing or found)[0]
    if found:
        raise UserError(f"Several signed papers begin with {name}: give more of its letters.")
    raise UserError(f"There is no signed paper “{name}”. The command signed lists them.")


def signed_paper(*, store: Store, sign_off_id: UUID) -> bytes:
    """Return the bytes that were signed, to the last one.

    Raises:
        UserError: there is no such paper, or its bytes are not those that were signed.

    """
    paper = kept_paper(store, sign_off_id)
    record = _readable(paper)
    if record is not None and _hash(paper) != record.sha256:
        raise UserError(
            f"The paper signed off for {position_label(paper.position)} is damaged: its bytes are not those that were "
            f"signed (SHA-256 {record.sha256}). Restore the store from a backup."
        )
    return paper.pdf


def signed_record(*, store: Store, sign_off_id: UUID) -> SignedRecord:
    """Return every status as it was signed, with the figures by which it is traced.

    Raises:
        UserError: there is no such paper, or a later version of the program kept it.

    """
    return read_record(kept_paper(store, sign_off_id).statuses)


def signed_sources(*, store: Store, sign_off_id: UUID, code: str) -> tuple[SourceRow, ...]:
    """Return the cells of the partners' files that an indicator's printed value was read from, as signed.

    They are those of the figures that stood then, whatever was revised, taken back or purged since.

    Raises:
        UserError: there is no such paper, or no indicator of that code stood on it.

    """
    record = signed_record(store=store, sign_off_id=sign_off_id)
    row = next((one for one in record.indicators if one.code == code), None)
    if row is None:
        known = ", ".join(one.code for one in record.indicators)
        raise UserError(f"No indicator {code} stood on that paper: it has {known}.")
    return read_sources(store=store, figures=row.figures)


def restated(*, store: Store, sign_off_id: UUID) -> Restated:
    """Compare a signed paper with the same position as it would be rated now, and say why each row differs.

    Raises:
        UserError: there is no such paper, or a later version of the program kept it.

    """
    paper = kept_paper(store, sign_off_id)
    record = read_record(paper.statuses)
    today = look(store=store, strategy=paper.strategy)
    now = rate_strategy(today, paper.position)
    rows = restated_rows(record, now)
    if rows:
        before = look(store=store, as_at=paper.as_at, strategy=paper.strategy)
        then = rate_strategy(before, paper.position)
        days = {one.number: one.at.date() for one in store.changes()}
        between = Between(before, today, paper.position, (*then.findings, *now.findings), days)
        rows = _explained(between, rows, {one.id for one in record.priorities}, now)
    return Restated(_listed(paper), today.known_on, rows)


def _explained(
    between: Between, rows: tuple[Restatement, ...], priorities: set[UUID], now: StrategyPosition
) -> tuple[Restatement, ...]:
    lit = {one.subject: one.code for one in rows if _other_light(one)}
    priorities = priorities | {one.id for one in now.priorities}
    beneath: Mapping[UUID, list[str]] = {
        one.id: [lit[row.use] for row in one.indicators if row.use in lit] for one in now.priorities
    }
    return tuple(
        replace(
            one,
            causes=causes_for_priority(between, one.subject, beneath.get(one.subject, []))
            if one.subject in priorities
            else causes_for_indicator(between, one.subject),
        )
        for one in rows
    )


def _other_light(one: Restatement) -> bool:
    return one.before is None or one.now is None or one.before.printed[-1] != one.now.printed[-1]


def kept_paper(store: Store, sign_off_id: UUID) -> SignOff:
    """Return a sign-off with its papers.

    Raises:
        UserError: there is no such paper.

    """
    found = store.sign_off(sign_off_id)
    if found is None:
        raise UserError("That signed paper is not in this store.")
    return found


def _hash(paper: SignOff) -> str:
    return hashlib.sha256(paper.pdf).hexdigest()


def _listed(paper: SignOff) -> SignOffSummary:
    return SignOffSummary(
        paper.id, paper.meeting, paper.strategy, paper.position, paper.as_at, paper.state, paper.reason
    )
