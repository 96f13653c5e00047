"""The commands of the board: its meetings, what it signed off, and what would be printed otherwise today."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.cli.arguments import PERIOD_HELP, add_json, day, period
from scs_desktop.cli.as_json import dumped
from scs_desktop.cli.context import DONE, QUESTIONS, opened, say
from scs_desktop.cli.text import columns
from scs_desktop.domain.due import date_text
from scs_desktop.domain.errors import UserError
from scs_desktop.domain.publication import Marking

if TYPE_CHECKING:
    from datetime import date

    from scs_desktop.cli.parser import Commands
    from scs_desktop.workflows.sign_off import Proposed
    from scs_desktop.workflows.signed_papers import Restated, SignedPaper
    from scs_desktop.workflows.source_cells import SourceRow

MEETING_HELP = "the day of the meeting, its title or a part of it"
PAPER_HELP = "the first characters of its identity or of its SHA-256"
REASON = 60
"""Characters of a reason that lists show."""
SHOWN = 8
"""Characters of an identity or a hash that lists show."""


def add_sign_off(commands: Commands) -> None:
    """Add the commands of the board."""
    sign = commands.add_parser("sign-off", help="freeze the board's page as it was seen at a meeting")
    _add_meeting(sign)
    sign.add_argument(
        "--to", type=period, metavar="PERIOD", help=f"position: {PERIOD_HELP}; default: that of the meeting"
    )
    _add_paper(sign)

    signed = commands.add_parser("signed", help="the papers that were signed off; one of them as it was, to the byte")
    signed.add_argument("paper", nargs="?", metavar="PAPER", help=PAPER_HELP)
    what = signed.add_mutually_exclusive_group()
    what.add_argument("--out", type=Path, metavar="FILE", help="write the paper's PDF as it was signed")
    what.add_argument("--restated", action="store_true", help="what would be printed otherwise today, and why")
    what.add_argument(
        "--sources", metavar="CODE", help="the cells of the partners' files that an indicator's value was read from"
    )
    add_json(signed)

    withdraw = commands.add_parser("withdraw", help="withdraw a signed paper; it stays in the store with the reason")
    withdraw.add_argument("paper", metavar="PAPER", help=PAPER_HELP)
    withdraw.add_argument("--reason", required=True, metavar="TEXT")
    add_json(withdraw)

    supersede = commands.add_parser("supersede", help="sign a position off anew at a later meeting")
    supersede.add_argument("paper", metavar="PAPER", help=PAPER_HELP)
    _add_meeting(supersede)
    supersede.add_argument("--reason", required=True, metavar="TEXT")
    _add_paper(supersede)

    meeting = commands.add_parser("meeting", help="the meetings of the board")
    wanted = meeting.add_subparsers(dest="doing", metavar="DOING", required=True)
    added = wanted.add_parser("add", help="add a meeting with its four dates")
    added.add_argument("--to", type=period, required=True, metavar="PERIOD", help=f"position: {PERIOD_HELP}")
    added.add_argument("--cut-off", type=day, required=True, metavar="DATE", help="last day for figures")
    added.add_argument("--on", type=day, required=True, metavar="DATE", help="the day of the meeting")
    added.add_argument("--publication", type=day, metavar="DATE", help="when the public copy comes out")
    added.add_argument("--title", default="", metavar="TITLE", help="default: Board, and the position")
    add_json(added)
    listed = wanted.add_parser("list", help="the meetings in their order")
    add_json(listed)


def _add_meeting(command: argparse.ArgumentParser) -> None:
    command.add_argument("--meeting", required=True, metavar="MEETING", help=MEETING_HELP)


def _add_paper(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--kind", choices=["summary", "pack"], default="summary",
        help="the one-page summary, or the whole pack",
    )  # fmt: skip
    command.add_argument("--as-at", type=day, metavar="DATE", help="as the store knew it at the end of this day")
    command.add_argument("--marking", choices=[one.value for one in Marking], default=Marking.OFFICIAL.value)
    add_json(command)


def sign_off(arguments: argparse.Namespace) -> int:
    """Sign off a position."""
    from scs_desktop.workflows.meetings import meeting_named
    from scs_desktop.workflows.report import PaperKind
    from scs_desktop.workflows.sign_off import cut_of_day
    from scs_desktop.workflows.sign_off import sign_off as freeze

    with opened(arguments) as store:
        done = freeze(
            store=store,
            meeting=meeting_named(store=store, name=arguments.meeting).id,
            position=arguments.to,
            as_at=cut_of_day(store=store, day=arguments.as_at),
            kind=PaperKind(arguments.kind),
            marking=Marking(arguments.marking),
        )
    return _told(arguments, done)


def supersede(arguments: argparse.Namespace) -> int:
    """Sign a position off anew at a later meeting."""
    from scs_desktop.workflows.meetings import meeting_named
    from scs_desktop.workflows.report import PaperKind
    from scs_desktop.workflows.sign_off import cut_of_day, supersede_sign_off
    from scs_desktop.workflows.signed_papers import paper_named

    with opened(arguments) as store:
        done = supersede_sign_off(
            store=store,
            sign_off_id=paper_named(store=store, name=arguments.paper).id,
            meeting=meeting_named(store=store, name=arguments.meeting).id,
            reason=arguments.reason,
            as_at=cut_of_day(store=store, day=arguments.as_at),
            kind=PaperKind(arguments.kind),
            marking=Marking(arguments.marking),
        )
    return _told(arguments, done)


def _told(arguments: argparse.Namespace, done: Proposed) -> int:
    if arguments.json:
        say(dumped({"id": done.id, "sha256": done.record.sha256, "warnings": done.warnings, "record": done.record}))
    else:
        say(f"Signed off for {done.meeting.title}: {done.frozen}\nPaper {done.id}, SHA-256 {done.record.sha256}")
        for sentence in done.warnings:
            say(f"  note: {sentence}")
    return QUESTIONS if done.warnings else DONE


def signed(arguments: argparse.Namespace) -> int:
    """List the signed papers, write one out as it was, or say what is restated since."""
    from scs_desktop.workflows.report import write_whole
    from scs_desktop.workflows.signed_papers import (
        paper_named,
        restated,
        signed_paper,
        signed_papers,
        signed_record,
        signed_sources,
    )

    with opened(arguments) as store:
        if arguments.paper is None:
            if arguments.out is not None or arguments.restated or arguments.sources is not None:
                raise UserError("Say of which paper: the command signed lists them.")
            papers = signed_papers(store=store)
            say(dumped(papers) if arguments.json else papers_text(papers))
            return DONE
        paper = paper_named(store=store, name=arguments.paper)
        if arguments.out is not None:
            pdf = signed_paper(store=store, sign_off_id=paper.id)
            path = write_whole(arguments.out, pdf)
            say(dumped({"pdf": path, "bytes": len(pdf)}) if arguments.json else f"Wrote {path}, as it was signed.")
            return DONE
        if arguments.restated:
            found = restated(store=store, sign_off_id=paper.id)
            say(dumped(found) if arguments.json else restated_text(found))
            return DONE
        if arguments.sources is not None:
            cells = signed_sources(store=store, sign_off_id=paper.id, code=arguments.sources)
            say(dumped(cells) if arguments.json else sources_text(cells))
            return DONE
        record = signed_record(store=store, sign_off_id=paper.id)
        listed = next(one for one in signed_papers(store=store) if one.id == paper.id)
    if arguments.json:
        say(dumped({"paper": listed, "record": record}))
    else:
        say(papers_text([listed]))
        if listed.summary.reason:
            say(f"{listed.summary.state.value.capitalize()}: {listed.summary.reason}")
        say(f"SHA-256 {listed.sha256}, {listed.size:,} bytes, {record.marking.value}, as at change {record.as_at}")
        say("\n".join(columns([(one.code, one.name, one.status.sentence) for one in record.indicators])))
    return DONE


def withdraw(arguments: argparse.Namespace) -> int:
    """Withdraw a signed paper."""
    from scs_desktop.domain.periods import position_label
    from scs_desktop.workflows.sign_off import withdraw_sign_off
    from scs_desktop.workflows.signed_papers import paper_named

    with opened(arguments) as store:
        paper = paper_named(store=store, name=arguments.paper)
        done = withdraw_sign_off(store=store, sign_off_id=paper.id, reason=arguments.reason)
    if arguments.json:
        say(dumped({"id": done.id, "state": done.state, "reason": done.reason}))
    else:
        say(f"Withdrawn: the paper of {position_label(done.position)}. It stays in the store as it was signed.")
    return DONE


def meeting(arguments: argparse.Namespace) -> int:
    """Add a meeting, or list them."""
    from scs_desktop.workflows.meetings import add_meeting, meetings

    with opened(arguments) as store:
        if arguments.doing == "add":
            made = add_meeting(
                store=store,
                position=arguments.to,
                cut_off=arguments.cut_off,
                meeting=arguments.on,
                publication=arguments.publication,
                title=arguments.title,
            )
            say(dumped(made) if arguments.json else f"Added {made.title}, {date_text(made.meeting)}.")
            return DONE
        found = meetings(store=store)
    if arguments.json:
        say(dumped(found))
    else:
        head = ("position", "cut-off", "meeting", "publication", "title")
        rows = [(*(_day(one) for one in (m.position, m.cut_off, m.meeting, m.publication)), m.title) for m in found]
        say("\n".join(columns([head, *rows])))
    return DONE


def _day(day_: date | None) -> str:
    return "" if day_ is None else day_.isoformat()


def papers_text(papers: tuple[SignedPaper, ...] | list[SignedPaper]) -> str:
    """Return the signed papers as a table, each with its reason where it stands no longer."""
    if not papers:
        return "No paper is signed off yet."
    rows = [("paper", "position", "meeting", "signed", "by", "SHA-256", "state", "restated")]
    for one in papers:
        state = one.summary.state.value
        if one.summary.reason:
            state += f": {_short(one.summary.reason)}"
        rows.append(
            (
                str(one.id)[:SHOWN],
                one.position_text,
                one.meeting_title,
                f"{one.signed.at:%Y-%m-%d}" if one.signed is not None else "",
                one.signed.who if one.signed is not None else "",
                one.sha256[:SHOWN],
                state,
                "not known" if one.restated is None else str(one.restated),
            )
        )
    return "\n".join(columns(rows))


def _short(reason: str) -> str:
    """Return a reason on one line, its beginning where it is long: --json has the whole."""
    line = " ".join(reason.split())
    return line if len(line) <= REASON else line[: REASON - 1] + "…"


def sources_text(cells: tuple[SourceRow, ...]) -> str:
    """Return the cells, one a line."""
    head = ("period", "part", "figure", "file", "sheet", "cell", "text")
    return "\n".join(columns([head, *(
        (one.period, one.part, one.figure, one.file, one.sheet, one.cell, one.text) for one in cells
    )]))  # fmt: skip


def restated_text(found: Restated) -> str:
    """Return what would be printed otherwise today, each row with its causes."""
    if not found.rows:
        return "Nothing is restated: today the same would be printed."
    lines = [f"{len(found.rows)} restated since; the signed paper stays as it is."]
    for row in found.rows:
        lines.append(f"  {row.sentence}")
        lines += [f"      {cause.sentence}" for cause in row.causes]
    return "\n".join(lines)
