"""What a model says of the rows of a CSV, as CSV. No Qt."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from guitrain.export.predictions_csv import column_names
from guitrain.files.new_inputs import NewInputs, read_inputs
from guitrain.files.problems import FileProblem
from guitrain.sentences import joined, listed, translate

if TYPE_CHECKING:
    from guitrain.core.run import Run

_ROWS = 10_000  # at once


def inputs_for(run: "Run", path: Path) -> NewInputs:
    """The rows of a CSV file that this run's model can be applied to; raises FileProblem."""
    experiment = run.experiment
    if experiment.surface is not None:
        raise FileProblem("model_surface", path)
    columns = experiment.columns
    stand_ins = experiment.dataset_entry.stand_ins(
        experiment.data.values, experiment.test_fraction, experiment.seeds.data
    )
    return read_inputs(path, column_names(run.learner.data, columns), columns, stand_ins)


def applied_csv(run: "Run", given: NewInputs) -> bytes:
    """The file's rows and columns and, behind them, ``prediction`` by the present weights; of
    classes that is a name, with the probability of each class beside it. UTF-8, line feeds.
    """
    learner = run.learner
    classes = learner.data.classes
    chances = [f"probability_{name}" for name in classes]
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow((*given.heads, "prediction", *chances))
    unseen = list(learner.data.unseen)
    for start in range(0, len(given.inputs), _ROWS):
        inputs = given.inputs[start : start + _ROWS]
        seen = inputs
        if unseen:
            seen = inputs.copy()
            seen[:, unseen] = 0  # nothing was learnt of these
        if classes:
            told = learner.probabilities(seen)
            answers = [classes[k] for k in told.argmax(axis=1)]
        else:
            told = np.empty((len(inputs), 0))
            answers = [repr(float(number)) for number in learner.predict(seen)]
        rows = zip(given.cells[start : start + _ROWS], answers, told.tolist(), strict=True)
        table.writerows((*cells, answer, *parts) for cells, answer, parts in rows)
    return out.getvalue().encode()


def applied_words(given: NewInputs, path: Path) -> str:
    """What was done with the rows of a file, in sentences."""
    count = len(given.inputs)
    text = translate("ModelFiles", "{0} predictions are in {1}.")
    if count == 1:
        text = translate("ModelFiles", "{0} prediction is in {1}.")
    said = text.format(f"{count:,}", path.name)
    if not given.by_name:
        text = translate(
            "ModelFiles",
            "The file names no columns, so they were taken as they stand, for {0}.",
        )
        said = joined(said, text.format(listed(given.heads)))
    if given.filled:
        text = translate("ModelFiles", "Missing values filled in, as in training: {0}.")
        said = joined(said, text.format(f"{given.filled:,}"))
    return said
