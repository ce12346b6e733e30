"""Which points of an experiment are drawn by hand, and where each is in its data. No torch here.

A drawing has the inputs of each point and then its target: y over one input, or in the plane the
number of its class, which begins at 1 there and at 0 in the data.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from guitrain.core.data import DatasetEntry, Split
from guitrain.core.datasets import DATASETS
from guitrain.core.datasets.drawn_classes import MOST_CLASSES
from guitrain.core.experiment import Choice, Experiment
from guitrain.core.params import Param

Place = tuple[float, ...]  # the numbers of a point
Points = tuple[Place, ...]

MOST_COPIED = 300  # points of another source that a drawing can begin with


def param_of(entry: DatasetEntry) -> Param | None:
    """The setting that holds the drawing of a source of data; None where that has none."""
    return next((param for param in entry.params if param.kind == "points"), None)


def drawing_of(experiment: Experiment) -> Points | None:
    """The points, where they are drawn by hand (of an empty drawing: ()); else None."""
    param = param_of(experiment.dataset_entry)
    return None if param is None else experiment.data[param.name]


def entry_for(experiment: Experiment) -> DatasetEntry | None:
    """The source of data that holds drawings such as this experiment's points can be."""
    for entry in DATASETS.values():
        if (param := param_of(entry)) is None:
            continue
        nothing = {param.name: ()}
        alike = bool(entry.classes(nothing)) == bool(experiment.classes)
        if alike and entry.inputs(nothing) == experiment.inputs:
            return entry
    return None


def choice_of(points: Points, experiment: Experiment) -> Choice:
    """These points as data in the place of this experiment's; checked by an experiment. Raises
    LookupError where no source of data holds such a drawing.
    """
    entry = entry_for(experiment)
    param = param_of(entry) if entry is not None else None
    if entry is None or param is None:
        raise LookupError("no source of data holds such a drawing")
    return Choice(entry.name, {param.name: points})


def can_be_copied(experiment: Experiment) -> bool:
    """Whether the training points of this experiment can be the beginning of a drawing."""
    if drawing_of(experiment) is not None or experiment.train_count > MOST_COPIED:
        return False
    return experiment.classes <= MOST_CLASSES and entry_for(experiment) is not None


def first_class(split: Split) -> int:
    """What is to be added to the targets of a split in a drawing."""
    return 1 if split.inputs.shape[1] > 1 else 0


def copied(split: Split) -> Points:
    """The points of a split as a drawing of the very same numbers."""
    rows = np.column_stack([split.inputs, split.targets + first_class(split)])
    return tuple(map(tuple, rows.tolist()))


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
    place = copied(Split(split.inputs[row : row + 1], split.targets[row : row + 1]))[0]
    alike = [index for index, point in enumerate(points) if point == place]
    before = int((_equal(split, place) < row).sum())
    return alike[min(before, len(alike) - 1)] if alike else None


def _equal(split: Split, place: Sequence[float]) -> Any:
    """The rows (k,) at a place, in order."""
    *inputs, target = place
    if len(inputs) != split.inputs.shape[1]:
        return np.empty(0, np.int64)
    same = (split.inputs == inputs).all(axis=1)
    return np.flatnonzero(same & (split.targets == target - first_class(split)))
