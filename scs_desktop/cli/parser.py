"""The words of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from scs_desktop.cli.arguments import add_json, add_position, day
from scs_desktop.cli.breaks import add_breaks
from scs_desktop.cli.cohorts import add_cohorts
from scs_desktop.cli.costs import add_costs
from scs_desktop.cli.glossary import add_glossary
from scs_desktop.cli.history import add_history
from scs_desktop.cli.holds import add_holds
from scs_desktop.cli.keeping import add_keeping
from scs_desktop.cli.reports import add_reports
from scs_desktop.cli.rollups import add_rollups
from scs_desktop.cli.sign_off import add_sign_off
from scs_desktop.cli.targets import add_targets
from scs_desktop.cli.wards import add_wards
from scs_desktop.cli.what_if import add_what_if


def _add_password(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--password-file",
        type=Path,
        metavar="FILE",
        help="a text file with the password of an encrypted workbook on its one line; default: asked at the terminal",
    )


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands. Without a command the window opens."""
    parser = argparse.ArgumentParser(
        prog="main.py",
        description="Safer Communities Desktop: targets, partners' returns, lights and the board's page. "
        "Without a command it opens the window.",
    )
    parser.add_argument("--store", type=Path, metavar="FILE", help="the store to work on; default: your own")
    parser.add_argument("--officer", metavar="NAME", help="who is working; default: the name you are logged in with")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for add in (
        _add_store,
        _add_returns,
        add_history,
        add_keeping,
        _add_profile,
        _add_papers,
        add_reports,
        add_holds,
        add_sign_off,
        _add_doubts,
        add_glossary,
        add_costs,
        add_cohorts,
        add_targets,
        add_what_if,
        add_rollups,
        add_breaks,
        add_wards,
    ):
        add(commands)
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - argparse names it nowhere else


def _add_store(commands: Commands) -> None:
    demo = commands.add_parser("demo", help="build the example store, print its lights and write the board's page")
    demo.add_argument("--out", type=Path, metavar="DIR", required=True, help="folder for the store and the PDF")
    add_json(demo)

    new = commands.add_parser("new", help="make a new store with a shipped strategy and no figures")
    add_json(new)


def _add_returns(commands: Commands) -> None:
    bring = commands.add_parser("import", help="plan partners' returns, and store them where nothing is left to ask")
    bring.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a workbook, a .csv file, or a zip of them")
    bring.add_argument("--agency", metavar="AGENCY", help="who sent the files")
    bring.add_argument("--received", type=day, metavar="DATE", help="when they were received; default: today")
    bring.add_argument("--extracted", type=day, metavar="DATE", help="when the agency took the figures from its system")
    bring.add_argument("--dry-run", action="store_true", help="say what would happen, and store nothing")
    bring.add_argument(
        "--answers", type=Path, metavar="FILE", help="answers to the questions, as --dry-run --json prints them"
    )
    _add_password(bring)
    bring.add_argument("--accept", action="store_true", help="store what is certain, and leave out what is still asked")
    add_json(bring)

    imports = commands.add_parser("imports", help="the history of imports")
    add_json(imports)

    read = commands.add_parser("read", help="what the reader sees in a file; needs no store")
    read.add_argument("file", type=Path, metavar="FILE", help="a workbook, a .csv file, or a zip of them")
    _add_password(read)
    add_json(read)

    problems = commands.add_parser("problems", help="write a report for the partner: what could not be read, and why")
    problems.add_argument("file", type=Path, metavar="FILE")
    problems.add_argument("--agency", metavar="AGENCY", help="who sent the file")
    _add_password(problems)
    problems.add_argument("--out", type=Path, metavar="FILE", required=True, help="the .xlsx or .txt file to write")
    add_json(problems)

    template = commands.add_parser("template", help="write a return form for an agency, its last figures beside")
    template.add_argument("agency", metavar="AGENCY")
    template.add_argument("--until", type=day, metavar="DATE", help="ask for the periods that are over by this day")
    template.add_argument("--out", type=Path, metavar="FILE", required=True, help="the .xlsx file to write")
    add_json(template)


def _add_profile(commands: Commands) -> None:
    profile = commands.add_parser("profile", help="hand what is remembered of an agency's returns to another computer")
    wanted = profile.add_subparsers(dest="direction", metavar="DIRECTION", required=True)
    out = wanted.add_parser("export", help="write the answers and layouts of an agency to a file")
    out.add_argument("agency", metavar="AGENCY")
    out.add_argument("--out", type=Path, metavar="FILE", required=True, help="the .json file to write")
    add_json(out)
    back = wanted.add_parser("import", help="take over the answers and layouts of a file; what is here stays")
    back.add_argument("file", type=Path, metavar="FILE")
    add_json(back)


def _add_papers(commands: Commands) -> None:
    status = commands.add_parser("status", help="the lights, a line an indicator")
    add_position(status)
    add_json(status)


def _add_doubts(commands: Commands) -> None:
    check = commands.add_parser("check", help="every doubt with its evidence, and what was decided")
    check.add_argument("--only", choices=["open", "decided"], help="those that wait for a word, or the others")
    add_json(check)

    decide = commands.add_parser("decide", help="decide a doubt, with a reason")
    decide.add_argument("check", metavar="CHECK", help="the doubt's name, as check prints it")
    choice = decide.add_mutually_exclusive_group(required=True)
    choice.add_argument("--choose", metavar="PROPOSAL", help="accept this proposal")
    choice.add_argument("--as-printed", action="store_true", help="the figure holds as printed")
    choice.add_argument("--dismiss", action="store_true", help="it is no doubt")
    choice.add_argument("--take-back", action="store_true", help="open it again: the decision no longer counts")
    decide.add_argument("--reason", required=True, metavar="TEXT")
    add_json(decide)
