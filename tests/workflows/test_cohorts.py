"""Cohorts of a programme: set up, brought by an ordinary return, compared at a position."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from installer.make_cohort_examples import early_intervention
from scs_desktop.domain.cohort_results import PairResult
from scs_desktop.domain.compared_cohorts import group_names
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.publication import PublicationRule
from scs_desktop.returns.questions import Answers
from scs_desktop.store import Store
from scs_desktop.workflows.cohorts import (
    NewSeries,
    cohort_choices,
    cohorts,
    pair_named,
    priority_numbered,
    remove_pair,
    save_pair,
)
from scs_desktop.workflows.import_return import agency_named, plan_return, store_return
from scs_desktop.workflows.shipped import set_up_store
from scs_desktop.workflows.template import write_form

RECEIVED = "Early intervention: re-offending within 12 months, received"
OTHERS = "Early intervention: re-offending within 12 months, did not receive"
AFTER = date(2013, 3, 31)
OPENED = datetime(2011, 7, 4, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store with the strategy and one pair of cohorts, no figures."""
    with set_up_store(path=tmp_path / "own.scs", kind=StoreKind.REAL, who="Officer", at=OPENED) as made:
        set_up(made)
        yield made


def set_up(store: Store, name: str = "Early intervention") -> None:
    sender = agency_named(store=store, name="Children's Service")
    save_pair(
        store=store,
        name=name,
        priority=priority_numbered(store=store, number=5),
        series=RECEIVED,
        other=OTHERS,
        new=NewSeries(sender.id),
    )


def bring(store: Store, count: int, received: date, *, answer: bool = True) -> list[str]:
    """Import the return of so many intakes; return the questions it asked."""
    sender = agency_named(store=store, name="Children's Service").id
    named = {one.data_set: str(one.id) for one in store.series() if one.data_set in {RECEIVED, OTHERS}}
    words = {
        f"rows/{named[series]}/{part}": f"row:{group} › {column}"
        for series, group in (
            (RECEIVED, "received early intervention"),
            (OTHERS, "did not receive early intervention"),
        )
        for part, column in (
            ("value", "% re offended within 12 months"),
            ("numerator", "re offended within 12 months"),
            ("denominator", "young people"),
        )
    }
    data = early_intervention(count)
    asked = plan_return(
        store=store, data=data, file_name=f"cohorts-{count}.xlsx", agency=sender, received=received
    ).open_questions
    answers = Answers().and_also(words) if answer else Answers()
    plan = plan_return(
        store=store, data=data, file_name=f"cohorts-{count}.xlsx", agency=sender, received=received, answers=answers
    )
    store_return(store=store, plan=plan)
    return [one.key for one in asked]


def only(store: Store, position: date = AFTER, *, public: bool = False) -> PairResult:
    (found,) = cohorts(store=store, position=position, public=public).pairs
    return found


def test_the_first_return_asks_once_and_the_second_nothing(store: Store) -> None:
    assert only(store).sentence.startswith("No figures yet")
    assert bring(store, 2, date(2012, 5, 2))
    assert bring(store, 3, date(2013, 5, 2), answer=False) == []
    found = only(store)
    assert [(one.label, one.followed) for one in found.intakes] == [
        ("2009/10", "March 2011"),
        ("2010/11", "March 2012"),
        ("2011/12", "March 2013"),
    ]
    assert [(one.group.events, one.group.size, one.other.events, one.other.size) for one in found.rows] == [
        (3, 14, 12, 31),
        (13, 47, 26, 61),
        (12, 52, 24, 58),
        (28, 113, 62, 150),
    ]
    assert found.names == ("Received", "Did not receive")
    assert found.sentence == (
        "Received: 28 of 113 re-offended (24.8 %). Did not receive: 62 of 150 (41.3 %). "
        "Clearly fewer: −16.6 points (−27.2 points to −5.0 points; p = .0051)."
    )
    assert [one.verdict for one in found.rows] == [
        "no clear difference",
        "no clear difference",
        "clearly fewer",
        "clearly fewer",
    ]
    assert "not drawn by lot" in found.caution
    assert found.trends == (
        "Received: 21.4 % of the 2009/10 intake, 23.1 % of the 2011/12 intake: no clear change.",
        "Did not receive: 38.7 % of the 2009/10 intake, 41.4 % of the 2011/12 intake: no clear change.",
    )


def test_every_count_leads_to_its_cell(store: Store) -> None:
    bring(store, 2, date(2012, 5, 2))
    cells = {cell.cell for one in only(store).figures for cell in store.sources(one)}
    assert cells == {f"{column}{row}" for column in "BCDEFG" for row in (7, 8)}


def test_an_intake_is_seen_only_once_its_follow_up_has_ended(store: Store) -> None:
    bring(store, 3, date(2013, 5, 2))
    assert [one.label for one in only(store, date(2012, 3, 31)).intakes] == ["2009/10", "2010/11"]
    assert [one.label for one in only(store, date(2012, 2, 29)).intakes] == ["2009/10"]
    assert only(store, date(2012, 2, 29)).pooled is None


