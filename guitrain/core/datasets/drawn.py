"""Points that are drawn by hand: they are part of the experiment itself.

All of them are trained on unless a share is held out for the test.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guitrain.core.data import Data, DataCode, DatasetEntry
from guitrain.core.datasets import held_out
from guitrain.core.datasets.table import TABLE
from guitrain.core.params import Param
from guitrain.core.phases import QT_TRANSLATE_NOOP
from guitrain.core.problems import ExperimentProblem
from guitrain.core.table import LARGEST, Table

MOST_DRAWN = 2000  # points, all of which a plot can show
NAMES = ("x", "y")

DRAWING = Param(
    "drawing",
    "points",
    QT_TRANSLATE_NOOP("Data", "Drawing"),
    QT_TRANSLATE_NOOP("Data", "The points, x and y of each, drawn on the plot or typed."),
    default=(),
    minimum=-LARGEST,
    maximum=LARGEST,
    most=MOST_DRAWN,
    columns=NAMES,
)


def _as_table(values: Mapping[str, Any]) -> dict[str, Any]:
    """The drawing as the settings of a table; raises ExperimentProblem for an empty one."""
    points = values[DRAWING.name]
    if not points:
        raise ExperimentProblem("no_points", DRAWING.name)
    columns = dict(zip(NAMES, zip(*points, strict=True), strict=True))
    return TABLE.check({"table": Table(columns), **{name: name for name in NAMES}})


def _make(values: Mapping[str, Any], test_fraction: float, seed: int) -> Data:
    return TABLE.make(_as_table(values), test_fraction, seed)


def _code(values: Mapping[str, Any], test_fraction: float, seed: int) -> DataCode:
    made = TABLE.code(_as_table(values), test_fraction, seed)
    count = len(values[DRAWING.name])
    about = f"# {count:,} point{'s' * (count != 1)}, drawn by hand"
    return replace(made, lines=(about, *made.lines[1:]))


def _train_count(values: Mapping[str, Any], test_fraction: float) -> int:
    return held_out.rest(len(values[DRAWING.name]), test_fraction)


DRAWN = DatasetEntry(
    name="drawn",
    label=QT_TRANSLATE_NOOP("Data", "Draw your own"),
    help=QT_TRANSLATE_NOOP("Data", "Points that you draw with the mouse on the Fit plot."),
    params=(DRAWING,),
    make=_make,
    code=_code,
    train_count=_train_count,
    fixed=True,
    story=QT_TRANSLATE_NOOP(
        "Data",
        "On Fit: click to add a point, drag to move it, right-click to delete it; Ctrl+Z undoes. "
        "A point dropped at the edge makes room there.",
    ),
)
