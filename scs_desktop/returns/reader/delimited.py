"""A .csv or .tsv: encoding and separator found from the content, every value kept as text exactly as it stands.

Nothing is made a number here: "00123" stays "00123", and what a text means is for the notation to say. Streamed, so
that a file of 200 MB takes no more memory than its filled cells.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from scs_desktop.returns.grid import FileFormat
from scs_desktop.returns.kinds import sample_text
from scs_desktop.returns.reader.answer import Answer, SheetNotes, encode
from scs_desktop.returns.refusals import MAX_COLUMN, MAX_ROW, MAX_TEXT, Damaged, TooLarge, count_text

_SAMPLE = 65_536
_SAMPLE_ROWS = 200
_MAX_LINE = 16 * 1024 * 1024
_STEP = 1 << 20
# In this order where several fit: a tab hardly ever stands in a text, a comma often does (and in 1,5 elsewhere).
_SEPARATORS = "\t;|,"
_NEARLY_ALL = 0.95


@dataclass(slots=True)
class _Lines:
    """Lines for the csv reader, remembering how many quotation marks the record under way has had."""

    stream: io.TextIOWrapper
    quotes: int = 0
    lines: int = 0

    def __iter__(self) -> Iterator[str]:
        while line := self.stream.readline(_MAX_LINE):
            if len(line) >= _MAX_LINE:
                raise TooLarge(f"holds a line of more than {count_text(_MAX_LINE)} characters, which is the limit")
            self.quotes += line.count('"')
            self.lines += 1
            yield line


def encoding(data: bytes) -> str:
    """Tell the encoding: by its mark, by the zero bytes of UTF-16, else UTF-8 if all of it is, else Windows-1252."""
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = data[:_SAMPLE]
    if 0 in sample:
        return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), _STEP):
            decoder.decode(data[at : at + _STEP])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def separator(text: str, default: str = ",") -> str:
    """Tell the separator from the first rows: the one that cuts nearly all of them into the same number of fields."""
    best, best_score = default, 0.0
    for candidate in _SEPARATORS:
        widths = _widths(text, candidate)
        several = [width for width in widths if width > 1]
        if not several:
            continue
        _, agreeing = Counter(several).most_common(1)[0]
        score = agreeing / len(widths)
        if score >= _NEARLY_ALL:
            return candidate
        # Rows of notes above and under a table leave it short of all; the rows that are cut at all then speak too.
        score = (score + len(several) / len(widths)) / 2
        if score > best_score:
            best, best_score = candidate, score
    return best


def _widths(text: str, candidate: str) -> list[int]:
    widths = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=candidate):
            if any(row):
                widths.append(len(row))
            if len(widths) >= _SAMPLE_ROWS:
                break
    except csv.Error:
        return widths
    # The sample may end within a row.
    return widths[:-1] if len(text) >= _SAMPLE // 2 and len(widths) > 1 else widths


def read(data: bytes, form: FileFormat, answer: Answer) -> None:
    """Read the table and send it as one sheet without a name. Raises TooLarge, Damaged."""
    coding = encoding(data)
    if coding == "cp1252":
        answer.note("The text is not UTF-8; it was read as Western European (Windows-1252).")
    raw = io.BytesIO(data)
    stream = io.TextIOWrapper(raw, encoding=coding, errors="replace", newline="")
    text = stream.read(_SAMPLE) if coding.startswith("utf-16") else (sample_text(data) or "")
    if coding == "cp1252":
        text = data[:_SAMPLE].decode("cp1252", "replace")
    stream.seek(0)
    first_line = text.partition("\n")[0].strip().strip('"')
    told = first_line[4:] if first_line.lower().startswith("sep=") and len(first_line) == 5 else ""  # noqa: PLR2004 - sep=;
    delimiter = told or separator(text, "\t" if form is FileFormat.TSV else ",")
    csv.field_size_limit(MAX_TEXT)
    answer.sheet("")
    lines = _Lines(stream)
    if told:
        # Excel takes this line as an instruction: the table's first row is the next one.
        stream.readline()
    _rows(csv.reader(lines, delimiter=delimiter), lines, raw, len(data), answer)
    answer.end_sheet(SheetNotes())
    answer.done(
        format_name=(FileFormat.TSV if delimiter == "\t" else FileFormat.CSV).value,
        formats_known=False,
        separator=delimiter,
    )


def _rows(records: Iterator[list[str]], lines: _Lines, raw: io.BytesIO, size: int, answer: Answer) -> None:
    number = 0
    begun = 1
    quotes = 0
    try:
        for record in records:
            number += 1
            quotes, lines.quotes = lines.quotes, 0
            begun, last_begun = lines.lines + 1, begun
            if number > MAX_ROW:
                raise TooLarge(f"has more than {count_text(MAX_ROW)} rows, which is the limit")
            if len(record) > MAX_COLUMN:
                raise TooLarge(f"has more than {count_text(MAX_COLUMN)} columns in row {number}, which is the limit")
            filled = len(record) - record.count("")
            if filled:
                values: list[str | None] = [value or None for value in record]
                while values[-1] is None:
                    values.pop()
                answer.encoded_row(number, encode([number, 1, values]), filled, len(values))
            if number % 500 == 0:
                answer.progress(raw.tell(), size)
            if begun - last_begun > 1 and quotes % 2:
                raise _unclosed(last_begun)
    except csv.Error as error:
        if "limit" in str(error):
            if lines.lines > begun:
                raise _unclosed(begun) from error
            raise TooLarge(
                f"holds a text of more than {count_text(MAX_TEXT)} characters in row {number + 1}, which is the limit"
            ) from error
        raise Damaged(f"cannot be read as a table (row {number + 1})") from error


def _unclosed(line: int) -> Damaged:
    return Damaged(
        f"has a quotation mark that is opened at line {line} and never closed",
        "correct that line in a text editor, or ask the partner to export the table again",
    )
