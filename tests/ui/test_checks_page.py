"""The page of checks: one list, filtered, decided and taken back by keyboard, and in history."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from scs_desktop.ui.checks.page import ChecksPage, Show
from scs_desktop.ui.pages import CHECKS
from tests.ui.conftest import Desk


@pytest.fixture
def page(desk: Desk, example_copy: Path) -> ChecksPage:
    desk.open(example_copy)
    desk.window.visit(CHECKS)
    desk.settle()
    return cast("ChecksPage", desk.window.page(CHECKS))


def column(page: ChecksPage, number: int) -> list[str]:
    model = page.table.model()
    return [model.index(row, number).data() for row in range(model.rowCount())]


def choose(page: ChecksPage, sentence: str) -> None:
    page.table.setCurrentIndex(page.table.model().index(column(page, 2).index(sentence), 0))


def test_the_list_is_filtered_by_what_is_open_and_what_was_decided(page: ChecksPage) -> None:
    every = column(page, 0)
    page.show_box.setCurrentText(Show.OPEN.value)
    opened = column(page, 0)
    page.show_box.setCurrentText(Show.DECIDED.value)
    decided = column(page, 0)
    assert set(opened) <= {"open", "open, light held back"}
    assert not set(decided) & {"open", "open, light held back"}
    assert (len(opened) > 0, len(opened) + len(decided)) == (True, len(every))


def test_a_doubt_is_decided_and_taken_back_by_keyboard_and_history_keeps_both(desk: Desk, page: ChecksPage) -> None:
    doubt = "“How safe residents feel” is said to include “in own home”, but no indicator is about it."
    choose(page, doubt)
    QTest.keyClick(page, Qt.Key.Key_1)
    QTest.keyClicks(page.reason, "The survey no longer asks it.")
    QTest.keyClick(page.reason, Qt.Key.Key_Return)
    desk.settle()
    assert desk.said[-1].text.startswith("Decided: corrected.")
    choose(page, doubt)
    assert (page.back.isVisible(), page.back.isEnabled()) == (True, False)
    page.reason.clear()
    QTest.keyClicks(page.reason, "It asks again.")
    assert page.back.isEnabled()
    QTest.mouseClick(page.back, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.said[-1].text.startswith("Taken back: the doubt is open again.")
    page.show_box.setCurrentText(Show.OPEN.value)
    assert doubt in column(page, 2)
    said = [change.summary for change in desk.session.records.changes[:2]]
    assert any("taken back: It asks again." in one for one in said)


def test_an_open_doubt_has_nothing_to_take_back(page: ChecksPage) -> None:
    page.show_box.setCurrentText(Show.OPEN.value)
    page.reason.setText("a reason")
    assert not page.back.isVisible()
