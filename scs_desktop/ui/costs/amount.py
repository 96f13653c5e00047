"""The form of one unit cost: nothing is kept until it is applied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from scs_desktop.domain.cost import UnitCost
from scs_desktop.domain.cost_position import Countable
from scs_desktop.domain.errors import UserError
from scs_desktop.ui.common.theme import SPACE
from scs_desktop.ui.costs.columns import exact_text

NOTHING = "nothing"


def read_number(text: str, what: str) -> Decimal | None:
    """Return the number that was typed; None for an empty field.

    Raises:
        UserError: it is no number.

    """
    typed = text.strip().removeprefix("£").replace(",", "")
    if not typed:
        return None
    try:
        value = Decimal(typed)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise UserError(f"{what}: “{text.strip()}” is not a number. Write it as 5930 or 1.25.")
    return value


class AmountForm(QWidget):
    """One amount: pounds, prices, publication, whether it was compared, what counts its kind, the multiplier.

    Signals:
        applied(UnitCost): keep this in place of the one that is shown.
        refused(UserError): what was typed cannot be read.
        removed(UnitCost): take the one that is shown out of the table.

    """

    applied = Signal(object)
    refused = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: UnitCost | None = None
        self._typed = False
        self._lock = ""
        self.name = self._line("Kind of offence")
        self.amount = self._line("Amount in pounds")
        self.prices = self._line("Prices of the year", "2015/16")
        self.source = self._line("Publication that the amount is from")
        self.confirmed = QCheckBox("Confirmed: e&xactly as in the publication", self)
        self.counted = QComboBox(self)
        self.counted.setAccessibleName("Counted by")
        self.counted.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.counted.setMinimumContentsLength(12)
        self.multiplier = self._line("Multiplier, actual offences for each recorded one", "none: recorded crime only")
        self.multiplier_source = self._line("Publication that the multiplier is from")
        self.apply = QPushButton("&Apply", self)
        self.apply.clicked.connect(self._apply)
        self.remove = QPushButton("Remove", self)
        self.remove.clicked.connect(self._remove)
        self._lay_out()
        self.confirmed.toggled.connect(self._changed)
        self.counted.currentIndexChanged.connect(self._changed)

    def _line(self, name: str, hint: str = "") -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setPlaceholderText(hint)
        line.textEdited.connect(self._changed)
        line.returnPressed.connect(self._apply)
        return line

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(SPACE)
        form.setVerticalSpacing(5)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, field in (
            ("&Kind of offence", self.name),
            ("Po&unds an offence", self.amount),
            ("&In prices of", self.prices),
            ("Publicatio&n", self.source),
            ("", self.confirmed),
            ("Counted &by", self.counted),
            ("Mu&ltiplier", self.multiplier),
            ("From publication", self.multiplier_source),
        ):
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            label = QLabel(words, self)
            label.setBuddy(field)
            form.addRow(label, field)
        buttons = QHBoxLayout()
        buttons.addWidget(self.apply)
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, 4)
        layout.addLayout(form)
        layout.addSpacing(2)
        layout.addLayout(buttons)
        layout.addStretch(1)

    @property
    def dirty(self) -> bool:
        """Whether something was typed that is not kept yet."""
        return self._typed

    def set_countable(self, known: Sequence[Countable]) -> None:
        """Offer these for counting."""
        if [self.counted.itemData(row) for row in range(1, self.counted.count())] == [one.id for one in known]:
            return
        self.counted.blockSignals(True)
        self.counted.clear()
        self.counted.addItem(NOTHING, None)
        for one in known:
            self.counted.addItem(one.label, one.id)
        self.counted.blockSignals(False)

    def show_unit(self, unit: UnitCost | None, *, typed: UnitCost | None = None) -> None:
        """Show this amount, None for a new one; ``typed`` is what was not kept before and is brought back."""
        self.shown = unit
        filled = typed or unit or UnitCost("", "", None, "", "")
        self.name.setText(filled.name)
        self.amount.setText(exact_text(filled.amount))
        self.prices.setText(filled.prices)
        self.source.setText(filled.source)
        self.multiplier.setText(exact_text(filled.multiplier))
        self.multiplier_source.setText(filled.multiplier_source)
        for box in (self.confirmed, self.counted):
            box.blockSignals(True)
        self.confirmed.setChecked(filled.confirmed)
        self.counted.setCurrentIndex(max(0, self.counted.findData(filled.counted)))
        for box in (self.confirmed, self.counted):
            box.blockSignals(False)
        self._typed = typed is not None
        self._may()

    def lock(self, why: str) -> None:
        """Let nothing be kept, and say why; an empty text unlocks."""
        self._lock = why
        for line in (
            self.name, self.amount, self.prices, self.source, self.multiplier, self.multiplier_source,
        ):  # fmt: skip
            line.setReadOnly(bool(why))
        self.confirmed.setEnabled(not why)
        self.counted.setEnabled(not why)
        self._may()

    def read(self) -> UnitCost:
        """Return what is typed.

        Raises:
            UserError: a number is no number.

        """
        counted: UUID | None = self.counted.currentData()
        name = self.name.text().strip()
        kind = self.shown.kind if self.shown is not None else ""
        return replace(
            self.shown or UnitCost(kind, name, None, "", ""),
            name=name,
            amount=read_number(self.amount.text(), "Pounds an offence"),
            prices=self.prices.text().strip(),
            source=self.source.text().strip(),
            confirmed=self.confirmed.isChecked(),
            multiplier=read_number(self.multiplier.text(), "Multiplier"),
            multiplier_source=self.multiplier_source.text().strip(),
            counted=counted,
        )

    def _changed(self, *_: object) -> None:
        if self.sender() in {self.amount, self.prices, self.source} and self.confirmed.isChecked():
            # Another amount was not compared with anything yet.
            self.confirmed.blockSignals(True)
            self.confirmed.setChecked(False)
            self.confirmed.blockSignals(False)
        self._typed = True
        self._may()

    def _may(self) -> None:
        self.apply.setEnabled(self._typed and not self._lock)
        self.apply.setToolTip(self._lock or "Keep what is typed, as a version with its history")
        self.remove.setEnabled(self.shown is not None and not self._lock)

    def _apply(self) -> None:
        if not self.apply.isEnabled():
            return
        try:
            unit = self.read()
        except UserError as error:
            self.refused.emit(error)
            return
        self.applied.emit(unit)

    def _remove(self) -> None:
        if self.shown is not None:
            self.removed.emit(self.shown)
