"""Writes the example returns in resources/examples from the figures typed into resources/examples/data.

Usage:
    python installer/make_examples.py [FOLDER]

Recorded crime is what the police published for Barnet. The residents' survey is as the strategy
quotes it. Everything else is illustrative, and every sheet of it says so. The same figures always
give the same bytes: no clock and no chance has a hand in them.
"""

from __future__ import annotations

import calendar
import csv
import io
import re
import sys
import zipfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "resources" / "examples"
DATA = EXAMPLES / "data"

ILLUSTRATIVE = "ILLUSTRATIVE FIGURES: made up as an example, not a statement about Barnet."
WRITTEN = datetime(2011, 4, 1, 9, 0)  # noqa: DTZ001  the workbook's own stamp has no zone
APRIL = 4
LONG_MONTHS = [calendar.month_name[number] for number in range(1, 13)]
MONTHS = [name[:3] for name in LONG_MONTHS]

Row = dict[str, str]
Value = str | int | float | date | None


@dataclass(frozen=True)
class Quarter:
    """A quarter of the financial year that starts in April of ``first``."""

    first: int
    number: int

    def __str__(self) -> str:
        """``Q1 2011/12``."""
        return f"Q{self.number} {self.year}"

    @property
    def year(self) -> str:
        """``2011/12``."""
        return f"{self.first}/{(self.first + 1) % 100:02d}"

    @property
    def months(self) -> tuple[str, ...]:
        """The year's months up to the quarter's end, as ``2011-04``."""
        count = 3 * self.number
        return tuple(f"{self.first + (3 + index) // 12}-{(3 + index) % 12 + 1:02d}" for index in range(count))

    @property
    def so_far(self) -> tuple[str, ...]:
        """The year's quarters up to this one."""
        return tuple(str(Quarter(self.first, number)) for number in range(1, self.number + 1))

    @property
    def end(self) -> str:
        """``June 2011``."""
        year, month = self.months[-1].split("-")
        return f"{LONG_MONTHS[int(month) - 1]} {year}"

    @property
    def tag(self) -> str:
        """``2011-12-q1``, as it stands in file names."""
        return f"{self.first}-{(self.first + 1) % 100:02d}-q{self.number}"


def table(name: str) -> list[Row]:
    """Return the rows of a data file."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def first_of(month: str) -> date:
    """Return the first day of ``2011-04``."""
    return date.fromisoformat(f"{month}-01")


def shown_month(month: str) -> str:
    """``Apr '11`` for ``2011-04``."""
    year, number = month.split("-")
    return f"{MONTHS[int(number) - 1]} '{year[2:]}"


def whole(text: str) -> int:
    """Return the count."""
    return int(text)


def share(part: str, of: str) -> float:
    """Return the share as a fraction to three decimals, as a sheet stores 20.4 %."""
    return round(int(part) / int(of), 3)


class Page:
    """A sheet that is filled from top to bottom."""

    def __init__(self, sheet: Worksheet) -> None:
        """Begin in the first row."""
        self.sheet = sheet
        self.row = 1

    def lines(self, *texts: str) -> None:
        """Write one text a row; the first is the title."""
        for index, text in enumerate(texts):
            cell = self.sheet.cell(self.row, 1, text)
            cell.font = Font(bold=index == 0, size=13 if index == 0 else 10)
            self.row += 1

    def skip(self) -> None:
        """Leave a row empty."""
        self.row += 1

    def head(self, values: Sequence[Value], number_format: str = "") -> None:
        """Write a header row."""
        for column, value in enumerate(values, start=1):
            if value is None:
                continue
            cell = self.sheet.cell(self.row, column, value)
            cell.font = Font(bold=True)
            cell.fill = PatternFill("solid", fgColor="D9E1F2")
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            cell.border = Border(bottom=Side("thin"))
            if number_format and isinstance(value, date):
                cell.number_format = number_format
        self.row += 1

    def fill(self, rows: Sequence[Sequence[Value]], formats: dict[int, str] | None = None) -> None:
        """Write rows of figures, with number formats by column."""
        for values in rows:
            for column, value in enumerate(values, start=1):
                if value is None:
                    continue
                cell = self.sheet.cell(self.row, column, value)
                if formats and column in formats and isinstance(value, int | float):
                    cell.number_format = formats[column]
            self.row += 1

    def merge(self, row: int, left: int, right: int) -> None:
        """Merge the cells of a row."""
        self.sheet.merge_cells(start_row=row, start_column=left, end_row=row, end_column=right)


