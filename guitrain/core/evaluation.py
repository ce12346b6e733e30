"""TEST and APPLY: how good the model is on points it never saw, and what it says of new x."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST_ROC = 200  # points of a ROC curve that are drawn


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
class ClassMetrics:
    """How well the classes of a set of points are told; the class with the largest probability
    counts as the answer.

    Attributes:
        loss: the mean of −ln of the probability of a point's own class, in nats.
        accuracy: the share of right answers.
        confusion: counts (classes, classes): a row per true class, a column per answer.
        precision, recall, f1: of each class (classes,): right ones among the answers, and among
            those of the class, and their harmonic mean; None where there are none to divide by.
        auc: the area under the ROC curve of each class against the rest; None where the points
            have only one of the two. Of ties a half counts (Fawcett 2006, "An introduction to ROC
            analysis").
    """

    loss: float
    accuracy: float
    confusion: tuple[tuple[int, ...], ...]
    precision: tuple[float | None, ...]
    recall: tuple[float | None, ...]
    f1: tuple[float | None, ...]
    auc: tuple[float | None, ...]


Scores = Metrics | ClassMetrics


def confusion_of(
    answers: NDArray[np.int64], targets: NDArray[np.int64], count: int
) -> NDArray[np.int64]:
    """How often (count, count) each true class (rows) was told as each (columns)."""
    return np.bincount(targets * count + answers, minlength=count * count).reshape(count, count)


def area_under_roc(chances: NDArray[np.float64], own: NDArray[np.bool_]) -> float | None:
    """The chance that a point of the class has a larger probability than one of the rest.

    By the ranks of the probabilities (Mann and Whitney's U), ties counting a half.
    """
    positives = int(own.sum())
    negatives = len(own) - positives
    if not positives or not negatives or not np.isfinite(chances).all():
        return None
    _, where, counts = np.unique(chances, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[where]
    found = float(ranks[own].sum()) - positives * (positives + 1) / 2
    return found / (positives * negatives)


def roc_curve(chances: NDArray[np.float64], own: NDArray[np.bool_]) -> NDArray[np.float64] | None:
    """The ROC curve (m, 2) of probabilities (n,), from (0, 0) to (1, 1), read-only.

    For each threshold, from high to low, the share of the rest that is taken for the class (false
    positives) and the share of the class that is found (true positives). Points with the same
    probability come in together, so ties make a slope (Fawcett 2006, algorithm 1). Points on a
    straight piece are left out, and beyond MOST_ROC they are spread evenly along the curve. None
    where the points are all of the class, none is, or a probability is no number.
    """
    positives = int(own.sum())
    negatives = len(own) - positives
    if not positives or not negatives or not np.isfinite(chances).all():
        return None
    order = np.argsort(-chances, kind="stable")
    falling = chances[order]
    ends = np.append(np.flatnonzero(np.diff(falling)), len(falling) - 1)
    hits = np.append(0, np.cumsum(own[order])[ends])
    alarms = np.append(0, ends + 1 - hits[1:])
    # In whole numbers, so that straight is straight.
    across, up = np.diff(alarms), np.diff(hits)
    bends = across[:-1] * up[1:] != across[1:] * up[:-1]
    kept = np.flatnonzero(np.concatenate([[True], bends, [True]]))
    curve = np.column_stack([alarms[kept] / negatives, hits[kept] / positives])
    if len(curve) > MOST_ROC:
        along = curve.sum(axis=1)  # it only rises: as long as it is far
        even = np.searchsorted(along, np.linspace(0.0, along[-1], MOST_ROC))
        curve = curve[np.unique(np.append(even[:-1], len(curve) - 1))]
    curve.flags.writeable = False
    return curve


def class_scores(
    probabilities: NDArray[np.float64], targets: NDArray[np.float64]
) -> ClassMetrics | None:
    """Metrics of probabilities (n, classes) against classes (n,); None for no points."""
    if not len(targets):
        return None
    count = probabilities.shape[1]
    own = targets.astype(np.int64)
    answers = probabilities.argmax(axis=1)
    table = confusion_of(answers, own, count)
    right = table.diagonal()
    precision = _shares(right, table.sum(axis=0))
    recall = _shares(right, table.sum(axis=1))
    with np.errstate(all="ignore"):
        loss = float(-np.log(probabilities[np.arange(len(own)), own]).mean())
    return ClassMetrics(
        loss,
        float(right.sum()) / len(own),
        tuple(tuple(row) for row in table.tolist()),
        precision,
        recall,
        # 2·right / (answers + members), which is the harmonic mean
        _shares(2 * right, table.sum(axis=0) + table.sum(axis=1)),
        tuple(area_under_roc(probabilities[:, each], own == each) for each in range(count)),
    )


def _shares(parts: NDArray[np.int64], wholes: NDArray[np.int64]) -> tuple[float | None, ...]:
    return tuple(
        part / whole if whole else None
        for part, whole in zip(parts.tolist(), wholes.tolist(), strict=True)
    )


@dataclass(frozen=True)
class Evaluation:
    """The outcome of TEST at a step: each set's scores, beside those of least squares.

    ``test`` and ``validation`` are None where there are no such points, ``best_…`` where least
    squares are not known.
    """

    step: int
    epoch: int
    train: Scores
    test: Scores | None
    best_train: Metrics | None
    best_test: Metrics | None
    validation: Scores | None = None


@dataclass(frozen=True)
class Prediction:
    """The outcome of APPLY for one row of inputs.

    Attributes:
        inputs: in the data's own units.
        predicted: ŷ; of classes, the number of the one with the largest probability.
        true: the true y, where it is known.
        outside: whether an input lies outside the range of the training points (there the model
            was never checked).
        probabilities: of each class; () where a number is learnt.
    """

    inputs: tuple[float, ...]
    predicted: float
    true: float | None
    outside: bool
    probabilities: tuple[float, ...] = ()

    @property
    def x(self) -> float:
        """The first input."""
        return self.inputs[0]

    @property
    def difference(self) -> float | None:
        """Prediction minus truth, where the truth is known."""
        return None if self.true is None else self.predicted - self.true


def _outside(inputs: NDArray[np.float64], ranges: NDArray[np.float64]) -> list[bool]:
    beyond = np.logical_or(inputs < ranges[:, 0], inputs > ranges[:, 1])
    found: list[bool] = np.any(beyond, axis=1).tolist()
    return found


def predictions(
    inputs: NDArray[np.float64],
    predicted: NDArray[np.float64],
    true: NDArray[np.float64] | None,
    ranges: NDArray[np.float64],
) -> tuple[Prediction, ...]:
    """One Prediction per row of inputs (n, d), of ŷ (n,) and true y (n,), where the training
    points' inputs have these ranges (d, 2).
    """
    outside = _outside(inputs, ranges)
    return tuple(
        Prediction(
            tuple(inputs[i].tolist()),
            float(predicted[i]),
            None if true is None else float(true[i]),
            outside[i],
        )
        for i in range(len(inputs))
    )


def class_predictions(
    inputs: NDArray[np.float64], probabilities: NDArray[np.float64], ranges: NDArray[np.float64]
) -> tuple[Prediction, ...]:
    """The same of classes, of their probabilities (n, classes)."""
    outside = _outside(inputs, ranges)
    return tuple(
        Prediction(
            tuple(inputs[i].tolist()),
            float(probabilities[i].argmax()),
            None,
            outside[i],
            tuple(probabilities[i].tolist()),
        )
        for i in range(len(inputs))
    )
