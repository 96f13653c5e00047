"""How long the papers take on the example store: summary, one sheet, all sheets, the pack, for board and public.

Run as: python -m tests.benchmarks.papers
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from statistics import median

from scs_desktop.domain.publication import Audience
from scs_desktop.reports.pdf import page_count
from scs_desktop.workflows.demo import build_example_store
from scs_desktop.workflows.report import PaperKind, make_paper

POSITION = date(2012, 3, 31)
PAPERS = (
    ("summary", PaperKind.SUMMARY, None),
    ("sheet of priority 2", PaperKind.PRIORITY, 2),
    ("all sheets", PaperKind.PRIORITY, None),
    ("pack", PaperKind.PACK, None),
)
RUNS = 5


def main() -> None:
    """Print the median of a few runs of each paper; the first is left out."""
    with (
        tempfile.TemporaryDirectory() as folder,
        build_example_store(path=Path(folder) / "example.scs") as store,
    ):
        for name, kind, priority in PAPERS:
            for audience in Audience:
                spent: list[float] = []
                pages = 0
                for _ in range(RUNS + 1):
                    started = time.perf_counter()
                    paper = make_paper(store=store, kind=kind, priority=priority, position=POSITION, audience=audience)
                    spent.append(time.perf_counter() - started)
                    pages = page_count(paper.pdf)
                sys.stdout.write(f"{name}, {audience.value}: {pages} pages, {1000 * median(spent[1:]):.0f} ms\n")


if __name__ == "__main__":
    main()
