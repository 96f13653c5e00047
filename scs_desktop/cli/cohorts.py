"""Cohorts of a programme beside others."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import add_json, add_position
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, opened, say
from scs_desktop.domain.publication import Marking

if TYPE_CHECKING:
    from scs_desktop.cli.parser import Commands
    from scs_desktop.domain.cohort_results import CohortResults
    from scs_desktop.store import Store

FOLLOWED = 12
"""Months that an intake is followed unless it is said otherwise."""


def add_cohorts(commands: Commands) -> None:
    """Add the command and its parts."""
    cohorts = commands.add_parser("cohorts", help="those a programme reached beside others, intake by intake")
    add_position(cohorts)
    cohorts.add_argument(
        "--public", action="store_true", help="a public copy: small counts and what shows them withheld"
    )
    cohorts.add_argument("--out", type=Path, metavar="FILE", help="write it as a PDF")
    cohorts.add_argument("--marking", choices=[one.value for one in Marking], default=Marking.OFFICIAL.value)
    add_json(cohorts)
    parts = cohorts.add_subparsers(dest="part", metavar="PART")
    add = parts.add_parser("add", help="compare two series of cohorts under a priority")
    add.add_argument("name", metavar="NAME", help="of the comparison")
    add.add_argument("--priority", type=int, metavar="NUMBER", required=True, help="the priority it stands under")
    add.add_argument("--series", metavar="NAME", required=True, help="the data set of those the programme reached")
    add.add_argument("--other", metavar="NAME", required=True, help="the data set of those they are compared with")
    add.add_argument(
        "--event", metavar="TEXT", default="re-offended", help="completes “12 of 40 …”; default: re-offended"
    )
    add.add_argument("--note", metavar="TEXT", default="", help="how the groups were chosen")
    add.add_argument("--agency", metavar="AGENCY", help="who sends the figures, where a series is new")
    add.add_argument("--follow-up", type=int, metavar="MONTHS", default=FOLLOWED, help=f"default: {FOLLOWED}")
    add_json(add)
    remove = parts.add_parser("remove", help="compare them no longer; their figures stay")
    remove.add_argument("name", metavar="NAME", help="of the comparison")
    add_json(remove)


def cohorts(arguments: argparse.Namespace) -> int:
    """Print the comparisons, write them as a PDF, or set one up."""
    with opened(arguments) as store:
        if arguments.part == "add":
            return _add(store, arguments)
        if arguments.part == "remove":
            return _remove(store, arguments)
        return _show(store, arguments)


def _show(store: Store, arguments: argparse.Namespace) -> int:
    from scs_desktop.workflows.cohorts import cohorts as compared
    from scs_desktop.workflows.cohorts import cohorts_report
    from scs_desktop.workflows.overview import cut_on

    as_at = cut_on(store=store, day=arguments.as_at) if arguments.as_at is not None else None
    if arguments.out is not None:
        path = cohorts_report(
            store=store,
            out=arguments.out,
            position=arguments.to,
            as_at=as_at,
            public=arguments.public,
            marking=Marking(arguments.marking),
        )
        say(dumped({"pdf": path}) if arguments.json else f"Wrote {path}.")
        return DONE
    found = compared(store=store, position=arguments.to, as_at=as_at, public=arguments.public)
    say(dumped(found) if arguments.json else _text(found))
    return DONE


def _text(found: CohortResults) -> str:
    from scs_desktop.cli.text import columns

    example = " – EXAMPLE STORE" if found.kind.value == "example" else ""
    copy = ", public copy" if found.public else ""
    lines = [f"Cohorts, position to {found.position_text}{copy}{example}"]
    if not found.pairs:
        lines.append("No cohorts are compared yet. Set up a pair with: cohorts add.")
    for pair in found.pairs:
        lines += ["", f"{pair.pair.name} (priority {pair.priority})", pair.sentence, pair.caution, *pair.trends]
        if pair.pooled_note:
            lines.append(pair.pooled_note)
        if not pair.rows:
            continue
        rows: list[tuple[str, ...]] = [("Intake", *pair.names, "Difference", "Finding")]
        rows += [
            (
                row.label + (f", to {row.followed}" if row.followed else ""),
                *(
                    f"{one.events_text} of {one.size_text}" + (f" ({one.share_text})" if one.share_text else "")
                    if one.size_text
                    else "–"
                    for one in (row.group, row.other)
                ),
                row.difference_text,
                ", ".join(said for said in (row.verdict, row.p_text) if said),
            )
            for row in pair.rows
        ]
        lines += columns(rows)
    return "\n".join(lines)


def _add(store: Store, arguments: argparse.Namespace) -> int:
    from scs_desktop.workflows.cohorts import NewSeries, priority_numbered, save_pair
    from scs_desktop.workflows.import_return import agency_named

    new = None
    if arguments.agency is not None:
        new = NewSeries(agency_named(store=store, name=arguments.agency).id, arguments.follow_up)
    pair = save_pair(
        store=store,
        name=arguments.name,
        priority=priority_numbered(store=store, number=arguments.priority),
        series=arguments.series,
        other=arguments.other,
        event=arguments.event,
        note=arguments.note,
        new=new,
    )
    say(dumped(pair) if arguments.json else f"Set up “{pair.name}”. Its figures come with an ordinary return.")
    return DONE


def _remove(store: Store, arguments: argparse.Namespace) -> int:
    from scs_desktop.workflows.cohorts import pair_named, remove_pair

    pair = pair_named(store=store, name=arguments.name)
    remove_pair(store=store, pair=pair.id)
    say(dumped(pair) if arguments.json else f"Removed “{pair.name}”. Its series and figures stay.")
    return DONE
