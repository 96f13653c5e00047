"""Places that copy or share files are warned of."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scs_desktop.store import warning_about
from scs_desktop.store.location import file_system_of

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/safety /mnt/community\\040safety cifs rw 0 0
tmpfs /mnt/community\\040safety/local tmpfs rw 0 0
"""


@pytest.mark.parametrize(
    "folder",
    ["OneDrive - Northtown Council", "OneDrive", "Dropbox", "Dropbox (Northtown)", "Google Drive", "iCloudDrive"],
)
def test_a_folder_that_is_synchronised_is_warned_of(folder: str, tmp_path: Path) -> None:
    warning = warning_about(tmp_path / folder / "Safety" / "partnership.store")
    assert warning is not None
    assert warning.startswith("“partnership.store” lies in a folder that ")


@pytest.mark.parametrize("folder", ["Documents", "OneDriver", "Onedrives of mine", "Dropboxed"])
def test_a_folder_of_ones_own_is_not(folder: str, tmp_path: Path) -> None:
    assert warning_about(tmp_path / folder / "partnership.store") is None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/officer/a.store", "ext4"),
        ("/mnt/community safety/a.store", "cifs"),
        ("/mnt/community safety/local/a.store", "tmpfs"),
        ("/mnt/community safety 2/a.store", "ext4"),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="mounts are POSIX's")
def test_the_nearest_mount_says_what_holds_a_path(path: str, expected: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert file_system_of(Path(path), mounts) == expected
    assert file_system_of(Path(path), tmp_path / "nothing") == ""
