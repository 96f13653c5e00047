"""The returns page: how files come in, what is said of each, and what can be done with one."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date
from pathlib import Path
from uuid import UUID

import openpyxl
import pytest
from PySide6.QtCore import QDate, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from scs_desktop.returns.grid import address
from scs_desktop.returns.questions import QuestionKind
from scs_desktop.ui.common.messages import Tone
from scs_desktop.ui.common.table_model import ROW_ROLE
from scs_desktop.ui.pages import RETURNS
from scs_desktop.ui.returns.dropped import CONTENTS, NAMES, dropped_files, may_be_files
from scs_desktop.ui.returns.preview import ImportPreview
from tests.returns.hostile import encrypted
from tests.ui.conftest import Desk

BURGLARY = b"Offence,April 2010,May 2010\nBurglary in a dwelling,220,211\n"
ROBBERY = b"Offence,April 2010,May 2010\nPersonal robbery,20,21\n"


def attachments(*files: tuple[str, bytes], padded: bool = False, lengths: dict[str, int] | None = None) -> QMimeData:
    """Return what a Windows mail program hands over: a list of descriptors, and each content by its number."""
    mime = QMimeData()
    names = struct.pack("<I", len(files))
    for number, (name, data) in enumerate(files):
        length = (lengths or {}).get(name, len(data))
        names += struct.pack("<I32xI24xII520s", 0x40, 0x20, 0, length, name.encode("utf-16-le"))
        mime.setData(f"{CONTENTS};index={number}", data + b"\0" * (7 if padded else 0))
    mime.setData(NAMES, names)
    return mime


def drop(desk: Desk, mime: QMimeData) -> None:
    """Drop on the window and wait."""
    at = QPointF(400, 400)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    desk.window.dropEvent(QDropEvent(at, Qt.DropAction.CopyAction, mime, buttons, keys))
    desk.settle()


def zipped(*files: tuple[str, bytes]) -> bytes:
    """Return a zip archive of the files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def workbook() -> bytes:
    """Return a workbook without figures."""
    sink = io.BytesIO()
    openpyxl.Workbook().save(sink)
    return sink.getvalue()


@pytest.fixture
def own(desk: Desk, empty_store: Path) -> Desk:
    """Return a window on a store without figures, at the returns."""
    desk.open(empty_store)
    desk.window.activateWindow()
    desk.window.visit(RETURNS)
    desk.settle()
    return desk


def test_an_attachment_is_read_from_the_mail_program(own: Desk) -> None:
    mime = attachments(("burglary.csv", BURGLARY))
    assert may_be_files(mime)
    drop(own, mime)
    plan = own.window.returns.preview.plan
    assert plan is not None
    assert plan.file_name == "burglary.csv"
    assert plan.data == BURGLARY


def test_two_attachments_join_the_queue(own: Desk) -> None:
    drop(own, attachments(("burglary.csv", BURGLARY), ("robbery.csv", ROBBERY), padded=True))
    page = own.window.returns
    assert page.preview.plan is not None
    assert page.preview.plan.data == BURGLARY
    assert [line.name for line in page.queue.lines] == ["burglary.csv", "robbery.csv"]
    assert page.queue.lines[1].result == "waiting"
    QTest.keyClick(page.preview, Qt.Key.Key_Escape)
    own.settle()
    assert page.preview.plan.file_name == "robbery.csv"
    assert page.queue.lines[0].result == "left: nothing was stored"


def test_enter_on_a_file_that_is_stored_already_says_so(own: Desk, tmp_path: Path) -> None:
    answer_all(own, given(own, tmp_path))
    page = own.window.returns
    page.store()
    own.settle()
    assert page.preview.plan is None
    given(own, tmp_path)
    QTest.keyClick(page.preview, Qt.Key.Key_Return)
    own.settle()
    assert "already imported" in own.said[-1].text
    assert own.said[-1].tone is Tone.PROBLEM


