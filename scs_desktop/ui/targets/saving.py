"""What the tabs ask of the store: the effect of what is thought of, and saving what is decided."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING
from uuid import UUID

from scs_desktop.domain.targets import Target
from scs_desktop.ui.common.words import day_text

if TYPE_CHECKING:
    from scs_desktop.domain.agencies import Meeting
    from scs_desktop.domain.what_if import Effect
    from scs_desktop.store import Store
    from scs_desktop.ui.common.background import Progress
    from scs_desktop.ui.common.session import Session
    from scs_desktop.ui.targets.detail import TargetDetail
    from scs_desktop.ui.targets.parts import MeetingBox
    from scs_desktop.ui.targets.review import Review, Wish
    from scs_desktop.ui.targets.rollup import Rollup
    from scs_desktop.ui.targets.rollup_rows import RollupWish, Word
    from scs_desktop.workflows.rollups import RollupBook
    from scs_desktop.workflows.set_targets import Proposal, ReviewProposal
    from scs_desktop.workflows.targets import TargetBook


def approve(session: Session, ids: Collection[UUID], box: MeetingBox) -> None:
    """Approve proposals at the meeting that is chosen."""
    known, day = box.known, box.new_day

    def work(store: Store, _: Progress) -> tuple[Meeting, int]:
        from scs_desktop.workflows.set_targets import approve_targets, meeting_on

        meeting = known or meeting_on(store=store, day=day)
        return meeting, len(approve_targets(store=store, ids=ids, meeting=meeting))

    def told(done: tuple[Meeting, int]) -> None:
        meeting, count = done
        what = "1 target" if count == 1 else f"{count} targets"
        session.messages.done(
            f"Approved at the meeting of {day_text(meeting.meeting)}: {what}. What was signed off before stays."
        )

    session.change("Approving", work, told)


class TargetSetting:
    """One indicator's target: tried, proposed, approved, withdrawn."""

    def __init__(self, session: Session, detail: TargetDetail) -> None:
        self.book: TargetBook | None = None
        self._session, self._detail = session, detail
        detail.tried.connect(self._try)
        detail.proposed.connect(self._propose)
        detail.approved.connect(lambda target: approve(session, [target], detail.meeting))
        detail.withdrawn.connect(self._withdraw)

    def _try(self, wished: Target) -> None:
        book = self.book
        if book is None:
            return

        def work(store: Store, _: Progress) -> tuple[Proposal, Effect]:
            from scs_desktop.workflows.set_targets import effect_of_targets, planned_target

            plan = planned_target(store=store, wished=wished)
            effect = effect_of_targets(
                store=store, strategy=book.strategy, position=book.position, as_at=book.as_at, proposals=[plan.target]
            )
            return plan, effect

        self._session.ask(
            "Trying the target",
            work,
            lambda found: self._detail.show_effect(wished, *found),
            failed=lambda fault: self._detail.show_fault(wished, fault),
            key="target-effect",
        )

    def _propose(self, wished: Target) -> None:
        def work(store: Store, _: Progress) -> Proposal:
            from scs_desktop.workflows.set_targets import propose_target

            return propose_target(
                store=store, use=wished.use, year=wished.year, kind=wished.kind, value=wished.value,
                lower=wished.lower, upper=wished.upper, tolerance=wished.tolerance, rule=wished.rule,
                end_of_path=wished.end_of_path, note=wished.note,
            )  # fmt: skip

        self._session.change(
            "Proposing the target",
            work,
            lambda _: self._session.messages.done("Proposed. It gives no light until it is approved at a meeting."),
        )

    def _withdraw(self, target: UUID, reason: str) -> None:
        def work(store: Store, _: Progress) -> Target:
            from scs_desktop.workflows.set_targets import withdraw_target

            return withdraw_target(store=store, target=target, reason=reason)

        self._session.change(
            "Withdrawing the target",
            work,
            lambda _: self._session.messages.done("Withdrawn. The history keeps it, with the reason."),
        )


