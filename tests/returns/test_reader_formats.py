"""What the reader makes of .xls, .xlsb, .ods, .csv and .tsv, and of encrypted workbooks."""

# ruff: noqa: E501 - a table of examples has one example a line
# ruff: noqa: DTZ001 - a cell has no time zone

from __future__ import annotations

import io
import os
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scs_desktop.returns import gate
from scs_desktop.returns.grid import CellError, CellValue, FileFormat, Range, Sheet, Uncalculated, Workbook
from scs_desktop.returns.reader import open_archive, read_bytes
from tests.returns import hostile
from tests.returns.hostile import ods, ods_table

# --- .xls ---------------------------------------------------------------------------------------------------------


def test_an_xls_is_read_with_all_that_its_sheets_show() -> None:
    workbook = read_bytes(hostile.xls(), file_name="return.xls")
    assert workbook.format is FileFormat.XLS
    figures, lookup = workbook.sheets
    assert figures.name == "Figures ", "trailing spaces are part of the name"
    assert figures.rows == {
        2: [None, "Burglary"],
        3: [12, 0.245, date(2011, 4, 1)],
        4: [True, CellError.NA],
        5: [10_000_000_000],
    }
    assert type(figures.value(3, 1)) is int
    assert figures.formats == {(3, 2): "0.0%", (3, 3): "dd/mm/yyyy", (5, 1): "dd/mm/yyyy"}
    assert figures.merges == [Range(2, 2, 2, 4)]
    assert figures.hidden_rows == {4}
    assert figures.hidden_columns == {3}
    assert figures.bold == {(2, 2)}
    assert figures.indents == {(2, 2): 1}
    assert lookup.hidden
    told = " ".join(workbook.notices)
    assert "in A5" in told
    assert "Hidden sheet: “Lookup”" in told


def test_an_xls_of_1904() -> None:
    workbook = read_bytes(hostile.xls(date_1904=True), file_name="return.xls")
    assert workbook.date_1904
    assert workbook.sheets[0].value(3, 3) == date(2015, 4, 2)


@pytest.mark.parametrize("length", [30, 200, 600, 900])
def test_an_xls_cut_short_ends_as_a_refusal_or_with_the_cells_before(length: int) -> None:
    try:
        workbook = read_bytes(hostile.xls()[:length], file_name="return.xls")
    except gate.Damaged as refusal:
        assert "“return.xls” is damaged" in str(refusal)  # noqa: PT017 - either way is right, a crash is not
    else:
        assert all(isinstance(page, Sheet) for page in workbook.sheets)


# --- .xlsb --------------------------------------------------------------------------------------------------------


def test_an_xlsb_is_read_with_all_that_its_sheet_shows() -> None:
    workbook = read_bytes(hostile.xlsb(), file_name="return.xlsb")
    assert workbook.format is FileFormat.XLSB
    (figures,) = workbook.sheets
    assert figures.name == "Figures "
    assert figures.rows == {
        2: [None, "Burglary"],
        3: [0.245, date(2011, 4, 1), CellError.NA, True],
        4: ["computed", 12],
    }
    assert figures.merges == [Range(2, 2, 2, 5)]
    assert figures.formats == {(3, 1): "0.0%", (3, 2): "dd/mm/yyyy"}
    assert figures.bold == {(2, 2)}
    assert figures.hidden_rows == {4}
    assert figures.hidden_columns == {3}
    assert "2 values beneath merged cells" in " ".join(workbook.notices)


def test_another_reader_agrees_on_the_xlsb() -> None:
    """calamine, which shows less, sees the same values."""
    import python_calamine

    other = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(hostile.xlsb()))
    assert other.get_sheet_by_index(0).to_python(skip_empty_area=False) == [
        ["", "", "", ""],
        ["", "Burglary", 1234, 12.5],
        [0.245, date(2011, 4, 1), "", True],
        ["computed", 12.0, "", ""],
    ]


