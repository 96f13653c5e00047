"""What goes back to a partner: the report about their file, and the form for their next return."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtWidgets import QFileDialog, QWidget

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.snapshot import ImportSummary
from scs_desktop.ui.common.background import Progress
from scs_desktop.ui.common.session import Session
from scs_desktop.ui.common.words import counted

if TYPE_CHECKING:
    from scs_desktop.returns.plan import ReturnPlan
    from scs_desktop.store import Store

REPORT_FILES = "Workbook (*.xlsx);;Text (*.txt)"
FORM_FILES = "Workbook (*.xlsx)"


class PartnerPapers:
    """Asks where a paper goes, writes it on the worker and says one sentence at the end."""

    def __init__(self, session: Session, window: QWidget) -> None:
        self._session = session
        self._window = window

    def ask_report(self, about: ReturnPlan | ImportSummary) -> Path | None:
        """Ask where the report about a file goes."""
        suggested = f"Report on {Path(about.file_name).stem}.xlsx"
        return self._asked("Save the report for the partner", suggested, REPORT_FILES)

    def ask_form(self, agency: UUID) -> Path | None:
        """Ask where an agency's form goes."""
        suggested = f"Return form {self.agency_name(agency).replace('/', '-')}.xlsx"
        return self._asked("Save the return form", suggested, FORM_FILES)

    def _asked(self, title: str, suggested: str, kinds: str) -> Path | None:
        name, chosen = QFileDialog.getSaveFileName(self._window, title, suggested, kinds)
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".txt" if "txt" in chosen else ".xlsx")

    def agency_name(self, agency: UUID | None) -> str:
        """Return the name of an agency; nothing where it is not known."""
        return next((one.name for one in self._session.records.agencies if one.id == agency), "")

    def write_report(self, about: ReturnPlan | ImportSummary, out: Path) -> None:
        """Write what the partner is told of an open return, or of one that was stored."""
        name = self.agency_name(about.agency if isinstance(about, ImportSummary) or about.agency_certain else None)

        def work(store: Store, progress: Progress) -> tuple[Path, int]:
            from scs_desktop.workflows.partner_report import partner_report, reading_for, write_partner_report
            from scs_desktop.workflows.read_return import read_return

            read_on: date | None = None
            if isinstance(about, ImportSummary):
                data = store.kept_file(about.id)
                if data is None:
                    message = f"{about.file_name} is not kept in this store any more: no report can be made of it."
                    raise UserError(message)
                read = read_return(
                    data=data,
                    file_name=about.file_name,
                    progress=progress.note,
                    cancelled=lambda: progress.cancelled,
                )
                reading, read_on = reading_for(store=store, agency=about.agency, read=read), about.received_on
            else:
                reading = about.reading
            report = partner_report(reading=reading, agency_name=name, read_on=read_on)
            return write_partner_report(report=report, out=out), len(report.problems)

        def told(done: tuple[Path, int]) -> None:
            path, problems = done
            found = counted(problems, "problem") if problems else "no problem"
            self._session.messages.done(
                f"Saved the report on {about.file_name} for the partner, {found} in it: {path}."
            )

        self._session.ask(f"Writing the report on {about.file_name}", work, told)

    def write_form(self, agency: UUID, out: Path) -> None:
        """Write an agency's return form."""
        name = self.agency_name(agency)

        def work(store: Store, _: Progress) -> Path:
            from scs_desktop.workflows.template import write_form

            return write_form(store=store, agency=agency, out=out)

        self._session.ask(
            f"Writing the return form for {name}",
            work,
            lambda path: self._session.messages.done(f"Saved the return form for {name}: {path}."),
        )
