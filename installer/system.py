"""What the operating system must bring: found by trying, installed where that is allowed.

Only Linux asks for anything: elsewhere the packages bring all they need. A library is there if
the loader opens it, a program if it is found, Python's own venv if it can be imported.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from installer.process import SetupError, run_quietly, tell

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Need:
    """One thing the system must bring.

    Attributes:
        name: a library's soname, a program's or a Python module's name.
        package: what brings it on Debian and Ubuntu.
        kind: "library", "program" or "module".

    """

    name: str
    package: str
    kind: str = "library"

    def met(self) -> bool:
        """Whether it is there."""
        if self.kind == "program":
            return shutil.which(self.name) is not None
        if self.kind == "module":
            return importlib.util.find_spec(self.name) is not None
        try:
            ctypes.CDLL(self.name)
        except OSError:
            return False
        return True


ENVIRONMENT = (Need("ensurepip", f"python3.{sys.version_info.minor}-venv", "module"),)
# What Qt's own libraries are linked to, and what its X11 plug-in is.
QT = (
    Need("libglib-2.0.so.0", "libglib2.0-0"),
    Need("libGL.so.1", "libgl1"),
    Need("libEGL.so.1", "libegl1"),
    Need("libfontconfig.so.1", "libfontconfig1"),
    Need("libdbus-1.so.3", "libdbus-1-3"),
    Need("libxkbcommon.so.0", "libxkbcommon0"),
    Need("libgssapi_krb5.so.2", "libgssapi-krb5-2"),
)
X11 = (
    Need("libxcb-cursor.so.0", "libxcb-cursor0"),
    Need("libxcb-icccm.so.4", "libxcb-icccm4"),
    Need("libxcb-keysyms.so.1", "libxcb-keysyms1"),
    Need("libxcb-shape.so.0", "libxcb-shape0"),
    Need("libxcb-xkb.so.1", "libxcb-xkb1"),
    Need("libxkbcommon-x11.so.0", "libxkbcommon-x11-0"),
)


def has_display() -> bool:
    """Whether a window can be shown."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def ensure(needs: Sequence[Need]) -> None:
    """Bring what is missing, where this account may.

    Raises:
        SetupError: something is missing and must be installed by hand; the text has the line to run.

    """
    if not sys.platform.startswith("linux"):
        return
    missing = [need for need in needs if not need.met()]
    if not missing:
        return
    names = ", ".join(need.name for need in missing)
    packages = sorted({need.package for need in missing})
    if shutil.which("apt-get") is None:
        message = f"This system lacks {names}: install them with its package manager, then start again."
        raise SetupError(message)
    line = f"apt-get install -y --no-install-recommends {' '.join(packages)}"
    if os.geteuid() != 0:
        message = f"This system lacks {names}. Run this line, then start again:\n    sudo {line}"
        raise SetupError(message)
    tell(f"Installing from the system's own packages: {', '.join(packages)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    failure = "The system's packages were not installed."
    run_quietly(["apt-get", "update"], failure=failure, environment=quiet)
    run_quietly(line.split(), failure=failure, environment=quiet)
    importlib.invalidate_caches()
    still = [need.name for need in missing if not need.met()]
    if still:
        message = f"{failure} Still missing: {', '.join(still)}."
        raise SetupError(message)
