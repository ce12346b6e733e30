"""Where "Back" goes, and which step is quickest to show near another. No torch here."""

from typing import TYPE_CHECKING

from guitrain.core.phases import Phase
from guitrain.core.run_view import Unit

if TYPE_CHECKING:
    from guitrain.core.run import Run

Place = tuple[int, Phase | None]  # updates done, and the phase of the next step after them

_EARLIER: dict[Phase | None, Phase | None] = {
    Phase.FORWARD: None,
    Phase.LOSS: Phase.FORWARD,
    Phase.STOP: Phase.LOSS,
    Phase.BACKWARD: Phase.STOP,
}


def place_before(run: "Run", unit: Unit) -> Place:
    """One phase back, or to the start of this batch or epoch (there: of the one before); never
    past the initial weights.
    """
    learner = run.learner
    if not run.at_boundary:
        if unit is Unit.PHASE:
            return learner.step, _EARLIER[run.phase]
        if unit is Unit.BATCH or learner.batch_index == 0:
            return learner.step, None
    if learner.step == 0:
        return 0, None
    if unit is Unit.PHASE:
        return learner.step - 1, Phase.BACKWARD
    if unit is Unit.BATCH:
        return learner.step - 1, None
    return epoch_start(run, learner.epoch if learner.batch_index else learner.epoch - 1), None


def epoch_start(run: "Run", epoch: int) -> int:
    """The step at which a recorded epoch (counted from 0) began; of one so old that only
    extremes are kept, the start of the oldest that is whole.
    """
    if epoch <= 0:
        return 0
    epochs = run.epochs.publish()
    end = epochs.value("end_step", min(max(epoch - 1, epochs.first), epochs.length - 1))
    return int(end or 0)


def place_near(run: "Run", step: int) -> int:
    """The step near this one that takes one step of replay: the one after the nearest keyframe."""
    if step <= 0:
        return 0
    return min(run.keyframes.nearest(step - 1) + 1, run.head)


def place_of_end(run: "Run") -> Place:
    """The head of the record; of a run that stopped there, its STOP."""
    return run.head, Phase.STOP if run.ended is not None else None
