"""Breaks in an indicator's figures: marked by hand, or confirmed as a return is stored, and taken away again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scs_desktop.domain.breaks import BreakKind
from scs_desktop.domain.decisions import Verdict
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import months_between
from scs_desktop.domain.position import Light, Unrated
from scs_desktop.domain.rating import rate_strategy
from scs_desktop.returns.plan import ReturnPlan
from scs_desktop.returns.questions import Answers, QuestionKind
from scs_desktop.store import Store
from scs_desktop.workflows.breaks import add_break, breaks, remove_break, use_coded
from scs_desktop.workflows.decide import decide
from scs_desktop.workflows.history import undo_last
from scs_desktop.workflows.import_return import agency_named, plan_return, store_return
from scs_desktop.workflows.overview import look
from scs_desktop.workflows.shipped import set_up_store
from scs_desktop.workflows.undo_import import undo_import

APRIL_2013, JUNE_2013 = date(2013, 4, 1), date(2013, 6, 30)
RUN = months_between(date(2010, 4, 1), JUNE_2013)
ROWS = {"Robbery": 100, "Burglary": 250, "Fraud and forgery": 130}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with set_up_store(path=tmp_path / "own.scs", kind=StoreKind.REAL, who="Officer") as made:
        yield made


def crime() -> bytes:
    """Three kinds of crime that make up the total; frauds end with March 2013."""
    lines = [",".join(["MajorText", "MinorText", "BoroughName", *(f"{one.start:%Y%m}" for one in RUN)])]
    for place, (name, level) in enumerate(ROWS.items()):
        values = [level + (7 * index + 3 * place) % 11 for index in range(len(RUN))]
        if name.startswith("Fraud"):
            values[36:] = [0] * (len(RUN) - 36)
        lines.append(",".join([name, name, "Barnet", *map(str, values)]))
    return "\n".join(lines).encode()


def planned(store: Store, data: bytes, name: str = "crime.csv", means: str = "note") -> ReturnPlan:
    """Plan the return: all its rows make the total, and frauds' end means what is said."""
    police = agency_named(store=store, name="Metropolitan Police").id
    answers = Answers()
    for _ in range(6):
        plan = plan_return(
            store=store, data=data, file_name=name, agency=police, received=date(2013, 7, 5), answers=answers
        )
        given = {}
        for one in plan.open_questions:
            if one.kind is QuestionKind.BREAK:
                given[one.key] = means
            elif one.kind is QuestionKind.ROWS:
                total = [choice.key for choice in one.choices if choice.key.startswith(("all:", "sum:"))]
                whole = "otal crime" in one.ask and bool(total)
                given[one.key] = total[0] if whole else "none"
            else:
                given[one.key] = one.choices[0].key
        if not given:
            return plan
        answers = answers.and_also(given)
    raise AssertionError("the questions have no end")


def light(store: Store, code: str = "1.1", position: date = JUNE_2013) -> tuple[object, str]:
    row = rate_strategy(look(store=store), position).indicator(use_coded(store=store, code=code).id)
    return row.status.light or row.status.unrated, row.status.sentence


def test_a_confirmed_break_is_stored_with_the_return_and_goes_when_the_return_is_undone(store: Store) -> None:
    plan = planned(store, crime())
    assert [(one.on, one.cause) for one in plan.breaks] == [(APRIL_2013, "“Fraud and forgery” is no longer part of it")]
    assert [(one.code, one.after) for one in plan.lights if one.code == "1.1"] == [("1.1", "not comparable")]
    noted = "A break will be marked in Total crime: April 2013, “Fraud and forgery” is no longer part of it."
    assert f"{noted} Nothing is compared across it." in plan.notes
    done = store_return(store=store, plan=plan)
    (kept,) = breaks(store=store)
    assert (kept.code, kept.kept.kind, kept.kept.on) == ("1.1", BreakKind.DEFINITION, APRIL_2013)
    reason, said = light(store)
    assert reason is Unrated.NOT_COMPARABLE
    assert said == (
        "Not comparable: since April 2013 the definition is another than the baseline's "
        "(“Fraud and forgery” is no longer part of it)."
    )
    assert [line.entity for line in store.audit(entity_id=kept.kept.id)] == ["series_break"]
    undo_import(store=store, import_id=done.id)
    assert breaks(store=store) == ()
    assert store.audit(entity_id=kept.kept.id)[0].what == "removed"


def test_after_an_undo_the_same_return_marks_it_again(store: Store) -> None:
    first = store_return(store=store, plan=planned(store, crime()))
    undo_import(store=store, import_id=first.id)
    store_return(store=store, plan=planned(store, crime()))
    assert len(breaks(store=store)) == 1


