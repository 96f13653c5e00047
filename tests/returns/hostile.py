"""Workbooks made by code: plain ones part by part, and every way in which one can be odd, damaged or hostile.

Nothing here uses a spreadsheet library, so that what a library would never write can be written too.
"""

# ruff: noqa: E501 - markup stays as a file has it

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
ROOT_RELS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>'
)
# Styles 0 plain, 1 percent, 2 day, 3 moment, 4 time, 5 elapsed, 6 bold, 7 indented by 2, 8 month, 9 thousands.
STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="mmm-yy"/>'
    '<numFmt numFmtId="165" formatCode="[h]:mm"/><numFmt numFmtId="166" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
    "<fonts><font><sz val='11'/></font><font><b/></font></fonts><cellStyleXfs><xf numFmtId='9' fontId='1'/></cellStyleXfs>"
    "<cellXfs><xf numFmtId='0' fontId='0'/><xf numFmtId='9' fontId='0'/><xf numFmtId='14' fontId='0'/>"
    "<xf numFmtId='166' fontId='0'/><xf numFmtId='20' fontId='0'/><xf numFmtId='165' fontId='0'/>"
    "<xf numFmtId='0' fontId='1'/><xf numFmtId='0' fontId='0'><alignment indent='2'/></xf>"
    "<xf numFmtId='164' fontId='0'/><xf numFmtId='3' fontId='0'/></cellXfs></styleSheet>"
)


def zipped(
    parts: Mapping[str, Sequence[object]] | Iterable[tuple[str, Sequence[object]]],
    method: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """Return a zip archive of the parts, in their order; a list may name a part twice."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", method) as archive:
        for name, content in parts.items() if isinstance(parts, Mapping) else parts:
            assert isinstance(content, bytes | str)
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return sink.getvalue()


def sheet(rows: str, *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """Return a sheet part around its rows."""
    return (
        f'{DECLARATION}<worksheet xmlns="{namespace}" xmlns:r="{OFFICE}">{before}'
        f"<sheetData>{rows}</sheetData>{after}</worksheet>"
    )


def xlsx_parts(
    *sheets: str,
    names: tuple[str, ...] = (),
    states: tuple[str, ...] = (),
    strings: tuple[str, ...] | None = None,
    properties: str = "",
    targets: tuple[str, ...] = (),
    mode: str = "",
) -> dict[str, bytes | str]:
    """Return the parts of an .xlsx with these sheet parts, to be changed before they are zipped."""
    listed, links = "", ""
    for number in range(1, len(sheets) + 1):
        name = names[number - 1] if names else f"Sheet{number}"
        state = f' state="{states[number - 1]}"' if states and states[number - 1] else ""
        target = targets[number - 1] if targets else f"worksheets/sheet{number}.xml"
        listed += f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'
        links += f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="{target}"{mode}/>'
    links += f'<Relationship Id="rIdS" Type="{OFFICE}/styles" Target="styles.xml"/>'
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": ROOT_RELS,
        "xl/workbook.xml": (
            f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><workbookPr{properties}/>'
            f"<sheets>{listed}</sheets></workbook>"
        ),
        "xl/styles.xml": STYLES,
    }
    if strings is not None:
        links += f'<Relationship Id="rIdT" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        items = "".join(f"<si><t>{text}</t></si>" for text in strings)
        parts["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{MAIN}">{items}</sst>'
    parts["xl/_rels/workbook.xml.rels"] = f'{DECLARATION}<Relationships xmlns="{PACKAGE}">{links}</Relationships>'
    parts |= {f"xl/worksheets/sheet{number}.xml": content for number, content in enumerate(sheets, 1)}
    return parts


def xlsx(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', **how: object) -> bytes:
    """Return an .xlsx of one sheet with these rows; `before` and `after` go round the rows, the rest to `xlsx_parts`."""
    around = {key: str(how.pop(key)) for key in ("before", "after", "namespace") if key in how}
    return zipped(xlsx_parts(sheet(rows, **around), **how))  # type: ignore[arg-type]


def with_parts(changes: Mapping[str, bytes | str | None], *sheets: str, **how: object) -> bytes:
    """Return an .xlsx with parts replaced, added, or (None) left out."""
    parts = xlsx_parts(*(sheets or (sheet('<row r="1"><c r="A1"><v>1</v></c></row>'),)), **how)  # type: ignore[arg-type]
    for name, content in changes.items():
        if content is None:
            del parts[name]
        else:
            parts[name] = content
    return zipped(parts)


def value(content: str, *, style: int = 0, kind: str = "") -> bytes:
    """Return an .xlsx whose cell A1 holds this."""
    attributes = (f' s="{style}"' if style else "") + (f' t="{kind}"' if kind else "")
    return xlsx(f'<row r="1"><c r="A1"{attributes}>{content}</c></row>')


def compound(*streams: str) -> bytes:
    """Return the outside of an old Office file: its signature and a directory that names these streams."""
    data = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0"))
    for name in ("Root Entry", *streams):
        coded = name.encode("utf-16-le") + b"\0\0"
        data += coded.ljust(64, b"\0") + struct.pack("<H", len(coded)) + bytes(62)
    return bytes(data.ljust(2048, b"\0"))


def local_header(name: bytes, content: bytes, *, flags: int = 0, method: int = 0) -> bytes:
    """Return a zip's header of one part, with the part."""
    head = struct.pack(
        "<4s5H3I2H",
        b"PK\x03\x04",
        20,
        flags,
        method,
        0,
        0,
        zlib.crc32(content),
        len(content),
        len(content),
        len(name),
        0,
    )
    return head + name + content


def central(
    name: bytes, content: bytes, offset: int, *, flags: int = 0, method: int = 0, size: int | None = None
) -> bytes:
    """Return a zip's directory entry of one part."""
    told = len(content) if size is None else size
    return (
        struct.pack(
            "<4s6H3I5H2I", b"PK\x01\x02", 20, 20, flags, method, 0, 0, zlib.crc32(content), len(content), told,
            len(name), 0, 0, 0, 0, 0, offset,
        )
        + name
    )  # fmt: skip


def raw_zip(entries: list[tuple[bytes, bytes]], directory: list[bytes]) -> bytes:
    """Return an archive of stored parts with a directory of one's own making."""
    body = b"".join(local_header(name, content) for name, content in entries)
    listing = b"".join(directory)
    return (
        body
        + listing
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, len(directory), len(directory), len(listing), len(body), 0)
    )


