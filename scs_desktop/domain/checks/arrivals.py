"""Doubts about the figures that came in: what is odd among those stored, and what was settled or left open on arrival.

The rules are those that a return is asked about before it is stored. A figure that was looked at then
carries a note, which settles its doubt; one that was left out is kept as a doubt without a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from scs_desktop.domain.checks.figure_rules import ASK, FigureLine, figure_findings, figure_lines
from scs_desktop.domain.corrections import Reading
from scs_desktop.domain.decisions import (
    LEAVES_OPEN,
    CheckRule,
    Correction,
    CorrectionKind,
    Decision,
    Finding,
    Proposal,
    Verdict,
)
from scs_desktop.domain.figures import Figure
from scs_desktop.domain.snapshot import Snapshot

LOOKED_AT, PUT_RIGHT, REDEFINED = "Looked at:", "Put right:", "the definition changed"
"""How notes of figures begin, or what stands in them, where a doubt was settled as the return came in."""
_SHORT = 18


@dataclass(frozen=True, slots=True)
class ArrivalDoubt:
    """A doubt about stored figures. ``confirmed`` is what was said of them on arrival; empty while it is open."""

    finding: Finding
    confirmed: str = ""


def arrival_doubts(snapshot: Snapshot, reading: Reading) -> tuple[ArrivalDoubt, ...]:
    """Return every doubt about the home area's stored figures, open ones and those that were settled on arrival."""
    lines = figure_lines(snapshot, reading)
    by_id = {figure.id: figure for line in lines for figure in line.figures}
    doubts: list[ArrivalDoubt] = []
    told: set[UUID] = set()
    for finding, figures in figure_findings(lines):
        confirmed = _confirmed([by_id[one] for one in figures])
        told.update(figures)
        evidence = (*finding.evidence, *_files(snapshot, [by_id[one] for one in figures]))
        doubts.append(ArrivalDoubt(replace(finding, evidence=evidence), confirmed))
    doubts += _noted(snapshot, lines, told)
    doubts += _redefined(snapshot, lines)
    return tuple(doubts)


# --- what was said on arrival ---------------------------------------------------------------------


def _notes(figure: Figure) -> str:
    return figure.note if LOOKED_AT in figure.note or PUT_RIGHT in figure.note else ""


def _confirmed(figures: Sequence[Figure]) -> str:
    """Return what was said on arrival, where it was said of any of the figures."""
    return next((note for figure in figures if (note := _notes(figure))), "")


def _files(snapshot: Snapshot, figures: Sequence[Figure]) -> Iterator[str]:
    """Name the files that brought the figures."""
    names = dict.fromkeys(
        f"{known.file_name}, received {known.received_on.day} {known.received_on:%B %Y}"
        for figure in figures
        if figure.import_id is not None and (known := snapshot.imports.get(figure.import_id)) is not None
    )
    yield from (f"From {name}." for name in names)


def _noted(snapshot: Snapshot, lines: Sequence[FigureLine], told: set[UUID]) -> Iterator[ArrivalDoubt]:
    """Doubts that were settled on arrival and that the stored figures no longer raise, once for each note."""
    by_note: defaultdict[tuple[str, UUID], list[tuple[FigureLine, Figure]]] = defaultdict(list)
    for line in lines:
        for figure in line.figures:
            if figure.id not in told and (note := _notes(figure)):
                by_note[note, line.use.id].append((line, figure))
    for (note, use), found in by_note.items():
        line, first = found[0]
        asked = note.partition(LOOKED_AT if LOOKED_AT in note else PUT_RIGHT)[2].partition(" Kept.")[0].strip()
        yield ArrivalDoubt(
            Finding(
                line.key(CheckRule.LOOKED_AT, first.key.period),
                CheckRule.LOOKED_AT,
                (use,),
                f"{line.named(first.key.period)}, was looked at on arrival.",
                (asked, *_files(snapshot, [figure for _, figure in found])),
                (ASK,),
            ),
            note,
        )


def _redefined(snapshot: Snapshot, lines: Sequence[FigureLine]) -> Iterator[ArrivalDoubt]:
    """Changes of a definition that were noted on arrival: open until the line is broken there or somebody decides."""
    for line in lines:
        noted = [figure for figure in line.figures if REDEFINED in figure.note]
        if not noted:
            continue
        since = noted[0].key.period
        mine = [one for one in snapshot.breaks if one.indicator == line.use.indicator]
        marked = next((one for one in mine if since.start <= one.on <= since.end), None)
        said = "" if marked is None else f"The line is broken on {marked.on.day} {marked.on:%B %Y}: {marked.cause}"
        yield ArrivalDoubt(
            Finding(
                line.key(CheckRule.DEFINITION_CHANGED, since),
                CheckRule.DEFINITION_CHANGED,
                (line.use.id,),
                f"{line.use.code}: the definition changed from {since.label} on, as noted on arrival.",
                (noted[0].note, *_files(snapshot, noted)),
                (Proposal("break", "It did: record the break, so that nothing is compared across it."), ASK),
            ),
            said,
        )


def left_out_findings(snapshot: Snapshot) -> Iterator[tuple[Finding, bool]]:
    """Yield what was left out of imports until the agency has said, and whether it is still open.

    Nothing of an import that was taken back.
    """
    undone = {one.number for one in snapshot.imports.values() if one.undone}
    for decision in snapshot.decisions:
        if decision.rule is not CheckRule.LEFT_OUT or (decision.leaves_open and decision.recorded_in in undone):
            continue
        said = decision.corrections[0].text if decision.corrections else ""
        sentence, _, file = said.partition("\n")
        finding = Finding(
            decision.finding,
            CheckRule.LEFT_OUT,
            (),
            _left_out_words(sentence),
            (sentence, *([file] if file else ())),
            (Proposal("settled", "A later return, or the sender's word, has settled it."),),
        )
        yield finding, decision.leaves_open


def _left_out_words(asked: str) -> str:
    """Say what was left out in the question's first sentence, where that is a short one."""
    first = asked.partition(". ")[0].rstrip(".?")
    if not first or len(first.split()) > _SHORT:
        return "Figures were left out of a return until its sender has said."
    return f"Left out until its sender has said: {first}."


def left_out(question: str, sentence: str, file: str, about: UUID) -> Decision:
    """Return the record that figures were left out of a return, so that the doubt stays in sight.

    ``question`` is the key of the question that was answered so, ``sentence`` what was asked, ``file`` the
    return, ``about`` something the store knows that the figures are of.
    """
    said = Correction(CorrectionKind.NOTHING, about, text=f"{sentence}\n{file}")
    key = f"{CheckRule.LEFT_OUT.value}:{question}"
    return Decision(uuid4(), key, CheckRule.LEFT_OUT, Verdict.DISMISSED, sentence, LEAVES_OPEN, (said,))
