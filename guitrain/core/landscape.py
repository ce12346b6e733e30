"""The loss over two parameters, computed exactly, in slices between which training goes on.

With the mean x̄ of the inputs, ŷ = w·x + b is w·(x − x̄) + b′ with b′ = b + w·x̄. Over (w, b′) the
valley of the loss lies along the axes, however long and narrow it is over (w, b): so the grid is
made there. numpy only, in float64.
"""

import math
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guitrain.core.closed_form import penalized_slope
from guitrain.core.contours import RIM, contoured
from guitrain.core.data import Data
from guitrain.core.experiment import Experiment
from guitrain.core.ladder import Ladder, Pass, mean_absolute, mean_huber
from guitrain.core.landscape_view import (
    LARGEST_LOSS,
    Bounds,
    LandscapeView,
    has_landscape,
    surface_of,
)
from guitrain.core.penalties import penalty_of_slope
from guitrain.core.surface_landscape import heights_of

CHUNK = 16_384  # points between two looks at the clock
COARSE_FROM = 20_000  # points from which on a rough grid is shown first, where that takes a while
_COARSE = 5  # every so many columns
_COLUMNS, _ROWS = 72, 128  # about
_RUNGS = 16_384  # evenly spaced b′, of which the rows are some
_VALLEY = 0.3  # root-mean-square errors around the optimum in which the grid is closest

Floats = NDArray[np.float64]
Slices = Generator[LandscapeView | None, None, None]


@dataclass(frozen=True)
class _Centre:
    """What the points give in closed form.

    The means of x and y, the variance of x (0 where all x are one), the slope of least squares
    (its b′ is ``y_mean``) and its mean squared error; and the slope that has the least mean of
    squares with the penalties (its b′ is the same).
    """

    x_mean: float
    y_mean: float
    variance: float
    slope: float
    mse: float
    penalized: float