def overlapping() -> bytes:
    """Return an archive in which a hundred parts are one and the same stretch of the file."""
    name, content = b"xl/workbook.xml", b"<workbook/>"
    return raw_zip([(name, content)], [central(name if n == 0 else b"xl/p%d.xml" % n, content, 0) for n in range(100)])


def two_names() -> bytes:
    """Return an archive whose part is called one thing in the directory and another at its place."""
    content = b"<workbook/>"
    return raw_zip([(b"xl/workbook.xml", content)], [central(b"xl/evilbook.xml", content, 0)])


def renamed(data: bytes, old: bytes, new: bytes) -> bytes:
    """Return an archive with a part's name overwritten by one of the same length, in both places."""
    assert len(old) == len(new)
    assert data.count(old) >= 2
    return data.replace(old, new)


def damaged_part(data: bytes, name: bytes) -> bytes:
    """Return an archive with one byte of a part turned round, its stored checksum as before."""
    at = data.index(name) + len(name) + 8
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def biff(kind: int, body: bytes = b"") -> bytes:
    """Return one record of an .xls."""
    return struct.pack("<2H", kind, len(body)) + body


def _biff_text(text: str, width: int = 2) -> bytes:
    return struct.pack("<H" if width == 2 else "<B", len(text)) + b"\x01" + text.encode("utf-16-le")


