"""A row of fields in which any parameter of the model can be chosen, and set by hand."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QGridLayout, QHBoxLayout, QLabel, QWidget

from guitrain.core.by_hand import ByHand
from guitrain.core.models import Form
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.settings import BY_HAND
from guitrain.core.units import WeightsView
from guitrain.sentences import problem_sentence
from guitrain.ui.fields import NumberField

_ROW = Param("row", "int", QT_TRANSLATE_NOOP("Network", "Row"), "", default=0, minimum=0)
_COLUMN = Param("column", "int", QT_TRANSLATE_NOOP("Network", "Column"), "", default=0, minimum=0)
_WIDE, _NARROW = 56, 30  # pixels of an index
_MOST_WIDE = 2  # indices that are wide


class WeightField(NumberField):
    """A weight's value, to six digits; typed, it is taken to the last one."""

    def text_of(self, value: Any) -> str:
        """As many digits as a float32 is good for at a glance."""
        return "" if value is None else f"{value:.6g}".replace("-", "−")

    @property
    def typing(self) -> bool:
        """Whether something was typed that is not taken yet."""
        return self.lineEdit().text() != self.text_of(self.value)

    def follow(self, value: float) -> None:
        """Show the value of this moment, unless another is being typed."""
        if value != self.value and not self.typing:
            self.set_value(value)
            if self.hasFocus():
                self.selectAll()


