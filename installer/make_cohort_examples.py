"""The example returns of a programme's cohorts: young people it reached, beside others of like need it did not.

Illustrative, and every sheet says so; the same bytes come out each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from installer.example_figures import share, table, whole
from installer.example_files import ILLUSTRATIVE, Page, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

RECEIVED = "Received early intervention"
OTHERS = "Did not receive early intervention"


def early_intervention(count: int) -> bytes:
    """Children's Service: a year's intake a row, the two groups side by side, each followed for 12 months."""

    def write(page: Page) -> None:
        page.lines(
            "Barnet Children's Service - early intervention: re-offending within 12 months",
            "Each intake is followed for 12 months after it ends",
            ILLUSTRATIVE,
        )
        page.skip()
        page.merge(page.row, 2, 4)
        page.merge(page.row, 5, 7)
        page.head([None, RECEIVED, None, None, OTHERS])
        page.head(["Intake", *["Young people", "Re-offended within 12 months", "% re-offended within 12 months"] * 2])
        page.fill(
            [
                [
                    row["intake"],
                    whole(row["received"]),
                    whole(row["received_reoffended"]),
                    share(row["received_reoffended"], row["received"]),
                    whole(row["others"]),
                    whole(row["others_reoffended"]),
                    share(row["others_reoffended"], row["others"]),
                ]
                for row in table("early-intervention")[:count]
            ],
            {4: "0.0%", 7: "0.0%"},
        )
        page.skip()
        page.lines("Those who were not reached had been assessed alike; they were not drawn by lot.")

    return workbook(("Early intervention", write))


def cohort_examples() -> Iterator[tuple[str, bytes]]:
    """Every example return of cohorts: its file name and its bytes."""
    for count in (2, 3):
        yield f"early-intervention-{count:02d}.xlsx", early_intervention(count)
