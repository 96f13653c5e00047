"""What arrives in a zip or behind a password, what goes back to the partner, and a profile for a colleague."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest

from scs_desktop.returns.grid import FileFormat, Range
from scs_desktop.returns.records import LeftOut, Problem, Reading, Rule
from scs_desktop.workflows.partner_report import partner_report, write_partner_report
from tests.cli.test_commands import Desk, imported, recorded_crime
from tests.returns.hostile import encrypted

__all__ = ["desk"]
OPENS_IT = "Colindale 12"
PROFILE = '{"format": "Safer Communities profile", "version": 1, '
AGENCY = f'{PROFILE}"agency": {{"id": "x", "name": "y"}}, '
ODD_SIGNS = ("=1+1", "+44 20 8359", "-2", "@SUM(A1)", "\t=cmd|'/C calc'!A0", "\u202e=A1")


@pytest.fixture
def desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    return Desk(tmp_path, capsys)


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


CRIME: list[list[object]] = [
    ["Offence", "Borough", "Apr 2011", "May 2011", "Jun 2011"],
    ["Burglary in a dwelling", "Barnet", 220, 211, 222],
    ["Theft from shops", "Barnet", 301, 302, 303],
]


def archive(desk: Desk, name: str, **members: bytes) -> str:
    path = desk.folder / name
    with zipfile.ZipFile(path, "w") as packed:
        for member, data in members.items():
            packed.writestr(f"in a folder/{member.replace('_', '.')}", data)
    return str(path)


def test_each_workbook_of_an_archive_is_planned_and_a_bad_one_is_named(desk: Desk) -> None:
    path = archive(
        desk,
        "quarter.zip",
        police_xlsx=workbook(CRIME),
        monthly_csv=recorded_crime().encode(),
        broken_xlsx=b"PK\x03\x04 and no more",
        note_txt=b"see attached",
    )
    desk.run("new")
    code, out, err = desk.run("import", path, "--agency", "Metropolitan Police", "--dry-run")
    assert code == 3
    assert "police.xlsx: " in out
    assert "monthly.csv: " in out
    assert err.count("\n") == 1
    assert "“quarter.zip”" in err
    assert "“broken.xlsx”" in err
    assert sorted(one.name for one in desk.folder.iterdir() if "strategy" not in one.name) == ["quarter.zip"]


def test_an_archive_is_read_as_a_list_also_where_it_holds_one_file(desk: Desk) -> None:
    code, found = desk.json("read", archive(desk, "one.zip", police_xlsx=workbook(CRIME)))
    assert code == 0
    assert isinstance(found, list)
    assert [one["file"] for one in found] == ["police.xlsx"]
    assert len(found[0]["records"]) == 6


def test_an_archive_in_an_archive_is_refused_by_name(desk: Desk) -> None:
    inner = Path(archive(desk, "inner.zip", police_xlsx=workbook(CRIME))).read_bytes()
    code, out, err = desk.run("read", archive(desk, "outer.zip", inner_xlsx=inner))
    assert (code, out) == (3, "")
    assert "outer.zip" in err
    assert "inner.xlsx" in err


def test_a_figure_from_an_archive_names_the_workbook_it_stood_in(desk: Desk) -> None:
    path = archive(desk, "quarter.zip", monthly_csv=recorded_crime().encode())
    desk.run("new")
    code, _, err = desk.run("import", path, "--agency", "Metropolitan Police", "--accept")
    assert code == 1, err
    _, history = desk.json("imports")
    assert isinstance(history, list)
    assert [one["file_name"] for one in history] == ["monthly.csv"]


def locked(desk: Desk, name: str = "locked.xlsx", rows: list[list[object]] | None = None) -> str:
    path = desk.folder / name
    path.write_bytes(encrypted(workbook(rows or CRIME), OPENS_IT))
    return str(path)


def test_an_encrypted_workbook_opens_with_a_password_file(desk: Desk) -> None:
    path = locked(desk)
    code, _, err = desk.run("read", path)
    assert code == 3
    assert "--password-file" in err
    wrong = desk.file("wrong.txt", "Hendon\n")
    assert desk.run("read", path, "--password-file", wrong)[0] == 3
    right = desk.file("right.txt", f"{OPENS_IT}\n")
    code, found = desk.json("read", path, "--password-file", right)
    assert code == 0
    assert isinstance(found, dict)
    assert found["records"][0]["value"] == 220
    desk.run("new")
    code, _, err = desk.run(
        "import",
        path,
        "--agency",
        "Metropolitan Police",
        "--accept",
        "--password-file",
        right,
        "--received",
        "2011-07-08",
    )
    assert code in {0, 1}, err
    assert OPENS_IT.encode() not in desk.store.read_bytes()


class Typist:
    """An officer at a terminal who types these one after the other."""

    def __init__(self, *typed: str) -> None:
        self.typed = iter(typed)
        self.asked: list[str] = []

    def __call__(self, prompt: str = "", stream: object = None) -> str:
        self.asked.append(prompt)
        assert stream is not sys.stdout, "a prompt among the results"
        try:
            return next(self.typed)
        except StopIteration:
            raise EOFError from None


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    return monkeypatch


def test_the_password_is_asked_at_the_terminal_and_serves_the_next_file(
    desk: Desk, terminal: pytest.MonkeyPatch
) -> None:
    typist = Typist("Hendon", OPENS_IT)
    terminal.setattr("getpass.getpass", typist)
    other = [*CRIME, ["Robbery of a person", "Barnet", 3, 4, 5]]
    code, out, err = desk.run("import", locked(desk), locked(desk, "second.xlsx", other), "--dry-run")
    assert code == 1, err
    assert "second.xlsx" in out
    assert len(typist.asked) == 2
    assert "locked.xlsx" in typist.asked[0]
    assert OPENS_IT not in out + err


@pytest.mark.parametrize(("typed", "asked"), [((), 1), (("",), 1), (("a", "b", "c", OPENS_IT), 3)])
def test_asking_for_a_password_comes_to_an_end(
    desk: Desk, terminal: pytest.MonkeyPatch, typed: tuple[str, ...], asked: int
) -> None:
    typist = Typist(*typed)
    terminal.setattr("getpass.getpass", typist)
    assert desk.run("read", locked(desk))[0] == 3
    assert len(typist.asked) == asked


# --- the report for the partner ------------------------------------------------------------------


def test_the_partner_is_told_cell_text_and_repair_and_nothing_of_others(desk: Desk) -> None:
    imported(desk)
    rows = [[*CRIME[0]], ["Burglary in a dwelling", "Barnet", 31, "see note", "#N/A"], [*CRIME[2]]]
    path = desk.folder / "crime.xlsx"
    path.write_bytes(workbook(rows))
    before = desk.store.read_bytes()
    out = desk.folder / "report.xlsx"
    code, _, err = desk.run("problems", str(path), "--agency", "Metropolitan Police", "--out", str(out))
    assert code == 1, err
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Summary", "Problems", "Left out", "Read"]
    problems = [[cell.value for cell in row] for row in book["Problems"].iter_rows(min_row=2)]
    assert ("D2", "see note") in {(row[1], row[2]) for row in problems}
    assert all(row[4] for row in problems)
    everything = " ".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None
    )
    assert "Metropolitan Police" in everything
    assert "9000" not in everything, "a figure of the other borough, of the earlier file"
    assert "291" not in everything, "a stored figure"
    assert str(desk.folder) not in everything
    assert desk.store.read_bytes() == before


def odd_reading() -> Reading:
    where = Range(2, 2, 2, 2)
    return Reading(
        "=cmd.xlsx",
        "0" * 64,
        FileFormat.XLSX,
        left_out=[LeftOut(sign, Range(1, 1, 3, 2), sign) for sign in ODD_SIGNS],
        problems=[Problem(sign, where, sign, Rule.OTHER, sign, "x" * 40_000) for sign in ODD_SIGNS],
        notices=list(ODD_SIGNS),
    )


def test_nothing_in_the_report_can_be_run_or_leads_outside(tmp_path: Path) -> None:
    path = write_partner_report(
        report=partner_report(reading=odd_reading(), agency_name="=A1"), out=tmp_path / "r.xlsx"
    )
    with zipfile.ZipFile(path) as parts:
        names = set(parts.namelist())
        texts = {name: parts.read(name).decode("utf-8") for name in names}
    assert not [name for name in names if "comment" in name or "external" in name.lower() or "drawing" in name]
    assert not [name for name, text in texts.items() if "<f>" in text or 'TargetMode="External"' in text]
    assert not [name for name, text in texts.items() if 'state="' in text and "hidden" in text.lower()]
    core = texts["docProps/core.xml"]
    assert "creator" not in core or "<dc:creator/>" in core or "<dc:creator></dc:creator>" in core
    assert "lastModifiedBy" not in core
    assert str(tmp_path) not in "".join(texts.values())
    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert sheet.sheet_state == "visible"
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.comment is None
                assert cell.hyperlink is None
                assert not isinstance(cell.value, str) or not cell.value.startswith(
                    ("=", "+", "-", "@", "\t", "\u202e")
                )
                assert not isinstance(cell.value, str) or len(cell.value) <= 1_000


def test_the_report_as_text_is_neutral_too(tmp_path: Path) -> None:
    path = write_partner_report(report=partner_report(reading=odd_reading()), out=tmp_path / "r.txt")
    lines = path.read_text("utf-8-sig").splitlines()
    assert len(lines) > len(ODD_SIGNS)
    assert not [line for line in lines if line.startswith(("=", "+", "-", "@", "\t")) or "\u202e" in line]
    assert any("6 cells" in line for line in lines)


# --- profiles --------------------------------------------------------------------------------------


def exported(desk: Desk) -> Path:
    out = desk.folder / "police.json"
    code, _, err = desk.run("profile", "export", "Metropolitan Police", "--out", str(out))
    assert code == 0, err
    return out


@pytest.fixture
def colleague(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Desk:
    folder = tmp_path / "colleague"
    folder.mkdir()
    desk = Desk(folder, capsys)
    desk.run("new")
    return desk


def test_a_colleague_with_the_profile_is_asked_nothing(desk: Desk, colleague: Desk) -> None:
    imported(desk)
    profile = exported(desk)
    assert "220" not in profile.read_text("utf-8"), "a profile holds no figure"
    path = str(desk.folder / "crime.csv")
    assert colleague.json("import", path, "--dry-run")[0] == 1
    code, taken = colleague.json("profile", "import", str(profile))
    assert code == 0
    assert isinstance(taken, dict)
    assert taken["answers"] > 0
    assert taken["layouts"] == 1
    code, plan = colleague.json("import", path, "--accept")
    assert code == 0
    assert isinstance(plan, dict)
    assert plan["open"] == []
    assert plan["stored"]
    assert {figure["indicator"] for figure in plan["figures"]} == {"Total crime", "Residential burglary"}


def test_a_profile_taken_over_twice_changes_nothing(desk: Desk, colleague: Desk) -> None:
    imported(desk)
    profile = exported(desk)
    colleague.run("profile", "import", str(profile))
    before = colleague.store.read_bytes()
    code, taken = colleague.json("profile", "import", str(profile))
    assert code == 0
    assert isinstance(taken, dict)
    assert (taken["answers"], taken["layouts"]) == (0, 0)
    assert taken["same"] > 0
    assert colleague.store.read_bytes() == before
    assert exported(colleague).read_text("utf-8").count('"question"') == profile.read_text("utf-8").count('"question"')


def test_what_is_answered_otherwise_stays_and_what_does_not_fit_is_named(desk: Desk, colleague: Desk) -> None:
    imported(desk)
    profile = exported(desk)
    colleague.run("profile", "import", str(profile))
    entries = json.loads(profile.read_text("utf-8"))
    changed = next(one for one in entries["answers"] if one["answer"].startswith("row:"))
    changed["answer"] = "row:theft from shops"
    strange = "00000000-0000-4000-8000-000000000000"
    entries["answers"].append(
        {"question": f"rows/{strange}/value", "answer": "none", "shown": "Which rows are Fly-tipping?"}
    )
    other = colleague.file("other.json", json.dumps(entries))
    kept = exported(colleague).read_text("utf-8")
    code, said, _ = colleague.run("profile", "import", other)
    assert code == 1
    assert "theft from shops" in said
    assert "stays" in said
    assert "Fly-tipping" in said
    assert exported(colleague).read_text("utf-8") == kept


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "no json",
        "[" * 100_000,
        '{"format": "something else"}',
        '{"format": "Safer Communities profile", "version": 2}',
        PROFILE + '"agency": 3, "answers": [], "layouts": []}',
        AGENCY + '"answers": [], "layouts": []}',
        AGENCY + '"answers": [7], "layouts": []}',
        AGENCY + '"answers": [], "layouts": [{"id": "a", "sheet": "b", "heads": [1], "rows": []}]}',
    ],
)
def test_a_file_that_is_no_profile_is_refused(colleague: Desk, text: str) -> None:
    before = colleague.store.read_bytes()
    code, out, err = colleague.run("profile", "import", colleague.file("profile.json", text))
    assert (code, out, err.count("\n")) == (3, "", 1)
    assert colleague.store.read_bytes() == before


def test_an_agency_of_which_nothing_is_remembered_has_no_profile(colleague: Desk) -> None:
    code, _, err = colleague.run("profile", "export", "Metropolitan Police", "--out", str(colleague.folder / "p.json"))
    assert code == 3
    assert "Nothing is remembered" in err
