"""The board signs a paper off: it is kept to the byte, and whatever is changed later is told beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from scs_desktop.domain.agencies import Meeting
from scs_desktop.domain.areas import Area, AreaKind, AreaName, AreaRole
from scs_desktop.domain.breaks import BreakKind, SeriesBreak
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.figures import FigureKey, SourceCell, number
from scs_desktop.domain.history import ChangeKind, StoreKind
from scs_desktop.domain.periods import financial_year, month
from scs_desktop.domain.position import Light
from scs_desktop.domain.publication import Marking, SignOff, SignOffState
from scs_desktop.domain.restated import Restatement
from scs_desktop.domain.restated_causes import CauseKind
from scs_desktop.domain.rollup import PriorityOverride, RollupChoice, RollupRule
from scs_desktop.domain.signed import read_texts, record_text
from scs_desktop.domain.strategy import Commentary
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState
from scs_desktop.store import NewFigure, NewImport, Store, create_store
from scs_desktop.workflows.meetings import add_meeting, meeting_named, meetings
from scs_desktop.workflows.overview import overview
from scs_desktop.workflows.report import PaperKind, make_paper, summary_report
from scs_desktop.workflows.sign_off import (
    cut_of_day,
    propose_sign_off,
    sign_off,
    supersede_sign_off,
    withdraw_sign_off,
)
from scs_desktop.workflows.signed_papers import (
    paper_named,
    restated,
    signed_paper,
    signed_papers,
    signed_record,
    signed_sources,
)
from scs_desktop.workflows.undo_import import undo_import
from tests.domain.builders import AREA, made_id
from tests.domain.test_what_if import hundred
from tests.reports.papers import page_texts

Q4 = date(2012, 3, 31)
MET = datetime(2012, 5, 3, 10, tzinfo=UTC)
LATER = datetime(2012, 7, 2, 10, tzinfo=UTC)
USE = hundred().uses["A"].id
SERIES = next(iter(hundred().series))
PRIORITY = hundred().snapshot().priorities[0].id
JUNE = FigureKey(SERIES, AREA, month(2011, 6))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A real store with one indicator: baseline 100, first year 99, direction alone, and two meetings of the board."""
    strategy = hundred()
    snapshot = strategy.snapshot()
    began = datetime(2012, 4, 2, 9, tzinfo=UTC)
    with create_store(tmp_path / "store.scs", kind=StoreKind.REAL, who="Performance Officer", at=began) as made:
        with made.change(kind=ChangeKind.SETUP, summary="Strategy set up", at=began) as change:
            change.save(
                Area(AREA, AreaKind.BOROUGH, (AreaName("Barnet"),), role=AreaRole.HOME),
                strategy.agency,
                snapshot.strategy,
                *snapshot.priorities,
                *snapshot.indicators.values(),
                *snapshot.definitions.values(),
                *snapshot.series.values(),
                *snapshot.uses,
                *snapshot.baselines.values(),
                *(target for targets in snapshot.targets.values() for target in targets),
                Meeting(made_id("May"), Q4, date(2012, 4, 20), date(2012, 5, 3), title="Board in May"),
                Meeting(made_id("July"), Q4, date(2012, 6, 20), date(2012, 7, 5), title="Board in July"),
            )
        figures = [one for some in snapshot.figures.values() for one in some]
        brought(made, [NewFigure(one.key, one.measured, cell(one.key)) for one in figures], at=began)
        yield made


def cell(key: FigureKey) -> tuple[SourceCell, ...]:
    return (SourceCell("Burglary", f"C{key.period.start.year % 100 * 12 + key.period.start.month}", "8"),)


def brought(store: Store, figures: list[NewFigure], *, name: str = "burglary.csv", at: datetime = LATER) -> UUID:
    """Import figures as the police's return; return the import."""
    new = NewImport(hundred().agency.id, name, at.date())
    with store.change(kind=ChangeKind.IMPORT, summary=f"Import of {name}", at=at) as change:
        return change.record_import(new, name.encode(), figures)


def target(**given: object) -> Target:
    """The first year's target, changed as given."""
    (first,) = (one for one in hundred().snapshot().targets[USE] if one.year == financial_year(2011))
    return replace(first, **given)  # type: ignore[arg-type]


