"""The commands about partners' files: read them, plan them, store them, take them back, tell the partner."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scs_desktop.cli.as_json import dumped, plan_as_json
from scs_desktop.cli.context import DONE, QUESTIONS, REFUSED, new_store, opened, say, store_path, warn
from scs_desktop.domain.errors import UserError

if TYPE_CHECKING:
    from uuid import UUID

    from scs_desktop.returns.plan import ReturnPlan
    from scs_desktop.returns.questions import Answers
    from scs_desktop.store import Store
    from scs_desktop.workflows.arrived import ArrivedFile
    from scs_desktop.workflows.read_return import ReadReturn

TRIES = 3
"""How often a password may be typed wrongly at the terminal."""


def text_of(path: Path) -> str:
    """Return the text of a file that the officer wrote. Raises UserError."""
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"{path} is not a text file in UTF-8: save it so, and try again."
        raise UserError(message) from error
    except OSError as error:
        message = f"{path} cannot be read ({(error.strerror or 'no access').lower()}): check the name and its folder."
        raise UserError(message) from error


class Opener:
    """Reads files, with the password of those that are encrypted: from a file, else asked at the terminal.

    The password is kept for the other files of the same command and nowhere else.
    """

    def __init__(self, password_file: Path | None) -> None:
        self._password = _password_in(password_file) if password_file is not None else None

    def read(self, arrived: ArrivedFile) -> ReadReturn:
        """Read one file. Raises UserError."""
        from scs_desktop.returns.gate import PasswordNeeded, WrongPassword

        try:
            return self._read(arrived, self._password)
        except PasswordNeeded as refused:
            if not sys.stdin.isatty():
                remedy = "give the password that the partner gave in a file of one line, with --password-file"
                raise type(refused)(refused.reason, remedy, refused.file_name) from None
            sentence: PasswordNeeded = refused
        for _ in range(TRIES):
            typed = self._typed(arrived)
            if not typed:
                break
            try:
                read = self._read(arrived, typed)
            except WrongPassword as refused:
                sentence = refused
                warn(str(refused))
                continue
            self._password = typed
            return read
        raise sentence

    @staticmethod
    def _typed(arrived: ArrivedFile) -> str:
        try:
            return getpass.getpass(f"Password of {arrived.shown} (empty: leave it): ", stream=sys.stderr)
        except EOFError:
            return ""

    @staticmethod
    def _read(arrived: ArrivedFile, password: str | None) -> ReadReturn:
        from scs_desktop.workflows.read_return import read_return

        return read_return(data=arrived.data, file_name=arrived.file_name, password=password)


def _password_in(path: Path) -> str:
    lines = text_of(path).splitlines()
    if not lines or not lines[0] or any(line.strip() for line in lines[1:]):
        message = f"{path} is not a password file: write the password alone into it, on one line."
        raise UserError(message)
    return lines[0]


def _each(paths: Sequence[Path]) -> Iterator[ArrivedFile | UserError]:
    """Give every file that the paths hold, or why a path holds none."""
    from scs_desktop.workflows.arrived import arrived_files

    for path in paths:
        try:
            yield from arrived_files(path=path)
        except UserError as refused:
            yield refused


def _told(arrived: ArrivedFile, refused: UserError) -> UserError:
    """Return a refusal with the archive's name before it, where the file came in one."""
    from scs_desktop.returns.refusals import shown_name

    return UserError(f"In “{shown_name(arrived.archive)}”: {refused}") if arrived.archive else refused


def _given(arguments: argparse.Namespace) -> Answers:
    from scs_desktop.returns.questions import Answers, parse_answers

    if arguments.answers is None:
        return Answers()
    return parse_answers(text_of(arguments.answers), arguments.answers.name)


def _carry_out(
    arguments: argparse.Namespace, files: Sequence[ArrivedFile | UserError], store: Store
) -> Iterator[tuple[ReturnPlan, bool] | UserError]:
    """Plan each file, and store it where the command says so: (plan, whether it was stored), or why it was refused."""
    from scs_desktop.returns.questions import leaving_out
    from scs_desktop.workflows.import_return import agency_named, plan_return, store_return

    agency: UUID | None = agency_named(store=store, name=arguments.agency).id if arguments.agency else None
    answers = _given(arguments)
    opener = Opener(arguments.password_file)
    for arrived in files:
        if isinstance(arrived, UserError):
            yield arrived
            continue
        try:
            read = opener.read(arrived)

            def planned(given: Answers, read: ReadReturn = read) -> ReturnPlan:
                return plan_return(
                    store=store,
                    data=read.data,
                    file_name=read.reading.file_name,
                    agency=agency,
                    received=arguments.received,
                    extracted=arguments.extracted,
                    answers=given,
                    read=read,
                )

            plan = planned(answers)
            if arguments.accept and plan.open_questions:
                plan = planned(leaving_out(plan.open_questions, plan.answers))
            wanted = arguments.accept and plan.figures and plan.agency_certain
            settled = arguments.answers is not None and not plan.open_questions
            stored = bool(wanted or settled) and not arguments.dry_run and plan.already_imported is None
            if stored:
                store_return(store=store, plan=plan, leave_open=arguments.accept)
            yield plan, stored
        except UserError as refused:
            yield _told(arrived, refused)


