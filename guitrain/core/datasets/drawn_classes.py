"""Points of classes that are drawn by hand in the plane: they are part of the experiment itself.

A point is its two inputs and the number of its class, from 1. There are as many classes as the
highest number says, and never fewer than two, so that a drawing can begin with the first of them.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from guitrain.core.data import Data, DataCode, DatasetEntry
from guitrain.core.datasets import held_out
from guitrain.core.datasets.drawn import MOST_DRAWN
from guitrain.core.datasets.given import GivenCode
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.problems import ExperimentProblem
from guitrain.core.table import LARGEST

MOST_CLASSES = 8  # as many as have a colour of their own
NAMES = ("x1", "x2", "class")

POINTS = Param(
    "class_points",
    "points",
    QT_TRANSLATE_NOOP("Data", "Drawing"),
    QT_TRANSLATE_NOOP(
        "Data", "The points, x1, x2 and the class (1 to 8) of each, drawn on the map or typed."
    ),
    default=(),
    minimum=-LARGEST,
    maximum=LARGEST,
    most=MOST_DRAWN,
    columns=NAMES,
)


def _check(values: Mapping[str, Any]) -> None:
    for number, point in enumerate(values[POINTS.name], start=1):
        if point[2] not in range(1, MOST_CLASSES + 1):
            raise ExperimentProblem(
                "point_class", POINTS.name, value=point[2], point=number, maximum=MOST_CLASSES
            )


def _classes(values: Mapping[str, Any]) -> int:
    return max([2, *(int(point[2]) for point in values[POINTS.name])])


def _arrays(values: Mapping[str, Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Inputs (n, 2) and classes from 0 (n,); raises ExperimentProblem for an empty drawing."""
    points = np.array(values[POINTS.name], np.float64)
    if not len(points):
        raise ExperimentProblem("no_class_points", POINTS.name)
    return points[:, :2].copy(), points[:, 2] - 1


def _make(values: Mapping[str, Any], test_fraction: float, seed: int) -> Data:
    return Data(
        *held_out.split(*_arrays(values), test_fraction, seed),
        NAMES[:2],
        NAMES[2],
        classes=tuple(str(number + 1) for number in range(_classes(values))),
    )


def _code(values: Mapping[str, Any], test_fraction: float, seed: int) -> DataCode:
    inputs, classes = _arrays(values)
    count = len(classes)
    told = ", ".join(f"{number} {number + 1}" for number in range(_classes(values)))
    made = GivenCode(
        [f"# {count:,} point{'s' * (count != 1)}, drawn by hand", f"# classes: {told}"]
    )
    made.add_points(inputs, classes)
    test = held_out.lines(count, test_fraction, seed)
    return DataCode(
        (*made.lines, *test),
        len(test) > 0,
        f'"{NAMES[0]}"',
        f'"{NAMES[1]}"',
        made.imports,
        embedded=made.embedded,
    )


def _train_count(values: Mapping[str, Any], test_fraction: float) -> int:
    return held_out.rest(len(values[POINTS.name]), test_fraction)


DRAWN_CLASSES = DatasetEntry(
    name="drawn_classes",
    label=QT_TRANSLATE_NOOP("Data", "Draw classes"),
    help=QT_TRANSLATE_NOOP("Data", "Points of two or more classes that you draw on the map."),
    params=(POINTS,),
    make=_make,
    code=_code,
    train_count=_train_count,
    check_all=_check,
    inputs=lambda _values: 2,
    classes=_classes,
    fixed=True,
    story=QT_TRANSLATE_NOOP(
        "Data",
        "On the map: choose a class, click to add a point of it, drag to move it, right-click to "
        "delete it; Ctrl+Z undoes. The keys 1 to 8 choose the class, too.",
    ),
)