def signed(store: Store) -> UUID:
    """Sign off Q4 at the board in May, and return the paper."""
    sign_off(store=store, meeting=made_id("May"), at=MET)
    (paper,) = [one for one in store.sign_offs() if one.state is SignOffState.SIGNED]
    return paper.id


def saved(store: Store, *things: object) -> None:
    with store.change(summary="Edited", at=LATER) as change:
        change.save(*things)  # type: ignore[arg-type]


def of_use(store: Store, paper: UUID) -> Restatement:
    return next(one for one in restated(store=store, sign_off_id=paper).rows if one.subject == USE)


# --- signing --------------------------------------------------------------------------------------


def test_what_is_signed_is_what_was_proposed_and_what_the_report_prints(store: Store, tmp_path: Path) -> None:
    proposed = propose_sign_off(store=store, meeting=made_id("May"), printed_on=MET.date())
    number = store.change_number()
    paper = signed(store)
    printed = summary_report(
        store=store, out=tmp_path / "again.pdf", position=Q4, as_at=proposed.as_at, printed_on=MET.date()
    )
    assert proposed.as_at == number
    assert signed_paper(store=store, sign_off_id=paper) == proposed.paper.pdf == printed.read_bytes()
    assert store.changes()[0].kind is ChangeKind.SIGN_OFF
    assert "position to Q4 2011/12" in proposed.frozen


def test_the_whole_pack_is_signed_and_prints_again(store: Store) -> None:
    proposed = sign_off(store=store, meeting=made_id("May"), kind=PaperKind.PACK, at=MET)
    brought(store, [NewFigure(JUNE, number(19))])
    again = make_paper(
        store=store, kind=PaperKind.PACK, position=Q4, as_at=proposed.as_at, printed_on=proposed.record.printed_on
    )
    assert again.pdf == signed_paper(store=store, sign_off_id=proposed.id)
    assert len(page_texts(again.pdf)) > 1
    assert (proposed.record.report, proposed.frozen[:10]) == ("pack", "Board pack")


def test_the_paper_of_an_earlier_strategy_is_of_that_strategy(store: Store) -> None:
    first = hundred().strategy
    later = replace(first, id=uuid4(), name="The next strategy", start=date(2014, 4, 1), end=date(2017, 3, 31))
    saved(store, later)
    proposed = propose_sign_off(store=store, meeting=made_id("May"), strategy=first.id)
    (page,) = page_texts(proposed.paper.pdf)
    assert proposed.record.strategy == first.id
    assert "Burglary" in page
    assert later.name not in page


def test_every_status_is_kept_with_its_record_and_leads_back_to_its_cells(store: Store) -> None:
    paper = signed(store)
    record = signed_record(store=store, sign_off_id=paper)
    shown = overview(store=store, position=Q4, as_at=record.as_at)
    row = shown.indicator(USE)
    (kept,) = record.indicators
    assert kept.status == row.status
    assert (kept.value_text, kept.baseline_text) == ("99", row.baseline_text)
    assert record.counts == shown.counts
    assert [one.status for one in record.priorities] == [one.status for one in shown.priorities]
    assert len(kept.figures) == 12
    assert len(kept.line) == 24
    (first, *_) = kept.figures
    (source,) = store.sources(first)
    assert (source.sheet, source.cell) == ("Burglary", "C136")
    brought_by = store.import_of(first)
    assert brought_by is not None
    assert brought_by.file_name == "burglary.csv"
    text = store.sign_off(paper)
    assert text is not None
    assert record_text(record) == text.statuses


def test_a_printed_value_leads_to_its_cells_also_when_it_was_revised_or_taken_back(store: Store) -> None:
    paper = signed(store)
    before = signed_sources(store=store, sign_off_id=paper, code="A")
    brought(store, [NewFigure(JUNE, number(19))], name="later.csv")
    undo_import(store=store, import_id=store.imports()[0].id, at=LATER)
    assert signed_sources(store=store, sign_off_id=paper, code="A") == before
    assert len(before) == 12
    assert {(one.file, one.sheet) for one in before} == {("burglary.csv", "Burglary")}
    assert [(one.period, one.figure, one.cell) for one in before][-3:] == [
        ("June 2011", "9", "C138"),
        ("May 2011", "9", "C137"),
        ("April 2011", "9", "C136"),
    ]
    with pytest.raises(UserError, match="No indicator B stood on that paper: it has A"):
        signed_sources(store=store, sign_off_id=paper, code="B")


