"""What is not for publication: held back with its reason, for good or until a day, listed, released."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.due import date_text
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.publication import PublicationRule
from scs_desktop.domain.sentences import capital
from scs_desktop.workflows.overview import look

if TYPE_CHECKING:
    from scs_desktop.domain.snapshot import Snapshot
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A rule with what it is about, as the officer names it: "1.3 Residential burglary", "import 12, met.xlsx"."""

    about: str
    rule: PublicationRule

    @property
    def sentence(self) -> str:
        """What the rule does: "1.3 Burglary: not for publication before 1 May 2012. Still being checked."."""
        until = "" if self.rule.not_before is None else f" before {date_text(self.rule.not_before)}"
        return f"{self.about}: not for publication{until}. {self.rule.reason.strip().rstrip('.')}."


def held_back(*, store: Store, as_at: int | None = None) -> tuple[HeldBack, ...]:
    """Return what is held back from public copies, past days included.

    Raises:
        UserError: the store holds no strategy.

    """
    snapshot = look(store=store, as_at=as_at)
    found = (HeldBack(_about(one, snapshot), one) for one in snapshot.publication)
    return tuple(sorted(found, key=lambda one: one.about))


def hold_back(
    *,
    store: Store,
    use: UUID | None = None,
    import_number: int | None = None,
    reason: str,
    not_before: date | None = None,
    at: datetime | None = None,
) -> HeldBack:
    """Hold an indicator's figures, or those of an import, back from public copies, for good or until a day.

    Raises:
        UserError: no reason, neither or both of indicator and import, no such one, or it is held back already.

    """
    if not reason.strip():
        message = "Say why it is not for publication: public copies print the reason."
        raise UserError(message)
    if (use is None) == (import_number is None):
        message = "Name either an indicator or an import."
        raise UserError(message)
    snapshot = look(store=store)
    series = None if use is None else _series(snapshot, use)
    import_id = None if import_number is None else _import(snapshot, import_number)
    rule = PublicationRule(uuid4(), reason.strip(), series, import_id, not_before)
    about = _about(rule, snapshot)
    if any((one.series, one.import_id) == (series, import_id) for one in snapshot.publication):
        raise UserError(f"{capital(about)} is held back already. Release it first.")
    with store.change(kind=ChangeKind.ENTRY, summary=f"Held back from publication: {about}", at=at) as change:
        change.save(rule)
    return HeldBack(about, rule)


def release(*, store: Store, rule: UUID, at: datetime | None = None) -> HeldBack:
    """Let what was held back be published, and return it.

    Raises:
        UserError: there is no such rule.

    """
    found = next((one for one in held_back(store=store) if one.rule.id == rule), None)
    if found is None:
        message = "That is not held back. The command holds lists what is."
        raise UserError(message)
    with store.change(kind=ChangeKind.ENTRY, summary=f"Released for publication: {found.about}", at=at) as change:
        change.close(PublicationRule, rule)
    return found


def _series(snapshot: Snapshot, use: UUID) -> UUID:
    mine = next(one for one in snapshot.uses if one.id == use)
    series = snapshot.preferred_series(mine)
    if series is None:
        raise UserError(f"No series brings figures for {mine.code}: there is nothing to hold back.")
    return series.id


def _import(snapshot: Snapshot, number: int) -> UUID:
    found = next((one for one in snapshot.imports.values() if one.number == number), None)
    if found is None:
        raise UserError(f"There is no import {number}. The command imports lists them with their numbers.")
    return found.id


def _about(rule: PublicationRule, snapshot: Snapshot) -> str:
    if rule.import_id is not None:
        summary = snapshot.imports.get(rule.import_id)
        return "an import taken back" if summary is None else f"import {summary.number}, {summary.file_name}"
    for use in snapshot.uses:
        series = snapshot.preferred_series(use)
        if series is not None and series.id == rule.series:
            return f"{use.code} {snapshot.indicators[use.indicator].name}"
    return "a series of no indicator"
