"""How long a large monthly return takes from the file to the store and back, beside a bare csv read of it.

Run it by hand on the Metropolitan Police's monthly counts by borough::

    python3 tests/benchmarks/import_return.py FILE.csv [--runs 3]

On a new store, the agency named and the total said to be all rows: read, plan, store, plan again (said to
be imported already), undo. Medians are printed with their ratio to reading the file with bare csv.
"""

from __future__ import annotations

import argparse
import csv
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from scs_desktop.domain.history import StoreKind
from scs_desktop.returns.plan import ReturnPlan
from scs_desktop.returns.questions import Answers, QuestionKind, leaving_out
from scs_desktop.workflows.import_return import agency_named, plan_return, read_return, store_return
from scs_desktop.workflows.shipped import set_up_store
from scs_desktop.workflows.undo_import import undo_import

T = TypeVar("T")
AGENCY = "Metropolitan Police"


def bare(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


class Clock:
    """Seconds of each step, run after run."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    def timed(self, step: str, work: Callable[[], T]) -> T:
        start = time.perf_counter()
        result = work()
        self.times.setdefault(step, []).append(time.perf_counter() - start)
        return result


def one_run(path: Path, store_path: Path, clock: Clock) -> int:
    """Import the file into a new store and take it back; return how many figures were stored."""
    clock.timed("bare csv", lambda: bare(path))
    data = path.read_bytes()
    with set_up_store(path=store_path, kind=StoreKind.REAL, who="benchmark") as store:
        agency = agency_named(store=store, name=AGENCY).id
        read = clock.timed("read", lambda: read_return(data=data, file_name=path.name))

        def planned(answers: Answers) -> ReturnPlan:
            return plan_return(store=store, data=data, file_name=path.name, agency=agency, answers=answers, read=read)

        first = planned(Answers())
        given = {
            one.key: next((choice.key for choice in one.choices if choice.key.startswith("all:")), "none")
            for one in first.open_questions
            if one.kind is QuestionKind.ROWS
        }
        answers = Answers(given)
        settled = leaving_out(planned(answers).open_questions, answers)
        plan = clock.timed("plan", lambda: planned(settled))
        kept = clock.timed("store", lambda: store_return(store=store, plan=plan, leave_open=True))
        clock.timed("the same file again", lambda: planned(answers))
        clock.timed("undo", lambda: undo_import(store=store, import_id=kept.id))
        return kept.figures


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the import of a large return.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    clock = Clock()
    figures = 0
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "warm.csv"
        warm.write_text("Offence,201104,201105\nBurglary,3,4\n", encoding="utf-8")
        read_return(data=warm.read_bytes(), file_name=warm.name)
        for run in range(given.runs):
            figures = one_run(given.file, Path(folder) / f"{run}.scs", clock)
    base = statistics.median(clock.times["bare csv"])
    sys.stdout.write(f"{given.file.name}: {figures} figures stored\n{'step':22} {'seconds':>9} {'ratio':>8}\n")
    for step, times in clock.times.items():
        middle = statistics.median(times)
        sys.stdout.write(f"{step:22} {middle:9.3f} {middle / base:8.1f}\n")
    whole = sum(statistics.median(clock.times[step]) for step in ("read", "plan", "store"))
    sys.stdout.write(f"{'file to store':22} {whole:9.3f} {whole / base:8.1f}\n")


if __name__ == "__main__":
    main()