def xls(*, date_1904: bool = False) -> bytes:
    """Return an .xls as a bare stream of records, with one of everything.

    A text, a number, a date, a percentage, a truth value, an error, a merge, a hidden row, a hidden column, and a
    second sheet that is hidden.
    """
    begin = struct.pack("<4H2I", 0x0600, 0x0005, 0, 0, 0, 0x06)
    fonts = b"".join(
        biff(
            0x31,
            struct.pack("<5H4B", 200, 1 if bold else 0, 0x7FFF, 700 if bold else 400, 0, 0, 0, 0, 0)
            + _biff_text("Arial", 1),
        )
        for bold in (False, False, False, False, False, True)
    )
    formats = biff(0x41E, struct.pack("<H", 164) + _biff_text("0.0%")) + biff(
        0x41E, struct.pack("<H", 165) + _biff_text("dd/mm/yyyy")
    )
    # Styles 0 plain, 1 percent, 2 date, 3 bold with an indent of 1.
    looks = [(0, 0, 0), (164, 0, 0), (165, 0, 0), (0, 6, 1)]
    styles = b"".join(
        biff(0xE0, struct.pack("<3H4B", font, code, 0x0001, 0x20, 0, indent, 0) + bytes(10))
        for code, font, indent in looks
    )
    front = (
        biff(0x809, begin)
        + biff(0x42, struct.pack("<H", 1200))
        + biff(0x22, struct.pack("<H", int(date_1904)))
        + fonts
        + formats
        + styles
    )
    names = ("Figures ", "Lookup")
    listing = sum(len(biff(0x85, bytes(6) + _biff_text(name, 1))) for name in names)
    first = (
        biff(0x809, struct.pack("<4H2I", 0x0600, 0x0010, 0, 0, 0, 0x06))
        + biff(0x7D, struct.pack("<6H", 2, 2, 2048, 0, 1, 0))
        + biff(0x200, struct.pack("<2I3H", 0, 5, 0, 6, 0))
        + biff(0x208, struct.pack("<6HI", 3, 0, 6, 255, 0, 0, 0x20))
        + biff(0x204, struct.pack("<3H", 1, 1, 3) + _biff_text("Burglary"))
        + biff(0x203, struct.pack("<3Hd", 2, 0, 0, 12.0))
        + biff(0x203, struct.pack("<3Hd", 2, 1, 1, 0.245))
        + biff(0x203, struct.pack("<3Hd", 2, 2, 2, 40634.0))
        + biff(0x205, struct.pack("<3H2B", 3, 0, 0, 1, 0))
        + biff(0x205, struct.pack("<3H2B", 3, 1, 0, 0x2A, 1))
        + biff(0x203, struct.pack("<3Hd", 4, 0, 2, 1e10))
        + biff(0xE5, struct.pack("<5H", 1, 1, 1, 1, 3))
        + biff(0x0A)
    )
    second = (
        biff(0x809, struct.pack("<4H2I", 0x0600, 0x0010, 0, 0, 0, 0x06))
        + biff(0x203, struct.pack("<3Hd", 0, 0, 0, 1.5))
        + biff(0x0A)
    )
    at = len(front) + listing + 4
    sheets = biff(0x85, struct.pack("<IH", at, 0) + _biff_text(names[0], 1))
    sheets += biff(0x85, struct.pack("<IH", at + len(first), 1) + _biff_text(names[1], 1))
    return front + sheets + biff(0x0A) + first + second


