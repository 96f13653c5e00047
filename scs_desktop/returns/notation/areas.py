"""Area codes as they stand in cells: the nine-character codes of the statistics office and the older ones."""

from __future__ import annotations

import re

_GSS = re.compile(r"[EWSNKJLM]\d{8}")
_FUSED = re.compile(r"([EWSNKJLM]\d{8})\d{1,2}(?:\s?,\s?\d{1,2})*$")
_OLD = re.compile(r"\d{2}[A-Z]{2}(?:[A-Z]{2})?")
# Finer areas first: where a row names a ward and its borough, the row's figure is the ward's.
_FINENESS = ("E00", "E01", "E02", "E05", "W05", "S13", "E36", "E04", "E07", "E08", "E06", "E09", "W06", "S12", "N09")


def area_code(text: str) -> str | None:
    """Return the area code that the whole text is, a footnote fused behind it dropped; None if it is none."""
    trimmed = text.strip()
    length = len(trimmed)
    if length == 9 and _GSS.fullmatch(trimmed):  # noqa: PLR2004  the length of such a code
        return trimmed
    if length in {4, 6} and _OLD.fullmatch(trimmed):
        return trimmed
    match = _FUSED.fullmatch(trimmed)
    return match[1] if match else None


def is_former_code(text: str) -> bool:
    """Whether the text is a district's or ward's code of before 2011 (00AC, 00ACFX)."""
    return _OLD.fullmatch(text.strip()) is not None


def fineness(code: str) -> int:
    """Rank of the area's kind: the smaller, the smaller the area (ward before borough before region)."""
    if len(code) == 6:  # noqa: PLR2004  the older ward codes
        return 3
    try:
        return _FINENESS.index(code[:3])
    except ValueError:
        return len(_FINENESS)
