"""What the program says of every indicator of the example store at three dates, as a page to be read through.

    python -m tests.benchmarks.example_sentences

Builds the example store in a temporary folder and writes docs/methods/example-sentences.md.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from scs_desktop.domain.appearance import counts_text
from scs_desktop.domain.position import HeadlinePosition, IndicatorPosition, StrategyPosition
from scs_desktop.domain.what_if import light_word
from scs_desktop.workflows.demo import build_example_store
from scs_desktop.workflows.overview import overview

OUT = Path(__file__).resolve().parents[2] / "docs" / "methods" / "example-sentences.md"
POSITIONS = (date(2011, 9, 30), date(2012, 3, 31), date(2013, 3, 31))
MENDED = (
    (
        "11.4 % against 13.5 % (−2.0 points)",
        "11.4 % against 13.5 % (−2.1 points)",
        "whoever takes one from the other gets the difference beside them",
    ),
    (
        "21 % against 24 % (−3.0 points)",
        "21 % against 24 % (−3 points)",
        "no more decimals than the figures have",
    ),
    (
        "13 % against 13 % (0.0 points). There is no change.",
        "13 % against 13 %: no change.",
        "said once",
    ),
    (
        "(p = .78; clients: 153 and 158)",
        "(p = .78; 158 and 153 clients)",
        "in the order of the two figures before",
    ),
    (
        "Against April 2010 – March 2011",
        "Against 2010/11",
        "a year by its name",
    ),
    (
        "Against 12 months to March 2012",
        "Against the 12 months to March 2012",
        "English",
    ),
    (
        "Q2 2011/12: 22.0 % is usual variation: within the trial limits",
        "22.0 % in Q2 2011/12 is usual variation, within the trial limits",
        "two colons, and a date for a subject",
    ),
    (
        "891 is outside the limits, a concern",
        "891 in March 2012 is above the limits: a concern",
        "which side",
    ),
    (
        "Unless it changes, single figures will fall on both sides of the mean month",
        "Left as it is, some figures will be better than the monthly mean and some worse",
        "plain words",
    ),
    (
        "2 quarters without a gap: limits of the usual movement need 6.",
        "Only 2 quarters are stored without a gap: limits need 6.",
        "a sentence",
    ),
    (
        "2.0 points less needed.",
        "It needed to be 2.0 points lower.",
        "a sentence",
    ),
    (
        "none red and 1 of 1 rated indicators green",
        "none is red, and 1 of 1 rated indicators is green",
        "verbs",
    ),
    (
        "1 of 4 rated indicators red, under a third, and no headline among them",
        "1 of 4 rated indicators is red, under a third, and it is not a headline",
        "verbs",
    ),
    (
        "−2.8 points to +14.0 points",
        "−2.8 to +14.0 points",
        "the unit once",
    ),
    (
        "none red, but 0 of 2 rated indicators green, under two thirds (an overall measure)",
        "8.2 and 8.3 are amber",
        "which part has which light",
    ),
    (
        "usual by then of the 3,362 printed for 2010/11",
        "usual by then, from the 3,362 printed for 2010/11",
        "what is of what",
    ),
    (
        "Words and units of 5.1 are at odds: no direction is printed",
        "No direction is printed for 5.1",
        "it was neither words nor units",
    ),
    (
        "There is no baseline",
        "7.2 has no baseline",
        "of what",
    ),
    (
        "Chance is not tested: no sample size or denominator is known for both.",
        "Chance is not tested: how many cases stand behind the figures is not known.",
        "plain words",
    ),
    (
        "What is there covers April–December 2012.",
        "The figures stored cover April–December 2012.",
        "plain words",
    ),
)
"""What it said, what it says, and why."""
HEAD = """# What the program says: the example store at three dates

Made by `python -m tests.benchmarks.example_sentences` from the example store, most of whose figures are
illustrative. The overall measures stand first; each indicator stands once, under its own priority. Read it as a
councillor would: every sentence should be plain, true to its numbers, and claim no more than chance allows.

## What read badly and was mended

Found by reading every row at the three dates, and then held by tests at all twelve quarters:
"""


def main() -> int:
    """Write the page."""
    with (
        tempfile.TemporaryDirectory() as folder,
        build_example_store(path=Path(folder) / "example.scs") as store,
    ):
        pages = [page(overview(store=store, position=position)) for position in POSITIONS]
    OUT.write_text("\n".join([HEAD, *mended(), *pages]), encoding="utf-8")
    return 0


def mended() -> Iterator[str]:
    """Return the table of what read badly."""
    yield from ("| it said | it says | why |", "|---|---|---|")
    yield from (f"| {' | '.join(row)} |" for row in MENDED)
    yield ""


def page(position: StrategyPosition) -> str:
    """Return one date's table."""
    lines = [f"## {position.position_text}", "", f"Lights: {counts_text(position.counts)}.", ""]
    lines += ["| overall measure | status | sentence | direction, outlook, age |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(measure(one))} |" for one in position.headlines]
    lines.append("")
    for priority in position.priorities:
        lines += [f"### {priority.number}. {priority.name}", "", priority.status.sentence, ""]
        own = [row for row in priority.indicators if row.priority == priority.id]
        if own:
            lines += ["| indicator | status | sentence | direction | chance | outlook |", "|---|---|---|---|---|---|"]
            lines += [f"| {' | '.join(cells(row))} |" for row in own]
            lines.append("")
    return "\n".join(lines)


def measure(one: HeadlinePosition) -> Iterator[str]:
    """Return the columns of an overall measure; its parts with their own lights."""
    yield one.name
    yield light_word(one.status)
    parts = [f"{part.code} {part.name}: {light_word(part.status)}, {part.value_text}." for part in one.parts]
    yield " ".join([one.sentence, *parts])
    told = (one.direction_sentence, one.outlook_sentence, f"{one.age_text}.", one.note)
    yield " ".join(part for part in told if part)


def cells(row: IndicatorPosition) -> Iterator[str]:
    """Return the columns of one indicator."""
    yield f"{row.code} {row.name}"
    yield light_word(row.status)
    yield row.status.sentence
    yield " ".join(part for part in (row.direction_sentence, row.recent_sentence) if part) or "–"
    yield (
        " ".join(
            part
            for part in (
                f"{row.movement_badge.capitalize()}." if row.movement_badge else "",
                row.process.sentence if row.process is not None else "",
                row.assurance_sentence,
            )
            if part
        )
        or "–"
    )
    run_rate = "" if row.outlook is None else row.outlook.run_rate_sentence
    yield " ".join(part for part in (row.outlook_sentence, run_rate) if part) or "–"


if __name__ == "__main__":
    raise SystemExit(main())