def test_a_public_copy_withholds_small_counts_and_sums_that_hold_them(store: Store) -> None:
    bring(store, 3, date(2013, 5, 2))
    found = only(store, public=True)
    first, second, third = found.intakes
    assert (first.group.events_text, first.group.share, first.comparison) == ("fewer than 5", None, None)
    assert first.verdict == "withheld: small numbers"
    assert [one.group.events for one in (second, third)] == [13, 12]
    assert found.pooled is not None
    assert found.pooled.group.events == 25, "a sum with the 3 in it would give it away"
    assert found.pooled_note == "Left out of the intakes together: 1 with small numbers."
    assert first.other.events == 12
    assert "3 of 14" not in found.sentence


def test_figures_that_may_not_be_published_yet_show_their_reason_alone(store: Store) -> None:
    bring(store, 2, date(2012, 5, 2))
    pair = pair_named(store=store, name="early intervention")
    before = store.change_number()
    until = date(2050, 5, 5)
    with store.change(summary="Embargo") as change:
        change.save(PublicationRule(uuid4(), "Election period.", series=pair.other, not_before=until))
    held = only(store, public=True)
    assert held.sentence == "Not for publication before 5 May 2050: Election period."
    assert held.intakes == ()
    assert only(store).intakes
    (past,) = cohorts(store=store, position=AFTER, as_at=before, public=True).pairs
    assert past.intakes == (), "today's rules hold for what was known before them"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "Early Intervention"}, "already"),
        ({"event": ""}, "what is counted"),
        ({"other": RECEIVED}, "compared with itself"),
        ({"other": "Others of 2015", "new": None}, "which agency sends it"),
        ({"other": "Deliberate fires"}, "no cohorts followed over time"),
        ({"other": ""}, "both groups"),
    ],
)
def test_a_pair_that_cannot_be_is_refused_in_a_sentence(store: Store, changed: dict[str, str], told: str) -> None:
    sender = agency_named(store=store, name="Children's Service")
    wanted = {
        "name": "Another",
        "priority": priority_numbered(store=store, number=5),
        "series": RECEIVED,
        "other": OTHERS,
        "new": NewSeries(sender.id),
    }
    with pytest.raises(UserError, match=told):
        save_pair(store=store, **{**wanted, **changed})  # type: ignore[arg-type]


def test_a_pair_is_changed_and_removed_with_its_history_kept(store: Store) -> None:
    pair = pair_named(store=store, name="early intervention")
    before = store.change_number()
    save_pair(store=store, name="Family support", priority=pair.priority, series=RECEIVED, other=OTHERS, pair=pair.id)
    assert only(store).pair.name == "Family support"
    assert len(cohort_choices(store=store).series) == 2
    remove_pair(store=store, pair=pair.id)
    assert cohorts(store=store).pairs == ()
    assert cohorts(store=store, as_at=before).pairs[0].pair == pair
    with pytest.raises(UserError, match="no such comparison"):
        remove_pair(store=store, pair=pair.id)


def test_what_is_not_known_by_name_is_told_with_what_is(store: Store) -> None:
    with pytest.raises(UserError, match="“Early intervention”"):
        pair_named(store=store, name="Late intervention")
    with pytest.raises(UserError, match="1, 2, 3"):
        priority_numbered(store=store, number=11)


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        (RECEIVED, OTHERS, ("Received", "Did not receive")),
        ("Reached", "Not reached", ("Reached", "Not reached")),
        ("Cohort: reached", "Cohort: ", ("Cohort: reached", "Cohort: ")),
    ],
)
def test_groups_are_called_by_what_tells_them_apart(first: str, second: str, names: tuple[str, str]) -> None:
    assert group_names(first, second) == names


def test_the_agencys_own_form_asks_for_the_next_intake_and_comes_back_without_a_question(
    store: Store, tmp_path: Path
) -> None:
    bring(store, 3, date(2013, 5, 2))
    sender = agency_named(store=store, name="Children's Service").id
    form = write_form(store=store, agency=sender, out=tmp_path / "form.xlsx", until=date(2014, 6, 30))
    book = openpyxl.load_workbook(form)
    sheet = next(one for one in book if "cohorts" in one.title)
    column = next(number for number, cell in enumerate(sheet[4], start=1) if "March 2014" in str(cell.value))
    for row, value in enumerate((20, 10, 50, 40, 24, 60), start=5):
        sheet.cell(row, column, value)
    book.save(form)
    plan = plan_return(
        store=store, data=form.read_bytes(), file_name="form.xlsx", agency=sender, received=date(2014, 5, 1)
    )
    assert plan.open_questions == ()
    store_return(store=store, plan=plan)
    last = only(store, date(2014, 3, 31)).intakes[-1]
    assert (last.label, last.group.events, last.other.size) == ("2012/13", 10, 60)
