"""Doubts about the figures that came in: what is odd among those stored, and what was settled or left open on arrival.

The rules are those that a return is asked about before it is stored. A figure that was looked at then
carries a note, which settles its doubt; one that was left out is kept as a doubt without a figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, pairwise
from uuid import UUID, uuid4

from scs_desktop.domain.arrival import falls_silent, outlier, same_again, share_clash, sum_clash
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
from scs_desktop.domain.figures import Figure, Part, Unit
from scs_desktop.domain.periods import MONTHS_IN_YEAR, Period, PeriodKind, months_between
from scs_desktop.domain.sentences import exact_decimals, number_text, plural
from scs_desktop.domain.snapshot import Snapshot
from scs_desktop.domain.strategy import Adding, Definition, IndicatorUse, RatedPart

LOOKED_AT, PUT_RIGHT, REDEFINED = "Looked at:", "Put right:", "the definition changed"
"""How notes of figures begin, or what stands in them, where a doubt was settled as the return came in."""

_ENOUGH = 24
_HUNDRED = Decimal(100)
_ASK = Proposal("ask", "Ask the agency; the figure stands until it answers.")


@dataclass(frozen=True, slots=True)
class ArrivalDoubt:
    """A doubt about stored figures. ``confirmed`` is what was said of them on arrival; empty while it is open."""

    finding: Finding
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    """The figures of one part of a use's series, of one kind of period, in order of time."""

    use: IndicatorUse
    definition: Definition
    part: Part
    figures: tuple[Figure, ...]

    def named(self, period: Period) -> str:
        part = "" if self.part is Part.VALUE else f" ({self.part.value.replace('_', ' ')})"
        return f"{self.use.code}{part}, {period.label}"

    def key(self, rule: CheckRule, period: Period) -> str:
        part = "" if self.part is Part.VALUE else f"/{self.part.value}"
        return f"{rule.value}:{self.use.code}{part}:{period.counts_from}:{period.kind.value}"


def arrival_doubts(snapshot: Snapshot, reading: Reading) -> tuple[ArrivalDoubt, ...]:
    """Return every doubt about the home area's figures, open ones and those that were settled on arrival."""
    lines = _lines(snapshot, reading)
    by_id = {figure.id: figure for line in lines for figure in line.figures}
    doubts: list[ArrivalDoubt] = []
    told: set[UUID] = set()
    for finding, figures in chain(*(rule(lines) for rule in (_far, _sums, _parts, _shares, _again, _ends))):
        confirmed = _confirmed([by_id[one] for one in figures])
        told.update(figures)
        evidence = (*finding.evidence, *_files(snapshot, [by_id[one] for one in figures]))
        doubts.append(ArrivalDoubt(_with(finding, evidence), confirmed))
    doubts += _noted(snapshot, lines, told)
    doubts += _redefined(snapshot, lines)
    doubts += _left_out(snapshot)
    return tuple(doubts)


def _with(finding: Finding, evidence: tuple[str, ...]) -> Finding:
    return Finding(finding.key, finding.rule, finding.subjects, finding.sentence, evidence, finding.proposals)


def _lines(snapshot: Snapshot, reading: Reading) -> tuple[_Line, ...]:
    uses = {use.indicator: use for use in reversed(snapshot.uses)}
    found = []
    for series in snapshot.series.values():
        use = None if series.indicator is None else uses.get(series.indicator)
        if use is None or not series.preferred:
            continue
        grouped: defaultdict[tuple[Part, PeriodKind, int], list[Figure]] = defaultdict(list)
        for figure in snapshot.figures.get(series.id, ()):
            if figure.measured.value is not None and figure.superseded_in is None:
                period = figure.key.period
                running = period.months if period.kind is PeriodKind.YEAR_TO_DATE else 0
                grouped[figure.key.part, period.kind, running].append(figure)
        for (part, _, _), figures in grouped.items():
            ordered = tuple(sorted(figures, key=lambda one: one.key.period))
            found.append(_Line(use, reading.definitions[use.id], part, ordered))
    return tuple(found)


def _values(line: _Line) -> list[Decimal]:
    return [figure.measured.value or Decimal(0) for figure in line.figures]


def _shown(value: Decimal) -> str:
    return number_text(value, exact_decimals(value))


_Found = Iterator[tuple[Finding, tuple[UUID, ...]]]


