"""The example returns by ward: the borough's recorded crime shared out over the wards it had then, and their homes.

The wards' figures are illustrative, and every sheet says so. With the row of offences that have no ward
they add up to what was recorded in the borough, month by month and class by class. Each offence falls
to a ward by a number drawn from a digest of its own name, so that neighbouring wards differ as counts
do and the same bytes come out each time.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from hashlib import sha256
from itertools import accumulate
from typing import TYPE_CHECKING

from installer.example_figures import Quarter, first_of, table, whole
from installer.example_files import ILLUSTRATIVE, Page, workbook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from installer.example_files import Value

UNKNOWN = "Unknown"
NOT_PLACED = 0.02
"""Share of the offences whose place was not recorded well enough to name a ward."""
SEED = 2
OTHER = ("OTHER OFFENCES", "ALL OTHER OFFENCES")
CLASSES: dict[tuple[str, str], tuple[str, str]] = {
    ("BURGLARY", "BURGLARY IN A DWELLING"): ("households", "burglary"),
    ("ROBBERY", "ROBBERY OF BUSINESS PROPERTY"): ("population", "robbery"),
    ("ROBBERY", "ROBBERY OF PERSONAL PROPERTY"): ("population", "robbery"),
    ("VEHICLE OFFENCES", "THEFT FROM A VEHICLE"): ("households", "vehicle"),
    ("VEHICLE OFFENCES", "THEFT OR UNAUTH TAKING OF A MOTOR VEH"): ("households", "vehicle"),
    ("VIOLENCE AGAINST THE PERSON", "HOMICIDE"): ("population", "violence"),
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITH INJURY"): ("population", "violence"),
    ("VIOLENCE AGAINST THE PERSON", "VIOLENCE WITHOUT INJURY"): ("population", "violence"),
    OTHER: ("population", "other"),
}
"""Group and class, with the columns of the wards' table that say how they are spread."""
SHOWN = [key for key in CLASSES if key != OTHER]
TOTAL = ("ALL OFFENCES", "TOTAL CRIME")


def _recorded(month: str) -> dict[tuple[str, str], int]:
    """Return the borough's offences of a month by class."""
    found = dict.fromkeys(CLASSES, 0)
    for row in table("met-recorded-crime"):
        key = (row["group"], row["offence"])
        found[key if key in CLASSES else OTHER] += whole(row[month])
    return found


@cache
def _shares(size: str, factor: str) -> tuple[float, ...]:
    """Return the bounds, from 0 to 1, between which an offence falls to each ward; beyond the last to none."""
    weights = [float(row[size]) * float(row[factor]) for row in table("wards")]
    return tuple(part * (1 - NOT_PLACED) / sum(weights) for part in accumulate(weights))


def _drawn(name: str) -> float:
    """Return a number from 0 to under 1 that is always the same for a name."""
    return int.from_bytes(sha256(f"{SEED} {name}".encode()).digest()[:6]) / 2**48


def by_ward(month: str) -> dict[tuple[str, str], list[int]]:
    """Return the offences of a month by class: one count a ward, the last those without a ward."""
    spread: dict[tuple[str, str], list[int]] = {}
    for key, (size, factor) in CLASSES.items():
        bounds = _shares(size, factor)
        counts = [0] * (len(bounds) + 1)
        recorded = _recorded(month)[key]
        for number in range(recorded):
            # Every other offence is spread evenly: months of a ward then differ less than by chance alone, and no
            # made-up month is so odd that the import would rightly ask about it.
            even = (number + _drawn(f"{month} {key[1]}")) / recorded
            at = even % 1 if number % 2 else _drawn(f"{month} {key[1]} {number}")
            counts[bisect_right(bounds, at)] += 1
        spread[key] = counts
    spread[TOTAL] = [sum(counts) for counts in zip(*spread.values(), strict=True)]
    return spread


def crime_by_ward(quarter: Quarter) -> bytes:
    """Police recorded crime by ward: wards and offence classes down, the financial year's months across."""

    def write(page: Page) -> None:
        page.lines(
            "METROPOLITAN POLICE SERVICE",
            "Recorded crime by ward and month, Barnet",
            f"Number of offences, financial year {quarter.year} to {quarter.end}",
            ILLUSTRATIVE,
        )
        page.skip()
        page.head(["Ward", "Offence group", "Offence", *(first_of(month) for month in quarter.months)], "mmm-yy")
        months = [by_ward(month) for month in quarter.months]
        rows: list[list[Value]] = [
            [ward, *key, *(spread[key][index] for spread in months)]
            for index, ward in enumerate([*(row["ward"] for row in table("wards")), UNKNOWN])
            for key in (*SHOWN, TOTAL)
        ]
        page.fill(rows)
        page.skip()
        page.lines("Unknown: the place was not recorded well enough to name a ward.")

    return workbook(("Wards", write))


def ward_profile() -> bytes:
    """The council's wards: how many homes and residents each has."""

    def write(page: Page) -> None:
        page.lines("London Borough of Barnet", "Households and population by ward, March 2011", ILLUSTRATIVE)
        page.skip()
        page.head(["Ward", "Households", "Population"])
        page.fill([[row["ward"], whole(row["households"]), whole(row["population"])] for row in table("wards")])

    return workbook(("Ward profile", write))


def ward_examples() -> Iterator[tuple[str, bytes]]:
    """Every example return by ward: its file name and its bytes."""
    for quarter in (Quarter(2010, 4), *(Quarter(year, number) for year in (2011, 2012) for number in (2, 4))):
        yield f"met-crime-by-ward-{quarter.tag}.xlsx", crime_by_ward(quarter)
    yield "council-ward-profile-2011.xlsx", ward_profile()