def record(kind: int, body: bytes = b"") -> bytes:
    """Return one record of an .xlsb."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = bytearray()
    left = len(body)
    while True:
        length.append(left & 0x7F | (0x80 if left > 127 else 0))
        left >>= 7
        if not left:
            return head + bytes(length) + body


def wide(text: str) -> bytes:
    """Return a text as an .xlsb counts it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: bytes | None = None, *, strings: tuple[str, ...] = ("Burglary", "Robbery")) -> bytes:
    """Return an .xlsb with one of everything, or with these records for its rows.

    A text, numbers in both forms, a date, a percentage, an error, a truth value, a formula's text, a merge, a hidden
    row and column.
    """

    def row(number: int, *, hidden: bool = False) -> bytes:
        return record(0, struct.pack("<2IH3B", number, 0, 300, 0, 0x10 if hidden else 0, 0) + struct.pack("<I", 0))

    def cell(kind: int, column: int, body: bytes, style: int = 0) -> bytes:
        return record(kind, struct.pack("<2I", column, style) + body)

    if rows is None:
        rows = (
            row(1)
            + cell(7, 1, struct.pack("<I", 0), 3)
            + cell(2, 2, struct.pack("<I", (1234 << 2) | 2))
            + cell(2, 3, struct.pack("<I", (1250 << 2) | 3))
            + row(2)
            + cell(5, 0, struct.pack("<d", 0.245), 1)
            + cell(5, 1, struct.pack("<d", 40634.0), 2)
            + cell(3, 2, b"\x2a")
            + cell(4, 3, b"\x01")
            + row(3, hidden=True)
            + cell(8, 0, wide("computed") + bytes(10))
            + cell(9, 1, struct.pack("<d", 12.0) + bytes(10))
            + row(4)
            + cell(1, 0, b"", 1)
        )
    styles = (
        record(278)
        + record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 164) + wide("0.0%")) + record(616)
        + record(611, struct.pack("<I", 2))
        + b"".join(record(43, struct.pack("<3H", 220, 0, weight) + bytes(15) + wide("Calibri")) for weight in (400, 700))
        + record(612)
        + record(617, struct.pack("<I", 4))
        + b"".join(
            record(47, struct.pack("<5H2B", 0, code, font, 0, 0, 0, indent) + bytes(4))
            for code, font, indent in ((0, 0, 0), (164, 0, 0), (14, 0, 0), (0, 1, 1))
        )
        + record(618) + record(279)
    )  # fmt: skip
    page = (
        record(129) + record(148, struct.pack("<4I", 1, 4, 0, 3)) + record(390) + record(60, struct.pack("<4IH", 2, 2, 2048, 0, 1)) + record(391)
        + record(145) + rows + record(146)
        + record(177, struct.pack("<I", 1)) + record(176, struct.pack("<4I", 1, 1, 1, 1 + 3)) + record(178) + record(130)
    )  # fmt: skip
    book = (
        record(131) + record(153, struct.pack("<2I", 0, 0) + wide("")) + record(143)
        + record(156, struct.pack("<2I", 0, 1) + wide("rId1") + wide("Figures "))
        + record(144) + record(132)
    )  # fmt: skip
    texts = record(159, struct.pack("<2I", len(strings), len(strings)))
    texts += b"".join(record(19, b"\0" + wide(text)) for text in strings) + record(160)
    links = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in (
            ("rId1", "worksheet", "worksheets/sheet1.bin"), ("rId2", "styles", "styles.bin"), ("rId3", "sharedStrings", "sharedStrings.bin"),
        )
    )  # fmt: skip
    return zipped({
        "[Content_Types].xml": CONTENT_TYPES.replace("workbook.xml", "workbook.bin"),
        "_rels/.rels": ROOT_RELS.replace("workbook.xml", "workbook.bin"),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/worksheets/sheet1.bin": page,
        "xl/styles.bin": styles,
        "xl/sharedStrings.bin": texts,
    })  # fmt: skip


ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
ODS_STYLES = (
    '<number:percentage-style style:name="N1"><number:number number:decimal-places="1"/><number:text>%</number:text>'
    '</number:percentage-style><number:date-style style:name="N2"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/></number:date-style>'
    '<number:number-style style:name="N3"><number:number number:decimal-places="0" number:grouping="true"/></number:number-style>'
    '<style:style style:name="percent" style:family="table-cell" style:data-style-name="N1"/>'
    '<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>'
    '<style:style style:name="thousands" style:family="table-cell" style:data-style-name="N3"/>'
    '<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    '<style:paragraph-properties fo:margin-left="7.06mm"/></style:style>'
    '<style:style style:name="gone" style:family="table"><style:table-properties table:display="false"/></style:style>'
)


def ods(tables: str, *, body: str = "office:spreadsheet", extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return an .ods with this inside its spreadsheet."""
    content = (
        f"{DECLARATION}<office:document-content {ODS_NAMES}><office:automatic-styles>{ODS_STYLES}</office:automatic-styles>"
        f"<office:body><{body}>{tables}</{body}></office:body></office:document-content>"
    )
    return zipped({
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content,
        "styles.xml": f"<office:document-styles {ODS_NAMES}/>",
        "META-INF/manifest.xml": "<manifest/>",
        **(extra or {}),
    })  # fmt: skip


def ods_table(rows: str, *, name: str = "Sheet1", attributes: str = "", columns: str = "") -> str:
    """Return one table of an .ods."""
    return f'<table:table table:name="{name}"{attributes}>{columns}{rows}</table:table>'


def encrypted(data: bytes, password: str) -> bytes:
    """Return an Office workbook encrypted under a password, as Excel does it; of 4 KB or more, as Excel's are."""
    from msoffcrypto.format.ooxml import OOXMLFile

    sink = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, sink)
    return sink.getvalue()
