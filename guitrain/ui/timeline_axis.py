"""Where the steps of a run lie on the timeline, and what they are called. Pure functions."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from guitrain.plots.curves import epoch_of_rows
from guitrain.plots.loss import FIXED_EPOCHS
from guitrain.plots.scales import nice_step

if TYPE_CHECKING:
    from guitrain.core.run_view import RunView


@dataclass(frozen=True)
class Axis:
    """Steps 0 … ``end`` from left to right; ``cut`` where more are planned than are shown."""

    end: int = 1
    cut: bool = False

    def fraction(self, step: float) -> float:
        """Where a step lies, 0 at the left and 1 at the right; beyond these, at the nearer one."""
        return min(max(step / self.end, 0.0), 1.0)

    def step(self, fraction: float) -> int:
        """The step nearest to a place."""
        return round(min(max(fraction, 0.0), 1.0) * self.end)


def latest(view: "RunView", path: str) -> Any:
    """A steering setting as it is after every event, those beyond the cursor too."""
    for event in reversed(view.events):
        if path in event.changes:
            return event.changes[path]
    value: Any = view.experiment
    for name in path.split("."):
        value = getattr(value, name)
    return value


def planned_steps(view: "RunView") -> int:
    """Steps at which the run has done all its epochs, as things stand at its end."""
    points = max(len(view.data.train), 1)  # on a test surface a step is an epoch
    batches = max(math.ceil(points / (latest(view, "batch_size") or points)), 1)
    done = view.epochs.length
    last = view.epochs.value("end_step", done - 1) if done else 0
    ahead = max(latest(view, "stop.epochs") - done, 0) * batches
    return max(int(last or 0) + ahead, view.head, 1)


def axis_of(view: "RunView") -> Axis:
    """The axis of a run: as that of the loss plot, whole up to 1000 epochs.

    Beyond, it reaches past what is recorded and grows in steps of 1, 2 and 5 times a power of
    ten: of 10⁹ planned epochs those recorded would be no wider than a hair.
    """
    planned = planned_steps(view)
    if latest(view, "stop.epochs") <= FIXED_EPOCHS or view.head >= planned:
        return Axis(planned)
    least = max(view.head * 1.02, 100.0 * view.batches)
    end = min(int(nice_step(least)), planned)
    return Axis(end, cut=end < planned)


def epoch_at(view: "RunView", step: int) -> int:
    """Epochs finished once ``step`` updates are done, also where they are still to come."""
    if step <= 0:
        return 0
    return math.floor(float(epoch_of_rows(view, np.array([step - 1.0]))[0]) + 1e-9)