BROKEN_XLSB: list[tuple[str, bytes, type[gate.Refusal]]] = [
    ("a record past the end", b"\x05\x7f\x00", gate.Damaged),
    ("a cell outside a row", hostile.record(1, bytes(8)), gate.Damaged),
    ("a row past the grid", hostile.record(0, b"\xff\xff\xff\xff" + bytes(20)), gate.Damaged),
    ("a column past the grid", hostile.record(0, bytes(20)) + hostile.record(1, b"\xff\xff\xff\x7f" + bytes(4)), gate.Damaged),
    ("a text of no such number", hostile.record(0, bytes(20)) + hostile.record(7, bytes(8) + b"\x63\0\0\0"), gate.Damaged),
    ("a text longer than its record", hostile.record(0, bytes(20)) + hostile.record(6, bytes(8) + b"\x63\0\0\0"), gate.Damaged),
    ("a text too long", hostile.record(0, bytes(20)) + hostile.record(6, bytes(8) + b"\xff\xff\xff\0"), gate.TooLarge),
    ("a cell cut short", hostile.record(0, bytes(20)) + hostile.record(5, bytes(9)), gate.Damaged),
    ("rows out of order", hostile.record(0, b"\5" + bytes(19)) + hostile.record(4, bytes(9)) + hostile.record(0, bytes(20)) + hostile.record(4, bytes(9)), gate.Damaged),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "kind"), [row[1:] for row in BROKEN_XLSB], ids=[row[0] for row in BROKEN_XLSB])
def test_a_broken_xlsb_is_refused(rows: bytes, kind: type[gate.Refusal]) -> None:
    with pytest.raises(kind, match=r"“return\.xlsb”"):
        read_bytes(hostile.xlsb(rows), file_name="return.xlsb")


# --- .ods ---------------------------------------------------------------------------------------------------------


