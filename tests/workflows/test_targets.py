"""Targets through a year: proposed, looked at, approved at a meeting, withdrawn, undone; the past keeps its colours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from scs_desktop.domain.agencies import Meeting
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.periods import financial_year
from scs_desktop.domain.position import Light, Unrated
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance
from scs_desktop.domain.what_if import Supposition
from scs_desktop.store import Store
from scs_desktop.workflows.overview import overview
from scs_desktop.workflows.set_targets import (
    approve_targets,
    effect_of_targets,
    meeting_on,
    planned_review,
    planned_target,
    propose_review,
    propose_target,
    withdraw_target,
)
from scs_desktop.workflows.suppose import lights_supposed
from scs_desktop.workflows.targets import UseTargets, YearTarget, target_history, targets
from tests.domain.builders import made_id
from tests.domain.test_what_if import hundred
from tests.workflows.test_signed_past import Q4, stored

USE = hundred().uses["A"].id
STRATEGY = hundred().strategy.id
THIS, NEXT, LAST = financial_year(2011), financial_year(2012), financial_year(2013)
IN_YEAR = date(2011, 9, 30)
SETUP = 2
"""Changes of a store that is set up: the file's own, and the strategy."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored(tmp_path / "store.scs") as made:
        yield made


def row(store: Store, as_at: int | None = None) -> UseTargets:
    (found,) = targets(store=store, strategy=STRATEGY, as_at=as_at).uses
    return found


def year(store: Store, first: int, as_at: int | None = None) -> YearTarget:
    return next(one for one in row(store, as_at).years if one.year == financial_year(first))


def light(store: Store, position: date = Q4, as_at: int | None = None) -> Light | None:
    return overview(store=store, position=position, as_at=as_at).indicator(USE).status.light


def board(store: Store) -> Meeting:
    (found,) = store.meetings()
    return found


def test_a_strategy_without_numbers_shows_its_baseline_and_its_direction(store: Store) -> None:
    found = row(store)
    assert (found.code, found.printed, found.decided, found.own, found.level) == (
        "A",
        "100",
        "100",
        "100",
        Decimal(100),
    )
    assert [one.year for one in found.years] == [THIS, NEXT, LAST]
    assert [(one.text, one.comparator, one.proposed) for one in found.years] == [("reduction", None, None)] * 3


def test_a_proposal_gives_no_light_until_the_board_approves_it(store: Store) -> None:
    before = store.change_number()
    proposal = propose_target(store=store, use=USE, year=THIS, kind=TargetKind.VALUE, value=Decimal(90))
    assert proposal.warnings == ()
    assert light(store) is Light.AMBER
    assert year(store, 2011).proposed_text == "90"
    (ruling,) = approve_targets(store=store, ids=[proposal.target.id], meeting=board(store))
    assert (ruling.state, ruling.meeting) == (TargetState.APPROVED, board(store).id)
    assert light(store) is Light.RED
    assert (year(store, 2011).text, year(store, 2011).proposed) == ("90", None)
    assert year(store, 2011).meeting == board(store)
    # What was known then keeps its colour and its target.
    assert light(store, as_at=before) is Light.AMBER
    assert year(store, 2011, as_at=before).text == "reduction"
    assert row(store).targets == tuple(sorted(store.all_of(Target), key=lambda one: one.year.start))


def test_each_save_is_one_change_with_its_name_and_undone_by_it(store: Store) -> None:
    proposal = propose_target(store=store, use=USE, year=THIS, kind=TargetKind.VALUE, value=Decimal(90))
    approve_targets(store=store, ids=[proposal.target.id], meeting=board(store))
    approval, proposing = store.changes()[:2]
    assert proposing.summary == "Change target of A for 2011/12: proposed"
    assert approval.summary == "Change target of A for 2011/12: approved at the meeting of 3 May 2012"
    store.undo_change(approval.number)
    assert store.changes()[0].summary == "Undo change target of A for 2011/12: approved at the meeting of 3 May 2012"
    assert light(store) is Light.AMBER
    assert year(store, 2011).proposed == proposal.target
    store.undo_change(proposing.number)
    assert year(store, 2011).proposed is None
    assert row(store).targets == hundred().targets[USE]


