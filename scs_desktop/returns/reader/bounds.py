"""What the child process may use of the machine; enforced by the system, not by good will.

Linux: address space of 1 GiB (beyond it, allocation fails and the file is refused), no core dumps, no file written at
all, few open files. Windows: a Job Object with the same bound on committed memory, no child processes of its own, and
the end of the child when the parent ends; written against the documented interface and not run on the development
machines, which are Linux. Elsewhere (macOS) only what `resource` honours there. Time is bounded on all of them by
the parent, and by a watchdog in the child for the case that the parent itself is gone.
"""

from __future__ import annotations

import contextlib
import sys

from scs_desktop.returns.refusals import CHILD_MEMORY_BYTES

_OPEN_FILES = 64

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _ACTIVE_PROCESS = 0x0008
    _PROCESS_MEMORY = 0x0100
    _KILL_ON_CLOSE = 0x2000
    _DIE_ON_UNHANDLED = 0x0400
    _EXTENDED_LIMITS = 9

    class _BasicLimits(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _ExtendedLimits(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _BasicLimits),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def bound_this_process() -> None:
        """Put this process under its bounds. Raises OSError where Windows refuses."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.SetInformationJobObject.restype = wintypes.BOOL
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
        kernel.AssignProcessToJobObject.restype = wintypes.BOOL
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            raise ctypes.WinError(ctypes.get_last_error())
        limits = _ExtendedLimits()
        # The handle stays open as long as this process: closing it ends the job, which is this process alone.
        limits.BasicLimitInformation.LimitFlags = _ACTIVE_PROCESS | _PROCESS_MEMORY | _KILL_ON_CLOSE | _DIE_ON_UNHANDLED
        limits.BasicLimitInformation.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = CHILD_MEMORY_BYTES
        if not kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits)):
            raise ctypes.WinError(ctypes.get_last_error())
        if not kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess()):
            raise ctypes.WinError(ctypes.get_last_error())

else:
    import resource

    def bound_this_process() -> None:
        """Put this process under its bounds; never above what it is given already."""
        for name, value in (
            (resource.RLIMIT_AS, CHILD_MEMORY_BYTES),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, _OPEN_FILES),
        ):
            _, hard = resource.getrlimit(name)
            allowed = value if hard == resource.RLIM_INFINITY else min(value, hard)
            with contextlib.suppress(ValueError, OSError):
                resource.setrlimit(name, (allowed, allowed))
