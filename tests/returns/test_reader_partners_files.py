"""Files that nobody here wrote: damaged, hostile and odd ones from elsewhere, and partners' real returns.

`python -m tests.returns.test_reader_partners_files FOLDER` prints a table of what each file of a folder got.
"""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from scs_desktop.returns import gate
from scs_desktop.returns.grid import Workbook
from scs_desktop.returns.reader import close_reader, read_workbook

FOLDER = Path(__file__).parents[2] / "../shared/data"
SECONDS = 60
BYTES = 1536 * 1024 * 1024


def files(folder: str) -> list[Path]:
    place = FOLDER / folder
    return sorted(place.iterdir()) if place.is_dir() else []


BAD = files("bad")
RETURNS = files("returns")
absent = pytest.mark.skipif(not BAD, reason="the files of others are not beside the project")


def what_it_got(path: Path) -> tuple[str, str, float]:
    """Return the kind of outcome, a sentence, and the seconds it took."""
    begun = time.perf_counter()
    try:
        workbook = read_workbook(path)
    except gate.Refusal as refusal:
        return type(refusal).__name__, str(refusal), time.perf_counter() - begun
    cells = sum(len(values) - values.count(None) for page in workbook.sheets for values in page.rows.values())
    sentence = f"{workbook.format}, {len(workbook.sheets)} sheets, {cells} cells. {' '.join(workbook.notices)}"
    return "read", sentence.strip(), time.perf_counter() - begun


@absent
@pytest.mark.parametrize("path", BAD, ids=[path.name[-60:] for path in BAD])
def test_every_bad_file_ends_in_a_workbook_or_a_sentence(path: Path) -> None:
    before = set(path.parent.iterdir())
    outcome, sentence, seconds = what_it_got(path)
    assert outcome == "read" or sentence.endswith(".")
    assert seconds < SECONDS
    assert set(path.parent.iterdir()) == before


@absent
def test_all_of_them_stay_within_the_memory() -> None:
    resource = pytest.importorskip("resource", reason="peak memory is told by Unix alone")
    for path in BAD:
        what_it_got(path)
    close_reader()
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert kilobytes * 1024 < BYTES


@absent
@pytest.mark.parametrize("path", RETURNS, ids=[path.name for path in RETURNS])
def test_every_real_return_is_read(path: Path) -> None:
    workbook = read_workbook(path)
    assert isinstance(workbook, Workbook)
    assert sum(len(page.rows) for page in workbook.sheets) > 0


@absent
@pytest.mark.parametrize(
    "path",
    [path for path in RETURNS if path.suffix == ".xlsx" and path.stat().st_size < 250_000],
    ids=lambda path: path.name,
)
def test_another_reader_agrees_cell_by_cell(path: Path) -> None:
    import warnings

    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        other = openpyxl.load_workbook(path, data_only=True, read_only=False)
    for page in read_workbook(path).sheets:
        theirs = other[page.name]
        for cells in theirs.iter_rows():
            for cell in cells:
                if cell.row is None or cell.column is None:
                    continue
                ours = page.value(cell.row, cell.column)
                expected = cell.value if cell.value != "" else None
                if isinstance(expected, datetime) and not isinstance(ours, datetime):
                    expected = expected.date()
                assert ours == expected, f"{page.name}!{cell.coordinate}"
        assert {str(merged) for merged in theirs.merged_cells.ranges} == {str(merged) for merged in page.merges}


def main(arguments: list[str]) -> int:
    """Print the table."""
    for argument in arguments:
        place = Path(argument)
        for path in sorted(place.iterdir()) if place.is_dir() else [place]:
            outcome, sentence, seconds = what_it_got(path)
            sys.stdout.write(f"{seconds:6.2f} s  {outcome:16}  {path.name}\n                           {sentence}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