def test_a_file_whose_password_nobody_has_is_left_by_key_and_the_next_is_read(own: Desk) -> None:
    locked = encrypted(workbook(), "secret")
    drop(own, attachments(("locked.xlsx", locked), ("burglary.csv", BURGLARY)))
    page = own.window.returns
    assert page.password.isVisible()
    assert page.password.field.hasFocus()
    QTest.keyClick(page.password.field, Qt.Key.Key_Return)
    own.settle()
    assert page.password.isVisible()
    QTest.keyClick(page.password.field, Qt.Key.Key_Escape)
    own.settle()
    assert not page.password.isVisible()
    assert page.queue.lines[0].result == "left: nothing was stored"
    assert page.preview.plan is not None
    assert page.preview.plan.file_name == "burglary.csv"


@pytest.mark.parametrize(
    ("mime_of", "name"),
    [
        (lambda: attachments(("return.xlsx", b"")), "return.xlsx"),
        (lambda: attachments(("return.xlsx", b"PK\3\4"), lengths={"return.xlsx": 9_000}), "return.xlsx"),
        (lambda: attachments(("..\\..\\return.xlsx", b"")), "return.xlsx"),
    ],
)
def test_an_attachment_without_content_is_refused_in_a_sentence(own: Desk, mime_of: object, name: str) -> None:
    drop(own, mime_of())  # type: ignore[operator]
    assert own.said[-1].tone is Tone.PROBLEM
    assert own.said[-1].text == f"{name} came without content: save the attachment first and drop the file."
    assert not own.window.returns.is_previewing


def test_a_link_to_an_attachment_is_refused_in_a_sentence(own: Desk) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("imap://officer@mail.example/INBOX/7/return.xlsx")])
    assert may_be_files(mime)
    drop(own, mime)
    assert own.said[-1].text == "return.xlsx came without content: save the attachment first and drop the file."


def test_bytes_with_a_name_are_taken_before_a_link_to_them() -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("imap://officer@mail.example/INBOX/7/burglary.csv")])
    mime.setData('application/octet-stream;name="burglary.csv"', BURGLARY)
    found = dropped_files(mime)
    assert [(one.file_name, one.data) for one in found.files] == [("burglary.csv", BURGLARY)]
    assert found.problem is None


@pytest.mark.parametrize("told", [0, 1, 2, 4_000_000_000])
def test_a_list_of_attachments_that_lies_about_itself_is_no_trouble(told: int) -> None:
    mime = QMimeData()
    mime.setData(NAMES, struct.pack("<I", told) + b"\xff" * 700)
    assert dropped_files(mime).files == ()
    assert dropped_files(mime).problem is not None


def test_text_is_no_file() -> None:
    mime = QMimeData()
    mime.setText("220")
    assert not may_be_files(mime)


def test_the_workbooks_of_a_zip_join_the_queue(own: Desk, tmp_path: Path) -> None:
    archive = tmp_path / "returns.zip"
    archive.write_bytes(
        zipped(("police/burglary.csv", BURGLARY), ("police/broken.xlsx", b"PK\3\4"), ("robbery.csv", ROBBERY))
    )
    page = own.window.returns
    page.receive([archive])
    own.settle()
    assert page.preview.plan is not None
    assert page.preview.plan.data == BURGLARY
    assert [line.name for line in page.queue.lines] == [
        "returns.zip: burglary.csv",
        "returns.zip: broken.xlsx",
        "returns.zip: robbery.csv",
    ]
    assert page.queue.lines[0].result.startswith("open: ")
    page.leave()
    own.settle()
    assert page.preview.plan.data == ROBBERY
    assert page.queue.lines[1].result.startswith("refused: ")
    page.leave()
    own.settle()
    assert not page.is_previewing
    assert page.queue.isVisible()
    assert page.queue.lines[2].result == "left: nothing was stored"


def test_a_zip_that_is_an_attachment_is_opened_too(own: Desk) -> None:
    drop(own, attachments(("returns.zip", zipped(("burglary.csv", BURGLARY)))))
    plan = own.window.returns.preview.plan
    assert plan is not None
    assert plan.data == BURGLARY


def police(desk: Desk) -> UUID:
    """Return the agency that the police are."""
    return next(one.id for one in desk.session.records.agencies if "Metropolitan" in one.name)


