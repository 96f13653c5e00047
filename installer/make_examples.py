"""Writes the example returns in resources/examples from the figures typed into resources/examples/data.

Usage:
    python installer/make_examples.py [FOLDER]

Recorded crime is what the police published for Barnet. The residents' survey is as the strategy
quotes it. Everything else is illustrative, and every sheet of it says so. The same figures always
give the same bytes: no clock and no chance has a hand in them.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES = ROOT / "resources" / "examples"


def examples() -> Iterator[tuple[str, bytes]]:
    """Every example return: its file name and its bytes."""
    # Imported here: run as a script, this module finds the others only once the root is on the path.
    from installer.make_cohort_examples import cohort_examples
    from installer.make_council_examples import council_examples
    from installer.make_offender_examples import offender_examples
    from installer.make_police_and_fire_examples import police_and_fire_examples
    from installer.make_ward_examples import ward_examples

    yield from police_and_fire_examples()
    yield from offender_examples()
    yield from council_examples()
    yield from ward_examples()
    yield from cohort_examples()


def main(arguments: Sequence[str]) -> int:
    """Write the example returns into the folder and say how many."""
    folder = Path(arguments[0]) if arguments else EXAMPLES
    folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for name, data in examples():
        (folder / name).write_bytes(data)
        count += 1
    print(f"{count} example returns in {folder}")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main(sys.argv[1:]))
