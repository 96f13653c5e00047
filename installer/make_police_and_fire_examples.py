"""The example returns of the police and the fire brigade.

Recorded crime is what the police published for Barnet; everything else is illustrative, and says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.example_figures import QUARTERS, Quarter, first_of, share, shown_month, table, whole
from installer.example_files import ILLUSTRATIVE, Page, long_csv, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from installer.example_files import Value


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


def police_and_fire_examples() -> Iterator[tuple[str, bytes]]:
    """Every example return of the two: its file name and its bytes."""
    for quarter in QUARTERS:
        yield f"met-recorded-crime-{quarter.tag}.xlsx", recorded_crime(quarter)
        yield f"met-public-attitude-survey-{quarter.tag}.xlsx", attitude_survey(quarter)
        yield f"met-domestic-violence-and-repeats-{quarter.tag}.xlsx", domestic_violence(quarter)
    for year in (2010, 2011, 2012):
        yield f"fire-brigade-{Quarter(year, 4).tag}.csv", fire_brigade(Quarter(year, 4))
