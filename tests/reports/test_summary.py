from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.domain.appearance import mark_of
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.position import StrategyPosition
from scs_desktop.domain.publication import Marking
from scs_desktop.domain.trend import trend_of
from scs_desktop.reports.paper import summary_pdf
from scs_desktop.reports.pdf import draw_pages, page_count
from tests.domain.positions import known
from tests.reports.papers import letter_sizes, opened, page_texts, tags
from tests.reports.positions import BORROWED, PRIORITIES, position

PRINTED = date(2011, 10, 24)
SMALLEST = 7.5


def paper(shown: StrategyPosition, marking: Marking = Marking.OFFICIAL, printed_on: date = PRINTED) -> bytes:
    return summary_pdf(shown, None, marking=marking, printed_on=printed_on)


@cache
def usual() -> bytes:
    """Return the summary of the 28 indicators, set once for the tests that only read it."""
    return paper(position())


def words(pdf: bytes) -> str:
    """All text of the PDF with line breaks as spaces."""
    return " ".join(" ".join(page_texts(pdf)).split())


# --- what stands on it ----------------------------------------------------------------------------


def test_it_holds_every_priority_and_indicator_with_its_light() -> None:
    text = words(usual())
    shown = position()
    alts = [tag.alt for tag in tags(usual())]
    for priority in shown.priorities:
        assert f"{priority.number} {priority.name}" in text
        assert priority.lead in text
        for row in priority.indicators:
            assert f" {row.code} " in text
            mark = mark_of(row.status)
            assert (f"No light: {mark.word}" if mark.dashed else mark.word) in alts
            if row.status.unrated is not None:
                assert row.status.unrated.value in text


def test_the_lights_of_all_rows_are_in_the_tags_in_their_order() -> None:
    shown = position()
    wanted: list[str] = []
    for priority in shown.priorities:
        for status in (priority.status, *(row.status for row in priority.indicators)):
            mark = mark_of(status)
            wanted.append(f"No light: {mark.word}" if mark.dashed else mark.word)
    in_table = [tag.alt for tag in tags(usual()) if tag.role == "/Figure" and "/Table" in tag.within]
    charts = {trend_of(row).text for priority in shown.priorities for row in priority.indicators}
    assert [alt for alt in in_table if alt not in charts] == wanted


def test_it_says_position_as_at_printed_and_page() -> None:
    text = words(usual())
    assert "RAG summary: position to Q2 2011/12" in text
    assert "Position to Q2 2011/12 · data as at 21 October 2011 · printed 24 October 2011" in text
    assert "Page 1 of 1" in text


def test_a_row_has_baseline_comparator_latest_change_and_direction() -> None:
    text = words(usual())
    assert "1.3 Residential burglary 3,362 1,577 P Apr–Sep 2011 1,404 +12.3 % no clear change" in text
    assert "4.2 Repeat offending, probation 7.80 % 7.95 % cohort Sep 2011 7.81 % +0.14 pts no clear change" in text


def test_a_year_is_named_as_a_year_and_a_stretch_over_new_year_by_it() -> None:
    shown = position()
    first = shown.priorities[0]
    texts = ("April 2011 – March 2012", "April 2011 – January 2012", "January 2008 – March 2009")
    rows = tuple(replace(row, period_text=text) for row, text in zip(first.indicators, texts, strict=True))
    text = words(paper(replace(shown, priorities=(replace(first, indicators=rows),))))
    assert "13,050 P 2011/12" in text
    assert "4,012 P Apr–Jan 2011/12" in text
    assert "Jan 2008–Mar 2009" in text


def test_the_derived_priority_refers_to_its_indicators() -> None:
    said = re.search(r"No indicator of its own; derived from (.*?) as rated", words(usual()))
    assert said is not None
    # A letter stands before the code where there is a light.
    assert [word for word in said[1].split() if word[0].isdigit()] == list(BORROWED)


def test_counts_doubts_and_the_key_are_given() -> None:
    text = words(usual())
    counts = position().counts
    assert f"28 indicators R {counts.red} A {counts.amber} G {counts.green} {counts.unrated} " in text
    for word in (
        "28 indicators",
        "2 open doubts",
        "Key",
        "outlined: untested",
        "P: provisional",
        "*: illustrative figures",
    ):
        assert word in text
    assert "No open doubts" in words(paper(position(doubts=0)))


def test_a_row_that_is_compared_with_a_prediction_is_named() -> None:
    assert "or baseline wave; 4.2: its prediction." in words(usual())


