"""The example returns of those who work with offenders: probation, youth offending, drug intervention, the courts.

All of their figures are illustrative, and every sheet says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.example_figures import HALVES, Quarter, share, table, whole
from installer.example_files import ILLUSTRATIVE, Page, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator


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


def offender_examples() -> Iterator[tuple[str, bytes]]:
    """Every example return about offenders: its file name and its bytes."""
    for count in range(1, len(table("probation-cohorts")) + 1):
        yield f"probation-reoffending-{count:02d}.xlsx", probation(count)
    for count in range(1, len(table("youth-cohorts")) + 1, 2):
        yield f"yos-reoffending-{count:02d}.xlsx", youth_cohorts(count)
    for quarter in (*HALVES[:-1], Quarter(2012, 3)):
        yield f"dip-monitoring-{quarter.tag}.xlsx", drug_intervention(quarter)
    for year in (2010, 2011, 2012):
        yield f"sanction-outcomes-{Quarter(year, 4).tag}.xlsx", courts(Quarter(year, 4))
