"""Checks of printed numbers against each other: a part over its whole, members against a stated list, usual size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from scs_desktop.domain.baselines import published_value
from scs_desktop.domain.checks.keys import key_of
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import CheckRule, Correction, CorrectionKind, Finding, Proposal
from scs_desktop.domain.figures import Part, Unit, rounded
from scs_desktop.domain.sentences import exact_decimals, listed, number_text, plural, value_text
from scs_desktop.domain.series_figures import SeriesFigures
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import IndicatorUse
from scs_desktop.domain.targets import BaselineKind

_HUNDRED = Decimal(100)
_STEM = 4
_ALIKE = 0.4
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "at", "be", "being", "big", "by", "in", "is", "of", "on", "or", "other", "per", "problem",
     "the", "to", "with"}
)  # fmt: skip


# --- a part over its whole ------------------------------------------------------------------------


def part_findings(reading: Reading) -> Iterator[Finding]:
    """Find counts that are larger than what they are a part of."""
    by_indicator = {use.indicator: use for use in reading.uses.values()}
    for use in reading.uses.values():
        part = _count(reading, use)
        for whole_indicator in reading.definitions[use.id].part_of:
            whole_use = by_indicator.get(whole_indicator)
            whole = None if whole_use is None else _count(reading, whole_use)
            if whole_use is not None and part is not None and whole is not None and part > whole:
                yield _part_exceeds(reading, use, part, whole_use, whole)


def _count(reading: Reading, use: IndicatorUse) -> Decimal | None:
    baseline = reading.baselines.get(use.id)
    value = None if baseline is None else baseline.of(Part.VALUE, Unit.COUNT)
    return None if value is None else value.measured.value


def _part_exceeds(
    reading: Reading, use: IndicatorUse, part: Decimal, whole_use: IndicatorUse, whole: Decimal
) -> Finding:
    more, less = reading.definitions[use.id].counted_noun or "cases", reading.definitions[whole_use.id].counted_noun
    evidence = [f"{use.code}: {number_text(part)}; {whole_use.code}: {number_text(whole)}, of which it is a part."]
    for sibling in reading.uses.values():
        count = _count(reading, sibling)
        if sibling.priority == use.priority and count is not None and count > max(part, whole):
            low, high = f"{whole / count * 100:.1f} %", f"{part / count * 100:.1f} %"
            of_all = f"Of the {number_text(count)} of {sibling.code}"
            evidence.append(f"{of_all}, {number_text(whole)} are {low} and {number_text(part)} would be {high}.")
    return Finding(
        key_of(CheckRule.PART_EXCEEDS_WHOLE, use, whole_use),
        CheckRule.PART_EXCEEDS_WHOLE,
        (use.id, whole_use.id),
        f"{use.code} counts more {more} ({number_text(part)}) than {whole_use.code} counts {less or 'in all'} "
        f"({number_text(whole)}), of which they are a part.",
        tuple(evidence),
        (
            Proposal(
                "swap",
                f"Swap the baselines: {number_text(whole)} for {use.code}, {number_text(part)} for {whole_use.code}.",
                (Correction(CorrectionKind.SWAP_BASELINES, use.id, whole_use.id),),
            ),
            Proposal("as-printed", "Keep both as printed."),
        ),
        blocks=True,
    )


# --- members of a group ---------------------------------------------------------------------------


def member_findings(snapshot: Snapshot, reading: Reading) -> Iterator[Finding]:
    """Find groups whose indicators are others than the list the source states for them."""
    groups: dict[str, list[IndicatorUse]] = {}
    for use in reading.uses.values():
        group = snapshot.indicators[use.indicator].group
        if group:
            groups.setdefault(group, []).append(use)
    for group, members in groups.items():
        stated = next((names for use in members if (names := reading.definitions[use.id].stated_members)), ())
        if not stated:
            continue
        unmatched_members, unmatched_names = match_members([use.label for use in members], stated)
        if not unmatched_members and not unmatched_names:
            continue
        extra = [members[index] for index in unmatched_members]
        subjects = extra or members
        parts = [f"{one.code} “{one.label}” is not in the list" for one in extra]
        parts += [f"“{stated[index]}” has no indicator" for index in unmatched_names]
        yield Finding(
            key_of(CheckRule.MEMBERS_DIFFER, *subjects),
            CheckRule.MEMBERS_DIFFER,
            tuple(use.id for use in subjects),
            f"{plural(len(members), 'strand')} are listed, but the source states {len(stated)}.",
            (*(f"{part}." for part in parts), f"Group: {group}. Stated: {'; '.join(stated)}."),
            (
                Proposal("keep", f"Keep {listed([one.code for one in subjects])}: the list is out of date."),
                Proposal("ask", "Ask the provider which strands are meant."),
            ),
        )


def match_members(labels: Sequence[str], stated: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return the indexes of the labels and of the stated names that are not matched with each other."""
    matched = matched_members(labels, stated)
    taken = set(matched.values())
    return (
        [row for row in range(len(labels)) if row not in matched],
        [column for column in range(len(stated)) if column not in taken],
    )


