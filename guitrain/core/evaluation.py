"""TEST and APPLY: how good the model is on points it never saw, and what it says of new x."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Metrics:
    """Errors over a set of points, in the unit of y (MSE: its square); R² is a ratio.

    ``r2`` is None where the y do not vary: it would divide by zero.
    """

    mse: float
    mae: float
    rmse: float
    r2: float | None


def metrics(prediction: NDArray[np.float64], target: NDArray[np.float64]) -> Metrics | None:
    """Metrics of predictions (n,) against targets (n,); None for no points.

    R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)².
    """
    if not len(target):
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        error = prediction - target
        mse = float(np.mean(error**2))
        spread = float(np.sum((target - target.mean()) ** 2))
        # Rounding gives equal y a mean, and so a spread, that is not theirs.
        varies = spread > 0 and target.max() > target.min()
        r2 = 1 - float(np.sum(error**2)) / spread if varies else None
        return Metrics(mse, float(np.mean(np.abs(error))), math.sqrt(mse), r2)


@dataclass(frozen=True)
class Evaluation:
    """The outcome of TEST at a step: each set's metrics, beside those of the least-squares line.

    ``test`` and ``validation`` are None where there are no such points, ``best_…`` where there is
    no such line.
    """

    step: int
    epoch: int
    train: Metrics
    test: Metrics | None
    best_train: Metrics | None
    best_test: Metrics | None
    validation: Metrics | None = None


@dataclass(frozen=True)
class Prediction:
    """The outcome of APPLY for one x: the prediction, the true y where it is known, and whether
    x lies outside the range of the training points (there the model was never checked).
    """

    x: float
    predicted: float
    true: float | None
    outside: bool

    @property
    def difference(self) -> float | None:
        """Prediction minus truth, where the truth is known."""
        return None if self.true is None else self.predicted - self.true


def predictions(
    x: Sequence[float],
    predicted: NDArray[np.float64],
    true: NDArray[np.float64] | None,
    x_range: tuple[float, float],
) -> tuple[Prediction, ...]:
    """One Prediction per x."""
    low, high = x_range
    return tuple(
        Prediction(
            float(x[i]),
            float(predicted[i]),
            None if true is None else float(true[i]),
            not low <= x[i] <= high,
        )
        for i in range(len(x))
    )
