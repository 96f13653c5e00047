"""Running other programs, and the one error that whoever sets up is shown."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAST_LINES = 15

# An outside program says why it failed in its output alone.
CAUSES = (
    ("No space left on device", "The disk is full."),
    ("There is not enough space on the disk", "The disk is full."),
    ("Read-only file system", "The project's folder cannot be written to."),
    ("Permission denied", "The project's folder cannot be written to."),
    ("DO NOT MATCH THE HASHES", "A package that came is not the one in the lock."),
    ("Temporary failure resolving", "The network cannot be reached."),
    ("Failed to establish a new connection", "The network cannot be reached."),
    ("NameResolutionError", "The network cannot be reached."),
    ("ConnectTimeoutError", "The network cannot be reached."),
    ("Connection refused", "The network cannot be reached."),
    ("CERTIFICATE_VERIFY_FAILED", "The network's certificate is not trusted by this machine."),
    ("ProxyError", "The network's proxy does not answer."),
    ("Could not get lock", "Another program is installing packages just now."),
)


class SetupError(Exception):
    """A set-up that cannot go on: what is wrong and what to do, in sentences ready to print."""


def tell(sentence: str) -> None:
    """Say how far the set-up is; the program's own output is kept apart on the other stream."""
    print(sentence, file=sys.stderr, flush=True)


def run_quietly(command: Sequence[str], *, failure: str, environment: Mapping[str, str] | None = None) -> None:
    """Run a program to its end and show its output only where it fails.

    Raises:
        SetupError: it could not be started or failed; the sentence begins with ``failure``.

    """
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
    except OSError as error:
        message = f"{failure} {command[0]} could not be started: {error.strerror}."
        raise SetupError(message) from error
    if done.returncode:
        raise SetupError(explanation(failure, done.stdout))


def explanation(failure: str, output: str) -> str:
    """Return the failure with its cause where the output names one, and the end of the output."""
    cause = next((sentence for sign, sentence in CAUSES if sign in output), "")
    last = "\n".join(f"    {line}" for line in output.strip().splitlines()[-LAST_LINES:])
    return "\n".join(part for part in (f"{failure} {cause}".strip(), last) if part)
