"""The learnt curve, for models whose prediction is no straight line. No torch here.

It is sampled through the model itself, by the training thread: what is drawn is what the model
says, however many parameters it has.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Data, Split

if TYPE_CHECKING:
    from guitrain.core.learner import Learner

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


class CurveNow:
    """The curve of a learner's present weights, worked out once for each step and reach."""

    def __init__(self) -> None:
        # As last looked at: where, as far as which x, at which step, and what it was.
        self._known: tuple[Floats, tuple[float, ...], int, Curve] | None = None

    def drop(self) -> None:
        """The weights are others now, at the same step."""
        self._known = None

    def of(self, learner: "Learner", also: tuple[float, ...]) -> Curve:
        """The curve now, at least as far as the x in ``also``."""
        known = self._known
        if known is not None and known[1:3] == (also, learner.step):
            return known[3]
        x = known[0] if known is not None and known[1] == also else curve_x(learner.data, also)
        train = learner.data.train
        rows = train.inputs[residual_rows(train), 0]
        y = learner.predict(np.concatenate([x, rows])[:, None])
        y.flags.writeable = False
        curve = Curve(x, y[: len(x)], y[len(x) :])
        self._known = (x, also, learner.step, curve)
        return curve