def given(desk: Desk, tmp_path: Path) -> ImportPreview:
    """Open a return that nobody has named the sender of."""
    file = tmp_path / "burglary.csv"
    file.write_bytes(BURGLARY)
    desk.window.returns.receive([file])
    desk.settle()
    return desk.window.returns.preview


def answer_all(desk: Desk, preview: ImportPreview) -> None:
    """Answer every question: the police sent it, and else the first choice."""
    while preview.plan is not None and preview.plan.open_questions:
        question = preview.questions.current
        assert question is not None
        named = [number for number, one in enumerate(question.choices, 1) if "Metropolitan" in one.text]
        assert preview.questions.choose((named or [1])[0])
        desk.settle()


def test_the_sender_is_shown_and_can_be_another(own: Desk, tmp_path: Path) -> None:
    preview = given(own, tmp_path)
    row = preview.arrival.agency
    assert row.currentIndex() == -1
    row.setCurrentIndex(row.findData(police(own)))
    row.activated.emit(row.currentIndex())
    own.settle()
    assert preview.plan is not None
    assert preview.plan.agency == police(own)
    assert preview.plan.agency_certain
    assert all(one.kind is not QuestionKind.AGENCY for one in preview.plan.questions)
    other = next(number for number in range(row.count()) if row.itemData(number) != police(own))
    row.setCurrentIndex(other)
    row.activated.emit(other)
    own.settle()
    assert preview.plan.agency == row.itemData(other) or own.said[-1].tone is Tone.PROBLEM


def test_the_days_of_a_return_are_set_and_stored(own: Desk, tmp_path: Path) -> None:
    preview = given(own, tmp_path)
    arrival = preview.arrival
    assert arrival.extracted.day is None
    assert arrival.received.day == preview.plan.received_on  # type: ignore[union-attr]
    arrival.received.setDate(QDate(2012, 2, 3))
    own.settle()
    arrival.extracted.setDate(QDate(2012, 2, 1))
    own.settle()
    plan = preview.plan
    assert plan is not None
    assert (plan.received_on, plan.extracted_on) == (date(2012, 2, 3), date(2012, 2, 1))
    # Enter ends the typing of a day; it does not store.
    arrival.received.setFocus()
    QTest.keyClick(arrival.received, Qt.Key.Key_Return)
    own.settle()
    assert own.window.returns.is_previewing
    assert not any(one.text.startswith("Not stored") for one in own.said)
    answer_all(own, preview)
    own.window.returns.store()
    own.settle()
    summary = next(iter(own.session.records.imports.values()))
    assert (summary.received_on, summary.extracted_on) == (date(2012, 2, 3), date(2012, 2, 1))
    assert own.window.returns.queue.lines[0].result.startswith("stored as import ")


def test_a_day_that_the_file_gives_cannot_be_changed(own: Desk, tmp_path: Path) -> None:
    file = tmp_path / "burglary.csv"
    file.write_bytes(b"Extracted on 1 February 2012\n\n" + BURGLARY)
    own.window.returns.receive([file])
    own.settle()
    arrival = own.window.returns.preview.arrival
    assert arrival.extracted.day == date(2012, 2, 1)
    assert not arrival.extracted.isEnabled()


def test_the_plan_is_not_stored_while_a_change_is_on_its_way(own: Desk, tmp_path: Path) -> None:
    preview = given(own, tmp_path)
    preview.arrival.received.setDate(QDate(2012, 2, 3))
    own.window.returns.store()
    assert own.said[-1].text.startswith("Not stored yet: the plan is being made")
    own.settle()
    assert not own.session.records.imports


def test_a_return_that_is_done_with_is_neither_stored_again_nor_left_for_the_next_one(own: Desk) -> None:
    drop(own, attachments(("burglary.csv", BURGLARY), ("robbery.csv", ROBBERY), padded=True))
    page = own.window.returns
    page.leave()
    # The one that was left is still shown while the next is being read.
    assert page.preview.plan is not None
    assert page.preview.plan.file_name == "burglary.csv"
    page.store(leave_open=True)
    page.leave()
    own.settle()
    assert not own.session.records.imports
    assert page.preview.plan.file_name == "robbery.csv"
    assert [line.result.partition(":")[0] for line in page.queue.lines] == ["left", "open"]


