"""What is known of an experiment without training: the best line or polynomial, the noise floor,
the limits.

numpy only, in float64: the window shows these before torch is loaded.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Union

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Data, Scaling, Split
from guitrain.core.experiment import Experiment
from guitrain.core.penalties import penalties_of, penalty_of_slope
from guitrain.core.stability import Bands, bands_of

if TYPE_CHECKING:
    from guitrain.core.polynomial_fit import LeastSquaresPolynomial

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

    @property
    def numbers(self) -> tuple[float, ...]:
        """In the order of the model's."""
        return self.w, self.b


@dataclass(frozen=True)
class LeastSquaresPlane:
    """The same of several inputs, or features of one: ŷ = w1·x1 + w2·x2 + … + b."""

    weights: tuple[float, ...]
    b: float

    def predict(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """ŷ (n,) for inputs (n, d)."""
        plane: NDArray[np.float64] = inputs @ np.array(self.weights) + self.b
        return plane

    @property
    def numbers(self) -> tuple[float, ...]:
        """In the order of the model's."""
        return (*self.weights, self.b)


Best = Union[LeastSquares, LeastSquaresPlane, "LeastSquaresPolynomial"]


@dataclass(frozen=True)
class Facts:
    """Closed-form facts of an experiment, each None where it is not known.

    Attributes:
        least_squares: of the training points, the best of the model's kind, without penalties;
            None where more than one is the best (when they share one x), or it is not known (of a
            network).
        best_loss: the smallest training loss, penalties included, that any of the model's kind
            reaches on them.
        expected_loss: the smallest mean loss to expect on new data, without penalties, the noise
            floor: σ² for MSE.
        bands: what full-batch descent does at which learning rates.
        largest_feature: the largest |∂ŷ/∂p| over the training points and the weights p, as the
            model sees its inputs; infinite beyond float64.
        optimum: where the mean of squares with its penalties is smallest (without any it is
            ``least_squares``); of another loss the best of least squares, unless it is penalised.
            Not known of a penalised polynomial.
        minima: where the loss is ``best_loss``: the optimum, or those of a test surface.
    """

    least_squares: Best | None
    best_loss: float | None
    expected_loss: float | None
    bands: Bands | None
    largest_feature: float | None = None
    optimum: Best | None = None
    minima: tuple[tuple[float, ...], ...] = ()

    @property
    def stability_limit(self) -> float | None:
        """The learning rate over which full-batch descent diverges."""
        return self.bands.limit if self.bands else None


def facts_of(experiment: Experiment, data: Data) -> Facts:
    """All the facts of an experiment and its data."""
    if (surface := experiment.surface) is not None:
        bands = bands_of(experiment, data.train)
        return Facts(None, surface.least, None, bands, minima=surface.minima)
    points = Split(experiment.seen(data.train.inputs), data.train.targets)
    of_model = _of_line if experiment.form.straight else _of_curve
    squares, optimum, loss = of_model(experiment, points)
    return Facts(
        squares,
        loss,
        expected_loss(experiment, data),
        bands_of(experiment, points),
        _largest_feature(experiment, points),
        optimum,
        () if optimum is None else (optimum.numbers,),
    )


def expected_loss(experiment: Experiment, data: Data) -> float | None:
    """The smallest mean loss on new data that any function of x has, with the experiment's loss;
    None where the noise is not known.

    Without outliers it is that of the truth. With them, that of the truth shifted a little.
    """
    entry, expected = experiment.loss_entry, experiment.loss_entry.expected
    if data.noise is None or expected is None:
        return None
    values, outliers = experiment.loss.values, data.outliers
    if outliers is None or not outliers.share:
        return expected(values, data.noise)
    z = np.linspace(-10, 10, 4001)
    density = np.exp(-(z**2) / 2)
    errors, nought = data.noise * z, np.zeros(len(z))
    share, size = outliers.share, outliers.size

    def loss_at(shift: float) -> float:
        """E[ℓ(shift − ε − outlier)] of ε ~ N(0, σ²), as a sum over its density."""
        near = density @ entry.terms(values, (shift - errors)[:, None], nought)
        far = density @ entry.terms(values, (shift - errors - size)[:, None], nought)
        return float(((1 - share) * near + share * far) / density.sum())

    return _smallest(loss_at, share * size, 1.0 + abs(size))


def _largest_feature(experiment: Experiment, points: Split) -> float | None:
    partials = experiment.form.partials
    if not partials:
        return None
    x = Scaling.of(points.inputs, experiment.standardize).apply(points.inputs)
    ends = np.array([x.min(axis=0), x.max(axis=0)])  # each is monotonic in |x|
    return max(float(np.abs(partial.of(ends)).max()) for partial in partials)


_Known = tuple["Best | None", "Best | None", float | None]


def _of_line(experiment: Experiment, points: Split) -> _Known:
    """Least squares, optimum and best loss of a straight line."""
    line = least_squares(points)
    return line, _optimum(experiment, points, line), best_loss(experiment, points)


def _of_curve(experiment: Experiment, points: Split) -> _Known:
    """The same of any other model."""
    if experiment.classes or not experiment.form.partials:
        return None, None, None
    shape = experiment.shape
    if len(experiment.form.partials) == shape.inputs + 1:
        return _of_plane(experiment, points)  # a weight for each input, and a bias
    if shape.features:
        return None, None, None  # a polynomial of something else than x
    # It loads numpy.polynomial, which the window's start has no need of.
    from guitrain.core.polynomial_fit import polynomial_fit

    best, mse = polynomial_fit(points, experiment.model["degree"])
    if penalties_of(experiment):
        return best, None, None
    return best, best, mse if experiment.loss.name == "mse" else None


def _of_plane(experiment: Experiment, points: Split) -> _Known:
    """The same of several inputs."""
    best, mse = least_squares_plane(points)
    if penalties_of(experiment):
        return best, None, None
    return best, best, mse if experiment.loss.name == "mse" else None


def least_squares_plane(points: Split) -> tuple[LeastSquaresPlane | None, float]:
    """The best plane, if one alone is the best, and its mean squared error."""
    scaling = Scaling.of(points.inputs, standardize=True)
    columns = np.concatenate([scaling.apply(points.inputs), np.ones((len(points), 1))], axis=1)
    found, _, rank, _ = np.linalg.lstsq(columns, points.targets, rcond=None)
    mse = float(np.mean((columns @ found - points.targets) ** 2))
    if rank < len(found):
        return None, mse
    weights = found[:-1] / scaling.deviation
    offset = float(found[-1] - weights @ scaling.mean)
    return LeastSquaresPlane(tuple(weights.tolist()), offset), mse


def least_squares(points: Split) -> LeastSquares | None:
    """w = Sxy / Sxx, b = ȳ − w·x̄; None when all x are equal (any slope fits as well)."""
    x, y = points.inputs[:, 0], points.targets
    dx = x - x.mean()
    sxx = float(dx @ dx)
    if sxx <= (1e-12 * float(np.abs(x).max())) ** 2 * len(x):
        return None
    w = float(dx @ (y - y.mean())) / sxx
    return LeastSquares(w, float(y.mean()) - w * float(x.mean()))


def _optimum(
    experiment: Experiment, points: Split, line: LeastSquares | None
) -> LeastSquares | None:
    """See ``Facts``; ``line`` is that of least squares."""
    if penalties_of(experiment) and experiment.loss.name != "mse":
        return None
    return _penalized(experiment, points, line)


def _penalized(
    experiment: Experiment, points: Split, line: LeastSquares | None
) -> LeastSquares | None:
    """The line at which the mean of squares with its penalties is smallest, from that without."""
    if line is None or not penalties_of(experiment):
        return line
    x, y = points.inputs[:, 0], points.targets
    size = _size(experiment, points)
    w = penalized_slope(experiment, line.w, float(x.var()), size)
    return LeastSquares(w, float(y.mean()) - w * float(x.mean()))


def _size(experiment: Experiment, points: Split) -> float:
    """What the model's weight is per w in the data's own unit."""
    return float(Scaling.of(points.inputs, experiment.standardize).deviation[0])


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
    penalty_of = penalty_of_slope(experiment, _size(experiment, points))

    def penalty(w: float) -> float:
        return float(penalty_of(np.array([w]))[0])

    line = least_squares(points)
    if name == "mse":
        best = _penalized(experiment, points, line)
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
