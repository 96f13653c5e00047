"""Cohorts in the window: the finding, the drawing in words, the public's copy, and setting a comparison up."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from scs_desktop.ui.cohorts.page import FORM_TAB, INTAKES_TAB, SOURCE_TAB, CohortsPage
from scs_desktop.ui.pages import COHORTS
from tests.ui.conftest import Desk

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def page_of(desk: Desk) -> CohortsPage:
    page = desk.window.page(COHORTS)
    assert isinstance(page, CohortsPage)
    return page


@pytest.fixture
def cohorts(desk: Desk, example_copy: Path) -> CohortsPage:
    """The page on the example, which compares one pair."""
    desk.open(example_copy)
    desk.window.activateWindow()
    desk.window.visit(COHORTS)
    desk.settle()
    return page_of(desk)


def cells(cohorts: CohortsPage, column: int) -> list[str]:
    model = cohorts.intakes.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_the_finding_its_caution_and_every_intake_are_shown(cohorts: CohortsPage) -> None:
    assert cohorts._sentence.text().startswith("Received: 28 of 113 re-offended (24.8 %). Did not receive")
    assert "not drawn by lot" in cohorts._caution.text()
    assert cells(cohorts, 0) == ["2009/10", "2010/11", "2011/12", "All intakes"]
    assert cells(cohorts, 2) == ["3 of 14", "13 of 47", "12 of 52", "28 of 113"]
    assert "2011/12: Received 23.1 % (13.7–36.1 %)" in cohorts.chart.accessibleDescription()


def test_the_public_sees_no_small_count(desk: Desk, cohorts: CohortsPage, tmp_path: Path) -> None:
    cohorts.tabs.setCurrentIndex(SOURCE_TAB)
    desk.settle()
    assert cohorts.sources.model().rowCount() > 0
    desk.press(Qt.Key.Key_I, ALT)
    assert cohorts.public.isChecked()
    assert cohorts.tabs.currentIndex() == INTAKES_TAB
    assert not cohorts.tabs.isTabEnabled(SOURCE_TAB)
    assert cohorts.sources.model().rowCount() == 0
    assert cells(cohorts, 2) == ["fewer than 5 of 14", "13 of 47", "12 of 52", "25 of 99"]
    assert "2009/10: Received not shown" in cohorts.chart.accessibleDescription()
    cohorts.save_to(tmp_path / "cohorts.pdf")
    desk.settle()
    assert (tmp_path / "cohorts.pdf").read_bytes().startswith(b"%PDF")


def test_the_two_groups_are_told_apart_in_grey(cohorts: CohortsPage) -> None:
    picture = cohorts.chart.picture().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    dark = [y for y in range(picture.height()) if _darkest_run(picture, y) > 60]
    # Solid intervals make long runs of dark; dashed ones make none.
    assert dark
    rows = [list(group) for group in _neighbours(dark)]
    assert len(rows) == len(cells(cohorts, 0))


def _darkest_run(picture: QImage, y: int) -> int:
    """The longest unbroken dark stretch within the drawing's middle, where no hairline crosses."""
    left, right = round(picture.width() * 0.12), round(picture.width() * 0.84)
    longest = run = 0
    for x in range(left, right):
        run = run + 1 if picture.pixelColor(x, y).value() < 90 else 0
        longest = max(longest, run)
    return longest


def _neighbours(values: list[int]) -> list[list[int]]:
    groups: list[list[int]] = []
    for value in values:
        if groups and value - groups[-1][-1] <= 2:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def test_each_count_leads_to_the_partners_sheet(desk: Desk, cohorts: CohortsPage) -> None:
    cohorts.tabs.setCurrentIndex(SOURCE_TAB)
    desk.settle()
    assert cohorts.sources.model().rowCount() == 18
    cohorts.sources.selectRow(0)
    cohorts.sources.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.window.stack.currentWidget() is desk.window.returns


def test_a_first_comparison_is_set_up_by_keyboard_and_undone(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    desk.window.activateWindow()
    desk.window.visit(COHORTS)
    desk.settle()
    page = page_of(desk)
    assert page._empty.text().startswith("No cohorts are compared yet")
    assert page.tabs.currentIndex() == FORM_TAB
    desk.press(Qt.Key.Key_N, ALT)
    assert page.form.name.hasFocus()
    QTest.keyClicks(page.form.name, "Mentoring")
    page.form.series.setEditText("Mentoring: matched")
    page.form.other.setEditText("Mentoring: waiting")
    page.form.priority.setCurrentIndex(4)
    desk.press(Qt.Key.Key_A, ALT)
    assert desk.said[-1].text.startswith("Set up “Mentoring”")
    assert page._sentence.text().startswith("No figures yet")
    assert page.form.series.count() == 2
    desk.press(Qt.Key.Key_Z, CONTROL)
    assert not page._empty.isHidden()


def test_a_refusal_keeps_what_was_typed(desk: Desk, cohorts: CohortsPage) -> None:
    cohorts.new.click()
    assert cohorts.tabs.currentIndex() == FORM_TAB
    cohorts.form.name.setText("Again")
    cohorts.form.apply.click()
    desk.settle()
    assert "Name the data sets of both groups" in desk.said[-1].text
    assert cohorts.form.name.text() == "Again"


def test_a_comparison_is_renamed_and_removed(desk: Desk, cohorts: CohortsPage) -> None:
    cohorts.tabs.setCurrentIndex(FORM_TAB)
    cohorts.form.name.setText("Early help")
    cohorts.form.apply.click()
    desk.settle()
    assert str(cohorts.pairs.model().index(0, 0).data()) == "Early help"
    assert cells(cohorts, 0)[0] == "2009/10"
    cohorts.form.remove.click()
    desk.settle()
    assert cohorts.pairs.model().rowCount() == 0
    assert cohorts.tabs.currentIndex() == FORM_TAB
    assert not cohorts.tabs.isTabEnabled(INTAKES_TAB)


def test_the_past_cannot_be_changed(desk: Desk, cohorts: CohortsPage) -> None:
    position = desk.session.position
    assert position is not None
    desk.session.show_at(position.position, desk.session.records.changes[0].number)
    desk.settle()
    cohorts.tabs.setCurrentIndex(FORM_TAB)
    before = cohorts.form.name.text()
    QTest.keyClicks(cohorts.form.name, "1")
    assert cohorts.form.name.text() == before
    assert not cohorts.form.series.isEnabled()
    assert not cohorts.form.apply.isEnabled()