def workbook(*sheets: tuple[str, Callable[[Page], None]]) -> bytes:
    """Build a workbook of the sheets and return its bytes, the same on every run."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, write in sheets:
        sheet = book.create_sheet(title)
        write(Page(sheet))
        sheet.column_dimensions["A"].width = 34
        for column in range(2, sheet.max_column + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 13
    book.properties.creator = "Safer Communities Desktop"
    book.properties.created = WRITTEN
    buffer = io.BytesIO()
    book.save(buffer)
    return _settled(buffer.getvalue())


def _settled(data: bytes) -> bytes:
    """Return the archive with every clock reading replaced: of its members and of its last saving."""
    result = io.BytesIO()
    stamp = WRITTEN.replace(tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, content)
            _add(new, name, content)
    return result.getvalue()


OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"


def open_document(sheet: str, rows: Sequence[Sequence[Value]]) -> bytes:
    """Return a one-sheet .ods of texts and whole numbers, as an office suite saves it."""

    def cell(value: Value) -> str:
        if value is None:
            return "<table:table-cell/>"
        kind = "string" if isinstance(value, str) else "float"
        given = "" if isinstance(value, str) else f' office:value="{value}"'
        text = escape(str(value))
        return f'<table:table-cell office:value-type="{kind}"{given}><text:p>{text}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(cell, row)) or cell(None)}</table:table-row>" for row in rows)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<office:document-content xmlns:office="{_SPACE}:office:1.0" xmlns:table="{_SPACE}:table:1.0" '
        f'xmlns:text="{_SPACE}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="{escape(sheet)}">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<manifest:manifest xmlns:manifest="{_SPACE}:manifest:1.0" manifest:version="1.2">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{OPEN_DOCUMENT}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for name, text in (("mimetype", OPEN_DOCUMENT), ("content.xml", content), ("META-INF/manifest.xml", manifest)):
            _add(archive, name, text.encode(), packed=name != "mimetype")
    return result.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes, *, packed: bool = True) -> None:
    """Add a member that bears the fixed time."""
    member = zipfile.ZipInfo(name, WRITTEN.timetuple()[:6])
    member.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    member.create_system = 3
    archive.writestr(member, content)


def recorded_crime(quarter: Quarter) -> bytes:
    """Police recorded crime: offences down, the financial year's months across, the group named once."""

    def write(page: Page) -> None:
        page.lines(
            "METROPOLITAN POLICE SERVICE",
            "Recorded crime by month, Barnet",
            f"Number of offences, financial year {quarter.year} to {quarter.end}",
        )
        page.skip()
        page.head(["Offence group", "Offence", *(first_of(month) for month in quarter.months)], "mmm-yy")
        rows = table("met-recorded-crime")
        page.fill([[row["group"], row["offence"], *(whole(row[month]) for month in quarter.months)] for row in rows])
        page.skip()
        page.lines("Source: recorded crime by borough, published by the Metropolitan Police Service.")

    return workbook(("Barnet", write))


def attitude_survey(quarter: Quarter) -> bytes:
    """Public Attitude Survey: questions down, a pair of columns under each quarter's merged head."""
    waves = quarter.so_far if quarter.first > 2010 else (str(quarter),)  # noqa: PLR2004  the first wave stands alone

    def write(page: Page) -> None:
        page.lines(
            f"Public Attitude Survey - Barnet results {quarter.year}",
            "Each result is for the 12 months to the end of the quarter shown",
            ILLUSTRATIVE,
        )
        page.skip()
        for index, wave in enumerate(waves):
            page.merge(page.row, 2 + 2 * index, 3 + 2 * index)
            page.sheet.cell(page.row, 2 + 2 * index, wave)
        page.head(["Question"])
        page.head([None, *["%", "Base"] * len(waves)])
        rows = [
            [row["question"], *(v for wave in waves for v in (whole(row[f"{wave} %"]) / 100, whole(row[f"{wave} n"])))]
            for row in table("attitude-survey")
        ]
        page.fill(rows, {2 + 2 * index: "0%" for index in range(len(waves))})
        page.skip()
        page.lines("Base: number of people asked. Respondents who answered 'don't know' are left out.")

    return workbook(("PAS Barnet", write))


