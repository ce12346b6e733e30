"""What is seen of a run from outside, and the words for moving it. No torch here."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.by_hand import ByHand
from guitrain.core.closed_form import Facts
from guitrain.core.curve import Curve
from guitrain.core.data import Data
from guitrain.core.experiment import Experiment
from guitrain.core.history import LogView
from guitrain.core.phases import Phase
from guitrain.core.stopping import StopReason
from guitrain.core.validation import Low, Watch

_WITHIN = (Phase.FORWARD, Phase.LOSS, Phase.STOP, Phase.BACKWARD)


class Unit(Enum):
    """How far "Next" goes."""

    PHASE = "phase"
    BATCH = "batch"
    EPOCH = "epoch"


@dataclass(frozen=True)
class Event:
    """Settings changed in mid-run, or a parameter set by hand, in force from the FORWARD of
    ``step`` on.
    """

    step: int
    changes: Mapping[str, Any]
    by_hand: ByHand | None = None


@dataclass(frozen=True)
class RunView:
    """What others may read of a run: immutable, made between two operations.

    Attributes:
        run_id: which run; no two in a process share one.
        experiment: what the run began as. settings: as they are in force now.
        data, facts: its points and what is known of them without training.
        phase: the last phase carried out (None before DATA).
        step, epoch: updates done and epochs finished at the cursor.
        batch_index, batches: batches done in this epoch, and batches in an epoch.
        head: steps recorded; the cursor is in the past where step < head.
        loss: the last loss measured (before the last update), or None.
        numbers: parameters in the data's own units, or None before INIT or if they are not few.
        initial: what they were before the first update.
        steps, epochs: the history.
        test_curve: steps at which the test loss was measured, and the losses there.
        stopped: why the run stopped, or None. final_loss: of the weights at which it stopped,
            on all the training data.
        events: settings changed and parameters set by hand in mid-run so far, those beyond the
            cursor too.
        waited: epochs without a significant fall, as the patience rule has counted them.
        stops: why it stopped, each time that it did (it may have gone on), the last one last.
        curve: what the model predicts, where that is no straight line; else None.
        watch: what the validation losses have come to at the cursor; None without a validation
            set. best: the lowest of the whole record.
        device: what its numbers are computed on.
    """

    run_id: int
    experiment: Experiment
    settings: Experiment
    data: Data
    facts: Facts
    phase: Phase | None
    step: int
    epoch: int
    batch_index: int
    batches: int
    head: int
    loss: float | None
    numbers: tuple[float, ...] | None
    initial: tuple[float, ...] | None
    steps: LogView
    epochs: LogView
    test_curve: tuple[NDArray[np.int64], NDArray[np.float64]]
    stopped: StopReason | None
    final_loss: float | None
    events: tuple[Event, ...]
    waited: int
    stops: tuple[StopReason, ...]
    curve: Curve | None = None
    watch: Watch | None = None
    best: Low | None = None
    device: str = "CPU"

    @property
    def step_in_hand(self) -> int:
        """The step whose phases are being carried out, or else the last one done: "step 57" has
        the loss and the gradients before update 57.
        """
        return self.step + self._within_a_step

    @property
    def epoch_in_hand(self) -> int:
        """The epoch that ``step_in_hand`` belongs to, counted from 1; 0 before the first step."""
        return self.epoch + (self._within_a_step or self.batch_index > 0)

    def number_of(self, low: Low) -> int:
        """The epoch of a validation loss, counted from 1: the one that begins with its weights;
        at the end of a run, where none does, the last.
        """
        return min(low.epoch + 1, max(self.settings.stop.epochs, self.epochs.length))

    @property
    def rate(self) -> float:
        """The learning rate of the step in hand; before the first step, that of the first."""
        row = self.step_in_hand - 1
        recorded = self.steps.value("learning_rate", row) if row >= 0 else None
        return self.settings.rate(max(self.epoch_in_hand - 1, 0)) if recorded is None else recorded

    @property
    def _within_a_step(self) -> bool:
        # The FORWARD … STOP of a stopped run are of no further step.
        return self.phase in _WITHIN and self.stopped is None