class ReviewSetting:
    """The annual review: tried, proposed for all, approved together."""

    def __init__(self, session: Session, review: Review) -> None:
        self.book: TargetBook | None = None
        self._session, self._review = session, review
        review.tried.connect(self._try)
        review.proposed.connect(self._propose)
        review.approved.connect(self._approve)

    def _try(self, wish: Wish) -> None:
        book = self.book
        if book is None:
            return

        def work(store: Store, _: Progress) -> tuple[ReviewProposal, Effect]:
            from scs_desktop.workflows.set_targets import effect_of_targets

            review = _planned(wish, book, store)
            effect = effect_of_targets(
                store=store, strategy=book.strategy, position=book.position, as_at=book.as_at, proposals=review.targets
            )
            return review, effect

        self._session.ask(
            "Trying the review",
            work,
            lambda found: self._review.show_effect(wish, *found),
            failed=lambda fault: self._review.show_fault(wish, fault),
            key="review-effect",
        )

    def _propose(self, wish: Wish) -> None:
        book = self.book
        if book is None:
            return

        def work(store: Store, _: Progress) -> int:
            from scs_desktop.workflows.set_targets import propose_review

            return propose_review(store=store, review=_planned(wish, book, store), better_by=wish.better_by)

        self._session.change(
            "Proposing the targets",
            work,
            lambda count: self._session.messages.done(f"Proposed for {count}. The board approves them in step 4."),
        )

    def _approve(self) -> None:
        if self.book is not None:
            approve(self._session, [one.id for one in self.book.proposed], self._review.meeting)


def _planned(wish: Wish, book: TargetBook, store: Store) -> ReviewProposal:
    from scs_desktop.workflows.set_targets import planned_review

    uses = None if wish.priority is None else {one.use for one in book.uses if one.priority == wish.priority}
    return planned_review(
        store=store, strategy=book.strategy, year=wish.year, better_by=wish.better_by, end_of_path=wish.path,
        uses=uses, note=wish.note,
    )  # fmt: skip


class RollupSetting:
    """A priority's rule, weights and light: tried and decided."""

    def __init__(self, session: Session, rollup: Rollup) -> None:
        self.book: RollupBook | None = None
        self._session, self._rollup = session, rollup
        rollup.tried.connect(self._try)
        rollup.ruled.connect(self._choose_rule)
        rollup.weighed.connect(self._set_weight)
        rollup.decided.connect(self._override)
        rollup.withdrawn.connect(self._let_stand)

    def _try(self, wish: RollupWish) -> None:
        book = self.book
        if book is None:
            return

        def work(store: Store, _: Progress) -> Effect:
            from scs_desktop.workflows.rollups import effect_of_rollup

            weights = {wish.use: wish.weight} if wish.use is not None and wish.weight is not None else None
            return effect_of_rollup(
                store=store, strategy=book.strategy, position=book.position, as_at=book.as_at, priority=wish.priority,
                rule=wish.rule, weights=weights, light=wish.light,
            )  # fmt: skip

        self._session.ask(
            "Trying the rollup",
            work,
            lambda effect: self._rollup.show_effect(wish, effect),
            failed=lambda fault: self._rollup.show_fault(wish, fault),
            key="rollup-effect",
        )

    def _choose_rule(self, wish: RollupWish, word: Word) -> None:
        rule = wish.rule
        if rule is None:
            return

        def work(store: Store, _: Progress) -> None:
            from scs_desktop.workflows.rollups import choose_rollup

            choose_rollup(store=store, priority=wish.priority, rule=rule, reason=word.reason, by_post=word.by_post)

        self._save("Choosing the rule", work, f"The rule is “{rule.value}”. The reason is printed beside the light.")

    def _set_weight(self, wish: RollupWish) -> None:
        use, weight = wish.use, wish.weight
        if use is None or weight is None:
            return

        def work(store: Store, _: Progress) -> None:
            from scs_desktop.workflows.rollups import set_weight

            set_weight(store=store, use=use, weight=weight)

        self._save("Setting the weight", work, "The weight is kept. It counts where the rule is “weighted”.")

    def _override(self, wish: RollupWish, word: Word) -> None:
        book, light = self.book, wish.light
        if book is None or light is None:
            return

        def work(store: Store, _: Progress) -> None:
            from scs_desktop.workflows.rollups import override_light

            override_light(
                store=store, priority=wish.priority, position=book.position, light=light, reason=word.reason,
                by_post=word.by_post,
            )  # fmt: skip

        self._save("Deciding the light", work, f"{light.value.capitalize()} by decision. The rule's light stays named.")

    def _let_stand(self, priority: UUID) -> None:
        book = self.book
        if book is None:
            return

        def work(store: Store, _: Progress) -> None:
            from scs_desktop.workflows.rollups import withdraw_override

            withdraw_override(store=store, priority=priority, position=book.position)

        self._save("Letting the rule stand", work, "The rule's light stands again at this position.")

    def _save(self, title: str, work: Callable[[Store, Progress], None], said: str) -> None:
        self._session.change(title, work, lambda _: self._session.messages.done(said))