def domestic_violence(quarter: Quarter) -> bytes:
    """Three sheets of the borough's performance unit: months across, then quarters down."""

    def months(page: Page) -> None:
        rows = {row["month"]: row for row in table("domestic-violence")}
        page.lines("Barnet - domestic violence, number reported per month", ILLUSTRATIVE)
        page.skip()
        page.head(["Measure", *(shown_month(month) for month in quarter.months)])
        page.fill(
            [
                ["Domestic violence offences", *(whole(rows[month]["offences"]) for month in quarter.months)],
                ["Domestic violence incidents", *(whole(rows[month]["incidents"]) for month in quarter.months)],
            ]
        )
        page.skip()
        page.lines("Incidents include offences.")

    def repeats(page: Page) -> None:
        page.lines("Barnet - repeat incidents of domestic violence", ILLUSTRATIVE)
        page.skip()
        page.head(["Quarter", "Incidents", "Repeat incidents", "% repeat incidents of DV"])
        rows = [row for row in table("domestic-violence-repeats") if row["quarter"] in quarter.so_far]
        page.fill(
            [
                [
                    row["quarter"],
                    whole(row["incidents"]),
                    whole(row["repeat_incidents"]),
                    share(row["repeat_incidents"], row["incidents"]),
                ]
                for row in rows
            ],
            {4: "0.0%"},
        )

    def burglary(page: Page) -> None:
        page.lines("Barnet - repeat victims of domestic burglary, 12 months to the end of the quarter", ILLUSTRATIVE)
        page.skip()
        page.head(["Quarter", "Burglary victims", "% repeat victims of burglary"])
        rows = [row for row in table("repeat-burglary") if row["quarter"] in quarter.so_far]
        page.fill(
            [
                [
                    row["quarter"],
                    whole(row["victims"]),
                    round(whole(row["repeat_victims"]) / whole(row["victims"]), 4),
                ]
                for row in rows
            ],
            {3: "0.00%"},
        )

    return workbook(("DV monthly", months), ("DV repeats", repeats), ("Repeat burglary", burglary))


def probation(count: int) -> bytes:
    """Probation: rolling cohorts down, the predicted rate beside the actual one."""

    def write(page: Page) -> None:
        page.lines(
            "London Probation Trust: local adult re-offending, Barnet",
            "Re-offending of offenders on the caseload within three months, rolling four-quarter cohorts",
            ILLUSTRATIVE,
        )
        page.skip()
        page.head(["Cohort", "Cohort size", "Actual rate of re-offending", "Predicted rate"])
        page.fill(
            [
                [
                    row["cohort"],
                    whole(row["size"]),
                    round(float(row["actual"]) / 100, 4),
                    round(float(row["predicted"]) / 100, 4),
                ]
                for row in table("probation-cohorts")[:count]
            ],
            {3: "0.00%", 4: "0.00%"},
        )
        page.skip()
        page.lines("The predicted rate allows for the mix of offenders in the cohort.")

    return workbook(("LDU Barnet", write))


def youth_cohorts(count: int) -> bytes:
    """Youth Offending Service: intake quarters down, re-offences after 3 to 12 months under one head."""

    def write(page: Page) -> None:
        page.lines(
            "Barnet Youth Offending Service - proven re-offending by young offenders",
            "Each cohort is followed for 12 months",
            ILLUSTRATIVE,
        )
        page.skip()
        page.merge(page.row, 3, 6)
        page.head(["Cohort", "Young people in cohort", "Re-offences after", None, None, None, None])
        page.head(
            [
                None,
                None,
                "3 months",
                "6 months",
                "9 months",
                "12 months",
                "Re-offences per 100 young people after 12 months",
            ]
        )
        page.fill(
            [
                [
                    row["cohort"],
                    whole(row["young_people"]),
                    *(whole(row[f"after_{months}"]) for months in (3, 6, 9, 12)),
                    float(row["rate"]),
                ]
                for row in table("youth-cohorts")[:count]
            ],
            {7: "0.00"},
        )

    return workbook(("Reoffending", write))


