"""Sets of points that were published. Each says in its docstring and its story where; numbers
that were measured are facts, which nobody owns, and both papers are cited all the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from guitrain.core.code_text import array_lines, quoted
from guitrain.core.data import Data, DataCode, DatasetEntry
from guitrain.core.datasets import held_out
from guitrain.core.params import Param

Values = Mapping[str, Any]


@dataclass(frozen=True)
class Axis:
    """What is measured: its name, marked for translation in the context "Data", and its unit."""

    name: str
    unit: str = ""

    @property
    def text(self) -> str:
        """As a script's plot names it."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True)
class Points:
    """Columns of a published table, and a line that says which, for a script."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    source: str


def published(
    name: str,
    label: str,
    help: str,
    story: str,
    axes: tuple[Axis, Axis],
    points_of: Callable[[Values], Points],
    params: tuple[Param, ...] = (),
) -> DatasetEntry:
    """An entry with given points, of which a share is held out for the test."""
    x_axis, y_axis = axes

    def make(values: Values, test_fraction: float, seed: int) -> Data:
        points = points_of(values)
        return Data(
            *held_out.split(np.array(points.x), np.array(points.y), test_fraction, seed),
            (x_axis.name,),
            y_axis.name,
            input_units=(x_axis.unit,),
            target_unit=y_axis.unit,
            own_names=True,
        )

    def code(values: Values, test_fraction: float, seed: int) -> DataCode:
        points = points_of(values)
        test = held_out.lines(len(points.x), test_fraction, seed)
        lines = (
            f"# {points.source}",
            *array_lines("x", points.x),
            *array_lines("y", points.y),
            *test,
        )
        return DataCode(lines, len(test) > 0, quoted(x_axis.text), quoted(y_axis.text))

    return DatasetEntry(
        name=name,
        label=label,
        help=help,
        params=params,
        make=make,
        code=code,
        train_count=lambda values, fraction: held_out.rest(len(points_of(values).x), fraction),
        fixed=True,
        story=story,
    )