def test_the_words_that_stood_beside_the_lights_are_kept(store: Store) -> None:
    words = Commentary(uuid4(), PRIORITY, Q4, "Patrols moved to the evenings.", "Borough Commander's office")
    saved(store, words, replace(words, id=uuid4(), position=date(2011, 12, 31), text="Another quarter's."))
    paper = signed(store)
    saved(store, replace(words, text="Rewritten."))
    kept = store.sign_off(paper)
    assert kept is not None
    assert [(one.text, one.author_post) for one in read_texts(kept.texts)] == [
        ("Patrols moved to the evenings.", "Borough Commander's office")
    ]


def test_the_board_of_a_past_day_signs_what_was_known_then(store: Store) -> None:
    brought(store, [NewFigure(JUNE, number(19))])
    then = cut_of_day(store=store, day=date(2012, 5, 3), today=LATER.date())
    proposed = sign_off(store=store, meeting=made_id("May"), as_at=then, at=LATER)
    assert proposed.record.indicators[0].value_text == "99"
    assert proposed.position.known_on == date(2012, 4, 2)


@pytest.mark.parametrize(("marking", "printed"), [(Marking.OFFICIAL, MET), (Marking.OFFICIAL_SENSITIVE, LATER)])
def test_marking_and_day_are_those_given(store: Store, marking: Marking, printed: datetime) -> None:
    proposed = sign_off(store=store, meeting=made_id("May"), marking=marking, at=printed)
    assert (proposed.record.marking, proposed.record.printed_on) == (marking, printed.date())


def test_a_position_is_signed_off_once_for_a_meeting(store: Store) -> None:
    signed(store)
    with pytest.raises(UserError, match="Q4 2011/12 is signed off for “Board in May” already"):
        sign_off(store=store, meeting=made_id("May"))
    sign_off(store=store, meeting=made_id("May"), position=date(2011, 12, 31))
    assert len(store.sign_offs()) == 2


def test_what_cannot_be_signed_is_refused_in_a_sentence(store: Store) -> None:
    with pytest.raises(UserError, match="That meeting is not in this store"):
        sign_off(store=store, meeting=uuid4())
    with pytest.raises(UserError, match="The store has not come to change 99"):
        sign_off(store=store, meeting=made_id("May"), as_at=99)
    with pytest.raises(UserError, match="2 August 2012 has not come yet"):
        cut_of_day(store=store, day=date(2012, 8, 2), today=LATER.date())
    with pytest.raises(UserError, match="Nothing was recorded by 1 January 2011"):
        cut_of_day(store=store, day=date(2011, 1, 1), today=LATER.date())
    assert cut_of_day(store=store, day=None) is None
    assert store.sign_offs() == ()


def test_doubts_and_reds_without_words_warn_and_do_not_forbid(store: Store) -> None:
    saved(store, target(kind=TargetKind.VALUE, value=Decimal(90)))
    proposed = sign_off(store=store, meeting=made_id("May"), position=Q4, at=LATER)
    assert "Priority 1 is red and has red at A, without a comment." in proposed.warnings
    assert any(
        one.startswith("What was recorded after the meeting’s cut-off, 20 April 2012") for one in proposed.warnings
    )
    assert proposed.record.warnings == proposed.warnings
    commented = Commentary(uuid4(), PRIORITY, Q4, "Two prolific burglars were released.", "Borough Commander's office")
    saved(store, commented)
    again = propose_sign_off(store=store, meeting=made_id("July"), position=date(2012, 3, 1))
    assert not any("without a comment" in one for one in again.warnings)
    other = propose_sign_off(store=store, meeting=made_id("July"), position=date(2011, 12, 31))
    assert "The meeting’s position is Q4 2011/12; the paper’s is Q3 2011/12." in other.warnings


# --- taking back ----------------------------------------------------------------------------------


