"""What the gate says of a file before any parser sees it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from scs_desktop.domain.errors import RefusedError, UserError
from scs_desktop.returns import archive, gate, refusals
from scs_desktop.returns.grid import FileFormat
from tests.returns import hostile

PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
HTML_TABLE = b"<html><body><table><tr><td>Burglary</td><td>12</td></tr></table></body></html>"
EXCEL_2003 = (
    b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>'
)
FLAT_ODS = b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'
DOCX = hostile.zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"})
PPTX = hostile.zipped({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<presentation/>"})
ODT = hostile.zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<office/>"})
NUMBERS = hostile.zipped({"Index/Document.iwa": b"\0\1"})
ENCRYPTED_ODS = hostile.ods("", extra={"META-INF/manifest.xml": "<manifest:encryption-data/>"})
PLAIN = hostile.xlsx()

# What arrives, under which name, which kind of refusal it gets, and the words that the sentence must have.
NOT_SPREADSHEETS: list[tuple[str, bytes, str, type[gate.Refusal], str]] = [
    ("empty", b"", "return.xlsx", gate.EmptyFile, "empty"),
    ("blank text", b" \r\n\r\n \t ", "return.csv", gate.EmptyFile, "blank"),
    ("pdf", b"%PDF-1.7\n%\xe2\xe3", "return.pdf", gate.NotASpreadsheet, "PDF"),
    ("pdf as xlsx", b"%PDF-1.7\n%\xe2\xe3", "return.xlsx", gate.NotASpreadsheet, "PDF"),
    ("rtf", b"{\\rtf1\\ansi}", "return.rtf", gate.NotASpreadsheet, "RTF"),
    ("png", PNG, "return.xls", gate.NotASpreadsheet, "picture"),
    ("jpeg", b"\xff\xd8\xff\xe0" + bytes(50), "scan.jpg", gate.NotASpreadsheet, "picture"),
    ("gif", b"GIF89a" + bytes(50), "scan.gif", gate.NotASpreadsheet, "picture"),
    ("sqlite", b"SQLite format 3\0" + bytes(100), "return.csv", gate.NotASpreadsheet, "database"),
    ("gzip", b"\x1f\x8b\x08" + bytes(30), "return.csv.gz", gate.NotASpreadsheet, "gzip"),
    ("7z", b"7z\xbc\xaf\x27\x1c" + bytes(30), "returns.7z", gate.NotASpreadsheet, "7-Zip"),
    ("rar", b"Rar!\x1a\x07\x00" + bytes(30), "returns.rar", gate.NotASpreadsheet, "RAR"),
    ("program", b"MZ\x90\0\3" + bytes(60), "return.xlsx", gate.NotASpreadsheet, "program"),
    ("noise", bytes(range(256)) * 8, "return.csv", gate.NotASpreadsheet, "not a spreadsheet"),
    ("html named xls", HTML_TABLE, "return.xls", gate.NotASpreadsheet, "web page"),
    (
        "html fragment",
        b"  <!-- export -->\n<TABLE><tr><td>1</td></tr></TABLE>",
        "r.xls",
        gate.NotASpreadsheet,
        "web page",
    ),
    ("html with mark", b"\xef\xbb\xbf<!DOCTYPE html><html></html>", "return.csv", gate.NotASpreadsheet, "web page"),
    ("Excel 2003", EXCEL_2003, "return.xls", gate.NotASpreadsheet, "Excel 2003"),
    ("flat ods", FLAT_ODS, "return.fods", gate.NotASpreadsheet, "OpenDocument"),
    ("other xml", b"<?xml version='1.0'?><figures/>", "return.xml", gate.NotASpreadsheet, "XML"),
    ("text named xlsx", b"area\tfigure\nBarnet\t1\n", "return.xlsx", gate.NotASpreadsheet, "text file under the name"),
    ("text named xls", b"area,figure\nBarnet,1\n", "return.xls", gate.NotASpreadsheet, "text file under the name"),
    ("text named docx", b"Dear colleague", "letter.docx", gate.NotASpreadsheet, "not named as a table"),
    ("mail", b"Received: from mail\nSubject: return\n", "return.eml", gate.NotASpreadsheet, "e-mail"),
    ("SYLK", b"ID;PWXL;N;E\r\nP;PGeneral\r\n", "return.slk", gate.NotASpreadsheet, "SYLK"),
    ("web archive", b"MIME-Version: 1.0\nX: y\n", "return.mht", gate.NotASpreadsheet, "e-mail or web"),
    ("docx", DOCX, "letter.docx", gate.NotASpreadsheet, "Word"),
    ("docx as xlsx", DOCX, "return.xlsx", gate.NotASpreadsheet, "Word"),
    ("pptx", PPTX, "board.pptx", gate.NotASpreadsheet, "PowerPoint"),
    ("odt", ODT, "letter.odt", gate.NotASpreadsheet, "text document"),
    ("numbers", NUMBERS, "return.numbers", gate.NotASpreadsheet, "Apple"),
    ("doc", hostile.compound("WordDocument"), "letter.doc", gate.NotASpreadsheet, "Word"),
    ("ppt", hostile.compound("PowerPoint Document"), "b.ppt", gate.NotASpreadsheet, "PowerPoint"),
    ("msg", hostile.compound("__properties_version1.0"), "mail.msg", gate.NotASpreadsheet, "Outlook"),
    ("compound without a workbook", hostile.compound("Other"), "return.xls", gate.Damaged, "without a workbook"),
    ("compound cut short", hostile.compound("Workbook")[:300], "return.xls", gate.Damaged, "cut short"),
    ("Excel's lock file", b"\5owner" + bytes(160), "~$return.xlsx", gate.LockFile, "Excel keeps"),
    ("LibreOffice's lock file", b",owner,laptop,;", ".~lock.return.ods#", gate.LockFile, "LibreOffice keeps"),
    ("encrypted ods", ENCRYPTED_ODS, "return.ods", gate.CannotDecrypt, "password"),
    ("zip of returns", hostile.zipped({"a.csv": "x,1"}), "returns.zip", gate.IsArchive, "1 table or workbook"),
    ("zip of pictures", hostile.zipped({"a.png": PNG}), "photos.zip", gate.NotASpreadsheet, "without a workbook"),
    ("empty zip", hostile.zipped({}), "return.xlsx", gate.NotASpreadsheet, "empty zip"),
    ("package without sheets", hostile.zipped({"[Content_Types].xml": "<Types/>"}), "r.xlsx", gate.Damaged, "lost"),
]

# Archives that lie: what is wrong, the bytes, the refusal.
ARCHIVES: list[tuple[str, Callable[[], bytes], type[gate.Refusal], str]] = [
    ("half of it", lambda: PLAIN[: len(PLAIN) // 2], gate.Damaged, "cut short"),
    ("last bytes missing", lambda: PLAIN[:-10], gate.Damaged, "cut short"),
    ("first bytes only", lambda: PLAIN[:4], gate.Damaged, "cut short"),
    ("20,000 parts", lambda: hostile.zipped({f"xl/p{n}.xml": "" for n in range(20_000)}), gate.TooLarge, "1,000"),
    (
        "whitespace bomb",
        lambda: hostile.with_parts({"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 20_000_000 + b"</worksheet>"}),
        gate.TooLarge,
        "100 times",
    ),
    (
        "a part too large",
        lambda: hostile.raw_zip(
            [(b"xl/a.xml", b"x")], [hostile.central(b"xl/a.xml", b"x", 0, size=200 * refusals.MIB)]
        ),
        gate.TooLarge,
        "100 MB",
    ),
    ("overlapping parts", hostile.overlapping, gate.Unsafe, "two different ways|overlap"),
    ("two names for one part", hostile.two_names, gate.Unsafe, "two different ways"),
    ("a part twice", lambda: hostile.zipped([("xl/a.xml", "1"), ("xl/A.xml", "2")]), gate.Unsafe, "twice"),
    ("absolute name", lambda: hostile.zipped({"/etc/xl.xml": "1"}), gate.Unsafe, "outside the file"),
    ("drive name", lambda: hostile.zipped({"C:/xl/a.xml": "1"}), gate.Unsafe, "outside the file"),
    ("name that climbs", lambda: hostile.zipped({"xl/../../a.xml": "1"}), gate.Unsafe, "outside the file"),
    ("name that climbs, Windows", lambda: hostile.zipped({"xl\\..\\..\\a.xml": "1"}), gate.Unsafe, "outside the file"),
    (
        "name with a zero byte",
        lambda: hostile.renamed(hostile.zipped({"xl/aXb.xml": "1"}), b"xl/aXb.xml", b"xl/a\0b.xml"),
        gate.Unsafe,
        "name",
    ),
    ("bzip2", lambda: hostile.zipped({"xl/workbook.xml": "<x/>"}, zipfile.ZIP_BZIP2), gate.Unsafe, "method"),
    ("lzma", lambda: hostile.zipped({"xl/workbook.xml": "<x/>"}, zipfile.ZIP_LZMA), gate.Unsafe, "method"),
    (
        "zip with a password",
        lambda: hostile.raw_zip([(b"xl/a.xml", b"x")], [hostile.central(b"xl/a.xml", b"x", 0, flags=1)]),
        gate.CannotDecrypt,
        "password",
    ),
    (
        "a part beyond the end",
        lambda: hostile.raw_zip([(b"xl/a.xml", b"x")], [hostile.central(b"xl/a.xml", b"x", 90_000)]),
        gate.Damaged,
        "damaged",
    ),
    (
        "entities",
        lambda: hostile.with_parts({"xl/sharedStrings.xml": '<!DOCTYPE s [<!ENTITY a "aaaa">]><sst>&a;</sst>'}),
        gate.Unsafe,
        "document type",
    ),
    (
        "entities in UTF-16",
        lambda: hostile.with_parts(
            {"xl/styles.xml": '<!DOCTYPE s [<!ENTITY a "aaaa">]><styleSheet/>'.encode("utf-16")}
        ),
        gate.Unsafe,
        "document type",
    ),
    (
        "document type where nobody reads",
        lambda: hostile.with_parts({"docProps/core.xml": '<?xml version="1.0"?><!DOCTYPE c SYSTEM "http://x/y"><c/>'}),
        gate.Unsafe,
        "document type",
    ),
]


@pytest.mark.parametrize(
    ("data", "name", "kind", "words"), [row[1:] for row in NOT_SPREADSHEETS], ids=[row[0] for row in NOT_SPREADSHEETS]
)
def test_each_other_kind_of_file_is_named_for_what_it_is(
    data: bytes, name: str, kind: type[gate.Refusal], words: str
) -> None:
    with pytest.raises(kind, match=words) as refused:
        gate.inspect(data, name)
    assert type(refused.value) is kind
    sentence = str(refused.value)
    assert sentence.startswith(f"“{name}” ")
    assert sentence.endswith(".")
    assert sentence.count(": ") >= 1, "what is wrong, then what to do"


@pytest.mark.parametrize(("make", "kind", "words"), [row[1:] for row in ARCHIVES], ids=[row[0] for row in ARCHIVES])
def test_archives_that_lie_are_refused(make: Callable[[], bytes], kind: type[gate.Refusal], words: str) -> None:
    with pytest.raises(kind, match=words) as refused:
        gate.inspect(make(), "return.xlsx")
    assert type(refused.value) is kind


@pytest.mark.parametrize(
    ("data", "name", "expected", "noted"),
    [
        (PLAIN, "return.xlsx", FileFormat.XLSX, False),
        (PLAIN, "return.xls", FileFormat.XLSX, True),
        (PLAIN, "return.csv", FileFormat.XLSX, True),
        (PLAIN, "attachment", FileFormat.XLSX, True),
        (hostile.with_parts({"xl/vbaProject.bin": b"x"}), "return.xlsm", FileFormat.XLSM, False),
        (hostile.xls(), "return.xls", FileFormat.XLS, False),
        (hostile.compound("Workbook"), "return.xls", FileFormat.XLS, False),
        (hostile.compound("Book"), "return.xlsx", FileFormat.XLS, True),
        (hostile.xlsb(), "return.xlsb", FileFormat.XLSB, False),
        (hostile.ods(""), "return.ods", FileFormat.ODS, False),
        (b"area,figure\nBarnet,1\n", "return.csv", FileFormat.CSV, False),
        (b"BM Ward,2011\nBarnet,1\n", "return.csv", FileFormat.CSV, False),
        (b"ID;Place;figure\n1;Barnet;2\n", "return.csv", FileFormat.CSV, False),
        (b"area\tfigure\n", "return.tsv", FileFormat.TSV, False),
        ("area,figure\nBarnet,1\n".encode("utf-16"), "return.csv", FileFormat.CSV, False),
        ("area,figure\n".encode("utf-16-le"), "return.txt", FileFormat.CSV, False),
        (b"area;figure\nCaf\xe9;1\n", "attachment", FileFormat.CSV, False),
    ],
)
def test_spreadsheets_pass_by_their_content(data: bytes, name: str, expected: FileFormat, noted: bool) -> None:
    passed = gate.inspect(data, name)
    assert passed.format is expected
    assert bool(passed.notices) is noted


def test_an_encrypted_workbook_passes_as_one_to_be_decrypted() -> None:
    passed = gate.inspect(hostile.compound("EncryptionInfo", "EncryptedPackage"), "return.xlsx")
    assert passed.wrapping is gate.Wrapping.ENCRYPTED_OOXML


def test_a_refusal_is_the_officers_sentence() -> None:
    refusal = gate.Damaged("is damaged").named("June.xlsx")
    assert isinstance(refusal, RefusedError)
    assert isinstance(refusal, UserError)
    assert (
        str(refusal)
        == "“June.xlsx” is damaged: open it in Excel and save it again, or ask the partner to send it again."
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\officer\\return.xlsx", "return.xlsx"),
        ("report\u202excod.xlsx", "reportxcod.xlsx"),
        ("zero\u200bwidth.csv", "zerowidth.csv"),
        ("line\nbreak\x1b[2J.csv", "linebreak[2J.csv"),
        ("", "the file"),
        ("...", "..."),
        ("CON.xlsx", "CON.xlsx"),
        ("return.xlsx.exe", "return.xlsx.exe"),
    ],
)
def test_names_are_shown_safely(name: str, shown: str) -> None:
    assert refusals.shown_name(name) == shown


def test_a_very_long_name_is_cut_in_the_middle() -> None:
    shown = refusals.shown_name("a" * 5_000 + ".xlsx")
    assert len(shown) <= 80
    assert shown.endswith("aaaa.xlsx")


def test_a_workbook_over_the_limit_is_refused_by_the_name_of_the_limit() -> None:
    with pytest.raises(gate.TooLarge, match="25 MB"):
        gate.inspect(b"PK\x03\x04".ljust(refusals.MAX_FILE_BYTES + 1, b"\0"), "return.xlsx")


def test_a_text_file_may_be_larger_but_not_boundless(monkeypatch: pytest.MonkeyPatch) -> None:
    line = b"Barnet,Burglary,12\n"
    assert gate.inspect(line * (refusals.MAX_FILE_BYTES // len(line) + 10), "return.csv").format is FileFormat.CSV
    monkeypatch.setattr(gate, "MAX_TEXT_FILE_BYTES", 1000)
    with pytest.raises(gate.TooLarge, match="limit"):
        gate.inspect(line * 100, "return.csv")


def test_the_sum_of_all_parts_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 500)
    with pytest.raises(gate.TooLarge, match="unpacks to"):
        gate.inspect(PLAIN, "return.xlsx")


def test_files_that_cannot_be_opened_say_why(tmp_path: Path) -> None:
    with pytest.raises(gate.Unreadable, match=r"“gone\.xlsx” is not there"):
        gate.load(tmp_path / "gone.xlsx")
    with pytest.raises(gate.Unreadable, match="is a folder"):
        gate.load(tmp_path)


def test_a_large_file_is_not_read_to_its_end_to_be_refused(tmp_path: Path) -> None:
    large = tmp_path / "return.xlsx"
    with large.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(3_000_000_000)
    data = gate.load(large)
    assert len(data) == refusals.MAX_FILE_BYTES + 1
    with pytest.raises(gate.TooLarge):
        gate.inspect(data, large.name)


def test_an_archive_gives_its_workbooks_in_memory_under_their_bare_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = hostile.zipped({
        "April/return.xlsx": PLAIN,
        "April/~$return.xlsx": b"lock",
        "__MACOSX/April/._return.xlsx": b"mac",
        "notes.txt": "hello",
        "May/": "",
        "May/figures.csv": "a,b\n1,2\n",
    })  # fmt: skip
    found = gate.members(data, "returns.zip")
    assert [(member.file_name, member.place) for member in found] == [
        ("return.xlsx", "April/return.xlsx"),
        ("figures.csv", "May/figures.csv"),
    ]
    assert found[0].data == PLAIN
    assert list(tmp_path.iterdir()) == [], "nothing is written out"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04 not really", gate.Damaged),
        (b"no zip at all", gate.NotASpreadsheet),
        (hostile.zipped({"notes.txt": "hello"}), gate.NotASpreadsheet),
        (hostile.zipped({"../../return.csv": "a,b"}), gate.Unsafe),
        (
            hostile.damaged_part(hostile.zipped({"return.csv": "Barnet,Burglary,12\n" * 50}), b"return.csv"),
            gate.Damaged,
        ),
    ],
)
def test_archives_pass_the_same_checks(data: bytes, kind: type[gate.Refusal]) -> None:
    with pytest.raises(kind, match=r"“returns\.zip”"):
        gate.members(data, "returns.zip")


def test_an_archive_inside_an_archive_is_not_opened() -> None:
    inner = hostile.zipped({"return.csv": "a,b"})
    (member,) = gate.members(hostile.zipped({"inner.xlsx": inner}), "returns.zip")
    with pytest.raises(gate.IsArchive):
        gate.inspect(member.data, member.file_name)


def test_the_gate_takes_a_moment_only() -> None:
    """A file of many parts near the limit: the directory and the heads are all that is read."""
    import time

    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in hostile.xlsx_parts(hostile.sheet("")).items():
            out.writestr(name, content)
        for number in range(900):
            out.writestr(f"xl/media/image{number}.png", PNG)
    begun = time.perf_counter()
    gate.inspect(sink.getvalue(), "return.xlsx")
    assert time.perf_counter() - begun < 1.0
