"""Editors for one setting each, made from its spec. A wrong value is refused, never taken."""

import math
from collections.abc import Collection
from typing import Any

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QStandardItemModel,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QListView,
    QSlider,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionSlider,
    QStylePainter,
    QWidget,
)

from guitrain.core.params import Param
from guitrain.core.problems import ExperimentProblem
from guitrain.numbers import parse_number

Number = int | float
_STEPS = QAbstractSpinBox.StepEnabledFlag
_TEXT_MARGIN = 2  # pixels, that a style leaves beside a choice's text
_BOTH_WAYS = _STEPS.StepUpEnabled | _STEPS.StepDownEnabled


def plain(value: Number) -> str:
    """A number as it can be typed again: no grouping, every digit."""
    text = str(value) if isinstance(value, int) else f"{value:.12g}"
    return text.replace("-", "−")


class NumberField(QAbstractSpinBox):
    """A number to type or to step. Enter or leaving commits; Esc takes the typing back.

    Signals:
        committed(number): a number in the spec's range, other than the present one.
        refused(ExperimentProblem): what was typed is none; the field shows the old one again.
        edited: the user has typed something.
    """

    committed = Signal(object)
    refused = Signal(object)
    edited = Signal()

    def __init__(self, param: Param, name: str = "") -> None:
        super().__init__()
        self.param = param
        self.value: Any = None
        self.setObjectName(name or param.name)
        self.setKeyboardTracking(False)
        self.setMinimumWidth(64)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft)
        self.lineEdit().textEdited.connect(self.edited)
        self.editingFinished.connect(self.commit)

    def text_of(self, value: Any) -> str:
        """The value as this field shows it."""
        return "" if value is None else plain(value)

    def parse(self, text: str) -> Any:
        """The value that was typed; raises ExperimentProblem."""
        number: Number = self.param.check(parse_number(self.param, text))
        return number

    def set_value(self, value: Any) -> None:
        """Show a value; nothing is emitted."""
        self.value = value
        self.lineEdit().setText(self.text_of(value))
        self.lineEdit().setCursorPosition(0)  # a long number shows its start, sign and all

    def commit(self) -> None:
        """Take what was typed, or refuse it and show the old value."""
        text = self.lineEdit().text()
        if text == self.text_of(self.value):
            return
        try:
            value = self.parse(text)
        except ExperimentProblem as problem:
            self.set_value(self.value)
            self.refused.emit(problem)
            return
        self._take(value)

    def _take(self, value: Any) -> None:
        old = self.value
        self.set_value(value)
        if value != old:
            self.committed.emit(value)

    # QAbstractSpinBox's questions.

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Any typing is let in: what is wrong with it is said in words at the commit."""
        return QValidator.State.Acceptable, text, at

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Up and down, always; a step beyond the range rests at its end."""
        return _BOTH_WAYS  # Qt asks at every turn, and flags are dear to join

    def stepBy(self, steps: int) -> None:
        """Arrow keys and buttons: from what is shown to the next round number."""
        base = self._typed()
        if base is None:
            return
        value = self._stepped(base, steps)
        low, high = self.param.minimum, self.param.maximum
        if high is not None:
            value = min(value, high)
        if low is not None and (value < low or (self.param.above_minimum and value <= low)):
            value = base if self.param.above_minimum else low
        self._take(int(value) if self.param.kind == "int" else value)

    def _typed(self) -> Any:
        """What the field shows, typing included; None once that was refused."""
        if self.lineEdit().text() == self.text_of(self.value):
            return self.value if self.value is not None else 0
        try:
            return self.parse(self.lineEdit().text())
        except ExperimentProblem:
            self.commit()
            return None

    def _stepped(self, base: Number, steps: int) -> Number:
        if self.param.logarithmic:
            for _ in range(abs(steps)):
                base = next_125(float(base), up=steps > 0)
            return base
        if self.param.kind == "int":
            return int(base) + steps
        # A tenth of its size, and no finer than a small default or a hundredth.
        finest = min(abs(self.param.default or 1.0), 0.01)
        tenth = 10.0 ** (math.floor(math.log10(abs(base))) - 1) if base else 10 * finest
        unit = max(tenth, 10.0 ** math.floor(math.log10(finest)))
        return float(f"{round(base / unit + steps) * unit:.12g}")  # 57 × 0.01 is not 0.57

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel steps only a field that has the focus: scrolling by must change nothing."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Leave Undo and Redo to the window where there is no typing to undo."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.lineEdit().text() == self.text_of(self.value)
            and (
                event.matches(QKeySequence.StandardKey.Undo)
                or event.matches(QKeySequence.StandardKey.Redo)
            )
        ):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.set_value(self.value)
            self.selectAll()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.selectAll()
            event.accept()


def next_125(value: float, *, up: bool) -> float:
    """The next of 1, 2, 5 × 10ᵏ above (or below) a positive value."""
    exponent = math.floor(math.log10(value))
    stops = [float(f"{m}e{e}") for e in range(exponent - 1, exponent + 2) for m in (1, 2, 5)]
    if up:
        return min(stop for stop in stops if stop > value * (1 + 1e-9))
    return max(stop for stop in stops if stop < value * (1 - 1e-9))


