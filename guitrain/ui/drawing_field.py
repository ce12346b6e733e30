"""What the form has for drawings: a count, what can be done with all the points, a beginning."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from guitrain.core.datasets import DATASETS
from guitrain.core.drawing import drawing_of, param_of
from guitrain.core.experiment import Experiment
from guitrain.core.params import Param
from guitrain.core.settings import TEST_FRACTION
from guitrain.setting_words import value_words


def copy_button() -> QPushButton:
    """The button that begins a drawing with the points of another source."""
    translate = QApplication.translate
    button = QPushButton(translate("DrawingField", "Edit these points"))
    button.setObjectName("copy_points")
    button.setAccessibleName(translate("DrawingField", "Edit these points by hand"))
    button.setToolTip(
        translate(
            "DrawingField",
            "Draw on from a copy of these training points: add, move and delete them",
        )
    )
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


class TestShare:
    """A point that one draws is to be trained on, unless the test share is raised: it is 0 there
    at first. That of the other sources comes back with them.
    """

    __test__ = False  # it is no test of pytest's

    def __init__(self) -> None:
        self._of_others = TEST_FRACTION.default

    def changes(self, experiment: Experiment, source: str) -> dict[str, Any]:
        """What else changes where this source of data takes the place of the experiment's."""
        share = experiment.test_fraction
        was = drawing_of(experiment) is not None
        will = param_of(DATASETS[source]) is not None
        if will and not was:
            self._of_others = share
            return {TEST_FRACTION.name: 0.0}
        return {TEST_FRACTION.name: self._of_others} if was and not will and not share else {}


class DrawingField(QWidget):
    """A drawing's count, and buttons that clear and save it. The plot is where it is changed.

    Signals: committed(()) when it is cleared; save_pressed; refused and edited never.
    """

    committed = Signal(object)
    refused = Signal(object)
    edited = Signal()
    save_pressed = Signal()

    def __init__(self, param: Param, name: str) -> None:
        super().__init__()
        self._param = param
        self.setObjectName(name)
        self._count = QLabel()
        self._count.setObjectName(f"{name}_count")
        self.clear = self._button(
            f"clear_{name}",
            self.tr("Clear"),
            self.tr("Delete all the points. Undo brings them back."),
        )
        self.save = self._button(
            f"save_{name}", self.tr("Save…"), self.tr("Save the points as a CSV file")
        )
        self.clear.clicked.connect(lambda: self.committed.emit(()))
        self.save.clicked.connect(self.save_pressed)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.clear)
        buttons.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._count)
        layout.addLayout(buttons)

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setObjectName(name)
        button.setAccessibleName(tip)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def set_value(self, points: Any) -> None:
        """Show how many points there are; nothing is emitted."""
        text = value_words(self._param.name, points) if points else self.tr("no points yet")
        self._count.setText(text)
        for button in (self.clear, self.save):
            button.setEnabled(bool(points))