def cell(content: str = "", **attributes: str) -> str:
    told = "".join(f' {key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f"<table:table-cell{told}>{f'<text:p>{content}</text:p>' if content else ''}</table:table-cell>"


def number(value: str, **attributes: str) -> str:
    return cell(value, office__value_type="float", office__value=value, **attributes)


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row{attributes}>{''.join(cells)}</table:table-row>"


def read_ods(tables: str) -> Workbook:
    return read_bytes(ods(tables), file_name="return.ods")


ODS_VALUES: list[tuple[str, str, CellValue]] = [
    ("whole", number("24"), 24),
    ("decimal", number("0.5"), 0.5),
    ("percentage", cell("24%", office__value_type="percentage", office__value="0.24"), 0.24),
    ("money", cell("£5", office__value_type="currency", office__value="5", office__currency="GBP"), 5),
    ("date", cell("1 April", office__value_type="date", office__date_value="2011-04-01"), date(2011, 4, 1)),
    ("moment", cell("x", office__value_type="date", office__date_value="2011-04-01T09:30:00"), datetime(2011, 4, 1, 9, 30)),
    ("time", cell("x", office__value_type="time", office__time_value="PT09H30M00S"), time(9, 30)),
    ("elapsed", cell("x", office__value_type="time", office__time_value="PT36H00M00S"), timedelta(hours=36)),
    ("truth", cell("TRUE", office__value_type="boolean", office__boolean_value="true"), True),
    ("text", cell("Barnet", office__value_type="string"), "Barnet"),
    ("text with spaces", cell("a<text:s text:c='3'/>b<text:tab/>c<text:line-break/>d", office__value_type="string"), "a   b\tc\nd"),
    ("text in spans", cell("Bar<text:span>net</text:span>", office__value_type="string"), "Barnet"),
    ("two paragraphs", cell("a</text:p><text:p>b", office__value_type="string"), "a\nb"),
    ("text under the cell's attribute", cell(office__value_type="string", office__string_value="Barnet"), "Barnet"),
    ("#DIV/0!", cell("#DIV/0!", table__formula="of:=1/0", office__value_type="string", calcext__value_type="error"), CellError.DIV0),
    ("#N/A", cell("#N/A", table__formula="of:=NA()", office__value_type="string", calcext__value_type="error"), CellError.NA),
    ("Err:502", cell("Err:502", table__formula="of:=X", office__value_type="string", calcext__value_type="error"), CellError.VALUE),
    ("never calculated", cell(table__formula="of:=SUM([.A2])"), Uncalculated("of:=SUM([.A2])")),
    ("NaN", cell("x", office__value_type="float", office__value="NaN"), "NaN"),
    ("1e400", cell("x", office__value_type="float", office__value="1e400"), "1e400"),
    ("date that is none", cell("x", office__value_type="date", office__date_value="2024-02-31"), "2024-02-31"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"), [case[1:] for case in ODS_VALUES], ids=[case[0] for case in ODS_VALUES]
)
def test_each_kind_of_value_of_an_ods(written: str, expected: CellValue) -> None:
    found = read_ods(ods_table(row(written))).sheets[0].value(1, 1)
    assert found == expected
    assert type(found) is type(expected)


def test_an_ods_is_read_with_all_that_its_sheets_show() -> None:
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:default-cell-style-name="thousands"/>'
        '<table:table-column table:visibility="collapse"/>'
    )
    blank = row(cell(table__number_columns_repeated="16384"), attributes=' table:number-rows-repeated="2"')
    head = row(
        cell(),
        cell(
            "Recorded crime", office__value_type="string", table__style_name="head", table__number_columns_spanned="2"
        ),
        '<table:covered-table-cell/><table:table-cell office:value-type="float" office:value="5"><office:annotation>'
        "<text:p>A note</text:p></office:annotation><text:p>5</text:p></table:table-cell>",
    )
    figures = row(
        cell("24%", office__value_type="percentage", office__value="0.24", table__style_name="percent"),
        cell("1/4/11", office__value_type="date", office__date_value="2011-04-01", table__style_name="day"),
        number("1234"),
    )
    hidden = row(number("7"), attributes=' table:visibility="filter"')
    rest = row(cell(table__number_columns_repeated="16384"), attributes=' table:number-rows-repeated="1048570"')
    gone = ods_table(row(number("1")), name="Lookup", attributes=' table:style-name="gone"')
    workbook = read_ods(ods_table(blank + head + figures + hidden + rest, name="Table 1 ", columns=columns) + gone)
    page, lookup = workbook.sheets
    assert page.name == "Table 1 "
    assert page.rows == {3: [None, "Recorded crime", None, 5], 4: [0.24, date(2011, 4, 1), 1234], 5: [7]}
    assert page.formats == {(4, 1): "0.0%", (4, 2): "dd/mm/yyyy", (4, 3): "#,##0"}
    assert page.merges == [Range(3, 2, 3, 3)]
    assert page.bold == {(3, 2)}
    assert page.indents == {(3, 2): 2}
    assert page.hidden_rows == {5}
    assert page.hidden_columns == {4}
    assert page.comments == {(3, 4): "A note"}
    assert lookup.hidden


def test_a_percentage_without_a_style_is_still_a_percentage() -> None:
    page = read_ods(ods_table(row(cell("24%", office__value_type="percentage", office__value="0.24")))).sheets[0]
    assert page.formats == {(1, 1): "0%"}


def test_repeats_are_written_out() -> None:
    page = read_ods(
        ods_table(row(number("3", table__number_columns_repeated="4"), attributes=' table:number-rows-repeated="3"'))
    ).sheets[0]
    assert page.rows == {1: [3] * 4, 2: [3] * 4, 3: [3] * 4}


ODS_REFUSED: list[tuple[str, Callable[[], bytes], type[gate.Refusal], str]] = [
    (
        "a filled row repeated down the sheet",
        lambda: ods(ods_table(row(number("1", table__number_columns_repeated="100"), attributes=' table:number-rows-repeated="1000000"'))),
        gate.TooLarge,
        "repeats a row",
    ),
    (
        "filled rows repeated again and again",
        lambda: ods(ods_table(row(number("1", table__number_columns_repeated="16384"), attributes=' table:number-rows-repeated="200"') * 3)),
        gate.TooLarge,
        "5,000,000",
    ),
    ("a cell past the edge", lambda: ods(ods_table(row(cell(table__number_columns_repeated="16384"), number("1")))), gate.Damaged, "past the edge"),
    (
        "a row past the edge",
        lambda: ods(ods_table(row(cell(), attributes=' table:number-rows-repeated="1048576"') + row(number("1")))),
        gate.Damaged,
        "past the edge",
    ),
    ("a huge text", lambda: ods(ods_table(row(cell("ab" * 20_000, office__value_type="string")))), gate.TooLarge, "32,767"),
    ("spaces without number", lambda: ods(ods_table(row(cell("<text:s text:c='999999999'/>", office__value_type="string")))), gate.TooLarge, "32,767"),
    ("nesting", lambda: ods(ods_table(row("<table:table-cell>" + "<x>" * 90 + "</x>" * 90 + "</table:table-cell>"))), gate.TooLarge, "64 levels"),
    ("300 tables", lambda: ods(ods_table(row(number("1"))) * 300), gate.TooLarge, "250 sheets"),
    ("not well-formed", lambda: ods("<table:table>"), gate.Damaged, "well-formed"),
    ("no spreadsheet in it", lambda: ods("", body="office:text"), gate.NotASpreadsheet, "not a spreadsheet"),
    ("entities", lambda: ods("", extra={"content.xml": '<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>'}), gate.Unsafe, "document type"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("make", "kind", "words"), [case[1:] for case in ODS_REFUSED], ids=[case[0] for case in ODS_REFUSED]
)
def test_hostile_ods_are_refused(make: Callable[[], bytes], kind: type[gate.Refusal], words: str) -> None:
    with pytest.raises(kind, match=words):
        read_bytes(make(), file_name="return.ods")


# --- .csv and .tsv ------------------------------------------------------------------------------------------------

TABLE: list[list[str | None]] = [
    ["area", "month", "figure"],
    ["Barnet", "2011-04", "00123"],
    ["Brent", "2011-05", "1,234.50"],
]
CSVS: list[tuple[str, bytes, list[list[str | None]]]] = [
    ("commas", b'area,month,figure\nBarnet,2011-04,00123\nBrent,2011-05,"1,234.50"\n', TABLE),
    ("semicolons", b"area;month;figure\r\nBarnet;2011-04;00123\r\nBrent;2011-05;1,234.50\r\n", TABLE),
    ("tabs", b"area\tmonth\tfigure\nBarnet\t2011-04\t00123\nBrent\t2011-05\t1,234.50\n", TABLE),
    ("bars", b"area|month|figure\nBarnet|2011-04|00123\nBrent|2011-05|1,234.50\n", TABLE),
    ("old Macintosh lines", b'area,month,figure\rBarnet,2011-04,00123\rBrent,2011-05,"1,234.50"\r', TABLE),
    ("Excel's hint", b"sep=;\r\narea;month;figure\r\nBarnet;2011-04;00123\r\nBrent;2011-05;1,234.50", TABLE),
    ("decimal commas", b"area;x;y\nBarnet;1,5;2,5\nBrent;3,5;4,5\n", [["area", "x", "y"], ["Barnet", "1,5", "2,5"], ["Brent", "3,5", "4,5"]]),
    ("newline in quotes", b'area,note\nBarnet,"two\nlines"\n', [["area", "note"], ["Barnet", "two\nlines"]]),
    ("quotes in quotes", b'area,note\nBarnet,"the ""new"" ward"\n', [["area", "note"], ["Barnet", 'the "new" ward']]),
    ("an inch mark", b'area,note\nBarnet,5" knife\n', [["area", "note"], ["Barnet", '5" knife']]),
    ("UTF-8 mark", "area,note\nBarnet,£\n".encode("utf-8-sig"), [["area", "note"], ["Barnet", "£"]]),
    ("UTF-8", "area,note\nBarnet,£\n".encode(), [["area", "note"], ["Barnet", "£"]]),
    ("Windows-1252", "area,note\nBarnet,£\u2013\n".encode("cp1252"), [["area", "note"], ["Barnet", "£\u2013"]]),
    ("UTF-16 with its mark", "area,note\nBarnet,£\n".encode("utf-16"), [["area", "note"], ["Barnet", "£"]]),
    ("UTF-16 without", "area,note\nBarnet,1\n".encode("utf-16-be"), [["area", "note"], ["Barnet", "1"]]),
    ("notes above", b"Recorded crime\nSource: police, 2011\n\narea,month,figure\nA,1,2\nB,1,2\nC,1,2\nD,3,4\n", [["Recorded crime"], ["Source: police", " 2011"], [], ["area", "month", "figure"], ["A", "1", "2"], ["B", "1", "2"], ["C", "1", "2"], ["D", "3", "4"]]),
    ("blanks", b"area,,figure,\n,,,\nBarnet,,1,\n", [["area", None, "figure"], [], ["Barnet", None, "1"]]),
    ("one column", b"figure\n1\n2\n", [["figure"], ["1"], ["2"]]),
    ("formulas are text", b"=1+1,@x,-5,+5\n", [["=1+1", "@x", "-5", "+5"]]),
    ("spaces stay", b"a, b ,c\n", [["a", " b ", "c"]]),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), [case[1:] for case in CSVS], ids=[case[0] for case in CSVS])
def test_text_tables_are_read_as_they_stand(data: bytes, expected: list[list[str | None]]) -> None:
    workbook = read_bytes(data, file_name="return.csv")
    (page,) = workbook.sheets
    assert page.name == ""
    assert page.rows == {number: values for number, values in enumerate(expected, 1) if values}


def test_a_text_table_tells_its_separator_and_its_encoding() -> None:
    workbook = read_bytes("a\tb\n£\t1\n".encode("cp1252"), file_name="return.csv")
    assert workbook.format is FileFormat.TSV
    assert not workbook.formats_known
    assert "Windows-1252" in workbook.notices[0]


CSV_REFUSED: list[tuple[str, Callable[[], bytes], type[gate.Refusal], str]] = [
    (
        "a quotation mark never closed",
        lambda: b'area,figure\nBarnet,"12\nBrent,13\n',
        gate.Damaged,
        "line 2 and never closed",
    ),
    (
        "never closed, in a long file",
        lambda: b'area,figure\nBarnet,"12\n' + b"Brent,13\n" * 9000,
        gate.Damaged,
        "line 2 and never closed",
    ),
    ("a field too long", lambda: b"area,figure\nBarnet," + b"1" * 40_000, gate.TooLarge, "row 2"),
    ("a line too long", lambda: b"1," * 9_000_000, gate.TooLarge, "line of more than"),
    ("too many columns", lambda: b"1," * 20_000 + b"\n", gate.TooLarge, "16,384 columns"),
    ("too many rows", lambda: b"1\n" * 1_048_577, gate.TooLarge, "1,048,576 rows"),
]


@pytest.mark.parametrize(
    ("make", "kind", "words"), [case[1:] for case in CSV_REFUSED], ids=[case[0] for case in CSV_REFUSED]
)
def test_broken_text_tables_are_refused(make: Callable[[], bytes], kind: type[gate.Refusal], words: str) -> None:
    with pytest.raises(kind, match=words):
        read_bytes(make(), file_name="return.csv")


@settings(max_examples=60)
@given(
    st.lists(
        st.lists(
            st.text(
                st.characters(codec="utf-8", exclude_characters="\0\r\x1a", exclude_categories=("Cc", "Cs")),
                min_size=1,
                max_size=12,
            ),
            min_size=2,
            max_size=5,
        ),
        min_size=1,
        max_size=6,
    ),
)
def test_any_table_of_texts_reads_back(table: list[list[str]]) -> None:
    import csv

    sink = io.StringIO()
    sink.write("a,b\n")
    csv.writer(sink, quoting=csv.QUOTE_ALL).writerows(table)
    page = read_bytes(sink.getvalue().encode("utf-8-sig"), file_name="return.csv").sheets[0]
    assert [page.rows[number] for number in range(2, len(table) + 2)] == table


# --- encrypted ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def secret() -> bytes:
    return hostile.encrypted(hostile.with_parts({"xl/media/image1.png": os.urandom(4000)}), "Correct horse")


def test_an_encrypted_workbook_asks_for_its_password(secret: bytes) -> None:
    with pytest.raises(gate.PasswordNeeded, match=r"“return\.xlsx” is encrypted") as refused:
        read_bytes(secret, file_name="return.xlsx")
    assert not isinstance(refused.value, gate.WrongPassword)


def test_a_wrong_password_is_called_wrong(secret: bytes) -> None:
    with pytest.raises(gate.WrongPassword, match="does not open it"):
        read_bytes(secret, file_name="return.xlsx", password="incorrect")  # noqa: S106 - a password for a test


def test_the_right_password_opens_it(secret: bytes) -> None:
    workbook = read_bytes(secret, file_name="return.xlsx", password="Correct horse")  # noqa: S106 - as above
    assert workbook.sheets[0].rows == {1: [1]}
    assert workbook.format is FileFormat.XLSX
    assert not any("Correct horse" in notice for notice in workbook.notices)


def test_a_workbook_protected_against_change_alone_asks_nothing() -> None:
    data = hostile.encrypted(hostile.with_parts({"xl/media/image1.png": os.urandom(4000)}), "VelvetSweatshop")
    assert read_bytes(data, file_name="return.xlsx").sheets[0].rows == {1: [1]}


def test_what_is_inside_the_encryption_passes_the_gate_too() -> None:
    bomb = hostile.with_parts(
        {"xl/media/a.png": os.urandom(4000), "xl/styles.xml": '<!DOCTYPE s [<!ENTITY a "b">]><s/>'}
    )
    with pytest.raises(gate.Unsafe, match="document type"):
        read_bytes(hostile.encrypted(bomb, "p"), file_name="return.xlsx", password="p")  # noqa: S106 - as above


# --- archives -----------------------------------------------------------------------------------------------------


def test_the_workbooks_of_an_archive_are_read_one_by_one() -> None:
    data = hostile.zipped({"April.xlsx": hostile.xlsx(), "May.csv": "area,figure\nBarnet,1\n"})
    read = {
        member.file_name: read_bytes(member.data, file_name=member.file_name)
        for member in open_archive(data, "returns.zip")
    }
    assert {name: workbook.format for name, workbook in read.items()} == {
        "April.xlsx": FileFormat.XLSX,
        "May.csv": FileFormat.CSV,
    }
