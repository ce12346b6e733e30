"""What is known of an experiment without training: the best line, the noise floor, the limits.

numpy only, in float64: the window shows these before torch is loaded.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Data, Scaling, Split
from guitrain.core.experiment import Experiment
from guitrain.core.penalties import penalties_of, penalty_of_slope
from guitrain.core.stability import Bands, bands_of

MOST_SEARCHED = 20_000  # points up to which the best line for MAE and Huber is searched


@dataclass(frozen=True)
class LeastSquares:
    """The line ŷ = w·x + b with the smallest sum of squared errors."""

    w: float
    b: float

    def predict(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """ŷ (n,) for inputs (n, 1)."""
        line: NDArray[np.float64] = self.w * inputs[:, 0] + self.b
        return line


@dataclass(frozen=True)
class Facts:
    """Closed-form facts of an experiment, each None where it is not known.

    Attributes:
        least_squares: of the training points, without penalties; None when they share one x.
        best_loss: the smallest training loss, penalties included, of any line on these points.
        expected_loss: the mean loss of the true line on new data, without penalties: σ² for MSE.
        bands: what full-batch descent does at which learning rates.
        x_range: smallest and largest training x.
        optimum: where the mean of squares with its penalties is smallest (without any it is
            ``least_squares``); of another loss the line of least squares, unless it is penalised.
    """

    least_squares: LeastSquares | None
    best_loss: float | None
    expected_loss: float | None
    bands: Bands | None
    x_range: tuple[float, float]
    optimum: LeastSquares | None = None

    @property
    def stability_limit(self) -> float | None:
        """The learning rate over which full-batch descent diverges."""
        return self.bands.limit if self.bands else None


def facts_of(experiment: Experiment, data: Data) -> Facts:
    """All the facts of an experiment and its data."""
    x = data.train.inputs[:, 0]
    expected = None
    if data.noise is not None:
        expected = experiment.loss_entry.expected(experiment.loss.values, data.noise)
    return Facts(
        least_squares(data.train),
        best_loss(experiment, data.train),
        expected,
        bands_of(experiment, data.train),
        (float(x.min()), float(x.max())),
        optimum(experiment, data.train),
    )


def least_squares(points: Split) -> LeastSquares | None:
    """w = Sxy / Sxx, b = ȳ − w·x̄; None when all x are equal (any slope fits as well)."""
    x, y = points.inputs[:, 0], points.targets
    dx = x - x.mean()
    sxx = float(dx @ dx)
    if sxx <= (1e-12 * float(np.abs(x).max())) ** 2 * len(x):
        return None
    w = float(dx @ (y - y.mean())) / sxx
    return LeastSquares(w, float(y.mean()) - w * float(x.mean()))


def optimum(experiment: Experiment, points: Split) -> LeastSquares | None:
    """See ``Facts``."""
    line = least_squares(points)
    if line is None or not penalties_of(experiment):
        return line
    if experiment.loss.name != "mse":
        return None
    x, y = points.inputs[:, 0], points.targets
    size = float(Scaling.of(points.inputs, experiment.standardize).deviation[0])
    w = penalized_slope(experiment, line.w, float(x.var()), size)
    return LeastSquares(w, float(y.mean()) - w * float(x.mean()))


def penalized_slope(experiment: Experiment, slope: float, variance: float, size: float) -> float:
    """The w at which v·(w − slope)² + λ₁·|s·w| + λ₂·(s·w)² is smallest, v being the variance of x
    and s (``size``) what the model's weight is per w: its deviation where x is standardised.

    Ridge shrinks and lasso shifts (Hastie, Tibshirani and Friedman 2009, "The Elements of
    Statistical Learning", §3.4); b follows, for it is free.
    """
    shift = experiment.l1 * size / 2
    pulled = max(abs(variance * slope) - shift, 0.0)
    return math.copysign(pulled, slope) / (variance + experiment.l2 * size * size)


def best_loss(experiment: Experiment, points: Split) -> float | None:
    """The smallest loss of any line on these points; None where it is not computed.

    MSE in closed form; MAE and Huber, both convex, by a search over w with the best b for each:
    penalties, convex too, are of w alone.
    """
    name = experiment.loss.name
    x, y = points.inputs[:, 0], points.targets
    scaling = Scaling.of(points.inputs, experiment.standardize)
    penalty_of = penalty_of_slope(experiment, scaling)

    def penalty(w: float) -> float:
        return float(penalty_of(np.array([w]))[0])

    line = least_squares(points)
    if name == "mse":
        best = optimum(experiment, points)
        residual = y - (best.predict(points.inputs) if best else y.mean())
        return float(np.mean(residual**2)) + penalty(best.w if best else 0.0)
    if len(y) > MOST_SEARCHED:
        return None
    if name == "mae":

        def loss_at(w: float) -> float:
            rest = y - w * x
            return float(np.mean(np.abs(rest - np.median(rest)))) + penalty(w)
    elif name == "huber":
        delta = experiment.loss["delta"]

        def loss_at(w: float) -> float:
            rest = y - w * x
            # At the best b the clipped residuals sum to 0, a decreasing function of b.
            b = _bisect(
                lambda b: float(np.clip(rest - b, -delta, delta).sum()), rest.min(), rest.max()
            )
            e = np.abs(rest - b)
            data = float(np.mean(np.where(e <= delta, e**2 / 2, delta * (e - delta / 2))))
            return data + penalty(w)
    else:
        return None
    if line is None:
        return loss_at(0.0)
    return _smallest(loss_at, line.w, 1.0 + abs(line.w))


def _bisect(function: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(80):
        middle = (low + high) / 2
        if function(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _smallest(function: Callable[[float], float], centre: float, width: float) -> float:
    """The minimum of a convex function: widen the bracket, then golden-section search."""
    middle = function(centre)
    while (
        function(centre - width) <= middle or function(centre + width) <= middle
    ) and width < 1e12:
        width *= 2
    ratio = (math.sqrt(5) - 1) / 2
    low, high = centre - width, centre + width
    a, b = high - ratio * (high - low), low + ratio * (high - low)
    at_a, at_b = function(a), function(b)
    for _ in range(120):
        if at_a <= at_b:
            high, b, at_b = b, a, at_a
            a = high - ratio * (high - low)
            at_a = function(a)
        else:
            low, a, at_a = a, b, at_b
            b = low + ratio * (high - low)
            at_b = function(b)
    return min(at_a, at_b, middle)