def test_enter_pressed_twice_stores_once(own: Desk, tmp_path: Path) -> None:
    answer_all(own, given(own, tmp_path))
    page = own.window.returns
    page.store()
    page.store()
    page.leave()
    own.settle()
    assert len(own.session.records.imports) == 1
    assert [one.text.split(" ")[0] for one in own.said if one.text.startswith("Stored")] == ["Stored"]
    assert page.queue.lines[0].result.startswith("stored as import ")


def test_a_report_for_the_partner_is_saved(own: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given(own, tmp_path)
    out = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    own.window._report_for_partner()
    own.settle()
    assert own.said[-1].text.startswith("Saved the report on burglary.csv for the partner")
    assert "burglary.csv" in out.read_text("utf-8-sig")


def test_a_return_form_is_saved_for_the_chosen_agency(
    own: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "form.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    own.window._return_form()
    form = own.window.returns.form
    assert form.isVisible()
    form.agency.setCurrentIndex(form.agency.findData(police(own)))
    QTest.keyClick(form.agency, Qt.Key.Key_Return)
    own.settle()
    assert own.said[-1].text.startswith("Saved the return form for Metropolitan")
    assert out.read_bytes().startswith(b"PK")
    assert not form.isVisible()


def test_a_source_cell_opens_the_partners_sheet_and_esc_leads_back(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    desk.window.activateWindow()
    assert desk.session.position is not None
    first = desk.session.position.priorities[0]
    desk.window.visit(first.id)
    desk.window.priority.open(first.id, first.indicators[-1].use)
    detail = desk.window.priority.detail
    detail.tabs.setCurrentWidget(detail.sources)
    desk.settle()
    row = detail.sources.model().index(0, 0).data(ROW_ROLE)
    detail.sources.selectRow(0)
    detail.sources.setFocus()
    QTest.keyClick(detail.sources, Qt.Key.Key_Return)
    desk.settle()
    source = desk.window.returns.source
    assert source.isVisible()
    assert desk.window.top.heading.text() == "Stored return, to look at"
    assert source.summary is not None
    assert source.summary.file_name == row.file
    at = source.view.currentIndex()
    assert address(at.row() + 1, at.column() + 1) == row.cell
    assert source.view.sheet_model.sheet.name == row.sheet
    assert source.cell.text() == f"{row.cell}: {row.text}   {row.part} of {row.period}, stored as {row.figure}"
    QTest.keyClick(source.view, Qt.Key.Key_Escape)
    desk.settle()
    assert detail.sources.isVisible()
    assert desk.window.rail.current_key() == first.id


def test_a_stored_return_is_opened_to_look_at(desk: Desk, example_copy: Path) -> None:
    desk.open(example_copy)
    desk.window.visit(RETURNS)
    desk.settle()
    page = desk.window.returns
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    desk.settle()
    assert page.source.isVisible()
    assert page.source.view.sheet_model.rowCount() > 1
    QTest.keyClick(page.source.view, Qt.Key.Key_Escape)
    desk.settle()
    assert page.table.isVisible()


def test_a_question_and_a_problem_lead_to_their_cell(own: Desk, tmp_path: Path) -> None:
    file = tmp_path / "burglary.csv"
    file.write_bytes(b"Offence,April 2010,May 2010,May 2010\nBurglary in a dwelling,220,211,222\n")
    own.window.returns.receive([file])
    own.settle()
    preview = own.window.returns.preview
    plan = preview.plan
    assert plan is not None
    assert plan.problems
    preview.view.setCurrentIndex(preview.view.model().index(0, 0))
    preview.problems.clicked.emit(preview.problems.model().index(0, 0))
    at = preview.view.currentIndex()
    assert plan.problems[0].range.holds(at.row() + 1, at.column() + 1)
    row = next(number for number, one in enumerate(plan.questions) if one.cells)
    preview.questions.table.setCurrentIndex(preview.questions.table.model().index(row, 0))
    at = preview.view.currentIndex()
    assert plan.questions[row].cells[0][1].holds(at.row() + 1, at.column() + 1)
