"""How well the classes are told at one moment, with the ROC curves. No torch here."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guitrain.core.curve import sampled
from guitrain.core.evaluation import ClassMetrics, class_scores, roc_curve

if TYPE_CHECKING:
    from guitrain.core.run import Run


@dataclass(frozen=True, eq=False)
class ScoresView:
    """Of the present parameters.

    Attributes:
        run_id, step: of which run, after how many updates.
        test: whether these are the test points rather than the training points.
        used, count: how many of the points the numbers are of, and how many there are.
        finite: whether the probabilities are numbers; they are none after a divergence.
        metrics: of the points used.
        curves: the ROC curve (m, 2) of each class against the rest, as ``roc_curve``; None where
            the points are all of the class, or none is.
    """

    run_id: int
    step: int
    test: bool
    used: int
    count: int
    finite: bool
    metrics: ClassMetrics
    curves: tuple[NDArray[np.float64] | None, ...]


def scores_view(run: "Run", *, test: bool, most: int | None = None) -> ScoresView:
    """Of the test points, where these are wanted and there are any, else of the training points;
    after INIT. Of more than ``most`` points only so many, spread evenly.
    """
    data = run.learner.data
    test = test and len(data.test) > 0
    points = data.test if test else data.train
    inputs, targets = points.inputs, points.targets
    if most is not None and len(points) > most:
        rows = sampled(points, most)
        inputs, targets = inputs[rows], targets[rows]
    chances = run.learner.probabilities(inputs)
    metrics = class_scores(chances, targets)
    assert metrics is not None
    return ScoresView(
        run.id,
        run.learner.step,
        test,
        len(targets),
        len(points),
        bool(np.isfinite(chances).all()),
        metrics,
        tuple(roc_curve(chances[:, each], targets == each) for each in range(chances.shape[1])),
    )
