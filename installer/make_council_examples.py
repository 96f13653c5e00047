"""The example returns of the council's own services: families, MARAC, the residents' survey, anti-social behaviour.

The residents' survey is as the strategy quotes it; everything else is illustrative, and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.example_figures import HALVES, LONG_MONTHS, Quarter, share, table, whole
from installer.example_files import ILLUSTRATIVE, Page, long_csv, open_document, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from installer.example_files import Value


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


def council_examples() -> Iterator[tuple[str, bytes]]:
    """Every example return of the council: its file name and its bytes."""
    for quarter in HALVES:
        yield f"family-focus-{quarter.tag}.ods", family_focus(quarter)
        yield f"marac-{quarter.tag}.xlsx", marac(quarter.months)
    for quarter in HALVES[1:]:
        yield f"asb-team-cases-{quarter.tag}.csv", asb_cases(quarter)
    yield "residents-perception-survey-2011-05.xlsx", residents_survey()
