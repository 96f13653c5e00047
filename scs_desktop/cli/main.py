"""Carry out a command: open the store, call one workflow, print, and return the exit code.

0 done · 1 problems or open questions · 2 usage · 3 refused, with one sentence on the error stream.
"""

from __future__ import annotations

import argparse
import getpass
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.cli.as_json import dumped, plan_as_json
from scs_desktop.cli.parser import build_parser
from scs_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from scs_desktop.domain.position import StrategyPosition
    from scs_desktop.returns.plan import ReturnPlan
    from scs_desktop.store import Store

DONE, QUESTIONS, USAGE, REFUSED = 0, 1, 2, 3


def say(text: str) -> None:
    """Print a result."""
    sys.stdout.write(text + "\n")


def officer(arguments: argparse.Namespace) -> str:
    """Return who is working."""
    given: str | None = arguments.officer
    return given or getpass.getuser()


@contextmanager
def opened(arguments: argparse.Namespace, *, make: bool = False) -> Iterator[Store]:
    """Open the store that the command names; make it first where the command may."""
    from scs_desktop.store import open_store

    path = _store_path(arguments)
    if not path.exists():
        if not make:
            message = f"There is no store at {path}. Make one with: main.py --store {path} new"
            raise UserError(message)
        sys.stderr.write(f"A new store was made at {path}.\n")
        with _new_store(arguments) as store:
            yield store
        return
    with open_store(path, who=officer(arguments)) as store:
        yield store


def _store_path(arguments: argparse.Namespace) -> Path:
    from scs_desktop.workflows.places import default_store_path

    given: Path | None = arguments.store
    return given or default_store_path()


def _new_store(arguments: argparse.Namespace) -> Store:
    from scs_desktop.domain.history import StoreKind
    from scs_desktop.workflows.shipped import set_up_store

    path = _store_path(arguments)
    path.parent.mkdir(parents=True, exist_ok=True)
    return set_up_store(path=path, kind=StoreKind.REAL, who=officer(arguments))


def _file_bytes(path: Path) -> bytes:
    from scs_desktop.returns import gate

    return gate.load(path)


def _position(arguments: argparse.Namespace, store: Store) -> StrategyPosition:
    from scs_desktop.workflows.overview import cut_on, overview

    day: date | None = arguments.as_at
    return overview(store=store, position=arguments.to, as_at=cut_on(store=store, day=day) if day is not None else None)


def demo(arguments: argparse.Namespace) -> int:
    """Build the example store, print its summary, write its page."""
    from scs_desktop.cli.text import status_text
    from scs_desktop.workflows.demo import build_example_store
    from scs_desktop.workflows.overview import overview
    from scs_desktop.workflows.report import summary_report

    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    path = out / "example.scs"
    with build_example_store(path=path) as store:
        position = overview(store=store)
        pdf = summary_report(store=store, out=out / "rag-summary.pdf")
    if arguments.json:
        say(dumped({"store": path, "pdf": pdf, "position": position}))
    else:
        say(status_text(position))
        say(f"\nStore: {path}\nBoard's page: {pdf}")
    return DONE


def new(arguments: argparse.Namespace) -> int:
    """Make a store with the shipped strategy and no figures."""
    path = _store_path(arguments)
    if path.exists():
        message = f"There is a store at {path} already. Choose another name."
        raise UserError(message)
    _new_store(arguments).close()
    say(dumped({"store": path}) if arguments.json else f"Made {path}.")
    return DONE


def status(arguments: argparse.Namespace) -> int:
    """Print the lights."""
    from scs_desktop.cli.text import status_text

    with opened(arguments) as store:
        position = _position(arguments, store)
    say(dumped(position) if arguments.json else status_text(position))
    return DONE


def _plans(arguments: argparse.Namespace, store: Store) -> Iterator[tuple[ReturnPlan, bool] | UserError]:
    """Plan each file, and store it where the command says so: (plan, whether it was stored), or why it was refused."""
    from scs_desktop.returns.questions import Answers, leaving_out, parse_answers
    from scs_desktop.workflows.import_return import (
        ReadReturn,
        agency_named,
        plan_return,
        store_return,
    )

    agency: UUID | None = agency_named(store=store, name=arguments.agency).id if arguments.agency else None
    answers = Answers()
    if arguments.answers is not None:
        answers = parse_answers(_text(arguments.answers), arguments.answers.name)
    for path in arguments.files:
        try:
            plan = plan_return(
                store=store,
                data=_file_bytes(path),
                file_name=path.name,
                agency=agency,
                received=arguments.received,
                extracted=arguments.extracted,
                answers=answers,
            )
            if arguments.accept and plan.open_questions:
                plan = plan_return(
                    store=store,
                    data=plan.data,
                    file_name=plan.file_name,
                    agency=agency,
                    received=arguments.received,
                    extracted=arguments.extracted,
                    answers=leaving_out(plan.open_questions, plan.answers),
                    read=ReadReturn(plan.data, plan.workbook, plan.reading),
                )
            wanted = arguments.accept and plan.figures and plan.agency_certain
            settled = arguments.answers is not None and not plan.open_questions
            stored = bool(wanted or settled) and not arguments.dry_run and plan.already_imported is None
            if stored:
                store_return(store=store, plan=plan, leave_open=arguments.accept)
            yield plan, stored
        except UserError as refused:
            yield refused


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path} cannot be read: {error}."
        raise UserError(message) from error