def _far(lines: Sequence[_Line]) -> _Found:
    """Figures far from the last 24 of their line, or from their neighbours where fewer went before."""
    for line in lines:
        values = _values(line)
        whole = line.definition.unit is Unit.COUNT or line.part not in {Part.VALUE, Part.PREDICTED}
        for index, figure in enumerate(line.figures):
            before = values[:index]
            if len(before) < _ENOUGH:
                before = [one for place, one in enumerate(values[: _ENOUGH + 1]) if place != index]
            judged = outlier(before, values[index], counts=whole)
            if judged is None:
                continue
            period = figure.key.period
            usual = _shown(judged.usual.to_integral_value() if whole else judged.usual)
            yield (
                Finding(
                    line.key(CheckRule.OUTLIER, period),
                    CheckRule.OUTLIER,
                    (line.use.id,),
                    f"{line.named(period)}, is {_shown(values[index])}, usually about {usual}.",
                    (f"Held against {plural(judged.points, 'figure')} of the same series.",),
                    (_ASK,),
                ),
                (figure.id,),
            )


def _sums(lines: Sequence[_Line]) -> _Found:
    """Figures of a long period that are not the sum of their months."""
    months: dict[tuple[UUID, Part], dict[Period, Figure]] = defaultdict(dict)
    for line in lines:
        for figure in line.figures:
            if figure.key.period.kind is PeriodKind.MONTH:
                months[line.use.id, line.part][figure.key.period] = figure
    for line in lines:
        if line.definition.over_time is not Adding.SUM or line.definition.unit is not Unit.COUNT:
            continue
        for figure in line.figures:
            period = figure.key.period
            if period.kind is PeriodKind.MONTH or period.months > MONTHS_IN_YEAR:
                continue
            mine = months[line.use.id, line.part]
            parts = [mine.get(one) for one in months_between(period.start, period.end)]
            held = [one for one in parts if one is not None]
            if len(held) < len(parts) or not held:
                continue
            clash = sum_clash(figure.measured.value or Decimal(0), [one.measured.value or Decimal(0) for one in held])
            if clash is not None:
                yield (
                    Finding(
                        line.key(CheckRule.SUM_DIFFERS, period),
                        CheckRule.SUM_DIFFERS,
                        (line.use.id,),
                        f"{line.named(period)}, is {_shown(clash.whole)}, but its months sum to {_shown(clash.sum)}.",
                        (f"{plural(len(held), 'month')} are stored.",),
                        (_ASK,),
                    ),
                    (figure.id, *(one.id for one in held)),
                )


def _parts(lines: Sequence[_Line]) -> _Found:
    """Figures that are larger than those of the whole they are a part of."""
    wholes = {
        line.use.indicator: {figure.key.period: figure for figure in line.figures}
        for line in lines
        if line.part is Part.VALUE and line.definition.unit is Unit.COUNT
    }
    codes = {line.use.indicator: line.use.code for line in lines}
    for line in lines:
        if line.part is not Part.VALUE or line.definition.unit is not Unit.COUNT:
            continue
        for indicator in line.definition.part_of:
            for figure in line.figures:
                whole = wholes.get(indicator, {}).get(figure.key.period)
                value, most = figure.measured.value, None if whole is None else whole.measured.value
                if whole is None or value is None or most is None or value <= most:
                    continue
                yield (
                    Finding(
                        line.key(CheckRule.PART_OVER_WHOLE, figure.key.period),
                        CheckRule.PART_OVER_WHOLE,
                        (line.use.id,),
                        f"{line.named(figure.key.period)}, is {_shown(value)}, more than the {_shown(most)} of "
                        f"{codes[indicator]}, of which it is a part.",
                        (),
                        (_ASK,),
                    ),
                    (figure.id, whole.id),
                )


def _shares(lines: Sequence[_Line]) -> _Found:
    """Printed shares and rates that are not those of their own parts."""
    parts: dict[tuple[UUID, Part, Period], Figure] = {
        (line.use.id, line.part, figure.key.period): figure for line in lines for figure in line.figures
    }
    for line in lines:
        if line.part is not Part.VALUE or line.definition.unit is Unit.COUNT:
            continue
        per = _HUNDRED if line.definition.rated is not RatedPart.RATE else line.definition.per or Decimal(1000)
        # Noughts at the end of a fraction say nothing of how exactly the series is printed.
        decimals = max((exact_decimals(value, most=6) for value in _values(line)), default=0)
        for figure in line.figures:
            period, value = figure.key.period, figure.measured.value or Decimal(0)
            top = parts.get((line.use.id, Part.NUMERATOR, period))
            bottom = parts.get((line.use.id, Part.DENOMINATOR, period))
            if top is None or bottom is None or not bottom.measured.value or top.measured.value is None:
                continue
            share = per * top.measured.value / bottom.measured.value
            if share_clash(value, top.measured.value, bottom.measured.value, decimals=decimals, per=per):
                yield (
                    Finding(
                        line.key(CheckRule.SHARE_DIFFERS, period),
                        CheckRule.SHARE_DIFFERS,
                        (line.use.id,),
                        f"{line.named(period)}, is {_shown(value)}, but {_shown(top.measured.value)} of "
                        f"{_shown(bottom.measured.value)} make {number_text(share, decimals + 1)}.",
                        (),
                        (_ASK,),
                    ),
                    (figure.id, top.id, bottom.id),
                )


