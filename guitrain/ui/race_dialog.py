"""A fair race: several learning rates or optimizers from the same start, chosen in a dialog."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from guitrain.core.data import Data, Split
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.optimizers import OPTIMIZERS
from guitrain.core.params import Param
from guitrain.core.problems import ExperimentProblem
from guitrain.core.settings import LEARNING_RATE
from guitrain.core.stability import Bands, bands_of
from guitrain.sentences import limit_formula, limit_text, problem_sentence, translate
from guitrain.ui.fields import BoolField, ChoiceField, NumberField

LEAST, MOST = 2, 6  # lanes
_SHARES = (0.1, 1.0, 5.0)  # of the present learning rate
_ACROSS = 3  # settings of an optimizer, side by side
_EDGE = 0.95  # of the limit beyond which descent diverges


def prefilled_rates(rate: float, limit: float | None) -> list[float]:
    """Learning rates worth comparing with the present one, in order, each once."""
    wanted = [rate, *(share * rate for share in _SHARES if share != 1)]
    if limit is not None and limit > 0:
        wanted.append(_EDGE * limit)
    found: list[float] = []
    for each in wanted:
        rounded = each if each == rate else float(f"{each:.1e}")
        try:
            checked = LEARNING_RATE.check(rounded)
        except ExperimentProblem:
            continue  # a rate at the end of the range has none beyond it
        if all(abs(checked - other) > 0.05 * other for other in found):
            found.append(checked)
    return sorted(found)


class Lane(QFrame):
    """One runner: a learning rate, an optimizer and its settings, made from their specs.

    Signals:
        changed: something of it is another. refused(ExperimentProblem): what was typed is none.
        removed: the user wants it away.
    """

    changed = Signal()
    refused = Signal(object)
    removed = Signal()

    def __init__(self, rate: float, optimizer: Choice) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.optimizer = optimizer
        self.rate = NumberField(LEARNING_RATE)
        self.rate.set_value(rate)
        label = translate("Settings", LEARNING_RATE.label)
        self.rate.setAccessibleName(label)
        self.rate.setToolTip(translate("Settings", LEARNING_RATE.help))
        self.number = QLabel()
        self.number.setProperty("role", "number")
        self.number.setMinimumWidth(14)
        self.remark = QLabel()
        self.remark.setProperty("role", "muted")
        self.remark.setObjectName("remark")
        self.remark.setWordWrap(True)
        self.remark.setIndent(22)  # under the label, beside the number
        entries = [
            (each.name, translate("Optimizer", each.label), translate("Optimizer", each.help))
            for each in OPTIMIZERS.values()
        ]
        self.choice = ChoiceField("optimizer", entries)
        self.choice.setAccessibleName(self.tr("Optimizer"))
        self.choice.setToolTip(self.tr("What makes an update of a gradient"))
        self.choice.set_value(optimizer.name)
        self.remove = QToolButton()
        self.remove.setObjectName("remove")
        self.remove.setText("✕")
        self.remove.setProperty("flat", True)
        self.remove.setToolTip(self.tr("Take this run out of the race"))
        self.remove.setAccessibleName(self.tr("Remove this run"))
        self.remove.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._params = QGridLayout()
        self._params.setContentsMargins(22, 0, 0, 0)  # under the label, beside the number
        self._params.setHorizontalSpacing(6)
        self._params.setVerticalSpacing(4)
        self.fields: dict[str, NumberField | BoolField] = {}
        self._lay_out(f"{label} {LEARNING_RATE.symbol}")
        self._build_params()
        self.rate.committed.connect(lambda _value: self.changed.emit())
        self.rate.refused.connect(self.refused)
        self.choice.committed.connect(self._take_optimizer)
        self.remove.clicked.connect(self.removed)

    def _lay_out(self, label: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        name = QLabel(label)
        name.setBuddy(self.rate)
        for widget in (self.number, name):
            row.addWidget(widget)
        row.addWidget(self.rate, 1)
        row.addWidget(self.choice)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 6, 6, 6)
        column.setSpacing(4)
        column.addLayout(row)
        column.addLayout(self._params)
        column.addWidget(self.remark)

    def _build_params(self) -> None:
        """Fields for the settings of the optimizer chosen."""
        while (item := self._params.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields = {}
        for param in OPTIMIZERS[self.optimizer.name].params:
            if param.kind in ("float", "int", "bool"):
                self._add_param(param)

    def _add_param(self, param: Param) -> None:
        text = translate("Optimizer", param.label)
        field = BoolField(param) if param.kind == "bool" else NumberField(param)
        field.set_value(self.optimizer[param.name])
        field.setAccessibleName(text)
        field.setToolTip(translate("Optimizer", param.help))
        field.committed.connect(lambda value: self._take_param(param.name, value))
        field.refused.connect(self.refused)
        label = QLabel(f"{text} {param.symbol}".rstrip())
        label.setBuddy(field)
        row, place = divmod(len(self.fields), _ACROSS)
        self._params.addWidget(label, row, 2 * place)
        self._params.addWidget(field, row, 2 * place + 1)
        self._params.setColumnStretch(2 * place + 1, 1)
        self.fields[param.name] = field

    def _take_optimizer(self, name: str) -> None:
        if name != self.optimizer.name:
            self.optimizer = Choice(name, OPTIMIZERS[name].check({}))
            self._build_params()
            self.changed.emit()

    def _take_param(self, name: str, value: Any) -> None:
        self.optimizer = Choice(self.optimizer.name, {**self.optimizer.values, name: value})
        self.changed.emit()

    def commit(self) -> None:
        """Take what is still being typed."""
        for field in (self.rate, *self.fields.values()):
            if isinstance(field, NumberField):
                field.commit()

    def say(self, text: str, error: bool = False) -> None:
        """A remark on this lane."""
        role = "error" if error else "muted"
        if role != self.remark.property("role"):
            self.remark.setProperty("role", role)
            self.remark.style().polish(self.remark)
        self.remark.setText(text)
        self.remark.setVisible(bool(text))

    @property
    def settings(self) -> tuple[float, str, Mapping[str, Any]]:
        """What makes it differ from other lanes."""
        return float(self.rate.value or 0.0), self.optimizer.name, dict(self.optimizer.values)


class RaceDialog(QDialog):
    """Asks for 2 to 6 runs with the same data, seeds and initial weights. Call ``open()``.

    Attributes:
        lanes: the runners, from the top. problem: what is wrong with all of them, in words; what
            is wrong with one of them is its remark.
    """

    def __init__(self, parent: QWidget | None, experiment: Experiment) -> None:
        super().__init__(parent)
        self.setObjectName("race_dialog")
        self.setWindowTitle(self.tr("A fair race"))
        self._experiment = experiment
        self._data: Data = experiment.make_data()
        self.lanes: list[Lane] = []
        self._refusal = ""
        self._sound = True  # each lane's settings go together
        intro = QLabel(
            self.tr(
                "All start with the same data, seeds and initial weights, and go on together, "
                "epoch by epoch. Only what you choose here differs."
            )
        )
        intro.setWordWrap(True)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(6)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(holder)
        self.add = QPushButton(self.tr("Add a run"))
        self.add.setObjectName("race_add")
        self.add.setAccessibleName(self.tr("Add a run to the race"))
        self.add.setToolTip(self.tr("One more run, up to {0} in all").format(MOST))
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.add_lane)
        self.problem = QLabel()
        self.problem.setObjectName("race_problem")
        self.problem.setProperty("role", "error")
        self.problem.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addWidget(intro)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.problem)
        layout.addWidget(self._buttons())
        bands = self._bands(experiment)
        limit = bands.limit if bands is not None else None
        for rate in prefilled_rates(experiment.learning_rate, limit):
            self._add(Lane(rate, experiment.optimizer))
        while len(self.lanes) < LEAST:
            self.add_lane()
        self._judge()
        self.resize(680, 520)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.start = box.addButton(
            self.tr("Start the race"), QDialogButtonBox.ButtonRole.AcceptRole
        )
        self.start.setObjectName("race_start")
        self.start.setProperty("primary", True)
        self.start.setToolTip(self.tr("Begin these runs and play them together"))
        cancel = box.addButton(QDialogButtonBox.StandardButton.Cancel)
        cancel.setObjectName("race_cancel")
        cancel.setToolTip(self.tr("Leave everything as it is"))
        cancel.setAutoDefault(False)
        for button in (self.start, cancel):
            button.setAccessibleName(button.text().replace("&", ""))
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    # The lanes.

    def _bands(self, experiment: Experiment) -> Bands | None:
        """What descent does at which rates, where all the points are one batch."""
        if experiment.batch_size not in (None, experiment.train_count):
            return None
        train = self._data.train
        return bands_of(experiment, Split(experiment.seen(train.inputs), train.targets))

    def add_lane(self) -> None:
        """One more lane, at a learning rate that no other has."""
        if len(self.lanes) >= MOST:
            return
        taken = [lane.settings[0] for lane in self.lanes] or [self._experiment.learning_rate]
        rate = max(taken) * 2
        if rate > (LEARNING_RATE.maximum or rate):
            rate = min(taken) / 2
        self._add(Lane(float(f"{rate:.2e}"), self._experiment.optimizer))
        self._judge()

    def _add(self, lane: Lane) -> None:
        self.lanes.append(lane)
        self._column.insertWidget(len(self.lanes) - 1, lane)
        lane.changed.connect(self._judge)
        lane.refused.connect(self._refuse)
        lane.removed.connect(lambda: self._remove(lane))

    def _remove(self, lane: Lane) -> None:
        if len(self.lanes) <= LEAST:
            return
        self.lanes.remove(lane)
        self._column.removeWidget(lane)
        lane.hide()
        lane.deleteLater()
        self._judge()

    def _refuse(self, problem: ExperimentProblem) -> None:
        self._refusal = problem_sentence(problem)
        self._say()

    def _judge(self) -> None:
        """Say what each lane is to expect, and what is wrong with all of them."""
        self._refusal = ""
        self._sound = True
        for at, lane in enumerate(self.lanes):
            lane.number.setText(str(at + 1))
            lane.setObjectName(f"lane_{at + 1}")
            lane.setAccessibleName(self.tr("Run {0} of the race").format(at + 1))
            lane.say(*self._remark(lane))
            lane.remove.setEnabled(len(self.lanes) > LEAST)
        self.add.setEnabled(len(self.lanes) < MOST)
        self._say()

    def _remark(self, lane: Lane) -> tuple[str, bool]:
        """What is to be said of a lane, and whether that is an error."""
        try:
            experiment = self._experiment.changed(self._changes_of(lane))
        except ExperimentProblem as problem:
            self._sound = False
            return f"⚠ {problem_sentence(problem)}", True
        if lane.settings == self._present:
            return self.tr("the present settings"), False
        bands, rate = self._bands(experiment), experiment.learning_rate
        if bands is None or rate <= bands.limit:
            return "", False
        text = self.tr("over {0} = {1}: diverges on these points")
        if experiment.surface is not None:
            text = self.tr("over {0} = {1}: diverges on this surface")
        if not bands.parabolic:
            text = self.tr("over {0} = {1}: does not settle on these points")
        return text.format(limit_formula(experiment), limit_text(bands.limit, rate)), False

    @property
    def _present(self) -> tuple[float, str, Mapping[str, Any]]:
        experiment = self._experiment
        return (
            experiment.learning_rate,
            experiment.optimizer.name,
            dict(experiment.optimizer.values),
        )

    def _say(self) -> None:
        twins = self._twins()
        text = self._refusal
        if not text and twins is not None:
            text = self.tr(
                "Runs {0} and {1} are the same: change one of them, or take it out."
            ).format(*twins)
        self.problem.setText(f"⚠ {text}" if text else "")
        self.problem.setVisible(bool(text))
        self.start.setEnabled(twins is None and self._sound)

    def _twins(self) -> tuple[int, int] | None:
        """Two lanes that are the same, counted from 1."""
        settings = [lane.settings for lane in self.lanes]
        for at, one in enumerate(settings):
            if one in settings[:at]:
                return settings.index(one) + 1, at + 1
        return None

    # The answer.

    def accept(self) -> None:
        """Start, unless what is still being typed stands against it."""
        for lane in self.lanes:
            lane.commit()
        if not self._refusal and self._sound and self._twins() is None:
            super().accept()

    def _changes_of(self, lane: Lane) -> dict[str, Any]:
        changes: dict[str, Any] = {"learning_rate": lane.settings[0]}
        present, chosen = self._experiment.optimizer, lane.optimizer
        if chosen.name != present.name:
            changes["optimizer"] = chosen
            return changes
        for name, value in chosen.values.items():
            if value != present.values[name]:
                changes[f"optimizer.{name}"] = value
        return changes

    def changes(self) -> list[dict[str, Any]]:
        """What each lane changes of the experiment, by path as ``Experiment.changed`` takes it.

        The learning rate is always there, so that the runs can be told apart by it.
        """
        return [self._changes_of(lane) for lane in self.lanes]
