"""Editors for the settings that are more than a number: batch size, seeds, initial weights."""

import random
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from guitrain.core.params import Param
from guitrain.core.problems import ExperimentProblem
from guitrain.core.settings import LARGEST_SEED
from guitrain.sentences import translate
from guitrain.ui.fields import Number, NumberField, field_row, plain

_OF_FILE = 2  # entry of the weights of a file
_IN_A_ROW = 2  # initial weights, or names of a set, side by side


class BatchField(NumberField):
    """A number of points, or "all" (None)."""

    def __init__(self, param: Param) -> None:
        super().__init__(param)
        self.count = 1

    def text_of(self, value: Number | None) -> str:
        """A number, or the word for all of them."""
        if value is None:
            return self.tr("all {0}").format(self.count) if self.count else self.tr("all")
        return plain(value)

    def parse(self, text: str) -> Number | None:
        """The word (in any language shown, or English), the full count or a number."""
        word = text.strip().lower()
        if word in ("all", self.tr("all"), self.text_of(None).lower()):
            return None
        value = super().parse(text)
        return None if value == self.count else value

    def stepBy(self, steps: int) -> None:
        """From "all" down, and up to it."""
        typed = self.text_of(self.value) != self.lineEdit().text()
        base = self._typed() if typed else self.value
        if typed and base is None:  # refused, or the word for all
            base = self.value
        value = min(max((self.count if base is None else int(base)) + steps, 1), self.count)
        self._take(None if value == self.count else value)


class LayersField(NumberField):
    """The units of each hidden layer, typed as "8, 8". Up and down add and take a layer."""

    def text_of(self, value: Any) -> str:
        """The numbers with commas between."""
        return "" if value is None else ", ".join(map(str, value))

    def parse(self, text: str) -> Any:
        """The numbers that were typed."""
        return self.param.check(text)

    def stepBy(self, steps: int) -> None:
        """One more layer, as wide as the last; or one less, down to one."""
        typed = self._typed()
        if not isinstance(typed, tuple):
            return
        count = min(max(len(typed) + steps, 1), self.param.most)
        self._take((typed + typed[-1:] * count)[:count])


class SetField(QWidget):
    """One or more of a few names, each a button that is in or out.

    Signals: committed(tuple of names), refused(ExperimentProblem), edited.
    """

    committed = Signal(object)
    refused = Signal(object)
    edited = Signal()

    def __init__(self, param: Param, context: str = "Settings") -> None:
        super().__init__()
        self._param = param
        self.setObjectName(param.name)
        self.buttons: dict[str, QToolButton] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(3)
        for at, (name, label) in enumerate(param.choices):
            button = QToolButton()
            button.setObjectName(f"{param.name}_{name}")
            button.setText(translate(context, label))
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(f"{translate(context, param.label)}: {button.text()}")
            button.setToolTip(translate(context, param.help))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._changed)
            layout.addWidget(button, *divmod(at, _IN_A_ROW))
            self.buttons[name] = button
        self._value: tuple[str, ...] = ()

    def set_value(self, value: tuple[str, ...]) -> None:
        """Show which are in; nothing is emitted."""
        self._value = tuple(value)
        for name, button in self.buttons.items():
            button.setChecked(name in value)

    def _changed(self) -> None:
        chosen = tuple(name for name, button in self.buttons.items() if button.isChecked())
        try:
            checked = self._param.check(chosen)
        except ExperimentProblem as problem:
            self.set_value(self._value)
            self.refused.emit(problem)
            return
        self._value = checked
        self.committed.emit(checked)


class SeedField(QWidget):
    """A seed and a button that draws another.

    Signals: committed(int), refused(ExperimentProblem), edited.
    """

    committed = Signal(object)
    refused = Signal(object)
    edited = Signal()

    def __init__(self, param: Param, new_text: str, draw: Callable[[], int] | None = None) -> None:
        super().__init__()
        self.number = NumberField(param)
        self._draw = draw or (lambda: random.SystemRandom().randrange(10_000))
        self.button = QPushButton(self.tr("New"))
        self.button.setObjectName(f"new_{param.name}")
        self.set_new_text(new_text)
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = field_row(self)
        layout.addWidget(self.number, 1)
        layout.addWidget(self.button)
        self.button.clicked.connect(self._new)
        self.number.committed.connect(self.committed)
        self.number.refused.connect(self.refused)
        self.number.edited.connect(self.edited)

    def set_value(self, value: int) -> None:
        """Show a seed; nothing is emitted."""
        self.number.set_value(value)

    def set_new_text(self, text: str) -> None:
        """Say what another seed does."""
        self.button.setAccessibleName(text)
        self.button.setToolTip(text)

    def _new(self) -> None:
        old, seed = self.number.value, self._draw()
        if seed == old:
            seed = (seed + 1) % LARGEST_SEED
        self.number.set_value(seed)
        self.committed.emit(seed)


