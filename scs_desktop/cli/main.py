"""Carry out a command: open the store, call one workflow, print, and return the exit code.

0 done · 1 problems or open questions · 2 usage · 3 refused, with one sentence on the error stream ·
70 a fault of the program, with its details in the log.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.cli import breaks, history, holds, keeping, reports, returns, rollups, sign_off, targets
from scs_desktop.cli.as_json import doubt_as_json, dumped
from scs_desktop.cli.cohorts import cohorts
from scs_desktop.cli.context import DONE, FAULT, QUESTIONS, REFUSED, USAGE, new_store, opened, say, store_path, warn
from scs_desktop.cli.costs import costs
from scs_desktop.cli.faults import environment_sentence, fault_sentence
from scs_desktop.cli.glossary import look_up
from scs_desktop.cli.parser import build_parser
from scs_desktop.cli.profiles import profile
from scs_desktop.cli.wards import wards
from scs_desktop.cli.what_if import what_if
from scs_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from datetime import date

    from scs_desktop.domain.position import StrategyPosition
    from scs_desktop.store import Store

STOPPED = 130
"""Exit code after Ctrl+C, as shells have it."""


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
    path = store_path(arguments)
    if path.exists():
        message = f"There is a store at {path} already. Choose another name."
        raise UserError(message)
    new_store(arguments).close()
    say(dumped({"store": path}) if arguments.json else f"Made {path}.")
    return DONE


def status(arguments: argparse.Namespace) -> int:
    """Print the lights."""
    from scs_desktop.cli.text import status_text

    with opened(arguments) as store:
        position = _position(arguments, store)
    say(dumped(position) if arguments.json else status_text(position))
    return DONE


def check(arguments: argparse.Namespace) -> int:
    """Print every doubt."""
    from scs_desktop.cli.text import doubts_text
    from scs_desktop.workflows.decide import doubts

    with opened(arguments) as store:
        found = doubts(store=store)
    shown = [one for one in found if arguments.only is None or one.open is (arguments.only == "open")]
    say(dumped([doubt_as_json(one) for one in shown]) if arguments.json else doubts_text(shown, found))
    return QUESTIONS if any(one.open for one in found) else DONE


def decide_doubt(arguments: argparse.Namespace) -> int:
    """Decide a doubt."""
    from scs_desktop.domain.decisions import Verdict
    from scs_desktop.workflows.decide import decide, take_back

    if arguments.take_back:
        with opened(arguments) as store:
            doubt = take_back(store=store, finding_key=arguments.check, reason=arguments.reason)
        say(
            dumped(doubt_as_json(doubt))
            if arguments.json
            else f"Taken back: {doubt.finding.key} is {'open again' if doubt.open else 'settled by another decision'}."
        )
        return DONE
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


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": demo,
    "new": new,
    "status": status,
    "import": returns.bring,
    "undo": history.undo,
    "redo": history.redo,
    "history": history.history,
    "imports": returns.imports,
    "read": returns.read,
    "problems": returns.problems,
    "template": returns.template,
    "profile": profile,
    "report": reports.report,
    "hold": holds.hold,
    "holds": holds.holds,
    "sign-off": sign_off.sign_off,
    "signed": sign_off.signed,
    "withdraw": sign_off.withdraw,
    "supersede": sign_off.supersede,
    "meeting": sign_off.meeting,
    "costs": costs,
    "cohorts": cohorts,
    "check": check,
    "decide": decide_doubt,
    "glossary": look_up,
    "backup": keeping.backup,
    "backups": keeping.backups,
    "restore": keeping.restore,
    "targets": targets.targets,
    "target": targets.target,
    "what-if": what_if,
    "rollup": rollups.rollup,
    "override": rollups.override,
    "break": breaks.mark_break,
    "breaks": breaks.list_breaks,
    "wards": wards,
}


def main(argv: Sequence[str]) -> int:
    """Carry out the command of the arguments (without the program's name) and return the exit code.

    Nothing but a sentence reaches the screen, whatever fails.
    """
    _use_utf8()
    try:
        code = _carry_out(argv)
        sys.stdout.flush()
    except UserError as refused:
        warn(str(refused))
        return REFUSED
    except BrokenPipeError:
        # Whoever read the results has seen enough.
        _print_no_more()
        return DONE
    except (OSError, MemoryError) as error:
        warn(environment_sentence(error))
        try:
            sys.stdout.flush()
        except OSError:
            _print_no_more()
        return REFUSED
    except KeyboardInterrupt:
        warn("Stopped. What was not finished was not stored.")
        return STOPPED
    except Exception as error:  # noqa: BLE001 - told in a sentence, with its details in the log
        warn(fault_sentence(error))
        return FAULT
    return code


def _carry_out(argv: Sequence[str]) -> int:
    try:
        arguments = build_parser().parse_args(argv)
    except SystemExit as done:
        return USAGE if done.code else DONE
    if arguments.command is None:
        warn("Name a command: " + ", ".join(COMMANDS) + ". With --help each tells its words.")
        return USAGE
    return COMMANDS[arguments.command](arguments)


def _print_no_more() -> None:
    """Send what is still to be printed nowhere, so that the interpreter's last flush cannot fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _use_utf8() -> None:
    """Print in UTF-8 also where the terminal's code page is another, so that no figure's dash stops a report."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
