"""An import from file to store: wards, context series, signs, reasons, what an earlier file said too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from scs_desktop.domain.figures import FigureKind
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import month
from scs_desktop.domain.publication import SignOff, SignOffState
from scs_desktop.returns.plan import Effect, ReturnPlan
from scs_desktop.returns.questions import Answers, QuestionKind, parse_answers
from scs_desktop.store import Store
from scs_desktop.workflows.import_return import agency_named, plan_return, store_return
from scs_desktop.workflows.resource_file import RESOURCES
from scs_desktop.workflows.shipped import set_up_store
from scs_desktop.workflows.undo_import import undo_import

MONTHS = [f"2010{number:02d}" for number in range(4, 13)] + [f"2011{number:02d}" for number in range(1, 10)]
BURGLARY = [220, 211, 222, 244, 251, 256, 284, 352, 298, 397, 305, 314, 291, 269, 280, 271, 258, 208]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store of the officer's own with the shipped strategy."""
    with set_up_store(path=tmp_path / "own.scs", kind=StoreKind.REAL, who="Officer") as made:
        yield made


def crime(burglary: list[int], *, notes: str = "", borough: str = "Barnet") -> bytes:
    head = ",".join(["MajorText", "MinorText", "BoroughName", *MONTHS[: len(burglary)]])
    row = ",".join(["BURGLARY", "BURGLARY IN A DWELLING", borough, *map(str, burglary)])
    other = ",".join(["BURGLARY", "BURGLARY IN A DWELLING", "Camden", *("900" for _ in burglary)])
    return f"{notes}{head}\n{row}\n{other}\n".encode()


def planned(
    store: Store, data: bytes, name: str, answers: Answers | None = None, *, extracted: date | None = None
) -> ReturnPlan:
    """Plan a return of the police; indicators that are not in it are said not to be."""
    police = agency_named(store=store, name="Metropolitan Police").id

    def plan(settled: Answers) -> ReturnPlan:
        return plan_return(
            store=store,
            data=data,
            file_name=name,
            agency=police,
            received=date(2011, 10, 5),
            extracted=extracted,
            answers=settled,
        )

    first = plan(answers or Answers())
    others = {one.key: "none" for one in first.open_questions if one.kind is QuestionKind.ROWS}
    return plan((answers or Answers()).and_also(others)) if others else first


def test_a_figure_that_two_files_say_outlives_the_first(store: Store) -> None:
    first = store_return(store=store, plan=planned(store, crime(BURGLARY[:15]), "crime 1.csv"))
    second = planned(store, crime(BURGLARY), "crime 2.csv")
    assert (second.count(Effect.SAME), second.count(Effect.NEW)) == (15, 3)
    store_return(store=store, plan=second)
    undo_import(store=store, import_id=first.id)
    series = second.figures[0].key.series
    assert len(store.current_figures([series])) == 18


def test_the_reason_for_keeping_a_figure_is_stored_with_it(store: Store) -> None:
    store_return(store=store, plan=planned(store, crime(BURGLARY[:17]), "crime 1.csv"))
    data = crime([*BURGLARY[:17], 2080])
    (asked,) = planned(store, data, "crime 2.csv").open_questions
    assert asked.kind is QuestionKind.CHECK
    text = f'{{"{asked.key}": {{"answer": "keep", "reason": "The agency confirmed it by telephone."}}}}'
    plan = planned(store, data, "crime 2.csv", parse_answers(text, "answers.json"))
    assert plan.ready
    store_return(store=store, plan=plan)
    found = store.current_figures([plan.figures[0].key.series])
    kept = next(one for key, one in found.items() if key.period == month(2011, 9))
    assert kept.measured.value == 2080
    assert kept.note.endswith("Kept. The agency confirmed it by telephone.")


def test_an_answers_file_may_hold_plain_texts_and_reasons_in_either_form() -> None:
    plain = parse_answers('{"area": "home"}', "a.json")
    assert (plain.to("area"), plain.reason_for("area")) == ("home", "")
    listed = parse_answers('{"questions": [{"key": "area", "answer": "home", "reason": "one borough"}]}', "a.json")
    assert (listed.to("area"), listed.reason_for("area")) == ("home", "one borough")


def test_the_extraction_date_in_the_file_tells_the_older_from_the_newer(store: Store) -> None:
    newer = crime(BURGLARY, notes="Data extracted 12/10/2011\n\n")
    store_return(store=store, plan=planned(store, newer, "newer.csv"))
    changed = [*BURGLARY[:15], 270, 258, 208]
    older = planned(
        store, crime(changed, notes="Data extracted 05/07/2011\n\n"), "older.csv", extracted=date(2011, 11, 1)
    )
    assert older.extracted_on == date(2011, 7, 5)
    assert [one.kind for one in older.open_questions] == [QuestionKind.OLDER_FILE]
    assert any("which is taken, not 01 November 2011" in note for note in older.notes)


