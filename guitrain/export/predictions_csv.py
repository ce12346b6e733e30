"""What the model predicts for every point, as CSV. No Qt."""

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Column, Data, cells_of

if TYPE_CHECKING:
    from guitrain.core.run import Run


def predictions_csv(run: "Run") -> bytes:
    """A row per point of the training, validation and test set, in UTF-8 with line feeds: the set,
    the inputs in the data's own units, the target, and what the present weights predict. Of classes
    those are names, with the probability of each class beside them.
    """
    learner, experiment = run.learner, run.experiment
    data, columns = learner.data, experiment.columns
    classes = data.classes
    heads = column_names(data, columns)
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    chances = [f"probability_{name}" for name in classes]
    table.writerow(("set", *heads, data.target_name, "prediction", *chances))
    for name, points in (
        ("training", data.train),
        ("validation", data.validation),
        ("test", data.test),
    ):
        if not len(points):
            continue
        if classes:
            told = learner.probabilities(points.inputs)
            answers: list[str] = [classes[k] for k in told.argmax(axis=1)]
            targets: list[str] = [classes[int(k)] for k in points.targets]
        else:
            told = np.empty((len(points), 0))
            answers = _texts(learner.predict(points.inputs))
            targets = _texts(points.targets)
        for row, target, answer, parts in zip(
            points.inputs.tolist(), targets, answers, told.tolist(), strict=True
        ):
            cells = ["" if cell is None else cell for cell in cells_of(row, columns)]
            table.writerow((name, *cells, target, answer, *parts))
    return out.getvalue().encode()


def column_names(data: Data, columns: Sequence[Column]) -> tuple[str, ...]:
    """What the cells of a row of inputs are called."""
    if len(columns) == len(data.input_names):
        return data.input_names
    return tuple(column.name for column in columns)


def _texts(numbers: NDArray[np.float64]) -> list[str]:
    return [repr(float(number)) for number in numbers]
