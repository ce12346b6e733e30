"""Which points of an experiment are drawn by hand, and where each is in its data. No torch here."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from guitrain.core.data import DatasetEntry, Split
from guitrain.core.datasets import DATASETS
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.params import Param

Place = tuple[float, ...]  # the numbers of a point, x and y first
Points = tuple[Place, ...]

MOST_COPIED = 300  # points of another source that a drawing can begin with


def param_of(entry: DatasetEntry) -> Param | None:
    """The setting that holds the drawing of a source of data; None where that has none."""
    return next((param for param in entry.params if param.kind == "points"), None)


def drawing_of(experiment: Experiment) -> Points | None:
    """The points, where they are drawn by hand (of an empty drawing: ()); else None."""
    param = param_of(experiment.dataset_entry)
    return None if param is None else experiment.data[param.name]


def choice_of(points: Points) -> Choice:
    """These points as an experiment's data; checked by the experiment."""
    for entry in DATASETS.values():
        if (param := param_of(entry)) is not None:
            return Choice(entry.name, {param.name: points})
    raise LookupError("no source of data holds a drawing")


def can_be_copied(experiment: Experiment) -> bool:
    """Whether the training points of this experiment can be the beginning of a drawing."""
    plain = experiment.inputs == 1 and not experiment.classes
    return plain and drawing_of(experiment) is None and experiment.train_count <= MOST_COPIED


def copied(split: Split) -> Points:
    """The points of a split with one input, as a drawing of the very same numbers."""
    return tuple(zip(split.inputs[:, 0].tolist(), split.targets.tolist(), strict=True))


def row_of(split: Split, points: Points, index: int) -> int | None:
    """The row of a split that is the point ``index`` of a drawing; None where it is not there.

    Of points that are equal, the first of the drawing is the first of the split, and so on.
    """
    rows = _equal(split, points[index])
    before = points[:index].count(points[index])
    return int(rows[min(before, len(rows) - 1)]) if len(rows) else None


def index_of(split: Split, points: Points, row: int) -> int | None:
    """The inverse of ``row_of``; None for a row that the drawing or the split lacks."""
    if not 0 <= row < len(split):
        return None
    place = (float(split.inputs[row, 0]), float(split.targets[row]))
    alike = [index for index, point in enumerate(points) if point[:2] == place]
    before = int((_equal(split, place) < row).sum())
    return alike[min(before, len(alike) - 1)] if alike else None


def _equal(split: Split, place: Sequence[float]) -> Any:
    """The rows (k,) at a place, in order."""
    return np.flatnonzero((split.inputs[:, 0] == place[0]) & (split.targets == place[1]))
