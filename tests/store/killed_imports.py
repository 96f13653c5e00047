"""Import into copies of a store, each time killed at another moment; print what was left.

Started by the tests as ``python -m tests.store.killed_imports STORE ROUNDS``. The children are
forked, so that a round takes no longer than the import.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

from scs_desktop.store import open_store, verify_store
from scs_desktop.store.database import journal_path
from tests.store.builders import OFFICER, monthly_return, take_in, values_of

FIGURES = 2500
BEFORE, AFTER = range(FIGURES), range(FIGURES, 2 * FIGURES)
"""The figures of the first import and of the one that is killed: every one of them differs."""


def _import(path: Path, values: range) -> None:
    with open_store(path, who=OFFICER) as store:
        take_in(store, monthly_return(f"{values}.csv", values))


def _child(path: Path) -> int:
    process = os.fork()
    if process:
        return process
    try:
        _import(path, AFTER)
    finally:
        os._exit(0)


def _fresh(base: Path) -> Path:
    path = base.with_name(f"{base.stem}-round.store")
    path.write_bytes(base.read_bytes())
    return path


def run(base: Path, rounds: int) -> dict[str, int]:
    """Return in how many rounds the import was there whole, was not there, and was cut while writing."""
    _import(base, BEFORE)
    begun = time.perf_counter()
    os.waitpid(_child(_fresh(base)), 0)
    whole_time = time.perf_counter() - begun
    counts = {"there": 0, "absent": 0, "cut": 0}
    for index in range(rounds):
        path = _fresh(base)
        process = _child(path)
        time.sleep(whole_time * (index + 0.5) / rounds)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        counts["cut"] += journal_path(path).exists()
        # Opening after an unclean exit checks the store in full, hashes and all.
        with open_store(path, who=OFFICER) as store:
            found = sorted(int(value) for value in values_of(store).values() if value is not None)
            imports = len(store.imports())
        if (imports, found) == (1, list(BEFORE)):
            counts["absent"] += 1
        elif (imports, found) == (2, list(AFTER)):
            counts["there"] += 1
        else:
            message = f"round {index}: {imports} imports, {len(found)} figures"
            raise AssertionError(message)
        if not verify_store(path).sound:
            message = f"round {index}: the store is not sound"
            raise AssertionError(message)
    return counts


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))
