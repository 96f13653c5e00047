"""A store of the officer's own with a year of the borough's crime, the same by ward, and the wards' homes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from scs_desktop.domain.history import StoreKind
from scs_desktop.returns.plan import ReturnPlan
from scs_desktop.returns.questions import Answers, parse_answers
from scs_desktop.store import Store
from scs_desktop.workflows.import_return import agency_named, plan_return, store_return
from scs_desktop.workflows.resource_file import RESOURCES
from scs_desktop.workflows.shipped import set_up_store

EXAMPLES = RESOURCES / "examples"
BOROUGH = "met-recorded-crime-2010-11-q4.xlsx"
BY_WARD = "met-crime-by-ward-2010-11-q4.xlsx"
HOMES = "council-ward-profile-2011.xlsx"
SENT_BY = {BOROUGH: "Met", BY_WARD: "Met", HOMES: "Council"}


def planned(
    store: Store, name: str, data: bytes = b"", *, agency: str = "", answers: Answers | None = None
) -> ReturnPlan:
    """Plan a shipped example, or the bytes given, as sent by the agency."""
    return plan_return(
        store=store,
        data=data or (EXAMPLES / name).read_bytes(),
        file_name=name,
        agency=agency_named(store=store, name=agency or SENT_BY[name]).id,
        received=date(2011, 5, 1),
        answers=answers,
        with_previous=False,
    )


def stored(store: Store, plan: ReturnPlan, on: date = date(2011, 5, 1)) -> None:
    """Store a plan that leaves nothing open."""
    assert [one.ask for one in plan.open_questions] == []
    store_return(store=store, plan=plan, at=datetime(on.year, on.month, on.day, 9, tzinfo=UTC))


def own_store(path: Path) -> Store:
    """Make an empty store with the shipped strategy."""
    return set_up_store(path=path, kind=StoreKind.REAL, who="Officer", at=datetime(2011, 4, 1, 9, tzinfo=UTC))


def crime_answers() -> Answers:
    """Return the answers that the borough's first return needs."""
    file = EXAMPLES / "answers" / "met-recorded-crime.json"
    return parse_answers(file.read_text(encoding="utf-8"), file.name)


def ward_store(path: Path) -> Store:
    """Make the store: the borough's return first, with its answers; the others ask nothing."""
    store = own_store(path)
    stored(store, planned(store, BOROUGH, answers=crime_answers()))
    stored(store, planned(store, BY_WARD), date(2011, 5, 2))
    stored(store, planned(store, HOMES), date(2011, 5, 3))
    return store
