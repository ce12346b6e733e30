"""A sweep being trained: batched loops that take turns, in slices.

Lanes that differ in their learning rate alone go through one loop together (``Lanes``): as many as
their arrays fit into the processor's caches. Every other setting makes loops of its own: another
batch size has other steps, another model other shapes.
"""

import time
from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.cycle import cycle
from guitrain.core.data import Data
from guitrain.core.engine import Engine
from guitrain.core.experiment import Experiment
from guitrain.core.lanes import Lanes
from guitrain.core.phases import Phase
from guitrain.core.sweep import LaneGroup, SweepPlan, SweepView

MOST_ROWS = 2048  # epochs whose losses are kept: beyond, every second of them, and so on
MOST_NUMBERS = 2**20  # of a loop's largest array: 4 MB, and some ms for each operation

_numbers = count(1)


class SweepJob:
    """Trains all the lanes of a plan. Nothing is done before ``advance``."""

    def __init__(self, plan: SweepPlan, data: Data | None = None) -> None:
        self.number = next(_numbers)
        self.plan = plan
        data = plan.experiment.make_data() if data is None else data
        self._limits = plan.limits(data)
        self._loops = [Loop(*part, data) for part in parts(plan)]

    def advance(self, deadline: float) -> bool:
        """Go on until ``time.perf_counter()`` reaches the deadline (in seconds); returns whether
        all is done. The loop with the fewest epochs is always next.
        """
        while going := [loop for loop in self._loops if not loop.done]:
            min(going, key=lambda loop: loop.epoch).advance(deadline)
            if time.perf_counter() >= deadline:
                break
        return all(loop.done for loop in self._loops)

    def view(self) -> SweepView:
        """An immutable look at it."""
        groups = tuple(loop.group() for loop in self._loops)
        return SweepView(self.number, self.plan, groups, self._limits)


def parts(plan: SweepPlan, least: int = 1) -> Iterator[tuple[Experiment, tuple[float, ...], int]]:
    """The loops of a plan: experiment, learning rates and first lane of each. At least ``least``
    of them, so that so many can be trained at once, if there are as many lanes.
    """
    each = -(-least // len(plan.experiments))
    for at, experiment in enumerate(plan.experiments):
        count = max(experiment.train_count, 1)
        most = max(MOST_NUMBERS // (count * experiment.form.widest), 1)
        loops = min(max(-(-len(plan.rates) // most), each), len(plan.rates))
        for span in np.array_split(np.arange(len(plan.rates)), loops):
            rates = tuple(plan.rates[i] for i in span)
            yield experiment, rates, at * len(plan.rates) + int(span[0])


class Loop:
    """One batched loop, and the losses that it leaves.

    Attributes:
        done: whether all its lanes have stopped.
    """

    def __init__(
        self, experiment: Experiment, rates: tuple[float, ...], first: int, data: Data | None = None
    ) -> None:
        self._lanes = Lanes(experiment, rates, data)
        self._cycle = cycle(self._lanes)
        self._first = first
        self._every = 1
        self._rows = 0
        self._kept: NDArray[np.float32] = np.empty((16, len(rates)), np.float32)
        self.done = False

    @property
    def epoch(self) -> int:
        """Epochs done."""
        return self._lanes.epoch

    def advance(self, deadline: float) -> None:
        """Go on to the end of an epoch, or until the clock (seconds of ``time.perf_counter()``)
        reaches the deadline.
        """
        lanes, clock = self._lanes, time.perf_counter
        for phase in self._cycle:
            if phase is Phase.UPDATE:
                if lanes.batch_index == 0:
                    self._keep()
                    return
                if clock() >= deadline:
                    return
        self.done = True

    def _keep(self) -> None:
        if self._lanes.epoch % self._every:
            return
        if self._rows == len(self._kept):
            self._make_room()
            if self._lanes.epoch % self._every:
                return
        self._kept[self._rows] = np.where(self._lanes.alive, self._lanes.epoch_losses, np.nan)
        self._rows += 1

    def _make_room(self) -> None:
        # What was handed out stays as it is: a new array takes the old one's place.
        old, rows = self._kept, self._rows
        if rows < MOST_ROWS:
            self._kept = np.empty((2 * rows, old.shape[1]), np.float32)
            self._kept[:rows] = old
            return
        self._kept = np.empty_like(old)
        self._kept[: rows // 2] = old[1::2]
        self._rows = rows // 2
        self._every *= 2

    def group(self) -> LaneGroup:
        """What came of it so far."""
        lanes, rows = self._lanes, self._rows
        losses = self._kept[:rows]
        losses.flags.writeable = False
        epochs = np.arange(1, rows + 1, dtype=np.int64) * self._every
        ends, final = lanes.end_epochs.copy(), lanes.final.copy()
        for array in (epochs, ends, final):
            array.flags.writeable = False
        return LaneGroup(self._first, lanes.epoch, epochs, losses, tuple(lanes.rules), ends, final)


Part = tuple[dict[str, Any], tuple[float, ...], int]  # as plain values: another process gets it


def trained_apart(part: Part) -> LaneGroup:
    """A loop trained to its end, in a process of its own."""
    import torch

    torch.set_num_threads(1)
    experiment, rates, first = part
    loop = Loop(Experiment.from_json(experiment), rates, first)
    while not loop.done:
        loop.advance(float("inf"))
    return loop.group()


def train_apart(plan: SweepPlan, engine: Engine) -> Iterator[SweepView]:
    """Train a plan in other processes: what there is of it each time a loop has ended, the last
    being complete. To close the iterator cancels the rest.
    """
    number, limits = next(_numbers), plan.limits(plan.experiment.make_data())
    work = list(parts(plan, engine.jobs))
    groups = [_nothing(first, len(rates)) for _, rates, first in work]
    places = {first: at for at, (_, _, first) in enumerate(work)}
    plain = [(experiment.to_json(), rates, first) for experiment, rates, first in work]
    for group in engine.map(trained_apart, plain):
        groups[places[group.first]] = group
        yield SweepView(number, plan, tuple(groups), limits)


def _nothing(first: int, count: int) -> LaneGroup:
    return LaneGroup(
        first,
        0,
        np.empty(0, np.int64),
        np.empty((0, count), np.float32),
        (None,) * count,
        np.zeros(count, np.int64),
        np.full(count, np.nan),
    )