def test_a_paper_is_withdrawn_with_a_reason_and_stays(store: Store) -> None:
    paper = signed(store)
    pdf = signed_paper(store=store, sign_off_id=paper)
    with pytest.raises(UserError, match="Give the reason"):
        withdraw_sign_off(store=store, sign_off_id=paper, reason="  ")
    withdraw_sign_off(store=store, sign_off_id=paper, reason="Signed before the survey came.", at=LATER)
    (listed,) = signed_papers(store=store)
    assert (listed.summary.state, listed.summary.reason) == (SignOffState.WITHDRAWN, "Signed before the survey came.")
    assert (listed.signed, listed.ended) == (store.changes()[1], store.changes()[0])
    assert signed_paper(store=store, sign_off_id=paper) == pdf
    with pytest.raises(UserError, match="withdrawn already: “Signed before the survey came"):
        withdraw_sign_off(store=store, sign_off_id=paper, reason="Again")
    assert signed(store) != paper


def test_a_paper_is_superseded_at_a_later_meeting(store: Store) -> None:
    paper = signed(store)
    pdf = signed_paper(store=store, sign_off_id=paper)
    brought(store, [NewFigure(JUNE, number(19))], at=datetime(2012, 6, 1, tzinfo=UTC))
    with pytest.raises(UserError, match="3 May 2012 is not after 3 May 2012"):
        supersede_sign_off(store=store, sign_off_id=paper, meeting=made_id("May"), reason="June was wrong.")
    with pytest.raises(UserError, match="Give the reason"):
        supersede_sign_off(store=store, sign_off_id=paper, meeting=made_id("July"), reason="")
    supersede_sign_off(store=store, sign_off_id=paper, meeting=made_id("July"), reason="June was wrong.", at=LATER)
    after, before = sorted(signed_papers(store=store), key=lambda one: one.id == paper)
    assert (before.summary.state, before.summary.reason) == (SignOffState.SUPERSEDED, "June was wrong.")
    assert (after.summary.state, after.summary.position, after.meeting_title) == (
        SignOffState.SIGNED,
        Q4,
        "Board in July",
    )
    assert (before.restated, after.restated) == (1, 0)
    assert signed_paper(store=store, sign_off_id=paper) == pdf != signed_paper(store=store, sign_off_id=after.id)


# --- what comes later -----------------------------------------------------------------------------


def test_the_signed_colour_stays_whatever_rule_is_set_later(store: Store) -> None:
    """Baseline 100, first year 99: Green by any reduction, Amber by a path to 90, Red by 90 at once."""
    saved(store, target(rule=StatusRule.LITERAL))
    paper = signed(store)
    pdf = signed_paper(store=store, sign_off_id=paper)
    kept = store.sign_off(paper)
    assert signed_record(store=store, sign_off_id=paper).indicators[0].status.light is Light.GREEN

    path = [
        replace(one, state=TargetState.WITHDRAWN)
        for one in hundred().snapshot().targets[USE]
        if one.year != financial_year(2013)
    ]
    (last,) = (one for one in hundred().snapshot().targets[USE] if one.year == financial_year(2013))
    saved(store, *path, replace(last, kind=TargetKind.VALUE, value=Decimal(90), end_of_path=True))
    row = of_use(store, paper)
    assert row.now is not None
    assert row.now.status.light is Light.AMBER
    assert float(row.now.status.comparator or 0) == pytest.approx(96.67, abs=0.01)
    assert row.sentence == "A Burglary: compared with 100 → 97; Green → Amber"
    assert {one.kind for one in row.causes} == {CauseKind.TARGET}

    saved(store, target(kind=TargetKind.VALUE, value=Decimal(90)), replace(last, state=TargetState.WITHDRAWN))
    row = of_use(store, paper)
    assert row.now is not None
    assert row.now.status.light is Light.RED
    assert [one.sentence for one in row.causes][:1] == [
        "The target for 2011/12 was changed: direction alone, rule “literal” → 90, tolerance 5%."
    ]
    assert signed_paper(store=store, sign_off_id=paper) == pdf
    assert store.sign_off(paper) == kept
    assert signed_record(store=store, sign_off_id=paper).indicators[0].status.light is Light.GREEN


def test_a_revision_is_named_with_its_file_and_day(store: Store) -> None:
    paper = signed(store)
    kept = store.sign_off(paper)
    after = FigureKey(SERIES, AREA, month(2012, 4))
    brought(store, [NewFigure(JUNE, number(19)), NewFigure(after, number(30))], name="burglary-corrected.csv")
    row = of_use(store, paper)
    assert row.sentence == "A Burglary: 99 → 109"
    (cause,) = row.causes
    assert cause.kind is CauseKind.REVISED
    assert cause.sentence == "June 2011 9 → 19: “burglary-corrected.csv”, received 2 July 2012."
    assert cause.import_id == store.imports()[-1].id
    assert [one.restated for one in signed_papers(store=store)] == [1]
    assert store.sign_off(paper) == kept


