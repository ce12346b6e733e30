"""The loss over two parameters, or on a plane through many, with its contours. No torch here."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from guitrain.core.experiment import Experiment
from guitrain.core.surfaces import Function

if TYPE_CHECKING:
    from guitrain.core.plane import Plane


@dataclass(frozen=True)
class Bounds:
    """The ranges of the first and the second parameter in view, in the data's own units."""

    first_low: float
    first_high: float
    second_low: float
    second_high: float

    @property
    def width(self) -> float:
        """The span of the first parameter."""
        return self.first_high - self.first_low

    @property
    def height(self) -> float:
        """The span of the second parameter."""
        return self.second_high - self.second_low

    def holds(self, other: "Bounds") -> bool:
        """Whether another box lies within this one."""
        return (
            self.first_low <= other.first_low
            and other.first_high <= self.first_high
            and self.second_low <= other.second_low
            and other.second_high <= self.second_high
        )


@dataclass(frozen=True)
class Contour:
    """Where the loss is one value; points (v, 2) are (first, second) parameter.

    Attributes:
        level: the loss. lines: the contour's pieces.
        areas: closed polygons that together hold every place with a loss up to ``level``, as far
            as a little beyond the bounds; that edge is not among the lines. Polygons within
            others are holes.
    """

    level: float
    lines: tuple[NDArray[np.float64], ...]
    areas: tuple[NDArray[np.float64], ...]


@dataclass(frozen=True)
class LandscapeView:
    """The loss of all the training points over two parameters, in the data's own units; or over
    the places of a plane, which take the parameters' part in what follows.

    The grid is sheared, so that its rows run along the loss's valley, and closest near the
    optimum: the second parameter at row j and column i is ``second[j] − shear·first[i]``.

    Attributes:
        run_id: of the run that it was computed for; any with an equal ``surface`` may be drawn
            on it. surface: as ``surface_of`` its experiment.
        bounds: the ranges to show; the grid covers a little more.
        first (m,), second (k,), shear: the grid. loss: (k, m); infinite where float32 ends.
        best: the smallest loss known, at or below all of ``loss``.
        bottomless: whether the loss falls without end, so that ``best`` is only that of the grid.
        function: the loss of two parameters, where it is known without a grid.
        contours: from the lowest level to the highest.
        complete: False for a first rough grid, which a finer one is to follow.
        plane: the plane through the parameters that it is on, or None.
    """

    run_id: int
    surface: tuple[object, ...]
    bounds: Bounds
    first: NDArray[np.float64]
    second: NDArray[np.float64]
    shear: float
    loss: NDArray[np.float64]
    best: float
    contours: tuple[Contour, ...] = ()
    complete: bool = True
    plane: "Plane | None" = None
    bottomless: bool = False
    function: Function | None = None
    _heights: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # The root of the excess is nearly straight between grid points, where the loss is not.
        excess = np.minimum(self.loss, LARGEST_LOSS) - self.best
        object.__setattr__(self, "_heights", np.sqrt(np.maximum(excess, 0.0)))
        for array in (self.first, self.second, self.loss, self._heights):
            array.flags.writeable = False

    @property
    def heights(self) -> NDArray[np.float64]:
        """√(loss − best) on the grid (k, m)."""
        return self._heights

    def grid(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The first and the second parameter at each place of ``loss``, (k, m) each."""
        first, second = np.meshgrid(self.first, self.second)
        return first, second - self.shear * first

    def loss_at(self, first: ArrayLike, second: ArrayLike) -> NDArray[np.float64]:
        """The loss at parameters (any shape), interpolated where it must be; NaN outside the
        grid.
        """
        x = np.asarray(first, np.float64)
        y = np.asarray(second, np.float64) + self.shear * x
        i, u = _places(self.first, x)
        j, v = _places(self.second, y)
        z = self._heights
        height = (z[j, i] * (1 - u) + z[j, i + 1] * u) * (1 - v) + (
            z[j + 1, i] * (1 - u) + z[j + 1, i + 1] * u
        ) * v
        outside = (u < 0) | (u > 1) | (v < 0) | (v > 1)
        loss = self.best + height**2 if self.function is None else self.function(x, y)
        found: NDArray[np.float64] = np.where(outside, np.nan, loss)
        return found

    def shows(self, experiment: Experiment) -> bool:
        """Whether the loss of this experiment is this one."""
        return self.surface == surface_of(experiment)


LARGEST_LOSS = float(np.finfo(np.float32).max)


def _places(
    nodes: NDArray[np.float64], values: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The cell that each value lies in, and how far along it (0 … 1; beyond that outside)."""
    cell = np.clip(np.searchsorted(nodes, values, side="right") - 1, 0, len(nodes) - 2)
    return cell, (values - nodes[cell]) / (nodes[cell + 1] - nodes[cell])


def has_landscape(experiment: Experiment) -> bool:
    """Whether a number is learnt by two parameters: a factor and an offset, as ŷ = w·x + b; or
    whether it is a test surface.
    """
    if experiment.surface is not None:
        return True
    if not experiment.shape.article:
        return False
    partials = experiment.form.partials
    return len(experiment.form.names) == 2 and [partial.formula for partial in partials[1:]] == [
        "1"
    ]


def surface_of(experiment: Experiment) -> tuple[object, ...]:
    """What the loss over the parameters depends on: equal for equal surfaces."""
    return (
        experiment.data,
        experiment.test_fraction,
        experiment.validation_fraction,
        experiment.seeds.data,
        experiment.features,
        experiment.model,
        experiment.loss,
        experiment.l1,
        experiment.l2,
        # A penalty is on the weight as the model has it, and so is a plane.
        experiment.standardize
        and bool(experiment.l1 or experiment.l2 or not has_landscape(experiment)),
    )