def test_the_path_leads_through_the_years_that_are_not_over(store: Store) -> None:
    """100 to 90 in three years is 96.67, 93.33 and 90; approved after the first year it leaves that year alone."""
    path = propose_target(
        store=store, use=USE, year=LAST, kind=TargetKind.VALUE, value=Decimal(90), end_of_path=True
    ).target
    early = Meeting(made_id("early"), IN_YEAR, IN_YEAR, date(2011, 10, 20))
    assert board(store).position == Q4
    approve_targets(store=store, ids=[path.id], meeting=board(store))
    shown = [(one.text, one.comparator_text, one.on_path) for one in row(store).years]
    assert shown == [("reduction", "", False), ("90", "93", True), ("90", "90", False)]
    assert light(store) is Light.AMBER
    store.undo_change(store.change_number())
    approve_targets(store=store, ids=[path.id], meeting=early)
    assert [round(one.comparator or 0, 2) for one in row(store).years] == [
        Decimal("96.67"), Decimal("93.33"), Decimal(90)
    ]  # fmt: skip
    assert overview(store=store, position=Q4).indicator(USE).status.rule is StatusRule.PATH
    assert early in store.meetings()


def test_another_thought_of_the_same_year_is_the_next_version_of_the_proposal(store: Store) -> None:
    first = propose_target(store=store, use=USE, year=NEXT, kind=TargetKind.VALUE, value=Decimal(95)).target
    second = propose_target(store=store, use=USE, year=NEXT, kind=TargetKind.PERCENT_ON_BASELINE, value=Decimal(-3))
    assert second.target.id == first.id
    assert targets(store=store).proposed == (second.target,)
    assert year(store, 2012).proposed_text == "−3 % on baseline"


def test_the_history_tells_what_became_of_a_target(store: Store) -> None:
    at = datetime(2012, 5, 4, tzinfo=UTC)
    proposal = propose_target(
        store=store, use=USE, year=NEXT, kind=TargetKind.VALUE, value=Decimal(95), note="Asked by the board.", at=at
    )
    (ruling,) = approve_targets(store=store, ids=[proposal.target.id], meeting=board(store), at=at)
    withdraw_target(store=store, target=ruling.id, reason="The offence was redefined.", at=at)
    told = [one.sentence for one in target_history(store=store, use=USE)]
    assert (
        told[0]
        == "2012/13: 95, withdrawn at the meeting of 3 May 2012. The offence was redefined. Before: 95, approved."
    )
    assert (
        "2012/13: 95, approved at the meeting of 3 May 2012. Asked by the board. Before: reduction, approved." in told
    )
    assert len(told) == 6
    assert "2012/13: 95, proposed. Asked by the board." in told
    assert set(told[-3:]) == {f"{one}: reduction, approved." for one in ("2013/14", "2012/13", "2011/12")}
    assert len(target_history(store=store, use=USE, as_at=SETUP)) == 3


