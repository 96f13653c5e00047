"""Our statistics beside scipy's and statsmodels' over wide random ranges: the largest difference found.

    python -m tests.benchmarks.second_opinion [--write]

Runs ``tests/domain/test_second_opinion.py`` and prints what it records, as a table; with ``--write`` the
table in docs/methods/oracles.md is the one found. Both libraries are tools of development alone.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests" / "domain" / "test_second_opinion.py"
PAGE = ROOT / "docs" / "methods" / "oracles.md"
LABEL = "largest difference: "
TABLE = re.compile(r"\| what is compared \| largest relative difference \|\n\|---\|---\|\n(?:\|.*\n)+")


def measured() -> dict[str, float]:
    """Run the comparisons and return the largest relative difference of each."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "found.xml"
        code = pytest.main([str(TESTS), "-q", "-p", "no:cacheprovider", "--junit-xml", str(out)])
        if code != pytest.ExitCode.OK:
            message = f"the comparisons did not pass ({code})"
            raise SystemExit(message)
        root = ET.parse(out).getroot()  # noqa: S314 - written here a moment before
    return {
        one.attrib["name"].removeprefix(LABEL): float(one.attrib["value"])
        for one in root.iter("property")
        if one.attrib["name"].startswith(LABEL)
    }


def table(found: dict[str, float]) -> str:
    """Return the differences as a table, the largest last."""
    lines = ["| what is compared | largest relative difference |", "|---|---|"]
    lines += [f"| {name} | {value:.1e} |" for name, value in sorted(found.items(), key=lambda one: one[1])]
    return "\n".join([*lines, f"| **largest of all** | **{max(found.values()):.1e}** |"]) + "\n"


def main() -> int:
    """Print the table, and write it where that is asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true")
    wanted = arguments.parse_args()
    found = table(measured())
    print(found)  # noqa: T201
    if wanted.write:
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(TABLE.sub(found, page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
