"""What a model says over two of its inputs, or over the only one: a grid of its outputs.

No torch here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Data
from guitrain.core.experiment import Experiment

MARGIN = 0.04  # of the span, beyond the points on either side

Floats = NDArray[np.float64]
Axes = tuple[int, ...]  # the input across and, where there are several, the one upwards


@dataclass(frozen=True, eq=False)
class MapView:
    """Outputs over a grid, of one moment.

    Attributes:
        run_id, step: of which run, and how many updates were done.
        axes: the inputs that vary. The others are held at ``held`` (d,), their training means.
        x (m,), y (k,): the grid in the data's own units, rising; with one input y is empty, and k
            is 1.
        outputs: (k, m, outputs) float32, read-only: ŷ, or of classes the logits.
    """

    run_id: int
    step: int
    axes: Axes
    held: Floats
    x: Floats
    y: Floats
    outputs: NDArray[np.float32]


def needs_map(experiment: Experiment) -> bool:
    """Whether a curve over x cannot show what is learnt: of several inputs, or of classes."""
    return not experiment.shape.article and experiment.surface is None


def axes_for(inputs: int, wanted: Axes) -> Axes:
    """The axes of a map of so many inputs: those wanted, or else the first."""
    if inputs == 1:
        return (0,)
    fitting = len(wanted) == 2 and wanted[0] != wanted[1] and max(wanted) < inputs
    return wanted if fitting else (0, 1)


def telling_axes(data: Data) -> Axes:
    """The two inputs that tell most of the target by themselves, in their order.

    That is the share of an input's variance that lies between the classes (η²), or of a number
    the squared correlation with it.
    """
    x, y = data.train.inputs, data.train.targets
    if x.shape[1] < 3:
        return (0, 1)
    away = x - x.mean(axis=0)
    spread = (away**2).sum(axis=0)
    if data.classes:
        groups = [away[y == number] for number in np.unique(y)]
        told = sum(len(group) * group.mean(axis=0) ** 2 for group in groups)
    else:
        errors = y - y.mean()
        told = (errors @ away) ** 2 / max(float(errors @ errors), 1e-300)
    varies = spread > len(x) * (1e-12 * np.abs(x).max(axis=0)) ** 2  # more than rounding
    share = np.divide(told, spread, out=np.zeros_like(spread), where=varies)
    first, second = sorted(np.argsort(-share, kind="stable")[:2].tolist())
    return first, second


def input_span(data: Data, axis: int, also: Sequence[Sequence[float]] = ()) -> tuple[float, float]:
    """The range of an input on a map: all points, the rows in ``also`` too, and a margin."""
    parts = (data.train, data.test, data.validation)
    columns = [part.inputs[:, axis] for part in parts if len(part)]
    columns.append(np.array([row[axis] for row in also], np.float64))
    values = np.concatenate(columns)
    low, high = float(values.min()), float(values.max())
    size = max(abs(low), abs(high))
    if high - low <= size * 1e-9:  # one value, but for rounding
        room = size / 10 or 1.0
        return low - room, high + room
    room = MARGIN * (high - low)
    return low - room, high + room


@dataclass(frozen=True, eq=False)
class Grid:
    """Where a map is worked out.

    Attributes:
        axes, held, x, y: as in MapView. rows: inputs (k·m, d), row by row of the grid.
    """

    axes: Axes
    held: Floats
    x: Floats
    y: Floats
    rows: Floats


def grid_of(data: Data, axes: Axes, also: Sequence[Sequence[float]], side: int) -> Grid:
    """A grid of ``side`` places along each axis."""
    held = data.train.inputs.mean(axis=0)
    x = np.linspace(*input_span(data, axes[0], also), side)
    y = np.linspace(*input_span(data, axes[1], also), side) if len(axes) > 1 else np.empty(0)
    rows = np.tile(held, (side * max(len(y), 1), 1))
    rows[:, axes[0]] = np.tile(x, max(len(y), 1))
    if len(axes) > 1:
        rows[:, axes[1]] = np.repeat(y, side)
    return Grid(axes, held, x, y, rows)


def leads(outputs: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """By how much each class is ahead of all others (k, m), from logits (k, m, classes): its
    border is where that is 0. Of two classes with one logit, by how much the second is.
    """
    if outputs.shape[2] == 1:
        return [outputs[:, :, 0]]
    order = np.partition(outputs, -2, axis=2)
    second, first = order[:, :, -2], order[:, :, -1]
    found = []
    for index in range(outputs.shape[2]):
        own = outputs[:, :, index]
        found.append(np.where(own == first, first - second, own - first))
    # A border between two classes is the border of either.
    return found[:1] if len(found) == 2 else found