def test_where_the_figures_are_what_they_are_no_break_is_marked(store: Store) -> None:
    store_return(store=store, plan=planned(store, crime(), means="keep"))
    assert breaks(store=store) == ()
    assert light(store)[0] is not Unrated.NOT_COMPARABLE


def test_what_the_officer_took_away_by_hand_no_later_return_brings_back(store: Store) -> None:
    store_return(store=store, plan=planned(store, crime()))
    remove_break(store=store, break_=breaks(store=store)[0].kept.id)
    later = crime().replace(b",100", b",101", 1)
    store_return(store=store, plan=planned(store, later, "crime 2.csv"))
    assert breaks(store=store) == ()


def test_a_break_by_hand_changes_the_light_and_can_be_undone(store: Store) -> None:
    store_return(store=store, plan=planned(store, crime(), means="keep"))
    before = light(store)
    use = use_coded(store=store, code="1.1").id
    made = add_break(store=store, use=use, on=APRIL_2013, cause=" Frauds went to a national centre. ")
    assert made.sentence == "April 2013: Frauds went to a national centre. Nothing is compared across it."
    assert light(store)[0] is Unrated.NOT_COMPARABLE
    assert store.changes(1)[0].summary == "Break of 1.1 in April 2013"
    undo_last(store=store)
    assert light(store) == before
    assert breaks(store=store) == ()


def test_a_reason_to_compare_keeps_the_light_and_stands_in_its_sentence(store: Store) -> None:
    store_return(store=store, plan=planned(store, crime(), means="keep"))
    for key, proposal in {"count_against_rate:1.1": "count", "own_against_published:1.1": "own"}.items():
        decide(store=store, finding_key=key, verdict=Verdict.CORRECTED, reason="looked up", proposal=proposal)
    before = light(store)
    assert before[0] is Light.GREEN
    use = use_coded(store=store, code="1.1").id
    made = add_break(store=store, use=use, on=APRIL_2013, cause="New codes", compared_because="they count alike")
    assert made.sentence == "April 2013: New codes. Compared across it all the same: they count alike."
    assert light(store)[0] == before[0]
    assert light(store)[1].endswith("Compared across the break of April 2013 (New codes), because they count alike.")


def test_a_rebasing_changes_no_light(store: Store) -> None:
    store_return(store=store, plan=planned(store, crime(), means="keep"))
    before = light(store)
    use = use_coded(store=store, code="1.1").id
    made = add_break(store=store, use=use, on=APRIL_2013, cause="New patrols", kind=BreakKind.REBASE)
    assert made.sentence == "April 2013: New patrols. Process limits begin anew."
    assert light(store) == before
    remove_break(store=store, break_=made.kept.id)
    assert breaks(store=store, use=use) == ()


def test_what_cannot_be_marked_is_refused_in_a_sentence(store: Store) -> None:
    use = use_coded(store=store, code="1.1").id
    with pytest.raises(UserError, match="needs its known cause"):
        add_break(store=store, use=use, on=APRIL_2013, cause="  ")
    with pytest.raises(UserError, match="leave the reason out"):
        add_break(
            store=store, use=use, on=APRIL_2013, cause="x", kind=BreakKind.REBASE, compared_because="they are alike"
        )
    made = add_break(store=store, use=use, on=APRIL_2013, cause="New codes")
    with pytest.raises(UserError, match="has a break in April 2013 already"):
        add_break(store=store, use=use, on=APRIL_2013, cause="New codes again")
    with pytest.raises(UserError, match=r"no indicator “9\.9”"):
        use_coded(store=store, code="9.9")
    remove_break(store=store, break_=made.kept.id)
    with pytest.raises(UserError, match="no such break"):
        remove_break(store=store, break_=made.kept.id)


@pytest.mark.parametrize("on", [date(1850, 1, 1), date(2999, 1, 1)])
def test_a_break_lies_within_the_figures_or_the_strategy(store: Store, on: date) -> None:
    use = use_coded(store=store, code="1.3").id
    with pytest.raises(UserError, match="A break lies between 1 April 2010 and"):
        add_break(store=store, use=use, on=on, cause="A slip")
    assert breaks(store=store) == ()


def test_a_break_on_a_day_is_told_as_on_that_day(store: Store) -> None:
    use = use_coded(store=store, code="1.3").id
    add_break(store=store, use=use, on=date(2012, 1, 15), cause="New form")
    assert store.changes()[0].summary == "Break of 1.3 on 15 January 2012"
    with pytest.raises(UserError, match="has a break on 15 January 2012 already"):
        add_break(store=store, use=use, on=date(2012, 1, 15), cause="Again")
