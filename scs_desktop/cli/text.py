"""Results as text in columns, for a terminal of any width."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scs_desktop.domain.position import IndicatorPosition, Status, StrategyPosition
    from scs_desktop.returns.plan import ReturnPlan
    from scs_desktop.returns.records import Reading
    from scs_desktop.workflows.decide import Doubt

SHOWN_AT_MOST = 20


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return the rows with their cells padded to the widest of each column."""
    widths = [max(len(row[index]) for row in rows) for index in range(len(rows[0]))] if rows else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def light_word(status: Status) -> str:
    """Return ``Red``, ``Green (untested)`` or the unrated state's word."""
    if status.light is None:
        return status.unrated.value if status.unrated is not None else ""
    return status.light.value.capitalize() + (" (untested)" if status.hollow else "")


def _row(row: IndicatorPosition, *, borrowed: bool) -> tuple[str, ...]:
    name = row.name if len(row.name) <= 46 else row.name[:45] + "…"  # noqa: PLR2004  fits 132 columns
    marks = ("P" if row.data.provisional else "") + ("*" if row.illustrative else "")
    return (
        f"  {row.code}" + (" (see its own priority)" if borrowed else ""),
        name,
        light_word(row.status),
        row.value_text,
        row.comparator_text,
        row.direction.value,
        row.period_text + (f" [{marks}]" if marks else ""),
    )


def _headlines(position: StrategyPosition) -> list[str]:
    """Return the overall measures: light, figure and sentence, and each part where there are several."""
    lines = []
    for one in position.headlines:
        value = one.value_text or "no figure"
        comparator = one.comparator_text.partition(" per ")[0]
        against = f" against {comparator}" if comparator else ""
        lines.append(f"{one.name}: {light_word(one.status)} – {value}{against}, {one.period_text or 'no period'}")
        lines.append(f"  {one.sentence or one.status.sentence}")
        lines += [
            f"  {part.code} {part.name}: {light_word(part.status)} – {part.value_text or 'no figure'}"
            f" against {part.comparator_text or 'nothing'}"
            for part in one.parts
        ]
        said = (one.direction_sentence, one.outlook_sentence, f"{one.age_text}." if one.age_text else "", one.note)
        beside = " ".join(part for part in said if part)
        lines += [f"  {beside}"] if beside else []
    return [*lines, ""] if lines else []


def status_text(position: StrategyPosition) -> str:
    """Return the RAG summary: a line a priority and a line an indicator."""
    lines = [
        f"{position.name} – {position.partnership}",
        f"Position to {position.position_text}; data as at {position.known_on:%d %B %Y}"
        + (" – EXAMPLE STORE" if position.kind.value == "example" else ""),
        "",
        *_headlines(position),
    ]
    rows: list[tuple[str, ...]] = [("Code", "Indicator", "Status", "Latest", "Compared with", "Direction", "Period")]
    shown: list[int] = []
    for priority in position.priorities:
        counts = priority.counts
        shown.append(len(rows))
        rows.append(
            (
                f"{priority.number}",
                priority.name,
                light_word(priority.status),
                f"R{counts.red} A{counts.amber} G{counts.green} –{counts.unrated}",
                "",
                "",
                "",
            )
        )
        rows.extend(_row(row, borrowed=False) for row in priority.indicators if row.use not in priority.borrowed)
    lines.extend(columns(rows))
    total = sum(1 for one in position.priorities for row in one.indicators if row.use not in one.borrowed)
    counts = position.counts
    lines += [
        "",
        (
            f"{len(position.priorities)} priorities, {total} indicators: {counts.red} red, {counts.amber} amber, "
            f"{counts.green} green, {counts.unrated} unrated."
        ),
    ]
    if position.illustrative:
        lines.append(f"* {position.illustrative} indicators rest on illustrative figures. P: provisional.")
    if position.open_findings:
        lines.append(f"{len(position.open_findings)} doubts are open: see check.")
    return "\n".join(lines)


