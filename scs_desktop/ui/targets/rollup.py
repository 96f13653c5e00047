"""How each priority's light follows from its indicators': the rule, the weights, and what is decided over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.errors import UserError
from scs_desktop.domain.position import Light
from scs_desktop.domain.rollup import RollupRule
from scs_desktop.ui.common.lights import LightLabel
from scs_desktop.ui.common.table_model import RowTable, TableModel
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.targets.form import SHORT
from scs_desktop.ui.targets.parts import LINE, buddy, head, number_from, told
from scs_desktop.ui.targets.rollup_rows import PRIORITY_COLUMNS, WEIGHT_COLUMNS, RollupWish, Word, weight_text
from scs_desktop.workflows.rollups import PriorityRollup, RollupBook, Weighing

if TYPE_CHECKING:
    from scs_desktop.domain.what_if import Effect

ROW = 28
RULES: tuple[tuple[str, RollupRule], ...] = (
    ("counted: a third red is Red, two thirds green Green", RollupRule.COUNTED),
    ("worst of: the worst light of any indicator", RollupRule.WORST_OF),
    ("weighted: the same thirds of the weights", RollupRule.WEIGHTED),
)
LIGHTS = (Light.GREEN, Light.AMBER, Light.RED)
NOTHING = "Choose another rule, weight or light to see which priorities would flip. Nothing is stored until you press."


class Rollup(QWidget):
    """The priorities left, the chosen one's rule, weights and light right.

    Signals:
        tried(RollupWish): the effect of this is wanted.
        ruled(RollupWish, Word): the officer chooses the rule.
        weighed(RollupWish): the officer sets the weight.
        decided(RollupWish, Word): the officer decides the light at the position shown.
        withdrawn(UUID): the officer lets the rule's light stand at the position shown.

    """

    tried = Signal(object)
    ruled = Signal(object, object)
    weighed = Signal(object)
    decided = Signal(object, object)
    withdrawn = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._locked = ""
        self._thought: RollupWish | None = None
        self._priorities = TableModel[PriorityRollup](PRIORITY_COLUMNS, self)
        self.priorities = RowTable(self._priorities, "Priorities and their rules", row_height=ROW, parent=self)
        self.priorities.selectionModel().currentRowChanged.connect(self._priority_chosen)
        self._light = LightLabel(self)
        self._name = head("", self, 1.1)
        self._name.setWordWrap(True)
        self._why = told(self)
        self._weights = TableModel[Weighing](WEIGHT_COLUMNS, self)
        self.weights = RowTable(self._weights, "Indicators and their weights", row_height=LINE, parent=self)
        self.weights.selectionModel().currentRowChanged.connect(self._indicator_chosen)
        for table in (self.priorities, self.weights):
            table.setFrameShape(QFrame.Shape.NoFrame)
        self.rule = QComboBox(self)
        self.rule.addItems([text for text, _ in RULES])
        self.choose = QPushButton("&Choose rule", self)
        self.weight = QLineEdit(self)
        self.weight.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.weight.setFixedWidth(self.fontMetrics().averageCharWidth() * SHORT)
        self.weigh = QPushButton("&Keep weight", self)
        self.light = QComboBox(self)
        self.light.addItems([one.value.capitalize() for one in LIGHTS])
        self.override = QPushButton("&Override", self)
        self.stand = QPushButton("Let the rule sta&nd", self)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText("It is printed beside the light")
        self.post = QLineEdit(self)
        self.post.setPlaceholderText("Chair of the Partnership Board")
        self.effect = told(self)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.rule.currentIndexChanged.connect(self._think_rule)
        self.light.currentIndexChanged.connect(self._think_light)
        self.weight.textEdited.connect(self._think_weight)
        self.weight.returnPressed.connect(self._weigh)
        self.reason.textChanged.connect(self._allow)
        self.post.textChanged.connect(self._allow)
        self.choose.clicked.connect(self._choose)
        self.weigh.clicked.connect(self._weigh)
        self.override.clicked.connect(self._override)
        self.stand.clicked.connect(self._stand)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(6)
        rows = (
            (buddy("Rolled up &as", self.rule, self), self.rule, (self.choose,)),
            (buddy("&Weight", self.weight, self), self.weight, (self.weigh,)),
            (buddy("L&ight at this position", self.light, self), self.light, (self.override, self.stand)),
        )
        for number, (label, control, buttons) in enumerate(rows):
            grid.addWidget(label, number, 0)
            grid.addWidget(control, number, 1, Qt.AlignmentFlag.AlignLeft)
            across = QHBoxLayout()
            across.setSpacing(6)
            for button in buttons:
                across.addWidget(button)
            across.addStretch(1)
            grid.addLayout(across, number, 2)
        grid.addWidget(buddy("&Because", self.reason, self), 3, 0)
        grid.addWidget(self.reason, 3, 1, 1, 2)
        grid.addWidget(buddy("Decided b&y", self.post, self), 4, 0)
        grid.addWidget(self.post, 4, 1, 1, 2)
        grid.setColumnStretch(2, 1)
        side = QWidget(self)
        right = QVBoxLayout(side)
        right.setContentsMargins(SPACE, 0, 0, 0)
        right.setSpacing(6)
        top = QHBoxLayout()
        top.addWidget(self._light)
        top.addWidget(self._name, 1)
        right.addLayout(top)
        right.addWidget(self._why)
        right.addWidget(self.weights, 1)
        right.addLayout(grid)
        right.addWidget(self.effect)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.priorities)
        split.addWidget(side)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        split.setSizes([560, 580])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.addWidget(split)

    # --- showing -----------------------------------------------------------------------------------

    def lock(self, why: str) -> None:
        """Allow no change, for this reason; an empty one allows them."""
        self._locked = why
        self._allow()

    def show_book(self, book: RollupBook) -> None:
        """Show how the priorities' lights come about, the chosen one still chosen."""
        before = self.chosen
        self._priorities.set_rows(book.priorities)
        known = [one.id for one in book.priorities]
        at = known.index(before.id) if before is not None and before.id in known else 0
        if known:
            self.priorities.setCurrentIndex(self._priorities.index(at, 0))
        self._allow()

    @property
    def chosen(self) -> PriorityRollup | None:
        """The chosen priority."""
        at = self.priorities.currentIndex()
        return self._priorities.row(at) if at.isValid() else None

    @property
    def indicator(self) -> Weighing | None:
        """The chosen indicator of it."""
        at = self.weights.currentIndex()
        return self._weights.row(at) if at.isValid() else None

    def _priority_chosen(self, index: QModelIndex) -> None:
        if not index.isValid():
            return
        one = self._priorities.row(index)
        self._thought = None
        self._light.set_status(one.status)
        self._name.setText(f"{one.number}  {one.name}")
        said = [one.status.sentence]
        if one.choice is not None:
            said.append(f"The rule “{one.rule.value}” was chosen by the {one.choice.by_post}: {one.choice.reason}")
        self._why.setText("\n".join(said))
        self._weights.set_rows(one.indicators)
        if one.indicators:
            self.weights.setCurrentIndex(self._weights.index(0, 0))
        shown = one.override.light if one.override is not None else one.status.light
        for box, at in (
            (self.rule, [rule for _, rule in RULES].index(one.rule)),
            (self.light, LIGHTS.index(shown) if shown is not None else 1),
        ):
            box.blockSignals(True)
            box.setCurrentIndex(at)
            box.blockSignals(False)
        self.reason.clear()
        self.effect.setText(self._locked or NOTHING)
        self._allow()

    def _indicator_chosen(self, index: QModelIndex) -> None:
        if index.isValid():
            row = self._weights.row(index)
            self.weight.setText(weight_text(row.weight))
            self.weight.setAccessibleName(f"Weight of {row.code}")
            self._allow()

    # --- trying and saving -------------------------------------------------------------------------

    def _think(self, wish: RollupWish | None) -> None:
        self._thought = wish
        self._allow()
        if wish is not None:
            self.tried.emit(wish)

    def _think_rule(self) -> None:
        self._think(self._rule_wish())

    def _think_light(self) -> None:
        self._think(self._light_wish())

    def _think_weight(self) -> None:
        self._think(self._weight_wish())

    def _rule_wish(self) -> RollupWish | None:
        one = self.chosen
        return None if one is None else RollupWish(one.id, rule=RULES[self.rule.currentIndex()][1])

    def _light_wish(self) -> RollupWish | None:
        one = self.chosen
        return None if one is None else RollupWish(one.id, light=LIGHTS[self.light.currentIndex()])

    def _weight_wish(self) -> RollupWish | None:
        one, row = self.chosen, self.indicator
        try:
            weight = number_from(self.weight.text(), "Weight")
        except UserError as fault:
            self.effect.setText(str(fault))
            return None
        if one is None or row is None or weight is None:
            return None
        return RollupWish(one.id, use=row.use, weight=weight)

    def show_effect(self, wish: RollupWish, effect: Effect) -> None:
        """Show what it would do, if it is still what is thought of."""
        if wish != self._thought:
            return
        said = [effect.priorities_sentence]
        said += [f"{one.code} {one.name}: {one.after.sentence}" for one in effect.priorities if wish.light is None]
        one = self.chosen
        if wish.weight is not None and one is not None and one.rule is not RollupRule.WEIGHTED:
            said.append("Weights count where the rule is “weighted”.")
        self.effect.setText(" ".join(said))
        self.effect.setAccessibleName(f"Effect: {self.effect.text()}")

    def show_fault(self, wish: RollupWish, fault: UserError) -> None:
        """Say why it cannot be, if it is still what is thought of."""
        if wish == self._thought:
            self.effect.setText(str(fault))

    def _allow(self) -> None:
        free = not self._locked and self.chosen is not None
        for control in (self.rule, self.weight, self.light, self.reason, self.post):
            control.setEnabled(free)
        worded = free and bool(self.reason.text().strip()) and bool(self.post.text().strip())
        missing = "" if worded else "Give the reason, and the post that decided"
        for button in (self.choose, self.override):
            button.setEnabled(worded)
            button.setToolTip(missing)
        self.weigh.setEnabled(free and self.indicator is not None)
        one = self.chosen
        self.stand.setEnabled(free and one is not None and one.override is not None)
        self.stand.setVisible(one is not None and one.override is not None)
        if self._locked:
            self.effect.setText(self._locked)

    @property
    def word(self) -> Word:
        """The reason and the post."""
        return Word(self.reason.text(), self.post.text())

    def _choose(self) -> None:
        wish = self._rule_wish()
        if wish is not None and self.choose.isEnabled():
            self.ruled.emit(wish, self.word)

    def _override(self) -> None:
        wish = self._light_wish()
        if wish is not None and self.override.isEnabled():
            self.decided.emit(wish, self.word)

    def _weigh(self) -> None:
        wish = self._weight_wish()
        if wish is not None and self.weigh.isEnabled():
            self.weighed.emit(wish)

    def _stand(self) -> None:
        one = self.chosen
        if one is not None and self.stand.isEnabled():
            self.withdrawn.emit(one.id)