class LogSlider(QSlider):
    """A slider over powers of ten, 20 stops each; a press beside the handle brings it there.

    Signals:
        moved_to(value): by the user, at most one per 30 ms and the last one always.
    """

    moved_to = Signal(float)
    STOPS = 20

    def __init__(self, low: int, high: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setPageStep(self.STOPS // 2)
        self.set_decades(low, high)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(30)
        self._timer.timeout.connect(lambda: self.moved_to.emit(self.number))
        self.valueChanged.connect(self._moved)

    def set_decades(self, low: int, high: int) -> None:
        """Reach from 10^low to 10^high; the handle stays at its stop, nothing is emitted."""
        self._low = low
        with QSignalBlocker(self):
            self.setRange(0, (high - low) * self.STOPS)

    @property
    def number(self) -> float:
        """The value at the slider, to two significant digits."""
        return float(f"{10 ** (self._low + self.value() / self.STOPS):.1e}")

    def set_number(self, value: float) -> None:
        """Rest at a value, or at the end that is nearer; nothing is emitted, and a drag ends."""
        self._timer.stop()
        with QSignalBlocker(self):
            self.setValue(round(self._stop(value)))

    def place(self, value: float) -> float:
        """Where on this widget (x in pixels) the handle's middle is for a value, at most an end."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, option, self)
        share = min(max(self._stop(value) / self.maximum(), 0.0), 1.0)
        return handle / 2 + share * (self.width() - handle)

    def _stop(self, value: float) -> float:
        return (math.log10(value) - self._low) * self.STOPS

    def _moved(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Beside the handle: bring it under the mouse, from where it can be dragged on."""
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        style, control = self.style(), QStyle.ComplexControl.CC_Slider
        handle = style.subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, self)
        at = event.position().toPoint()
        if event.button() == Qt.MouseButton.LeftButton and not handle.contains(at):
            span = self.width() - handle.width()
            left = at.x() - handle.width() // 2
            self.setValue(QStyle.sliderValueFromPosition(0, self.maximum(), left, span))
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """As a field's."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class OptionalField(QWidget):
    """A check box before a number: off is None.

    Signals: committed(number or None), refused(ExperimentProblem), edited.
    """

    committed = Signal(object)
    refused = Signal(object)
    edited = Signal()

    def __init__(self, param: Param, label: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setObjectName(f"{param.name}_on")
        self.box.setAccessibleName(label)
        self.box.setToolTip(self.tr("Switch this rule on or off"))
        self.number = NumberField(param)
        layout = field_row(self)
        layout.addWidget(self.box)
        layout.addWidget(self.number, 1)
        self.box.clicked.connect(self._clicked)
        self.number.committed.connect(self.committed)
        self.number.refused.connect(self.refused)
        self.number.edited.connect(self.edited)
        self.set_value(None)

    def set_value(self, value: Number | None) -> None:
        """Show a value; off keeps the last one in sight."""
        self.box.setChecked(value is not None)
        self.number.setEnabled(value is not None)
        if value is not None or self.number.value is None:
            self.number.set_value(self.number.param.default if value is None else value)

    def _clicked(self, on: bool) -> None:
        self.number.setEnabled(on)
        self.committed.emit(self.number.value if on else None)


class BoolField(QCheckBox):
    """On or off. Signals: committed(bool); refused and edited are never emitted."""

    committed = Signal(object)
    refused = Signal(object)
    edited = Signal()

    def __init__(self, param: Param, name: str = "") -> None:
        super().__init__()
        self.setObjectName(name or param.name)
        self.clicked.connect(lambda on: self.committed.emit(bool(on)))

    def set_value(self, value: bool) -> None:
        """Show it; nothing is emitted."""
        self.setChecked(value)


class ChoiceField(QComboBox):
    """A registry entry by name. Signals: committed(name); refused and edited never."""

    committed = Signal(object)
    refused = Signal(object)
    edited = Signal()

    def __init__(self, name: str, entries: list[tuple[str, str, str]]) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMinimumContentsLength(6)
        for key, label, tip in entries:
            self.addItem(label, key)
            self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._offered = [True] * self.count()
        self.activated.connect(lambda index: self.committed.emit(self.itemData(index)))

    def add_group(self, title: str, names: Collection[str]) -> None:
        """Put a title, which cannot be chosen, above the first of these entries."""
        row = min(self.findData(name) for name in names)
        self.insertItem(row, title)
        self._offered.insert(row, True)
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.item(row).setEnabled(False)

    def set_value(self, name: str) -> None:
        """Show an entry; nothing is emitted."""
        self.setCurrentIndex(self.findData(name))

    @property
    def shown(self) -> str:
        """Its entry as far as there is room for it."""
        return self._option().currentText

    def _option(self) -> QStyleOptionComboBox:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            self,
        )
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, room.width() - _TEXT_MARGIN
        )
        return option

    def paintEvent(self, event: QPaintEvent) -> None:
        """As any such box, but a long entry ends in dots, not in the middle of a letter."""
        painter, option = QStylePainter(self), self._option()
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def offer(self, names: Collection[str]) -> None:
        """Show only these entries in the list."""
        offered = [self.itemData(row) in names for row in range(self.count())]
        if offered == self._offered:
            return
        self._offered = offered
        model, view = self.model(), self.view()
        assert isinstance(model, QStandardItemModel)
        assert isinstance(view, QListView)
        for row, on in enumerate(offered):
            view.setRowHidden(row, not on)
            model.item(row).setEnabled(on)  # the arrow keys pass over it

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling by must change nothing."""
        event.ignore()


def field_row(owner: QWidget) -> QHBoxLayout:
    """A layout for the parts of an editor, side by side without margins."""
    layout = QHBoxLayout(owner)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(6)
    return layout