class LandscapeJob:
    """Computes the landscape of an experiment within ``bounds``; see the module.

    Args:
        experiment, data: whose loss; raises ValueError unless ``has_landscape(experiment)``.
        bounds: the ranges to show. run_id: as ``LandscapeView.run_id``.

    Attributes:
        done: whether the last view was handed out.
    """

    def __init__(self, experiment: Experiment, data: Data, bounds: Bounds, run_id: int) -> None:
        if not has_landscape(experiment):
            raise ValueError(f"{experiment.model.name} has no landscape")
        self.done = False
        self.bounds = bounds
        self._experiment, self._run_id = experiment, run_id
        if experiment.surface is not None:
            self._work = heights_of(experiment, experiment.surface, bounds, run_id)
            return
        self._x = experiment.form.partials[0].of(data.train.inputs)
        self._y = data.train.targets
        self._size = float(data.scaling.deviation[0]) if experiment.standardize else 1.0
        self._penalty = penalty_of_slope(experiment, self._size)
        self._work = self._slices()

    def advance(self, deadline: float) -> LandscapeView | None:
        """Go on until ``time.perf_counter()`` reaches the deadline, or there is a view to show.

        The first is the last, but with many points a rough one comes first: call until ``done``.
        """
        # What leaves the range of float64 is drawn as infinite.
        with np.errstate(all="ignore"):
            for found in self._work:
                if found is not None:
                    self.done = found.complete
                    return found
                if time.perf_counter() >= deadline:
                    break
        return None

    def _chunks(self) -> Iterator[tuple[Floats, Floats]]:
        for start in range(0, len(self._y), CHUNK):
            part = slice(start, start + CHUNK)
            yield self._x[part], self._y[part]

    def _slices(self) -> Slices:
        centre = yield from self._find_centre()
        first, ladder = self._axes(centre)
        yield None
        if self._experiment.loss.name == "mse":
            yield from self._closed_form(centre, first, ladder)
        else:
            yield from self._column_by_column(centre, first, ladder)

    def _find_centre(self) -> Generator[None, None, _Centre]:
        count, sums, largest = len(self._y), np.zeros(4), 0.0
        for x, y in self._chunks():
            sums[:2] += x.sum(), y.sum()
            largest = max(largest, float(np.abs(x).max()))
            yield
        x_mean, y_mean = (sums[:2] / count).tolist()
        for x, y in self._chunks():
            dx = x - x_mean
            sums[2:] += (dx * dx).sum(), (dx * (y - y_mean)).sum()
            yield
        variance, covariance = (sums[2:] / count).tolist()
        if variance <= (1e-12 * largest) ** 2:  # all x are one, but for rounding
            variance, covariance = 0.0, 0.0
        slope = covariance / variance if variance else 0.0
        squares = 0.0
        for error in self._errors(slope, x_mean, y_mean):
            squares += float((error * error).sum())
            yield
        penalized = slope
        if variance:
            penalized = penalized_slope(self._experiment, slope, variance, self._size)
        return _Centre(x_mean, y_mean, variance, slope, squares / count, penalized)

    def _errors(self, w: float, x_mean: float, y_mean: float) -> Iterator[Floats]:
        """(y − ȳ) − w·(x − x̄), chunk by chunk."""
        for x, y in self._chunks():
            yield (y - y_mean) - w * (x - x_mean)

    def _axes(self, centre: _Centre) -> tuple[Floats, Ladder]:
        """w (m,), and the ladder of b′ − ȳ."""
        bounds, error = self.bounds, math.sqrt(centre.mse)
        extra = RIM * bounds.width
        low, high = bounds.first_low - extra, bounds.first_high + extra
        valley = _VALLEY * error / math.sqrt(centre.variance) if centre.variance else math.inf
        first = _nodes(low, high, centre.penalized, valley, _COLUMNS)
        extra = RIM * bounds.height
        slant = sorted((centre.x_mean * low, centre.x_mean * high))
        low = bounds.second_low - extra + slant[0] - centre.y_mean
        high = bounds.second_high + extra + slant[1] - centre.y_mean
        rows = (_nodes(low, high, 0.0, _VALLEY * error, _ROWS) - low) / (high - low)
        at = np.unique(np.rint(rows * _RUNGS).astype(np.int64))
        return first, Ladder(low, high, _RUNGS, at)

    def _closed_form(self, centre: _Centre, first: Floats, ladder: Ladder) -> Slices:
        """Of the mean of squares: L = L* + var(x)·(w − w*)² + (b′ − b′*)², and penalties on w."""

        def along(w: Floats) -> Floats:
            return centre.variance * (w - centre.slope) ** 2 + self._penalty(w)

        across = ladder.values**2
        loss = centre.mse + across[:, None] + along(first)[None, :]
        best = centre.mse + float(along(np.array([centre.penalized]))[0])
        yield from self._shown(centre, first, ladder, loss, best)

    def _column_by_column(self, centre: _Centre, first: Floats, ladder: Ladder) -> Slices:
        loss = np.empty((len(ladder.at), len(first)))
        some = sorted({*range(0, len(first), _COARSE), len(first) - 1})
        for i in some:
            loss[:, i] = yield from self._column(centre, float(first[i]), ladder)
        if len(self._y) >= COARSE_FROM:
            yield from self._shown(centre, first[some], ladder, loss[:, some], complete=False)
        for i in sorted(set(range(len(first))) - set(some)):
            loss[:, i] = yield from self._column(centre, float(first[i]), ladder)
        yield from self._shown(centre, first, ladder, loss)

    def _column(self, centre: _Centre, w: float, ladder: Ladder) -> Pass:
        """The loss at this w and each b′ (k,)."""
        errors = self._errors(w, centre.x_mean, centre.y_mean)
        if self._experiment.loss.name == "mae":
            means = yield from mean_absolute(ladder, errors)
        else:
            means = yield from mean_huber(ladder, errors, self._experiment.loss["delta"])
        return means + self._penalty(np.array([w]))

    def _shown(
        self,
        centre: _Centre,
        first: Floats,
        ladder: Ladder,
        loss: Floats,
        best: float | None = None,
        *,
        complete: bool = True,
    ) -> Slices:
        loss = np.where(loss <= LARGEST_LOSS, loss, np.inf)
        best = min(float(loss.min()) if best is None else best, LARGEST_LOSS)
        yield (
            yield from contoured(
                LandscapeView(
                    self._run_id,
                    surface_of(self._experiment),
                    self.bounds,
                    first,
                    ladder.values + centre.y_mean,
                    centre.x_mean,
                    loss,
                    best,
                    complete=complete,
                )
            )
        )


def _nodes(low: float, high: float, centre: float, width: float, count: int) -> Floats:
    """About ``count`` places from ``low`` to ``high``: half of them evenly spaced, half the
    closer the nearer to ``centre``, where something of that ``width`` is to be resolved.
    """
    span = high - low
    width = min(max(width, span / 1000), span)
    most = math.asinh(span / width)
    near = centre + width * np.sinh(np.linspace(-most, most, count // 2))
    even = np.linspace(low, high, count - count // 2)
    return np.unique(np.concatenate([even, near[(near > low) & (near < high)]]))
