"""What stands beside an indicator: facts, guidance, and the actions of its priority."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QWidget

from scs_desktop.domain.position import IndicatorPosition
from scs_desktop.domain.sentences import bound, capital
from scs_desktop.domain.strategy import Action, ActionStatus
from scs_desktop.ui.common.table_model import Column, Look
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.common.words import day_text, paint_two_lines
from scs_desktop.ui.priority.model import chance_text, change_text

ACTION_WORDS = {
    ActionStatus.NOT_STARTED: "not started",
    ActionStatus.IN_PROGRESS: "in progress",
    ActionStatus.COMPLETE: "complete",
    ActionStatus.OVERDUE: "overdue",
    ActionStatus.DROPPED: "dropped",
}


def action_state(action: Action) -> str:
    """Return owner, due day and status: "Borough Commander · due 30 Sep 2011 · in progress"."""
    due = f"due {day_text(action.due)}" if action.due is not None else ""
    return " · ".join(part for part in (ACTION_WORDS[action.status], due, action.owner) if part)


def _action(painter: QPainter, rect: QRectF, action: Action, look: Look) -> None:
    paint_two_lines(painter, rect, action.text, action_state(action), look.muted)


ACTION_COLUMNS: tuple[Column[Action], ...] = (
    Column(
        "Action",
        lambda action: f"{action.text}\t{action_state(action)}",
        spoken=lambda action: f"{action.text}, {action_state(action)}",
        tip=lambda action: f"{action.text}\n{action_state(action)}",
        paint=_action,
    ),
)


def facts(row: IndicatorPosition) -> tuple[tuple[str, str], ...]:
    """Return what is known beside the light, each under its term; what is not known is left out."""
    readings = tuple((f"If {reading.name}", f"{reading.status.sentence}") for reading in row.readings)
    pairs = (
        ("Figure", f"{row.value_text}, {row.period_text}" if row.value_text else ""),
        ("Rate", row.rate_text),
        ("Compared with", row.comparator_text),
        ("Change", change_text(row)),
        ("Usual movement", capital(row.movement_badge) or chance_text(row)),
        ("In a year", row.direction_sentence or row.direction.value),
        ("Recently", row.recent_sentence),
        ("Outlook", row.outlook_sentence),
        ("Pace needed", row.outlook.run_rate_sentence if row.outlook is not None else ""),
        ("Process", row.process.sentence if row.process is not None else ""),
        ("If it goes on", row.assurance_sentence),
        ("Data", row.data.text),
        ("Source", source_of(row)),
        ("Baseline", " – ".join(part for part in (row.baseline_text, row.baseline_note) if part)),
        *readings,
        *(("Doubt", finding.sentence) for finding in row.findings),
        ("Note", "Illustrative figures" if row.illustrative else ""),
    )
    return tuple((term, text) for term, text in pairs if text)


def source_of(row: IndicatorPosition) -> str:
    """Return who sends the figures and in which data set, nobody named twice."""
    if not row.agency or row.source_text.startswith(row.agency):
        return row.source_text
    return ", ".join(part for part in (row.agency, row.source_text) if part)


class Facts(QScrollArea):
    """Terms and what stands for each, one below the other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Facts beside the light")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_facts(self, pairs: tuple[tuple[str, str], ...]) -> None:
        """Show these."""
        inside = QWidget(self)
        grid = QGridLayout(inside)
        grid.setContentsMargins(SPACE, 0, 4, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(5)
        for number, (term, text) in enumerate(pairs):
            name = QLabel(term, inside)
            name.setForegroundRole(inside.palette().ColorRole.PlaceholderText)
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            said = QLabel(bound(text), inside)
            said.setTextFormat(Qt.TextFormat.PlainText)
            said.setWordWrap(True)
            said.setAccessibleName(f"{term}: {text}")
            grid.addWidget(name, number, 0)
            grid.addWidget(said, number, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(len(pairs), 1)
        self.setWidget(inside)


def guidance_html(row: IndicatorPosition) -> str:
    """Return how the light was given, as paragraphs."""
    parts = [f"<p>{escape(row.status.sentence)}</p>"]
    if row.status.details:
        parts.append("<ul>" + "".join(f"<li>{escape(detail)}</li>" for detail in row.status.details) + "</ul>")
    if row.baseline_note:
        parts.append(f"<p><b>Baseline.</b> {escape(row.baseline_text)}: {escape(row.baseline_note)}</p>")
    parts += [f"<p><b>If {escape(reading.name)}.</b> {escape(reading.status.sentence)}</p>" for reading in row.readings]
    for finding in row.findings:
        parts.append(f"<p><b>Doubt.</b> {escape(finding.sentence)}</p>")
        parts.append("<ul>" + "".join(f"<li>{escape(line)}</li>" for line in finding.evidence) + "</ul>")
    return "".join(parts)
