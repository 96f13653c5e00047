"""The wards on paper: the record that the window shows, as vectors, tagged, marked, and silent where it must be."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from uuid import UUID
from xml.etree import ElementTree as ET

import pytest

from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.periods import financial_year, months_between
from scs_desktop.domain.places import WardFigures, funnel_of, places_of, public_places
from scs_desktop.domain.publication import Marking
from scs_desktop.domain.ward_page import WardPage, WardSpan
from scs_desktop.reports.pdf import page_count
from scs_desktop.reports.wards import wards_pdf
from scs_desktop.reports.wards_svg import funnel_svg, multiples_svg
from tests.domain.builders import made_id
from tests.reports.papers import letter_sizes, opened, page_texts, tags

PRINTED = date(2012, 5, 4)
YEAR = financial_year(2011)
MONTHS = months_between(YEAR.start, YEAR.end)
NAMES = ("Burnt Oak", "Childs Hill", "Coppetts", "Finchley Church End", "Hale", "Totteridge & Woodside", "<b>Underhill")
COUNTS = (120, 260, 118, 3, 121, 60, 119)


def figures() -> list[WardFigures]:
    return [
        WardFigures(
            made_id(name),
            name,
            count,
            Decimal(5000 + 100 * number),
            count * 8,
            tuple((month, count // 12) for month in MONTHS),
        )
        for number, (name, count) in enumerate(zip(NAMES, COUNTS, strict=True))
    ]


def page(*, public: bool = False, **changes: object) -> WardPage:
    make = public_places if public else places_of
    made = make("Residential burglary", YEAR, figures(), total=810, all_crime=6480, exposure_name="households")
    shown = WardPage(
        UUID(int=1), "1.3", "Residential burglary", "Safer Communities Strategy", "The Partnership", StoreKind.EXAMPLE,
        date(2012, 3, 31), "Q4 2011/12", date(2012, 5, 3), None, WardSpan.YEAR_TO_DATE, (), made,
        notes=("Rates: Households of March 2011.",), quotient_of="Total crime", illustrative=True, public=public,
    )  # fmt: skip
    return replace(shown, **changes)  # type: ignore[arg-type]


@cache
def board() -> bytes:
    return wards_pdf(page(), printed_on=PRINTED)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).replace("\u00a0", " ").split())


def test_the_paper_holds_the_finding_each_ward_and_the_borough() -> None:
    text = words(board())
    shown = page()
    assert shown.places is not None
    assert shown.places.sentence in text
    for row in shown.places.rows:
        assert f"{row.name} {row.count_text} {row.band_text} {row.rate_text} {row.state}" in text
    assert "No ward known 9" in text
    assert "Borough 810" in text
    assert "Rates: Households of March 2011." in text


def test_it_says_when_for_whom_and_what_it_is() -> None:
    text = words(board())
    assert text.count("OFFICIAL") == 2 * page_count(board())
    assert "Example store – illustrative figures" in text
    assert "Position to Q4 2011/12, data as at 3 May 2012, printed 4 May 2012" in text
    assert f"Page 1 of {page_count(board())}" in text
    assert "OFFICIAL-SENSITIVE" in words(wards_pdf(page(marking=Marking.OFFICIAL_SENSITIVE), printed_on=PRINTED))
    real = words(wards_pdf(page(kind=StoreKind.REAL), printed_on=PRINTED))
    assert "Illustrative figures" in real
    assert "Example store" not in real


def test_it_is_tagged_with_its_table_and_its_charts_in_words() -> None:
    shown = page()
    assert shown.places is not None
    drawn = funnel_of(shown.places)
    assert drawn is not None
    assert shown.places.charts is not None
    found = tags(board())
    alts = {tag.alt for tag in found}
    assert {drawn.text, shown.places.charts.text} <= alts
    roles = [tag.role for tag in found]
    assert "/Table" in roles
    assert roles.count("/TR") == 1 + len(NAMES) + 2
    with opened(board()) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert str(document.docinfo["/Title"]) == shown.title


def test_no_letter_is_too_small_to_read() -> None:
    assert min(letter_sizes(board())) >= 7.5


def test_the_charts_draw_the_record_of_the_screen() -> None:
    places = page().places
    assert places is not None
    chart = funnel_of(places)
    assert chart is not None
    assert places.charts is not None
    funnel = ET.fromstring(funnel_svg(chart, width=541, height=232))  # noqa: S314 - our own
    drawn = [one.get("class") for one in funnel.iter() if str(one.get("class")).startswith(("ring", "triangle"))]
    assert drawn == [one.mark.value for one in chart.points]
    texts = {one.text for one in funnel.iter("{http://www.w3.org/2000/svg}text")}
    assert {one.name for one in chart.points if one.named} <= texts
    assert {line.label for line in chart.lines} <= texts
    months = ET.fromstring(multiples_svg(places.charts, width=541))  # noqa: S314
    lines = [one for one in months.iter() if one.get("class") == "months"]
    assert [len(str(one.get("points")).split()) for one in lines] == [12] * len(NAMES)


def test_what_an_agency_wrote_is_text_and_never_markup() -> None:
    assert "<b>Underhill" in words(board())


def test_the_publics_copy_holds_no_figure_of_a_withheld_ward_anywhere() -> None:
    shown = page(public=True)
    assert shown.places is not None
    hidden = [row.name for row in shown.places.rows if row.count is None]
    assert hidden == ["Finchley Church End"]
    pdf = wards_pdf(shown, printed_on=PRINTED)
    text = words(pdf)
    assert "Public copy" in text
    for name in hidden:
        assert len(re.findall(re.escape(name), text)) == 1
        assert re.search(rf"{re.escape(name)} (fewer than 5|withheld) – – no rate –", text)
        assert not any(name in tag.alt for tag in tags(pdf))
    # What would give it away beside the borough's total is not there either.
    assert "No ward known withheld" in text
    assert "Month by month" not in text


def test_without_rates_the_counts_stand_with_their_limits() -> None:
    bare = [replace(one, exposure=None, all_crime=None) for one in figures()]
    shown = replace(page(), places=places_of("Residential burglary", YEAR, bare, total=810), quotient_of="")
    text = words(wards_pdf(shown, printed_on=PRINTED))
    assert "Burnt Oak 120 99 to 143 Childs Hill" in text
    assert "Rate per" not in text
    assert "No rates: the number of households or residents is not known for every ward." in text


def test_where_nothing_can_be_shown_the_paper_says_why() -> None:
    text = words(wards_pdf(replace(page(), places=None, reason="Ask the police.", notes=()), printed_on=PRINTED))
    assert "Ask the police." in text


@pytest.mark.parametrize("public", [False, True])
def test_the_same_page_gives_the_same_bytes(public: bool) -> None:
    assert wards_pdf(page(public=public), printed_on=PRINTED) == wards_pdf(page(public=public), printed_on=PRINTED)
