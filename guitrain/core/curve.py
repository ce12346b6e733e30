"""The learnt curve, for models whose prediction is no straight line. No torch here.

It is sampled through the model itself, by the training thread: what is drawn is what the model
says, however many parameters it has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Data, Split

MOST_RESIDUALS = 200  # points whose residuals can be drawn
_OVER_DATA, _OVER_ALL = 257, 129  # samples over the data, and over all that may be seen
_MARGIN = 0.1  # of the span, sampled beyond it on either side: plots show a little more

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Curve:
    """Predictions ŷ (k,) at x (k,) in rising order, and ``of_rows`` (r,) of the training points
    whose residuals can be drawn: ``residual_rows``. Infinite or NaN where the run has diverged.
    """

    x: Floats
    y: Floats
    of_rows: Floats


def sampled(points: Split, most: int) -> NDArray[np.int64]:
    """Rows to draw, in order: all, or ``most`` spread evenly, with the extremes of x and y."""
    if len(points) <= most:
        return np.arange(len(points))
    x, y = points.inputs[:, 0], points.targets
    extremes = [x.argmin(), x.argmax(), y.argmin(), y.argmax()]
    even = np.linspace(0, len(points) - 1, most - len(extremes)).astype(np.int64)
    return np.unique(np.concatenate([even, extremes]))


def residual_rows(points: Split) -> NDArray[np.int64]:
    """The training points whose residuals are drawn, in order."""
    return sampled(points, MOST_RESIDUALS)


def curve_x(data: Data, also: Sequence[float] = ()) -> Floats:
    """Where to sample the curve (k,), in rising order: over the data, and as far as the x in
    ``also``.
    """
    sets = (data.train, data.test, data.validation)
    seen = np.concatenate([points.inputs[:, 0] for points in sets])
    low, high = float(seen.min()), float(seen.max())
    far_low, far_high = min(low, *also, low), max(high, *also, high)
    within = np.linspace(low, high, _OVER_DATA)
    extra = _MARGIN * (far_high - far_low) or 1.0
    beyond = np.linspace(far_low - extra, far_high + extra, _OVER_ALL)
    return np.unique(np.concatenate([within, beyond]))
