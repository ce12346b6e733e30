"""What the model says of every point of a set at one moment, where it tells classes. No torch."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from guitrain.core.run import Run


@dataclass(frozen=True, eq=False)
class AnswersView:
    """Of the present parameters.

    Attributes:
        run_id, step: of which run, after how many updates.
        test: whether these are the test points rather than the training points.
        chances: the probability of each class for each point (n, classes), read-only.
        answers: the number of the class with the largest one (n,), read-only; −1 where the
            probabilities are no numbers, as after a divergence.
        right: whether it is the point's own class (n,), read-only.
    """

    run_id: int
    step: int
    test: bool
    chances: NDArray[np.float64]
    answers: NDArray[np.int64]
    right: NDArray[np.bool_]


def answers_view(run: "Run", *, test: bool) -> AnswersView:
    """Of all the test points, or of all the training points; after INIT. Not for data without
    classes, nor for a test set without points.
    """
    points = run.learner.data.test if test else run.learner.data.train
    chances = run.learner.probabilities(points.inputs)
    answers = np.where(np.isfinite(chances).all(axis=1), chances.argmax(axis=1), -1)
    right = answers == points.targets
    for array in (chances, answers, right):
        array.flags.writeable = False
    return AnswersView(run.id, run.learner.step, test, chances, answers, right)