class InitialField(QWidget):
    """The initial weights: by hand, a number each, or drawn from their seed (None).

    ``set_names`` says of which weights: of those of a model with many, none by hand. Those of a
    file (``set_file``) are None too, and go when anything else is chosen.

    Attributes:
        names: of these weights. fields: one for each.

    Signals: committed(tuple or None), refused(ExperimentProblem), edited.
    """

    committed = Signal(object)
    refused = Signal(object)
    edited = Signal()

    def __init__(self, param: Param, names: tuple[str, ...]) -> None:
        super().__init__()
        self._param = param
        self.names: tuple[str, ...] = ()
        self.fields: list[NumberField] = []
        self._classic: tuple[float, ...] | None = None
        self._file: str | None = None
        self.by_hand = QComboBox()
        self.by_hand.setObjectName("initial_by_hand")
        self.by_hand.addItems([self.tr("by hand"), self.tr("from seed")])
        self.by_hand.setAccessibleName(self.tr("Where the initial weights come from"))
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self.set_names(names)
        self.by_hand.activated.connect(self._source_changed)

    def set_names(self, names: tuple[str, ...]) -> None:
        """A field for each of these weights; () switches "by hand" off."""
        text = self.tr("Set the initial weights by hand, or draw them from a seed")
        if not names:
            text = self.tr("This model has too many weights to set them by hand")
        self.by_hand.setToolTip(text)
        self._offer_by_hand(bool(names))
        if names == self.names:
            return
        self.names = names
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self.fields = [self._field(name) for name in names]
        for at, (name, field) in enumerate(zip(names, self.fields, strict=True)):
            row, column = divmod(at, _IN_A_ROW)
            self._grid.addWidget(QLabel(name), row, 2 * column)
            self._grid.addWidget(field, row, 2 * column + 1)
            self._grid.setColumnStretch(2 * column + 1, 1)

    @property
    def has_choice(self) -> bool:
        """Whether they can come from anywhere else."""
        return bool(self.names) or self._file is not None

    def _offer_by_hand(self, possible: bool) -> None:
        self.by_hand.setEnabled(possible or self._file is not None)
        model = self.by_hand.model()
        assert isinstance(model, QStandardItemModel)
        model.item(0).setEnabled(possible)

    def set_file(self, name: str | None) -> None:
        """Show that they are those of a file; None for no file."""
        if self._file is None and name is not None:
            self.by_hand.addItem(self.tr("from a file"))
        elif self._file is not None and name is None:
            self.by_hand.removeItem(_OF_FILE)
        self._file = name
        self._offer_by_hand(bool(self.names))
        if name is not None:
            text = self.tr("The weights in {0}; choose another entry to let go of them")
            self.by_hand.setToolTip(text.format(name))

    def set_classic(self, start: tuple[float, ...] | None) -> None:
        """Where a test surface is classically begun: that is offered in the seed's place."""
        if start == self._classic:
            return
        self._classic = start
        text = self.tr("from seed") if start is None else self.tr("classic start")
        self.by_hand.setItemText(1, text)
        if start is not None:
            self.by_hand.setToolTip(self.tr("Set the start by hand, or begin at the classic one"))

    def _field(self, name: str) -> NumberField:
        field = NumberField(self._param, f"initial_{name}")
        field.setAccessibleName(self.tr("Initial {0}").format(name))
        field.setToolTip(self.tr("{0} before the first update").format(name))
        field.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        field.setMinimumWidth(40)
        field.committed.connect(self._numbers_changed)
        field.refused.connect(self.refused)
        field.edited.connect(self.edited)
        return field

    def set_value(self, value: tuple[float, ...] | None) -> None:
        """Show initial weights; None leaves the last ones (or has the classic ones) in sight,
        switched off.
        """
        drawn = 1 if self._file is None else _OF_FILE
        self.by_hand.setCurrentIndex(0 if value is not None else drawn)
        for index, field in enumerate(self.fields):
            field.setEnabled(value is not None)
            if value is not None:
                field.set_value(value[index])
            elif self._classic is not None:
                field.set_value(self._classic[index])
            elif field.value is None:
                field.set_value(0.0)

    def _values(self) -> tuple[float, ...]:
        return tuple(float(field.value or 0.0) for field in self.fields)

    def _numbers_changed(self) -> None:
        self.committed.emit(self._values())

    def _source_changed(self, index: int) -> None:
        if index != _OF_FILE:
            self.committed.emit(self._values() if index == 0 else None)
