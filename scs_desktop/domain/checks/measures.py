"""A check of what the strategy says it measures: a part of an overall measure that no indicator covers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from scs_desktop.domain.checks.keys import key_of
from scs_desktop.domain.checks.wholes import match_members, matched_members
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import CheckRule, Finding, Proposal
from scs_desktop.domain.sentences import listed
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import HeadlineMeasure

_APART = re.compile(r"\s*[;,]\s*(?:and\s+)?|\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedMeasure:
    """An overall measure as the strategy words it: what it is called, and the parts it is said to have."""

    title: str
    parts: tuple[str, ...]


def stated_measure(name: str) -> StatedMeasure:
    """Take a measure's wording apart: "how safe residents feel: in own home; walking alone after dark".

    What stands before a colon is its title, what stands after it its parts; without a colon it has none.
    """
    title, _, rest = name.partition(":")
    parts = tuple(part.strip(" .") for part in _APART.split(rest) if part.strip(" ."))
    return StatedMeasure(title.strip(), parts)


def not_covered(measure: HeadlineMeasure, reading: Reading) -> tuple[str, ...]:
    """Return the parts of an overall measure that none of its indicators is about, as the strategy words them.

    A part is covered by one indicator whose label shares its words; one indicator covers one part.
    """
    parts = stated_measure(measure.name).parts
    labels = [reading.uses[use].label for use in measure.uses if use in reading.uses]
    _, open_parts = match_members(labels, parts)
    return tuple(parts[index] for index in open_parts)


def stated_part(measure: HeadlineMeasure, use: UUID, reading: Reading) -> str:
    """Return which part of the measure an indicator of it covers, as the strategy words it; empty where none."""
    parts = stated_measure(measure.name).parts
    known = [one for one in measure.uses if one in reading.uses]
    matched = matched_members([reading.uses[one].label for one in known], parts)
    return parts[matched[known.index(use)]] if use in known and known.index(use) in matched else ""


def measure_findings(snapshot: Snapshot, reading: Reading) -> Iterator[Finding]:
    """Find overall measures with a part, or all of them, that no indicator covers; labels as decided."""
    for measure in snapshot.headlines:
        uses = [reading.uses[use] for use in measure.uses if use in reading.uses]
        stated = stated_measure(measure.name)
        missing = not_covered(measure, reading)
        if uses and not missing:
            continue
        what = f"“{stated.title}”"
        if missing:
            quoted = listed([f"“{part}”" for part in missing])
            sentence = f"{what} is said to include {quoted}, but no indicator is about {_them(missing)}."
        else:
            sentence = f"{what} is named as a measure, but has no indicator."
        codes = listed([use.code for use in uses])
        evidence = [f"The measure as stated: “{measure.name}”."]
        evidence.append(f"Its indicators: {codes}." if uses else "It has no indicators.")
        evidence += [f"{use.code}: “{use.label}”." for use in uses]
        key = key_of(CheckRule.MEASURE_NOT_COVERED, *uses) if uses else f"{CheckRule.MEASURE_NOT_COVERED}:{measure.id}"
        yield Finding(
            key,
            CheckRule.MEASURE_NOT_COVERED,
            tuple(use.id for use in uses),
            sentence,
            tuple(evidence),
            (
                Proposal("without", "Report the measure without it, and say so beside it."),
                Proposal("ask", "Ask the agency for a figure of it, and add an indicator."),
            ),
        )


def _them(parts: tuple[str, ...]) -> str:
    return "it" if len(parts) == 1 else "them"
