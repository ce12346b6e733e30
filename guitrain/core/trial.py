"""TEST and APPLY: what the present weights of a learner come to on points; nothing is changed."""

import time
from collections.abc import Sequence
from typing import Self

import numpy as np
import torch

from guitrain.core.closed_form import Best
from guitrain.core.data import Split
from guitrain.core.evaluation import (
    Evaluation,
    Metrics,
    Prediction,
    Scores,
    class_predictions,
    class_scores,
    metrics,
    predictions,
)
from guitrain.core.history import LogView, Series
from guitrain.core.learner import Learner
from guitrain.core.problems import ExperimentProblem


def tested(learner: Learner, best: Best | None) -> Evaluation:
    """Scores of the present weights on training, test and validation points, beside least squares.
    Raises ValueError on a test surface, which has no points.
    """
    data = learner.data
    of_train = _scores(learner, data.train)
    if of_train is None:
        raise ValueError("there are no points")
    return Evaluation(
        learner.step,
        learner.epoch,
        of_train,
        _scores(learner, data.test),
        _best_metrics(learner, best, data.train),
        _best_metrics(learner, best, data.test),
        _scores(learner, data.validation),
    )


def _scores(learner: Learner, points: Split) -> Scores | None:
    """Of the present weights on these points; None of none."""
    if not len(points):
        return None
    if learner.settings.classes:
        return class_scores(learner.probabilities(points.inputs), points.targets)
    return metrics(learner.predict(points.inputs), points.targets)


def _best_metrics(learner: Learner, best: Best | None, points: Split) -> Metrics | None:
    """Those of least squares."""
    if best is None:
        return None
    return metrics(best.predict(learner.settings.seen(points.inputs)), points.targets)


def applied(learner: Learner, rows: Sequence[Sequence[float]]) -> tuple[Prediction, ...]:
    """What the present weights say of these rows of inputs, in the data's own units.

    Raises ExperimentProblem for a row of more or fewer numbers than there are inputs.
    """
    width = learner.settings.inputs
    if odd := [row for row in rows if len(row) != width]:
        raise ExperimentProblem("row_width", "predict", value=len(odd[0]), inputs=width)
    inputs = np.array(rows, dtype=np.float64).reshape(-1, width)
    inputs[:, list(learner.data.unseen)] = 0  # nothing was learnt of these
    if learner.settings.classes:
        return class_predictions(inputs, learner.probabilities(inputs), learner.data.ranges)
    truth = learner.data.truth
    return predictions(
        inputs,
        learner.predict(inputs),
        truth(inputs) if truth else None,
        learner.data.ranges,
    )


class TestCurve:
    """The test loss at some steps.

    Attributes:
        arrays: the steps (n,) and the losses (n,), rising in the step.
    """

    def __init__(self) -> None:
        self._series = Series()
        self.arrays = self._series.arrays()

    def copy(self) -> Self:
        """The same so far."""
        twin = type(self)()
        for step, loss in zip(*(column.tolist() for column in self.arrays), strict=True):
            twin._series.add(step, loss)
        twin.arrays = self.arrays
        return twin

    def measure(self, learner: Learner) -> None:
        """Add the test loss of the present weights."""
        step = learner.step
        if step not in self._series and len(learner.data.test):
            self._series.add(step, learner.test_loss())
            self.arrays = self._series.arrays()

    def fill(
        self, learner: Learner, view: LogView, names: Sequence[str], deadline: float, most: int
    ) -> bool:
        """Measure it at ``most`` steps over a whole record, of the recorded weights of these names.

        Returns False where the deadline (``time.perf_counter()`` seconds) came first: call again.
        """
        if not names or not len(learner.data.test) or not view.length:
            return True
        rows = np.unique(np.linspace(view.first, view.length - 1, most).astype(np.int64))
        whole = True
        for row in rows.tolist():
            if row in self._series:
                continue
            if time.perf_counter() >= deadline:
                whole = False
                break
            numbers = [view.value(name, row) for name in names]
            loss = learner.test_loss(torch.tensor(numbers, dtype=torch.float32))
            self._series.add(row, loss)
        self.arrays = self._series.arrays()
        return whole

    def drop(self, step: int) -> None:
        """Forget what was measured at a step."""
        self._series.drop(step)
        self.arrays = self._series.arrays()
