"""Doubts: list them, and decide one with a reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.decisions import Correction, CorrectionKind, Decision, Finding, Verdict
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.workflows.overview import latest_position, look

if TYPE_CHECKING:
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Doubt:
    """A finding with what was decided of it, if anything."""

    finding: Finding
    decision: Decision | None


def doubts(*, store: Store, as_at: int | None = None, strategy: UUID | None = None) -> tuple[Doubt, ...]:
    """List every doubt that the checks find, with its decision."""
    snapshot = look(store=store, as_at=as_at, strategy=strategy)
    decided = {one.finding: one for one in sorted(snapshot.decisions, key=lambda one: one.recorded_in)}
    findings = rate_strategy(snapshot, latest_position(snapshot)).findings
    return tuple(Doubt(finding, decided.get(finding.key)) for finding in findings)


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
    if not reason.strip():
        message = "A decision needs a reason: it is printed wherever the corrected figure is."
        raise UserError(message)
    finding = next((one.finding for one in doubts(store=store) if one.finding.key == finding_key), None)
    if finding is None:
        message = f"There is no doubt named “{finding_key}”. The command check lists them."
        raise UserError(message)
    corrections: tuple[Correction, ...] = ()
    if verdict is Verdict.CORRECTED:
        chosen = next((one for one in finding.proposals if one.key == proposal), None)
        if chosen is None:
            known = ", ".join(one.key for one in finding.proposals) or "none"
            message = f"“{proposal}” is no proposal of {finding_key}: choose from {known}."
            raise UserError(message)
        corrections = tuple(_worded(one, label.strip()) for one in chosen.corrections)
    decision = Decision(uuid4(), finding.key, finding.rule, verdict, reason.strip(), proposal, corrections)
    with store.change(kind=ChangeKind.DECISION, summary=f"Decision on {finding.key}", at=at) as change:
        previous = [one.decision for one in doubts(store=store) if one.finding.key == finding_key and one.decision]
        for old in previous:
            change.close(Decision, old.id)
        change.save(decision)
    return decision


def _worded(correction: Correction, label: str) -> Correction:
    """Return the correction with the officer's wording, where it is one of wording."""
    return replace(correction, text=label) if label and correction.kind is CorrectionKind.LABEL else correction
