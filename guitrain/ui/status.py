"""The foot of the window: the timeline among the run's numbers, and room for buttons below."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from guitrain.core.phases import PHASES
from guitrain.core.settings import CPU
from guitrain.numbers import format_number
from guitrain.plots.theme import LIGHT, Theme
from guitrain.sentences import translate
from guitrain.snapshot import Snapshot, State
from guitrain.ui.timeline import Timeline
from guitrain.ui.timeline_axis import epoch_at

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView

_DIGITS = (3, 3, 4)  # of epochs planned, epochs done and steps recorded, for which there is room
_LEAST_TIMELINE = 240  # pixels, for which the numbers that are seen elsewhere too give way


class StatusBar(QWidget):
    """The timeline and the numbers; each label is found by its objectName.

    Attributes:
        timeline: see there. row: the layout below, empty and of no height at first.
    """

    def __init__(self, theme: Theme = LIGHT) -> None:
        super().__init__()
        self.setObjectName("status_bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 4, 12, 4)
        outer.setSpacing(2)
        self._line = QHBoxLayout()
        self._line.setSpacing(14)
        self.row = QHBoxLayout()
        self.row.setSpacing(8)
        outer.addLayout(self._line)
        outer.addLayout(self.row)
        self._epoch = self._label("status_epoch", self.tr("Epoch"))
        self.timeline = Timeline(theme)
        self._step = self._label(
            "status_step", self.tr("Steps done and, where this is in the past, steps recorded")
        )
        self._loss = self._label("status_loss", self.tr("Loss"))
        self._eta = self._label("status_eta", self.tr("Learning rate of this step"))
        self._rate = self._label("status_rate", self.tr("Speed"))
        self._phase = self._label("status_phase", self.tr("Phase"))
        self._line.addWidget(self._epoch)
        self._line.addWidget(self.timeline, 1)
        self._labels = (
            self._epoch,
            self._step,
            self._loss,
            self._eta,
            self._rate,
            self._phase,
        )
        for label in self._labels[1:]:
            self._line.addWidget(label)
        self._restyled = QTimer(self)
        self._restyled.setSingleShot(True)
        self._restyled.timeout.connect(self._reserve)
        self._device = ""  # that the tooltip names
        self._digits: tuple[int, ...] = _DIGITS
        self._scheduled = False
        self._reserve()

    def _label(self, name: str, meaning: str) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setAccessibleName(meaning)
        label.setToolTip(meaning)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        return label

    def add_widget(self, widget: QWidget, stretch: int = 0) -> None:
        """Something for the row below."""
        self.row.addWidget(widget, stretch)

    def set_theme(self, theme: Theme) -> None:
        """Wear these colours."""
        self.timeline.set_theme(theme)

    # Room: numbers that change 60 times a second must not push their neighbours about.

    def _reserve(self) -> None:
        """Room for all that the labels may say while numbers have so many digits."""
        epochs, done, head = (f"{10**digits - 1:,}" for digits in self._digits)
        usual = (
            (self.tr("near epoch {0} / {1}").format(done, epochs),),
            (self._past_step(head, head), self.tr("shows step {0}").format(head)),
            (self.tr("final loss {0}").format("0.2420"),),
            (self._eta_words(0.00012345) if self._scheduled else "",),
            (self.tr("replay {0} epochs/s").format("1,000"), self.tr("in the past")),
            tuple(f"{info.number} {translate('Phases', info.label)}" for info in PHASES.values()),
        )
        for label, texts in zip(self._labels, usual, strict=True):
            label.ensurePolished()
            width = label.fontMetrics().horizontalAdvance
            label.setFixedWidth(max(map(width, (*texts, label.text()))) + 4)
            # Of a fixed size, so that no new text asks for a new layout of the window.
            label.setFixedHeight(label.fontMetrics().height() + 2)
        self._fit()

    def _count_digits(self, view: "RunView") -> None:
        numbers = (view.settings.stop.epochs, view.epochs.length, view.head)
        digits = tuple(
            max(len(str(number)), least) for number, least in zip(numbers, _DIGITS, strict=True)
        )
        # A timeline that is dragged must keep its width.
        if digits != self._digits and not self.timeline.dragging:
            self._digits = digits
            self._reserve()

    def _say(self, label: QLabel, text: str) -> None:
        if text == label.text():
            return
        label.setText(text)
        width = label.fontMetrics().horizontalAdvance(text) + 4
        if width > label.minimumWidth():
            label.setFixedWidth(width)
            self._fit()

    def _fit(self) -> None:
        """Phase and step give way to the timeline: the cycle and the timeline itself show them."""
        gap = self._line.spacing()
        room = self.width() - 24 - _LEAST_TIMELINE
        room -= sum(label.minimumWidth() + gap for label in (self._epoch, self._loss, self._rate))
        self._eta.setHidden(not self._scheduled)
        giving_way = [self._step, self._phase]
        if self._scheduled:
            giving_way.insert(0, self._eta)
        for label in giving_way:
            room -= label.minimumWidth() + gap
            label.setHidden(room < 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many numbers as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font, or another style: measure again, once the labels have it too."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._restyled.start()

    # What is shown.

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the numbers of this moment."""
        self.timeline.refresh(snapshot)
        if snapshot.legible:
            self._tell(snapshot)

    def _tell(self, snapshot: Snapshot) -> None:
        view = snapshot.view
        if view is None:
            empty = snapshot.state is State.EMPTY
            text = self.tr("No points yet") if empty else self.tr("Getting ready…")
            self._say(self._epoch, text)
            for label in self._labels[1:]:
                self._say(label, "")
            return
        self._count_digits(view)
        scheduled = view.settings.schedule_entry.factor is not None
        if scheduled != self._scheduled:
            self._scheduled = scheduled
            self._reserve()
        self._say(self._eta, self._eta_words(view.rate) if scheduled else "")
        self._say(self._epoch, self._epoch_words(snapshot))
        self._say(self._step, self._step_words(snapshot))
        if view.phase is not None:
            info = PHASES[view.phase]
            self._say(self._phase, f"{info.number} {translate('Phases', info.label)}")
        self._say(self._loss, self._loss_words(snapshot))
        self._say(self._rate, self._speed(snapshot))
        if view.device != self._device:
            self._device = view.device
            text = self.tr("Speed; the numbers are computed on: {0}, in float32")
            self._rate.setToolTip(text.format(view.device))

    def _epoch_words(self, snapshot: Snapshot) -> str:
        view, asked = snapshot.view, self.timeline.asked
        assert view is not None
        epochs = f"{view.settings.stop.epochs:,}"
        if not snapshot.gliding:
            return self.tr("epoch {0} / {1}").format(f"{view.epoch_in_hand:,}", epochs)
        epoch = view.epoch if asked is None else epoch_at(view, asked)
        return self.tr("near epoch {0} / {1}").format(f"{epoch:,}", epochs)

    def _step_words(self, snapshot: Snapshot) -> str:
        view = snapshot.view
        assert view is not None
        step = f"{view.step_in_hand:,}"
        if snapshot.gliding:
            return self.tr("shows step {0}").format(step)
        if view.step < view.head:
            return self._past_step(step, f"{view.head:,}")
        return self.tr("step {0}").format(step)

    def _past_step(self, step: str, head: str) -> str:
        return self.tr("step {0} / {1}").format(step, head)

    def _loss_words(self, snapshot: Snapshot) -> str:
        view = snapshot.view
        assert view is not None
        loss = view.loss if view.final_loss is None else view.final_loss
        if loss is None:
            return self.tr("loss –")
        text = self.tr("loss {0}") if view.final_loss is None else self.tr("final loss {0}")
        return text.format(format_number(loss, fixed=True))

    def _eta_words(self, rate: float) -> str:
        return self.tr("η {0}").format(format_number(rate))

    def _speed(self, snapshot: Snapshot) -> str:
        view = snapshot.view
        text = self._state_words(snapshot)
        if view is None or view.experiment.device == CPU:
            return text
        return self.tr("{0} · on {1}").format(text, view.device)

    def _state_words(self, snapshot: Snapshot) -> str:
        view, rate = snapshot.view, snapshot.rate
        past = view is not None and view.step < view.head
        if snapshot.state is State.RUNNING:
            number = f"{rate:,.0f}" if rate >= 10 else f"{rate:.1f}"
            text = self.tr("replay {0} epochs/s") if past else self.tr("{0} epochs/s")
            return text.format(number)
        if past and snapshot.state is not State.FAILED:
            return self.tr("in the past")
        return {
            State.PAUSED: self.tr("paused"),
            State.STOPPED: self.tr("stopped"),
            State.FAILED: self.tr("failed"),
            State.LOADING: "",
            State.EMPTY: "",
        }[snapshot.state]
