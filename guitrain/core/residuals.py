"""Predictions beside the truth, for the points that can be drawn. No torch here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guitrain.core.curve import sampled
from guitrain.core.data import Split
from guitrain.core.evaluation import Metrics, metrics

if TYPE_CHECKING:
    from guitrain.core.run import Run

MOST_TRAINING, MOST_TEST = 750, 250  # points drawn


@dataclass(frozen=True, eq=False)
class Residuals:
    """Of one set of points under the present parameters.

    Attributes:
        rows: which of its points are drawn (k,), in order, spread evenly over all.
        prediction: ŷ of these (k,), in the unit of y; infinite or NaN where the run has diverged.
        count: how many points there are in all. metrics: of all of them.
    """

    rows: NDArray[np.int64]
    prediction: NDArray[np.float64]
    count: int
    metrics: Metrics


@dataclass(frozen=True, eq=False)
class ResidualsView:
    """Predicted and true at one moment.

    Attributes:
        run_id, step: of which run, after how many updates.
        train: the training points. test: the test points; None where they are not to be seen, or
            there are none.
    """

    run_id: int
    step: int
    train: Residuals
    test: Residuals | None


def residuals_view(run: "Run", *, test: bool, known: ResidualsView | None = None) -> ResidualsView:
    """Of the present parameters; after INIT. With ``test``, the test points too.

    Where not all points are drawn, the metrics are those of ``known``, if that is of this run:
    they take as long as there are points.
    """
    if known is not None and known.run_id != run.id:
        known = None
    data = run.learner.data
    of_test = None
    if test and len(data.test):
        of_test = _residuals(run, data.test, MOST_TEST, known.test if known else None)
    train = _residuals(run, data.train, MOST_TRAINING, known.train if known else None)
    return ResidualsView(run.id, run.learner.step, train, of_test)


def _residuals(run: "Run", points: Split, most: int, known: Residuals | None) -> Residuals:
    rows = sampled(points, most) if known is None else known.rows
    predict = run.learner.predict
    prediction = predict(points.inputs[rows])
    if len(rows) == len(points):
        found = metrics(prediction, points.targets)
    elif known is not None:
        found = known.metrics
    else:
        found = metrics(predict(points.inputs), points.targets)
    assert found is not None
    rows.flags.writeable = prediction.flags.writeable = False
    return Residuals(rows, prediction, len(points), found)
