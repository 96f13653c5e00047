"""Backups on the command line, and the way back to one."""

from __future__ import annotations

import json
from pathlib import Path

from scs_desktop.store import open_store
from tests.cli.test_commands import Desk, desk, imported

__all__ = ["desk"]


def test_a_backup_is_listed_looked_at_and_brought_back(desk: Desk) -> None:
    assert desk.run("new")[0] == 0
    assert desk.run("backups")[1].startswith("There are no backups of ")
    code, out, _ = desk.run("backup", "--json")
    copy = Path(json.loads(out)["backup"])
    assert (code, copy.parent.name) == (0, "Backups")
    assert desk.run("backups")[1].strip().endswith(str(copy))
    imported(desk)
    with open_store(desk.store, who="A. Officer") as store:
        held = len(store.imports())
    code, out, _ = desk.run("restore", str(copy), "--dry-run")
    assert code == 0
    assert "would be no longer in the store:" in out
    assert "Import of" in out
    with open_store(desk.store, who="A. Officer") as store:
        assert len(store.imports()) == held == 1, "a dry run changes nothing"
    code, out, _ = desk.run("restore", str(copy))
    assert code == 0
    kept = Path(out.rsplit("is kept at ", 1)[1].strip().removesuffix("."))
    with open_store(desk.store, who="A. Officer") as store:
        assert store.imports() == ()
    with open_store(kept, who="A. Officer") as store:
        assert len(store.imports()) == 1


def test_what_is_no_backup_is_refused_in_a_sentence(desk: Desk) -> None:
    desk.run("new")
    code, out, err = desk.run("restore", desk.file("notes.txt", "no store"))
    assert (code, out) == (3, "")
    assert "no store of this program" in err
