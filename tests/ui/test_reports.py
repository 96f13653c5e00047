"""The board's papers on the screen: chosen, printed, signed off, opened again as they were, and taken back."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from scs_desktop.domain.publication import Audience, Marking, SignOffState
from scs_desktop.domain.trend_layers import Layer
from scs_desktop.store import Store
from scs_desktop.ui.common.messages import Tone
from scs_desktop.ui.pages import REPORTS
from scs_desktop.ui.reports.page import KINDS, ReportsPage
from scs_desktop.workflows.report import PaperKind
from scs_desktop.workflows.signed_papers import signed_paper
from tests.reports.papers import page_texts
from tests.ui.conftest import Desk
from tests.ui.test_access import nameless
from tests.ui.test_stories import ALT, CONTROL, focused, press

Q1 = date(2012, 6, 30)


@pytest.fixture
def page(desk: Desk, example_copy: Path) -> ReportsPage:
    """The reports page on the example, which holds four signed papers."""
    desk.open(example_copy)
    desk.window.activateWindow()
    return opened(desk)


def opened(desk: Desk) -> ReportsPage:
    desk.window.visit(REPORTS)
    desk.settle()
    found = desk.window.page(REPORTS)
    assert isinstance(found, ReportsPage)
    return found


def store_of(desk: Desk) -> Store:
    store = desk.session._store
    assert store is not None
    return store


def states(page: ReportsPage) -> list[tuple[str, str]]:
    return [(one.position_text, one.summary.state.value) for one in page.signing.signed._model.rows]


def open_oldest(desk: Desk) -> None:
    """Go to the list of signed papers, to its last, and open it."""
    press(desk, Qt.Key.Key_Y, ALT)
    press(desk, Qt.Key.Key_End, CONTROL)
    press(desk, Qt.Key.Key_Return)


# --- the report -----------------------------------------------------------------------------------


def test_every_kind_of_report_is_a_line_to_choose_and_shows_its_own_pages(desk: Desk, page: ReportsPage) -> None:
    assert page.paper is not None
    assert page.paper.what == "RAG summary, position to Q4 2012/13, as known now"
    assert page.preview.pages == len(page.paper.pages) == 1
    page.kind.setCurrentIndex([one.kind for one in KINDS].index(PaperKind.PRIORITY))
    page.priority.setCurrentIndex(1)
    desk.settle()
    assert page.paper.file_name == "Priority sheets to Q4 2012-13, priority 1.pdf"
    assert "Residential burglary" in " ".join(page_texts(page.paper.pdf))
    assert page.preview.pages == len(page.paper.pages)
    assert not page.sign_button.isEnabled()
    assert page.sign_button.toolTip() == "The board signs the summary or the pack off: choose one of them."


def test_a_public_copy_bears_no_higher_marking(desk: Desk, page: ReportsPage) -> None:
    page.marking.setCurrentIndex(page.marking.findData(Marking.OFFICIAL_SENSITIVE))
    page.audience.setCurrentIndex(page.audience.findData(Audience.PUBLIC))
    desk.settle()
    assert page.paper is not None
    assert page.paper.file_name.endswith(", public.pdf")
    assert "OFFICIAL-SENSITIVE" not in " ".join(page_texts(page.paper.pdf))
    assert not page.marking.isEnabled()
    assert page.sign_button.toolTip() == "The board signs its own copy off, not the public one."


def test_the_pages_go_to_the_printer_as_they_are(desk: Desk, page: ReportsPage, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page.print_on(printer)
    desk.settle()
    assert desk.said[-1].text == "Sent 1 page to the printer."
    document = pypdfium2.PdfDocument(tmp_path / "printed.pdf")
    assert len(document) == 1
    assert [round(side) for side in document[0].get_size()] == [595, 842]
    dark = sum(value < 128 for value in document[0].render(scale=0.5).to_numpy().flat)
    assert dark > 500
    document.close()


@pytest.mark.usefixtures("page")
def test_without_a_printer_a_sentence_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    press(desk, Qt.Key.Key_N, ALT)
    assert desk.said[-1].tone is Tone.PROBLEM
    assert desk.said[-1].text.startswith("No printer is set up on this computer.")


# --- signed papers --------------------------------------------------------------------------------


def test_a_signed_paper_opens_as_it_was_and_is_saved_to_the_byte(desk: Desk, page: ReportsPage, tmp_path: Path) -> None:
    assert [one for one, _ in states(page)] == ["Q4 2012/13", "Q2 2012/13", "Q4 2011/12", "Q2 2011/12"]
    open_oldest(desk)
    chosen = page.signing.signed.current
    assert chosen is not None
    assert page.paper is not None
    assert page.paper.pdf == signed_paper(store=store_of(desk), sign_off_id=chosen.id)
    assert page.paper.what == "As it was signed: position to Q2 2011/12, signed off 15 Dec 2011"
    page.save_to(tmp_path / "signed.pdf")
    desk.settle()
    assert hashlib.sha256((tmp_path / "signed.pdf").read_bytes()).hexdigest() == chosen.sha256
    assert not page.sign_button.isEnabled()
    press(desk, Qt.Key.Key_Escape)
    assert page.paper.what.startswith("RAG summary, position to Q4 2012/13")
    assert page.back.isHidden()


def test_what_is_restated_since_is_told_with_its_cause(desk: Desk, page: ReportsPage) -> None:
    open_oldest(desk)
    told = page.signing.signed.told.toPlainText()
    chosen = page.signing.signed.current
    assert chosen is not None
    assert chosen.sha256[:32] in told
    assert f"{chosen.restated} rows would be printed otherwise today:" in told
    assert "4.2 Repeat offending, probation: 7.80 % → 7.66 %" in told
    assert "arrived: “probation-reoffending-03.xlsx”, received 23 January 2012." in told


def test_a_signed_value_leads_to_the_partners_sheet_and_back(desk: Desk, page: ReportsPage) -> None:
    open_oldest(desk)
    press(desk, Qt.Key.Key_L, ALT)
    sources = page.signing.signed.sources
    sources.indicator.setCurrentIndex(sources.indicator.findData("1.3"))
    desk.settle()
    assert sources.indicator.currentText() == "1.3  Residential burglary: 1,577"
    assert sources.table.as_text().splitlines()[1].split("\t")[-4:] == [
        "met-recorded-crime-2011-12-q2.xlsx", "Barnet", "H9", "208",
    ]  # fmt: skip
    sources.table.setFocus()
    press(desk, Qt.Key.Key_Return)
    assert desk.window.returns.isVisible()
    press(desk, Qt.Key.Key_Escape)
    assert page.isVisible()
    assert focused() is sources.table


# --- signing --------------------------------------------------------------------------------------


def test_a_position_is_signed_off_by_keyboard_alone(desk: Desk, page: ReportsPage) -> None:
    desk.session.show_at(Q1, None)
    desk.settle()
    press(desk, Qt.Key.Key_O, ALT)
    form = page.signing.form
    assert focused() is form.meeting
    assert form.meeting.currentText() == "20 Sep 2012  Safer Communities Partnership Board, Q1 2012/13"
    told = form.told.toPlainText()
    assert "Kept for good: RAG summary, position to Q1 2012/13, data as at 23 September 2013" in told
    assert "What was recorded after the meeting’s cut-off, 7 September 2012, is in the paper" in told
    assert page.paper is not None
    proposed = page.paper.pdf
    press(desk, Qt.Key.Key_O, ALT)
    assert desk.said[-1].text.startswith("Signed off: the position to Q1 2012/13, Safer Communities Partnership Board")
    chosen = page.signing.signed.current
    assert chosen is not None
    assert (chosen.position_text, chosen.summary.state, chosen.restated) == ("Q1 2012/13", SignOffState.SIGNED, 0)
    assert signed_paper(store=store_of(desk), sign_off_id=chosen.id) == proposed
    assert page.signing.idle


def test_what_was_known_then_is_what_is_signed_in_the_past(desk: Desk, page: ReportsPage) -> None:
    then = store_of(desk).cut_at(datetime(2012, 9, 20, 12, tzinfo=UTC))
    desk.session.show_at(Q1, then)
    desk.settle()
    press(desk, Qt.Key.Key_O, ALT)
    assert f"data as at 17 September 2012 (change {then})" in page.signing.form.told.toPlainText()
    press(desk, Qt.Key.Key_O, ALT)
    chosen = page.signing.signed.current
    assert chosen is not None
    assert chosen.summary.as_at == then


def test_a_store_that_is_open_to_read_only_signs_nothing(desk: Desk, example_copy: Path) -> None:
    desk.session.open(example_copy, read_only=True)
    desk.settle()
    page = opened(desk)
    assert page.sign_button.toolTip() == "The store is open to read only."
    assert not page.sign_button.isEnabled()
    assert not page.signing.signed.withdraw.isEnabled()
    assert not page.signing.signed.anew.isEnabled()


def test_the_menus_commands_wait_for_the_paper(desk: Desk, example_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    desk.open(example_copy)
    desk.window.activateWindow()
    press(desk, Qt.Key.Key_P, CONTROL)
    assert desk.said[-1].text.startswith("No printer is set up on this computer.")
    press(desk, Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    page = opened(desk)
    assert page.signing.currentWidget() is page.signing.form
    page.signing.leave()
    page.audience.setCurrentIndex(1)
    desk.settle()
    press(desk, Qt.Key.Key_S, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.said[-1].text == "The board signs its own copy off, not the public one."


def test_a_position_that_is_signed_off_is_refused_in_the_form(desk: Desk, page: ReportsPage) -> None:
    press(desk, Qt.Key.Key_O, ALT)
    form = page.signing.form
    assert "is signed off for “Safer Communities Partnership Board, Q4 2012/13” already" in form.told.toPlainText()
    assert not form.confirm.isEnabled()
    press(desk, Qt.Key.Key_Escape)
    assert page.signing.idle
    assert len(states(page)) == 4


def test_a_meeting_is_added_while_signing(desk: Desk, page: ReportsPage) -> None:
    press(desk, Qt.Key.Key_O, ALT)
    press(desk, Qt.Key.Key_A, ALT)
    form = page.signing.form
    assert focused() is form.new_title
    QTest.keyClicks(form.new_title, "Extraordinary meeting")
    press(desk, Qt.Key.Key_I, ALT)
    assert desk.said[-1].text == "Added Extraordinary meeting, 13 Jun 2013."
    assert form.meeting.currentText() == "13 Jun 2013  Extraordinary meeting"
    assert form.confirm.isEnabled()
    press(desk, Qt.Key.Key_C, ALT)
    assert page.signing.idle


def test_a_paper_is_withdrawn_with_a_reason(desk: Desk, page: ReportsPage) -> None:
    press(desk, Qt.Key.Key_I, ALT)
    form = page.signing.withdraw_form
    assert isinstance(focused(), QLineEdit)
    assert not form.confirm.isEnabled()
    press(desk, Qt.Key.Key_Return)
    assert not page.signing.idle
    QTest.keyClicks(form.reason, "Two figures were swapped")
    press(desk, Qt.Key.Key_Return)
    assert states(page)[0] == ("Q4 2012/13", "withdrawn")
    assert "Two figures were swapped" in page.signing.signed.told.toPlainText()
    assert not page.signing.signed.withdraw.isEnabled()
    press(desk, Qt.Key.Key_O, ALT)
    assert page.signing.form.confirm.isEnabled(), "the position can be signed again"


def test_a_paper_is_signed_anew_at_a_later_meeting(desk: Desk, page: ReportsPage) -> None:
    press(desk, Qt.Key.Key_A, ALT)
    form = page.signing.form
    assert form.title.text() == "Sign the position to Q4 2012/13 off anew"
    offered = [form.meeting.itemText(number)[:11] for number in range(form.meeting.count())]
    assert offered == ["19 Sep 2013", "12 Dec 2013", "13 Mar 2014"]
    assert not form.confirm.isEnabled()
    press(desk, Qt.Key.Key_Y, ALT)
    assert focused() is form.reason
    QTest.keyClicks(form.reason, "Probation's last cohort had not come")
    press(desk, Qt.Key.Key_O, ALT)
    assert sorted(states(page)[:2]) == [("Q4 2012/13", "signed"), ("Q4 2012/13", "superseded")]
    assert page.signing.signed.current is not None
    assert page.signing.signed.current.stands


def test_another_position_leaves_the_form(desk: Desk, page: ReportsPage) -> None:
    press(desk, Qt.Key.Key_O, ALT)
    assert page.signing.currentWidget() is page.signing.form
    desk.session.show_at(Q1, None)
    desk.settle()
    assert page.signing.idle
    assert page.paper is not None
    assert page.paper.what.startswith("RAG summary, position to Q1 2012/13")


def test_where_nothing_is_signed_the_page_says_what_to_do(desk: Desk, empty_store: Path) -> None:
    desk.open(empty_store)
    page = opened(desk)
    assert page.signing.signed.empty.isVisible()
    assert "Choose Sign off…" in page.signing.signed.empty.text()
    assert page.signing.signed.table.isHidden()


def test_every_control_of_the_forms_has_a_name(desk: Desk, page: ReportsPage) -> None:
    QAccessible.setActive(True)
    try:
        assert nameless(desk) == []
        press(desk, Qt.Key.Key_A, ALT)
        page.signing.form.add.click()
        desk.settle()
        assert nameless(desk) == []
        page.signing.leave()
        page.signing.signed.withdraw.click()
        desk.settle()
        assert nameless(desk) == []
    finally:
        QAccessible.setActive(False)


def test_the_chart_marks_the_positions_that_stand_signed_off(desk: Desk, page: ReportsPage) -> None:
    assert desk.session.position is not None
    press(desk, Qt.Key.Key_I, ALT)
    QTest.keyClicks(page.signing.withdraw_form.reason, "Two figures were swapped")
    press(desk, Qt.Key.Key_Return)
    desk.window.visit(desk.session.position.priorities[0].id)
    desk.settle()
    detail = desk.window.priority.detail
    detail.layers.buttons[Layer.SIGN_OFFS].click()
    desk.settle()
    assert detail.chart.accessibleDescription().count("signed off for the position to") == 3
    assert "31 Mar 2013" not in detail.chart.accessibleDescription().split("Papers:")[1]
