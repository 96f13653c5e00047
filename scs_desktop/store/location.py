"""Where a store lies: places that copy or share files behind the program's back are warned of."""

from __future__ import annotations

import re
import sys
from pathlib import Path

# Such folders bear the service's name, alone or with the account's behind it.
_SYNCHRONISED = re.compile(r"(onedrive|dropbox|google ?drive|icloud ?drive|nextcloud)( - .*| \(.*\))?", re.IGNORECASE)
_SHARED_FILE_SYSTEMS = frozenset({"cifs", "smb3", "smbfs", "nfs", "nfs4", "ncpfs", "afs", "fuse.sshfs", "9p", "davfs"})
_MOUNTS = Path("/proc/self/mounts")


def warning_about(path: Path) -> str | None:
    """Return a sentence where a store should rather not lie, or None where the place is a good one.

    It is a warning, not a refusal: a council's files may have to lie on a share.
    """
    whole = path.absolute()
    for part in whole.parent.parts:
        if match := _SYNCHRONISED.fullmatch(part):
            return (
                f"“{path.name}” lies in a folder that {match[1]} copies between computers. Two copies may part, and "
                "one may be lost: keep the store in a folder of its own and put backups there instead."
            )
    if _is_shared(whole):
        return (
            f"“{path.name}” lies on a network share. That works for one officer at a time, but a broken connection "
            "may cut a change off: keep backups on this computer."
        )
    return None


if sys.platform == "win32":
    import ctypes

    _REMOTE = 4

    def _is_shared(path: Path) -> bool:
        return path.drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(f"{path.drive}\\") == _REMOTE

else:

    def _is_shared(path: Path) -> bool:
        return file_system_of(path, _MOUNTS) in _SHARED_FILE_SYSTEMS


def file_system_of(path: Path, mounts: Path) -> str:
    """Return the type of the file system that holds a path, from the system's list of mounts; "" if unknown."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    found, longest = "", -1
    for line in lines:
        fields = line.split(" ")
        # Spaces in a mount point are written as their octal number.
        point = Path(fields[1].replace("\\040", " "))
        if (path == point or point in path.parents) and len(point.parts) >= longest:
            found, longest = fields[2], len(point.parts)
    return found