def _again(lines: Sequence[_Line]) -> _Found:
    """Periods whose figures are all those of the period before: a column that was sent twice."""
    columns: defaultdict[tuple[UUID | None, PeriodKind, Period], dict[tuple[UUID, Part], Figure]] = defaultdict(dict)
    for line in lines:
        for figure in line.figures:
            columns[figure.import_id, figure.key.period.kind, figure.key.period][line.use.id, line.part] = figure
    everything: defaultdict[tuple[PeriodKind, Period], dict[tuple[UUID, Part], Figure]] = defaultdict(dict)
    for (_, kind, period), column in columns.items():
        everything[kind, period].update(column)
    periods = sorted(everything, key=lambda one: (one[0].value, one[1]))
    earlier_of = {later: earlier for earlier, later in pairwise(periods) if earlier[0] is later[0]}
    codes = {line.use.id: line.use.code for line in lines}
    for (_, kind, period), column in columns.items():
        before = earlier_of.get((kind, period))
        if before is None:
            continue
        now = {key: one.measured.value or Decimal(0) for key, one in column.items()}
        was = {key: one.measured.value or Decimal(0) for key, one in everything[before].items() if key in now}
        count = same_again(was, now)
        if count:
            mine = sorted({codes[use] for use, _ in column})
            yield (
                Finding(
                    f"{CheckRule.SAME_AGAIN.value}:{mine[0]}:{period.counts_from}:{kind.value}",
                    CheckRule.SAME_AGAIN,
                    tuple(dict.fromkeys(use for use, _ in column)),
                    f"All {count} figures of {period.label} are those of {before[1].label}.",
                    (f"Indicators: {', '.join(mine)}.",),
                    (_ASK,),
                ),
                tuple(one.id for one in column.values()),
            )


def _ends(lines: Sequence[_Line]) -> _Found:
    """Series that are nought to their end after never having been nought before."""
    for line in lines:
        if line.part is not Part.VALUE or line.definition.unit is not Unit.COUNT:
            continue
        at = falls_silent(_values(line))
        if at is not None:
            since = line.figures[at].key.period
            yield (
                Finding(
                    line.key(CheckRule.SERIES_ENDS, since),
                    CheckRule.SERIES_ENDS,
                    (line.use.id,),
                    f"{line.use.code} is nought from {since.label} on, and never was before.",
                    ("A category may have been renamed, split or moved away.",),
                    (_ASK,),
                ),
                tuple(figure.id for figure in line.figures[at:]),
            )


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


def _noted(snapshot: Snapshot, lines: Sequence[_Line], told: set[UUID]) -> Iterator[ArrivalDoubt]:
    """Doubts that were settled on arrival and that the stored figures no longer raise, once for each note."""
    by_note: defaultdict[tuple[str, UUID], list[tuple[_Line, Figure]]] = defaultdict(list)
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
                (_ASK,),
            ),
            note,
        )


def _redefined(snapshot: Snapshot, lines: Sequence[_Line]) -> Iterator[ArrivalDoubt]:
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
                (Proposal("break", "It did: record the break, so that nothing is compared across it."), _ASK),
            ),
            said,
        )


def _left_out(snapshot: Snapshot) -> Iterator[ArrivalDoubt]:
    """What was left out of an import until the agency has said; nothing of an import that was taken back."""
    undone = {one.number for one in snapshot.imports.values() if one.undone}
    for decision in snapshot.decisions:
        if decision.rule is not CheckRule.LEFT_OUT or (decision.leaves_open and decision.recorded_in in undone):
            continue
        said = decision.corrections[0].text if decision.corrections else ""
        sentence, _, file = said.partition("\n")
        yield ArrivalDoubt(
            Finding(
                decision.finding,
                CheckRule.LEFT_OUT,
                (),
                "Figures were left out of a return until its sender has said.",
                (sentence, *([file] if file else ())),
                (Proposal("settled", "A later return, or the sender's word, has settled it."),),
            )
        )


def left_out(question: str, sentence: str, file: str, about: UUID) -> Decision:
    """Return the record that figures were left out of a return, so that the doubt stays in sight.

    ``question`` is the key of the question that was answered so, ``sentence`` what was asked, ``file`` the
    return, ``about`` something the store knows that the figures are of.
    """
    said = Correction(CorrectionKind.NOTHING, about, text=f"{sentence}\n{file}")
    key = f"{CheckRule.LEFT_OUT.value}:{question}"
    return Decision(uuid4(), key, CheckRule.LEFT_OUT, Verdict.DISMISSED, sentence, LEAVES_OPEN, (said,))
