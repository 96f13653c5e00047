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
from scs_desktop.domain.position import IndicatorPosition, StrategyPosition
from scs_desktop.domain.what_if import light_word
from scs_desktop.workflows.demo import build_example_store
from scs_desktop.workflows.overview import overview

OUT = Path(__file__).resolve().parents[2] / "docs" / "methods" / "example-sentences.md"
POSITIONS = (date(2011, 9, 30), date(2012, 3, 31), date(2013, 3, 31))
HEAD = """# What the program says: the example store at three dates

Made by `python -m tests.benchmarks.example_sentences` from the example store, most of whose figures are
illustrative. Each indicator stands once, under its own priority. Read it as a councillor would: every
sentence should be plain, true to its numbers, and claim no more than chance allows.
"""


def main() -> int:
    """Write the page."""
    with (
        tempfile.TemporaryDirectory() as folder,
        build_example_store(path=Path(folder) / "example.scs") as store,
    ):
        pages = [page(overview(store=store, position=position)) for position in POSITIONS]
    OUT.write_text("\n".join([HEAD, *pages]), encoding="utf-8")
    return 0


def page(position: StrategyPosition) -> str:
    """Return one date's table."""
    lines = [f"## {position.position_text}", "", f"Lights: {counts_text(position.counts)}.", ""]
    for priority in position.priorities:
        lines += [f"### {priority.number}. {priority.name}", "", priority.status.sentence, ""]
        own = [row for row in priority.indicators if row.priority == priority.id]
        if own:
            lines += ["| indicator | status | sentence | direction | chance | outlook |", "|---|---|---|---|---|---|"]
            lines += [f"| {' | '.join(cells(row))} |" for row in own]
            lines.append("")
    return "\n".join(lines)


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
