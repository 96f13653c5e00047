"""Where this program keeps things on a computer, and who is working on it."""

from __future__ import annotations

from pathlib import Path

UNNAMED_OFFICER = "officer"
"""Who is working where the operating system does not say."""


def default_store_path() -> Path:
    """Return where the officer's own store lies unless another is named."""
    import platformdirs

    return Path(platformdirs.user_documents_path()) / "Safer Communities" / "strategy.scs"


def log_folder() -> Path:
    """Return where the log is written."""
    import platformdirs

    return Path(platformdirs.user_log_path("Safer Communities Desktop", appauthor=False))


def officer_name() -> str:
    """Return who is working, as the operating system knows them; a word for it where it knows nobody."""
    import getpass

    try:
        return getpass.getuser() or UNNAMED_OFFICER
    except (OSError, KeyError, ImportError):
        # No name in the environment and no entry in the list of users: so it is in some containers.
        return UNNAMED_OFFICER
