"""What the reader makes of .xlsx: plain, odd, damaged and hostile ones, each through the child process."""

# ruff: noqa: E501 - a table of examples has one example a line
# ruff: noqa: DTZ001 - a cell has no time zone

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font

from scs_desktop.returns import gate
from scs_desktop.returns.grid import CellError, CellValue, Range, Uncalculated, Workbook, address
from scs_desktop.returns.reader import read_bytes, read_workbook
from tests.returns import hostile
from tests.returns.hostile import sheet, with_parts, xlsx

ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


def read(data: bytes) -> Workbook:
    return read_bytes(data, file_name="return.xlsx")


def first_value(data: bytes) -> CellValue:
    return read(data).sheets[0].value(1, 1)


def deep(levels: int) -> str:
    return hostile.sheet(ROW, after="<extLst>" + "<a>" * levels + "</a>" * levels + "</extLst>")


def strings(texts: str) -> bytes:
    parts = hostile.xlsx_parts(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'), strings=())
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{hostile.MAIN}">{texts}</sst>'
    return hostile.zipped(parts)


LATE_DOCTYPE = (
    f"<?xml version='1.0'?><!--{'x' * 9000}--><!DOCTYPE w [<!ENTITY a 'aaaa'>]>{sheet(ROW).partition('?>')[2]}"
)

REFUSED: list[tuple[str, Callable[[], bytes], type[gate.Refusal], str]] = [
    (
        "entities past the head",
        lambda: with_parts({"xl/worksheets/sheet1.xml": LATE_DOCTYPE}),
        gate.Unsafe,
        "document type",
    ),
    ("nesting", lambda: with_parts({}, deep(100)), gate.TooLarge, "64 levels"),
    (
        "500,001 shared texts",
        lambda: strings("".join(f"<si><t>{n}</t></si>" for n in range(500_001))),
        gate.TooLarge,
        "500,000",
    ),
    ("one huge shared text", lambda: strings(f"<si><t>{'ab' * 20_000}</t></si>"), gate.TooLarge, "32,767"),
    (
        "one huge text in pieces",
        lambda: strings("<si>" + "".join(f"<r><t>{n:>1000}</t></r>" for n in range(40)) + "</si>"),
        gate.TooLarge,
        "32,767",
    ),
    (
        "one huge text in a cell",
        lambda: hostile.value(f"<is><t>{'ab' * 20_000}</t></is>", kind="inlineStr"),
        gate.TooLarge,
        "32,767",
    ),
    (
        "one huge formula text",
        lambda: hostile.value(f"<f>A2</f><v>{'ab' * 20_000}</v>", kind="str"),
        gate.TooLarge,
        "cell A1",
    ),
    ("one enormous number", lambda: hostile.value(f"<v>{'12' * 200_000}</v>"), gate.TooLarge, "characters"),
    ("300 sheets", lambda: hostile.zipped(hostile.xlsx_parts(*[sheet(ROW)] * 300)), gate.TooLarge, "250 sheets"),
    (
        "1,000 sheets",
        lambda: hostile.zipped(hostile.xlsx_parts(*[sheet(ROW)] * 990)),
        gate.TooLarge,
        "250 sheets",
    ),
    ("row 0", lambda: xlsx('<row r="0"><c r="A0"><v>1</v></c></row>'), gate.Damaged, "outside the grid"),
    ("negative row", lambda: xlsx('<row r="-5"><c r="A1"><v>1</v></c></row>'), gate.Damaged, "outside the grid"),
    ("cell at row 0", lambda: xlsx('<row r="1"><c r="A0"><v>1</v></c></row>'), gate.Damaged, "outside the grid"),
    (
        "past the last row",
        lambda: xlsx('<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
        gate.Damaged,
        "outside the grid",
    ),
    (
        "past the last column",
        lambda: xlsx('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        gate.Damaged,
        "outside the grid",
    ),
    (
        "far past the last column",
        lambda: xlsx('<row r="1"><c r="ZZZZ1"><v>1</v></c></row>'),
        gate.Damaged,
        "outside the grid",
    ),
    (
        "row number past all sense",
        lambda: xlsx(f'<row r="{"9" * 500}"><c><v>1</v></c></row>'),
        gate.Damaged,
        "outside the grid",
    ),
    ("no cell at all", lambda: xlsx('<row r="1"><c r="banana"><v>1</v></c></row>'), gate.Damaged, "outside the grid"),
    (
        "more columns than the grid, unaddressed",
        lambda: xlsx("<row>" + "<c><v>1</v></c>" * 16_385 + "</row>"),
        gate.Damaged,
        "past the edge",
    ),
    (
        "rows out of order",
        lambda: xlsx('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'),
        gate.Damaged,
        "out of order",
    ),
    ("the same row twice", lambda: xlsx(ROW + ROW), gate.Damaged, "out of order"),
    (
        "the same cell twice",
        lambda: xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'),
        gate.Damaged,
        "twice",
    ),
    ("a cell of another row", lambda: xlsx('<row r="1"><c r="A2"><v>1</v></c></row>'), gate.Damaged, "in row 1"),
    ("a row in a row", lambda: xlsx('<row r="1"><row r="2"/></row>'), gate.Damaged, "row inside"),
    ("a cell in a cell", lambda: xlsx('<row r="1"><c r="A1"><c r="B1"/></c></row>'), gate.Damaged, "cell inside"),
    (
        "merge outside the grid",
        lambda: xlsx(ROW, after='<mergeCells><mergeCell ref="A1:XFE1"/></mergeCells>'),
        gate.Damaged,
        "merged",
    ),
    (
        "shared text of no such number",
        lambda: hostile.value("<v>7</v>", kind="s"),
        gate.Damaged,
        "texts is missing|does not hold",
    ),
    ("shared text past the list", lambda: strings("").replace(b"", b""), gate.Damaged, "A1 refers to a text"),
    (
        "not well-formed",
        lambda: with_parts({"xl/worksheets/sheet1.xml": sheet(ROW).replace("</row>", "")}),
        gate.Damaged,
        "well-formed",
    ),
    ("XML cut short", lambda: with_parts({"xl/worksheets/sheet1.xml": sheet(ROW)[:-20]}), gate.Damaged, "well-formed"),
    ("empty sheet part", lambda: with_parts({"xl/worksheets/sheet1.xml": ""}), gate.Damaged, "well-formed"),
    (
        "binary sheet part",
        lambda: with_parts({"xl/worksheets/sheet1.xml": bytes(range(256))}),
        gate.Damaged,
        "well-formed",
    ),
    (
        "prefix of nowhere",
        lambda: with_parts({"xl/worksheets/sheet1.xml": "<x:worksheet/>"}),
        gate.Damaged,
        "well-formed",
    ),
    ("no list of sheets", lambda: with_parts({"xl/workbook.xml": None}), gate.Damaged, "missing"),
    ("no sheet part", lambda: with_parts({"xl/worksheets/sheet1.xml": None}), gate.Damaged, "sheet Sheet1 is missing"),
    ("no relationships", lambda: with_parts({"xl/_rels/workbook.xml.rels": None}), gate.Damaged, "none of the sheets"),
    ("sheets listed: none", lambda: hostile.zipped(hostile.xlsx_parts()), gate.Damaged, "lists no sheets"),
    (
        "sheet target that climbs out",
        lambda: hostile.zipped(hostile.xlsx_parts(sheet(ROW), targets=("../../../etc/passwd",))),
        gate.Unsafe,
        "outside the file",
    ),
    (
        "sheet target on a disk",
        lambda: hostile.zipped(hostile.xlsx_parts(sheet(ROW), targets=("file:///C:/secret.xml",))),
        gate.Unsafe,
        "outside the file",
    ),
    (
        "sheet target on another machine",
        lambda: hostile.zipped(hostile.xlsx_parts(sheet(ROW), targets=("\\\\host\\share\\s.xml",))),
        gate.Unsafe,
        "outside the file",
    ),
    (
        "sheet target declared external",
        lambda: hostile.zipped(hostile.xlsx_parts(sheet(ROW), mode=' TargetMode="External"')),
        gate.Unsafe,
        "outside the file",
    ),
    (
        "two sheets that are one part",
        lambda: hostile.zipped(hostile.xlsx_parts(sheet(ROW), sheet(ROW), targets=("worksheets/sheet1.xml",) * 2)),
        gate.Unsafe,
        "same part",
    ),
    (
        "cells spread over the whole grid",
        lambda: xlsx("".join(f'<row r="{n}"><c r="XFD{n}"><v>{n}</v></c></row>' for n in range(1, 1300))),
        gate.TooLarge,
        "20,000,000 places",
    ),
    (
        "merges over merges",
        lambda: xlsx(
            "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="B{n}"><v>2</v></c></row>' for n in range(1, 3000)),
            after="<mergeCells>" + '<mergeCell ref="A1:B3000"/>' * 3000 + "</mergeCells>",
        ),
        gate.Damaged,
        "over one another",
    ),
    (
        "damaged part",
        lambda: hostile.damaged_part(xlsx(), b"xl/worksheets/sheet1.xml"),
        gate.Damaged,
        "sheet1.xml is cut short or fails",
    ),
    (
        "damage in a part nobody needs",
        lambda: hostile.damaged_part(
            with_parts({"docProps/app.xml": "<Properties>" + "x" * 9000 + "</Properties>"}), b"docProps/app.xml"
        ),
        gate.Damaged,
        "app.xml",
    ),
]


@pytest.mark.parametrize(("make", "kind", "words"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_hostile_and_damaged_workbooks_are_refused_for_the_right_reason(
    make: Callable[[], bytes], kind: type[gate.Refusal], words: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(kind, match=words) as refused:
        read(make())
    assert str(refused.value).startswith("“return.xlsx” ")
    caplog.clear()


NOTED: list[tuple[str, Callable[[], bytes], dict[str, CellValue], str]] = [
    (
        "declared extent too small",
        lambda: xlsx(ROW + '<row r="9"><c r="C9"><v>2</v></c></row>', before='<dimension ref="A1"/>'),
        {"A1": 1, "C9": 2},
        "beyond the extent",
    ),
    (
        "declared extent too large",
        lambda: xlsx(ROW, before='<dimension ref="A1:XFD1048576"/>'),
        {"A1": 1},
        "larger extent",
    ),
    (
        "a stray cell in the last corner",
        lambda: xlsx(ROW + '<row r="1048576"><c r="XFD1048576"><v>9</v></c></row>'),
        {"A1": 1, "XFD1048576": 9},
        "XFD1048576",
    ),
    (
        "a million blank rows with formatting",
        lambda: xlsx(
            ROW
            + "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 1_000_002))
            + '<row r="1000003"><c r="A1000003"><v>2</v></c></row>'
        ),
        {"A1": 1, "A1000003": 2},
        "1,000,000 blank rows",
    ),
    (
        "a hundred thousand blank cells with formatting",
        lambda: xlsx(ROW + "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 100_002))),
        {"A1": 1},
        "100,000 blank rows",
    ),
    (
        "no addresses",
        lambda: xlsx("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"),
        {"A1": 1, "B1": 2, "A2": 3},
        "without addresses",
    ),
    (
        "addresses now and then",
        lambda: xlsx('<row r="3"><c><v>1</v></c><c r="D3"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>'),
        {"A3": 1, "D3": 2, "E3": 3, "A4": 4},
        "without addresses",
    ),
    ("no styles", lambda: with_parts({"xl/styles.xml": None}), {"A1": 1}, "no styles"),
    (
        "a sheet in UTF-16",
        lambda: with_parts({"xl/worksheets/sheet1.xml": sheet(ROW).replace("UTF-8", "UTF-16").encode("utf-16")}),
        {"A1": 1},
        "UTF-16",
    ),
    ("macros", lambda: with_parts({"xl/vbaProject.bin": b"\0"}), {"A1": 1}, "macros"),
    (
        "values of other workbooks",
        lambda: with_parts({"xl/externalLinks/externalLink1.xml": "<externalLink/>"}),
        {"A1": 1},
        "may be old",
    ),
    ("hidden row", lambda: xlsx(ROW + '<row r="2" hidden="1"><c r="A2"><v>2</v></c></row>'), {"A2": 2}, "1 hidden row"),
    (
        "hidden column",
        lambda: xlsx(ROW, before='<cols><col min="1" max="1" hidden="1"/></cols>'),
        {"A1": 1},
        "1 hidden column",
    ),
    (
        "hidden sheet",
        lambda: hostile.zipped(hostile.xlsx_parts(sheet(ROW), sheet(ROW), states=("hidden", ""))),
        {"A1": 1},
        "Hidden sheet: “Sheet1”",
    ),
    (
        "very hidden sheet",
        lambda: hostile.zipped(hostile.xlsx_parts(sheet(ROW), sheet(ROW), states=("", "veryHidden"))),
        {"A1": 1},
        "Hidden sheet: “Sheet2”",
    ),
    (
        "values beneath a merge",
        lambda: xlsx(
            '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>',
            after='<mergeCells><mergeCell ref="A1:B1"/></mergeCells>',
        ),
        {"A1": 1, "B1": None, "C1": 3},
        "beneath merged",
    ),
    ("Strict", lambda: with_parts({}, sheet(ROW, namespace=hostile.STRICT)), {"A1": 1}, ""),
    (
        "Strict throughout",
        lambda: hostile.zipped(
            {
                name: content.replace(hostile.MAIN, hostile.STRICT).replace(
                    hostile.OFFICE, "http://purl.oclc.org/ooxml/officeDocument/relationships"
                )
                for name, content in hostile.xlsx_parts(
                    sheet('<row r="1"><c r="A1" t="d"><v>2011-04-01T00:00:00</v></c></row>')
                ).items()
                if isinstance(content, str)
            }
        ),
        {"A1": date(2011, 4, 1)},
        "Strict",
    ),
    (
        "prefixes of one's own",
        lambda: with_parts(
            {
                "xl/worksheets/sheet1.xml": f'<q:worksheet xmlns:q="{hostile.MAIN}"><q:sheetData><q:row r="1"><q:c r="A1"><q:v>1</q:v></q:c></q:row></q:sheetData></q:worksheet>'
            }
        ),
        {"A1": 1},
        "",
    ),
    (
        "an extension's cells are not the sheet's",
        lambda: xlsx(
            ROW, after='<extLst xmlns:x="urn:x"><ext><x:row r="2"><x:c r="A2"><x:v>5</x:v></x:c></x:row></ext></extLst>'
        ),
        {"A1": 1, "A2": None},
        "",
    ),
    (
        "rows within a comment are no rows",
        lambda: xlsx(ROW + '<!-- <row r="2"><c r="A2"><v>5</v></c></row> --><row r="3"><c r="A3"><v>7</v></c></row>'),
        {"A1": 1, "A2": None, "A3": 7},
        "",
    ),
    (
        "a web link is not followed and does no harm",
        lambda: with_parts(
            {
                "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{hostile.PACKAGE}"><Relationship Id="r1" Type="{hostile.OFFICE}/hyperlink" Target="http://host.invalid/" TargetMode="External"/></Relationships>'
            }
        ),
        {"A1": 1},
        "",
    ),
    (
        "a sheet listed but not in it",
        lambda: with_parts(
            {
                "xl/workbook.xml": f'<workbook xmlns="{hostile.MAIN}" xmlns:r="{hostile.OFFICE}"><sheets><sheet name="Gone" sheetId="7" r:id="rId7"/><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'
            }
        ),
        {"A1": 1},
        "left out: “Gone”",
    ),
]


@pytest.mark.parametrize(("make", "cells", "words"), [row[1:] for row in NOTED], ids=[row[0] for row in NOTED])
def test_odd_workbooks_are_read_with_a_note(make: Callable[[], bytes], cells: dict[str, CellValue], words: str) -> None:
    workbook = read(make())
    page = workbook.sheets[0]
    found = {
        address(row, column): page.value(row, column)
        for row in page.rows
        for column in range(1, len(page.rows[row]) + 1)
    }
    for place, expected in cells.items():
        assert found.get(place) == expected, place
    assert words in " ".join(workbook.notices)
    if not words:
        assert workbook.notices == []


VALUES: list[tuple[str, bytes, CellValue]] = [
    ("whole", hostile.value("<v>24</v>"), 24),
    ("decimal", hostile.value("<v>0.28999999999999998</v>"), 0.29),
    ("negative", hostile.value("<v>-3</v>"), -3),
    ("exponent", hostile.value("<v>1.5E-3</v>"), 0.0015),
    ("more digits than a float", hostile.value("<v>12345678901234567890</v>"), 12345678901234567890.0),
    ("plus sign", hostile.value("<v>+5</v>"), 5),
    ("spaces round it", hostile.value("<v> 5 </v>"), 5),
    ("leading zeros", hostile.value("<v>007</v>"), 7),
    ("NaN", hostile.value("<v>NaN</v>"), "NaN"),
    ("INF", hostile.value("<v>INF</v>"), "INF"),
    ("1e400", hostile.value("<v>1e400</v>"), "1e400"),
    ("hexadecimal", hostile.value("<v>0x10</v>"), "0x10"),
    ("underscores", hostile.value("<v>1_000</v>"), "1_000"),
    ("#REF!", hostile.value("<v>#REF!</v>", kind="e"), CellError.REF),
    ("#N/A", hostile.value("<v>#N/A</v>", kind="e"), CellError.NA),
    ("#DIV/0!", hostile.value("<f>1/0</f><v>#DIV/0!</v>", kind="e"), CellError.DIV0),
    ("an error of tomorrow", hostile.value("<v>#BLOCKED!</v>", kind="e"), CellError.VALUE),
    ("formula with its value", hostile.value("<f>SUM(B1:B9)</f><v>45</v>"), 45),
    ("formula with a text", hostile.value("<f>A2&amp;A3</f><v>Barnet</v>", kind="str"), "Barnet"),
    ("formula never calculated", hostile.value("<f>SUM(B1:B9)</f>"), Uncalculated("SUM(B1:B9)")),
    ("formula with an empty value", hostile.value("<f>SUM(B1:B9)</f><v></v>"), Uncalculated("SUM(B1:B9)")),
    ("formula that gives an empty text", hostile.value('<f>""</f><v></v>', kind="str"), None),
    ("true", hostile.value("<v>1</v>", kind="b"), True),
    ("false", hostile.value("<v>0</v>", kind="b"), False),
    ("text in the cell", hostile.value("<is><t>Barnet</t></is>", kind="inlineStr"), "Barnet"),
    (
        "text in pieces",
        hostile.value("<is><r><t>Bar</t></r><r><t>net</t></r><rPh><t>x</t></rPh></is>", kind="inlineStr"),
        "Barnet",
    ),
    ("spaces kept", hostile.value('<is><t xml:space="preserve">  Barnet </t></is>', kind="inlineStr"), "  Barnet "),
    ("escapes undone", hostile.value("<is><t>a_x000A_b_x005F_c</t></is>", kind="inlineStr"), "a\nb_c"),
    ("half a surrogate", hostile.value("<is><t>a_xD800_b</t></is>", kind="inlineStr"), "a\ufffdb"),
    ("beginning with =", hostile.value("<is><t>=cmd|'/c calc'!A1</t></is>", kind="inlineStr"), "=cmd|'/c calc'!A1"),
    ("beginning with @", hostile.value("<is><t>@SUM(1)</t></is>", kind="inlineStr"), "@SUM(1)"),
    ("ampersand", hostile.value("<is><t>Hammersmith &amp; Fulham</t></is>", kind="inlineStr"), "Hammersmith & Fulham"),
    ("right to left", hostile.value("<is><t>a\u202eb\u200bc</t></is>", kind="inlineStr"), "a\u202eb\u200bc"),
    ("date as text", hostile.value("<is><t>31/02/2024</t></is>", kind="inlineStr"), "31/02/2024"),
    ("number as text", hostile.value("<is><t>00123</t></is>", kind="inlineStr"), "00123"),
    ("empty text", hostile.value("<is><t></t></is>", kind="inlineStr"), None),
    ("blank", hostile.value("", style=1), None),
    ("date", hostile.value("<v>40634</v>", style=2), date(2011, 4, 1)),
    ("month", hostile.value("<v>40634</v>", style=8), date(2011, 4, 1)),
    ("moment", hostile.value("<v>40634.75</v>", style=3), datetime(2011, 4, 1, 18, 0)),
    ("time", hostile.value("<v>0.75</v>", style=4), time(18, 0)),
    ("elapsed", hostile.value("<v>1.5</v>", style=5), timedelta(hours=36)),
    ("day 1", hostile.value("<v>1</v>", style=2), date(1900, 1, 1)),
    ("day 59", hostile.value("<v>59</v>", style=2), date(1900, 2, 28)),
    ("day 60", hostile.value("<v>60</v>", style=2), 60),
    ("day 61", hostile.value("<v>61</v>", style=2), date(1900, 3, 1)),
    ("day 0", hostile.value("<v>0</v>", style=2), 0),
    ("day -1", hostile.value("<v>-1</v>", style=2), -1),
    ("day 1e10", hostile.value("<v>1e10</v>", style=2), 1e10),
    ("last day", hostile.value("<v>2958465</v>", style=2), date(9999, 12, 31)),
    ("day after the last", hostile.value("<v>2958466</v>", style=2), 2958466),
    ("over 100 %", hostile.value("<v>1.24</v>", style=1), 1.24),
    ("a style of no such number", hostile.value("<v>5</v>", style=999), 5),
    ("ISO date", hostile.value("<v>2011-04-01</v>", kind="d"), date(2011, 4, 1)),
    ("ISO date that is none", hostile.value("<v>2011-02-31</v>", kind="d"), "2011-02-31"),
    ("an unknown kind of cell", hostile.value("<v>5</v>", kind="zz"), 5),
]


@pytest.mark.parametrize(("data", "expected"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES])
def test_each_kind_of_value_is_what_the_sheet_holds(data: bytes, expected: CellValue) -> None:
    found = first_value(data)
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize("serial", ["0", "60", "1e10", "-1"])
def test_a_number_shown_as_a_date_that_is_none_is_said(serial: str) -> None:
    (notice,) = read(hostile.value(f"<v>{serial}</v>", style=2)).notices
    assert "in A1" in notice


def test_days_count_from_1904_where_the_file_says_so() -> None:
    rows = '<row r="1"><c r="A1" s="2"><v>0</v></c><c r="B1" s="2"><v>39172</v></c><c r="C1" s="2"><v>60</v></c></row>'
    workbook = read(xlsx(rows, properties=' date1904="1"'))
    assert workbook.date_1904
    assert workbook.sheets[0].rows[1] == [date(1904, 1, 1), date(2011, 4, 1), date(1904, 3, 1)]


def test_formats_indents_and_bold_stand_beside_the_values() -> None:
    cells = "".join(
        f'<c r="{column}1" s="{style}"><v>0.24</v></c>' for column, style in zip("ABCD", (1, 6, 7, 9), strict=True)
    )
    page = read(xlsx(f'<row r="1">{cells}<c r="E1" s="1"/></row>')).sheets[0]
    assert page.formats == {(1, 1): "0%", (1, 4): "#,##0"}
    assert page.bold == {(1, 2)}
    assert page.indents == {(1, 3): 2}


def test_what_openpyxl_writes_is_read_whole(tmp_path: Path) -> None:
    """The sheet as an officer knows it: titles, merges, hidden parts, comments, leading blank rows and columns."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "Table 1 "
    page["B3"] = "Recorded crime"
    page["B3"].font = Font(bold=True)
    page.merge_cells("B3:D3")
    page["C4"], page["D4"] = date(2011, 4, 1), datetime(2011, 5, 1, 9, 30)
    page["B5"] = "of which burglary"
    page["B5"].alignment = Alignment(indent=1)
    page["C5"], page["D5"] = 12, 0.245
    page["D5"].number_format = "0.0%"
    page["C6"] = "=SUM(C5:C5)"
    page["D6"] = "#N/A"
    page["C5"].comment = Comment("provisional", "A. Officer")
    page.row_dimensions[5].hidden = True
    page.column_dimensions["D"].hidden = True
    other = book.create_sheet("Lookup")
    other.sheet_state = "hidden"
    other["A1"] = "x"
    path = tmp_path / "return.xlsx"
    book.save(path)

    workbook = read_workbook(path)
    assert [(each.name, each.hidden) for each in workbook.sheets] == [("Table 1 ", False), ("Lookup", True)]
    first = workbook.sheets[0]
    assert first.rows == {
        3: [None, "Recorded crime"],
        4: [None, None, date(2011, 4, 1), datetime(2011, 5, 1, 9, 30)],
        5: [None, "of which burglary", 12, 0.245],
        6: [None, None, Uncalculated("SUM(C5:C5)"), CellError.NA],
    }
    assert first.merges == [Range(3, 2, 3, 4)]
    assert first.formats[5, 4] == "0.0%"
    assert first.hidden_rows == {5}
    assert first.hidden_columns == {4}
    assert first.indents == {(5, 2): 1}
    assert first.bold == {(3, 2)}
    assert first.comments == {(5, 3): "provisional"}
    assert workbook.formats_known


def test_the_quick_lane_and_the_parser_read_the_same() -> None:
    """The same table, once as every program writes it and once so that only the XML parser can take it."""
    kinds = ["<c r='{c}{r}'><v>{r}</v></c>", "<c r='{c}{r}' s='1'><v>0.{r}</v></c>", "<c r='{c}{r}' s='2'><v>{d}</v></c>",
             "<c r='{c}{r}' t='s'><v>0</v></c>", "<c r='{c}{r}' t='inlineStr'><is><t>text {r}</t></is></c>",
             "<c r='{c}{r}' t='b'><v>1</v></c>", "<c r='{c}{r}' s='6'/>", "<c r='{c}{r}'><f>A{r}</f><v>{r}.5</v></c>",
             "<c r='{c}{r}' t='e'><v>#N/A</v></c>"]  # fmt: skip

    def rows(make: str) -> str:
        text = ""
        for number in range(1, 60):
            order = [kinds[(number // 7 + shift) % len(kinds)] for shift in range(len(kinds))]
            cells = "".join(k.format(c=c, r=number, d=40_000 + number) for c, k in zip("ABCDEFGHI", order, strict=True))
            hidden = " hidden='1'" if number % 10 == 0 else ""
            text += make.format(number, hidden, cells)
        return text

    usual = rows("<row r='{0}'{1}>{2}</row>").replace("'", '"')
    unusual = rows("<!-- --><row r='{0}'{1}>{2}</row>")
    quick, parsed = (read(xlsx(text, strings=("Barnet",))) for text in (usual, unusual))
    assert quick.sheets == parsed.sheets
    assert len(quick.sheets[0].rows) == 59


STORED = st.sampled_from(
    [
        "5",
        "-1.5",
        "007",
        "1e5",
        "1E400",
        "NaN",
        " 5",
        "",
        "+3",
        "0",
        "60",
        "40000",
        "40000.5",
        "1e10",
        "-0",
        "0.1",
        "x",
        "1,2",
        "12345678901234567",
    ]
)
STYLE = st.sampled_from(["", ' s="1"', ' s="2"', ' s="4"', ' s="5"', ' s="9"', ' s="99"'])
CELL = st.one_of(
    st.builds('<c r="@"{}/>'.format, STYLE),
    st.builds('<c r="@"{}><v>{}</v></c>'.format, STYLE, STORED),
    st.builds('<c r="@"{} t="n"><v>{}</v></c>'.format, STYLE, STORED),
    st.builds('<c r="@"{}><f>A1</f><v>{}</v></c>'.format, STYLE, STORED),
    st.builds('<c r="@"{} t="s"><v>{}</v></c>'.format, STYLE, st.sampled_from(["0", "1", "00"])),
    st.builds(
        '<c r="@"{} t="inlineStr"><is><t>{}</t></is></c>'.format,
        STYLE,
        st.sampled_from(["a", "_x0041_", "null", " b ", "&amp;", "é"]),
    ),
    st.builds('<c r="@"{} t="str"><f>A1</f><v>{}</v></c>'.format, STYLE, st.sampled_from(["t", "", "_x0041_"])),
    st.builds('<c r="@"{} t="b"><v>{}</v></c>'.format, STYLE, st.sampled_from(["0", "1"])),
    st.builds('<c r="@"{} t="e"><v>#N/A</v></c>'.format, STYLE),
    st.just(""),
)


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.lists(CELL, min_size=1, max_size=6), st.integers(1, 4), st.sampled_from(["", ' hidden="1"'])),
        max_size=5,
    )
)
def test_both_lanes_agree_on_any_rows(blocks: list[tuple[list[str], int, str]]) -> None:
    """Rows in runs of the same make, in every form of cell; a comment before them closes the quick lane."""
    text, number = "", 0
    for cells, times, hidden in blocks:
        for _ in range(times):
            number += 1
            made = "".join(
                cell.replace("@", f"{letter}{number}") for letter, cell in zip("ABCDEF", cells, strict=False)
            )
            text += f'<row r="{number}"{hidden}>{made}</row>'
    quick, parsed = (read(xlsx(before + text, strings=("Barnet", "Brent"))) for before in ("", "<!-- -->"))
    assert quick.sheets == parsed.sheets
    assert quick.notices == parsed.notices


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.integers(-(10**14), 10**14),
                # openpyxl itself writes sixteen digits and no more.
                st.floats(-1e15, 1e15, allow_nan=False).map(lambda number: float(f"{number:.15g}")),
                st.booleans(),
                st.dates(date(1900, 3, 1), date(2100, 1, 1)),
                st.text(
                    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff_"),
                    min_size=1,
                    max_size=20,
                ),
            ),
            max_size=6,
        ),
        max_size=8,
    )
)
def test_any_table_that_openpyxl_writes_reads_back(table: list[list[CellValue]]) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row, values in enumerate(table, 1):
        for column, content in enumerate(values, 1):
            cell = page.cell(row, column, content)  # type: ignore[arg-type]
            if isinstance(content, str):
                cell.data_type = "s"
    sink = io.BytesIO()
    book.save(sink)
    found = read(sink.getvalue()).sheets[0]
    for row, values in enumerate(table, 1):
        for column, content in enumerate(values, 1):
            assert found.value(row, column) == content
