"""Where this program keeps things on a computer."""

from __future__ import annotations

from pathlib import Path


def default_store_path() -> Path:
    """Return where the officer's own store lies unless another is named."""
    import platformdirs

    return Path(platformdirs.user_documents_path()) / "Safer Communities" / "strategy.scs"
