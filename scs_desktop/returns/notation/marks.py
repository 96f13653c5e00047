"""Marks: what stands where a figure is missing, and what notes under a table say that they mean.

The same sign means different things in different files, so a sheet's own legend rules over the
usual meaning, and the profile of the agency (given by the caller) rules over both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from scs_desktop.domain.figures import FigureKind
from scs_desktop.returns.notation.text import tidy

_WRITTEN = {
    FigureKind.SUPPRESSED: (
        "* | ** | *** | x | [c] | (x) | c | s | # | suppressed | supp | [s] | † | ~ | confidential | not shown"
        " | withheld | redacted | [low]"
    ),
    FigureKind.NOT_AVAILABLE: (
        ".. | ... | . | - | -- | --- | + | : | u | [u] | [x] | [a] | n/k | nk | no data | not available | not known"
        " | unknown | n/a | na | n.a. | n.a | #n/a | n\\a | nan | null | none | nil | not recorded | not collected"
        " | missing | unavailable | data unavailable | not provided | not supplied | no return | nil return"
        " | data not available | no data available | not held | ? | ??"
    ),
    # [z] is "not applicable" and [x] "not available" in the signs that government statisticians agreed on.
    FigureKind.NOT_APPLICABLE: "[z] | z | n/app | not applicable",
    FigureKind.NOT_PUBLISHED: (
        "nya | tbc | tba | tbd | [w] | pending"
        " | awaited | awaiting data | to follow | due | not due | not yet available"
        " | not yet published | not published | no new data published | no new data | data awaited | not yet due"
        " | to be confirmed | awaiting | not yet known | embargoed"
    ),
}
_USUAL = {mark.strip(): kind for kind, marks in _WRITTEN.items() for mark in marks.split(" | ")}
# Signs that mean one thing here and another there: without a legend the first use is asked about.
AMBIGUOUS = frozenset("* ** *** - -- --- x . : + # ~ z u c s none nil † ? ??".split())  # noqa: SIM905
_NOT_PUBLISHED = re.compile(
    r"not yet [a-z]+|not (?:due|published|released|available yet)"
    r"|(?:due|available|expected|published|released) (?:in|by|until|from) "
    r"|to be (?:confirmed|published|announced|established|set|determined|agreed|advised|supplied|provided|updated)"
    r"|awaiting|no new data|data (?:due|to follow)"
)
_SUPPRESSED = re.compile(r"suppress|too (?:few|small)|disclos|confidential|small numbers?|below (?:five|5|ten|10)")
_NOT_APPLICABLE = re.compile(r"not applicable|does not apply")
_NOT_AVAILABLE = re.compile(
    r"not (?:available|known|collected|recorded|provided|supplied|held|calculated|reported|comparable)"
    r"|no data|unavailable|no figures?|missing|no (?:return|information)|data (?:not|un)"
)
_PHRASES = (
    (_NOT_PUBLISHED, FigureKind.NOT_PUBLISHED),
    (_SUPPRESSED, FigureKind.SUPPRESSED),
    (_NOT_APPLICABLE, FigureKind.NOT_APPLICABLE),
    (_NOT_AVAILABLE, FigureKind.NOT_AVAILABLE),
)
_LEGEND = re.compile(
    r"""(?:^|[;,.:(]\s|\s{2,}|\n)["'(\[]*
        (?P<mark>\.\.\.?|-{1,3}|[*]{1,3}|[+:x.~#†zcus]|<\s?\d+|n/?a|n/k|nya|tbc|\[[a-z]\]|"?\s?-\s?"?)["')\]]*\s*
        (?:=|-|:|means|denotes|indicates|signifies|represents|is|are|shows?|stands\sfor|refers\sto)\s*
        (?P<meaning>[^;\n=]{3,160})""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_PHRASE = 60
_LONGEST_NOTE = 4000
_SHORT = 3


def usual_meaning(text: str) -> FigureKind | None:
    """Return what the mark usually means; None if the text is no mark that stands for a figure."""
    return _usual(text)


@lru_cache(maxsize=16384)
def _usual(text: str) -> FigureKind | None:
    cleaned = tidy(text).strip("\"'").strip().casefold()
    if not cleaned:
        return None
    kind = _USUAL.get(cleaned)
    if kind is not None:
        return kind
    if len(cleaned) > _LONGEST_PHRASE or len(cleaned) <= _SHORT:
        return None
    return _meaning(cleaned, whole=True)


def _meaning(phrase: str, *, whole: bool = False) -> FigureKind | None:
    for pattern, kind in _PHRASES:
        match = pattern.search(phrase)
        # A mark spelt out begins with its words; a label may hold them ("Theft, not recorded elsewhere").
        if match and (not whole or match.start() == 0):
            return kind
    return None


def legend(notes: Iterable[str]) -> dict[str, FigureKind]:
    """Return the marks whose meaning the notes give, as in “NYA = not yet available”, with that meaning."""
    found: dict[str, FigureKind] = {}
    for note in notes:
        if len(note) > _LONGEST_NOTE:
            continue
        for match in _LEGEND.finditer(tidy(note)):
            kind = _meaning(match["meaning"].casefold())
            mark = match["mark"].strip("\"' ").casefold()
            if kind is not None and mark:
                found.setdefault(mark, kind)
    return found
