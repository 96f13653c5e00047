"""F1 on any page opens its help in the window; words are found by typing; Esc leads back."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from scs_desktop.ui.help.page import HelpPage
from scs_desktop.ui.pages import CHECKS, HELP, OVERVIEW, PAGES, WELCOME
from tests.ui.conftest import Desk


def help_page(desk: Desk) -> HelpPage:
    return cast("HelpPage", desk.window.page(HELP))


def key(desk: Desk, one: Qt.Key) -> None:
    focus = desk.window.focusWidget()
    QTest.keyClick(focus, one)


def test_f1_on_every_page_shows_the_help_of_that_page(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    for kind in PAGES:
        if kind.key in {HELP, WELCOME}:
            continue
        desk.window.visit(kind.key)
        desk.settle()
        key(desk, Qt.Key.Key_F1)
        assert desk.window.stack.currentWidget() is help_page(desk), kind.key
        assert help_page(desk).table.currentIndex().data() == _title_of(kind.key), kind.key


def _title_of(page: str) -> str:
    from scs_desktop.workflows.help import help_topics

    return next(one.title for one in help_topics() if one.key == f"page/{page}")


def test_help_needs_no_store(desk: Desk) -> None:
    desk.window.first_run()
    key(desk, Qt.Key.Key_F1)
    assert help_page(desk).table.currentIndex().data() == "First steps"


def test_a_word_is_found_by_typing_read_and_left_by_keyboard_alone(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    desk.window.visit(CHECKS)
    key(desk, Qt.Key.Key_F1)
    page = help_page(desk)
    assert page.search.hasFocus()
    QTest.keyClicks(page.search, "usual movement")
    assert "φ = 2.81" in page.text.toPlainText()
    key(desk, Qt.Key.Key_Down)
    assert "once in twenty times" in page.text.toPlainText()
    key(desk, Qt.Key.Key_Return)
    assert page.text.hasFocus()
    for _ in range(3):
        key(desk, Qt.Key.Key_Escape)
    assert desk.window.stack.currentWidget() is desk.window.page(CHECKS)


def test_what_is_not_there_is_said(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    desk.window.visit(OVERVIEW)
    key(desk, Qt.Key.Key_F1)
    QTest.keyClicks(help_page(desk).search, "zebra")
    assert "Nothing has all of these words" in help_page(desk).text.toPlainText()