def plan_text(plan: ReturnPlan) -> str:
    """Return what a planned return would do, with its questions."""
    from scs_desktop.returns.plan import Effect

    if plan.already_imported is not None:
        received = f"{plan.already_imported.received_on:%d %B %Y}"
        return f"{plan.file_name}: already imported, received {received}. Nothing changes."
    lines = [
        (
            f"{plan.file_name}: {plan.count(Effect.NEW)} new, {plan.count(Effect.SAME)} the same, "
            f"{plan.count(Effect.REVISED)} revised, {plan.cells_left_out} left out, {len(plan.problems)} problems, "
            f"{len(plan.open_questions)} open questions."
        )
    ]
    lines += [f"  note: {note}" for note in plan.notes]
    reasons: dict[str, int] = {}
    for gone in plan.left_out:
        reasons[gone.reason] = reasons.get(gone.reason, 0) + gone.cells
    by_count = sorted(reasons.items(), key=lambda pair: -pair[1])
    lines += [f"  left out: {count} × {reason}" for reason, count in by_count[:SHOWN_AT_MOST]]
    revised = [one for one in plan.figures if one.effect is Effect.REVISED and one.before is not None]
    for one in revised[:SHOWN_AT_MOST]:
        old = one.before.measured.text if one.before is not None else ""
        lines.append(f"  revised: {one.name}, {one.key.period.label}: {old} → {one.measured.text}")
    if len(revised) > SHOWN_AT_MOST:
        lines.append(f"  … and {len(revised) - SHOWN_AT_MOST} more revised")
    for problem in plan.problems[:SHOWN_AT_MOST]:
        where = f"{problem.sheet}!{problem.range}" if problem.sheet else str(problem.range)
        lines.append(f"  problem at {where}: {problem.sentence}")
    lines += [f"  light: {one.code} {one.name}: {one.before} → {one.after}" for one in plan.lights]
    for question in plan.open_questions:
        lines.append(f"  question {question.key}: {question.ask}")
        lines += [f"      {one.key}  ({one.text})" for one in question.choices]
    return "\n".join(lines)


def reading_text(reading: Reading) -> str:
    """Return a reading in few lines: its tables, counts and problems."""
    lines = [
        (
            f"{reading.file_name}: {len(reading.tables)} tables, {len(reading.records)} records, "
            f"{len(reading.left_out)} left out, {len(reading.problems)} problems."
        )
    ]
    lines += [f"  note: {note}" for note in reading.notices]
    for index, table in enumerate(reading.tables):
        count = sum(record.table == index for record in reading.records)
        where = f"{table.sheet}!{table.range}" if table.sheet else str(table.range)
        lines.append(f"  table {where}: {count} records{': ' + table.title if table.title else ''}")
    for problem in reading.problems[:SHOWN_AT_MOST]:
        where = f"{problem.sheet}!{problem.range}" if problem.sheet else str(problem.range)
        lines.append(f"  problem at {where}: {problem.sentence}")
    return "\n".join(lines)


def doubt_state(one: Doubt) -> str:
    """Return how far a doubt is: open, its verdict and reason, or what was said on arrival."""
    if one.decision is not None and not one.decision.leaves_open:
        return f"{one.decision.verdict.value.replace('_', ' ')}: {one.decision.reason}"
    if one.open:
        return "open"
    return f"confirmed on arrival: {one.confirmed}" if one.confirmed else "settled by another decision"


def doubts_text(shown: Sequence[Doubt], found: Sequence[Doubt]) -> str:
    """Return the doubts shown with their evidence and what was decided, and how many of all are open."""
    lines: list[str] = []
    for one in shown:
        lines.append(f"{one.finding.key} [{doubt_state(one)}]")
        lines.append(f"  {one.finding.sentence}")
        lines += [f"  evidence: {text}" for text in one.finding.evidence]
        lines += [f"  proposal {proposal.key}: {proposal.sentence}" for proposal in one.finding.proposals]
    strategy = sum(one.open and not one.arrival for one in found)
    arrived = sum(one.open and one.arrival for one in found)
    lines.append(f"{len(found)} doubts, {strategy + arrived} open: {strategy} of the strategy, {arrived} of figures.")
    return "\n".join(lines)
