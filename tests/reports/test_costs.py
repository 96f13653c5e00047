"""The cost of crime on paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from scs_desktop.domain.cost import CostTable, Deflator, UnitCost, cost_of_crime
from scs_desktop.domain.cost_position import CostedPeriod, CostPosition, Countable, CountedKind
from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.publication import Marking
from scs_desktop.reports.costs import costs_pdf
from scs_desktop.reports.edition import Edition
from tests.reports.papers import letter_sizes, page_texts, tags

ROBBERY = Countable(UUID(int=1), "1.9", "1.9  Robbery", UUID(int=2))
EDITION = Edition(date(2013, 6, 1), Marking.OFFICIAL)


def position(table: CostTable, now: int, before: int, prices: str = "2003/04") -> CostPosition:
    """One kind of offence, in two years."""

    def period(label: str, count: int) -> CostedPeriod:
        counted = CountedKind("robbery", "Robbery", ROBBERY, count, "", (uuid4(),))
        return CostedPeriod(label, label, (counted,), cost_of_crime(table, {"robbery": count}, prices=prices))

    return CostPosition(
        name="Strategy",
        partnership="Barnet Safer Communities Partnership",
        kind=StoreKind.REAL,
        position=date(2012, 3, 31),
        known_on=date(2012, 5, 1),
        as_at=None,
        table=table,
        prices=prices,
        now=period("2011/12", now),
        before=period("2010/11", before),
        baseline=period("2010/11", before),
        sentence="2011/12: robbery cost society about £8.7 million (recorded crime only, 2003/04 prices).",
        comparisons=("£1.5 million more than in 2010/11 (+20.0 %).",),
        left_out=("Without a count of their own: theft.",),
        clashes=(),
        countable=(ROBBERY,),
    )


def table(**changes: object) -> CostTable:
    unit = UnitCost("robbery", "Robbery", Decimal(7282), "2003/04", "Home Office Online Report 30/05", confirmed=True)
    changed = replace(unit, counted=ROBBERY.id, **changes)  # type: ignore[arg-type]
    return CostTable((changed,), (Deflator("2003/04", "2011/12", Decimal("1.25"), "GDP deflators"),), on=True)


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page_texts(pdf)).split())


def test_sentence_sum_sources_and_marking_stand_on_the_page() -> None:
    pdf = costs_pdf(position(table(), 1200, 1000), {"robbery": "met.xlsx, sheet “Barnet”, cells C5–N5"}, EDITION)
    text = text_of(pdf)
    assert "2011/12: robbery cost society about £8.7 million" in text
    assert "£1.5 million more than in 2010/11 (+20.0 %)." in text
    assert "Robbery1 1.9 Robbery £7,282 1,200 8.74 1,000 7.28" in text
    assert "read from met.xlsx, sheet “Barnet”, cells C5–N5." in text
    assert "Home Office Online Report 30/05, 2003/04 prices, confirmed against it." in text
    assert "Recorded crime only: offences that nobody reported" in text
    assert text.count("OFFICIAL") == 2
    assert "Unit cost × multiplier" not in text, "a factor that changes nothing is left out"


def test_a_multiplier_and_a_deflator_have_columns_and_sources() -> None:
    costed = table(multiplier=Decimal("2.5"), multiplier_source="Crime survey")
    text = text_of(costs_pdf(position(costed, 1200, 1000, prices="2011/12"), {}, EDITION))
    assert "Unit cost × multiplier × deflator" in text
    assert "£7,282 × 2.5 × 1.25 1,200 27.3 1,000 22.8" in text
    assert "Multiplier: Crime survey." in text
    assert "Deflator from 2003/04 into 2011/12 prices: GDP deflators." in text
    assert "Recorded crime only: offences" not in text


def test_a_small_sum_is_given_in_pounds() -> None:
    text = text_of(costs_pdf(position(table(), 3, 2), {}, EDITION))
    assert "Cost, £ " in text
    assert "3 21,846 2 14,564" in text


def test_the_table_is_a_table_to_a_screen_reader_and_the_same_bytes_come_again() -> None:
    shown = position(table(), 1200, 1000)
    pdf = costs_pdf(shown, {}, EDITION)
    roles = {tag.role for tag in tags(pdf)}
    assert {"/Table", "/TH", "/TD", "/H1"} <= roles or {"/Table", "/TH", "/TD", "/H2"} <= roles
    assert pdf == costs_pdf(shown, {}, EDITION)


def test_no_letter_is_too_small_to_read() -> None:
    assert min(letter_sizes(costs_pdf(position(table(), 1200, 1000), {}, EDITION))) >= 7.5


def test_nothing_is_printed_of_nothing() -> None:
    with pytest.raises(ValueError, match="no cost"):
        costs_pdf(position(replace(table(), on=False), 1, 1), {}, EDITION)