def test_undo_of_a_return_beneath_a_signed_paper_says_that_it_stays(store: Store) -> None:
    paper = signed(store)
    pdf = signed_paper(store=store, sign_off_id=paper)
    report = undo_import(store=store, import_id=store.imports()[0].id, at=LATER)
    assert report.reasons == (
        "The paper signed off for the position to 31 March 2012 was made with it: that paper stays as it was signed.",
    )
    assert signed_paper(store=store, sign_off_id=paper) == pdf
    row = of_use(store, paper)
    assert [one.kind for one in row.causes] == [CauseKind.TAKEN_BACK]
    assert row.causes[0].sentence == "24 figures were taken back: “burglary.csv”, received 2 April 2012."


def test_a_return_that_stands_again_after_an_undo_is_named_so(store: Store) -> None:
    brought(store, [NewFigure(JUNE, number(19))], name="slip.csv", at=datetime(2012, 4, 10, tzinfo=UTC))
    paper = signed(store)
    undo_import(store=store, import_id=store.imports()[-1].id, at=LATER)
    (cause,) = of_use(store, paper).causes
    assert cause.sentence == (
        "June 2011 19 → 9: as “burglary.csv”, received 2 April 2012 has it, since a later return was taken back on "
        "2 July 2012."
    )


def test_a_figure_typed_by_hand_is_named_so(store: Store) -> None:
    paper = signed(store)
    with store.change(summary="June corrected", at=LATER) as change:
        change.record_figures([NewFigure(JUNE, number(19))])
    assert of_use(store, paper).causes[0].sentence == "June 2011 9 → 19: entered by hand on 2 July 2012."


def test_a_break_is_named_with_its_cause(store: Store) -> None:
    paper = signed(store)
    kind = next(iter(hundred().snapshot().indicators))
    saved(store, SeriesBreak(uuid4(), kind, BreakKind.DEFINITION, date(2011, 4, 1), "Sheds are counted from here"))
    brought(store, [NewFigure(JUNE, number(19))])
    row = of_use(store, paper)
    assert [one.kind for one in row.causes] == [CauseKind.REVISED, CauseKind.BREAK]
    assert row.causes[1].sentence == "Break on 1 April 2011: Sheds are counted from here."


def test_a_priority_says_who_set_its_light_and_by_which_rule_it_follows(store: Store) -> None:
    paper = signed(store)
    on = date(2012, 6, 1)
    saved(
        store,
        RollupChoice(uuid4(), PRIORITY, RollupRule.WORST_OF, "One red is too many", "Chair", on),
        PriorityOverride(uuid4(), PRIORITY, Q4, Light.RED, "A murder in March", "Chair", on),
    )
    (row,) = restated(store=store, sign_off_id=paper).rows
    assert row.sentence == "1 Priority 1: Amber → Red"
    assert [one.sentence for one in row.causes] == [
        "Rolled up by “worst of” since 1 June 2012: One red is too many.",
        "Set to red by the Chair, 1 June 2012: A murder in March.",
    ]


def test_nothing_restated_where_nothing_that_was_printed_has_changed(store: Store) -> None:
    paper = signed(store)
    brought(store, [NewFigure(FigureKey(SERIES, AREA, month(2012, 4)), number(40))])
    assert restated(store=store, sign_off_id=paper).rows == ()


# --- the list -------------------------------------------------------------------------------------


def test_the_list_names_the_hash_by_which_a_paper_is_found_again(store: Store) -> None:
    paper = signed(store)
    (listed,) = signed_papers(store=store)
    sha = hashlib.sha256(signed_paper(store=store, sign_off_id=paper)).hexdigest()
    assert (listed.sha256, listed.position_text, listed.meeting_title) == (sha, "Q4 2011/12", "Board in May")
    assert listed.signed is not None
    assert (listed.signed.at, listed.signed.who) == (MET, "Performance Officer")
    assert listed.ended is None
    for name in (str(paper), str(paper)[:6], sha[:8], sha.upper()):
        assert paper_named(store=store, name=name).id == paper
    for name in ("", sha[:3], "zzzz"):
        with pytest.raises(UserError, match="There is no signed paper"):
            paper_named(store=store, name=name)