def test_a_figure_of_a_signed_paper_is_stored_as_a_revision_and_said_so(store: Store) -> None:
    first = store_return(store=store, plan=planned(store, crime(BURGLARY), "crime 1.csv"))
    strategy = store.strategies()[0]
    meeting = store.meetings()[0]
    paper = SignOff(
        uuid4(), meeting.id, strategy.id, date(2011, 9, 30), first.number, SignOffState.SIGNED, "[]", "[]", b"%PDF"
    )
    with store.change(summary="Signed off", at=datetime(2011, 12, 15, tzinfo=UTC)) as change:
        change.save(paper)
    plan = planned(store, crime([*BURGLARY[:16], 259, 209]), "crime 2.csv")
    assert [note for note in plan.notes if note.startswith("2 of the revised figures stood in the paper signed off")]
    assert plan.ready


def test_a_return_of_context_series_is_stored_and_has_no_light(store: Store) -> None:
    name = "fire-brigade-2010-11-q4.csv"
    fire = agency_named(store=store, name="Fire")
    data = (RESOURCES / "examples" / name).read_bytes()
    plan = plan_return(store=store, data=data, file_name=name, agency=fire.id, received=date(2011, 5, 1))
    plan = plan_return(
        store=store,
        data=data,
        file_name=name,
        agency=fire.id,
        received=date(2011, 5, 1),
        answers=Answers({one.key: "home" for one in plan.open_questions if one.kind is QuestionKind.AREA}),
    )
    assert plan.ready
    assert {one.name for one in plan.figures} == {"Deliberate fires", "Hoax calls", "Home fire safety visits"}
    assert len(plan.figures) == 36
    store_return(store=store, plan=plan)
    assert len(store.current_figures({one.key.series for one in plan.figures})) == 36
    assert not plan.lights


def test_what_the_previous_return_had_and_this_one_lacks_is_named(store: Store) -> None:
    both = crime(BURGLARY)
    store_return(store=store, plan=planned(store, both, "crime 1.csv"))
    alone = b"\n".join(both.splitlines()[:2]) + b"\n"
    notes = planned(store, alone, "crime 2.csv").notes
    assert any(note.startswith("18 figures of the previous return, crime 1.csv, are not in this one") for note in notes)


def test_a_sign_is_asked_once_ever(store: Store) -> None:
    text = crime(BURGLARY).decode().replace(",208\n", ",*\n")
    plan = planned(store, text.encode(), "crime 1.csv")
    assert [one.key for one in plan.open_questions] == ["mark/*"]
    plan = planned(store, text.encode(), "crime 1.csv", Answers({"mark/*": "suppressed"}))
    store_return(store=store, plan=plan)
    again = planned(store, text.replace(",291,", ",*,").encode(), "crime 2.csv")
    assert again.ready
    kinds = {one.key.period: one.measured.kind for one in again.figures}
    assert (kinds[month(2011, 4)], kinds[month(2011, 9)]) == (FigureKind.SUPPRESSED, FigureKind.SUPPRESSED)


WARD_FILE = "MPS Ward Level Crime (24 months to June 2025).csv"


def test_the_ward_file_gives_barnets_24_wards_and_nobody_elses(store: Store, shared: Path) -> None:
    """Edgware is a ward of Barnet and of Harrow; both stand in the file."""
    police = agency_named(store=store, name="Metropolitan Police").id
    data = (shared / "data" / "returns" / WARD_FILE).read_bytes()
    series = next(
        one
        for one in store.series()
        if one.indicator is not None and _name(store, one.indicator) == "Residential burglary"
    )
    key = f"rows/{series.id}/value"
    plan = plan_return(
        store=store,
        data=data,
        file_name=WARD_FILE,
        agency=police,
        received=date(2025, 7, 10),
        answers=Answers({key: "row:burglary in a dwelling"}),
    )
    broken = next(one for one in plan.open_questions if one.kind is QuestionKind.BREAK)
    assert broken.choices[0].key == "join"
    mine = [one for one in plan.figures if one.key.series == series.id]
    areas = {one.id: one for one in store.areas()}
    wards = {areas[one.key.area].name for one in mine}
    assert len(wards) == 24
    assert {areas[one.key.area].parent for one in mine} == {
        next(area.id for area in areas.values() if area.name == "Barnet")
    }
    lines = [line.split(",") for line in data.decode("utf-8-sig").splitlines()]
    first = lines[0].index("202307")
    printed = {line[2]: line[first] for line in lines if line[4] == "Barnet" and line[1] == "BURGLARY IN A DWELLING"}
    assert len(printed) == 24
    july = {areas[one.key.area].name: one.measured.value for one in mine if one.key.period == month(2023, 7)}
    assert july == {name: Decimal(value) for name, value in printed.items()}


def _name(store: Store, indicator: object) -> str:
    return next((one.name for one in store.indicators() if one.id == indicator), "")
