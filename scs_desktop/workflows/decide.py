"""Doubts: list them, decide one with a reason, and take a decision back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.checks.arrivals import arrival_doubts
from scs_desktop.domain.corrections import as_decided, latest_decisions
from scs_desktop.domain.decisions import (
    LEAVES_OPEN,
    CheckRule,
    Correction,
    CorrectionKind,
    Decision,
    Finding,
    Verdict,
)
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.workflows.overview import latest_position, look

if TYPE_CHECKING:
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding with what was decided of it, if anything.

    Attributes:
        decision: the latest decision; None while there is none.
        arrival: it is about figures that came in, not about the strategy as printed.
        confirmed: what was said of the figures as they came in; empty where nothing was.
        settled: nothing is left to decide, because of what was decided of another doubt.

    """

    finding: Finding
    decision: Decision | None
    arrival: bool = False
    confirmed: str = ""
    settled: bool = False

    @property
    def open(self) -> bool:
        """Whether it waits for the officer's word."""
        if self.decision is not None:
            return self.decision.leaves_open
        return not self.confirmed and not self.settled


def doubts(*, store: Store, as_at: int | None = None, strategy: UUID | None = None) -> tuple[Doubt, ...]:
    """List every doubt that the checks find, of the strategy and of what came in, with its decision."""
    snapshot = look(store=store, as_at=as_at, strategy=strategy)
    decided = {one.finding: one for one in latest_decisions(snapshot.decisions)}
    rated = rate_strategy(snapshot, latest_position(snapshot))
    still = {one.key for one in rated.open_findings}
    printed = [
        Doubt(
            one,
            decided.get(one.key),
            arrival=one.rule is CheckRule.LEFT_OUT,
            settled=one.key not in still and one.key not in decided,
        )
        for one in rated.findings
    ]
    arrived = [
        Doubt(one.finding, decided.get(one.finding.key), arrival=True, confirmed=one.confirmed)
        for one in arrival_doubts(snapshot, as_decided(snapshot))
    ]
    return (*printed, *arrived)


def decide(
    *,
    store: Store,
    finding_key: str,
    verdict: Verdict,
    reason: str,
    proposal: str = "",
    label: str = "",
    at: datetime | None = None,
) -> Decision:
    """Decide a doubt; the printed figure stays, the correction stands beside it.

    ``label`` is the right wording where the proposal corrects a label; without it the proposal's
    own wording stands.

    Raises:
        UserError: there is no such doubt or proposal, or no reason is given.

    """
    _needs_reason(reason)
    doubt = _named(store, finding_key)
    finding = doubt.finding
    corrections: tuple[Correction, ...] = ()
    if verdict is Verdict.CORRECTED:
        chosen = next((one for one in finding.proposals if one.key == proposal), None)
        if chosen is None:
            known = ", ".join(one.key for one in finding.proposals) or "none"
            message = f"“{proposal}” is no proposal of {finding_key}: choose from {known}."
            raise UserError(message)
        corrections = tuple(_worded(one, label.strip()) for one in chosen.corrections)
    if finding.rule is CheckRule.LEFT_OUT and doubt.decision is not None:
        # What was left out is told by the record alone.
        corrections = doubt.decision.corrections
    decision = Decision(uuid4(), finding.key, finding.rule, verdict, reason.strip(), proposal, corrections)
    with store.change(kind=ChangeKind.DECISION, summary=f"Decision on {finding.key}", at=at) as change:
        if doubt.decision is not None:
            change.close(Decision, doubt.decision.id)
        change.save(decision)
    return decision


def take_back(*, store: Store, finding_key: str, reason: str, at: datetime | None = None) -> Doubt:
    """Open a decided doubt again: its decision, or what was said on arrival, no longer counts.

    History keeps the decision and the reason why it was taken back.

    Raises:
        UserError: there is no such doubt, it is open already, or no reason is given.

    """
    _needs_reason(reason)
    doubt = _named(store, finding_key)
    if doubt.open:
        message = f"{finding_key} is open: there is no decision to take back."
        raise UserError(message)
    if doubt.settled:
        message = f"{finding_key} was settled by the decision on another doubt: take that one back instead."
        raise UserError(message)
    summary = f"Decision on {finding_key} taken back: {reason.strip()}"
    with store.change(kind=ChangeKind.DECISION, summary=summary, at=at) as change:
        if doubt.decision is not None:
            change.close(Decision, doubt.decision.id)
        if doubt.confirmed or doubt.finding.rule is CheckRule.LEFT_OUT:
            kept = () if doubt.decision is None else doubt.decision.corrections
            change.save(
                Decision(uuid4(), finding_key, doubt.finding.rule, Verdict.DISMISSED, reason.strip(), LEAVES_OPEN, kept)
            )
    return _named(store, finding_key)


def _named(store: Store, finding_key: str) -> Doubt:
    found = next((one for one in doubts(store=store) if one.finding.key == finding_key), None)
    if found is None:
        message = f"There is no doubt named “{finding_key}”. The command check lists them."
        raise UserError(message)
    return found


def _needs_reason(reason: str) -> None:
    if not reason.strip():
        message = "A decision needs a reason: it is printed wherever the corrected figure is."
        raise UserError(message)


def _worded(correction: Correction, label: str) -> Correction:
    """Return the correction with the officer's wording, where it is one of wording."""
    return replace(correction, text=label) if label and correction.kind is CorrectionKind.LABEL else correction
