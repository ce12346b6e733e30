"""What is recorded of a run as it goes on: its history, its keyframes, and how it ended."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guitrain.core.experiment import Experiment
from guitrain.core.history import Log, LogView
from guitrain.core.keyframes import Keyframes
from guitrain.core.stopping import StopReason
from guitrain.core.trial import TestCurve
from guitrain.core.validation import Low
from guitrain.core.weight_history_view import gradient_columns

if TYPE_CHECKING:
    from guitrain.core.learner import Learner

_EPOCH_SHARE = 0.4  # of the history's bytes, for the rows per epoch


@dataclass(frozen=True)
class Ending:
    """How a run has ended: the reason at its head (None while it can go on) and the final loss
    there; every stop that there was; and the lowest validation loss of the record.
    """

    reason: StopReason | None
    loss: float | None
    stops: tuple[StopReason, ...]
    best: Low | None


class Recording:
    """All of it, wherever the cursor is.

    Attributes:
        names: the parameters that are recorded. steps, epochs: a row per step, and per epoch.
        keyframes: what later steps are replayed from. test_curve: the test losses measured.
        ended, end_loss: why the run stopped at its head, and its final loss; None while it can go
            on. stops: by step, so that a replay stops where it did before.
        best: the lowest validation loss noted.
    """

    def __init__(self, experiment: Experiment, max_bytes: int) -> None:
        form = experiment.form
        self.names: tuple[str, ...] = form.names if form.few else ()
        self._validates = experiment.validation_count > 0
        columns = {"loss": "f4", "learning_rate": "f8", "gradient_norm": "f4"}
        columns.update(dict.fromkeys(self.names, "f4"))
        columns.update(dict.fromkeys(gradient_columns(form), "f4"))
        of_epochs = {"end_step": "i8", "loss": "f8"}
        if self._validates:
            of_epochs["validation"] = "f8"
        epoch_bytes = int(max_bytes * _EPOCH_SHARE)
        self.steps = Log(columns, max_bytes - epoch_bytes)
        self.epochs = Log(of_epochs, epoch_bytes)
        self.keyframes = Keyframes()
        self.test_curve = TestCurve()
        self.ended: StopReason | None = None
        self.end_loss: float | None = None
        self.stops: dict[int, StopReason] = {}
        self.best: Low | None = None

    # As the run goes on.

    def note(self, learner: "Learner") -> None:
        """An UPDATE was carried out: its rows and its keyframe, unless they are there already."""
        if learner.step <= self.steps.length:
            return  # a replay
        parts = learner.gradient_parts()
        norm = math.hypot(*parts)
        self.steps.append((learner.loss_value, learner.rate, norm, *learner.numbers_before, *parts))
        if learner.batch_index == 0:
            row = (learner.step, learner.epoch_mean)
            self.epochs.append((*row, learner.watch.loss) if self._validates else row)
        if self.keyframes.wanted(learner.step):
            self.keyframes.add(learner.capture())

    def note_stop(self, reason: StopReason, loss: float) -> None:
        """A rule has stopped the run at its head, with this final loss."""
        self.ended, self.end_loss = reason, loss
        self.stops[reason.step] = reason

    def note_best(self, learner: "Learner") -> None:
        """The lowest validation loss. What the learner watches reaches from the start to the
        cursor, so nothing is missed if it is looked at whenever somebody asks, and before going
        back.
        """
        low = learner.watch.low
        if low is not None and (self.best is None or low.step > self.best.step):
            self.best = low

    # As a whole.

    @property
    def ending(self) -> Ending:
        """How the run has ended, as far as it was noted."""
        return Ending(self.ended, self.end_loss, tuple(self.stops.values()), self.best)

    def take(self, steps: LogView, epochs: LogView, keyframes: Keyframes, ending: Ending) -> None:
        """Become, before anything is noted, what was recorded elsewhere."""
        self.steps.take(steps, steps.length)
        self.epochs.take(epochs, epochs.length)
        self.keyframes = keyframes
        self.ended, self.end_loss = ending.reason, ending.loss
        self.stops = {stop.step: stop for stop in ending.stops}
        self.best = ending.best

    def take_up_to(self, other: "Recording", step: int) -> None:
        """Become, before anything is noted, what another has recorded of its first steps."""
        self.steps.take(other.steps.publish(), step)
        epochs = other.epochs.publish()
        done = int(np.searchsorted(epochs.column("end_step"), step, side="right"))
        self.epochs.take(epochs, epochs.first + done)
        self.keyframes = other.keyframes.up_to(step)

    @property
    def nbytes(self) -> int:
        """Memory of history and keyframes."""
        return self.steps.nbytes + self.epochs.nbytes + self.keyframes.nbytes
