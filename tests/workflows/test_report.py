"""The board's paper from the example store: what it says, that it is whole, and what the officer is told if not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.publication import Marking
from scs_desktop.reports.pdf import draw_pages
from scs_desktop.store import Store, open_store
from scs_desktop.workflows.overview import cut_on
from scs_desktop.workflows.report import make_paper, summary_report
from scs_desktop.workflows.shipped import set_up_store
from tests.reports.papers import letter_sizes, page_texts, tags

Q2 = date(2011, 9, 30)
Q4 = date(2012, 3, 31)
PRINTED = date(2011, 10, 24)


@pytest.fixture(scope="module")
def store(example_store: Path) -> Iterator[Store]:
    """Open the example; nothing here changes it."""
    with open_store(example_store, who="Officer") as opened:
        yield opened


def lines(pdf: Path) -> str:
    (page,) = page_texts(pdf.read_bytes())
    return " ".join(page.split())


def test_the_example_is_one_page_with_all_its_priorities_and_indicators(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "summary.pdf"
    assert summary_report(store=store, out=out, position=Q2, printed_on=PRINTED) == out
    text = lines(out)
    assert "28 indicators" in text
    assert "Example store – illustrative figures" in text
    heads = [tag for tag in tags(out.read_bytes()) if tag.role == "/TH"]
    assert len(heads) == 8 + 2 * 8, "eight columns, and two cells for each of eight priorities"
    assert min(letter_sizes(out.read_bytes())) >= 7.5


@pytest.mark.parametrize(
    ("position", "row"),
    [
        (Q2, "A 1.1 Total crime 25,705 13,050 Apr–Sep 2011 12,518 +4.2 % no clear change"),
        (Q2, "A 1.3 Residential burglary 3,362 1,577 Apr–Sep 2011 1,404 +12.3 % no clear change"),
        (Q4, "A 1.1 Total crime 25,705 25,729 2011/12 25,135 +2.4 % no clear change"),
        (Q4, "A 1.3 Residential burglary 3,362 3,441 2011/12 3,354 +2.6 % no clear change"),
    ],
)
def test_the_rows_say_what_the_overview_says(store: Store, tmp_path: Path, position: date, row: str) -> None:
    assert row in lines(summary_report(store=store, out=tmp_path / "summary.pdf", position=position))


def test_survey_rows_overlap_the_baseline_at_q2_and_are_rated_at_q4(store: Store, tmp_path: Path) -> None:
    early = lines(summary_report(store=store, out=tmp_path / "q2.pdf", position=Q2))
    late = lines(summary_report(store=store, out=tmp_path / "q4.pdf", position=Q4))
    # Beside the rows of the surveys and of repeat burglary, the tile of the perceptions says it.
    assert early.lower().count("overlaps baseline") >= 14
    assert late.lower().count("overlaps baseline") < 2


def test_the_paper_of_a_past_moment_is_that_moments(store: Store, tmp_path: Path) -> None:
    then = cut_on(store=store, day=date(2011, 7, 31))
    text = lines(summary_report(store=store, out=tmp_path / "then.pdf", position=Q2, as_at=then))
    assert "13,050" not in text
    assert "data as at 31 July 2011" not in text, "the day of the last change it saw is named, not the day asked for"
    assert " July 2011 · printed" in text


def test_the_same_paper_twice_is_the_same_file(store: Store, tmp_path: Path) -> None:
    first = summary_report(store=store, out=tmp_path / "a.pdf", position=Q2, printed_on=PRINTED).read_bytes()
    assert summary_report(store=store, out=tmp_path / "b.pdf", position=Q2, printed_on=PRINTED).read_bytes() == first
    marked = summary_report(
        store=store, out=tmp_path / "c.pdf", position=Q2, printed_on=PRINTED, marking=Marking.OFFICIAL_SENSITIVE
    )
    assert "OFFICIAL-SENSITIVE" in lines(marked)


def test_the_preview_is_the_paper_drawn(store: Store) -> None:
    (image,) = draw_pages(make_paper(store=store, position=Q2, printed_on=PRINTED).pdf, width_px=420)
    assert image.width == 420
    assert len(image.pixels) == image.width * image.height * 4
    ink = sum(image.pixels[at] < 128 for at in range(0, len(image.pixels), 4))
    assert 0.01 < ink / (image.width * image.height) < 0.5


def test_a_strategy_without_figures_is_a_page_of_no_data(tmp_path: Path) -> None:
    with set_up_store(path=tmp_path / "new.scs", kind=StoreKind.REAL, who="Officer") as empty:
        text = lines(summary_report(store=empty, out=tmp_path / "summary.pdf"))
    assert text.count("no data") >= 25
    assert "Example store" not in text


# --- writing --------------------------------------------------------------------------------------


def test_an_earlier_paper_is_replaced_as_a_whole(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "summary.pdf"
    out.write_bytes(b"last quarter's")
    summary_report(store=store, out=out, position=Q2)
    assert out.read_bytes().startswith(b"%PDF-1.7")
    assert [path.name for path in tmp_path.iterdir()] == ["summary.pdf"]


def test_a_missing_folder_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no folder .*papers\. Make it, or choose another\."):
        summary_report(store=store, out=tmp_path / "papers" / "summary.pdf", position=Q2)


def test_a_folder_is_no_place_for_a_file_of_its_name(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        summary_report(store=store, out=tmp_path, position=Q2)


def test_a_file_is_no_folder(store: Store, tmp_path: Path) -> None:
    (tmp_path / "papers").write_text("a file")
    with pytest.raises(UserError, match="Nothing can be written to the folder"):
        summary_report(store=store, out=tmp_path / "papers" / "summary.pdf", position=Q2)


def test_a_paper_open_in_another_program_stays_and_the_officer_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Windows has it: a file that a reader holds open cannot be replaced."""
    out = tmp_path / "summary.pdf"
    out.write_bytes(b"last quarter's")

    def held(self: Path, target: Path) -> Path:
        raise PermissionError(13, "The process cannot access the file", str(self), None, str(target))

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(UserError, match="If another program has it open, close it there and try again"):
        summary_report(store=store, out=out, position=Q2)
    assert out.read_bytes() == b"last quarter's"
    assert [path.name for path in tmp_path.iterdir()] == ["summary.pdf"]
