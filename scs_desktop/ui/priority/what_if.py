"""Another rule or tolerance tried on the whole strategy: how many lights would flip, and which."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from scs_desktop.domain.appearance import counts_text
from scs_desktop.domain.targets import StatusRule, Tolerance
from scs_desktop.domain.what_if import Effect, Flip, Supposition, light_word
from scs_desktop.ui.common.table_model import Column, RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE

LINE = 22
RULES: tuple[tuple[str, StatusRule | None, Decimal | None], ...] = (
    ("as approved", None, None),
    ("usual movement of the series", StatusRule.USUAL_MOVEMENT, None),
    ("the literal direction", StatusRule.LITERAL, None),
    ("a path to 5 % better than the baseline", StatusRule.PATH, Decimal(5)),
    ("a path to 10 % better than the baseline", StatusRule.PATH, Decimal(10)),
)
TOLERANCES: tuple[tuple[str, Tolerance | None], ...] = (
    ("as approved", None),
    ("none", Tolerance(Decimal(0))),
    ("2 %", Tolerance(Decimal("0.02"))),
    ("5 %", Tolerance(Decimal("0.05"))),
    ("10 %", Tolerance(Decimal("0.1"))),
)
NOTHING = "Choose another rule or tolerance to see which lights of the strategy would change. Nothing is stored."
COLUMNS: tuple[Column[Flip], ...] = (
    Column("Code", lambda flip: flip.code, "2.2h"),
    Column("Indicator", lambda flip: flip.name, tip=lambda flip: flip.name),
    Column("Is", lambda flip: light_word(flip.before), "baseline to be established"),
    Column(
        "Would be",
        lambda flip: light_word(flip.after),
        "baseline to be established",
        tip=lambda flip: flip.after.sentence,
    ),
)


class WhatIf(QWidget):
    """Two choices, a sentence, and the lights that would flip.

    Signals:
        wanted(Supposition): the officer supposes this.

    """

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rule = QComboBox(self)
        self.rule.addItems([title for title, _, _ in RULES])
        self.rule.setAccessibleName("Rule")
        self.tolerance = QComboBox(self)
        self.tolerance.addItems([title for title, _ in TOLERANCES])
        self.tolerance.setAccessibleName("Tolerance")
        self.said = QLabel(NOTHING, self)
        self.said.setWordWrap(True)
        self._model = TableModel[Flip](COLUMNS, self)
        self.flips = RowTable(self._model, "Lights that would change", row_height=LINE, parent=self)
        self.flips.setFrameShape(QFrame.Shape.NoFrame)
        choices = QHBoxLayout()
        choices.setSpacing(SPACE)
        for text, box in (("Ru&le", self.rule), ("T&olerance", self.tolerance)):
            label = QLabel(text, self)
            label.setBuddy(box)
            choices.addWidget(label)
            choices.addWidget(box)
            box.currentIndexChanged.connect(self.ask)
        choices.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4, 4, 4, 0)
        layout.setSpacing(6)
        layout.addLayout(choices)
        layout.addWidget(self.said)
        layout.addWidget(self.flips, 1)

    @property
    def supposed(self) -> Supposition | None:
        """What is chosen; None where all is as approved."""
        _, rule, better = RULES[self.rule.currentIndex()]
        _, tolerance = TOLERANCES[self.tolerance.currentIndex()]
        if rule is None and tolerance is None:
            return None
        return Supposition(tolerance=tolerance, rule=rule, better_by=better)

    def ask(self) -> None:
        """Ask what the choice would do."""
        supposed = self.supposed
        if supposed is None:
            self.said.setText(NOTHING)
            self._model.set_rows(())
        else:
            self.wanted.emit(supposed)

    def show_effect(self, supposed: Supposition, effect: Effect) -> None:
        """Show it, if it is still what is supposed."""
        if supposed == self.supposed:
            self.said.setText(f"{effect.sentence} It would be {counts_text(effect.after)}. Nothing is stored.")
            self._model.set_rows(effect.flips)
