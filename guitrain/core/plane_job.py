"""The loss on a plane through the parameters, in slices between which training goes on.

At every place of the grid the model itself is asked, about all the training points: nothing is
interpolated or approximated but between the grid's places.
"""

import time
from collections.abc import Generator
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from guitrain.core.contours import RIM, contoured
from guitrain.core.landscape_view import LARGEST_LOSS, LandscapeView, has_landscape, surface_of
from guitrain.core.plane import Plane, PlaneChoice, bounds_of, plane_of
from guitrain.core.plane_path import flat, keyframe_path

if TYPE_CHECKING:
    from guitrain.core.run import Run

SIDE = 41  # places of the grid in each direction
CHUNK = 16_384  # points, at most, between two looks at the clock; and
MOST_NUMBERS = 2**20  # numbers that an operation makes of them: 4 MB, and some ms
ROUGH_FROM = 2_000_000  # points times parameters, from which on a rough grid always comes first
_ROUGH = 4  # every so many places

Floats = NDArray[np.float64]
Slices = Generator[LandscapeView | None, None, None]


class PlaneJob:
    """Computes the loss on the plane through a run's present parameters; see the module.

    What is computed is of the moment in which it was made, however the run goes on.

    Args:
        run: after INIT; raises ValueError where ``has_landscape``: that one is drawn instead.
        choice: which plane. previous: the one shown before, or None: then a rough view comes first.

    Attributes:
        done: whether the last view was handed out. present: the parameters that it is made for.
    """

    def __init__(self, run: "Run", choice: PlaneChoice, previous: Plane | None = None) -> None:
        if has_landscape(run.experiment):
            raise ValueError(f"{run.experiment.model.name} has a landscape of its own")
        self.done = False
        self.run_id = run.id
        self.choice = choice
        self.present = flat(run.learner.parameters)
        self._learner, self._step = run.learner, run.learner.step
        self._experiment = run.experiment
        self._path = keyframe_path(run)
        self._previous = previous
        self._work = self._slices()

    def advance(self, deadline: float) -> LandscapeView | None:
        """As ``LandscapeJob.advance``."""
        with np.errstate(all="ignore"):
            for found in self._work:
                if found is not None:
                    self.done = found.complete
                    return found
                if time.perf_counter() >= deadline:
                    break
        return None

    def _slices(self) -> Slices:
        tensors = self._experiment.form.tensors
        plane = plane_of(self.choice, tensors, self._path, self.present, self._step, self._previous)
        yield None
        path = np.concatenate([plane.project(self._path), [[0.0, 0.0]]])
        bounds = bounds_of(plane, path)
        here = float((yield from self._losses(plane.origin[None, :]))[0])
        first = _nodes(bounds.first_low, bounds.first_high)
        second = _nodes(bounds.second_low, bounds.second_high)
        loss = np.full((SIDE, SIDE), np.nan)
        rough = range(0, SIDE, _ROUGH)
        yield from self._fill(plane, first, second, loss, rough)

        def view(every: slice, *, complete: bool) -> LandscapeView:
            some = loss[every, every]
            some = np.where(some <= LARGEST_LOSS, some, np.inf)
            best = min(float(some.min()), here if np.isfinite(here) else np.inf, LARGEST_LOSS)
            return LandscapeView(
                self.run_id,
                surface_of(self._experiment),
                bounds,
                first[every].copy(),
                second[every].copy(),
                0.0,
                some,
                best,
                complete=complete,
                plane=plane,
            )

        fresh = self._previous is None or self._previous.choice != self.choice
        if fresh or len(self._learner.data.train) * len(self.present) >= ROUGH_FROM:
            yield (yield from contoured(view(slice(None, None, _ROUGH), complete=False)))
        yield from self._fill(plane, first, second, loss, range(SIDE))
        yield (yield from contoured(view(slice(None), complete=True)))

    def _fill(self, plane: Plane, first: Floats, second: Floats, loss: Floats, at: range) -> Slices:
        open_ = [(j, i) for j in at for i in at if np.isnan(loss[j, i])]
        count = len(self._learner.data.train)
        size = max(1, min(MOST_NUMBERS // (count * self._experiment.form.widest), SIDE))
        for start in range(0, len(open_), size):
            some = open_[start : start + size]
            numbers = [plane.at(float(first[i]), float(second[j])) for j, i in some]
            found = yield from self._losses(np.stack(numbers))
            for place, each in zip(some, found, strict=True):
                loss[place] = each if np.isfinite(each) else np.inf

    def _losses(self, numbers: Floats) -> Generator[None, None, Floats]:
        """Of all the training points, with the penalties, at parameters (m, p)."""
        learner = self._learner
        parameters = torch.from_numpy(numbers.astype(np.float32))
        count, total = len(learner.data.train), np.zeros(len(numbers))
        chunk = max(1, min(MOST_NUMBERS // self._experiment.form.widest, CHUNK))
        for start in range(0, count, chunk):
            rows = slice(start, min(start + chunk, count))
            share = (rows.stop - rows.start) / count
            total += share * np.array(learner.data_losses_at(parameters, rows))
            yield
        if learner.penalty is not None:
            with torch.no_grad():
                for at, each in enumerate(parameters):
                    total[at] += float(learner.penalty(learner.as_parameters(each)))
        return total


def _nodes(low: float, high: float) -> Floats:
    extra = RIM * (high - low)
    return np.linspace(low - extra, high + extra, SIDE)
