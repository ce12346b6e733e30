"""A run on a plane through its parameters: its path, its gradient, where it is."""

from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from guitrain.core.devices import as_doubles
from guitrain.core.phases import Phase
from guitrain.core.plane import Plane, PlaneView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guitrain.core.learner import LearnerState
    from guitrain.core.run import Run

MOST_PROJECTED, MOST_FITTED = 300, 120  # keyframes of a path that is drawn, that makes a plane

Floats = NDArray[np.float64]


def flat(tensors: "Sequence[Tensor]") -> Floats:
    """Parameter tensors as one row of numbers (p,)."""
    with torch.no_grad():
        return as_doubles(torch.cat([each.reshape(-1) for each in tensors]))


def keyframe_path(run: "Run") -> Floats:
    """Parameters of the run's keyframes (k, p), evenly chosen, from the first to the last."""
    states = _some(run.keyframes.states(), MOST_FITTED)
    return np.stack([flat(state.parameters) for state in states])


def _some(states: "tuple[LearnerState, ...]", most: int) -> "list[LearnerState]":
    """Every so many: as a run grows, mostly the same ones."""
    every = 1
    while -(-len(states) // every) > most:
        every *= 2
    return list(states[::every])


class PathOnPlane:
    """Projects a run's keyframes once each, and what is new at every look."""

    def __init__(self) -> None:
        self._of: tuple[int, Plane] | None = None
        self._known: dict[int, Floats] = {}

    def look(self, run: "Run", plane: Plane) -> PlaneView:
        """The run as it now is, on a plane of as many parameters."""
        if self._of is None or self._of[0] != run.id or self._of[1] is not plane:
            self._of, self._known = (run.id, plane), {}
        learner = run.learner
        present = flat(learner.parameters)
        here = plane.project(present)
        size = float(np.linalg.norm(present)) or 1.0
        with np.errstate(all="ignore"):
            off = float(np.linalg.norm(present - plane.at(*here.tolist()))) / size
        before, after = [], []
        for state in _some(run.keyframes.states(), MOST_PROJECTED):
            at = self._known.get(state.step)
            if at is None:
                at = self._known[state.step] = plane.project(flat(state.parameters))
            if state.step < learner.step:
                before.append(at)
            elif state.step > learner.step:
                after.append(at)
        path = np.array([*before, here])
        ahead = np.array([here, *after]) if after else np.empty((0, 2))
        path.flags.writeable = ahead.flags.writeable = False
        return PlaneView(
            run.id, learner.step, plane, len(present), path, ahead, _gradient(run, plane), off
        )


def _gradient(run: "Run", plane: Plane) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Where plain descent would go: −η·∂L/∂p on the plane, and where from."""
    learner = run.learner
    if run.phase is Phase.BACKWARD:
        start, rate = flat(learner.parameters), learner.settings.rate(learner.epoch)
    elif run.phase is not Phase.UPDATE:
        return None
    elif learner.parameters_before is not None:
        start, rate = flat(learner.parameters_before), learner.rate
    elif learner.numbers_before:
        start, rate = np.array(learner.numbers_before), learner.rate
    else:  # nobody looked then
        return None
    first, second = plane.project(start).tolist()
    by_first, by_second = plane.along(-rate * flat(learner.gradients)).tolist()
    return (first, second), (by_first, by_second)
