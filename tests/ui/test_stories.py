"""Whole stories on a real store, by keyboard alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from scs_desktop.domain.history import StoreKind
from scs_desktop.domain.position import IndicatorPosition, Light, Unrated
from scs_desktop.returns.plan import Effect, ReturnPlan
from scs_desktop.store import open_store
from scs_desktop.ui.checks.page import ChecksPage
from scs_desktop.ui.common.messages import Tone
from scs_desktop.ui.first_run.page import FirstRunPage
from scs_desktop.ui.frame.top import EXAMPLE_MARK
from scs_desktop.ui.pages import CHECKS, OVERVIEW, REPORTS, RETURNS, WELCOME
from scs_desktop.ui.reports.page import ReportsPage
from scs_desktop.ui.returns.sheet import LOOKS
from tests.ui.conftest import Desk

Q2 = date(2011, 9, 30)


def focused() -> QWidget:
    """Return what has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is, and wait for what it started."""
    QTest.keyClick(focused(), key, modifier)
    if modifier & Qt.KeyboardModifier.AltModifier:
        # A button is pressed by its access key for a tenth of a second before it acts.
        desk.bot.wait(150)
    desk.settle()


def indicator(desk: Desk, code: str) -> IndicatorPosition:
    """Return the shown row of the code."""
    assert desk.session.position is not None
    rows = (row for one in desk.session.position.priorities for row in one.indicators)
    return next(row for row in rows if row.code == code)


def answered(desk: Desk) -> ReturnPlan:
    """Give each open question the answer that names the police, else the first; return the plan."""
    preview = desk.window.returns.preview
    asked: set[str] = set()
    while preview.plan is not None and preview.plan.open_questions:
        question = preview.questions.current
        assert question is not None
        assert question.key not in asked, f"asked twice: {question.ask}"
        asked.add(question.key)
        police = [number for number, one in enumerate(question.choices, 1) if "Metropolitan" in one.text]
        press(desk, Qt.Key(ord("0") + (police or [1])[0]))
    assert preview.plan is not None
    return preview.plan


CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def at_q2(desk: Desk, example_copy: Path) -> Desk:
    """Return a window on the example, position to Q2 2011/12."""
    desk.open(example_copy)
    desk.window.activateWindow()
    desk.session.show_at(Q2, None)
    desk.settle()
    return desk


def test_the_overview_shows_eight_priorities_without_scrolling(at_q2: Desk) -> None:
    table = at_q2.window.overview.table
    assert table.model().rowCount() == 8
    assert not table.verticalScrollBar().isVisible()
    assert at_q2.window.size().height() == 700
    assert at_q2.window.top.example.isVisible()
    assert at_q2.window.top.example.text() == EXAMPLE_MARK


def test_enter_opens_a_priority_and_arrows_choose_an_indicator(at_q2: Desk) -> None:
    window = at_q2.window
    window.visit(OVERVIEW)
    press(at_q2, Qt.Key.Key_Home)
    press(at_q2, Qt.Key.Key_Return)
    assert window.top.heading.text() == "1  Property crime with special focus on burglary"
    assert focused() is window.priority.table
    press(at_q2, Qt.Key.Key_End, CONTROL)
    assert window.priority.detail.chart.accessibleName().startswith("Trend chart of 1.3")


def test_the_chart_is_read_out_point_by_point(at_q2: Desk) -> None:
    window = at_q2.window
    at_q2.window.visit(at_q2.session.position.priorities[0].id)  # type: ignore[union-attr]
    press(at_q2, Qt.Key.Key_End, CONTROL)
    chart = window.priority.detail.chart
    assert chart.ready
    chart.setFocus()
    assert chart.readout.text() == "September 2011: 208"
    press(at_q2, Qt.Key.Key_Left)
    assert chart.readout.text() == "August 2011: 258"
    press(at_q2, Qt.Key.Key_Home)
    assert chart.readout.text() == "April 2010: 220"
    press(at_q2, Qt.Key.Key_Left)
    assert chart.readout.text() == "April 2010: 220"


def test_find_goes_to_an_indicator(at_q2: Desk) -> None:
    window = at_q2.window
    press(at_q2, Qt.Key.Key_F, CONTROL)
    assert focused() is window.top.find_box
    QTest.keyClicks(window.top.find_box, "residential")
    QTest.keyClick(window.top.find_box, Qt.Key.Key_Return)
    at_q2.settle()
    row = window.priority.table.currentIndex()
    assert window.priority.table.model().index(row.row(), 1).data() == "1.3"


def test_a_figure_is_traced_to_its_cell(at_q2: Desk) -> None:
    detail = at_q2.window.priority.detail
    at_q2.window.visit(at_q2.session.position.priorities[0].id)  # type: ignore[union-attr]
    press(at_q2, Qt.Key.Key_End, CONTROL)
    press(at_q2, Qt.Key.Key_U, ALT)
    model = detail.sources.model()
    first = [model.index(0, column).data() for column in range(model.columnCount())]
    assert first[0] == "September 2011"
    assert first[2] == "208"
    assert first[3].startswith("met-recorded-crime")
    assert first[5] == "H9"
    assert first[6] == "208"


def test_a_table_goes_to_the_clipboard(at_q2: Desk) -> None:
    at_q2.window.visit(at_q2.session.position.priorities[0].id)  # type: ignore[union-attr]
    press(at_q2, Qt.Key.Key_End, CONTROL)
    press(at_q2, Qt.Key.Key_B, ALT)
    figures = at_q2.window.priority.detail.figures
    figures.setFocus()
    press(at_q2, Qt.Key.Key_C, CONTROL)
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0] == "Period\tFigure\tState"
    assert lines[1] == "September 2011\t208\t"


def test_the_position_is_stepped_through_with_the_keyboard(at_q2: Desk) -> None:
    assert at_q2.session.position is not None
    press(at_q2, Qt.Key.Key_PageUp, CONTROL)
    assert at_q2.session.position.position_text == "August 2011"
    press(at_q2, Qt.Key.Key_PageDown, CONTROL)
    assert at_q2.session.position.position_text == "Q2 2011/12"
    press(at_q2, Qt.Key.Key_L, CONTROL)
    assert at_q2.session.position.position > Q2


def test_the_past_is_shown_as_it_was_known_and_marked(at_q2: Desk) -> None:
    store_change = next(one for one in reversed(at_q2.session.records.changes) if one.at.date() > date(2011, 10, 31))
    at_q2.session.show_at(Q2, store_change.number)
    at_q2.settle()
    assert at_q2.window.past.isVisible()
    assert "2011" in at_q2.window.top.as_at.text()
    press(at_q2, Qt.Key.Key_N, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert not at_q2.window.past.isVisible()


def test_a_return_is_undone_and_brought_back(at_q2: Desk, tmp_path: Path) -> None:
    window = at_q2.window
    at_q2.session.show_at(None, None)
    at_q2.settle()
    last = next(
        one for one in at_q2.session.records.imports.values() if one.file_name == "met-recorded-crime-2012-13-q4.xlsx"
    )
    before = indicator(at_q2, "1.3").value
    store = at_q2.session._store
    assert store is not None
    data = store.kept_file(last.id)
    assert data is not None
    file = tmp_path / last.file_name
    file.write_bytes(data)

    window.visit(RETURNS)
    rows = [one.id for one in window.returns.table.imports]
    window.returns.table.selectRow(rows.index(last.id))
    press(at_q2, Qt.Key.Key_U, ALT)
    assert "was taken back" in at_q2.said[-1].text
    assert indicator(at_q2, "1.3").value != before

    window.returns.receive([file])
    at_q2.settle()
    plan = answered(at_q2)
    assert plan.count(Effect.NEW) == 12
    press(at_q2, Qt.Key.Key_Return)
    assert at_q2.said[-1].text.startswith("Stored 12 figures of met-recorded-crime-2012-13-q4.xlsx")
    assert indicator(at_q2, "1.3").value == before


def test_a_return_that_is_left_changes_nothing(at_q2: Desk, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    file.write_text("Offence,Apr-14,May-14\nBurglary in a dwelling,200,210\n", "utf-8")
    number = at_q2.session.records.changes[0].number
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop = QDropEvent(
        QPointF(QPoint(400, 400)),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    at_q2.window.dropEvent(drop)
    at_q2.settle()
    page = at_q2.window.returns
    assert page.is_previewing
    press(at_q2, Qt.Key.Key_Escape)
    assert at_q2.window.top.heading.text() == "Returns"
    assert at_q2.said[-1].text == "new.csv was left: nothing was stored."
    at_q2.session.reload()
    at_q2.settle()
    assert at_q2.session.records.changes[0].number == number


def test_a_file_that_is_no_return_is_refused_in_a_sentence(at_q2: Desk, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    at_q2.window.visit(RETURNS)
    at_q2.window.returns.receive([file])
    at_q2.settle()
    assert at_q2.said[-1].tone is Tone.PROBLEM
    assert "letter.pdf" in at_q2.said[-1].text
    assert not at_q2.window.returns.is_previewing


def test_questions_are_answered_with_single_keys_and_the_return_is_stored(
    desk: Desk, empty_store: Path, tmp_path: Path
) -> None:
    file = tmp_path / "burglary.csv"
    months = ",".join(f"{name} {year}" for year in (2010, 2011) for name in ("April", "May", "June"))
    file.write_text(f"Offence,{months}\nBurglary in a dwelling,220,211,222,291,269,280\n", "utf-8")
    desk.open(empty_store)
    desk.window.activateWindow()
    assert not desk.window.top.example.isVisible()
    desk.window.visit(RETURNS)
    desk.window.returns.receive([file])
    desk.settle()
    page = desk.window.returns
    assert page.is_previewing
    assert page.preview.plan is not None
    assert page.preview.plan.open_questions
    plan = answered(desk)
    assert plan.count(Effect.NEW) == 6
    press(desk, Qt.Key.Key_Return)
    assert desk.said[-1].text.startswith("Stored 6 figures")
    assert indicator(desk, "1.3").value_text == "840"


def test_each_cell_of_the_sheet_says_what_becomes_of_it(desk: Desk, example_copy: Path, tmp_path: Path) -> None:
    desk.open(example_copy)
    file = tmp_path / "burglary.csv"
    file.write_text("Offence,April 2010,April 2014\nBurglary in a dwelling,220,291\n", "utf-8")
    desk.window.visit(RETURNS)
    desk.window.returns.receive([file])
    desk.settle()
    model = desk.window.returns.preview.view.sheet_model
    assert model.index(0, 0).data() == "Offence"
    marks = {column: found for column in (2, 3) if (found := model.mark_at(2, column)) is not None}
    assert marks
    for column, found in marks.items():
        said = model.index(1, column - 1).data(Qt.ItemDataRole.AccessibleTextRole)
        assert LOOKS[found.mark].word in said


def test_a_doubt_is_decided_with_a_reason_and_the_light_comes_back(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    desk.window.activateWindow()
    desk.window.visit(CHECKS)
    desk.settle()
    page = desk.window.page(CHECKS)
    assert isinstance(page, ChecksPage)
    first = page.table.currentIndex()
    assert "1.1" in page.table.model().index(first.row(), 2).data()
    open_before = page.table.model().rowCount()
    assert not page.button.isEnabled()
    press(desk, Qt.Key.Key_1)
    assert focused() is page.reason
    QTest.keyClicks(page.reason, "A digit slip")
    assert page.button.isEnabled()
    press(desk, Qt.Key.Key_Return)
    assert desk.said[-1].text.startswith("Decided: corrected.")
    states = [page.table.model().index(row, 0).data() for row in range(open_before)]
    assert "corrected" in states
    assert indicator(desk, "1.1").status.unrated is not Unrated.BASELINE_IN_DOUBT


def test_the_paper_is_shown_and_saved(at_q2: Desk, tmp_path: Path) -> None:
    at_q2.window.visit(REPORTS)
    at_q2.settle()
    page = at_q2.window.page(REPORTS)
    assert isinstance(page, ReportsPage)
    assert page.paper is not None
    assert len(page.paper.pages) == 1
    out = tmp_path / "summary.pdf"
    page.save_to(out)
    at_q2.settle()
    assert out.read_bytes() == page.paper.pdf
    page.save_to(tmp_path / "nowhere" / "summary.pdf")
    at_q2.settle()
    assert at_q2.said[-1].tone is Tone.PROBLEM


def test_the_first_start_offers_ways_to_begin(desk: Desk) -> None:
    desk.window.first_run()
    page = desk.window.page(WELCOME)
    assert isinstance(page, FirstRunPage)
    assert [one.text().replace("&", "") for one in page.findChildren(QPushButton)] == [
        "Look at an example",
        "Begin with the Barnet strategy",
        "Open a store",
    ]
    assert not desk.window.rail.isVisible()


def test_a_store_of_ones_own_begins_with_the_strategy_and_no_figures(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DOCUMENTS_DIR", str(tmp_path))
    desk.window.first_run()
    page = desk.window.page(WELCOME)
    assert isinstance(page, FirstRunPage)
    page.own.click()
    desk.settle()
    assert desk.session.position is not None
    assert desk.session.position.kind is StoreKind.REAL
    assert desk.session.position.counts.rated == 0
    assert desk.window.rail.isVisible()
    assert desk.session.path is not None
    assert tmp_path in desk.session.path.parents


HOLD = """
import sys
from pathlib import Path
from scs_desktop.store import open_store
store = open_store(Path(sys.argv[1]), who="A. Colleague")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held(empty_store: Path) -> Iterator[Path]:
    """Return a store that another process holds."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(empty_store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        yield empty_store
        other.communicate()


def test_a_store_held_by_another_opens_to_read_where_none_is_open(desk: Desk, held: Path) -> None:
    desk.open(held)
    assert "In use by A. Colleague" in desk.said[-1].text
    assert desk.session.position is not None
    assert desk.session.read_only
    assert desk.window.bottom.saved.text() == "Open to read only"


def test_a_store_held_by_another_is_offered_to_read_beside_an_open_one(at_q2: Desk, held: Path) -> None:
    before = at_q2.session.path
    at_q2.open(held)
    assert "In use by A. Colleague" in at_q2.said[-1].text
    assert at_q2.session.path == before
    at_q2.window.message.offer.click()
    at_q2.settle()
    assert at_q2.session.path == held
    assert at_q2.session.read_only


def test_a_file_that_is_no_store_leaves_the_window_as_it_is(at_q2: Desk, tmp_path: Path) -> None:
    shown = at_q2.session.position
    other = tmp_path / "letter.scs"
    other.write_text("Dear Sir", "utf-8")
    at_q2.open(other)
    assert at_q2.said[-1].tone is Tone.PROBLEM
    assert at_q2.session.position is shown


def test_lights_at_q2_are_those_of_the_store(at_q2: Desk, example_copy: Path) -> None:
    assert indicator(at_q2, "1.3").status.light is Light.AMBER
    model = at_q2.window.overview.table.model()
    shown = [model.index(row, 0).data() for row in range(8)]
    at_q2.close()
    with open_store(example_copy, who="Officer") as store:
        from scs_desktop.ui.common.lights import status_word
        from scs_desktop.workflows.overview import overview

        expected = [status_word(one.status) for one in overview(store=store, position=Q2).priorities]
    assert shown == expected
