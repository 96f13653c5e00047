"""Bring a backup back into copies of a store, each time killed at another moment; print what was left.

Started by the tests as ``python -m tests.store.killed_restores STORE ROUNDS``. The children are
forked, so that a round takes no longer than the restoring.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path

from scs_desktop.store import backup_store, open_store, restore_store, verify_store
from tests.store.builders import OFFICER, monthly_return, take_in, values_of

FIGURES = 2500


def _child(backup: Path, path: Path) -> int:
    process = os.fork()
    if process:
        return process
    try:
        restore_store(backup, path, who=OFFICER)
    finally:
        os._exit(0)


def _fresh(base: Path) -> Path:
    for old in base.parent.glob("round*"):
        old.unlink()
    path = base.with_name("round.store")
    path.write_bytes(base.read_bytes())
    return path


def run(base: Path, rounds: int) -> dict[str, int]:
    """Return in how many rounds the store was the old one and the backup's, and how often the old one lay beside."""
    backup = base.with_name("base.backup")
    with open_store(base, who=OFFICER) as store:
        take_in(store, monthly_return("first.csv", range(FIGURES)))
        backup_store(store, backup)
        take_in(store, monthly_return("second.csv", range(FIGURES, 2 * FIGURES)))
    begun = time.perf_counter()
    os.waitpid(_child(backup, _fresh(base)), 0)
    whole_time = time.perf_counter() - begun
    counts = {"old": 0, "restored": 0, "kept": 0}
    for index in range(rounds):
        path = _fresh(base)
        process = _child(backup, path)
        time.sleep(whole_time * (index + 0.5) / rounds)
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        with open_store(path, who=OFFICER) as store:
            imports, figures = len(store.imports()), sorted(int(one) for one in values_of(store).values() if one)
        kept = [one for one in path.parent.glob("round-before-restore-*") if one.suffix == ".store"]
        if imports == 2:
            counts["old"] += 1
        else:
            counts["restored"] += 1
            if len(kept) != 1 or not verify_store(kept[0]).sound:
                message = f"round {index}: the store that was replaced is not whole beside the new one"
                raise AssertionError(message)
        counts["kept"] += bool(kept)
        first = 0 if imports == 1 else FIGURES
        if figures != [one for one in range(first, first + FIGURES) if one] or not verify_store(path).sound:
            message = f"round {index}: {imports} imports, {len(figures)} figures"
            raise AssertionError(message)
    return counts


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]), int(sys.argv[2]))))
