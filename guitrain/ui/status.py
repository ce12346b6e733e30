"""The line at the foot: the run's progress, phase, epoch, step, loss and speed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QWidget

from guitrain.core.phases import PHASES
from guitrain.numbers import format_number
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot, State

_SCALE = 10_000  # of the progress bar: epochs may be more than its int holds


class StatusBar(QWidget):
    """Progress bar and numbers; each label is found by its objectName."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("status_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.setSpacing(18)
        self._epoch = self._label("status_epoch", self.tr("Epoch"), 150)
        self._progress = QProgressBar()
        self._progress.setObjectName("progress")
        self._progress.setAccessibleName(self.tr("Progress of the run"))
        self._progress.setToolTip(self.tr("Epochs done, of those at which the run stops"))
        self._progress.setTextVisible(False)
        self._progress.setRange(0, _SCALE)
        self._phase = self._label("status_phase", self.tr("Phase"), 130)
        self._step = self._label("status_step", self.tr("Step"), 80)
        self._loss = self._label("status_loss", self.tr("Loss"), 110)
        self._rate = self._label("status_rate", self.tr("Speed"), 110)
        layout.addWidget(self._epoch)
        layout.addWidget(self._progress, 1)
        for label in (self._step, self._loss, self._rate, self._phase):
            layout.addWidget(label)

    def _label(self, name: str, meaning: str, width: int) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setAccessibleName(meaning)
        label.setToolTip(meaning)
        # Numbers that change 60 times a second must not push their neighbours about.
        label.setMinimumWidth(width)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the numbers of this moment."""
        view = snapshot.view
        if view is None:
            self._epoch.setText(self.tr("Getting ready…"))
            self._progress.setValue(0)
            for label in (self._phase, self._step, self._loss, self._rate):
                label.setText("")
            return
        epochs = view.settings.stop.epochs
        self._epoch.setText(self.tr("epoch {0} / {1}").format(f"{view.epoch:,}", f"{epochs:,}"))
        self._progress.setValue(min(_SCALE, view.epoch * _SCALE // epochs))
        self._step.setText(self.tr("step {0}").format(f"{view.step:,}"))
        if view.phase is not None:
            info = PHASES[view.phase]
            self._phase.setText(f"{info.number} {translate('Phases', info.label)}")
        loss = view.loss if view.final_loss is None else view.final_loss
        if loss is None:
            self._loss.setText(self.tr("loss –"))
        elif view.final_loss is None:
            self._loss.setText(self.tr("loss {0}").format(format_number(loss, fixed=True)))
        else:
            self._loss.setText(self.tr("final loss {0}").format(format_number(loss, fixed=True)))
        self._rate.setText(self._speed(snapshot))

    def _speed(self, snapshot: Snapshot) -> str:
        if snapshot.state is State.RUNNING:
            return self.tr("{0} epochs/s").format(
                f"{snapshot.rate:,.0f}" if snapshot.rate >= 10 else f"{snapshot.rate:.1f}"
            )
        return {
            State.PAUSED: self.tr("paused"),
            State.STOPPED: self.tr("stopped"),
            State.FAILED: self.tr("failed"),
            State.LOADING: "",
        }[snapshot.state]
