"""What a command says when something fails that is no mistake of the officer's.

The environment's faults (a full disk, a missing permission) become one sentence; a fault of the program
becomes one too, and its traceback goes to the log, without messages or values, which may hold figures.
"""

from __future__ import annotations

import errno
import platform
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

import scs_desktop
from scs_desktop.workflows.places import log_folder

LOG_NAME, LOG_BYTES = "program.log", 1_000_000
_REASONS = {
    errno.ENOSPC: "There is no room left on the disk",
    errno.EDQUOT: "There is no room left for you on the disk",
    errno.EACCES: "You may not open or write",
    errno.EPERM: "You may not open or write",
    errno.EROFS: "The disk can only be read: you may not write",
    errno.ENOENT: "There is no",
    errno.ENOTDIR: "A file stands where a folder should be in",
    errno.EEXIST: "There is a file already at",
    errno.EISDIR: "A folder stands where a file should be:",
    errno.ENAMETOOLONG: "The name is too long:",
    errno.EMFILE: "Too many files are open",
    errno.ELOOP: "Links lead in a circle at",
}


def environment_sentence(error: OSError | MemoryError) -> str:
    """Return a fault of the environment as one sentence: what is wrong, where, what to do."""
    if isinstance(error, MemoryError):
        return "There is not enough memory for this. Close other programs and try again; nothing was changed."
    where = f" {Path(str(error.filename))}" if error.filename is not None else ""
    known = _REASONS.get(error.errno or 0)
    if known is None:
        reason = (error.strerror or "the system refused").lower()
        return f"The system did not allow this{' at' + where if where else ''}: {reason}. Check it and try again."
    return f"{known}{where}. Put that right, or choose another place, and try again."


def fault_sentence(error: BaseException) -> str:
    """Write the details of a fault of the program to the log, and return the sentence that names the log."""
    details = details_of(error)
    for folder in (log_folder, lambda: Path(tempfile.gettempdir())):
        try:
            place = folder()
            place.mkdir(parents=True, exist_ok=True)
            log = place / LOG_NAME
            if log.exists() and log.stat().st_size > LOG_BYTES:
                log.replace(log.with_name(f"{LOG_NAME}.1"))
            with log.open("a", encoding="utf-8") as stream:
                stream.write(details)
        except OSError:
            continue
        return (
            "This is a fault of the program, not yours; what is stored is as it was before this command's last step. "
            f"Give whoever looks after the program the details in {log}."
        )
    kind = type(error).__name__
    return f"This is a fault of the program, not yours ({kind}), and its details could be written nowhere."


def details_of(error: BaseException) -> str:
    """Return when, in which version and where it happened, without messages or values."""
    when = f"{datetime.now(UTC).astimezone():%Y-%m-%d %H:%M:%S}"
    program = f"Safer Communities Desktop {scs_desktop.__version__}"
    lines = [f"{when} ERROR scs_desktop.cli {program}, Python {platform.python_version()}, {platform.platform()}"]
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        lines.append(f"{type(step).__module__}.{type(step).__qualname__}")
        lines += [
            f"  {'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(step.__traceback__)
        ]
        step = step.__cause__ or step.__context__
    return "\n".join(lines) + "\n"
