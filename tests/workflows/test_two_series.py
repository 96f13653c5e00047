"""One agency that sends two data sets of one indicator: a row is the preferred one's unless the officer says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from scs_desktop.domain.agencies import Series
from scs_desktop.domain.history import StoreKind
from scs_desktop.returns.plan import ReturnPlan
from scs_desktop.returns.questions import Answers, Question
from scs_desktop.store import Store
from scs_desktop.workflows.import_return import agency_named, plan_return, store_return
from scs_desktop.workflows.shipped import set_up_store

NAMED = b"Borough,Offence,April 2010,May 2010\nBarnet,Total crime,2061,2161\n"
LATER = b"Borough,Offence,June 2010,July 2010\nBarnet,Total crime,2031,2101\n"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with set_up_store(path=tmp_path / "own.scs", kind=StoreKind.REAL, who="Officer") as made:
        published = replace(crime(made), id=uuid4(), data_set="published dashboard", preferred=False)
        with made.change(summary="A second series of total crime") as change:
            change.save(published)
        yield made


def crime(store: Store, *, preferred: bool = True) -> Series:
    names = {one.id: one.name for one in store.indicators()}
    return next(
        one
        for one in store.series()
        if one.preferred is preferred and names.get(one.indicator or one.id) == "Total crime"
    )


def planned(store: Store, data: bytes = NAMED, answers: dict[str, str] | None = None) -> ReturnPlan:
    return plan_return(
        store=store,
        data=data,
        file_name="met.csv",
        agency=agency_named(store=store, name="Metropolitan Police").id,
        received=date(2010, 9, 1),
        answers=Answers(answers or {}),
    )


def crime_questions(plan: ReturnPlan) -> list[Question]:
    return [one for one in plan.open_questions if "Total crime" in one.ask]


def held(plan: ReturnPlan) -> set[UUID]:
    return {one.key.series for one in plan.figures}


def rows(series: Series) -> str:
    return f"rows/{series.id}/value"


def test_a_row_of_the_indicators_name_is_the_preferred_series_and_the_other_is_asked_by_its_data_set(
    store: Store,
) -> None:
    plan = planned(store)
    assert held(plan) == {crime(store).id}
    (question,) = crime_questions(plan)
    assert question.ask == "Which rows are 1.1 Total crime (published dashboard)?"
    assert [one.text for one in question.choices] == ["It is not in these returns", "“Total crime”"]


def test_a_row_said_to_be_the_other_series_is_not_the_preferred_one_too(store: Store) -> None:
    other = crime(store, preferred=False)
    plan = planned(store, answers={rows(other): "row:total crime"})
    assert held(plan) == {other.id}
    (question,) = crime_questions(plan)
    assert question.ask == "Which rows are 1.1 Total crime?"
    assert held(planned(store, answers={rows(other): "row:total crime", rows(crime(store)): "none"})) == {other.id}


def test_the_answer_is_remembered(store: Store) -> None:
    plan = planned(store, answers={rows(crime(store, preferred=False)): "none"})
    store_return(store=store, plan=plan, leave_open=True)
    later = planned(store, LATER)
    assert held(later) == {crime(store).id}
    assert crime_questions(later) == []


def test_a_row_under_the_data_sets_own_name_needs_no_question(store: Store) -> None:
    plan = planned(store, b"Borough,Offence,April 2010,May 2010\nBarnet,Published dashboard,2061,2161\n")
    assert held(plan) == {crime(store, preferred=False).id}


def test_where_no_row_is_named_each_series_is_asked_by_a_name_of_its_own(store: Store) -> None:
    plan = planned(store, b"Borough,Offence,April 2010,May 2010\nBarnet,Burglary,210,220\nBarnet,Robbery,41,44\n")
    asked = [one.ask for one in crime_questions(plan)]
    assert asked == ["Which rows are 1.1 Total crime?", "Which rows are 1.1 Total crime (published dashboard)?"]