def test_bytes_that_are_not_those_signed_are_never_handed_out(store: Store) -> None:
    paper = store.sign_off(signed(store))
    assert paper is not None
    other = replace(paper, id=uuid4(), pdf=paper.pdf[:-1] + b" ")
    saved(store, other)
    with pytest.raises(UserError, match="is damaged: its bytes are not those that were signed"):
        signed_paper(store=store, sign_off_id=other.id)


def test_a_paper_kept_by_a_later_version_is_listed_and_saved(store: Store) -> None:
    paper = store.sign_off(signed(store))
    assert paper is not None
    newer = replace(paper, id=uuid4(), position=date(2012, 6, 30), statuses='{"format":9}')
    saved(store, newer)
    first, _ = signed_papers(store=store)
    assert (first.id, first.restated) == (newer.id, None)
    assert signed_paper(store=store, sign_off_id=newer.id) == paper.pdf
    with pytest.raises(UserError, match="It was kept by a later one: use that"):
        restated(store=store, sign_off_id=newer.id)
    saved(store, replace(newer, id=uuid4(), statuses="[]"))
    with pytest.raises(UserError, match="The paper itself is whole: save its PDF"):
        restated(store=store, sign_off_id=store.all_of(SignOff)[-1].id)


# --- meetings -------------------------------------------------------------------------------------


def test_a_meeting_is_added_with_its_four_dates(store: Store) -> None:
    made = add_meeting(
        store=store, position=date(2012, 6, 3), cut_off=date(2012, 9, 1), meeting=date(2012, 9, 13),
        publication=date(2012, 10, 1),
    )  # fmt: skip
    assert (made.position, made.title) == (date(2012, 6, 30), "Board, Q1 2012/13")
    assert [one.title for one in meetings(store=store)] == ["Board in May", "Board in July", "Board, Q1 2012/13"]
    assert meeting_named(store=store, name="2012-09-13") == made
    assert meeting_named(store=store, name="q1 2012") == made
    with pytest.raises(UserError, match="is known already"):
        add_meeting(store=store, position=made.position, cut_off=made.cut_off, meeting=made.meeting)


def test_dates_out_of_order_and_names_of_several_are_refused(store: Store) -> None:
    with pytest.raises(UserError, match=r"The meeting \(1 May 2012\) cannot lie before the cut-off \(2 May 2012\)"):
        add_meeting(store=store, position=Q4, cut_off=date(2012, 5, 2), meeting=date(2012, 5, 1))
    with pytest.raises(UserError, match="may be one of several meetings: Board in May, 2012-05-03; Board in July"):
        meeting_named(store=store, name="board")
    with pytest.raises(UserError, match="There is no meeting “2020-01-01”"):
        meeting_named(store=store, name="2020-01-01")


@pytest.mark.parametrize(
    ("position", "why"),
    [
        (date(1850, 3, 31), "lies before 2010/11, the strategy’s baseline year"),
        (date(2012, 6, 30), "Q1 2012/13 is not over: it can be signed or decided on from 30 June 2012 on"),
    ],
)
def test_no_paper_is_of_a_time_that_is_not_the_strategys_or_not_over(store: Store, position: date, why: str) -> None:
    board = meetings(store=store)[0]
    with pytest.raises(UserError, match=why):
        sign_off(store=store, meeting=board.id, position=position, at=MET)
    assert store.sign_offs() == ()


def test_a_meeting_is_not_of_another_century(store: Store) -> None:
    with pytest.raises(UserError, match="look at the year"):
        add_meeting(store=store, position=date(1850, 6, 30), cut_off=date(1850, 7, 1), meeting=date(1850, 9, 1))


def test_a_paper_of_a_time_after_the_strategy_says_so(store: Store) -> None:
    board = meetings(store=store)[0]
    proposed = propose_sign_off(store=store, meeting=board.id, position=date(2014, 6, 30), printed_on=date(2014, 9, 1))
    assert "The strategy ended on 31 March 2014, before the paper’s position." in proposed.warnings