def drug_intervention(quarter: Quarter) -> bytes:
    """Drug Intervention Programme: measures down, quarters across, counts and shares mixed."""

    def write(page: Page) -> None:
        rows = [row for row in table("drug-intervention") if row["quarter"] in quarter.so_far]
        page.lines("Drug Intervention Programme, Barnet - quarterly monitoring", ILLUSTRATIVE)
        page.skip()
        page.head(["Measure", *(row["quarter"] for row in rows)])
        for label, part in (
            ("Clients who left the programme", "left"),
            ("Clients who left in a care planned way", "planned"),
            ("Problematic users known to the programme", "users"),
            ("Problematic users in effective treatment", "engaged"),
        ):
            page.fill([[label, *(whole(row[part]) for row in rows)]])
        percent = dict.fromkeys(range(2, 2 + len(rows)), "0.0%")
        page.fill(
            [["% completing in a care planned way", *(share(row["planned"], row["left"]) for row in rows)]], percent
        )
        page.fill(
            [
                [
                    "% of problematic users in effective DIP treatment",
                    *(share(row["engaged"], row["users"]) for row in rows),
                ]
            ],
            percent,
        )

    return workbook(("DIP", write))


def family_focus(quarter: Quarter) -> bytes:
    """Children's Service: an OpenDocument sheet, quarters across, a running count among quarterly ones."""
    rows = [row for row in table("family-focus") if row["quarter"] in quarter.so_far]
    covered = "Families covered by expanded Family Focus, since April"
    return open_document(
        "Family Focus",
        [
            ["Children's Service - expanded Family Focus"],
            ["Number of families"],
            [ILLUSTRATIVE],
            [],
            ["Measure", *(row["quarter"] for row in rows)],
            [covered, *(whole(row["covered_since_april"]) for row in rows)],
            ["New families starting in the quarter", *(whole(row["started"]) for row in rows)],
            ["Families closed with a positive outcome", *(whole(row["closed"]) for row in rows)],
        ],
    )


def marac(months: tuple[str, ...]) -> bytes:
    """MARAC coordinator: months down, the year only in its first row."""

    def write(page: Page) -> None:
        known = {row["month"]: row for row in table("marac")}
        page.lines("Barnet MARAC - monthly monitoring", ILLUSTRATIVE)
        page.skip()
        page.head(
            ["Year", "Month", "Cases discussed", "Repeat cases", "Number of children", "Repeat victimisation rate"]
        )
        rows: list[list[Value]] = []
        last = ""
        for month in months:
            year, number = month.split("-")
            row = known[month]
            rows.append(
                [
                    int(year) if year != last else None,
                    LONG_MONTHS[int(number) - 1],
                    whole(row["cases"]),
                    whole(row["repeats"]),
                    whole(row["children"]),
                    share(row["repeats"], row["cases"]),
                ]
            )
            last = year
        page.fill(rows, {6: "0.0%"})
        page.skip()
        page.lines("Repeat: referred again within 12 months, so that a month is complete half a year later.")

    return workbook(("MARAC", write))


def residents_survey() -> bytes:
    """The council's own survey of May 2011, as the strategy quotes it."""

    def write(page: Page) -> None:
        page.lines("Residents Perception Survey, May 2011", "London Borough of Barnet, percentage of residents")
        page.skip()
        page.head(["Question", "May 2011"])
        page.fill(
            [
                ["Satisfied that police and council deal with ASB and crime in the local area", 0.74],
                ["Feel very or fairly safe in the local area during the day", 0.95],
                ["Feel very or fairly safe in the local area after dark", 0.76],
            ],
            {2: "0%"},
        )

    return workbook(("RPS", write))


