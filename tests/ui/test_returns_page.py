"""The returns page: how files come in, what is said of each, and what can be done with one."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from scs_desktop.ui.common.messages import Tone
from scs_desktop.ui.returns.dropped import CONTENTS, NAMES, dropped_files, may_be_files
from scs_desktop.ui.window import RETURNS
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
