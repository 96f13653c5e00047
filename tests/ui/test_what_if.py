"""Another rule tried on the whole strategy from the priority page, by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from scs_desktop.domain.what_if import light_word
from scs_desktop.ui.priority.detail import WHAT_IF_TAB
from scs_desktop.ui.priority.what_if import NO_NUMBER, NOTHING, PATH
from tests.ui.conftest import Desk

ALT = Qt.KeyboardModifier.AltModifier


def test_another_rule_says_which_lights_would_flip(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    desk.window.activateWindow()
    desk.session.show_at(date(2011, 9, 30), None)
    desk.settle()
    position = desk.session.position
    assert position is not None
    desk.window.visit(position.priorities[0].id)
    detail = desk.window.priority.detail
    panel = detail.what_if
    QTest.keyClick(desk.window, Qt.Key.Key_W, ALT)
    assert detail.tabs.currentIndex() == WHAT_IF_TAB
    assert panel.said.text() == NOTHING
    QTest.keyClick(desk.window, Qt.Key.Key_L, ALT)
    assert panel.rule.hasFocus()
    QTest.keyClick(panel.rule, Qt.Key.Key_Down)
    QTest.keyClick(panel.rule, Qt.Key.Key_Down)
    assert panel.rule.currentText() == "the literal direction"
    desk.settle()
    lines = panel.flips.as_text().splitlines()[1:]
    assert len(lines) > 0
    assert panel.said.text().startswith(f"{len(lines)} of ")
    burglary = next(row for row in position.priorities[0].indicators if row.code == "1.3")
    (said,) = [line.split("\t") for line in lines if line.startswith("1.3\t")]
    assert said[1:3] == [light_word(burglary.status), "Red"]
    assert said[3].startswith("Red: 1,577 residential burglaries against ")
    assert desk.session.position is position
    QTest.keyClick(panel.rule, Qt.Key.Key_Home)
    assert panel.said.text() == NOTHING
    assert panel.flips.model().rowCount() == 0


def test_a_path_is_tried_on_one_indicator_with_the_number_that_is_typed(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    desk.window.activateWindow()
    desk.session.show_at(date(2011, 9, 30), None)
    desk.settle()
    assert desk.session.position is not None
    first = desk.session.position.priorities[0]
    desk.window.visit(first.id)
    detail = desk.window.priority.detail
    panel = detail.what_if
    detail.show_indicator(first.indicators[2])
    detail.tabs.setCurrentIndex(WHAT_IF_TAB)
    assert not panel.better.isVisible()
    panel.rule.setCurrentIndex(PATH)
    panel.scope.setCurrentIndex(2)
    panel.better.setFocus()
    panel.better.selectAll()
    QTest.keyClicks(panel.better, "few")
    desk.bot.wait(300)
    assert panel.said.text() == NO_NUMBER
    panel.better.selectAll()
    QTest.keyClicks(panel.better, "9")
    desk.bot.wait(300)
    desk.settle()
    assert panel.said.text().startswith("1 of 28 lights flips: 1 to red.")
    assert "1.3\tAmber\tRed\tRed: 1,577 residential burglaries against a path of 1,4" in panel.flips.as_text()
    before = panel.flips.as_text()
    panel.better.selectAll()
    QTest.keyClicks(panel.better, "3")
    panel.end.setCurrentIndex(1)
    desk.settle()
    assert panel.flips.as_text() == before


def test_the_choices_have_names(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    assert desk.session.position is not None
    desk.window.visit(desk.session.position.priorities[0].id)
    panel = desk.window.priority.detail.what_if
    for box, name in ((panel.rule, "Rule"), (panel.tolerance, "Tolerance")):
        # Qt gives a screen reader the chosen entry as the text of a box, and its label as the relation.
        assert box.accessibleName() == name
        node = QAccessible.queryAccessibleInterface(box)
        assert node is not None
        labels = [
            one.text(QAccessible.Text.Name) for one, kind in node.relations() if kind == QAccessible.RelationFlag.Label
        ]
        assert labels == [name]
