"""Sheets, the pack, public copies and single charts, from a store to a file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.publication import Audience, Marking
from scs_desktop.store import Store, open_store
from scs_desktop.workflows.hold_back import hold_back
from scs_desktop.workflows.overview import cut_on, look, overview
from scs_desktop.workflows.report import PaperKind, make_paper
from scs_desktop.workflows.report_chart import write_chart
from tests.reports.papers import page_texts

Q2, Q4 = date(2011, 9, 30), date(2012, 3, 31)
PRINTED = date(2012, 5, 1)


@pytest.fixture(scope="module")
def store(example_store: Path) -> Iterator[Store]:
    """Open the example; nothing here changes it."""
    with open_store(example_store, who="Officer") as opened:
        yield opened


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).replace("\u00a0", " ").split())


def test_the_pack_is_the_summary_and_a_sheet_for_each_priority(store: Store) -> None:
    pack = make_paper(store=store, kind=PaperKind.PACK, position=Q4, printed_on=PRINTED)
    pages = page_texts(pack.pdf)
    assert "28 indicators" in pages[0]
    shown = overview(store=store, position=Q4)
    text = text_of(pack.pdf)
    for priority in shown.priorities:
        assert f"{priority.number} {priority.name}" in text
    for row in (row for priority in shown.priorities for row in priority.indicators):
        assert f"{row.code} {row.name}" in text
    assert ".xlsx, sheet “" in text


def test_one_priority_alone_names_its_files_and_cells(store: Store) -> None:
    text = text_of(make_paper(store=store, kind=PaperKind.PRIORITY, priority=1, position=Q2).pdf)
    assert "met-recorded-crime-2011-12-q2.xlsx, sheet “Barnet”, cells" in text
    assert "2 Anti-social behaviour" not in text


def test_an_unknown_priority_is_refused_with_those_there_are(store: Store) -> None:
    with pytest.raises(UserError, match=r"There is no priority 9\. The strategy has priorities 1, 2, .* and 8\."):
        make_paper(store=store, kind=PaperKind.PRIORITY, priority=9, position=Q2)


# --- marking and audience -------------------------------------------------------------------------


def test_a_boards_copy_with_small_sensitive_figures_is_marked_for_it_and_says_why(store: Store) -> None:
    made = make_paper(store=store, position=Q4)
    assert made.marking is Marking.OFFICIAL_SENSITIVE
    assert made.why_marked == "Marked OFFICIAL-SENSITIVE: 7.3 shows figures of fewer than 5 cases."
    assert made.why_marked in text_of(made.pdf)
    chosen = make_paper(store=store, position=Q4, marking=Marking.OFFICIAL_SENSITIVE)
    assert (chosen.marking, chosen.why_marked) == (Marking.OFFICIAL_SENSITIVE, "")


def test_a_sheet_without_such_figures_bears_what_was_asked_for(store: Store) -> None:
    made = make_paper(store=store, kind=PaperKind.PRIORITY, priority=1, position=Q4)
    assert (made.marking, made.why_marked) == (Marking.OFFICIAL, "")


def test_a_public_copy_leaves_small_figures_out_and_is_official(store: Store) -> None:
    board = text_of(make_paper(store=store, kind=PaperKind.PRIORITY, priority=7, position=Q4).pdf)
    made = make_paper(store=store, kind=PaperKind.PRIORITY, priority=7, position=Q4, audience=Audience.PUBLIC)
    text = text_of(made.pdf)
    row = next(
        row for one in overview(store=store, position=Q4).priorities for row in one.indicators if row.code == "7.3"
    )
    assert made.marking is Marking.OFFICIAL
    for said in (row.value_text, row.direction_sentence, row.status.sentence):
        assert said
        assert said in board
        assert said not in text
    assert "Public copy" in text
    assert ".xlsx" in board
    assert ".xlsx" not in text


def test_a_public_copy_is_never_sensitive(store: Store) -> None:
    with pytest.raises(UserError, match="A public copy cannot be OFFICIAL-SENSITIVE"):
        make_paper(store=store, audience=Audience.PUBLIC, marking=Marking.OFFICIAL_SENSITIVE)


# --- one chart ------------------------------------------------------------------------------------


def test_a_chart_is_written_as_vector_or_as_pixels_by_the_files_name(store: Store, tmp_path: Path) -> None:
    made = write_chart(store=store, code="1.3", out=tmp_path / "burglary.svg", position=Q2)
    picture = ET.fromstring(made.path.read_text(encoding="utf-8"))  # noqa: S314  our own text
    texts = [one.text or "" for one in picture.iter() if one.tag.endswith("text")]
    assert "Residential burglary: no clear change on the baseline" in texts
    assert any("usual variation" in text for text in texts), "the marks are named under the chart"
    assert made.text.startswith("Residential burglary. Line of 18 figures")
    png = write_chart(store=store, code="1.3", out=tmp_path / "burglary.png", position=Q2).path.read_bytes()
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20])
    assert width > 1000


@pytest.mark.parametrize(
    ("code", "name", "sentence"),
    [
        ("9.9", "a.svg", "There is no indicator 9.9"),
        ("1.3", "a.pdf", "should end with .svg or .png"),
        ("1.3", "nowhere/a.svg", "There is no folder"),
    ],
)
def test_what_cannot_be_drawn_is_said(store: Store, tmp_path: Path, code: str, name: str, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence.replace(".", r"\.")):
        write_chart(store=store, code=code, out=tmp_path / name, position=Q2)


def test_a_public_chart_hides_what_a_public_paper_does(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"7\.3 has no figures to draw"):
        write_chart(store=store, code="7.3", out=tmp_path / "a.svg", position=Q4, audience=Audience.PUBLIC)


def test_what_is_held_back_today_is_in_no_public_copy_of_a_past_day(example_store: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(example_store, tmp_path / "own.scs"))
    with open_store(path, who="Officer") as own:
        cut = cut_on(store=own, day=date(2012, 12, 1))
        use = next(one.id for one in look(store=own).uses if one.code == "1.3")
        hold_back(store=own, use=use, reason="The agency has not agreed.")
        made = make_paper(
            store=own, kind=PaperKind.PRIORITY, priority=1, position=Q4, as_at=cut, audience=Audience.PUBLIC
        )
        assert "The agency has not agreed." in text_of(made.pdf)
        with pytest.raises(UserError, match=r"1\.3 has no figures to draw"):
            write_chart(store=own, code="1.3", out=tmp_path / "c.svg", position=Q4, as_at=cut, audience=Audience.PUBLIC)
