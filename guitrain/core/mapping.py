"""Works out the map of a run, at the parameters of the moment."""

import statistics
import time
from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch
from torch import Tensor

from guitrain.core.devices import as_array
from guitrain.core.map_view import Axes, Grid, MapView, axes_for, grid_of

if TYPE_CHECKING:
    from guitrain.core.run import Run

SIDES = (100, 50, 25)  # places along each axis; fewer while running, of a model that is slow
MAP_EVERY = 0.035  # seconds from one map to the next, while running
_LONGEST = 0.012  # seconds that one map may take beside training
_LAST = 5

Rows = tuple[tuple[float, ...], ...]


class Mapper:
    """Makes maps; it remembers the last one, and the grid as tensors."""

    def __init__(self) -> None:
        self._grid_of: tuple[int, Axes, Rows, int] | None = None  # run, axes, rows, side
        self._grid: Grid | None = None
        self._inputs: Tensor | None = None
        self._view: MapView | None = None
        self._parameters: tuple[Tensor, ...] = ()  # that the view was made with
        self._made = 0.0
        # Seconds that the last ones took for each place of their grids: one of them may have had
        # to wait for the processor.
        self._per_place: deque[float] = deque((0.0,), _LAST)

    def look(
        self, run: "Run", wanted: Axes, also: Sequence[Sequence[float]], *, running: bool
    ) -> MapView:
        """The map over the ``wanted`` axes as far as the rows in ``also``; while running it may be
        a little old, and coarse.
        """
        axes = axes_for(run.experiment.inputs, wanted)
        rows = tuple(map(tuple, also))
        side = self._side(len(axes)) if running else SIDES[0]
        known, view = self._grid_of, self._view
        key = (run.id, axes, rows, side)
        recent = running and time.perf_counter() - self._made < MAP_EVERY
        if recent and view is not None and known is not None and known[:3] == key[:3]:
            return view
        parameters = run.learner.parameters
        if view is not None and known == key and self._holds(parameters):
            return view
        start = time.perf_counter()
        grid, inputs = self._laid(run, key)
        with torch.no_grad():
            outputs = run.learner.forward_function(parameters, inputs)
            self._parameters = tuple([p.clone() for p in parameters])
        found = as_array(outputs).reshape(max(len(grid.y), 1), len(grid.x), -1)
        found.flags.writeable = False
        self._view = MapView(run.id, run.learner.step, axes, grid.held, grid.x, grid.y, found)
        self._made = time.perf_counter()
        self._per_place.append((self._made - start) / len(grid.rows))
        return self._view

    def _side(self, axes: int) -> int:
        """As many places as there is time for beside training."""
        usual = statistics.median(self._per_place)
        for side in SIDES:
            if usual * side**axes <= _LONGEST:
                return side
        return SIDES[-1]

    def _holds(self, parameters: Sequence[Tensor]) -> bool:
        """Whether the view was made with these: they may change at one step, set by hand."""
        with torch.no_grad():
            return all(map(torch.equal, parameters, self._parameters))

    def _laid(self, run: "Run", key: tuple[int, Axes, Rows, int]) -> tuple[Grid, Tensor]:
        if self._grid is None or self._inputs is None or key != self._grid_of:
            _, axes, rows, side = key
            self._grid = grid_of(run.learner.data, axes, rows, side)
            self._inputs = run.learner.as_inputs(self._grid.rows)
            self._grid_of = key
        return self._grid, self._inputs