def _on_a_store(
    arguments: argparse.Namespace, carry_out: Callable[[Store], list[tuple[ReturnPlan, bool] | UserError]]
) -> list[tuple[ReturnPlan, bool] | UserError]:
    """Carry out on the store that is named; a trial without one is made on a passing one, and leaves nothing behind."""
    if not arguments.dry_run or store_path(arguments).exists():
        with opened(arguments, make=not arguments.dry_run) as store:
            return carry_out(store)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        arguments.store = Path(folder) / "trial.scs"
        with new_store(arguments) as store:
            return carry_out(store)


def bring(arguments: argparse.Namespace) -> int:
    """Plan returns, and store those that leave no question."""
    from scs_desktop.cli.text import plan_text

    files = list(_each(arguments.files))
    outcomes = _on_a_store(arguments, lambda store: list(_carry_out(arguments, files, store)))
    refused = [one for one in outcomes if isinstance(one, UserError)]
    plans = [one for one in outcomes if not isinstance(one, UserError)]
    if arguments.json:
        printed = [plan_as_json(plan) | {"stored": stored} for plan, stored in plans]
        several = len(arguments.files) > 1 or any(not isinstance(one, UserError) and one.archive for one in files)
        say(dumped(printed if several else next(iter(printed), None)))
    else:
        for plan, stored in plans:
            say(f"{plan_text(plan)}\n  {'stored.' if stored else 'nothing stored.'}")
    for error in refused:
        warn(str(error))
    if refused:
        return REFUSED
    return QUESTIONS if any(plan.open_questions for plan, _ in plans) else DONE


def read(arguments: argparse.Namespace) -> int:
    """Print what the reader sees in a file; of an archive, in each of its workbooks."""
    from scs_desktop.cli.text import reading_text
    from scs_desktop.returns.reading_json import as_json
    from scs_desktop.workflows.arrived import arrived_files

    files = arrived_files(path=arguments.file)
    opener = Opener(arguments.password_file)
    found, refused = [], []
    for arrived in files:
        try:
            found.append(opener.read(arrived).reading)
        except UserError as error:
            refused.append(_told(arrived, error))
    if arguments.json and found:
        printed = [as_json(one) for one in found]
        say(json.dumps(printed if files[0].archive else printed[0], ensure_ascii=False))
    elif found:
        say("\n".join(reading_text(one) for one in found))
    for sentence in refused:
        warn(str(sentence))
    if refused:
        return REFUSED
    return QUESTIONS if any(one.problems for one in found) else DONE


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


def problems(arguments: argparse.Namespace) -> int:
    """Write the report for the partner."""
    from scs_desktop.workflows.arrived import arrived_files
    from scs_desktop.workflows.import_return import agency_named
    from scs_desktop.workflows.partner_report import partner_report, reading_for, write_partner_report

    files = arrived_files(path=arguments.file)
    if len(files) > 1:
        message = (
            f"{arguments.file.name} holds {len(files)} files: unpack it and name the one that the report is about."
        )
        raise UserError(message)
    read = Opener(arguments.password_file).read(files[0])
    reading, name = read.reading, ""
    if arguments.agency:
        with opened(arguments) as store:
            agency = agency_named(store=store, name=arguments.agency)
            reading, name = reading_for(store=store, agency=agency.id, read=read), agency.name
    report = partner_report(reading=reading, agency_name=name)
    path = write_partner_report(report=report, out=arguments.out)
    say(dumped({"report": path, "problems": len(report.problems)}) if arguments.json else f"Wrote {path}.")
    return QUESTIONS if report.problems else DONE


def template(arguments: argparse.Namespace) -> int:
    """Write an agency's return form."""
    from scs_desktop.workflows.import_return import agency_named
    from scs_desktop.workflows.template import write_form

    with opened(arguments) as store:
        agency = agency_named(store=store, name=arguments.agency).id
        path = write_form(store=store, agency=agency, out=arguments.out, until=arguments.until)
    say(dumped({"template": path}) if arguments.json else f"Wrote {path}.")
    return DONE