class Complaint(QLabel):
    """Room for two lines of what is wrong: a height that follows from the text would make the
    panel taller than its place.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "error")
        self.setWordWrap(True)
        self.hide()

    def hasHeightForWidth(self) -> bool:
        """It does not depend on the width."""
        return False

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(100, 2 * self.fontMetrics().lineSpacing() + 2)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()


class ParameterRow(QWidget):
    """Which parameter (by name, or by tensor and place), and its value.

    Signals:
        chosen(int, tuple): another parameter was chosen here, by its tensor and index.
        hand_set(ByHand): a value was typed for it.
    """

    chosen = Signal(int, object)
    hand_set = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("parameter_row")
        self._form: Form | None = None
        self._weights: WeightsView | None = None
        self.which = QComboBox()
        self.which.setObjectName("parameter")
        self.which.setAccessibleName(self.tr("Which weight or bias to set"))
        self.which.setToolTip(self.tr("Choose a weight or bias here, or click on it"))
        self.which.setMinimumContentsLength(3)
        self.row = self._index(_ROW, "parameter_row_index", self.tr("Its row: the unit it goes to"))
        self.column = self._index(
            _COLUMN, "parameter_column_index", self.tr("Its column: the unit it comes from")
        )
        self.filter_row = self._index(
            _ROW, "parameter_filter_row", self.tr("Its row in the filter, from the top")
        )
        self.filter_column = self._index(
            _COLUMN, "parameter_filter_column", self.tr("Its column in the filter, from the left")
        )
        self._indices = (self.row, self.column, self.filter_row, self.filter_column)
        self.value = WeightField(BY_HAND, "parameter_value")
        self.value.setAccessibleName(self.tr("Its value"))
        self.value.setToolTip(
            self.tr(
                "Type a value to set it by hand: the next forward pass is made with it, and a step "
                "that has begun begins anew. It is the value that the model works with: where x is "
                "standardized, of the standardized x."
            )
        )
        self.value.setMinimumWidth(106)
        self.message = Complaint()
        self.message.setObjectName("parameter_message")
        self._opening, self._closing = QLabel("["), QLabel("]")
        self._commas = [QLabel(",") for _ in self._indices[1:]]
        line = QHBoxLayout()
        line.setSpacing(4)
        label = QLabel(self.tr("Set"))
        label.setBuddy(self.which)
        line.addWidget(label)
        line.addWidget(self.which)
        places = QHBoxLayout()
        places.setSpacing(2)
        places.addWidget(self._opening)
        for at, field in enumerate(self._indices):
            if at:
                places.addWidget(self._commas[at - 1])
            places.addWidget(field)
        places.addWidget(self._closing)
        line.addLayout(places)
        line.addWidget(QLabel("="))
        line.addWidget(self.value)
        line.addStretch(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        grid.addLayout(line, 0, 0)
        grid.addWidget(self.message, 1, 0)
        self.which.activated.connect(lambda _index: self._choose())
        for field in self._indices:
            field.committed.connect(lambda _value: self._announce())
            field.refused.connect(self._refuse)
            field.edited.connect(lambda: self._say(""))
        self.value.committed.connect(self._commit)
        self.value.refused.connect(self._refuse)
        self.value.edited.connect(lambda: self._say(""))

    @staticmethod
    def _index(param: Param, name: str, text: str) -> NumberField:
        field = NumberField(param, name)
        field.setAccessibleName(text)
        field.setToolTip(text)
        field.setFixedWidth(_WIDE)
        field.set_value(0)
        return field

    # What is shown.

    def show_weights(self, form: Form, weights: WeightsView | None) -> None:
        """The parameters of this moment."""
        self._weights = weights
        self.setEnabled(weights is not None)
        if form.tensors != (self._form.tensors if self._form is not None else None):
            self._form = form
            self._fill(form)
        if weights is not None and (place := self.place) is not None:
            self.value.follow(weights.value(*place))

    def _fill(self, form: Form) -> None:
        self.which.clear()
        for tensor, (name, shape) in enumerate(form.tensors):
            if not form.names:
                self.which.addItem(name, (tensor, None))
                continue
            size = 1
            for each in shape:
                size *= each
            for flat in range(size):
                index = tuple(_unravelled(flat, shape))
                self.which.addItem(form.names[self.which.count()], (tensor, index))
        self._say("")
        self._fit()

    @property
    def place(self) -> tuple[int, tuple[int, ...]] | None:
        """The tensor and index that are chosen."""
        data = self.which.currentData()
        if data is None or self._form is None:
            return None
        tensor, index = data
        if index is not None:
            return int(tensor), tuple(index)
        shape = self._form.tensors[tensor][1]
        places = (int(field.value or 0) for field in self._indices[: len(shape)])
        return int(tensor), tuple(places)

    def choose(self, tensor: int, index: tuple[int, ...], *, focus: bool) -> None:
        """Have this parameter in the fields, and perhaps the keyboard in the value's."""
        for at in range(self.which.count()):
            found, own = self.which.itemData(at)
            if found == tensor and own in (None, index):
                self.which.setCurrentIndex(at)
                break
        self._fit()
        for field, place in zip(self._indices, index, strict=False):
            field.set_value(place)
        self._say("")
        if self._weights is not None and (place_now := self.place) is not None:
            self.value.set_value(self._weights.value(*place_now))
        if focus:
            self.value.setFocus(Qt.FocusReason.OtherFocusReason)
            self.value.selectAll()

    def _fit(self) -> None:
        """As many indices as the tensor has, each within its size."""
        data = self.which.currentData()
        shape: tuple[int, ...] = ()
        if data is not None and data[1] is None and self._form is not None:
            shape = self._form.tensors[data[0]][1]
        for at, field in enumerate(self._indices):
            field.setVisible(at < len(shape))
            if at < len(shape):
                field.param = replace(field.param, maximum=shape[at] - 1)
                field.set_value(min(int(field.value or 0), shape[at] - 1))
                # Four of them have room for their numbers alone; the arrow keys step all the same.
                symbols = QAbstractSpinBox.ButtonSymbols
                many = len(shape) > _MOST_WIDE
                field.setButtonSymbols(symbols.NoButtons if many else symbols.UpDownArrows)
                field.setFixedWidth(_NARROW if many else _WIDE)
        for bracket in (self._opening, self._closing):
            bracket.setVisible(len(shape) > 0)
        for at, comma in enumerate(self._commas, 1):
            comma.setVisible(at < len(shape))

    # What the user does.

    def _choose(self) -> None:
        self._fit()
        self._announce()

    def _announce(self) -> None:
        self._say("")
        if (place := self.place) is None:
            return
        if self._weights is not None:
            self.value.set_value(self._weights.value(*place))
        self.chosen.emit(*place)

    def _commit(self, value: float) -> None:
        self._say("")
        if (place := self.place) is not None:
            self.hand_set.emit(ByHand(*place, float(value)))

    def _refuse(self, problem: Any) -> None:
        self._say(problem_sentence(problem))

    def _say(self, text: str) -> None:
        self.message.setText(f"⚠ {text}" if text else "")
        self.message.setVisible(bool(text))
        self.value.setAccessibleDescription(text)


def _unravelled(flat: int, shape: tuple[int, ...]) -> list[int]:
    """The index of a number in a tensor, from its place in memory."""
    index: list[int] = []
    for size in reversed(shape):
        flat, at = divmod(flat, size)
        index.insert(0, at)
    return index
