"""How fast and in how much memory a return is read, beside other readers, in one run.

Run it by hand; the path of a real file may follow::

    python3 tests/benchmarks/reading.py [FILE...] [--runs 5]

Three workbooks are made (200 × 15, 5,000 × 30, 100,000 × 20: offence, borough and months) and read by
each reader in a process of its own: our reading as far as the cells (``grid``), as far as tables and
records (``tables``) and to a plan on a new store (``plan``), the reading process warm; openpyxl in both
of its modes; bare python-calamine; pandas on calamine where it is installed; bare csv for text files.
Medians are printed with their ratio to bare calamine (csv for a text file), and the peak of memory of the
process and of its reading process.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
SIZES = ((200, 15), (5_000, 30), (100_000, 20))
USUAL_SECONDS, LARGEST_RATIO = 0.3, 2.0
LABELS = 3
WATCH_SECONDS = 0.05


def letters(column: int) -> str:
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def make_workbook(path: Path, rows: int, columns: int) -> None:
    """Write a monthly return as Excel writes it: shared texts, cell references, one sheet."""
    months = [f"20{10 + (3 + one) // 12:02d}{(3 + one) % 12 + 1:02d}" for one in range(columns - LABELS)]
    texts = ["Offence group", "Offence", "Borough", *months]
    texts += [f"Group {one}" for one in range(30)] + [f"Offence {one}" for one in range(400)]
    texts += [f"Area {one}" for one in range(300)]
    index = {text: place for place, text in enumerate(texts)}
    out = io.StringIO()
    out.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{MAIN}"><sheetData>')
    names = [letters(one + 1) for one in range(columns)]
    for number in range(1, rows + 1):
        if number == 1:
            cells = [f'<c r="{names[one]}1" t="s"><v>{one}</v></c>' for one in range(columns)]
        else:
            # Every row is another offence in another area, so that no two rows are the same figure.
            area, offence = (number - 2) % 300, (number - 2) // 300 % 400
            labels = (index[f"Group {offence % 30}"], index[f"Offence {offence}"], index[f"Area {area}"])
            cells = [f'<c r="{names[one]}{number}" t="s"><v>{labels[one]}</v></c>' for one in range(LABELS)]
            cells += [
                f'<c r="{names[one]}{number}"><v>{(number * 31 + one * 17) % 997}</v></c>'
                for one in range(LABELS, columns)
            ]
        out.write(f'<row r="{number}">{"".join(cells)}</row>')
    out.write("</sheetData></worksheet>")
    relations = f'<Relationships xmlns="{PACKAGE}/relationships">'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxml'
            'formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override '
            'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.'
            'sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxml'
            'formats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
        )
        parts.writestr(
            "_rels/.rels",
            f'{relations}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>",
        )
        parts.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Return" sheetId="1" r:id="rId1"/>'
            "</sheets></workbook>",
        )
        parts.writestr(
            "xl/_rels/workbook.xml.rels",
            f'{relations}<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        strings = "".join(f"<si><t>{text}</t></si>" for text in texts)
        parts.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
        parts.writestr("xl/worksheets/sheet1.xml", out.getvalue())


# --- one reader in its own process ------------------------------------------------------------------


def peak_mib(process: str) -> float:
    """Return the most memory that a process has held; 0 where the system does not tell it so (other than Linux)."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)


def children() -> list[str]:
    """Return the processes that this one has started."""
    found = []
    for task in Path("/proc/self/task").glob("*/children"):
        found += task.read_text(encoding="utf-8").split()
    return found


def watch_children(peaks: list[float], ended: threading.Event) -> None:
    """Note the peaks of the processes that this one starts, as long as they live: a reader may end after a file."""
    while not ended.wait(WATCH_SECONDS):
        peaks += [peak_mib(one) for one in children()]


def ours(path: Path, step: str) -> Callable[[], object]:
    """Return our reading as far as a step, with the reading process warm and everything imported."""
    from scs_desktop.returns.reader import read_workbook
    from scs_desktop.returns.reading import read_grid

    small = path.parent / "warm.csv"
    small.write_text("Offence,201104,201105\nBurglary,3,4\n", encoding="utf-8")
    read_grid(read_workbook(small))
    if step == "grid":
        return lambda: read_workbook(path)
    if step == "tables":
        return lambda: read_grid(read_workbook(path))
    from scs_desktop.domain.history import StoreKind
    from scs_desktop.workflows.import_return import agency_named, plan_return
    from scs_desktop.workflows.shipped import set_up_store

    store = set_up_store(path=path.parent / f"{time.time_ns()}.scs", kind=StoreKind.REAL, who="benchmark")
    agency = agency_named(store=store, name="Metropolitan Police").id
    plan_return(store=store, data=small.read_bytes(), file_name=small.name, agency=agency)
    return lambda: plan_return(store=store, data=path.read_bytes(), file_name=path.name, agency=agency)