def test_the_headline_measures_have_value_comparator_and_light() -> None:
    text = words(usual())
    assert "Total crime per 1,000 population" in text
    for one in position().headlines:
        assert one.status.sentence in text
    assert "Against 36.5; per 1,000 population" in text
    assert "Baseline 24 %; " in text
    assert "8.2 · 8.3, 12 m to Sep 2011" in text


@pytest.mark.parametrize("marking", Marking)
def test_the_marking_stands_at_the_top_and_bottom_of_each_page(marking: Marking) -> None:
    for text in page_texts(paper(position(copies=32), marking)):
        # The longer marking holds the shorter one: the lines themselves are compared.
        assert [line.strip() for line in text.splitlines()].count(marking.value) + text.count(
            f"figures {marking.value}"
        ) == 2


def test_an_example_is_marked_on_every_page_and_a_real_store_on_none() -> None:
    mark = "Example store – illustrative figures"
    assert all(mark in text for text in page_texts(paper(position(copies=32))))
    assert mark not in words(paper(position(kind=StoreKind.REAL)))


# --- how it is set --------------------------------------------------------------------------------


@pytest.mark.parametrize(("copies", "pages"), [(0, 1), (12, 1), (32, 2)])
def test_one_page_holds_forty_indicators_and_two_hold_more(copies: int, pages: int) -> None:
    shown = position(copies=copies)
    pdf = paper(shown)
    assert page_count(pdf) == pages
    assert min(letter_sizes(pdf)) >= SMALLEST
    text = words(pdf)
    assert all(f" {row.code} " in text for priority in shown.priorities for row in priority.indicators)


def test_forty_long_names_are_cut_to_the_page_rather_than_made_small() -> None:
    shown = position(copies=12)
    long = "Residents who say that they are very or fairly worried about anti-social behaviour in this area"
    rows = [
        replace(one, indicators=tuple(replace(row, name=long, short_name="") for row in one.indicators))
        for one in shown.priorities
    ]
    pdf = paper(replace(shown, priorities=tuple(rows)))
    assert page_count(pdf) == 1
    assert min(letter_sizes(pdf)) >= SMALLEST
    assert "…" in words(pdf)


@pytest.mark.parametrize("before", [1, 3])
def test_a_row_of_several_lines_stays_on_one_page(before: int) -> None:
    """The page is turned in the midst of a priority whose names take four lines each, at two different heights."""
    shown = position(copies=32)
    first = shown.priorities[0].indicators[0]
    long = (
        "residents who say that they were very or fairly worried in the twelve months before they were asked about it"
    )
    names = [f"Short {number}" for number in range(20 + before)] + [f"{number} {long} {number}" for number in range(22)]
    rows = tuple(
        replace(first, use=known(name), name=name, short_name="", code=f"r{number}")
        for number, name in enumerate(names)
    )
    texts = page_texts(paper(replace(shown, priorities=(replace(shown.priorities[0], indicators=rows),), headlines=())))
    pages = [" ".join(text.split()) for text in texts]
    assert len(pages) == 2
    held = [[f" r{number} {name} 27,705 " in page for number, name in enumerate(names)] for page in pages]
    assert all(sum(page[index] for page in held) == 1 for index in range(len(names)))
    assert all(any(page) for page in held)
    assert "Priority and indicator" in pages[1], "the headings are repeated"
    assert shown.priorities[0].name in pages[1], "and so is the priority that runs on"


# --- archive and accessibility --------------------------------------------------------------------


def test_it_claims_pdf_a_2a_and_pdf_ua_1() -> None:
    with opened(usual()) as document:
        about = document.open_metadata()
        assert about["pdfaid:part"] == "2"
        assert about["pdfaid:conformance"] == "A"
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "RAG summary: position to Q2 2011/12"
        assert about.pdfa_status == "2A"
        assert str(document.Root.Lang) == "en-GB"
        assert bool(document.Root.MarkInfo.Marked)
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)


def test_the_table_is_tagged_with_heading_cells() -> None:
    found = tags(usual())
    roles = [tag.role for tag in found]
    assert roles.count("/Table") == 1
    heads = [tag for tag in found if tag.role == "/TH"]
    # Eight column headings (one over mark, code and name), and two cells for each priority.
    assert len(heads) == 8 + 2 * len(PRIORITIES)
    rows = [tag for tag in found if tag.role == "/TR" and "/TBody" in tag.within]
    # Each indicator, the derived priority's one line, and the priorities but the first, which is among the headings.
    assert len(rows) == 28 + 1 + len(PRIORITIES) - 1
    assert "/Title" in roles
    assert len([tag for tag in found if tag.role == "/H1"]) == 3


