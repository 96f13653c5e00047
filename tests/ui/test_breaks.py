"""A break marked from the chart by keyboard, seen on the chart and in the light, removed and undone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from scs_desktop.domain.breaks import BreakKind
from scs_desktop.domain.position import Unrated
from scs_desktop.store import open_store
from scs_desktop.ui.priority.breaks import COMPARED, NEW_LEVEL, BreaksPanel
from scs_desktop.workflows.breaks import breaks
from tests.ui.conftest import Desk

ALT = Qt.KeyboardModifier.AltModifier


def opened(desk: Desk, path: Path) -> BreaksPanel:
    """Open the example at residential burglary's chart and show the panel with its key."""
    desk.open(path)
    desk.window.activateWindow()
    position = desk.session.position
    assert position is not None
    priority = position.priorities[0]
    use = next(row.use for row in priority.indicators if row.code == "1.3")
    desk.window.visit(priority.id)
    desk.window.priority.open(priority.id, use)
    desk.settle()
    QTest.keyClick(desk.window, Qt.Key.Key_M, ALT)
    panel = desk.window.priority.detail.breaks
    # A button pressed by its key stays down for a moment.
    desk.bot.waitUntil(panel.isVisible)
    desk.settle()
    return panel


def status(desk: Desk) -> object:
    position = desk.session.position
    assert position is not None
    row = next(row for row in position.priorities[0].indicators if row.code == "1.3")
    return row.status.light or row.status.unrated


def kept(path: Path) -> list[tuple[BreakKind, date, str, str]]:
    with open_store(path, who="Reader", read_only=True) as store:
        return [(one.kept.kind, one.kept.on, one.kept.cause, one.kept.compared_because) for one in breaks(store=store)]


def removals(panel: BreaksPanel) -> list[QPushButton]:
    return [one for one in panel.findChildren(QPushButton) if one.text() == "Remove"]


def test_a_break_is_marked_by_keyboard_and_undone_by_its_removal(desk: Desk, example_copy: Path) -> None:
    panel = opened(desk, example_copy)
    before = status(desk)
    assert panel.month.hasFocus()
    assert not panel.mark.isEnabled(), "a break needs its cause"
    panel.month.setDate(QDate(2011, 10, 1))
    QTest.keyClick(panel, Qt.Key.Key_A, ALT)
    assert panel.cause.hasFocus()
    QTest.keyClicks(panel.cause, "new counting rules")
    QTest.keyClick(panel.cause, Qt.Key.Key_Return)
    desk.settle()
    assert kept(example_copy) == [(BreakKind.DEFINITION, date(2011, 10, 1), "new counting rules", "")]
    assert status(desk) is Unrated.NOT_COMPARABLE
    said = "October 2011: new counting rules. Nothing is compared across it."
    assert desk.said[-1].text == f"Marked: 1.3 Residential burglary. {said}"
    assert panel.cause.text() == ""
    (remove,) = removals(panel)
    assert remove.accessibleName() == "Remove the break of October 2011"
    assert (
        "The line is broken at October 2011: new counting rules."
        in desk.window.priority.detail.chart.accessibleDescription()
    )
    remove.click()
    desk.settle()
    assert kept(example_copy) == []
    assert status(desk) == before
    assert removals(panel) == []


def test_to_compare_all_the_same_the_reason_is_wanted(desk: Desk, example_copy: Path) -> None:
    panel = opened(desk, example_copy)
    before = status(desk)
    assert not panel.reason.isVisible()
    panel.kind.setCurrentIndex(COMPARED)
    assert panel.reason.isVisible()
    panel.cause.setText("new codes")
    assert not panel.mark.isEnabled()
    panel.reason.setText("they count alike")
    panel.mark.click()
    desk.settle()
    assert [one[3] for one in kept(example_copy)] == ["they count alike"]
    assert status(desk) == before


def test_a_rebasing_begins_new_limits_and_an_undo_takes_it_back(desk: Desk, example_copy: Path) -> None:
    panel = opened(desk, example_copy)
    panel.month.setDate(QDate(2011, 10, 1))
    panel.kind.setCurrentIndex(NEW_LEVEL)
    panel.cause.setText("new patrols")
    panel.mark.click()
    desk.settle()
    assert [one[0] for one in kept(example_copy)] == [BreakKind.REBASE]
    position = desk.session.position
    assert position is not None
    row = next(row for row in position.priorities[0].indicators if row.code == "1.3")
    assert row.process is not None
    assert row.process.points == 18
    QTest.keyClick(desk.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert kept(example_copy) == []


def test_escape_puts_the_panel_away_and_what_is_marked_twice_is_refused(desk: Desk, example_copy: Path) -> None:
    panel = opened(desk, example_copy)
    for _ in range(2):
        panel.cause.setText("new codes")
        panel.mark.click()
        desk.settle()
    assert len(kept(example_copy)) == 1
    assert "has a break in March 2013 already" in desk.said[-1].text
    assert panel.cause.text() == "new codes", "what was typed is kept where it was not stored"
    QTest.keyClick(panel.cause, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert panel.opener.hasFocus()


def test_the_past_is_not_marked(desk: Desk, example_copy: Path) -> None:
    panel = opened(desk, example_copy)
    with_all = desk.session.position
    assert with_all is not None
    desk.session.show_at(with_all.position, 5)
    desk.settle()
    assert not panel.cause.isEnabled()
    assert panel.said.text().startswith("The past is shown")