def bring(arguments: argparse.Namespace) -> int:
    """Plan returns, and store those that leave no question."""
    from scs_desktop.cli.text import plan_text

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        if arguments.dry_run and (arguments.store is None or not arguments.store.exists()):
            # A trial without a store of one's own is made on a passing one, so that it leaves nothing behind.
            arguments.store = Path(folder) / "trial.scs"
            with _new_store(arguments) as store:
                outcomes = list(_plans(arguments, store))
        else:
            with opened(arguments, make=True) as store:
                outcomes = list(_plans(arguments, store))
    refused = [one for one in outcomes if isinstance(one, UserError)]
    plans = [one for one in outcomes if not isinstance(one, UserError)]
    if arguments.json:
        printed = [plan_as_json(plan) | {"stored": stored} for plan, stored in plans]
        say(dumped(printed if len(arguments.files) > 1 else next(iter(printed), None)))
    else:
        for plan, stored in plans:
            say(f"{plan_text(plan)}\n  {'stored.' if stored else 'nothing stored.'}")
    for error in refused:
        sys.stderr.write(f"{error}\n")
    if refused:
        return REFUSED
    return QUESTIONS if any(plan.open_questions for plan, _ in plans) else DONE


def undo(arguments: argparse.Namespace) -> int:
    """Take an import back."""
    from scs_desktop.workflows.undo_import import import_named, undo_import

    with opened(arguments) as store:
        report = undo_import(store=store, import_id=import_named(store=store, name=arguments.import_id).id)
    if arguments.json:
        say(dumped(report))
    else:
        say(f"Taken back: {report.closed} figures closed, {report.reopened} earlier ones current again.")
        for sentence in report.reasons:
            say(f"  stays: {sentence}")
    return DONE


def imports(arguments: argparse.Namespace) -> int:
    """Print the history of imports."""
    from scs_desktop.cli.text import columns

    with opened(arguments) as store:
        known = store.imports()
    if arguments.json:
        say(dumped(known))
    else:
        rows = [
            (
                str(one.number),
                f"{one.received_on}",
                one.file_name,
                f"{one.figures} figures",
                "undone" if one.undone else "",
            )
            for one in known
        ]
        say("\n".join(columns(rows)) if rows else "Nothing has been imported yet.")
    return DONE


def read(arguments: argparse.Namespace) -> int:
    """Print what the reader sees in a file."""
    from scs_desktop.cli.text import reading_text
    from scs_desktop.returns.reading_json import as_json
    from scs_desktop.workflows.import_return import read_return

    found = read_return(data=_file_bytes(arguments.file), file_name=arguments.file.name)
    say(json.dumps(as_json(found.reading), ensure_ascii=False) if arguments.json else reading_text(found.reading))
    return QUESTIONS if found.reading.problems else DONE


def template(arguments: argparse.Namespace) -> int:
    """Write an agency's return form."""
    from scs_desktop.workflows.import_return import agency_named
    from scs_desktop.workflows.template import write_form

    with opened(arguments) as store:
        agency = agency_named(store=store, name=arguments.agency).id
        path = write_form(store=store, agency=agency, out=arguments.out, until=arguments.until)
    say(dumped({"template": path}) if arguments.json else f"Wrote {path}.")
    return DONE


def report(arguments: argparse.Namespace) -> int:
    """Write the one-page RAG summary."""
    from scs_desktop.domain.publication import Marking
    from scs_desktop.workflows.overview import cut_on
    from scs_desktop.workflows.report import summary_report

    with opened(arguments) as store:
        path = summary_report(
            store=store,
            out=arguments.out,
            position=arguments.to,
            as_at=cut_on(store=store, day=arguments.as_at) if arguments.as_at is not None else None,
            marking=Marking(arguments.marking),
        )
    say(dumped({"pdf": path}) if arguments.json else f"Wrote {path}.")
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """Print every doubt."""
    from scs_desktop.cli.text import doubts_text
    from scs_desktop.workflows.decide import doubts

    with opened(arguments) as store:
        found = doubts(store=store)
    say(dumped(found) if arguments.json else doubts_text(found))
    return QUESTIONS if any(one.decision is None for one in found) else DONE


def decide_doubt(arguments: argparse.Namespace) -> int:
    """Decide a doubt."""
    from scs_desktop.domain.decisions import Verdict
    from scs_desktop.workflows.decide import decide

    verdict = Verdict.CORRECTED
    if arguments.as_printed:
        verdict = Verdict.AS_PRINTED
    elif arguments.dismiss:
        verdict = Verdict.DISMISSED
    with opened(arguments) as store:
        decision = decide(
            store=store,
            finding_key=arguments.check,
            verdict=verdict,
            reason=arguments.reason,
            proposal=arguments.choose or "",
        )
    say(dumped(decision) if arguments.json else f"Decided: {decision.finding}: {verdict.value.replace('_', ' ')}.")
    return DONE


def backup(arguments: argparse.Namespace) -> int:
    """Write a verified copy of the store."""
    from scs_desktop.workflows.back_up import back_up

    with opened(arguments) as store:
        path = back_up(store=store, out=arguments.out)
    say(dumped({"backup": path}) if arguments.json else f"Wrote and verified {path}.")
    return DONE


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": demo,
    "new": new,
    "status": status,
    "import": bring,
    "undo": undo,
    "imports": imports,
    "read": read,
    "template": template,
    "report": report,
    "check": check,
    "decide": decide_doubt,
    "backup": backup,
}


def main(argv: Sequence[str]) -> int:
    """Carry out the command of the arguments (without the program's name) and return the exit code."""
    _use_utf8()
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as done:
        return USAGE if done.code else DONE
    try:
        return COMMANDS[arguments.command](arguments)
    except UserError as refused:
        sys.stderr.write(f"{refused}\n")
        return REFUSED


def _use_utf8() -> None:
    """Print in UTF-8 also where the terminal's code page is another, so that no figure's dash stops a report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