def test_each_chart_says_in_words_what_it_shows() -> None:
    alts = {tag.alt for tag in tags(usual()) if tag.role == "/Figure"}
    for priority in position().priorities:
        for row in priority.indicators:
            if any(point.value is not None for point in row.trend):
                assert trend_of(row).text in alts
    assert all(tag.alt for tag in tags(usual()) if tag.role == "/Figure")


def test_every_font_is_the_shipped_one_and_embedded() -> None:
    with opened(usual()) as document:
        for page in document.pages:
            for font in page.Resources.Font.values():
                (inner,) = font.DescendantFonts
                assert "Inter" in str(inner.BaseFont)
                assert "/FontFile3" in inner.FontDescriptor


# --- trust ----------------------------------------------------------------------------------------


def test_the_same_position_printed_on_the_same_day_is_the_same_file() -> None:
    assert paper(position()) == usual()
    assert paper(position(), printed_on=PRINTED + timedelta(days=1)) != usual()


@pytest.mark.parametrize(
    "name",
    [
        '#image("x")',
        "*bold* _word_",
        "$x^2$",
        "#panic()",
        "`raw` <label> @ref",
        "https://example.org // no",
        "= Heading",
        "\\ #sys",
    ],
)
def test_what_people_write_is_printed_and_never_obeyed(name: str) -> None:
    pdf = paper(position(renamed=name, copies=12))
    # A long name may be broken between two lines anywhere.
    assert "".join(words(pdf).split()).count("".join(name.split())) >= 40
    with opened(pdf) as document:
        assert not any("/Annots" in page for page in document.pages)


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        ("Ząbki, Ελλάδα, Дом, café", "Ząbki, Ελλάδα, Дом, café"),
        ("東京 station", "□□ station"),
        ("patrol 🚓", "patrol □"),
        ("private \ue000 half \ud83d", "private □ half □"),
        ("tab\tnew\nline\u2028nul\x00", "tab new line nul"),
        ("turned \u202eback", "turned back"),
    ],
)
def test_letters_that_the_font_lacks_are_boxes_and_no_reason_to_fail(name: str, printed: str) -> None:
    assert printed in words(paper(position(renamed=name)))


@settings(max_examples=6)
@given(names=st.lists(st.text(max_size=40), min_size=28, max_size=28))
def test_no_name_stops_the_paper(names: list[str]) -> None:
    shown = position()
    left = iter(names)
    priorities = tuple(
        replace(one, indicators=tuple(replace(row, name=next(left)) for row in one.indicators))
        for one in shown.priorities
        if not one.borrowed
    )
    assert page_count(paper(replace(shown, priorities=priorities))) >= 1


def test_a_position_without_figures_is_a_page_too() -> None:
    shown = position()
    bare = tuple(
        replace(
            one,
            indicators=tuple(
                replace(row, trend=(), value=None, value_text="", period_text="") for row in one.indicators
            ),
        )
        for one in shown.priorities
    )
    pdf = paper(replace(shown, priorities=bare, headlines=()))
    assert page_count(pdf) == 1


def test_a_trend_handed_in_is_the_one_drawn() -> None:
    shown = position()
    row = shown.priorities[0].indicators[2]
    other = trend_of(
        replace(
            row,
            trend=(
                replace(row.trend[0], value=Decimal(987)),
                *row.trend[1:-1],
                replace(row.trend[-1], value=Decimal(654)),
            ),
        )
    )
    pdf = summary_pdf(shown, {row.use: other}, marking=Marking.OFFICIAL, printed_on=PRINTED)
    assert "654" in words(pdf)
    assert "654" not in words(usual())


def test_pages_are_drawn_as_wide_as_asked() -> None:
    (image,) = draw_pages(usual(), width_px=600)
    assert image.width == 600
    assert image.height == pytest.approx(600 * 297 / 210, abs=1)
    assert len(image.pixels) == image.width * image.height * 4
    assert set(image.pixels[3::4]) == {255}, "paper is not transparent"
    # Red is the first byte: the Red square of the counts is there, and nothing as blue as it is red.
    red = bytes.fromhex("8E0E23FF")
    assert any(image.pixels[at : at + 4] == red for at in range(0, len(image.pixels), 4))
