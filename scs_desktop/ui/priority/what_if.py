"""Another rule or tolerance tried on the whole strategy: how many lights would flip, and which."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from scs_desktop.domain.appearance import counts_text
from scs_desktop.domain.targets import StatusRule, Tolerance
from scs_desktop.domain.what_if import Effect, Flip, Supposition, light_word
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE

LINE = 22
RULES: tuple[tuple[str, StatusRule | None], ...] = (
    ("as approved", None),
    ("usual movement of the series", StatusRule.USUAL_MOVEMENT),
    ("the literal direction", StatusRule.LITERAL),
    ("a path to a better end, by", StatusRule.PATH),
)
PATH = 3
TOLERANCES: tuple[tuple[str, Tolerance | None], ...] = (
    ("as approved", None),
    ("none", Tolerance(Decimal(0))),
    ("2 %", Tolerance(Decimal("0.02"))),
    ("5 %", Tolerance(Decimal("0.05"))),
    ("10 %", Tolerance(Decimal("0.1"))),
    ("1 point, for percentages", Tolerance(Decimal(1), in_points=True)),
    ("2 points, for percentages", Tolerance(Decimal(2), in_points=True)),
)
ENDS = ("% of the baseline in all", "% of it each year")
SCOPES = ("the whole strategy", "this priority", "this indicator")
BETTER = "5"
TRY_AFTER = 250
"""Milliseconds after the last key until what is typed is tried."""
NOTHING = "Choose another rule or tolerance to see which lights of the strategy would change. Nothing is stored."
NO_NUMBER = "Say by how much: 5 for 5 % better than the baseline."
COLUMNS: tuple[Column[Flip], ...] = (
    Column("Code", lambda flip: flip.code, "2.2h"),
    Column("Is", lambda flip: light_word(flip.before), "overlaps baseline"),
    Column("Would be", lambda flip: light_word(flip.after), "overlaps baseline"),
    Column("Why", lambda flip: flip.after.sentence, tip=lambda flip: flip.why),
)


class WhatIf(QWidget):
    """What is supposed and of which indicators, a sentence, and the lights that would flip.

    Signals:
        wanted(Supposition): the officer supposes this.

    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._use: UUID | None = None
        self._priority: UUID | None = None
        self.rule = self._box("Rule", [title for title, _ in RULES])
        self.better = QLineEdit(BETTER, self)
        self.better.setAccessibleName("Better by, percent of the baseline")
        self.better.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.better.setFixedWidth(self.fontMetrics().averageCharWidth() * 7)
        self.end = self._box("Better by in all or each year", ENDS)
        self.tolerance = self._box("Tolerance", [title for title, _ in TOLERANCES])
        self.scope = self._box("Of which indicators", SCOPES)
        self.said = QLabel(NOTHING, self)
        self.said.setWordWrap(True)
        self._model = TableModel[Flip](COLUMNS, self)
        self.flips = RowTable(self._model, "Lights that would change", row_height=LINE, parent=self)
        self.flips.setFrameShape(QFrame.Shape.NoFrame)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TRY_AFTER)
        self._wait.timeout.connect(self.ask)
        self.better.textEdited.connect(self._wait.start)
        rule: tuple[QWidget, ...] = (self._label("Ru&le", self.rule), self.rule, self.better, self.end)
        whom: tuple[QWidget, ...] = (
            self._label("T&olerance", self.tolerance), self.tolerance, self._label("o&f", self.scope), self.scope,
        )  # fmt: skip
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 0)
        layout.setSpacing(6)
        for parts in (rule, whom):
            choices = QHBoxLayout()
            choices.setSpacing(SPACE)
            for part in parts:
                choices.addWidget(part)
            choices.addStretch(1)
            layout.addLayout(choices)
        layout.addWidget(self.said)
        layout.addWidget(self.flips, 1)
        self._fit()

    def _box(self, name: str, entries: Sequence[str]) -> QComboBox:
        box = QComboBox(self)
        box.addItems(list(entries))
        box.setAccessibleName(name)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        box.currentIndexChanged.connect(self.ask)
        return box

    def _label(self, text: str, box: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setBuddy(box)
        return label

    def _fit(self) -> None:
        for part in (self.better, self.end):
            part.setVisible(self.rule.currentIndex() == PATH)

    def of(self, use: UUID, priority: UUID) -> None:
        """Take the indicator and the priority that are shown as "this"."""
        self._use, self._priority = use, priority

    @property
    def better_by(self) -> Decimal | None:
        """By how many percent the path ends better; None where what is typed is no number."""
        try:
            value = Decimal(self.better.text().strip().removesuffix("%").replace("−", "-").strip())
        except InvalidOperation:
            return None
        return value if value.is_finite() else None

    @property
    def supposed(self) -> Supposition | None:
        """What is chosen; None where all is as approved, or a path has no end."""
        _, rule = RULES[self.rule.currentIndex()]
        _, tolerance = TOLERANCES[self.tolerance.currentIndex()]
        path = rule is StatusRule.PATH
        if (rule is None and tolerance is None) or (path and self.better_by is None):
            return None
        scope = self.scope.currentIndex()
        return Supposition(
            tolerance=tolerance,
            rule=rule,
            better_by=self.better_by if path else None,
            each_year=path and self.end.currentIndex() == 1,
            uses=frozenset({self._use}) if scope == SCOPES.index("this indicator") and self._use else None,
            priorities=frozenset({self._priority}) if scope == 1 and self._priority else None,
        )

    def ask(self) -> None:
        """Ask what the choice would do."""
        self._wait.stop()
        self._fit()
        supposed = self.supposed
        if supposed is None:
            endless = self.rule.currentIndex() == PATH and self.better_by is None
            self.said.setText(NO_NUMBER if endless else NOTHING)
            self._model.set_rows(())
        else:
            self.wanted.emit(supposed)

    def show_effect(self, supposed: Supposition, effect: Effect) -> None:
        """Show it, if it is still what is supposed."""
        if supposed == self.supposed:
            said = [effect.sentence, *effect.notes]
            if effect.flips:
                said.append(f"It would be {counts_text(effect.after)}.")
            if effect.priorities:
                said.append(effect.priorities_sentence)
            self.said.setText(" ".join([*said, "Nothing is stored."]))
            self._model.set_rows(effect.flips)