def long_csv(head: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """Return a text file with the note in its first line, as a database export has it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([ILLUSTRATIVE])
    writer.writerow([])
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def asb_cases(quarter: Quarter) -> bytes:
    """The council's ASB team: a long list, one figure a line."""
    rows: list[list[Value]] = []
    for row in table("asb-cases"):
        if row["quarter"] in quarter.so_far:
            rows.append([row["quarter"], "Barnet", "ASB cases", whole(row["cases"])])
            rows.append([row["quarter"], "Barnet", "ASB cases with a repeat victim", whole(row["repeat_cases"])])
            percent = f"{100 * whole(row['repeat_cases']) / whole(row['cases']):.1f}%"
            rows.append([row["quarter"], "Barnet", "Repeat victims of ASB, %", percent])
    return long_csv(["Quarter", "Area", "Measure", "Value"], rows)


def fire_brigade(quarter: Quarter) -> bytes:
    """Fire Brigade: months down, three counts across."""
    known = {row["month"]: row for row in table("fire-brigade")}
    rows: list[list[Value]] = [
        [
            shown_month(month),
            *(whole(known[month][key]) for key in ("deliberate_fires", "hoax_calls", "home_fire_safety_visits")),
        ]
        for month in quarter.months
    ]
    return long_csv(["Month", "Deliberate fires", "Hoax calls", "Home fire safety visits"], rows)


def courts(quarter: Quarter) -> bytes:
    """Courts and prosecutors: two tables side by side."""

    def write(page: Page) -> None:
        rows = [row for row in table("courts") if row["quarter"] in quarter.so_far]
        page.lines("Sanction outcomes, Barnet - number of defendants", ILLUSTRATIVE)
        page.skip()
        page.head(["Quarter", "Convictions", "Cautions", None, "Quarter", "Cases discontinued"])
        page.fill(
            [
                [
                    row["quarter"],
                    whole(row["convictions"]),
                    whole(row["cautions"]),
                    None,
                    row["quarter"],
                    whole(row["discontinued"]),
                ]
                for row in rows
            ]
        )

    return workbook(("Outcomes", write))


def examples() -> Iterator[tuple[str, bytes]]:
    """Every example return: its file name and its bytes."""
    quarters = [Quarter(2010, 4), *(Quarter(year, number) for year in (2011, 2012) for number in (1, 2, 3, 4))]
    halves = [quarter for quarter in quarters if quarter.number in {2, 4}]
    for quarter in quarters:
        yield f"met-recorded-crime-{quarter.tag}.xlsx", recorded_crime(quarter)
        yield f"met-public-attitude-survey-{quarter.tag}.xlsx", attitude_survey(quarter)
        yield f"met-domestic-violence-and-repeats-{quarter.tag}.xlsx", domestic_violence(quarter)
    for count in range(1, len(table("probation-cohorts")) + 1):
        yield f"probation-reoffending-{count:02d}.xlsx", probation(count)
    cohorts = len(table("youth-cohorts"))
    for count in range(1, cohorts + 1, 2):
        yield f"yos-reoffending-{count:02d}.xlsx", youth_cohorts(count)
    for quarter in [*halves[:-1], Quarter(2012, 3)]:
        yield f"dip-monitoring-{quarter.tag}.xlsx", drug_intervention(quarter)
    for quarter in halves:
        yield f"family-focus-{quarter.tag}.ods", family_focus(quarter)
        yield f"marac-{quarter.tag}.xlsx", marac(quarter.months)
    for quarter in halves[1:]:
        yield f"asb-team-cases-{quarter.tag}.csv", asb_cases(quarter)
    for year in (2010, 2011, 2012):
        yield f"fire-brigade-{Quarter(year, 4).tag}.csv", fire_brigade(Quarter(year, 4))
        yield f"sanction-outcomes-{Quarter(year, 4).tag}.xlsx", courts(Quarter(year, 4))
    yield "residents-perception-survey-2011-05.xlsx", residents_survey()
    # Imported here: they build on this module.
    from installer.make_cohort_examples import cohort_examples
    from installer.make_ward_examples import ward_examples

    yield from ward_examples()
    yield from cohort_examples()


def main(arguments: Sequence[str]) -> int:
    """Write the example returns into the folder and say how many."""
    folder = Path(arguments[0]) if arguments else EXAMPLES
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, data in examples():
        (folder / name).write_bytes(data)
        count += 1
    print(f"{count} example returns in {folder}")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
