"""Setting targets: proposing, approving at a meeting, withdrawing; every save is one change with its name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from scs_desktop.domain.agencies import Meeting
from scs_desktop.domain.before_signing import position_fault
from scs_desktop.domain.due import date_text
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import ChangeKind
from scs_desktop.domain.path import target_of_year
from scs_desktop.domain.periods import Period, financial_year_label, financial_year_of, position_label, quarter_of
from scs_desktop.domain.sentences import exact_decimals, number_text, plural
from scs_desktop.domain.strategy import IndicatorUse, RatedPart
from scs_desktop.domain.target_setting import approved, target_fault, target_warnings
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance
from scs_desktop.domain.what_if import Supposition, strategy_years, what_if
from scs_desktop.workflows.overview import latest_position, look
from scs_desktop.workflows.targets import KnownTargets, known_targets, strategy_of
from scs_desktop.workflows.today import local_day

if TYPE_CHECKING:
    from collections.abc import Collection

    from scs_desktop.domain.what_if import Effect
    from scs_desktop.store import Store


@dataclass(frozen=True, slots=True)
class Proposal:
    """A target that awaits approval, with what should be looked at again."""

    target: Target
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewProposal:
    """One proposal for many indicators: the targets, and who was left out for which reason (code, sentence)."""

    targets: tuple[Target, ...]
    left_out: tuple[tuple[str, str], ...]


# --- proposing ------------------------------------------------------------------------------------


def planned_target(*, store: Store, wished: Target) -> Proposal:
    """Return a target as it would be proposed, with the open proposal of its year in mind; nothing is stored.

    Raises:
        UserError: it cannot be, in a sentence that says why.

    """
    snapshot = look(store=store, strategy=strategy_of(store, wished.use))
    return _planned(known_targets(snapshot, latest_position(snapshot)), wished)


def _planned(known: KnownTargets, wished: Target) -> Proposal:
    use, definition, level = wished.use, known.definition(wished.use), known.level(wished.use)
    fault = target_fault(wished, definition, known.snapshot.strategy, level)
    if fault is not None:
        raise UserError(fault)
    waiting = [
        one
        for one in known.snapshot.targets.get(use, ())
        if one.state is TargetState.PROPOSED and one.year.start == wished.year.start
    ]
    # One proposal a year: another thought of it is its next version.
    target = replace(wished, id=waiting[-1].id) if waiting else wished
    return Proposal(target, target_warnings(target, definition, level, known.year(use)))


def propose_target(
    *,
    store: Store,
    use: UUID,
    year: Period,
    kind: TargetKind,
    value: Decimal | None = None,
    lower: Decimal | None = None,
    upper: Decimal | None = None,
    tolerance: Tolerance | None = None,
    rule: StatusRule | None = None,
    end_of_path: bool = False,
    note: str = "",
    at: datetime | None = None,
) -> Proposal:
    """Propose a target for a year; it gives no light until it is approved.

    Args:
        store: where it is kept.
        use: the indicator's use.
        year: a financial year of the strategy.
        kind: how it is expressed.
        value: in the indicator's unit (VALUE), percent of the baseline or points, signed.
        lower: least value of a RANGE.
        upper: greatest value of a RANGE.
        tolerance: how far short is still amber; 5 % unless given.
        rule: another than the kind's usual one.
        end_of_path: whether the years before lie on a straight path from the baseline to it.
        note: why.
        at: the moment, now unless given.

    Raises:
        UserError: it cannot be a target, in a sentence that says why.

    """
    wished = Target(
        uuid4(), use, year, kind, TargetState.PROPOSED, value, lower, upper, tolerance or Tolerance(), rule,
        end_of_path=end_of_path, note=note.strip(),
    )  # fmt: skip
    proposal = planned_target(store=store, wished=wished)
    code = _code(store, use)
    summary = f"Change target of {code} for {financial_year_label(year)}: proposed"
    with store.change(kind=ChangeKind.ENTRY, summary=summary, at=at) as change:
        change.save(proposal.target)
    return proposal


def planned_review(
    *,
    store: Store,
    strategy: UUID,
    year: Period,
    better_by: Decimal,
    end_of_path: bool = False,
    uses: Collection[UUID] | None = None,
    note: str = "",
) -> ReviewProposal:
    """Return one target for many indicators, so many percent better than each baseline; nothing is stored.

    Indicators that can take none are left out, each with the reason. ``uses`` None stands for all.

    Raises:
        UserError: none can take it, or it would be no improvement.

    """
    if better_by < 0:
        message = "So many percent better is 0 or more: a target that is worse is proposed for its indicator alone."
        raise UserError(message)
    snapshot = look(store=store, strategy=strategy)
    known = known_targets(snapshot, latest_position(snapshot))
    planned: list[Target] = []
    left_out: list[tuple[str, str]] = []
    for use in snapshot.uses:
        if uses is not None and use.id not in uses:
            continue
        reason = _no_number(known, use)
        if not reason:
            sign = known.definition(use.id).polarity.sign
            wished = Target(
                uuid4(), use.id, year, TargetKind.PERCENT_ON_BASELINE, TargetState.PROPOSED, sign * better_by,
                end_of_path=end_of_path, note=note.strip(),
            )  # fmt: skip
            try:
                planned.append(_planned(known, wished).target)
            except UserError as fault:
                reason = str(fault)
        if reason:
            left_out.append((use.code, reason))
    if not planned:
        message = f"No target can be proposed so: {left_out[0][1]}" if left_out else "No indicator is chosen."
        raise UserError(message)
    return ReviewProposal(tuple(planned), tuple(left_out))


def _no_number(known: KnownTargets, use: IndicatorUse) -> str:
    definition = known.definition(use.id)
    if definition.polarity.sign == 0:
        return "No direction is set."
    if definition.rated is RatedPart.PERCENT_AGAINST_PREDICTED:
        return "It is rated against its prediction."
    return "" if known.level(use.id) is not None else "No baseline number is known yet."


def propose_review(*, store: Store, review: ReviewProposal, better_by: Decimal, at: datetime | None = None) -> int:
    """Propose a reviewed target for all its indicators as one change; return how many are new or changed."""
    years = ", ".join(sorted({financial_year_label(one.year) for one in review.targets}))
    percent = number_text(better_by, exact_decimals(better_by))
    many = plural(len(review.targets), "indicator")
    with store.change(
        kind=ChangeKind.ENTRY, summary=f"Change targets of {many} for {years}: {percent} % better proposed", at=at
    ) as change:
        return change.save(*review.targets)


# --- approving and withdrawing --------------------------------------------------------------------


def meeting_on(*, store: Store, day: date, position: date | None = None) -> Meeting:
    """Return the board's meeting of a day, or a new one that is not stored yet.

    A new one looks at the ``position`` given, else at the last quarter that ended before the day.
    """
    found = next((one for one in store.meetings() if one.meeting == day), None)
    if found is not None:
        return found
    quarter = quarter_of(day)
    before = quarter.end if quarter.end <= day else date.fromordinal(quarter.start.toordinal() - 1)
    looked_at = position if position is not None and position <= day else before
    return Meeting(uuid4(), looked_at, day, day, title=f"Board, {position_label(looked_at)}")


def approve_targets(
    *, store: Store, ids: Collection[UUID], meeting: Meeting, at: datetime | None = None
) -> tuple[Target, ...]:
    """Approve proposals at a meeting, as one change; return the targets that rule from now on.

    The figures of positions that were signed off, and every look into the past, keep the target of then.

    Raises:
        UserError: one of them is no proposal that waits, or the meeting has not been held or looks at a time
            before the strategy's baseline year.

    """
    if not ids:
        message = "There is nothing to approve: propose a target first."
        raise UserError(message)
    all_targets = store.all_of(Target)
    chosen = [one for one in all_targets if one.id in ids]
    if len(chosen) < len(set(ids)) or any(one.state is not TargetState.PROPOSED for one in chosen):
        message = "Only a proposal that waits can be approved. Look again: it was approved or withdrawn meanwhile."
        raise UserError(message)
    _refuse_meeting(store, chosen[0].use, meeting, local_day(at))
    before = {one.id: one for one in all_targets}
    standing: list[Target] = []
    for use in dict.fromkeys(one.use for one in chosen):
        mine = [one for one in all_targets if one.use == use]
        standing += approved(mine, [one for one in chosen if one.use == use], meeting.id, meeting.position)
    changed = [one for one in standing if before.get(one.id) != one]
    kept = {one.id for one in changed}
    if len(chosen) == 1:
        what = f"Change target of {_code(store, chosen[0].use)} for {financial_year_label(chosen[0].year)}: approved"
    else:
        what = f"Change {len(chosen)} targets: approved"
    summary = f"{what} at the meeting of {date_text(meeting.meeting)}"
    with store.change(kind=ChangeKind.ENTRY, summary=summary, at=at) as change:
        change.save(meeting)
        change.save(*changed)
        for one in chosen:
            if one.id not in kept:
                change.close(Target, one.id)
    return tuple(one for one in changed if one.state is TargetState.APPROVED)


def _refuse_meeting(store: Store, use: UUID, meeting: Meeting, today: date) -> None:
    if meeting.meeting > today:
        message = f"The board has not met on {date_text(meeting.meeting)} yet, so it has approved nothing then."
        raise UserError(message)
    fault = position_fault(look(store=store, strategy=strategy_of(store, use)).strategy, meeting.position)
    if fault is not None:
        raise UserError(fault)


def withdraw_target(*, store: Store, target: UUID, reason: str, at: datetime | None = None) -> Target:
    """Withdraw a proposal or an approved target, with the reason; it gives no light from now on.

    Raises:
        UserError: there is no such target, it is withdrawn already, or no reason is given.

    """
    if not reason.strip():
        message = "Say why the target is withdrawn: the history keeps the reason."
        raise UserError(message)
    found = next((one for one in store.all_of(Target) if one.id == target), None)
    if found is None or found.state is TargetState.WITHDRAWN:
        message = "This target is withdrawn already."
        raise UserError(message)
    gone = replace(found, state=TargetState.WITHDRAWN, note=reason.strip())
    summary = f"Change target of {_code(store, found.use)} for {financial_year_label(found.year)}: withdrawn"
    with store.change(kind=ChangeKind.ENTRY, summary=summary, at=at) as change:
        change.save(gone)
    return gone


def _code(store: Store, use: UUID) -> str:
    return next((one.code for one in store.all_of(IndicatorUse) if one.id == use), "an indicator")


# --- what they would do ---------------------------------------------------------------------------


def effect_of_withdrawing(*, store: Store, strategy: UUID, position: date, target: Target) -> Effect:
    """Return which lights would flip at the position if an approved target were withdrawn."""
    snapshot = look(store=store, strategy=strategy)
    left = tuple(one for one in snapshot.targets.get(target.use, ()) if one.id != target.id)
    gone = replace(target, state=TargetState.WITHDRAWN)
    return what_if(snapshot, position, Supposition(targets={target.use: (*left, gone)}))


def effect_of_targets(
    *,
    store: Store,
    strategy: UUID,
    position: date,
    as_at: int | None,
    proposals: Collection[Target],
    looked_at: date | None = None,
) -> Effect:
    """Return which lights would flip at the position if the proposals were approved.

    ``looked_at`` is the position that the approving meeting looks at, the same one if None.
    """
    snapshot = look(store=store, as_at=as_at, strategy=strategy)
    wished: dict[UUID, tuple[Target, ...]] = {}
    for use in dict.fromkeys(one.use for one in proposals):
        mine = snapshot.targets.get(use, ())
        wished[use] = approved(mine, [one for one in proposals if one.use == use], None, looked_at or position)
    effect = what_if(snapshot, position, Supposition(targets=wished))
    ruled = [
        year.start
        for year in strategy_years(snapshot.strategy)
        for use, would in wished.items()
        if target_of_year(snapshot.targets.get(use, ()), year) != target_of_year(would, year)
    ]
    first = min(ruled, default=position)
    if effect.flips or first <= position:
        return effect
    note = (
        f"It rules from {financial_year_label(financial_year_of(first))} on; the lights shown are of the year before."
    )
    return replace(effect, notes=(*effect.notes, note))