def test_a_year_whose_target_is_withdrawn_has_none(store: Store) -> None:
    (direction,) = (one for one in store.all_of(Target) if one.year == THIS)
    withdraw_target(store=store, target=direction.id, reason="Not agreed.")
    assert overview(store=store, position=Q4).indicator(USE).status.unrated is Unrated.NO_TARGET
    # A rule that is supposed gives nobody a target.
    for rule in (StatusRule.LITERAL, StatusRule.USUAL_MOVEMENT):
        effect = lights_supposed(
            store=store, strategy=STRATEGY, position=Q4, as_at=None, supposed=Supposition(rule=rule)
        )
        assert effect.flips == ()
        assert effect.sentence == "None of 1 light would flip."
    with pytest.raises(UserError, match="withdrawn already"):
        withdraw_target(store=store, target=direction.id, reason="Again.")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"year": financial_year(2014), "value": Decimal(90)}, "outside the strategy, which runs from 2011/12"),
        ({"value": None}, "needs its number"),
        ({"value": Decimal(-1)}, "less than none"),
        ({"kind": TargetKind.POINTS, "value": Decimal(2)}, "Points are for percentages"),
        ({"kind": TargetKind.RANGE, "lower": Decimal(20), "upper": Decimal(10)}, "upside down"),
        ({"kind": TargetKind.RANGE}, "lowest or its highest"),
        ({"kind": TargetKind.DIRECTION, "end_of_path": True}, "Only a number"),
        ({"value": Decimal(90), "rule": StatusRule.LITERAL}, "does not go with a value"),
        ({"value": Decimal(90), "tolerance": Tolerance(Decimal(2), in_points=True)}, "for percentages"),
        ({"value": Decimal(90), "tolerance": Tolerance(Decimal(5))}, "between 0 and 100 %"),
    ],
)
def test_what_cannot_be_a_target_is_refused_in_a_sentence(
    store: Store, wrong: dict[str, object], sentence: str
) -> None:
    wish: dict[str, object] = {"year": THIS, "kind": TargetKind.VALUE} | wrong
    with pytest.raises(UserError, match=sentence):
        propose_target(store=store, use=USE, **wish)  # type: ignore[arg-type]
    assert store.change_number() == SETUP


def test_a_target_worse_than_the_baseline_is_asked_about(store: Store) -> None:
    proposal = propose_target(store=store, use=USE, year=THIS, kind=TargetKind.VALUE, value=Decimal(110))
    assert proposal.warnings == ("A target of 110 is worse than the 2010/11 baseline of 100: lower is better here.",)


def test_the_effect_is_shown_before_anything_is_stored(store: Store) -> None:
    wished = Target(made_id("wish"), USE, THIS, TargetKind.VALUE, TargetState.PROPOSED, Decimal(90))
    plan = planned_target(store=store, wished=wished)
    effect = effect_of_targets(store=store, strategy=STRATEGY, position=Q4, as_at=None, proposals=[plan.target])
    assert effect.sentence == "1 of 1 light flips: 1 to red."
    later = Target(made_id("wish"), USE, NEXT, TargetKind.VALUE, TargetState.PROPOSED, Decimal(90))
    effect = effect_of_targets(store=store, strategy=STRATEGY, position=Q4, as_at=None, proposals=[later])
    assert effect.sentence == "None of 1 light would flip."
    assert effect.notes == ("It rules from 2012/13 on; the lights shown are of the year before.",)
    assert store.change_number() == SETUP


def test_the_review_proposes_for_all_as_one_change_and_approves_them_together(store: Store) -> None:
    review = planned_review(store=store, strategy=STRATEGY, year=NEXT, better_by=Decimal(3))
    assert review.left_out == ()
    assert propose_review(store=store, review=review, better_by=Decimal(3)) == 1
    assert store.changes()[0].summary == "Change targets of 1 indicator for 2012/13: 3 % better proposed"
    assert year(store, 2012).proposed_text == "−3 % on baseline"
    waiting = targets(store=store).proposed
    approve_targets(store=store, ids=[one.id for one in waiting], meeting=board(store))
    assert year(store, 2012).comparator == 97
    with pytest.raises(UserError, match="Only a proposal that waits"):
        approve_targets(store=store, ids=[one.id for one in waiting], meeting=board(store))
    with pytest.raises(UserError, match="nothing to approve"):
        approve_targets(store=store, ids=[], meeting=board(store))


def test_a_meeting_is_found_by_its_day_or_made_for_the_quarter_before(store: Store) -> None:
    assert meeting_on(store=store, day=date(2012, 5, 3)) == board(store)
    made = meeting_on(store=store, day=date(2012, 7, 12))
    assert (made.position, made.cut_off) == (date(2012, 6, 30), date(2012, 7, 12))
    assert meeting_on(store=store, day=date(2012, 6, 30)).position == date(2012, 6, 30)
    assert meeting_on(store=store, day=date(2012, 7, 12), position=Q4).position == Q4


def test_a_review_makes_nothing_worse(store: Store) -> None:
    with pytest.raises(UserError, match="0 or more"):
        planned_review(store=store, strategy=STRATEGY, year=NEXT, better_by=Decimal(-3))