def by_openpyxl(path: Path, *, read_only: bool) -> object:
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=read_only, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def by_calamine(path: Path) -> object:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def by_pandas(path: Path) -> object:
    import pandas as pd  # type: ignore[import-not-found, import-untyped, unused-ignore]

    return pd.read_excel(path, sheet_name=None, header=None, engine="calamine")


def by_csv(path: Path) -> object:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def reader(name: str, path: Path) -> Callable[[], object]:
    others: dict[str, Callable[[], object]] = {
        "openpyxl read-only": lambda: by_openpyxl(path, read_only=True),
        "openpyxl": lambda: by_openpyxl(path, read_only=False),
        "calamine": lambda: by_calamine(path),
        "pandas, calamine": lambda: by_pandas(path),
        "csv": lambda: by_csv(path),
    }
    return others[name] if name in others else ours(path, name)


def measure(name: str, path: Path, runs: int) -> None:
    read = reader(name, path)
    peaks = [0.0]
    watch = threading.Thread(target=watch_children, args=(peaks, ended := threading.Event()), daemon=True)
    watch.start()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        result = read()
        times.append(time.perf_counter() - start)
        del result
    ended.set()
    watch.join()
    own, child = peak_mib("self"), max(peaks)
    sys.stdout.write(json.dumps({"seconds": statistics.median(times), "own": own, "child": child}) + "\n")


# --- the table ---------------------------------------------------------------------------------------


def measured(name: str, path: Path, runs: int) -> dict[str, float] | None:
    command = [sys.executable, __file__, "--reader", name, "--runs", str(runs), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(done.stderr.strip().splitlines()[-1] + "\n")
        return None
    found: dict[str, float] = json.loads(done.stdout)
    return found


def compare(path: Path, title: str, runs: int) -> dict[str, float]:
    text = path.suffix == ".csv"
    names = ["csv"] if text else ["calamine", "openpyxl read-only", "openpyxl", "pandas, calamine"]
    if importlib.util.find_spec("pandas") is None and not text:
        names.remove("pandas, calamine")
    sys.stdout.write(f"\n{title} ({path.stat().st_size / 1024:,.0f} KB)\n")
    sys.stdout.write(f"{'reader':20} {'seconds':>9} {'ratio':>7} {'own MiB':>9} {'reader MiB':>11}\n")
    base, seconds = 0.0, {}
    for name in (*names, "grid", "tables", "plan"):
        found = measured(name, path, runs)
        if found is None:
            sys.stdout.write(f"{name:20} failed\n")
            continue
        base = base or found["seconds"]
        seconds[name] = found["seconds"]
        sys.stdout.write(
            f"{name:20} {found['seconds']:9.3f} {found['seconds'] / base:7.2f} {found['own']:9,.0f} "
            f"{found['child']:11,.0f}\n"
        )
        sys.stdout.flush()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare our reading with other readers.")
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--reader")
    given = parser.parse_args()
    if given.reader:
        measure(given.reader, given.files[0], given.runs)
        return
    if importlib.util.find_spec("pandas") is None:
        sys.stdout.write("pandas is not installed here, so it is not compared; it is no part of the project.\n")
    with tempfile.TemporaryDirectory() as name:
        folder, found = Path(name), {}
        for rows, columns in SIZES:
            path = folder / f"{rows}x{columns}.xlsx"
            make_workbook(path, rows, columns)
            found[rows] = compare(path, f"{rows:,} × {columns}", given.runs if rows < 50_000 else 1 + given.runs // 3)
        for real in given.files:
            copy = folder / f"real{real.suffix}"
            copy.write_bytes(real.read_bytes())
            compare(copy, real.name, 1 + given.runs // 3)
    usual, largest = found[SIZES[0][0]], found[SIZES[-1][0]]
    ratio = largest["grid"] / largest["calamine"]
    sys.stdout.write(
        f"\nA usual return is read, matched and planned in {usual['plan']:.3f} s (goal: under {USUAL_SECONDS}); "
        f"the largest is read in {ratio:.2f} × bare calamine (goal: at most {LARGEST_RATIO}), "
        f"{largest['openpyxl read-only'] / largest['grid']:.1f} times as fast as openpyxl.\n"
    )


if __name__ == "__main__":
    main()
