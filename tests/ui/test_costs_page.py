"""The cost of crime in the window: amounts changed by keyboard, nothing kept until it is applied, all of it undone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from scs_desktop.ui.common.messages import Tone
from scs_desktop.ui.costs.page import DEFLATOR_TAB, HISTORY_TAB, SOURCE_TAB, CostsPage
from scs_desktop.ui.pages import COSTS
from tests.ui.conftest import Desk

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def page_of(desk: Desk) -> CostsPage:
    page = desk.window.page(COSTS)
    assert isinstance(page, CostsPage)
    return page


@pytest.fixture
def costs(desk: Desk, example_copy: Path) -> CostsPage:
    """The page on the example, where the table is on."""
    desk.open(example_copy)
    desk.window.activateWindow()
    desk.window.visit(COSTS)
    desk.settle()
    return page_of(desk)


def choose(costs: CostsPage, kind: str, prices: str) -> None:
    rows = [(row.unit.kind, row.unit.prices) for row in costs.units.model().rows]  # type: ignore[attr-defined]
    costs.units.selectRow(rows.index((kind, prices)))


def test_off_it_says_what_to_do_and_prints_nothing(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    desk.window.visit(COSTS)
    desk.settle()
    page = page_of(desk)
    assert page._sentence.text().startswith("The table of unit costs is off")
    assert page.results.isHidden()
    assert not page.save.isEnabled()
    assert page.units.model().rowCount() == 13


def test_an_amount_is_changed_by_keyboard_and_undone(desk: Desk, costs: CostsPage) -> None:
    choose(costs, "dwelling_burglary", "2003/04")
    before = costs._sentence.text()
    costs.units.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert costs.form.amount.hasFocus()
    QTest.keyClicks(costs.form.amount, "6536")
    assert not costs.form.confirmed.isChecked(), "another amount was not compared with anything yet"
    desk.press(Qt.Key.Key_X, ALT)
    assert costs.form.confirmed.isChecked()
    assert costs._sentence.text() == before, "nothing is kept until it is applied"
    desk.press(Qt.Key.Key_A, ALT)
    assert desk.said[-1].text.startswith("Kept the amount for Burglary in a dwelling")
    assert "£57.7 million" in costs._sentence.text()
    assert not costs.form.dirty
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert costs._sentence.text() == before
    assert costs.form.amount.text() == "3,268"


def test_what_was_typed_and_left_is_offered_back(desk: Desk, costs: CostsPage) -> None:
    choose(costs, "robbery", "2003/04")
    QTest.keyClicks(costs.form.source, ", table 2")
    choose(costs, "theft", "2003/04")
    message = desk.said[-1]
    assert message.tone is Tone.PROBLEM
    assert "Robbery was not applied" in message.text
    assert message.offer is not None
    message.offer.run()
    assert costs.form.source.text().endswith(", table 2")
    assert costs.form.apply.isEnabled()


def test_a_refusal_is_a_sentence_and_what_was_typed_stays(desk: Desk, costs: CostsPage) -> None:
    choose(costs, "theft", "2003/04")
    costs.form.counted.setCurrentIndex(1)
    costs.form.apply.click()
    desk.settle()
    assert "Total crime holds" in desk.said[-1].text
    assert costs.form.dirty
    costs.form.amount.setText("lots")
    costs.form.apply.click()
    assert "is not a number" in desk.said[-1].text


def test_switched_off_and_on_again(desk: Desk, costs: CostsPage) -> None:
    costs.units.setFocus()
    desk.press(Qt.Key.Key_O, ALT)
    assert not costs.on.isChecked()
    assert costs.results.isHidden()
    desk.press(Qt.Key.Key_O, ALT)
    assert costs.on.isChecked()
    assert not costs.results.isHidden()


def test_a_deflator_brings_amounts_into_other_prices(desk: Desk, costs: CostsPage) -> None:
    costs.tabs.setCurrentIndex(DEFLATOR_TAB)
    for line, text in (
        (costs.deflators.prices, "2003/04"),
        (costs.deflators.into, "2012/13"),
        (costs.deflators.factor, "1.25"),
        (costs.deflators.source, "GDP deflators"),
    ):
        line.setText(text)
    costs.deflators.apply.click()
    desk.settle()
    row = costs.into.findData("2012/13")
    costs.into.setCurrentIndex(row)
    costs.into.activated.emit(row)
    desk.settle()
    assert "2012/13 prices" in costs._sentence.text()
    assert not costs.results.isColumnHidden(3)
    costs.deflators.table.selectRow(0)
    costs.deflators.remove.click()
    desk.settle()
    assert costs.deflators.table.model().rowCount() == 0


def test_an_earlier_table_is_brought_back(desk: Desk, costs: CostsPage) -> None:
    before = costs._sentence.text()
    choose(costs, "violence", "2003/04")
    costs.form.remove.click()
    desk.settle()
    assert "Violence" not in costs._sentence.text()
    costs.tabs.setCurrentIndex(HISTORY_TAB)
    costs.changes.selectRow(0)
    assert not costs.bring_back.isEnabled(), "that is what stands now"
    costs.changes.selectRow(1)
    costs.bring_back.click()
    desk.settle()
    assert costs._sentence.text() == before


def test_a_new_kind_is_added(desk: Desk, costs: CostsPage) -> None:
    costs.units.setFocus()
    desk.press(Qt.Key.Key_W, ALT)
    for line, text in (
        (costs.form.name, "Arson"),
        (costs.form.amount, "9000"),
        (costs.form.prices, "2003/04"),
        (costs.form.source, "A study"),
    ):
        QTest.keyClicks(line, text)
    desk.press(Qt.Key.Key_A, ALT)
    assert costs.form.shown is not None
    assert (costs.form.shown.kind, costs.form.shown.amount) == ("arson", Decimal(9000))
    assert costs.units.model().rowCount() == 14


def test_the_cells_of_a_kinds_count_open_the_partners_sheet(desk: Desk, costs: CostsPage) -> None:
    choose(costs, "dwelling_burglary", "2003/04")
    costs.tabs.setCurrentIndex(SOURCE_TAB)
    desk.settle()
    assert costs.sources.model().rowCount() == 12
    costs.sources.selectRow(0)
    costs.sources.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.window.stack.currentWidget() is desk.window.returns


def test_the_past_cannot_be_changed(desk: Desk, costs: CostsPage) -> None:
    position = desk.session.position
    assert position is not None
    number = desk.session.records.changes[0].number
    desk.session.show_at(position.position, number)
    desk.settle()
    assert not costs.on.isEnabled()
    before = costs.form.amount.text()
    QTest.keyClicks(costs.form.amount, "1")
    assert costs.form.amount.text() == before
    assert not costs.form.confirmed.isEnabled()
    assert not costs.form.apply.isEnabled()


def test_the_paper_is_saved(desk: Desk, costs: CostsPage, tmp_path: Path) -> None:
    costs.save_to(tmp_path / "costs.pdf")
    desk.settle()
    assert (tmp_path / "costs.pdf").read_bytes().startswith(b"%PDF")
