"""Copies of the store, and the way back to one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, officer, opened, say, store_path

if TYPE_CHECKING:
    from scs_desktop.cli.parser import Commands


def add_keeping(commands: Commands) -> None:
    """Add the commands that keep the store safe."""
    backup = commands.add_parser("backup", help="write a verified copy of the store")
    backup.add_argument(
        "--out", type=Path, metavar="FILE", help="where to; default: the folder of backups beside the store"
    )
    backup.add_argument("--json", action="store_true", help="print the result as JSON")
    listed = commands.add_parser("backups", help="the backups in the folder beside the store")
    listed.add_argument("--json", action="store_true", help="print the result as JSON")
    restore = commands.add_parser("restore", help="bring a backup back; the store that is there is kept beside it")
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="the backup's file")
    restore.add_argument("--dry-run", action="store_true", help="say what would be lost, and change nothing")
    restore.add_argument("--json", action="store_true", help="print the result as JSON")


def backup(arguments: argparse.Namespace) -> int:
    """Write a verified copy of the store."""
    from scs_desktop.workflows.back_up import back_up, back_up_into_folder

    out: Path | None = arguments.out
    with opened(arguments) as store:
        path = back_up_into_folder(store=store) if out is None else back_up(store=store, out=out)
    say(dumped({"backup": path}) if arguments.json else f"Wrote and verified {path}.")
    return DONE


def backups(arguments: argparse.Namespace) -> int:
    """List the backups, the latest first."""
    from scs_desktop.workflows.back_up import backup_folder
    from scs_desktop.workflows.back_up import backups as backups_of

    path = store_path(arguments)
    found = backups_of(store_path=path)
    if arguments.json:
        say(dumped(found))
    elif found:
        say("\n".join(f"{one.at:%Y-%m-%d %H:%M} UTC  {one.path}" for one in found))
    else:
        say(f"There are no backups of {path.name} in {backup_folder(path)}.")
    return DONE


def restore(arguments: argparse.Namespace) -> int:
    """Bring a backup back, or say what that would lose."""
    from scs_desktop.workflows.back_up import restore as bring_back
    from scs_desktop.workflows.back_up import restore_preview

    path = store_path(arguments)
    given: Path = arguments.backup
    preview = restore_preview(backup=given, store_path=path)
    done = None if arguments.dry_run else bring_back(backup=given, store_path=path, who=officer(arguments))
    if arguments.json:
        say(dumped({"preview": preview, "restored": done}))
        return DONE
    say(
        f"{given.name}: {preview.figures:,} figures of {preview.imports:,} imports, "
        f"last changed {preview.last.at:%Y-%m-%d %H:%M} UTC ({preview.last.summary})."
    )
    would = "would be" if done is None else "are"
    for one in preview.lost:
        say(f"  {would} no longer in the store: {one.at:%Y-%m-%d %H:%M} {one.summary}")
    if done is None:
        say("Nothing was changed.")
    elif done.kept is None:
        say(f"Restored {done.path}.")
    else:
        say(f"Restored {done.path}. What stood there is kept at {done.kept}.")
    return DONE
