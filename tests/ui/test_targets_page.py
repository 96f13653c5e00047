"""Targets in the window: thought of with their effect, proposed, approved, withdrawn, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from scs_desktop.domain.position import Light
from scs_desktop.domain.targets import TargetKind
from scs_desktop.store import open_store
from scs_desktop.ui.pages import TARGETS
from scs_desktop.ui.targets.form import KINDS
from scs_desktop.ui.targets.page import INDICATORS_TAB, REVIEW_TAB, ROLLUP_TAB, TargetsPage
from scs_desktop.ui.targets.parts import PAST
from scs_desktop.workflows.breaks import add_break
from scs_desktop.workflows.rollups import override_light, rollups
from scs_desktop.workflows.targets import targets
from tests.ui.conftest import Desk
from tests.ui.test_access import nameless
from tests.ui.test_stories import focused, indicator, press

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
IN_YEAR = date(2011, 9, 30)


def page(desk: Desk) -> TargetsPage:
    return cast("TargetsPage", desk.window.page(TARGETS))


def written(desk: Desk, code: str) -> str:
    """Return the line of an indicator in the list."""
    return next(line for line in page(desk).table.as_text().splitlines() if line.startswith(f"{code}\t"))


def tried(desk: Desk) -> str:
    """Wait until what is typed was tried, and return what is said of it."""
    desk.bot.wait(300)
    desk.settle()
    return page(desk).detail.effect.text()


@pytest.fixture
def at_targets(desk: Desk, example_copy: Path) -> Desk:
    """Return a window on the page, 1.3 chosen, position to Q2 2011/12."""
    desk.open(example_copy)
    desk.window.activateWindow()
    desk.session.show_at(IN_YEAR, None)
    desk.settle()
    desk.window.visit(TARGETS)
    desk.settle()
    press(desk, Qt.Key.Key_Home, CONTROL)
    for _ in range(2):
        press(desk, Qt.Key.Key_Down)
    assert page(desk).detail._name.text() == "1.3  Residential burglary"
    return desk


def test_a_path_is_thought_of_proposed_and_approved_by_keyboard(at_targets: Desk) -> None:
    desk, detail = at_targets, page(at_targets).detail
    assert written(desk, "1.3").split("\t")[2:] == ["3,362", "3,354", "reduction", "reduction", "reduction"]
    assert detail._baseline.text().startswith("Baseline 2010/11: 3,362")
    press(desk, Qt.Key.Key_Tab)
    while focused() is not detail.years:
        press(desk, Qt.Key.Key_Tab)
    press(desk, Qt.Key.Key_End, CONTROL)
    assert detail._thought.text() == "2013/14: another target"
    assert not detail.propose.isEnabled()
    press(desk, Qt.Key.Key_I, ALT)
    detail.form.value.setFocus()
    QTest.keyClicks(detail.form.value, "3059")
    said = tried(desk)
    assert said.startswith("Path: 3,256 by 2011/12, 3,157 by 2012/13, 3,059 by 2013/14.")
    assert "Once approved: 1 of 28 lights flips: 1 to red. 1.3 Residential burglary: Amber to Red." in said
    assert indicator(desk, "1.3").status.light is Light.AMBER
    press(desk, Qt.Key.Key_O, ALT)
    assert desk.said[-1].text == "Proposed. It gives no light until it is approved at a meeting."
    assert written(desk, "1.3").endswith("reduction → 3,059")
    assert indicator(desk, "1.3").status.light is Light.AMBER
    assert detail._thought.text() == "2013/14: the proposal"
    press(desk, Qt.Key.Key_A, ALT)
    assert desk.said[-1].text.startswith("Approved at the meeting of 15 Dec 2011: 1 target.")
    assert written(desk, "1.3").split("\t")[4:] == ["3,256 ✓", "3,157 ✓", "3,059 ✓"]
    assert indicator(desk, "1.3").status.light is Light.RED
    press(desk, Qt.Key.Key_B, ALT)
    assert focused() is detail.reason
    assert not detail.withdraw.isEnabled()
    QTest.keyClicks(detail.reason, "Out of reach")
    press(desk, Qt.Key.Key_W, ALT)
    assert written(desk, "1.3").endswith("\tnone")
    assert "withdrawn at the meeting of 15 December 2011. Out of reach" in detail.history.as_text()
    detail.years.setFocus()
    press(desk, Qt.Key.Key_Z, CONTROL)
    assert written(desk, "1.3").endswith("\t3,059 ✓")


def test_what_cannot_be_a_target_is_said_at_once(at_targets: Desk) -> None:
    detail = page(at_targets).detail
    detail.form.value.setFocus()
    QTest.keyClicks(detail.form.value, "many")
    assert tried(at_targets) == "Value: “many” is not a number."
    detail.form.value.clear()
    QTest.keyClicks(detail.form.value, "9000")
    assert "A target of 9,000 is worse than the 2010/11 baseline of 3,354: lower is better here." in tried(at_targets)
    detail.form.kind.setCurrentIndex([kind for _, kind in KINDS].index(TargetKind.POINTS))
    assert tried(at_targets) == "Points are for percentages: set a value, or percent on the baseline."
    assert not detail.propose.isEnabled()
    detail.form.kind.setCurrentIndex([kind for _, kind in KINDS].index(TargetKind.DIRECTION))
    assert detail.form.rule.isVisible()
    assert not detail.form.tolerance.isVisible()
    assert tried(at_targets).startswith("Once approved: None of 28 lights would flip.")


def test_the_annual_review_proposes_for_all_and_approves_together(at_targets: Desk, example_copy: Path) -> None:
    desk, review = at_targets, page(at_targets).review
    press(desk, Qt.Key.Key_U, ALT)
    assert page(desk).tabs.currentIndex() == REVIEW_TAB
    press(desk, Qt.Key.Key_B, ALT)
    assert focused() is review.better
    QTest.keyClick(review.better, Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(review.better, "4")
    desk.bot.wait(300)
    desk.settle()
    flips = review.flips.as_text().splitlines()[1:]
    assert review.said.text().startswith(f"{len(flips)} of 28 lights flip: ")
    assert (
        "1.3\tResidential burglary\tAmber\tRed\tRed: 1,577 residential burglaries against a path of"
        in review.flips.as_text()
    )
    assert review.left_out.text().startswith("Left out: 4.2: It is rated against its prediction; 8.2: The target")
    assert not review.approve.isEnabled()
    review.whom.setCurrentIndex(1)
    desk.bot.wait(300)
    desk.settle()
    assert review.propose.text() == "Pr&opose for 3 indicators"
    review.whom.setCurrentIndex(0)
    desk.bot.wait(300)
    desk.settle()
    press(desk, Qt.Key.Key_O, ALT)
    assert review._waits.text() == "26 proposed targets wait for the board."
    press(desk, Qt.Key.Key_A, ALT)
    assert review._waits.text() == "Nothing is proposed yet."
    assert indicator(desk, "1.3").status.light is Light.RED
    desk.session.close()
    with open_store(example_copy, who="Officer", read_only=True) as store:
        found = [one for use in targets(store=store).uses for one in use.years if one.meeting is not None]
    assert {one.text for one in found} == {"−4 % on baseline", "+4 % on baseline"}
    assert len(found) == 26


def test_a_priority_is_rolled_up_otherwise_and_overridden_with_a_reason(at_targets: Desk) -> None:
    desk, rollup = at_targets, page(at_targets).rollup
    press(desk, Qt.Key.Key_L, ALT)
    assert page(desk).tabs.currentIndex() == ROLLUP_TAB
    assert desk.session.position is not None
    first = desk.session.position.priorities[0]
    assert first.status.light is Light.RED
    assert rollup._why.text() == first.status.sentence
    rollup.light.setFocus()
    QTest.keyClick(rollup.light, Qt.Key.Key_Up)
    desk.settle()
    assert rollup.effect.text() == "1 of 8 priorities flips: 1 to amber (1 Red to Amber)."
    assert not rollup.override.isEnabled()
    rollup.reason.setFocus()
    QTest.keyClicks(rollup.reason, "One gang, since arrested")
    QTest.keyClicks(rollup.post, "Chair of the Board")
    press(desk, Qt.Key.Key_O, ALT)
    now = desk.session.position.priorities[0].status
    assert now.sentence.startswith("Amber by decision of the Chair of the Board")
    assert "; by the rule: Red" in rollup._why.text()
    assert rollup.priorities.as_text().splitlines()[1].endswith("Amber\tcounted\tby the Chair of the Board")
    press(desk, Qt.Key.Key_N, ALT)
    assert desk.session.position.priorities[0].status.light is Light.RED
    QTest.keyClicks(rollup.reason, "Volume counts")
    rollup.rule.setCurrentIndex(2)
    desk.settle()
    press(desk, Qt.Key.Key_C, ALT)
    assert "The rule “weighted” was chosen by the Chair of the Board: Volume counts" in rollup._why.text()
    rollup.weight.setFocus()
    QTest.keyClick(rollup.weight, Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(rollup.weight, "9")
    desk.settle()
    press(desk, Qt.Key.Key_Return)
    assert rollup.weights.as_text().splitlines()[1].endswith("\t9")


def test_nothing_is_changed_in_the_past(at_targets: Desk) -> None:
    desk = at_targets
    desk.session.show_at(IN_YEAR, desk.session.records.changes[0].number)
    desk.settle()
    detail, review, rollup = page(desk).detail, page(desk).review, page(desk).rollup
    assert detail.effect.text() == review._waits.text() == rollup.effect.text() == PAST
    for control in (detail.form, detail.propose, detail.approve, detail.withdraw, review.propose, review.approve):
        assert not control.isEnabled()
    for setting in (rollup.choose, rollup.weigh, rollup.override, rollup.rule):
        assert not setting.isEnabled()


@pytest.fixture
def _reader_listens() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


@pytest.mark.usefixtures("_reader_listens")
def test_every_control_of_the_page_has_a_name(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    desk.window.visit(TARGETS)
    desk.settle()
    for tab in (INDICATORS_TAB, REVIEW_TAB, ROLLUP_TAB):
        page(desk).tabs.setCurrentIndex(tab)
        desk.settle()
        assert nameless(desk) == []
    page(desk).tabs.setCurrentIndex(INDICATORS_TAB)
    detail = page(desk).detail
    for number in range(len(KINDS)):
        detail.form.kind.setCurrentIndex(number)
        QApplication.processEvents()
        assert nameless(desk) == []


def test_what_people_wrote_is_shown_as_they_wrote_it(desk: Desk, example_copy: Path) -> None:
    """A sign that text formats know, as in "under <5> cases", is no format here."""
    reason = "Cells under <b>5</b> & the like"
    with open_store(example_copy, who="Officer") as store:
        book = rollups(store=store)
        override_light(
            store=store, priority=book.priorities[0].id, position=book.position, light=Light.GREEN, reason=reason,
            by_post="Chair <i>",
        )  # fmt: skip
        add_break(store=store, use=targets(store=store).uses[0].use, on=date(2012, 4, 1), cause=reason)
    desk.open(example_copy)
    desk.window.visit(TARGETS)
    desk.settle()
    page(desk).tabs.setCurrentIndex(ROLLUP_TAB)
    desk.settle()
    position = desk.session.position
    assert position is not None
    desk.window.visit(position.priorities[0].id)
    desk.settle()
    shown = [one for one in desk.window.findChildren(QLabel) if "<b>" in one.text()]
    assert {one.textFormat() for one in shown if reason in one.text()} == {Qt.TextFormat.PlainText}
    assert len([one for one in shown if reason in one.text()]) >= 3
