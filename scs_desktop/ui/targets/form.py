"""The fields of a target: kind, number, tolerance, rule, path and note."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from scs_desktop.domain.figures import Unit
from scs_desktop.domain.path import NUMERIC
from scs_desktop.domain.periods import Period
from scs_desktop.domain.sentences import exact_decimals, number_text
from scs_desktop.domain.strategy import Definition
from scs_desktop.domain.targets import StatusRule, Target, TargetKind, TargetState, Tolerance
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.targets.parts import TRY_AFTER, buddy, number_from

KINDS: tuple[tuple[str, TargetKind], ...] = (
    ("a value", TargetKind.VALUE),
    ("% on the baseline", TargetKind.PERCENT_ON_BASELINE),
    ("points on the baseline", TargetKind.POINTS),
    ("a range", TargetKind.RANGE),
    ("the direction alone", TargetKind.DIRECTION),
)
RULES: tuple[tuple[str, StatusRule], ...] = (
    ("beyond the usual movement", StatusRule.USUAL_MOVEMENT),
    ("any move in the right direction", StatusRule.LITERAL),
)
SHORT = 9
"""Width of a number's field in average characters."""


def typed(value: Decimal | None) -> str:
    """Return a number as it would be typed."""
    return "" if value is None else number_text(value, exact_decimals(value))