def matched_members(labels: Sequence[str], stated: Sequence[str]) -> dict[int, int]:
    """Match labels with stated names by the words they share, the most alike first, each once.

    Returns the index of the name by that of the label.
    """
    pairs = sorted(
        ((-_alike(label, name), row, column) for row, label in enumerate(labels) for column, name in enumerate(stated)),
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for negative, row, column in pairs:
        if -negative >= _ALIKE and row not in matched and column not in taken:
            matched[row] = column
            taken.add(column)
    return matched


def _alike(first: str, second: str) -> float:
    """Share of the shorter text's words whose beginning stands in the other."""
    one, other = _stems(first), _stems(second)
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]+", text.casefold())
    return {word.removesuffix("s")[:_STEM] for word in words if word not in _SMALL_WORDS}


# --- the usual size -------------------------------------------------------------------------------


def range_findings(reading: Reading, found: Mapping[UUID, SeriesFigures]) -> Iterator[Finding]:
    """Find baselines outside the usual range of their kind of measure, and say whether × 100 fits."""
    for use in reading.uses.values():
        definition, baseline = reading.definitions[use.id], reading.baselines.get(use.id)
        if definition.usual_range is None or baseline is None or baseline.kind is not BaselineKind.PUBLISHED:
            continue
        printed = published_value(baseline, definition)
        value = None if printed is None else printed.measured.value
        low, high = definition.usual_range
        if value is None or low <= value <= high:
            continue
        per = f"per {definition.per:,} {definition.denominator}".strip() if definition.per is not None else ""
        text = value_text(value, definition.unit, definition.decimals, per)
        scaled = value * _HUNDRED
        scaled = rounded(scaled, exact_decimals(scaled, most=4))
        fits = low <= scaled <= high
        evidence = [f"Usual: {low} to {high}. {definition.usual_range_source}".strip()]
        proposals: list[Proposal] = []
        if fits:
            shown = value_text(scaled, definition.unit, exact_decimals(scaled), per)
            evidence.append(f"100 × the printed number, {number_text(scaled)}, would be usual.")
            correction = Correction(
                CorrectionKind.BASELINE_VALUE, use.id, part=Part.VALUE, unit=definition.unit, value=scaled
            )
            proposals.append(Proposal("times-100", f"Read it as {shown}.", (correction,)))
        proposals.append(Proposal("as-printed", f"Keep it as printed, {text}."))
        own = found.get(use.id)
        other_scale = own is not None and any(
            number is not None and low <= number <= high for number in (own.number(one) for one in own.order)
        )
        yield Finding(
            key_of(CheckRule.OUTSIDE_USUAL_RANGE, use),
            CheckRule.OUTSIDE_USUAL_RANGE,
            (use.id,),
            f"The baseline of {use.code}, {text}, lies outside the usual range of {low} to {high}.",
            tuple(evidence),
            tuple(proposals),
            # Figures on the usual scale cannot be held against a baseline on another.
            blocks=fits and other_scale,
        )
