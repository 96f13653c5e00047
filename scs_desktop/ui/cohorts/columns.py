"""The columns of the page's tables."""

from __future__ import annotations

from collections.abc import Callable

from scs_desktop.domain.cohort_results import Group, IntakeResult, PairResult
from scs_desktop.ui.common.table_model import Column


def finding(pair: PairResult) -> str:
    """Return a pair's finding in a few words: of all intakes together, else of the latest."""
    if pair.withheld:
        return "not for publication"
    return pair.rows[-1].verdict if pair.rows else "no figures yet"


def _counted(one: Group) -> str:
    return f"{one.events_text} of {one.size_text}" if one.size_text else "–"


PAIR_COLUMNS: tuple[Column[PairResult], ...] = (
    Column("Comparison", lambda pair: pair.pair.name, bold=True),
    Column(
        "Priority",
        lambda pair: pair.priority,
        "5  Broader, cost-effective early interv",
        tip=lambda pair: pair.priority,
    ),
    Column("Finding", finding, "withheld: small numbers"),
    Column(
        "Difference",
        lambda pair: pair.rows[-1].difference_text if pair.rows else "",
        "−16.6 points (−27.2 to −5.0)",
        right=True,
    ),
)


def intake_columns(names: tuple[str, str]) -> tuple[Column[IntakeResult], ...]:
    """Return the columns of a pair's intakes; both groups' bear their names."""
    return (
        Column("Intake", lambda row: row.label, "April–September 2010", bold=True),
        Column("Followed to", lambda row: row.followed, "September 2011"),
        *_group(names[0], lambda row: row.group),
        *_group(names[1], lambda row: row.other),
        Column("Difference", lambda row: row.difference_text, "−16.6 points (−27.2 to −5.0)", right=True),
        Column("Finding", lambda row: ", ".join(said for said in (row.verdict, row.p_text) if said)),
    )


def _group(name: str, of: Callable[[IntakeResult], Group]) -> tuple[Column[IntakeResult], ...]:
    return (
        Column(name, lambda row: _counted(of(row)), "fewer than 5 of 114", right=True),
        Column(
            "Share",
            lambda row: of(row).share_text,
            "100.0 %",
            right=True,
            spoken=lambda row: f"{name} {of(row).share_text or 'not shown'} {of(row).interval_text}",
            tip=lambda row: of(row).interval_text,
        ),
    )