class TargetForm(QWidget):
    """The fields, shown for the kind that is chosen.

    Signals:
        changed: another target is wished, some moments after the last key.
        entered: the officer pressed Enter in a field.

    """

    changed = Signal()
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._noun = ""
        self.kind = QComboBox(self)
        self.kind.addItems([text for text, _ in KINDS])
        self.value = self._number("Value")
        self.lowest = self._number("Lowest value")
        self.highest = self._number("Highest value")
        self.unit = QLabel(self)
        self._to = QLabel("to", self)
        self.tolerance = self._number("Tolerance")
        self.points = QComboBox(self)
        self.points.addItems(["%", "points"])
        self.points.setAccessibleName("Tolerance in")
        self.rule = QComboBox(self)
        self.rule.addItems([text for text, _ in RULES])
        self.path = QCheckBox("Straight path: the years before lie on &it", self)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText("Why this target")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(TRY_AFTER)
        self._wait.timeout.connect(self.changed)
        self._lay_out()
        for box in (self.kind, self.points, self.rule):
            box.currentIndexChanged.connect(self._touched)
        for field in (self.value, self.lowest, self.highest, self.tolerance, self.note):
            field.textEdited.connect(self._touched)
            field.returnPressed.connect(self.entered)
        self.path.toggled.connect(self._touched)
        self._fit()

    def _number(self, name: str) -> QLineEdit:
        field = QLineEdit(self)
        field.setAccessibleName(name)
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setFixedWidth(self.fontMetrics().averageCharWidth() * SHORT + 2 * SPACE)
        return field

    def _lay_out(self) -> None:
        numbers = QHBoxLayout()
        numbers.setSpacing(6)
        first: tuple[QWidget, ...] = (self.kind, self.value, self.lowest, self._to, self.highest, self.unit)
        for one in first:
            numbers.addWidget(one)
        numbers.addStretch(1)
        tolerances = QHBoxLayout()
        tolerances.setSpacing(6)
        second: tuple[QWidget, ...] = (self.tolerance, self.points, self.rule, self.path)
        for one in second:
            tolerances.addWidget(one)
        tolerances.addStretch(1)
        self._amber = buddy("Toleran&ce", self.tolerance, self)
        self._rated = buddy("Rated b&y", self.rule, self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(6)
        grid.addWidget(buddy("&Kind", self.kind, self), 0, 0)
        grid.addLayout(numbers, 0, 1)
        grid.addWidget(self._amber, 1, 0)
        grid.addWidget(self._rated, 1, 0)
        grid.addLayout(tolerances, 1, 1)
        grid.addWidget(buddy("&Note", self.note, self), 2, 0)
        grid.addWidget(self.note, 2, 1)
        grid.setColumnStretch(1, 1)

    def _touched(self) -> None:
        self._fit()
        self._wait.start()

    def _fit(self) -> None:
        kind = self.chosen_kind
        said = {TargetKind.PERCENT_ON_BASELINE: "%, − for less", TargetKind.POINTS: "points, − for less"}
        self.unit.setText(said.get(kind, self._noun))
        direction, ranged = kind is TargetKind.DIRECTION, kind is TargetKind.RANGE
        wanted: tuple[tuple[QWidget, bool], ...] = (
            (self.lowest, ranged),
            (self._to, ranged),
            (self.highest, ranged),
            (self.value, kind in NUMERIC),
            (self.path, kind in NUMERIC),
            (self.unit, not direction),
            (self.tolerance, not direction),
            (self.points, not direction),
            (self._amber, not direction),
            (self.rule, direction),
            (self._rated, direction),
        )
        for field, shown in wanted:
            field.setVisible(shown)

    @property
    def chosen_kind(self) -> TargetKind:
        """The kind that is chosen."""
        return KINDS[self.kind.currentIndex()][1]

    def show_target(self, target: Target | None, definition: Definition) -> None:
        """Fill the fields from a target, or for one to be thought of."""
        self._wait.stop()
        for one in (self.kind, self.points, self.rule, self.path):
            one.blockSignals(True)
        kinds = [kind for _, kind in KINDS]
        default = TargetKind.VALUE if definition.polarity.sign else TargetKind.RANGE
        self.kind.setCurrentIndex(kinds.index(default if target is None else target.kind))
        self.value.setText("" if target is None else typed(target.value))
        self.lowest.setText("" if target is None else typed(target.lower))
        self.highest.setText("" if target is None else typed(target.upper))
        tolerance = Tolerance() if target is None else target.tolerance
        self.tolerance.setText(typed(tolerance.amount if tolerance.in_points else tolerance.amount * 100))
        self.points.setCurrentIndex(int(tolerance.in_points))
        self.points.setEnabled(definition.unit is Unit.PERCENT)
        rules = [rule for _, rule in RULES]
        rule = StatusRule.USUAL_MOVEMENT if target is None or target.rule not in rules else target.rule
        self.rule.setCurrentIndex(rules.index(rule))
        self.path.setChecked(target is not None and target.end_of_path)
        self.note.setText("" if target is None or target.state is not TargetState.PROPOSED else target.note)
        nouns = {Unit.PERCENT: "%", Unit.COUNT: definition.counted_noun, Unit.MONEY: "£"}
        self._noun = nouns.get(definition.unit, "")
        for one in (self.kind, self.points, self.rule, self.path):
            one.blockSignals(False)
        self._fit()

    def wished(self, use: UUID, year: Period) -> Target | None:
        """Return the target that the fields say; None while its number is missing.

        Raises:
            UserError: a number is none.

        """
        kind = self.chosen_kind
        value = number_from(self.value.text(), "Value") if kind in NUMERIC else None
        ranged = kind is TargetKind.RANGE
        lower = number_from(self.lowest.text(), "Lowest value") if ranged else None
        upper = number_from(self.highest.text(), "Highest value") if ranged else None
        if (kind in NUMERIC and value is None) or (ranged and lower is None and upper is None):
            return None
        direction = kind is TargetKind.DIRECTION
        amount = None if direction else number_from(self.tolerance.text(), "Tolerance")
        in_points = self.points.currentIndex() == 1
        tolerance = Tolerance()
        if amount is not None:
            tolerance = Tolerance(amount if in_points else amount / 100, in_points=in_points)
        return Target(
            uuid4(), use, year, kind, TargetState.PROPOSED, value, lower, upper, tolerance,
            RULES[self.rule.currentIndex()][1] if direction else None,
            end_of_path=kind in NUMERIC and self.path.isChecked(), note=self.note.text().strip(),
        )  # fmt: skip
