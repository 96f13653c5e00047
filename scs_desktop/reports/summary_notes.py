"""What the RAG summary's marks, columns and lines mean: its key and its notes."""

from __future__ import annotations

from collections.abc import Sequence

from scs_desktop.domain.appearance import Mark, light_mark, unrated_mark
from scs_desktop.domain.position import (
    IndicatorPosition,
    Light,
    LightCounts,
    PriorityPosition,
    StrategyPosition,
    Unrated,
)
from scs_desktop.domain.sentences import capital, listed, plural
from scs_desktop.domain.targets import StatusRule
from scs_desktop.reports.edition import Edition

_COMPARATORS = {
    StatusRule.PREDICTED: "its prediction",
    StatusRule.PATH: "the path to the target",
    StatusRule.RANGE: "the target’s range",
}
PUBLIC_NOTE = (
    "Figures that tell of fewer than 5 people or cases, those that would give them away, and those not for "
    "publication are left out before anything is worked out; lights follow from the rest."
)
# More codes than these are counted.
_NAMED = 4
Json = dict[str, object]


def drawn_mark(mark: Mark) -> Json:
    """Return how a state is drawn, with the words that stand for it where it cannot be seen."""
    return {
        "shape": mark.shape.value,
        "letter": mark.letter,
        "word": mark.word,
        "fill": mark.fill,
        "border": mark.border,
        "text": mark.text,
        "dashed": mark.dashed,
        "hollow": mark.hollow,
        "alt": f"No light: {mark.word}" if mark.dashed else mark.word,
    }


def counted(counts: LightCounts) -> list[Json]:
    """Return how many lights of each colour, and how many have none, with their marks."""
    numbers = ((Light.RED, counts.red), (Light.AMBER, counts.amber), (Light.GREEN, counts.green))
    shown: list[Json] = [
        {"mark": drawn_mark(light_mark(light)), "word": light.value, "number": n} for light, n in numbers
    ]
    return [
        *shown,
        {"mark": drawn_mark(unrated_mark(Unrated.NO_DATA)), "word": "unrated", "number": counts.unrated},
    ]


def own_rows(priority: PriorityPosition) -> tuple[IndicatorPosition, ...]:
    """Return the priority's own indicators; the borrowed ones have their rows elsewhere."""
    return tuple(row for row in priority.indicators if row.use not in priority.borrowed)


def key() -> list[Json]:
    """Return each mark of the page with what it says."""
    marks = [(light_mark(light), light_mark(light).word) for light in (Light.RED, Light.AMBER, Light.GREEN)]
    marks.append((light_mark(Light.GREEN, hollow=True), "outlined: untested"))
    marks.append((unrated_mark(Unrated.NO_DATA), "unrated: reason in the row"))
    return [{"mark": drawn_mark(mark), "says": says} for mark, says in marks]


def notes(position: StrategyPosition, edition: Edition) -> list[Json]:
    """Return what lights, columns and lines mean on this page, of what stands on it."""
    rows = [row for priority in position.priorities for row in own_rows(priority)]
    lights = _rule_note({row.status.rule for row in rows if row.status.light is not None})
    if any(row.status.assumed_sample for row in rows):
        lights += " Some tests rest on an assumed sample size."
    columns = (
        f"Compared with: same months of the baseline year, or baseline wave{_other_comparators(rows)}. "
        "Direction of travel: against a year before. 12 m to: twelve months to. Cohort: followed up to. "
        "pts: percentage points."
    )
    trend = (
        "Each line on its own scale, not from zero. Grey dashes: baseline; dashed line and ring: provisional; gap: no "
        "figure; number: last single figure. P: provisional."
    )
    if position.illustrative:
        trend += f" *: illustrative figures ({plural(position.illustrative, 'indicator')})."
    said = [("Lights", lights), ("Columns", columns), ("Trend", trend)]
    said += [("Priorities", ruled)] if (ruled := _by_people(position)) else []
    said += [("Breaks", broken)] if (broken := _breaks(rows, position)) else []
    said += [("Sensitivity", edition.why_marked)] if edition.why_marked else []
    if edition.public:
        said.append(("Public copy", PUBLIC_NOTE))
    return [{"about": about, "says": says} for about, says in said]


def _by_people(position: StrategyPosition) -> str:
    """Say of each priority whose light was set or whose rule was chosen by people, who did and why."""
    parts: list[str] = []
    for priority in position.priorities:
        said = [priority.status.sentence, *priority.status.details]
        told = [one for one in said if " by decision of " in one or one.startswith("Rolled up by")]
        if told:
            parts.append(f"{priority.number}: {' '.join(told)}")
    return " ".join(parts)


def _breaks(rows: Sequence[IndicatorPosition], position: StrategyPosition) -> str:
    """Say from when, and why, lines are broken or begin new limits up to the position."""
    by_text: dict[str, list[str]] = {}
    for row in rows:
        for one in row.breaks:
            if one.period.start <= position.position:
                by_text.setdefault(f"from {one.period.start:%B %Y}: {one.text}", []).append(row.code)
    said = (
        f"{listed(codes) if len(codes) <= _NAMED else plural(len(codes), 'indicator')} {text}"
        for text, codes in by_text.items()
    )
    return f"{'; '.join(said)}." if by_text else ""


def _other_comparators(rows: Sequence[IndicatorPosition]) -> str:
    """Name the rows that are compared with something else than the baseline, and with what."""
    said = ""
    for rule, what in _COMPARATORS.items():
        codes = [row.code for row in rows if row.status.rule is rule]
        if codes:
            said += f"; {listed(codes) if len(codes) <= _NAMED else plural(len(codes), 'indicator')}: {what}"
    return said


def _rule_note(rules: set[StatusRule | None]) -> str:
    """Return what the lights on this page mean, of the rules that gave them."""
    parts: list[str] = []
    if rules & {StatusRule.USUAL_MOVEMENT, StatusRule.PREDICTED} or not rules:
        parts.append(
            "Green: better than compared, beyond usual movement or chance (95 %); red: worse beyond it; amber: no "
            "clear change"
        )
    if rules & {StatusRule.PATH, StatusRule.RANGE}:
        parts.append("against a target, green: met; amber: within tolerance; red: beyond it")
    if StatusRule.LITERAL in rules:
        parts.append("activity and untested: any move counts")
    return f"{capital('; '.join(parts))}."
