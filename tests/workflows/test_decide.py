"""Doubts in one list: of the strategy as printed and of what came in; decided with reasons, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scs_desktop.domain.decisions import CheckRule, Verdict
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import StoreKind
from scs_desktop.returns.questions import Answers
from scs_desktop.store import Store
from scs_desktop.workflows.decide import Doubt, decide, doubts, take_back
from scs_desktop.workflows.import_return import store_return
from scs_desktop.workflows.overview import overview
from scs_desktop.workflows.shipped import set_up_store
from scs_desktop.workflows.undo_import import undo_import
from tests.workflows.test_import import BURGLARY, crime, planned

TEN_TIMES = [*BURGLARY[:17], 2080]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of the officer's own with the shipped strategy and seventeen months of burglary."""
    with set_up_store(path=tmp_path / "own.scs", kind=StoreKind.REAL, who="Officer") as made:
        store_return(store=made, plan=planned(made, crime(BURGLARY[:17]), "crime 1.csv"))
        yield made


def arrivals(store: Store) -> list[Doubt]:
    return [one for one in doubts(store=store) if one.arrival]


def keys(store: Store) -> dict[str, Doubt]:
    return {one.finding.key: one for one in doubts(store=store)}


def bring(store: Store, answer: str, reason: str = "") -> None:
    """Store a return whose last month is ten times too large, with this answer to the question about it."""
    (asked,) = planned(store, crime(TEN_TIMES), "crime 2.csv").open_questions
    answers = Answers({asked.key: answer}, {asked.key: reason} if reason else {})
    store_return(store=store, plan=planned(store, crime(TEN_TIMES), "crime 2.csv", answers))


def test_figures_as_they_should_be_raise_no_doubt(store: Store) -> None:
    assert arrivals(store) == []


def test_a_figure_that_was_confirmed_on_arrival_stays_in_the_list_with_what_was_said(store: Store) -> None:
    bring(store, "keep", "The agency confirmed it by telephone.")
    (doubt,) = arrivals(store)
    assert doubt.finding.rule is CheckRule.OUTLIER
    assert doubt.finding.sentence == "1.3, September 2011, is 2,080, usually about 271."
    assert doubt.finding.evidence[-1] == "From crime 2.csv, received 5 October 2011."
    assert doubt.confirmed.endswith("Kept. The agency confirmed it by telephone.")
    assert not doubt.open


def test_what_was_confirmed_on_arrival_can_be_opened_again_and_decided(store: Store) -> None:
    bring(store, "keep", "Confirmed.")
    (doubt,) = arrivals(store)
    again = take_back(store=store, finding_key=doubt.finding.key, reason="They sent a correction.")
    assert again.open
    assert store.changes()[0].summary.endswith("taken back: They sent a correction.")
    decide(store=store, finding_key=doubt.finding.key, verdict=Verdict.AS_PRINTED, reason="It was right after all.")
    (decided,) = arrivals(store)
    assert not decided.open
    assert decided.decision is not None
    assert decided.decision.reason == "It was right after all."


def test_a_figure_left_out_on_arrival_stays_an_open_doubt(store: Store) -> None:
    bring(store, "leave_out")
    (doubt,) = arrivals(store)
    assert doubt.finding.rule is CheckRule.LEFT_OUT
    assert doubt.open
    assert doubt.finding in overview(store=store).open_findings, "counted beside the page's name"
    assert doubt.finding.sentence.startswith("Left out until its sender has said: Residential burglary, September 2011")
    assert "2,080, usually about" in doubt.finding.evidence[0]
    assert doubt.finding.evidence[1] == "From crime 2.csv, received 5 October 2011."
    decide(
        store=store, finding_key=doubt.finding.key, verdict=Verdict.CORRECTED, proposal="settled",
        reason="The next return had 208.",
    )  # fmt: skip
    (settled,) = arrivals(store)
    assert not settled.open
    assert settled.finding.evidence == doubt.finding.evidence
    assert take_back(store=store, finding_key=doubt.finding.key, reason="It had not.").open
    assert arrivals(store)[0].finding.evidence == doubt.finding.evidence


def test_taking_the_import_back_takes_its_doubts_along(store: Store) -> None:
    bring(store, "leave_out")
    undo_import(store=store, import_id=store.imports()[-1].id)
    assert arrivals(store) == []
    bring(store, "keep")
    assert len(arrivals(store)) == 1
    undo_import(store=store, import_id=store.imports()[-1].id)
    assert arrivals(store) == []


def test_a_doubt_of_the_strategy_taken_back_is_open_as_before_and_history_keeps_both(store: Store) -> None:
    key = "count_against_rate:1.1"
    before = keys(store)[key]
    decide(store=store, finding_key=key, verdict=Verdict.CORRECTED, proposal="count", reason="A digit slipped.")
    decided = next(one for one in overview(store=store).findings if one.key == key)
    assert key not in {one.key for one in overview(store=store).open_findings}
    again = take_back(store=store, finding_key=key, reason="The document's author denies it.")
    assert (again.finding, again.decision) == (before.finding, None)
    assert again.finding == decided
    assert key in {one.key for one in overview(store=store).open_findings}
    assert [change.summary for change in store.changes(2)] == [
        f"Decision on {key} taken back: The document's author denies it.",
        f"Decision on {key}",
    ]
    (closed,) = [one for one in store.audit(change=store.change_number()) if one.entity == "decision"]
    assert closed.what == "removed"


def test_one_decision_settles_others_and_taking_one_back_names_which(store: Store) -> None:
    decide(
        store=store, finding_key="same_label:8.3+8.4", verdict=Verdict.CORRECTED, proposal="8.3-mislabelled",
        reason="88 % is safety after dark.",
    )  # fmt: skip
    settled = keys(store)["direction_against_words:8.3"]
    assert settled.settled
    assert not settled.open
    with pytest.raises(UserError, match="settled by the decision on another doubt"):
        take_back(store=store, finding_key=settled.finding.key, reason="why not")


def test_nothing_is_taken_back_without_a_reason_or_twice(store: Store) -> None:
    with pytest.raises(UserError, match="is open: there is no decision"):
        take_back(store=store, finding_key="count_against_rate:1.1", reason="a reason")
    with pytest.raises(UserError, match="needs a reason"):
        take_back(store=store, finding_key="count_against_rate:1.1", reason=" ")
    with pytest.raises(UserError, match="no doubt named"):
        take_back(store=store, finding_key="nothing", reason="a reason")
